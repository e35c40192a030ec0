"""An older workbook goes over into a new file: inputs are listed, what is the analyst's survives, or it is refused."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from tests.workbook.own_sheets import ODD_PART, PLAIN, add_odd_part, add_own_sheets, parts_of

from regmodel import __version__
from regmodel.cli import main
from regmodel.scenario import load
from regmodel.vocabulary.problems import InputProblems
from regmodel.workbook import layout, stamp
from regmodel.workbook.layout import TEMPLATE_VERSION
from regmodel.workbook.read import read_with_counts, read_workbook
from regmodel.workbook.side import FIRST_AT
from regmodel.workbook.upgrade import Upgrade, upgrade
from regmodel.workbook.upgrade_told import told
from regmodel.workbook.write import write_workbook

# What the records of the pair said before: one figure was another, one had another unit, one record is new today,
# and one of then has gone since.
THEN = (
    (r'(dry_year_factor = .*?printed = )"0.85"', r'\1"0.80"'),
    (r'(conversion_limit = .*?printed_unit = )"% of area per year"', r'\1"%/yr"'),
    (r"(?m)^groundwater_glide = .*\n", ""),
    (r"(?m)^reclaimed_rate_2020 = (.*)\n", r"reclaimed_rate_2020 = \1\nreclaimed_rate_2010 = \1\n"),
)
FOLLOWED = "water.irrigated_area_floor"  # a row further down today
NAMES = {"dry": "water.dry_year_factor", "limit": "water.conversion_limit", "gone": "water.reclaimed_rate_2010"}


@pytest.fixture(scope="session")
def home_then(pair_home, tmp_path_factory):
    """The pair's records as they were when an older workbook was written."""
    home = Path(shutil.copytree(pair_home, tmp_path_factory.mktemp("then") / "home"))
    water = home / "shipped" / "params" / "water.toml"
    text = water.read_text(encoding="utf-8")
    for pattern, new in THEN:
        text, count = re.subn(pattern, new, text)
        assert count == 1, pattern
    water.write_text(text, encoding="utf-8")
    return home


@pytest.fixture(scope="session")
def older_once(home_then, tmp_path_factory):
    """A workbook of another template and of those records, as regmodel wrote it then."""
    patch = pytest.MonkeyPatch()
    for module in (layout, stamp):
        patch.setattr(module, "TEMPLATE_VERSION", "0")
    patch.setattr("regmodel.params.folder._PACKAGE", home_then)
    try:
        return write_workbook(tmp_path_factory.mktemp("older") / "old.xlsx", load("pair"), "both")
    finally:
        patch.undo()


@pytest.fixture
def older(older_once, pair_shipped, tmp_path):
    """A copy of the older workbook, while today's records are shipped."""
    return Path(shutil.copy(older_once, tmp_path / "old.xlsx"))


@dataclass(frozen=True)
class Done:
    """An upgrade: the older workbook after an analyst worked in it, the new one, and what was said."""

    old: Path
    new: Path
    found: Upgrade


@pytest.fixture(scope="session")
def done(older_once, pair_home, open_desk, tmp_path_factory):
    """The older workbook edited and upgraded: inputs, own sheets, a comment and a note on our sheets."""
    folder = tmp_path_factory.mktemp("edited")
    desk = open_desk(Path(shutil.copy(older_once, folder / "old.xlsx")))
    desk.put("water.records", NAMES["dry"], "value", 0.9)
    desk.put("water.records", NAMES["dry"], "own_reason", "as in 1997")
    desk.put("water.records", NAMES["limit"], "value", 3)
    desk.put("water.records", NAMES["gone"], "value", 33)
    desk.put("levers.levers", "water_rights", "enabled", "no")
    cell = desk.cell("water.records", FOLLOWED, "value")
    cell.comment = Comment("ask again 再问", "an analyst")
    cell.parent.cell(cell.row, 15).value = "seen by Li"
    add_own_sheets(desk.book, f"'Water 用水'!{cell.coordinate}*2")
    old = desk.save()
    add_odd_part(old)
    patch = pytest.MonkeyPatch()
    patch.setattr("regmodel.params.folder._PACKAGE", pair_home)
    try:
        return Done(old, folder / "new.xlsx", upgrade(old, folder / "new.xlsx"))
    finally:
        patch.undo()


