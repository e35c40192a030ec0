"""How the sources look: short files, short functions, no print, no loose ends, no place of one machine."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

LONGEST_FILE = 300
LONGEST_FUNCTION = 60
# Left empty on purpose: a name goes in only with the reason why its theme cannot be split.
MAY_BE_LONGER: dict[str, str] = {}
SKIPPED_FOLDERS = {".git", ".venv", "build", "dist", "runs", "__pycache__", ".hypothesis"}
TEXT_SUFFIXES = {".py", ".md", ".toml", ".csv", ".txt", ".json", ".lock", ".j2", ".html", ".yml", ".yaml", ".bas", ""}
# Put together from pieces, so that this file does not name them either.
MACHINE_PLACES = re.compile(
    r"(?<![\w./-])/(?:" + "|".join(("ro" + "ot", "ho" + "me", "wo" + "rk", "op" + "t", "Us" + "ers")) + r")/\w"
)
_ENDS = ("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK", "raise NotImplemented" + "Error")
LOOSE_ENDS = re.compile(r"\b(" + "|".join(_ENDS) + r")\b")
WEAK_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "stuff"}


def _sources(root: Path) -> list[Path]:
    return sorted((root / "src").rglob("*.py"))


def _texts(root: Path) -> Iterator[tuple[Path, str]]:
    for folder, names, files in os.walk(root):
        names[:] = sorted(name for name in names if name not in SKIPPED_FOLDERS and not name.endswith("_cache"))
        for name in sorted(files):
            path = Path(folder) / name
            if path.suffix in TEXT_SUFFIXES and path.stat().st_size < 4_000_000:
                try:
                    yield path, path.read_text(encoding="utf-8-sig")
                except UnicodeDecodeError:
                    continue


def _is_print(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"


def test_files_hold_one_theme(root: Path) -> None:
    """No source is longer than 300 lines."""
    long = {}
    for path in _sources(root):
        name, lines = str(path.relative_to(root)), len(path.read_text(encoding="utf-8").splitlines())
        if lines > LONGEST_FILE and name not in MAY_BE_LONGER:
            long[name] = lines
    assert long == {}


def test_functions_fit_a_page(root: Path) -> None:
    """No function is longer than 60 lines."""
    long = {}
    for path in _sources(root):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                name = f"{path.relative_to(root)}:{node.name}"
                if lines > LONGEST_FUNCTION and name not in MAY_BE_LONGER:
                    long[name] = lines
    assert long == {}


def test_only_the_command_line_prints(root: Path) -> None:
    """A room returns what it found; the command line says it."""
    found = [
        f"{path.relative_to(root)}:{node.lineno}"
        for path in _sources(root)
        if path.relative_to(root / "src" / "regmodel").parts[0] not in ("cli.py", "commands")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if _is_print(node)
    ]
    assert found == []


def test_nothing_is_left_for_later(root: Path) -> None:
    """No note to oneself and no empty promise in the sources, the records or the pages."""
    found = [
        f"{path.relative_to(root)}:{number}"
        for path, text in _texts(root)
        for number, line in enumerate(text.splitlines(), start=1)
        if LOOSE_ENDS.search(line)
    ]
    assert found == []


def test_no_file_names_a_place_of_one_machine(root: Path) -> None:
    """What is written here works wherever it is unpacked."""
    found = [
        f"{path.relative_to(root)}:{number}"
        for path, text in _texts(root)
        for number, line in enumerate(text.splitlines(), start=1)
        if MACHINE_PLACES.search(line)
    ]
    assert found == []


def test_modules_are_named_after_the_field(root: Path) -> None:
    """A module is called what it holds, never a drawer for the rest."""
    assert [path.name for path in _sources(root) if path.stem in WEAK_NAMES or path.parent.name in WEAK_NAMES] == []


@pytest.mark.parametrize("module", ["regmodel", "regmodel.cli"])
def test_importing_is_quick(root: Path, module: str) -> None:
    """The heavy packages are imported when they are used, so that `regmodel --help` answers at once."""
    heavy = ("altair", "highspy", "numpy", "openpyxl", "pandas", "pint", "pyomo", "xlsxwriter", "xlwings")
    code = f"import sys, {module}; print([name for name in {heavy!r} if name in sys.modules])"
    surroundings = {**os.environ, "PYTHONPATH": str(root / "src")}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=surroundings)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"
