"""Progress where nobody looks on: a line at even numbers of scenarios, with how many a second and the time left."""

from __future__ import annotations

import pytest

from regmodel import cli
from regmodel.batch.judging import Judge
from regmodel.commands import progress
from regmodel.vocabulary.texts import Text

SCENARIOS = Text("scenarios", "情景")


@pytest.fixture
def clock(monkeypatch):
    """A clock that a test sets."""
    now = [100.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    return now


def test_lines_tell_how_many_how_fast_and_how_long_yet(clock, capsys):
    """After 100 s 2 000 of 10 000: 20 a second, and 8 000 / 20 = 400 s = 6.7 min are left."""
    with progress.shown(SCENARIOS, "en") as show:
        show(0, 10_000)
        clock[0] = 200.0
        show(2000, 10_000)
    assert capsys.readouterr().err == "2,000 of 10,000 scenarios, 20 a second, 6.7 min left\n"


def test_lines_in_chinese_and_after_a_resume(clock, capsys):
    """What was there before counts for no rate: 500 in 250 s are 2 a second, and 4 500 more take 2 250 s = 38 min."""
    with progress.shown(SCENARIOS, "zh") as show:
        show(5000, 10_000)
        clock[0] = 350.0
        show(5500, 10_000)
    assert capsys.readouterr().err == "情景 5,000/10,000 已完成\n情景 5,500/10,000，每秒 2 个，约余 38 分钟\n"


def test_there_are_at_most_twenty_lines_and_none_at_the_end(clock, capsys):
    """A thousand chunks tell nineteen times; the end is the summary's to tell."""
    with progress.shown(SCENARIOS, "en") as show:
        for done in range(0, 100_001, 100):
            clock[0] += 1
            show(done, 100_000)
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == progress.PARTS - 1
    assert lines[-1].startswith("95,000 of 100,000 scenarios, 100 a second, ")


@pytest.mark.parametrize(
    ("seconds", "told"), [(0.4, "0 s"), (59, "59 s"), (90, "1.5 min"), (900, "15 min"), (7300, "2.0 h")]
)
def test_times_are_told_in_their_largest_unit(seconds, told):
    assert progress.duration(seconds, "en") == told


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            "stopped before a scenario was judged now; what {store} holds stays, and the same command with --resume "
            "goes on",
        ),
        ("zh", "停止前本次尚未判定任何情景；{store} 中已有内容保留，以同一命令加 --resume 继续"),
    ],
)
def test_a_batch_that_is_stopped_before_its_first_scenario_says_how_to_go_on(
    design, pair_shipped, tmp_path, monkeypatch, capsys, language, said
):
    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(Judge, "prime", stopped)
    store = tmp_path / "store"
    assert cli.main(["batch", str(design), "--out", str(store), "--workers", "1", "--lang", language]) == 130
    assert said.format(store=store) in capsys.readouterr().err
