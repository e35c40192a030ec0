"""Our new sheets put into a person's package in the place of our old ones; their parts stay byte for byte the same."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from regmodel.workbook.graft_styles import add_styles
from regmodel.workbook.layout import SHEET_NAME_PREFIX
from regmodel.workbook.package import read_reference
from regmodel.workbook.parts import MAIN, RELATION, RELATIONS, TYPES, TYPES_PART, WORKBOOK_PART, Parts, relations_of
from regmodel.workbook.surgery import UnknownShape, calculating_book, without_chain, without_results

if TYPE_CHECKING:
    from lxml.etree import _Element

CHAIN_PART = "xl/calcChain.xml"
OUR_NAMES = "rm_"
_SHEET_TYPE = f"{RELATION}/worksheet"
_STRING = re.compile(rb'<c\b([^>]*?)\s+t="s"([^>]*)><v>(\d+)</v></c>')
_ITEM = re.compile(rb"<si\b[^>]*?(?:/>|>(.*?)</si>)", re.DOTALL)
_SELECTED = re.compile(rb'\s+tabSelected="1"')
_NAMED = f"{{{MAIN}}}definedName"


def graft(parts: Parts, fresh: Parts) -> None:
    """Put the sheets of a fresh workbook of ours into the parts of an older one; raises UnknownShape.

    A sheet of ours that a person renamed keeps their name. Whatever only our old sheets led to leaves the package.
    """
    shift = add_styles(parts, fresh)
    book, new_book = parts.tree(WORKBOOK_PART), fresh.tree(WORKBOOK_PART)
    if book.tag != f"{{{MAIN}}}workbook" or new_book.tag != book.tag:
        raise UnknownShape
    retitle = Retitle(book, new_book)
    targets, new_targets = parts.targets(WORKBOOK_PART), fresh.targets(WORKBOOK_PART)
    ours, sheets = sheets_by_code(book), _sheets(book)
    _take_out(parts, {code: targets[_id(sheet)] for code, sheet in ours.items()}, targets)
    words = [match[1] or b"" for match in _ITEM.finditer(fresh.content.get("xl/sharedStrings.xml", b""))]
    codes = {sheet.get("name"): code for code, sheet in sheets_by_code(new_book).items()}
    placed: list[_Element] = []
    at_end: list[_Element] = []
    moved: dict[str, str] = {}
    for sheet in _sheets(new_book):
        title = sheet.get("name") or ""
        old = ours.get(codes.get(title, ""))
        source = new_targets[_id(sheet)]
        name = targets[_id(old)] if old is not None else parts.free("xl/worksheets/sheet.xml")
        xml = shift.sheet(_with_words(fresh.content[source], words))
        parts.content[name] = without_results(_SELECTED.sub(b"", retitle.xml(xml)))
        moved[source] = name
        _adopt(parts, fresh, source, name, moved, retitle)
        (placed if title in codes else at_end).append(_placed(sheet, old, retitle, name, parts, sheets))
    _put_sheets(book, ours, placed, at_end)
    _forget(parts, {_id(sheet): targets[_id(sheet)] for sheet in ours.values() if sheet not in placed})
    _put_names(book, new_book, sheets, retitle)
    _put_types(parts, fresh, moved)
    _drop_chain(parts)
    parts.put_tree(WORKBOOK_PART, book)
    parts.content[WORKBOOK_PART] = calculating_book(parts.content[WORKBOOK_PART])


class Retitle:
    """Titles of our sheets as the person has them, put where the fresh workbook says its own."""

    def __init__(self, book: _Element, new_book: _Element) -> None:
        ours, fresh = sheets_by_code(book), sheets_by_code(new_book)
        own = {sheet.get("name", "").casefold() for sheet in _sheets(book) if sheet not in list(ours.values())}
        self._titles = {
            sheet.get("name", ""): (ours[code].get("name", "") if code in ours else sheet.get("name", ""))
            for code, sheet in fresh.items()
        }
        if own & {
            sheet.get("name", "").casefold() for sheet in _sheets(new_book) if sheet.get("name") not in self._titles
        }:
            raise UnknownShape
        if own & {title.casefold() for title in self._titles.values()}:
            raise UnknownShape
        self._pairs = [(old, new) for old, new in self._titles.items() if old != new]

    def title(self, title: str) -> str:
        """A title as the person has it."""
        return self._titles.get(title, title)

    def words(self, reference: str) -> str:
        """A reference or a formula with the person's titles."""
        for old, new in self._pairs:
            quoted = "'" + new.replace("'", "''") + "'!"
            reference = reference.replace("'" + old.replace("'", "''") + "'!", quoted)
            reference = re.sub(rf"(?<![\w'\]]){re.escape(old)}!", quoted.replace("\\", "\\\\"), reference)
        return reference

    def xml(self, content: bytes) -> bytes:
        """A part with the person's titles wherever it refers to a sheet."""
        if not self._pairs:
            return content
        text = content.decode("utf-8")
        for old, new in self._pairs:
            quoted = "'" + escape(new.replace("'", "''")) + "'!"
            text = text.replace("'" + escape(old.replace("'", "''")) + "'!", quoted)
            text = re.sub(rf"(?<![\w'\]]){re.escape(escape(old))}!", quoted.replace("\\", "\\\\"), text)
        return text.encode("utf-8")


