"""Chapters of a report on several runs on what came out differently: clauses, conflicts, totals, regions."""

from __future__ import annotations

from regmodel.report import charts_compare, charts_compare_paths
from regmodel.report.compared import Compared
from regmodel.report.comparison import PATHS
from regmodel.report.content import (
    Block,
    Bullets,
    Chart,
    Column,
    Line,
    Paragraph,
    Row,
    Section,
    Table,
    Words,
    join,
    say,
)
from regmodel.report.labels import status_label, variable_label
from regmodel.report.origins import equation_anchor
from regmodel.report.paths_compared import Trajectories
from regmodel.report.units import unit_label
from regmodel.vocabulary.texts import Text

CHARTED = 3
_TITLE = Text("What came out differently", "哪些结果不同")
_PATHS_TITLE = Text("The paths side by side", "路径对照")
_CLAUSES = Text(
    "Clauses that stand differently: status and margin in the clause's own unit",
    "状态或余量不同的条款：余量以各条款自身单位计",
)
_MARGINS = Text("Margins in pairs, the largest change first", "余量成对比较，变动大者在前")
_MARGINS_NOTE = Text(
    "One mark a run on one axis, a line between them. Marks are cut at the edge of the scale, the numbers of the table "
    "are not.",
    "每次运行一个标记，同一坐标，以线相连。标记超出坐标范围时截断，表中数字不截断。",
)
_NO_CLAUSE = Text("Every clause stands the same in every run.", "各条款在各次运行中状态与余量均相同。")
_CONFLICTS = Text("Conflicts, by the runs in which they stand:", "冲突及其出现于哪些运行：")
_CONFLICT = Text("{runs}: {clauses}", "{runs}：{clauses}")
_TOTALS = Text("Totals of {place} that differ", "{place}相异的合计")
_NO_TOTAL = Text("No total of {place} differs.", "{place}各项合计均相同。")
_DRAWN = Text("Paths of {place} that differ, by run", "{place}相异的路径（按运行）")
_DRAWN_NOTE = Text(
    "Every run on the axes of its panel; the programme's plan is dashed where the trend is drawn too.",
    "同一图内各次运行坐标相同；同时绘出趋势时，规划方案以虚线表示。",
)
_REGIONS = Text(
    "{variable} by region on the trend: difference from run A, %", "{variable}（趋势推演）：各地区与运行 A 之差，%"
)
_COMMON = Text("All panels share their axes.", "各图坐标相同。")
_HEADS = {
    "clause": Text("Clause", "条款"),
    "unit": Text("Unit", "单位"),
    "variable": Text("Variable", "变量"),
    "path": Text("Path", "路径"),
    "year": Text("Year", "年份"),
}


def results_section(compared: Compared) -> Section:
    """Clauses whose status or margin differs, margins in pairs, and which run has which conflict."""
    language, found = compared.language, compared.found.clauses
    blocks: list[Block] = []
    spec = charts_compare.margins(compared)
    if spec is not None:
        words = _MARGINS.read(language)
        blocks.append(Chart("chart-paired-margins", (words,), spec, words, (_MARGINS_NOTE.read(language),)))
    blocks += _conflicts(compared)
    if found:
        heads = [Column(_HEADS["clause"].read(language)), Column(_HEADS["unit"].read(language))]
        heads += [Column(compared.run(at), True) for at in compared.runs]
        order = sorted(range(len(found)), key=lambda position: len(set(found[position].statuses)) == 1)
        rows = tuple(_clause_row(compared, position) for position in order)
        blocks.append(Table("clauses-that-differ", (_CLAUSES.read(language),), tuple(heads), rows))
    else:
        blocks.append(Paragraph((_NO_CLAUSE.read(language),), "lead"))
    return Section("came-out", _TITLE.read(language), tuple(blocks))


