"""A workbook is another form of a scenario: unchanged it is the shipped one, changed it is exactly the change."""

import pytest

from regmodel.scenario import Override, build, load, shipped_names
from regmodel.vocabulary.problems import InputProblems
from regmodel.vocabulary.texts import Text
from regmodel.workbook.layout import BOOK_LANGUAGES
from regmodel.workbook.read import read_with_counts, read_workbook
from regmodel.workbook.write import write_workbook


@pytest.mark.parametrize("name", shipped_names())
def test_an_unchanged_workbook_is_the_shipped_scenario(name, tmp_path):
    """No override, no warning, and every row is used."""
    reading = read_with_counts(write_workbook(tmp_path / "a.xlsx", load(name), "both"))
    assert reading.scenario == load(name)
    assert (reading.edits, reading.warnings) == ((), ())
    assert reading.count.rows_in == reading.count.used
    assert reading.count.reported == 0


@pytest.mark.parametrize("language", BOOK_LANGUAGES)
def test_the_language_changes_nothing(language, tmp_path, plan):
    assert read_workbook(write_workbook(tmp_path / "a.xlsx", plan, language)) == plan


def test_a_program_that_saves_the_workbook_changes_nothing(book, open_desk, plan):
    assert read_workbook(open_desk(book).save()) == plan


def test_one_changed_number_is_one_override(desk):
    desk.put("water.records", "water.use_base.ORDOS", "value", 14.8)
    scenario = read_workbook(desk.save())
    assert scenario.own == (Override("record.water.use_base.ORDOS", 14.8, None, "plan_edited"),)
    assert scenario.parent == "plan"
    assert scenario.book.records["water.use_base.ORDOS"].printed == "14.8"
    assert scenario.title == Text(f"{load('plan').title.en}, edited", f"{load('plan').title.zh}（已修改）")


def test_source_and_reason_travel_with_the_number(desk):
    desk.put("water.records", "water.use_base.ORDOS", "value", 16.1)
    desk.put("water.records", "water.use_base.ORDOS", "own_source", "Ordos water bulletin 2020, table 3")
    desk.put("water.records", "water.use_base.ORDOS", "own_reason", "measured = better")
    (own,) = read_workbook(desk.save()).own
    assert (own.value, own.source) == (16.1, "Ordos water bulletin 2020, table 3")


def test_a_source_alone_confirms_the_figure(desk, plan):
    """An analyst who finds the same number in a bulletin says so; the figure is then no longer only assumed."""
    desk.put("water.records", "water.use_base.ORDOS", "own_source", "Ordos water bulletin 2020")
    (own,) = read_workbook(desk.save()).own
    assert own.key == "record.water.use_base.ORDOS"
    assert own.value == float(plan.book.records["water.use_base.ORDOS"].printed)
    assert own.source == "Ordos water bulletin 2020"


@pytest.mark.parametrize(
    ("table", "key", "code", "typed", "override", "value"),
    [
        ("targets.clauses", "nm_urb_2025", "reading", "floor", "clause.nm_urb_2025.reading", "floor"),
        ("targets.clauses", "nm_urb_2025", "enabled", "no 否", "clause.nm_urb_2025.enabled", False),
        ("targets.clauses", "nm_urb_2025", "enabled", "否", "clause.nm_urb_2025.enabled", False),
        ("targets.clauses", "nm_to_town_2025", "enabled", True, "clause.nm_to_town_2025.enabled", True),
        ("targets.clauses", "nm_new_land_2025", "value", 60, "clause.nm_new_land_2025.value", 60.0),
        ("levers.levers", "water_rights", "enabled", "no", "lever.water_rights.enabled", False),
        ("levers.levers", "water_rights", "limit", 0.5, "lever.water_rights.limit", 0.5),
        ("lever.records", "lever.mine_water.cost", "value", 6, "record.lever.mine_water.cost", 6.0),
        (
            "water.figures",
            "baseline.water_use_total.INNER_MONGOLIA.2020",
            "value",
            190,
            "record.baseline.water_use_total.INNER_MONGOLIA.2020",
            190.0,
        ),
    ],
)
def test_every_kind_of_cell_becomes_its_override(desk, table, key, code, typed, override, value):
    desk.put(table, key, code, typed)
    (own,) = read_workbook(desk.save()).own
    assert (own.key, own.value) == (override, value)


def test_a_value_of_one_region_is_filled_in(desk):
    for code, typed in (("key", "population.urban_ceiling"), ("region", "通辽市"), ("value", 84)):
        desk.put("population.regional", 0, code, typed)
    desk.put("population.regional", 0, "region", read_workbook(desk.path).book.regions.name("TONGLIAO").zh)
    (own,) = read_workbook(desk.save()).own
    assert (own.key, own.value) == ("record.population.urban_ceiling.TONGLIAO", 84.0)


