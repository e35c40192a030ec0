"""Every problem that a question about trade-offs can have, with its full text in both languages."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from regmodel import cli

EXPECTED = tomllib.loads((Path(__file__).parent / "problems.toml").read_text(encoding="utf-8"))
CAP = "cap.water_use_total.PAIR.2025"
CASES = {
    "T-01 near": ["--x", "urb_205", "--y", CAP],
    "T-02": ["--max", "urb_2020"],
    "T-03": ["--max", "key_share"],
    "T-04": ["--x", CAP, "--x-side", "low", "--y", "urb_2025"],
    "T-04 max": ["--max", CAP, "--side", "low"],
    "T-05": ["--x", CAP, "--y", CAP],
    "T-06 none": [],
    "T-06 two": ["--max", CAP, "--alternatives"],
    "T-06 half": ["--x", CAP],
    "T-06 aside": ["--max", CAP, "--loss", "2"],
    "T-06 table": ["--max", CAP, "--out", "points.csv"],
    "T-07": ["--x", CAP, "--y", "urb_2025", "--out", "taken.csv"],
    "all at once": ["--x", "urb_205", "--y", "urb_2020", "--side", "low"],
}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", CASES)
def test_a_message_in_full(name, language, pair_shipped, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("taken.csv").write_bytes(b"mine")
    assert cli.main(["frontier", "pair", *CASES[name], "--lang", language]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.strip("\n") == EXPECTED[name][language].strip("\n")
    assert Path("taken.csv").read_bytes() == b"mine"


def test_every_code_is_provoked(root):
    source = "".join(path.read_text(encoding="utf-8") for path in (root / "src").rglob("*.py"))
    assert set(re.findall(r"\bT-\d\d\b", source)) == {name.split()[0] for name in CASES if name.startswith("T-")}
    assert set(CASES) == set(EXPECTED)


@pytest.mark.parametrize("words", [["--loss", "-1"], ["--loss", "nan"], ["--seconds", "0"], ["--x-side", "middle"]])
def test_numbers_that_cannot_be_are_refused(words, capsys):
    assert cli.main(["frontier", "pair", "--alternatives", *words]) == 1
    assert words[0] in capsys.readouterr().err
