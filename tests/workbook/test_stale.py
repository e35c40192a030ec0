"""Whether results still belong to the inputs, and which cells to change, is said by formulas that LibreOffice does."""

import shutil
import subprocess
from dataclasses import replace

import openpyxl
import pytest

from regmodel.runs import run
from regmodel.scenario import build, load
from regmodel.vocabulary.texts import Text
from regmodel.workbook.layout import table_of
from regmodel.workbook.read import read_with_counts
from regmodel.workbook.results import write_results
from regmodel.workbook.side import SETTINGS, SETTINGS_WATCHED
from regmodel.workbook.write import write_workbook

INTENSITY = ("water.records", "water.industrial_intensity_decline")


def as_run(path):
    """The lines of inputs as run, by table."""
    book = openpyxl.load_workbook(path, read_only=True)
    try:
        area = book.defined_names["rm_block_as_run"].attr_text.rpartition("!")[2].replace("$", "")
        lines = [[cell.value for cell in row] for row in book["As run 运行时输入"][area]]
    finally:
        book.close()
    found = {}
    for name, *cells in lines:
        found.setdefault(name, []).append(cells)
    return found


def typed_at(desk, told, table, key, code):
    """What the lines as run hold for one cell of a table."""
    _, mark = desk.mark(table)
    return told[table][desk.row(table, key) - mark - 2][table_of(table).entry_codes.index(code)]


def test_a_run_keeps_what_stood_in_every_input_cell(open_desk, pair_book, pair_run):
    """Figures, reasons, switches and rows that people fill stand at their own lines, as they were typed."""
    desk = open_desk(pair_book)
    desk.put(*INTENSITY, "value", 2.75)
    desk.put(*INTENSITY, "own_reason", "=cmd|' /C calc'!A0")
    desk.cell(*INTENSITY, "own_reason").data_type = "s"
    desk.put("levers.levers", "mine_water", "enabled", "no")
    path = desk.save()
    reading = read_with_counts(path)
    write_results(path, pair_run, reading=reading)
    told = as_run(path)
    assert told["~run"][0][0] == pair_run.verdict["run_id"]
    assert typed_at(desk, told, *INTENSITY, "value") == 2.75
    assert typed_at(desk, told, *INTENSITY, "own_reason") == "=cmd|' /C calc'!A0"
    assert typed_at(desk, told, "levers.levers", "mine_water", "enabled") == "no"
    room = SETTINGS_WATCHED - len(reading.typed[SETTINGS.code])
    lines = sum(len(lines) for lines in told.values())
    assert lines == 1 + sum(len(lines) for lines in reading.typed.values()) + room


def test_a_workbook_that_was_never_run_has_nothing_as_run(pair_book):
    assert list(as_run(pair_book)) == [None]


NORM, FLOOR = "record.water.rural_domestic_norm", "record.water.dry_year_factor"
WORDS = Text("Thirstier", "更缺水")


def side_cell(book, key, column):
    """A cell of the settings side by side; ``column`` counts the scenarios from 1."""
    sheet = next(sheet for sheet in book.worksheets if sheet.title.startswith("Side by side"))
    marks = [row for row in range(1, 90) if sheet.cell(row, 1).value == "~side.settings"]
    line = next(row for row in range(marks[0] + 2, 90) if sheet.cell(row, 1).value == key)
    return sheet.cell(line, 4 + column)


@pytest.fixture
def beside(pair_shipped, pair_run, tmp_path):
    """The pair's workbook after a run of the first of two scenarios side by side, with what was read before it."""
    others = [
        build("rural", WORDS, WORDS, "pair", (), {NORM: 75.0}),
        build("dry", WORDS, WORDS, "pair", (), {FLOOR: 0.7}),
    ]
    path = write_workbook(tmp_path / "beside.xlsx", load("pair"), "en", others=others)
    reading = read_with_counts(path)
    write_results(path, replace(pair_run, scenario=reading.others[0]), reading=reading)
    return path, reading


def test_a_run_of_a_scenario_side_by_side_keeps_what_it_set(beside):
    """Its column is named in the line of the run; what is only inherited is kept as nothing."""
    path, reading = beside
    area = openpyxl.load_workbook(path).defined_names["rm_block_as_run"].attr_text.rpartition("!")[2].replace("$", "")
    lines = [[cell.value for cell in row] for row in openpyxl.load_workbook(path)["As run"][area]]
    assert lines[0][2] == "s1"
    assert reading.typed[SETTINGS.code][0][:4] == [NORM, 75, None, None]
    assert [row[1:5] for row in lines if row[0] == SETTINGS.code][:2] == [
        [NORM, 75, None, None],
        [FLOOR, None, 0.7, None],
    ]
    assert next(row[1:4] for row in lines if row[0] == "side.head") == ["rural", "dry", None]


def test_a_value_typed_like_the_inherited_one_is_kept_as_nothing(beside):
    """The comparing formula sees no difference from the inherited value either."""
    path, _ = beside
    book = openpyxl.load_workbook(path)
    shown = next(one for one in load("pair").book.records.values() if f"record.{one.key}" == NORM)
    side_cell(book, NORM, 2).value = float(shown.printed)
    book.save(path)
    assert read_with_counts(path).typed[SETTINGS.code][0][:3] == [NORM, 75, None]


