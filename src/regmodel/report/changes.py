"""What a scenario sets itself, in words: from which value to which, why, by whom, and which of it is the user's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from regmodel.params import ParameterBook, Record, read_book, shipped_folder
from regmodel.plans import Clause, read_clauses
from regmodel.report.content import Block, Column, Line, Paragraph, Row, Section, Span, Table, Words, say
from regmodel.report.figures import Figures
from regmodel.report.labels import reading_label, variable_label
from regmodel.report.sentences import clause_name, record_name
from regmodel.report.units import printed_label
from regmodel.scenario import Override, Scenario, Value, load, shipped_names
from regmodel.vocabulary.texts import Language, Text

_CHANGED = Text("What this scenario sets itself", "本情景自行设定的内容")
_TAKEN = Text("What it takes over from the scenario that it builds on", "沿用所依据情景的设定")
_ANNEX = Text("Annex: what was changed", "附录：改动清单")
_ANNEX_WHAT = Text(
    "Everything in which this run differs from the records and clauses as shipped. It builds on: {basis}. Set by this "
    "scenario itself: {own}; taken over from shipped scenarios: {taken}.",
    "本次运行与自带记录及条款的全部差异。所依据的情景：{basis}。本情景自行设定{own}项，沿用自带情景{taken}项。",
)
_NO_BASIS = Text("no other scenario", "无")
ANNEX = "changed"
_NOTHING_CHANGED = Text("This scenario sets nothing of its own.", "本情景没有自行设定的内容。")
_YOURS = Text("yours", "您的设定")
_BY_USER = Text("set by the user of this run", "由本次运行的用户设定")
_BY_SCENARIO = Text("scenario", "情景")
_OF_SCENARIO = Text("set by the scenario {title}", "由情景“{title}”设定")
_NO_SOURCE = Text("no source given", "未注明来源")
_ON = Text("on", "启用")
_OFF = Text("off", "停用")
_WHOLE = Text("all of it", "全部")
_NONE_BEFORE = Text("none of its own", "无单独数值")
_SHARE = Text("share of the recorded capacity", "占记录能力的份额")
_PARTS: Mapping[str, Text] = {
    "value": Text("figure", "数值"),
    "enabled": Text("in force or not", "是否启用"),
    "reading": Text("how it is read", "取何种理解"),
    "ease_low": Text("lower end gives way by", "下端放宽"),
    "ease_high": Text("upper end gives way by", "上端放宽"),
    "limit": Text("how much of it may be used", "可用份额"),
}
_EASES = ("ease_low", "ease_high")
_HEADS = {
    "what": Text("What", "内容"),
    "before": Text("As shipped", "原值"),
    "after": Text("In this scenario", "现值"),
    "unit": Text("Unit", "单位"),
    "reason": Text("Why", "理由"),
    "source": Text("Source", "来源"),
    "owner": Text("Set by", "设定者"),
}
Told = tuple[Line, Line, Line, str]


def changes_section(figures: Figures, language: Language) -> Section:
    """The annex of changes: what this scenario sets itself, then what it takes over from the one it builds on."""
    scenario = figures.run.scenario
    if not scenario.overrides:
        return Section(ANNEX, _ANNEX.read(language), (Paragraph((_NOTHING_CHANGED.read(language),)),))
    taken = [one for one in scenario.overrides if one.owner != scenario.name and _is_shipped(one)]
    own = [one for one in scenario.overrides if one not in taken]
    basis = scenario.parent if scenario.parent in shipped_names() else None
    name = _NO_BASIS.read(language) if basis is None else _shipped_scenario(basis).title.read(language)
    counts = {"own": figures.count("settings of the scenario itself", own)}
    counts["taken"] = figures.count("settings taken over", taken)
    blocks: list[Block] = [Paragraph(say(_ANNEX_WHAT, language, basis=name, **counts), "lead")]
    if own:
        blocks.append(_changes(figures, "changes", _CHANGED, own, language))
    if taken:
        blocks.append(_changes(figures, "changes-taken-over", _TAKEN, taken, language))
    return Section(ANNEX, _ANNEX.read(language), tuple(blocks))


def _changes(figures: Figures, name: str, caption: Text, overrides: Sequence[Override], language: Language) -> Table:
    """Settings, each with its name, shipped value, new value, unit, reason and source."""
    rows = []
    for override in overrides:
        what, before, after, unit = _told(figures, override, language)
        rows.append(
            Row(
                (
                    (*what, Words(override.key, "id")),
                    before,
                    after,
                    (unit,),
                    (override.reason or "–",),
                    (_source(figures, override, language) or "–",),
                    _owner(override, language),
                )
            )
        )
    heads = tuple(Column(words.read(language), head in ("before", "after")) for head, words in _HEADS.items())
    return Table(name, (caption.read(language),), heads, tuple(rows))


def set_by(figures: Figures, record: Record, language: Language) -> Line:
    """Who set a record that the scenario changed, as a mark and the words of its source; empty for a shipped one."""
    if record.changed_because is None:
        return ()
    key = f"record.{record.key}"
    override = next((found for found in figures.run.scenario.overrides if found.key == key), None)
    mark, who = _YOURS.read(language), _BY_USER.read(language)
    if override is not None and _is_shipped(override):
        mark = _BY_SCENARIO.read(language)
        title = _shipped_scenario(override.owner).title.read(language)
        who = _OF_SCENARIO.read(language).format(title=title)
    source = "" if override is None else _source(figures, override, language)
    line: list[Span] = [mark, who, Words(source or _NO_SOURCE.read(language), "id")]
    if record.changed_because:
        line.append(Words(record.changed_because, "id"))
    return tuple(line)


def _source(figures: Figures, override: Override, language: Language) -> str:
    """The source given for a change: the title of a known one, else the words as typed; empty where none was given."""
    known = figures.run.scenario.book.sources.get(override.source or "")
    return known.title.read(language) if known is not None else override.source or ""


def _owner(override: Override, language: Language) -> Line:
    if _is_shipped(override):
        return (_shipped_scenario(override.owner).title.read(language), Words(override.owner, "id"))
    return (Words(_YOURS.read(language), "assumed"), Words(override.owner, "id"))


def _is_shipped(override: Override) -> bool:
    """Whether a scenario that comes with the programme says the same; a name alone can be anybody's."""
    return override.owner in shipped_names() and (override.key, override.value) in _shipped_settings(override.owner)


