"""Every problem that the loader and the base year can find, with its full text in both languages."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from regmodel.params import Change, read_book
from regmodel.params.base_year import base_year
from regmodel.vocabulary.problems import InputProblems

Changer = Callable[[str, str, str], Path]
EXPECTED = tomllib.loads((Path(__file__).parent / "problems.toml").read_text(encoding="utf-8"))
WEST_USE = '[water.use_base.WEST]\ntitle = "Title of water.use_base.WEST"'
READING = {
    "regions file is gone": ("regions.csv", "__delete__", ""),
    "toml is broken": ("water.toml", "harder = ", "harder "),
    "unknown field": ("water.toml", 'title = "Title of water.use_base.EAST"', 'titel = "x"\ntitle = "y"'),
    "unknown column": ("baseline.csv", "note\n", "notes\n"),
    "field outside a record": ("land.toml", "", 'printed = "3"\n'),
    "unknown sector": ("sectors.csv", "construction,", "building,"),
    "field is missing": ("water.toml", 'where = "no document"\n', ""),
    "cell is empty": ("baseline.csv", "EAST,2020,,population,60,", "EAST,2020,,population,,"),
    "full-width digits": ("water.toml", 'printed = "6"', 'printed = "６．５"'),
    "thousands separators": ("baseline.csv", "gdp,300.0,", 'gdp,"1,300.0",'),
    "power of ten twice": ("baseline.csv", "gdp,300.0,", "gdp,300亿,"),
    "words for a number": ("water.toml", 'low = "5"', 'low = "about 5"'),
    "unknown unit": ("water.toml", 'printed_unit = "10^8 m3"', 'printed_unit = "10^8 gallons"'),
    "low above the value": ("water.toml", 'low = "5"', 'low = "6.5"'),
    "unknown source": ("baseline.csv", "wan_person,mirror", "wan_person,miror"),
    "source of nobody": ("sources.toml", "", '[book]\ntitle = "Unread"\noriginal = true\n'),
    "confidence above the source": ("baseline.csv", "mirror,page 1,B", "mirror,page 1,A"),
    "best confidence of a mirror": ("sources.toml", "original = false", 'original = false\nbest_confidence = "A"'),
    "derived above its input": ("water.toml", "", "__derived__"),
    "record twice": ("water.toml", "", WEST_USE + "\n"),
    "record in two files": ("land.toml", "", "__copy__"),
    "figure twice": ("baseline.csv", "", "EAST,2020,,gdp,301,10^8 CNY,yi_yuan/year,survey,page 2,A,\n"),
    "region twice": ("regions.csv", "", "EAST,East,东市,LAND,stable\n"),
    "units of two kinds": ("water.toml", 'printed_unit = "L/person/day"', 'printed_unit = "L/day"'),
    "unknown region suffix": ("water.toml", "[water.use_base.EAST]", "[water.use_base.EATS]"),
    "unknown region of a figure": ("baseline.csv", "EAST,2020,,gdp", "EASTT,2020,,gdp"),
    "unknown member of a set": ("region_sets.csv", "EAST+WEST", "EAST+WEST+NORTH"),
    "no direction": ("water.toml", 'harder = "up"\n', ""),
    "figure that is no text": ("water.toml", 'printed = "6"', "printed = 6"),
    "confidence of no letter": ("baseline.csv", "survey,page 1,A", "survey,page 1,F"),
    "direction of no kind": ("water.toml", 'harder = "up"', 'harder = "upp"'),
    "year of no digits": ("baseline.csv", "EAST,2020,,gdp", "EAST,20,,gdp"),
    "city type of no plan": ("regions.csv", "expanding", "growing"),
    "row with too many cells": ("baseline.csv", "page 1,A,\n", "page 1,A,,and more\n"),
    "derived from nothing": ("water.toml", 'note = "Because."', 'note = "x"\nderived_from = ["water.use_bas.EAST"]'),
}
BASE_YEAR = {
    "cell without a seed": ("baseline.csv", "WEST,2020,,gdp,90,10^8 CNY,yi_yuan/year,judgement,none,D,\n", ""),
    "total that cannot hold": ("baseline.csv", "LAND,2020,,population,100,", "LAND,2020,,population,103,"),
    "more than the city takes": ("water.toml", 'printed = "6"', 'printed = "0.3"'),
}
CHANGES = {
    "change of no record": "water.use_bas.EAST",
    "change for no region": "water.ecological_share_base.EATS",
}


def _apply(changed: Changer, small_folder: Path, case: tuple[str, str, str]) -> Path:
    name, old, new = case
    if 'printed = "0.3"' in new:
        changed(name, 'low = "5"', 'low = "0.1"')
    water = (small_folder / "water.toml").read_text(encoding="utf-8")
    first = water.split("\n\n")[0] + "\n"
    if old == "__delete__":
        (small_folder / name).unlink()
        return small_folder
    if new == "__copy__":
        return changed(name, old, first)
    if new == "__derived__":
        better = first.replace('source = "judgement"', 'source = "survey"').replace('"D"', '"B"')
        better = better.replace("water.use_base.EAST]", "water.use_base_sum]")
        return changed(name, old, better + 'derived_from = ["water.use_base.WEST"]\n')
    return changed(name, old, new)


def _texts(error: InputProblems) -> tuple[str, str]:
    return error.problems.render("en"), error.problems.render("zh")


def _expect(name: str, error: InputProblems) -> None:
    english, chinese = _texts(error)
    assert english == EXPECTED[name]["en"].strip("\n")
    assert chinese == EXPECTED[name]["zh"].strip("\n")


@pytest.mark.parametrize("name", list(READING))
def test_the_loader_says_what_is_wrong(name: str, changed: Changer, small_folder: Path) -> None:
    folder = _apply(changed, small_folder, READING[name])
    with pytest.raises(InputProblems) as caught:
        read_book(folder)
    _expect(name, caught.value)


@pytest.mark.parametrize("name", list(BASE_YEAR))
def test_the_base_year_says_what_is_wrong(name: str, changed: Changer, small_folder: Path) -> None:
    book = read_book(_apply(changed, small_folder, BASE_YEAR[name]))
    with pytest.raises(InputProblems) as caught:
        base_year(book)
    _expect(name, caught.value)


@pytest.mark.parametrize("name", list(CHANGES))
def test_a_change_of_nothing_is_refused(name: str, small_folder: Path) -> None:
    book = read_book(small_folder)
    with pytest.raises(InputProblems) as caught:
        book.with_values({CHANGES[name]: Change(1.0)})
    _expect(name, caught.value)


def test_bytes_of_no_encoding_are_refused(small_folder: Path) -> None:
    (small_folder / "baseline.csv").write_bytes(b"\xff\xff\xff")
    with pytest.raises(InputProblems) as caught:
        read_book(small_folder)
    _expect("bytes of no encoding", caught.value)


def test_all_problems_come_at_once(changed: Changer) -> None:
    changed("water.toml", 'low = "5"', 'low = "6.5"')
    folder = changed("baseline.csv", "wan_person,mirror", "wan_person,miror")
    with pytest.raises(InputProblems) as caught:
        read_book(folder)
    assert sorted(problem.code for problem in caught.value.problems) == ["P-06", "P-07"]


def test_every_code_is_provoked(root: Path) -> None:
    """A code in the room that no case above shows would be a message nobody has read."""
    source = "".join(path.read_text(encoding="utf-8") for path in (root / "src/regmodel/params").glob("*.py"))
    shown = {code for case in EXPECTED.values() for code in re.findall(r"P-\d\d", case["en"])}
    assert set(re.findall(r'"(P-\d\d)"', source)) == shown


def test_every_expected_text_has_its_case() -> None:
    assert set(EXPECTED) == {*READING, *BASE_YEAR, *CHANGES, "bytes of no encoding"}
