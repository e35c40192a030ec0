"""The examples of docs/python.md and docs/batches.md run as they are printed."""

from __future__ import annotations

import doctest
import importlib
import re
import shutil

import pytest

import regmodel
from regmodel.batch.blocks import open_design
from regmodel.commands import VERBS
from regmodel.commands.validate import is_design

CODE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def blocks(root, page, language):
    text = (root / "docs" / page).read_text(encoding="utf-8")
    return [found[2] for found in CODE.finditer(text) if found[1] == language]


@pytest.fixture
def plan_is_the_pair(pair_home, tmp_path, monkeypatch):
    """While a test runs, the shipped scenario ``plan`` is the invented pair, at a tenth of the time."""
    home = shutil.copytree(pair_home, tmp_path / "home")
    scenarios = home / "shipped" / "params" / "scenarios"
    (scenarios / "plan.toml").write_text('name = "plan"\ntitle = "plan"\nparent = "pair"\n', encoding="utf-8")
    monkeypatch.setattr("regmodel.params.folder._PACKAGE", home)
    monkeypatch.chdir(tmp_path)


@pytest.mark.slow
def test_the_page_on_python_runs(root, plan_is_the_pair):
    """Top to bottom, each example after the other; the pair's own set stands for the cluster of cities."""
    names = {}
    for block in blocks(root, "python.md", "python"):
        exec(compile(block.replace("HBEW", "PAIR"), "python.md", "exec"), names)
    assert names["run"].folder is not None
    assert names["other"].scenario.name == "saving"
    assert len(names["batch"].results()) == 4
    assert set(names["batch"].frame()["variable"]) >= {"attainability"}


def test_every_call_on_the_page_exists(root):
    text = (root / "docs" / "python.md").read_text(encoding="utf-8")
    calls = re.findall(r"`regmodel\.([\w.]+)\(", text)
    assert len(calls) > 9
    for call in calls:
        home, _, name = f"regmodel.{call}".rpartition(".")
        assert callable(getattr(importlib.import_module(home), name)), call


def test_every_verb_has_a_call(root):
    """A row of the table for each, and none for a verb that there is not."""
    text = (root / "docs" / "python.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `regmodel ([a-z-]+)[^|]*\| `regmodel\.[\w.]+\(", text, flags=re.MULTILINE)
    assert set(rows) == set(VERBS)


@pytest.mark.slow
def test_the_example_of_the_package_runs(plan_is_the_pair):
    found = doctest.testmod(regmodel)
    assert found.attempted > 3
    assert found.failed == 0


def test_duckdb_reads_the_store_in_one_line(root, serial, tmp_path, monkeypatch, capsys):
    """The line of the page, as it is printed, over a store of the same name."""
    (tmp_path / "stores").mkdir()
    shutil.copytree(serial.folder, tmp_path / "stores" / "first")
    monkeypatch.chdir(tmp_path)
    (block,) = blocks(root, "batches.md", "python")
    exec(block, {})
    said = capsys.readouterr().out
    for verdict, count in serial.summary["verdicts"].items():
        assert not count or re.search(rf"{verdict}\W+{count}\b", said)


def test_the_designs_of_the_page_have_no_problem(root, tmp_path):
    """The second is a part of a design, so it stands below the first."""
    first, correlation, listed = blocks(root, "batches.md", "toml")
    both = first.replace("assumptions = []", 'assumptions = ["C", "D"]') + correlation
    for number, text in enumerate((first, both, listed)):
        path = tmp_path / f"{number}.toml"
        path.write_text(text, encoding="utf-8")
        assert is_design(str(path))
        assert len(open_design(path)) == (3 if number == 2 else 500)


def test_the_second_shipped_design_varies_what_decides():
    """Ten thousand scenarios over six numbers, the four that a run of the scenario names as deciding among them."""
    read = open_design("plan_deciding")
    assert len(read) == 10_000
    assert read.scenario.name == "plan"
    assert len(read.keys) == 6
    assert {
        "record.output.icor",
        "record.output.investment_share_limit",
        "record.output.labour_productivity_growth",
        "record.water.yellow_river_share_irrigation.ALXA",
    } <= set(read.keys)


def test_the_shipped_design_has_ten_thousand_scenarios():
    read = open_design("plan_10000")
    assert len(read) == 10_000
    assert read.scenario.name == "plan"
    assert not [key for key in read.keys if key.endswith(".cost")]
    samples = read.samples(list(read.chunks())[-1])
    assert samples.ids[-1].startswith("009999-")


def test_what_is_changed_is_another_scenario():
    """The loaded one stays as it was; whole numbers count as numbers."""
    plan = regmodel.load("plan")
    other = regmodel.change(plan, {"record.water.industrial_intensity_decline": 4}, name="saving")
    assert other.name == "saving"
    key = "water.industrial_intensity_decline"
    assert other.book.value(key) == pytest.approx(0.04)
    assert plan.book.value(key) == pytest.approx(0.0275)
    assert regmodel.change(plan, {"lever.water_rights.enabled": False}).lever("water_rights").enabled is False


def test_the_room_is_the_call(serial, design, pair_shipped):
    """``regmodel.batch`` is the same before and after a module of the room is imported."""
    from regmodel import batch

    assert regmodel.batch is batch
    assert regmodel.batch(design, serial.folder, resume=True).run_id == serial.run_id
