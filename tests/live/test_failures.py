"""What a button says when something is wrong: a sentence with sheet and cell on the Checks sheet, never a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from regmodel.workbook.live import entry, journal
from regmodel.workbook.live.entry import press

SETTINGS = {"screen_updating": True, "calculation": "automatic", "status_bar": False}


def settings_of(desk):
    return dict(desk.app._settings)


def sentence(desk):
    return desk.told()[0][1].splitlines()[0]


def test_a_word_in_a_number_cell_is_told_by_sheet_and_cell(desk):
    """By the real reader in the real child."""
    cell = desk.cell("water.records", "water.industrial_intensity_decline", "value")
    cell.value = "about 100"
    press("run")
    first, second = desk.told()
    assert first[1].startswith("The model was not run: 1 to mend, below. The results on the other sheets are those of")
    assert second[1].startswith(f"Water 用水!{cell.get_address(False, False)}")
    assert '"about 100"' in second[1]
    assert (first[4], second[4]) == ("not done 未完成", "to mend 请改正")
    assert "Traceback" not in str(desk.told())
    assert settings_of(desk) == SETTINGS
    assert desk.book.sheets.active.name == "Checks 检查"
    assert desk.book.app.selection == desk.book.names["rm_block_checked"].refers_to_range[0, 0]


def test_validate_says_that_nothing_is_wrong_and_counts_the_rows(desk):
    press("validate")
    (row,) = desk.told()
    assert row[1].startswith("No problems found; nothing was solved. Rows read: ")
    assert row[4] == "OK 正常"


def test_the_button_works_under_another_name(desk, tmp_path):
    """Save As, then press: neither macro nor child knows a name."""
    desk.book.save(str(tmp_path / "北部方案 (2).xlsm"))
    press("validate")
    assert desk.told()[0][4] == "OK 正常"
    assert desk.book.name == "北部方案 (2).xlsm"


def test_the_time_limit_ends_the_child(desk, child, monkeypatch):
    monkeypatch.setattr(entry, "LEAST_SECONDS", 0.5)
    desk.book.names["rm_time_limit"].refers_to_range.value = 2
    child("--sleep")
    press("run")
    assert sentence(desk).startswith("Stopped after 2 seconds, the longest time that Start 开始!C")
    assert desk.child_is_gone()
    assert settings_of(desk) == SETTINGS
    assert any("sleeping" in words for words in desk.bar if words)


def test_deleting_the_mark_of_the_run_stops_it(desk, child):
    mark = journal.mark_of("my pair.xlsm")
    stood = []

    def stop(words):
        if "sleeping" in words and mark.exists():
            stood.append(mark.read_text(encoding="utf-8"))
            mark.unlink()

    desk.app.when_said = stop
    child("--sleep")
    press("run")
    assert "my pair.xlsm" in stood[0]
    assert sentence(desk).startswith("Stopped, as you asked; nothing was written.")
    assert desk.child_is_gone()
    assert settings_of(desk) == SETTINGS
    assert desk.block("verdict")[0][1] == "Not run yet 尚未运行"


def test_each_run_has_a_mark_of_its_own(desk, child):
    """Another Excel's mark, for a workbook of the same name, neither stops this run nor goes with it."""
    other = desk.home / "regmodel-running-my_pair-1.txt"
    other.write_text("another run", encoding="utf-8")
    mark, seen = journal.mark_of("my pair.xlsm"), []

    def stop(words):
        if "sleeping" in words and mark.exists():
            seen.append(sorted(path.name for path in desk.home.glob("regmodel-running*")))
            assert mark.name in words
            mark.unlink()

    desk.app.when_said = stop
    child("--sleep")
    press("run")
    assert seen == [sorted([other.name, f"regmodel-running-my_pair-{os.getpid()}.txt"])]
    assert other.read_text(encoding="utf-8") == "another run"


def test_what_the_child_says_on_stderr_goes_to_the_log(desk, child):
    mark = journal.mark_of("my pair.xlsm")
    desk.app.when_said = lambda words: mark.unlink() if "sleeping" in words else None
    child("--sleep")
    press("run")
    assert "something on stderr" in desk.log


def test_a_child_that_dies_is_a_sentence_and_the_traceback_is_in_the_log(desk, child):
    child("--die")
    press("run")
    assert sentence(desk).startswith("A mistake of regmodel's own, not of your workbook; nothing was written.")
    assert str(desk.home / "log.txt") in desk.told()[0][1]
    assert "ChildFailed" in desk.log
    assert "the child dies without an answer" in desk.log
    assert "Traceback" not in str(desk.told())
    assert settings_of(desk) == SETTINGS


@pytest.mark.parametrize("typed", ["soon", 1.0, True])
def test_a_time_limit_that_is_none_is_told_by_its_cell(desk, typed):
    desk.book.names["rm_time_limit"].refers_to_range.value = typed
    press("run")
    assert sentence(desk).startswith("Nothing was run: Start 开始!C")


