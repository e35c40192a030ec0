"""Ways out in full: each clause alone, all minimal sets of clauses whose loss cures everything, what to set."""

from __future__ import annotations

from regmodel.report.content import Block, Bullets, Line, Number, Paragraph, Section, Words, join, say
from regmodel.report.figures import Figures
from regmodel.report.repairs import JOINT, alone_table, incomplete, incomplete_line, moves_of_repairs, repairs_table
from regmodel.report.sentences import marked_name
from regmodel.vocabulary.texts import Language, Text

SETS_SHOWN = 24
_TITLE = Text("Ways out, one by one", "化解办法")
_WHAT = Text(
    "First the ways out of everything at once, then the clauses of the conflicts one by one, then every smallest set "
    "of clauses whose loss cures everything.",
    "先列一次化解全部冲突的办法，再列冲突中各条款单独调整的结果，最后列出去掉后即可化解全部冲突的各最小条款组。",
)
_DROPPED = Text(
    "Every smallest set of clauses whose loss cures all conflicts: {count}.",
    "去掉后即可化解全部冲突的最小条款组共{count}组。",
)
_DROPPED_SOME = Text(
    "Smallest sets of clauses whose loss cures all conflicts that were found: {count}. The search was not exhausted.",
    "去掉后即可化解已发现冲突的最小条款组，共{count}组；搜索未穷尽。",
)
_MORE = Text("There are {count} more in the run's own file.", "另有{count}组，见运行结果文件。")
_TRY = Text("To try a way out, set in the scenario:", "如要试用某一办法，可在情景中设定：")
_TRIED = Text("{kind}: {settings}", "{kind}：{settings}")
_KINDS = {
    "cheapest": Text("cheapest", "费用最低"),
    "smallest": Text("smallest change", "改动最小"),
    "fewest": Text("fewest clauses", "条款最少"),
}


def ways_out_section(figures: Figures, language: Language) -> Section | None:
    """The chapter on ways out; none for a run that needs none."""
    verdict = figures.run.verdict
    alone, corrections = alone_table(figures, language), verdict.get("corrections") or []
    settings = _settings(figures, language)
    missing = incomplete(figures)
    together = repairs_table(figures, language)
    if together is None and alone is None and not corrections and not settings and not missing:
        return None
    blocks: list[Block] = []
    if together is not None:
        blocks += [Paragraph(say(_WHAT, language), "lead"), together]
    if missing:
        blocks.append(Paragraph(incomplete_line(language), "note"))
    if alone is not None:
        blocks.append(alone)
    moved = moves_of_repairs(figures, language)
    if moved is not None:
        blocks.append(moved)
    if corrections:
        blocks += _corrections(figures, language)
    if settings:
        blocks += [Paragraph(say(_TRY, language), "finding"), Bullets(tuple(settings))]
    return Section("ways-out", _TITLE.read(language), tuple(blocks))


def _corrections(figures: Figures, language: Language) -> list[Block]:
    corrections = figures.run.verdict["corrections"]
    count = figures.count("verdict/corrections", corrections)
    template = _DROPPED if figures.run.verdict.get("conflicts_complete") else _DROPPED_SOME
    sets = tuple(
        join([marked_name(figures, str(clause), language) for clause in clauses], language)
        for clauses in corrections[:SETS_SHOWN]
    )
    blocks: list[Block] = [Paragraph(say(template, language, count=count), "finding"), Bullets(sets, ordered=True)]
    if len(corrections) > SETS_SHOWN:
        left = figures.count("sets of clauses left out", corrections[SETS_SHOWN:])
        blocks.append(Paragraph(say(_MORE, language, count=left), "note"))
    return blocks


def _settings(figures: Figures, language: Language) -> list[Line]:
    """What to set in a scenario for each joint way out: keys as the scenario file has them, with their numbers."""
    found: list[Line] = []
    repairs = figures.run.verdict.get("repairs") or []
    for kind, position in ((kind, at) for kind in JOINT for at, repair in enumerate(repairs) if repair["kind"] == kind):
        repair = repairs[position]
        told: list[Line] = []
        for place, change in enumerate(repair["changes"]):
            for name in change.get("override") or {}:
                key = f"verdict/repairs/{position}/changes/{place}/override/{name}"
                if figures.has(key):
                    told.append((Words(name, "code"), " = ", _exact(figures, key)))
        if told:
            comma = "；" if language == "zh" else "; "
            settings = tuple(span for at, line in enumerate(told) for span in (*((comma,) if at else ()), *line))
            found.append(say(_TRIED, language, kind=_KINDS[kind].read(language), settings=settings))
    return found


def _exact(figures: Figures, key: str) -> Number:
    """A number with all the figures that a scenario needs: a rounded one might fall short of what cures."""
    value = float(figures.raw(key))
    return Number(key, value, f"{value:.9f}".rstrip("0").rstrip("."))
