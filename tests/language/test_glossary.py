"""Every name is defined once, in both languages, with its unit; and what is wrong in the glossary is said at once."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from regmodel.params import convert, read_book, shipped_folder
from regmodel.plans.clause_tables import read_clauses
from regmodel.projection.coefficients import AXES
from regmodel.projection.decisions import Decisions
from regmodel.projection.trajectory import PRINTED
from regmodel.vocabulary.equation import CATALOGUE, Equation
from regmodel.vocabulary.glossary import GLOSSARY, UnknownTerm, read_glossary, term
from regmodel.vocabulary.problems import InputProblems

FIELD_RATES = frozenset(
    {
        # Shares that the field calls rates: the closed list of style, names, suffixes.
        "urbanisation_rate",
        "base_urbanisation_rate",
        # Names of published figures and of clauses, kept as their tables have them.
        "built_up_green_space_rate",
        "clean_heating_rate",
        "fire_water_point_working_rate",
        "housing_area_standard_rate",
        "mine_water_reuse_rate",
        "owner_committee_rate",
        "reclaimed_water_rate",
        "sewage_treatment_rate",
        "waste_treatment_rate",
    }
)
LEVELS_OF_A_YEAR = frozenset({"opening_gdp", "opening_value_added"})
"""Flows that are carried from year to year like stocks."""
GOOD = """
[people]
title = "People"
title_zh = "人口"
definition = "Who lives here."
definition_zh = "居住在此的人。"
kind = "variable"
unit = "wan_person"
display_unit = "10^4 persons"
lower = 0.0
"""


def test_every_argument_is_in_the_glossary_with_its_unit(entry: Equation) -> None:
    """A new argument gets its word, its unit and its Chinese term before it is used."""
    wrong = {name: unit for name, unit in entry.arguments.items() if term(name).unit != unit}
    assert wrong == {}


def test_every_result_is_in_the_glossary_with_its_unit(entry: Equation) -> None:
    """An equation is named by what it returns."""
    assert entry.name.rpartition(".")[2] == entry.function.__name__
    assert term(entry.function.__name__).unit == entry.unit


def test_every_figure_has_a_term_and_keeps_its_hard_bounds() -> None:
    """A published figure outside of what is possible was read wrongly."""
    outside = [
        f"{figure.key}: {figure.value}"
        for figure in read_book().figures
        if not term(figure.variable).allows(figure.value)
    ]
    assert outside == []


def test_terms_name_equations_that_exist() -> None:
    named = {entry.equation for entry in read_glossary().values() if entry.equation}
    assert named <= set(CATALOGUE)


@pytest.mark.parametrize(
    ("suffix", "unit"),
    [
        ("_rate", r"1/year"),
        ("_share", r"dimensionless"),
        ("_ratio", r"dimensionless"),
        ("_index", r"dimensionless"),
        ("_growth", r"dimensionless"),
        ("_norm", r".*/(wan_person|km2)"),
        ("_intensity", r".*/yi_yuan"),
    ],
)
def test_suffixes_keep_their_meaning(suffix: str, unit: str) -> None:
    """A reader may trust the end of a name."""
    wrong = [
        entry.name
        for entry in read_glossary().values()
        if entry.name.endswith(suffix)
        and entry.name not in FIELD_RATES
        and not re.fullmatch(unit, entry.unit or "no unit")
    ]
    assert wrong == []


def test_a_share_lies_between_nought_and_one() -> None:
    shares = [entry for entry in read_glossary().values() if entry.name.endswith("_share")]
    assert [entry.name for entry in shares if (entry.lower, entry.upper) != (0.0, 1.0)] == []


def test_opening_and_closing_are_said_of_stocks() -> None:
    flows = [
        entry.name
        for entry in read_glossary().values()
        if entry.name.startswith(("opening_", "closing_")) and "/year" in (entry.unit or "")
    ]
    assert set(flows) == LEVELS_OF_A_YEAR


def test_no_name_carries_its_unit() -> None:
    """Units are types and not parts of names; 10k is a published table's own word."""
    named = re.compile(r"_(km2|m3|mu|yuan|percent|permille|litre|tonnes?)(_|$)")
    assert [name for name in read_glossary() if named.search(name)] == []


