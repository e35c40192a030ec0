"""Printed units become units of memory, checked by hand; the kept factors are those of Pint."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from regmodel.params import convert
from regmodel.params.conversion_table import pairs_in_use
from regmodel.params.numbers import Unreadable, read_number
from regmodel.params.units import NotConvertible, UnknownUnit, computed_factor, parse_unit, plain_unit


@pytest.mark.parametrize(
    ("number", "printed_unit", "unit", "expected"),
    [
        # 129 L x 365 d = 47,085 L = 47.085 m3 a head; x 10^4 = 0.47085 x 10^6 m3, which is 0.0047085 x 10^8 m3
        (129, "L/person/day", "hm3/wan_person/year", 0.47085),
        (129, "L/person/day", "yi_m3/wan_person/year", 0.0047085),
        # 64 x 10^4 mu / 1500 mu per km2
        (64, "10^4 mu", "km2", 426.6666666666667),
        # 282 m3 x 1500 mu per km2 = 423,000 m3
        (282, "m3/mu", "hm3/km2/year", 0.423),
        (1, "10^4 mu", "km2", 6.666666666666667),
        (130, "m2/person", "km2/wan_person", 1.3),
        (23.2, "m3/10^4 CNY", "hm3/yi_yuan", 0.232),
        (80, "10^4 CNY/mu", "yi_yuan/km2", 12.0),
        (12.5, "10^4 CNY/person", "yi_yuan/wan_person", 12.5),
        (-1, "permille", "1/year", -0.001),
        (3, "% of rural population per year", "1/year", 0.03),
        (2.77, "percentage points", "dimensionless", 0.0277),
        (4075, "10^4 t per percentage point", "wan_tonne/point", 4075),
        (392, "10^4 m3 per percentage point", "hm3/point", 3.92),
        (24049155, "persons", "wan_person", 2404.9155),
    ],
)
def test_a_printed_unit_converts(number: float, printed_unit: str, unit: str, expected: float) -> None:
    assert convert(number, printed_unit, unit) == pytest.approx(expected, rel=1e-12)
    assert convert(expected, unit, printed_unit) == pytest.approx(number, rel=1e-12)


def test_a_year_has_365_days() -> None:
    assert parse_unit("1/day").to("1/year").magnitude == pytest.approx(365.0)


def test_words_that_say_of_what_are_set_aside() -> None:
    assert plain_unit("% of the origin's population per year") == "percent/year"
    assert plain_unit("% of 64x10^4 mu per five years") == "percent"
    assert plain_unit("permille per point of share aged 60+") == "permille/point"
    assert plain_unit("m3/mu gross") == "m3/mu"


@pytest.mark.parametrize("text", ["gallon", "wan", "Year", "", "10^4", "km3", "megaperson"])
def test_a_unit_outside_the_list_is_refused(text: str) -> None:
    """Prefixes are refused too: the list is closed."""
    with pytest.raises(UnknownUnit):
        parse_unit(text)


@pytest.mark.parametrize(
    ("printed_unit", "unit"),
    [("L/day", "hm3/wan_person/year"), ("km2", "hm3/year"), ("L/person", "hm3/wan_person/year")],
)
def test_units_of_two_kinds_are_refused(printed_unit: str, unit: str) -> None:
    with pytest.raises(NotConvertible):
        convert(1.0, printed_unit, unit)


def test_kept_factors_are_those_of_pint(root: Path) -> None:
    with (root / "params" / "conversions.csv").open(encoding="utf-8-sig", newline="") as lines:
        kept = {(row["printed_unit"], row["unit"]): float(row["factor"]) for row in csv.DictReader(lines)}
    assert kept == {pair: computed_factor(*pair) for pair in kept}
    assert set(pairs_in_use()) <= set(kept), "run python -m regmodel.params.conversion_table"


def test_reading_the_shipped_records_does_not_wait_for_pint(root: Path) -> None:
    words = "import sys; from regmodel.params import read_book; read_book(); sys.exit('pint' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", words], cwd=root / "src", check=False)
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("printed", "unit", "expected"),
    [("129", "", 129.0), ("-0.27", "%", -0.27), ("1.3亿", "m3", 1.3e8), ("800万", "persons", 8e6), ("2e3", "", 2000.0)],
)
def test_a_printed_number_is_read(printed: str, unit: str, expected: float) -> None:
    assert read_number(printed, unit) == pytest.approx(expected)


def test_separators_count_where_the_publisher_prints_them() -> None:
    assert read_number("1,234.5", "", "1,234.5") == 1234.5
    with pytest.raises(Unreadable):
        read_number("1,234.5")


@pytest.mark.parametrize("printed", ["", "12 %", "1,23", "about 5", "nan", "inf", "１２", "--1", "0x10", "1_000"])
def test_what_is_no_number_is_refused(printed: str) -> None:
    with pytest.raises(Unreadable):
        read_number(printed)
