"""What a comparison says in words."""

from __future__ import annotations

from regmodel.runs.shapley import EXACT_UP_TO
from regmodel.vocabulary.problems import Problem
from regmodel.vocabulary.texts import Text

MOST_EXACT = EXACT_UP_TO
FEW = 3

TWO_RUNS = Text("two runs or more", "两次或更多次运行")
GIVE_TWO = Text("name the run folders one after the other", "请依次给出各运行文件夹")
OTHER_REGIONS = Text("a run over other regions than the first", "与第一次运行的地区不同")
SAME_REGIONS = Text("runs over the same regions", "地区相同的运行")
SAME_RECORDS = Text("compare runs of one set of records", "请比较同一套记录下的运行")
A_RESULT = Text("attainability or a variable of the trajectory", "attainability 或轨迹中的变量")
A_PLACE = Text("a region or a set of regions", "地区或地区集合")
A_YEAR = Text("a year of the projection, {span}", "推演年份 {span}")
CHOOSE_YEAR = Text("choose one of these years", "请选择其中一年")
OTHER_RECORDS = Text(
    "{run}: records or plans have changed since this run was made. Its results are as stored; assumptions and their "
    "parts are told with the records of today.",
    "{run}：该次运行之后记录或规划条款已有变动。结果按所存列出；假设及其贡献按现行记录计算。",
)
OTHER_CODE = Text(
    "{run}: the program has changed since this run was made; parts are computed with the program of today.",
    "{run}：该次运行之后程序已有变动；贡献按现行程序计算。",
)
NO_PLAN = Text(
    "{run}: the programme found no plan here, so totals of plans are not compared.",
    "{run}：该次运行未得到规划方案，故不比较方案合计。",
)
SOLVING = Text("programme {count} of those in between", "求解中间情景的规划，第 {count} 个")
NOT_KNOWN = Text(
    "{result} is not split: a scenario in between has no such result, or none that could be proved.",
    "{result} 未作分解：有中间情景没有该结果，或其结果未能证明。",
)
NO_TREND = Text(
    "No result of the projection is split: no assumption that differs moves the projection.",
    "推演结果未作分解：相异的假设均不影响推演。",
)
_NOT_USABLE = Text(
    "Not split: a scenario in between cannot be used ({where}: found {found}, expected {expected}).",
    "未作分解：有中间情景不可用（{where}：填写为{found}，应为{expected}）。",
)


def not_usable(problem: Problem) -> Text:
    """That a scenario in between has a problem of its own."""
    return Text(
        _NOT_USABLE.en.format(where=problem.where, found=problem.found.en, expected=problem.expected.en),
        _NOT_USABLE.zh.format(where=problem.where, found=problem.found.zh, expected=problem.expected.zh),
    )
