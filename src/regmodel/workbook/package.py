"""A workbook as a package of parts: its sheets, defined names, shared words and number formats."""

from __future__ import annotations

import posixpath
import re
import zipfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO, Any

from defusedxml import ElementTree

from regmodel.vocabulary.problems import InputProblems, Problems
from regmodel.workbook.listening import Listener, SharedWords, local
from regmodel.workbook.refusals import add_damaged

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_REFERENCE = re.compile(
    r"^(?:'((?:[^']|'')*)'|([^'!#\[\]]+))!\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?$"
)
CHUNK = 64 * 1024
_PERCENT_IDS = frozenset({9, 10})
_DATE_IDS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.')


class UnreadablePart(Exception):
    """A part of a package that is missing or no XML that can be read."""

    def __init__(self, part: str, why: str) -> None:
        super().__init__(f"{part}: {why}")
        self.part, self.why = part, why


@dataclass(frozen=True)
class SheetPart:
    """A sheet as people see it and where its content stands in the package."""

    title: str
    part: str


@dataclass(frozen=True)
class Area:
    """A range on a sheet; rows and columns from 0, both ends included."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int


def column_number(letters: str) -> int:
    """Column from 0 of its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letters(number: int) -> str:
    """Letters of a column counted from 0."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """A cell as people write it, from row and column counted from 0."""
    return f"{column_letters(column)}{row + 1}"


def read_reference(words: str) -> Area | None:
    """A defined name's reference as a range on one sheet, or None for anything else."""
    match = _REFERENCE.match(words.strip().lstrip("="))
    if match is None:
        return None
    title = match[1].replace("''", "'") if match[1] is not None else match[2]
    left, top = column_number(match[3]), int(match[4]) - 1
    right, bottom = (column_number(match[5]), int(match[6]) - 1) if match[5] else (left, top)
    return Area(title, top, left, bottom, right)


class BookPackage:
    """Reads the parts of one workbook that describe it; opened for one ``with`` block, after the gate."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._zip = zipfile.ZipFile(path)

    def __enter__(self) -> BookPackage:
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        self._zip.close()
        if isinstance(error, UnreadablePart):
            problems = Problems()
            add_damaged(self.path.name, error, problems)
            raise InputProblems(problems) from error

    def open(self, part: str) -> IO[bytes]:
        """The bytes of a part as a stream; raises KeyError where none is."""
        return self._zip.open(part)

    def has(self, part: str) -> bool:
        """Whether the package holds a part."""
        return part in self._zip.namelist()

    def _tree(self, part: str) -> Any:
        try:
            with self.open(part) as stream:
                return ElementTree.parse(stream, forbid_dtd=True).getroot()
        except (ElementTree.ParseError, KeyError, ValueError) as error:
            raise UnreadablePart(part, str(error)) from error

    def stream(self, part: str, target: Listener) -> None:
        """Let ``target`` hear of every element and word of a part; raises UnreadablePart where it is no good XML."""
        parser = ElementTree.DefusedXMLParser(target=target, forbid_dtd=True)
        try:
            with self.open(part) as source:
                while chunk := source.read(CHUNK):
                    parser.feed(chunk)
                parser.close()
        except (ElementTree.ParseError, KeyError, ValueError) as error:
            raise UnreadablePart(part, str(error)) from error

    @cached_property
    def _workbook(self) -> Any:
        return self._tree("xl/workbook.xml")

    @cached_property
    def sheets(self) -> tuple[SheetPart, ...]:
        """All worksheets in the order of their tabs; chart sheets are left out."""
        relations = {
            relation.get("Id"): posixpath.normpath(posixpath.join("xl", relation.get("Target", ""))).lstrip("/")
            for relation in self._tree("xl/_rels/workbook.xml.rels")
            if relation.get("Type", "").endswith("/worksheet")
        }
        found = []
        for element in self._workbook.iter():
            if local(element.tag) == "sheet":
                target = relations.get(element.get(_RELATION) or element.get(_STRICT_RELATION))
                if target is not None:
                    target = target.removeprefix("xl/xl/") if target.startswith("xl/xl/") else target
                    found.append(SheetPart(element.get("name", ""), target))
        return tuple(found)

    @cached_property
    def names(self) -> dict[str, str]:
        """Defined names of the whole workbook and what they stand for; names of one sheet only are left out."""
        return {
            element.get("name", ""): (element.text or "").strip()
            for element in self._workbook.iter()
            if local(element.tag) == "definedName" and element.get("localSheetId") is None
        }

    def area(self, name: str) -> Area | None:
        """The range of a defined name, or None where the name is gone or points nowhere."""
        words = self.names.get(name)
        return None if words is None else read_reference(words)

    def sheet(self, title: str) -> SheetPart | None:
        """The sheet of this visible name; names differ by more than case."""
        return next((sheet for sheet in self.sheets if sheet.title.casefold() == title.casefold()), None)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The shared strings; rich text without its looks and phonetic marks."""
        part = next((name for name in self._zip.namelist() if name.casefold() == "xl/sharedstrings.xml"), None)
        if part is None:
            return ()
        listed = SharedWords()
        self.stream(part, listed)
        return tuple(listed.found)

    @cached_property
    def _formats(self) -> tuple[tuple[int, str], ...]:
        if not self.has("xl/styles.xml"):
            return ()
        root = self._tree("xl/styles.xml")
        codes = {
            int(element.get("numFmtId", "0")): element.get("formatCode", "")
            for element in root.iter()
            if local(element.tag) == "numFmt"
        }
        for element in root:
            if local(element.tag) == "cellXfs":
                ids = [int(style.get("numFmtId", "0")) for style in element]
                return tuple((number, codes.get(number, "")) for number in ids)
        return ()

    @cached_property
    def percent_styles(self) -> frozenset[int]:
        """Styles that show a number as per cent."""
        return frozenset(
            at
            for at, (number, code) in enumerate(self._formats)
            if number in _PERCENT_IDS or "%" in _LITERAL.sub("", code)
        )

    @cached_property
    def date_styles(self) -> frozenset[int]:
        """Styles that show a number as a date or a time."""
        found = []
        for at, (number, code) in enumerate(self._formats):
            bare = _LITERAL.sub("", code).lower()
            custom = bool(re.search(r"[ymdhs]", bare)) and not re.search(r"[0#?]|general", bare)
            if number in _DATE_IDS or custom:
                found.append(at)
        return frozenset(found)

    @cached_property
    def calculated(self) -> bool:
        """Whether a spreadsheet program has saved the file since it was generated.

        The generator says Excel 2007 and gives one time for made and modified; a program that saves changes either.
        """
        if not self.has("docProps/app.xml") or not self.has("docProps/core.xml"):
            return True
        app = {local(element.tag): element.text for element in self._tree("docProps/app.xml")}
        core = {local(element.tag): element.text for element in self._tree("docProps/core.xml")}
        fresh = app.get("AppVersion") == "12.0000" and core.get("created") == core.get("modified")
        return not fresh