def _shipped_scenario(name: str) -> Scenario:
    return _scenario_in(shipped_folder(), name)


def _shipped_settings(name: str) -> frozenset[tuple[str, Value]]:
    return frozenset((override.key, override.value) for override in _shipped_scenario(name).own)


def _shipped_book() -> ParameterBook:
    return _book_in(shipped_folder())


def _shipped_clauses() -> Mapping[str, Clause]:
    return _clauses_in(shipped_folder())


# Kept by folder: what is shipped is what lies in the folder that is shipped, whichever was asked for first.
@cache
def _scenario_in(folder: Path, name: str) -> Scenario:
    return load(name)


@cache
def _book_in(folder: Path) -> ParameterBook:
    return read_book(folder)


@cache
def _clauses_in(folder: Path) -> Mapping[str, Clause]:
    return {clause.id: clause for clause in read_clauses(folder, _book_in(folder).regions)}


def _told(figures: Figures, override: Override, language: Language) -> Told:
    """Name, shipped value, new value and unit of one override."""
    root, _, rest = override.key.partition(".")
    stem, _, part = rest.rpartition(".")
    if root == "record":
        return _of_record(figures, rest, override, language)
    if root == "clause" and stem in _shipped_clauses():
        return _of_clause(figures, _shipped_clauses()[stem], part, override, language)
    if root == "lever":
        title = figures.run.scenario.lever(stem).title.read(language)
        name = _with_part((title,), part, language)
        if part == "enabled":
            return name, (_ON.read(language),), _value(figures, override, language), ""
        return name, (_WHOLE.read(language),), _value(figures, override, language), _SHARE.read(language)
    return _of_cap(figures, override, language)


