"""One measurement in a process of its own; what it has found is written after every step, lest a limit lose it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench import building, clashing, growing, judging, large, proving, resolving, scaling, workbook
from bench.limits import spend_at_most

MEASURES: dict[str, Callable[..., Iterator[dict[str, Any]]]] = {
    "build": building.build_and_compile,
    "hot": resolving.resolve_hot,
    "verdict": resolving.verdict_hot,
    "rebuild": resolving.resolve_rebuilt,
    "persistent": resolving.resolve_persistent,
    "direct": resolving.solve_by_hand,
    "linopy": resolving.solve_by_linopy,
    "conflicts": clashing.all_conflicts,
    "iis": clashing.one_set,
    "certificates": proving.checks,
    "whole": large.whole_verdict,
    "way": large.by_one_way,
    "provinces": large.by_province,
    "workbook": workbook.read_and_write,
    "judged": judging.judged,
    "judged memory": growing.judged_memory,
    "projections": growing.projections,
    "scaled": scaling.scaled,
}


def main() -> None:
    """Carry out the measurement that is named in the one argument, a JSON object."""
    told = json.loads(sys.argv[1])
    out = Path(told["out"])
    arguments = dict(told["arguments"])
    spend_at_most(told["limit"])
    for found in MEASURES[told["measure"]](Path(arguments.pop("params")), **arguments):
        draft = out.with_suffix(".part")
        draft.write_text(json.dumps(found), encoding="utf-8")
        draft.replace(out)


if __name__ == "__main__":
    main()
