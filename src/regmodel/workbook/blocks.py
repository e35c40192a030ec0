"""The result blocks: fixed places that a run fills again and again, so that charts and own formulas stay valid."""

from __future__ import annotations

from dataclasses import dataclass

from regmodel.params import ParameterBook
from regmodel.vocabulary.sets import BASE_YEAR, LAST_YEAR
from regmodel.vocabulary.texts import Text
from regmodel.workbook.block import Block, heading
from regmodel.workbook.finding_blocks import (
    ATTAINABLE,
    BINDING,
    CONFLICTS,
    CORRECTIONS,
    DECIDING,
    PRICES,
    REPAIRS,
    STAGES,
)

YEARS = tuple(range(BASE_YEAR, LAST_YEAR + 1))
TREND, PROGRAMME, LIMIT = "trend", "programme", "limit"
PATH_WORDS = {
    TREND: Text("trend projection", "趋势推演"),
    PROGRAMME: Text("plan found by the programme", "优化方案"),
    LIMIT: Text("limit in force", "控制上限"),
}
DATA_VARIABLES = (
    "population",
    "urban_population",
    "urbanisation_rate",
    "gdp",
    "va_primary",
    "va_secondary",
    "va_tertiary",
    "water_use_total",
    "water_use_domestic",
    "water_use_industry",
    "water_use_agriculture",
    "water_use_ecological",
    "water_shortage",
    "yellow_river_consumption",
    "urban_construction_land",
    "new_urban_construction_land",
    "new_urban_land_of_period",
)
LAND_SINCE_BASE, LAND_OF_PERIOD = "new_urban_construction_land", "new_urban_land_of_period"
PERIOD_LENGTH = 5  # years of a plan period: 2021 to 2025 and so on
BLOCK_SHEETS = ("results", "clauses", "data", "checks")
LIMITED_VARIABLES = ("water_use_total", "yellow_river_consumption", LAND_OF_PERIOD)
OWN_NAMES = {
    "water_use_agriculture": Text("Water use, agriculture", "农业用水"),
    "water_use_industry": Text("Water use, industry", "工业用水"),
    "water_use_domestic": Text("Water use, households and public", "生活用水"),
    "water_use_ecological": Text("Water use, ecology", "生态用水"),
    LAND_OF_PERIOD: Text(
        "New urban land since the period began, less land swapped", "规划期内累计新增城镇建设用地（扣除增减挂钩）"
    ),
    "va_primary": Text("Value added, primary", "第一产业增加值"),
    "va_secondary": Text("Value added, secondary", "第二产业增加值"),
    "va_tertiary": Text("Value added, tertiary", "第三产业增加值"),
}


VERDICT = Block(
    "verdict",
    "results",
    None,
    (heading("part", "项目", "result_strong"), heading("verdict", "结论", "sentence")),
    7,
    headed=False,
)
CHANGES = Block(
    "changes",
    "results",
    Text("What this scenario changes", "本情景的改动"),
    (
        heading("whose", "来自", "result_strong"),
        heading("what", "内容"),
        heading("before", "原值"),
        heading("now", "现值"),
        heading("unit", "单位"),
        heading("reason", "理由"),
        heading("source", "来源"),
    ),
    40,
    folds=True,
)
RESTS = Block(
    "rests",
    "results",
    Text("What the verdict rests on", "结论的依据"),
    (
        heading("step", "步骤", "result_strong"),
        heading("question", "问题"),
        heading("answer", "回答", "result_strong"),
    ),
    6,
    folds=True,
)
READINGS = Block(
    "readings",
    "results",
    Text("Under each reading of ambiguous clauses", "各种读法下的结论"),
    (heading("verdict", "结论", "result_strong"), heading("readings chosen", "采用的读法")),
    10,
    folds=True,
)
CONTRADICTIONS = Block(
    "contradictions",
    "results",
    Text("Contradictions found by arithmetic alone", "仅凭算术发现的矛盾"),
    (
        heading("clauses", "条款", "result_quiet"),
        heading("what does not agree", "矛盾所在"),
        heading("amount", "差额", "result_number"),
        heading("unit", "单位"),
        heading("region", "地区"),
        heading("year", "年份", "result_year"),
        heading("kind", "性质"),
    ),
    48,
    folds=True,
)
RESULT_BLOCKS = (
    VERDICT,
    CHANGES,
    RESTS,
    DECIDING,
    CONFLICTS,
    REPAIRS,
    CORRECTIONS,
    STAGES,
    ATTAINABLE,
    CONTRADICTIONS,
    READINGS,
    BINDING,
    PRICES,
)

CHECKED = Block(
    "checked",
    "checks",
    Text("Checks of the last run", "上次运行的检查"),
    (
        heading("check", "检查项"),
        heading("what it says", "说明"),
        heading("value", "数值", "result_fine"),
        heading("unit", "单位"),
        heading("state", "状态", "result_strong"),
    ),
    60,
    folds=True,
)


def clause_block(clauses: int) -> Block:
    """The block of all clauses with status and margin."""
    headings = (
        heading("clause", "条款编号", "result_quiet"),
        heading("what it asks for", "英文名称"),
        heading("name in Chinese", "条款内容"),
        heading("plan and section", "规划与章节"),
        heading("status", "状态", "result_strong"),
        heading("value in the plan shown", "所示方案中的值", "result_fine"),
        heading("figure asked for", "要求值", "result_fine"),
        heading("margin in the plan shown", "所示方案中的余量", "result_fine"),
        heading("unit", "单位"),
        heading("rank", "级别", "result_year"),
    )
    return Block("clauses", "clauses", Text("Every clause", "全部条款"), headings, clauses)


@dataclass(frozen=True)
class DataRow:
    """One line of the data sheet: a variable on one path in one region, over all years."""

    variable: str
    path: str
    region: str

    @property
    def key(self) -> str:
        """What formulas look the line up by."""
        return f"{self.variable}|{self.path}|{self.region}"


def shown_regions(book: ParameterBook) -> tuple[str, ...]:
    """Regions, then sets, in the order of the data sheet."""
    return (*book.regions.ids(), *book.regions.sets)


def data_rows(book: ParameterBook) -> tuple[DataRow, ...]:
    """All lines of the data sheet in their order, which charts rely on."""
    found = []
    for variable in DATA_VARIABLES:
        paths = (TREND, PROGRAMME, LIMIT) if variable in LIMITED_VARIABLES else (TREND, PROGRAMME)
        found += [DataRow(variable, path, region) for path in paths for region in shown_regions(book)]
    return tuple(found)


def data_block(book: ParameterBook) -> Block:
    """The block of all numbers behind the charts."""
    headings = (
        heading("line", "行", "result_line"),
        heading("variable", "变量", "result_line"),
        heading("path", "路径", "result_line"),
        heading("region", "地区", "result_line"),
        heading("unit", "单位", "result_line"),
        *(heading(str(year), str(year), "result_small") for year in YEARS),
    )
    return Block("data", "data", Text("Numbers behind the charts", "图表所用数据"), headings, len(data_rows(book)))
