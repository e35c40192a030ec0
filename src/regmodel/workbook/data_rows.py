"""Which lines the Data sheet holds, in their order: every variable on its paths in every region, over the years."""

from __future__ import annotations

from dataclasses import dataclass

from regmodel.params import ParameterBook
from regmodel.vocabulary.sets import BASE_YEAR, LAST_YEAR
from regmodel.vocabulary.texts import Text

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
