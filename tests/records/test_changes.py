"""Another number for a record or a figure makes another book and leaves this one alone."""

from __future__ import annotations

import pytest

from regmodel.params import Change, ParameterBook
from regmodel.vocabulary.problems import InputProblems


def test_a_number_in_the_printed_unit_changes_the_value(book: ParameterBook) -> None:
    other = book.with_values({"output.icor": Change(7.0), "water.industrial_intensity_decline": Change("3")})
    assert other.value("output.icor") == 7.0
    assert other.value("water.industrial_intensity_decline") == pytest.approx(0.03)
    assert book.value("output.icor") == 6.0


def test_a_region_suffix_makes_a_copy_for_that_region(book: ParameterBook) -> None:
    key = "water.industrial_intensity_decline"
    other = book.with_values({f"{key}.HOHHOT": Change(2.0, "bulletin of the city")})
    assert other.value(key, "HOHHOT") == pytest.approx(0.02)
    assert other.value(key, "BAOTOU") == book.value(key, "BAOTOU")
    assert other.records[f"{key}.HOHHOT"].changed_because == "bulletin of the city"
    assert f"{key}.HOHHOT" not in book.records


def test_a_copy_is_made_of_the_record_for_the_others(book: ParameterBook) -> None:
    other = book.with_values({"population.urban_ceiling.CHIFENG": Change(80)})
    record = other.record("population.urban_ceiling", "CHIFENG")
    assert (record.value, record.low, record.high) == (pytest.approx(0.8), "75", "98.5")


def test_a_value_beyond_its_range_takes_the_end_along(book: ParameterBook) -> None:
    record = book.with_values({"output.icor": Change(9.5)}).records["output.icor"]
    assert (record.low_value, record.value, record.high_value) == (5.0, 9.5, 9.5)
    assert record.high == "9.5"


def test_a_source_of_the_user_is_kept_with_the_number(book: ParameterBook) -> None:
    other = book.with_values({"output.icor": Change(7.0, "newer", "Yearbook 2025, table 3")})
    assert other.records["output.icor"].source == "Yearbook 2025, table 3"
    assert other.sources["Yearbook 2025, table 3"].title.en == "Yearbook 2025, table 3"


def test_a_figure_of_the_baseline_can_be_changed(book: ParameterBook) -> None:
    other = book.with_values({"baseline.gdp.ORDOS.2020": Change(3600.0)})
    assert other.figure("gdp", "ORDOS", 2020) == 3600.0
    assert book.figure("gdp", "ORDOS", 2020) == 3533.66


def test_all_wrong_changes_are_said_at_once(book: ParameterBook) -> None:
    with pytest.raises(InputProblems) as caught:
        book.with_values(
            {"output.icorr": Change(7.0), "output.icor": Change("seven"), "land.residential_part": Change(60)}
        )
    assert [problem.code for problem in caught.value.problems] == ["P-18", "P-04"]


def test_the_same_changes_make_the_same_book(book: ParameterBook) -> None:
    changes = {"output.icor": Change(7.0)}
    assert book.with_values(changes) == book.with_values(changes)
