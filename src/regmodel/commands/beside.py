"""What the report of a run is asked to hold beside it: --frontier and --store, both looked at before any solve."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regmodel.vocabulary.problems import Problems
from regmodel.vocabulary.texts import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from regmodel.batch.answers import Answers
    from regmodel.feasibility.easing import End
    from regmodel.report.beside import Beside
    from regmodel.runs import Run
    from regmodel.scenario import Scenario

_TRACING = Text("tracing what two targets cost each other", "计算两项目标之间的取舍")
_OF_ANOTHER = Text('a store of the scenario "{name}"', "情景“{name}”的结果库")
_OF_THIS = Text('a store of the scenario that is run, "{name}"', "所运行情景“{name}”的结果库")
_TO_DO = Text(
    "give the store of a batch on this scenario, or leave --store out",
    "请给出以本情景为基础的批次结果库，或去掉 --store",
)
_AS_IT_WAS = Text('a store of "{name}" with other numbers', "情景“{name}”在其他取值下的结果库")
_AS_IT_IS = Text('a store of "{name}" as it is run', "所运行的情景“{name}”的结果库")
_AGAIN = Text(
    "judge the batch on the scenario as it is now, or leave --store out", "请以现有情景重新计算该批次，或去掉 --store"
)
SIDES = ("low", "high")
Pair = tuple[tuple[str, str | None], tuple[str, str | None]]


@dataclass(frozen=True)
class Wanted:
    """What was asked for: the ends of each pair of clauses, and the answers of the store."""

    pairs: tuple[tuple[End, End], ...] = ()
    answers: Answers | None = None


def declare(verb: Any) -> None:
    """Add the two options to a verb that writes reports."""
    verb.add_argument(
        "--frontier",
        type=pair_of,
        action="append",
        default=[],
        metavar="CLAUSE,CLAUSE",
        help="draw in the report what two clauses cost each other (:low or :high after a name says which end)",
    )
    verb.add_argument(
        "--store", type=Path, metavar="STORE", help="show in the report what this finished batch answers: probabilities"
    )


def pair_of(text: str) -> Pair:
    """The two clauses of a --frontier, each with its end where one is given; raises ArgumentTypeError."""
    names = [part.strip().partition(":") for part in text.split(",")]
    if len(names) != 2 or not all(name and (end in SIDES or not colon) for name, colon, end in names):
        raise argparse.ArgumentTypeError(
            f'"{text}": must be two clauses with a comma, such as nm_urb_2025:low,hbew_gdp_growth'
            " / 须为以逗号分隔的两个条款"
        )
    first, second = ((name, end or None) for name, _, end in names)
    return first, second


def check(options: argparse.Namespace, scenario: Scenario) -> Wanted:
    """What was asked for, as far as it can be had from this scenario; raises InputProblems (K-02, T-01 to T-05, B)."""
    pairs, place = getattr(options, "frontier", []), getattr(options, "store", None)
    answers = None if place is None else _answers(place, scenario)
    return Wanted(_ends(pairs, scenario) if pairs else (), answers)


def _answers(place: Path, scenario: Scenario) -> Answers:
    """What a store answers; raises InputProblems where its batch was on another scenario, or on other numbers."""
    from regmodel.batch.answers import answers_of, finished
    from regmodel.runs.manifest import input_hash

    store, problems = finished(place), Problems()
    base = store.read.scenario
    if base.name != scenario.name:
        found, expected = _OF_ANOTHER.fill(name=base.name), _OF_THIS.fill(name=scenario.name)
        problems.add("K-02", str(place), found, expected, _TO_DO)
    elif input_hash(base) != input_hash(scenario):
        problems.add("K-02", str(place), _AS_IT_WAS.fill(name=base.name), _AS_IT_IS.fill(name=base.name), _AGAIN)
    problems.raise_if_any()
    return answers_of(store)


def _ends(pairs: list[Pair], scenario: Scenario) -> tuple[tuple[End, End], ...]:
    from regmodel.feasibility.end_choice import Asked, check_names
    from regmodel.feasibility.numbers import prepare

    problems = Problems()
    case = prepare(scenario)
    found = []
    for pair in pairs:
        asks = [Asked("--frontier", name, end) for name, end in pair]  # type: ignore[arg-type]
        ends = check_names(case, asks, problems)
        if len(ends) == 2:
            found.append((ends[0], ends[1]))
    problems.raise_if_any()
    return tuple(found)


def gathered(wanted: Wanted, finished: Run, tell: Callable[[Text], None]) -> Beside:
    """The trade-offs traced on the engine of the run, and the answers of the store."""
    from regmodel.report.beside import Beside

    told = []
    for x, y in wanted.pairs:
        from regmodel.feasibility.frontier import frontier
        from regmodel.report.tradeoffs import of_frontier

        tell(_TRACING)
        study = finished.study
        told.append(of_frontier(study.case, frontier(study.case, study.engine, x, y)).fields)
    return Beside(tuple(told), wanted.answers)
