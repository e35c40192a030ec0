"""A run's results into the result sheets of a workbook; everything else in the file stays byte for byte the same."""

from __future__ import annotations

import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from regmodel.vocabulary.texts import Text
from regmodel.workbook.block import Block
from regmodel.workbook.blocks import BLOCK_SHEETS, CHECKED, RESULT_BLOCKS, VERDICT, clause_block, data_block
from regmodel.workbook.checked import checked_rows
from regmodel.workbook.gate import check_package
from regmodel.workbook.heights import height_of, row_height
from regmodel.workbook.layout import BLOCK_NAME_PREFIX, SHEET_NAME_PREFIX, TEMPLATE_VERSION, BookLanguage
from regmodel.workbook.outputs import RESULT_COLUMNS
from regmodel.workbook.package import Area, BookPackage
from regmodel.workbook.read import read_stamp
from regmodel.workbook.rows import Cell
from regmodel.workbook.series import data_lines
from regmodel.workbook.surgery import (
    SheetChange,
    UnknownShape,
    calculating_book,
    changed_sheet,
    has_formula_on,
    without_chain,
    without_results,
)
from regmodel.workbook.values import result_rows
from regmodel.workbook.verdict_rows import clause_rows
from regmodel.workbook.write import write_results_book

if TYPE_CHECKING:
    from regmodel.runs import Run
    from regmodel.workbook.read import Reading

WORKBOOK_PART = "xl/workbook.xml"
CHAIN_PART = "xl/calcChain.xml"
_LOCKED = Text(
    "{name} is open in another program; the results are in {other}.", "{name} 正在其他程序中打开；结果已写入 {other}。"
)
_SEPARATE = Text(
    "{name} has no result sheets of regmodel that can be filled; the results are in {other}.",
    "{name} 中没有可供填写的 regmodel 结果表；结果已写入 {other}。",
)


def write_results(
    path: Path, run: Run, *, reading: Reading | None = None, say: Callable[[Text], None] | None = None
) -> Path:
    """Put a run's results into the result sheets of a workbook and return where they are.

    The old file stays beside it as ``.bak``. A workbook that is open elsewhere is left alone and a copy with the
    results gets a new name; one without our stamp gets a workbook of results beside it. ``say`` hears about either.
    """
    check_package(path)
    blocks, language = _places(path)
    if blocks is not None:
        try:
            parts = _changed_parts(path, run, blocks, language, reading)
        except UnknownShape:
            blocks = None
        else:
            return _put(path, parts, say)
    other = _free_name(path)
    write_results_book(other, run, language, reading)
    if say is not None:
        say(_SEPARATE.fill(name=path.name, other=other.name))
    return other


def _places(path: Path) -> tuple[dict[str, Area] | None, BookLanguage]:
    """Where the result blocks of a workbook stand; None for a workbook that is not fit to be filled."""
    with BookPackage(path) as package:
        stamp = read_stamp(package)
        if stamp is None or stamp.template != TEMPLATE_VERSION:
            return None, "both"
        found: dict[str, Area] = {}
        for code in (*(block.code for block in RESULT_BLOCKS), "clauses", "data", CHECKED.code):
            area = package.area(BLOCK_NAME_PREFIX + code)
            if area is None or package.sheet(area.sheet) is None:
                return None, stamp.language
            found[code] = area
        return found, stamp.language


def _filled(run: Run, language: BookLanguage, reading: Reading | None) -> list[tuple[Block, list[list[Cell]]]]:
    """Every block with the rows that the run puts there."""
    clauses, data = clause_block(len(run.scenario.clauses)), data_block(run.scenario.book)
    found = [(block, result_rows(block, run, language)) for block in RESULT_BLOCKS]
    found.append((clauses, clause_rows(run, language)))
    found.append((data, data_lines(run.scenario.book, language, run)))
    found.append((CHECKED, checked_rows(run, language, reading)))
    return found