def test_run_names_the_way_to_upgrade(older, capsys):
    assert main(["run", str(older)]) == 1
    assert capsys.readouterr().err == (
        "old.xlsx  [W-11]\n"
        "  found      a workbook of template 0\n"
        "  expected   a workbook made by regmodel new with these records\n"
        "  to do      carry it over into a new file with: regmodel new old-new.xlsx --from old.xlsx\n"
    )


def test_an_untouched_older_workbook_becomes_todays(older, tmp_path):
    found = upgrade(older, tmp_path / "new.xlsx")
    assert (found.items, found.own_sheets, found.followed, found.notes_left) == ((), (), (), ())
    assert read_workbook(tmp_path / "new.xlsx") == load("pair")
    assert found.records_changed == 1, "the dry-year factor"


def test_a_workbook_of_this_very_version_is_not_called_upgraded(pair_book, tmp_path):
    """What was really done is said: the same version again, with what was changed in it."""
    said = {tongue: next(told(upgrade(pair_book, tmp_path / f"{tongue}.xlsx"), pair_book, tmp_path / f"{tongue}.xlsx",
                              tongue)) for tongue in ("en", "zh")}  # fmt: skip
    assert said == {
        "en": f"en.xlsx: written anew from pair.xlsx, which is of this version (regmodel {__version__}, template "
        f"{TEMPLATE_VERSION}), with what you changed in it; pair.xlsx was not touched",
        "zh": f"zh.xlsx：据 pair.xlsx 重新写出，并带入您的改动；pair.xlsx 本就是当前版本"
        f"（regmodel {__version__}，模板 {TEMPLATE_VERSION}），且未改动",
    }


def test_every_input_is_carried_or_listed(done, pair_shipped):
    fates = {item.key: (item.fate, item.typed, item.before, item.now) for item in done.found.items}
    assert fates == {
        "record.water.dry_year_factor": ("carried", 0.9, 0.8, 0.85),
        "record.water.conversion_limit": ("unit", 3.0, 2.0, 2.0),
        "record.water.reclaimed_rate_2010": ("no_place", 33.0, 30.0, None),
        "lever.water_rights.enabled": ("carried", False, "yes 是", "yes 是"),
    }
    own = {each.key: (each.value, each.reason) for each in read_workbook(done.new).own}
    assert own == {"record.water.dry_year_factor": (0.9, "as in 1997"), "lever.water_rights.enabled": (False, None)}


def test_the_terminal_lists_it_all(done):
    said = "\n".join([*told(done.found, done.old, done.new, "en"), ""])
    desk = openpyxl.load_workbook(done.old)
    cells = {row[0].value: row[3].coordinate for row in desk["Water 用水"].iter_rows(max_col=4) if row[0].value}
    assert "new.xlsx: upgraded from old.xlsx (regmodel " in said
    assert "template 0); old.xlsx was not touched\ncarried over: 2\n" in said
    dry, limit, gone = (cells[NAMES[name]] for name in ("dry", "limit", "gone"))
    assert f"  Water 用水!{dry}  record.water.dry_year_factor  0.9 (was 0.8, today's records say 0.85)\n" in said
    assert (
        f"  Water 用水!{limit}  record.water.conversion_limit  3 (was 2, today's records say 2): "
        "left out: the unit has changed, and nothing is converted\n"
    ) in said
    assert (
        f"  Water 用水!{gone}  record.water.reclaimed_rate_2010  33 (was 30, today's records say –): "
        "left out: today's workbook has no such row\n"
    ) in said
    assert "your own sheets, as they were: My notes 笔记, Else where, Plain\n" in said
    assert "all of this stands on the sheet Carried over 带入记录\n" in said


