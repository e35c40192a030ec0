"""The result blocks: fixed places that a run fills again and again, so that charts and own formulas stay valid."""

from __future__ import annotations

from regmodel.params import ParameterBook
from regmodel.vocabulary.texts import Text
from regmodel.workbook.block import Block, Links, heading
from regmodel.workbook.data_rows import YEARS, data_rows, shown_regions

BLOCK_SHEETS = ("results", "heat", "clauses", "explain", "compare", "data", "checks", "asrun")
SUBJECTS_OF_HEAT = ("water", "land", "people", "output")
_FINE, _QUIET, _STRONG = "result_fine", "result_quiet", "result_strong"
_Column = tuple[str, str] | tuple[str, str, str]


def _on_results(
    code: str, rows: int, english: str, chinese: str, *columns: _Column, left: int = 0, links: Links | None = None
) -> Block:
    """A block of the Results sheet whose empty rows are folded away."""
    headings = tuple(heading(*column) for column in columns)
    return Block(code, "results", Text(english, chinese), headings, rows, folds=True, left=left, links=links)


VERDICT = Block(
    "verdict",
    "results",
    None,
    (heading("part", "项目", _STRONG), heading("verdict", "结论", "sentence")),
    8,
    headed=False,
)
CONFLICTS = _on_results(
    "conflicts", 60, "Conflicts: targets that cannot hold together", "冲突：不能同时成立的目标",
    ("conflict, and the clauses in it", "冲突及其所含条款"),
    ("together they ask for", "合计要求", _FINE), ("the most any plan gives", "任何方案至多给出", _FINE),
    ("missing", "缺口", _FINE), ("unit", "单位"), ("proof", "证明"), ("clause", "条款", _QUIET),
    left=1, links="clauses",
)  # fmt: skip
REPAIRS = _on_results(
    "repairs", 60, "Ways out: what would have to give, and by how much", "可行的调整：须放宽什么、放宽多少",
    ("way out, and the changes it makes", "调整方式及其改动"),
    ("from", "现值", _FINE), ("to", "改为", _FINE), ("cost over all years", "各年费用合计", _FINE), ("unit", "单位"),
    ("checked", "复核"), ("clause", "条款", _QUIET),
    left=1, links="clauses",
)  # fmt: skip
RESTS = _on_results(
    "rests", 6, "What the verdict rests on", "结论的依据",
    ("step", "步骤", _STRONG), ("question", "问题"), ("answer", "回答", _STRONG),
)  # fmt: skip
DECIDING = _on_results(
    "deciding", 12, "Assumptions that decide", "起决定作用的假设",
    ("assumption", "假设"), ("from", "现值", _FINE), ("to", "变为", _FINE), ("break-even", "临界值", _FINE),
    ("unit", "单位"), ("turns the answer", "能否使结论翻转"), ("record", "记录", _QUIET),
    left=1, links="records",
)  # fmt: skip
CHANGES = _on_results(
    "changes", 40, "What this scenario changes", "本情景的改动",
    ("whose", "来自", _STRONG), ("what", "内容"), ("before", "原值"), ("now", "现值"), ("unit", "单位"),
    ("reason", "理由"), ("source", "来源"),
)  # fmt: skip
CORRECTIONS = _on_results(
    "corrections", 16, "Smallest sets of clauses whose loss cures every conflict", "去掉后即可化解全部冲突的最小条款组",
    ("what they ask for", "条款内容"), ("clauses", "条款编号", _QUIET),
    left=1, links="clauses",
)  # fmt: skip
STAGES = _on_results(
    "stages", 10, "Stage by stage: nature, legal caps, goals by rank", "逐级检验：自然条件、法定上限、各级目标",
    ("stage", "级次", _STRONG), ("missed", "未达到的条款"), ("weighted miss", "加权偏差", _FINE),
    ("worst miss", "最大偏差", _FINE), ("unit", "单位"), ("holds", "是否成立", _STRONG),
)  # fmt: skip
ATTAINABLE = _on_results(
    "attainable", 24, "Attainability by plan and year (1 = all the way)", "按规划和年份的目标实现程度（1 为全部实现）",
    ("by", "口径"), ("targets", "目标范围"), ("attainable", "实现程度", _FINE),
)  # fmt: skip
CONTRADICTIONS = _on_results(
    "contradictions", 48, "Contradictions found by arithmetic alone", "仅凭算术发现的矛盾",
    ("what does not agree", "矛盾所在"), ("amount", "差额", "result_number"), ("unit", "单位"), ("region", "地区"),
    ("year", "年份", "result_year"), ("kind", "性质"), ("clauses", "条款", _QUIET),
    left=1, links="clauses",
)  # fmt: skip
READINGS = _on_results(
    "readings", 10, "Under each reading of ambiguous clauses", "各种读法下的结论",
    ("verdict", "结论", _STRONG), ("readings chosen", "采用的读法"),
)  # fmt: skip
BINDING = _on_results(
    "binding", 60, "What binds, by region and years", "各地区各年的紧约束",
    ("region", "地区"), ("constraint", "约束"), ("years", "年份"),
    ("least slack in the plan shown", "所示方案中的最小余量", _FINE), ("unit", "单位"),
)  # fmt: skip
PRICES = _on_results(
    "prices", 24, "Shadow prices in the plan shown: what one more unit saves over all years",
    "所示方案中的影子价格：放宽一个单位在各年合计节省多少",
    ("region", "地区"), ("limit, year and range in which the price holds", "约束、年份与价格的有效范围"),
    ("price", "价格", _FINE), ("left", "左", _FINE), ("right", "右", _FINE), ("unit", "单位"), ("note", "说明"),
)  # fmt: skip
RESULT_BLOCKS = (
    VERDICT,
    CONFLICTS,
    REPAIRS,
    RESTS,
    DECIDING,
    CHANGES,
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
        heading("value", "数值", _FINE),
        heading("unit", "单位"),
        heading("state", "状态", _STRONG),
    ),
    60,
    folds=True,
)

EXPLAINED = Block(
    "explained",
    "explain",
    None,
    (
        heading("number, its inputs and their sources", "数值、其输入与来源"),
        heading("value", "数值", "result_general"),
        heading("unit", "单位"),
        heading("how it comes about", "如何得出"),
        heading("clauses that it stands behind", "所支撑的条款", "result_quiet"),
        heading("told further under", "另见", "result_line"),
        heading("number", "编号", "result_line"),
        heading("record", "记录", "result_line"),
    ),
    1000,
    folds=True,
    left=1,
    links="records",
    onward=True,
)
EXPLAIN_WIDTHS = (26, 46, 14, 13, 74, 24, 24, 24, 24, 12)
CLAUSES_AT, ONWARD_AT, ID_AT = 5, 6, 7  # columns of the sheet


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
    return Block("clauses", "clauses", Text("Every clause", "全部条款"), headings, clauses, links="clauses")


def heat_block(book: ParameterBook) -> Block:
    """The block of how many constraints bind in each region and year, one line a subject and region."""
    headings = (
        heading("subject", "专题", _STRONG),
        heading("region", "地区"),
        *(heading(str(year), str(year), "heat") for year in YEARS[1:]),
    )
    lines = len(SUBJECTS_OF_HEAT) * len(shown_regions(book))
    return Block("heat", "heat", None, headings, lines)


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
