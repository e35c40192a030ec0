"""What a batch answers, in a report: how likely the plans hold, what clashes how often, what moves the answer."""

from __future__ import annotations

from collections.abc import Mapping

from regmodel.batch.answers import MEANT, Answers
from regmodel.batch.design import MORRIS
from regmodel.report import charts_sampled
from regmodel.report.content import (
    Block,
    Bullets,
    Chart,
    Column,
    Line,
    Paragraph,
    Row,
    Section,
    Table,
    Words,
    join,
    say,
)
from regmodel.report.figures import Figures
from regmodel.report.sampled_boxes import boxes
from regmodel.report.sampled_shares import share_cells, share_columns, share_line
from regmodel.report.sampled_ways_out import ways_out
from regmodel.report.sentences import clause_name
from regmodel.vocabulary.texts import Language, Text

SHOWN = 24
_TITLE = {
    True: Text("How likely it holds, and what moves the answer", "成立的概率与影响因素"),
    False: Text("In how many scenarios it holds, and what moves the answer", "成立的情景占比与影响因素"),
}
_JOINT = {
    True: Text(
        "All clauses hold jointly with a probability of {share}: in {holds} of {of} scenarios.",
        "各条款同时成立的概率为{share}：{of}个情景中有{holds}个。",
    ),
    False: Text(
        "All clauses hold jointly in {holds} of {of} scenarios: {share}.",
        "{of}个情景中有{holds}个各条款同时成立：{share}。",
    ),
}
_DRAWN = {
    True: Text(
        "Probability of holding: all clauses jointly, and each by itself",
        "成立的概率：各条款同时成立，以及各条款单独成立",
    ),
    False: Text(
        "Share of the scenarios that hold: all clauses jointly, and each by itself",
        "成立的情景占比：各条款同时，以及各条款单独",
    ),
}
_ALL = Text("ALL CLAUSES JOINTLY", "全部条款同时成立")
_ALWAYS = Text(
    "{count} clauses hold by themselves wherever they are in force, of {asked} scenarios asked.",
    "{count}条条款在所求解的{asked}个情景中，凡生效之处单独均成立。",
)
_ALWAYS_ONE = Text(
    "{count} clause holds by itself wherever it is in force, of {asked} scenarios asked.",
    "{count}条条款在所求解的{asked}个情景中，凡生效之处单独均成立。",
)
_CLASHES = Text(
    "What clashes: the conflict that was found in each infeasible scenario", "冲突：各不可行情景中查得的冲突"
)
_ONE_EACH = Text(
    "One set is told for each infeasible scenario; others may be there beside it.",
    "每个不可行情景只列一组，可能还有其他冲突。",
)
_TORNADO = Text("What moves {what}: each number from its low to its high end", "{what}的影响因素：各变动项由低值到高值")
_SWINGS = Text("What moves {what}, in numbers", "{what}的影响因素：数值")
_INDICES = {
    False: Text("Where the variance of {what} comes from (Sobol)", "{what}的方差来源（索博尔指数）"),
    True: Text("What moves {what} (Morris)", "{what}的影响因素（莫里斯法）"),
}
_NO_BARS = Text(
    "What moves {what} is not drawn: the scenario as it stands is undecided, so there is nothing to measure from.",
    "{what}的影响因素未绘出：情景本身未能判定，无从比较。",
)
_NO_ENDS = Text(
    "What moves {what} is not drawn: no number that moves it is decided at both ends of its range.",
    "{what}的影响因素未绘出：有影响的变动项均有一端未能判定。",
)
_NOTHING_MOVES = Text("{what} is the same in every scenario; nothing moves it.", "{what}在所有情景中相同，无影响因素。")
_SURE = Text("± is the interval of {level} %.", "± 为{level}%区间。")
_REFUSED = Text("Not told: {found}; expected: {expected}.", "未给出：{found}；应为：{expected}。")
_HEADS = {
    "clause": Text("Clause", "条款"),
    "clauses": Text("Clauses that cannot hold together", "不能同时成立的条款"),
    "number": Text("Number", "变动项"),
    "low": Text("At low", "取低值时"),
    "high": Text("At high", "取高值时"),
    "swing": Text("Swing", "变幅"),
    "error": Text("±", "±"),
    "main": Text("Alone", "单独"),
    "total": Text("With others", "含交互"),
    "mean": Text("Mean effect", "平均效应"),
    "size": Text("Mean size", "平均绝对效应"),
    "spread": Text("Spread", "离散程度"),
}
_CHAPTER = Text("batch of {count} scenarios", "{count}个情景的批次")


