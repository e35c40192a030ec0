"""The best value that one clause can reach, in sentences and as fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regmodel.report.tradeoffs import REST, SIDES, Told, let_go, show
from regmodel.report.units import printed_label
from regmodel.vocabulary.texts import Language, Text

if TYPE_CHECKING:
    from regmodel.feasibility.best_end import Best
    from regmodel.feasibility.easing import End
    from regmodel.feasibility.numbers import Case

_BEST = Text(
    "Best value of the {side} of {clause} ({said}) with every other clause of {scenario} held: "
    "{value} {unit}; asked: {asked}.",
    "情景 {scenario} 的其他条款全部成立时，{clause} 的{side}（{said}）最优可为 {value} {unit}；现要求 {asked}。",
)
_CHECKED = {
    True: Text(
        "Certified: a plan with {value} was checked, and that none has {beyond} is proved.",
        "已证明：{value} 有方案且已核对；{beyond} 无任何方案，已证明。",
    ),
    False: Text("Not certified on both sides; take it as a hint.", "未能两面证明，仅供参考。"),
}
_ALIKE = Text("The clause moves alike in every year:", "该条款各年同幅变动：")
_YEAR = Text("{year}: {asked} becomes {value}", "{year}年：{asked} 变为 {value}")
_ALL_YEARS = Text("{first} to {last}: {asked} becomes {value}", "{first}—{last}年：{asked} 变为 {value}")
_SETTING = Text("to ask for it, set {key} = {value}", "如需采用，请设 {key} = {value}")


def of_best(case: Case, end: End, verdict: str, best: Best | None) -> Told:
    """The best value of one end of a clause."""
    fields: dict[str, Any] = {
        "question": "max",
        "scenario": case.scenario.name,
        "verdict": verdict,
        "clause": end[0],
        "side": end[1],
    }
    if best is not None:
        fields |= {name: getattr(best, name) for name in ("unit", "asked", "value", "beyond", "holds", "limit")}
        fields["by_year"] = [{"year": year, "asked": asked, "value": value} for year, asked, value in best.by_year]
        fields["override"] = dict(best.override)
    return Told(verdict, fields, lambda language: _best_lines(case, verdict, best, language))


def _best_lines(case: Case, verdict: str, best: Best | None, language: Language) -> list[str]:
    name = case.scenario.name
    if best is None:
        return [REST[verdict].fill(scenario=name).read(language)]
    unit = printed_label(best.unit, language)
    lines = [
        _BEST.read(language).format(
            side=SIDES[best.side].read(language),
            clause=best.clause,
            said=case.scenario.clause(best.clause).clause.said().read(language),
            scenario=name,
            value=show(best.value),
            unit=unit,
            asked=show(best.asked),
        ),
        _CHECKED[best.certified].fill(value=show(best.value), beyond=show(best.beyond)).read(language),
    ]
    other = let_go(case, ((best.clause, best.side),), language).strip()
    lines += [other] if other else []
    if len(best.by_year) > 1:
        lines.append(_ALIKE.read(language))
        lines += [f"  {words.read(language)}" for words in _by_year(best)]
    lines += [_SETTING.fill(key=key, value=f"{value:.10g}").read(language) for key, value in best.override.items()]
    return lines


def _by_year(best: Best) -> list[Text]:
    """A line a year; one for all where they are alike."""
    years = [year for year, _, _ in best.by_year]
    pairs = [(show(asked), show(value)) for _, asked, value in best.by_year]
    if len(set(pairs)) == 1:
        return [_ALL_YEARS.fill(first=years[0], last=years[-1], asked=pairs[0][0], value=pairs[0][1])]
    return [_YEAR.fill(year=year, asked=asked, value=value) for year, (asked, value) in zip(years, pairs, strict=True)]
