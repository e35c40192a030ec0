"""Ends of clauses that give way: by how much, in the clause's own unit, in every year and for every kind of clause."""

from __future__ import annotations

import numpy as np
import pytest

from regmodel.feasibility.clause_values import Measure
from regmodel.feasibility.numbers import prepare
from regmodel.scenario import build, dump, load
from regmodel.vocabulary.problems import InputProblems
from regmodel.vocabulary.texts import Text

ON = {
    "clause.key_share.enabled": True,
    "clause.to_town.enabled": True,
    "clause.urb_2025.reading": "window",
    "clause.towns_2025.reading": "window",
    "clause.output_growth.reading": "window",
    "clause.towns_growth.reading": "cumulative:window",
}
INDUSTRY = 0.84 * 520  # value added of industry in the base year: 84 % of the secondary sector's


@pytest.fixture(scope="module")
def rows_after(pair):
    """Numbers of all rows by name, for overrides on top of the pair with every kind of clause on."""

    def make(overrides):
        case = prepare(pair({**ON, **overrides}))
        return case, {row.name: numbers for row, numbers in zip(case.shape.rows, case.rows, strict=True)}

    return make


@pytest.fixture(scope="module")
def before(rows_after):
    return rows_after({})


# Clause, end, ease in its own unit; rows with what is read of them and its value by hand, in memory units.
BY_HAND = {
    "share": ("urb_2025", "low", 2.5, {"urb_2025/low/2025": ("factor", 0.645 - 0.025)}),
    "share above": ("urb_2025", "high", 2.5, {"urb_2025/high/2025": ("factor", 0.655 + 0.025)}),
    "share not below its base": ("urb_2035", "low", 1.0, {"urb_2035/low/2035": ("factor", 0.70 - 0.01)}),
    "part of all towns": ("key_share", "high", 3.0, {"key_share/whole_cities-high/2025": ("factor", 0.805 + 0.03)}),
    "level": ("towns_2025", "low", 4.0, {"towns_2025/2025": ("low", 0.98 * 86 - 4.0)}),
    "level above": ("towns_2025", "high", 4.0, {"towns_2025/2025": ("high", 1.02 * 86 + 4.0)}),
    "gain": ("to_town", "high", 1.5, {"to_town/2025": ("high", 122 + 20 + 1.5)}),
    "growth over a period": ("towns_growth", "low", 2.0, {"towns_growth/2025": ("low", 122 * (1.06 - 0.02))}),
    "growth of output": ("output_growth", "low", 1.0, {"output_growth/low/2025": ("low", 1200 * (1.042 - 0.01) ** 5)}),
    "growth of output above": (
        "output_growth",
        "high",
        1.0,
        {"output_growth/high/2025": ("high", 1200 * (1.048 + 0.01) ** 5)},
    ),
    "growth after the first period": (
        "path.gdp_growth_2026_2035.PAIR",
        "low",
        1.0,
        {"path.gdp_growth_2026_2035.PAIR/low/2035": ("factor", (1.03 - 0.01) ** 10)},
    ),
    "new land": ("new_land_2025", "high", 0.6, {"new_land_2025/2025": ("high", 20.0 + 0.6 * 10 / 1.5)}),
    "new land of a record": (
        "path.new_urban_land.PAIR.2030",
        "high",
        0.6,
        {"path.new_urban_land.PAIR.2030/2030": ("high", 16.0 + 0.6 * 10 / 1.5)},
    ),
    "land per head": (
        "land_per_head",
        "high",
        5.0,
        {f"land_per_head/{part}/2035": ("factor", 1.15 + 0.05) for part in ("residential_part", "all_urban_land")},
    ),
    "cap on use": (
        "cap.water_use_total.PAIR.2025",
        "high",
        0.5,
        {f"cap.water_use_total.PAIR.2025/{year}": ("high", 1460.0 + 50.0) for year in (2025, 2026, 2035)},
    ),
    "cap on use of a record": (
        "cap.water_use_total.RIVERSIDE.2025",
        "high",
        0.5,
        {"cap.water_use_total.RIVERSIDE.2025/2025": ("high", 1.02 * 1005 + 50.0)},
    ),
    "water per output": (
        "target.water_per_gdp_change.PAIR.2025",
        "high",
        2.0,
        {"target.water_per_gdp_change.PAIR.2025/2025": ("factor", (1 - 0.12 + 0.02) * 1457 / 1200)},
    ),
    "water per output of industry": (
        "target.water_per_industrial_va_change.PAIR.2025",
        "high",
        2.0,
        {"target.water_per_industrial_va_change.PAIR.2025/2025": ("factor", (1 - 0.13 + 0.02) * 105 / INDUSTRY)},
    ),
    "reclaimed": (
        "target.reclaimed_water_rate.PAIR.2025",
        "low",
        10.0,
        {"target.reclaimed_water_rate.PAIR.2025/2025": ("factor", 0.40 - 0.10)},
    ),
    "unconventional": (
        "target.unconventional_water.PAIR.2025",
        "low",
        0.05,
        {"target.unconventional_water.PAIR.2025/2025": ("low", 30.0 - 5.0)},
    ),
    "river": (
        "cap.yellow_river_consumption.PAIR",
        "high",
        0.2,
        {f"cap.yellow_river_consumption.PAIR/{year}": ("high", 500.0 + 20.0) for year in (2021, 2035)},
    ),
    "residents": (
        "path.population.PAIR",
        "high",
        0.5,
        {f"path.population.PAIR/high/{year}": ("high", 200 * 1.005 ** (year - 2020)) for year in (2021, 2025, 2035)},
    ),
    "residents below": (
        "path.population.PAIR",
        "low",
        0.5,
        {f"path.population.PAIR/low/{year}": ("low", 200 * 0.995 ** (year - 2020)) for year in (2021, 2025, 2035)},
    ),
    "needs": (
        "path.water_needs",
        "high",
        0.1,
        {"path.water_needs/UPLAND/2021": ("high", 10.0), "path.water_needs/RIVERSIDE/2035": ("high", 10.0)},
    ),
}
MOVED = {"permits": "cap.permit_freeze.RIVERSIDE", "wells": "cap.groundwater.UPLAND"}