def likely_section(figures: Figures, language: Language) -> Section | None:
    """The chapter on a batch; None where the report has no store beside it."""
    found = figures.beside.answers
    if found is None:
        return None
    blocks: list[Block] = [Paragraph(_joint(figures, found, language), "lead"), *_holding(figures, found, language)]
    blocks += ways_out(figures, found, language)
    for output in found.tornadoes:
        blocks += _tornado(figures, found, output, language)
    for output in found.indices:
        blocks += _indices(figures, found, output, language)
    blocks += boxes(figures, found, language)
    said = [words.read(language) for words in (*found.basis.sentences, *MEANT.values())]
    refused = [
        _REFUSED.read(language).format(found=one.found.read(language), expected=one.expected.read(language))
        for one in found.refused
    ]
    blocks.append(Bullets(tuple((words,) for words in (*said, *refused))))
    return Section("likely", _TITLE[found.basis.probability].read(language), tuple(blocks))


def joint_share(figures: Figures, language: Language) -> Line:
    """For the first page: how likely all clauses hold jointly, with its interval; empty without a sample."""
    found = figures.beside.answers
    if found is None or not found.basis.probability or found.holding.joint.low is None:
        return ()
    count = figures.number("batch/holding/joint/of", decimals=0)
    chapter = (
        " (" if language == "en" else "（",
        *say(_CHAPTER, language, count=count),
        ")" if language == "en" else "）",
    )
    return (*share_line(figures, "batch/holding/joint", found.holding.joint, language), *chapter)


def _joint(figures: Figures, found: Answers, language: Language) -> Line:
    key = "batch/holding/joint"
    share = share_line(figures, key, found.holding.joint, language)
    holds, of = (figures.number(f"{key}/{name}", decimals=0) for name in ("holds", "of"))
    return say(_JOINT[found.basis.probability], language, share=share, holds=holds, of=of)


def _holding(figures: Figures, found: Answers, language: Language) -> list[Block]:
    held, sampled = found.holding, found.basis.probability
    doubtful = {name: one for name, one in held.alone.items() if one.holds < one.of}
    order = sorted(doubtful, key=lambda name: (doubtful[name].holds / doubtful[name].of, name))[:SHOWN]
    names = {name: "".join(_strings(clause_name(figures, name, language))) for name in order}
    drawn = {names[name]: doubtful[name] for name in order}
    caption = _DRAWN[sampled].read(language)
    spec = charts_sampled.holding(held.joint, drawn, _ALL.read(language), language, sampled=sampled)
    always = len(held.alone) - len(doubtful)
    count = figures.found("clauses that always hold", float(always), decimals=0)
    asked = figures.number("batch/basis/asked_alone", decimals=0)
    note = say(_ALWAYS_ONE if always == 1 else _ALWAYS, language, count=count, asked=asked) if always else ()
    blocks: list[Block] = [Chart("chart-probability", (caption,), spec, caption, note)]
    rows = [
        Row(
            (
                clause_name(figures, name, language),
                *share_cells(figures, f"batch/holding/alone/{name}", doubtful[name], sampled=sampled),
            )
        )
        for name in order
    ]
    shares = share_columns(language, sampled=sampled)
    if rows:
        heads = (Column(_HEADS["clause"].read(language)), *shares)
        blocks.append(Table("probabilities", (caption,), heads, tuple(rows)))
    clashes = [
        Row(
            (
                join([clause_name(figures, name, language) for name in one.clauses], language),
                *share_cells(figures, f"batch/holding/conflicts/{at}", one.estimate, sampled=sampled),
            )
        )
        for at, one in enumerate(held.conflicts[:SHOWN])
    ]
    if clashes:
        heads, note = (Column(_HEADS["clauses"].read(language)), *shares), (_ONE_EACH.read(language),)
        blocks.append(Table("clashes", (_CLASHES.read(language),), heads, tuple(clashes), note=note))
    return blocks


