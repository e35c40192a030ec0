"""The macro project of a workbook with buttons: xlwings' standalone module as installed, with our own three macros.

The project's binary is read from the installed xlwings (its BSD part); nothing of it is kept here. Of the stock project
only Module1 changes: our text takes its whole stream, without the compiled form of the stock text, and the directory of
modules says so. Both streams keep their lengths, so that nothing else in the file moves.
"""

from __future__ import annotations

import struct
import zipfile
from importlib.util import find_spec
from pathlib import Path

from regmodel.vocabulary.problems import InputProblems, Problem
from regmodel.vocabulary.texts import Text, same
from regmodel.workbook.live.compound import Compound, UnknownCompound
from regmodel.workbook.live.vba import pack, unpack

MODULE = "Module1"
TEMPLATE, PART = "quickstart_standalone.xlsm", "xl/vbaProject.bin"
ENTRY = "regmodel.workbook.live"
MACROS = {"RegmodelRun": "run", "RegmodelValidate": "validate", "RegmodelReport": "report"}
_REMARKS = (
    "The three buttons of regmodel; MIT licence, as regmodel itself.",
    "Each calls one function of the Python package regmodel through RunPython of the module xlwings beside this one",
    "(BSD 3-clause licence, its text stands there); the module Dictionary is VBA-Dictionary (MIT licence).",
    "The name of the workbook is used nowhere: rename it or save it under another name as you like.",
    "Which Python is started says the sheet xlwings.conf. That sheet can name any program: enable macros only in a",
    "workbook that you or somebody you trust has made with: regmodel new BOOK.xlsm --macro",
    *("-" * 100,) * 4,
)
_DIRECTORY = "dir"
_NAME_RECORD, _OFFSET_RECORD, _VERSION_RECORD = 0x19, 0x31, 0x09


def macro_text() -> str:
    """The text of our module."""
    lines = [f'Attribute VB_Name = "{MODULE}"', *(f"' {remark}" for remark in _REMARKS)]
    for macro, function in MACROS.items():
        lines += [f"Sub {macro}()", f'RunPython "import {ENTRY} as x;x.{function}()"', "End Sub"]
    return "\r\n".join([*lines, ""])


def macro_project() -> bytes:
    """vbaProject.bin with our macros; raises InputProblems when the installed xlwings has another template."""
    try:
        return with_macros(stock_project())
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, UnknownCompound) as error:
        raise InputProblems([_unknown_template(error)]) from error


def stock_project() -> bytes:
    """vbaProject.bin of the standalone template in the installed xlwings."""
    spec = find_spec("xlwings")  # looked up and not imported: the package itself takes seconds to load
    if spec is None or spec.origin is None:
        raise FileNotFoundError("xlwings")
    with zipfile.ZipFile(Path(spec.origin).with_name(TEMPLATE)) as template:
        return template.read(PART)


def with_macros(stock: bytes) -> bytes:
    """The stock project with our Module1, every stream as long as it was; raises ValueError where it does not fit."""
    project = Compound(stock)
    packed = project.read(_DIRECTORY)
    directory = bytearray(unpack(packed))
    struct.pack_into("<I", directory, _offset_places(directory)[MODULE], 0)
    project.rewrite(_DIRECTORY, pack(bytes(directory), len(packed)))
    project.rewrite(MODULE, pack(macro_text().encode("cp1252"), len(project.read(MODULE))))
    return bytes(project.data)


def module_text(project: bytes, module: str) -> str:
    """The text of a module of a project."""
    compound = Compound(project)
    directory = unpack(compound.read(_DIRECTORY))
    (offset,) = struct.unpack_from("<I", directory, _offset_places(directory)[module])
    return unpack(compound.read(module)[offset:]).decode("cp1252")


def _offset_places(directory: bytes | bytearray) -> dict[str, int]:
    """Where the unpacked directory says at which byte of its stream a module's text begins (MS-OVBA 2.3.4.2)."""
    found: dict[str, int] = {}
    place, name = 0, ""
    while place + 6 <= len(directory):
        kind, size = struct.unpack_from("<HI", directory, place)
        size = 6 if kind == _VERSION_RECORD else size
        if kind == _NAME_RECORD:
            name = bytes(directory[place + 6 : place + 6 + size]).decode("cp1252")
        elif kind == _OFFSET_RECORD:
            found[name] = place + 6
        place += 6 + size
    return found


def _unknown_template(error: Exception) -> Problem:
    return Problem(
        "X-05",
        TEMPLATE,
        Text(
            "a macro template that regmodel does not know ({error})",
            "regmodel 不认识的宏模板（{error}）",
        ).fill(error=error),
        Text("the template of xlwings 0.37, as regmodel requires it", "regmodel 所需的 xlwings 0.37 的模板"),
        same('pip install "xlwings>=0.37,<0.38"'),
    )
