"""What stood in the input cells when the results were calculated, and the formulas that compare it with what does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from regmodel.workbook.block import Block, heading
from regmodel.workbook.layout import TABLES, Table
from regmodel.workbook.package import column_letters
from regmodel.workbook.pen import Pen
from regmodel.workbook.rows import Cell, CellRow, Row
from regmodel.workbook.side import COLUMNS, HEAD, HEAD_FIELDS, SETTINGS, SETTINGS_WATCHED, SideLines
from regmodel.workbook.side_write import inherits
from regmodel.workbook.states import RUN_LINE, SIDE_NAME, TOGETHER, TOTAL_NAME, write_state

RUN_MARK = "~run"
WIDTH = 1 + max(len(table.entry_codes) for table in (*TABLES, HEAD, SETTINGS))
_RUN_ID, _RUN_OF = f"$B${RUN_LINE + 1}", f"$C${RUN_LINE + 1}"  # the run, and the column of its scenario side by side
FORMULAS_AT = WIDTH + 1  # the column of sheet codes; the counts stand beside it
Typed = Mapping[str, Sequence[Sequence[Cell]]]


def as_run_block(sizes: Mapping[str, int]) -> Block:
    """The block of inputs as run: one line for the run, then the lines of every table one after the other."""
    headings = tuple(heading(str(at), str(at), "plain") for at in range(WIDTH))
    return Block("as_run", "asrun", None, headings, 1 + sum(sizes.values()), headed=False)


def table_sizes(rows: Mapping[str, Sequence[Row]]) -> dict[str, int]:
    """How many lines each table has in a fresh workbook, blank ones to fill among them."""
    sizes = {table.code: max(len(rows[table.code]), table.rows_to_fill) for table in TABLES}
    return sizes | {HEAD.code: len(HEAD_FIELDS), SETTINGS.code: SETTINGS_WATCHED}


def typed_in(rows: Mapping[str, Sequence[Row]]) -> dict[str, list[list[Cell]]]:
    """What stands in the input columns of every table of a workbook that shows these rows."""
    return {table.code: [_entries(table, row) for row in rows[table.code]] for table in TABLES}


def _entries(table: Table, row: Row) -> list[Cell]:
    return [row.cells.get(code) for code in table.entry_codes]


def as_run_rows(
    typed: Typed, sizes: Mapping[str, int], run_id: str, column: str | None = None, *, together: bool = False
) -> list[CellRow]:
    """The lines of the block for a run: the mark with its id, then what was typed, in the order of the tables.

    ``column`` is that of the scenario side by side that was run, None for the workbook's own; ``together`` says that
    its run was compared with others.
    """
    found: list[CellRow] = [_filled([RUN_MARK, run_id, column, TOGETHER if together else None])]
    for code, size in sizes.items():
        lines = list(typed.get(code, ()))[:size]
        found += [_filled([code, *line]) for line in lines]
        found += [_filled([code]) for _ in range(size - len(lines))]
    return found


def _filled(row: list[Cell]) -> CellRow:
    return (row + [None] * WIDTH)[:WIDTH]


def write_as_run(
    pen: Pen,
    rows: Mapping[str, Sequence[Row]],
    first: Mapping[str, int],
    side: SideLines,
    run_id: str | None,
    state_line: int,
) -> dict[str, str]:
    """The hidden sheet of the inputs as run, and the cell of Results that compares; formulas of changes by sheet.

    ``rows`` are those that the workbook shows, ``first`` the first line of every table, ``side`` those of the scenarios
    side by side. Without a run it waits.
    """
    sizes = table_sizes(rows)
    block = as_run_block(sizes)
    pen.columns(block.sheet, (24, *([20] * (WIDTH - 1))))
    pen.head(block.sheet)
    top = RUN_LINE
    pen.name_block(block, top, 0)
    filled = [] if run_id is None else as_run_rows(typed_in(rows), sizes, run_id)
    for line in range(block.rows):
        for at in range(WIDTH):
            pen.put(block.sheet, top + line, at, filled[line][at] if filled else None, "plain")
    write_state(pen, state_line, finished=run_id is not None)
    return write_comparison(pen, sizes, first, side, top)


def write_comparison(
    pen: Pen, sizes: Mapping[str, int], first: Mapping[str, int], side: SideLines, top: int
) -> dict[str, str]:
    """Beside the inputs as run: how many cells of each input column differ now; formulas of the count by sheet.

    ``first`` has the first line of every table, ``top`` the line of the run. Text and number are compared as text, so
    that an emptied cell differs from zero. Of the scenarios side by side only the one that was run counts.
    """
    line, start = top + 1, top + 1
    for table in TABLES:
        for at, name in enumerate(table.entry_codes, start=1):
            if sizes[table.code]:
                _count(pen, line, table.sheet, _differs(pen, table, name, first[table.code], start, at, sizes), None)
                line += 1
        start += sizes[table.code]
    main = line
    for table, begins in ((HEAD, side.head), (SETTINGS, side.settings)):
        own = SETTINGS is table
        lines = {table.code: min(sizes[table.code], side.count) if own else sizes[table.code]}
        for at, name in enumerate(table.entry_codes, start=1):
            if own and name in COLUMNS:
                differs = _own_differs(pen, name, begins, start, at, side, lines[table.code])
            else:
                differs = _differs(pen, table, name, begins, start, at, lines)
            counts = f'{_RUN_OF}="{name}"' if name in COLUMNS else f'{_RUN_OF}<>""'
            _count(pen, line, table.sheet, differs, counts)
            line += 1
        start += sizes[table.code]
    return _write_totals(pen, top, main, line)


def _count(pen: Pen, line: int, sheet: str, differs: str, counts: str | None) -> None:
    """A line with the count of one column: what differs, and, where only some runs go by it, what counts for this."""
    target, look = pen.sheets["asrun"], pen.styles["plain"]
    pen.put("asrun", line, FORMULAS_AT, sheet, "plain")
    condition = f'{_RUN_ID}=""' if counts is None else f'OR({_RUN_ID}="",NOT({counts}))'
    target.write_formula(line, FORMULAS_AT + 1, f"=IF({condition},0,{differs})", look, 0)
    if counts is not None:
        target.write_formula(line, FORMULAS_AT + 2, f'=IF({_RUN_ID}="",0,{differs})', look, 0)


def _differs(pen: Pen, table: Table, name: str, begins: int, start: int, at: int, sizes: Mapping[str, int]) -> str:
    """How many cells of a column of a table differ from those as run; an expression."""
    column, size = column_letters(table.column(name).at), sizes[table.code]
    now = f"{pen.quoted(table.sheet)}!${column}${begins + 1}:${column}${begins + size}"
    then = f"${column_letters(at)}${start + 1}:${column_letters(at)}${start + size}"
    return f'SUMPRODUCT(--({now}&""<>{then}&""))'


def _own_differs(pen: Pen, name: str, begins: int, start: int, at: int, side: SideLines, size: int) -> str:
    """The same for what a scenario side by side sets itself: told from what it inherits in a column of its own."""
    place, letter = FORMULAS_AT + 3 + COLUMNS.index(name), column_letters(SETTINGS.column(name).at)
    sheet = f"{pen.quoted(SETTINGS.sheet)}!"
    for offset in range(size):
        cell = f'{sheet}{letter}{begins + offset + 1}&""'
        inherited = inherits(letter, begins + offset, side.fields, sheet)
        formula = f'=IF({cell}={inherited}&"","",{cell})'
        pen.sheets["asrun"].write_formula(start + offset, place, formula, pen.styles["plain"], "")
    own, then = (
        f"${column_letters(column)}${start + 1}:${column_letters(column)}${start + size}" for column in (place, at)
    )
    return f'SUMPRODUCT(--({own}&""<>{then}&""))'


def _write_totals(pen: Pen, top: int, main: int, line: int) -> dict[str, str]:
    """The counts together, of the run and of all scenarios, under their names; formulas of the count by sheet."""
    quoted, sheet, look = pen.quoted("asrun"), pen.sheets["asrun"], pen.styles["plain"]
    sheets, counts, beside = (column_letters(FORMULAS_AT + at) for at in range(3))
    sheet.write_formula(top, FORMULAS_AT + 1, f"=SUM(${counts}${top + 2}:${counts}${line})", look, 0)
    together = f"=SUM(${counts}${top + 2}:${counts}${main})+SUM(${beside}${main + 1}:${beside}${line})"
    sheet.write_formula(top, FORMULAS_AT + 2, together, look, 0)
    pen.book.define_name(TOTAL_NAME, f"={quoted}!${counts}${top + 1}")
    pen.book.define_name(SIDE_NAME, f"={quoted}!${beside}${top + 1}")
    area = [f"{quoted}!${letter}${top + 2}:${letter}${line}" for letter in (sheets, counts)]
    changed = sorted({table.sheet for table in (*TABLES, HEAD)})
    return {name: f'=SUMIF({area[0]},"{name}",{area[1]})' for name in changed}
