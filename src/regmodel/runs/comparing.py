"""Runs side by side: assumptions that differ, results that differ, and a difference split over the assumptions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regmodel.projection.trajectory import COLUMNS
from regmodel.runs import compare_words as words
from regmodel.runs.attributing import ATTAINABILITY, Attribution, Worths, attribute
from regmodel.runs.differing import Assumption, differing, shipped
from regmodel.runs.manifest import code_hash, input_hash
from regmodel.runs.model import Run
from regmodel.runs.observations import EXCHANGE_UNITS
from regmodel.runs.stored import PROGRAMME, StoredRun, stored
from regmodel.vocabulary.problems import Problems, did_you_mean
from regmodel.vocabulary.sets import BASE_YEAR, LAST_YEAR
from regmodel.vocabulary.texts import Text, same

if TYPE_CHECKING:
    import pandas as pd

HEADLINES = (
    "population",
    "urbanisation_rate",
    "gdp",
    "water_use_total",
    "water_needed",
    "water_shortage",
    "urban_construction_land",
)
YEARS = (2025, 2030, 2035)
PROJECTION, PROGRAMMED = "projection", "programme"
PARTS = ("run", "of", "region", "year", "unit", "assumption", "part", "error")
ROUNDING = 1e-9
FIELDS = ("verdict", "grade", "attainability", "conflicts")


@dataclass(frozen=True)
class Total:
    """One value of the trajectories that differs, by run."""

    variable: str
    region: str
    year: int
    unit: str
    path: str
    values: tuple[float, ...]


@dataclass(frozen=True)
class ClauseResult:
    """A clause whose status, value or margin differs, by run."""

    clause: str
    unit: str
    statuses: tuple[str | None, ...]
    values: tuple[float | None, ...]
    margins: tuple[float | None, ...]


@dataclass(frozen=True)
class Comparison:
    """What differs between runs, totals at ``place``.

    ``outcomes`` holds verdict, grade, attainability and the number of conflicts, by run.
    """

    runs: tuple[StoredRun, ...]
    place: str
    assumptions: tuple[Assumption, ...]
    outcomes: Mapping[str, tuple[Any, ...]]
    clauses: tuple[ClauseResult, ...]
    totals: tuple[Total, ...]
    attributions: tuple[Attribution, ...]
    notes: tuple[Text, ...]

    def frame(self) -> pd.DataFrame:
        """The totals that differ in the exchange shape; ``scenario`` is the run, and ``:programme`` marks its plan."""
        import pandas as pd

        rows = []
        for total in self.totals:
            mark = PROGRAMME if total.path == PROGRAMMED else ""
            for run, value in zip(self.runs, total.values, strict=True):
                rows.append([f"{run.place}{mark}", total.region, total.variable, total.unit, total.year, value])
        return pd.DataFrame(rows, columns=list(COLUMNS))

    def parts(self) -> pd.DataFrame:
        """What each assumption contributes to each difference that was split; errors are of drawn orders."""
        import pandas as pd

        rows = [
            [self.runs[one.run].place, one.of, one.region, one.year, one.unit, key, float(part), error]
            for one in self.attributions
            for key, part, error in zip(one.keys, one.split.parts, one.split.errors, strict=True)
        ]
        return pd.DataFrame(rows, columns=list(PARTS))


def compare(
    *runs: Run | StoredRun | Path | str,
    of: Sequence[str] = (),
    region: str | None = None,
    year: int = LAST_YEAR,
    orders: int | None = None,
    params: Path | None = None,
    tell: Callable[[Text], None] = lambda stage: None,
    with_share: bool = False,
) -> Comparison:
    """Compare runs, or run folders, and split what differs over the assumptions that differ.

    ``of`` names the results to split: variables of the trajectory at ``region`` (the whole region unless told) and
    ``year``, or ``attainability``, which takes a solve for each set of assumptions. Without it every headline of the
    projection that differs is split, or, where none does, attainability as long as few assumptions differ. Each later
    run is compared with the first. ``with_share`` adds attainability to the headlines where verdicts differ and few
    assumptions do. ``params`` is another folder of records than the shipped one. Raises InputProblems.
    """
    if len(runs) < 2:
        problems = Problems()
        problems.add("C-01", "compare", str(len(runs)), words.TWO_RUNS, words.GIVE_TWO)
        problems.raise_if_any()
    told = tuple(run if isinstance(run, StoredRun) else stored(run) for run in runs)
    bare = shipped(params)
    place = _checked(told, of, region, year)
    scenarios = [one.scenario for one in told]
    assumptions = differing(scenarios, bare)
    totals = tuple(_totals(told, place))
    worths = Worths(bare, place, year, tell)
    attributions: list[Attribution] = []
    notes = _notes(told)
    for number, one in enumerate(told[1:], start=1):
        mine = [each for each in assumptions if each.settings[0] != each.settings[number]]
        wanted = tuple(of) or _worth_splitting(told[0], one, totals, number, year, len(mine))
        if with_share and not of and len(mine) <= words.FEW and one.verdict["verdict"] != told[0].verdict["verdict"]:
            wanted = tuple(dict.fromkeys((*wanted, ATTAINABILITY)))
        found, said = attribute(worths, told[0].scenario, one.scenario, mine, number, wanted, orders)
        attributions += found
        notes += said
    return Comparison(
        told, place, assumptions, _outcomes(told), tuple(_clauses(told)), totals, tuple(attributions), tuple(notes)
    )


def _checked(told: Sequence[StoredRun], of: Sequence[str], region: str | None, year: int) -> str:
    """The place of the results; every name that there is not is noted."""
    problems = Problems()
    regions = told[0].scenario.book.regions
    for one in told[1:]:
        if one.scenario.book.regions.ids() != regions.ids():
            problems.add("C-05", one.place, words.OTHER_REGIONS, words.SAME_REGIONS, words.SAME_RECORDS)
    names = [ATTAINABILITY, *EXCHANGE_UNITS]
    for name in of:
        if name not in names:
            problems.add("C-02", "--of", f'"{name}"', words.A_RESULT, did_you_mean(name, names))
    places = [*regions.ids(), *regions.sets]
    if region is not None and region not in places:
        problems.add("C-03", "--region", f'"{region}"', words.A_PLACE, did_you_mean(region, places))
    if not BASE_YEAR < year <= LAST_YEAR:
        span = same(f"{BASE_YEAR + 1}–{LAST_YEAR}")
        problems.add("C-04", "--year", str(year), words.A_YEAR.fill(span=span.en), words.CHOOSE_YEAR)
    problems.raise_if_any()
    return regions.home if region is None else region


def _outcomes(told: Sequence[StoredRun]) -> dict[str, tuple[Any, ...]]:
    def field(verdict: Mapping[str, Any], name: str) -> Any:
        if name == "grade":
            return (verdict.get("rests_on") or {}).get("grade")
        return len(verdict.get("conflicts") or ()) if name == "conflicts" else verdict.get(name)

    return {name: tuple(field(one.verdict, name) for one in told) for name in FIELDS}


def _clauses(told: Sequence[StoredRun]) -> list[ClauseResult]:
    by_run = [{str(entry["id"]): entry for entry in one.verdict.get("clauses", ())} for one in told]
    found = []
    for clause in dict.fromkeys(name for entries in by_run for name in entries):
        rows = [entries.get(clause) for entries in by_run]
        statuses = tuple(None if row is None else str(row["status"]) for row in rows)
        values = tuple(None if row is None else row.get("value") for row in rows)
        margins = tuple(None if row is None else row.get("margin") for row in rows)
        if len(set(statuses)) > 1 or _differ(values) or _differ(margins):
            unit = next(str(row["unit"]) for row in rows if row is not None)
            found.append(ClauseResult(clause, unit, statuses, values, margins))
    return found


def _differ(values: Sequence[float | None]) -> bool:
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return bool(known)
    return bool(known) and max(known) - min(known) > ROUNDING * max(1.0, *(abs(value) for value in known))


def _totals(told: Sequence[StoredRun], place: str) -> list[Total]:
    frames = []
    for one in told:
        rows = one.trajectory[one.trajectory["region"] == place]
        of_plan = rows["scenario"].str.endswith(PROGRAMME)
        paths = {PROJECTION: rows[~of_plan], PROGRAMMED: rows[of_plan]}
        frames.append(
            {
                (path, str(variable), int(year)): float(value)
                for path, part in paths.items()
                for variable, year, value in zip(part["variable"], part["year"], part["value"], strict=True)
            }
        )
    found = []
    for path in (PROJECTION, PROGRAMMED):
        for variable in HEADLINES:
            for year in YEARS:
                key = path, variable, year
                values = tuple(frame[key] for frame in frames if key in frame)
                if len(values) == len(frames) and _differ(values):
                    found.append(Total(variable, place, year, EXCHANGE_UNITS[variable], path, values))
    return found


def _worth_splitting(
    first: StoredRun, other: StoredRun, totals: Sequence[Total], number: int, year: int, assumptions: int
) -> tuple[str, ...]:
    """Headlines of the projection that differ in the year; where none does, attainability if it takes few solves."""
    moved = [
        one.variable
        for one in totals
        if one.path == PROJECTION and one.year == year and _differ((one.values[0], one.values[number]))
    ]
    if moved:
        return tuple(moved)
    pair = first.verdict.get(ATTAINABILITY), other.verdict.get(ATTAINABILITY)
    return (ATTAINABILITY,) if assumptions <= words.FEW and _differ(pair) else ()


def _notes(told: Sequence[StoredRun]) -> list[Text]:
    notes = []
    for one in told:
        if one.manifest.get("inputs") not in (None, input_hash(one.scenario)):
            notes.append(words.OTHER_RECORDS.fill(run=one.place))
        if not one.trajectory["scenario"].str.endswith(PROGRAMME).any():
            notes.append(words.NO_PLAN.fill(run=one.place))
        if one.manifest.get("code") not in (None, code_hash()):
            notes.append(words.OTHER_CODE.fill(run=one.place))
    return notes


def as_json(found: Comparison) -> dict[str, Any]:
    """The comparison as plain values, with every part of a split beside its error."""
    return {
        "runs": [{"run": one.place, "scenario": one.scenario.name, **_ids(one)} for one in found.runs],
        "assumptions": [{"key": one.key, "unit": one.unit, "values": list(one.values)} for one in found.assumptions],
        "outcomes": {name: list(values) for name, values in found.outcomes.items()},
        "clauses": [
            {
                "clause": one.clause,
                "unit": one.unit,
                "statuses": list(one.statuses),
                "values": list(one.values),
                "margins": list(one.margins),
            }
            for one in found.clauses
        ],
        "totals": [{**vars(one), "values": list(one.values)} for one in found.totals],
        "attributions": [one.as_json() for one in found.attributions],
        "notes": [{"en": note.en, "zh": note.zh} for note in found.notes],
    }


def _ids(one: StoredRun) -> dict[str, Any]:
    return {"run_id": one.verdict.get("run_id"), "made": one.manifest.get("made")}
