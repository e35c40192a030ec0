"""What the child answers, or what went wrong, as rows of the Checks sheet: sentences with sheet and cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from regmodel.vocabulary.texts import Text
from regmodel.workbook.blocks import CHECKED
from regmodel.workbook.layout import BookLanguage, sentence, word
from regmodel.workbook.rows import CellRow
from regmodel.workbook.values import fitted

_RUN, _VALIDATE, _REPORT = Text("Run", "运行"), Text("Validate", "检查"), Text("Report", "报告")
TASKS = {"run": _RUN, "validate": _VALIDATE, "report": _REPORT}
_NOT_DONE, _MEND, _LOOK, _OK = (
    Text("not done", "未完成"),
    Text("to mend", "请改正"),
    Text("look at this", "请查看"),
    Text("OK", "正常"),
)
_EARLIER = Text(
    " The results on the other sheets are those of an earlier run, if there are any.",
    "其他各表如有结果，仍为此前运行所得。",
)
_FAILED = {
    "problems": Text("The model was not run: {count} to mend, below.", "未运行模型：有 {count} 处须改正，见下。"),
    "limit": Text(
        "Stopped after {seconds:g} seconds, the longest time that {where} allows; nothing was written.",
        "已达 {where} 所允许的最长时间 {seconds:g} 秒而停止，未写入任何结果。",
    ),
    "no_limit": Text(
        'Nothing was run: {where} holds "{found}", and the longest time of a run is a number of seconds from 5 to '
        "86 400. Type 1800, or another number.",
        "未运行：{where} 中为“{found}”，而运行的最长时间须为 5 至 86400 之间的秒数。请填 1800 或其他数字。",
    ),
    "stopped": Text("Stopped, as you asked; nothing was written.", "已按您的要求停止，未写入任何结果。"),
    "changed": Text(
        "Inputs were changed while the model ran, first in {where}: its results would not belong to what stands here "
        "now, and were not written. Press Run again.",
        "运行期间输入被改动，首处为 {where}：所得结果与现有输入不符，未写入。请再次运行。",
    ),
    "bug": Text(
        "A mistake of regmodel's own, not of your workbook; nothing was written. What happened stands in {log}; please "
        "send that file.",
        "这是 regmodel 自身的错误，不是您的工作簿有误；未写入任何结果。经过记录于 {log}，请发送该文件。",
    ),
    "moved": Text(
        "This workbook has no place for the results any more (rows or columns were put into {where}, or its name is "
        "gone); they are in {other}.",
        "本工作簿中已没有可供填写结果的位置（{where} 中插入了行或列，或其名称已不存在）；结果在 {other}。",
    ),
    "unwritten": Text(
        "The results could not be written into {where}: is the sheet protected, or a cell being edited? They are in "
        "{other}. Mend it and press Run again.",
        "结果无法写入 {where}：该表是否受保护，或有单元格正在编辑？结果在 {other}。请处理后再次运行。",
    ),
    "no_report": Text("There is no report of this workbook yet. Press Run first.", "尚无本工作簿的报告。请先运行。"),
}
_PROBLEM = Text(
    "{where}{what}: {found}. Expected: {expected}. To do: {to_do}",
    "{where}{what}：{found}。应为：{expected}。请处理：{to_do}",
)
_FINE = Text(
    "No problems found; nothing was solved. Rows read: {rows_in} = {used} used + {reported} reported; {edits} changed "
    "by you.",
    "未发现问题；未作求解。读入 {rows_in} 行 = 使用 {used} 行 + 报告 {reported} 行；您改动了 {edits} 处。",
)


def failure_rows(task: str, why: Text, language: BookLanguage) -> list[CellRow]:
    """The block of checks for something that was not done, in one sentence."""
    words = Text(why.en + _EARLIER.en, why.zh + _EARLIER.zh) if task == "run" else why
    return fitted([_row(TASKS[task], words, _NOT_DONE, language)], CHECKED, language)


def why(name: str, **parts: object) -> Text:
    """Why something was not done."""
    return _FAILED[name].fill(**parts)


def problem_rows(task: str, problems: Iterable[Mapping[str, Any]], language: BookLanguage) -> list[CellRow]:
    """The block of checks for inputs that cannot be used: errors first, each by its sheet and cell."""
    ordered = sorted(problems, key=lambda problem: problem["severity"] != "error")
    errors = sum(problem["severity"] == "error" for problem in ordered)
    head = why("problems", count=errors)
    words = Text(head.en + _EARLIER.en, head.zh + _EARLIER.zh) if task == "run" else head
    rows = [_row(TASKS[task], words, _NOT_DONE, language)]
    return fitted(rows + [_problem(problem, language) for problem in ordered], CHECKED, language)


def fine_rows(answer: Mapping[str, Any], language: BookLanguage) -> list[CellRow]:
    """The block of checks after Validate found nothing to mend; what it noticed stands below."""
    rows_in, used, reported = answer["rows"]
    words = _FINE.fill(rows_in=rows_in, used=used, reported=reported, edits=answer["edits"])
    rows = [_row(_VALIDATE, words, _OK, language)]
    return fitted(rows + [_problem(problem, language) for problem in answer["problems"]], CHECKED, language)


def _row(check: Text, words: Text, state: Text, language: BookLanguage) -> CellRow:
    return [word(check, language), sentence(words, language), None, None, word(state, language)]


def _problem(problem: Mapping[str, Any], language: BookLanguage) -> CellRow:
    parts = {name: Text(*problem[name]) for name in ("found", "expected", "to_do")}
    what = Text(*problem["what"]) if problem["what"] else None
    spoken = [
        getattr(_PROBLEM, tongue).format(
            where=problem["where"],
            what="" if what is None else bracket.format(getattr(what, tongue)),
            **{
                name: getattr(text, tongue).rstrip("。.") if name != "to_do" else getattr(text, tongue)
                for name, text in parts.items()
            },
        )
        for tongue, bracket in (("en", " ({})"), ("zh", "（{}）"))
    ]
    state = _MEND if problem["severity"] == "error" else _LOOK
    return [f"[{problem['code']}]", sentence(Text(*spoken), language), None, None, word(state, language)]
