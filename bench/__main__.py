"""Measure everything in one run and write the table: ``python -m bench [--quick] [--only NAME] [--out FOLDER]``."""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bench.invented import invented_folder
from bench.machine import about
from bench.measure import ROOT, in_child
from bench.plan import FULL, QUICK, Step, sizes_of
from bench.table import page

COMMAND_LINE, REPORT = "command line", "report"
Keep = Callable[[dict[str, Any]], None]


def measured(steps: Sequence[Step], scratch: Path, found: dict[str, Any], keep: Keep) -> None:
    """Every step in turn, each in a process of its own, into ``found`` by size and name; ``keep`` hears of each."""
    cache = scratch / "cache"
    for step in steps:
        params = scratch / str(step.size) / "params"
        if not params.exists():
            params.parent.mkdir(parents=True, exist_ok=True)
            invented_folder(step.size, params)
        start = time.monotonic()
        told = in_child(step.measure, {**step.arguments, "params": str(params)}, step.limit, cache)
        found.setdefault(str(step.size), {})[step.name] = told
        keep(found)
        ending = f"not within {step.limit:.0f} s" if "not_within" in told else told.get("failed", "done")
        print(f"{step.size:>4} regions   {step.name:<36} {time.monotonic() - start:7.1f} s   {ending}", flush=True)


def measure_command_line(scratch: Path, found: dict[str, Any], keep: Keep, *, quick: bool) -> None:
    """What the commands cost that a user types."""
    from bench.starting import command_line

    found[COMMAND_LINE] = command_line(repeats=10, runs=1 if quick else 3, cache=scratch / "cache")
    keep(found)
    print("command line done", flush=True)


def measure_reports(found: dict[str, Any], keep: Keep) -> None:
    """What the report costs beside its run, alone."""
    from bench.starting import reports

    found.setdefault(COMMAND_LINE, {})[REPORT] = reports()
    keep(found)
    print("report done", flush=True)


def chosen_steps(steps: Sequence[Step], only: Sequence[str]) -> list[Step]:
    """The steps whose name begins with one of some words; all where there is none."""
    return [step for step in steps if not only or any(step.name.startswith(word) for word in only)]


class Table:
    """bench.json and bench.md in a folder, written anew after each step: what is stopped leaves what it measured."""

    def __init__(self, folder: Path, *, quick: bool, only: Sequence[str]) -> None:
        self.folder, self.quick, self.only = folder, quick, only
        self.start = time.monotonic()
        before = folder / "bench.json"
        self.before: dict[str, Any] = json.loads(before.read_text(encoding="utf-8")) if only and before.exists() else {}
        self.found: dict[str, Any] = self.before.get("found", {})

    def write(self, found: dict[str, Any]) -> None:
        """Both files, from what was found so far."""
        now = about(quick=self.quick, minutes=(time.monotonic() - self.start) / 60)
        told = {"about": now, "sizes": list(sizes_of(found)), "found": found, "again": []}
        if self.before:
            told["about"] = self.before["about"]
            told["again"] = [*self.before.get("again", []), {"parts": list(self.only), "about": now}]
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "bench.json").write_text(json.dumps(told, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        (self.folder / "bench.md").write_text(page(told), encoding="utf-8")


def main() -> None:
    """Measure, and write bench.json and bench.md beside one another after each step."""
    reader = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    reader.add_argument("--quick", action="store_true", help="5 and 13 regions only, few repeats, under 3 minutes")
    reader.add_argument("--only", action="append", default=[], metavar="NAME", help="measure these steps again")
    reader.add_argument("--out", type=Path, help="where to write (default: docs, or build/bench with --quick)")
    chosen = reader.parse_args()
    folder: Path = chosen.out or (ROOT / "build" / "bench" if chosen.quick else ROOT / "docs")
    steps = chosen_steps(QUICK if chosen.quick else FULL, chosen.only)
    table = Table(folder, quick=chosen.quick, only=chosen.only)
    with tempfile.TemporaryDirectory() as scratch:
        measured(steps, Path(scratch), table.found, table.write)
        if not chosen.only or COMMAND_LINE in chosen.only:
            measure_command_line(Path(scratch), table.found, table.write, quick=chosen.quick)
        elif REPORT in chosen.only:
            measure_reports(table.found, table.write)
    print(f"written: {folder / 'bench.md'}, {folder / 'bench.json'}")


if __name__ == "__main__":
    main()
