"""What regmodel works with, one check each: whether it is here, what it is for, and the command that mends it."""

from __future__ import annotations

import ctypes.util
import importlib.metadata
import importlib.util
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from regmodel.vocabulary.texts import Text, same

OLDEST = (3, 11)
NEEDED = ("numpy", "pandas", "pyomo", "highspy", "openpyxl", "xlsxwriter", "lxml", "defusedxml", "jinja2", "pyarrow")
SECONDS = 20.0
_ELSEWHERE = Text("only on Windows and macOS", "仅限 Windows 与 macOS")


@dataclass(frozen=True)
class Finding:
    """One thing: ``here`` says whether it works, ``needed`` whether anything works without it."""

    name: Text
    here: bool
    needed: bool
    found: Text
    purpose: Text
    mend: Text | None = None


def findings() -> Iterator[Finding]:
    """Every check in turn, what is needed first."""
    for check in (
        _python,
        _packages,
        _records,
        _cache,
        _make,
        _office,
        _chinese_fonts,
        _pdf,
        _word,
        _cluster,
        _excel,
    ):
        yield check()


def _python() -> Finding:
    return Finding(
        Text("Python", "Python"),
        sys.version_info >= OLDEST,
        True,
        same(platform.python_version()),
        Text("everything", "全部功能"),
        Text("install Python 3.11 or newer from python.org", "请从 python.org 安装 Python 3.11 或更新版本"),
    )


def _packages() -> Finding:
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    told = [f"{name} {_version(name)}" for name in ("numpy", "pandas", "pyomo", "highspy")]
    return Finding(
        Text("packages", "程序包"),
        not missing,
        True,
        same(", ".join(told)) if not missing else Text(f"missing: {', '.join(missing)}", f"缺少：{'、'.join(missing)}"),
        Text("everything", "全部功能"),
        same(f"{sys.executable} -m pip install regmodel"),
    )


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "?"


def _records() -> Finding:
    from regmodel.params.folder import shipped_folder

    try:
        folder = shipped_folder()
        here = (folder / "sources.toml").is_file()
    except OSError:
        here = False
    return Finding(
        Text("records", "参数记录"),
        here,
        True,
        Text("params/ is there", "params/ 在位") if here else Text("params/ is not there", "缺少 params/"),
        Text("everything", "全部功能"),
        Text("install regmodel again", "请重新安装 regmodel"),
    )


def _cache() -> Finding:
    from regmodel.feasibility.compiled_store import folder

    place = folder()
    try:
        place.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=place):
            here = True
    except OSError:
        here = False
    return Finding(
        Text("cache folder", "缓存文件夹"),
        here,
        False,
        Text("can be written", "可写") if here else Text("cannot be written", "不可写"),
        Text("a run need not compile the programme again", "运行时无需重新编译优化程序"),
        Text("set REGMODEL_CACHE to a folder that you may write to", "请将 REGMODEL_CACHE 设为您有写权限的文件夹"),
    )


def _program(*names: str) -> str | None:
    return next((found for name in names if (found := shutil.which(name)) is not None), None)


def _there(path: str | None) -> Text:
    return same(Path(path).name) if path is not None else Text("not found", "未找到")


def _make() -> Finding:
    found = _program("make")
    return Finding(
        Text("make", "make"),
        found is not None,
        False,
        _there(found),
        Text("the short commands of the README", "README 中的简短命令"),
        Text("without make: python tasks.py run", "没有 make 时：python tasks.py run"),
    )


def _office() -> Finding:
    usual = {
        "Darwin": "/Applications/LibreOffice.app/Contents/MacOS/soffice",
        "Windows": r"C:\Program Files\LibreOffice\program\soffice.exe",
    }.get(platform.system())
    found = _program("soffice", "libreoffice") or (usual if usual and Path(usual).exists() else None)
    return Finding(
        Text("LibreOffice", "LibreOffice"),
        found is not None,
        False,
        _there(found),
        Text("editing workbooks without Excel; its toolbar button", "在没有 Excel 时编辑工作簿；工具栏按钮"),
        _install("libreoffice-calc", "libreoffice", "TheDocumentFoundation.LibreOffice"),
    )


def _install(debian: str, brew: str, windows: str) -> Text:
    command = {
        "Darwin": f"brew install --cask {brew}",
        "Windows": f"winget install {windows}",
    }.get(platform.system(), f"sudo apt-get install {debian}")
    return same(command)


def _chinese_fonts() -> Finding:
    here = platform.system() in ("Darwin", "Windows")
    if not here and (lister := _program("fc-list")) is not None:
        try:
            done = subprocess.run(
                [lister, ":lang=zh", "family"], capture_output=True, text=True, timeout=SECONDS, check=False
            )
            here = bool(done.stdout.strip())
        except (OSError, subprocess.TimeoutExpired):
            here = False
    return Finding(
        Text("Chinese fonts", "中文字体"),
        here,
        False,
        Text("found", "已找到") if here else Text("not found", "未找到"),
        Text("Chinese in charts and in the PDF", "图表与 PDF 中的中文"),
        same("sudo apt-get install fonts-noto-cjk"),
    )


def _pdf() -> Finding:
    missing = [name for name in ("pango-1.0", "pangoft2-1.0") if ctypes.util.find_library(name) is None]
    package = importlib.util.find_spec("weasyprint") is not None
    mend = {
        "Darwin": same("brew install pango"),
        "Windows": Text("install GTK for Windows, which brings pango", "请安装含 pango 的 GTK for Windows"),
    }.get(platform.system(), same("sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0"))
    return Finding(
        Text("PDF", "PDF"),
        package and not missing,
        False,
        Text("ready", "可用") if package and not missing else Text("pango is not found", "未找到 pango"),
        Text("the report as a PDF", "PDF 报告"),
        mend if package else same(f"{sys.executable} -m pip install weasyprint"),
    )


def _word() -> Finding:
    here = importlib.util.find_spec("docx") is not None
    return Finding(
        Text("Word", "Word"),
        here,
        False,
        Text("ready", "可用") if here else Text("python-docx is not found", "未找到 python-docx"),
        Text("the report as a Word document", "Word 报告"),
        same(f"{sys.executable} -m pip install python-docx"),
    )


def _cluster() -> Finding:
    here = importlib.util.find_spec("distributed") is not None
    return Finding(
        Text("Dask", "Dask"),
        here,
        False,
        same(f"distributed {_version('distributed')}") if here else Text("not installed", "未安装"),
        Text("batches on many machines", "在多台机器上批量运行"),
        same(f'{sys.executable} -m pip install "regmodel[cluster]"'),
    )


def _excel() -> Finding:
    here = platform.system() in ("Darwin", "Windows") and importlib.util.find_spec("xlwings") is not None
    return Finding(
        Text("Excel", "Excel"),
        here,
        False,
        Text("xlwings may reach it", "xlwings 可以调用") if here else _ELSEWHERE,
        Text("the Run button inside Excel", "Excel 中的“运行”按钮"),
        Text("here: regmodel run BOOK, or regmodel watch BOOK", "此处请用：regmodel run BOOK 或 regmodel watch BOOK"),
    )