def sheets_by_code(book: _Element) -> dict[str, _Element]:
    """The sheets that carry our names, by code."""
    by_title = {sheet.get("name"): sheet for sheet in _sheets(book)}
    found: dict[str, _Element] = {}
    for name in book.iter(_NAMED):
        area = read_reference(name.text or "")
        code = name.get("name", "")
        if area is not None and code.startswith(SHEET_NAME_PREFIX) and area.sheet in by_title:
            found[code.removeprefix(SHEET_NAME_PREFIX)] = by_title[area.sheet]
    return found


def _sheets(book: _Element) -> list[_Element]:
    found = book.find(f"{{{MAIN}}}sheets")
    return [] if found is None else list(found)


def _id(sheet: _Element) -> str:
    return sheet.get(f"{{{RELATION}}}id", "")


def _take_out(parts: Parts, ours: Mapping[str, str], targets: Mapping[str, str]) -> None:
    """Remove what only our old sheets lead to; the sheets themselves are written over later."""
    kept = parts.reach(target for target in targets.values() if target not in ours.values())
    gone = parts.reach(ours.values()) - kept - {WORKBOOK_PART}
    for part in gone:
        parts.content.pop(relations_of(part), None)
        if part not in ours.values():
            del parts.content[part]


def _with_words(xml: bytes, words: Sequence[bytes]) -> bytes:
    """A sheet whose words stand in its cells and no longer in the list that all sheets share."""
    return _STRING.sub(
        lambda match: b"<c" + match[1] + b' t="inlineStr"' + match[2] + b"><is>" + words[int(match[3])] + b"</is></c>",
        xml,
    )


def _adopt(parts: Parts, fresh: Parts, source: str, name: str, moved: dict[str, str], retitle: Retitle) -> None:
    """Bring along what a new part leads to (drawings, charts, comments), under names that are free."""
    if relations_of(source) not in fresh.content:
        return
    root = fresh.tree(relations_of(source))
    targets = fresh.targets(source)
    for relation in root:
        target = targets.get(relation.get("Id", ""))
        if target is None:
            continue
        if target not in moved:
            moved[target] = parts.free(target)
            parts.content[moved[target]] = retitle.xml(fresh.content[target])
            _adopt(parts, fresh, target, moved[target], moved, retitle)
        relation.set("Target", f"/{moved[target]}")
    parts.put_tree(relations_of(name), root)


def _placed(
    sheet: _Element, old: _Element | None, retitle: Retitle, name: str, parts: Parts, sheets: Sequence[_Element]
) -> _Element:
    """The entry of a new sheet in the workbook part: that of the old one, or a new one with a relation."""
    if old is not None:
        if sheet.get("state") is not None:
            old.set("state", sheet.get("state", ""))
        return old
    from lxml import etree

    part = relations_of(WORKBOOK_PART)
    root = parts.tree(part)
    taken = {relation.get("Id") for relation in root}
    ident = next(f"rmId{count}" for count in range(1, 10_000) if f"rmId{count}" not in taken)
    etree.SubElement(root, f"{{{RELATIONS}}}Relationship", Id=ident, Type=_SHEET_TYPE, Target=f"/{name}")
    parts.put_tree(part, root)
    new = copy.deepcopy(sheet)
    new.set("name", retitle.title(sheet.get("name", "")))
    new.set("sheetId", str(max([int(each.get("sheetId", "0")) for each in sheets], default=0) + int(ident[4:])))
    new.set(f"{{{RELATION}}}id", ident)
    return new


