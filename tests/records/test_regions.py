"""Sets overlap, expressions join them, and a slip gets the nearest name."""

from __future__ import annotations

import pytest

from regmodel.params import ParameterBook
from regmodel.vocabulary.regions import UnknownRegion


def test_thirteen_regions_are_shipped(book: ParameterBook) -> None:
    assert len(book.regions.ids()) == 13
    assert len(book.regions.members("INNER_MONGOLIA")) == 12
    assert {region.id for region in book.regions.regions if region.parent == "SHAANXI"} == {"YULIN"}


def test_members_come_once_and_in_the_order_of_arrays(book: ParameterBook) -> None:
    assert book.regions.members("HBEW+CHIFENG+TONGLIAO+HOHHOT") == (
        "HOHHOT", "BAOTOU", "ORDOS", "ULANQAB", "CHIFENG", "TONGLIAO",
    )  # fmt: skip
    assert book.regions.members("YULIN+HBE") == ("HOHHOT", "BAOTOU", "ORDOS", "YULIN")
    assert book.regions.indices("HBEY") == [0, 1, 2, 12]


def test_names_come_in_both_languages(book: ParameterBook) -> None:
    assert book.regions.name("HBEW").zh == "呼包鄂乌"
    assert book.regions.name("HBEW+CHIFENG").en == "Hohhot-Baotou-Ordos-Ulanqab, Chifeng"
    assert book.regions.name("ERENHOT").zh == "二连浩特"


def test_a_slip_gets_the_nearest_name(book: ParameterBook) -> None:
    with pytest.raises(UnknownRegion, match='"HOHOT" is neither a region nor a set of regions; did you mean "HOHHOT"'):
        book.regions.members("HBE+HOHOT")


def test_a_place_is_no_region(book: ParameterBook) -> None:
    assert book.regions.is_known("MANZHOULI")
    assert book.regions.places["MANZHOULI"].part_of == "HULUNBUIR"
    with pytest.raises(UnknownRegion):
        book.regions.members("MANZHOULI")


def test_city_types_are_those_of_the_plan(book: ParameterBook) -> None:
    """Clauses nm_expand_cities, nm_stable_cities and nm_shrink_cities, as far as they name whole leagues and cities."""
    by_type: dict[str, set[str]] = {}
    for region in book.regions.regions:
        by_type.setdefault(region.city_type, set()).add(region.id)
    assert by_type["expanding"] == {"HOHHOT", "BAOTOU", "ORDOS", "CHIFENG", "TONGLIAO"}
    assert by_type["stable"] == {"HULUNBUIR", "HINGGAN", "XILINGOL", "ULANQAB", "BAYANNUR", "WUHAI"}
    assert by_type["shrinking"] == {"ALXA"}