def test_own_sheets_and_unknown_parts_survive_byte_for_byte(done):
    """Their sheets, drawings, charts and comments; where a sheet reads ours, references and stored answers move."""
    before, after = parts_of(done.old), parts_of(done.new)
    names = openpyxl.load_workbook(done.old, read_only=True).sheetnames
    sheet = {title: f"xl/worksheets/sheet{names.index(title) + 1}.xml" for title in names[-3:]}
    rels = sheet[PLAIN].replace("sheets/", "sheets/_rels/") + ".rels"
    assert after[sheet[PLAIN]] == before[sheet[PLAIN]]
    assert after[rels] == before[rels]
    assert after[ODD_PART] == before[ODD_PART]
    theirs = [name for name in before if "chart" in name and b"my chart" in before[name]]
    assert len(theirs) == 1
    assert after[theirs[0]] == before[theirs[0]]
    notes = [name for name in before if "comment" in name and "问水务局".encode() in before[name]]
    assert notes
    assert all(after[name] == before[name] for name in notes)
    theme = "xl/theme/theme1.xml"
    assert after[theme] == before[theme]


def test_own_formats_names_and_order_survive(done):
    before, after = openpyxl.load_workbook(done.old), openpyxl.load_workbook(done.new)
    assert after.sheetnames == [*before.sheetnames, "Carried over 带入记录"]
    assert after.defined_names["my_total"].attr_text == before.defined_names["my_total"].attr_text
    for attribute in ("font", "fill", "border", "number_format", "alignment"):
        old, new = (getattr(book["My notes 笔记"]["A2"], attribute) for book in (before, after))
        assert repr(old) == repr(new), attribute
    assert after["My notes 笔记"]["A2"].comment.text == "ask the bureau 问水务局"
    rules = [
        rule.dxf.fill.bgColor.rgb for group in after["My notes 笔记"].conditional_formatting for rule in group.rules
    ]
    assert rules == ["00FF9900"]


def look(cell):
    """How a cell looks."""
    return repr((cell.font, cell.fill, cell.border, cell.alignment, cell.protection, cell.number_format))


def test_our_sheets_look_as_in_a_fresh_workbook(done, pair_book_once):
    """The added formats are the fresh ones: every cell of a sheet of ours looks as regmodel new makes it."""
    after, fresh = (openpyxl.load_workbook(path) for path in (done.new, pair_book_once))
    for title in ("Start 开始", "Targets 目标", "Results 结果"):
        for row in fresh[title].iter_rows():
            for cell in row:
                other = after[title][cell.coordinate]
                assert look(other) == look(cell), f"{title}!{cell.coordinate}"
        old, new = (
            [(str(each.sqref), repr(rule.dxf)) for each in book[title].conditional_formatting for rule in each.rules]
            for book in (fresh, after)
        )
        assert old == new


def test_own_formulas_follow_the_cells_that_they_read(done):
    """The record stands a row further down today: the formula reads it there, and the change is listed."""
    after = openpyxl.load_workbook(done.new)
    formula = after["My notes 笔记"]["A1"].value
    address = re.fullmatch(r"='Water 用水'!(D\d+)\*2", formula)[1]
    assert after["Water 用水"][address.replace("D", "A")].value == FOLLOWED
    (moved,) = done.found.followed
    assert (moved.where, moved.after) == ("My notes 笔记", f"'Water 用水'!{address}")
    assert moved.before == f"'Water 用水'!D{int(address[1:]) - 1}"


def test_comments_and_notes_on_our_sheets_follow_their_row(done):
    sheet = openpyxl.load_workbook(done.new)["Water 用水"]
    (row,) = [row for row in sheet.iter_rows() if row[0].value == FOLLOWED]
    assert (row[3].comment.text, row[14].value) == ("ask again 再问", "seen by Li")
    assert done.found.notes_left == ()


def test_a_comment_whose_cell_is_gone_is_listed(older, open_desk, tmp_path):
    desk = open_desk(older)
    where = desk.cell("water.records", NAMES["gone"], "value")
    where.comment = Comment("why?", "an analyst")
    found = upgrade(desk.save(), tmp_path / "new.xlsx")
    assert found.notes_left == (f"Water 用水!{where.coordinate}: why?",)


