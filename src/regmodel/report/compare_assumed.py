"""What several runs assumed differently, each with its values, who set it and why, and the document behind it."""

from __future__ import annotations

from dataclasses import replace

from regmodel.report.compared import Compared, assumption_anchor
from regmodel.report.comparison import assumption_value
from regmodel.report.content import Block, Column, Line, Paragraph, Row, Section, Table, Words, say
from regmodel.report.figures import MINUS
from regmodel.report.labels import typeset
from regmodel.report.units import printed_label
from regmodel.runs.differing import Assumption
from regmodel.scenario import load, shipped_names
from regmodel.scenario.keys import CLAUSE_PARTS, split
from regmodel.vocabulary.texts import Text

_TITLE = Text("What was assumed differently", "哪些假设不同")
_WHAT = Text(
    "{count} assumptions differ; all others are the same in every run. Values stand in the unit of the row, as a "
    "scenario file has them.",
    "共有{count}项假设不同，其余假设在各次运行中完全相同。数值以各行单位计，与情景文件中的写法一致。",
)
_ALIKE = Text("No assumption differs.", "假设全部相同。")
_CAPTION = Text("Assumptions that differ, by run", "相异的假设（按运行列出）")
_HEADS = {
    "assumption": Text("Assumption", "假设"),
    "unit": Text("Unit", "单位"),
    "why": Text("Set by whom, and why", "设定者与理由"),
    "source": Text("Source", "出处"),
}
_SET = Text("{run}: {owner}", "{run}：{owner}")
_ASSUMED = Text("assumed", "假设")


def assumed_section(compared: Compared) -> Section:
    """The table of assumptions that differ."""
    language, found = compared.language, compared.found.assumptions
    title = _TITLE.read(language)
    if not found:
        return Section("assumed", title, (Paragraph((_ALIKE.read(language),), "lead"),))
    lead = say(_WHAT, language, count=compared.count("assumptions that differ", found))
    heads = [Column(_HEADS["assumption"].read(language)), Column(_HEADS["unit"].read(language))]
    heads += [Column(compared.run(at), True) for at in compared.runs]
    heads += [Column(_HEADS["why"].read(language)), Column(_HEADS["source"].read(language))]
    rows = tuple(_row(compared, position) for position in range(len(found)))
    blocks: tuple[Block, ...] = (
        Paragraph(lead, "lead"),
        Table("assumptions-that-differ", (_CAPTION.read(language),), tuple(heads), rows),
    )
    return Section("assumed", title, blocks)


def _row(compared: Compared, position: int) -> Row:
    one = compared.found.assumptions[position]
    unit = printed_label(one.unit, compared.language) if one.unit else "–"
    return Row(
        (
            (compared.assumption_words(one.key), Words(one.key, "id")),
            (unit,),
            *(_value(compared, position, at) for at in compared.runs),
            _why(compared, one),
            _source(compared, one.key),
        ),
        anchor=assumption_anchor(one.key),
    )


def _value(compared: Compared, position: int, at: int) -> Line:
    one = compared.found.assumptions[position]
    key = f"assumptions/{position}/values/{at}"
    value = one.values[at]
    if isinstance(value, float) and compared.has(key):
        name = one.key.partition(".")[2]
        explain = f"record/{name}" if one.key.startswith("record.") else None
        return (replace(compared.number(key, explain=explain), text=f"{value:.12g}".replace("-", MINUS)),)
    return (assumption_value(compared.found.runs[at].scenario, one, value, compared.language),)


def _why(compared: Compared, one: Assumption) -> Line:
    """Who set it in which run, and the reason that was given."""
    line: list[str | Words] = []
    for at, setting in enumerate(one.settings):
        if setting is None:
            continue
        owner = _owner(compared, at, setting.owner)
        line += ["; " if compared.language == "en" else "；"] if line else []
        line.append(_SET.fill(run=compared.run(at), owner=owner).read(compared.language))
        if setting.reason:
            line.append(Words(setting.reason, "id"))
    return tuple(line) or ("–",)


def _owner(compared: Compared, at: int, name: str) -> str:
    """The scenario that sets it, as readers know it."""
    scenario = compared.found.runs[at].scenario
    if name == scenario.name:
        return scenario.title.read(compared.language)
    return load(name).title.read(compared.language) if name in shipped_names() else name


def _source(compared: Compared, key: str) -> Line:
    """The document and the place behind a record or a clause; a dash for a switch of the scenario's own."""
    scenario, language = compared.found.runs[0].scenario, compared.language
    if key.startswith("record."):
        return _of_record(compared, key.removeprefix("record."))
    parts = split(key, CLAUSE_PARTS) if key.startswith("clause.") else None
    clause = compared.clause(key if parts is None else parts[0])
    if clause is not None:
        mark = (" ", Words(_ASSUMED.read(language), "assumed")) if clause.assumed else ()
        return (typeset(clause.said().read(language)), *mark)
    if key.startswith("lever."):
        lever = scenario.lever(key.split(".")[1])
        return _of_record(compared, lever.cost_record)
    return ("–",)


def _of_record(compared: Compared, name: str) -> Line:
    book = compared.found.runs[0].scenario.book
    figure = next((figure for figure in book.figures if figure.key == name), None)
    stem, _, region = name.rpartition(".")
    if figure is None and not (name in book.records or book.has(name) or book.has(stem)):
        return ("–",)
    found = figure or (book.records[name] if name in book.records else book.record(stem, region))
    source = book.sources.get(found.source)
    words = found.source if source is None else source.title.read(compared.language)
    line: list[str | Words] = [Words(found.confidence, "letter"), f" {words}"]
    if found.where:
        line.append(Words(found.where, "id"))
    return tuple(line)
