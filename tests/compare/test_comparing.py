"""Runs side by side: what differs is found, and its parts are what the model says between them."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from regmodel import cli
from regmodel.feasibility.attainability import attainability
from regmodel.feasibility.numbers import prepare
from regmodel.projection.trajectory import exchange_frame
from regmodel.report.comparison import assumption_label, lines
from regmodel.runs.comparing import as_json, compare
from regmodel.runs.differing import between, differing, shipped
from regmodel.runs.stored import StoredRun
from regmodel.runs.trends import trend, values_at
from regmodel.scenario import load
from regmodel.vocabulary.problems import InputProblems

EXPECTED = tomllib.loads((Path(__file__).parent / "problems.toml").read_text(encoding="utf-8"))
GROWTH, CEILING = "record.output.trend_growth_2021_2025", "record.population.urban_ceiling.region"
CAP = "clause.cap.water_use_total.PAIR.2025.value"


@pytest.fixture(scope="module")
def run_of(pair):
    """A run as read from its folder, without the solves: the projection, and a verdict with what is given."""

    def make(overrides=None, **verdict):
        scenario = pair(overrides)
        frame = exchange_frame(trend(scenario), scenario.book, {})
        return StoredRun("a run", scenario, {"verdict": "feasible", "clauses": [], **verdict}, frame, {})

    return make


def test_what_two_runs_set_differently_is_found_with_both_values(run_of, pair_params):
    first, other = run_of({GROWTH: 5.0}), run_of({GROWTH: 6.0, CAP: 13.0})
    found = compare(first, other, params=pair_params)
    assert [(one.key, one.unit) for one in found.assumptions] == [(GROWTH, "%/yr"), (CAP, "10^8 m3")]
    assert found.assumptions[0].values == pytest.approx((5.0, 6.0))
    assert found.assumptions[1].values[1] == 13.0


def test_setting_what_is_shipped_is_no_difference(run_of, pair_params):
    own = run_of().scenario.book.records["output.trend_growth_2021_2025"]
    found = compare(run_of(), run_of({GROWTH: float(own.printed)}), params=pair_params)
    assert found.assumptions == ()
    assert found.totals == ()
    assert found.attributions == ()


def test_a_value_of_one_region_is_not_the_value_of_all(run_of, pair_params):
    """Set for all in the first and for one region in the other: two things differ, and both ends are met."""
    first, other = run_of({GROWTH: 6.0}), run_of({f"{GROWTH}.UPLAND": 6.0})
    found = compare(first, other, of=("gdp",), params=pair_params)
    assert [one.key for one in found.assumptions] == [GROWTH, f"{GROWTH}.UPLAND"]
    (split,) = (one.split for one in found.attributions)
    assert split.end == values_at(other.scenario, trend(other.scenario), [("gdp", "PAIR", 2035)])["gdp", "PAIR", 2035]


def test_parts_sum_to_the_difference_of_the_two_projections_exactly(run_of, pair_params):
    first, other = run_of(), run_of({GROWTH: 6.0, "record.output.trend_growth_2026_2035": 1.0})
    found = compare(first, other, of=("gdp", "water_needed"), params=pair_params)
    for one in found.attributions:
        key = (one.of, "PAIR", 2035)
        ends = [values_at(run.scenario, trend(run.scenario), [key])[key] for run in (first, other)]
        assert sum(one.split.parts) == Fraction(ends[1]) - Fraction(ends[0])
        assert [one.split.start, one.split.end] == ends


def test_the_parts_are_what_the_model_says_in_between(run_of, pair_params):
    """Two changes by hand: half of what each does alone and half of what it does after the other."""
    late = "record.output.trend_growth_2026_2035"
    key = ("gdp", "PAIR", 2035)

    def output(overrides):
        scenario = run_of(overrides).scenario
        return values_at(scenario, trend(scenario), [key])[key]

    none, early, later, both = (output(x) for x in ({}, {GROWTH: 6.0}, {late: 1.0}, {GROWTH: 6.0, late: 1.0}))
    found = compare(run_of(), run_of({GROWTH: 6.0, late: 1.0}), of=("gdp",), params=pair_params).attributions[0]
    by_hand = {GROWTH: ((early - none) + (both - later)) / 2, late: ((later - none) + (both - early)) / 2}
    for name, part in zip(found.keys, found.split.parts, strict=True):
        assert float(part) == pytest.approx(by_hand[name], rel=1e-9)


def test_attainability_is_split_by_solving_in_between(run_of, pair_params, pair_engine):
    """A cap that cannot be kept takes all of the fall, a ceiling that binds nothing takes none of it."""
    changes = {CAP: 8.0, GROWTH: 4.0}
    first, other = run_of(attainability=1.0), run_of(changes, verdict="infeasible", attainability=0.9)
    found = compare(first, other, of=("attainability",), params=pair_params).attributions[0]
    ends = [attainability(prepare(run.scenario), pair_engine) for run in (first, other)]
    assert [found.split.start, found.split.end] == pytest.approx(ends, abs=1e-9)
    assert ends[1] < ends[0]
    assert sum(found.split.parts) == found.split.total
    parts = dict(zip(found.keys, found.split.parts, strict=True))
    assert parts[CAP] < 0


def test_without_a_choice_the_headlines_that_differ_are_split(run_of, pair_params):
    found = compare(run_of(), run_of({GROWTH: 6.0}), params=pair_params)
    split = {one.of for one in found.attributions}
    assert "gdp" in split
    assert "population" not in split
    assert split == {one.variable for one in found.totals if one.year == 2035}
    for one in found.attributions:
        assert one.keys == (GROWTH,)
        assert one.split.parts == (one.split.total,)


def test_many_changes_are_drawn_and_sum_all_the_same(run_of, pair_params):
    """Eight records: orders are drawn, each part has its error, and the sum is exact."""
    own = run_of().scenario.book.records
    keys = [
        key
        for key, record in sorted(own.items())
        if record.subject in ("output", "population") and record.low_value != record.high_value and record.high
    ][:8]
    changes = {f"record.{key}": float(own[key].high) for key in keys}
    found = compare(run_of(), run_of(changes), of=("gdp",), orders=4, params=pair_params)
    (one,) = found.attributions
    assert len(one.keys) == len(found.assumptions) > 6
    assert (one.split.exact, one.split.orders) == (False, 4)
    assert sum(one.split.parts) == one.split.total


def test_each_later_run_is_compared_with_the_first(run_of, pair_params):
    off = {CAP.replace(".value", ".enabled"): False}
    found = compare(run_of(), run_of({GROWTH: 6.0}), run_of(off), of=("gdp",), params=pair_params)
    assert [(one.run, one.keys) for one in found.attributions] == [(1, (GROWTH,))]
    assert any("no assumption that differs moves the projection" in note.en for note in found.notes)


def test_clauses_that_stand_differently_are_listed_and_no_others(run_of, pair_params):
    row = {"id": "a", "status": "met", "value": 3.0, "margin": 1.0, "unit": "km2"}
    first = run_of(clauses=[row, {**row, "id": "b"}])
    other = run_of(clauses=[row, {**row, "id": "b", "status": "missed", "margin": -0.5}], verdict="infeasible")
    found = compare(first, other, params=pair_params)
    assert [(one.clause, one.statuses, one.margins) for one in found.clauses] == [("b", ("met", "missed"), (1.0, -0.5))]
    assert found.outcomes["verdict"] == ("feasible", "infeasible")


def test_what_is_in_force_and_caps_do_not_move_the_projection():
    """On the shipped scenarios: the baseline switches 46 clauses off, and its trend is that of the plan."""
    plan, baseline, bare = load("plan"), load("baseline"), shipped()
    assumptions = differing([plan, baseline], bare)
    assert len(assumptions) > 40
    assert not any(one.moves_trend for one in assumptions)
    pair = trend(plan), trend(baseline)
    assert all((pair[0].values[name] == pair[1].values[name]).all() for name in pair[0].values)


def test_a_scenario_in_between_has_some_of_the_changes():
    plan, saving, bare = load("plan"), load("water_saving"), shipped()
    assumptions = differing([plan, saving], bare)
    some = between(plan, saving, bare, assumptions, frozenset({1, 3}), 1)
    again = differing([plan, some], bare)
    assert [one.key for one in again] == [assumptions[1].key, assumptions[3].key]
    assert between(plan, saving, bare, assumptions, frozenset(range(len(assumptions))), 1) is saving


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_reads_in_both_languages(run_of, pair_params, language):
    """Every section has its lines, and no name of the code stands where words are meant."""
    found = compare(run_of(), run_of({GROWTH: 6.0, CAP: 13.0}), of=("gdp",), params=pair_params)
    said = "\n".join(lines(found, language))
    wanted = {
        "en": ("Run A: pair", "Assumptions that differ:", "due to:", "sum to the difference"),
        "zh": ("运行 A：pair", "相异的假设：", "其中：", "各部分之和等于差值"),
    }
    for words in wanted[language]:
        assert words in said
    assert "trend_growth" not in said
    assert "{" not in said


@pytest.mark.parametrize(
    ("key", "en", "zh"),
    [
        ("record.water.use_base.ORDOS", "Water use in 2020, Ordos, seed", "2020年用水总量初值（鄂尔多斯）"),
        (
            f"{GROWTH}.HOHHOT",
            "Trend growth of real output, 2021-2025 (Hohhot)",
            "实际产出趋势增速（2021—2025年）（呼和浩特）",
        ),
        ("cap.water_use_total.ORDOS.2030", "Limit: Total water use, Ordos 2030", "上限：用水总量，鄂尔多斯 2030"),
        ("record.baseline.gdp.HOHHOT.2020", "Gross domestic product, Hohhot 2020", "地区生产总值，呼和浩特 2020"),
        ("lever.land_swap.enabled", "Swap of rural for urban land: in force", "城乡建设用地增减挂钩：是否启用"),
    ],
)
def test_keys_are_said_in_words(plan_case, key, en, zh):
    assert assumption_label(plan_case.scenario, key, "en") == en
    assert assumption_label(plan_case.scenario, key, "zh") == zh


def test_python_gets_frames(run_of, pair_params):
    """Totals in the exchange shape, one row a run; parts with what they are parts of."""
    first, other = run_of(), replace(run_of({GROWTH: 6.0}), place="faster")
    found = compare(first, other, of=("gdp",), params=pair_params)
    frame = found.frame()
    assert list(frame.columns) == ["scenario", "region", "variable", "unit", "year", "value"]
    assert set(frame["scenario"]) == {"a run", "faster"}
    assert len(frame) == 2 * len(found.totals)
    (part,) = found.parts().to_dict("records")
    assert (part["run"], part["of"], part["assumption"]) == ("faster", "gdp", GROWTH)
    assert part["part"] == float(found.attributions[0].split.total)


def test_json_holds_the_parts_with_their_errors(run_of, pair_params):
    plain = json.loads(json.dumps(as_json(compare(run_of(), run_of({GROWTH: 6.0}), of=("gdp",), params=pair_params))))
    (one,) = plain["attributions"]
    assert one["parts"] == [{"key": GROWTH, "part": one["difference"], "error": 0.0}]
    assert one["difference"] == pytest.approx(one["to"] - one["from"])
    assert plain["outcomes"]["verdict"] == ["feasible", "feasible"]


def _expect(name, error):
    assert error.problems.render("en") == EXPECTED[name]["en"].strip("\n")
    assert error.problems.render("zh") == EXPECTED[name]["zh"].strip("\n")


def test_one_run_is_too_few(run_of):
    with pytest.raises(InputProblems) as caught:
        compare(run_of())
    _expect("one run", caught.value)


def test_every_wrong_name_is_told_at_once(run_of, pair_params):
    with pytest.raises(InputProblems) as caught:
        compare(run_of(), run_of(), of=("gdp", "popluation"), region="UPLND", year=2040, params=pair_params)
    _expect("wrong names", caught.value)


def test_runs_over_other_regions_are_refused(run_of, pair_params):
    away = replace(run_of(), place="elsewhere", scenario=load("plan"))
    with pytest.raises(InputProblems) as caught:
        compare(run_of(), away, params=pair_params)
    _expect("other regions", caught.value)


def test_two_run_folders_from_the_command_line(pair_folders, pair_shipped, capsys):
    """The verdicts differ by one cap: attainability falls by it, and by nothing else."""
    folders = [str(pair_folders[name]) for name in ("pair", "thirsty")]
    assert cli.main(["compare", *folders, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [one["key"] for one in told["assumptions"]] == [CAP]
    assert told["outcomes"]["verdict"] == ["feasible", "infeasible"]
    (one,) = told["attributions"]
    assert one["of"] == "attainability"
    assert [part["key"] for part in one["parts"]] == [CAP]
    assert [one["from"], one["to"]] == pytest.approx(told["outcomes"]["attainability"], abs=2e-3)


def test_a_folder_that_is_no_run_is_told(tmp_path, pair_shipped, capsys):
    assert cli.main(["compare", str(tmp_path / "a"), str(tmp_path / "b")]) == 1
    assert "[X-01]" in capsys.readouterr().err
