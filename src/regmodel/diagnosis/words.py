"""A diagnosis in sentences and small tables, in both languages."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from fractions import Fraction

from regmodel.diagnosis.diagnose import Diagnosis, ProvedConflict
from regmodel.diagnosis.proof import Proof
from regmodel.diagnosis.ways_out import Change, WayOut
from regmodel.vocabulary.texts import Language, Text, list_words, same

MOST_LINES = 40
MOST_CONFLICTS = 20
MOST_LIMITS = 5
PLAIN_BELOW = 1000
_VERDICTS = {
    "feasible": Text("feasible: all rows can hold together", "可行：所有行可以同时成立"),
    "infeasible": Text("infeasible: the rows cannot all hold together", "不可行：各行不能同时成立"),
    "undecided": Text(
        "undecided: neither a plan nor a proof passed the check outside the solver",
        "未定：既无方案也无证明通过求解器之外的检验",
    ),
}
_SIZE = Text("{rows} rows, {columns} columns; {groups} groups", "{rows} 行、{columns} 列；{groups} 组")
_HARD = Text(
    "always held: {rows} rows of the --hard file, and the bounds of all columns",
    "始终成立：--hard 文件所列 {rows} 行，以及所有列的界",
)
_BOUNDS = Text("always held: the bounds of all columns", "始终成立：所有列的界")
_RESIDUAL = Text(
    "in the file's own numbers the plan keeps every row and bound to {residual:.2g} of the larger of its side and the "
    "sum of its terms' sizes",
    "按文件中的原始数值，方案满足每一行与每个界，偏差不超过该行右端值与各项绝对值之和中较大者的 {residual:.2g}",
)
_SEVERAL = Text(
    "{groups} cannot hold together; without any one of them the others can.",
    "{groups} 不能同时成立；去掉其中任一，其余即可同时成立。",
)
_ONE = Text("{groups} cannot hold by itself.", "{groups} 自身即不能成立。")
_NONE = Text(
    "What always holds (bounds of columns, rows of the --hard file) cannot hold together, whatever the other rows ask.",
    "始终成立的部分（列的界、--hard 文件所列行）自相矛盾，与其他行无关。",
)
_UNPROVEN = Text(
    "unproven: the solver says that {groups} cannot hold together; this could not be shown outside the solver.",
    "未证明：求解器认为 {groups} 不能同时成立，但未能在求解器之外予以证明。",
)
_ALWAYS = Text("what always holds", "始终成立的部分")
_WITHIN = Text(
    "unproven: with {limits} no plan lets {groups} hold together; farther out, where the file sets no end, one may "
    "exist.",
    "未证明：在 {limits} 的范围内，没有方案能使 {groups} 同时成立；在此之外（文件未设界）可能存在方案。",
)
_ALL = Text("all rows", "所有行")
_LIMITS = Text(
    "the file sets no such end: its coefficients carry roundings, so that the rows do not cancel to the last digit",
    "上述界并非文件所设：文件中的系数含有舍入误差，各行不能完全抵消",
)
_HEADS = (
    Text("weight", "权重"),
    Text("row or column", "行或列"),
    Text("side", "方向"),
    Text("amount", "数值"),
    Text("contribution", "贡献"),
)
_SIDES = {"low": Text("at least", "不小于"), "high": Text("at most", "不大于")}
_KINDS = {
    "soft": same("{name}"),
    "hard": Text("{name} (hard)", "{name}（硬）"),
    "bound": Text("column {name}", "列 {name}"),
}
_NEEDED = Text("the rows need", "各行合计需要")
_MOST = Text("the columns give at most", "各列至多给出")
_GAP = Text("what is missing", "缺口")
_MORE = Text("… and {count} more (--json has all)", "……另有 {count} 项（--json 给出全部）")
_COMPLETE = Text("these are all the conflicts there are", "以上即全部冲突")
_LEFT_OPEN = {
    "time": Text(
        "there may be more conflicts, or smaller ones: not everything was decided in the time (--seconds)",
        "可能还有其他冲突或更小的冲突：限定时间内未能全部判定（--seconds）",
    ),
    "check": Text(
        "there may be more conflicts, or smaller ones: not every answer passed its check outside the solver, "
        "for which more --seconds are no cure",
        "可能还有其他冲突或更小的冲突：部分结果未通过求解器之外的检验，延长 --seconds 无济于事",
    ),
    "reach": Text(
        "the numbers are too far apart for the solver, however they are scaled: nothing was asked of it",
        "数值相差过大，无论如何缩放都超出求解器的能力：未予求解",
    ),
}
_WAYS = Text("Ways out (each was put in and decided again)", "出路（均已代入并重新判定）")
_WAY = {
    "fewest": Text("fewest groups", "改动组数最少"),
    "smallest": Text("smallest change", "改动幅度最小"),
    "alone": Text("{group} alone", "仅改 {group}"),
}
_TIES = Text(
    "fewest groups: {shown} of {ties} sets of groups as few are shown (--json has all, as corrections)",
    "改动组数最少：共 {ties} 种组合，此处列出 {shown} 种（--json 的 corrections 给出全部）",
)
_CHANGE = Text("{row}: {side} {start} becomes {end}", "{row}：{side} {start} 改为 {end}")
_NEVER = Text(
    "No number of one of these alone suffices (without it the others are proved not to hold together)",
    "仅改下列任一组，任何数值都不够（已证明：去掉该组，其余仍不能同时成立）",
)


def sentence(conflict: ProvedConflict) -> Text:
    """A conflict in one sentence; the word unproven where it was not shown."""
    names = list(conflict.groups)
    if not conflict.proved:
        if conflict.proof is not None and conflict.proof.limits:
            return _within(conflict.proof, conflict.groups)
        held = Text(list_words(names, "en"), list_words(names, "zh")) if names else _ALWAYS
        return Text(_UNPROVEN.en.format(groups=held.en), _UNPROVEN.zh.format(groups=held.zh))
    if not names:
        return _NONE
    words = _ONE if len(names) == 1 else _SEVERAL
    return Text(words.en.format(groups=list_words(names, "en")), words.zh.format(groups=list_words(names, "zh")))


def told(diagnosis: Diagnosis, language: Language) -> Iterator[str]:
    """The diagnosis as lines for a terminal."""
    model = diagnosis.model
    colon = "：" if language == "zh" else ": "
    yield f"{model.name}{colon}{_VERDICTS[diagnosis.verdict].read(language)}"
    size = _SIZE.fill(rows=len(model.rows), columns=len(model.columns), groups=len(diagnosis.grouping.groups))
    yield f"  {size.read(language)}"
    hard = len(diagnosis.grouping.hard)
    yield f"  {(_HARD.fill(rows=hard) if hard else _BOUNDS).read(language)}"
    for note in model.notes:
        yield f"  {note.read(language)}"
    if diagnosis.verdict == "feasible" and diagnosis.residual is not None:
        yield f"  {_RESIDUAL.fill(residual=diagnosis.residual).read(language)}"
    for number, conflict in enumerate(diagnosis.conflicts[:MOST_CONFLICTS], start=1):
        yield ""
        yield f"{number}. {sentence(conflict).read(language)}"
        if conflict.proof is not None and (conflict.proved or conflict.proof.limits):
            yield from _working(conflict.proof, language)
    if not diagnosis.conflicts and diagnosis.proof is not None:
        yield ""
        if diagnosis.proof.limits:
            yield _within(diagnosis.proof, None).read(language)
        yield from _working(diagnosis.proof, language)
    if len(diagnosis.conflicts) > MOST_CONFLICTS:
        yield _MORE.fill(count=len(diagnosis.conflicts) - MOST_CONFLICTS).read(language)
    if diagnosis.verdict != "feasible":
        yield ""
        for reason in diagnosis.left_open:
            yield _LEFT_OPEN[reason].read(language)
        if diagnosis.complete:
            yield _COMPLETE.read(language)
    yield from _ways(diagnosis, language)


def _within(proof: Proof, groups: Sequence[str] | None) -> Text:
    """What a proof says that holds only within ends that the file does not set; ``groups`` None for all rows."""

    def words(language: Language) -> str:
        shown = [
            f"{line.name} {_SIDES[line.side].read(language)} {figure(line.amount)}"
            for line in proof.limits[:MOST_LIMITS]
        ]
        if len(proof.limits) > MOST_LIMITS:
            shown.append(_MORE.fill(count=len(proof.limits) - MOST_LIMITS).read(language))
        held = _ALL if groups is None else _ALWAYS
        names = list_words(list(groups), language) if groups else held.read(language)
        return _WITHIN.read(language).format(limits=list_words(shown, language), groups=names)

    return Text(words("en"), words("zh"))


def _ways(diagnosis: Diagnosis, language: Language) -> Iterator[str]:
    """What was put in and decided again, then the groups that cannot mend it alone, each under its own heading."""
    colon = "：" if language == "zh" else ":"
    applied = [way for way in diagnosis.ways_out if way.applied]
    never = [way.changes[0].group for way in diagnosis.ways_out if not way.applied]
    if applied:
        yield ""
        yield f"{_WAYS.read(language)}{colon}"
        fewest = [way for way in applied if way.kind == "fewest"]
        yield from (f"  {_way(way, language)}" for way in fewest)
        ties = fewest[0].ties if fewest else None
        if ties is not None and ties > len(fewest):
            yield f"  {_TIES.fill(shown=len(fewest), ties=ties).read(language)}"
        yield from (f"  {_way(way, language)}" for way in applied if way.kind != "fewest")
    if never:
        yield ""
        yield f"{_NEVER.read(language)}{colon}"
        yield from (f"  {group}" for group in never)


def _way(way: WayOut, language: Language) -> str:
    name = _WAY[way.kind].fill(group=way.changes[0].group).read(language)
    changes = [_change(change, language) for change in way.changes]
    colon, comma = ("：", "；") if language == "zh" else (": ", "; ")
    return f"{name}{colon}{comma.join(changes)}"


def _change(change: Change, language: Language) -> str:
    assert change.end is not None
    side = _SIDES[change.side].read(language)
    return _CHANGE.read(language).format(row=change.row, side=side, start=figure(change.start), end=figure(change.end))


def figure(value: float | Fraction) -> str:
    """A number as a person would type it; a small fraction as a fraction."""
    if isinstance(value, Fraction) and 1 < value.denominator < PLAIN_BELOW and abs(value.numerator) < PLAIN_BELOW:
        return str(value)
    return f"{float(value):.10g}"


def _working(proof: Proof, language: Language) -> Iterator[str]:
    """The weighted rows and the bounds, so that a person can add them up."""
    shown = proof.lines[:MOST_LINES]
    table = [[head.read(language) for head in _HEADS]]
    for kind, total, words in (("rows", proof.needed, _NEEDED), ("bounds", proof.most, _MOST)):
        table += [
            [
                figure(line.weight),
                _KINDS[line.kind].fill(name=line.name).read(language),
                _SIDES[line.side].read(language),
                figure(line.amount),
                figure(line.contribution),
            ]
            for line in shown
            if (line.kind == "bound") == (kind == "bounds")
        ]
        table.append(["", words.read(language), "", "", figure(total)])
    table.append(["", _GAP.read(language), "", "", figure(proof.gap)])
    yield from _aligned(table)
    if len(proof.lines) > MOST_LINES:
        yield "   " + _MORE.fill(count=len(proof.lines) - MOST_LINES).read(language)
    if proof.limits:
        yield "   " + _LIMITS.read(language)


def _aligned(table: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(_width(row[column]) for row in table) for column in range(len(table[0]))]
    for row in table:
        cells = []
        for column, (cell, width) in enumerate(zip(row, widths, strict=True)):
            space = " " * (width - _width(cell))
            cells.append(cell + space if column in (1, 2) else space + cell)
        yield "   " + "  ".join(cells).rstrip()


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
