"""Finding sheets and tables again in a workbook that people have worked in; every structural fault by cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from regmodel.vocabulary.problems import Problems, did_you_mean
from regmodel.vocabulary.texts import Text
from regmodel.workbook.cells import Found, SheetCells, read_cells
from regmodel.workbook.layout import END_MARK, SHEET_NAME_PREFIX, TABLE_MARK, TABLES, Table, sheet_of, table_of, word
from regmodel.workbook.package import BookPackage, SheetPart, column_letters
from regmodel.workbook.stamp import Stamp

_RESTORE = Text(
    "undo the change, or make a fresh workbook with regmodel new and copy your figures into it.",
    "请撤销该改动，或用 regmodel new 新建工作簿再填入数据。",
)


@dataclass(frozen=True)
class Grid:
    """One table as found: its sheet, the column of each code, and the lines between its header and its end."""

    table: Table
    sheet: SheetCells
    columns: dict[str, int]
    first: int
    end: int

    def at(self, line: int, code: str) -> Found:
        """What stands in a line under a column's code."""
        return self.sheet.at(line, self.columns[code])

    def where(self, line: int, code: str) -> str:
        """A cell of the table as messages name it."""
        return self.sheet.where(line, self.columns.get(code, 0))

    def lines(self) -> Iterator[int]:
        """Lines of the table that hold anything at all."""
        for line in range(self.first, self.end):
            if any(not self.sheet.at(line, column).blank for column in self.columns.values()):
                yield line


def find_sheets(package: BookPackage, stamp: Stamp, problems: Problems) -> dict[str, SheetCells]:
    """The sheets with tables to read, by code: by their defined names, else by the marks of their tables."""
    wanted = tuple(dict.fromkeys(table.sheet for table in TABLES))
    parts: dict[str, SheetPart] = {}
    for code in wanted:
        area = package.area(SHEET_NAME_PREFIX + code)
        part = package.sheet(area.sheet) if area is not None else None
        if part is not None:
            parts[code] = part
    lost = [code for code in wanted if code not in parts]
    taken = {part.part for part in parts.values()}
    found = {code: read_cells(package, part) for code, part in parts.items()}
    if lost:
        _find_by_marks(package, lost, taken, found)
    for code in wanted:
        title = word(sheet_of(code).title, stamp.language)
        if code not in found:
            problems.add(
                "W-12",
                title,
                Text("no such sheet", "没有该表"),
                Text("the sheet that regmodel new made", "regmodel new 生成的该表"),
                _RESTORE,
            )
        elif found[code].title != title:
            problems.add(
                "W-13",
                found[code].title,
                Text('a sheet renamed from "{title}"', "表名由“{title}”改来").fill(title=title),
                Text('the name "{title}"', "表名“{title}”").fill(title=title),
                Text("it was read all the same; you may keep your name.", "仍已读取；可保留您的表名。"),
                severity="warning",
            )
    return {code: found[code] for code in wanted if code in found}


def _find_by_marks(package: BookPackage, lost: Sequence[str], taken: set[str], found: dict[str, SheetCells]) -> None:
    marks = {f"{TABLE_MARK}{table.code}": table.sheet for table in TABLES if table.sheet in lost}
    for part in package.sheets:
        if part.part in taken:
            continue
        cells = read_cells(package, part)
        codes = {marks[str(cell.value)] for cell in cells.cells.values() if cell.value in marks}
        for code in codes - set(found):
            found[code] = cells


def find_table(code: str, sheet: SheetCells, problems: Problems) -> Grid | None:
    """One table on its sheet, or None where it cannot be used; all that is wrong with its frame is noted."""
    return find_grid(table_of(code), sheet, problems)


def find_grid(table: Table, sheet: SheetCells, problems: Problems) -> Grid | None:
    """A table on its sheet, as ``find_table`` finds one by its code."""
    mark = f"{TABLE_MARK}{table.code}"
    places = [place for place, cell in sheet.cells.items() if cell.value == mark]
    if len(places) != 1:
        problems.add(
            "W-14",
            sheet.title,
            Text("no mark {mark} above a table", "没有表格标记 {mark}").fill(mark=mark)
            if not places
            else Text("the mark {mark} more than once", "表格标记 {mark} 不止一个").fill(mark=mark),
            Text('the table "{title}" with its grey line of codes', "表格“{zh}”及其灰色代码行").fill(
                title=table.title.en, zh=table.title.zh
            ),
            _RESTORE,
        )
        return None
    marked, left = places[0]
    columns = _find_columns(table, sheet, marked, left, problems)
    end = _end_below(sheet, marked + 1, left)
    if end is None:
        problems.add(
            "W-14",
            sheet.where(sheet.last_row + 1, left),
            Text("no mark {mark} below the table", "表格下方没有标记 {mark}").fill(mark=END_MARK),
            Text('the end of the table "{title}"', "表格“{zh}”的结束标记").fill(
                title=table.title.en, zh=table.title.zh
            ),
            _RESTORE,
        )
    if columns is None or end is None:
        return None
    grid = Grid(table, sheet, columns, marked + 2, end)
    _check_frame(grid, problems)
    return grid


