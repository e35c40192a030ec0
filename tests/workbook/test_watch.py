"""`regmodel watch`: every save is run, what is wrong is told, and nothing ends it but Ctrl-C."""

import functools
import os
import signal
import subprocess
import sys
from dataclasses import replace

import openpyxl
import pytest

from regmodel.cli import main
from regmodel.commands import watch
from regmodel.runs.manifest import run_id
from regmodel.workbook import saves

RECORD = ("water.records", "water.dry_year_factor")
HEARS = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
STUB = """
import sys, time
from regmodel.commands import watch
from regmodel.cli import main
from regmodel.workbook import read
watch.Watch._run_once = lambda self: (print("running", flush=True), time.sleep(60))
sys.exit(main(["watch", sys.argv[1]]))
"""


@pytest.fixture
def play(pair_book, pair_run, monkeypatch, tmp_path):
    """Watch the pair's workbook while time passes in steps; a stored run plays the model's part.

    ``during`` happens while the model runs, once for each run. Time over, somebody presses Ctrl-C.
    """

    def start(*steps, during=(), words=()):
        left, meanwhile, ran = list(steps), list(during), []

        def stored(scenario, options, language):
            ran.append(scenario)
            if meanwhile:
                meanwhile.pop(0)()
            verdict = {**pair_run.verdict, "run_id": run_id(scenario)}
            return replace(pair_run, scenario=scenario, verdict=verdict, folder=tmp_path), tmp_path / "report.html"

        def sleep(_):
            if not left:
                raise KeyboardInterrupt
            step = left.pop(0)
            if step is not None:
                step()

        monkeypatch.setattr(watch, "run_with_report", stored)
        monkeypatch.setattr(saves, "Saves", functools.partial(saves.Saves, sleep=sleep))
        return main(["watch", str(pair_book), *words]), ran

    return start


@pytest.fixture
def edit(pair_book, open_desk):
    """Typing a value into the pair's workbook and saving it."""

    def typed(value):
        desk = open_desk(pair_book)
        desk.put(*RECORD, "value", value)
        desk.save()

    return lambda value: functools.partial(typed, value)


def verdict_in(path):
    """What the first result cell says."""
    book = openpyxl.load_workbook(path, read_only=True)
    try:
        return book["Results 结果"]["B5"].value
    finally:
        book.close()


def values_of(scenarios):
    """What was typed, run by run."""
    return [[override.value for override in scenario.own] for scenario in scenarios]


def test_the_first_look_runs_and_ctrl_c_ends_it(play, pair_book, capsys):
    status, ran = play(None)
    assert (status, len(ran)) == (130, 1)
    assert verdict_in(pair_book) == "✓ Feasible 可行"
    said = capsys.readouterr().err.splitlines()
    assert said == [
        "watching pair.xlsx: save it and it runs; Ctrl-C ends this",
        "pair.xlsx was saved: running",
        "waiting for the next save",
        "stopped; nothing half-written is left behind",
    ]


def test_each_save_with_other_inputs_is_run_and_our_own_write_is_none(play, edit):
    status, ran = play(None, edit(0.83), *[None] * 6, edit(0.84), *[None] * 6)
    assert status == 130
    assert values_of(ran) == [[], [0.83], [0.84]]


def test_a_number_of_runs_ends_it_with_the_verdict(play, edit):
    assert play(None, edit(0.83), None, words=("--runs", "2"))[0] == 0


@pytest.mark.parametrize("words", [["--runs", "0"], ["--runs", "many"]])
def test_a_number_of_runs_is_a_number(words, pair_book, capsys):
    assert main(["watch", str(pair_book), *words]) == 1
    assert f'"{words[1]}": must be a whole number above 0 / 须为大于 0 的整数' in capsys.readouterr().err


def beside(book, *, asked):
    """A scenario beside the pair's own, and what a Run is to run."""
    opened = openpyxl.load_workbook(book)
    sheet = opened["Side by side 并列情景"]
    sheet["B4"], sheet["E10"], sheet["A23"], sheet["E23"] = asked, "dry", f"record.{RECORD[1]}", 0.7
    opened.save(book)


def compared_in(book):
    """The names of the scenarios on the Compare sheet, and what the line of the run says of it."""
    opened = openpyxl.load_workbook(book)
    return [cell.value for cell in opened["Compare 对比"][7]][2:4], opened["As run 运行时输入"]["D4"].value


def test_all_scenarios_of_the_book_are_run_where_it_says_so(play, pair_book, edit):
    beside(pair_book, asked="all 全部")
    _, ran = play(None, edit(0.83), *[None] * 6)
    assert [one.name for one in ran] == ["pair", "dry", "pair_edited", "dry"]
    assert compared_in(pair_book) == (["pair_edited", "dry"], "together")


