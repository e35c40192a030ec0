"""The cells that say whether results and the comparison of scenarios still belong to the inputs, by formulas."""

from __future__ import annotations

from collections.abc import Mapping

from regmodel.vocabulary.texts import Text
from regmodel.workbook.compare_blocks import COMPARE_WIDTHS
from regmodel.workbook.compare_rows import NOT_YET
from regmodel.workbook.layout import sentence
from regmodel.workbook.pen import Pen

RUN_LINE = 3  # the line of the run on the sheet of the inputs as run
TOTAL_NAME, SIDE_NAME = "rm_changed", "rm_changed_beside"
TOGETHER = "together"
CURRENT, STALE, WAITING, UNKNOWN = "✓", "▲", "○", "?"
_STATES = {
    CURRENT: Text(
        "✓ Current: the inputs are those that these results were calculated from.",
        "✓ 有效：当前输入与本结果所用输入一致。",
    ),
    STALE: Text(
        "▲ STALE: inputs were changed after this run (see Checks). Save, and run again.",
        "▲ 已过期：运行后输入有改动（见“检查”表）。请保存并重新运行。",
    ),
    WAITING: Text("○ Not run yet.", "○ 尚未运行。"),
    UNKNOWN: Text(
        "? It cannot be told whether the inputs are still the same: rows were inserted or a cell holds an error. "
        "Run again.",
        "? 无法判断输入是否一致：表中插入了行，或单元格含错误值。请重新运行。",
    ),
}
_LABEL = Text("These results are", "本结果")
_COMPARED = {
    CURRENT: Text(
        "✓ Current: the scenarios are those that were run and compared.", "✓ 有效：各情景与所运行并对比的一致。"
    ),
    STALE: Text(
        "▲ STALE: inputs were changed after the scenarios were compared. Let a Run run all (sheet Side by side), and "
        "run again.",
        "▲ 已过期：对比之后输入有改动。请在“并列情景”表选择运行“全部”，并重新运行。",
    ),
    WAITING: Text("○ Not compared yet.", "○ 尚未对比。"),
    UNKNOWN: _STATES[UNKNOWN],
}
_EARLIER = Text(
    "▲ EARLIER: kept from an earlier run of several scenarios; the last run was of one alone. To renew it, let a Run "
    "run all (sheet Side by side).",
    "▲ 此前的结果：保留自较早一次多情景运行；上次仅运行一个情景。如需更新，请在“并列情景”表选择运行“全部”。",
)
_LOOKS = ((CURRENT, "good"), (STALE, "open"), (UNKNOWN, "open"), (WAITING, "dim"))


def write_state(pen: Pen, row: int, *, finished: bool) -> None:
    """The cell that says whether the results belong to the inputs that stand in the workbook."""
    run, total = f"{pen.quoted('asrun')}!$B${RUN_LINE + 1}", TOTAL_NAME
    words = _quoted(_STATES, pen)
    formula = (
        f'=IF({run}="","{words[WAITING]}",IF(ISERROR({total}),"{words[UNKNOWN]}",'
        f'IF({total}=0,"{words[CURRENT]}","{words[STALE]}")))'
    )
    pen.put("results", row, 0, pen.short(_LABEL), "result_strong")
    _write(pen, "results", row, 1, formula, sentence(_STATES[CURRENT if finished else WAITING], pen.language))


def write_compare_state(pen: Pen, row: int, first: int) -> None:
    """The cell that says whether the comparison belongs to the scenarios as they are; ``first`` is its first line."""
    together, total = f"{pen.quoted('asrun')}!$D${RUN_LINE + 1}", SIDE_NAME
    words, earlier = _quoted(_COMPARED, pen), sentence(_EARLIER, pen.language)
    waiting = pen.short(NOT_YET)
    formula = (
        f'=IF($A${first + 1}="{waiting}","{words[WAITING]}",IF({together}<>"{TOGETHER}","{earlier}",'
        f'IF(ISERROR({total}),"{words[UNKNOWN]}",IF({total}=0,"{words[CURRENT]}","{words[STALE]}"))))'
    )
    pen.put_across("compare", row, 0, len(COMPARE_WIDTHS) - 2, earlier, "state")
    _write(pen, "compare", row, 0, formula, sentence(_COMPARED[WAITING], pen.language))


def _quoted(texts: Mapping[str, Text], pen: Pen) -> dict[str, str]:
    return {mark: sentence(text, pen.language).replace('"', '""') for mark, text in texts.items()}


def _write(pen: Pen, code: str, row: int, column: int, formula: str, shown: str) -> None:
    """A formula in words, coloured by the mark that it begins with."""
    sheet = pen.sheets[code]
    if code == "results":
        pen.put(code, row, column, shown, "state")
    sheet.write_formula(row, column, formula, pen.styles["state"], shown)
    for mark, look in _LOOKS:
        rule = {"type": "text", "criteria": "begins with", "value": mark, "format": pen.styles[look]}
        sheet.conditional_format(row, column, row, column, rule)
