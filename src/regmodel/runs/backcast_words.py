"""What a back-cast says in words: the verdict in a sentence, and what a reader must know to trust or distrust it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from regmodel.runs.observations import BASES, WITHOUT_BASIS, Observation
from regmodel.runs.scoring import PEOPLE
from regmodel.vocabulary.glossary import term
from regmodel.vocabulary.regions import RegionSets
from regmodel.vocabulary.texts import Language, Text, list_words

_FED = Text(
    "Started from the census of 2010. Of 2020 it was told the total number of residents of {places} and nothing else; "
    "these totals are imposed and so not scored.",
    "自2010年普查起步；2020年的数据中只给定{places}的常住人口总量；总量由外部给定，不参与评分。",
)
UNIFORM = Text(
    "Births and deaths are taken alike everywhere. Against an imposed total only differences between regions would "
    "count, and the records have none of 2010; differences of the past are inside the pattern.",
    "各地自然增长率取相同值：总量既已给定，只有地区间差异才起作用，而记录中没有2010年的分地区数据；以往的差异已包含在增减格局中。",
)
PACE = Text(
    "The urban share follows the bounded logistic at the region's pace between 2000 and 2010 (the share of 2000 is "
    "recalled, confidence D). The records have no earlier urban share of a city, so every city takes that pace, "
    "those outside the region too.",
    "城镇化率按有上限的逻辑斯蒂曲线推算，速度取全区2000至2010年的速度（2000年数值凭记忆引用，可信度D）。"
    "记录中没有各城市更早的城镇化率，故各城市（含区外城市）均取该速度。",
)
CEILINGS = Text(
    "One general ceiling of the urban share holds for every city here: the ceilings of single cities in the records "
    "were judged with 2020 in sight.",
    "此处各城市统一采用一般城镇化率上限：记录中分城市的上限是在已知2020年数据的情况下判断的。",
)
DEFINITION = Text(
    "The censuses of 2010 and 2020 draw the line between town and country differently; part of the miss in the urban "
    "population is this change of definition.",
    "2010年与2020年普查的城乡划分口径不同，城镇人口误差有一部分来自口径变化。",
)
SHARE_OF_PROJECTED = Text(
    "Constant share is taken of the projected total: nobody knew the observed one.",
    "“比重不变”以推演总量为基数：观测总量事先无人知晓。",
)
RANGES_ALONE = Text(
    "Low and high carry the ranges of the assumed records alone: before 2010 nothing was scored that could tell how "
    "far the method itself misses.",
    "上下限只反映假设记录的取值范围：2010年以前没有可评分的推演，无从得知方法本身的误差。",
)
_WITH_ERRORS = Text(
    "Low and high of {variables} carry the ranges of the assumed records and, growing with the years, the error of the "
    "back-cast from 2010 to 2020, in quadrature.",
    "{variables}的上下限由假设记录的取值范围与2010至2020年回溯误差（随年数增大）按平方和合成。",
)
_RANGES_ONLY = Text(
    "Low and high of {variables} carry the ranges of the records alone: the back-cast from 2010 to 2020 scored people "
    "only.",
    "{variables}的上下限只反映记录的取值范围：2010至2020年的回溯只检验了人口。",
)
_NOT_SCORED = Text(
    "Not scored: {variable} of {place}, {year}: {reason}.", "未评分：{place}{year}年{variable}：{reason}。"
)
BENCHMARK_NAMES = {
    "constant_share": Text("constant share", "“比重不变”"),
    "last_value": Text("last value", "“沿用上值”"),
    "constant_rate": Text("constant rate", "“增速不变”"),
}
PRICES = Text(
    "Money is projected in prices of 2020; observed values in current prices are not comparable with it.",
    "价值量按2020年价格推演；按现价统计的观测值与之不可比。",
)
_SENTENCE = Text(
    "{variable}: mean error {own} % ({n}), against {others}: {word}",
    "{variable}：平均误差 {own}%（{n}），对照{others}：{word}",
)
_ALONE = Text("{variable}: mean error {own} % ({n})", "{variable}：平均误差 {own}%（{n}）")
_VALUES = Text("n = {n}", "{n} 个数值")
_OTHER = Text("{name} {error} %", "{name} {error}%")
_OF_SOME = Text(
    "{name} {error} % (of {some} of these values, where the projection has {own} %)",
    "{name} {error}%（仅其中 {some} 个数值，推演在这些数值上为 {own}%）",
)
_FROM = Text("Projected from {base} and scored against observed values. ", "自{base}年起推演，并与观测值比较。")
_BETTER = Text("better than {names}", "优于{names}")
_NO_BETTER = Text("no better than {names}", "不优于{names}")
_ONE = Text("n = 1, which says little", "仅 1 个数值，说明不了多少")
_NOTHING = Text("Nothing was scored: {why}.", "未能评分：{why}。")
_NONE_FOUND = Text(
    "no observed value is of a year and a variable that were projected", "没有与推演年份和变量相对应的观测值"
)
_EARLIER = Text(
    "With --base {base} the projection starts early enough to be compared with values up to {last}; in this file: {n}.",
    "加上 --base {base}，推演即自{base}年起步，可与{last}年及以前的数值比较；本文件中有 {n} 个。",
)
_WORST = Text(
    "Largest miss of {variable}: {place} {year}, {error} % of what was observed.",
    "{variable}误差最大者：{place}{year}年，为观测值的 {error}%。",
)
_INSIDE = Text(
    "{variable}: {inside} of {n} observed values lie between low and high{coverage}.",
    "{variable}：{n} 个观测值中有 {inside} 个落在上下限之间{coverage}。",
)
_SHARE = Text(", {share} % of them", "，占 {share}%")
_COVERAGE = Text(
    "Coverage of the interval is not assessable: fewer than three years are scored.",
    "区间覆盖率无法评估：参与评分的年份不足三个。",
)
_SCALED = Text(
    "Constant rate is fitted on 2000 to 2010 and knows no total; scaled to the observed total it would miss the "
    "population by {error} % on average.",
    "“增速不变”按2000至2010年拟合，不使用总量；若按观测总量折算，人口平均误差为 {error}%。",
)
_NO_RATE = Text(
    "No constant rate is given for {variables}: up to the base year the records have one comparable value of a place "
    "and no earlier one.",
    "{variables}不给出“增速不变”：基年及以前的记录中，各地只有一个可比数值，没有更早的数值。",
)
_BASIS = {
    "census": Text("census day (1 November)", "普查时点（11月1日）"),
    "year_end": Text("year end", "年末"),
}
_TAKEN = Text(
    "{n} rows without a basis are read as {basis}.",
    "{n} 行未注明口径，按{basis}处理。",
)
_MIXED = Text(
    "{n} values of people are of the year end; the projection counts from census day, two months earlier, and is not "
    "shifted.",
    "{n} 个人口数值为年末口径；推演以普查时点为准，早两个月，未作平移。",
)


def sentence(base_year: int, summary: Mapping[str, Mapping[str, Any]]) -> Text:
    """Whether the projection did better than each rule of thumb, with the numbers, whichever way they fall."""
    if not summary:
        return nothing(_NONE_FOUND)
    lead = _FROM.fill(base=base_year)
    parts = [(_scored(variable, entry, "en"), _scored(variable, entry, "zh")) for variable, entry in summary.items()]
    return Text(lead.en + "; ".join(en for en, _ in parts) + ".", lead.zh + "；".join(zh for _, zh in parts) + "。")


def _scored(variable: str, entry: Mapping[str, Any], language: Language) -> str:
    """One variable's error beside those of the rules of thumb that say something of it."""
    names = {name: words.read(language) for name, words in BENCHMARK_NAMES.items()}
    told = {name: entry[f"mape_{name}"] for name in names if entry[f"mape_{name}"] is not None}
    others = []
    for name, error in told.items():
        here = entry["where_told"][name]
        form = _OTHER if here["n"] == entry["n"] else _OF_SOME
        own = f"{here['mape']:.1f}"
        others.append(form.read(language).format(name=names[name], error=f"{error:.1f}", some=here["n"], own=own))
    words = []
    for form, some in (
        (_BETTER, [name for name in told if name in entry["better_than"]]),
        (_NO_BETTER, [name for name in told if name not in entry["better_than"]]),
    ):
        if some:
            words.append(form.read(language).format(names=list_words([names[name] for name in some], language)))
    between = "，" if language == "zh" else ", "
    form = _SENTENCE if told else _ALONE
    return form.read(language).format(
        variable=term(variable).title.read(language),
        own=f"{entry['mape']:.1f}",
        n=(_ONE if entry["n"] == 1 else _VALUES).read(language).format(n=entry["n"]),
        others=between.join(others),
        word=between.join(words),
    )