@pytest.mark.office
@pytest.mark.slow
def test_an_edit_side_by_side_makes_the_results_of_its_scenario_stale(beside, tmp_path, need_program):
    """An edit of the column that was run, by a layer or a value, given or taken away; another's changes nothing."""
    path, _ = beside
    edits = {
        "none": lambda book: None,
        "value": lambda book: setattr(side_cell(book, NORM, 1), "value", 76),
        "cleared": lambda book: setattr(side_cell(book, NORM, 1), "value", None),
        "given": lambda book: setattr(side_cell(book, FLOOR, 1), "value", 0.8),
        "other": lambda book: setattr(side_cell(book, FLOOR, 2), "value", 0.8),
        "layer": lambda book: setattr(side_cell(book, NORM, 1).parent["E13"], "value", "thirsty"),
    }
    for name, edit in edits.items():
        book = openpyxl.load_workbook(path)
        edit(book)
        book.save(tmp_path / f"{name}.xlsx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    books = [str(tmp_path / f"{name}.xlsx") for name in edits]
    command = [need_program("libreoffice"), "--headless", profile, "--convert-to", "xlsx", "--outdir"]
    command += [str(tmp_path / "out"), *books]
    subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=300, check=True)
    said = {}
    for name in edits:
        book = openpyxl.load_workbook(tmp_path / "out" / f"{name}.xlsx", data_only=True)
        said[name] = (book["Results"]["B3"].value[0], changed_by_sheet(book)["Side by side"][0])
    fine, stale = ("✓", 0), ("▲", 1)
    assert said == {"none": fine, "value": stale, "cleared": stale, "given": stale, "other": fine, "layer": stale}


@pytest.fixture(scope="module")
def calculated(pair_home, tmp_path_factory, need_program):
    """Three workbooks of the scenario that is built to fail, calculated by LibreOffice: as run, edited, never run."""
    soffice, folder = need_program("libreoffice"), tmp_path_factory.mktemp("stale")
    patch = pytest.MonkeyPatch()
    patch.setattr("regmodel.params.folder._PACKAGE", pair_home)
    try:
        fresh = write_workbook(folder / "fresh.xlsx", load("thirsty"), "en")
        done = shutil.copy(fresh, folder / "done.xlsx")
        write_results(folder / "done.xlsx", run(load("thirsty")), reading=read_with_counts(folder / "done.xlsx"))
    finally:
        patch.undo()
    edited = openpyxl.load_workbook(done)
    water = edited["Water"]
    line = next(row for row in range(1, 200) if water.cell(row, 1).value == INTENSITY[1])
    water.cell(line, 4).value = 2.75
    water.cell(line, 12).value = "a bulletin says so"
    levers = edited["Levers"]
    line = next(row for row in range(1, 200) if levers.cell(row, 1).value == "mine_water")
    levers.cell(line, 4).value = 0
    edited.save(folder / "edited.xlsx")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    books = [str(folder / f"{name}.xlsx") for name in ("fresh", "done", "edited")]
    command = [soffice, "--headless", profile, "--convert-to", "xlsx", "--outdir", str(folder / "out"), *books]
    subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=300, check=True)
    return {name: openpyxl.load_workbook(folder / "out" / f"{name}.xlsx", data_only=True)
            for name in ("fresh", "done", "edited")}  # fmt: skip


def changed_by_sheet(book):
    """What Checks says of the input cells changed since the run: count and state by sheet."""
    rows = book["Checks"].iter_rows(min_row=6, max_row=40, values_only=True)
    return {row[0]: (row[2], row[4]) for row in rows if row[1] and row[1].startswith("input cells changed")}


@pytest.mark.office
@pytest.mark.slow
def test_results_are_current_until_an_input_changes(calculated):
    """A share limit of 0 typed over a blank counts as a change, and so does a reason."""
    said = {name: book["Results"]["B3"].value for name, book in calculated.items()}
    assert {name: words[0] for name, words in said.items()} == {"fresh": "○", "done": "✓", "edited": "▲"}
    assert said["edited"].startswith("▲ STALE: inputs were changed after this run")
    quiet = dict.fromkeys(changed_by_sheet(calculated["done"]), (0, "OK"))
    assert changed_by_sheet(calculated["done"]) == quiet
    assert changed_by_sheet(calculated["fresh"]) == quiet
    assert changed_by_sheet(calculated["edited"]) == quiet | {"Water": (2, "RUN AGAIN"), "Levers": (1, "RUN AGAIN")}


@pytest.mark.office
@pytest.mark.slow
def test_every_clause_of_a_conflict_and_way_out_leads_to_its_cell(calculated):
    """The link beside a row names the cell of the figure of the clause whose id stands in the row's last column."""
    book = calculated["done"]
    results, targets = book["Results"], book["Targets"]
    linked = [(row[0], row[7]) for row in results.iter_rows(min_row=13, max_row=140, values_only=True) if row[7]]
    linked = [(link, key) for link, key in linked if key.split(",")[0] not in ("clause", "record", "clauses")]
    assert len(linked) >= 3
    for link, key in linked:
        sheet, _, cell = link.removeprefix("→ ").partition("!")
        assert (sheet, cell[0]) == ("Targets", "J")
        assert targets[f"A{cell[1:]}"].value == key.split(",")[0]
