"""What other programs are given is what the run folder holds, value for value, and they read it."""

from __future__ import annotations

import json
import shutil
import tomllib
import warnings
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from regmodel import cli
from regmodel.batch.store import Store, content_of
from regmodel.projection.trajectory import exchange_frame
from regmodel.runs.exchange import iamc
from regmodel.runs.folder import write_text
from regmodel.runs.stored import read_trajectory
from regmodel.scenario import dump_whole

EXPECTED = tomllib.loads((Path(__file__).parent / "problems.toml").read_text(encoding="utf-8"))


def export(run, out, form, *more):
    assert cli.main(["export", str(run), "--format", form, "--out", str(out), *more]) == 0
    return out


@pytest.fixture(scope="module")
def pyam():
    """pyam itself; its own use of what other packages call outdated is not ours to mend."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pyam

    return pyam


@pytest.fixture(scope="module")
def folder(pair_case, tmp_path_factory):
    """What a run folder of the invented pair holds for other programs: trajectory and manifest."""
    place = tmp_path_factory.mktemp("pair run")
    paths = [pair_case.projection, replace(pair_case.projection, scenario="pair:programme")]
    frame = pd.concat([exchange_frame(path, pair_case.scenario.book, {}) for path in paths], ignore_index=True)
    frame.to_csv(place / "trajectory.csv", index=False, encoding="utf-8-sig")
    write_text(place / "manifest.json", json.dumps({"versions": {"regmodel": "0.1.0"}}))
    return place


@pytest.mark.filterwarnings("ignore")
def test_pyam_loads_the_iamc_table_and_writes_it_back_unchanged(folder, tmp_path, pyam):
    """Byte for byte; and pyam finds the scenarios, regions, variables and values of the run folder."""
    out = export(folder, tmp_path / "iamc.csv", "iamc")
    loaded = pyam.IamDataFrame(out)
    loaded.to_csv(tmp_path / "back.csv")
    assert (tmp_path / "back.csv").read_bytes() == out.read_bytes()
    frame, _ = read_trajectory(folder)
    assert set(loaded.scenario) == set(frame["scenario"])
    assert set(loaded.region) == set(frame["region"])
    assert set(loaded.variable) == set(frame["variable"])
    assert loaded.data["value"].count() == len(frame)
    found = loaded.filter(scenario="pair", region="PAIR", variable="population", year=2035).data["value"]
    stored = frame.query("scenario == 'pair' and region == 'PAIR' and variable == 'population' and year == 2035")
    assert found.tolist() == stored["value"].tolist()


def test_a_year_without_a_value_stays_empty():
    """Missing is missing: never nought, and never another year's value."""
    rows = [["s", "A", "x", "km2", 2020, 1.0], ["s", "A", "x", "km2", 2021, 2.0], ["s", "A", "y", "km2", 2021, 3.0]]
    frame = pd.DataFrame(rows, columns=["scenario", "region", "variable", "unit", "year", "value"])
    wide = iamc(frame)
    assert wide["2020"].isna().tolist() == [False, True]
    assert wide["2021"].tolist() == [2.0, 3.0]


def test_two_values_for_one_year_are_refused_and_not_averaged():
    rows = [["s", "A", "x", "km2", 2020, 1.0], ["s", "A", "x", "km2", 2020, 3.0]]
    frame = pd.DataFrame(rows, columns=["scenario", "region", "variable", "unit", "year", "value"])
    with pytest.raises(ValueError, match="duplicate"):
        iamc(frame)


def test_duckdb_reads_the_parquet_file_with_one_line(folder, tmp_path):
    """As many rows and the same sum of values as the run folder's table."""
    import duckdb

    out = export(folder, tmp_path / "run.parquet", "parquet")
    ((rows, total),) = duckdb.sql(f"SELECT count(*), sum(value) FROM '{out}' WHERE scenario = 'pair'").fetchall()
    frame, _ = read_trajectory(folder)
    own = frame[frame["scenario"] == "pair"]
    assert rows == len(own)
    assert total == pytest.approx(own["value"].sum(), rel=1e-12)


def test_the_csv_opens_in_chinese_excel_and_holds_the_same_values(folder, tmp_path):
    out = export(folder, tmp_path / "run.csv", "csv")
    assert out.read_bytes().startswith(b"\xef\xbb\xbfmodel,scenario,region,variable,unit,year,value\n")
    frame, _ = read_trajectory(folder)
    pd.testing.assert_frame_equal(pd.read_csv(out, encoding="utf-8-sig").drop(columns="model"), frame)


