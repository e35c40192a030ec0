"""Files made to hurt whoever opens them; each is written by code from the shipped workbook or from nothing."""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

MEBIBYTE = 1024 * 1024
SHEET = "xl/worksheets/sheet9.xml"
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
Change = Callable[[bytes], bytes]


def changed(book: Path, path: Path, changes: dict[str, Change], more: dict[str, bytes] | None = None) -> Path:
    """A copy of a workbook with some parts changed and some added."""
    with zipfile.ZipFile(book) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            target.writestr(entry.filename, changes.get(entry.filename, lambda old: old)(content))
        for name, content in (more or {}).items():
            target.writestr(name, content)
    return path


def before_end(words: bytes, mark: bytes = b"</sheetData>") -> Change:
    """Words put before the end of a sheet's rows."""
    return lambda xml: xml.replace(mark, words + mark, 1)


def noisy_rows(count: int) -> bytes:
    """Blank styled rows that do not pack well, so that no ratio betrays them."""
    noise = random.Random(7)
    return b"".join(
        b'<row r="%d" ht="%d.%06d" customHeight="1"><c r="A%d" s="1"/></row>'
        % (at, noise.randrange(9, 99), noise.randrange(10**6), at)
        for at in range(6000, 6000 + count)
    )


def bomb(path: Path) -> Path:
    """A sheet of 600 MB of blanks in a small zip."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        target.writestr("xl/workbook.xml", b'<?xml version="1.0" encoding="UTF-8"?><workbook/>')
        with target.open(SHEET, "w", force_zip64=True) as part:
            for _ in range(600):
                part.write(b" " * MEBIBYTE)
    return path


def absolute(book: Path, path: Path) -> Path:
    """A workbook with a part under an absolute name."""
    return changed(book, path, {}, {"/etc/cron.d/job": b"x"})


def twice(book: Path, path: Path) -> Path:
    """A workbook with a sheet there twice, so that two readers see two different books."""
    return changed(book, path, {}, {SHEET.upper(): b"<worksheet/>"})


def linked(book: Path, path: Path) -> Path:
    """A workbook that takes numbers from another file."""
    relations = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        b'externalLinkPath" Target="file:///\\\\server\\share\\other.xlsx" TargetMode="External"/></Relationships>'
    )
    name = "xl/externalLinks/externalLink1.xml"
    more = {name: b"<externalLink/>", "xl/externalLinks/_rels/externalLink1.xml.rels": relations}
    return changed(book, path, {}, more)


def declared(book: Path, path: Path) -> Path:
    """A workbook whose strings are declared to be a file of the machine."""
    head = b'<!DOCTYPE sst [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    return changed(book, path, {"xl/sharedStrings.xml": lambda xml: xml.replace(b"?>", b"?>" + head, 1)})


def hostile(book: Path, folder: Path) -> Iterator[tuple[str, Path]]:
    """Every hostile file by what it does."""
    sheet = input_sheet(book)
    yield "600 MB in a small zip", bomb(folder / "bomb.xlsx")
    (folder / "encrypted.xlsx").write_bytes(OLE2 + bytes(4096))
    yield "encryption", folder / "encrypted.xlsx"
    yield "DOCTYPE", declared(book, folder / "doctype.xlsx")
    yield "absolute name", absolute(book, folder / "absolute.xlsx")
    yield "duplicate name", twice(book, folder / "twice.xlsx")
    yield "external link", linked(book, folder / "linked.xlsx")
    million = b'<row r="9999"><c r="A9999" s="1"/></row>' * 1_048_576
    yield "a million styled rows", changed(book, folder / "rows.xlsx", {sheet: before_end(million)})
    noisy = before_end(noisy_rows(150_000))
    yield "rows that do not pack", changed(book, folder / "noisy.xlsx", {sheet: noisy})
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    yield "far cell", changed(book, folder / "far.xlsx", {sheet: before_end(far)})
    wide = b'<row r="5999">' + b'<c r="A5999" s="1"/>' * 600_000 + b"</row>"
    yield "a row of many cells", changed(book, folder / "wide.xlsx", {sheet: before_end(wide + noisy_rows(9000))})
    deep = before_end(b"<a>" * 3_000_000 + noisy_rows(9000))
    yield "deep nesting", changed(book, folder / "deep.xlsx", {sheet: deep})
    long_word = b'<row r="9000"><c r="A9000" t="inlineStr"><is><t>' + noisy_rows(400_000).replace(b"<", b"&lt;")
    yield (
        "a cell of forty megabytes",
        changed(book, folder / "long.xlsx", {sheet: before_end(long_word + b"</t></is></c></row>")}),
    )
    styles = before_end(b"<xf/>" * 900_000 + noisy_rows(9000), b"</cellXfs>")
    yield "too many styles", changed(book, folder / "styles.xlsx", {"xl/styles.xml": styles})
    words = before_end(b"<si><t>a</t></si>" * 400_000 + noisy_rows(9000), b"</sst>")
    yield "too many texts", changed(book, folder / "texts.xlsx", {"xl/sharedStrings.xml": words})
    merged = b"".join(b'<mergeCell ref="A%d:B%d"/>' % (at % 4000 + 1, at % 4000 + 1) for at in range(300_000))
    yield (
        "too many merged areas",
        changed(
            book,
            folder / "merged.xlsx",
            {sheet: before_end(b"<mergeCells>" + merged + b"</mergeCells>", b"</worksheet>")},
        ),
    )
    broken = before_end(b"<row r='x'><c></row>")
    yield "broken XML", changed(book, folder / "broken.xlsx", {sheet: broken})
    (folder / "cut.xlsx").write_bytes(book.read_bytes()[: book.stat().st_size // 2])
    yield "cut short", folder / "cut.xlsx"


def input_sheet(book: Path) -> str:
    """The part of the sheet of water assumptions."""
    with zipfile.ZipFile(book) as package:
        xml = package.read("xl/workbook.xml").decode("utf-8")
    titles = re.findall(r'<sheet name="([^"]*)"', xml)
    at = next(at for at, title in enumerate(titles, start=1) if title.startswith("Water"))
    return f"xl/worksheets/sheet{at}.xml"
