"""Six percent a year against the growth of the five years before, and the investment that it takes."""

from __future__ import annotations

from collections.abc import Iterator

from regmodel.equations.output import grown_level
from regmodel.plans.arithmetic.finding import Contradiction, Status, number, percent, phrase, signed, told
from regmodel.plans.arithmetic.register import Register, last_year, years_of
from regmodel.vocabulary.texts import Text, same

GROWTH = "hbew_gdp_growth"
HISTORY = "hbew_gdp_growth_hist"
REGION_HISTORY = "nm_gdp_growth_hist"
BASE = "hbew_gdp_2020"


_GROWTH_AGAINST_HISTORY = Text(
    (
        "Growth of {growth}, read as {reading} ({rate} % a year), brings the output of {place} to {reached} x "
        "10^8 yuan of the base year's prices in {year}; the {history} of the years before would bring {before}: "
        "{gap} x 10^8 or {gap_share} % more. At {icor} yuan of investment for a yuan of new output (assumed) it "
        "takes {need} % of output instead of {past_need} %; the assumed ceiling is {limit} %."
    ),
    (
        "增速{growth}，按“{reading}”（年均{rate}%）读，{place}{year}年产出（基年价）为{reached}亿元；若延续此前"
        "{history}则为{before}亿元，相差{gap}亿元即{gap_share}%。按假定每1元新增产出需{icor}元投资，投资率须为"
        "{need}%而非{past_need}%；假定上限为{limit}%。"
    ),
)


def growth_against_history(register: Register) -> Iterator[Contradiction]:
    """Level gap in the last year, and the investment share that the growth needs in the Harrod form."""
    if not register.has(GROWTH, HISTORY, BASE):
        return
    clause = register[GROWTH]
    years = years_of(clause)
    base, aim, past = register.value(BASE), register.value(GROWTH), register.value(HISTORY)
    icor = register.record("output.icor")
    limit = register.record("output.investment_share_limit")
    region = (REGION_HISTORY,) if register.has(REGION_HISTORY) else ()
    beside = tuple(_beside(register, name) for name in region)
    for reading in clause.readings:
        low, _ = register.ends(GROWTH, reading)
        growth = aim if low is None or reading == "window" else low
        reached = _level(base, growth, years)
        before = _level(base, past, years)
        need = icor * growth
        status: Status = "contradiction" if need > limit else "tension" if growth > past else "compatible"
        yield Contradiction(
            id=f"output_growth.{reading}",
            clauses=(GROWTH, HISTORY, BASE, *region),
            readings={GROWTH: reading},
            region=clause.region,
            year=last_year(clause),
            amount=reached - before,
            unit="10^8 CNY",
            sentence=told(
                _GROWTH_AGAINST_HISTORY,
                growth=register.said(GROWTH),
                reading=register.reading_name(GROWTH, reading),
                rate=percent(growth),
                place=register.place(clause.region),
                reached=number(reached),
                year=last_year(clause),
                history=phrase("{rate} % a year", "年均{rate}%", rate=percent(past)),
                before=number(before),
                gap=signed(reached - before),
                gap_share=percent(reached / before - 1),
                icor=number(icor),
                need=percent(need),
                past_need=percent(icor * past),
                limit=percent(limit),
            ),
            working=(
                same(f"{number(base)} x (1 + {percent(growth)} %)^{years} = {number(reached)}"),
                same(f"{number(base)} x (1 + {percent(past)} %)^{years} = {number(before)}"),
                same(f"{number(icor)} x {percent(growth)} % = {percent(need)} %"),
                *beside,
            ),
            status=status,
            assumed=register.assumed,
        )


def _beside(register: Register, name: str) -> Text:
    """The growth of another area over the same years, for the reader to compare."""
    place, rate = register.place(register[name].region), percent(register.value(name))
    return phrase("{place}: {rate} % a year", "{place}：年均{rate}%", place=place, rate=rate)


def _level(base: float, growth: float, years: int) -> float:
    return float(grown_level(base_level=base, growth_rate=growth, step=1.0, elapsed_steps=years))
