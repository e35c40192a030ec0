"""What a finished batch answers, for a terminal: how often the plans hold, what clashes, and what moves the answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from regmodel.batch.answers import MEANT, Answers, Bar, Basis, Estimate, Holding, Indices, Tornado
from regmodel.batch.design import MORRIS, ONE_AT_A_TIME
from regmodel.batch.summary import AND, named
from regmodel.report.batch_ways_out import lines as way_lines
from regmodel.report.boxes import lines as box_lines
from regmodel.report.shares import NONE, range_words, share_words, times_words
from regmodel.report.text_table import text_table
from regmodel.report.units import printed_label
from regmodel.vocabulary.texts import Language, Text

SHOWN = 10
_HEAD = Text(
    "{name}: {count} scenarios of {scenario}, {kind}, batch {run_id}",
    "{name}：{scenario} 的 {count} 个情景，{kind}，批次 {run_id}",
)
_KINDS = {
    "list": Text("listed", "逐一列出"),
    "factorial": Text("full factorial", "全因子"),
    "one_at_a_time": Text("one number at a time", "逐项变动"),
    "latin_hypercube": Text("Latin hypercube", "拉丁超立方抽样"),
    "random": Text("random", "随机抽样"),
    "sobol": Text("Sobol's design", "索博尔设计"),
    "morris": Text("Morris's design", "莫里斯设计"),
}
_JOINT = {
    True: Text(
        "All clauses hold jointly with a probability of {share}: in {holds} of {of} scenarios.",
        "各条款同时成立的概率为{share}：{of} 个情景中有 {holds} 个。",
    ),
    False: Text(
        "All clauses hold jointly in {holds} of {of} scenarios: {share}.",
        "{of} 个情景中有 {holds} 个各条款同时成立：{share}。",
    ),
}
_ALONE = Text(
    "Each clause by itself, all other clauses dropped, limits and paths too; the rarest first",
    "单独考察各条款（不计其余目标、上限与路径），概率低者在前",
)
_ALWAYS = Text(
    "{count} clauses hold by themselves wherever they are in force, of {asked} scenarios asked.",
    "{count} 项条款在所求解的 {asked} 个情景中，凡生效之处单独均成立。",
)
_CONFLICTS = Text(
    "What clashes. One set of clauses that cannot hold together is shown for each infeasible scenario; others, and "
    "smaller ones, may be there beside it. A conflict is there at least as often as it is shown.",
    "冲突。每个不可行情景只列出一组不能同时成立的条款，可能还有其他或更小的冲突；各冲突实际出现的频率不低于所列",
)
_IN_CONFLICT = Text(
    "Clauses in the conflicts that are shown; each is in one at least as often",
    "涉及所列冲突的条款（实际频率不低于所列）",
)
_MORE = Text("… and {more} more", "……另有 {more} 项")
_HEADS = {
    "clause": Text("Clause", "条款"),
    "conflict": Text("Conflict", "冲突"),
    "share": Text("Share, %", "占比，%"),
    "chance": Text("Probability, %", "概率，%"),
    "shown": Text("Shown in, %", "列出占比，%"),
    "interval": Text("{level} % interval", "{level}%区间"),
    "scenarios": Text("Scenarios", "情景数"),
    "number": Text("Number", "变动项"),
    "unit": Text("Unit", "单位"),
    "range": Text("Low to high", "低值至高值"),
    "at_low": Text("At low", "取低值时"),
    "at_high": Text("At high", "取高值时"),
    "swing": Text("Swing", "变幅"),
    "error": Text("±", "±"),
    "rank": Text("Among ranks", "秩回归系数"),
    "main": Text("Alone", "单独"),
    "total": Text("With others", "含交互"),
    "mean": Text("Mean effect", "平均效应"),
    "size": Text("Mean size", "平均绝对效应"),
    "spread": Text("Spread", "离散程度"),
}
_ONE = Text(
    "What moves {what}: each number by itself from its low to its high, all else as the scenario has it; {count} "
    "scenarios. As it stands: {centre}.",
    "{what}的影响因素：逐项由低值变到高值，其余与情景一致；{count} 个情景。情景本身：{centre}。",
)
_REGRESSED = Text(
    "What moves {what}: linear regression over {count} scenarios, which explains {explained} of the variance ({ranks} "
    "among ranks). Mean: {centre}.",
    "{what}的影响因素：{count} 个情景的线性回归，解释方差的 {explained}（按秩 {ranks}）。均值：{centre}。",
)
_WITHOUT = Text(
    "{count} of them are undecided and have no such value; they are not in the regression.",
    "其中 {count} 个未能判定，无此数值，未进入回归。",
)
_POOR = Text(
    "A line explains little here: read the order of the numbers with care.", "线性解释程度低：变动项的排序须谨慎看待。"
)
_SOBOL = Text(
    "Where the variance of {what} comes from (Sobol): the share due to a number alone, and with whatever it does "
    "together with others; {points} base points, {count} scenarios, ± is {level} % by resampling.",
    "{what}的方差来源（索博尔指数）：单独贡献，以及含交互的总贡献；"
    "{points} 个基点、{count} 个情景，± 为重抽样的{level}%区间。",
)
_MORRIS = Text(
    "What moves {what} (Morris): the effect of a number over its whole range, on average, in size, and how much it "
    "differs from place to place; {points} trajectories, {count} scenarios, ± is {level} % by resampling.",
    "{what}的影响因素（莫里斯法）：变动项在全范围内的平均效应、平均绝对效应及其离散程度；"
    "{points} 条轨迹、{count} 个情景，± 为重抽样的{level}%区间。",
)
_CONSTANT = Text("{what}: {value} in every scenario; nothing moves it.", "{what}：所有情景均为 {value}，无影响因素。")
_REFUSED = Text("Not told: {found}; expected: {expected} [{code}]", "未给出：{found}；应为：{expected} [{code}]")
LITTLE = 0.5
ROUNDING = 1e-12


def lines(found: Answers, language: Language) -> list[str]:
    """Everything that the store answers, in lines."""
    said = [_head(found.basis, language), ""]
    said += [*_holding(found.holding, language)]
    if found.ways_out is not None:
        said += ["", *way_lines(found.ways_out, language)]
    names = named(_clauses_shown(found), found.clause_titles, language)
    said += ["", *names] if names else []
    for tornado in found.tornadoes.values():
        said += ["", *_tornado(tornado, language)]
    for indices in found.indices.values():
        said += ["", *_indices(indices, language)]
    if found.boxes:
        said += ["", *box_lines(dict(found.boxes), language)]
    if found.refused:
        said.append("")
        said += [
            _REFUSED.read(language).format(
                found=one.found.read(language), expected=one.expected.read(language), code=one.code
            )
            for one in found.refused
        ]
    return [*said, "", *(words.read(language) for words in (*MEANT.values(), *found.basis.sentences))]


def _clauses_shown(found: Answers) -> Iterator[str]:
    """Ids of clauses in the tables, in their order."""
    yield from (clause for clause, _ in _doubtful(found.holding)[:SHOWN])
    yield from (clause for one in found.holding.conflicts[:SHOWN] for clause in one.clauses)
    yield from list(found.holding.in_conflict)[:SHOWN]
    if found.ways_out is not None:
        yield from (one.clause for one in found.ways_out.clauses[:SHOWN])


def _head(basis: Basis, language: Language) -> str:
    return _HEAD.read(language).format(
        name=basis.name,
        count=basis.scenarios,
        scenario=basis.scenario,
        kind=_KINDS[basis.kind].read(language),
        run_id=basis.run_id[:8],
    )


def _holding(found: Holding, language: Language) -> list[str]:
    joint, sampled = found.joint, found.basis.probability
    share = share_words(joint, language)
    said = [_JOINT[sampled].read(language).format(share=share, holds=times_words(joint), of=joint.of), ""]
    doubtful = _doubtful(found)
    if doubtful:
        said += [_ALONE.read(language), *_shares(found, _HEADS["clause"], doubtful, language)]
    always = len(found.alone) - len(doubtful)
    if always:
        said.append(_ALWAYS.read(language).format(count=always, asked=found.basis.asked_alone))
    if found.conflicts:
        clashes = [(AND.join(one.clauses), one.estimate) for one in found.conflicts]
        said += ["", _CONFLICTS.read(language), *_shares(found, _HEADS["conflict"], clashes, language, "shown")]
        members = list(found.in_conflict.items())
        said += ["", _IN_CONFLICT.read(language), *_shares(found, _HEADS["clause"], members, language, "shown")]
    return said


def _doubtful(found: Holding) -> list[tuple[str, Estimate]]:
    """Clauses that do not hold by themselves everywhere, the rarest first."""
    return sorted(
        ((clause, one) for clause, one in found.alone.items() if one.holds < one.of),
        key=lambda pair: (pair[1].holds / pair[1].of, pair[0]),
    )


def _shares(
    found: Holding, name: Text, rows: list[tuple[str, Estimate]], language: Language, what: str | None = None
) -> list[str]:
    sampled = found.basis.probability
    heads = [name.read(language), _HEADS[what or ("chance" if sampled else "share")].read(language)]
    if sampled:
        heads.append(_HEADS["interval"].read(language).format(level=f"{100 * found.basis.level:g}"))
    heads.append(_HEADS["scenarios"].read(language))
    cells = []
    for label, one in rows[:SHOWN]:
        row = [label, range_words(one.low, one.high)]
        if sampled:
            row.append(range_words(one.error_low, one.error_high))
        cells.append([*row, f"{times_words(one)}/{one.of}"])
    return [*text_table(heads, cells), *_more(rows, language)]


def _tornado(found: Tornado, language: Language) -> list[str]:
    what = found.title.read(language)
    centre = NONE if found.centre is None else f"{found.centre:.4g}"
    if found.method == ONE_AT_A_TIME:
        head = _ONE.read(language).format(what=what, count=found.scenarios, centre=centre)
    else:
        shares = [NONE if one is None else f"{one:.0%}" for one in (found.explained, found.explained_ranks)]
        head = _REGRESSED.read(language).format(
            what=what, count=found.scenarios, explained=shares[0], ranks=shares[1], centre=centre
        )
    moving = [bar for bar in found.bars if bar.moves(found.centre)]
    if not moving:
        return [_CONSTANT.read(language).format(what=what, value=centre)]
    said = [head]
    if found.without and found.method != ONE_AT_A_TIME:
        said.append(_WITHOUT.read(language).format(count=found.without))
    if found.explained is not None and found.explained < LITTLE:
        said.append(_POOR.read(language))
    names = ["number", "unit", "range"]
    names += ["at_low", "at_high"] if found.method == ONE_AT_A_TIME else []
    names += ["swing"]
    sampled = any(bar.error is not None for bar in found.bars)
    names += ["error"] if sampled else []
    names += ["rank"] if any(bar.rank is not None for bar in found.bars) else []
    heads = [_HEADS[name].read(language) for name in names]
    rows = [_bar(bar, names, language) for bar in moving[:SHOWN]]
    return [*said, *text_table(heads, rows, 2), *_more(moving, language)]


def _bar(bar: Bar, names: list[str], language: Language) -> list[str]:
    cells = {
        "number": bar.title.read(language),
        "unit": printed_label(bar.unit, language),
        "range": f"{bar.low.value:.6g} … {bar.high.value:.6g}",
        "at_low": _number(bar.low.found),
        "at_high": _number(bar.high.found),
        "swing": _signed(bar.swing),
        "error": _number(bar.error),
        "rank": _signed(bar.rank),
    }
    return [cells[name] for name in names]


def _indices(found: Indices, language: Language) -> list[str]:
    what = found.title.read(language)
    if found.constant is not None:
        return [_CONSTANT.read(language).format(what=what, value=f"{found.constant:.4g}")]
    morris = found.method == MORRIS
    head = (_MORRIS if morris else _SOBOL).read(language)
    said = [head.format(what=what, points=found.points, count=found.scenarios, level=f"{100 * found.level:g}")]
    names = (
        ("number", "mean", "error", "size", "error", "spread", "error")
        if morris
        else ("number", "main", "error", "total", "error")
    )
    rows = []
    for one in found.indices[:SHOWN]:
        if morris:
            sizes = (one.main_error, one.total, one.total_error, one.spread, one.spread_error)
            cells = [_signed(one.main), *map(_number, sizes)]
        else:
            cells = [f"{one.main:.3f}", f"{one.main_error:.3f}", f"{one.total:.3f}", f"{one.total_error:.3f}"]
        rows.append([one.title.read(language), *cells])
    heads = [_HEADS[name].read(language) for name in names]
    return [*said, *text_table(heads, rows), *_more(found.indices, language)]


def _more(rows: Iterable[object], language: Language) -> list[str]:
    count = len(list(rows))
    return [_MORE.read(language).format(more=count - SHOWN)] if count > SHOWN else []


def _number(value: float | None) -> str:
    return NONE if value is None else f"{value:.4g}"


def _signed(value: float | None) -> str:
    return NONE if value is None else f"{0.0 if abs(value) < ROUNDING else value:+.3g}"
