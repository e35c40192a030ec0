"""The verdict and what it rests on, in plain words. No template holds a digit: numbers come from the run alone."""

from __future__ import annotations

from regmodel.report.content import Line, Number, Span, Words, join, say
from regmodel.report.figures import Figures
from regmodel.report.labels import ANSWERS, ASSUMED, variable_label
from regmodel.report.units import unit_label
from regmodel.vocabulary.texts import Language, Text

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
_CONFLICT = Text(
    "These cannot hold together, whatever the levers do: {clauses}. Drop any one of them and the others can.",
    "以下各条无论采取何种措施都不能同时成立：{clauses}。去掉其中任一条，其余各条即可同时成立。",
)
_MORE_CONFLICTS = Text(" There are {count} such conflicts.", "此类冲突共{count}组。")
_RESTS_NONE = Text(
    "The rows of the proof read no record: nothing that is assumed enters it.",
    "证明所用的约束不读取任何记录，不涉及假设。",
)
_ENDS = ("low", "high")
_RESTS_SHARE = Text(
    "{share} of the records that this verdict reads are assumed, not published (confidence D or E).",
    "本结论所用的记录中，{share}为假设值而非公布值（可信度 D 或 E）。",
)
_SAME_ENDS = Text(
    "It depends on what is assumed: {central} at both ends and as assumed, but for records of which nobody can say "
    "which end is the harder one some values give another answer.",
    "结论取决于假设：两端及现行假设下均{central}，但有些记录无法断定哪一端更严，其某些取值会得出不同结论。",
)
_NOT_SEARCHED = Text("Which assumptions decide was not searched for in this run.", "本次运行未查找起决定作用的假设。")


def word_of(answer: object, language: Language) -> str:
    """A verdict inside a sentence: the word without its mark, in lower case where the language has it."""
    if str(answer) not in ANSWERS:
        return str(answer)
    return ANSWERS[str(answer)][1].read(language).lower()


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
    return (number, *after_number(unit, language))


def after_number(unit: object, language: Language) -> Line:
    """A unit as it follows a number inside a sentence."""
    label = unit_label(str(unit or ""), language)
    if not label:
        return ()
    if label.startswith("%"):
        return (label if language == "zh" else f" {label}",)
    return (f" × {label}" if label.startswith("10") else f" {label}",)


def conflict_sentence(figures: Figures, language: Language) -> Line:
    """The second sentence of an infeasible verdict: the first conflict by its clauses, and how many there are."""
    conflicts = figures.run.verdict["conflicts"]
    line = say(_CONFLICT, language, clauses=conflict_line(figures, conflicts[0]["clauses"], language))
    if len(conflicts) == 1:
        return line
    return (*line, *say(_MORE_CONFLICTS, language, count=figures.count("verdict/conflicts", conflicts)))


def conflict_line(figures: Figures, clauses: list[str], language: Language) -> Line:
    """The clauses of a conflict by name with what each asks."""
    names = []
    for clause in clauses:
        asked = asked_in_unit(figures, clause, language)
        brackets = ("（", "）") if language == "zh" else (" (", ")")
        name = marked_name(figures, clause, language)
        names.append((*name, brackets[0], *asked, brackets[1]) if asked else name)
    return join(names, language)


def asked(figures: Figures, position: int, language: Language) -> Line:
    """What a clause of the verdict asks: its two ends, its one end, or its figure where no end is known."""
    key, entry = f"verdict/clauses/{position}", figures.run.verdict["clauses"][position]
    unit = str(entry.get("unit") or "")
    low, high = (figures.number(f"{key}/{end}", unit=unit) if figures.has(f"{key}/{end}") else None for end in _ENDS)
    if low is not None and high is not None:
        return (low,) if low.text == high.text else (low, "～" if language == "zh" else " to ", high)
    if high is not None:
        return ("≤ ", high)
    if low is not None:
        return ("≥ ", low)
    return (figures.number(f"{key}/target", unit=unit),) if figures.has(f"{key}/target") else ()


def asked_in_unit(figures: Figures, clause: str, language: Language) -> Line:
    """What a clause asks, with its unit; empty for a clause that asks no number."""
    entries = figures.run.verdict.get("clauses", [])
    position = next((n for n, entry in enumerate(entries) if entry["id"] == clause), None)
    line = () if position is None else asked(figures, position, language)
    if position is None or not line:
        return ()
    return (*line, *after_number(entries[position].get("unit"), language))


def confidence_sentence(figures: Figures, language: Language) -> Line:
    """The third sentence: how much of the verdict rests on assumed records."""
    shares = figures.run.verdict.get("confidence") or {}
    if not shares:
        return say(_RESTS_NONE, language)
    assumed = sum(float(shares.get(letter) or 0.0) for letter in ("D", "E"))
    number = figures.found("verdict/confidence, D and E together", assumed, unit="dimensionless", decimals=0)
    return say(_RESTS_SHARE, language, share=percent(number, language))
