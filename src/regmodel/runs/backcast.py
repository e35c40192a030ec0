"""Has the model ever been right? Projections scored against what was observed, good or bad."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regmodel.params import BaseYear, Change, MissingFigure, MissingRecord, ParameterBook, base_year
from regmodel.projection.coefficients import coefficients
from regmodel.projection.migration import pool_name, pools
from regmodel.projection.rules import trend_decisions, trend_of_people
from regmodel.projection.trajectory import LOADS, PUBLIC_WATER, exchange_frame, trace
from regmodel.runs import backcast_words as words
from regmodel.runs import holdout
from regmodel.runs.observations import Observation, read_census, read_observations
from regmodel.runs.scoring import (
    PEOPLE,
    Key,
    census_past,
    exchange_rows,
    mape,
    people_values,
    score,
    summarise,
    with_interval,
)
from regmodel.scenario import Scenario, load
from regmodel.vocabulary.problems import Problems
from regmodel.vocabulary.regions import RegionSets
from regmodel.vocabulary.sets import BASE_YEAR, LAST_YEAR
from regmodel.vocabulary.texts import Text

if TYPE_CHECKING:
    import pandas as pd

BASE_YEARS = (holdout.START, BASE_YEAR)
SCENARIO = "baseline"
MONEY = "10^8 CNY"


@dataclass(frozen=True)
class Backcast:
    """Scores (exchange units), their summary by variable in per cent, the verdict in a sentence, and what to know."""

    base_year: int
    scenario: str | None
    scores: tuple[dict[str, Any], ...]
    summary: Mapping[str, dict[str, Any]]
    sentence: Text
    notes: tuple[Text, ...]
    not_scored: tuple[dict[str, Any], ...]

    def as_dict(self) -> dict[str, Any]:
        """For a run: plain values, with texts in both languages kept together."""
        return {
            "base_year": self.base_year,
            "scenario": self.scenario,
            "scores": [dict(row) for row in self.scores],
            "summary": {variable: dict(entry) for variable, entry in self.summary.items()},
            "sentence": self.sentence,
            "notes": list(self.notes),
            "not_scored": [dict(row) for row in self.not_scored],
        }

    def as_json(self) -> dict[str, Any]:
        """The same with texts as objects of two languages, ready for a JSON writer."""
        plain = self.as_dict()
        plain["sentence"] = _languages(self.sentence)
        plain["notes"] = [_languages(note) for note in self.notes]
        plain["not_scored"] = [{**row, "reason": _languages(row["reason"])} for row in self.not_scored]
        return plain


def _languages(text: Text) -> dict[str, str]:
    return {"en": text.en, "zh": text.zh}


def backcast(book: ParameterBook, observations: Sequence[Observation] | None = None) -> Backcast:
    """The projection of people from 2010, scored against ``observations`` (the shipped census file by default).

    Where the records hold no census of 2010 or no total of 2020 nothing is scored, and the sentence says so.
    """
    seen = read_census(book) if observations is None else tuple(observations)
    try:
        inputs = holdout.read_inputs(book)
    except (MissingFigure, MissingRecord) as missing:
        why = words.nothing(Text(str(missing), f"记录缺失（{missing}）"))
        return Backcast(holdout.START, None, (), {}, why, (), ())
    moved = [
        (holdout.projected_values(low), holdout.projected_values(high))
        for low, high in holdout.moved_inputs(book, inputs)
    ]
    projected = with_interval(exchange_rows(holdout.projected_values(inputs)), moved)
    imposed = [pool_name(book.regions, pool) for pool in pools(book.regions)]
    used, not_scored = _usable(seen, (holdout.START, holdout.END), set(PEOPLE), set(imposed))
    scores = score(projected, _frame(used), census_past(book, holdout.START), holdout.START, book.regions)
    notes = [
        words.fed(book.regions, imposed),
        inputs.pattern_said,
        words.UNIFORM,
        words.PACE,
        words.CEILINGS,
        words.DEFINITION,
    ]
    notes += words.rate_notes(scores, _scaled_rate_error(scores, inputs, book.regions))
    return _told(holdout.START, None, scores, book.regions, [*notes, *words.basis_notes(used)], not_scored)


def backcast_scenario(scenario: Scenario, observations: Sequence[Observation]) -> Backcast:
    """The trend of a scenario from the 2020 base, scored against later observations of any of its variables."""
    base = base_year(scenario.book)
    projected = _trend_frame(scenario, base)
    used, not_scored = _usable(observations, (BASE_YEAR, LAST_YEAR), set(projected["variable"]), set())
    wanted = {row.variable for row in used}
    projected = with_interval(projected, _moved_trends(scenario, base) if wanted & set(PEOPLE) else [])
    past = census_past(scenario.book, BASE_YEAR)
    opening = projected[projected["year"] == BASE_YEAR]
    for variable, region, value in zip(opening["variable"], opening["region"], opening["value"], strict=True):
        past[str(variable), str(region), BASE_YEAR] = float(value)
    scores = score(projected, _frame(used), past, BASE_YEAR, scenario.book.regions)
    notes = [words.SHARE_OF_PROJECTED, *words.rate_notes(scores, None), *words.basis_notes(used)]
    if wanted - set(PEOPLE):
        notes.append(words.NO_INTERVAL)
    if any(row["unit"] == MONEY for row in scores):
        notes.append(words.PRICES)
    return _told(BASE_YEAR, scenario.name, scores, scenario.book.regions, notes, not_scored)


def backcast_file(path: Path, base: int = BASE_YEAR, scenario: Scenario | None = None) -> Backcast:
    """Score a file of observations: from 2010 the hold-out of people, from 2020 the trend of the baseline scenario.

    Raises InputProblems for the file, for the base year and for a scenario that cannot be read.
    """
    if base not in BASE_YEARS:
        problems = Problems()
        years = Text(" or ".join(map(str, BASE_YEARS)), " 或 ".join(map(str, BASE_YEARS)))
        problems.add("O-10", "--base", str(base), years, Text("choose one of the two", "请选择其一"))
        problems.raise_if_any()
    chosen = load(SCENARIO) if scenario is None else scenario
    observations = read_observations(path, chosen.book)
    if base == holdout.START:
        return backcast(chosen.book, observations)
    return backcast_scenario(chosen, observations)


def _told(
    base: int,
    scenario: str | None,
    scores: list[dict[str, Any]],
    regions: RegionSets,
    notes: list[Text],
    not_scored: tuple[dict[str, Any], ...],
) -> Backcast:
    summary = summarise(scores, regions)
    found = words.findings(scores, summary, regions)
    return Backcast(base, scenario, tuple(scores), summary, words.sentence(base, summary), (*found, *notes), not_scored)


def _usable(
    observations: Sequence[Observation], span: tuple[int, int], variables: set[str], imposed: set[str]
) -> tuple[list[Observation], tuple[dict[str, Any], ...]]:
    """Rows that can be scored, and the others, each with its reason: rows in are rows used and rows reported."""
    used, others = [], []
    for row in observations:
        reason = None
        if row.year <= span[0]:
            reason = Text("not later than the base year", "不晚于基年")
        elif row.year > span[1]:
            reason = Text(f"later than {span[1]}, where the projection ends", f"晚于推演终止年{span[1]}")
        elif row.variable not in variables:
            reason = Text("not projected from this base year", "自该基年起不推演此变量")
        elif row.region in imposed and row.variable == "population":
            reason = Text("an imposed total", "总量由外部给定")
        if reason is None:
            used.append(row)
        else:
            others.append({"region": row.region, "variable": row.variable, "year": row.year, "reason": reason})
    return used, tuple(others)


def _frame(observations: Sequence[Observation]) -> pd.DataFrame:
    import pandas as pd

    columns = ["region", "variable", "year", "value", "unit", "basis"]
    return pd.DataFrame([[getattr(row, name) for name in columns] for row in observations], columns=columns)


def _scaled_rate_error(
    scores: Sequence[Mapping[str, Any]], inputs: holdout.Inputs, regions: RegionSets
) -> float | None:
    """Mean error of constant rates scaled to the total of their pool in the last year; None unless all have one."""
    home = [region for region in regions.members(regions.home) if region in regions.ids()]
    rows = {
        row["region"]: row
        for row in scores
        if row["variable"] == "population" and row["year"] == holdout.END and row["constant_rate"] is not None
    }
    if not set(home) <= set(rows):
        return None
    total = sum(rows[region]["constant_rate"] for region in home)
    factor = inputs.totals[regions.home] / total
    scaled = [{**rows[region], "scaled": factor * rows[region]["constant_rate"]} for region in home]
    return mape(scaled, "scaled")


def _trend_frame(scenario: Scenario, base: BaseYear) -> pd.DataFrame:
    """Every variable of the trend in the exchange shape."""
    paths = coefficients(scenario, base)
    per_point = {
        active.clause.id: active.clause.value
        for active in scenario.clauses
        if active.clause.id in {*LOADS.values(), *PUBLIC_WATER.values()} and active.clause.value is not None
    }
    return exchange_frame(trace(scenario.name, paths, trend_decisions(scenario, paths)), scenario.book, per_point)


def _moved_trends(scenario: Scenario, base: BaseYear) -> list[tuple[dict[Key, float], dict[Key, float]]]:
    """People on the trend with each assumption on population at its low and at its high end, one at a time."""
    pairs = []
    for key, record in scenario.book.records.items():
        if record.subject != "population" or record.low is None or record.high is None:
            continue
        low, high = (_people_with(scenario, base, key, end) for end in (record.low, record.high))
        pairs.append((low, high))
    return pairs


def _people_with(scenario: Scenario, base: BaseYear, key: str, printed: str) -> dict[Key, float]:
    moved = replace(scenario, book=scenario.book.with_values({key: Change(printed)}))
    moves = trend_of_people(moved, coefficients(moved, base))
    return people_values(base.regions, moves.urban_population, moves.rural_population, BASE_YEAR + 1)
