"""A small invented book of two regions, written out in full, for tests that change one thing in it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from regmodel.params import ParameterBook, read_book, shipped_folder
from regmodel.params.base_year import BaseYear, PrintedTotal, base_year

REGIONS = """region,name,name_zh,parent,city_type
EAST,East,东市,LAND,expanding
WEST,West,西市,LAND,stable
"""
SETS = """name,title,title_zh,members,part_of
LAND,The land,全境,EAST+WEST,
ELSEWHERE,Elsewhere,别处,,
"""
SOURCES = """[survey]
title = "Survey of the land"
original = true

[mirror]
title = "Copy of the survey"
original = false

[judgement]
title = "Judgement"
original = true
best_confidence = "D"
"""
BASELINE = """region,year,target_year,variable,printed,printed_unit,unit,source,where,confidence,note
EAST,2020,,population,60,10^4 persons,wan_person,survey,page 1,A,
WEST,2020,,population,40,10^4 persons,wan_person,survey,page 1,A,
LAND,2020,,population,100,10^4 persons,wan_person,survey,page 1,A,
EAST,2020,,urban_population,30,10^4 persons,wan_person,survey,page 1,A,
WEST,2020,,urban_population,10,10^4 persons,wan_person,mirror,page 1,B,
LAND,2020,,urban_population,40,10^4 persons,wan_person,survey,page 1,A,
EAST,2020,,gdp,300.0,10^8 CNY,yi_yuan/year,survey,page 2,A,
WEST,2020,,gdp,90,10^8 CNY,yi_yuan/year,judgement,none,D,
LAND,2020,,gdp,400,10^8 CNY,yi_yuan/year,survey,page 2,A,
EAST,2020,,va_primary,30,10^8 CNY,yi_yuan/year,survey,page 2,A,
EAST,2020,,va_secondary,150,10^8 CNY,yi_yuan/year,survey,page 2,A,
EAST,2020,,va_tertiary,120,10^8 CNY,yi_yuan/year,survey,page 2,A,
LAND,2020,,va_primary,50,10^8 CNY,yi_yuan/year,survey,page 2,A,
LAND,2020,,va_secondary,200,10^8 CNY,yi_yuan/year,survey,page 2,A,
LAND,2020,,va_tertiary,150,10^8 CNY,yi_yuan/year,survey,page 2,A,
LAND,2020,,water_use_domestic,0.2,10^8 m3,hm3/year,survey,page 3,A,
LAND,2020,,water_use_industry,1.0,10^8 m3,hm3/year,survey,page 3,A,
LAND,2020,,water_use_agriculture,7.8,10^8 m3,hm3/year,survey,page 3,A,
LAND,2020,,water_use_ecological,1.0,10^8 m3,hm3/year,survey,page 3,A,
LAND,2020,,water_use_total,10.0,10^8 m3,hm3/year,survey,page 3,A,
LAND,2021,,domestic_norm_with_urban_public,100,L/person/day,hm3/wan_person/year,survey,page 3,A,
"""
CORRECTIONS = "row,table,found,read_as,unit,evidence_en,evidence_zh,numerator,denominator,agrees_with\n"


def _record(key: str, printed: str, printed_unit: str, unit: str, low: str, high: str, place: str) -> str:
    return f"""[{key}]
title = "Title of {key}"
title_zh = "{key}的名称"
printed = "{printed}"
printed_unit = "{printed_unit}"
unit = "{unit}"
low = "{low}"
high = "{high}"
source = "judgement"
where = "no document"
describes = {{ place = "{place}", period = "2020" }}
used_for = {{ place = "{place}", period = "2020" }}
confidence = "D"
harder = "up"
note = "Because."
still_valid_on = 2026-11-21

"""


OUTPUT = "".join(
    _record(key, printed, "%", "dimensionless", "1", "99", place)
    for key, printed, place in (
        ("output.primary_share_base.WEST", "20", "WEST"),
        ("output.secondary_share_base.WEST", "40", "WEST"),
        ("output.construction_share_of_secondary", "20", "LAND"),
        ("output.energy_chemical_share_of_industry.other", "60", "LAND"),
        ("output.energy_chemical_share_of_industry.EAST", "80", "EAST"),
    )
)
WATER = "".join(
    (
        _record("water.use_base.EAST", "6", "10^8 m3", "hm3/year", "5", "7", "EAST"),
        _record("water.use_base.WEST", "5", "10^8 m3", "hm3/year", "4", "6", "WEST"),
        _record("water.rural_domestic_norm", "50", "L/person/day", "hm3/wan_person/year", "40", "60", "LAND"),
        _record("water.ecological_share_base", "10", "% of total use", "dimensionless", "5", "15", "LAND"),
    )
)
FILES = {
    "regions.csv": REGIONS,
    "region_sets.csv": SETS,
    "sources.toml": SOURCES,
    "baseline.csv": BASELINE,
    "corrections.csv": CORRECTIONS,
    "population.toml": "",
    "output.toml": OUTPUT,
    "water.toml": WATER,
    "land.toml": "",
    "environment.toml": "",
    "levers.toml": "",
}


@pytest.fixture
def small_folder(tmp_path: Path) -> Path:
    """The invented book as files."""
    folder = tmp_path / "params"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    for name in ("sectors.csv", "source_kinds.csv", "water_sources.csv"):
        shutil.copy(shipped_folder() / name, folder / name)
    return folder


@pytest.fixture
def changed(small_folder: Path) -> Callable[[str, str, str], Path]:
    """The folder after one text in one file gave way to another; an empty old text appends."""

    def change(name: str, old: str, new: str) -> Path:
        path = small_folder / name
        text = path.read_text(encoding="utf-8-sig")
        assert old in text
        path.write_text(text.replace(old, new, 1) if old else text + new, encoding="utf-8")
        return small_folder

    return change


@pytest.fixture(scope="session")
def book() -> ParameterBook:
    """The shipped records."""
    return read_book()


@pytest.fixture(scope="session")
def base(book: ParameterBook) -> BaseYear:
    """The shipped base year with the plan's total of four cities."""
    return base_year(book, [PrintedTotal("gdp", "HBEW", 9948.6, "hbew_gdp_2020", 0.05)])
