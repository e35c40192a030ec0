"""A comparison of runs on a terminal: what was assumed and came out differently, and what it is due to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regmodel.report.labels import ANSWERS, answer_label, reading_label, status_label, variable_label
from regmodel.report.text_table import text_table
from regmodel.report.units import printed_label
from regmodel.runs.comparing import PROGRAMMED
from regmodel.scenario.keys import CLAUSE_PARTS, LEVER_PARTS, split
from regmodel.vocabulary.texts import Language, Text

if TYPE_CHECKING:
    from regmodel.runs.attributing import Attribution
    from regmodel.runs.comparing import Comparison
    from regmodel.runs.differing import Assumption
    from regmodel.scenario import Scenario

CLAUSES_SHOWN = 30
TINY = 1e-9
_RUN = Text("Run {letter}: {scenario}, {place}", "运行 {letter}：{scenario}，{place}")
_ALIKE = Text("No assumption differs.", "假设全部相同。")
_ASSUMED = Text("Assumptions that differ:", "相异的假设：")
_CAME_OUT = Text("What came out:", "结果：")
_CLAUSES = Text(
    "Clauses that stand differently (margin in the clause's own unit):", "状态不同的条款（余量以条款自身单位计）："
)
_MORE = Text("… and {count} more, all of them with --json", "……另有 {count} 条，全部内容见 --json")
_TOTALS = Text("Totals of {place} that differ:", "{place}相异的合计：")
_NO_TOTALS = Text("No total of {place} differs.", "{place}各项合计相同。")
_NOTHING = Text("–", "–")
_HEADS = {
    "assumption": Text("Assumption", "假设"),
    "unit": Text("Unit", "单位"),
    "result": Text("Result", "结果"),
    "clause": Text("Clause", "条款"),
    "variable": Text("Variable", "变量"),
    "path": Text("Path", "路径"),
    "year": Text("Year", "年份"),
    "part": Text("Part", "贡献"),
    "error": Text("± error", "± 误差"),
}
RESULTS = {
    "verdict": Text("Verdict", "结论"),
    "grade": Text("Rests on assumptions", "对假设的依赖"),
    "attainability": Text("Attainability", "可达度"),
    "conflicts": Text("Conflicts", "冲突数"),
}
_GRADES = {"whatever": Text("holds whatever is assumed", "不取决于假设"), "depends": Text("depends", "取决于假设")}
PATHS = {
    "projection": Text("projection", "推演"),
    PROGRAMMED: Text("programme's plan", "规划方案"),
}
PARTS = {
    "value": Text("figure", "数值"),
    "enabled": Text("in force", "是否启用"),
    "reading": Text("reading", "理解"),
    "ease_low": Text("lower end gives way by", "下端放宽"),
    "ease_high": Text("upper end gives way by", "上端放宽"),
    "limit": Text("share that may be used", "可用份额"),
}
_LIMIT = Text("Limit: ", "上限：")
_BRACKETS: dict[Language, str] = {"en": "{} ({})", "zh": "{}（{}）"}
_COMMA: dict[Language, str] = {"en": ", ", "zh": "，"}
_YES_NO = {True: Text("yes", "是"), False: Text("no", "否")}
_DUE = Text(
    "{result}{place}: from {start} in run A to {end} in run {letter}, a difference of {total}{unit}, due to:",
    "{result}{place}：由运行 A 的 {start} 变为运行 {letter} 的 {end}，相差 {total}{unit}，其中：",
)
_PLACE = Text(" of {place} in {year}", "（{place}，{year}年）")
EXACT = Text(
    "Averaged over every order in which the assumptions could have been changed; the parts sum to the difference.",
    "对假设变动的全部先后次序取平均；各部分之和等于差值。",
)
SAMPLED = Text(
    "Averaged over {orders} orders drawn with a fixed seed; the parts, each with its standard error, sum to the "
    "difference.",
    "对以固定种子抽取的 {orders} 种先后次序取平均；各部分之和等于差值，并列出标准误。",
)
WHAT_RUNS = {
    "attainability": Text("The programme was solved for the scenarios in between.", "中间情景均经规划求解。"),
    "projection": Text("The projection was run for the scenarios in between.", "中间情景均经推演计算。"),
}


def lines(found: Comparison, language: Language) -> list[str]:
    """Every line that `regmodel compare` prints."""
    letters = [chr(ord("A") + number) for number in range(len(found.runs))]
    said = [
        _RUN.fill(letter=letter, scenario=one.scenario.name, place=one.place).read(language)
        for letter, one in zip(letters, found.runs, strict=True)
    ]
    said += ["", *_assumptions(found, letters, language), "", *_outcomes(found, letters, language)]
    said += [*_clauses(found, letters, language), *_totals(found, letters, language)]
    for one in found.attributions:
        said += ["", *_due(found, one, letters, language)]
    if found.notes:
        said += ["", *(note.read(language) for note in found.notes)]
    return said


def _assumptions(found: Comparison, letters: list[str], language: Language) -> list[str]:
    if not found.assumptions:
        return [_ALIKE.read(language)]
    rows = [
        [
            assumption_label(found.runs[0].scenario, one.key, language),
            printed_label(one.unit, language) if one.unit else _NOTHING.read(language),
            *(assumption_value(found.runs[0].scenario, one, value, language) for value in one.values),
        ]
        for one in found.assumptions
    ]
    heads = [_HEADS["assumption"].read(language), _HEADS["unit"].read(language), *letters]
    return [_ASSUMED.read(language), *text_table(heads, rows, words=2)]


def assumption_label(scenario: Scenario, key: str, language: Language) -> str:
    """What a key of an override names, in words."""
    name = key.partition(".")[2]
    book = scenario.book
    if key.startswith("record."):
        if name in book.records:
            record, region = book.records[name], name.rpartition(".")[2]
        elif name.startswith("baseline."):
            _, variable, place, year = name.split(".")
            where = book.regions.name(place).read(language)
            return _COMMA[language].join((variable_label(variable, language), f"{where} {year}"))
        else:
            stem, _, region = name.rpartition(".")
            record = book.record(stem, region)
        title = record.title.read(language)
        place = book.regions.name(region).read(language) if book.regions.is_known(region) else ""
        return title if place in title else _BRACKETS[language].format(title, place)
    if key.startswith("cap."):
        variable, place, year = name.split(".")
        where = book.regions.name(place).read(language)
        label = _COMMA[language].join((variable_label(variable, language), f"{where} {year}"))
        return f"{_LIMIT.read(language)}{label}"
    parts = split(key, LEVER_PARTS if key.startswith("lever.") else CLAUSE_PARTS)
    if parts is None:
        return key
    what = PARTS[parts[1]].read(language)
    if key.startswith("lever."):
        title = scenario.lever(parts[0]).title.read(language)
    else:
        clause = scenario.clause(parts[0]).clause
        title = _BRACKETS[language].format(clause.id, clause.said().read(language))
    return f"{title}：{what}" if language == "zh" else f"{title}: {what}"


def assumption_value(scenario: Scenario, one: Assumption, value: Any, language: Language) -> str:
    """What holds in one run, in words; a dash where nothing is set."""
    if value is None:
        return _NOTHING.read(language)
    if isinstance(value, bool):
        return _YES_NO[value].read(language)
    if isinstance(value, str):
        clause = one.key.removeprefix("clause.").removesuffix(".reading")
        return reading_label(scenario.clause(clause).clause, value, language)
    return f"{value:.6g}"


def _outcomes(found: Comparison, letters: list[str], language: Language) -> list[str]:
    rows = [
        [RESULTS[name].read(language), *(outcome_words(name, value, language) for value in values)]
        for name, values in found.outcomes.items()
    ]
    return [_CAME_OUT.read(language), *text_table([_HEADS["result"].read(language), *letters], rows)]


def outcome_words(name: str, value: Any, language: Language) -> str:
    """A verdict, a grade or a number of a run as it is read."""
    if value is None:
        return _NOTHING.read(language)
    if name == "verdict" and value in ANSWERS:
        return answer_label(str(value), language)
    if name == "grade" and value in _GRADES:
        return _GRADES[str(value)].read(language)
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _clauses(found: Comparison, letters: list[str], language: Language) -> list[str]:
    if not found.clauses:
        return []
    rows = []
    for one in found.clauses[:CLAUSES_SHOWN]:
        cells = []
        for status, margin in zip(one.statuses, one.margins, strict=True):
            word = _NOTHING.read(language) if status is None else status_label(status, language)
            cells.append(word if margin is None else f"{word} {margin:+.4g}")
        rows.append([one.clause, printed_label(one.unit, language), *cells])
    heads = [_HEADS["clause"].read(language), _HEADS["unit"].read(language), *letters]
    said = ["", _CLAUSES.read(language), *text_table(heads, rows, words=2 + len(letters))]
    if len(found.clauses) > CLAUSES_SHOWN:
        said.append(_MORE.fill(count=len(found.clauses) - CLAUSES_SHOWN).read(language))
    return said


def _totals(found: Comparison, letters: list[str], language: Language) -> list[str]:
    regions = found.runs[0].scenario.book.regions
    place = regions.name(found.place).read(language)
    if not found.totals:
        return ["", _NO_TOTALS.fill(place=place).read(language)]
    rows = [
        [
            variable_label(one.variable, language),
            printed_label(one.unit, language),
            PATHS[one.path].read(language),
            str(one.year),
            *(_amount(value) for value in one.values),
        ]
        for one in found.totals
    ]
    heads = [_HEADS[name].read(language) for name in ("variable", "unit", "path", "year")]
    return ["", _TOTALS.fill(place=place).read(language), *text_table([*heads, *letters], rows, words=3)]


def _due(found: Comparison, one: Attribution, letters: list[str], language: Language) -> list[str]:
    scenario = found.runs[0].scenario
    share = one.region is None
    place = ""
    if one.region is not None:
        name = scenario.book.regions.name(one.region)
        place = _PLACE.read(language).format(place=name.read(language), year=one.year)
    result = RESULTS["attainability"].read(language) if share else variable_label(one.of, language)
    head = _DUE.read(language).format(
        result=result,
        place=place,
        start=_amount(one.split.start),
        end=_amount(one.split.end),
        letter=letters[one.run],
        total=_signed(float(one.split.total)),
        unit="" if share else f" {printed_label(one.unit, language)}",
    )
    ordered = sorted(range(len(one.keys)), key=lambda number: -abs(one.split.parts[number]))
    rows = []
    for number in ordered:
        error = one.split.errors[number]
        row = [assumption_label(scenario, one.keys[number], language), _signed(float(one.split.parts[number]))]
        if not one.split.exact:
            row.append(_NOTHING.read(language) if error is None else f"{error:.2g}")
        rows.append(row)
    heads = [_HEADS["assumption"].read(language), _HEADS["part"].read(language)]
    heads += [] if one.split.exact else [_HEADS["error"].read(language)]
    how = (EXACT if one.split.exact else SAMPLED.fill(orders=one.split.orders)).read(language)
    runs = WHAT_RUNS["attainability" if share else "projection"].read(language)
    between = "" if language == "zh" else " "
    return [head, *text_table(heads, rows), f"{how}{between}{runs}"]


def _amount(value: float) -> str:
    return f"{value:,.2f}" if abs(value) >= 100 else f"{0.0 if abs(value) < TINY else value:.4g}"


def _signed(value: float) -> str:
    return f"{value:+,.2f}" if abs(value) >= 100 else f"{value:+.4g}"
