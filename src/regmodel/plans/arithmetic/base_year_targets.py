"""Targets that the base year met already, against printed values of that year and the census."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from regmodel.params import MissingFigure
from regmodel.plans.arithmetic.finding import Contradiction, phrase, signed, told
from regmodel.plans.arithmetic.register import Register, base_year
from regmodel.plans.clause import Clause
from regmodel.plans.wording import bounds
from regmodel.vocabulary.regions import UnknownRegion
from regmodel.vocabulary.texts import Text, same

_MET_BEFORE_IT_BEGAN = Text(
    ("{place} stood at {base} {unit} in {year}; the target is {said}, measured against {target}: {verdict} ({gap})."),
    ("{place}{year}年为{base}{unit}；目标为{said}，比较值{target}：{verdict}（{gap}）。"),
)


@dataclass(frozen=True)
class BaseYearStanding:
    """Where a target stood in its base year, in the printed unit; ``seen_in`` is a clause or the records."""

    clause: str
    base: float
    target: float
    unit: str
    year: int
    met: bool
    seen_in: str
    assumed: bool


def standing_at_base(register: Register) -> Iterator[BaseYearStanding]:
    """Every target with one lower end for which the base year has a printed or a census value."""
    for clause in register:
        if clause.kind != "target" or clause.year_from is None:
            continue
        if clause.sense == "rising":
            yield from _rising(register, clause)
        elif clause.sense == ">=" and clause.value is not None:
            seen = _printed_base(register, clause, base_year(clause))
            if seen is not None and seen.value is not None:
                low = bounds(clause).low
                target = clause.value if low is None else low
                met = seen.value >= target
                own = register.afresh()
                own.taken(clause)
                own.taken(seen)
                yield BaseYearStanding(
                    clause.id, seen.value, target, clause.unit, base_year(clause), met, seen.id, own.assumed
                )


def _printed_base(register: Register, clause: Clause, year: int) -> Clause | None:
    key = ("baseline", clause.variable, clause.region, year, clause.unit)
    return next((o for o in register if (o.kind, o.variable, o.region, o.year_to, o.unit) == key), None)


def _rising(register: Register, clause: Clause) -> Iterator[BaseYearStanding]:
    """A share that must not fall: the census of the later base year against the printed one."""
    seen = _printed_base(register, clause, clause.year_from or 0)
    years = [o.year_to for o in register if o.kind == "baseline" and o.variable == clause.variable and o.year_to]
    if seen is None or seen.value is None or not years:
        return
    year = max(years)
    own = register.afresh()
    own.taken(seen)
    try:
        share = own.total("urban_population", clause.region, year) / own.total("population", clause.region, year)
    except (MissingFigure, UnknownRegion):
        return
    yield BaseYearStanding(
        clause.id, 100 * share, seen.value, seen.unit, year, 100 * share >= seen.value, seen.id, own.assumed
    )


def met_before_it_began(register: Register) -> Iterator[Contradiction]:
    """A finding for each target that its base year met, and for each that had a distance to go."""
    for standing in standing_at_base(register):
        clause = register[standing.clause]
        unit = clause.unit_words if clause.unit else register[standing.seen_in].unit_words
        yield Contradiction(
            id=f"base_year_targets.{clause.id}",
            clauses=tuple(dict.fromkeys((clause.id, standing.seen_in))),
            readings={},
            region=clause.region,
            year=standing.year,
            amount=standing.base - standing.target,
            unit="percentage points" if standing.unit == "%" else standing.unit,
            sentence=told(
                _MET_BEFORE_IT_BEGAN,
                place=register.place(clause.region),
                base=f"{standing.base:,.4g}",
                unit=unit if unit is not None else standing.unit,
                year=standing.year,
                said=clause.said(),
                target=f"{standing.target:,g}",
                verdict=phrase("met before it began", "起始时已达到")
                if standing.met
                else phrase("a distance was left to go", "起始时尚有差距"),
                gap=signed(standing.base - standing.target, 1),
            ),
            working=(
                same(f"{standing.base:,.4g} - {standing.target:,g} = {signed(standing.base - standing.target, 2)}"),
            ),
            status="already_met" if standing.met else "check",
            assumed=standing.assumed,
        )