def _strings(line: Line) -> list[str]:
    return [span if isinstance(span, str) else span.text for span in line]


def _tornado(figures: Figures, found: Answers, output: str, language: Language) -> list[Block]:
    one = found.tornadoes[output]
    what = one.title.read(language)
    spec = charts_sampled.tornado(one, language)
    if spec is None:
        moving = any(bar.moves(one.centre) for bar in one.bars)
        why = _NO_BARS if one.centre is None else _NO_ENDS if moving else _NOTHING_MOVES
        return [Paragraph((why.fill(what=what).read(language),))]
    caption = _TORNADO.fill(what=what).read(language)
    sampled = any(bar.error is not None for bar in one.bars)
    names = ["low", "high", "swing", *(["error"] if sampled else [])]
    heads = (Column(_HEADS["number"].read(language)), *(Column(_HEADS[name].read(language), True) for name in names))
    rows = []
    for at, bar in enumerate(one.bars[:SHOWN]):
        key = f"batch/tornadoes/{output}/bars/{at}"
        cells: list[Line] = [(bar.title.read(language), Words(bar.key, "id"))]
        cells += [_cell(figures, f"{key}/{end}/found") for end in ("low", "high")]
        cells.append(_cell(figures, f"{key}/swing", signed=True))
        cells += [_cell(figures, f"{key}/error")] if sampled else []
        rows.append(Row(tuple(cells)))
    level = figures.number(f"batch/tornadoes/{output}/level", unit="dimensionless", decimals=0)
    note = say(_SURE, language, level=level) if sampled else ()
    words = _SWINGS.fill(what=what).read(language)
    return [
        Chart(f"chart-tornado-{output.replace('_', '-')}", (caption,), spec, caption),
        Table(f"swings-{output.replace('_', '-')}", (words,), heads, tuple(rows), note=note, folded=True),
    ]


def _cell(figures: Figures, key: str, *, signed: bool = False) -> Line:
    return (figures.number(key, signed=signed),) if figures.has(key) else ("–",)


def _indices(figures: Figures, found: Answers, output: str, language: Language) -> list[Block]:
    one = found.indices[output]
    spec = charts_sampled.indices(one, language)
    if spec is None:
        return []
    morris = one.method == MORRIS
    caption = _INDICES[morris].fill(what=one.title.read(language)).read(language)
    names: tuple[str, ...] = ("main", "main_error", "total", "total_error")
    if morris:
        names = ("mean", "mean_error", "size", "size_error", "spread", "spread_error")
    titles: Mapping[str, Text] = {
        **_HEADS,
        **dict.fromkeys((name for name in names if name.endswith("_error")), _HEADS["error"]),
    }
    heads = (Column(_HEADS["number"].read(language)), *(Column(titles[name].read(language), True) for name in names))
    rows = tuple(
        Row(
            (
                (entry.title.read(language), Words(entry.key, "id")),
                *(_cell(figures, f"batch/indices/{output}/indices/{at}/{name}") for name in names),
            )
        )
        for at, entry in enumerate(one.indices[:SHOWN])
    )
    level = figures.number(f"batch/indices/{output}/level", unit="dimensionless", decimals=0)
    note = say(_SURE, language, level=level)
    name = output.replace("_", "-")
    return [
        Chart(f"chart-indices-{name}", (caption,), spec, caption, note),
        Table(f"indices-{name}", (caption,), heads, rows, note=note, folded=True),
    ]
