"""Excel in memory, for xlwings' own Book, Range, names, tables and converters to work on (xlwings.engines.add).

What Excel does to our calls is kept: numbers come back as floats, nothing as None, errors as Excel's own numbers;
words handed to a cell are taken as if they were typed (a formula, a number, a date, a truth value), an apostrophe in
front makes them words; a locked cell of a protected sheet refuses; a format that differs within a range is None. It
does not calculate: a formula has the result that the file had, or the one that a test gives it.
"""

from __future__ import annotations

import datetime as dt
import io
import math
import pickle
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter, range_boundaries

ERRORS = {
    "#DIV/0!": -2146826281,
    "#N/A": -2146826246,
    "#NAME?": -2146826259,
    "#NULL!": -2146826288,
    "#NUM!": -2146826252,
    "#REF!": -2146826265,
    "#VALUE!": -2146826273,
}
WORDS_OF_ERRORS = {number: words for words, number in ERRORS.items()}
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?%?")
_DAY = re.compile(r"(\d{1,2})[-/](\d{1,2})")


def _whole_again(made: openpyxl.Workbook) -> openpyxl.Workbook:
    """Give rows and columns back what makes new ones: a pickle forgets it."""
    for sheet in made.worksheets:
        for held, add in ((sheet.row_dimensions, sheet._add_row), (sheet.column_dimensions, sheet._add_column)):
            held.reference, held.default_factory = "index", add
    return made


class Refused(Exception):
    """Excel says no: a protected sheet, a cell being edited, a name that is not there."""


def typed(value: Any) -> tuple[Any, str | None]:
    """What Excel makes of a value handed to a cell: the value, and the formula where it became one."""
    if not isinstance(value, str):
        return (float(value) if isinstance(value, int) and not isinstance(value, bool) else value), None
    if value.startswith("'"):
        return value[1:], None
    if value == "":
        return None, None
    if value[0] in "=@" and len(value) > 1:
        return 0.0, value
    if value[0] in "+-" and len(value) > 1 and not _NUMBER.fullmatch(value):
        return 0.0, "=" + value
    if _NUMBER.fullmatch(value):
        return (float(value[:-1]) / 100 if value.endswith("%") else float(value)), None
    if value.upper() in ("TRUE", "FALSE"):
        return value.upper() == "TRUE", None
    if (day := _DAY.fullmatch(value)) and 1 <= int(day[1]) <= 12:
        return dt.datetime(2026, int(day[1]), min(int(day[2]), 28) or 1), None  # noqa: DTZ001 - Excel has no zones
    return value, None


@cache
def parsed(content: bytes) -> bytes:
    """A file as openpyxl reads it, without its macros, kept so that opening it again is quick."""
    return pickle.dumps(openpyxl.load_workbook(io.BytesIO(content)))


@cache
def calculated(content: bytes) -> dict[tuple[str, int, int], Any]:
    """The results that the formulas of a file have, by sheet, row and column."""
    found: dict[tuple[str, int, int], Any] = {}
    values = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    for sheet in pickle.loads(parsed(content)).worksheets:
        for (row, column), cell in sheet._cells.items():
            if cell.data_type == "f":
                found[sheet.title, row, column] = values[sheet.title].cell(row, column).value
    return found


class Engine:
    name, type = "memory", "desktop"

    def __init__(self) -> None:
        self.apps = Apps(self)

    @staticmethod
    def prepare_xl_data_element(value: Any, _: Any) -> Any:
        if value is None or (isinstance(value, float) and math.isnan(value)):
            return ""
        return value.item() if hasattr(value, "item") else value

    @staticmethod
    def clean_value_data(data: Any, dates: Any, empty: Any, numbers: Any, err_to_str: bool) -> list[list[Any]]:
        def clean(value: Any) -> Any:
            if value in ("", None):
                return empty
            if isinstance(value, dt.datetime):
                return dates(value.year, value.month, value.day, hour=value.hour, minute=value.minute)
            if isinstance(value, int) and not isinstance(value, bool) and value in WORDS_OF_ERRORS:
                return WORDS_OF_ERRORS[value] if err_to_str else None
            return numbers(value) if numbers is not None and isinstance(value, float) else value

        return [[clean(value) for value in row] for row in data]


