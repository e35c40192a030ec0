"""The verdict and what it rests on, in plain words. No template holds a digit: numbers come from the run alone."""

from __future__ import annotations

from dataclasses import replace

from regmodel.report.amounts import in_unit, percent
from regmodel.report.content import Line, Number, Span, Words, say
from regmodel.report.figures import Figures
from regmodel.report.labels import ANSWERS, ASSUMED, variable_label
from regmodel.report.tested import ORIGINS, is_tested, origin_of
from regmodel.vocabulary.texts import Language, Text, same

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
_WHAT_IS_TESTED = Text(
    "Of the {whole} clauses of the {plans} plans, {own} are tested by the programme here (the others are reported, "
    "judged by arithmetic, not modelled or switched off), together with {regulations} limits and targets of "
    "regulations and {assumed} assumed limits and paths. ",
    "{plans}部规划共{whole}条，其中{own}条由优化程序在此检验（其余仅列示、仅作算术比较、未建模或未启用），"
    "另加法规上限和目标{regulations}条、假设的上限和路径{assumed}条。",
)
_VERDICTS = {
    "feasible": Text(
        "In the scenario “{title}” these {count} can all hold together, {first} to {last}, "
        "under the water and the land that are recorded.",
        "在情景“{title}”中，这{count}条在已记录的水资源和土地条件下，{first}—{last}年可以同时成立。",
    ),
    "infeasible": Text(
        "In the scenario “{title}” these {count} cannot all hold together, {first} to {last}, "
        "under the water and the land that are recorded.",
        "在情景“{title}”中，这{count}条在已记录的水资源和土地条件下，{first}—{last}年不能同时成立。",
    ),
    "undecided": Text(
        "Whether in the scenario “{title}” these {count} can hold together, {first} to {last}, "
        "is not proved either way: read nothing into it.",
        "在情景“{title}”中，这{count}条能否在{first}—{last}年同时成立，正反两面均未得到证明，请勿据此下结论。",
    ),
}
_LEFT_OUT_ONE = Text(
    " {count} printed statement of the plans is left out of this test: the report judges it {how}.",
    "规划另有{count}条表述未纳入本次检验，报告中{how}加以评判。",
)
_LEFT_OUT = Text(
    " {count} printed statements of the plans are left out of this test: the report judges them {how}.",
    "规划另有{count}条表述未纳入本次检验，报告中{how}加以评判。",
)
_BY_ARITHMETIC = Text("by arithmetic alone", "仅凭算术")
_TIGHTEST = Text(
    "In the plan shown, one of many that hold and the one nearest the trend, {clause} has the least slack: {margin}. "
    "That is slack in this plan, not room to spare.",
    "所示方案（众多可行方案之一，最接近趋势）中，{clause}余量最小：{margin}。这只是该方案中的余量，不等于可用余地。",
)
_SHORTEST = Text(
    "In the plan shown, furthest outside what is asked is {clause}: by {margin}.",
    "所示方案中，偏离要求最多的是{clause}：相差{margin}。",
)
_RESTS_NONE = Text(
    "The rows of the proof read no record: only the declared bounds of variables are assumed in it.",
    "证明所用的约束不读取任何记录，其中只有变量的声明范围属假设。",
)
_RESTS_SHARE = {
    True: Text(
        "Of the numbers behind the rows that the proof adds up (records, published figures and the clauses' own), "
        "{share} are assumed, not published (confidence {letters}).",
        "证明所用约束背后的数字（记录、公布数据及条款自身数字）中，{share}为假设值而非公布值（可信度 {letters}）。",
    ),
    False: Text(
        "Of the numbers behind the rows that bind in the plan shown (records, published figures and the clauses' own), "
        "{share} are assumed, not published (confidence {letters}).",
        "所示方案中起作用的约束背后的数字（记录、公布数据及条款自身数字）中，"
        "{share}为假设值而非公布值（可信度 {letters}）。",
    ),
}
_D_OR_E = Text("D or E", "D 或 E")
_SAME_ENDS = Text(
    "It depends on what is assumed: {central} at both ends and as assumed, but for records of which nobody can say "
    "which end is the harder one some values give another answer.",
    "结论取决于假设：两端及现行假设下均{central}，但有些记录无法断定哪一端更严，其某些取值会得出不同结论。",
)


def word_of(answer: object, language: Language) -> str:
    """A verdict inside a sentence: the word without its mark, in lower case where the language has it."""
    if str(answer) not in ANSWERS:
        return str(answer)
    return ANSWERS[str(answer)][1].read(language).lower()


