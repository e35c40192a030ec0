"""What `make` does, written once for every system: `python tasks.py run`, `test`, `bench`, `docs`, `lock` or `clean`.

Needs nothing but Python itself; everything else is installed, as locked, into the virtual environment `.venv`.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PROGRAMS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = PROGRAMS / ("python.exe" if os.name == "nt" else "python")
OLDEST = (3, 11)
RUN_LOCK = "requirements.lock"
DEV_LOCK = "requirements-dev.lock"
LOCKER = "uv==0.13.9"
BUILD = ("--extra", "build")
RESOLVE = (
    *("uv", "pip", "compile", "pyproject.toml", "--quiet", "--upgrade", "--generate-hashes"),
    *("--universal", "--python-version", "3.11", "--fork-strategy", "fewest"),
    *("--no-emit-index-url", "--no-emit-find-links", "--custom-compile-command", "make lock"),
)
VERDICT_REACHED = (0, 2, 3)  # feasible, not jointly feasible, undecided: a verdict is a success, whichever it is
CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("lint-imports",),
    ("python", "docs/generate.py", "--check"),
    # One process a core; the tests of a file stay together, as they share what was costly to make.
    ("python", "-m", "pytest", "--numprocesses", "auto", "--dist", "loadfile"),
)


def call(*command: str) -> int:
    """Run one program of the virtual environment in the root of the repository; its exit status."""
    program = str(PYTHON) if command[0] == "python" else str(PROGRAMS / command[0])
    surroundings = {**os.environ, "PYTHONUTF8": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    sys.stdout.flush()
    return subprocess.run([program, *command[1:]], cwd=ROOT, env=surroundings, check=False).returncode


def must(*command: str) -> None:
    """Run one program of the virtual environment and stop when it fails."""
    status = call(*command)
    if status:
        raise SystemExit(f"{' '.join(command)} failed with exit status {status}; its message is above.")


def digest(lock: str) -> str:
    """What an installation depends on: the lock, the package's own description and the Python that runs it."""
    seen = hashlib.sha256(sys.version.encode())
    for name in (lock, "pyproject.toml"):
        seen.update((ROOT / name).read_bytes())
    return seen.hexdigest()


def stamp(lock: str) -> Path:
    """The file that remembers which state of a lock is installed."""
    return VENV / f"installed-{lock}.sha256"


def installed(lock: str) -> bool:
    """Whether exactly this lock is installed already."""
    remembered = stamp(lock)
    return PYTHON.exists() and remembered.exists() and remembered.read_text(encoding="utf-8") == digest(lock)


def set_up(lock: str) -> None:
    """Make the virtual environment and install a lock and the package into it, unless that has been done."""
    # The development lock holds the other one, version by version, so that it serves `run` too.
    if installed(lock) or installed(DEV_LOCK):
        return
    print(f"Setting up {VENV.name} from {lock}; the first time takes a minute or two.", flush=True)
    if not PYTHON.exists():
        venv.EnvBuilder(with_pip=True, clear=True).create(VENV)
    for remembered in VENV.glob("installed-*.sha256"):
        remembered.unlink()
    # A lock is whole, so nothing is resolved again: an older pip finds no version for a pinned name with an extra.
    must("python", "-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes", "--requirement", lock)
    must("python", "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--editable", ".")
    stamp(lock).write_text(digest(lock), encoding="utf-8")


def run() -> int:
    """The main job: the shipped plan scenario, from its records to a verdict."""
    set_up(RUN_LOCK)
    status = call("regmodel", "run", "plan")
    return 0 if status in VERDICT_REACHED else status


def test() -> int:
    """Style, types, imports, generated pages and tests; all of them, even when one fails."""
    set_up(DEV_LOCK)
    failed = [" ".join(check) for check in CHECKS if call(*check)]
    if failed:
        print("\nNot passed: " + "; ".join(failed), file=sys.stderr)
    return 1 if failed else 0


def bench() -> int:
    """Speed and size measured beside the alternatives, into docs/bench.md; takes most of an hour."""
    set_up(DEV_LOCK)
    # What only the comparisons need is no part of the locks; it stays out of every other task.
    must("python", "-m", "pip", "install", "--quiet", "--no-build-isolation", "--editable", ".[bench]")
    return call("python", "-m", "bench")


def docs() -> int:
    """Write the generated pages of docs/ anew, and all pages as a site into build/site."""
    set_up(DEV_LOCK)
    must("python", "docs/generate.py")
    return call("mkdocs", "build", "--strict")


def lock() -> int:
    """Resolve the newest versions that pyproject.toml allows into both lock files, for every system at once."""
    set_up(DEV_LOCK)
    must("python", "-m", "pip", "install", "--quiet", LOCKER)
    for lock_file, wanted in ((RUN_LOCK, BUILD), (DEV_LOCK, (*BUILD, "--extra", "dev", "--constraint", RUN_LOCK))):
        must(*RESOLVE, *wanted, "--output-file", lock_file)
    return 0


def clean() -> int:
    """Remove what can be made again; runs/ stays."""
    for name in (".venv", "build", "dist", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".import_linter_cache"):
        shutil.rmtree(ROOT / name, ignore_errors=True)
    return 0


TASKS: dict[str, Callable[[], int]] = {
    "run": run,
    "test": test,
    "bench": bench,
    "docs": docs,
    "lock": lock,
    "clean": clean,
}


def main() -> int:
    """Carry out the task that is named on the command line."""
    if sys.version_info < OLDEST:
        wanted = ".".join(map(str, OLDEST))
        print(f"regmodel needs Python {wanted} or newer; this is {sys.version.split()[0]}.", file=sys.stderr)
        print(f"With a newer one installed: make run PYTHON=python{wanted}", file=sys.stderr)
        return 1
    if len(sys.argv) != 2 or sys.argv[1] not in TASKS:
        print(f"Name one task: {', '.join(TASKS)}.", file=sys.stderr)
        return 1
    return TASKS[sys.argv[1]]()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
