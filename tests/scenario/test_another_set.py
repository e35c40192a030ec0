"""Another set of regions needs no change of code: an invented region is rows and records, and one more node."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest

from regmodel.feasibility.engine import engine_for
from regmodel.feasibility.numbers import prepare
from regmodel.scenario import load
from regmodel.vocabulary.problems import InputProblems

EXPECTED = tomllib.loads((Path(__file__).parent / "problems.toml").read_text(encoding="utf-8"))


def _without(path: Path, beginnings: Iterable[str]) -> None:
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith(tuple(beginnings))), encoding="utf-8")


def test_an_invented_region_is_one_more_node(wider_folder: Path) -> None:
    shipped, wider = prepare(load("plan")), prepare(load("plan", wider_folder))
    assert wider.base.regions.ids() == (*shipped.base.regions.ids(), "NEWLAND")
    assert all(len(array) == len(wider.base.regions.ids()) for array in wider.projection.values.values())
    assert wider.base.population[-1] == pytest.approx(100.0)
    assert wider.base.water_use[-1].sum() > 0


def test_the_other_regions_do_not_notice(wider_folder: Path) -> None:
    """A region under another province exchanges nobody with them and takes none of their totals."""
    shipped, wider = prepare(load("plan")), prepare(load("plan", wider_folder))
    for name in ("population", "urban_population", "gdp"):
        np.testing.assert_allclose(
            wider.projection.values[name][:-1], shipped.projection.values[name], rtol=1e-9, err_msg=name
        )


def test_a_clause_over_a_new_set_has_its_rows(wider_folder: Path) -> None:
    rows = {row.name: row for row in prepare(load("plan", wider_folder)).shape.rows}
    assert rows["path.gdp_growth.BEYOND/low/2030"].places == ("YULIN", "NEWLAND")


@pytest.mark.slow
def test_the_programme_decides_over_the_new_set(wider_folder: Path) -> None:
    assert engine_for(prepare(load("plan", wider_folder))).decide().verdict == "feasible"


def test_every_number_that_the_region_lacks_is_named_at_once(wider_folder: Path) -> None:
    _without(wider_folder / "baseline.csv", ("NEWLAND,2020,,age_share", "NEWLAND,2010,,urban_pop"))
    people = wider_folder / "population.toml"
    text = people.read_text(encoding="utf-8")
    other = "[population.rural_departure_rate.NEWLAND]"
    people.write_text(text.replace("[population.region_path_growth.NEWLAND]", other), encoding="utf-8")
    with pytest.raises(InputProblems) as caught:
        prepare(load("plan", wider_folder))
    assert caught.value.problems.render("en") == EXPECTED["numbers that a new region lacks"]["en"].strip("\n")
    assert caught.value.problems.render("zh") == EXPECTED["numbers that a new region lacks"]["zh"].strip("\n")


def test_a_base_year_cell_that_the_region_lacks_is_named(wider_folder: Path) -> None:
    _without(wider_folder / "baseline.csv", ("NEWLAND,2020,,gdp",))
    with pytest.raises(InputProblems) as caught:
        prepare(load("plan", wider_folder))
    assert caught.value.problems.render("en") == EXPECTED["cells that a new region lacks"]["en"].strip("\n")
    assert caught.value.problems.render("zh") == EXPECTED["cells that a new region lacks"]["zh"].strip("\n")
