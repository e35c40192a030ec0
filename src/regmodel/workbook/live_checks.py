"""The live part of the Checks sheet: formulas over the figures typed in, right at every moment without a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from regmodel.vocabulary.texts import Text
from regmodel.workbook.layout import SHEETS, SUBJECTS
from regmodel.workbook.outputs import CHECKS_WIDTHS
from regmodel.workbook.pen import Pen
from regmodel.workbook.rows import Cell, Row

_LIVE = Text("Live checks of the figures typed in", "对所填数据的实时检查")
_LIVE_HEADS = (
    Text("sheet", "表"),
    Text("check", "检查项"),
    Text("count", "数值"),
    Text("limit", "应为"),
    Text("state", "状态"),
)
_BEYOND = Text("values outside their range (each needs a reason beside it)", "超出范围的取值个数（均须注明理由）")
_BLANK = Text("values left blank", "空白的取值个数")
_SPLIT = Text("the shares of irrigation technology add up", "各类灌溉技术占比之和")
_SINCE = Text("input cells changed since the results were calculated", "本结果算出后改动的输入单元格数")
_AGAIN = Text("RUN AGAIN", "请重新运行")
_SPLIT_KEY = "water.irrigation_technology_split."


def write_checks(
    pen: Pen, rows: Mapping[str, Sequence[Row]], first: Mapping[str, int], changed: Mapping[str, str]
) -> int:
    """Live checks over the sheets of inputs; ``changed`` counts by formula the cells changed since the run of each.

    Returns the line after them.
    """
    code, sheet = "checks", pen.sheets["checks"]
    pen.head(code)
    pen.columns(code, CHECKS_WIDTHS)
    for at, head in enumerate(_LIVE_HEADS):
        pen.put(code, 3, at, pen.long(_LIVE) if at == 0 else None, "section")
        pen.put(code, 4, at, pen.lines(head), "header")
    line = 5
    for subject in SUBJECTS:
        kept = rows[f"{subject}.records"]
        if not kept:
            continue
        top, bottom = first[f"{subject}.records"] + 1, first[f"{subject}.records"] + len(kept)
        name = pen.quoted(subject)
        area = {column: f"{name}!{column}{top}:{column}{bottom}" for column in "DFG"}
        beyond = (
            f'=SUMPRODUCT(({area["F"]}<>"")*({area["D"]}<{area["F"]}))'
            f'+SUMPRODUCT(({area["G"]}<>"")*({area["D"]}>{area["G"]}))'
        )
        _check(pen, line, subject, _BEYOND, beyond, float(_outside(kept)), 0.0)
        _check(pen, line + 1, subject, _BLANK, f"=COUNTBLANK({area['D']})", 0.0, 0.0)
        line += 2
        shares = [at for at, row in enumerate(kept) if row.key.startswith(_SPLIT_KEY)]
        if shares:
            total = "=" + "+".join(f"{name}!D{top + at}" for at in shares)
            value = sum(float(kept[at].cells["value"] or 0.0) for at in shares)
            _check(pen, line, subject, _SPLIT, total, value, 100.0)
            line += 1
    again = pen.short(_AGAIN)
    for known in SHEETS:
        if known.code in changed:
            line = _since_the_run(pen, line, known.code, changed[known.code], again)
    for words, look in (("OK", "good"), ("FAIL", "bad"), (again, "open")):
        sheet.conditional_format(
            5, 4, line, 4, {"type": "text", "criteria": "begins with", "value": words, "format": pen.styles[look]}
        )
    return line + 1


def _outside(rows: Sequence[Row]) -> int:
    count = 0
    for row in rows:
        value, low, high = (_as_number(row.cells.get(name)) for name in ("value", "low", "high"))
        count += value is not None and ((low is not None and value < low) or (high is not None and value > high))
    return count


def _as_number(cell: Cell) -> float | None:
    return float(cell) if isinstance(cell, float | int) and not isinstance(cell, bool) else None


def _check(pen: Pen, line: int, subject: str, text: Text, formula: str, value: float, limit: float) -> None:
    sheet = pen.sheets["checks"]
    pen.put("checks", line, 0, pen.title_of(subject), "text")
    pen.put("checks", line, 1, pen.lines(text), "text")
    sheet.write_formula(line, 2, formula, pen.styles["number"], value)
    pen.put("checks", line, 3, limit, "number")
    state = "OK" if abs(value - limit) < 1e-9 else "FAIL"
    sheet.write_formula(line, 4, f'=IF(ABS(C{line + 1}-D{line + 1})<0.000001,"OK","FAIL")', pen.styles["strong"], state)


def _since_the_run(pen: Pen, line: int, code: str, formula: str, again: str) -> int:
    """How many inputs of a sheet differ from those of the run; returns the next line."""
    sheet = pen.sheets["checks"]
    target = f"internal:{pen.quoted(code)}!A1"
    pen.put("checks", line, 0, pen.title_of(code), "text")
    sheet.write_url(line, 0, target, pen.styles["link"], pen.title_of(code))
    pen.put("checks", line, 1, pen.lines(_SINCE), "text")
    sheet.write_formula(line, 2, formula, pen.styles["number"], 0)
    pen.put("checks", line, 3, 0.0, "number")
    state = f'=IF(ISERROR(C{line + 1}),"{again}",IF(C{line + 1}=0,"OK","{again}"))'
    sheet.write_formula(line, 4, state, pen.styles["strong"], "OK")
    return line + 1