def test_a_run_of_one_scenario_keeps_what_compare_said_and_marks_it(play, pair_book, edit):
    beside(pair_book, asked="all 全部")
    _, ran = play(None, functools.partial(beside, pair_book, asked=None), *[None] * 6, edit(0.83), *[None] * 6)
    assert [one.name for one in ran] == ["pair", "dry", "pair", "pair_edited"]
    assert compared_in(pair_book) == (["pair", "dry"], None)


def test_a_save_with_problems_is_told_and_the_next_one_runs(play, edit, capsys):
    status, ran = play(None, edit("lots"), *[None] * 6, edit(0.83), *[None] * 6)
    assert (status, values_of(ran)) == (130, [[], [0.83]])
    assert "[W-30]" in capsys.readouterr().err


def test_a_broken_file_is_told_and_the_next_save_runs(play, pair_book, edit, capsys):
    whole = pair_book.read_bytes()
    broken = functools.partial(pair_book.write_bytes, whole[:5000])
    mended = functools.partial(pair_book.write_bytes, whole)
    status, ran = play(None, broken, *[None] * 30, mended, None, None, edit(0.83), *[None] * 6)
    assert (status, values_of(ran)) == (130, [[], [0.83]])
    assert "[W-02]" in capsys.readouterr().err


def test_while_it_is_open_results_stand_beside_and_go_in_when_it_is_closed(play, pair_book, edit, capsys):
    lock, beside = pair_book.with_name(".~lock.pair.xlsx#"), pair_book.with_name("pair-results.xlsx")
    seen = []
    steps = (
        *(lock.touch, None, None),
        *(edit(0.83), None, None, None),
        *(lambda: seen.append(pair_book.read_bytes()), edit(0.84), None, None, None),
        *(lambda: seen.append(verdict_in(beside)), lock.unlink, None, None, None),
    )
    _, ran = play(*steps)
    assert values_of(ran) == [[], [0.83], [0.84]]
    assert seen[1] == verdict_in(pair_book) == "✓ Feasible 可行"
    assert sorted(path.name for path in pair_book.parent.iterdir()) == [
        "pair-results.xlsx",
        "pair.xlsx",
        "pair.xlsx.bak",
    ]
    said = capsys.readouterr().err
    assert (
        "pair.xlsx is open in another program: the results are in pair-results.xlsx; "
        "once it is closed they go into it too"
    ) in said
    assert "pair.xlsx was closed: the results are in it now" in said


def test_a_save_without_other_inputs_keeps_the_results_and_runs_nothing(play, pair_book, open_desk, capsys):
    """LibreOffice writes other bytes at each save; the model need not run for that."""

    def saved_again():
        desk = open_desk(pair_book)
        desk.sheet("results")["B5"].value = "old words"
        desk.save()

    _, ran = play(None, saved_again, *[None] * 6)
    assert len(ran) == 1
    assert verdict_in(pair_book) == "✓ Feasible 可行"
    assert "pair.xlsx: same inputs as before, same results" in capsys.readouterr().err


def test_a_save_during_a_run_is_run_next(play, pair_book, edit, capsys):
    _, ran = play(*[None] * 6, during=[edit(0.83)])
    assert values_of(ran) == [[], [0.83]]
    assert "pair.xlsx was saved again meanwhile: running again" in capsys.readouterr().err
    assert [path.name for path in pair_book.parent.iterdir() if "results" in path.name] == []


def test_a_workbook_that_goes_is_told(play, pair_book, capsys):
    play(None, pair_book.unlink, *[None] * 20)
    assert "pair.xlsx is gone; waiting for it to come back" in capsys.readouterr().err


def test_nothing_to_watch_is_a_problem(tmp_path, capsys):
    assert main(["watch", str(tmp_path / "none.xlsx")]) == 1
    assert "[W-08]" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C cannot be sent to a child alone on Windows")
def test_ctrl_c_ends_a_real_watch_with_130(light_book, root):
    watcher = subprocess.Popen(
        # A background job of a shell begins with interrupts ignored, and tests may run in one.
        [sys.executable, "-c", f"{HEARS}\n{STUB}", str(light_book)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(root / "src")},
    )
    with watcher:
        assert watcher.stdout is not None
        assert watcher.stdout.readline() == "running\n"
        watcher.send_signal(signal.SIGINT)
        _, said = watcher.communicate()
    assert watcher.returncode == 130
    assert said.splitlines()[-1] == "stopped; nothing half-written is left behind"
