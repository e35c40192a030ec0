"""The invented pair in full: projection and programme beside the numbers kept in ``pair.csv``.

Of the plan only what the preference settles is kept; a plan has freedom besides (which sector grows to meet a growth
target, which source gives), and another release of the solver may use it otherwise. A number that moves is printed with
its old value, and the new file is left in build/artefacts: when it is right, it replaces ``pair.csv`` together with a
line in WHY.md that begins with the new file's mark.
"""

from __future__ import annotations

import csv
import hashlib
import io
from pathlib import Path

import pytest

from regmodel.feasibility.allowance import Clock
from regmodel.feasibility.clause_values import Measure
from regmodel.feasibility.conflicts import find_conflicts
from regmodel.feasibility.engine import engine_for
from regmodel.feasibility.numbers import prepare
from regmodel.feasibility.replay import replay
from regmodel.projection.trajectory import exchange_frame

HERE = Path(__file__).parent
YEARS = (2020, 2025, 2030, 2035)
COLUMNS = ("scenario", "region", "variable", "unit", "year", "value", "tolerance")
RELATIVE = 1e-6
SETTLED = (
    "population",
    "urban_population",
    "rural_population",
    "va_agriculture",
    "va_energy_chemicals",
    "va_other_industry",
    "water_use_domestic",
    "water_use_agriculture",
    "water_use_ecological",
    "water_shortage",
    "water_supply_local_surface",
    "verified_saving",
    "urban_construction_land",
)


@pytest.fixture(scope="module")
def engine(pair_case):
    return engine_for(pair_case)


@pytest.fixture(scope="module")
def answer(engine):
    return engine.decide(preferred=True)


def rows_of(trajectory, book, variables=None):
    frame = exchange_frame(trajectory, book, {})
    for row in frame.itertuples():
        if row.year in YEARS and (variables is None or row.variable in variables):
            yield row.scenario, row.region, row.variable, row.unit, row.year, row.value


@pytest.fixture(scope="module")
def found(pair_case, engine, answer):
    """Every kept number of the run by its place in the file."""
    book = pair_case.scenario.book
    rows = [
        *rows_of(pair_case.projection, book),
        *rows_of(replay(pair_case, engine.compiled, answer.columns), book, SETTLED),
        ("pair:programme", "PAIR", "preference", "10^8 CNY", 2035, answer.solution.objective),
    ]
    return {row[:5]: 0.0 if abs(row[5]) < 1e-9 else float(row[5]) for row in rows}


def write(found):
    """The numbers as the file keeps them: nine digits, each with the distance at which it has moved."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for place, value in found.items():
        writer.writerow([*place, f"{value:.9g}", f"{max(abs(value), 1.0) * RELATIVE:.1e}"])
    return stream.getvalue()


def test_the_pair_is_feasible(answer):
    assert answer.verdict == "feasible"


def test_no_number_of_the_pair_has_moved(found, artefacts):
    kept = HERE / "pair.csv"
    fresh = artefacts / "pair.csv"
    fresh.write_text(write(found), encoding="utf-8")
    with kept.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    places = [(row["scenario"], row["region"], row["variable"], row["unit"], int(row["year"])) for row in rows]
    assert places == list(found), f"other rows than {kept.name} has; compare with {fresh}"
    moved = [
        f"{' '.join(map(str, place))}: {row['value']} was kept, {found[place]:.9g} is found"
        for place, row in zip(places, rows, strict=True)
        if abs(found[place] - float(row["value"])) > float(row["tolerance"])
    ]
    assert not moved, "\n".join([f"{len(moved)} numbers moved; see WHY.md and {fresh}", *moved[:20]])


def test_the_file_as_it_stands_has_its_line_in_why():
    """Every file that was ever kept has a line that begins with its mark; the last line is that of today's."""
    mark = hashlib.sha256((HERE / "pair.csv").read_bytes()).hexdigest()[:8]
    lines = [line for line in (HERE / "WHY.md").read_text(encoding="utf-8").splitlines() if line.startswith("- `")]
    assert lines[-1].startswith(f"- `{mark}` "), f"add a line for {mark} to WHY.md"


def test_the_plan_keeps_every_clause_and_the_trend_does_not(pair_case, engine, answer):
    """Named one by one, so that a reader sees what the levers are for."""

    def missed(trajectory):
        measure = Measure(pair_case, trajectory)
        found = {active.clause.id: measure.measure(active) for active in pair_case.scenario.clauses if active.enabled}
        return {name for name, value in found.items() if value is not None and not value.met}

    assert missed(replay(pair_case, engine.compiled, answer.columns)) == set()
    assert missed(pair_case.projection) == {
        "cap.water_use_total.PAIR.2025",
        "output_growth",
        "path.gdp_growth_2021_2025.PAIR",
        "target.reclaimed_water_rate.PAIR.2025",
        "target.unconventional_water.PAIR.2025",
        "target.water_per_industrial_va_change.PAIR.2025",
    }


def test_a_cap_below_the_pairs_needs_is_a_conflict_of_two(pair):
    case = prepare(pair({"clause.cap.water_use_total.PAIR.2025.value": 13.0}))
    engine = engine_for(case)
    assert engine.decide().verdict == "infeasible"
    (conflict,) = find_conflicts(engine, Clock(60)).found
    assert conflict.clauses == ("cap.water_use_total.PAIR.2025", "path.water_needs")


def test_numbers_of_the_base_year_by_hand(found):
    """Golden files are believed last: these few follow from the pair's own figures without any program."""
    base = {place[1:3]: value for place, value in found.items() if place[0] == "pair" and place[4] == 2020}
    assert base["PAIR", "population"] == pytest.approx(110 + 90)
    assert base["PAIR", "urbanisation_rate"] == pytest.approx(100 * (77 + 45) / 200)
    assert base["UPLAND", "va_construction"] == pytest.approx(0.16 * 400)
    assert base["UPLAND", "va_energy_chemicals"] == pytest.approx(0.5 * 0.84 * 400)
    assert base["RIVERSIDE", "water_supply_yellow_river"] == pytest.approx(0.6 * 9.0)
    assert base["RIVERSIDE", "yellow_river_consumption"] == pytest.approx(0.65 * 0.6 * 9.0)
    assert base["UPLAND", "urban_construction_land"] == pytest.approx(1.30 * 77)
    later = {place[1:3]: value for place, value in found.items() if place[0] == "pair" and place[4] == 2025}
    assert later["PAIR", "population"] == pytest.approx(200)
    assert later["UPLAND", "va_services"] == pytest.approx(360 * 1.04**5)
    assert later["UPLAND", "water_use_industry"] == pytest.approx(0.80 * 1.04**5 * 0.975**5)
