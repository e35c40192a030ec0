"""Which scenarios of a workbook are run, and their runs side by side, earlier ones that still hold among them."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from regmodel.commands.terminal import teller
from regmodel.vocabulary.problems import Problems, did_you_mean
from regmodel.vocabulary.texts import Language, Text

if TYPE_CHECKING:
    from regmodel.runs import Run
    from regmodel.runs.comparing import Comparison
    from regmodel.scenario import Scenario

ALL = "all"


def chosen(name: str | None, scenarios: Sequence[Scenario], book: str) -> list[Scenario]:
    """The scenarios of that name, the first without one, every one for ``all``; raises InputProblems."""
    if name is None:
        return [scenarios[0]]
    if name == ALL:
        return list(scenarios)
    found = [one for one in scenarios if one.name == name]
    if not found:
        names = [*(one.name for one in scenarios), ALL]
        problems = Problems()
        problems.add(
            "W-51",
            f"{book}   --scenario",
            f'"{name}"',
            Text(f"a scenario of this workbook: {', '.join(names)}", f"本工作簿的情景：{'、'.join(names)}"),
            did_you_mean(name, names),
        )
        problems.raise_if_any()
    return found


def refuse_choice(name: str) -> None:
    """An input that holds one scenario has none to choose from; raises InputProblems."""
    problems = Problems()
    problems.add(
        "W-52",
        name,
        Text("--scenario with an input that holds one scenario", "对只含一个情景的输入使用 --scenario"),
        Text("a workbook, which may hold several", "可含多个情景的工作簿"),
        Text("take --scenario out", "请去掉 --scenario"),
    )
    problems.raise_if_any()


def side_by_side(
    scenarios: Sequence[Scenario], runs: Mapping[str, Run], options: argparse.Namespace, language: Language
) -> Comparison | None:
    """The runs of the scenarios, each compared with the first; None unless the first and another one were run.

    A run that was made before counts as long as its inputs, its code and its options are still the same: that is what
    its id says.
    """
    from regmodel.runs.comparing import compare
    from regmodel.runs.manifest import run_id

    found: list[Run | Path] = []
    for one in scenarios:
        key = run_id(one, options.by)
        run = runs.get(key) or _earlier(key, options.out)
        if run is not None:
            found.append(run)
        elif one is scenarios[0]:
            return None
    return compare(*found, tell=teller(language)) if len(found) > 1 else None


def _earlier(run_id: str, out: Path) -> Path | None:
    """The folder of an earlier run of this id, or None."""
    for folder in sorted(out.glob(f"*-{run_id[:8]}")):
        verdict = folder / "verdict.json"
        if verdict.is_file() and json.loads(verdict.read_text(encoding="utf-8")).get("run_id") == run_id:
            return folder
    return None
