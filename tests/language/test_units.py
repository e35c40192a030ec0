"""Units close: what goes in by the signature comes out as the signature says, in size as well as in kind."""

from __future__ import annotations

from typing import Any

import pint
import pytest

from regmodel.params import convert, shipped_folder
from regmodel.vocabulary.equation import Equation
from regmodel.vocabulary.glossary import read_glossary


@pytest.fixture(scope="module")
def registry() -> pint.UnitRegistry[Any]:
    """The units of the house and no others."""
    return pint.UnitRegistry(str(shipped_folder() / "units.txt"))


def _sample(entry: Equation) -> dict[str, float]:
    """Different values, none of them one, all below the ceiling of the urban share."""
    values = {name: 0.3 + 0.01 * place for place, name in enumerate(sorted(entry.arguments))}
    return {**values, **{name: 0.9 for name in values if name == "urban_ceiling"}}


def test_the_result_has_the_unit_of_the_signature(entry: Equation, registry: pint.UnitRegistry[Any]) -> None:
    """Called with quantities, converted to the declared unit, it gives the number that plain floats give."""
    values = _sample(entry)
    found = entry.function(**{name: registry.Quantity(value, entry.arguments[name]) for name, value in values.items()})
    assert registry.Quantity(found).to(entry.unit).magnitude == pytest.approx(float(entry.function(**values)))


def test_an_argument_of_another_kind_is_refused(entry: Equation, registry: pint.UnitRegistry[Any]) -> None:
    """Each argument matters to the unit: with one of them in kilometres longer, the result is none of the kind."""
    values = _sample(entry)
    for wrong in values:
        quantities = {name: registry.Quantity(value, entry.arguments[name]) for name, value in values.items()}
        quantities[wrong] = quantities[wrong] * registry.Quantity(1, "kilometer")
        with pytest.raises(pint.DimensionalityError):
            registry.Quantity(entry.function(**quantities)).to(entry.unit)


def test_the_year_of_the_house_has_365_days(registry: pint.UnitRegistry[Any]) -> None:
    # Pint's own year has 365.25 days
    assert registry.Quantity(1, "year").to("day").magnitude == pytest.approx(365.0)


@pytest.mark.parametrize(
    ("number", "printed_unit", "unit", "expected"),
    [
        # 1 mu = 1/15 ha: 10^4 mu = 666.67 ha = 6.667 km2; 64 * 6.667 = 426.67
        (64, "10^4 mu", "km2", 426.6666667),
        # 129 L * 365 = 47 085 L = 47.085 m3 a year; 10^4 persons: 470 850 m3 = 0.47085 hm3
        (129, "L/person/day", "hm3/year/wan_person", 0.47085),
        # 330 m3 per mu * 1 500 mu per km2 = 495 000 m3 = 0.495 hm3
        (330, "m3/mu", "hm3/year/km2", 0.495),
        # 23.2 m3 per 10^4 yuan = 232 000 m3 per 10^8 yuan = 0.232 hm3
        (23.2, "m3/10^4 CNY", "hm3/yi_yuan", 0.232),
        # 10^8 m3 = 100 hm3
        (196.3, "10^8 m3", "hm3/year", 19630.0),
        # 130 m2 * 10^4 persons = 1.3 km2
        (130, "m2/person", "km2/wan_person", 1.3),
        # 4 075 * 10^4 t a point is a hundred times that for the whole share
        (4075, "10^4 t/yr per percentage point", "wan_tonne/year", 407500.0),
        (-1, "permille", "1/year", -0.001),
        (-0.25, "permille per point of share aged 60+", "1/year", -0.025),
    ],
)
def test_printed_figures_become_those_of_memory(number: float, printed_unit: str, unit: str, expected: float) -> None:
    assert convert(number, printed_unit, unit) == pytest.approx(expected)


@pytest.mark.parametrize("name", sorted(read_glossary()))
def test_a_display_unit_is_of_the_kind_of_the_unit_in_memory(name: str) -> None:
    """Every term can be printed: its unit converts to the printed one, and back."""
    term = read_glossary()[name]
    if term.unit is None or term.display_unit is None:
        return
    there = convert(2.0, term.unit, term.display_unit)
    assert convert(there, term.display_unit, term.unit) == pytest.approx(2.0)
