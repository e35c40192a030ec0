"""The order of a report: the verdict first, then conflicts and ways out, clauses, charts, evidence, method."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from regmodel.report import charts, charts_levers, charts_limits, charts_places
from regmodel.report.beside import NOTHING, Beside
from regmodel.report.changes import changes_section
from regmodel.report.chart_data import ChartData
from regmodel.report.clashes import binding_section, contradictions_section
from regmodel.report.conflicts import conflicts_section
from regmodel.report.content import Block, Chart, Line, Paragraph, Report, Section, plain, say
from regmodel.report.deciding import deciding_section
from regmodel.report.early_warning import early_warning_section
from regmodel.report.equations_annex import equations_section
from regmodel.report.evidence import assumptions_section, base_year_section
from regmodel.report.figures import Figures
from regmodel.report.front import by_margin, front_page
from regmodel.report.frontiers import frontiers_section
from regmodel.report.ledger import ledger_section
from regmodel.report.method import method_section
from regmodel.report.readings_table import readings_section
from regmodel.report.sampled import likely_section
from regmodel.report.sentences import clause_name
from regmodel.report.stages import stages_section
from regmodel.report.uses import uses_section
from regmodel.report.validation import validation_section
from regmodel.report.ways_out import ways_out_section
from regmodel.vocabulary.texts import Language, Text

if TYPE_CHECKING:
    from regmodel.runs import Run

CHARTED_MARGINS, CHARTED_TIGHT = 24, 6
AT_LIMIT = 1e-9
RUN_ID_SHOWN = 8
_TITLE = Text("Feasibility report", "可行性报告")
_QUESTION = Text(
    "Can these plans' targets hold together under the water and the land that there are?",
    "在现有水土资源条件下，这些规划目标能否同时成立？",
)
_FACTS = {
    "scenario": Text("Scenario", "情景"),
    "run": Text("Run", "运行编号"),
    "made": Text("Made", "生成时间"),
    "prices": Text("Prices", "价格"),
    "people": Text("People", "人口口径"),
}
_PRICES = Text("constant, of {year}", "{year}年不变价")
_PEOPLE = Text("residents, census basis", "常住人口，普查口径")
_PATHS = Text("The paths: people, output, water, land", "路径：人口、产出、水、土地")
_PATHS_WHAT = Text(
    "Solid lines are the trend; dashed lines, where there are any, are the path that the programme found.",
    "实线为趋势推演；虚线（如有）为优化程序找到的方案。",
)
_CAPTIONS: dict[str, tuple[Text, Text]] = {
    "margins": (
        Text("Clauses and their margins in the plan shown", "所示方案中各条款的余量"),
        Text(
            "Right of the line the clause is kept; marks are cut at the edge of the scale, the numbers are not.",
            "线右侧为达到；标记超出坐标范围时截断，数字不截断。",
        ),
    ),
    "people": (
        Text("Residents and urban share, {region}", "{region}常住人口与城镇化率"),
        Text("Bars are what the plan asks for.", "竖条为规划要求的区间。"),
    ),
    "output": (
        Text("Value added by sector, {region}, prices of {base}", "{region}分行业增加值（{base}年价）"),
        Text("Layers are named at their right end.", "各层名称标于右端。"),
    ),
    "water_by_use": (
        Text("Water use (用水) by user against the limit, {region}", "{region}分行业用水与用水总量上限"),
        Text("Use is what is taken, not what is consumed.", "用水为取用量，不是耗水量。"),
    ),
    "water_of_cap": (
        Text("Water use as % of its limit, by region, with the year of crossing", "各地区用水占上限的比重及越限年份"),
        Text(
            "The dashed level is the limit; a diamond marks the first year above it. * The limit is assumed: no "
            "document prints one.",
            "虚线为上限；菱形为首次超过上限的年份。* 上限为假设，未见文件公布。",
        ),
    ),
    "load_map": (
        Text(
            "Load classes of water by region: use as % of the limit, last year",
            "各地区水资源负荷等级示意图：末年用水占上限的百分比",
        ),
        Text(
            "A schematic map, not to scale: one tile a region. The classes and where they begin are those of the early "
            "warning. * The limit is assumed: no document prints one.",
            "示意图，不按比例，一格为一地区。等级及其界限与预警一章相同。* 上限为假设，未见文件公布。",
        ),
    ),
    "cost_curve": (
        Text(
            "Cost curve of water: marginal cost against the water that the levers can supply, {region}",
            "水的成本曲线：边际成本与各项措施可增供水量，{region}",
        ),
        Text(
            "One step a lever, the cheapest first, as wide as what it can give or save beyond the base year; works on "
            "fields find the land as the step before leaves it. The upright line in each step is the range of the "
            "cost. Transfers of rights move water between regions and give none. All costs are assumptions.",
            "每级为一项措施，由低到高，宽度为基年之外可增供或节约的水量；农田措施按前一级改造后的田块计。各级竖线为成本范围。"
            "水权转让只在地区间调配，不增加水量。成本均为假设。",
        ),
    ),
    "lever_costs": (
        Text("What a cubic metre costs by lever, the cheapest first", "各项措施的单方水成本，由低到高"),
        Text(
            "All costs are assumptions with a range; the tick is the value taken.", "成本均为带范围的假设；竖线为取值。"
        ),
    ),
    "water_by_source": (
        Text("Water supplied by source, {region}", "{region}分水源供水"),
        Text("Layers are named at their right end.", "各层名称标于右端。"),
    ),
    "land": (
        Text(
            "New urban construction land, added up over each window, against its quota, {region}",
            "{region}各规划期新增城镇建设用地累计与指标",
        ),
        Text("Each window starts again from nothing.", "各期自零起累计。"),
    ),
    "population_by_region": (
        Text("Residents by region, first year = one hundred", "各地区常住人口，起始年为一百"),
        Text("All panels share their axes.", "各图坐标相同。"),
    ),
    "share_by_region": (
        Text("Urban share by region, %", "各地区城镇化率，%"),
        Text("All panels share their axes.", "各图坐标相同。"),
    ),
    "output_by_region": (
        Text(
            "GDP by region in prices of {base}, first year = one hundred", "各地区生产总值（{base}年价），起始年为一百"
        ),
        Text("All panels share their axes.", "各图坐标相同。"),
    ),
    "land_by_region": (
        Text("Urban construction land by region, first year = one hundred", "各地区城镇建设用地，起始年为一百"),
        Text("The stock of the first year is assumed where none is published.", "起始年存量未公布者为假设值。"),
    ),
}
_AT_LIMIT = Text(
    "In all {count} clauses stand exactly at what they ask; some of them are drawn.",
    "共有{count}条条款恰好处于要求值，图中只列其中几条。",
)
_CROSSING = Text("{region}: above its limit from {year} on the trend.", "{region}：趋势下自{year}年起超过上限。")


def assemble(run: Run, language: Language, beside: Beside = NOTHING) -> Report:
    """The whole report of one run in one language, free of any form; numbers carry their keys into the run.

    ``beside`` is what was asked for beside the run: trade-offs of two targets, and what a batch answers.
    """
    figures = Figures(run, beside)
    data = ChartData(figures, language)
    sections = [
        front_page(figures, language),
        conflicts_section(figures, language),
        ways_out_section(figures, language),
        deciding_section(figures, language),
        stages_section(figures, language),
        readings_section(figures, language),
        ledger_section(figures, language),
        contradictions_section(figures, language),
        binding_section(figures, data, language),
        _paths(figures, data, language),
        frontiers_section(figures, language),
        likely_section(figures, language),
        early_warning_section(figures, language),
        assumptions_section(figures, language),
        base_year_section(figures, language),
        uses_section(figures, language),
        validation_section(figures, language),
        equations_section(figures, language),
        changes_section(figures, language),
        method_section(figures, language),
    ]
    return Report(
        language,
        _TITLE.read(language),
        _QUESTION.read(language),
        tuple(_facts(figures, language)),
        tuple(section for section in sections if section is not None),
    )


def _facts(figures: Figures, language: Language) -> list[tuple[str, Line]]:
    run = figures.run
    base = figures.year(run.base.year)
    facts: list[tuple[str, Line]] = [
        (_FACTS["scenario"].read(language), (run.scenario.title.read(language), f" ({run.scenario.name})")),
        (_FACTS["run"].read(language), (str(run.verdict.get("run_id", "–"))[:RUN_ID_SHOWN],)),
    ]
    made = run.manifest.get("made") or run.manifest.get("started")
    if made:
        facts.append((_FACTS["made"].read(language), (str(made),)))
    facts.append((_FACTS["prices"].read(language), say(_PRICES, language, year=base)))
    facts.append((_FACTS["people"].read(language), (_PEOPLE.read(language),)))
    return facts


def _paths(figures: Figures, data: ChartData, language: Language) -> Section:
    entries = figures.run.verdict.get("clauses", [])
    tight, slack = _tight_and_slack(figures)
    kept = [*tight[:CHARTED_TIGHT], *slack][:CHARTED_MARGINS]
    charted = [str(entries[n]["id"]) for n in kept]
    names = {clause: plain(clause_name(figures, clause, language)) for clause in charted}
    regions = data.regions.ids()
    drawings: dict[str, Callable[[], dict[str, Any] | None]] = {
        "margins": lambda: charts_limits.margins(data, names),
        "people": lambda: charts.people(data),
        "output": lambda: charts.output(data),
        "water_by_use": lambda: charts_limits.water_by_use(data),
        "water_of_cap": lambda: charts_limits.water_of_cap(data),
        "load_map": lambda: charts_places.load_map(data),
        "water_by_source": lambda: charts_limits.water_by_source(data),
        "land": lambda: charts_limits.land(data),
        "cost_curve": lambda: charts_levers.cost_curve(data),
        "lever_costs": lambda: charts_levers.lever_costs(data),
        "population_by_region": lambda: charts.panels(data, data.indexed("population", regions)),
        "share_by_region": lambda: charts.panels(data, data.series({"urbanisation_rate": "%"}, regions)),
        "output_by_region": lambda: charts.panels(data, data.indexed("gdp", regions)),
        "land_by_region": lambda: charts.panels(data, data.indexed("urban_construction_land", regions)),
    }
    between = "" if language == "zh" else " "
    blocks: list[Block] = [Paragraph(say(_PATHS_WHAT, language), "lead")]
    for name, draw in drawings.items():
        spec = draw()
        if spec is not None:
            caption, note = _CAPTIONS[name]
            line = say(caption, language, region=data.region_name(data.main), base=figures.year(figures.run.base.year))
            said: Line = (note.read(language),)
            if name == "margins" and len(tight) > CHARTED_TIGHT:
                said = (*said, between, *say(_AT_LIMIT, language, count=figures.count("clauses at their limit", tight)))
            blocks.append(Chart(f"chart-{name.replace('_', '-')}", line, spec, plain(line), said))
        if name == "water_by_use":
            blocks.extend(_crossings(figures, data, language))
    return Section("paths", _PATHS.read(language), tuple(blocks))


def _tight_and_slack(figures: Figures) -> tuple[list[int], list[int]]:
    """Positions of tested clauses whose margin is nothing, and of the others, those furthest from the target first."""
    entries, order = figures.run.verdict.get("clauses", []), by_margin(figures)

    def is_tight(position: int) -> bool:
        entry = entries[position]
        return abs(float(entry["margin"])) <= AT_LIMIT * max(1.0, abs(float(entry.get("target") or 0.0)))

    return [at for at in order if is_tight(at)], [at for at in order if not is_tight(at)]


def _crossings(figures: Figures, data: ChartData, language: Language) -> list[Block]:
    """The sentence that a chart of a cap owes its reader: where and from when the cap is passed."""
    blocks: list[Block] = []
    for region in (data.main,):
        crossed = charts_limits.first_above(data, figures.projection, region)
        if crossed is not None:
            line = say(_CROSSING, language, region=data.region_name(region), year=figures.year(crossed[0]))
            blocks.append(Paragraph(line, "note"))
    return blocks
