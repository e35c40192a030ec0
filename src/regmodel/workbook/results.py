"""A run's results into the result sheets of a workbook; everything else in the file stays byte for byte the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from regmodel.vocabulary.texts import Text
from regmodel.workbook.block import Block
from regmodel.workbook.blocks import BLOCK_SHEETS
from regmodel.workbook.dependents import dependents, persons_names
from regmodel.workbook.gate import check_package
from regmodel.workbook.layout import BLOCK_NAME_PREFIX, SHEET_NAME_PREFIX, TEMPLATE_VERSION, BookLanguage
from regmodel.workbook.package import Area, BookPackage
from regmodel.workbook.read import read_stamp, same_inputs
from regmodel.workbook.replace import REMOVED, SavedMeanwhile, digest_of, free_name, put_parts
from regmodel.workbook.row_looks import row_looks
from regmodel.workbook.rows import CellRow
from regmodel.workbook.run_blocks import BLOCK_CODES, run_blocks
from regmodel.workbook.surgery import (
    SheetChange,
    UnknownShape,
    calculating_book,
    changed_sheet,
    without_chain,
    without_results,
)
from regmodel.workbook.write import write_results_book

if TYPE_CHECKING:
    from regmodel.runs import Run
    from regmodel.runs.comparing import Comparison
    from regmodel.workbook.read import Reading

WORKBOOK_PART = "xl/workbook.xml"
CHAIN_PART = "xl/calcChain.xml"
TRIES = 3  # a workbook that is saved again at the very moment of writing is read again
_SEPARATE = Text(
    "{name} has no result sheets of regmodel that can be filled; the results are in {other}.",
    "{name} 中没有可供填写的 regmodel 结果表；结果已写入 {other}。",
)
_CHANGED = Text(
    "{name} was changed while it ran; the results of what was read before are in {other}. Run it again.",
    "{name} 在运行期间被改动；按改动前内容得到的结果已写入 {other}。请重新运行。",
)


def write_results(
    path: Path,
    run: Run,
    *,
    reading: Reading | None = None,
    say: Callable[[Text], None] | None = None,
    compared: Comparison | None = None,
) -> Path:
    """Put a run's results into the result sheets of a workbook and return where they are.

    The old file stays beside it as ``.bak``. A workbook that is open elsewhere is left alone and a copy with the
    results gets a new name; one without our stamp, or whose inputs changed since ``reading``, gets a workbook of
    results beside it. ``say`` hears about each. ``compared`` holds the runs of the workbook's scenarios side by side;
    without it the Compare sheet keeps what it said.
    """
    check_package(path)
    for _ in range(TRIES):
        digest = digest_of(path)
        if reading is not None and not same_inputs(path, reading):
            return _write_beside(path, run, reading.stamp.language, reading, say, _CHANGED, compared)
        blocks, language = _places(path)
        if blocks is None:
            break
        try:
            return put_parts(path, _changed_parts(path, run, blocks, language, reading, compared), digest, say)
        except UnknownShape:
            break
        except SavedMeanwhile:
            continue
    return _write_beside(path, run, language, reading, say, _SEPARATE, compared)


def _write_beside(
    path: Path,
    run: Run,
    language: BookLanguage,
    reading: Reading | None,
    say: Callable[[Text], None] | None,
    why: Text,
    compared: Comparison | None,
) -> Path:
    other = free_name(path)
    write_results_book(other, run, language, reading, compared)
    if say is not None:
        say(why.fill(name=path.name, other=other.name))
    return other


def _places(path: Path) -> tuple[dict[str, Area] | None, BookLanguage]:
    """Where the result blocks of a workbook stand; None for a workbook that is not fit to be filled."""
    with BookPackage(path) as package:
        stamp = read_stamp(package)
        if stamp is None or stamp.template != TEMPLATE_VERSION:
            return None, "both"
        found: dict[str, Area] = {}
        for code in BLOCK_CODES:
            area = package.area(BLOCK_NAME_PREFIX + code)
            if area is None or package.sheet(area.sheet) is None:
                return None, stamp.language
            found[code] = area
        return found, stamp.language


def _changed_parts(
    path: Path,
    run: Run,
    blocks: dict[str, Area],
    language: BookLanguage,
    reading: Reading | None,
    compared: Comparison | None,
) -> dict[str, bytes]:
    """Every part that changes, by name; raises UnknownShape when the workbook cannot be filled as it stands."""
    changes: dict[str, SheetChange] = {}
    with BookPackage(path) as package:
        for block, rows in run_blocks(run, language, reading, compared):
            area = blocks[block.code]
            if _moved(block, area) or len(rows) > block.rows:
                raise UnknownShape
            sheet = package.sheet(area.sheet)
            assert sheet is not None
            _fill(changes.setdefault(sheet.part, SheetChange()), block, rows, area)
        places = [package.area(SHEET_NAME_PREFIX + code) for code in (*BLOCK_SHEETS, "charts")]
        titles = [place.sheet for place in places if place is not None]
        names = persons_names(package.names)
        parts = {sheet.part: package.open(sheet.part).read() for sheet in package.sheets}
        extra = {name: package.open(name).read() for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels")}
        book = package.open(WORKBOOK_PART).read()
        by_part = {sheet.part: sheet.title for sheet in package.sheets}
    changed: dict[str, bytes] = {WORKBOOK_PART: calculating_book(book)}
    lost_formula = False
    for part, change in changes.items():
        changed[part], lost = changed_sheet(parts[part], change)
        lost_formula = lost_formula or lost
    for part in {*changes, *dependents(parts, by_part, titles, names)}:
        changed[part] = without_results(changed.get(part, parts[part]))
    if lost_formula:
        changed |= without_chain(extra) | {CHAIN_PART: REMOVED}
    return {name: xml for name, xml in changed.items() if name == CHAIN_PART or xml != parts.get(name)}


def _moved(block: Block, area: Area) -> bool:
    """Whether a block has another size than it was written with: somebody's rows or columns stand in it."""
    return area.bottom - area.top + 1 != block.rows or area.right - area.left + 1 != len(block.headings)


def _fill(change: SheetChange, block: Block, rows: list[CellRow], area: Area) -> None:
    """Put rows into the place of a block; what it no longer needs is emptied and, on pages that are read, folded."""
    for offset, look in enumerate(row_looks(block, rows)):
        row = rows[offset] if offset < len(rows) else []
        line = area.top + offset
        for at in range(area.right - area.left + 1):
            change.cells[line, area.left + at] = row[at] if at < len(row) else None
        if look.height is not None:
            change.heights[line] = look.height
        if look.hidden is not None:
            change.hidden[line] = look.hidden
            change.beside[line] = block.formula_columns
