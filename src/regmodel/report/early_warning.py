"""Early warning in a report and on a terminal: how loaded water and land are, and when each class first appears."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from regmodel.report.content import (
    NO_BREAK,
    Block,
    Bullets,
    Column,
    Line,
    Number,
    Paragraph,
    Row,
    Section,
    Span,
    Table,
    Words,
    plain,
    say,
)
from regmodel.report.figures import Figures
from regmodel.report.text_table import text_table
from regmodel.runs.loads import LAND, NEED, USE
from regmodel.vocabulary.sets import BASE_YEAR, LAST_YEAR
from regmodel.vocabulary.texts import Language, Text

if TYPE_CHECKING:
    from regmodel.runs.load_classes import LoadClass
    from regmodel.runs.warning import Warnings
    from regmodel.scenario import Scenario

TABLES = (USE, NEED, LAND)
LISTED = "yellow_river_consumption_outside_homes"
_TITLE = Text("Early warning: load of water and land", "预警：水、土负荷")
_WHAT = Text(
    "Load is what the trend takes as a share of what may be taken: {classes}.",
    "负荷为趋势推演的取用量与可取用量之比：{classes}。",
)
_FROM = Text("{name} from {start} %", "{start}%起为{name}")
_BELOW = Text("{name} below {start} %", "低于{start}%为{name}")
_CAPTIONS = {
    USE: Text(
        "Water: use as % of its limit (the measure of the standard)", "水：用水总量占控制指标的百分比（标准口径）"
    ),
    NEED: Text(
        "Water: what would be used if nothing ran short, as % of the limit",
        "水：不受供水限制时的需水量占控制指标的百分比",
    ),
    LAND: Text("Land: urban construction land as % of the urban boundary", "地：城镇建设用地占城镇开发边界的百分比"),
}
_HEADS = {
    "region": Text("Region", "地区"),
    "load": Text("Load {year}, %", "{year}年负荷，%"),
    "class": Text("Class {year}", "{year}年等级"),
    "first": Text("First {name}", "首次{name}"),
    "ever": Text("chance by {year}, %", "至{year}年概率，%"),
    "listed": Text("Listed in 2020", "2020年名单"),
}
_ON_LIST = Text("overloaded", "超载")
_NEVER, _MARK = "–", f"{NO_BREAK}*"
NOTES = {
    "trend": Text(
        "First years are those of this scenario's trend. Probabilities are the share of {samples} draws in which a "
        "class is reached at all, with a standard error of at most {error} points; each of {records} records of "
        "confidence C or D is drawn evenly between its low and its high, independently of the others. A record whose "
        "value lies near one end of its range makes the two differ.",
        "首次年份取自本情景的趋势推演。概率为 {samples} 次抽样中曾达到该等级的比重，标准误不超过 {error} 个百分点；"
        "{records} 项可信度为C或D的记录各在上下限之间均匀、独立抽取。记录值靠近区间一端时，两者会有出入。",
    ),
    "undrawn": Text(
        "First years are those of this scenario's trend; nothing was drawn, so there are no probabilities.",
        "首次年份取自本情景的趋势推演；未作抽样，故无概率。",
    ),
    "unfit": Text(
        "First years are those of this scenario's trend. There are no probabilities: at the ends of their ranges the "
        "records do not fit together ({where}).",
        "首次年份取自本情景的趋势推演。无概率：记录取区间两端时彼此不能相容（{where}）。",
    ),
    "before": Text(
        "Before the limit of {year} stands, load is measured against it all the same.",
        "{year}年指标生效前亦以其衡量。",
    ),
    "assumed": Text(
        "* The limit is assumed: no document prints one for this place; for land the region's multiple is taken.",
        "* 上限为假设：未见文件公布该地指标；土地取全区扩展倍数。",
    ),
    "classes": Text(
        "The classes of water are those of the technical outline of 2016, recalled and not seen; the same are taken "
        "for land, for which none were found. Quality of water and groundwater, which can raise a class there, are not "
        "modelled.",
        "水的等级取自2016年技术大纲（凭记忆引用，未见原件）；土地未查到相应等级，取同样界限。大纲中可提高等级的水质与地下水要素未建模。",
    ),
    "listed": Text(
        "Listed in 2020: parts of the region where the Ministry paused new permits for river water as overloaded.",
        "2020年名单：水利部以超载为由暂停新增取用黄河水许可的地区。",
    ),
}
_CAP_YEAR = 2025


def early_warning_section(figures: Figures, language: Language) -> Section | None:
    """Loads and first years for the report; None where the run has none."""
    found = figures.run.warning
    if found is None or not found.loads:
        return None
    blocks: list[Block] = [Paragraph(_classes(figures, found, language), "lead")]
    blocks += [_table(figures, found, measure, language) for measure in TABLES if _of(found, measure)]
    blocks.append(Bullets(tuple(_notes(figures, found, figures.run.scenario, language))))
    return Section("early-warning", _TITLE.read(language), tuple(blocks))


def lines(found: Warnings, scenario: Scenario, language: Language) -> list[str]:
    """The same for a terminal."""
    said: list[str] = []
    for measure in TABLES:
        loads = [load for load in found.loads if load.measure == measure]
        if not loads:
            continue
        classes = found.classes["land" if measure == LAND else "water"]
        heads = [column.title for column in _columns(found, classes, language)]
        rows = []
        for load in loads:
            name = scenario.book.regions.name(load.region).read(language)
            row = [name + (" *" if load.assumed else ""), *(f"{100 * load.shares[place]:.1f}" for place in (0, -1))]
            row.append(found.class_at(load, LAST_YEAR).title.read(language))
            for first in found.firsts_of(load):
                row.append(_NEVER if first.first_year is None else str(first.first_year))
                if first.probability is not None:
                    row.append(f"{100 * first.probability:.0f}")
            rows.append(row)
        said += [_CAPTIONS[measure].read(language), *text_table(heads, rows), ""]
    return [*said, *(plain(note) for note in _notes(None, found, scenario, language))]


def _of(found: Warnings, measure: str) -> list[int]:
    return [number for number, load in enumerate(found.loads) if load.measure == measure]


def _classes(figures: Figures, found: Warnings, language: Language) -> Line:
    lightest, *others = found.classes["water"]
    starts = [figures.given(f"class {one.name} of water", f"{100 * one.from_load:g}") for one in others]
    parts = [say(_BELOW, language, name=lightest.title.read(language), start=starts[0])]
    parts += [
        say(_FROM, language, name=one.title.read(language), start=start)
        for one, start in zip(others, starts, strict=True)
    ]
    between = "，" if language == "zh" else ", "
    whole = tuple(span for number, part in enumerate(parts) for span in ((between, *part) if number else part))
    return say(_WHAT, language, classes=whole)


def _table(figures: Figures, found: Warnings, measure: str, language: Language) -> Table:
    classes = found.classes["land" if measure == LAND else "water"]
    listed = _listed(figures.run.scenario) if measure != LAND else set()
    heads = _columns(found, classes, language)
    if listed:
        heads.append(Column(_HEADS["listed"].read(language)))
    rows = tuple(_row(figures, found, number, listed, language) for number in _of(found, measure))
    return Table(f"warning-{measure.replace('_', '-')}", (_CAPTIONS[measure].read(language),), tuple(heads), rows)


def _columns(found: Warnings, classes: Sequence[LoadClass], language: Language) -> list[Column]:
    heads = [Column(_HEADS["region"].read(language))]
    for year in (BASE_YEAR, LAST_YEAR):
        heads.append(Column(_HEADS["load"].fill(year=year).read(language), True))
    heads.append(Column(_HEADS["class"].fill(year=LAST_YEAR).read(language)))
    for one in classes[1:]:
        title = one.title.read(language)
        heads.append(Column(_HEADS["first"].read(language).format(name=title), True))
        if found.samples:
            heads.append(Column(_HEADS["ever"].fill(year=LAST_YEAR).read(language), True))
    return heads


def _row(figures: Figures, found: Warnings, number: int, listed: set[str], language: Language) -> Row:
    load = found.loads[number]
    mark = _MARK if load.assumed else ""
    cells: list[Line] = [(figures.run.scenario.book.regions.name(load.region).read(language) + mark,)]
    for year in (BASE_YEAR, LAST_YEAR):
        cells.append((_percent(figures, f"warning/loads/{number}/shares/{year}", 1),))
    cells.append((Words(found.class_at(load, LAST_YEAR).title.read(language), "status"),))
    for position, first in enumerate(found.firsts):
        if (first.measure, first.region) != (load.measure, load.region):
            continue
        cells.append((_NEVER,) if first.first_year is None else (figures.year(first.first_year),))
        if found.samples:
            cells.append((_percent(figures, f"warning/first/{position}/probability", 0),))
    if listed:
        cells.append((_ON_LIST.read(language) if load.region in listed else _NEVER,))
    return Row(tuple(cells))


def _percent(figures: Figures, key: str, decimals: int) -> Number:
    return figures.number(key, unit="dimensionless", decimals=decimals)


def _listed(scenario: Scenario) -> set[str]:
    """Regions that the ministry listed as overloaded: those with a pause of new permits in the register."""
    return {active.clause.region for active in scenario.clauses if active.clause.variable == LISTED}


def _notes(figures: Figures | None, found: Warnings, scenario: Scenario, language: Language) -> list[Line]:
    """What a reader must know; numbers keep their keys where there is a run that they lead into."""

    def number(what: str, value: float, decimals: int) -> Span:
        if figures is None:
            return f"{value:.{decimals}f}"
        return figures.found(what, value, decimals=decimals)

    notes: list[Line] = []
    if found.samples:
        worst = max(first.error or 0.0 for first in found.firsts)
        notes.append(
            say(
                NOTES["trend"],
                language,
                samples=number("samples of the early warning", float(found.samples), 0),
                error=number("largest standard error of a probability, points", 100 * worst, 1),
                records=number("records drawn for the early warning", float(len(found.sampled)), 0),
            )
        )
    elif found.unfit is not None:
        notes.append(say(NOTES["unfit"], language, where=found.unfit))
    else:
        notes.append(say(NOTES["undrawn"], language))
    notes.append(say(NOTES["before"], language, year=str(_CAP_YEAR) if figures is None else figures.year(_CAP_YEAR)))
    if any(load.assumed for load in found.loads):
        notes.append(say(NOTES["assumed"], language))
    notes.append(say(NOTES["classes"], language))
    if figures is not None and _listed(scenario):
        notes.append(say(NOTES["listed"], language))
    return notes
