"""The run folder repeats the run: its files, its identity, and text that no spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io
import json
import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from regmodel.params import Change
from regmodel.projection.trajectory import COLUMNS
from regmodel.runs import run
from regmodel.runs.folder import folder_name, open_folder, write_folder, write_text
from regmodel.runs.manifest import run_id
from regmodel.runs.spreadsheet_text import spreadsheet_safe
from regmodel.scenario import Override, ScenarioFile, load, resolve
from regmodel.vocabulary.texts import Text

FILES = {
    "scenario.toml",
    "verdict.json",
    "trajectory.csv",
    "clauses.csv",
    "early_warning.csv",
    "certificate.json",
    "manifest.json",
    "log.txt",
}
PARTS = {
    "population": ("urban_population", "rural_population"),
    "water_use_total": (
        "water_use_domestic",
        "water_use_industry",
        "water_use_agriculture",
        "water_use_ecological",
    ),
    "gdp": ("va_agriculture", "va_energy_chemicals", "va_other_industry", "va_construction", "va_services"),
    "va_secondary": ("va_energy_chemicals", "va_other_industry", "va_construction"),
}
SHARES = ("urbanisation_rate",)
FORMULA = '=HYPERLINK("http://example.org","x")'


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


@pytest.fixture(scope="module")
def wide(plan_run):
    """The shipped plan's trajectory with one column a variable."""
    frame = plan_run.trajectory
    return frame.pivot_table(index=["scenario", "region", "year"], columns="variable", values="value")


def test_the_folder_has_every_file(plan_run, infeasible_run):
    for finished in (plan_run, infeasible_run):
        assert {path.name for path in finished.folder.iterdir()} == FILES


def test_the_command_line_adds_report_and_workbook(pair_folders):
    for folder in pair_folders.values():
        assert {path.name for path in folder.iterdir()} == {
            *FILES,
            "report.html",
            "report.en.html",
            f"{folder.name}.xlsx",
        }


def test_the_folder_is_named_after_day_scenario_and_run(plan_run):
    assert folder_name(plan_run) == plan_run.folder.name
    day, _, rest = plan_run.folder.name.rpartition("-plan-")
    assert rest == plan_run.verdict["run_id"][:8]
    assert len(day) == len("2020-11-01")


def test_verdict_and_manifest_are_stored_as_they_are(plan_run):
    folder = plan_run.folder
    assert json.loads((folder / "verdict.json").read_text(encoding="utf-8")) == plan_run.verdict
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["run_id"] == plan_run.verdict["run_id"]
    assert {"inputs", "code", "versions", "solver_options", "seconds", "made"} <= set(manifest)
    assert {"python", "pyomo", "highspy"} <= set(manifest["versions"])


def test_tables_begin_with_a_byte_order_mark(plan_run):
    """Without it Chinese Excel shows rubbish."""
    for name in ("trajectory.csv", "clauses.csv"):
        assert (plan_run.folder / name).read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_trajectory_file_has_the_exchange_columns_and_the_numbers_of_the_run(plan_run):
    kept = pd.read_csv(plan_run.folder / "trajectory.csv", encoding="utf-8-sig")
    assert tuple(kept.columns) == COLUMNS
    pd.testing.assert_frame_equal(kept, plan_run.trajectory, check_dtype=False, rtol=0, atol=0)


def test_the_clause_file_has_a_row_for_each_clause_and_whole_years(plan_run):
    rows = rows_of(plan_run.folder / "clauses.csv")
    assert [row["id"] for row in rows] == [row["id"] for row in plan_run.verdict["clauses"]]
    assert all(row["year"] == "" or row["year"].isdigit() for row in rows)


def test_projection_and_plan_are_both_there(plan_run, pair_run):
    assert set(plan_run.trajectory["scenario"]) == {"plan", "plan:programme"}
    assert set(pair_run.trajectory["scenario"]) == {"pair", "pair:programme"}


@pytest.mark.parametrize("whole", PARTS)
def test_parts_add_up_to_their_total(wide, whole):
    """In every region, set and year of the projection and of the plan."""
    parts = wide[list(PARTS[whole])].sum(axis=1)
    np.testing.assert_allclose(parts, wide[whole], rtol=1e-9, atol=1e-9)


def test_regions_add_up_to_their_sets(plan_run, wide):
    regions = plan_run.scenario.book.regions
    values = wide.drop(columns=list(SHARES))
    for name, members in regions.sets.items():
        if not members:
            continue
        summed = sum(values.xs(member, level="region") for member in members)
        both = values.xs(name, level="region")
        common = [column for column in both.columns if not summed[column].isna().all()]
        np.testing.assert_allclose(summed[common], both[common], rtol=1e-9, atol=1e-9)


