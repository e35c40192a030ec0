"""The first page, which stands alone: what the verdict rests on, the verdict, margins, conflict, repairs."""

from __future__ import annotations

from datetime import date

from regmodel.report import sentences
from regmodel.report.amounts import asked, percent
from regmodel.report.conflict_sentences import conflict_sentence
from regmodel.report.content import (
    Block,
    Bullets,
    Card,
    Column,
    Line,
    Row,
    Section,
    Steps,
    Table,
    Words,
    join,
    say,
)
from regmodel.report.deciding import rests_lines
from regmodel.report.figures import Figures
from regmodel.report.labels import answer_label, status_label
from regmodel.report.repairs import incomplete, incomplete_line, way_out
from regmodel.report.sampled import joint_share
from regmodel.report.steps import paper, readings, steps
from regmodel.report.tested import is_tested
from regmodel.report.units import unit_label
from regmodel.report.validation import backcast_summary
from regmodel.vocabulary.texts import Language, Text

WORST_SHOWN = 6
_RESTS = Text("What this verdict rests on", "本结论的依据")
_VERDICT = Text("Verdict", "结论")
_MARGINS = {
    "feasible": Text(
        "Least slack in the plan shown, one of many that hold and the one nearest the trend: margin in each clause's "
        "own unit",
        "所示方案（众多可行方案之一，最接近趋势）中余量最小的条款：余量以各条款自身单位计",
    ),
    "infeasible": Text(
        "Furthest from what is asked, in the plan that misses least: margin in each clause's own unit",
        "偏差最小的方案中偏离要求最多的条款：余量以各条款自身单位计",
    ),
    "undecided": Text(
        "Least margin in the plan shown, which is not proved to hold: margin in each clause's own unit",
        "所示方案（未证明可行）中余量最小的条款：余量以各条款自身单位计",
    ),
}
_CONFIDENCE = {
    True: Text("Numbers behind the rows of the proof, by confidence", "证明所用约束背后数字的可信度"),
    False: Text(
        "Numbers behind the rows that bind in the plan shown, by confidence", "所示方案中起作用约束背后数字的可信度"
    ),
}
_LETTERS = {
    "A": Text("A (statute, census)", "A（法定、普查）"),
    "B": Text("B (yearbook, bulletin)", "B（年鉴、公报）"),
    "C": Text("C (paper, estimate)", "C（文献、估计）"),
    "D": Text("D (assumed)", "D（假设）"),
    "E": Text("E (placeholder)", "E（占位）"),
}
_HEADS = {
    "clause": Text("Clause", "条款"),
    "asked": Text("Asked", "要求"),
    "reached": Text("Reached", "达到"),
    "margin": Text("Margin", "余量"),
    "unit": Text("Unit", "单位"),
    "status": Text("Status", "状态"),
}
_ATTAINABILITY = Text("Attainability (one = every target met)", "可达度（全部目标达到时为一）")
_LIKELY = Text("All clauses hold jointly", "各条款同时成立的概率")
_PROOF = Text("Proof", "证明")
_PROOFS = {
    "farkas": Text("certificate of infeasibility", "不可行性证书"),
    "primal": Text("a plan that meets every row", "满足全部约束的方案"),
}
_CHECKED = Text("checked outside the solver", "已在求解器之外复核")
_UNCHECKED = Text("not checked", "未复核")
_DATA = Text("Data", "数据")
_DATA_DATE = Text("base year {base}, records looked over on {read}", "基年 {base}，记录核对至 {read}")
_BACKCAST = Text("Back-cast", "回溯检验")


def front_page(figures: Figures, language: Language) -> Section:
    """Everything that a reader sees who reads no further."""
    blocks: list[Block] = []
    taken = steps(figures.run.verdict, language)
    if taken:
        blocks.append(Steps(taken))
    blocks.append(_card(figures, language))
    lines = [way_out(figures, language), incomplete_line(language) if incomplete(figures) else ()]
    lines += [*reasons(figures, language), *readings(figures, language)[:1]]
    blocks.append(Bullets(tuple(line for line in lines if line)))
    worst = _worst(figures, language)
    if worst is not None:
        blocks.append(worst)
    return Section("rests-on", _RESTS.read(language), tuple(blocks))


def reasons(figures: Figures, language: Language) -> list[Line]:
    """Whether the answer stands whatever is assumed, which assumptions decide, what arithmetic alone finds."""
    return [*rests_lines(figures, language), paper(figures, language)]


def by_margin(figures: Figures, *, paths: bool = False) -> list[int]:
    """Positions of tested clauses in the verdict, the one furthest from its target first, by share of the target.

    Paths are the scenario's own assumptions, not targets of anybody: they are left out unless asked for.
    """
    own = {name for name, active in figures.clauses.items() if active.clause.kind == "path"}
    found = []
    for position, entry in enumerate(figures.run.verdict.get("clauses", [])):
        margin, target = entry.get("margin"), entry.get("target")
        counted = paths or entry["id"] not in own
        if counted and is_tested(entry) and isinstance(margin, int | float):
            scale = abs(target) if isinstance(target, int | float) and target else 1.0
            found.append((margin / scale, position))
    return [position for _, position in sorted(found)]


