"""Reading a CSV table of params/: UTF-8 or GBK, columns checked by name, every row kept with its line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from regmodel.vocabulary.problems import Problems, did_you_mean
from regmodel.vocabulary.texts import Text, same


@dataclass(frozen=True)
class Row:
    """One row of a table; empty cells are empty strings."""

    table: str
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def where(self, name: str = "") -> str:
        """File, row and what the row is about."""
        return f"params/{self.table}   row {self.line}" + (f", {name}" if name else "")


def read_text(path: Path, problems: Problems) -> str | None:
    """Text of a file in UTF-8 (with or without byte-order mark) or GBK; None with a problem when there is none."""
    where = f"params/{path.name}"
    if not path.is_file():
        problems.add(
            "P-01",
            where,
            Text("no such file", "无此文件"),
            Text("a file of the records", "记录文件"),
            Text(f"put {path.name} back, or give the folder that has it", f"请放回 {path.name}，或指定含有它的文件夹"),
        )
        return None
    raw = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    problems.add(
        "P-01",
        where,
        Text("bytes that are neither UTF-8 nor GBK", "既非 UTF-8 也非 GBK 的内容"),
        Text("a text file", "文本文件"),
        Text("save it as CSV UTF-8", "请另存为 CSV UTF-8 格式"),
    )
    return None


def read_table(path: Path, required: Sequence[str], problems: Problems, optional: Sequence[str] = ()) -> list[Row]:
    """Rows of a table whose columns are all known; problems are noted and what can be read is returned."""
    text = read_text(path, problems)
    if text is None:
        return []
    lines = list(csv.reader(io.StringIO(text)))
    if not lines:
        lines = [[]]
    header = [name.strip() for name in lines[0]]
    _check_columns(path.name, header, required, optional, problems)
    return list(_rows(path.name, header, lines[1:], problems))


def _check_columns(
    table: str, header: Sequence[str], required: Sequence[str], optional: Sequence[str], problems: Problems
) -> None:
    known = [*required, *optional]
    for name in header:
        if name not in known:
            problems.add(
                "P-02",
                f"params/{table}   row 1",
                f'"{name}"',
                Text("a column of this table", "本表的一个列名"),
                did_you_mean(name, known),
            )
    for name in required:
        if name not in header:
            problems.add(
                "P-03",
                f"params/{table}   row 1",
                Text(f'no column "{name}"', f"缺少列“{name}”"),
                Text("every column of this table", "本表的全部列"),
                Text("add the column", "请补上该列"),
            )


def _rows(table: str, header: Sequence[str], lines: Iterable[list[str]], problems: Problems) -> Iterator[Row]:
    for line, cells in enumerate(lines, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            problems.add(
                "P-17",
                f"params/{table}   row {line}",
                Text(f"{len(cells)} cells", f"{len(cells)} 个单元格"),
                Text(f"{len(header)} cells, one for each column", f"{len(header)} 个单元格，每列一个"),
                Text("put text with a comma in it between double quotes", "含逗号的文字请加双引号"),
            )
            continue
        yield Row(table, line, dict(zip(header, (cell.strip() for cell in cells), strict=True)))


def missing_cells(row: Row, columns: Iterable[str], name: str, problems: Problems) -> bool:
    """Whether a needed cell is empty; each is noted."""
    empty = [column for column in columns if not row[column]]
    for column in empty:
        problems.add(
            "P-03",
            row.where(name),
            Text(f'"{column}" is empty', f"“{column}”为空"),
            Text("a value in this column", "该列应有内容"),
            Text("fill it in", "请填写"),
        )
    return bool(empty)


def bare(words: str) -> Text:
    """What was found, between quotes and alike in both languages."""
    return same(f'"{words}"')