def test_water_taken_is_water_supplied(wide):
    supplied = [name for name in wide.columns if name.startswith("water_supply_")]
    np.testing.assert_allclose(wide[supplied].sum(axis=1), wide["water_use_total"], rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(
        wide["water_use_total"] + wide["water_shortage"], wide["water_needed"], rtol=1e-9, atol=1e-9
    )


def test_the_stored_scenario_alone_repeats_the_run(infeasible_run):
    """What it inherited is written out: the same inputs, the same id."""
    again = load(infeasible_run.folder / "scenario.toml")
    assert again.parent is None
    assert run_id(again) == infeasible_run.verdict["run_id"]


def test_the_stored_scenario_gives_the_same_numbers(pair_folders, pair_shipped, thirsty_run):
    again = run(load(pair_folders["thirsty"] / "scenario.toml"))
    stored = json.loads((pair_folders["thirsty"] / "verdict.json").read_text(encoding="utf-8"))
    assert again.verdict == stored
    numbers = pd.read_csv(pair_folders["thirsty"] / "trajectory.csv", encoding="utf-8-sig")
    pd.testing.assert_frame_equal(numbers, again.trajectory, check_dtype=False, rtol=0, atol=0)


def test_the_same_inputs_have_the_same_id(pair):
    assert run_id(pair()) == run_id(pair())


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("clause.output_growth.value", 5.5),
        ("clause.output_growth.enabled", False),
        ("lever.reclaimed.enabled", False),
        ("record.water.rural_domestic_norm", 71.0),
        ("cap.water_use_total.PAIR.2025", 14.0),
    ],
)
def test_another_input_has_another_id(pair, key, value):
    assert run_id(pair({key: value})) != run_id(pair())


def test_a_changed_figure_or_end_of_a_range_has_another_id(pair):
    scenario = pair()
    figure = scenario.book.figures[0]
    moved = scenario.book.with_values({figure.key: Change(1.01 * float(figure.printed))})
    assert run_id(replace(scenario, book=moved)) != run_id(scenario)
    key, record = next((key, record) for key, record in scenario.book.records.items() if record.high_value is not None)
    wider = replace(record, high_value=1.1 * record.high_value)
    ranged = replace(scenario.book, records={**scenario.book.records, key: wider})
    assert run_id(replace(scenario, book=ranged)) != run_id(scenario)


def named(run_of_pair, name: str, title: str = "a title"):
    scenario = replace(run_of_pair.scenario, name=name, title=Text(title, title))
    frame = run_of_pair.trajectory.assign(
        scenario=run_of_pair.trajectory["scenario"].str.replace("pair", name, n=1, regex=False)
    )
    return replace(run_of_pair, scenario=scenario, trajectory=frame)


@pytest.mark.parametrize("name", ["../../etc/passwd", "..", "/tmp/x", "C:\\x", "a/b", "名称：一", " ", "x" * 300])
def test_no_name_leaves_the_folder(pair_run, tmp_path, name):
    out = tmp_path / "runs"
    folder = write_folder(named(pair_run, name), out)
    assert folder.parent == out
    assert folder.resolve().is_relative_to(out.resolve())
    assert [path.name for path in tmp_path.iterdir()] == ["runs"]


@pytest.mark.parametrize("name", [FORMULA, "+1", "-1", "@x", "\t=1", "\r=1", "＝1"])
def test_a_name_is_never_a_formula(pair_run, tmp_path, name):
    folder = write_folder(named(pair_run, name, name), tmp_path)
    for file in ("trajectory.csv", "clauses.csv"):
        for row in csv.reader(io.StringIO((folder / file).read_text(encoding="utf-8-sig"), newline="")):
            for cell in row:
                if cell and cell[0] in "=+-@\t\r＝":
                    float(cell)


def test_a_number_stays_a_number_and_words_stay_as_typed():
    assert spreadsheet_safe(-1.5) == -1.5
    assert spreadsheet_safe("water - use") == "water - use"
    assert spreadsheet_safe("=1+1") == "'=1+1"


def test_a_title_with_quotes_and_lines_survives_the_stored_scenario(pair_params, tmp_path):
    from regmodel.scenario import dump_whole

    words = Text('say "no"\n=1+1\\', "“好”\t＝")
    own = (Override("lever.reclaimed.enabled", False, 'because "so"\n', "odd"),)
    scenario = resolve(ScenarioFile("odd", words, words, None, (), False, own), params=pair_params)
    path = tmp_path / "odd.toml"
    path.write_text(dump_whole(scenario), encoding="utf-8")
    again = load(path, pair_params)
    assert again.title == words
    assert run_id(again) == run_id(scenario)


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    path = tmp_path / "verdict.json"
    write_text(path, "old\n")

    def stopped(self, target):
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", stopped)
    with pytest.raises(KeyboardInterrupt):
        write_text(path, "new and longer\n")
    assert path.read_text(encoding="utf-8") == "old\n"


def test_a_place_that_cannot_be_written_is_refused_before_anything_is_solved(pair, tmp_path, monkeypatch):
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setattr("regmodel.runs.running.study", lambda *_: pytest.fail("it solved first"))
    with pytest.raises(OSError, match="exists"):
        run(pair(), blocked)
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(PermissionError):
        open_folder(tmp_path / "locked")
