"""All themes of the arithmetic in the order of a report, and the two questions that the register answers alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from regmodel.params import MissingFigure, MissingRecord, ParameterBook
from regmodel.plans.arithmetic.base_year_targets import BaseYearStanding, met_before_it_began, standing_at_base
from regmodel.plans.arithmetic.city_water import independent_demand
from regmodel.plans.arithmetic.finding import STATUSES, Contradiction, phrase
from regmodel.plans.arithmetic.key_regions import share_of_the_plans_own_parts, share_of_whole_cities
from regmodel.plans.arithmetic.land_quota import quota_against_people, red_line, standard_in_the_last_year
from regmodel.plans.arithmetic.moves_to_town import moves_against_history, moves_against_share
from regmodel.plans.arithmetic.output_growth import growth_against_history
from regmodel.plans.arithmetic.printed_shares import (
    differences_of_clauses,
    series_that_break,
    shares_of_a_whole,
    sums_of_cities,
)
from regmodel.plans.arithmetic.register import Register
from regmodel.plans.arithmetic.urban_headcount import level_against_growth, rest_of_the_region
from regmodel.plans.arithmetic.urban_outlook import headcount_of_the_last_year, trend_against_targets
from regmodel.plans.arithmetic.water_efficiency import industrial_intensity, output_intensity_against_cap
from regmodel.plans.clause import Clause
from regmodel.vocabulary.regions import UnknownRegion

THEMES: tuple[Callable[[Register], Iterator[Contradiction]], ...] = (
    level_against_growth,
    rest_of_the_region,
    moves_against_share,
    moves_against_history,
    share_of_whole_cities,
    share_of_the_plans_own_parts,
    growth_against_history,
    industrial_intensity,
    output_intensity_against_cap,
    independent_demand,
    quota_against_people,
    standard_in_the_last_year,
    red_line,
    trend_against_targets,
    headcount_of_the_last_year,
    met_before_it_began,
    shares_of_a_whole,
    sums_of_cities,
    differences_of_clauses,
    series_that_break,
)


def contradictions(clauses: Iterable[Clause], book: ParameterBook) -> list[Contradiction]:
    """What the clauses and the records say by arithmetic alone, contradictions first, then in the order of themes.

    A theme whose clauses are absent says nothing; one whose records are absent says that it could not be made.
    """
    register = Register.of(clauses, book)
    found: list[Contradiction] = []
    for theme in THEMES:
        try:
            found.extend(theme(register.afresh()))
        except (MissingFigure, MissingRecord, UnknownRegion) as missing:
            found.append(_not_made(theme.__name__, str(missing)))
    return sorted(found, key=lambda finding: STATUSES.index(finding.status))


def _not_made(theme: str, why: str) -> Contradiction:
    name = theme.replace("_", " ")
    return Contradiction(
        id=f"not_made.{theme}",
        clauses=(),
        readings={},
        region="",
        year=None,
        amount=0.0,
        unit="",
        sentence=phrase(
            "The check of {name} could not be made: {why}.", "“{name}”一项无法核对：{why}。", name=name, why=why
        ),
        working=(),
        status="check",
        assumed=False,
    )


def met_at_base(clauses: Iterable[Clause], book: ParameterBook) -> dict[str, BaseYearStanding]:
    """Where each target stood in its base year, by clause id, for targets with a printed or census value."""
    return {standing.clause: standing for standing in standing_at_base(Register.of(clauses, book))}