def from_earlier(base: int, last: int, count: int) -> Text:
    """That so many values up to a year could be scored from an earlier base."""
    return _EARLIER.fill(base=base, last=last, n=count)


def fed(regions: RegionSets, pools: Sequence[str]) -> Text:
    """What the hold-out was told of the year that it is scored on."""
    names = [regions.name(pool) for pool in pools]
    return Text(
        _FED.en.format(places=list_words([name.en for name in names], "en")),
        _FED.zh.format(places=list_words([name.zh for name in names], "zh")),
    )


def nothing(why: Text) -> Text:
    """That nothing was scored, and why."""
    return Text(_NOTHING.en.format(why=why.en), _NOTHING.zh.format(why=why.zh))


def findings(
    scores: Sequence[Mapping[str, Any]], summary: Mapping[str, Mapping[str, Any]], regions: RegionSets
) -> list[Text]:
    """Where it missed most, and how often the observed values lay inside the interval."""
    notes = []
    for variable, entry in summary.items():
        title = term(variable).title
        rows = [row for row in scores if row["variable"] == variable and row["observed"]]
        worst = max(rows, key=lambda row: abs(row["projected"] / row["observed"] - 1))
        place = regions.name(str(worst["region"]))
        error = f"{100 * (worst['projected'] / worst['observed'] - 1):+.1f}"
        notes.append(
            Text(
                _WORST.en.format(variable=title.en.lower(), place=place.en, year=worst["year"], error=error),
                _WORST.zh.format(variable=title.zh, place=place.zh, year=worst["year"], error=error),
            )
        )
        if entry["inside_interval"] is not None:
            notes.append(_inside(title, entry))
    if any(entry["inside_interval"] is not None and entry["coverage"] is None for entry in summary.values()):
        notes.append(_COVERAGE)
    return notes