def test_a_formula_whose_cell_is_gone_is_listed_and_left(older, open_desk, tmp_path):
    desk = open_desk(older)
    cell = desk.cell("water.records", NAMES["gone"], "value").coordinate
    desk.book.create_sheet("Mine")["A1"] = f"='Water 用水'!{cell}"
    found = upgrade(desk.save(), tmp_path / "new.xlsx")
    assert [(each.where, each.before, each.after) for each in found.followed] == [
        ("Mine", f"'Water 用水'!{cell}", None)
    ]
    assert openpyxl.load_workbook(tmp_path / "new.xlsx")["Mine"]["A1"].value == f"='Water 用水'!{cell}"


def test_a_sheet_of_ours_that_was_renamed_keeps_its_name(older, open_desk, tmp_path):
    desk = open_desk(older)
    desk.book["Data 结果数据"].title = "Numbers"
    for name in desk.book.defined_names.values():
        name.attr_text = name.attr_text.replace("'Data 结果数据'", "Numbers")
    upgrade(desk.save(), tmp_path / "new.xlsx")
    parts = parts_of(tmp_path / "new.xlsx")
    assert "Numbers" in openpyxl.load_workbook(tmp_path / "new.xlsx").sheetnames
    assert not [name for name, xml in parts.items() if "Data 结果数据'!".encode() in xml]
    assert read_workbook(tmp_path / "new.xlsx") == load("pair")


def test_the_upgraded_workbook_takes_results(done, pair_run, pair_shipped, tmp_path):
    from regmodel.workbook.results import write_results

    path, heard = Path(shutil.copy(done.new, tmp_path / "new.xlsx")), []
    assert write_results(path, pair_run, say=heard.append) == path
    assert heard == []


def test_the_package_is_sound(done):
    """No relation leads nowhere, every part has a type, no name and no sheet number stands twice."""
    parts = parts_of(done.new)
    types = parts["[Content_Types].xml"].decode()
    listed = set(re.findall(r'PartName="/([^"]+)"', types))
    endings = set(re.findall(r'Extension="([^"]+)"', types))
    assert listed <= set(parts)
    assert all(name in listed or name.rsplit(".", 1)[-1] in endings for name in parts if name != "[Content_Types].xml")
    for name, xml in parts.items():
        if name.endswith(".rels"):
            folder = name.replace("_rels/", "").rpartition("/")[0]
            for relation in re.findall(rb"<Relationship [^>]*>", xml):
                target = re.search(rb'Target="([^"]+)"', relation)[1].decode()
                if b'TargetMode="External"' not in relation:
                    assert resolved(folder, target) in parts, f"{name}: {target}"
    book = parts["xl/workbook.xml"].decode()
    for pattern in (r'sheetId="(\d+)"', r'<sheet [^>]*r:id="([^"]+)"', r'<sheet [^>]*name="([^"]+)"'):
        found = re.findall(pattern, book)
        assert len(found) == len(set(found)) > 0
    names = re.findall(r'<definedName [^>]*name="([^"]+)"[^>]*?(localSheetId="\d+")?[^>]*>', book)
    scoped = [re.search(r'localSheetId="(\d+)"', each) for each in re.findall(r"<definedName [^>]*>", book)]
    keys = [(name, scope[1] if scope else None) for (name, _), scope in zip(names, scoped, strict=True)]
    assert len(keys) == len(set(keys))
    assert len(re.findall(r'tabSelected="1"', "".join(xml.decode("utf-8", "replace") for xml in parts.values()))) <= 1


def resolved(folder: str, target: str) -> str:
    """A relation's target as a part."""
    import posixpath

    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))


def test_the_command_upgrades_and_lists(older, tmp_path, capsys):
    new = tmp_path / "new.xlsx"
    assert main(["new", str(new), "--from", str(older), "--lang", "zh"]) == 0
    said = capsys.readouterr().out
    assert said.splitlines()[1:] == [
        "已带入：0 项",
        "未带入（附原因）：0 项",
        "没有您自己的表",
        "记录更新所致（并非您的改动）：1 个数值",
        "以上内容列于“Carried over 带入记录”表",
        "新工作簿沿用旧工作簿的语言（both）；--lang zh 仅用于本清单",
    ]
    assert main(["new", str(new), "--from", str(older)]) == 1
    assert "[X-04]" in capsys.readouterr().err


