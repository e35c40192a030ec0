"""One Run for one scenario of a workbook or for all, and a Compare sheet that says what changed and because of what."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from regmodel import cli
from regmodel.scenario import Override, build, load
from regmodel.vocabulary.texts import Text
from regmodel.workbook.write import write_workbook

pytestmark = pytest.mark.slow

NORM, CAP = "record.water.rural_domestic_norm", "clause.cap.water_use_total.PAIR.2025.value"
WORDS = Text("Thirstier", "更缺水")


@pytest.fixture(scope="module")
def compared(pair_home: Path, artefacts: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The pair's workbook with two scenarios beside its own, after the Run for all that it asks for, and folders."""
    patch = pytest.MonkeyPatch()
    patch.setattr("regmodel.params.folder._PACKAGE", pair_home)
    place = tmp_path_factory.mktemp("side")
    try:
        own = {NORM: Override(NORM, 75.0, "metered", "", "Bulletin", "table 3", "bulletin")}
        others = [
            build("rural", WORDS, WORDS, "pair", (), own),
            build("dry", WORDS, WORDS, "pair", (), {CAP: 13.0}),
        ]
        book = write_workbook(place / "pair.xlsx", load("pair"), "both", others=others, asked="all")
        assert cli.main(["run", str(book), "--out", str(place / "runs")]) == 0
    finally:
        patch.undo()
    (artefacts / "compared.xlsx").write_bytes(book.read_bytes())
    return book, place / "runs"


def rows_of(book: Path, block: str) -> list[list[object]]:
    """The filled rows of a block of the Compare sheet."""
    opened = openpyxl.load_workbook(book)
    sheet, _, area = opened.defined_names[f"rm_block_compare_{block}"].attr_text.partition("!")
    cells = opened[sheet.strip("'")][area.replace("$", "")]
    rows = [[cell.value for cell in row] for row in cells]
    return [row for row in rows if any(cell is not None for cell in row)]


def test_one_run_for_all_makes_a_run_folder_of_each(compared):
    _, runs = compared
    assert sorted(folder.name.split("-")[3] for folder in runs.iterdir()) == ["dry", "pair", "rural"]


def test_the_outcomes_stand_side_by_side(compared):
    book, runs = compared
    rows = {str(row[0]): row for row in rows_of(book, "outcomes")}
    assert rows["scenario 情景"][2:6] == ["pair", "rural", "dry", None]
    verdicts = [json.loads((path / "verdict.json").read_text(encoding="utf-8")) for path in sorted(runs.iterdir())]
    assert {one["scenario"]: one["verdict"] for one in verdicts}["dry"] == "infeasible"
    assert [str(cell)[0] for cell in rows["verdict 结论"][2:5]] == ["✓", "✓", "✕"]


def test_assumptions_differ_with_their_reason_and_source(compared):
    book, _ = compared
    rows = rows_of(book, "assumed")
    norm = next(row for row in rows if row[3] == 75)
    assert norm[9] == "rural: metered; Bulletin; table 3"
    assert norm[2] == norm[4] != 75
    cap = next(row for row in rows if row[4] == 13)
    assert cap[2] == cap[3] != 13


def test_what_changed_is_due_to_an_assumption(compared):
    """The parts of each difference sum to it; more water for villages comes from the norm alone."""
    book, _ = compared
    rows = rows_of(book, "because")
    heads = [row for row in rows if row[0] is not None and row[2] == "rural"]
    assert heads
    for row in heads:
        assert row[6] == pytest.approx(row[5] - row[4])
        assert row[7] == pytest.approx(row[6])
        assert "rural" in str(row[9]).lower() or "农村" in str(row[9])


