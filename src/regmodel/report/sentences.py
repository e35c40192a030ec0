"""The verdict and what it rests on, in plain words. No template holds a digit: numbers come from the run alone."""

from __future__ import annotations

from typing import Any

from regmodel.report.content import Line, Number, Span, Step, Words, join, say
from regmodel.report.figures import Figures
from regmodel.report.labels import ANSWERS, ASSUMED, answer_label, reading_label, spoken, variable_label
from regmodel.report.units import unit_label
from regmodel.vocabulary.texts import Language, Text

_TITLES = {
    "on_paper": Text("On paper", "仅看文本"),
    "easy": Text("At the easy end", "最宽松一端"),
    "central": Text("As assumed", "按现行假设"),
    "hard": Text("At the hard end", "最严格一端"),
}
_QUESTIONS = {
    "on_paper": Text(
        "What the plans' own figures and the census say by arithmetic alone, with no model",
        "不用模型，只用规划自身数字与人口普查数据做算术",
    ),
    "easy": Text("Every assumption at the end of its range that makes life easier", "每项假设都取其范围内最有利的一端"),
    "central": Text("Every assumption at its central value", "每项假设都取中间值"),
    "hard": Text("Every assumption at the end of its range that makes life harder", "每项假设都取其范围内最不利的一端"),
}
_GRADES = {
    ("whatever", "feasible"): Text(
        "Feasible whatever is assumed: even at the hard end of every assumption the targets hold together.",
        "无论如何假设都可行：即使每项假设都取最不利的一端，各项目标仍可同时成立。",
    ),
    ("whatever", "infeasible"): Text(
        "Not feasible whatever is assumed: even at the easy end of every assumption the targets do not hold together.",
        "无论如何假设都不可行：即使每项假设都取最有利的一端，各项目标仍不能同时成立。",
    ),
    ("whatever", "undecided"): Text(
        "Undecided: neither end of the assumptions gave a verdict that is proved.",
        "未能判定：假设的两端都没有得到经证明的结论。",
    ),
}
_DEPENDS = Text(
    "It depends on what is assumed: {easy} at the easy end of the assumptions, {central} as assumed, "
    "{hard} at the hard end.",
    "结论取决于假设：最宽松一端{easy}，按现行假设{central}，最严格一端{hard}。",
)
_DECIDING_ONE = Text("One assumption decides: {names}.", "起决定作用的假设有一项：{names}。")
_DECIDING = Text("{count} assumptions decide together: {names}.", "起决定作用的假设共{count}项：{names}。")
_VERDICTS = {
    "feasible": Text(
        "The {count} targets and limits tested in the scenario {title} can all hold together, "
        "{first} to {last}, under the water and the land that are recorded.",
        "在情景“{title}”中检验的{count}项目标和上限，在已记录的水资源和土地条件下，{first}—{last}年可以同时成立。",
    ),
    "infeasible": Text(
        "The {count} targets and limits tested in the scenario {title} cannot all hold together, "
        "{first} to {last}, under the water and the land that are recorded.",
        "在情景“{title}”中检验的{count}项目标和上限，在已记录的水资源和土地条件下，{first}—{last}年不能同时成立。",
    ),
    "undecided": Text(
        "Whether the {count} targets and limits tested in the scenario {title} can hold together, {first} to {last}, "
        "is not proved either way: read nothing into it.",
        "在情景“{title}”中检验的{count}项目标和上限能否在{first}—{last}年同时成立，正反两面均未得到证明，请勿据此下结论。",
    ),
}
_TIGHTEST = Text("The tightest of them is {clause}: {margin} to spare.", "其中最紧的是{clause}：余量{margin}。")
_SHORTEST = Text(
    "Furthest outside what is asked is {clause}: by {margin}.",
    "偏离要求最多的是{clause}：相差{margin}。",
)
_CONFLICT = Text("What clashes: {sentence}", "冲突所在：{sentence}")
_RESTS_SHARE = Text(
    "{share} of the records that this verdict reads are assumed, not published (confidence D or E).",
    "本结论所用的记录中，{share}为假设值而非公布值（可信度 D 或 E）。",
)
_PAPER_CLEAR = Text(
    "Arithmetic alone finds no contradiction among the clauses that are in force.",
    "仅凭算术，生效的条款之间没有发现矛盾。",
)
_PAPER_FOUND = Text(
    "Arithmetic alone finds {count}, {live} of them between clauses that are in force here as they are read here; "
    "the working is below.",
    "仅凭算术即发现{count}，其中{live}处涉及本情景中生效且按此理解的条款，演算见下文。",
)
_CONTRADICTIONS = Text("{number} contradictions", "{number}处矛盾")
_CONTRADICTION = Text("{number} contradiction", "{number}处矛盾")
_SAME_ENDS = Text(
    "It depends on what is assumed: {central} at both ends and as assumed, but for records of which nobody can say "
    "which end is the harder one some values give another answer.",
    "结论取决于假设：两端及现行假设下均{central}，但有些记录无法断定哪一端更严，其某些取值会得出不同结论。",
)
_NOT_SEARCHED = Text("Which assumptions decide was not searched for in this run.", "本次运行未查找起决定作用的假设。")
_READINGS_SAME = Text(
    "Ambiguous wording changes nothing: under all {count} combinations of readings the answer is {answer}.",
    "条文的不同理解不影响结论：{count}种理解组合下结论均为“{answer}”。",
)
_READINGS_DIFFER = Text(
    "Wording matters: of {count} combinations of readings {feasible} are feasible, {infeasible} not feasible "
    "and {undecided} undecided.",
    "条文的理解影响结论：{count}种理解组合中，可行{feasible}种、不可行{infeasible}种、未能判定{undecided}种。",
)
_EXCEPT = Text("The reading that turns it: {choices}.", "改变结论的理解：{choices}。")


