"""The blocks of what the programme finds: conflicts, ways out, what decides, stages, what binds, prices."""

from __future__ import annotations

from regmodel.vocabulary.texts import Text
from regmodel.workbook.block import Block, heading

DECIDING = Block(
    "deciding",
    "results",
    Text("Assumptions that decide", "起决定作用的假设"),
    (
        heading("record", "记录", "result_quiet"),
        heading("assumption", "假设"),
        heading("from", "现值", "result_fine"),
        heading("to", "变为", "result_fine"),
        heading("break-even", "临界值", "result_fine"),
        heading("unit", "单位"),
        heading("turns the answer", "能否使结论翻转"),
    ),
    12,
    folds=True,
)
CONFLICTS = Block(
    "conflicts",
    "results",
    Text("Conflicts: targets that cannot hold together", "冲突：不能同时成立的目标"),
    (
        heading("clauses", "条款", "result_quiet"),
        heading("conflict", "冲突"),
        heading("together they ask for", "合计要求", "result_fine"),
        heading("the most any plan gives", "任何方案至多给出", "result_fine"),
        heading("missing", "缺口", "result_fine"),
        heading("unit", "单位"),
        heading("proof", "证明"),
    ),
    10,
    folds=True,
)
REPAIRS = Block(
    "repairs",
    "results",
    Text("Ways out: what would have to give, and by how much", "可行的调整：须放宽什么、放宽多少"),
    (
        heading("way out", "方式"),
        heading("clause", "条款"),
        heading("from", "现值", "result_fine"),
        heading("to", "改为", "result_fine"),
        heading("unit", "单位"),
        heading("cost over all years", "各年费用合计", "result_fine"),
        heading("unit of cost", "费用单位"),
    ),
    30,
    folds=True,
)
CORRECTIONS = Block(
    "corrections",
    "results",
    Text("Smallest sets of clauses whose loss cures every conflict", "去掉后即可化解全部冲突的最小条款组"),
    (heading("clauses", "条款编号", "result_quiet"), heading("what they ask for", "条款内容")),
    16,
    folds=True,
)
STAGES = Block(
    "stages",
    "results",
    Text("Stage by stage: nature, legal caps, goals by rank", "逐级检验：自然条件、法定上限、各级目标"),
    (
        heading("stage", "级次", "result_strong"),
        heading("missed", "未达到的条款"),
        heading("weighted miss", "加权偏差", "result_fine"),
        heading("worst miss", "最大偏差", "result_fine"),
        heading("unit", "单位"),
        heading("holds", "是否成立", "result_strong"),
    ),
    10,
    folds=True,
)
ATTAINABLE = Block(
    "attainable",
    "results",
    Text("Attainability by plan and year (1 = all the way)", "按规划和年份的目标实现程度（1 为全部实现）"),
    (heading("by", "口径"), heading("targets", "目标范围"), heading("attainable", "实现程度", "result_fine")),
    24,
    folds=True,
)
BINDING = Block(
    "binding",
    "results",
    Text("What binds, by region and years", "各地区各年的紧约束"),
    (
        heading("region", "地区"),
        heading("constraint", "约束"),
        heading("years", "年份"),
        heading("least slack in the plan shown", "所示方案中的最小余量", "result_fine"),
        heading("unit", "单位"),
    ),
    60,
    folds=True,
)
PRICES = Block(
    "prices",
    "results",
    Text(
        "Shadow prices in the plan shown: what one more unit saves over all years",
        "所示方案中的影子价格：放宽一个单位在各年合计节省多少",
    ),
    (
        heading("region", "地区"),
        heading("limit, year and range in which the price holds", "约束、年份与价格的有效范围"),
        heading("price", "价格", "result_fine"),
        heading("left", "左", "result_fine"),
        heading("right", "右", "result_fine"),
        heading("unit", "单位"),
        heading("note", "说明"),
    ),
    24,
    folds=True,
)