def test_the_three_forms_hold_the_same_values(folder, tmp_path):
    long = pd.read_parquet(export(folder, tmp_path / "a.parquet", "parquet"))
    wide = pd.read_csv(export(folder, tmp_path / "a.csv", "iamc"))
    melted = wide.melt(["Model", "Scenario", "Region", "Variable", "Unit"], var_name="year").dropna()
    melted.columns = [name.lower() for name in melted.columns]
    key = ["model", "scenario", "region", "variable", "unit", "year"]
    melted["year"] = melted["year"].astype(int)
    pair = long.set_index(key)["value"], melted.set_index(key)["value"]
    pd.testing.assert_series_equal(
        pair[0].sort_index(), pair[1].sort_index(), check_dtype=False, check_index_type=False
    )


def test_what_was_written_is_said_to_machines(folder, tmp_path, capsys):
    out = export(folder, tmp_path / "run.csv", "csv", "--json")
    said = json.loads(capsys.readouterr().out)
    assert said == {"written": str(out), "format": "csv", "rows": len(read_trajectory(folder)[0])}


def taken(folder, tmp_path):
    place = tmp_path / "mine.csv"
    place.write_text("mine", encoding="utf-8")
    return folder, place, place


def broken(folder, tmp_path):
    place = shutil.copytree(folder, tmp_path / "run")
    (place / "trajectory.csv").write_text("scenario,region\nx,y\n", encoding="utf-8")
    return place, tmp_path / "new.csv", place


CASES = {"E-01 taken": taken, "X-01 broken": broken}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", CASES)
def test_a_message_in_full(name, language, folder, tmp_path, capsys):
    run, out, place = CASES[name](folder, tmp_path)
    assert cli.main(["export", str(run), "--out", str(out), "--lang", language]) == 1
    assert capsys.readouterr().err.strip("\n") == EXPECTED[name][language].strip("\n").replace("{place}", str(place))


def test_nothing_of_the_users_is_written_over_and_nothing_is_left_half_written(folder, tmp_path, capsys):
    run, out, _ = taken(folder, tmp_path)
    assert cli.main(["export", str(run), "--out", str(out)]) == 1
    assert out.read_text(encoding="utf-8") == "mine"
    assert cli.main(["export", str(run), "--out", str(tmp_path / "no folder" / "x.csv")]) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["mine.csv"]


@pytest.fixture
def store(pair, pair_shipped, tmp_path):
    """A store of three scenarios in two chunks: one without attainability, one that could not be projected."""
    place = tmp_path / "store"
    place.mkdir()
    told = {"run_id": "x", "chunks": 2, "indicators": ["population.UPLAND.2030"], "versions": {"regmodel": "0.1.0"}}
    write_text(place / "manifest.json", json.dumps(told))
    write_text(place / "design.toml", 'name = "x"\n')
    write_text(place / "scenario.toml", dump_whole(pair()))
    rows = [("a", 1.0, 0.2, 70.5), ("b", None, -0.1, 71.5), ("c", 0.5, None, None)]
    names = ("sample", "attainability", "worst_margin", "population.UPLAND.2030")
    for number, part in enumerate((rows[:2], rows[2:])):
        columns = zip(names, zip(*part, strict=True), strict=True)
        types = [pa.string(), pa.float64(), pa.float64(), pa.float64()]
        table = pa.table({name: pa.array(cells, kind) for (name, cells), kind in zip(columns, types, strict=True)})
        Store(place, told).put(number, content_of(table))
    return place


@pytest.mark.filterwarnings("ignore")
def test_the_store_of_a_batch_is_exported_too(store, tmp_path, pyam):
    """Every number of every scenario under its sample's id; what was not found is absent, not nought."""
    frame = pd.read_parquet(export(store, tmp_path / "batch.parquet", "parquet"))
    held = {(row.scenario, row.variable, row.region, row.year): row.value for row in frame.itertuples()}
    assert held == {
        ("a", "attainability", "PAIR", 2035): 1.0,
        ("c", "attainability", "PAIR", 2035): 0.5,
        ("a", "worst_margin", "PAIR", 2035): 0.2,
        ("b", "worst_margin", "PAIR", 2035): -0.1,
        ("a", "population", "UPLAND", 2030): 70.5,
        ("b", "population", "UPLAND", 2030): 71.5,
    }
    out = export(store, tmp_path / "batch.csv", "iamc")
    loaded = pyam.IamDataFrame(out)
    loaded.to_csv(tmp_path / "back.csv")
    assert (tmp_path / "back.csv").read_bytes() == out.read_bytes()
    assert set(loaded.scenario) == {"a", "b", "c"}