def test_a_cap_of_ones_own_is_filled_in(desk):
    for code, typed in (("variable", "water_use_total"), ("region", "ORDOS"), ("year", 2027), ("value", 18.5)):
        desk.put("targets.caps", 3, code, typed)
    scenario = read_workbook(desk.save())
    assert scenario.caps == {"water_use_total.ORDOS.2027": 18.5}


def test_another_parent_takes_the_place_of_the_first(desk):
    desk.put("scenarios.form", "parent", "value", "dry_years")
    assert read_workbook(desk.save()) == load("dry_years")


def test_layers_and_edits_combine(desk):
    desk.put("scenarios.form", "name", "value", "mine")
    desk.put("scenarios.form", "layer_1", "value", "dry_years")
    desk.put("levers.levers", "mine_water", "enabled", "no")
    scenario = read_workbook(desk.save())
    assert (scenario.name, scenario.parent, scenario.layers) == ("mine", "plan", ("dry_years",))
    assert [own.key for own in scenario.own] == ["lever.mine_water.enabled"]


def test_a_scenario_of_ones_own_comes_back_whole(tmp_path):
    """Records, regional values, clauses, levers, caps, reasons and sources, all through the workbook and back."""
    own = {
        "record.water.use_base.ORDOS": Override(
            "record.water.use_base.ORDOS", 14.8, "bulletin", "mine", "bulletin 2020"
        ),
        "record.population.urban_ceiling.TONGLIAO": 84.0,
        "clause.nm_urb_2025.reading": "floor",
        "clause.nm_new_land_2025.value": 60.0,
        "clause.nm_to_town_2025.enabled": True,
        "lever.water_rights.limit": 1 / 3,
        "lever.mine_water.enabled": False,
        "cap.water_use_total.ORDOS.2027": 18.5,
    }
    words = Text("Mine = ours", "我的")
    scenario = build("mine", words, words, "plan", ("dry_years",), own)
    again = read_workbook(write_workbook(tmp_path / "mine.xlsx", scenario, "both"))
    assert (again.name, again.title, again.parent, again.layers) == ("mine", words, "plan", ("dry_years",))
    kept = {each.key: (each.value, each.reason, each.source) for each in again.own}
    assert kept.keys() == {each.key for each in scenario.own}
    for each in scenario.own:
        value, reason, source = kept[each.key]
        assert (reason, source) == (each.reason, each.source)
        assert value == (pytest.approx(each.value, rel=1e-14) if isinstance(each.value, float) else each.value)
    assert again.clauses == scenario.clauses


def test_what_has_no_cell_of_its_own_is_among_the_further_settings(tmp_path, plan, open_desk):
    """Figures of other years, a cap of a set, words that differ within a row, more caps than the table holds."""
    key = "clause.nm_urb_2025"
    own = {f"cap.water_use_total.{region}.2027": 20.0 for region in plan.book.regions.ids()}
    own |= {
        "record.baseline.gdp.HOHHOT.2016": 3100.0,
        f"{key}.ease_low": Override("", 2.5, "a way out", ""),
        f"{key}.enabled": Override("", False, "another reason", ""),
        "record.water.use_base.ORDOS": 15.5,
    }
    scenario = build("mine", Text("m", "m"), Text("m", "m"), "plan", (), own)
    path = write_workbook(tmp_path / "mine.xlsx", scenario, "en")
    again = read_workbook(path)
    assert sorted(again.own, key=str) == sorted(scenario.own, key=str)
    desk = open_desk(path)
    sheet, mark = desk.mark("scenarios.more")
    shown = [sheet.cell(mark + 2 + at, 1).value for at in range(6)]
    assert shown[:1] == ["cap.water_use_total.YULIN.2027"]
    assert {f"{key}.ease_low", f"{key}.enabled", "record.water.use_base.ORDOS"} < set(shown)


def test_the_same_thing_in_two_places_is_refused(desk):
    desk.put("water.records", "water.use_base.ORDOS", "value", 16.0)
    where = desk.put("scenarios.more", 0, "key", "record.water.use_base.ORDOS")
    desk.put("scenarios.more", 0, "value", 16.5)
    with pytest.raises(InputProblems) as raised:
        read_workbook(desk.save())
    (problem,) = raised.value.problems
    assert (problem.code, problem.where) == ("W-21", where.replace("!A", "!C"))


def test_an_end_that_gives_way_is_typed_on_the_targets(desk):
    desk.put("targets.clauses", "nm_urb_2025", "ease_low", 2.5)
    (own,) = read_workbook(desk.save()).own
    assert (own.key, own.value) == ("clause.nm_urb_2025.ease_low", 2.5)
