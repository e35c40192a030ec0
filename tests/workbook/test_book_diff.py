"""Two copies of a workbook, or a workbook and a scenario file, compared cell by cell."""

from __future__ import annotations

import json
import shutil

import pytest

from regmodel import cli
from regmodel.scenario import dump
from regmodel.workbook.read import read_workbook

ORDOS = ("water.records", "water.use_base.ORDOS")
SAID = {
    "own_source": "Ordos water bulletin 2020",
    "own_where": "table 3",
    "own_kind": "bulletin",
    "own_reason": "measured",
}


@pytest.fixture
def two(desk, light_book, tmp_path):
    """A colleague's copy with three edits, beside the copy as it was handed out."""
    handed_out = shutil.copy(light_book, tmp_path / "handed_out.xlsx")
    where = [desk.put(*ORDOS, "value", 16.2), desk.put("levers.levers", "mine_water", "enabled", "no")]
    for code, words in SAID.items():
        desk.put(*ORDOS, code, words)
    where.append(desk.put("scenarios.form", "layer_1", "value", "dry_years"))
    return str(handed_out), str(desk.save()), where


def test_every_edit_of_a_colleague_is_told_with_its_cell(two, capsys):
    first, second, (water, lever, layer) = two
    assert cli.main(["compare", first, second, "--json"]) == 0
    found = {one["key"]: one for one in json.loads(capsys.readouterr().out)["differences"]}
    assert set(found) == {"record.water.use_base.ORDOS", "lever.mine_water.enabled", "layers", "record.water.dry_years"}
    ordos = found["record.water.use_base.ORDOS"]
    assert f"{ordos['after']['sheet']}!{ordos['after']['cell']}" == water
    assert (ordos["before"]["value"], ordos["before"]["confidence"], ordos["before"]["set_by"]) == (15.5, "D", None)
    assert ordos["after"] == {
        "sheet": water.partition("!")[0],
        "cell": water.partition("!")[2],
        "value": 16.2,
        "set_by": "plan_edited",
        "reason": "measured",
        "source": "Ordos water bulletin 2020",
        "where": "table 3",
        "kind": "bulletin",
        "confidence": "B",
    }
    assert ordos["unit"] == {"en": "10⁸ m³", "zh": "亿 m³"}
    assert found["lever.mine_water.enabled"]["after"]["cell"] == lever.partition("!")[2]
    assert (found["layers"]["before"]["value"], found["layers"]["after"]["value"]) == (None, "dry_years")
    assert found["layers"]["after"]["cell"] == layer.partition("!")[2]
    assert found["record.water.dry_years"]["after"]["set_by"] == "dry_years"


def test_the_words_of_a_difference_in_both_languages(two, capsys):
    first, second, (water, *_) = two
    assert cli.main(["compare", first, second]) == 0
    english = capsys.readouterr().out
    assert "4 differences:" in english
    assert (
        f"{water}   Water use in 2020, Ordos, seed   [record.water.use_base.ORDOS]\n"
        "  A  15.5 10⁸ m³   as shipped; confidence D\n"
        "  B  16.2 10⁸ m³   set by plan_edited; confidence B\n"
        "     source: Ordos water bulletin 2020, table 3 (official bulletin or communique)\n"
        "     reason: measured\n"
    ) in english
    assert cli.main(["compare", first, second, "--lang", "zh"]) == 0
    chinese = capsys.readouterr().out
    assert "  B  16.2 亿 m³   由 plan_edited 设定；可信度 B\n     来源：Ordos water bulletin 2020, table 3" in chinese
    assert "  A  是   随附取值\n  B  否   由 plan_edited 设定\n     未注明理由" in chinese


def test_a_workbook_and_its_scenario_file_say_the_same(two, tmp_path, capsys):
    _, second, _ = two
    path = tmp_path / "edited.toml"
    path.write_text(dump(read_workbook(tmp_path / "plan.xlsx")), encoding="utf-8")
    assert cli.main(["compare", second, str(path), "--json"]) == 0
    differing = json.loads(capsys.readouterr().out)["differences"]
    assert {one["key"] for one in differing} == {"name", "title_en", "title_zh"}
    assert cli.main(["compare", "plan", "plan"]) == 0
    assert capsys.readouterr().out.endswith("The two say the same.\n")


@pytest.fixture
def two_beside(desk, light_book, tmp_path):
    """A colleague's copy with other scenarios side by side: one changed, one renamed; and one edit of its own."""
    handed_out = shutil.copy(light_book, tmp_path / "handed_out.xlsx")
    sheet = desk.sheet("side")
    line = next(row for row in range(1, 60) if sheet.cell(row, 1).value == "record.water.dry_years")
    sheet.cell(line, 5).value = 60
    sheet["F10"].value = "thrifty"
    desk.put(*ORDOS, "value", 16.2)
    return str(handed_out), str(desk.save()), f"{sheet.title}!E{line}"


def test_scenarios_side_by_side_are_compared_too(two_beside, capsys):
    """What differs in one alone stands under its name; what both inherit from the workbook is told once."""
    first, second, where = two_beside
    assert cli.main(["compare", first, second, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert "record.water.use_base.ORDOS" in {one["key"] for one in told["differences"]}
    assert [(one["scenario"], one["only_in"]) for one in told["beside"]] == [
        ("plan_dry_years", None),
        ("plan_water_saving", "A"),
        ("thrifty", "B"),
    ]
    assert [one["layers"] for one in told["beside"]] == [[], ["water_saving"], ["water_saving"]]
    (years,) = told["beside"][0]["differences"]
    assert (years["key"], years["before"]["value"], years["after"]["value"]) == ("record.water.dry_years", 100, 60)
    assert f"{years['after']['sheet']}!{years['after']['cell']}" == where


def test_the_words_of_scenarios_side_by_side(two_beside, capsys):
    first, second, where = two_beside
    assert cli.main(["compare", first, second]) == 0
    said = capsys.readouterr().out
    assert f"\nScenario side by side: plan_dry_years\n\n1 difference:\n\n{where}   Share of the dry-year" in said
    assert (
        "\nScenario side by side in A alone: plan_water_saving, which stands on water_saving and sets nothing itself\n"
        in said
    )
    assert cli.main(["compare", first, second, "--lang", "zh"]) == 0
    assert "\n仅 B 中有的并列情景：thrifty，叠加 water_saving，自身未作设定\n" in capsys.readouterr().out


def test_what_cannot_be_compared_is_said(capsys):
    assert cli.main(["compare", "plan", "dry_years", "infeasible"]) == 1
    assert capsys.readouterr().err == (
        "compare  [C-06]\n"
        "  found      3 workbooks or scenarios\n"
        "  expected   two, the second compared with the first\n"
        "  to do      name two at a time\n"
    )
    assert cli.main(["compare", "plan", "dry_years", "--of", "gdp", "--lang", "zh"]) == 1
    assert capsys.readouterr().err == (
        "compare  [C-07]\n"
        "  填写为        --of 或 --region\n"
        "  应为         含有结果的运行文件夹\n"
        "  请处理        请先用 regmodel run 运行，再比较运行文件夹\n"
    )
