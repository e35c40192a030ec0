"""Better numbers become records: put into a copy of params/, the unedited scenario assumes what the edited one did."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from regmodel import cli
from regmodel.params import base_year, read_book
from regmodel.scenario import Scenario, load

EDITED = """
name = "mine"
parent = "plan"

[override]
"record.water.use_base.ORDOS" = { value = 16.2, reason = "metered", source = "Ordos water bulletin 2020", where = "table 3", kind = "bulletin" }
"record.water.use_base.HOHHOT" = { value = 10.4, source = "呼和浩特市水资源公报2020", where = "表2", kind = "bulletin" }
"record.water.industrial_intensity_decline.BAOTOU" = { value = 3.1, source = "A paper", where = "p. 7", kind = "paper" }
"record.baseline.gdp.HOHHOT.2020" = { value = 2810.5, source = "Ordos water bulletin 2020", where = "annex", kind = "bulletin" }
"record.output.icor" = { value = 7.0, reason = "a guess of mine" }
"lever.mine_water.enabled" = false
"""  # noqa: E501
BETTER = ("water.use_base.ORDOS", "water.use_base.HOHHOT", "water.industrial_intensity_decline.BAOTOU")


@pytest.fixture
def edited(tmp_path: Path) -> Path:
    path = tmp_path / "mine.toml"
    path.write_text(EDITED, encoding="utf-8")
    return path


@pytest.fixture
def home(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped records that stands in their place."""
    shutil.copytree(root / "params", tmp_path / "home" / "shipped" / "params")
    return tmp_path / "home"


