"""A file of observations: what is read, and every problem with its full text in both languages."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from regmodel.params import ParameterBook
from regmodel.runs.backcast import backcast_file
from regmodel.runs.observations import read_observations
from regmodel.vocabulary.problems import InputProblems

EXPECTED = tomllib.loads((Path(__file__).parent / "problems.toml").read_text(encoding="utf-8"))
HEADER = "region,year,variable,value,unit,basis\n"
GOOD = "HOHHOT,2022,population,355,10^4 persons,year_end\n"
FILES = {
    "missing column": "region,year,variable,value\nHOHHOT,2022,population,355\n",
    "unknown column": HEADER.replace("basis", "bases") + GOOD,
    "no rows": HEADER,
    "empty cell": HEADER + "HOHHOT,2022,population,,10^4 persons,census\n",
    "too many cells": HEADER + 'HOHHOT,2022,population,"355",10^4 persons,census,more\n',
    "unknown region": HEADER + GOOD.replace("HOHHOT", "HOHOT"),
    "unknown variable": HEADER + GOOD.replace("population", "populaton"),
    "text in value": HEADER + GOOD.replace("355", "about 355"),
    "endless value": HEADER + GOOD.replace("355", "1e999"),
    "full-width digits": HEADER + GOOD.replace("355", "３５５"),
    "year with a word": HEADER + GOOD.replace("2022", "2022年"),
    "share for per cent": HEADER + "HOHHOT,2022,urbanisation_rate,0.79,%,census\n",
    "same row twice": HEADER + GOOD + GOOD,
    "unknown basis": HEADER + GOOD.replace("year_end", "yearend"),
    "unit of another kind": HEADER + GOOD.replace("10^4 persons", "10^8 m3"),
    "unit of no kind": HEADER + GOOD.replace("10^4 persons", "heads"),
}


def _write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "observed.csv"
    path.write_text(text, encoding=encoding)
    return path


def _expect(name: str, error: InputProblems) -> None:
    assert error.problems.render("en") == EXPECTED[name]["en"].strip("\n")
    assert error.problems.render("zh") == EXPECTED[name]["zh"].strip("\n")


@pytest.mark.parametrize("name", list(FILES))
def test_a_problem_is_told_in_full(name: str, tmp_path: Path, book: ParameterBook) -> None:
    with pytest.raises(InputProblems) as caught:
        read_observations(_write(tmp_path, FILES[name]), book)
    _expect(name, caught.value)


def test_a_file_that_is_not_there(tmp_path: Path, book: ParameterBook) -> None:
    with pytest.raises(InputProblems) as caught:
        read_observations(tmp_path / "observed.csv", book)
    _expect("no file", caught.value)


def test_a_file_that_is_no_text(tmp_path: Path, book: ParameterBook) -> None:
    path = tmp_path / "observed.csv"
    path.write_bytes(b"PK\x03\x04\x00\x00\xff\xff\xff")
    with pytest.raises(InputProblems) as caught:
        read_observations(path, book)
    _expect("no text", caught.value)


def test_a_base_year_without_a_start(tmp_path: Path) -> None:
    with pytest.raises(InputProblems) as caught:
        backcast_file(_write(tmp_path, HEADER + GOOD), 2015)
    _expect("no such base", caught.value)


def test_every_problem_is_expected_once() -> None:
    assert set(EXPECTED) == {*FILES, "no file", "no text", "no such base"}


def test_all_problems_come_at_once(tmp_path: Path, book: ParameterBook) -> None:
    """Four rows with something wrong each, and one with two things: five problems."""
    text = HEADER + GOOD.replace("HOHHOT", "HOHOT") + GOOD.replace("355", "x") + GOOD.replace("2022", "22")
    text += GOOD.replace("HOHHOT", "BAOTU").replace("355", "y") + GOOD
    with pytest.raises(InputProblems) as caught:
        read_observations(_write(tmp_path, text), book)
    assert [problem.code for problem in caught.value.problems] == ["O-04", "O-06", "O-06", "O-04", "O-06"]
    assert next(iter(caught.value.problems)).where == "observed.csv   row 2"


def test_a_file_saved_by_chinese_excel_reads_the_same(tmp_path: Path, book: ParameterBook) -> None:
    text = HEADER.replace("basis", "basis,note") + GOOD.replace("year_end", "year_end,公报")
    read = [read_observations(_write(tmp_path, text, encoding), book) for encoding in ("utf-8", "utf-8-sig", "gbk")]
    assert read[0] == read[1] == read[2]


def test_columns_may_stand_in_any_order_and_units_convert(tmp_path: Path, book: ParameterBook) -> None:
    """3 550 000 persons are 355 x 10^4; without a basis the year end is taken, and known to be taken."""
    text = "unit,value,variable,year,region\nperson,3550000,population,2022,HOHHOT\n"
    (row,) = read_observations(_write(tmp_path, text), book)
    assert (row.value, row.unit, row.basis, row.basis_given) == (355.0, "10^4 persons", "year_end", False)


def test_sets_of_regions_are_known(tmp_path: Path, book: ParameterBook) -> None:
    (row,) = read_observations(_write(tmp_path, HEADER + GOOD.replace("HOHHOT", "HBEW")), book)
    assert row.region == "HBEW"
