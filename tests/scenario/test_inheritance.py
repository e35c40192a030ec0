"""A scenario holds what differs from its parent; the rest is inherited, and its owner is named."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from regmodel.feasibility.numbers import prepare
from regmodel.feasibility.row_numbers import RowReader
from regmodel.scenario import Override, Scenario, load
from regmodel.vocabulary.problems import InputProblems

Make = Callable[..., Scenario]
DECLINE = "water.industrial_intensity_decline"
ELDER = f'[override]\n"record.{DECLINE}" = {{ value = 3, reason = "newer works", source = "Yearbook 2025" }}\n'


def _owners(scenario: Scenario) -> dict[str, str]:
    return {override.key: override.owner for override in scenario.overrides}


def test_a_child_sees_the_value_of_its_parent_and_names_the_owner(loaded: Make) -> None:
    child = loaded('parent = "elder"\n', elder=ELDER)
    assert child.book.value(DECLINE) == pytest.approx(0.03)
    assert _owners(child) == {f"record.{DECLINE}": "elder"}
    assert child.own == ()


def test_a_child_outdoes_its_parent_and_its_layers(loaded: Make) -> None:
    child = loaded(f'parent = "elder"\nlayers = ["dry_years"]\n[override]\n"record.{DECLINE}" = 4\n', elder=ELDER)
    assert child.book.value(DECLINE) == pytest.approx(0.04)
    assert _owners(child) == {f"record.{DECLINE}": "case", "record.water.dry_years": "dry_years"}


def test_a_layer_outdoes_the_parent(loaded: Make) -> None:
    child = loaded(
        'parent = "elder"\nlayers = ["faster"]\n', elder=ELDER, faster=f'[override]\n"record.{DECLINE}" = 4\n'
    )
    assert _owners(child) == {f"record.{DECLINE}": "faster"}


def test_a_layer_brings_what_its_own_parent_sets(loaded: Make) -> None:
    child = loaded('parent = "plan"\nlayers = ["younger"]\n', elder=ELDER, younger='parent = "elder"\n')
    assert _owners(child) == {f"record.{DECLINE}": "elder"}


def test_a_layer_does_not_take_back_what_the_line_of_parents_changed(loaded: Make) -> None:
    """The layer's parent is an ancestor already: what came after it stands."""
    child = loaded(
        'parent = "middle"\nlayers = ["wet"]\n',
        elder=ELDER,
        middle=f'parent = "elder"\n[override]\n"record.{DECLINE}" = 4\n',
        wet='parent = "elder"\n[override]\n"record.output.icor" = 7\n',
    )
    assert _owners(child) == {f"record.{DECLINE}": "middle", "record.output.icor": "wet"}


def test_layers_in_a_declared_order_may_set_the_same(loaded: Make) -> None:
    """The last wins, and either order is what its author wrote."""
    layers = {"low": '[override]\n"record.output.icor" = 5\n', "high": '[override]\n"record.output.icor" = 8\n'}
    for order, wanted in (('["low", "high"]', 8.0), ('["high", "low"]', 5.0)):
        scenario = loaded(f"layers = {order}\nlayers_in_order = true\n", **layers)
        assert scenario.book.value("output.icor") == wanted


def test_two_layers_of_one_parent_do_not_clash_over_it(loaded: Make) -> None:
    child = loaded('layers = ["one", "two"]\n', elder=ELDER, one='parent = "elder"\n', two='parent = "elder"\n')
    assert _owners(child) == {f"record.{DECLINE}": "elder"}


def test_a_childs_cap_replaces_its_parents_in_either_spelling(loaded: Make) -> None:
    child = loaded(
        'parent = "elder"\n[override]\n"clause.cap.water_use_total.ORDOS.2025.value" = 18\n',
        elder='[override]\n"cap.water_use_total.ORDOS.2025" = 19\n',
    )
    assert child.caps == {}
    assert child.clause("cap.water_use_total.ORDOS.2025").clause.value == 18.0


def test_a_file_beside_the_scenario_goes_before_a_shipped_one(loaded: Make) -> None:
    child = loaded('parent = "dry_years"\n', dry_years='[override]\n"record.water.dry_years" = 30\n')
    assert child.book.value("water.dry_years") == pytest.approx(0.3)


def test_a_file_without_names_goes_by_its_file_name(loaded: Make) -> None:
    scenario = loaded('[override]\n"record.output.icor" = 7\n')
    assert (scenario.name, scenario.title.en, scenario.title.zh) == ("case", "case", "case")
    assert (scenario.description.en, scenario.description.zh) == ("no description", "无说明")


