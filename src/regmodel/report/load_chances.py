"""The chance of each class of load over a batch, for a terminal."""

from __future__ import annotations

from collections.abc import Container

from regmodel.batch.answers import LoadChances
from regmodel.report.early_warning import NOTES
from regmodel.report.shares import NONE, range_words
from regmodel.report.text_table import text_table
from regmodel.runs.loads import LAND, NEED, USE, loads
from regmodel.runs.trends import trend
from regmodel.scenario import Scenario
from regmodel.vocabulary.sets import LAST_YEAR
from regmodel.vocabulary.texts import Language, Text

_HEAD = Text(
    "Load of water and land on the trends of {count} scenarios of {name}: the class reached by {year}",
    "{name} 的 {count} 个情景趋势推演下的水、土负荷：至{year}年曾达到的等级",
)
_CAPTIONS = {
    USE: Text("Water: use as % of its limit", "水：用水总量占控制指标的百分比"),
    NEED: Text("Water: what would be used if nothing ran short", "水：不受供水限制时的需水量"),
    LAND: Text("Land: urban construction land as % of the urban boundary", "地：城镇建设用地占城镇开发边界的百分比"),
}
_REGION = Text("Region", "地区")
_CHANCE = {True: Text("{name}, chance %", "{name}概率，%"), False: Text("{name}, share %", "{name}占比，%")}
_INTERVAL = Text("{level} % interval", "{level}%区间")
_HALF = Text("half by", "过半年份")
_NOTE = Text(
    "A class counts as reached where the load is in it or in a worse one in any year up to {year}; 'half by' is the "
    "year in which half of the scenarios have reached it. `--out FILE.csv` writes every year.",
    "负荷在{year}年及以前任一年处于该等级或更重等级，即计为曾达到；“过半年份”为半数情景已达到的年份。"
    "`--out FILE.csv` 写出逐年结果。",
)


_STANDS = Text(
    "Only what the design varies differs between the scenarios: limits and everything else stand as assumed, and a "
    "load that nothing varied moves is the same in all. `regmodel warning SCENARIO` draws all that is assumed.",
    "各情景之间仅设计所列变动项不同：上限及其余假设均保持不变，不受变动项影响的负荷在各情景中相同。"
    "`regmodel warning SCENARIO` 对全部假设抽样。",
)


def lines(found: LoadChances, scenario: Scenario, language: Language) -> list[str]:
    """The chances by place, measure after measure, and what they rest on."""
    basis = found.basis
    assumed = {(load.measure, load.region) for load in loads(scenario, trend(scenario)) if load.assumed}
    said = [_HEAD.read(language).format(count=basis.counted, name=basis.name, year=LAST_YEAR), ""]
    for measure, caption in _CAPTIONS.items():
        places = found.places(measure)
        if places:
            marked = {place for place in places if (measure, place) in assumed}
            said += [caption.read(language), *_table(found, measure, places, marked, scenario, language), ""]
    notes = [_NOTE.fill(year=LAST_YEAR), _STANDS, basis.assumed, basis.error]
    notes += [NOTES["assumed"]] if assumed else []
    notes.append(NOTES["classes"])
    return [*said, *(note.read(language) for note in notes if note is not None)]


def _table(
    found: LoadChances,
    measure: str,
    places: tuple[str, ...],
    marked: Container[str],
    scenario: Scenario,
    language: Language,
) -> list[str]:
    sampled = found.basis.probability
    classes = found.classes["land" if measure == LAND else "water"][1:]
    heads = [_REGION.read(language)]
    for one in classes:
        heads.append(_CHANCE[sampled].read(language).format(name=one.title.read(language)))
        heads += [_INTERVAL.read(language).format(level=f"{100 * found.basis.level:g}")] if sampled else []
        heads.append(_HALF.read(language))
    rows = []
    for place in places:
        row = [scenario.book.regions.name(place).read(language) + (" *" if place in marked else "")]
        for one in classes:
            last = found.of(measure, place, one.name)[-1].reached
            half = found.half_by(measure, place, one.name)
            row.append(range_words(last.low, last.high))
            row += [range_words(last.error_low, last.error_high)] if sampled else []
            row.append(NONE if half is None else str(half))
        rows.append(row)
    return text_table(heads, rows)