def _end_below(sheet: SheetCells, first: int, left: int) -> int | None:
    """The line of the end mark below a row; None where the next table begins before it."""
    for row in range(first, sheet.last_row + 1):
        value = sheet.at(row, left).value
        if isinstance(value, str) and value.startswith(TABLE_MARK):
            return row if value == END_MARK else None
    return None


def lost_lines(code: str, sheet: SheetCells) -> int:
    """How many lines stand below the mark of a table whose frame is broken, up to the next mark or end."""
    marked = next((row for (row, _), cell in sheet.cells.items() if cell.value == f"{TABLE_MARK}{code}"), None)
    if marked is None:
        return 0
    ends = [row for (row, _), cell in sheet.cells.items() if row > marked and str(cell.value).startswith(TABLE_MARK)]
    below = {row for row, _ in sheet.cells if marked + 1 < row < min(ends, default=sheet.last_row + 1)}
    return len(below)


def _find_columns(table: Table, sheet: SheetCells, marked: int, left: int, problems: Problems) -> dict[str, int] | None:
    found: dict[str, int] = {table.columns[0].code: left}
    known = {column.code for column in table.columns}
    complete = True
    for (row, at), cell in sorted(sheet.cells.items()):
        if row != marked or at == left:
            continue
        code = str(cell.value)
        if code not in known or code in found:
            complete = False
            problems.add(
                "W-16",
                sheet.where(marked, at),
                f'"{code}"',
                Text("a column of this table, once", "本表的一列，且只出现一次"),
                did_you_mean(code, known),
                Text("code of a column", "列代码"),
            )
            continue
        found[code] = at
    for column in table.columns:
        if column.code not in found:
            complete = False
            problems.add(
                "W-15",
                f"{sheet.title}!{column_letters(column.at)}{marked + 1}",
                Text('no column "{code}" ({title})', "没有“{code}”列（{zh}）").fill(
                    code=column.code, title=column.title.en, zh=column.title.zh
                ),
                Text("every column that regmodel new made", "regmodel new 生成的全部列"),
                _RESTORE,
                Text("a deleted column", "被删除的列"),
            )
    return found if complete else None


def _check_frame(grid: Grid, problems: Problems) -> None:
    """Merged cells, hidden rows and columns inside the table: what is hidden cannot be checked by its owner."""
    sheet, used = grid.sheet, grid.columns.values()
    for top, left, bottom, right in sheet.merged:
        touches = top < grid.end and bottom >= grid.first and any(left <= column <= right for column in used)
        if touches:
            problems.add(
                "W-17",
                f"{sheet.where(top, left)}:{column_letters(right)}{bottom + 1}",
                Text("merged cells", "合并的单元格"),
                Text("one cell for each entry", "每项各占一个单元格"),
                Text("unmerge them and fill each cell.", "请取消合并并分别填写。"),
            )
    for line in grid.lines():
        if line in sheet.hidden_rows:
            problems.add(
                "W-18",
                sheet.where(line, grid.columns[grid.table.columns[0].code]),
                Text("a hidden row", "隐藏的行"),
                Text("rows that can be seen", "可见的行"),
                Text("unhide the row (a filter hides rows too).", "请取消隐藏该行（筛选也会隐藏行）。"),
                Text("row {line}", "第 {line} 行").fill(line=line + 1),
            )
    for code, column in grid.columns.items():
        if column in sheet.hidden_columns and grid.table.column(code).entry:
            problems.add(
                "W-18",
                f"{sheet.title}!{column_letters(column)}{grid.first}",
                Text("a hidden column", "隐藏的列"),
                Text("columns that can be seen", "可见的列"),
                Text("unhide the column.", "请取消隐藏该列。"),
                grid.table.column(code).title,
            )


def check_far(sheets: dict[str, SheetCells], problems: Problems) -> None:
    """Content beyond the bounds of a sheet is refused rather than left out."""
    for sheet in sheets.values():
        if sheet.far is not None:
            problems.add(
                "W-19",
                f"{sheet.title}!{sheet.far}",
                Text("content far outside the tables", "内容远在表格之外"),
                Text("notes of your own within 5,000 rows and 200 columns", "自己的备注应在 5000 行、200 列以内"),
                Text("move it closer, or to a sheet of its own.", "请移近，或移到单独的表中。"),
            )
