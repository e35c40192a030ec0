"""What a batch found, counted: verdicts, how many are proved and by what, conflicts and how frequent each is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from regmodel.batch.store import Store
from regmodel.vocabulary.texts import Language, Text

VERDICTS = ("feasible", "infeasible", "undecided")
SHOWN = 10
AND = " + "
"""Stands between the clauses of a conflict."""
_NAMES = {
    "feasible": Text("feasible", "可行"),
    "infeasible": Text("infeasible", "不可行"),
    "undecided": Text("undecided", "未能判定"),
}
_WAYS = {
    "witness": Text("a plan found before that holds", "先前的可行方案仍成立"),
    "regions": Text("such a plan with a few regions solved anew", "先前方案中少数地区重新求解"),
    "proof": Text("a proof found before that adds up", "先前的证明仍成立"),
    "solve": Text("a solve of its own", "单独求解"),
    "none": Text("nothing", "无"),
}
_HEAD = Text("{count} scenarios of {scenario}: {verdicts}", "{scenario} 的 {count} 个情景：{verdicts}")
_PART = Text("{name} {count} ({share} %)", "{name} {count} 个（{share}%）")
_PROVED = Text("proved: {proved} of {count}; {ways}", "已证明：{count} 个中的 {proved} 个；{ways}")
_BY = Text("by {way} {count}", "{way} {count} 个")
_REFUSED = Text("could not be judged: {refused} (codes {codes})", "无法判断：{refused} 个（代码 {codes}）")
_CONFLICTS = Text("conflicts, of {count} infeasible scenarios:", "冲突（不可行情景共 {count} 个）：")
_CONFLICT = Text("  {share} %  {clauses}", "  {share}%  {clauses}")
_MORE = Text("  … and {more} more conflicts", "  ……另有 {more} 种冲突")
NAMED = Text("The clauses by their names:", "条款名称：")
_CALLED = Text("  {clause}: {title}", "  {clause}：{title}")
_AGREE = Text(
    "decided again by themselves, with nothing learned before: {agree} of {asked} agree",
    "不借助先前结果独立重新判定：{asked} 个中 {agree} 个一致",
)
_SOME_UNDECIDED = Text(
    "decided again by themselves, with nothing learned before: {agree} of {asked} agree, {undecided} undecided (in the "
    "batch or now)",
    "不借助先前结果独立重新判定：{asked} 个中 {agree} 个一致，{undecided} 个未能判定（批次中或此次）",
)
_DIFFER = Text("  not: {samples}", "  不一致：{samples}")
_RATE = Text(
    "{new} judged now, {rate} a second; {before} were there", "本次判定 {new} 个，每秒 {rate} 个；此前已有 {before} 个"
)
_REDONE = Text(
    "{count} half-written or foreign files were recognised and done again",
    "识别出 {count} 个未写完或不属于本批次的文件，已重做",
)
_RUN = Text("batch {run_id}", "批次 {run_id}")
_STORE = Text("store: {folder}", "结果库：{folder}")
_ASK = Text("what it answers: regmodel answers {folder}", "查看结果分析：regmodel answers {folder} --lang zh")
_AND = {"en": ", ", "zh": "，"}


def counted(store: Store) -> dict[str, Any]:
    """The counts of a store, chunk by chunk."""
    verdicts, ways, conflicts, refused = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    proved = rows = 0
    for table in store.tables(["verdict", "proved", "how", "conflict", "problem"]):
        rows += table.num_rows
        found = table.to_pydict()
        verdicts.update(found["verdict"])
        proved += sum(1 for one in found["proved"] if one)
        ways.update(found["how"])
        conflicts.update(one for one in found["conflict"] if one)
        refused.update(one for one in found["problem"] if one)
    return {
        "scenarios": rows,
        "verdicts": {name: verdicts.get(name, 0) for name in VERDICTS},
        "proved": proved,
        "how": dict(sorted(ways.items(), key=lambda one: (-one[1], one[0]))),
        "conflicts": [
            {"clauses": clauses_of(conflict), "count": times}
            for conflict, times in sorted(conflicts.items(), key=lambda one: (-one[1], one[0]))
        ],
        "not_judged": dict(sorted(refused.items())),
    }


def clauses_of(conflict: str) -> list[str]:
    """The clauses of a stored conflict."""
    return conflict.split(AND)


def named(clauses: Iterable[str], titles: Mapping[str, Text], language: Language) -> list[str]:
    """Which clauses some ids stand for, a line each under a heading; nothing where none has a name."""
    lines = [
        _CALLED.read(language).format(clause=clause, title=titles[clause].read(language))
        for clause in dict.fromkeys(clauses)
        if clause in titles
    ]
    return [NAMED.read(language), *lines] if lines else []


def told(summary: Mapping[str, Any], titles: Mapping[str, Text], language: Language) -> list[str]:
    """The summary in sentences, a line each; ``titles`` of clauses by id."""
    count, verdicts = summary["scenarios"], summary["verdicts"]
    parts = [
        _PART.fill(name=_NAMES[name].read(language), count=number, share=_share(number, count))
        for name, number in verdicts.items()
        if number
    ]
    lines = [
        _HEAD.fill(count=count, scenario=summary["scenario"], verdicts=_joined(parts, language)).read(language),
        _proved(summary, language),
    ]
    again = summary["recheck"]
    if again["asked"]:
        counts = {name: again[name] for name in ("agree", "asked", "undecided")}
        lines.append((_SOME_UNDECIDED if again["undecided"] else _AGREE).fill(**counts).read(language))
    if again["differ"]:
        lines.append(_DIFFER.fill(samples=", ".join(again["differ"])).read(language))
    if summary["not_judged"]:
        refused = summary["not_judged"]
        codes = _AND[language].join(f"{code} × {times}" for code, times in refused.items())
        lines.append(_REFUSED.fill(refused=sum(refused.values()), codes=codes).read(language))
    if summary["conflicts"]:
        infeasible = verdicts["infeasible"]
        lines.append(_CONFLICTS.fill(count=infeasible).read(language))
        for one in summary["conflicts"][:SHOWN]:
            clauses = AND.join(one["clauses"])
            lines.append(_CONFLICT.fill(share=f"{_share(one['count'], infeasible):>5}", clauses=clauses).read(language))
        if len(summary["conflicts"]) > SHOWN:
            lines.append(_MORE.fill(more=len(summary["conflicts"]) - SHOWN).read(language))
        shown = [clause for one in summary["conflicts"][:SHOWN] for clause in one["clauses"]]
        lines += named(shown, titles, language)
    if summary["redone"]:
        lines.append(_REDONE.fill(count=len(summary["redone"])).read(language))
    rate = "–" if summary["rate"] is None else f"{summary['rate']:.3g}"
    lines.append(_RATE.fill(new=summary["judged_now"], rate=rate, before=count - summary["judged_now"]).read(language))
    lines.append(_RUN.fill(run_id=summary["run_id"]).read(language))
    lines.append(_STORE.fill(folder=summary["store"]).read(language))
    lines.append(_ASK.fill(folder=summary["store"]).read(language))
    return lines


def _proved(summary: Mapping[str, Any], language: Language) -> str:
    ways = [
        _BY.fill(way=_WAYS[way].read(language) if way in _WAYS else way, count=times)
        for way, times in summary["how"].items()
        if way != "none"
    ]
    words = _joined(ways, language) or "–"
    return _PROVED.fill(proved=summary["proved"], count=summary["scenarios"], ways=words).read(language)


def _joined(parts: list[Text], language: Language) -> str:
    return _AND[language].join(part.read(language) for part in parts)


def _share(number: int, count: int) -> str:
    return f"{100 * number / count:.1f}" if count else "–"
