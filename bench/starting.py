"""What a command costs from the shell: starting, helping, and one whole run of the shipped workbook."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.measure import ROOT, of_program

BARE = [sys.executable, "-c", "pass"]
# What the installed program `regmodel` does, word for word.
PROGRAM = [sys.executable, "-c", "import sys; from regmodel.cli import main; sys.exit(main())"]
HELP = [*PROGRAM, "--help"]
IMPORTS = [sys.executable, "-c", "import pyomo.environ, highspy, pandas"]
VERDICT_REACHED = (0, 2, 3)


def command_line(repeats: int, runs: int, cache: Path) -> dict[str, Any]:
    """CPU seconds of bare Python, of --help, of the bare imports, and of runs of a copy of the shipped workbook."""
    os.environ["REGMODEL_CACHE"] = str(cache)
    found: dict[str, Any] = {
        name: [of_program(command)[0] for _ in range(repeats)] for name, command in (("python", BARE), ("help", HELP))
    }
    found["imports"] = [of_program(IMPORTS)[0] for _ in range(max(3, repeats // 3))]
    found["run"] = []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as scratch:
            book = Path(scratch) / "plan.xlsx"
            shutil.copy(ROOT / "workbooks" / "plan.xlsx", book)
            command = [*PROGRAM, "run", str(book), "--out", str(Path(scratch) / "runs")]
            seconds, status = of_program(command)
            if status not in VERDICT_REACHED:
                found["failed"] = f"exit status {status}"
                break
            found["run"].append(seconds)
    found["report"] = reports()
    return found


def reports() -> dict[str, list[float]]:
    """CPU seconds of a run without its report, of its page, and of all three forms."""
    with tempfile.TemporaryDirectory() as scratch:
        told = Path(scratch) / "report.json"
        of_program([sys.executable, "-m", "bench.reporting", str(told)])
        found: dict[str, list[float]] = json.loads(told.read_text(encoding="utf-8")) if told.exists() else {}
    return found