def without_snapshot(path: Path) -> Path:
    """The workbook as the first versions made it: it does not say what it was written with."""
    book = openpyxl.load_workbook(path)
    del book.defined_names["rm_base"]
    book.save(path)
    return path


def test_without_a_snapshot_what_has_a_reason_is_carried(older, open_desk, tmp_path):
    desk = open_desk(without_snapshot(older))
    desk.put("water.records", NAMES["dry"], "value", 0.9)
    desk.put("water.records", NAMES["dry"], "own_reason", "as in 1997")
    found = upgrade(desk.save(), tmp_path / "new.xlsx")
    assert [(item.key, item.fate, item.typed) for item in found.items if item.fate == "carried"] == [
        ("record.water.dry_year_factor", "carried", 0.9)
    ]


def test_without_a_snapshot_nothing_is_guessed(older, tmp_path, capsys):
    """0.8 was the records' own figure then, but nothing in the workbook says so."""
    where = "Water 用水!D13"
    assert main(["new", str(tmp_path / "new.xlsx"), "--from", str(without_snapshot(older))]) == 1
    said = capsys.readouterr().err
    where = re.match(r"(Water 用水!D\d+) ", said)[1]
    assert said == (
        f"{where}   record.water.dry_year_factor  [W-70]\n"
        "  found      0.8, where the records of today have 0.85\n"
        "  expected   a sign whether a person changed it or the records did: this workbook does not say what it was "
        "written with\n"
        "  to do      in the old workbook, write your reason at the right if it is your figure, or type 0.85 if it is "
        "not.\n"
    )
    assert one_problem(older, tmp_path, "zh") == (
        f"{where}   record.water.dry_year_factor  [W-70]\n"
        "  填写为        0.8，而现有记录为 0.85\n"
        "  应为         须能分辨是您改动的还是记录更新所致：该工作簿未保存底稿取值\n"
        "  请处理        请在旧工作簿中：若为您填写，请在右侧注明理由；若不是，请填 0.85。"
    )
    assert not (tmp_path / "new.xlsx").exists()


def test_an_input_that_cannot_be_read_stops_the_upgrade(older, open_desk, tmp_path):
    desk = open_desk(older)
    where = desk.put("water.records", NAMES["dry"], "value", "lots")
    with pytest.raises(InputProblems) as raised:
        upgrade(desk.save(), tmp_path / "new.xlsx")
    assert [(problem.code, problem.where) for problem in raised.value.problems] == [("W-30", where)]
    assert [path.name for path in tmp_path.iterdir()] == ["old.xlsx"]


def set_beside(desk, key, value):
    """Set something in the first of the scenarios side by side."""
    sheet = desk.sheet("side")
    (mark,) = [row[0].row for row in sheet.iter_rows(max_col=1) if row[0].value == "~side.settings"]
    (name,) = [row[0].row for row in sheet.iter_rows(max_col=1) if row[0].value == "name"]
    sheet.cell(name, FIRST_AT + 1).value = "beside"
    sheet.cell(mark + 2, 1).value = key
    sheet.cell(mark + 2, FIRST_AT + 1).value = value
    return desk.save()


def test_scenarios_side_by_side_go_over(older, open_desk, tmp_path):
    book = set_beside(open_desk(older), f"record.{NAMES['dry']}", 0.9)
    found = upgrade(book, tmp_path / "new.xlsx")
    (item,) = found.items
    assert (item.fate, item.typed) == ("carried", 0.9)
    assert item.key == f"beside: record.{NAMES['dry']}"


def test_what_a_run_runs_goes_over(older, open_desk, tmp_path):
    desk = open_desk(set_beside(open_desk(older), f"record.{NAMES['dry']}", 0.9))
    desk.sheet("side")["B4"].value = "beside"
    found = upgrade(desk.save(), tmp_path / "new.xlsx")
    assert ("run", "beside") in [(item.key, item.typed) for item in found.items]
    assert read_with_counts(tmp_path / "new.xlsx").asked == "beside"