@pytest.mark.parametrize("kind", list(BY_HAND))
def test_rows_move_by_the_ease_as_converted_by_hand(rows_after, before, kind):
    clause, side, ease, wanted = BY_HAND[kind]
    _, after = rows_after({f"clause.{clause}.ease_{side}": ease})
    for name, (part, value) in wanted.items():
        assert getattr(after[name], part) == pytest.approx(value, rel=1e-9), name
        assert getattr(after[name], part) != pytest.approx(getattr(before[1][name], part), rel=1e-6), name


@pytest.mark.parametrize("kind", list(MOVED))
def test_limits_that_follow_the_base_year_move_by_the_ease(rows_after, before, kind):
    """0.3 x 10^8 m3 are 30 hm3, on whatever stood there, in every year."""
    _, after = rows_after({f"clause.{MOVED[kind]}.ease_high": 0.3})
    rows = [name for name in after if name.startswith(f"{MOVED[kind]}/")]
    assert len(rows) == 15
    for name in rows:
        assert after[name].high - before[1][name].high == pytest.approx(30.0, rel=1e-9)


def test_every_kind_of_row_is_eased_here(before):
    case, _ = before
    named = {name for *_, wanted in BY_HAND.values() for name in wanted}
    tried = {row.body for row in case.shape.rows if row.name in named or row.clause in MOVED.values()}
    assert tried == {row.body for row in case.shape.rows}


def test_no_other_clause_moves(rows_after, before):
    for clause, side, ease, _ in BY_HAND.values():
        _, after = rows_after({f"clause.{clause}.ease_{side}": ease})
        for name, numbers in after.items():
            if not name.startswith(f"{clause}/"):
                assert numbers == before[1][name], (clause, name)


@pytest.mark.parametrize("kind", list(BY_HAND))
def test_what_is_asked_is_measured_as_it_gives_way(rows_after, before, kind):
    """In the clause's own unit and first year: the very end that a reader sees moves by the ease."""
    clause, side, ease, _ = BY_HAND[kind]
    after, _ = rows_after({f"clause.{clause}.ease_{side}": ease})
    year = min(row.year for row in after.shape.rows if row.clause == clause)
    year = 2025 if clause.startswith("cap.water_use") else year
    was, now = (
        Measure(case, case.projection).ends(case.scenario.clause(clause), year)[("low", "high").index(side)]
        for case in (before[0], after)
    )
    assert now - was == pytest.approx(ease if side == "high" else -ease, rel=1e-9)


def test_slopes_are_what_one_unit_of_an_end_moves(before):
    """At the size of the base year: points of 200 people, of a quota, of growth over five years, of 1457 hm3."""
    rows = before[1]
    for name, side, slope in (
        ("urb_2025/low/2025", "low", 0.01 * 200),
        ("towns_2025/2025", "low", 1.0),
        ("towns_growth/2025", "high", 1.22),
        ("output_growth/low/2025", "low", 1200 * 5 * 1.042**4 * 0.01),
        ("output_growth/high/2025", "high", 1200 * 5 * 1.048**4 * 0.01),
        ("path.population.PAIR/high/2025", "high", 200 * 5 * 0.01),
        ("cap.water_use_total.PAIR.2025/2030", "high", 100.0),
        ("cap.yellow_river_consumption.PAIR/2030", "high", 100.0),
        ("new_land_2025/2025", "high", 10 / 1.5),
        ("target.reclaimed_water_rate.PAIR.2025/2025", "low", 0.01 * 72),
        ("path.water_needs/UPLAND/2030", "high", 100.0),
    ):
        assert getattr(rows[name], f"{side}_slope") == pytest.approx(slope, rel=1e-3), name
    for name, numbers in rows.items():
        for side in ("low", "high"):
            moves = getattr(numbers, f"{side}_slope") > 0
            assert moves == bool(np.isfinite(getattr(numbers, side))), (name, side)


