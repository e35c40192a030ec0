"""Rooms import downwards only, and every package that is imported is declared."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

DISTRIBUTIONS = {
    "docx": "python-docx",
    "vl_convert": "vl-convert-python",
}  # where the import and the package are named differently


def _imports(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, node.module or ""


def _declared(root: Path) -> set[str]:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {re.split(r"[<>=\[; ]", line)[0].casefold() for line in project["dependencies"]}


def _extras(root: Path) -> set[str]:
    """Packages of the extras that users may install; what needs one says so where it is missing."""
    extras = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    return {re.split(r"[<>=\[; ]", line)[0].casefold() for name in ("cluster", "exchange") for line in extras[name]}


def test_the_import_contracts_hold(root: Path) -> None:
    """The contracts of pyproject.toml: layers, solver, spreadsheets, units."""
    code = "from importlinter.cli import lint_imports; import sys; sys.exit(lint_imports(no_cache=True))"
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_breach_of_a_contract_is_seen(root: Path, tmp_path: Path) -> None:
    """The contracts can fail: a room that reaches upwards and a stray solver are both reported."""
    package = tmp_path / "regmodel"
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    layers = settings["contracts"][0]["layers"]
    rooms = [room for layer in layers for room in layer.split(" | ")]
    for room in rooms:
        (package / room).mkdir(parents=True)
        (package / room / "__init__.py").write_text("", encoding="utf-8")
    (package / "__init__.py").write_text("", encoding="utf-8")
    (package / "params" / "__init__.py").write_text("import regmodel.runs\nimport highspy\n", encoding="utf-8")
    (tmp_path / "pyproject.toml").write_bytes((root / "pyproject.toml").read_bytes())
    code = "from importlinter.cli import lint_imports; import sys; sys.exit(lint_imports(no_cache=True))"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "regmodel.params is not allowed to import regmodel.runs" in done.stdout
    assert "regmodel.params is not allowed to import highspy" in done.stdout


def test_every_package_that_is_imported_is_declared(root: Path) -> None:
    """Nothing works only because something else happened to bring it along."""
    declared = _declared(root) | _extras(root)
    strangers = []
    for path in sorted((root / "src").rglob("*.py")):
        for line, name in _imports(path):
            top = name.split(".")[0]
            if top in sys.stdlib_module_names or top in ("regmodel", "__future__", ""):
                continue
            if DISTRIBUTIONS.get(top, top).casefold() not in declared:
                strangers.append(f"{path.relative_to(root)}:{line} {name}")
    assert strangers == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_declared_package_is_locked(root: Path, lock: str) -> None:
    """A dependency that was added without `make lock` is found here, not on a user's machine."""
    text = (root / lock).read_text(encoding="utf-8")
    locked = {name.casefold() for name in re.findall(r"^([A-Za-z0-9._-]+)==", text, flags=re.MULTILINE)}
    assert sorted(_declared(root) - locked) == []


def test_both_locks_agree(root: Path) -> None:
    """The development lock holds every version of the other one."""
    found = []
    for lock in ("requirements.lock", "requirements-dev.lock"):
        text = (root / lock).read_text(encoding="utf-8")
        found.append(set(re.findall(r"^([A-Za-z0-9._-]+==[^ \\]+)", text, flags=re.MULTILINE)))
    assert found[0] - found[1] == set()


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_the_locks_name_no_place(root: Path, lock: str) -> None:
    """A lock names packages, versions and hashes; where they come from is each machine's own setting."""
    text = (root / lock).read_text(encoding="utf-8")
    assert re.findall(r"^.*(?:://|index-url|find-links).*$", text, flags=re.MULTILINE) == []