def test_a_scenario_beside_whose_unit_has_changed_stops_the_upgrade(older, open_desk, tmp_path):
    book = set_beside(open_desk(older), f"record.{NAMES['limit']}", 3)
    assert one_problem(book, tmp_path) == (
        "Side by side 并列情景   beside  [W-73]\n"
        "  found      record.water.conversion_limit\n"
        "  expected   a setting whose unit is still the same\n"
        "  to do      take it out of the old workbook, then set it anew."
    )
    assert one_problem(book, tmp_path, "zh") == (
        "Side by side 并列情景   beside  [W-73]\n"
        "  填写为        record.water.conversion_limit\n"
        "  应为         单位未变的设定\n"
        "  请处理        请在旧工作簿中删去，升级后再设定。"
    )


def stamped(open_desk, path, field, value):
    """The workbook with another word in its stamp."""
    desk = open_desk(path)
    lists = desk.sheet("lists")
    row = next(row for row in range(1, 10) if lists.cell(row, 1).value == field)
    lists.cell(row, 2).value = value
    return desk.save()


def one_problem(path, tmp_path, language="en"):
    """The one problem of an upgrade that is refused."""
    with pytest.raises(InputProblems) as raised:
        upgrade(path, tmp_path / "new.xlsx")
    (problem,) = raised.value.problems
    return problem.render(language)


def test_a_newer_workbook_is_refused_with_the_reason(older, open_desk, tmp_path):
    assert one_problem(stamped(open_desk, older, "template", "99"), tmp_path) == (
        "old.xlsx  [W-11]\n"
        "  found      a workbook of template 99, newer than this regmodel\n"
        "  expected   a workbook made by regmodel new, of this or an older version\n"
        "  to do      update regmodel, then run the workbook."
    )


def test_a_lost_parent_is_refused_with_the_reason(older, open_desk, tmp_path):
    assert "written from the scenario lost_one, which is not here" in one_problem(
        stamped(open_desk, older, "parent", "lost_one"), tmp_path
    )


def test_a_workbook_without_a_stamp_is_refused(tmp_path):
    openpyxl.Workbook().save(tmp_path / "other.xlsx")
    assert "[W-10]" in one_problem(tmp_path / "other.xlsx", tmp_path)


def test_macros_are_refused_with_the_way_round(older, tmp_path):
    macros = Path(shutil.copy(older, tmp_path / "old.xlsm"))
    assert one_problem(macros, tmp_path) == (
        "old.xlsm  [W-72]\n"
        "  found      a workbook that is not a plain .xlsx; its macros cannot be carried over\n"
        "  expected   a workbook made by regmodel new, of this or an older version\n"
        "  to do      save it as .xlsx in Excel and upgrade that; an .xlsm with a Run button is made by: "
        "regmodel new BOOK.xlsm --macro"
    )
    assert one_problem(macros, tmp_path, "zh") == (
        "old.xlsm  [W-72]\n"
        "  填写为        不是普通 .xlsx；宏无法带入\n"
        "  应为         由本版本或更早版本的 regmodel new 生成的工作簿\n"
        "  请处理        请在 Excel 中另存为 .xlsx 后再升级；"
        "带运行按钮的 .xlsm 请用 regmodel new BOOK.xlsm --macro 新建"
    )


def test_a_sheet_of_the_analysts_with_a_name_of_ours_is_refused(older, open_desk, tmp_path):
    """Today's workbook has a sheet that the older one had not; a sheet of the analyst's has that name."""
    desk = open_desk(older)
    desk.book["About 说明"].title = "Our about"
    del desk.book.defined_names["rm_sheet_about"]
    desk.book.create_sheet("About 说明")
    book = desk.save()
    assert one_problem(book, tmp_path) == (
        "old.xlsx  [W-71]\n"
        "  found      a package that new sheets cannot be put into with certainty\n"
        "  expected   an ordinary .xlsx, no sheet of yours with a name of ours\n"
        "  to do      open it in Excel, WPS or LibreOffice and save it as .xlsx (without a password)."
    )
    assert one_problem(book, tmp_path, "zh") == (
        "old.xlsx  [W-71]\n"
        "  填写为        无法确保把新表放入该文件\n"
        "  应为         普通 .xlsx 文件，且您的表与本程序的表不同名\n"
        "  请处理        请用 Excel、WPS 或 LibreOffice 打开，另存为 .xlsx（不设密码）。"
    )