def word_of(answer: object, language: Language) -> str:
    """A verdict inside a sentence: the word without its mark, in lower case where the language has it."""
    if str(answer) not in ANSWERS:
        return str(answer)
    return ANSWERS[str(answer)][1].read(language).lower()


def steps(verdict: dict[str, Any], language: Language) -> tuple[Step, ...]:
    """What the verdict rests on, one step after the other; a step that the run did not take is left out."""
    rests = verdict.get("rests_on") or {}
    found = []
    for name in ("on_paper", "easy", "central", "hard"):
        answer = rests.get(name)
        if answer is None:
            continue
        word = answer if isinstance(answer, str) else str(answer.get("verdict", ""))
        found.append(
            Step(
                _TITLES[name].read(language),
                _QUESTIONS[name].read(language),
                word,
                answer_label(word, language),
                main=name == "central",
            )
        )
    return tuple(found)


def grade(figures: Figures, language: Language) -> list[Line]:
    """Whether the answer stands whatever is assumed, else which assumptions decide."""
    rests = figures.run.verdict.get("rests_on") or {}
    lines: list[Line] = []
    if rests.get("grade") == "whatever":
        answer = str(rests.get("central", figures.run.verdict["verdict"]))
        lines.append((Words(_GRADES["whatever", answer].read(language), "strong"),))
    elif rests:
        ends = {name: word_of(rests.get(name, "undecided"), language) for name in ("easy", "central", "hard")}
        words: dict[str, Span] = {name: Words(word, "strong") for name, word in ends.items()}
        lines.append(say(_SAME_ENDS if len(set(ends.values())) == 1 else _DEPENDS, language, **words))
    deciding = rests.get("deciding") or []
    if deciding:
        names = join([record_name(figures, str(entry["record"]), language) for entry in deciding], language)
        template = _DECIDING_ONE if len(deciding) == 1 else _DECIDING
        lines.append(say(template, language, names=names, count=figures.count("verdict/rests_on/deciding", deciding)))
    elif rests.get("grade") == "depends":
        lines.append(say(_NOT_SEARCHED, language))
    return lines


def on_paper(figures: Figures, language: Language) -> Line:
    """What arithmetic alone finds."""
    found = figures.run.verdict.get("contradictions") or []
    if not found:
        return say(_PAPER_CLEAR, language)
    number = figures.count("verdict/contradictions", found)
    words = say(_CONTRADICTION if len(found) == 1 else _CONTRADICTIONS, language, number=number)
    live = [entry for entry in found if _in_force(figures, entry)]
    return say(_PAPER_FOUND, language, count=words, live=figures.count("verdict/contradictions in force", live))


def _in_force(figures: Figures, entry: dict[str, Any]) -> bool:
    """Whether all clauses of a contradiction are in force in the scenario under the readings that it names."""
    readings = entry.get("readings") or {}
    active = [figures.clauses.get(str(clause)) for clause in entry["clauses"]]
    return all(
        row is not None and row.enabled and readings.get(row.clause.id, row.reading) == row.reading for row in active
    )


def readings(figures: Figures, language: Language) -> list[Line]:
    """Whether the wording of ambiguous clauses changes the answer, and which reading turns it."""
    rests = figures.run.verdict.get("rests_on") or {}
    found = rests.get("readings") or []
    if not found:
        return []
    by_answer: dict[str, list[Any]] = {"feasible": [], "infeasible": [], "undecided": []}
    for entry in found:
        by_answer.setdefault(str(entry["verdict"]), []).append(entry)
    count = figures.count("verdict/rests_on/readings", found)
    reached = [answer for answer, entries in by_answer.items() if entries]
    if len(reached) == 1:
        return [say(_READINGS_SAME, language, count=count, answer=word_of(reached[0], language))]
    counts: dict[str, Span] = {
        answer: figures.count(f"verdict/rests_on/readings/{answer}", entries) for answer, entries in by_answer.items()
    }
    lines = [say(_READINGS_DIFFER, language, count=count, **counts)]
    turning = _turning(figures, found, language)
    return [*lines, say(_EXCEPT, language, choices=turning)] if turning else lines


