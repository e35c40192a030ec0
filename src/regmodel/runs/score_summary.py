"""Scores put together: error, bias and coverage by variable and by region, and which rules of thumb did better."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from regmodel.runs.scoring import BENCHMARKS
from regmodel.vocabulary.regions import RegionSets

YEARS_FOR_COVERAGE = 3
Row = Mapping[str, Any]


def summarise(scores: Sequence[Row], regions: RegionSets) -> dict[str, dict[str, Any]]:
    """By variable: how many, mean absolute error and bias in per cent of what was observed, beside the benchmarks.

    Where a file has regions and sets, only regions count: people of a set would count twice. ``by_region`` has the
    same for each place alone. A benchmark is compared on the rows for which it says something.
    """
    summary = {}
    for variable in dict.fromkeys(str(row["variable"]) for row in scores):
        rows = [row for row in scores if row["variable"] == variable and row["observed"]]
        if not rows:
            continue
        single = [row for row in rows if row["region"] in regions.ids()] or rows
        places = dict.fromkeys(str(row["region"]) for row in rows)
        summary[variable] = {
            **_errors(single),
            "better_than_constant_share": _better(single, "constant_share"),
            "better_than": [name for name in BENCHMARKS if _better(single, name)],
            "worse_than": [name for name in BENCHMARKS if _worse(single, name)],
            "where_told": {name: told for name in BENCHMARKS if (told := _where_told(single, name))},
            **_coverage(single),
            "by_region": {place: _errors([row for row in rows if row["region"] == place]) for place in places},
        }
    return summary


def _errors(rows: Sequence[Row]) -> dict[str, Any]:
    errors = [100 * (row["projected"] / row["observed"] - 1) for row in rows]
    own = {"n": len(rows), "mape": _mean_size(errors), "bias": sum(errors) / len(errors)}
    return {**own, **{f"mape_{name}": mape(rows, name) for name in BENCHMARKS}}


def _coverage(rows: Sequence[Row]) -> dict[str, Any]:
    """How many observed values the interval held; a share of them only once three years are scored."""
    judged = [row for row in rows if row["low"] is not None and row["high"] is not None]
    inside = sum(row["low"] <= row["observed"] <= row["high"] for row in judged) if judged else None
    enough = len({row["year"] for row in judged}) >= YEARS_FOR_COVERAGE
    return {
        "inside_interval": inside,
        "coverage": inside / len(judged) if enough and inside is not None else None,
    }


def mape(rows: Sequence[Row], name: str) -> float | None:
    """Mean absolute error of ``projected`` or of a benchmark, per cent; None where it says nothing."""
    errors = [100 * (row[name] / row["observed"] - 1) for row in rows if row[name] is not None]
    return _mean_size(errors) if errors else None


def _mean_size(errors: Sequence[float]) -> float:
    return sum(abs(error) for error in errors) / len(errors)


def _pair(rows: Sequence[Row], name: str) -> tuple[float, float] | None:
    """Own error and that of a benchmark, on the rows where both speak; None where there are none."""
    both = [row for row in rows if row[name] is not None]
    own, other = mape(both, "projected"), mape(both, name)
    return None if own is None or other is None else (own, other)


def _where_told(rows: Sequence[Row], name: str) -> dict[str, float] | None:
    """Of how many values a benchmark says something, and the model's own error on these; None where of none."""
    both = [row for row in rows if row[name] is not None]
    own = mape(both, "projected")
    return None if own is None else {"n": len(both), "mape": own}


def _better(rows: Sequence[Row], name: str) -> bool | None:
    pair = _pair(rows, name)
    return None if pair is None else pair[0] < pair[1]


def _worse(rows: Sequence[Row], name: str) -> bool:
    pair = _pair(rows, name)
    return pair is not None and pair[0] > pair[1]