def test_the_unedited_scenario_then_assumes_the_same(
    edited: Path, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Value, range, letter and place of each; the same base year; and `validate params` finds nothing."""
    before: Scenario = load(edited)
    params = home / "shipped" / "params"
    assert cli.main(["export-records", str(edited), "--into", str(params)]) == 0
    said = capsys.readouterr()
    assert "3 records and 1 figures of the base year, from 3 new sources" in said.out
    assert "left out: record.output.icor, lever.mine_water.enabled" in said.err
    monkeypatch.setattr("regmodel.params.folder._PACKAGE", home)
    assert cli.main(["validate", "params"]) == 0
    after = load("plan")
    for key in BETTER:
        one, other = before.book.records[key], after.book.records[key]
        fields = ("printed", "value", "low_value", "high_value", "confidence", "harder", "where", "unit", "title")
        assert [getattr(one, name) for name in fields] == [getattr(other, name) for name in fields], key
        assert after.book.sources[other.source].title.en == one.source
        assert other.still_valid_on == datetime.now(UTC).date()
    assert after.book.figure("gdp", "HOHHOT", 2020) == before.book.figure("gdp", "HOHHOT", 2020) == 2810.5
    assert after.book.records["output.icor"].printed == "6"
    own = base_year(before.book)
    assert base_year(after.book).water_use.tolist() == own.water_use.tolist()
    assert own.total_water_use[own.regions.ids().index("ORDOS")] == pytest.approx(1620.0, rel=1e-12)
    assert after.book.records["water.use_base.ORDOS"].note == (
        "metered. Replaces 15.5 10^8 m3 (judgement, confidence D)."
    )


def test_everything_else_in_the_folder_stays(edited: Path, home: Path) -> None:
    params = home / "shipped" / "params"
    before = read_book(params)
    text = (params / "water.toml").read_text(encoding="utf-8")
    assert cli.main(["export-records", str(edited), "--into", str(params)]) == 0
    after = read_book(params)
    assert {key: after.records[key] for key in before.records if key not in BETTER} == {
        key: record for key, record in before.records.items() if key not in BETTER
    }
    assert [one for one in after.figures if one.key != "baseline.gdp.HOHHOT.2020"] == [
        one for one in before.figures if one.key != "baseline.gdp.HOHHOT.2020"
    ]
    comments = [line for line in text.splitlines() if line.startswith("#")]
    kept = (params / "water.toml").read_text(encoding="utf-8").splitlines()
    assert [line for line in kept if line.startswith("#")] == comments


def test_a_file_for_others_to_take_over(edited: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "better.toml"
    assert cli.main(["export-records", str(edited), "--out", str(out), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["records"] == list(BETTER)
    assert told["figures"] == ["baseline.gdp.HOHHOT.2020"]
    assert [Path(path).name for path in told["written"]] == [
        "better.toml",
        "better.sources.toml",
        "better.baseline.csv",
    ]
    text = out.read_text(encoding="utf-8")
    assert text.startswith("# Goes into water.toml, in place of the record of the same key.\n[water.use_base.ORDOS]\n")
    assert (tmp_path / "better.baseline.csv").read_bytes().startswith(b"\xef\xbb\xbfregion,year,")


@pytest.mark.parametrize("taken", ["better.toml", "better.sources.toml", "better.baseline.csv"])
def test_nothing_of_the_users_is_written_over(
    taken: str, edited: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whichever of the three names is taken: all are refused before one is written."""
    (tmp_path / taken).write_text("mine", encoding="utf-8")
    assert cli.main(["export-records", str(edited), "--out", str(tmp_path / "better.toml")]) == 1
    assert capsys.readouterr().err == (
        f"{tmp_path / taken}  [E-01]\n"
        "  found      a file of that name\n"
        "  expected   a name that is free: nothing of yours is written over\n"
        "  to do      give another name, or move the old file away\n"
    )
    assert (tmp_path / taken).read_text(encoding="utf-8") == "mine"
    assert [path.name for path in tmp_path.glob("better*")] == [taken]


def test_a_figure_of_a_clause_is_said_not_to_go_with_the_records(
    edited: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a plan prints is quoted from it: the register is the place to correct it, and words say so."""
    quoted = (
        '"clause.nm_urb_2025.value" = { value = 70.0, source = "The plan, reprint", where = "p. 9", kind = "other" }\n'
    )
    edited.write_text(EDITED + quoted, encoding="utf-8")
    assert cli.main(["export-records", str(edited), "--out", str(tmp_path / "a.toml")]) == 0
    said = capsys.readouterr().err
    assert "left out: record.output.icor, lever.mine_water.enabled (no figure" in said
    assert (
        "left out: clause.nm_urb_2025.value (what a plan's clause prints is no record: if the plan prints something "
        "else, correct its row in plan_clauses.csv, or corrections.csv with the evidence"
    ) in said
    assert "nm_urb_2025" not in (tmp_path / "a.toml").read_text(encoding="utf-8")
    assert cli.main(["export-records", str(edited), "--out", str(tmp_path / "b.toml"), "--json", "--lang", "zh"]) == 0
    assert json.loads(capsys.readouterr().out)["clauses_left_out"] == ["clause.nm_urb_2025.value"]


def test_a_number_that_nobody_could_find_again_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('[override]\n"record.output.icor" = { value = 7.0, source = "A paper" }\n', encoding="utf-8")
    assert cli.main(["export-records", str(path), "--out", str(tmp_path / "a.toml")]) == 1
    assert capsys.readouterr().err == (
        "mine   record.output.icor  [S-14]\n"
        "  found      a source without the place in it\n"
        "  expected   the page, table or paragraph, so that others find the figure\n"
        '  to do      fill in "place in it" (where = "…")\n'
    )
    assert cli.main(["export-records", "plan", "--out", str(tmp_path / "a.toml"), "--lang", "zh"]) == 1
    assert capsys.readouterr().err == (
        "plan  [S-15]\n"
        "  填写为        没有注明来源的数\n"
        "  应为         至少一个注明来源的数\n"
        "  请处理        请在假设各表中填写数值，并注明来源和出处。\n"
    )
    assert not (tmp_path / "a.toml").exists()


def test_the_same_numbers_may_be_put_in_again(edited: Path, home: Path) -> None:
    """The second time nothing changes; a source of the same title is cited, not added."""
    params = home / "shipped" / "params"
    assert cli.main(["export-records", str(edited), "--into", str(params)]) == 0
    once = {path.name: path.read_bytes() for path in params.iterdir() if path.is_file()}
    assert cli.main(["export-records", str(edited), "--into", str(params)]) == 0
    assert {path.name: path.read_bytes() for path in params.iterdir() if path.is_file()} == once
    assert len(read_book(params).sources) == len(read_book().sources) + 3


def test_a_source_goes_with_the_last_number_that_cited_it_and_takes_a_better_letter(edited: Path, home: Path) -> None:
    params = home / "shipped" / "params"
    assert cli.main(["export-records", str(edited), "--into", str(params)]) == 0
    words = EDITED.replace('"呼和浩特市水资源公报2020"', '"A yearbook"')
    words = words.replace('where = "p. 7", kind = "paper"', 'where = "p. 7", kind = "bulletin"')
    edited.write_text(words, encoding="utf-8")
    assert cli.main(["export-records", str(edited), "--into", str(params)]) == 0
    after = read_book(params)
    own = [source for source in after.sources.values() if source.note.startswith("Cited by an analyst")]
    assert sorted((source.title.en, source.best_confidence) for source in own) == [
        ("A paper", "B"),
        ("A yearbook", "B"),
        ("Ordos water bulletin 2020", "B"),
    ]


def test_only_a_folder_of_records_is_written_into(
    edited: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other"
    assert cli.main(["export-records", str(edited), "--into", str(other)]) == 1
    assert capsys.readouterr().err == (
        f"{other}  [E-02]\n"
        "  found      no such folder\n"
        "  expected   a folder of records, as params/ of regmodel is one\n"
        "  to do      give params/ of a clone, or a copy of it\n"
    )
    other.mkdir()
    assert cli.main(["export-records", str(edited), "--into", str(other), "--lang", "zh"]) == 1
    assert capsys.readouterr().err == (
        f"{other}  [E-02]\n"
        "  填写为        缺少 sources.toml 的文件夹\n"
        "  应为         参数记录文件夹，如 regmodel 的 params/\n"
        "  请处理        请给出克隆仓库中的 params/ 或其副本\n"
    )
    assert list(other.iterdir()) == []
