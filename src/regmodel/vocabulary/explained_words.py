"""How an explanation speaks, on a terminal and on a sheet: paths, kinds of inputs, what was decided."""

from __future__ import annotations

from regmodel.vocabulary.texts import Text, same

DIGITS = 6
ROUNDING = 1e-10
PATHS = {
    "projection": Text("the projection", "趋势预测"),
    "programme": Text("the plan of the programme", "优化方案"),
}
KINDS = {
    "equation": Text("the result of another equation", "另一方程的结果"),
    "coefficient": Text("made of the records below it", "由其下所列记录得出"),
    "decision": Text("decided by the path", "由该路径的决策确定"),
    "constant": Text("a constant of the accounts", "核算中的常数"),
}
CHANGED = Text("; changed in the scenario: {why}", "；情景中已改动：{why}")
DECIDED = Text(
    "decided, not computed: by the rules of behaviour in the projection, by the programme in its plan",
    "由决策确定，并非计算所得：预测中按行为规则，优化方案中由优化程序确定",
)
BASE = Text(
    "of the base year: as reconciled from published figures and records, or nothing there by definition",
    "属基准年：由公布数据与记录平衡得出，或按定义为零",
)
GO_ON = same("regmodel explain {variable} --region {region} --year {year}{asked}")


def told_number(value: float | None) -> str:
    """A number as a reader sees it: what is below the last digit of any record is the rounding of a difference."""
    return "0" if value is not None and abs(value) < ROUNDING else f"{value:.{DIGITS}g}"