def _inside(title: Text, entry: Mapping[str, Any]) -> Text:
    """How many values the interval held; as a share of them once there are years enough to call it a coverage."""
    counts = {"inside": entry["inside_interval"], "n": entry["n"]}
    share = _SHARE.fill(share=f"{100 * entry['coverage']:.0f}") if entry["coverage"] is not None else None
    said = ("", "") if share is None else (share.en, share.zh)
    return Text(
        _INSIDE.en.format(variable=title.en, coverage=said[0], **counts),
        _INSIDE.zh.format(variable=title.zh, coverage=said[1], **counts),
    )


def interval_notes(scores: Sequence[Mapping[str, Any]], errors: Mapping[str, float]) -> list[Text]:
    """What low and high hold: the scored errors and the records' ranges, or the ranges alone."""
    scored = {*errors, *(("rural_population",) if errors else ())}
    variables = list(dict.fromkeys(str(row["variable"]) for row in scores if row["low"] is not None))
    notes = []
    for form, names in (
        (_WITH_ERRORS, [name for name in variables if name in scored]),
        (_RANGES_ONLY, [name for name in variables if name not in scored]),
    ):
        if names:
            titles = [term(name).title for name in names]
            notes.append(
                Text(
                    form.en.format(variables=list_words([title.en.lower() for title in titles], "en")),
                    form.zh.format(variables=list_words([title.zh for title in titles], "zh")),
                )
            )
    return notes


def not_scored(rows: Sequence[Mapping[str, Any]], regions: RegionSets) -> list[Text]:
    """Every row of a file that was not scored, with the reason: places of which the same is to be said together."""
    together: dict[tuple[str, int, str], list[Mapping[str, Any]]] = {}
    for row in rows:
        together.setdefault((str(row["variable"]), int(row["year"]), row["reason"].en), []).append(row)
    said = []
    for (variable, year, _), alike in together.items():
        title, reason = term(variable).title, alike[0]["reason"]
        places = [regions.name(str(row["region"])) for row in alike]
        here = Text(list_words([one.en for one in places], "en"), list_words([one.zh for one in places], "zh"))
        said.append(
            Text(
                _NOT_SCORED.en.format(variable=title.en.lower(), place=here.en, year=year, reason=reason.en),
                _NOT_SCORED.zh.format(variable=title.zh, place=here.zh, year=year, reason=reason.zh),
            )
        )
    return said


def rate_notes(scores: Sequence[Mapping[str, Any]], scaled_error: float | None) -> list[Text]:
    """For which variables a constant rate could be fitted, and what it would be worth given the total."""
    notes = [] if scaled_error is None else [_SCALED.fill(error=f"{scaled_error:.1f}")]
    variables = list(dict.fromkeys(str(row["variable"]) for row in scores))
    without = [
        term(variable).title
        for variable in variables
        if not any(row["constant_rate"] is not None for row in scores if row["variable"] == variable)
    ]
    if without:
        notes.append(
            Text(
                _NO_RATE.en.format(variables=", ".join(title.en.lower() for title in without)),
                _NO_RATE.zh.format(variables="、".join(title.zh for title in without)),
            )
        )
    return notes


def basis_notes(observations: Sequence[Observation]) -> list[Text]:
    """What the scored values count at, and what was taken where the file does not say."""
    notes = []
    taken = sum(not row.basis_given for row in observations)
    if taken:
        basis = _BASIS[WITHOUT_BASIS]
        notes.append(Text(_TAKEN.en.format(n=taken, basis=basis.en), _TAKEN.zh.format(n=taken, basis=basis.zh)))
    later = sum(row.basis == BASES[1] and row.variable in PEOPLE for row in observations)
    if later:
        notes.append(_MIXED.fill(n=later))
    return notes
