"""Sheets and tables of the workbook, declared once: writing, reading and the result sheets all follow this page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from regmodel.vocabulary.texts import Language, Text
from regmodel.workbook.columns import (
    CAP_COLUMNS,
    CAP_ROWS,
    CLAUSE_COLUMNS,
    FORM_COLUMNS,
    LEVER_COLUMNS,
    MORE_COLUMNS,
    MORE_ROWS,
    RECORD_COLUMNS,
    REGIONAL_COLUMNS,
    REGIONAL_ROWS,
    Column,
)

TEMPLATE_VERSION = "3"
SHEET_NAME_PREFIX = "rm_sheet_"
BLOCK_NAME_PREFIX = "rm_block_"
STAMP_NAME = "rm_stamp"
SNAPSHOT_NAME = "rm_base"
TABLE_MARK = "~"
END_MARK = "~end"

BookLanguage = Literal["en", "zh", "both"]
BOOK_LANGUAGES: tuple[BookLanguage, ...] = ("en", "zh", "both")
Role = Literal["front", "assumptions", "choices", "results", "control", "hidden"]


@dataclass(frozen=True)
class Sheet:
    """One sheet: ``code`` never changes, the title is what people see and may rename."""

    code: str
    title: Text
    role: Role
    purpose: Text


@dataclass(frozen=True)
class Table:
    """A table that is read back; ``rows_to_fill`` blank rows wait for the user where it is a list of their own."""

    code: str
    sheet: str
    title: Text
    intro: Text
    columns: tuple[Column, ...]
    rows_to_fill: int = 0

    @property
    def entry_codes(self) -> tuple[str, ...]:
        """Codes of the columns in which people type."""
        return tuple(column.code for column in self.columns if column.entry)

    def column(self, code: str) -> Column:
        """The column of this code; raises KeyError where none is."""
        for column in self.columns:
            if column.code == code:
                return column
        raise KeyError(code)


SUBJECTS = ("population", "output", "water", "land", "environment")

SHEETS: tuple[Sheet, ...] = (
    Sheet("start", Text("Start", "开始"), "front", Text("What this is and how to run it", "本工作簿的用途与运行方法")),
    Sheet(
        "results",
        Text("Results", "结果"),
        "results",
        Text(
            "Can the plans' targets hold together? The answer, what clashes, and what would have to give",
            "各项规划目标能否同时实现？结论、冲突与可行的调整",
        ),
    ),
    Sheet(
        "charts", Text("Charts", "图表"), "results", Text("Charts by region, 2020 to 2035", "分地区图表，2020—2035 年")
    ),
    Sheet(
        "heat",
        Text("Heat map", "热力图"),
        "results",
        Text(
            "How many constraints bind (have no slack) in each region and year, by subject; the darker, the more; "
            "blank: none",
            "各地区各年起约束作用（无余量）的条件个数，按专题；颜色越深个数越多，空白为没有",
        ),
    ),
    Sheet(
        "clauses",
        Text("Clauses", "条款结果"),
        "results",
        Text("Every clause with its status and margin", "各条款的状态与余量"),
    ),
    Sheet("explain", Text("Explain", "解释"), "results", Text("Where numbers of clauses come from", "条款数值的由来")),
    Sheet(
        "targets", Text("Targets", "目标"), "choices", Text("The plans' clauses and their readings", "规划条款及其读法")
    ),
    Sheet(
        "levers", Text("Levers", "措施"), "choices", Text("What the planner may use, and its cost", "可用措施及其成本")
    ),
    Sheet("scenarios", Text("Scenarios", "情景"), "choices", Text("The scenario of this workbook", "本工作簿的情景")),
    Sheet(
        "side",
        Text("Side by side", "并列情景"),
        "choices",
        Text("Several scenarios on top of this workbook's", "在本工作簿情景之上的多个情景"),
    ),
    Sheet(
        "compare",
        Text("Compare", "对比"),
        "results",
        Text("What differs between the scenarios, and because of which assumption", "各情景的差别及其原因"),
    ),
    Sheet("population", Text("Population", "人口"), "assumptions", Text("Assumptions about people", "人口假设")),
    Sheet("output", Text("Output", "产出"), "assumptions", Text("Assumptions about output", "产出假设")),
    Sheet("water", Text("Water", "用水"), "assumptions", Text("Assumptions about water", "用水假设")),
    Sheet("land", Text("Land", "土地"), "assumptions", Text("Assumptions about land", "土地假设")),
    Sheet(
        "environment", Text("Environment", "环境"), "assumptions", Text("Assumptions about the environment", "环境假设")
    ),
    Sheet("checks", Text("Checks", "检查"), "control", Text("What was read and what was found", "读取情况与检查结果")),
    Sheet("data", Text("Data", "结果数据"), "results", Text("The numbers behind the charts", "图表所用数据")),
    Sheet(
        "about", Text("About", "说明"), "control", Text("Version, data, sources, licences", "版本、数据、来源与许可")
    ),
    Sheet(
        "asrun",
        Text("As run", "运行时输入"),
        "hidden",
        Text(
            "The inputs from which the results were calculated, to tell whether they are still the same",
            "本结果所用的输入，用以判断输入是否已改动",
        ),
    ),
    Sheet(
        "lists", Text("Lists", "列表"), "hidden", Text("Lists and the stamp of this workbook", "选项列表与工作簿印记")
    ),
)


def _record_table(subject: str, title: Text) -> Table:
    return Table(
        f"{subject}.records",
        subject,
        title,
        Text(
            "Type over a yellow cell; give source and reason at the right. Where the unit is %, type 45 and not 45%.",
            "在黄色单元格中修改，并在右侧注明来源和理由。按所印单位填写：单位为 % 时填 45，不要填 45%。",
        ),
        RECORD_COLUMNS,
    )


def _regional_table(subject: str) -> Table:
    return Table(
        f"{subject}.regional",
        subject,
        Text("Regional values", "分地区取值"),
        Text(
            "A value of one region in place of the general one: choose both, type the value in the record's unit.",
            "以某地区的取值代替一般取值：选择记录和地区，按该记录的单位填写数值。",
        ),
        REGIONAL_COLUMNS,
        REGIONAL_ROWS,
    )


def _figure_table(subject: str) -> Table:
    return Table(
        f"{subject}.figures",
        subject,
        Text("Base-year figures", "基年数据"),
        Text(
            "Published or assumed figures of the base year; the base year is reconciled to the printed totals.",
            "基年的公布值或假设值；模型按公布的总量进行平衡。",
        ),
        RECORD_COLUMNS,
    )


_SCENARIO_TABLES = (
    Table(
        "scenarios.form",
        "scenarios",
        Text("The scenario of this workbook", "本工作簿的情景"),
        Text(
            "It inherits from a parent and from layers; what you change on the other sheets comes on top.",
            "继承自一个父情景和若干叠加层；您在其他表中的修改在其之上。",
        ),
        FORM_COLUMNS,
    ),
    Table(
        "scenarios.more",
        "scenarios",
        Text("Further settings", "其他设定"),
        Text(
            "What has no cell of its own on the other sheets, by the key that a scenario file would use.",
            "其他各表没有对应单元格的设定，按情景文件的键名填写。",
        ),
        MORE_COLUMNS,
        MORE_ROWS,
    ),
)


def _tables() -> tuple[Table, ...]:
    found: list[Table] = []
    for subject in SUBJECTS:
        sheet = sheet_of(subject)
        found += [_record_table(subject, sheet.purpose), _regional_table(subject), _figure_table(subject)]
    found.append(
        Table(
            "targets.clauses",
            "targets",
            Text("The register of clauses", "条款登记表"),
            Text(
                "Choose a reading where the text allows several; switch a clause on or off; change a figure.",
                "条款有多种读法时可选择其一；可启用或停用条款；必要时可修改数值。",
            ),
            CLAUSE_COLUMNS,
        )
    )
    found.append(
        Table(
            "targets.caps",
            "targets",
            Text("Further caps", "补充上限"),
            Text(
                "A cap of a region and year of your own, in the unit of the caps above: it replaces or adds to them.",
                "自行设定的地区年度上限，单位与上表同类上限相同；替代或补充上表。",
            ),
            CAP_COLUMNS,
            CAP_ROWS,
        )
    )
    found.append(
        Table(
            "levers.levers",
            "levers",
            Text("Levers", "措施"),
            Text(
                "Switch a lever on or off, or limit it to a share of its recorded capacity (0 to 1; blank: all of it).",
                "启用或停用措施，或限定为记录能力的一部分（0 至 1；空白为全部）。",
            ),
            LEVER_COLUMNS,
        )
    )
    found.append(_record_table("lever", Text("Costs and capacities of levers", "措施的成本与能力")))
    return (*found, *_SCENARIO_TABLES)


def sheet_of(code: str) -> Sheet:
    """The sheet of this code; raises KeyError where none is."""
    for sheet in SHEETS:
        if sheet.code == code:
            return sheet
    raise KeyError(code)


TABLES = tuple(
    table if table.sheet != "lever" else Table(table.code, "levers", table.title, table.intro, table.columns)
    for table in _tables()
)


def table_of(code: str) -> Table:
    """The table of this code; raises KeyError where none is."""
    for table in TABLES:
        if table.code == code:
            return table
    raise KeyError(code)


def word(text: Text, language: BookLanguage) -> str:
    """A short text for a cell; both languages stand side by side."""
    if language == "both":
        return text.en if text.en == text.zh else f"{text.en} {text.zh}"
    return text.read(language)


def sentence(text: Text, language: BookLanguage) -> str:
    """A longer text for a cell; both languages stand one below the other."""
    if language == "both":
        return text.en if text.en == text.zh else f"{text.en}\n{text.zh}"
    return text.read(language)


def main_language(language: BookLanguage) -> Language:
    """The language of texts that stand in one language only: English where the workbook has both."""
    return "zh" if language == "zh" else "en"