def _clause_row(compared: Compared, position: int) -> Row:
    one = compared.found.clauses[position]
    clause = compared.clause(one.clause)
    explain = None
    if clause is not None and clause.year_to is not None:
        explain = f"{clause.variable}/{clause.region}/{clause.year_to}"
    cells: list[Line] = []
    for at, status in enumerate(one.statuses):
        word = "–" if status is None else status_label(status, compared.language)
        key = f"clauses/{position}/margins/{at}"
        number: Line = ()
        if compared.has(key):
            number = (" ", compared.number(key, unit=one.unit, signed=True, explain=explain))
        cells.append((Words(word, "status"), *number))
    moved = len(set(one.statuses)) > 1
    return Row(
        (
            (compared.clause_words(one.clause), Words(one.clause, "id")),
            (unit_label(one.unit, compared.language),),
            *cells,
        ),
        anchor=f"clause-{one.clause}",
        status="missed" if moved and "missed" in one.statuses else "sum" if moved else "",
    )


def _conflicts(compared: Compared) -> list[Block]:
    """Each smallest set of clauses that cannot hold together, with the runs that have it."""
    held: dict[tuple[str, ...], list[int]] = {}
    for at, one in enumerate(compared.found.runs):
        for conflict in one.verdict.get("conflicts") or ():
            held.setdefault(tuple(conflict["clauses"]), []).append(at)
    if not held:
        return []
    comma = "、" if compared.language == "zh" else ", "
    items = tuple(
        say(
            _CONFLICT,
            compared.language,
            runs=comma.join(compared.run(at) for at in runs),
            clauses=join([compared.clause_line(name) for name in clauses], compared.language),
        )
        for clauses, runs in held.items()
    )
    return [Paragraph((_CONFLICTS.read(compared.language),), "finding"), Bullets(items)]


def paths_section(compared: Compared) -> Section:
    """Totals that differ, drawn and in a table, then regions on common axes."""
    language, place = compared.language, compared.place(compared.found.place)
    paths = Trajectories(compared)
    blocks: list[Block] = []
    spec = charts_compare_paths.totals(paths, compared.found.place)
    if spec is not None:
        caption = _DRAWN.fill(place=place).read(language)
        blocks.append(Chart("chart-totals", (caption,), spec, caption, (_DRAWN_NOTE.read(language),)))
    for variable in _charted(compared):
        spec = charts_compare_paths.regions(paths, variable)
        if spec is not None:
            caption = _REGIONS.fill(variable=variable_label(variable, language)).read(language)
            name = f"chart-apart-{variable.replace('_', '-')}"
            blocks.append(Chart(name, (caption,), spec, caption, (_COMMON.read(language),)))
    if not compared.found.totals:
        blocks.append(Paragraph((_NO_TOTAL.fill(place=place).read(language),), "lead"))
        return Section("paths", _PATHS_TITLE.read(language), tuple(blocks))
    heads = [Column(_HEADS[name].read(language), name == "year") for name in ("variable", "unit", "path", "year")]
    heads += [Column(compared.run(at), True) for at in compared.runs]
    rows = tuple(_total_row(compared, position) for position in range(len(compared.found.totals)))
    blocks.append(Table("totals", (_TOTALS.fill(place=place).read(language),), tuple(heads), rows))
    return Section("paths", _PATHS_TITLE.read(language), tuple(blocks))


def _charted(compared: Compared) -> list[str]:
    """Results of the projection that were split, a few of them."""
    split = [one.of for one in compared.found.attributions if one.region is not None]
    return list(dict.fromkeys(split))[:CHARTED]


def _total_row(compared: Compared, position: int) -> Row:
    one = compared.found.totals[position]
    explain = f"{one.variable}/{one.region}/{one.year}"
    anchor = equation_anchor(one.variable)
    values = tuple(
        compared.cell(f"totals/{position}/values/{at}", unit=one.unit, anchor=anchor, explain=explain)
        for at in compared.runs
    )
    return Row(
        (
            (variable_label(one.variable, compared.language),),
            (unit_label(one.unit, compared.language),),
            (PATHS[one.path].read(compared.language),),
            (compared.year(one.year),),
            *values,
        )
    )
