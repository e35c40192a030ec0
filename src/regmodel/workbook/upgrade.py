"""An older workbook of ours into a new file of today's version: inputs by what they set, own sheets as they stand."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from regmodel.scenario import Scenario, shipped_names
from regmodel.vocabulary.problems import InputProblems, Problem, Problems
from regmodel.vocabulary.texts import Text
from regmodel.workbook.carry import Carrier, Item
from regmodel.workbook.contents import contents
from regmodel.workbook.dependents import OUR_NAMES, dependents, persons_names
from regmodel.workbook.form import read_form
from regmodel.workbook.from_form import scenario_of_form
from regmodel.workbook.gate import check_package
from regmodel.workbook.graft import graft
from regmodel.workbook.layout import SNAPSHOT_NAME, TEMPLATE_VERSION
from regmodel.workbook.older import OldBook, read_older
from regmodel.workbook.own_marks import Marks
from regmodel.workbook.package import Area, BookPackage
from regmodel.workbook.parts import MAIN, WORKBOOK_PART, Parts
from regmodel.workbook.pen import Pen
from regmodel.workbook.read import read_stamp, read_workbook
from regmodel.workbook.references import Followed, Follower, Whereabouts, follow_all
from regmodel.workbook.refusals import NEW_BOOK, RESAVE
from regmodel.workbook.run_choice import CELL_NAME
from regmodel.workbook.snapshot import FORM, Snapshot, read_snapshot
from regmodel.workbook.stamp import Stamp, base_scenario, hash_of
from regmodel.workbook.surgery import UnknownShape, without_results
from regmodel.workbook.upgrade_inputs import Beside, asked_of, changed_records, form_items, old_form, others_beside
from regmodel.workbook.upgrade_sheet import Listing, title_of_listing
from regmodel.workbook.write import write_workbook

_MACROS = Text("a workbook that is not a plain .xlsx; its macros cannot be carried over", "不是普通 .xlsx；宏无法带入")
_WITHOUT = Text(
    "save it as .xlsx in Excel and upgrade that; an .xlsm with a Run button is made by: regmodel new BOOK.xlsm --macro",
    "请在 Excel 中另存为 .xlsx 后再升级；带运行按钮的 .xlsm 请用 regmodel new BOOK.xlsm --macro 新建",
)


@dataclass(frozen=True)
class Upgrade:
    """What became of everything: changes, own sheets, references, and what the records changed by themselves."""

    stamp: Stamp
    scenario: Scenario
    items: tuple[Item, ...]
    own_sheets: tuple[str, ...]
    followed: tuple[Followed, ...]
    records_changed: int
    notes_left: tuple[str, ...]
    listing: str

    @property
    def carried(self) -> tuple[Item, ...]:
        """Changes that stand in the new workbook."""
        return tuple(item for item in self.items if item.fate == "carried")

    @property
    def left(self) -> tuple[Item, ...]:
        """Changes that have no place any more."""
        return tuple(item for item in self.items if item.fate != "carried")


@dataclass(frozen=True)
class _Old:
    """What an older workbook says of itself."""

    stamp: Stamp
    book: OldBook
    snapshot: Snapshot | None
    calculated: bool
    places: Whereabouts
    own: dict[str, str]
    names: dict[str, str]
    marks: Marks
    choice: Area | None


def upgrade(old: Path, new: Path) -> Upgrade:
    """Write today's version of an older workbook into a new file; the old one is not touched.

    Raises InputProblems with the reason where it cannot be done with certainty.
    """
    check_package(old)
    if old.suffix.lower() != ".xlsx":
        raise InputProblems([_refused(old, _MACROS, "W-72", _WITHOUT)])
    found = _read(old)
    problems = Problems()
    base = base_scenario(found.stamp.parent, found.stamp.layers, found.stamp.in_order)
    rows = contents(base, found.stamp.language)
    exact = found.snapshot is not None or hash_of(rows) == found.stamp.records
    today = Snapshot.of(rows)
    kept = found.snapshot if found.snapshot is not None else today
    carrier = Carrier(found.book, kept, today, base.book, problems, found.calculated, exact)
    items = carrier.items()
    form = old_form(found.book, kept, rows[FORM], problems)
    problems.raise_if_any()
    items = [*form_items(form, rows[FORM]), *items]
    edits = tuple(item.edit for item in items if item.fate == "carried" and not item.key.startswith("scenario."))
    scenario = scenario_of_form(read_form(form.entries), found.stamp, base, edits)
    others = others_beside(
        found.book.sheets.get("side"),
        scenario,
        read_form(form.entries),
        carrier,
        problems,
        calculated=found.calculated,
    )
    items += [
        Item("carried", found.book.sheets["side"].title, f"{other.name}: {own.key}", own.value)
        for other in others or ()
        for own in other.own
    ]
    asked = asked_of(found.book.sheets.get("side"), found.choice, (scenario, *(others or ())), items, problems)
    changed = changed_records(kept, today, items) if exact else []
    listing = Listing(title_of_listing(found.stamp.language, [*found.own.values()]), items, changed)
    try:
        followed = _build(old, new, found, scenario, Beside(others, asked), listing)
    except UnknownShape:
        raise InputProblems([_strange(old)]) from None
    return Upgrade(
        found.stamp,
        scenario,
        tuple(items),
        tuple(found.own.values()),
        tuple(followed),
        len(changed),
        tuple(found.marks.left),
        listing.title,
    )


def _read(path: Path) -> _Old:
    with BookPackage(path) as package:
        stamp = read_stamp(package)
        if stamp is None:
            found = Text("no stamp of regmodel in it", "其中没有 regmodel 的印记")
            raise InputProblems([_refused(path, found, "W-10", NEW_BOOK)])
        _check_stamp(path, stamp)
        book = read_older(package)
        area = package.area(SNAPSHOT_NAME)
        cells = next((sheet for sheet in book.sheets.values() if area is not None and sheet.title == area.sheet), None)
        snapshot = read_snapshot(cells, area) if cells is not None and area is not None else None
        ours = {sheet.title for sheet in book.sheets.values()}
        own = {sheet.part: sheet.title for sheet in package.sheets if sheet.title not in ours}
        places = Whereabouts.of(package, book)
        names, marks = persons_names(package.names), Marks.of(path, package, book)
        choice = package.area(CELL_NAME)
        return _Old(stamp, book, snapshot, package.calculated, places, own, names, marks, choice)


def _check_stamp(path: Path, stamp: Stamp) -> None:
    lost = [name for name in (stamp.parent, *stamp.layers) if name and name not in shipped_names()]
    if not stamp.template.isdecimal() or int(stamp.template) > int(TEMPLATE_VERSION):
        found = Text("a workbook of template {template}, newer than this regmodel", "模板版本 {template}，比本机程序新")
        to_do = Text("update regmodel, then run the workbook.", "请先更新 regmodel，再运行该工作簿。")
        raise InputProblems([_refused(path, found.fill(template=stamp.template), "W-11", to_do)])
    if lost:
        found = Text("written from the scenario {name}, which is not here", "底稿情景 {name} 在本机不存在")
        raise InputProblems([_refused(path, found.fill(name=lost[0]), "W-11", NEW_BOOK)])


def _refused(path: Path, found: Text, code: str, to_do: Text) -> Problem:
    expected = Text(
        "a workbook made by regmodel new, of this or an older version", "由本版本或更早版本的 regmodel new 生成的工作簿"
    )
    return Problem(code, path.name, found, expected, to_do)


def _strange(path: Path) -> Problem:
    return Problem(
        "W-71",
        path.name,
        Text("a package that new sheets cannot be put into with certainty", "无法确保把新表放入该文件"),
        Text("an ordinary .xlsx, no sheet of yours with a name of ours", "普通 .xlsx 文件，且您的表与本程序的表不同名"),
        RESAVE,
    )


def _build(
    old: Path,
    new: Path,
    found: _Old,
    scenario: Scenario,
    beside: Beside,
    listing: Listing,
) -> list[Followed]:
    """Write the fresh sheets, put them into the person's package, check the whole, and give it its name."""
    language, marks = found.stamp.language, found.marks
    with tempfile.TemporaryDirectory(prefix=".regmodel-", dir=new.parent) as place:
        fresh, whole = Path(place) / new.name, Path(place) / f"whole{new.suffix}.tmp"
        write_workbook(fresh, scenario, language, others=beside.others, asked=beside.asked)
        after = _whereabouts(fresh)
        marks.find_places(found.places, after)

        def also(pen: Pen) -> None:
            marks.write(pen)
            listing.write(pen, marks)

        write_workbook(fresh, scenario, language, others=beside.others, asked=beside.asked, also=also)
        follower = Follower(found.places, after)
        parts = Parts.of(old)
        _follow(parts, follower, found.own)
        graft(parts, Parts.of(fresh))
        _forget_answers(parts, found)
        parts.write(whole)
        check_package(whole)
        if read_workbook(whole) != scenario:
            raise UnknownShape
        whole.chmod(0o644)
        whole.replace(new)
    return follower.followed


def _whereabouts(path: Path) -> Whereabouts:
    with BookPackage(path) as package:
        return Whereabouts.of(package, read_older(package))


def _follow(parts: Parts, follower: Follower, own: Mapping[str, str]) -> None:
    """The person's formulas, charts and names follow the cells of ours that they read."""
    parts.content |= follow_all(follower, parts.content, own, parts.reach)
    root = parts.tree(WORKBOOK_PART)
    changed = False
    for name in root.iter(f"{{{MAIN}}}definedName"):
        title = name.get("name", "")
        if not title.startswith((OUR_NAMES, "_xlnm.")) and name.text:
            words = follower.words(title, name.text)
            changed = changed or words != name.text
            name.text = words
    if changed:
        parts.put_tree(WORKBOOK_PART, root)


def _forget_answers(parts: Parts, found: _Old) -> None:
    """Formulas of the person's that read our sheets lose their stored answers, as after a run."""
    titles = [sheet.title for sheet in found.book.sheets.values()]
    own = {part: parts.content[part] for part in found.own}
    for part in dependents(own, found.own, titles, found.names):
        parts.content[part] = without_results(parts.content[part])
