"""A real LibreOffice for tests: started without a window in a profile of its own, driven through UNO from outside.

The package's Python has no ``uno``; the system's has. So each piece of work is a few lines of Python that run in a
process of the system's Python, connected to the one office, and print what they found as JSON.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PYTHONS = ("/usr/bin/python3", "python3")
PRELUDE = """
import json, os, sys, time, uno
from com.sun.star.beans import PropertyValue

def prop(name, value):
    return PropertyValue(name, 0, value, 0)

local = uno.getComponentContext()
resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
for attempt in range(150):
    try:
        ctx = resolver.resolve("uno:pipe,name=" + sys.argv[1] + ";urp;StarOffice.ComponentContext")
        break
    except Exception:
        time.sleep(0.2)
desktop = ctx.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", ctx)

def open_book(path):
    # An office answers on its pipe before it can open a document: on a busy machine the first attempts fail.
    for left in range(19, -1, -1):
        try:
            return desktop.loadComponentFromURL(
                uno.systemPathToFileUrl(path), "_blank", 0, (prop("MacroExecutionMode", 0),)
            )
        except Exception:
            if not left:
                raise
            time.sleep(1)

def cell(book, sheet, address):
    return book.Sheets.getByName(sheet).getCellRangeByName(address)

def press(book, url):
    frame = book.getCurrentController().getFrame()
    target = uno.createUnoStruct("com.sun.star.util.URL")
    target.Complete = url
    parser = ctx.ServiceManager.createInstanceWithContext("com.sun.star.util.URLTransformer", ctx)
    target = parser.parseStrict(target)[1]
    found = frame.queryDispatch(target, "_self", 0)
    assert found is not None, url
    found.dispatch(target, ())

def settle():
    ctx.ServiceManager.createInstanceWithContext("com.sun.star.awt.Toolkit", ctx).processEventsToIdle()

def chart_numbers(book, sheet):
    settle()
    # The numbers of every series of every chart of a sheet, as the chart itself has them.
    found = []
    charts = book.Sheets.getByName(sheet).Charts
    for at in range(charts.Count):
        lines = []
        for system in charts.getByIndex(at).EmbeddedObject.FirstDiagram.CoordinateSystems:
            for kind in system.ChartTypes:
                for series in kind.DataSeries:
                    for sequence in series.DataSequences:
                        if sequence.Values.Role == "values-y":
                            told = sequence.Values.NumericalData
                            lines.append([float("%.12g" % n) if n == n else None for n in told])
        found.append(lines)
    return found

given = json.loads(sys.argv[2])
answer = None
"""


@dataclass
class Office:
    """One running office; ``do`` runs lines of Python in it."""

    python: str
    pipe: str
    said: Path
    begun: list[subprocess.Popen[str]] = field(default_factory=list)

    def begin(self, lines: str, **given: Any) -> subprocess.Popen[str]:
        """Start lines that know ``open_book``, ``cell``, ``press``, ``given``; ``end`` has what they leave."""
        # Left at once: a process that takes its bridge down while the office still speaks may die of it.
        script = f"{PRELUDE}\n{textwrap.dedent(lines)}\nprint(json.dumps(answer), flush=True)\nos._exit(0)\n"
        begun = subprocess.Popen(
            [self.python, "-c", script, self.pipe, json.dumps(given)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
        )
        self.begun.append(begun)
        return begun

    def end(self, begun: subprocess.Popen[str]) -> Any:
        """What the lines left in ``answer``."""
        self.begun.remove(begun)
        try:
            said, wrong = begun.communicate(timeout=900)
        finally:
            begun.kill()
        assert begun.returncode == 0, wrong[-2000:]
        return json.loads(said.splitlines()[-1])

    def do(self, lines: str, **given: Any) -> Any:
        """Run lines to their end and return what they leave in ``answer``."""
        return self.end(self.begin(lines, **given))

    def words(self) -> str:
        """What the last dialog would have said; it is forgotten after that."""
        words = self.said.read_text(encoding="utf-8") if self.said.exists() else ""
        self.said.unlink(missing_ok=True)
        return words


def path_of_a_desktop(python: str) -> str:
    """LibreOffice takes the first Python of the path for its own and dies of any but the one that it was made for."""
    return f"{Path(python).parent}{os.pathsep}{os.environ['PATH']}"


def system_python() -> str | None:
    """A Python that can talk to LibreOffice, or None."""
    for name in PYTHONS:
        found = shutil.which(name)
        if found and subprocess.run([found, "-c", "import uno"], capture_output=True, check=False).returncode == 0:
            return found
    return None


def start(soffice: str, python: str, profile: Path, more: dict[str, str]) -> tuple[Office, subprocess.Popen[bytes]]:
    """Start an office without a window, with a pipe to talk through and ``more`` around it; dialogs go into a file."""
    pipe = f"regmodel{os.getpid()}{int(time.monotonic() * 1000)}"
    said = profile.parent / "said.txt"
    process = subprocess.Popen(
        [
            soffice,
            "--headless",
            "--norestore",
            "--nologo",
            f"-env:UserInstallation={profile.as_uri()}",
            f"--accept=pipe,name={pipe};urp;",
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env={**os.environ, **more, "PATH": path_of_a_desktop(python), "REGMODEL_NO_DIALOGS": str(said)},
    )
    return Office(python, pipe, said), process


def stop(office: Office, process: subprocess.Popen[bytes]) -> None:
    """End the office as its own menu would, and what still waits for it."""
    for begun in office.begun:
        begun.kill()
        begun.communicate()
    office.begun.clear()
    try:
        if process.poll() is None:
            office.do("try:\n    desktop.terminate()\nexcept Exception:\n    pass")
            process.wait(timeout=60)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def unopkg_for_root(folder: Path) -> Path | None:
    """For root, LibreOffice's installer refuses: a stand-in in ``folder`` that calls it as another user, or None."""
    real = shutil.which("unopkg")
    if real is None or sys.platform == "win32" or os.geteuid() != 0:
        return None
    folder.mkdir(parents=True)
    program = folder / "unopkg"
    program.write_text(
        "#!/bin/sh\n"
        "for last; do :; done\n"
        'given="$(dirname "$0")/given"; mkdir -p "$given"; cp "$last" "$given/regmodel.oxt"; chmod -R a+rX "$given"\n'
        'words=""; while [ $# -gt 1 ]; do words="$words $1"; shift; done\n'
        f'HOME="$given" exec setpriv --reuid 65534 --regid 65534 --clear-groups {real} $words "$given/regmodel.oxt"\n',
        encoding="utf-8",
    )
    program.chmod(0o755)
    return folder
