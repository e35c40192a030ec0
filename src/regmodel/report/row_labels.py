"""What readers call the rows of the programme: a clause by its variable, a physical row by what it says."""

from __future__ import annotations

from collections.abc import Mapping

from regmodel.plans import Clause
from regmodel.report.labels import as_words, variable_label
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
}

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