def test_one_scenario_by_its_name_is_compared_with_the_earlier_run_of_the_first(compared, pair_shipped, capsys):
    """Its verdict is the status, the result sheets show it, and the Compare sheet has every run that still holds."""
    book, runs = compared
    before = len(list(runs.iterdir()))
    assert cli.main(["run", str(book), "--scenario", "dry", "--out", str(runs), "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["scenario"] == "dry"
    assert len(list(runs.iterdir())) == before
    assert {str(row[0]): row for row in rows_of(book, "outcomes")}["scenario 情景"][2:5] == ["pair", "rural", "dry"]


@pytest.fixture
def kept(compared, pair_shipped, pair_folders, tmp_path: Path) -> Path:
    """The workbook after one more run of its own scenario alone, whose inputs have changed meanwhile."""
    book = Path(shutil.copy(compared[0], tmp_path / "kept.xlsx"))
    opened = openpyxl.load_workbook(book)
    opened["Side by side 并列情景"]["B4"].value = None
    water = opened["Water 用水"]
    line = next(row for row in range(1, 200) if water.cell(row, 1).value == NORM.removeprefix("record."))
    water.cell(line, 4).value = 61
    opened.save(book)
    assert cli.main(["run", str(book), "--out", str(tmp_path / "runs")]) == 0
    return book


def test_a_run_of_one_scenario_keeps_what_was_compared(compared, kept):
    """Each block of the Compare sheet stands as it was; openpyxl, by which it was edited, keeps 15 digits."""

    def rounded(book: Path, block: str) -> list[list[object]]:
        return [
            [float(f"{cell:.12g}") if isinstance(cell, float) else cell for cell in row] for row in rows_of(book, block)
        ]

    for block in ("outcomes", "because", "assumed", "totals", "clauses"):
        assert rounded(kept, block) == rounded(compared[0], block)


@pytest.mark.office
def test_what_was_compared_says_whether_it_still_holds(compared, kept, tmp_path, need_program):
    """Current after a run for all; stale after an edit of any scenario; earlier after a run of one alone."""
    edited = openpyxl.load_workbook(compared[0])
    edited["Side by side 并列情景"]["E23"].value = 80
    edited.save(tmp_path / "edited.xlsx")
    fresh = write_workbook(tmp_path / "fresh.xlsx", load("pair"), "both")
    books = {"current": shutil.copy(compared[0], tmp_path / "current.xlsx"), "kept": kept,
             "edited": tmp_path / "edited.xlsx", "fresh": fresh}  # fmt: skip
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [need_program("libreoffice"), "--headless", profile, "--convert-to", "xlsx", "--outdir"]
    command += [str(tmp_path / "out"), *map(str, books.values())]
    subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=300, check=True)
    said = {}
    for name in books:
        opened = openpyxl.load_workbook(tmp_path / "out" / f"{name}.xlsx", data_only=True)
        said[name] = (opened["Compare 对比"]["A3"].value, opened["Results 结果"]["B3"].value[0])
    assert {name: words[0][:9] for name, words in said.items()} == {
        "current": "✓ Current", "kept": "▲ EARLIER", "edited": "▲ STALE: ", "fresh": "○ Not com",
    }  # fmt: skip
    assert {name: words[1] for name, words in said.items()} == {
        "current": "✓", "kept": "✓", "edited": "✓", "fresh": "○",
    }  # fmt: skip


def test_a_scenario_that_is_not_there_is_refused_with_those_that_are(compared, pair_shipped, capsys):
    book, runs = compared
    assert cli.main(["run", str(book), "--scenario", "rurral", "--out", str(runs)]) == 1
    assert capsys.readouterr().err == (
        "pair.xlsx   --scenario  [W-51]\n"
        '  found      "rurral"\n'
        "  expected   a scenario of this workbook: pair, rural, dry, all\n"
        '  to do      did you mean "rural"?\n'
    )
    assert cli.main(["run", "pair", "--scenario", "all", "--out", str(runs), "--lang", "zh"]) == 1
    assert capsys.readouterr().err == (
        "pair  [W-52]\n"
        "  填写为        对只含一个情景的输入使用 --scenario\n"
        "  应为         可含多个情景的工作簿\n"
        "  请处理        请去掉 --scenario\n"
    )
