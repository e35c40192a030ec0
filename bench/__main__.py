"""Measure everything in one run and write the table: ``python -m bench [--quick] [--out FOLDER]``."""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.invented import invented_folder
from bench.machine import about
from bench.measure import ROOT, in_child
from bench.plan import FULL, QUICK, Step, sizes_of
from bench.table import page


def measured(steps: tuple[Step, ...], scratch: Path) -> dict[str, Any]:
    """Every step in turn, each in a process of its own, by size and name."""
    from bench.starting import command_line

    found: dict[str, Any] = {}
    cache = scratch / "cache"
    for step in steps:
        params = scratch / str(step.size) / "params"
        if not params.exists():
            params.parent.mkdir(parents=True, exist_ok=True)
            invented_folder(step.size, params)
        start = time.monotonic()
        told = in_child(step.measure, {**step.arguments, "params": str(params)}, step.limit, cache)
        found.setdefault(str(step.size), {})[step.name] = told
        ending = f"not within {step.limit:.0f} s" if "not_within" in told else told.get("failed", "done")
        print(f"{step.size:>4} regions   {step.name:<36} {time.monotonic() - start:7.1f} s   {ending}", flush=True)
    found["command line"] = command_line(repeats=10, runs=1 if steps is QUICK else 3, cache=cache)
    print("command line done", flush=True)
    return found


def main() -> None:
    """Measure, then write bench.json and bench.md beside one another."""
    reader = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    reader.add_argument("--quick", action="store_true", help="5 and 13 regions only, few repeats, under 3 minutes")
    reader.add_argument("--out", type=Path, help="where to write (default: docs, or build/bench with --quick)")
    chosen = reader.parse_args()
    folder: Path = chosen.out or (ROOT / "build" / "bench" if chosen.quick else ROOT / "docs")
    with tempfile.TemporaryDirectory() as scratch:
        start = time.monotonic()
        found = measured(QUICK if chosen.quick else FULL, Path(scratch))
        minutes = (time.monotonic() - start) / 60
    told = {"about": about(quick=chosen.quick, minutes=minutes), "sizes": list(sizes_of(found)), "found": found}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "bench.json").write_text(json.dumps(told, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    (folder / "bench.md").write_text(page(told), encoding="utf-8")
    print(f"written: {folder / 'bench.md'}, {folder / 'bench.json'}")


if __name__ == "__main__":
    main()
