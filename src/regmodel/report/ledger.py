"""The ledger of clauses: every quantified sentence of the plans, what was asked, what is reached, what stands aside."""

from __future__ import annotations

from typing import Any

from regmodel.plans import Clause, ledger
from regmodel.plans.documents import section_words
from regmodel.report.amounts import asked
from regmodel.report.content import Block, Column, Line, Paragraph, Row, Section, Table, Words, join, say
from regmodel.report.figures import Figures
from regmodel.report.front import by_margin, cell
from regmodel.report.labels import KINDS, RANKS, STATUSES, TESTED, reading_label, spoken, status_label, typeset
from regmodel.report.sentences import marked_name, record_name
from regmodel.report.tested import ORIGINS, is_tested, origin_of
from regmodel.report.units import unit_label
from regmodel.vocabulary.texts import Language, Text

_TITLE = Text("The clauses, one by one", "条款台账")
_WHAT = Text(
    "The register holds {count} clauses; {tested} of them are tested here. Whether a target binds or is expected is "
    "read from its wording, an assumption that can be edited: no plan says so itself.",
    "登记册共有{count}条，其中{tested}条参与检验。各目标的性质系根据文字判断，属可修改的假设：规划本身未作说明。",
)
_TESTED = {
    "feasible": Text(
        "Clauses that were tested: plans, then regulations, then what is assumed; reached and margin are those of the "
        "plan shown",
        "参与检验的条款，依次为规划、法规、假设；达到值和余量为所示方案中的数值",
    ),
    "infeasible": Text(
        "Clauses that were tested: plans, then regulations, then what is assumed; reached and margin are those of the "
        "plan that misses least",
        "参与检验的条款，依次为规划、法规、假设；达到值和余量为偏差最小的方案中的数值",
    ),
}
_ASIDE = Text("Clauses that were not tested, and why", "未参与检验的条款及原因")
_BY_PLAN = Text("Clauses by document and outcome, count", "按文件和结果统计的条款数")
_HEADS = {
    "clause": Text("Clause", "条款"),
    "wording": Text("As printed", "原文"),
    "printed": Text("As printed, and where", "原文与出处"),
    "reading": Text("Read as", "理解"),
    "asked": Text("Asked", "要求"),
    "trend": Text("On the trend", "趋势"),
    "reached": Text("Reached", "达到"),
    "by_itself": Text("By itself", "单独可达"),
    "margin": Text("Margin", "余量"),
    "relative": Text("Margin, %", "余量，%"),
    "unit": Text("Unit", "单位"),
    "status": Text("Status", "状态"),
    "kind": Text("Kind", "类别"),
    "why": Text("Note", "说明"),
    "value": Text("In the run", "本次运行"),
    "plan": Text("Document", "文件"),
}
_NUMERIC = ("asked", "trend", "reached", "by_itself", "margin", "relative", "value")
_COLUMNS = ("clause", "printed", "asked", "trend", "reached", "by_itself", "margin", "relative", "unit", "status")
_NOTE = Text(
    "On the trend: no target is asked for, no lever used. Reached: with the levers in use. Margin, %: of the target.",
    "趋势：不提任何目标、不用任何措施；达到：采用所用措施；余量，%：占目标值的百分比。",
)
_BY_ITSELF = Text(
    " By itself, for a clause that is missed: the nearest value that a plan reaches where every other target gives "
    "way and only limits and assumed paths are kept.",
    "单独可达（仅列未达到的条款）：其他目标全部放开、只守上限与假设路径时，方案所能达到的最接近要求的值。",
)
_RECORDS_ALONE = Text(
    "The value follows from assumed records alone ({records}), whatever the plan does: this row tests the records, not "
    "the plan.",
    "该值完全由假设的记录（{records}）得出，与方案无关：本行检验的是记录，而非方案。",
)
# A reading under which the quantity is a product of records, and these records.
_OF_RECORDS = {"residential_part": ("land.residential_part", "land.urban_land_per_head_2020")}
_BY_RECORD = Text("no number of its own; set by the record {record}", "无自身数值，由记录设定：{record}")
_ALL = Text("all", "全部")