def _changed_parts(
    path: Path, run: Run, blocks: dict[str, Area], language: BookLanguage, reading: Reading | None
) -> dict[str, bytes]:
    """Every part that changes, by name; raises UnknownShape when the workbook cannot be filled as it stands."""
    changes: dict[str, SheetChange] = {}
    with BookPackage(path) as package:
        for block, rows in _filled(run, language, reading):
            area = blocks[block.code]
            if len(rows) > area.bottom - area.top + 1 or (block.sheet in ("data", "clauses") and _moved(rows, area)):
                raise UnknownShape
            sheet = package.sheet(area.sheet)
            assert sheet is not None
            _fill(changes.setdefault(sheet.part, SheetChange()), block, rows, area)
        places = [package.area(SHEET_NAME_PREFIX + code) for code in (*BLOCK_SHEETS, "charts")]
        titles = [place.sheet for place in places if place is not None]
        parts = {sheet.part: package.open(sheet.part).read() for sheet in package.sheets}
        extra = {name: package.open(name).read() for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels")}
        book = package.open(WORKBOOK_PART).read()
        results = {area.sheet for area in blocks.values()}
        names = [name for name, words in package.names.items() if any(title in words for title in results)]
        names = [name for name in names if not name.startswith((SHEET_NAME_PREFIX, BLOCK_NAME_PREFIX))]
        by_part = {sheet.part: sheet.title for sheet in package.sheets}
    changed: dict[str, bytes] = {WORKBOOK_PART: calculating_book(book)}
    lost_formula = False
    for part, change in changes.items():
        changed[part], lost = changed_sheet(parts[part], change)
        lost_formula = lost_formula or lost
    for part in _dependents(parts, by_part, [*titles, *names]):
        changed[part] = without_results(changed.get(part, parts[part]))
    if lost_formula:
        changed |= without_chain(extra) | {CHAIN_PART: b""}
    return {name: xml for name, xml in changed.items() if name == CHAIN_PART or xml != parts.get(name)}


def _moved(rows: list[list[Cell]], area: Area) -> bool:
    """Whether the data block has another size than the lines: then charts would show the wrong ones."""
    return len(rows) != area.bottom - area.top + 1 or len(rows[0]) != area.right - area.left + 1


def _fill(change: SheetChange, block: Block, rows: list[list[Cell]], area: Area) -> None:
    """Put rows into the place of a block; what it no longer needs is emptied and, on pages that are read, folded."""
    widths, styles = RESULT_COLUMNS[block.sheet], [heading.style for heading in block.headings]
    for offset in range(area.bottom - area.top + 1):
        row = rows[offset] if offset < len(rows) else []
        line = area.top + offset
        for at in range(area.right - area.left + 1):
            change.cells[line, area.left + at] = row[at] if at < len(row) else None
        change.heights[line] = row_height(row, widths, styles)
        if block.folds:
            change.hidden[line] = offset > 0 and all(cell is None or cell == "" for cell in row)
    if block.code == VERDICT.code:
        change.heights[area.top] = height_of("", widths[1], "verdict")


def _dependents(parts: dict[str, bytes], by_part: dict[str, str], names: list[str]) -> Iterator[str]:
    """Sheets with formulas that read result sheets, directly or through other sheets."""
    wanted = [_as_in_formula(name) for name in names]
    left = dict(parts)
    while True:
        found = [part for part, xml in left.items() if has_formula_on(xml, tuple(wanted))]
        if not found:
            return
        for part in found:
            del left[part]
            wanted.append(_as_in_formula(by_part[part]))
            yield part


def _as_in_formula(name: str) -> bytes:
    from xml.sax.saxutils import escape

    return escape(name.replace("'", "''")).encode("utf-8")


def _put(path: Path, parts: dict[str, bytes], say: Callable[[Text], None] | None) -> Path:
    """Write the package anew beside the old one and take its place, or take a new name when it is open elsewhere."""
    handle, name = tempfile.mkstemp(prefix=".regmodel-", suffix=path.suffix, dir=path.parent)
    os.close(handle)
    fresh = Path(name)
    try:
        _copy_with(path, fresh, parts)
        shutil.copymode(path, fresh)
        if not is_open_elsewhere(path):
            try:
                shutil.copy2(path, path.with_name(path.name + ".bak"))
                fresh.replace(path)
            except PermissionError:
                return _put_beside(path, fresh, say)
            return path
        return _put_beside(path, fresh, say)
    finally:
        fresh.unlink(missing_ok=True)


def _put_beside(path: Path, fresh: Path, say: Callable[[Text], None] | None) -> Path:
    other = _free_name(path)
    fresh.replace(other)
    if say is not None:
        say(_LOCKED.fill(name=path.name, other=other.name))
    return other


def _copy_with(path: Path, target: Path, parts: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename == CHAIN_PART and CHAIN_PART in parts:
                continue
            content = parts.get(entry.filename)
            kept = zipfile.ZipInfo(entry.filename, entry.date_time)
            kept.compress_type = entry.compress_type
            kept.external_attr = entry.external_attr
            new.writestr(kept, old.read(entry) if content is None else content)


def is_open_elsewhere(path: Path) -> bool:
    """Whether Excel, WPS or LibreOffice has left the mark of an open document beside the file."""
    marks = (f"~${path.name}", f"~${path.name[2:]}", f".~lock.{path.name}#", f".~{path.name}")
    return any((path.parent / mark).exists() for mark in marks)


def _free_name(path: Path) -> Path:
    """A name beside the workbook that is not taken, with the time in it."""
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    candidate = path.with_name(f"{path.stem}-results-{stamp}.xlsx")
    count = 1
    while candidate.exists():
        count += 1
        candidate = path.with_name(f"{path.stem}-results-{stamp}-{count}.xlsx")
    return candidate