def test_a_definition_is_one_sentence_in_each_language() -> None:
    wrong = [
        entry.name
        for entry in read_glossary().values()
        if not entry.definition.en.endswith(".") or not entry.definition.zh.endswith("。")
    ]
    assert wrong == []


def test_terms_are_found_by_name_and_the_nearest_is_offered() -> None:
    assert term("urban_population").title.zh == "城镇常住人口"
    with pytest.raises(UnknownTerm, match='did you mean "urban_population"'):
        term("urban_populaton")


def test_hard_bounds_hold_at_both_ends() -> None:
    share = term("urbanisation_rate")
    assert [share.allows(value) for value in (-0.01, 0.0, 0.67, 1.0, 1.01)] == [False, True, True, True, False]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("kind", 'knid = "variable"\nkind', "V-01"),
        ('title_zh = "人口"\n', "", "V-02"),
        ('title = "People"', 'title = " "', "V-02"),
        ('"variable"', '"varable"', "V-03"),
        ('display_unit = "10^4 persons"\n', "", "V-04"),
        ("lower = 0.0", "lower = 0", "V-05"),
        ("lower = 0.0", "lower = 2.0\nupper = 1.0", "V-05"),
        ("lower = 0.0", 'modelled = "no"', "V-06"),
    ],
)
def test_a_broken_glossary_is_told_what_is_wrong(tmp_path: Path, old: str, new: str, code: str) -> None:
    """Unknown keys, missing words and impossible bounds are problems with a place and a remedy."""
    path = tmp_path / GLOSSARY.name
    path.write_text(GOOD, encoding="utf-8")
    assert set(read_glossary(path)) == {"people"}
    broken = tmp_path / "broken.toml"
    broken.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputProblems) as raised:
        read_glossary(broken)
    assert [problem.code for problem in raised.value.problems] == [code]
    assert next(iter(raised.value.problems)).where.startswith("broken.toml   people")


def test_all_problems_of_a_glossary_come_at_once(tmp_path: Path) -> None:
    path = tmp_path / GLOSSARY.name
    path.write_text(GOOD.replace("kind", "knid").replace("lower = 0.0", "lower = 0"), encoding="utf-8")
    with pytest.raises(InputProblems) as raised:
        read_glossary(path)
    assert [problem.code for problem in raised.value.problems] == ["V-01", "V-02", "V-05"]
    assert 'did you mean "kind"?' in raised.value.problems.render("en")


def test_every_variable_of_a_trajectory_is_printed_in_the_unit_of_the_glossary() -> None:
    """A header in a result reads as the glossary says, and the factor is that of the two units."""
    wrong = [
        name
        for name, (unit, factor) in PRINTED.items()
        if term(name).display_unit != unit or convert(1.0, term(name).unit or "", unit) != pytest.approx(factor)
    ]
    assert wrong == []


def test_every_coefficient_and_every_decision_is_in_the_glossary() -> None:
    """One name from the record's coefficient to the programme's parameter."""
    names = {*AXES, *(one.name for one in fields(Decisions))}
    assert sorted(names - set(read_glossary())) == []


def test_every_clause_is_about_a_quantity_of_the_glossary() -> None:
    """A quantity that no equation knows is there too, marked so."""
    clauses = read_clauses(shipped_folder(), read_book().regions)
    assert sorted({clause.variable for clause in clauses} - set(read_glossary())) == []


def test_a_clause_has_the_unit_of_its_quantity() -> None:
    """The printed figure converts to the unit in memory of what it is about, growth paths excepted."""
    wrong = []
    for clause in read_clauses(shipped_folder(), read_book().regions):
        unit = term(clause.variable).unit
        if clause.unit and unit and clause.kind != "path":
            try:
                convert(1.0, clause.unit, unit)
            except ValueError as problem:
                wrong.append(f"{clause.id}: {problem}")
    assert wrong == []
