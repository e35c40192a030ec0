"""The gate before any parser: what a workbook must be before a single cell of it is read (zip only)."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from regmodel.vocabulary.problems import Problems
from regmodel.vocabulary.texts import Text
from regmodel.workbook.limits import LIMITS, MEBIBYTE, Counts, Limits
from regmodel.workbook.refusals import (
    NEW_BOOK,
    RESAVE,
    add_damaged,
    add_forbidden,
    add_linked,
    add_too_dense,
    add_too_large,
    add_too_many,
    shown_name,
)

CHUNK = 256 * 1024
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FORBIDDEN = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
OVERLAP = 64
XML_ENDINGS = (".xml", ".rels", ".vml")
NEEDED = "xl/workbook.xml"
LINKED = "xl/externallinks/"
TARGET = re.compile(rb'\bTarget\s*=\s*"([^"]*)"')
FIRST_BYTES = 64 * 1024


def check_package(path: Path, limits: Limits = LIMITS) -> None:
    """Refuse a file that is not a plain, moderate, harmless workbook package.

    Reads the zip only, in chunks, counting the expanded bytes itself; raises InputProblems (codes W-01 to W-09, W-43)
    with everything found. Nothing of the content is interpreted.
    """
    problems = Problems()
    if _check_outside(path, limits, problems):
        _check_inside(path, limits, problems)
    problems.raise_if_any()


def _check_outside(path: Path, limits: Limits, problems: Problems) -> bool:
    """Size and kind of the file; True when it is worth opening as a zip."""
    where = path.name
    if not path.is_file():
        problems.add(
            "W-08",
            where,
            Text("no such file", "文件不存在"),
            Text("a workbook made by regmodel new", "由 regmodel new 生成的工作簿"),
            Text("check the folder and the spelling of the name.", "请核对所在文件夹和文件名。"),
        )
        return False
    size = path.stat().st_size
    if size > limits.file_bytes:
        problems.add(
            "W-01",
            where,
            Text("a file of {size:.1f} MB", "文件大小 {size:.1f} MB").fill(size=size / MEBIBYTE),
            Text("at most {most:.0f} MB", "不超过 {most:.0f} MB").fill(most=limits.file_bytes / MEBIBYTE),
            NEW_BOOK,
        )
        return False
    with path.open("rb") as stream:
        head = stream.read(len(OLE2))
    if head == OLE2:
        problems.add(
            "W-02",
            where,
            Text("an encrypted workbook or an old .xls file", "加密的工作簿或旧式 .xls 文件"),
            Text("an .xlsx or .xlsm workbook without a password", "不设密码的 .xlsx 或 .xlsm 工作簿"),
            RESAVE,
        )
        return False
    if not zipfile.is_zipfile(path):
        problems.add(
            "W-02",
            where,
            Text("a file that is not a workbook package", "该文件不是工作簿"),
            Text("an .xlsx or .xlsm workbook", ".xlsx 或 .xlsm 工作簿"),
            RESAVE,
        )
        return False
    return True


def _check_inside(path: Path, limits: Limits, problems: Problems) -> None:
    where = path.name
    try:
        with zipfile.ZipFile(path) as package:
            if _check_names(package, where, limits, problems):
                _check_parts(package, where, limits, problems)
                if not problems:
                    _check_links(package, where, problems)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as error:
        add_damaged(where, error, problems)


def _check_names(package: zipfile.ZipFile, where: str, limits: Limits, problems: Problems) -> bool:
    """Names and number of the parts; True when the content may be unpacked."""
    before = len(problems)
    entries = package.infolist()
    if len(entries) > limits.entries:
        problems.add(
            "W-03",
            where,
            Text("{count} parts in the package", "包内有 {count} 个部件").fill(count=len(entries)),
            Text("at most {most}", "不超过 {most} 个").fill(most=limits.entries),
            NEW_BOOK,
        )
        return False
    seen: set[str] = set()
    for entry in entries:
        name = entry.filename
        folded = name.casefold()
        fault = _fault_of_name(name) or (Text("twice in the package", "在包内重复") if folded in seen else None)
        seen.add(folded)
        if fault is not None:
            problems.add(
                "W-04",
                where,
                Text('part "{name}": {fault}', "部件“{name}”：{zh}").fill(
                    name=shown_name(name), fault=fault.en, zh=fault.zh
                ),
                Text("each part once, under a relative name", "每个部件只出现一次，且使用相对名称"),
                RESAVE,
            )
        if entry.flag_bits & 0x1:
            problems.add(
                "W-02",
                where,
                Text('part "{name}" is encrypted', "部件“{name}”已加密").fill(name=shown_name(name)),
                Text("a workbook without a password", "不设密码的工作簿"),
                RESAVE,
            )
    if any(name.endswith("xl/workbook.bin") for name in seen):
        problems.add(
            "W-02",
            where,
            Text("a binary workbook (.xlsb)", "二进制工作簿（.xlsb）"),
            Text("an .xlsx or .xlsm workbook", ".xlsx 或 .xlsm 工作簿"),
            RESAVE,
        )
    elif NEEDED not in seen:
        problems.add(
            "W-02",
            where,
            Text("a package without a workbook in it", "包内没有工作簿"),
            Text("an .xlsx or .xlsm workbook", ".xlsx 或 .xlsm 工作簿"),
            RESAVE,
        )
    return len(problems) == before


def _fault_of_name(name: str) -> Text | None:
    if name.startswith(("/", "\\")) or re.match(r"^[A-Za-z]:", name):
        return Text("an absolute name", "绝对路径名称")
    if ".." in re.split(r"[/\\]", name):
        return Text("a name that leaves the package", "名称指向包外")
    if "\\" in name or "\x00" in name:
        return Text("a name with a forbidden sign", "名称含有禁用字符")
    return None


def _check_parts(package: zipfile.ZipFile, where: str, limits: Limits, problems: Problems) -> None:
    """Unpack every part once, in chunks; stop at the first that is too large, too dense, too long or no plain XML."""
    total = 0
    for entry in package.infolist():
        expanded = 0
        tail = b""
        is_xml = entry.filename.casefold().endswith(XML_ENDINGS)
        counts = Counts(entry.filename, limits) if is_xml else None
        for chunk in _chunks(package, entry):
            if not expanded and is_xml and not _is_utf8(chunk):
                add_forbidden(entry, where, Text("an encoding other than UTF-8", "编码不是 UTF-8"), problems)
                return
            if is_xml and b"<!" in (begun := tail + chunk) and FORBIDDEN.search(begun):
                add_forbidden(entry, where, Text("a DOCTYPE or ENTITY", "含有 DOCTYPE 或 ENTITY"), problems)
                return
            tail = chunk[-OVERLAP:]
            expanded += len(chunk)
            total += len(chunk)
            if expanded > limits.part_bytes or total > limits.total_bytes:
                add_too_large(entry, where, limits, problems)
                return
            if expanded > limits.ratio_from_bytes and expanded > limits.ratio * max(entry.compress_size, 1):
                add_too_dense(entry, where, limits, problems)
                return
            if counts is not None and (passed := counts.passed(chunk)) is not None:
                add_too_many(entry, where, passed, problems)
                return


def _check_links(package: zipfile.ZipFile, where: str, problems: Problems) -> None:
    """Links to other workbooks: their numbers are nobody's in this file, and opening it would ask for them."""
    names = package.namelist()
    for name in names:
        folder, _, file = name.rpartition("/")
        if not name.casefold().startswith(LINKED) or not file.casefold().endswith(".xml"):
            continue
        relations, target = f"{folder}/_rels/{file}.rels", b""
        if relations in names:
            with package.open(relations) as stream:
                match = TARGET.search(stream.read(FIRST_BYTES))
            target = match[1] if match is not None else b""
        add_linked(name, unescape(target.decode("utf-8", "replace")), where, problems)


def _chunks(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    with package.open(entry) as stream:
        while chunk := stream.read(CHUNK):
            yield chunk


def _is_utf8(first: bytes) -> bool:
    """Whether the beginning of an XML part is UTF-8: no UTF-16 or UTF-32 and no other declared encoding."""
    if first.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in first[:256]:
        return False
    declared = re.match(rb"(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']+)[\"']", first[:256])
    return declared is None or declared.group(1).lower() in (b"utf-8", b"utf8", b"us-ascii", b"ascii")
