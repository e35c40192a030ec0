"""Every problem that a file given to diagnose can have, with its full text in both languages."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from regmodel import cli

EXPECTED = tomllib.loads((Path(__file__).parent / "problems.toml").read_text(encoding="utf-8"))
LP = "min\n x\nst\n water: x >= 1\n land: y <= 2\nend\n"
MPS = """NAME
ROWS
 N COST
 L water
COLUMNS
 X COST 1 water 2
RHS
 S water 4
BOUNDS
 UP B X 9
ENDATA
"""


def lp(text):
    return {"model.lp": text}


def mps(*changes):
    text = MPS
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    return {"model.mps": text}


def files(groups=None, hard=None):
    given = {"model.lp": LP, "groups.csv": groups, "hard.txt": hard}
    return {name: text for name, text in given.items() if text is not None}


CASES = {
    "D-01 missing": {"model.lp": None},
    "D-01 ending": {"model.lp.gz": "x"},
    "D-01 no text": {"model.mps": b"\xff\x00\xff"},
    "D-01 no groups file": {"model.lp": LP, "groups.csv": None},
    "D-02 no section": lp("x + y >= 1\n"),
    "D-02 cut off": mps(("ENDATA\n", "")),
    "D-02 section": mps(("RHS\n", "RSH\n")),
    "D-03 sum": lp(LP.replace("x >= 1", "3 x y >= 1")),
    "D-03 end": lp("min\n x\nst\n water: x >=\nend\n"),
    "D-03 two relations": lp(LP.replace("x >= 1", "3 >= x <= 5")),
    "D-03 comma": mps(("water 4", "water 4,5")),
    "D-03 sense": mps((" L water", " K water")),
    "D-03 bound": mps((" UP B X 9", " XX B X 9")),
    "D-04 row": mps((" S water 4", " S watre 4")),
    "D-04 column": mps((" UP B X 9", " UP B Y 9")),
    "D-05 row": mps((" L water", " L water\n G water")),
    "D-05 entry": mps((" X COST 1 water 2", " X COST 1 water 2\n X water 3")),
    "D-05 bound": mps((" UP B X 9", " UP B X 9\n UP B X 8")),
    "D-06": mps((" UP B X 9", " UP B X -9")),
    "D-07 whole": lp(LP.replace("end", "general\n x\nend")),
    "D-07 quadratic": lp(LP.replace(" x\n", " [ x ^ 2 ] / 2\n")),
    "D-07 mps": mps((" UP B X 9", " BV B X")),
    "D-08": lp("min\n x\nst\nend\n"),
    "D-09 header": files(groups="rows,group\nwater,a\n"),
    "D-09 empty": files(groups=""),
    "D-09 cell": files(groups="row,group\nwater,\n"),
    "D-09 hard": files(hard="row,why\nwater,law\n,law\n"),
    "D-10": files(groups="row,group\nwatre,a\n", hard="lnad\n"),
    "D-11": files(groups="row,group\nwater,a\nwater,b\n", hard="water\n"),
    "D-12": files(groups="row,group\nwater,land\n"),
    "D-13": lp("min\n x\nst\n water: x >= inf\n land: y <= 2\nbounds\n y <= -1e30\nend\n"),
}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", CASES)
def test_a_message_in_full(name, language, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for file, text in CASES[name].items():
        if text is not None:
            Path(file).write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    words = ["diagnose", next(iter(CASES[name]))]
    for option, file in (("--groups", "groups.csv"), ("--hard", "hard.txt")):
        words += [option, file] if file in CASES[name] else []
    assert cli.main([*words, "--lang", language]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.strip("\n") == EXPECTED[name][language].strip("\n")


def test_every_code_of_the_room_is_provoked(root):
    source = "".join(path.read_text(encoding="utf-8") for path in (root / "src/regmodel/diagnosis").glob("*.py"))
    assert set(re.findall(r"\bD-\d\d\b", source)) == {name.split()[0] for name in CASES}
    assert set(CASES) == set(EXPECTED)