def _of_record(figures: Figures, key: str, override: Override, language: Language) -> Told:
    shipped = _shipped_book()
    after = _value(figures, override, language)
    stem, _, place = key.rpartition(".")
    if key in shipped.records:
        record = shipped.records[key]
    elif shipped.regions.is_known(place) and shipped.has(stem, place):
        record = shipped.record(stem, place)
    else:
        return _of_figure(figures, key, override, language)
    name = record_name(figures, key, language)
    if key not in shipped.records:
        name = (*name, _comma(language), shipped.regions.name(place).read(language))
    before = (figures.given(f"shipped record {key}", record.printed),)
    return name, before, after, printed_label(record.printed_unit, language)


def _of_figure(figures: Figures, key: str, override: Override, language: Language) -> Told:
    """A published figure of the base or of history that the scenario replaces."""
    after = _value(figures, override, language)
    found = next((figure for figure in _shipped_book().figures if figure.key == key), None)
    if found is None:
        return (key,), ("–",), after, ""
    where = figures.run.scenario.book.regions
    place = where.name(found.region) if where.is_known(found.region) else Text(found.region, found.region)
    name: Line = (*_about(found.variable, place, language), figures.year(found.year))
    before = (figures.given(f"shipped figure {key}", found.printed),)
    return name, before, after, printed_label(found.printed_unit, language)


def _of_clause(figures: Figures, clause: Clause, part: str, override: Override, language: Language) -> Told:
    name = _with_part(clause_name(figures, clause.id, language), part, language)
    after = _value(figures, override, language)
    if part == "enabled":
        return name, ((_ON if clause.enabled else _OFF).read(language),), after, ""
    if part == "reading":
        before = reading_label(clause, clause.default_reading, language)
        return name, (before,), (reading_label(clause, str(override.value), language),), ""
    if part in _EASES:
        return name, ("–",), after, printed_label(clause.unit, language)
    if clause.value is None:
        return name, (_NONE_BEFORE.read(language),), after, printed_label(clause.unit, language)
    shipped: Line = (figures.given(f"shipped clause {clause.id}", f"{clause.value:.12g}"),)
    return name, shipped, after, printed_label(clause.unit, language)


def _of_cap(figures: Figures, override: Override, language: Language) -> Told:
    """A cap of one year: the shipped figure of that year, or of the row that it is one year of."""
    _, variable, place, year = override.key.split(".")
    where = figures.run.scenario.book.regions
    name: Line = (*_about(variable, where.name(place), language), figures.year(int(year)))
    clauses = _shipped_clauses()
    same = clauses.get(override.key)
    alike = [one for one in clauses.values() if one.kind == "cap" and one.variable == variable]
    unit = printed_label(same.unit if same is not None else alike[0].unit if alike else "", language)
    before: Line = (_NONE_BEFORE.read(language),)
    if same is not None and same.value is not None:
        before = (figures.given(f"shipped clause {same.id}", f"{same.value:.12g}"),)
    return name, before, _value(figures, override, language), unit


def _about(variable: str, place: Text, language: Language) -> Line:
    return (variable_label(variable, language), _comma(language), f"{place.read(language)} ")


def _comma(language: Language) -> str:
    return "，" if language == "zh" else ", "


def _with_part(name: Line, part: str, language: Language) -> Line:
    words = _PARTS[part].read(language) if part in _PARTS else part
    return (*name, f"：{words}" if language == "zh" else f": {words}")


def _value(figures: Figures, override: Override, language: Language) -> Line:
    if isinstance(override.value, bool):
        return ((_ON if override.value else _OFF).read(language),)
    if isinstance(override.value, str):
        return (override.value,)
    return (figures.given(f"set by the scenario {override.key}", f"{override.value:.12g}"),)
