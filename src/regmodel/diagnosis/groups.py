"""Which rows of a model belong together and which are not up for debate, from a user's small files."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from regmodel.diagnosis.text_file import read_text
from regmodel.vocabulary.problems import Problems, did_you_mean
from regmodel.vocabulary.texts import Text, same

_CSV = Text("a CSV file with the columns row and group", "含 row 与 group 两列的 CSV 文件")
_LIST = Text(
    "a text file with one name of a row a line, or a CSV file with a column row",
    "每行一个行名的文本文件，或含 row 列的 CSV 文件",
)


@dataclass(frozen=True)
class Grouping:
    """Rows by group, in the order of the model, and the rows that always hold (in no group)."""

    groups: Mapping[str, tuple[str, ...]]
    hard: frozenset[str]


@dataclass(frozen=True)
class _Listed:
    row: str
    group: str
    file: str
    line: int

    def where(self) -> str:
        """File and line, as messages name them."""
        return f"{self.file}   line {self.line}"


def read_grouping(rows: Collection[str], groups: Path | None, hard: Path | None) -> Grouping:
    """Groups of a model's rows; raises InputProblems with every problem of both files.

    A row that neither file lists is a group of its own name.
    """
    problems = Problems()
    together = _grouped(groups, problems) if groups is not None else []
    always = _hard(hard, problems) if hard is not None else []
    seen: dict[str, _Listed] = {}
    for entry in [*together, *always]:
        if entry.row not in rows:
            problems.add(
                "D-10",
                entry.where(),
                same(f'"{entry.row}"'),
                Text("the name of a row of the model", "模型中的行名"),
                did_you_mean(entry.row, rows),
            )
        elif entry.row in seen:
            before = seen[entry.row]
            problems.add(
                "D-11",
                entry.where(),
                Text(
                    f'"{entry.row}", as in {before.file}, line {before.line}',
                    f"“{entry.row}”，与 {before.file} 第 {before.line} 行重复",
                ),
                Text("each row once: in one group, or hard", "每行一次：归入一个组，或列为硬约束"),
                Text("delete one of the two", "请删除其中一处"),
            )
        seen.setdefault(entry.row, entry)
    group_of = {entry.row: entry.group for entry in together}
    lonely = set(rows) - set(seen)
    for entry in {entry.group: entry for entry in reversed(together)}.values():
        if entry.group in lonely:
            problems.add(
                "D-12",
                entry.where(),
                Text(f'the group "{entry.group}"', f"组“{entry.group}”"),
                Text("a name that no row outside the files has", "未被文件之外的行占用的名称"),
                Text("name the group otherwise, or list that row", "请更改组名，或将该行列入文件"),
            )
    problems.raise_if_any()
    found: dict[str, list[str]] = {}
    always_hold = frozenset(entry.row for entry in always)
    for row in rows:
        if row not in always_hold:
            found.setdefault(group_of.get(row, row), []).append(row)
    return Grouping({name: tuple(members) for name, members in found.items()}, always_hold)


def _grouped(path: Path, problems: Problems) -> list[_Listed]:
    text = read_text(path, _CSV, problems)
    if text is None:
        return []
    lines = _lines(text)
    header = [cell.strip() for cell in lines[0][1]] if lines else []
    if sorted(header) != ["group", "row"]:
        problems.add(
            "D-09",
            f"{path.name}   line {lines[0][0] if lines else 1}",
            same(f'"{",".join(header)}"') if header else Text("nothing", "空文件"),
            Text("a first line with the columns row and group", "首行为列名 row 与 group"),
            same("row,group"),
        )
        return []
    found = []
    for number, cells in lines[1:]:
        if len(cells) != len(header) or not all(cell.strip() for cell in cells):
            problems.add(
                "D-09",
                f"{path.name}   line {number}",
                same(f'"{",".join(cells)}"'),
                Text("one row and one group", "一个行名与一个组名"),
                Text("fill in both cells, or delete the line", "请填写两个单元格，或删除该行"),
            )
            continue
        named = dict(zip(header, (cell.strip() for cell in cells), strict=True))
        found.append(_Listed(named["row"], named["group"], path.name, number))
    return found


def _hard(path: Path, problems: Problems) -> list[_Listed]:
    text = read_text(path, _LIST, problems)
    if text is None:
        return []
    lines = _lines(text)
    header = [cell.strip() for cell in lines[0][1]] if lines else []
    if "row" not in header:
        plain = [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1)]
        return [_Listed(name, "", path.name, number) for number, name in plain if name]
    place = header.index("row")
    found = []
    for number, cells in lines[1:]:
        name = cells[place].strip() if len(cells) == len(header) else ""
        if name:
            found.append(_Listed(name, "", path.name, number))
            continue
        problems.add(
            "D-09",
            f"{path.name}   line {number}",
            same(f'"{",".join(cells)}"'),
            Text("the name of a row, in as many cells as the first line has", "行名，且单元格数与首行一致"),
            Text("fill it in, or delete the line", "请填写，或删除该行"),
        )
    return found


def _lines(text: str) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""))
    return [(reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)]