def _turning(figures: Figures, found: list[Any], language: Language) -> Line:
    """The single choices that go with another answer than the scenario's own, where one choice alone does so."""
    usual = figures.run.verdict["verdict"]
    tallies: dict[tuple[str, str], set[str]] = {}
    for entry in found:
        for clause, reading in (entry.get("choices") or {}).items():
            tallies.setdefault((clause, str(reading)), set()).add(str(entry["verdict"]))
    turns = [choice for choice, answers in tallies.items() if usual not in answers]
    active = figures.clauses
    return join(
        [
            (*clause_name(figures, clause, language), f" ({reading_label(active[clause].clause, reading, language)})")
            for clause, reading in turns
            if clause in active
        ],
        language,
    )


def clause_name(figures: Figures, clause: str, language: Language) -> Line:
    """A clause by what it is about, where and when, leading to its row in the ledger; without digits of its own."""
    active = figures.clauses.get(clause)
    if active is None:
        return (Words(clause, "code"),)
    row = active.clause
    place = figures.run.scenario.book.regions.name(row.region).read(language)
    about = variable_label(row.variable, language)
    words = f"{about}, {place}" if language == "en" else f"{place}{about}"
    if row.year_to is None:
        return (Words(words, "", f"clause-{clause}"),)
    year = figures.number(f"clause/{clause}/clause/year_to")
    shown = Number(year.key, year.value, str(row.year_to))
    if language == "zh":
        return (shown, "年", Words(words, "", f"clause-{clause}"))
    return (Words(words, "", f"clause-{clause}"), " ", shown)


def marked_name(figures: Figures, clause: str, language: Language) -> Line:
    """A clause by its name, with the word assumed where no document prints its figure."""
    name = clause_name(figures, clause, language)
    active = figures.clauses.get(clause)
    if active is None or not active.clause.assumed:
        return name
    return (*name, " ", Words(ASSUMED.read(language), "assumed"))


def percent(number: Number, language: Language) -> Line:
    """A number with the sign of per cent, as each language sets it."""
    return (number, "%" if language == "zh" else " %")


def record_name(figures: Figures, key: str, language: Language) -> Line:
    """A record by its title, leading to its row among the assumptions."""
    record = figures.run.scenario.book.records.get(key)
    title = key if record is None else record.title.read(language)
    return (Words(title, "", f"record-{key}"),)


def verdict_sentence(figures: Figures, language: Language, tested: Number) -> Line:
    """The first of the three sentences: what was tested, and the answer."""
    years = [key[3] for key in figures.path]
    return say(
        _VERDICTS[str(figures.run.verdict["verdict"])],
        language,
        count=tested,
        title=Words(figures.run.scenario.title.read(language), "strong"),
        first=figures.year(min(years)),
        last=figures.year(max(years)),
    )


def margin_sentence(figures: Figures, language: Language, position: int, clause: Line, *, short: bool) -> Line:
    """The second sentence: the clause with least to spare, or furthest from its target."""
    entry = figures.run.verdict["clauses"][position]
    key = f"verdict/clauses/{position}/margin"
    number = figures.number(key, unit=str(entry["unit"]))
    if short:
        number = Number(key, number.value, number.text.lstrip("\N{MINUS SIGN}"), -number.scale)
    return say(
        _SHORTEST if short else _TIGHTEST, language, clause=clause, margin=in_unit(number, entry["unit"], language)
    )


def in_unit(number: Number, unit: object, language: Language) -> Line:
    """A number with its unit inside a sentence."""
    label = unit_label(str(unit), language)
    if label.startswith("%"):
        return (number, label if language == "zh" else f" {label}")
    return (number, f" × {label}" if label.startswith("10") else f" {label}")


def conflict_sentence(figures: Figures, language: Language) -> Line:
    """The second sentence of an infeasible verdict: the first conflict, in words."""
    first = figures.run.verdict["conflicts"][0]
    return say(_CONFLICT, language, sentence=spoken(first.get("sentence"), language))


def confidence_sentence(figures: Figures, language: Language) -> Line:
    """The third sentence: how much of the verdict rests on assumed records."""
    shares = figures.run.verdict.get("confidence") or {}
    assumed = sum(float(shares.get(letter) or 0.0) for letter in ("D", "E"))
    number = figures.found("verdict/confidence, D and E together", assumed, unit="dimensionless", decimals=0)
    return say(_RESTS_SHARE, language, share=percent(number, language))
