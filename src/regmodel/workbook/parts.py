"""A workbook package as its parts in memory: relations between them, what depends on what, and writing it whole."""

from __future__ import annotations

import os
import posixpath
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from regmodel.workbook.surgery import UnknownShape

if TYPE_CHECKING:
    from lxml.etree import _Element

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
WORKBOOK_PART = "xl/workbook.xml"
TYPES_PART = "[Content_Types].xml"


@dataclass
class Parts:
    """All parts by name, in the order of the package."""

    content: dict[str, bytes]
    dates: dict[str, tuple[int, int, int, int, int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, path: Path) -> Parts:
        """Read a package that the gate has let through."""
        with zipfile.ZipFile(path) as package:
            entries = package.infolist()
            return cls(
                {entry.filename: package.read(entry) for entry in entries},
                {entry.filename: entry.date_time for entry in entries},
            )

    def tree(self, name: str) -> _Element:
        """A part as a tree; nothing is fetched or expanded. Raises UnknownShape where it is no XML."""
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            return etree.fromstring(self.content[name], parser)
        except (etree.XMLSyntaxError, KeyError) as error:
            raise UnknownShape from error

    def put_tree(self, name: str, root: _Element) -> None:
        """Put a changed tree back."""
        from lxml import etree

        self.content[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

    def relations(self, part: str) -> list[_Element]:
        """The relations of a part; none where it has no part of relations."""
        name = relations_of(part)
        return list(self.tree(name)) if name in self.content else []

    def targets(self, part: str) -> dict[str, str]:
        """Parts inside the package that a part leads to, by the id of the relation."""
        return {
            relation.get("Id", ""): absolute(part, relation.get("Target", ""))
            for relation in self.relations(part)
            if relation.get("TargetMode") != "External"
        }

    def reach(self, first: Iterable[str]) -> set[str]:
        """The given parts and all that they lead to."""
        found: set[str] = set()
        waiting = list(first)
        while waiting:
            part = waiting.pop()
            if part in found or part not in self.content:
                continue
            found.add(part)
            waiting += self.targets(part).values()
        return found

    def free(self, name: str) -> str:
        """A part name like this one that is not taken; the words before the ending say whose it is."""
        folder, _, last = name.rpartition("/")
        stem, dot, ending = last.partition(".")
        count = 1
        while True:
            candidate = f"{folder}/regmodel_{stem}_{count}{dot}{ending}"
            if not any(taken.casefold() == candidate.casefold() for taken in self.content):
                return candidate
            count += 1

    def write(self, path: Path) -> None:
        """Write the package to the disc."""
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            for name, content in self.content.items():
                entry = zipfile.ZipInfo(name, self.dates.get(name, (1980, 1, 31, 0, 0, 0)))
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o600 << 16
                package.writestr(entry, content)
        with path.open("r+b") as written:
            os.fsync(written.fileno())


def relations_of(part: str) -> str:
    """The name of the part with the relations of another."""
    folder, _, last = part.rpartition("/")
    return f"{folder}/_rels/{last}.rels"


def absolute(part: str, target: str) -> str:
    """A relation's target as a part name."""
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))
