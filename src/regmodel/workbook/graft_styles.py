"""The formats of one workbook added to those of another: the ones that are there keep their numbers."""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING

from regmodel.workbook.parts import MAIN, Parts
from regmodel.workbook.surgery import UnknownShape

if TYPE_CHECKING:
    from lxml.etree import _Element

STYLES_PART = "xl/styles.xml"
_OWN_FORMATS = 164  # numbers below are the program's own
_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles")
_CELLS = re.compile(rb'(<(?:c|row)\b[^>]*?\bs=")(\d+)(")')
_COLUMNS = re.compile(rb'(<col\b[^>]*?\bstyle=")(\d+)(")')
_RULES = re.compile(rb'(\bdxfId=")(\d+)(")')


class Shift:
    """How far the numbers of the added formats were moved, to rewrite the sheets that use them."""

    def __init__(self, cells: int, rules: int) -> None:
        self.cells = cells
        self.rules = rules

    def sheet(self, xml: bytes) -> bytes:
        """A sheet with the numbers of its formats moved."""
        xml = _moved(_RULES, self.rules, _moved(_COLUMNS, self.cells, _moved(_CELLS, self.cells, xml)))
        return _with_style(xml, self.cells)


def _moved(pattern: re.Pattern[bytes], by: int, xml: bytes) -> bytes:
    return pattern.sub(lambda match: match[1] + b"%d" % (int(match[2]) + by) + match[3], xml)


def _with_style(xml: bytes, plain: int) -> bytes:
    """Cells without a format had the first one of their own workbook, which is another one here."""
    if plain == 0:
        return xml
    return re.sub(rb'<c (?![^>]*\bs=")', b'<c s="%d" ' % plain, xml)


def add_styles(parts: Parts, added: Parts) -> Shift:
    """Add the formats of ``added`` to those of ``parts``; raises UnknownShape when either has none."""
    root, other = parts.tree(STYLES_PART), added.tree(STYLES_PART)
    if root.tag != f"{{{MAIN}}}styleSheet":
        raise UnknownShape
    formats = _add_number_formats(root, other)
    moved = {name: _append(root, other, name) for name in ("fonts", "fills", "borders")}
    before = len(_part(root, "cellXfs"))
    for style in _part(other, "cellXfs"):
        new = copy.deepcopy(style)
        for name, attribute in (("fonts", "fontId"), ("fills", "fillId"), ("borders", "borderId")):
            new.set(attribute, str(int(new.get(attribute, "0")) + moved[name]))
            new.set(f"apply{attribute.removesuffix('Id').capitalize()}", "1")
        new.set("numFmtId", str(formats.get(int(new.get("numFmtId", "0")), int(new.get("numFmtId", "0")))))
        new.set("xfId", "0")
        _part(root, "cellXfs").append(new)
    rules = _append(root, other, "dxfs")
    for dxf in list(_part(root, "dxfs"))[rules:]:
        for number in dxf.iter(f"{{{MAIN}}}numFmt"):
            number.set("numFmtId", str(formats.get(int(number.get("numFmtId", "0")), 0)))
    for name in ("numFmts", "fonts", "fills", "borders", "cellXfs", "dxfs"):
        part = root.find(f"{{{MAIN}}}{name}")
        if part is not None:
            part.set("count", str(len(part)))
    parts.put_tree(STYLES_PART, root)
    return Shift(before, rules)


def _part(root: _Element, name: str) -> _Element:
    """One list of the style sheet, made in its place where there is none."""
    found = root.find(f"{{{MAIN}}}{name}")
    if found is None:
        from lxml import etree

        found = etree.Element(f"{{{MAIN}}}{name}")
        before = set(_ORDER[: _ORDER.index(name)])
        at = len([child for child in root if str(child.tag).rpartition("}")[2] in before])
        root.insert(at, found)
    return found


def _append(root: _Element, other: _Element, name: str) -> int:
    """Append one list to another; returns by how much its numbers move."""
    source = other.find(f"{{{MAIN}}}{name}")
    target = _part(root, name)
    before = len(target)
    for child in source if source is not None else ():
        target.append(copy.deepcopy(child))
    return before


def _add_number_formats(root: _Element, other: _Element) -> dict[int, int]:
    """Number formats by their old number, where they got a new one; equal codes are shared."""
    source = other.find(f"{{{MAIN}}}numFmts")
    if source is None:
        return {}
    target = _part(root, "numFmts")
    by_code = {child.get("formatCode"): int(child.get("numFmtId", "0")) for child in target}
    free = max([_OWN_FORMATS - 1, *by_code.values()]) + 1
    moved: dict[int, int] = {}
    for child in source:
        code = child.get("formatCode")
        if code not in by_code:
            new = copy.deepcopy(child)
            new.set("numFmtId", str(free))
            target.append(new)
            by_code[code] = free
            free += 1
        moved[int(child.get("numFmtId", "0"))] = by_code[code]
    return moved
