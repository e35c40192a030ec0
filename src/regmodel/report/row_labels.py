"""What readers call the rows of the programme: a clause by its variable, a physical row by what it says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from regmodel.plans import Clause
from regmodel.report.labels import as_words, variable_label
from regmodel.vocabulary.glossary import read_glossary
from regmodel.vocabulary.texts import Language, Text

_CLAUSE = Text("clause: {variable}", "条款：{variable}")
_ROWS: Mapping[str, Text] = {
    "people_and_production_fit": Text("urban land holds people and production", "城镇用地须容纳人口和生产"),
    "reuse_is_bounded": Text("redevelopment of idle land", "低效用地再开发上限"),
    "release_follows_people": Text("release of rural construction land", "农村建设用地退出"),
    "works_stay": Text("redeveloped land stays so", "再开发用地不可逆"),
    "land_is_only_added": Text("land is only added", "用地只增不减"),
    "swaps_are_bounded": Text("swaps of rural for urban land", "增减挂钩上限"),
    "sectors_grow_no_faster": Text("fastest growth of a sector", "行业最快增速"),
    "sectors_shrink_no_faster": Text("fastest decline of a sector", "行业最快降速"),
    "structure_changes_slowly": Text("band of a sector's share", "行业占比浮动范围"),
    "investment_is_bounded": Text("ceiling of investment", "投资上限"),
    "growth_needs_investment": Text("growth needs investment", "增长须有投资"),
    "jobs_are_filled": Text("jobs need town residents", "岗位须有城镇人口"),
    "farming_needs_land": Text("farming needs irrigated land", "农业须有灌溉面积"),
    "moves_to_town_are_bounded": Text("yearly moves to town", "年进城规模上限"),
    "faster_moves_need_support": Text("moves to town without support", "无支持时的进城规模"),
    "moves_between_regions_are_bounded": Text("yearly moves between regions", "地区间年迁移上限"),
    "external_migration_is_bounded": Text("band of migration from outside", "区外迁移浮动范围"),
    "fields_change_hands": Text("change of irrigation technology", "灌溉方式转换"),
    "grain_keeps_its_land": Text("floor of irrigated land", "灌溉面积下限"),
    "works_take_time": Text("irrigation works in a year", "年节水工程规模上限"),
    "industry_saves_no_more": Text("capacity of industrial saving", "工业节水能力"),
    "nature_keeps_its_water": Text("floor of ecological use", "生态用水下限"),
    "uses_are_supplied": Text("supply meets use", "供水满足用水"),
    "reclaimed_was_sewage": Text("reclaimed water from collected sewage", "再生水以收集污水为限"),
    "mines_give_no_more": Text("volume of mine water", "矿井疏干水量"),
    "streams_give_no_more": Text("local surface water", "本地地表水量"),
    "conveyance_is_beyond_the_base": Text("conveyance of surface water", "地表水调引"),
    "rights_come_from_saving": Text("rights come from verified saving", "水权来自核定节水量"),
    "people_start_at_the_census": Text("people of the base year", "基年人口"),
    "town_residents_balance": Text("balance of town residents", "城镇人口平衡"),
    "country_residents_balance": Text("balance of country residents", "乡村人口平衡"),
    "output_starts_at_the_accounts": Text("output of the base year", "基年产出"),
    "sectors_add_up": Text("sectors add up to GDP", "分行业合计等于地区生产总值"),
    "towns_drink": Text("domestic water use of towns", "城镇生活用水"),
    "villages_drink": Text("domestic water use of the country", "乡村生活用水"),
    "industry_takes": Text("water use of industry", "工业用水"),
    "fields_take": Text("water use of irrigation", "灌溉用水"),
    "saving_is_verified": Text("verified saving of irrigation", "灌溉核定节水量"),
    "sewage_is_collected": Text("sewage collected", "污水收集"),
    "distance_is_measured": Text("distance from the trend", "与趋势的距离"),
}
# What the bounds of the variables bound, where the glossary has no name of its own for it.
_BOUNDED: Mapping[str, Text] = {
    "moves": Text("moves between regions", "地区间迁移人口"),
    "first_population": Text("people of the base year", "基年人口"),
    "first_value_added": Text("output of the base year", "基年产出"),
    "shortage": Text("water that is short", "缺水量"),
    "rights": Text("water rights that are bought", "购入水权"),
    "lining": Text("canals lined in a year", "年衬砌渠道灌溉面积"),
    "piping": Text("land put under pipes in a year", "年改管灌面积"),
    "dripping": Text("land put under drip in a year", "年改滴灌面积"),
    "fallowing": Text("land fallowed in a year", "年休耕面积"),
    "output_lost": Text("output given up", "放弃的产出"),
    "conveyed": Text("surface water conveyed", "调引地表水"),
    "give": Text("what ends of clauses give way", "条款放宽量"),
    "under": Text("misses from below", "低于要求的偏差"),
    "over": Text("misses from above", "高于要求的偏差"),
    "above": Text("distance above the trend", "高于趋势的距离"),
    "below": Text("distance below the trend", "低于趋势的距离"),
}
_BOUND = Text("bound of {variable}", "{variable}的声明范围")

_WATER_AND_LAND = (
    "people_and_production_fit",
    "reuse_is_bounded",
    "swaps_are_bounded",
    "grain_keeps_its_land",
    "works_take_time",
    "industry_saves_no_more",
    "nature_keeps_its_water",
    "uses_are_supplied",
    "reclaimed_was_sewage",
    "mines_give_no_more",
    "streams_give_no_more",
    "rights_come_from_saving",
)


def family_of(constraint: str, clauses: Mapping[str, Clause]) -> str:
    """The family that a binding row counts with: the variable of its clause, or the physical row itself.

    A row is named by its clause, or by its clause and what follows a slash.
    """
    clause = clauses.get(constraint) or clauses.get(constraint.partition("/")[0])
    return constraint.partition("/")[0].partition("[")[0] if clause is None else f"clause:{clause.variable}"


def rows_that_bind(verdict: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The rows that bind in the plan shown or that the proof adds up; one listed for its price alone has slack."""
    return [entry for entry in verdict.get("binding") or [] if not entry.get("slack")]


def importance(family: str) -> int:
    """Clauses before water and land, these before the rest: what a planner can act on comes first."""
    if family.startswith("clause:"):
        return 0
    return 1 if family in _WATER_AND_LAND else 2


def family_label(family: str, language: Language) -> str:
    """What readers call a family of rows."""
    if family.startswith("clause:"):
        variable = variable_label(family.removeprefix("clause:"), language)
        return _CLAUSE.read(language).format(variable=variable)
    return _ROWS[family].read(language) if family in _ROWS else as_words(family)


def balance_label(name: str, language: Language) -> str:
    """What readers call a row of the model that is no clause."""
    return _ROWS[name].read(language) if name in _ROWS else as_words(name)


def bound_label(variable: str, language: Language) -> str:
    """What readers call the declared bound of a variable of the programme."""
    if variable in _BOUNDED:
        words = _BOUNDED[variable].read(language)
    elif variable in read_glossary():
        title = read_glossary()[variable].title.read(language)
        words = title[:1].lower() + title[1:] if language == "en" else title
    else:
        words = as_words(variable)
    return _BOUND.read(language).format(variable=words)
