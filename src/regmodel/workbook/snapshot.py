"""What a workbook was written with, kept inside it, so that any later version can tell what a person changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from regmodel.workbook.cells import SheetCells
from regmodel.workbook.layout import SNAPSHOT_NAME
from regmodel.workbook.package import Area
from regmodel.workbook.pen import Pen
from regmodel.workbook.rows import Cell, Entry, Row

FORM = "scenarios.form"
CHUNK = 30_000  # characters; a cell takes 32,767
_FIRST_ROW = 20  # rows from 0, well below the stamp
Place = tuple[str, str, str]  # table, key of the row, column


@dataclass(frozen=True)
class Kept:
    """An open cell as it was written: what it sets, what may stand in it, its value and the unit beside it."""

    entry: Entry
    value: Cell
    unit: Cell


@dataclass(frozen=True)
class Snapshot:
    """Every row that was written, and its open cells that set something."""

    rows: frozenset[tuple[str, str]]
    cells: Mapping[Place, Kept]

    @classmethod
    def of(cls, rows: Mapping[str, tuple[Row, ...]]) -> Snapshot:
        """The same from rows that are at hand."""
        cells = {
            (table, row.key, code): Kept(entry, row.cells.get(code), row.cells.get("unit"))
            for table, kept in rows.items()
            for row in kept
            for code, entry in row.entries.items()
            if entry.override is not None or table == FORM
        }
        return cls(frozenset((table, row.key) for table, kept in rows.items() for row in kept), cells)


def pieces_of(rows: Mapping[str, tuple[Row, ...]]) -> tuple[str, ...]:
    """All open cells that set something, as plain JSON in pieces that fit into cells."""
    plain = {
        table: {
            row.key: {
                code: _plain(entry, row.cells.get(code), unit)
                for code, entry in row.entries.items()
                if entry.override is not None or table == FORM
            }
            for row in kept
            for unit in [row.cells.get("unit")]
        }
        for table, kept in rows.items()
    }
    words = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return tuple(words[at : at + CHUNK] for at in range(0, len(words), CHUNK))


def _plain(entry: Entry, value: Cell, unit: Cell) -> list[object]:
    whole = entry.high if entry.share else None
    return [entry.override, entry.kind, value, list(entry.choices), entry.may_be_blank, whole, unit]


def write_snapshot(pen: Pen, rows: Mapping[str, tuple[Row, ...]]) -> None:
    """Put the snapshot of a workbook on its hidden sheet, under its stamp."""
    pieces = pieces_of(rows)
    for at, piece in enumerate(pieces, start=_FIRST_ROW):
        pen.sheets["lists"].write_string(at, 0, piece, pen.styles["plain"])
    first, last = _FIRST_ROW + 1, _FIRST_ROW + len(pieces)
    pen.book.define_name(SNAPSHOT_NAME, f"={pen.quoted('lists')}!$A${first}:$A${last}")


def read_snapshot(cells: SheetCells, area: Area) -> Snapshot | None:
    """What a workbook says that it was written with, or None where that is not whole."""
    pieces = [cells.at(row, area.left).value for row in range(area.top, area.bottom + 1)]
    try:
        plain = json.loads("".join(str(piece or "") for piece in pieces))
        found = {
            (table, key, code): Kept(
                Entry(kind, override, tuple(choices), high=whole, may_be_blank=blank, share=whole is not None),
                value,
                unit,
            )
            for table, rows in plain.items()
            for key, codes in rows.items()
            for code, (override, kind, value, choices, blank, whole, unit) in codes.items()
        }
        return Snapshot(frozenset((table, key) for table, rows in plain.items() for key in rows), found)
    except (ValueError, TypeError, AttributeError):
        return None
