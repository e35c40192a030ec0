"""What a design must have and may not have, by its kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from regmodel.batch.design import DRAWN, EXCHANGEABLE, FACTORIAL, GRIDS, INDEPENDENT, KINDS, LIST, MORRIS, SOBOL, Design
from regmodel.batch.drawing import size_of
from regmodel.batch.factors import Factor
from regmodel.params.records import CONFIDENCE
from regmodel.projection.trajectory import PRINTED
from regmodel.scenario.files import shown
from regmodel.vocabulary.problems import Problems, did_you_mean
from regmodel.vocabulary.regions import RegionSets
from regmodel.vocabulary.sets import BASE_YEAR, LAST_YEAR
from regmodel.vocabulary.texts import Text

MOST_SCENARIOS = 10_000_000
_LEAVE = Text("leave it out", "请省略")
_NOTHING = Text("none", "未给出")
_INDICATOR = (
    Text("a variable of the projection", "预测中的变量"),
    Text("a region or a set of regions", "地区或地区组"),
    Text(f"a year from {BASE_YEAR} to {LAST_YEAR}", f"{BASE_YEAR} 至 {LAST_YEAR} 之间的年份"),
)


def check_design(design: Design, problems: Problems) -> None:
    """Everything that can be said without reading the scenario."""
    if design.kind not in KINDS:
        expected = Text(f"a kind of design: {', '.join(KINDS)}", f"设计类型：{'、'.join(KINDS)}")
        problems.add("B-04", f"{design.name}   kind", f'"{design.kind}"', expected, did_you_mean(design.kind, KINDS))
        return
    _check_counts(design, problems)
    for letter in design.assumptions:
        if letter not in CONFIDENCE:
            expected = Text("letters of confidence, A to E", "可信度字母 A 至 E")
            problems.add(
                "B-04", f"{design.name}   assumptions", f'"{letter}"', expected, did_you_mean(letter, CONFIDENCE)
            )
    _check_list(design, problems)
    _check_correlations(design, problems)


def _check_counts(design: Design, problems: Problems) -> None:
    kind, what = design.kind, Text(f"a design of kind {design.kind}", f"{design.kind} 设计")
    needed = {"count": kind in DRAWN, "seed": kind in DRAWN, "levels": False}
    allowed = {
        "count": kind in DRAWN,
        "seed": kind in DRAWN,
        "levels": kind in GRIDS or kind == MORRIS,
    }
    for name in needed:
        value = getattr(design, name)
        where = f"{design.name}   {name}"
        if needed[name] and value is None:
            expected = Text(f"{name} for {what.en}", f"{what.zh}须有 {name}")
            problems.add("B-09", where, _NOTHING, expected, Text(f"write {name} = …", f"请写 {name} = …"))
        elif not allowed[name] and value is not None:
            expected = Text(f"no {name} for {what.en}", f"{what.zh}没有 {name}")
            problems.add("B-09", where, str(value), expected, _LEAVE)
    for name in ("count", "chunk"):
        if getattr(design, name) == 0:
            to_do = Text("change the number", "请改正数字")
            problems.add("B-09", f"{design.name}   {name}", "0", Text("1 or more", "不小于 1"), to_do)
    for name in ("details", "repairs"):
        if kind not in EXCHANGEABLE and getattr(design, name):
            expected = Text(
                f"0, or no line: a part of {what.en} is no sample, so that all or none are asked",
                f"0，或不写：{what.zh}的一部分不构成样本，只能全部求解或全不求解",
            )
            problems.add("B-09", f"{design.name}   {name}", str(getattr(design, name)), expected, _LEAVE)
    if kind == SOBOL and design.count and design.count & (design.count - 1):
        below = 1 << (design.count.bit_length() - 1)
        expected = Text("a power of two: Sobol's points are balanced only then", "2 的整数次幂：唯此 Sobol 点列才均衡")
        to_do = Text(f"write {below} or {2 * below}", f"请写 {below} 或 {2 * below}")
        problems.add("B-09", f"{design.name}   count", str(design.count), expected, to_do)
    if kind == MORRIS and design.levels is not None and (design.levels < 2 or design.levels % 2):
        to_do = Text("write 4, or leave it out", "请写 4，或省略")
        expected = Text("an even number of levels", "偶数个水平")
        problems.add("B-09", f"{design.name}   levels", str(design.levels), expected, to_do)


def _check_list(design: Design, problems: Problems) -> None:
    if design.kind != LIST:
        if design.scenarios:
            expected = Text('scenarios in a design of kind = "list" only', '仅 kind = "list" 的设计列出 scenarios')
            problems.add("B-09", f"{design.name}   scenarios", str(len(design.scenarios)), expected, _LEAVE)
        return
    if not design.scenarios:
        expected = Text("at least one scenario", "至少一个情景")
        to_do = Text("write [[scenarios]] with id and override", "请写 [[scenarios]]，含 id 与 override")
        problems.add("B-10", f"{design.name}   scenarios", _NOTHING, expected, to_do)
    if design.vary:
        expected = Text("a list says all that differs in its scenarios", "列表设计的差别全部写在各情景中")
        problems.add("B-09", f"{design.name}   vary", shown(list(design.vary)), expected, _LEAVE)
    for name, times in Counter(listed.id for listed in design.scenarios).items():
        if times > 1:
            found = Text(f'"{name}" {times} times', f"“{name}”出现 {times} 次")
            to_do = Text("give each scenario its own id", "请为每个情景取不同的 id")
            problems.add("B-10", f"{design.name}   scenarios", found, Text("each id once", "每个 id 只出现一次"), to_do)


def _check_correlations(design: Design, problems: Problems) -> None:
    for number, correlation in enumerate(design.correlations, start=1):
        where = f"{design.name}   correlation {number}"
        fault = correlation.fault()
        if design.kind not in DRAWN or design.kind in INDEPENDENT:
            found = Text(f"correlations in a design of kind {design.kind}", f"{design.kind} 设计中的相关系数")
            expected = Text(
                "latin_hypercube or random: the others vary each by itself",
                "latin_hypercube 或 random：其余设计各自独立变化",
            )
            problems.add("B-09", where, found, expected, _LEAVE)
        if fault is not None:
            expected = Text(
                "a matrix of rank correlations: 1 on the diagonal, the same both ways, and possible together",
                "秩相关矩阵：对角线为 1、对称、且可同时成立",
            )
            problems.add("B-11", where, fault, expected, Text("mend the matrix", "请改正该矩阵"))
    times = Counter(key for correlation in design.correlations for key in correlation.keys)
    for key, count in times.items():
        if count > 1:
            found = Text(f"{key} {count} times", f"{key} 出现 {count} 次")
            to_do = Text("put its correlations into one matrix", "请将其相关系数写入同一矩阵")
            problems.add(
                "B-11", f"{design.name}   correlation", found, Text("each key once", "每个键只出现一次"), to_do
            )


def check_indicators(design: Design, regions: RegionSets, problems: Problems) -> None:
    """Indicators name a variable of the trend, a region or a set of regions, and a year."""
    years = [str(year) for year in range(BASE_YEAR, LAST_YEAR + 1)]
    places, variables = [*regions.ids(), *regions.sets], [*PRINTED, "urbanisation_rate"]
    for indicator in design.indicators:
        parts = indicator.split(".")
        where = f"{design.name}   indicators"
        if len(parts) != len(_INDICATOR):
            expected = Text("variable.REGION.year", "变量.地区.年份")
            problems.add("B-05", where, f'"{indicator}"', expected, Text("write it in three parts", "请写成三段"))
            continue
        for found, known, expected in zip(parts, (variables, places, years), _INDICATOR, strict=True):
            if found not in known:
                problems.add("B-05", f"{where}   {indicator}", f'"{found}"', expected, did_you_mean(found, known))


def check_size(design: Design, factors: Sequence[Factor], problems: Problems) -> None:
    """What can be said once it is known what varies."""
    if design.kind not in KINDS or design.kind == LIST:
        return
    names = [factor.name for factor in factors]
    for number, correlation in enumerate(design.correlations, start=1):
        for key in correlation.keys:
            if key not in names:
                expected = Text("a key that varies by itself in this design", "本设计中自行变化的键")
                problems.add(
                    "B-05", f"{design.name}   correlation {number}", f'"{key}"', expected, did_you_mean(key, names)
                )
    if not factors and not problems.errors:
        expected = Text("something that varies", "至少一项变化的内容")
        to_do = Text(
            'write [vary] with a key, or assumptions = ["C", "D"]', '请写 [vary] 及其键，或 assumptions = ["C", "D"]'
        )
        problems.add("B-10", design.name, Text("nothing varies", "没有任何变化"), expected, to_do)
    size = size_of(design, factors)
    if size > MOST_SCENARIOS:
        found = Text(
            f"{float(size):.3g} scenarios of {len(factors)} factors",
            f"{len(factors)} 个因素，共 {float(size):.3g} 个情景",
        )
        expected = Text(f"at most {MOST_SCENARIOS:,}", f"不超过 {MOST_SCENARIOS:,} 个")
        to_do = (
            Text("assumptions = [] and name what varies", "请写 assumptions = []，并点名变化的项")
            if design.kind == FACTORIAL
            else Text("write a smaller count", "请减小 count")
        )
        problems.add("B-09", design.name, found, expected, to_do)
