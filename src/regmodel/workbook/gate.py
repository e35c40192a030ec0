"""The gate before any parser: what a workbook must be before a single cell of it is read (zip only)."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from regmodel.vocabulary.problems import Problems
from regmodel.vocabulary.texts import Text

MEBIBYTE = 1024 * 1024
CHUNK = 256 * 1024
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FORBIDDEN = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
OVERLAP = 64
XML_ENDINGS = (".xml", ".rels", ".vml")
NEEDED = "xl/workbook.xml"
NEW_BOOK = Text(
    "make a fresh workbook with: regmodel new BOOK.xlsx, and copy your figures into it.",
    "请用 regmodel new BOOK.xlsx 新建工作簿，再将数据填入。",
)
RESAVE = Text(
    "open it in Excel, WPS or LibreOffice and save it as .xlsx (without a password).",
    "请用 Excel、WPS 或 LibreOffice 打开，另存为 .xlsx（不设密码）。",
)


@dataclass(frozen=True)
class Limits:
    """How large a workbook may be; a shipped workbook uses a small part of each."""

    file_bytes: int = 20 * MEBIBYTE
    entries: int = 500
    part_bytes: int = 50 * MEBIBYTE
    total_bytes: int = 200 * MEBIBYTE
    ratio: float = 200.0
    ratio_from_bytes: int = MEBIBYTE


LIMITS = Limits()


def check_package(path: Path, limits: Limits = LIMITS) -> None:
    """Refuse a file that is not a plain, moderate, harmless workbook package.

    Reads the zip only, in chunks, counting the expanded bytes itself; raises InputProblems (codes W-01 to W-08)
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
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as error:
        problems.add(
            "W-08",
            where,
            Text("a damaged package: {error}", "文件已损坏：{error}").fill(error=error),
            Text("a package that can be unpacked to its end", "可以完整解压的文件"),
            RESAVE,
        )


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
                    name=_shown(name), fault=fault.en, zh=fault.zh
                ),
                Text("each part once, under a relative name", "每个部件只出现一次，且使用相对名称"),
                RESAVE,
            )
        if entry.flag_bits & 0x1:
            problems.add(
                "W-02",
                where,
                Text('part "{name}" is encrypted', "部件“{name}”已加密").fill(name=_shown(name)),
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


def _shown(name: str) -> str:
    """A part's name made harmless for a message: short and printable."""
    cleaned = "".join(sign if sign.isprintable() else "?" for sign in name)
    return cleaned[:80]


def _check_parts(package: zipfile.ZipFile, where: str, limits: Limits, problems: Problems) -> None:
    total = 0
    for entry in package.infolist():
        expanded = 0
        tail = b""
        is_xml = entry.filename.casefold().endswith(XML_ENDINGS)
        for chunk in _chunks(package, entry):
            if not expanded and is_xml and not _is_utf8(chunk):
                _forbidden(entry, where, Text("an encoding other than UTF-8", "编码不是 UTF-8"), problems)
                return
            if is_xml and FORBIDDEN.search(tail + chunk):
                _forbidden(entry, where, Text("a DOCTYPE or ENTITY", "含有 DOCTYPE 或 ENTITY"), problems)
                return
            tail = chunk[-OVERLAP:]
            expanded += len(chunk)
            total += len(chunk)
            if expanded > limits.part_bytes or total > limits.total_bytes:
                _too_large(entry, where, limits, problems)
                return
            if expanded > limits.ratio_from_bytes and expanded > limits.ratio * max(entry.compress_size, 1):
                _too_dense(entry, where, limits, problems)
                return


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


def _forbidden(entry: zipfile.ZipInfo, where: str, fault: Text, problems: Problems) -> None:
    problems.add(
        "W-07",
        where,
        Text('part "{name}": {fault}', "部件“{name}”：{zh}").fill(
            name=_shown(entry.filename), fault=fault.en, zh=fault.zh
        ),
        Text("plain UTF-8 XML, as spreadsheet programs write it", "电子表格软件写出的普通 UTF-8 XML"),
        NEW_BOOK,
    )


def _too_large(entry: zipfile.ZipInfo, where: str, limits: Limits, problems: Problems) -> None:
    problems.add(
        "W-05",
        where,
        Text('part "{name}" unpacks past the limit', "部件“{name}”解压后超过上限").fill(name=_shown(entry.filename)),
        Text(
            "at most {part:.0f} MB in one part and {total:.0f} MB in all",
            "单个部件不超过 {part:.0f} MB，总计不超过 {total:.0f} MB",
        ).fill(part=limits.part_bytes / MEBIBYTE, total=limits.total_bytes / MEBIBYTE),
        NEW_BOOK,
    )


def _too_dense(entry: zipfile.ZipInfo, where: str, limits: Limits, problems: Problems) -> None:
    problems.add(
        "W-06",
        where,
        Text(
            'part "{name}" unpacks to more than {ratio:.0f} times its size',
            "部件“{name}”解压后超过原大小的 {ratio:.0f} 倍",
        ).fill(name=_shown(entry.filename), ratio=limits.ratio),
        Text("a package as spreadsheet programs write it", "电子表格软件写出的普通文件"),
        NEW_BOOK,
    )