class Apps:
    def __init__(self, engine: Engine) -> None:
        self.engine, self._apps, self._started = engine, [], 1000

    def add(self, **_: Any) -> App:
        self._started += 1
        self._apps.insert(0, App(self.engine, self._started))
        return self._apps[0]

    def keys(self) -> list[int]:
        return [app.pid for app in self._apps]

    def __iter__(self) -> Iterator[App]:
        return iter(self._apps)

    def __len__(self) -> int:
        return len(self._apps)

    def __getitem__(self, pid: int) -> App:
        return next(app for app in self._apps if app.pid == pid)

    def close(self, app: App) -> None:
        self._apps.remove(app)

    def cleanup(self) -> None:
        self._apps.clear()


class App:
    """Keeps every setting that was made, in order, so that a test can ask for the whole story."""

    def __init__(self, engine: Engine, pid: int) -> None:
        self.engine, self.pid, self.api, self.version = engine, pid, object(), "16.0"
        self.books = Books(self)
        self.story: list[tuple[str, Any]] = []
        self.alerts: list[str] = []
        self._settings: dict[str, Any] = {"screen_updating": True, "calculation": "automatic", "status_bar": False}
        self.visible = self.display_alerts = self.enable_events = self.interactive = True
        self.saves_copies = False
        self.selection: Range | None = None
        self.before_write = lambda sheet, address: None
        self.when_said = lambda words: None

    def alert(self, prompt: str, title: str | None, buttons: Any, mode: Any, callback: Any) -> str:
        self.alerts.append(prompt)
        return "ok"

    def activate(self, steal_focus: bool = False) -> None:
        self.story.append(("activate", steal_focus))

    def calculate(self) -> None:
        self.story.append(("calculate", None))


def _setting(name: str) -> property:
    def set_it(app: App, value: Any) -> None:
        app.story.append((name, value))
        app._settings[name] = value
        if name == "status_bar" and value:
            app.when_said(value)

    return property(lambda app: app._settings[name], set_it)


for _name in ("screen_updating", "calculation", "status_bar"):
    setattr(App, _name, _setting(_name))


class Books:
    def __init__(self, app: App) -> None:
        self.app, self.api, self._books = app, object(), []

    def open(self, fullname: str, *_: Any, **__: Any) -> Book:
        self._books.insert(0, Book(self.app, Path(fullname)))
        return self._books[0]

    def add(self) -> Book:
        self._books.insert(0, Book(self.app, None))
        return self._books[0]

    @property
    def active(self) -> Book:
        return self._books[0]

    def __iter__(self) -> Iterator[Book]:
        return iter(self._books)

    def __len__(self) -> int:
        return len(self._books)

    def __call__(self, name_or_index: str | int) -> Book:
        if isinstance(name_or_index, int):
            return self._books[name_or_index - 1]
        wanted = name_or_index.casefold()
        found = [book for book in self._books if wanted in (book.name.casefold(), book.fullname.casefold())]
        if not found:
            raise KeyError(name_or_index)
        return found[0]


class NativeBook:
    """What lies below the book: Excel for Windows saves copies of it, Excel for macOS does not."""

    def __init__(self, book: Book) -> None:
        if book.app.saves_copies:
            self.SaveCopyAs = book.save_copy


