"""Scenarios of a workbook are all looked at before any is run, and what is wrong with one is told by its cell."""

import json

import pytest

from regmodel.cli import main
from regmodel.workbook.side import FIRST_AT

NOWHERE = "record.water.dry_years.UPLAND"  # the model reads this number for all regions together


@pytest.fixture
def spoilt(pair_book, open_desk):
    """The pair's workbook, and beside it two scenarios that cannot be run, each with a setting that nothing reads."""
    desk = open_desk(pair_book)
    sheet = desk.sheet("side")
    rows = {sheet.cell(line, 1).value: line for line in range(1, 40)}
    settings = rows["~side.settings"] + 2
    where = []
    for at, name in enumerate(("one", "other")):
        sheet.cell(rows["name"], FIRST_AT + 1 + at).value = name
        sheet.cell(settings + at, 1).value = NOWHERE if at == 0 else NOWHERE.replace("UPLAND", "RIVERSIDE")
        cell = sheet.cell(settings + at, FIRST_AT + 1 + at)
        cell.value = 50
        where.append(f"{sheet.title}!{cell.coordinate}")
    return desk.save(), where


def test_nothing_is_run_where_one_of_several_scenarios_cannot_be(spoilt, pair_shipped, tmp_path, monkeypatch, capsys):
    """Both are told at once, before the first one, which has nothing wrong, is solved."""

    def fail(*_, **__):
        raise AssertionError("solved")

    monkeypatch.setattr("regmodel.runs.run", fail)
    path, (first, second) = spoilt
    before = path.read_bytes()
    assert main(["run", str(path), "--scenario", "all", "--out", str(tmp_path / "runs")]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert [line for line in said.err.splitlines() if "[S-11]" in line] == [
        f"{first}   {NOWHERE}  [S-11]",
        f"{second}   {NOWHERE.replace('UPLAND', 'RIVERSIDE')}  [S-11]",
    ]
    assert path.read_bytes() == before


def test_a_store_of_another_scenario_is_refused_before_any_is_run(spoilt, pair_shipped, tmp_path, monkeypatch, capsys):
    """The option is looked at for each scenario that is wanted."""
    from regmodel.commands import beside
    from regmodel.vocabulary.problems import InputProblems, Problem
    from regmodel.vocabulary.texts import same

    def check(options, scenario):
        if scenario.name != "pair":
            raise InputProblems([Problem("K-02", "store", same(scenario.name), same("pair"), same("leave it out"))])

    monkeypatch.setattr(beside, "check", check)
    monkeypatch.setattr("regmodel.runs.run", lambda *_, **__: pytest.fail("solved"))
    path, _ = spoilt
    assert main(["run", str(path), "--scenario", "all", "--out", str(tmp_path / "runs")]) == 1
    said = capsys.readouterr().err
    assert [said.count(words) for words in ("[K-02]", "[S-11]", "found      one", "found      other")] == [2, 2, 1, 1]


def test_validate_looks_at_scenarios_side_by_side_too(spoilt, pair_shipped, capsys):
    path, (first, second) = spoilt
    assert main(["validate", str(path), "--lang", "zh"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert f"{first}   {NOWHERE}  [S-11]" in said.err
    assert f"{second}   " in said.err


def test_a_setting_without_effect_is_told_by_its_cell(pair_book, open_desk, pair_shipped, tmp_path, capsys):
    """Of the workbook's own scenario, also where it alone is run."""
    desk = open_desk(pair_book)
    for code, value in (("key", "water.dry_years"), ("region", "UPLAND"), ("value", 50)):
        where = desk.put("water.regional", 0, code, value)
    path = desk.save()
    assert main(["run", str(path), "--out", str(tmp_path / "runs")]) == 1
    assert capsys.readouterr().err.startswith(f"{where}   {NOWHERE}  [S-11]\n")


def test_validate_lists_what_is_to_be_looked_at(pair_book, open_desk, pair_shipped, capsys):
    """On the same stream as the count and the verdict, since nothing is wrong; a machine reads it too."""
    desk = open_desk(pair_book)
    where = desk.put("water.records", "water.industrial_intensity_decline", "low", 0.25)
    path = desk.save()
    assert main(["validate", str(path)]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert "rows read = " in said.out
    assert f"\n{where}   " in said.out
    assert "[W-40]" in said.out
    assert said.out.endswith(f"{path} can be run; what to look at stands above (1)\n")
    assert main(["--lang", "zh", "validate", str(path), "--json"]) == 0
    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    assert (problem["code"], problem["where"], problem["severity"]) == ("W-40", where, "warning")
    assert "起作用的是" in problem["to_do"]


@pytest.mark.parametrize("words", [["--lang", "zh"], ["--lang=zh"]])
def test_the_language_may_stand_before_the_verb(words, capsys):
    """Before or behind it, the same is said."""
    assert main([*words, "compare", "plan", "dry_years", "infeasible"]) == 1
    before = capsys.readouterr().err
    assert main(["compare", "plan", "dry_years", "infeasible", "--lang", "zh"]) == 1
    assert before == capsys.readouterr().err
    assert "请每次给出两个" in before