def ledger_section(figures: Figures, language: Language) -> Section:
    """What was tested with its margins, the tally by plan, and what was not tested and why."""
    entries: list[dict[str, Any]] = figures.run.verdict.get("clauses", [])
    tested = [entry for entry in entries if is_tested(entry)]
    intro = say(
        _WHAT,
        language,
        count=figures.count("clauses of the register", entries),
        tested=figures.count("tested clauses", tested),
    )
    blocks: list[Block] = [Paragraph(intro, "lead"), _by_plan(figures, language)]
    order = by_margin(figures, paths=True)
    order += [n for n, entry in enumerate(entries) if is_tested(entry) and n not in order]
    order.sort(key=lambda position: _origin(figures, position))
    rows = tuple(_tested_row(figures, position, language) for position in order)
    reached = {row.status for row in rows}
    filters = tuple((status, status_label(status, language)) for status in TESTED if status in reached)
    if rows:
        filters = (("", _ALL.read(language)), *filters) if len(filters) > 1 else ()
        blocks.append(_tested_table(figures, rows, filters, language))
    aside = [position for position, entry in enumerate(entries) if not is_tested(entry)]
    if aside:
        blocks.append(_aside(figures, aside, language))
    return Section("clauses", _TITLE.read(language), tuple(blocks))


def _tested_table(
    figures: Figures, rows: tuple[Row, ...], filters: tuple[tuple[str, str], ...], language: Language
) -> Table:
    """The clauses that were tested; the column of what a missed one reaches by itself only where one is known."""
    kept = [at for at, name in enumerate(_COLUMNS) if name != "by_itself" or any(row.cells[at] for row in rows)]
    told = tuple(Row(tuple(row.cells[at] for at in kept), row.anchor, row.status) for row in rows)
    note = _NOTE.read(language) + (_BY_ITSELF.read(language) if len(kept) == len(_COLUMNS) else "")
    heads = _heads(language, *(_COLUMNS[at] for at in kept))
    title = _tested_title(figures).read(language)
    return Table("clauses-tested", (title,), heads, told, note=(note,), filters=filters)


def _tested_title(figures: Figures) -> Text:
    return _TESTED["infeasible" if figures.run.verdict["verdict"] == "infeasible" else "feasible"]


def _origin(figures: Figures, position: int) -> int:
    return ORIGINS.index(origin_of(figures, str(figures.run.verdict["clauses"][position]["id"])))


def _heads(language: Language, *names: str) -> tuple[Column, ...]:
    return tuple(Column(_HEADS[name].read(language), name in _NUMERIC) for name in names)


def _clause(figures: Figures, clause_id: str) -> Clause | None:
    active = figures.clauses.get(clause_id)
    return None if active is None else active.clause


def _named(figures: Figures, clause_id: str, language: Language) -> Line:
    """Name, the word assumed where it applies, and id."""
    return (*marked_name(figures, clause_id, language), Words(clause_id, "id"))


def _source(clause: Clause | None, language: Language) -> Line:
    """The document and section of a clause, and how binding it is, under its wording."""
    if clause is None:
        return ()
    document = clause.document.short.read(language) if clause.document is not None else clause.plan
    rank = RANKS.get(clause.rank) if clause.rank is not None else None
    kind = rank if rank is not None else KINDS.get(clause.kind)
    words = document
    if clause.section:
        section = section_words(clause.section)
        words += f", {section.en}" if section is not None and language == "en" else f" {clause.section}"
    return (Words(words, "id"), *(() if kind is None else (Words(kind.read(language), "id"),)))


def _printed(figures: Figures, clause_id: str, language: Language) -> Line:
    active = figures.clauses.get(clause_id)
    if active is None:
        return ("–",)
    clause = active.clause
    reading = reading_label(clause, active.reading, language)
    read: Line = (Words(reading, "id"),) if reading else ()
    if active.reading in _OF_RECORDS:
        names = join([record_name(figures, key, language) for key in _OF_RECORDS[active.reading]], language)
        read = (*read, *say(_RECORDS_ALONE, language, records=names))
    if clause.value is None and clause.record is not None:
        name = record_name(figures, clause.record, language, clause.region)
        return (*say(_BY_RECORD, language, record=name), *read)
    printed = clause.as_printed if language == "zh" and clause.as_printed else ""
    return (printed or typeset(clause.figure_words().read(language)), *read)