class Book:
    def __init__(self, app: App, path: Path | None) -> None:
        self.app, self.path = app, path
        self.made = _whole_again(pickle.loads(parsed(path.read_bytes()))) if path else openpyxl.Workbook()
        self.names = Names(self)
        self.sheets = Sheets(self)
        self.results = dict(calculated(path.read_bytes())) if path else {}
        self.writes: list[tuple[str, str, int]] = []
        self.own_tables: dict[str, list[Table]] = {}

    @property
    def api(self) -> NativeBook:
        return NativeBook(self)

    @property
    def name(self) -> str:
        return self.path.name if self.path else "Book1"

    @property
    def fullname(self) -> str:
        return str(self.path) if self.path else self.name

    def save(self, path: str | None = None, password: str | None = None) -> None:
        """Save, and with a path Save As: from then on the book has that name."""
        self.path = Path(path) if path else self.path
        self.made.save(self.path)

    def save_copy(self, path: str) -> None:
        self.made.properties.modified = dt.datetime(2026, 6, 1)  # noqa: DTZ001
        self.made.save(path)

    def activate(self) -> None:
        self.app.books._books.sort(key=lambda book: book is not self)

    def close(self) -> None:
        self.app.books._books.remove(self)


class Names:
    def __init__(self, book: Book) -> None:
        self.book, self.api = book, object()

    def snapshot(self) -> list[tuple[str, Name]]:
        return [(name, Name(self.book, name)) for name in self.book.made.defined_names]

    def contains(self, name: str) -> bool:
        return name in self.book.made.defined_names

    def __call__(self, name: str) -> Name:
        if not self.contains(name):
            raise Refused(name)
        return Name(self.book, name)

    def add(self, name: str, refers_to: str) -> Name:
        from openpyxl.workbook.defined_name import DefinedName

        self.book.made.defined_names[name] = DefinedName(name, attr_text=refers_to.lstrip("="))
        return Name(self.book, name)


class Name:
    def __init__(self, book: Book, name: str) -> None:
        self.book, self.name, self.api = book, name, object()

    @property
    def refers_to(self) -> str:
        return "=" + self.book.made.defined_names[self.name].attr_text

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        self.book.made.defined_names[self.name].attr_text = value.lstrip("=")

    def delete(self) -> None:
        del self.book.made.defined_names[self.name]

    @property
    def refers_to_range(self) -> Range:
        title, _, reference = self.refers_to[1:].rpartition("!")
        return self.book.sheets(title.strip("'").replace("''", "'")).range(reference.replace("$", ""))


class Sheets:
    def __init__(self, book: Book) -> None:
        self.book, self.api = book, object()

    @property
    def active(self) -> Sheet:
        return Sheet(self.book, self.book.made.active)

    def __iter__(self) -> Iterator[Sheet]:
        return (Sheet(self.book, sheet) for sheet in self.book.made.worksheets)

    def __len__(self) -> int:
        return len(self.book.made.worksheets)

    def __call__(self, name_or_index: str | int) -> Sheet:
        if isinstance(name_or_index, int):
            return Sheet(self.book, self.book.made.worksheets[name_or_index - 1])
        found = [sheet for sheet in self.book.made.worksheets if sheet.title.casefold() == name_or_index.casefold()]
        if not found:
            raise Refused(name_or_index)
        return Sheet(self.book, found[0])

    def add(self, before: Sheet | None, after: Sheet | None, name: str | None = None) -> Sheet:
        return Sheet(self.book, self.book.made.create_sheet(name))


class Sheet:
    def __init__(self, book: Book, made: Any) -> None:
        self.book, self.made, self.api = book, made, object()

    @property
    def name(self) -> str:
        return self.made.title

    @name.setter
    def name(self, value: str) -> None:
        before = self.made.title
        self.made.title = value
        for name in self.book.names.snapshot():
            quoted = f"'{before}'!"
            if name[1].refers_to.startswith("=" + quoted):
                name[1].refers_to = name[1].refers_to.replace(quoted, f"'{value}'!")

    @property
    def index(self) -> int:
        return self.book.made.worksheets.index(self.made) + 1

    @property
    def cells(self) -> Range:
        return Range(self, 1, 1, 1048576, 16384)

    @property
    def used_range(self) -> Range:
        left, top, right, bottom = range_boundaries(self.made.calculate_dimension())
        return Range(self, top, left, bottom, right)

    @property
    def tables(self) -> Tables:
        return Tables(self)

    def activate(self) -> None:
        self.book.made.active = self.book.made.worksheets.index(self.made)

    def range(self, first: Any, second: Any = None) -> Range:
        if isinstance(first, str):
            left, top, right, bottom = range_boundaries(first.replace("$", ""))
            return Range(self, top, left, bottom, right)
        corners = [each if isinstance(each, tuple) else None for each in (first, second or first)]
        ends = [
            (pair, pair) if pair else ((each.row, each.column), (each.bottom, each.right))
            for pair, each in zip(
                corners, (getattr(first, "impl", first), getattr(second or first, "impl", second or first)), strict=True
            )
        ]
        rows = [place[0] for end in ends for place in end]
        columns = [place[1] for end in ends for place in end]
        return Range(self, min(rows), min(columns), max(rows), max(columns))