def _card(figures: Figures, language: Language) -> Card:
    verdict = figures.run.verdict
    word = str(verdict["verdict"])
    tested = [entry for entry in verdict.get("clauses", []) if is_tested(entry)]
    said: list[Line] = [sentences.verdict_sentence(figures, language, figures.count("tested clauses", tested))]
    order = by_margin(figures)
    if word == "infeasible" and verdict.get("conflicts"):
        said.append(conflict_sentence(figures, language))
    elif order:
        clause = sentences.clause_name(figures, str(verdict["clauses"][order[0]]["id"]), language)
        short = float(verdict["clauses"][order[0]]["margin"]) < 0
        said.append(sentences.margin_sentence(figures, language, order[0], clause, short=short))
    if verdict.get("confidence") or verdict.get("conflicts"):
        said.append(sentences.confidence_sentence(figures, language))
    title = (_VERDICT.read(language),)
    return Card(word, answer_label(word, language), title, tuple(said), tuple(_facts(figures, language)))


def _facts(figures: Figures, language: Language) -> list[tuple[str, Line]]:
    verdict = figures.run.verdict
    facts: list[tuple[str, Line]] = []
    if figures.has("verdict/attainability"):
        facts.append((_ATTAINABILITY.read(language), (figures.number("verdict/attainability", decimals=2),)))
    likely = joint_share(figures, language)
    if likely:
        facts.append((_LIKELY.read(language), likely))
    certificate = verdict.get("certificate") or {}
    if certificate.get("kind"):
        kind = _PROOFS.get(str(certificate["kind"]))
        name = str(certificate["kind"]) if kind is None else kind.read(language)
        checked = (_CHECKED if certificate.get("checked") else _UNCHECKED).read(language)
        facts.append((_PROOF.read(language), (f"{name}, {checked}" if language == "en" else f"{name}，{checked}",)))
    facts.append((_DATA.read(language), _data_date(figures, language)))
    confidence = _confidence(figures, language)
    if confidence:
        facts.append((_CONFIDENCE[verdict["verdict"] == "infeasible"].read(language), confidence))
    score = backcast_summary(figures, language)
    if score:
        facts.append((_BACKCAST.read(language), score))
    return facts


def _data_date(figures: Figures, language: Language) -> Line:
    book = figures.run.scenario.book
    dates = [source.retrieved for source in book.sources.values() if source.retrieved is not None]
    dates += [record.still_valid_on for record in book.records.values()]
    base = figures.year(figures.run.base.year)
    if not dates:
        return (base,)
    newest: date = max(dates)
    return say(_DATA_DATE, language, base=base, read=Words(newest.isoformat()))


def _heads(language: Language, *names: str) -> tuple[Column, ...]:
    numeric = ("asked", "reached", "margin")
    return tuple(Column(_HEADS[name].read(language), name in numeric) for name in names)


def cell(figures: Figures, key: str, unit: str = "", *, signed: bool = False) -> Line:
    """A number in a cell of a table, or a dash where the run has none."""
    return (figures.number(key, unit=unit, signed=signed),) if figures.has(key) else ("–",)


def _worst(figures: Figures, language: Language) -> Table | None:
    rows = []
    for position in _furthest(figures)[:WORST_SHOWN]:
        entry = figures.run.verdict["clauses"][position]
        key, unit = f"verdict/clauses/{position}", str(entry["unit"])
        rows.append(
            Row(
                (
                    sentences.marked_name(figures, str(entry["id"]), language),
                    asked(figures, position, language),
                    cell(figures, f"{key}/value", unit),
                    cell(figures, f"{key}/margin", unit, signed=True),
                    (unit_label(unit, language),),
                    (Words(status_label(str(entry["status"]), language), "status"),),
                ),
                status=str(entry["status"]),
            )
        )
    if not rows:
        return None
    heads = _heads(language, "clause", "asked", "reached", "margin", "unit", "status")
    caption: Line = (_MARGINS[str(figures.run.verdict["verdict"])].read(language),)
    return Table("worst-margins", caption, heads, tuple(rows))


def _furthest(figures: Figures) -> list[int]:
    """Positions of the clauses shown: those that are missed where clauses have to give way, else the least slack."""
    if figures.run.verdict["verdict"] != "infeasible":
        return by_margin(figures)
    entries = figures.run.verdict["clauses"]
    missed = [position for position in by_margin(figures, paths=True) if entries[position]["status"] == "missed"]
    return missed or by_margin(figures)


def _confidence(figures: Figures, language: Language) -> Line:
    """The share of each letter that occurs among the records that the verdict reads."""
    parts: list[Line] = []
    for letter, words in _LETTERS.items():
        key = f"verdict/confidence/{letter}"
        if figures.has(key) and figures.raw(key):
            number = figures.number(key, unit="dimensionless", decimals=0)
            parts.append((f"{words.read(language)} ", *percent(number, language)))
    return join(parts, language)
