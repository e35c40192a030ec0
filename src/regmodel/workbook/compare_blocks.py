"""The blocks of the Compare sheet: the scenarios of the workbook side by side, and what a difference is due to."""

from __future__ import annotations

from regmodel.vocabulary.texts import Text
from regmodel.workbook.block import Block, Heading, heading
from regmodel.workbook.side import MOST

RUNS = 1 + MOST
COMPARE_WIDTHS = (40, 13, *([15] * RUNS), 44)
_FINE = "result_fine"


def _block(code: str, rows: int, title: Text, columns: tuple[Heading, ...]) -> Block:
    return Block(f"compare_{code}", "compare", title, columns, rows, folds=True)


def _runs(style: str = "result") -> tuple[Heading, ...]:
    """One column for each scenario; the first rows of the sheet name them."""
    return tuple(heading(f"scenario {at}" if at else "this workbook", f"情景 {at}" if at else "本工作簿", style)
                 for at in range(RUNS))  # fmt: skip


OUTCOMES = _block(
    "outcomes",
    8,
    Text("What came out", "结果对比"),
    (heading("result", "结果", "result_strong"), heading("unit", "单位"), *_runs(), heading("remark", "说明")),
)
BECAUSE = _block(
    "because",
    60,
    Text("What changed, and because of which assumption", "变化及其原因"),
    (
        heading("result", "结果", "result_strong"),
        heading("unit", "单位"),
        heading("scenario", "情景"),
        heading("place and year", "地区与年份"),
        heading("in this workbook", "本工作簿", _FINE),
        heading("in the scenario", "该情景", _FINE),
        heading("difference", "差值", _FINE),
        heading("of it due to", "其中贡献", _FINE),
        heading("± error", "± 误差", _FINE),
        heading("this assumption", "该项假设"),
    ),
)
ASSUMED = _block(
    "assumed",
    40,
    Text("Assumptions that differ", "相异的假设"),
    (
        heading("assumption", "假设", "result_strong"),
        heading("unit", "单位"),
        *_runs(),
        heading("reason and source", "理由与来源"),
    ),
)
TOTALS = _block(
    "totals",
    42,
    Text("Totals that differ", "相异的合计"),
    (
        heading("total", "合计", "result_strong"),
        heading("unit", "单位"),
        *_runs(_FINE),
        heading("path", "路径"),
    ),
)
CLAUSES = _block(
    "clauses",
    60,
    Text("Clauses that stand differently: status and margin", "状态不同的条款：状态与余量"),
    (heading("clause", "条款", "result_strong"), heading("unit", "单位"), *_runs(), heading("what it asks", "内容")),
)
COMPARE_BLOCKS = (OUTCOMES, BECAUSE, ASSUMED, TOTALS, CLAUSES)