class Range:
    max_cells_per_read, max_cells_per_write = 4_000_000, 100_000

    def __init__(self, sheet: Sheet, top: int, left: int, bottom: int, right: int) -> None:
        self.sheet, self.row, self.column, self.bottom, self.right = sheet, top, left, bottom, right
        self.api, self.options = object(), {}
        self.has_array = False

    @property
    def shape(self) -> tuple[int, int]:
        return self.bottom - self.row + 1, self.right - self.column + 1

    def __len__(self) -> int:
        return self.shape[0] * self.shape[1]

    def __call__(self, row: int, column: int | None = None) -> Range:
        if column is None:
            row, column = divmod(row - 1, self.shape[1])
            row, column = row + 1, column + 1
        return Range(
            self.sheet, self.row + row - 1, self.column + column - 1, self.row + row - 1, self.column + column - 1
        )

    def get_address(self, row_absolute: bool, column_absolute: bool, external: bool) -> str:
        r, c = ("$" if row_absolute else ""), ("$" if column_absolute else "")
        first = f"{c}{get_column_letter(self.column)}{r}{self.row}"
        last = f"{c}{get_column_letter(self.right)}{r}{self.bottom}"
        return first if first == last else f"{first}:{last}"

    @property
    def address(self) -> str:
        return self.get_address(True, True, False)

    def _lines(self) -> range:
        return range(self.row, self.bottom + 1)

    def _at(self, row: int, column: int) -> Any:
        cell = self.sheet.made._cells.get((row, column))
        if cell is None or cell.value is None:
            return None
        if cell.data_type == "f":
            value = self.sheet.book.results.get((self.sheet.name, row, column), 0.0)
        else:
            value = cell.value
        if isinstance(value, str) and value in ERRORS and (cell.data_type in "ef"):
            return ERRORS[value]
        return float(value) if isinstance(value, int) and not isinstance(value, bool) else value

    @property
    def raw_value(self) -> Any:
        found = tuple(tuple(self._at(row, at) for at in range(self.column, self.right + 1)) for row in self._lines())
        return found[0][0] if self.shape == (1, 1) else found

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        book, name = self.sheet.book, self.sheet.name
        book.app.before_write(name, self.get_address(False, False, False))
        book.writes.append((name, self.get_address(False, False, False), len(self)))
        for offset, row in enumerate(self._lines()):
            for at, column in enumerate(range(self.column, self.right + 1)):
                value = data[offset][at] if isinstance(data, list | tuple) else data
                self._put(row, column, value)

    def _put(self, row: int, column: int, value: Any) -> None:
        made = self.sheet.made
        cell = made.cell(row, column)
        if made.protection.sheet and cell.protection.locked:
            raise Refused(f"{self.sheet.name} is protected")
        words, formula = typed(value)
        self.sheet.book.results.pop((self.sheet.name, row, column), None)
        if formula is not None:
            cell.value = formula
            return
        cell.value = words
        if isinstance(words, str):
            cell.data_type = "s"

    @property
    def formula(self) -> Any:
        def of(row: int, column: int) -> str:
            cell = self.sheet.made._cells.get((row, column))
            return "" if cell is None or cell.value is None else str(cell.value)

        found = tuple(tuple(of(row, at) for at in range(self.column, self.right + 1)) for row in self._lines())
        return found[0][0] if self.shape == (1, 1) else found

    @property
    def number_format(self) -> str | None:
        columns = range(self.column, self.right + 1)
        formats = {self.sheet.made.cell(row, at).number_format for row in self._lines() for at in columns}
        return formats.pop() if len(formats) == 1 else None

    @number_format.setter
    def number_format(self, value: str) -> None:
        for row in self._lines():
            for at in range(self.column, self.right + 1):
                self.sheet.made.cell(row, at).number_format = value

    @property
    def row_height(self) -> float | None:
        heights = {0.0 if self._hidden(row) else self.sheet.made.row_dimensions[row].height for row in self._lines()}
        return heights.pop() if len(heights) == 1 else None

    @row_height.setter
    def row_height(self, value: float) -> None:
        assert 0 <= value <= 409
        for row in self._lines():
            self.sheet.made.row_dimensions[row].height = value
            self.sheet.made.row_dimensions[row].hidden = value == 0

    def _hidden(self, row: int) -> bool:
        return bool(self.sheet.made.row_dimensions[row].hidden)

    @property
    def row_hidden(self) -> bool | None:
        states = {self._hidden(row) for row in self._lines()}
        return states.pop() if len(states) == 1 else None

    @row_hidden.setter
    def row_hidden(self, value: bool) -> None:
        for row in self._lines():
            self.sheet.made.row_dimensions[row].hidden = value

    def select(self) -> None:
        if self.sheet.book.made.active is not self.sheet.made:
            raise Refused("only cells of the sheet in front can be selected")
        self.sheet.book.app.selection = self

    def clear_contents(self) -> None:
        for row in self._lines():
            for at in range(self.column, self.right + 1):
                self._put(row, at, None)

    def end(self, direction: str) -> Range:
        step = {"down": (1, 0), "up": (-1, 0), "right": (0, 1), "left": (0, -1)}[direction]
        row, column = self.row, self.column
        if self._at(row, column) is None and direction == "up":
            filled = [at for at, side in self.sheet.made._cells if side == column and at < row]
            row = max((at for at in filled if self._at(at, column) is not None), default=1)
        else:
            while self._at(row + step[0], column + step[1]) is not None:
                row, column = row + step[0], column + step[1]
        return Range(self.sheet, row, column, row, column)

    @property
    def table(self) -> Table | None:
        inside = (table for table in Tables(self.sheet) if table.range.row <= self.row <= table.range.bottom)
        return next(inside, None)


