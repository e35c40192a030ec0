"""The report on several runs: what was assumed differently, what came out differently, and why; its first page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from regmodel.report.compare_assumed import assumed_section
from regmodel.report.compare_results import paths_section, results_section
from regmodel.report.compare_why import due_line, why_section
from regmodel.report.compared import Compared
from regmodel.report.comparison import RESULTS, outcome_words
from regmodel.report.content import (
    Block,
    Bullets,
    Column,
    Line,
    Paragraph,
    Report,
    Row,
    Section,
    Step,
    Steps,
    Table,
    Words,
    say,
)
from regmodel.report.equations_annex import equations_annex
from regmodel.report.labels import answer_label
from regmodel.vocabulary.texts import Language, Text

if TYPE_CHECKING:
    from regmodel.runs.comparing import Comparison

RUN_ID_SHOWN = 8
SPLITS_TOLD = 4
_TITLE = Text("Comparison of runs", "运行对比报告")
_QUESTION = Text(
    "What was assumed differently, what came out differently, and why?", "哪些假设不同，哪些结果不同，为什么不同？"
)
_BRIEF = Text("In brief", "要点")
_SAME_ANSWER = Text("The answer is the same in every run: {answer}.", "各次运行的结论相同：{answer}。")
_ANSWERS = Text("The answers differ: {answers}.", "各次运行的结论不同：{answers}。")
_ANSWER = Text("{run} ({title}) is {answer}", "{run}（{title}）为{answer}")
_ASSUMED = Text(
    "{count} assumptions differ; {chapter} lists each with who set it and why.",
    "共有{count}项假设不同；每项的设定者与理由见{chapter}。",
)
_ASSUMED_ONE = Text(
    "{count} assumption differs; {chapter} says who set it and why.", "有{count}项假设不同；设定者与理由见{chapter}。"
)
_ALIKE = Text("No assumption differs.", "假设全部相同。")
_ASSUMED_CHAPTER = Text("the next chapter", "下一章")
_CLAUSES = Text(
    "{count} clauses stand differently; of these {broken} are kept in one run and missed in another.",
    "共有{count}条条款的状态或余量不同，其中{broken}条在一次运行中达到、在另一次中未达到。",
)
_OUTCOMES = Text("Outcomes by run", "各次运行的结果")
_HEADS = {
    "run": Text("Run", "运行"),
    "scenario": Text("Scenario", "情景"),
    "made": Text("Made", "生成时间"),
    "id": Text("Run id", "运行编号"),
}
_FACTS = {
    "compared": Text("Compared", "对比"),
    "place": Text("Totals of", "合计范围"),
}
_ONE = Text("{letter} {title}", "{letter} {title}")
_METHOD = Text("Runs and method", "运行与方法")
_RUNS = Text("The runs", "各次运行")
_SEEDED = Text(
    "Where orders are drawn, the seed is {seed}: the same runs give the same parts again.",
    "抽取次序时随机种子为{seed}：同样的运行可重复得到同样的结果。",
)
_KEPT = ("met", "exceeded", "already_met")


def assemble_comparison(found: Comparison, language: Language) -> Report:
    """The whole report on several runs in one language, free of any form; numbers carry their keys."""
    compared = Compared(found, language)
    sections = [
        _brief(compared),
        assumed_section(compared),
        results_section(compared),
        why_section(compared),
        paths_section(compared),
        _method(compared),
        equations_annex(compared.count, language),
    ]
    comma = "，" if language == "zh" else ", "
    runs = comma.join(
        _ONE.fill(letter=compared.letters[at], title=compared.title(at)).read(language) for at in compared.runs
    )
    facts: list[tuple[str, Line]] = [
        (_FACTS["compared"].read(language), (runs,)),
        (_FACTS["place"].read(language), (compared.place(found.place),)),
    ]
    return Report(language, _TITLE.read(language), _QUESTION.read(language), tuple(facts), tuple(sections))


def _brief(compared: Compared) -> Section:
    """What a reader sees who reads no further: the answers, what differs most, and what it is due to."""
    language, found = compared.language, compared.found
    steps = tuple(
        Step(compared.run(at), compared.title(at), str(answer), answer_label(str(answer), language), main=not at)
        for at, answer in enumerate(found.outcomes["verdict"])
    )
    lines: list[Line] = [_answers(compared)]
    if found.assumptions:
        chapter = Words(_ASSUMED_CHAPTER.read(language), "", "assumed")
        count = compared.count("assumptions that differ", found.assumptions)
        one = len(found.assumptions) == 1
        lines.append(say(_ASSUMED_ONE if one else _ASSUMED, language, count=count, chapter=chapter))
    else:
        lines.append((_ALIKE.read(language),))
    if found.clauses:
        broken = [one for one in found.clauses if "missed" in one.statuses and any(s in _KEPT for s in one.statuses)]
        count = compared.count("clauses that differ", found.clauses)
        lines.append(say(_CLAUSES, language, count=count, broken=compared.count("clauses kept and missed", broken)))
    lines += [due_line(compared, position) for position in range(min(SPLITS_TOLD, len(found.attributions)))]
    lines += [(Words(note.read(language), "strong"),) for note in found.notes]
    blocks: tuple[Block, ...] = (Steps(steps), Bullets(tuple(lines)), _outcomes(compared))
    return Section("in-brief", _BRIEF.read(language), blocks)


def _answers(compared: Compared) -> Line:
    language, answers = compared.language, compared.found.outcomes["verdict"]
    words = [Words(outcome_words("verdict", answer, language), "strong") for answer in answers]
    if len(set(answers)) == 1:
        return say(_SAME_ANSWER, language, answer=words[0])
    parts: list[Line] = [
        say(_ANSWER, language, run=compared.run(at), title=compared.title(at), answer=words[at]) for at in compared.runs
    ]
    between = "；" if language == "zh" else "; "
    whole = tuple(span for at, part in enumerate(parts) for span in ((between, *part) if at else part))
    return say(_ANSWERS, language, answers=whole)


def _outcomes(compared: Compared) -> Table:
    """Verdict, what it rests on, attainability and conflicts, by run."""
    language = compared.language
    rows = []
    for name, values in compared.found.outcomes.items():
        cells: list[Line] = [(RESULTS[name].read(language),)]
        for at, value in enumerate(values):
            key = f"outcomes/{name}/{at}"
            decimals = 0 if name == "conflicts" else 3
            if compared.has(key):
                cells.append((compared.number(key, decimals=decimals, anchor="came-out"),))
            else:
                cells.append((outcome_words(name, value, language),))
        rows.append(Row(tuple(cells)))
    heads = [Column("")] + [Column(f"{compared.run(at)}: {compared.title(at)}", True) for at in compared.runs]
    return Table("outcomes", (_OUTCOMES.read(language),), tuple(heads), tuple(rows))


def _method(compared: Compared) -> Section:
    """Which runs, made when, and what makes the comparison repeatable."""
    language = compared.language
    rows = []
    for at, one in enumerate(compared.found.runs):
        made = str(one.manifest.get("made") or "–")
        run_id = str(one.verdict.get("run_id") or "–")[:RUN_ID_SHOWN]
        title = (compared.title(at), Words(one.scenario.name, "id"))
        rows.append(Row(((compared.run(at),), title, (made,), (Words(run_id, "code"),))))
    heads = tuple(Column(text.read(language)) for text in _HEADS.values())
    blocks: list[Block] = [Table("runs", (_RUNS.read(language),), heads, tuple(rows))]
    if any(not one.split.exact for one in compared.found.attributions):
        place = next(n for n, one in enumerate(compared.found.attributions) if not one.split.exact)
        seed = compared.number(f"attributions/{place}/seed")
        plainly = replace(seed, text=str(int(seed.value)))
        blocks.append(Paragraph(say(_SEEDED, language, seed=plainly), "note"))
    return Section("method", _METHOD.read(language), tuple(blocks))
