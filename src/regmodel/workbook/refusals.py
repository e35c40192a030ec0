"""How a file that no parser may see is refused, in words."""

from __future__ import annotations

import zipfile

from regmodel.vocabulary.problems import Problems
from regmodel.vocabulary.texts import Text
from regmodel.workbook.limits import MEBIBYTE, Limits

NEW_BOOK = Text(
    "make a fresh workbook with: regmodel new BOOK.xlsx, and copy your figures into it.",
    "请用 regmodel new BOOK.xlsx 新建工作簿，再将数据填入。",
)
RESAVE = Text(
    "open it in Excel, WPS or LibreOffice and save it as .xlsx (without a password).",
    "请用 Excel、WPS 或 LibreOffice 打开，另存为 .xlsx（不设密码）。",
)


def shown_name(name: str, most: int = 80) -> str:
    """A part's name made harmless for a message: short and printable."""
    return "".join(sign if sign.isprintable() else "?" for sign in name[:most])


def add_damaged(where: str, error: Exception, problems: Problems) -> None:
    """Note that a package, or a part of it, cannot be read."""
    problems.add(
        "W-08",
        where,
        Text("a damaged package: {error}", "文件已损坏：{error}").fill(error=shown_name(str(error), 200)),
        Text("a package that can be unpacked to its end", "可以完整解压的文件"),
        RESAVE,
    )


def add_forbidden(entry: zipfile.ZipInfo, where: str, fault: Text, problems: Problems) -> None:
    """Note a part that is no plain XML."""
    problems.add(
        "W-07",
        where,
        Text('part "{name}": {fault}', "部件“{name}”：{zh}").fill(
            name=shown_name(entry.filename), fault=fault.en, zh=fault.zh
        ),
        Text("plain UTF-8 XML, as spreadsheet programs write it", "电子表格软件写出的普通 UTF-8 XML"),
        NEW_BOOK,
    )


def add_too_large(entry: zipfile.ZipInfo, where: str, limits: Limits, problems: Problems) -> None:
    """Note a part that unpacks past the limits."""
    problems.add(
        "W-05",
        where,
        Text('part "{name}" unpacks past the limit', "部件“{name}”解压后超过上限").fill(
            name=shown_name(entry.filename)
        ),
        Text(
            "at most {part:.0f} MB in one part and {total:.0f} MB in all",
            "单个部件不超过 {part:.0f} MB，总计不超过 {total:.0f} MB",
        ).fill(part=limits.part_bytes / MEBIBYTE, total=limits.total_bytes / MEBIBYTE),
        NEW_BOOK,
    )


def add_too_dense(entry: zipfile.ZipInfo, where: str, limits: Limits, problems: Problems) -> None:
    """Note a part that unpacks to many times its size."""
    problems.add(
        "W-06",
        where,
        Text(
            'part "{name}" unpacks to more than {ratio:.0f} times its size',
            "部件“{name}”解压后超过原大小的 {ratio:.0f} 倍",
        ).fill(name=shown_name(entry.filename), ratio=limits.ratio),
        Text("a package as spreadsheet programs write it", "电子表格软件写出的普通文件"),
        NEW_BOOK,
    )


def add_too_many(entry: zipfile.ZipInfo, where: str, passed: tuple[Text, int], problems: Problems) -> None:
    """Note a part that holds more of something than the limits allow."""
    what, most = passed
    problems.add(
        "W-09",
        where,
        Text('part "{name}" holds more than {most:,} {what}', "部件“{name}”含有超过 {most:,} {zh}").fill(
            name=shown_name(entry.filename), most=most, what=what.en, zh=what.zh
        ),
        Text("a workbook of moderate length", "篇幅适中的工作簿"),
        Text(
            "delete the empty rows and columns beyond the tables (right-click, Delete) and save; or {new}",
            "请删除表格以外的空行空列（右键“删除”）后保存；或{zh}",
        ).fill(new=NEW_BOOK.en, zh=NEW_BOOK.zh),
    )


def add_linked(name: str, target: str, where: str, problems: Problems) -> None:
    """Note a link to another file."""
    problems.add(
        "W-43",
        where,
        Text('a link to another workbook: "{target}"', "指向其他工作簿的链接：“{target}”").fill(
            target=shown_name(target or name, 120)
        ),
        Text("a workbook that stands alone", "不依赖其他文件的工作簿"),
        Text(
            "break the link (in Excel: Data, Edit Links, Break Link) and save.",
            "请断开链接（Excel：数据—编辑链接—断开链接）后保存。",
        ),
    )