def _forget(parts: Parts, dropped: Mapping[str, str]) -> None:
    """Sheets of ours that today's workbook no longer has leave the package."""
    name = relations_of(WORKBOOK_PART)
    root = parts.tree(name)
    for relation in [each for each in root if each.get("Id") in dropped]:
        root.remove(relation)
        del parts.content[dropped[relation.get("Id", "")]]
    parts.put_tree(name, root)


def _put_sheets(
    book: _Element, ours: Mapping[str, _Element], placed: Sequence[_Element], at_end: Sequence[_Element]
) -> None:
    """Sheets in their order: the person's and ours where they were, new ones of ours after the one before them."""
    parent = book.find(f"{{{MAIN}}}sheets")
    if parent is None:
        raise UnknownShape
    for sheet in ours.values():
        if sheet not in placed:
            parent.remove(sheet)
    last: _Element | None = None
    for sheet in placed:
        if sheet.getparent() is not parent:
            parent.insert(0 if last is None else parent.index(last) + 1, sheet)
        last = sheet
    for sheet in at_end:
        parent.append(sheet)


def _put_names(book: _Element, new_book: _Element, before: Sequence[_Element], retitle: Retitle) -> None:
    """The person's names stay, ours are new; names of one sheet follow their sheet to its new number."""
    after = _sheets(book)
    titles = {sheet.get("name", ""): at for at, sheet in enumerate(after)}
    fresh_titles = [retitle.title(sheet.get("name", "")) for sheet in _sheets(new_book)]
    parent = book.find(f"{{{MAIN}}}definedNames")
    if parent is None:
        from lxml import etree

        parent = etree.Element(f"{{{MAIN}}}definedNames")
        sheets = book.find(f"{{{MAIN}}}sheets")
        assert sheets is not None
        sheets.addnext(parent)
    for name in list(parent):
        local = name.get("localSheetId")
        if local is not None:
            sheet = before[int(local)] if int(local) < len(before) else None
            if sheet is None or sheet not in after or sheet.get("name") in fresh_titles:
                parent.remove(name)
            else:
                name.set("localSheetId", str(titles[sheet.get("name", "")]))
        elif name.get("name", "").startswith(OUR_NAMES):
            parent.remove(name)
    for name in new_book.iter(_NAMED):
        new = copy.deepcopy(name)
        new.text = retitle.words(name.text or "")
        local = name.get("localSheetId")
        if local is not None:
            new.set("localSheetId", str(titles[fresh_titles[int(local)]]))
        parent.append(new)
    _keep_view(book, before, after)


def _keep_view(book: _Element, before: Sequence[_Element], after: Sequence[_Element]) -> None:
    """The sheet that was in front stays in front."""
    for view in book.iter(f"{{{MAIN}}}workbookView"):
        for attribute in ("activeTab", "firstSheet"):
            at = int(view.get(attribute, "0"))
            sheet = before[at] if at < len(before) else None
            view.set(attribute, str(after.index(sheet) if sheet is not None and sheet in after else 0))


def _put_types(parts: Parts, fresh: Parts, moved: Mapping[str, str]) -> None:
    """The list of what each part is: gone parts out, new ones in."""
    root, other = parts.tree(TYPES_PART), fresh.tree(TYPES_PART)
    for entry in list(root):
        name = entry.get("PartName")
        if name is not None and (name.lstrip("/") not in parts.content or name.lstrip("/") in moved.values()):
            root.remove(entry)
    defaults = {entry.get("Extension", "").casefold() for entry in root if entry.get("Extension") is not None}
    for entry in other:
        name = (entry.get("PartName") or "").lstrip("/")
        new = copy.deepcopy(entry)
        if name in moved:
            new.set("PartName", f"/{moved[name]}")
            root.append(new)
        elif entry.get("Extension") is not None and entry.get("Extension", "").casefold() not in defaults:
            at = sum(1 for each in root if each.tag == f"{{{TYPES}}}Default")
            root.insert(at, new)
    parts.put_tree(TYPES_PART, root)


def _drop_chain(parts: Parts) -> None:
    """The order of calculation speaks of cells that are no longer there: programs make it again."""
    if parts.content.pop(CHAIN_PART, None) is not None:
        parts.content |= without_chain(parts.content)