def _tested_row(figures: Figures, position: int, language: Language) -> Row:
    entry = figures.run.verdict["clauses"][position]
    key, unit, clause_id = f"verdict/clauses/{position}", str(entry["unit"]), str(entry["id"])
    return Row(
        (
            _named(figures, clause_id, language),
            (*_printed(figures, clause_id, language), *_source(_clause(figures, clause_id), language)),
            asked(figures, position, language),
            cell(figures, f"{key}/trend", unit),
            cell(figures, f"{key}/value", unit),
            (figures.number(f"{key}/by_itself", unit=unit),) if figures.has(f"{key}/by_itself") else (),
            cell(figures, f"{key}/margin", unit, signed=True),
            _relative(figures, position),
            (unit_label(unit, language),),
            (Words(status_label(str(entry["status"]), language), f"status {entry['status']}"),),
        ),
        anchor=f"clause-{clause_id}",
        status=str(entry["status"]),
    )


def _relative(figures: Figures, position: int) -> Line:
    """The margin as per cent of the target; a dash where there is none, or a target of nothing."""
    entry = figures.run.verdict["clauses"][position]
    margin, target = entry.get("margin"), entry.get("target")
    if not isinstance(margin, int | float) or not isinstance(target, int | float) or not target:
        return ("–",)
    what = f"verdict/clauses/{position}/margin over its target"
    return (figures.found(what, margin / abs(target), unit="dimensionless", decimals=1, signed=True),)


def _aside(figures: Figures, positions: list[int], language: Language) -> Table:
    entries = figures.run.verdict["clauses"]
    order = list(STATUSES)
    places = {status: place for place, status in enumerate(order)}
    positions = sorted(positions, key=lambda n: (_origin(figures, n), places.get(entries[n]["status"], len(order))))
    uses = ledger([active.clause for active in figures.run.scenario.clauses])
    rows = []
    for position in positions:
        entry = entries[position]
        clause_id, unit = str(entry["id"]), str(entry.get("unit") or "")
        clause = _clause(figures, clause_id)
        kind = KINDS.get(clause.kind) if clause is not None else None
        use = uses.get(clause_id)
        why = entry.get("why") or (use.reason if use is not None else None)
        rows.append(
            Row(
                (
                    _named(figures, clause_id, language),
                    ("–" if kind is None else kind.read(language),),
                    _printed(figures, clause_id, language),
                    cell(figures, f"verdict/clauses/{position}/value", unit),
                    (Words(status_label(str(entry["status"]), language), f"status {entry['status']}"),),
                    (spoken(why, language),),
                ),
                anchor=f"clause-{clause_id}",
                status=str(entry["status"]),
            )
        )
    heads = _heads(language, "clause", "kind", "wording", "value", "status", "why")
    return Table("clauses-aside", (_ASIDE.read(language),), heads, tuple(rows), folded=True)


def _by_plan(figures: Figures, language: Language) -> Table:
    entries = figures.run.verdict.get("clauses", [])
    tally: dict[str, dict[str, list[Any]]] = {}
    names: dict[str, str] = {}
    for position in sorted(range(len(entries)), key=lambda n: _origin(figures, n)):
        entry = entries[position]
        clause = _clause(figures, str(entry["id"]))
        plan = clause.plan if clause is not None else "–"
        document = clause.document if clause is not None else None
        names[plan] = document.title.read(language) if document is not None else plan
        tally.setdefault(plan, {}).setdefault(str(entry["status"]), []).append(entry)
    order = (*TESTED, *(status for status in STATUSES if status not in TESTED))
    reached = [status for status in order if any(status in counts for counts in tally.values())]
    rows = []
    for plan, counts in tally.items():
        cells: list[Line] = [
            (figures.count(f"clauses/{plan}/{status}", counts[status]),) if status in counts else ("",)
            for status in reached
        ]
        rows.append(Row(((names[plan],), *cells)))
    heads = [Column(_HEADS["plan"].read(language))] + [Column(status_label(s, language), True) for s in reached]
    return Table("clauses-by-plan", (_BY_PLAN.read(language),), tuple(heads), tuple(rows))
