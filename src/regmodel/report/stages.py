"""How far the plans can go: nature, legal caps and goals by rank, one after the other; how far by plan and by year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from regmodel.report.amounts import percent
from regmodel.report.content import Block, Column, Line, Paragraph, Row, Section, Table, Words, join, say
from regmodel.report.figures import Figures
from regmodel.report.sentences import marked_name
from regmodel.vocabulary.texts import Language, Text

MISSED_SHOWN = 8
_TITLE = Text("How far the plans can go, rank by rank", "各级目标能走多远")
_WHAT = Text(
    "Each stage gets what the stages before it leave: nature first, then the legal limits, then the goals by rank. The "
    "weighted miss adds up the relative misses of a rank; the worst miss is the smallest to which the largest relative "
    "miss of that rank can be brought.",
    "各级依次满足，后一级只能使用前几级留下的余地：先是自然条件，再是法定上限，然后按级别排列的目标。"
    "加权偏差为该级相对偏差之和；最大偏差为该级最大相对偏差所能降到的最小值。",
)
_STAGES = Text("Stage by stage: what holds and what is missed", "逐级检验：何者成立、何者未达到")
_ATTAINABLE = Text(
    "Attainability: the share of every target's way that one plan can go (one = all the way)",
    "可达度：同一方案能使各项目标走完的最大份额（一为全部达到）",
)
HOLDS: Mapping[bool | None, tuple[str, Text]] = {
    True: ("met", Text("● holds", "● 成立")),
    False: ("missed", Text("✕ does not hold", "✕ 不成立")),
    None: ("", Text("? undecided", "? 未能判定")),
}
_MORE = Text("and {count} more", "另有{count}条")
_BY_PLAN = Text("targets of {plan}", "{plan}的目标")
_BY_YEAR = Text("all targets up to {year}", "截至{year}年的全部目标")
_ALL = Text("all targets", "全部目标")
UNDECIDED = Text("undecided", "未能判定")
_HEADS = {
    "stage": Text("Stage", "级次"),
    "name": Text("What", "内容"),
    "holds": Text("Holds", "是否成立"),
    "miss": Text("Weighted miss", "加权偏差"),
    "worst": Text("Worst miss", "最大偏差"),
    "missed": Text("Missed", "未达到的条款"),
    "targets": Text("Targets", "目标范围"),
    "share": Text("Attainable", "可达度"),
}
_NUMERIC = ("stage", "miss", "worst", "share")


def stages_section(figures: Figures, language: Language) -> Section | None:
    """The table of stages and that of attainability; none for a run that has neither."""
    blocks: list[Block] = []
    stages, attainable = _stages(figures, language), _attainable(figures, language)
    if stages is not None:
        blocks += [Paragraph(say(_WHAT, language), "lead"), stages]
    if attainable is not None:
        blocks.append(attainable)
    return Section("stages", _TITLE.read(language), tuple(blocks)) if blocks else None


def stage_name(entry: Mapping[str, Any], language: Language) -> str:
    """What a stage is called."""
    return str(entry["name_zh" if language == "zh" else "name"])


def plan_name(figures: Figures, plan: str, language: Language) -> str:
    """A plan by its short name; one of which no clause is known by its id."""
    documents = (active.clause.document for active in figures.clauses.values() if active.clause.plan == plan)
    document = next((document for document in documents if document is not None), None)
    return plan if document is None else document.short.read(language)


def _heads(language: Language, *names: str) -> tuple[Column, ...]:
    return tuple(Column(_HEADS[name].read(language), name in _NUMERIC) for name in names)


def _stages(figures: Figures, language: Language) -> Table | None:
    rows = []
    for position, entry in enumerate(figures.run.verdict.get("stages") or []):
        key = f"verdict/stages/{position}"
        status, words = HOLDS[entry.get("holds")]
        rows.append(
            Row(
                (
                    (figures.number(f"{key}/stage", decimals=0),),
                    (stage_name(entry, language),),
                    (Words(words.read(language), "status"),),
                    _share(figures, f"{key}/miss", language),
                    _share(figures, f"{key}/worst", language),
                    _missed(figures, entry.get("missed") or [], position, language),
                ),
                status=status,
            )
        )
    if not rows:
        return None
    heads = _heads(language, "stage", "name", "holds", "miss", "worst", "missed")
    return Table("stages-table", (_STAGES.read(language),), heads, tuple(rows))


def _share(figures: Figures, key: str, language: Language) -> Line:
    return percent(figures.number(key, unit="dimensionless"), language) if figures.has(key) else ("–",)


def _missed(figures: Figures, clauses: list[str], position: int, language: Language) -> Line:
    names = [marked_name(figures, str(clause), language) for clause in clauses[:MISSED_SHOWN]]
    if len(clauses) > MISSED_SHOWN:
        left = figures.count(f"missed clauses left out of stage {position}", clauses[MISSED_SHOWN:])
        names.append(say(_MORE, language, count=left))
    return join(names, language) or ("–",)


def _attainable(figures: Figures, language: Language) -> Table | None:
    by = figures.run.verdict.get("attainability_by") or {}
    plans: Iterable[str] = by.get("plans") or {}
    years: Iterable[str] = by.get("years") or {}
    root = "verdict/attainability_by"
    told: list[tuple[Line, str]] = []
    for plan in plans:
        name = Words(plan_name(figures, plan, language))
        told.append((say(_BY_PLAN, language, plan=name), f"{root}/plans/{plan}"))
    for year in years:
        told.append((say(_BY_YEAR, language, year=figures.year(int(year))), f"{root}/years/{year}"))
    if not told:
        return None
    told.append(((Words(_ALL.read(language), "strong"),), "verdict/attainability"))
    rows = tuple(
        Row((name, (figures.number(key, decimals=3),) if figures.has(key) else (UNDECIDED.read(language),)))
        for name, key in told
    )
    return Table("attainable", (_ATTAINABLE.read(language),), _heads(language, "targets", "share"), rows)