def test_an_empty_time_limit_is_the_usual_one(desk, child):
    desk.book.names["rm_time_limit"].refers_to_range.value = None
    child("--die")
    press("run")
    assert "of at most 1800 s" in desk.bar[0]


@pytest.mark.slow
def test_results_of_changed_inputs_are_not_written(desk, child, real_run):
    """Excel for macOS stays open to its user while the model runs."""
    cell = desk.cell("water.records", "water.industrial_intensity_decline", "value")
    desk.app.when_said = lambda words: setattr(cell, "value", 123.0)
    child(f"--canned={real_run.answer_file}")
    press("run")
    assert desk.block("verdict")[0][1] == "Not run yet 尚未运行"
    place = f"Water 用水!{cell.get_address(False, False)}"
    assert sentence(desk).startswith(f"Inputs were changed while the model ran, first in {place}:")
    assert not (desk.home / "runs").exists()


@pytest.mark.slow
@pytest.mark.parametrize("at", [1, 5, 12])
def test_a_write_that_excel_refuses_leaves_what_stood_there(desk, child, real_run, at):
    """At the first, a middle and a late block: everything written before is taken back, and all is as it was set."""
    before = {code: desk.block(code) for code in real_run.answer["blocks"] if code != "checked"}
    count = []

    def refuse(sheet, address):
        count.append(sheet)
        if len(count) == at:
            raise RuntimeError("a cell is being edited")

    desk.app.before_write = refuse
    child(f"--canned={real_run.answer_file}")
    press("run")
    assert {code: desk.block(code) for code in before} == before
    assert sentence(desk).startswith("The results could not be written into ")
    assert "RuntimeError: a cell is being edited" in desk.log
    assert settings_of(desk) == SETTINGS


@pytest.mark.slow
def test_rows_inserted_into_a_block_are_not_written_over(desk, child, real_run):
    name = desk.book.names["rm_block_rests"]
    name.refers_to = name.refers_to.replace("$147", "$149") if "$147" in name.refers_to else name.refers_to + "0"
    child(f"--canned={real_run.answer_file}")
    press("run")
    assert sentence(desk).startswith("This workbook has no place for the results any more")
    assert real_run.answer["folders"][0] in desk.told()[0][1]


@pytest.mark.slow
def test_settings_that_the_user_had_come_back(desk, child, real_run):
    """Manual calculation stays manual."""
    desk.app.calculation = "manual"
    desk.app.screen_updating = False
    child(f"--canned={real_run.answer_file}")
    press("run")
    assert desk.block("verdict")[0][1] == "✓ Feasible 可行"
    assert settings_of(desk) == {**SETTINGS, "calculation": "manual", "screen_updating": False}


@pytest.mark.slow
def test_report_opens_the_report_of_the_last_run(desk, child, real_run, monkeypatch):
    opened = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    press("report")
    assert sentence(desk) == "There is no report of this workbook yet. Press Run first."
    child(f"--canned={real_run.answer_file}")
    press("run")
    press("report")
    assert opened == [(desk.home / "runs" / real_run.answer["folders"][0] / "report.html").as_uri()]


def test_a_workbook_without_a_place_for_checks_gets_a_message(desk, child):
    desk.book.names["rm_block_checked"].delete()
    child("--die")
    press("run")
    (words,) = desk.app.alerts
    assert words.startswith("A mistake of regmodel's own")


def test_an_excel_that_does_not_answer_is_no_traceback(desk, monkeypatch):
    """The status bar refuses, everything refuses: the button returns and the log has it."""
    monkeypatch.setattr(type(desk.app), "status_bar", property(lambda app: False, _refuse))
    monkeypatch.setattr(type(desk.app), "screen_updating", property(_refuse, _refuse))
    monkeypatch.setattr(type(desk.app), "alert", _refuse)
    desk.book.names["rm_time_limit"].refers_to_range.value = "soon"
    press("run")
    assert "Excel is busy" in desk.log


def _refuse(*_):
    raise RuntimeError("Excel is busy")


def test_nothing_reaches_stderr_and_the_exit_status_is_nought(tmp_path):
    """The way RunPython starts it, here without an Excel to be found: xlwings itself fails, and nobody sees it."""
    home = tmp_path / "home"
    ran = subprocess.run(
        [sys.executable, "-B", "-c", "import regmodel.workbook.live as x;x.run()", "--wb=lost.xlsm", "--from_xl=1"],
        capture_output=True,
        text=True,
        cwd=Path(sys.executable).parent,
        env={**os.environ, "REGMODEL_HOME": str(home), "PYTHONPATH": str(Path(__file__).parents[2] / "src")},
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
    assert "Traceback" in (home / "log.txt").read_text(encoding="utf-8")
