"""Whole batches of the invented pair: the same store on one worker, on two, after kills and after a full disk."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from regmodel import cli
from regmodel.batch import running
from regmodel.batch.running import batch
from regmodel.batch.summary import told

CASES = sys.modules["batch_cases"]
names = CASES.names
DRIVER = Path(__file__).parent / "driver.py"


def call(home, *words, **how):
    command = [sys.executable, str(DRIVER), str(home), *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False, **how)


def test_every_scenario_is_judged_once_and_proved(serial):
    found = serial.results()
    assert len(found) == 12
    assert found["sample"].is_unique
    assert set(found["verdict"]) == {"feasible", "infeasible"}
    assert found["proved"].all()


def test_less_water_never_makes_a_target_easier(serial):
    """Of two scenarios the one with the smaller cap and the higher floor is not the one that is feasible."""
    found = serial.results()
    cap, floor = found["clause.cap.water_use_total.PAIR.2025.value"], found["record.water.ecological_floor"]
    feasible = found["verdict"] == "feasible"
    for one in found.index[feasible]:
        for other in found.index[~feasible]:
            assert not (cap[other] >= cap[one] and floor[other] <= floor[one])


def test_a_sample_run_alone_has_the_verdict_of_the_store(serial, pair_shipped):
    """One path: the same scenario through prepare and the engine of a single run."""
    from regmodel.feasibility.engine import engine_for
    from regmodel.feasibility.numbers import prepare

    found = serial.results()
    for verdict in ("feasible", "infeasible"):
        sample = found["sample"][found["verdict"] == verdict].iloc[0]
        assert engine_for(prepare(serial.scenario(sample))).decide().verdict == verdict
    with pytest.raises(KeyError):
        serial.scenario("000012-00000000")


def test_the_frame_has_the_exchange_shape(serial):
    frame = serial.frame()
    assert list(frame.columns) == ["scenario", "region", "variable", "unit", "year", "value"]
    whole = frame[frame["variable"] == "attainability"]
    assert len(whole) == 12
    assert set(whole["region"]) == {"PAIR"}
    assert whole["year"].isna().all()
    assert frame["value"].notna().all()


@pytest.mark.slow
def test_two_workers_leave_the_same_store(serial, design, pair_shipped, tmp_path):
    heard = []
    found = batch(design, tmp_path / "store", workers=2, progress=lambda done, of: heard.append((done, of)))
    assert names(tmp_path / "store") == names(serial.folder)
    assert found.summary["verdicts"] == serial.summary["verdicts"]
    assert heard == [(done, 12) for done in range(0, 13, 2)]


def test_a_batch_that_is_whole_is_not_judged_again(serial, design, pair_shipped, monkeypatch):
    monkeypatch.setattr(running, "Judge", None)
    again = batch(design, serial.folder, resume=True)
    assert again.summary["judged_now"] == 0
    assert again.summary["verdicts"] == serial.summary["verdicts"]


def test_the_design_in_the_store_repeats_the_batch(serial, pair_shipped):
    again = batch(serial.folder / "design.toml", serial.folder, resume=True)
    assert again.run_id == serial.run_id
    assert np.array_equal(
        again.results()["record.water.ecological_floor"], serial.results()["record.water.ecological_floor"]
    )


def test_the_manifest_says_what_the_batch_is_made_of(serial):
    kept = json.loads((serial.folder / "manifest.json").read_text(encoding="utf-8"))
    assert kept["seed"] == 5
    assert kept["scenarios"] == 12
    assert {"code", "inputs", "versions", "solver_options", "design"} <= set(kept)
    assert {"python", "numpy", "highspy", "pyarrow", "regmodel"} <= set(kept["versions"])


def test_half_written_files_are_done_again(serial, design, pair_shipped, tmp_path):
    """One chunk cut short, one lost, one left as a draft: the store ends as if nothing had happened."""
    import shutil

    place = Path(shutil.copytree(serial.folder, tmp_path / "store"))
    first, second, *_ = sorted(place.glob("results/part=000/*"))
    first.write_bytes(first.read_bytes()[:-7])
    second.rename(second.with_name(f".{second.name}.draft"))
    again = batch(design, place, resume=True)
    assert names(place) == names(serial.folder)
    assert again.summary["judged_now"] == 4
    assert len(again.summary["redone"]) == 2
    assert any("2 half-written or foreign files" in line for line in told(again.summary, {}, "en"))


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="children of one program need fork")
def test_killed_at_random_times_it_ends_as_if_never_stopped(serial, design, pair_home, tmp_path):
    """Nothing lost and nothing twice, whenever the kill comes."""
    done = call(pair_home, "kill", design, tmp_path / "store", 11, 8)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout.split()[-1]) >= 2
    assert names(tmp_path / "store") == names(serial.folder)


@pytest.mark.parametrize(("written", "chunks"), [(6, 0), (12, 2)])
def test_a_full_disk_is_told_and_what_was_written_stays(
    written, chunks, serial, design, pair_shipped, tmp_path, monkeypatch, capsys
):
    """What was learned first, or the third chunk, finds no room: exit 1, and --resume ends the batch.

    Each file is forced to the disk, then its name: three files before what was learned, which is the fourth.
    """
    real, calls = os.fsync, []

    def fsync(handle):
        calls.append(handle)
        if len(calls) > written:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(handle)

    monkeypatch.setattr("os.fsync", fsync)
    words = ["batch", str(design), "--out", str(tmp_path / "store"), "--workers", "1"]
    assert cli.main(words) == 1
    assert "a disk that is full" in capsys.readouterr().err
    kept = names(tmp_path / "store")
    assert sum(name.endswith(".parquet") for name in kept) == chunks
    monkeypatch.setattr("os.fsync", real)
    assert cli.main([*words, "--resume"]) == 0
    assert set(kept) < set(names(tmp_path / "store"))
    assert names(tmp_path / "store") == names(serial.folder)


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are those of Unix")
def test_a_disk_without_room_for_a_chunk(design, pair_home, tmp_path):
    """A real refusal of the system: no file may grow past 10 000 bytes, which a chunk does."""
    import resource

    def limited():
        resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))

    done = call(pair_home, "batch", design, "--out", tmp_path / "store", "--workers", 1, preexec_fn=limited)
    assert done.returncode == 1
    assert "[B-25]" in done.stderr
    assert "the 0 chunks written so far are whole" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals are those of Unix")
@pytest.mark.parametrize(("workers", "ended_by"), [(1, "SIGINT"), (2, "SIGINT"), (2, "SIGTERM")])
def test_ctrl_c_leaves_a_store_that_goes_on(serial, design, pair_home, tmp_path, workers, ended_by):
    """A request to end, sent to the program alone, is answered in the same way, and nothing is left uncleared."""
    place = tmp_path / "store"
    command = [sys.executable, str(DRIVER), str(pair_home), "batch", str(design), "--out", str(place)]
    command += ["--workers", str(workers)]
    running_batch = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    while not list(place.glob("results/part=*/chunk-*")) and running_batch.poll() is None:
        time.sleep(0.05)
    if ended_by == "SIGTERM":
        running_batch.terminate()
    else:
        os.killpg(running_batch.pid, signal.SIGINT)
    _, said = running_batch.communicate(timeout=120)
    assert running_batch.returncode == 130
    assert "of 12 scenarios are in" in said
    assert "Traceback" not in said
    assert "leaked" not in said
    kept = names(place)
    assert 0 < len(kept) < 1 + len(names(serial.folder))
    done = call(pair_home, "batch", design, "--out", place, "--workers", 1, "--resume")
    assert done.returncode == 0, done.stderr
    assert names(place) == names(serial.folder)


def test_the_command_line_says_the_counts_in_both_languages(serial, design, pair_shipped, capsys):
    words = ["batch", str(design), "--out", str(serial.folder), "--workers", "1", "--resume"]
    assert cli.main(words) == 0
    said = capsys.readouterr().out
    counts = serial.summary["verdicts"]
    assert f"12 scenarios of pair: feasible {counts['feasible']} (" in said
    assert "proved: 12 of 12" in said
    assert f"batch {serial.run_id}" in said
    assert cli.main([*words, "--lang", "zh"]) == 0
    assert f"pair 的 12 个情景：可行 {counts['feasible']} 个（" in capsys.readouterr().out
    assert cli.main([*words, "--json"]) == 0
    told_json = json.loads(capsys.readouterr().out)
    assert told_json["verdicts"] == counts
    assert told_json["run_id"] == serial.run_id


def test_another_design_is_another_store(serial, design, pair_shipped, tmp_path, capsys):
    """The store of one batch takes nothing of another, and nothing in it moves."""
    other = tmp_path / "other.toml"
    other.write_text(CASES.DESIGN.replace("seed = 5", "seed = 6"), encoding="utf-8")
    before = names(serial.folder)
    assert cli.main(["batch", str(other), "--out", str(serial.folder), "--resume"]) == 1
    assert "what differs: the design" in capsys.readouterr().err
    assert names(serial.folder) == before


def test_scenarios_decided_again_by_themselves_agree(serial, design, pair_shipped, capsys):
    """A cold solve of each, with nothing that the batch learned; the line stands in the summary."""
    assert serial.summary["recheck"] == {"asked": 12, "agree": 12, "differ": [], "undecided": 0}
    assert cli.main(["batch", str(design), "--out", str(serial.folder), "--workers", "1", "--resume"]) == 0
    assert "decided again by themselves, with nothing learned before: 12 of 12 agree" in capsys.readouterr().out


def test_a_verdict_that_does_not_agree_is_named(serial, pair_shipped, tmp_path):
    """One stored verdict turned round: its id is told."""
    import shutil

    import pyarrow.parquet as pq

    from regmodel.batch.rechecking import FILE, rechecked
    from regmodel.batch.store import Store, content_of

    place = Path(shutil.copytree(serial.folder, tmp_path / "store"))
    (place / FILE).unlink()
    first = sorted(place.glob("results/part=000/*"))[0]
    table = pq.ParquetFile(first).read()
    turned = ["feasible" if one == "infeasible" else "infeasible" for one in table["verdict"].to_pylist()]
    first.unlink()
    store = Store(place, serial.store.manifest)
    store.put(0, content_of(table.set_column(1, "verdict", [turned])))
    assert rechecked(store, serial.read)["differ"] == table["sample"].to_pylist()


WORDS = ["feasible", "infeasible", "undecided"]


def test_what_stays_undecided_is_no_agreement(planted, monkeypatch):
    """Nine scenarios, every word of the store beside every word of the fresh solve: two agree, two differ, five do not
    count, three for the store's word and two for the fresh one."""
    from regmodel.batch import rechecking

    stored = planted(
        CASES.three("latin_hypercube", "count = 9\nseed = 1"), lambda row, given: {"verdict": WORDS[row // 3]}
    )
    ids = stored.results()["sample"].to_list()
    fresh = dict(zip(ids, WORDS * 3, strict=True))
    monkeypatch.setattr(rechecking, "scenario_of", lambda base, drawn, row: drawn.ids[row])
    asked = []
    monkeypatch.setattr(rechecking, "_afresh", lambda sample: asked.append(sample) or fresh[sample])
    found = rechecking.rechecked(stored.store, stored.read, 9)
    assert found == {"asked": 9, "agree": 2, "differ": [ids[1], ids[3]], "undecided": 5}
    assert asked == ids[:6]
    assert rechecking.rechecked(stored.store, stored.read, 9) == found
    assert len(asked) == 6


@pytest.mark.parametrize(
    ("undecided", "language", "line"),
    [
        (0, "en", "decided again by themselves, with nothing learned before: 11 of 12 agree"),
        (0, "zh", "不借助先前结果独立重新判定：12 个中 11 个一致"),
        (
            3,
            "en",
            "decided again by themselves, with nothing learned before: 8 of 12 agree, "
            "3 undecided (in the batch or now)",
        ),
        (3, "zh", "不借助先前结果独立重新判定：12 个中 8 个一致，3 个未能判定（批次中或此次）"),
    ],
)
def test_the_undecided_are_told_where_there_are_any(serial, undecided, language, line):
    again = {"asked": 12, "agree": 11 - undecided, "differ": ["lhs-7"], "undecided": undecided}
    lines = told({**serial.summary, "recheck": again}, {}, language)
    place = lines.index(line)
    assert lines[place + 1] == {"en": "  not: lhs-7", "zh": "  不一致：lhs-7"}[language]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        '{"asked": 12',
        '{"asked": 12, "agree": 12}',
        '{"asked": 12, "agree": 12, "differ": []}',  # of before the undecided were counted
        '{"asked": 9, "agree": 1, "differ": [], "undecided": 0}',
    ],
)
def test_a_damaged_answer_is_found_again(serial, pair_shipped, tmp_path, monkeypatch, content):
    """What is no whole answer is none: scenarios are decided again, and the answer is written anew."""
    import shutil

    from regmodel.batch import rechecking
    from regmodel.batch.store import Store

    place, asked = Path(shutil.copytree(serial.folder, tmp_path / "store")), []
    (place / rechecking.FILE).write_text(content, encoding="utf-8")
    monkeypatch.setattr(rechecking, "_afresh", lambda scenario: asked.append(scenario) or "undecided")
    store = Store(place, serial.store.manifest)
    assert rechecking.rechecked(store, serial.read, 3) == {"asked": 3, "agree": 0, "differ": [], "undecided": 3}
    assert len(asked) == 3
    assert rechecking.rechecked(store, serial.read, 3)["asked"] == len(asked) == 3


def test_what_was_judged_now_is_decided_again(serial, design, pair_shipped, tmp_path, monkeypatch):
    """An answer of before says nothing of verdicts that came after it; where none came, it holds."""
    import shutil

    from regmodel.batch import rechecking

    place, asked = Path(shutil.copytree(serial.folder, tmp_path / "store")), []
    monkeypatch.setattr(rechecking, "_afresh", lambda scenario: asked.append(scenario) or "undecided")
    batch(design, place, resume=True)
    assert asked == []
    sorted(place.glob("results/part=000/*"))[0].unlink()
    again = batch(design, place, resume=True)
    assert again.summary["judged_now"] == 2
    assert len(asked) == 12
