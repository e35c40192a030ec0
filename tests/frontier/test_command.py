"""The command on the invented pair: exit statuses, what is printed, tables and fields, in both languages."""

from __future__ import annotations

import csv
import io
import json

import pytest

from regmodel import cli
from regmodel.feasibility import asked_ends

CAP, GROWTH = "cap.water_use_total.PAIR.2025", "output_growth"

pytestmark = pytest.mark.usefixtures("pair_shipped")


def run(capsys, *words):
    status = cli.main(["frontier", *words])
    return status, capsys.readouterr().out


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Exact: these are all the break points", "1 10⁸ m³ less of x costs", "percentage points a year")),
        ("zh", ("精确：以上即全部转折点", "x 每减少 1 亿 m³", "个百分点/年")),
    ],
)
def test_the_trade_off_in_words(language, words, capsys):
    status, out = run(capsys, "pair", "--x", CAP, "--y", GROWTH, "--lang", language)
    assert status == 0
    for word in words:
        assert word in out


def test_what_is_asked_now_stands_beside_the_range(capsys):
    _, out = run(capsys, "pair", "--x", CAP, "--y", GROWTH)
    assert "What is asked of x now (14.6) costs y nothing: y gains no more beyond 13.465." in out
    assert "moved alike in every year from 2025 to 2035" in out
    _, out = run(capsys, "thirsty", "--x", CAP, "--y", GROWTH)
    assert "What is asked of x now (13) cannot be had, whatever y says: 13.1502 is the most." in out


def test_fields_and_table_say_the_same(tmp_path, capsys):
    path = tmp_path / "points.csv"
    status, out = run(capsys, "pair", "--x", CAP, "--y", GROWTH, "--json", "--out", str(path))
    assert status == 0
    found = json.loads(out)
    assert found["verdict"] == "feasible"
    assert found["exact"]
    assert found["x"] == {"clause": CAP, "side": "high", "unit": "10^8 m3", "asked": 14.6}
    assert found["y"] == {"clause": GROWTH, "side": "low", "unit": "%/yr", "asked": 4.2}
    assert len(found["pieces"]) == len(found["points"]) - 1
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    assert [(float(row["x"]), float(row["y"])) for row in rows] == [
        (point["x"], point["y"]) for point in found["points"]
    ]
    assert {row["exact"] for row in rows} == {"yes"}
    assert {(row["x_unit"], row["y_unit"], row["kind"]) for row in rows} == {("10^8 m3", "%/yr", "break_point")}


def test_a_sampled_trade_off_says_so(capsys):
    status, out = run(capsys, "pair", "--x", "new_land_2025", "--y", "urb_2025")
    assert status == 0
    assert "Sampled, not exact" in out
    assert "Exact:" not in out


def test_an_end_that_is_let_go_is_named(capsys):
    _, out = run(capsys, "pair", "--x", CAP, "--y", GROWTH)
    assert "let go" not in out
    _, out = run(capsys, "pair", "--max", "path.population.PAIR", "--side", "high")
    assert "The other end of path.population.PAIR is let go." in out


@pytest.mark.parametrize(
    ("language", "words"), [("en", "that none has 13.164 is proved"), ("zh", "13.164 无任何方案，已证明")]
)
def test_the_best_value_of_one_clause(language, words, capsys):
    status, out = run(capsys, "pair", "--max", CAP, "--lang", language)
    assert status == 0
    assert "13.1642" in out
    assert words in out
    assert f"clause.{CAP}.value = 13.1642" in out


def test_the_best_value_as_fields(capsys):
    status, out = run(capsys, "thirsty", "--max", CAP, "--json")
    found = json.loads(out)
    assert status == 0
    assert (found["asked"], found["value"], found["beyond"]) == (13.0, 13.1642, 13.164)
    assert found["holds"]
    assert found["limit"]
    assert found["override"] == {f"clause.{CAP}.ease_high": pytest.approx(0.1642)}
    assert len(found["by_year"]) == 11


@pytest.mark.parametrize("words", [("--max", "urb_2025"), ("--x", "urb_2025", "--y", GROWTH), ("--alternatives",)])
def test_where_the_rest_cannot_hold_the_status_says_so(words, capsys):
    status, out = run(capsys, "thirsty", *words)
    assert status == 2
    assert "cannot hold" in out
    status, out = run(capsys, "thirsty", *words, "--json")
    assert status == 2
    assert json.loads(out)["verdict"] == "infeasible"


def test_what_is_not_certified_is_undecided(capsys, monkeypatch):
    monkeypatch.setattr(asked_ends, "lower_bound", lambda *_: float("-inf"))
    status, out = run(capsys, "pair", "--x", CAP, "--y", GROWTH)
    assert status == 3
    assert "not certified" in out
    assert "Exact" not in out


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ("The same in all of them", "Free, with")), ("zh", ("全部相同", "可变，最小值与最大值"))],
)
def test_alternatives_in_words(language, words, capsys):
    status, out = run(capsys, "pair", "--alternatives", "--loss", "0", "--lang", language)
    assert status == 0
    for word in words:
        assert word in out


def test_alternatives_as_fields_and_table_in_printed_units(tmp_path, capsys):
    path = tmp_path / "ranges.csv"
    status, out = run(capsys, "pair", "--alternatives", "--json", "--out", str(path))
    found = json.loads(out)
    assert status == 0
    assert found["loss"] == 0.01
    assert found["limit"] == pytest.approx(1.01 * found["best"])
    water = [one for one in found["ranges"] if one["variable"] == "water_use_total"]
    assert {one["unit"] for one in water} == {"10^8 m3"}
    assert all(one["low"] <= one["shown"] <= one["high"] < 14.7 for one in water)
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    assert len(rows) == len(found["ranges"])


def test_time_that_ended_is_said(capsys):
    status, out = run(capsys, "pair", "--alternatives", "--seconds", "1e-9")
    assert status == 0
    assert "Not finished in time" in out
    status, out = run(capsys, "pair", "--x", CAP, "--y", GROWTH, "--seconds", "1e-9")
    assert status == 0
    assert "Time ended the search" in out
    assert "Exact" not in out
