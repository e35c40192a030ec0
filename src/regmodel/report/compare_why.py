"""The chapter of a report on several runs on what a difference is due to: each result split over the assumptions."""

from __future__ import annotations

from dataclasses import replace

from regmodel.report import charts_compare
from regmodel.report.amounts import after_number
from regmodel.report.compared import Compared, assumption_anchor
from regmodel.report.comparison import EXACT, RESULTS, SAMPLED, WHAT_RUNS
from regmodel.report.content import Block, Chart, Column, Line, Paragraph, Row, Section, Span, Table, plain, say
from regmodel.report.labels import variable_label
from regmodel.report.origins import equation_anchor
from regmodel.report.units import unit_label
from regmodel.runs.attributing import ATTAINABILITY
from regmodel.vocabulary.texts import Text

_TITLE = Text("Why: what each difference is due to", "为什么不同：差异由哪些假设造成")
_WHAT = Text(
    "Each difference is split over the assumptions that differ: the model is run for the scenarios in between, and "
    "what an assumption adds is averaged over the orders in which they could have been changed. The parts sum to the "
    "difference.",
    "每项差异都分解到各项相异的假设：对中间情景逐一运行模型，某项假设的贡献取其在各种变动次序下增量的平均。各部分之和等于差异。",
)
_NOTHING = Text("No difference of a result was split.", "没有对结果差异作分解。")
_DUE = Text(
    "{result}: {end} in {run} against {start} in {first}, a difference of {total}. The largest part, {part}, is due to "
    "{assumption}.",
    "{result}：{run}为{end}，{first}为{start}，相差{total}。其中最大的一部分（{part}）来自：{assumption}。",
)
_NO_DIFFERENCE = Text(
    "{result}: {end} in {run} as in {first}; the parts cancel.", "{result}：{run}与{first}同为{end}，各部分相互抵消。"
)
_OF_PLACE = Text("{variable}, {place} {year}", "{year}年{place}{variable}")
_CAPTION = Text("From {first} to {run}: {result}, split over the assumptions", "由{first}到{run}：{result}按假设分解")
_NOTE = Text(
    "Each bar starts where the one above it ends. Arrows to the right add, arrows to the left take away. "
    "Assumptions that add nothing stand in the table only.",
    "每条自上一条的终点起算；箭头向右为增，向左为减。没有贡献的假设只列于表中。",
)
_ERRORS = Text("The thin line at the end of a bar is one standard error to each side.", "条端细线为左右各一个标准误。")
_PARTS = Text("The parts of the difference", "差异的各部分")
_SUM = Text("Difference", "差异")
_HEADS = {
    "assumption": Text("Assumption", "假设"),
    "part": Text("Part", "贡献"),
    "error": Text("± standard error", "± 标准误"),
}


def why_section(compared: Compared) -> Section:
    """Every split with its sentence, its chart and its table, then how it was made."""
    language = compared.language
    found = compared.found.attributions
    title = _TITLE.read(language)
    if not found:
        notes = tuple(Paragraph((note.read(language),), "note") for note in compared.found.notes)
        return Section("why", title, (Paragraph((_NOTHING.read(language),), "lead"), *notes))
    blocks: list[Block] = [Paragraph((_WHAT.read(language),), "lead")]
    for position in range(len(found)):
        blocks += _split(compared, position)
    return Section("why", title, tuple(blocks))


def result_line(compared: Compared, position: int) -> Line:
    """The result that was split, with its place and year; the year is a number of its own."""
    one = compared.found.attributions[position]
    if one.region is None or one.year is None:
        return (RESULTS[ATTAINABILITY].read(compared.language),)
    names = {"variable": variable_label(one.of, compared.language), "place": compared.place(one.region)}
    return say(_OF_PLACE, compared.language, year=compared.year(one.year), **names)