def test_a_clause_that_is_off_has_nothing_to_give(rows_after):
    _, after = rows_after({"clause.to_town.enabled": False, "clause.to_town.ease_low": 1.0})
    numbers = after["to_town/2025"]
    assert (numbers.low, numbers.high, numbers.low_slope, numbers.high_slope) == (-np.inf, np.inf, 0.0, 0.0)


@pytest.mark.parametrize(
    ("key", "value", "code", "found"),
    [
        ("clause.towns_2025.ease_low", -1.0, "S-08", "-1"),
        ("clause.towns_2025.ease_low", "much", "S-08", '"much"'),
        ("clause.towns_2025.ease_low", True, "S-08", "true"),
        ("clause.towns_2025.ease_low", float("nan"), "S-08", "nan"),
        ("clause.urb_2020.ease_low", 1.0, "S-08", "1"),
        ("clause.towns_2025.ease", 1.0, "S-07", '"ease"'),
        ("clause.new_land_2025.ease_low", 1.0, "S-07", '"ease_low"'),
        ("clause.target.unconventional_water.PAIR.2025.ease_high", 1.0, "S-07", '"ease_high"'),
        ("clause.urb_2035.ease_high", 1.0, "S-07", '"ease_high"'),
    ],
)
def test_what_cannot_give_way_is_refused(pair, key, value, code, found):
    with pytest.raises(InputProblems) as caught:
        pair({key: value})
    (problem,) = caught.value.problems
    assert (problem.code, problem.found.en) == (code, found)


def test_an_end_that_gives_way_is_written_and_read_again(pair, pair_params, tmp_path):
    scenario = pair({"clause.towns_2025.ease_low": 1.25, "clause.towns_2025.ease_high": 0.5})
    path = tmp_path / "pair.toml"
    path.write_text(dump(scenario), encoding="utf-8")
    again = load(path, pair_params)
    assert again.clauses == scenario.clauses
    active = again.clause("towns_2025")
    assert (active.ease_low, active.ease_high) == (1.25, 0.5)
    assert active.bounds.low == pytest.approx(0.98 * 86 - 1.25)
    assert {(each.key, each.value) for each in again.own} == {
        ("clause.towns_2025.ease_low", 1.25),
        ("clause.towns_2025.ease_high", 0.5),
    }


def test_an_end_that_gives_way_keeps_its_reason_and_its_source(pair_params, tmp_path):
    """A table with a value and a reason, and dotted keys, say the same as a plain line."""
    path = tmp_path / "pair.toml"
    path.write_text(
        'name = "pair"\n[override]\n'
        '"clause.towns_2025.ease_low" = { value = 1.25, reason = "agreed", source = "minutes" }\n'
        'clause.urb_2025.ease_high = { value = 2, reason = "agreed" }\n',
        encoding="utf-8",
    )
    scenario = load(path, pair_params)
    assert [(each.key, each.value, each.reason, each.source) for each in scenario.own] == [
        ("clause.towns_2025.ease_low", 1.25, "agreed", "minutes"),
        ("clause.urb_2025.ease_high", 2.0, "agreed", None),
    ]
    path.write_text(dump(scenario), encoding="utf-8")
    assert load(path, pair_params).own == scenario.own


def test_eases_are_kept_under_another_reading_and_with_another_figure(pair):
    active = pair({"clause.urb_2025.ease_low": 1.0}).clause("urb_2025")
    assert active.read_as("window").bounds.low == pytest.approx(65 - 0.5 - 1.0)
    assert active.asking(active.clause.with_value(60.0)).bounds.low == pytest.approx(59.5 - 1.0)
    assert active.eased(0.0, 2.0).bounds.low == pytest.approx(64.5)


def test_whole_numbers_count_and_children_set_an_ease_again():
    words = Text("m", "m")
    one = build("one", words, words, "plan", (), {"clause.nm_urb_2025.ease_low": 2})
    assert one.clause("nm_urb_2025").ease_low == 2.0
    assert isinstance(one.own[0].value, float)
