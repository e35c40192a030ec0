"""Makes the extension for this machine and gives it to LibreOffice's own installer."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from regmodel import __version__
from regmodel.vocabulary.problems import InputProblems, Problem
from regmodel.vocabulary.texts import Text, same
from regmodel.workbook.live.answers import why
from regmodel.workbook.live.inputs import INPUT_SHEETS

EXTENSION = Path(__file__).parent / "extension"
IDENTIFIER = "org.regmodel.toolbar"
MINUTES = 30
WORDS = {
    "busy": Text("A run is going on; press Stop to end it.", "正在运行；如需结束请按“停止运行”。"),
    "running": Text("regmodel is running", "regmodel 正在运行"),
    "too_long": Text(
        "Stopped after {minutes} minutes, the longest time; nothing was written.",
        "已达最长时间 {minutes} 分钟而停止，未写入任何结果。",
    ),
    "gone": Text(
        "Nothing was run: the Python of this toolbar cannot be started ({where}). In the Python that has regmodel now, "
        "type: regmodel new BOOK.xlsx --libreoffice",
        "未运行：无法启动本工具栏所用的 Python（{where}）。请在现装有 regmodel 的 Python 中运行："
        "regmodel new BOOK.xlsx --libreoffice",
    ),
    "stopped": why("stopped"),
    "changed": why("changed", where="{where}"),
    "moved": why("moved", where="{where}", other="{other}"),
    "unwritten": why("unwritten", where="{where}", other="{other}"),
    "halved": Text(
        "The results could be written only in part, and what stood in {where} could not be put back. Close the "
        "document without saving it, and open it again.",
        "结果只写入了一部分，且 {where} 的原有内容未能恢复。请关闭文档且不要保存，然后重新打开。",
    ),
    "failed": why("bug", log="{log}"),
    "no_report": why("no_report"),
}
_MADE = (2026, 1, 1, 0, 0, 0)
_PLACES = (
    "C:/Program Files/LibreOffice/program/unopkg.com",
    "C:/Program Files (x86)/LibreOffice/program/unopkg.com",
    "/Applications/LibreOffice.app/Contents/MacOS/unopkg",
)
_NOT_THERE = Text("no installer of LibreOffice (unopkg)", "未找到 LibreOffice 的扩展安装程序 unopkg")
_THERE = Text("LibreOffice on this machine", "本机装有 LibreOffice")
_INSTALL = Text(
    "install LibreOffice, or use: regmodel watch BOOK.xlsx",
    "请安装 LibreOffice，或改用：regmodel watch BOOK.xlsx",
)
_REFUSED = Text(
    "an extension that LibreOffice takes: closed meanwhile, not as root, with its Python (Debian: python3-uno)",
    "LibreOffice 可接受的扩展：安装时须关闭 LibreOffice，不以 root 运行，且有其 Python（Debian：python3-uno）",
)
_AGAIN = Text("close LibreOffice and type the command again", "请关闭 LibreOffice 后重新运行该命令")
_AS_A_PERSON = Text(
    "type the command as the person who works in LibreOffice, not as root and without sudo; where there is only root, "
    "use: regmodel watch BOOK.xlsx",
    "请以使用 LibreOffice 的用户身份运行该命令，不用 root，也不加 sudo；只有 root 时请用：regmodel watch BOOK.xlsx",
)
INSTALLED = Text(
    "LibreOffice has a toolbar now: Run regmodel, Validate, Report, Stop (View > Toolbars, after its next start)",
    "LibreOffice 已装上工具栏：运行模型、检查输入、查看报告、停止运行（下次启动后，见“视图—工具栏”）",
)


@dataclass(frozen=True)
class Wiring:
    """How the toolbar reaches the model: the command of the child, its surroundings, and its time limit."""

    command: Sequence[str] = (sys.executable, "-P", "-m", "regmodel.workbook.libreoffice.child")
    environment: tuple[tuple[str, str], ...] = ()
    minutes: float = MINUTES


def make_extension(path: Path, wiring: Wiring | None = None) -> Path:
    """Write the extension as one file for this machine's Python."""
    wiring = wiring or Wiring()
    settings = {
        "command": list(wiring.command),
        "environment": dict(wiring.environment),
        "minutes": wiring.minutes,
        "inputs": INPUT_SHEETS,
        "words": {name: [words.en, words.zh] for name, words in WORDS.items()},
    }
    content = {
        part.relative_to(EXTENSION).as_posix().removesuffix(".in"): part.read_bytes()
        for part in sorted(EXTENSION.rglob("*"))
        if part.is_file() and "__pycache__" not in part.parts
    }
    content["description.xml"] = content["description.xml"].replace(b"{version}", __version__.encode())
    content["settings.json"] = json.dumps(settings, ensure_ascii=False, indent=1).encode("utf-8")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in content.items():
            package.writestr(zipfile.ZipInfo(name, _MADE), data)
    return path


def install(wiring: Wiring | None = None, profile: Path | None = None) -> Text:
    """Give LibreOffice the toolbar, in the person's own profile; raises InputProblems with what it says otherwise.

    An older toolbar of ours is replaced. ``profile`` is another profile than the person's, for trying.
    """
    program = _installer()
    with tempfile.TemporaryDirectory(prefix="regmodel-") as folder:
        extension = make_extension(Path(folder) / "regmodel.oxt", wiring)
        command = [program, "add", "--force", "--suppress-license"]
        if profile is not None:
            command.append(f"-env:UserInstallation={profile.resolve().as_uri()}")
        done = subprocess.run(
            [*command, str(extension)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            env={name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")},
        )
    if done.returncode != 0:
        said = " ".join((done.stderr or done.stdout).split())[-300:]
        to_do = _AS_A_PERSON if _is_root() else _AGAIN
        raise InputProblems([Problem("X-07", "LibreOffice", same(said or str(done.returncode)), _REFUSED, to_do)])
    return INSTALLED


def _is_root() -> bool:
    return os.name == "posix" and os.geteuid() == 0


def _installer() -> str:
    for name in ("unopkg", *_PLACES):
        found = shutil.which(name)
        if found is not None:
            return found
    raise InputProblems([Problem("X-06", "LibreOffice", _NOT_THERE, _THERE, _INSTALL)])