class Tables:
    """Tables of a sheet, kept by the book."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet, self.api = sheet, object()
        self._tables = sheet.book.own_tables.setdefault(sheet.name, [])

    def add(self, source_type: Any, source: Any, link_source: Any, has_headers: Any, *_: Any, **named: Any) -> Table:
        source = getattr(source, "impl", source)
        self._tables.append(Table(self.sheet, source, named.get("name") or f"Table{len(self._tables) + 1}"))
        return self._tables[-1]

    def __iter__(self) -> Iterator[Table]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)

    def __call__(self, name_or_index: str | int) -> Table:
        if isinstance(name_or_index, int):
            return self._tables[name_or_index - 1]
        return next(table for table in self._tables if table.name == name_or_index)

    def __contains__(self, name: str) -> bool:
        return any(table.name == name for table in self._tables)


class Table:
    def __init__(self, sheet: Sheet, place: Range, name: str) -> None:
        self.parent, self.range, self.name, self.display_name, self.api = sheet, place, name, name, object()

    @property
    def header_row_range(self) -> Range:
        return Range(self.parent, self.range.row, self.range.column, self.range.row, self.range.right)

    @property
    def data_body_range(self) -> Range | None:
        if self.range.bottom == self.range.row:
            return None
        return Range(self.parent, self.range.row + 1, self.range.column, self.range.bottom, self.range.right)

    def resize(self, place: Any) -> None:
        self.range = getattr(place, "impl", place)
