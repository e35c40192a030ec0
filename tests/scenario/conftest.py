"""Scenario files written for one test, and another set of regions made of rows alone."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from regmodel.params import shipped_folder
from regmodel.scenario import Scenario, build, load
from regmodel.scenario.model import Override, Value
from regmodel.vocabulary.texts import Text

WORDS = Text("Case", "示例")
NEW_FIGURES = {
    ("population", 2010): ("96.0", "10^4 persons", "wan_person"),
    ("population", 2020): ("100.0", "10^4 persons", "wan_person"),
    ("urban_population", 2010): ("50.0", "10^4 persons", "wan_person"),
    ("urban_population", 2020): ("60.0", "10^4 persons", "wan_person"),
    ("age_share_60plus", 2020): ("18.0", "%", "dimensionless"),
    ("gdp", 2020): ("700", "10^8 CNY", "yi_yuan/year"),
    ("va_primary", 2020): ("70", "10^8 CNY", "yi_yuan/year"),
    ("va_secondary", 2020): ("350", "10^8 CNY", "yi_yuan/year"),
    ("va_tertiary", 2020): ("280", "10^8 CNY", "yi_yuan/year"),
}
NEW_RECORDS = {
    "population.toml": ("population.region_path_growth.YULIN", "population.region_path_growth.NEWLAND"),
    "water.toml": ("water.use_base.YULIN", "water.use_base.NEWLAND"),
}
NEW_INTENSITY = ("water.industrial_intensity_base.YULIN", "water.industrial_intensity_base.NEWLAND")

Make = Callable[..., Scenario]


@pytest.fixture
def made() -> Make:
    """A scenario over the plan from overrides alone."""

    def make(override: Mapping[str, Value | Override], *layers: str, parent: str | None = "plan") -> Scenario:
        return build("case", WORDS, WORDS, parent, layers, override)

    return make


@pytest.fixture
def loaded(tmp_path: Path) -> Callable[..., Scenario]:
    """The scenario of case.toml, read from the texts given beside further files."""

    def read(case: str | bytes, **others: str) -> Scenario:
        for name, text in others.items():
            (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
        raw = case if isinstance(case, bytes) else case.encode()
        (tmp_path / "case.toml").write_bytes(raw)
        return load(tmp_path / "case.toml")

    return read


def append_row(path: Path, **cells: str) -> None:
    """One more row of a table; columns that are not named stay empty."""
    text = path.read_text(encoding="utf-8-sig")
    header = next(csv.reader(io.StringIO(text)))
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow([cells.pop(column, "") for column in header])
    assert not cells
    path.write_text("\ufeff" + text.rstrip("\n") + "\n" + line.getvalue(), encoding="utf-8")


def copy_record(path: Path, old: str, new: str) -> None:
    """A record of one region again for another."""
    text = path.read_text(encoding="utf-8")
    block = re.search(rf"^\[{re.escape(old)}\]\n.*?(?=^\[|\Z)", text, re.MULTILINE | re.DOTALL)
    assert block is not None
    path.write_text(text.rstrip("\n") + "\n\n" + block[0].replace(f"[{old}]", f"[{new}]"), encoding="utf-8")


@pytest.fixture
def wider_folder(tmp_path: Path) -> Path:
    """The shipped records and an invented region of its own province: rows and records, no code."""
    folder = tmp_path / "params"
    shutil.copytree(shipped_folder(), folder)
    for id_, words in (("NEWLAND", "Newland (invented)"), ("FARLAND", "Farland (invented)")):
        if id_ == "NEWLAND":
            append_row(
                folder / "regions.csv", region=id_, name=words, name_zh="虚构市", parent="FARLAND", city_type="unlisted"
            )
        else:
            append_row(folder / "region_sets.csv", name=id_, title=words, title_zh="虚构省")
    for (variable, year), (printed, printed_unit, unit) in NEW_FIGURES.items():
        append_row(
            folder / "baseline.csv",
            region="NEWLAND",
            year=str(year),
            variable=variable,
            printed=printed,
            printed_unit=printed_unit,
            unit=unit,
            source="recalled",
            where="invented",
            confidence="D",
            note="invented for a test",
        )
    append_row(folder / "region_sets.csv", name="BEYOND", title="Beyond", title_zh="区外", members="YULIN+NEWLAND")
    append_row(
        folder / "path_clauses.csv",
        figure_id="path.gdp_growth.BEYOND",
        plan_id="scenario_path",
        domain="output",
        kind="path",
        variable="gdp_growth_real",
        region="BEYOND",
        year_from="2021",
        year_to="2030",
        sense=">=",
        unit="%/yr",
        rank="6",
        source="scenario_path",
        confidence="D",
        assumed="yes",
        record="output.trend_growth_2026_2035",
    )
    for name, (old, new) in NEW_RECORDS.items():
        copy_record(folder / name, old, new)
    copy_record(folder / "water.toml", *NEW_INTENSITY)
    return folder