def test_a_file_in_gbk_is_read(loaded: Make) -> None:
    assert loaded('title_zh = "枯水年"\n'.encode("gb18030")).title.zh == "枯水年"


def test_dotted_tables_and_quoted_keys_say_the_same(loaded: Make) -> None:
    quoted = loaded(
        '[override]\n"record.output.icor" = 7\n"clause.hbew_gdp_growth.value" = 5.5\n"lever.reclaimed.limit" = 0.5\n'
    )
    dotted = loaded(
        "[override]\nrecord.output.icor = 7\nlever.reclaimed.limit = 0.5\n"
        "[override.clause.hbew_gdp_growth]\nvalue = 5.5\n"
    )
    assert {(one.key, one.value) for one in quoted.own} == {(one.key, one.value) for one in dotted.own}


def test_reason_and_source_reach_the_record(loaded: Make) -> None:
    scenario = loaded('parent = "elder"\n', elder=ELDER)
    record = scenario.book.record(DECLINE)
    assert (record.changed_because, record.source) == ("newer works", "Yearbook 2025")
    assert "Yearbook 2025" in scenario.book.sources


def test_a_region_suffix_changes_that_region_alone(made: Make) -> None:
    scenario = made({f"record.{DECLINE}.HOHHOT": 2.0})
    assert scenario.book.value(DECLINE, "HOHHOT") == pytest.approx(0.02)
    others = [region for region in scenario.book.regions.ids() if region != "HOHHOT"]
    assert {scenario.book.value(DECLINE, region) for region in others} == {load("plan").book.value(DECLINE)}


def test_a_figure_of_the_base_year_can_be_set(made: Make) -> None:
    scenario = made({"record.baseline.gdp.ORDOS.2020": 3600.0})
    assert scenario.book.figure("gdp", "ORDOS", 2020) == 3600.0


def test_another_figure_moves_the_window_by_the_rule_table(made: Make) -> None:
    """A growth rate of about 5.5 % a year is 0.3 points either side; the floor reading asks for the lower end."""
    active = made({"clause.hbew_gdp_growth.value": 5.5}).clause("hbew_gdp_growth")
    assert active.bounds is not None
    assert (active.bounds.low, active.bounds.high) == (pytest.approx(5.2), None)


def test_another_reading_changes_the_bounds(made: Make) -> None:
    def ends(reading: str) -> tuple[float | None, float | None]:
        active = made({"clause.nm_urb_2025.reading": reading}).clause("nm_urb_2025")
        assert active.bounds is not None
        return active.bounds.low, active.bounds.high

    assert ends("window") == (68.5, 69.5)
    assert ends("floor") == (68.5, None)


def test_a_statement_can_be_switched_on_and_a_target_off(made: Make) -> None:
    scenario = made({"clause.nm_to_town_2025.enabled": True, "clause.nm_urb_2025.enabled": False})
    assert scenario.clause("nm_to_town_2025").enabled
    assert not scenario.clause("nm_urb_2025").enabled


def test_a_cap_of_a_region_and_year_reaches_the_programme(made: Make) -> None:
    """In 10^8 m3 as printed, in 10^6 m3 in memory; years before it have no cap."""
    case = prepare(made({"cap.water_use_total.ORDOS.2023": 18.5}))
    reader = RowReader(case.scenario, case.paths)
    active = case.scenario.clause("cap.water_use_total.ORDOS.2025")
    assert reader.cap(active, 2022) is None
    assert [reader.cap(active, year) for year in (2023, 2024, 2025)] == pytest.approx([1850.0, 1850.0, 1919.0])


def test_levers_are_switched_off_and_limited(made: Make) -> None:
    scenario = made({"lever.water_rights.enabled": False, "lever.reclaimed.limit": 0.5})
    assert scenario.lever("water_rights").usable_share == 0.0
    assert scenario.lever("reclaimed").usable_share == 0.5
    assert scenario.lever("mine_water").usable_share == 1.0


def test_unknown_levers_and_clauses_are_no_silent_answer() -> None:
    scenario = load("plan")
    for ask in (scenario.lever, scenario.clause):
        with pytest.raises(KeyError):
            ask("nothing")


def test_a_whole_number_from_python_is_a_number(made: Make) -> None:
    assert made({"record.output.icor": 7}).book.value("output.icor") == 7.0


def test_a_number_of_words_from_python_is_refused(made: Make) -> None:
    with pytest.raises(InputProblems) as caught:
        made({"record.output.icor": Override("record.output.icor", "7", None, "someone")})
    assert [(problem.code, problem.where) for problem in caught.value.problems] == [
        ("S-08", "case   record.output.icor")
    ]
