"""The projection of people from 2010: nothing of 2020 but two totals, nobody lost, and the score as it falls."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from regmodel.params import Change, ParameterBook
from regmodel.projection.migration import pool_name, pools
from regmodel.runs import holdout
from regmodel.runs.backcast import Backcast, backcast
from regmodel.runs.observations import Observation, census_observations, read_observations

TOTALS = {"INNER_MONGOLIA", "YULIN"}


def without(book: ParameterBook, years: range, kept: set[str] = frozenset()) -> ParameterBook:  # type: ignore[assignment]
    """The book without the figures of some years, but for the population of the places kept."""
    figures = [
        figure
        for figure in book.figures
        if figure.year not in years or (figure.variable == "population" and figure.region in kept)
    ]
    return replace(book, figures=tuple(figures))


def test_constant_share_misses_the_leagues_by_10_6_per_cent(book: ParameterBook, shipped: Backcast) -> None:
    """The published benchmark, recomputed from the records: each league keeps its share of the total of 2010."""
    leagues = book.regions.members("INNER_MONGOLIA")
    then = {league: book.figure("population", league, 2010) for league in leagues}
    now = {league: book.figure("population", league, 2020) for league in leagues}
    factor = sum(now.values()) / sum(then.values())
    errors = [100 * abs(factor * then[league] / now[league] - 1) for league in leagues]
    assert sum(errors) / len(errors) == pytest.approx(10.6, abs=0.05)
    assert shipped.summary["population"]["mape_constant_share"] == pytest.approx(sum(errors) / len(errors), rel=1e-9)


def test_the_hard_case_is_ulanqab(book: ParameterBook) -> None:
    """It lost a fifth of its people: (170.6328 / 214.359 - 1) = -20.4 %."""
    lost = book.figure("population", "ULANQAB", 2020) / book.figure("population", "ULANQAB", 2010) - 1
    assert 100 * lost == pytest.approx(-20.4, abs=0.05)


def test_the_leagues_of_2000_add_up_to_the_printed_total(book: ParameterBook) -> None:
    """23 323 347 persons."""
    leagues = book.regions.members("INNER_MONGOLIA")
    assert sum(book.figure("population", league, 2000) for league in leagues) == pytest.approx(2332.3347, abs=1e-9)


def test_the_projection_is_better_than_constant_share(shipped: Backcast) -> None:
    """Scores of 2020 as they came out, without any tuning; a number that moves here needs a word in the changelog."""
    found = {variable: (entry["n"], round(entry["mape"], 1)) for variable, entry in shipped.summary.items()}
    assert found == {"population": (12, 5.9), "urban_population": (13, 6.4), "urbanisation_rate": (13, 3.2)}
    assert all(entry["better_than_constant_share"] for entry in shipped.summary.values())


def test_the_interval_is_no_better_than_it_is(shipped: Backcast) -> None:
    """It holds two of twelve populations: too narrow, and said so; one year is too few for a coverage."""
    entry = shipped.summary["population"]
    assert (entry["inside_interval"], entry["coverage"]) == (2, None)
    assert any("2 of 12" in note.en for note in shipped.notes)
    assert any("not assessable" in note.en for note in shipped.notes)
    for row in shipped.scores:
        assert row["low"] <= row["projected"] <= row["high"]


def test_no_city_figure_after_2010_moves_the_projection(book: ParameterBook, inputs: holdout.Inputs) -> None:
    """Every city of 2020 is changed at random in the records; the hold-out does not notice."""
    random = np.random.default_rng(2020)
    changes = {
        figure.key: Change(round(figure.value * random.uniform(0.5, 1.5), 4))
        for figure in book.figures
        if figure.year > 2010 and figure.variable in ("population", "urban_population")
        if not (figure.variable == "population" and figure.region in TOTALS)
    }
    assert len(changes) > 25
    disturbed = holdout.read_inputs(book.with_values(changes))
    assert holdout.projected_values(disturbed) == holdout.projected_values(inputs)


def test_the_projection_runs_on_records_that_end_in_2010(book: ParameterBook, inputs: holdout.Inputs) -> None:
    """With every later figure deleted but the two totals, all numbers are the same."""
    blind = without(book, range(2011, 2100), TOTALS)
    assert holdout.projected_values(holdout.read_inputs(blind)) == holdout.projected_values(inputs)


def test_the_imposed_totals_are_used(book: ParameterBook, inputs: holdout.Inputs) -> None:
    more = holdout.read_inputs(book.with_values({"baseline.population.INNER_MONGOLIA.2020": Change("2500")}))
    assert holdout.projected_values(more)["population", "INNER_MONGOLIA", 2020] == pytest.approx(2500, rel=1e-12)
    before = holdout.projected_values(inputs)["population", "YULIN", 2020]
    assert holdout.projected_values(more)["population", "YULIN", 2020] == before


def test_what_is_observed_never_enters_the_projection(book: ParameterBook, shipped: Backcast) -> None:
    """Other observations give other scores of the same projection."""
    seen = read_observations(census_observations(), book)
    other = backcast(book, [replace(row, value=row.value * 0.9) for row in seen])
    assert [row["projected"] for row in other.scores] == [row["projected"] for row in shipped.scores]
    assert [row["observed"] for row in other.scores] != [row["observed"] for row in shipped.scores]


@pytest.mark.parametrize("census_before", [True, False], ids=["pattern of 2000-2010", "structural pattern"])
def test_people_are_conserved(inputs: holdout.Inputs, census_before: bool) -> None:
    """Every year the leagues add up to the path between two totals, and who leaves one region arrives in another."""
    used = inputs if census_before else replace(inputs, earlier_people=None)
    moves = holdout.project(used)
    people = moves.urban_population + moves.rural_population
    for pool in pools(used.regions):
        start, end = used.people[pool].sum(), used.totals[pool_name(used.regions, pool)]
        path = start * (end / start) ** (np.arange(1, 11) / 10)
        assert people[pool].sum(axis=0) == pytest.approx(path, rel=1e-12)
        left = (moves.urban_departures + moves.rural_departures)[pool].sum(axis=0)
        assert moves.arrivals[pool].sum(axis=0) == pytest.approx(left, abs=1e-9)
    assert (moves.rural_population >= 0).all()
    assert (moves.urban_population <= people).all()


def test_the_region_follows_its_own_logistic(inputs: holdout.Inputs) -> None:
    """By hand: odds to the ceiling 0.8 were 0.4268 / 0.3732 = 1.14362 in 2000 and 0.555331 / 0.244669 = 2.26972 in
    2010; ten years on 2.26972^2 / 1.14362 = 4.50463, a share of 0.8 * 4.50463 / 5.50463 = 65.467 %."""
    values = holdout.projected_values(inputs)
    assert values["urbanisation_rate", "INNER_MONGOLIA", 2020] == pytest.approx(65.467, abs=0.002)


def test_without_an_earlier_census_the_structure_gives_the_pattern(book: ParameterBook) -> None:
    """The regional share of 2000 is all that is kept of that year."""
    figures = [figure for figure in book.figures if (figure.year, figure.variable) != (2000, "population")]
    poorer = replace(book, figures=tuple(figures))
    found = holdout.read_inputs(poorer)
    assert found.earlier_people is None
    assert found.pattern_said is holdout.FROM_STRUCTURE
    told = backcast(poorer)
    assert holdout.FROM_STRUCTURE in told.notes
    assert all(row["constant_rate"] is None for row in told.scores)
    assert any("No constant rate is given for residents" in note.en for note in told.notes)


def test_records_without_a_census_of_2010_are_scored_on_nothing(book: ParameterBook) -> None:
    told = backcast(without(book, range(2010, 2011)))
    assert (told.scores, told.summary) == ((), {})
    assert told.sentence.en == "Nothing was scored: no figure population of HOHHOT in 2010."
    assert "未能评分" in told.sentence.zh


def test_a_bad_score_is_shown(book: ParameterBook, shipped: Backcast) -> None:
    """Had every league kept its share, the sentence would say that constant share wins."""
    kept = [
        Observation(row["region"], 2020, "population", row["constant_share"], row["unit"], "census", True, 2)
        for row in shipped.scores
        if row["variable"] == "population"
    ]
    told = backcast(book, kept)
    assert told.summary["population"]["better_than_constant_share"] is False
    assert "constant share 0.0 %, last value 2.7 %" in told.sentence.en
    assert "no better than constant share" in told.sentence.en
    assert "不优于“比重不变”" in told.sentence.zh


def test_rows_in_are_rows_scored_and_rows_reported(book: ParameterBook, shipped: Backcast) -> None:
    """78 rows: 39 of 2010 are known to the projection, the population of Yulin in 2020 is imposed."""
    rows = read_observations(census_observations(), book)
    assert len(rows) == len(shipped.scores) + len(shipped.not_scored) == 78
    reasons = [row["reason"].en for row in shipped.not_scored]
    assert reasons.count("not later than the base year") == 39
    assert [row["region"] for row in shipped.not_scored if row["reason"].en == "an imposed total"] == ["YULIN"]


def test_the_shipped_observations_are_the_census(book: ParameterBook) -> None:
    """Headcounts as in the records; urban shares are their quotients, rounded to two decimals."""
    rows = {(row.variable, row.region, row.year): row.value for row in read_observations(census_observations(), book)}
    assert len(rows) == 13 * 3 * 2
    for (variable, region, year), value in rows.items():
        if variable == "urbanisation_rate":
            quotient = rows["urban_population", region, year] / rows["population", region, year]
            assert value == pytest.approx(100 * quotient, abs=0.00501)
        else:
            assert value == book.figure(variable, region, year)
