"""A skip is a failure where the machine is meant to have everything, and nothing leaves this machine."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

SKIPPING = 'import pytest\n\ndef test_one():\n    pytest.skip("no Excel here")\n'
SKIPPING_FILE = 'import pytest\n\npytest.skip("no Excel here", allow_module_level=True)\n'


def _run(root: Path, folder: Path, text: str, no_skip: str) -> subprocess.CompletedProcess[str]:
    (folder / "conftest.py").write_bytes((root / "tests" / "conftest.py").read_bytes())
    (folder / "test_skipping.py").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", str(folder), str(folder)]
    surroundings = {**os.environ, "REGMODEL_NO_SKIP": no_skip}
    return subprocess.run(command, cwd=folder, env=surroundings, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("text", [SKIPPING, SKIPPING_FILE], ids=["test", "file"])
def test_a_skip_fails_where_none_is_allowed(root: Path, tmp_path: Path, text: str) -> None:
    """REGMODEL_NO_SKIP=1 turns a skipped test, and a file that skips itself, into a failure with its reason."""
    done = _run(root, tmp_path, text, "1")
    assert done.returncode not in (0, 5)
    assert "no Excel here" in done.stdout


def test_a_skip_is_said_elsewhere(root: Path, tmp_path: Path) -> None:
    """Without the variable a missing program skips its tests."""
    done = _run(root, tmp_path, SKIPPING, "0")
    assert done.returncode == 0
    assert "1 skipped" in done.stdout


def test_no_connection_leaves_this_machine() -> None:
    """An address outside is refused before anything is sent (192.0.2.0/24 belongs to nobody)."""
    with socket.socket() as line, pytest.raises(AssertionError, match="this machine only"):
        line.connect(("192.0.2.1", 80))