def due_line(compared: Compared, position: int) -> Line:
    """One difference in a sentence: both ends, the total, and the assumption with the largest part."""
    one, key = compared.found.attributions[position], f"attributions/{position}"
    explain = None if one.region is None else f"{one.of}/{one.region}/{one.year}"
    anchor = "outcomes" if one.region is None else equation_anchor(one.of)
    unit = "" if one.region is None else one.unit
    start, end = (
        compared.number(f"{key}/{name}", unit=unit, anchor=anchor, explain=explain) for name in ("from", "to")
    )
    after = after_number(unit, compared.language)
    places: dict[str, Span | Line] = {
        "result": result_line(compared, position),
        "run": compared.run(one.run),
        "first": compared.run(0),
        "end": (end, *after),
    }
    if not one.split.total:
        return say(_NO_DIFFERENCE, compared.language, **places)
    largest = max(range(len(one.keys)), key=lambda number: abs(one.split.parts[number]))
    aim = assumption_anchor(one.keys[largest])
    part = compared.number(f"{key}/parts/{largest}/part", unit=unit, signed=True, anchor=aim)
    return say(
        _DUE,
        compared.language,
        **places,
        start=(start, *after),
        total=(compared.number(f"{key}/difference", unit=unit, signed=True), *after),
        part=part,
        assumption=compared.assumption_line(one.keys[largest]),
    )


def _split(compared: Compared, position: int) -> list[Block]:
    one, language = compared.found.attributions[position], compared.language
    name = f"{one.of.replace('_', '-')}-{compared.letters[one.run].lower()}"
    places: dict[str, Span | Line] = {
        "first": compared.run(0),
        "run": compared.run(one.run),
        "result": result_line(compared, position),
    }
    caption = say(_CAPTION, language, **places)
    note = _NOTE.read(language)
    if not one.split.exact:
        note += ("" if language == "zh" else " ") + _ERRORS.read(language)
    spec = charts_compare.waterfall(compared, one)
    between = "" if language == "zh" else " "
    orders = compared.number(f"attributions/{position}/orders", decimals=0)
    how = (EXACT.read(language),) if one.split.exact else say(SAMPLED, language, orders=orders)
    runs = WHAT_RUNS["attainability" if one.region is None else "projection"].read(language)
    return [
        Paragraph(due_line(compared, position), "finding"),
        Chart(f"chart-split-{name}", caption, spec, plain(caption), (note,)),
        _table(compared, position, f"split-{name}", (*how, between, runs)),
    ]


def _table(compared: Compared, position: int, name: str, note: Line) -> Table:
    """The parts in the order of their size, then their sum."""
    one, language = compared.found.attributions[position], compared.language
    unit = "" if one.region is None else one.unit
    key = f"attributions/{position}"
    heads = [Column(_HEADS["assumption"].read(language)), Column(_HEADS["part"].read(language), True)]
    heads += [] if one.split.exact else [Column(_HEADS["error"].read(language), True)]
    rows = []
    for at in sorted(range(len(one.keys)), key=lambda number: -abs(one.split.parts[number])):
        aim = assumption_anchor(one.keys[at])
        cells: list[Line] = [compared.assumption_line(one.keys[at])]
        cells.append((compared.number(f"{key}/parts/{at}/part", unit=unit, signed=True, anchor=aim),))
        if not one.split.exact:
            error = f"{key}/parts/{at}/error"
            cells.append(_error(compared, error, aim) if compared.has(error) else ("–",))
        rows.append(Row(tuple(cells)))
    total: list[Line] = [(_SUM.read(language),), (compared.number(f"{key}/difference", unit=unit, signed=True),)]
    total += [] if one.split.exact else [("–",)]
    rows.append(Row(tuple(total), status="sum"))
    caption: Line = (_PARTS.read(language), *_in_unit(unit, compared))
    return Table(name, caption, tuple(heads), tuple(rows), note=note)


def _error(compared: Compared, key: str, anchor: str) -> Line:
    number = compared.number(key, anchor=anchor)
    return (replace(number, text=charts_compare.show_error(number.value)),)


def _in_unit(unit: str, compared: Compared) -> Line:
    if not unit:
        return ()
    label = unit_label(unit, compared.language)
    return (f"（{label}）",) if compared.language == "zh" else (f", {label}",)
