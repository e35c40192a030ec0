"""The conflicts that the programme proves: each in the plans' terms, its arithmetic, and its proof to be redone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from regmodel.plans.documents import section_words
from regmodel.report.amounts import asked_at
from regmodel.report.chart_data import ChartData
from regmodel.report.charts_places import conflicts as drawn_conflicts
from regmodel.report.conflict_sentences import BY_ITSELF, BY_ITSELF_UNPROVED, conflict_line
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
    plain,
    say,
)
from regmodel.report.deciding import assumption_name
from regmodel.report.figures import Figures
from regmodel.report.labels import ASSUMED
from regmodel.report.places import years_line
from regmodel.report.proof_table import Working, conflict_number, proof_table
from regmodel.report.sentences import clause_name, marked_name
from regmodel.report.units import unit_label
from regmodel.vocabulary.texts import Language, Text

TOLD_IN_FULL = 8
_TITLE = Text("Which clauses cannot hold together", "哪些条款不能同时成立")
_WHAT = Text(
    "Each conflict is a smallest set: drop any one of its clauses and the rest of that set can hold together. That "
    "resolves this conflict only; every one of them has to be resolved.",
    "每组冲突都是最小冲突组：去掉其中任意一条，该组其余条款即可同时成立。这只化解该组冲突，各组均须化解。",
)
_WHAT_UNPROVED = Text(
    "Each conflict is a set of clauses that were found not to hold together. Where it is marked proved, that is shown, "
    "and that dropping any one of its clauses lets the rest of that set hold together; where it is marked not proved, "
    "neither is. Dropping one resolves that conflict only; every one of them has to be resolved.",
    "每组冲突均为搜索发现不能同时成立的条款。标明“已证明”者，既证明其不能同时成立，也证明去掉其中任意一条后该组其余条款即可同时成立；"
    "标明“未证明”者，两点均未得到证明。去掉一条只化解该组冲突，各组均须化解。",
)
_COMPLETE = Text("The list is complete.", "清单完整。")
_INCOMPLETE = Text(
    "The list is marked incomplete: the search ended before it was exhausted, and there may be more.",
    "清单不完整：搜索在穷尽之前结束，可能还有其他冲突。",
)
_SENTENCE = Text(
    "These {count} cannot hold together, whatever the levers do: {clauses}.",
    "以下{count}条无论采取何种措施都不能同时成立：{clauses}。",
)
_SENTENCE_UNPROVED = Text(
    "The search found that these {count} do not hold together, but that is not proved: {clauses}.",
    "搜索发现以下{count}条不能同时成立，但未得到证明：{clauses}。",
)
_HEAD = Text("Conflict {number}", "冲突{number}")
_SENTENCES = {
    (True, True): BY_ITSELF,
    (True, False): _SENTENCE,
    (False, True): BY_ITSELF_UNPROVED,
    (False, False): _SENTENCE_UNPROVED,
}
_PROVED = Text("proved", "已证明")
_UNPROVED = Text("not proved", "未证明")
_ON_RECORDS = Text("The proof needs numbers that are only assumed: {records}.", "证明用到仅为假设的数值：{records}。")
_FREE_OF_RECORDS = Text("The proof needs no assumed number.", "证明不依赖任何假设数值。")
_ARITHMETIC = Text("Conflict {number}: the arithmetic", "冲突{number}：算式")
_IN_UNIT = Text(", what each adds in {unit}", "，各项贡献以{unit}计")
_BALANCES = Text("Balances and limits of the model", "模型的平衡式与约束")
_TOGETHER = Text("Together they ask for", "合计要求")
_MOST = Text("The most that any plan within the declared bounds gives", "声明范围内任何方案至多给出")
_GAP = Text("What is missing", "缺口")
_FURTHER = Text("Further conflicts, without their working", "其余冲突（不附算式）")
_CLAUSE = Text("{clause} ({where}, {asked})", "{clause}（{where}，{asked}）")
_DRAWN = Text("The conflicts: their clauses, and the regions that each touches", "各组冲突：所涉条款及其涉及的地区")
_DRAWN_NOTE = Text(
    "A row is a clause of the conflict of that number; dots that a line joins are one clause over several regions.",
    "每行为一条款，行首数字为冲突编号；以线相连的点为同一条款所涉各地区。",
)
_HEADS = {
    "clause": Text("Clause", "条款"),
    "where": Text("Where it stands", "出处"),
    "years": Text("Years", "年份"),
    "asked": Text("Asks", "要求"),
    "adds": Text("Adds", "贡献"),
}


def conflicts_section(figures: Figures, language: Language) -> Section | None:
    """Every conflict with its sentence, its arithmetic and its proof; none for a run without conflicts."""
    conflicts = figures.run.verdict.get("conflicts") or []
    if not conflicts:
        return None
    complete = _COMPLETE if figures.run.verdict.get("conflicts_complete") else _INCOMPLETE
    what = _WHAT if all(conflict.get("proved") for conflict in conflicts) else _WHAT_UNPROVED
    blocks: list[Block] = [
        Paragraph((*say(what, language), "" if language == "zh" else " ", complete.read(language)), "lead")
    ]
    chart = conflicts_chart(figures, language)
    blocks += [] if chart is None else [chart]
    for position in range(min(len(conflicts), TOLD_IN_FULL)):
        blocks.extend(_told(figures, position, language))
    if len(conflicts) > TOLD_IN_FULL:
        further: list[Line] = []
        for conflict in conflicts[TOLD_IN_FULL:]:
            proved = (_PROVED if conflict.get("proved") else _UNPROVED).read(language)
            further.append((*conflict_line(figures, conflict["clauses"], language), Words(proved, "id")))
        blocks += [Paragraph(say(_FURTHER, language), "finding"), Bullets(tuple(further))]
    return Section("conflicts", _TITLE.read(language), tuple(blocks))


def conflicts_chart(figures: Figures, language: Language) -> Chart | None:
    """The conflicts drawn as their clauses and the regions that these touch."""
    found = figures.run.verdict.get("conflicts") or []
    clauses = dict.fromkeys(str(clause) for conflict in found for clause in conflict["clauses"])
    names = {clause: plain(clause_name(figures, clause, language)) for clause in clauses}
    spec = drawn_conflicts(ChartData(figures, language), names)
    if spec is None:
        return None
    caption = _DRAWN.read(language)
    return Chart("chart-conflicts", (caption,), spec, caption, (_DRAWN_NOTE.read(language),))


def member_sentence(figures: Figures, position: int, language: Language) -> Line:
    """One conflict as a sentence: its clauses with plan, section, years, regions and what each asks."""
    members = figures.run.verdict["conflicts"][position].get("members") or []
    if not members:
        return ()
    said = [member_line(figures, member, language) for member in members]
    count = figures.count(f"members of conflict {position}", members)
    proved = bool(figures.run.verdict["conflicts"][position].get("proved"))
    template = _SENTENCES[proved, len(members) == 1]
    return say(template, language, count=count, clauses=join(said, language))


def member_line(figures: Figures, member: Mapping[str, Any], language: Language) -> Line:
    """A clause of a conflict: its name, where it stands, and what it asks at the end that clashes."""
    name = (*clause_name(figures, str(member["clause"]), language), *_mark(member, language))
    asked = asked_at(figures, str(member["clause"]), str(member["side"]), language)
    if not asked:
        return name
    return say(_CLAUSE, language, clause=name, where=_where(figures, member, language), asked=asked)


def _mark(member: Mapping[str, Any], language: Language) -> Line:
    return (" ", Words(ASSUMED.read(language), "assumed")) if member.get("assumed") else ()


def _where(figures: Figures, member: Mapping[str, Any], language: Language) -> str:
    """Plan and section of a member, in words."""
    active = figures.clauses.get(str(member["clause"]))
    document = active.clause.document if active is not None else None
    plan = str(member.get("plan") or "") if document is None else document.short.read(language)
    section = section_words(str(member.get("section") or ""))
    if section is None:
        return plan
    return f"{plan}{section.zh}" if language == "zh" else f"{plan}, {section.en}"


def _told(figures: Figures, position: int, language: Language) -> list[Block]:
    conflict = figures.run.verdict["conflicts"][position]
    number = conflict_number(figures, position)
    proved = Words((_PROVED if conflict.get("proved") else _UNPROVED).read(language), "status")
    head: Line = (*say(_HEAD, language, number=number), " · ", proved)
    if conflict.get("assumed") or conflict.get("rests_on_assumed"):
        head = (*head, " ", Words(ASSUMED.read(language), "assumed"))
    blocks: list[Block] = [Paragraph(head, "finding")]
    sentence = member_sentence(figures, position, language)
    blocks.append(Paragraph(sentence or conflict_line(figures, conflict["clauses"], language)))
    records = conflict.get("rests_on_assumed")
    if records:
        names = join([assumption_name(figures, str(key), language) for key in records], language)
        blocks.append(Paragraph(say(_ON_RECORDS, language, records=names), "note"))
    elif conflict.get("working"):
        blocks.append(Paragraph(say(_FREE_OF_RECORDS, language), "note"))
    arithmetic, proof = _arithmetic(figures, position, language), proof_table(figures, position, language)
    return blocks + [table for table in (arithmetic, proof) if table is not None]


def _arithmetic(figures: Figures, position: int, language: Language) -> Table | None:
    """What each clause asks and adds, what the model adds, and what is missing: the proof in a few rows."""
    conflict = figures.run.verdict["conflicts"][position]
    if not conflict.get("working") or not conflict.get("members"):
        return None
    working = Working(figures, position)
    rows = [_member_row(figures, working, member, language) for member in conflict["members"]]
    balances = [at for at, line in enumerate(working.lines) if line["kind"] == "balance"]
    sums: list[tuple[Text, Line]] = []
    if balances:
        sums.append((_BALANCES, (working.added("the model", balances),)))
    sums += [(_TOGETHER, (working.sum("needed"),)), (_MOST, (working.sum("most"),)), (_GAP, (working.sum("gap"),))]
    rows += [Row(((Words(text.read(language), "strong"),), (), (), (), adds), status="sum") for text, adds in sums]
    caption = say(_ARITHMETIC, language, number=conflict_number(figures, position))
    unit = unit_label(working.unit, language)
    if unit:
        caption = (*caption, *say(_IN_UNIT, language, unit=unit))
    heads = tuple(Column(title.read(language), name == "adds") for name, title in _HEADS.items())
    return Table(f"conflict-{position + 1}", caption, heads, tuple(rows))


def _member_row(figures: Figures, working: Working, member: Mapping[str, Any], language: Language) -> Row:
    clause = str(member["clause"])
    own = [at for at, line in enumerate(working.lines) if line["kind"] == "clause" and line["name"] == clause]
    return Row(
        (
            (*marked_name(figures, clause, language), Words(clause, "id")),
            (_where(figures, member, language),),
            years_line(figures, member.get("years") or (), language) or ("–",),
            asked_at(figures, clause, str(member["side"]), language) or ("–",),
            (working.added(clause, own),) if own else ("–",),
        )
    )