def grade(figures: Figures, language: Language) -> list[Line]:
    """Whether the answer stands whatever is assumed, else what it is at either end."""
    rests = figures.run.verdict.get("rests_on") or {}
    lines: list[Line] = []
    if rests.get("grade") == "whatever":
        answer = str(rests.get("central", figures.run.verdict["verdict"]))
        lines.append((Words(_GRADES["whatever", answer].read(language), "strong"),))
    elif rests:
        ends = {name: word_of(rests.get(name, "undecided"), language) for name in ("easy", "central", "hard")}
        words: dict[str, Span] = {name: Words(word, "strong") for name, word in ends.items()}
        lines.append(say(_SAME_ENDS if len(set(ends.values())) == 1 else _DEPENDS, language, **words))
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
    shown = replace(year, text=str(row.year_to), anchor=None)
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


def record_name(figures: Figures, key: str, language: Language, region: str | None = None) -> Line:
    """A record by its title, leading to its row among the assumptions; one kept by region by that of ``region``."""
    book = figures.run.scenario.book
    if book.has(key, region):
        record = book.record(key, region)
    else:
        found = [record for name, record in book.records.items() if name.startswith(f"{key}.")]
        if not found:
            return (Words(key, "code"),)
        record = found[0]
    return (Words(record.title.read(language), "", f"record-{record.key}"),)


def verdict_sentence(figures: Figures, language: Language, tested: Number) -> Line:
    """What was tested and how little of the plans that is, the answer, and which statements are left out."""
    years = [key[3] for key in figures.path]
    answer = say(
        _VERDICTS[str(figures.run.verdict["verdict"])],
        language,
        count=tested,
        title=Words(figures.run.scenario.title.read(language), "strong"),
        first=figures.year(min(years)),
        last=figures.year(max(years)),
    )
    return (*_what_is_tested(figures, language), *answer, *_left_out(figures, language))


def _what_is_tested(figures: Figures, language: Language) -> Line:
    by_origin: dict[str, list[str]] = {origin: [] for origin in ORIGINS}
    for entry in figures.run.verdict.get("clauses", []):
        if is_tested(entry):
            by_origin[origin_of(figures, str(entry["id"]))].append(str(entry["id"]))
    of_plans = [name for name in figures.clauses if origin_of(figures, name) == "plan"]
    plans = list(dict.fromkeys(figures.clauses[name].clause.plan for name in of_plans))
    return say(
        _WHAT_IS_TESTED,
        language,
        whole=figures.count("clauses of the plans", of_plans),
        plans=figures.count("plans", plans),
        own=figures.count("tested clauses of the plans", by_origin["plan"]),
        regulations=figures.count("tested clauses of regulations", by_origin["regulation"]),
        assumed=figures.count("tested clauses that are assumed", by_origin["assumed"]),
    )


def _left_out(figures: Figures, language: Language) -> Line:
    """That printed statements of the plans are not in force here, where there are any."""
    left = [
        name
        for name, active in figures.clauses.items()
        if active.clause.kind == "statement" and not active.enabled and origin_of(figures, name) == "plan"
    ]
    if not left:
        return ()
    how = Words(_BY_ARITHMETIC.read(language), "", "contradictions")
    count = figures.count("statements that are left out", left)
    return say(_LEFT_OUT_ONE if len(left) == 1 else _LEFT_OUT, language, count=count, how=how)


def margin_sentence(figures: Figures, language: Language, position: int, clause: Line, *, short: bool) -> Line:
    """The second sentence: the clause with least to spare, or furthest from its target."""
    entry = figures.run.verdict["clauses"][position]
    key = f"verdict/clauses/{position}/margin"
    number = (figures.unsigned if short else figures.number)(key, unit=str(entry["unit"]))
    return say(
        _SHORTEST if short else _TIGHTEST, language, clause=clause, margin=in_unit(number, entry["unit"], language)
    )


def confidence_sentence(figures: Figures, language: Language) -> Line:
    """The third sentence: how many of the numbers behind the rows that bind, or that prove, are assumed."""
    shares = figures.run.verdict.get("confidence") or {}
    if not shares:
        return say(_RESTS_NONE, language)
    assumed = sum(float(shares.get(letter) or 0.0) for letter in ("D", "E"))
    number = figures.found("verdict/confidence, D and E together", assumed, unit="dimensionless", decimals=0)
    letters = (_D_OR_E if shares.get("E") else same("D")).read(language)
    words = _RESTS_SHARE[figures.run.verdict["verdict"] == "infeasible"]
    return say(words, language, share=percent(number, language), letters=letters)
