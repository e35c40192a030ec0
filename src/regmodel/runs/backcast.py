"""Has the model ever been right? Projections scored against what was observed, good or bad."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regmodel.params import MissingFigure, MissingRecord, ParameterBook
from regmodel.projection.migration import pool_name, pools
from regmodel.runs import backcast_words as words
from regmodel.runs import holdout
from regmodel.runs.backcast_doubts import far_off
from regmodel.runs.observations import EXCHANGE_UNITS, Observation, read_census, read_observations
from regmodel.runs.score_summary import mape, summarise
from regmodel.runs.scored_errors import deviations, typical_errors
from regmodel.runs.scoring import (
    PEOPLE,
    URBAN_SHARE,
    Key,
    census_past,
    exchange_rows,
    growth_past,
    pool_of,
    score,
    with_interval,
)
from regmodel.runs.trends import moved_one_at_a_time, trend, values_at
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
FIELDS = (
    "region",
    "variable",
    "year",
    "unit",
    "observed",
    "projected",
    "low",
    "high",
    "constant_rate",
    "constant_share",
    "last_value",
)


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
        """Scores and summary for a JSON writer, with the fields of the contract; ``said`` has the rest in words."""
        return {
            "scores": [{name: row[name] for name in FIELDS} for row in self.scores],
            "summary": {variable: dict(entry) for variable, entry in self.summary.items()},
        }

    def said(self, regions: RegionSets) -> list[Text]:
        """The verdict, what to know, and every row that was not scored with its reason."""
        return [self.sentence, *self.notes, *words.not_scored(self.not_scored, regions)]


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
    imposed = _imposed(book.regions)
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
    notes.append(words.RANGES_ALONE)
    return _told(holdout.START, None, scores, book.regions, [*notes, *words.basis_notes(used)], not_scored)


def backcast_scenario(scenario: Scenario, observations: Sequence[Observation]) -> Backcast:
    """The trend of a scenario from the 2020 base, scored against later observations of any of its variables."""
    regions = scenario.book.regions
    used, not_scored = _usable(observations, (BASE_YEAR, LAST_YEAR), set(EXCHANGE_UNITS), set())
    wanted = [(row.variable, row.region, row.year) for row in used]
    path = trend(scenario)
    values = values_at(scenario, path, _needed(wanted, regions))
    used, nowhere = _split(used, values)
    wanted = [key for key in wanted if key in values]
    others = {variable for variable, _, _ in wanted} - set(PEOPLE)
    moved = moved_one_at_a_time(scenario, wanted, None if others else "population") if wanted else []
    errors = typical_errors(backcast(scenario.book).scores, regions)
    missed = deviations(wanted, values, errors, regions, BASE_YEAR)
    projected = with_interval(exchange_rows(values), moved, missed)
    past = census_past(scenario.book, BASE_YEAR)
    past |= {key: value for key, value in values.items() if key[2] == BASE_YEAR}
    past |= growth_past(scenario.book, values, BASE_YEAR)
    scores = score(projected, _frame(used), past, BASE_YEAR, regions)
    early, _ = _usable(observations, (holdout.START, holdout.END), set(PEOPLE), set(_imposed(regions)))
    notes = [words.from_earlier(holdout.START, holdout.END, len(early))] if early else []
    notes += [words.SHARE_OF_PROJECTED] if scores else []
    notes += [*words.rate_notes(scores, None), *words.basis_notes(used)]
    notes += words.interval_notes(scores, errors)
    if any(row["unit"] == MONEY for row in scores):
        notes.append(words.PRICES)
    return _told(BASE_YEAR, scenario.name, scores, regions, notes, (*not_scored, *nowhere))


def _imposed(regions: RegionSets) -> list[str]:
    """Places whose number of residents the hold-out is told."""
    return [pool_name(regions, pool) for pool in pools(regions)]


def _needed(wanted: Sequence[Key], regions: RegionSets) -> list[Key]:
    """The values that scores, benchmarks and intervals read: of the place, of its members, of the total it shares."""
    needed: dict[Key, None] = {}
    for variable, place, year in wanted:
        places = [place, *regions.members(place)]
        total = pool_of(place, regions)
        if total is not None:
            places.append(total)
        names = {variable, *(PEOPLE if variable in PEOPLE else ())} - {URBAN_SHARE} | {variable}
        needed |= {
            (name, where, when): None for name in sorted(names) for where in places for when in (year, BASE_YEAR)
        }
    return list(needed)


def _split(
    observations: Sequence[Observation], values: Mapping[Key, float]
) -> tuple[list[Observation], list[dict[str, Any]]]:
    """Rows of values that were projected, and the others: some variables are projected for the whole region only."""
    used = [row for row in observations if (row.variable, row.region, row.year) in values]
    reason = Text("not projected for this place", "不按该地区推演")
    nowhere = [_left_out(row, reason) for row in observations if (row.variable, row.region, row.year) not in values]
    return used, nowhere


def _left_out(row: Observation, reason: Text) -> dict[str, Any]:
    return {"region": row.region, "variable": row.variable, "year": row.year, "reason": reason}


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
    not_scored: Sequence[dict[str, Any]],
) -> Backcast:
    summary = summarise(scores, regions)
    found = [*far_off(scores, regions), *words.findings(scores, summary, regions)]
    return Backcast(
        base, scenario, tuple(scores), summary, words.sentence(base, summary), (*found, *notes), tuple(not_scored)
    )


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
            others.append(_left_out(row, reason))
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
