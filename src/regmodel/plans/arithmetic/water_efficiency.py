"""Growth of output against the fall of water per output, and which of intensity and cap binds first."""

from __future__ import annotations

from collections.abc import Iterator

from regmodel.equations.output import grown_level
from regmodel.params import convert
from regmodel.plans.arithmetic.finding import (
    Contradiction,
    Status,
    number,
    percent,
    phrase,
    signed_percent,
    told,
)
from regmodel.plans.arithmetic.register import Register, last_year, years_of
from regmodel.plans.clause import Clause
from regmodel.vocabulary.texts import Text, same

GROWTH = "hbew_gdp_growth"
INDUSTRY = "water_per_industrial_va_change"
OUTPUT = "water_per_gdp_change"
USE = "water_use_total"


_INDUSTRIAL_INTENSITY = Text(
    (
        "If the industry of {place} grows as output is to, {growth}, and its water per value added changes as "
        "asked, {said}, industry takes {more} % water by {year}. To take no more, water per value added has to "
        "change by {needed} % in {years} years, {yearly} % a year.{extra}"
    ),
    (
        "若{place}工业按产出目标{growth}增长，且单位工业增加值用水按要求变化，即{said}，则到{year}年工业用水变化{more}%。若用水"
        "不增，该指标{years}年须变化{needed}%，即年均{yearly}%。{extra}"
    ),
)
_OUTPUT_INTENSITY_AGAINST_CAP = Text(
    (
        "At a growth of {growth}, {said} in water per output would let total use of {place} change by {loose} %, "
        "while a cap of {cap} allows {room} % on the {use} x 10^8 m3 of {year}: {binds} binds first."
    ),
    (
        "增速{growth}时，单位产出用水{said}允许{place}用水总量变化{loose}%，而用水总量{cap}在{year}年{use}亿立方米基"
        "础上只允许{room}%：先起约束作用的是{binds}。"
    ),
)


def industrial_intensity(register: Register) -> Iterator[Contradiction]:
    """Industrial water where industry grows as the plan's output and its intensity falls as the regulation asks."""
    for clause in _intensities(register, INDUSTRY):
        register = register.afresh()
        growth = _growth_factor(register)
        change = register.value(clause.id)
        factor = growth * (1 + change)
        needed = 1 / growth - 1
        years = years_of(register[GROWTH])
        volume = register.figure("water_use_industry", clause.region, _base(register))
        extra = _added_volume(volume.value, factor, _base(register)) if volume is not None else ""
        status: Status = "tension" if factor > 1 else "compatible"
        yield Contradiction(
            id=f"water_efficiency.industry.{clause.region}",
            clauses=(GROWTH, clause.id),
            readings={},
            region=clause.region,
            year=last_year(clause),
            amount=100 * (factor - 1),
            unit="%",
            sentence=told(
                _INDUSTRIAL_INTENSITY,
                place=register.place(clause.region),
                growth=register.said(GROWTH),
                said=clause.said(),
                more=signed_percent(factor - 1),
                year=last_year(clause),
                needed=signed_percent(needed, 2),
                years=years,
                yearly=signed_percent((1 + needed) ** (1 / years) - 1, 2),
                extra=extra,
            ),
            working=(
                same(f"{number(growth, 4)} x {number(1 + change, 3)} = {number(factor, 4)}"),
                same(f"1 - 1 / {number(growth, 4)} = {number(-needed, 4)}"),
            ),
            status=status,
            assumed=register.assumed,
        )


def output_intensity_against_cap(register: Register) -> Iterator[Contradiction]:
    """What the fall of water per output would still allow, beside what the cap allows."""
    for clause in _intensities(register, OUTPUT):
        register = register.afresh()
        cap = _cap(register, clause)
        use = _base_use(register, clause.region)
        if cap is None or use is None:
            continue
        growth, change, limit = _growth_factor(register), register.value(clause.id), register.value(cap.id)
        factor, room = growth * (1 + change), limit / use
        binds = cap if room < factor else clause
        yield Contradiction(
            id=f"water_efficiency.output.{clause.region}",
            clauses=(GROWTH, clause.id, cap.id),
            readings={},
            region=clause.region,
            year=last_year(clause),
            amount=100 * (factor - room),
            unit="percentage points",
            sentence=told(
                _OUTPUT_INTENSITY_AGAINST_CAP,
                growth=register.said(GROWTH),
                said=clause.said(),
                place=register.place(clause.region),
                loose=signed_percent(factor - 1),
                cap=cap.said(),
                room=signed_percent(room - 1),
                use=number(_yi(use)),
                year=_base(register),
                binds=phrase("the cap", "用水总量") if binds is cap else phrase("the intensity", "用水强度"),
            ),
            working=(
                same(f"{number(growth, 4)} x {number(1 + change, 3)} = {number(factor, 4)}"),
                same(f"{number(_yi(limit), 2)} / {number(_yi(use), 2)} = {percent(room)} %"),
            ),
            status="tension" if binds is cap else "compatible",
            assumed=register.assumed,
        )


def _cap(register: Register, clause: Clause) -> Clause | None:
    """The printed cap on total use of the same region and year."""
    key = (USE, clause.region, "cap", clause.year_to)
    caps = (o for o in register if (o.variable, o.region, o.kind, o.year_to) == key and o.value is not None)
    return next(caps, None)


def _intensities(register: Register, variable: str) -> Iterator[Clause]:
    """Intensity targets of regions that share a city with the growth target."""
    if not register.has(GROWTH):
        return
    growing = set(register.book.regions.members(register[GROWTH].region))
    for clause in register:
        asks = clause.variable == variable and clause.kind == "target" and clause.value is not None
        if asks and growing & set(register.book.regions.members(clause.region)):
            yield clause


def _growth_factor(register: Register) -> float:
    rate = register.value(GROWTH)
    return float(grown_level(base_level=1.0, growth_rate=rate, step=1.0, elapsed_steps=years_of(register[GROWTH])))


def _base(register: Register) -> int:
    return last_year(register[GROWTH]) - years_of(register[GROWTH])


def _base_use(register: Register, region: str) -> float | None:
    """Use of the base year in hm3 a year: the published figure, else the assumed record."""
    figure = register.figure(USE, region, _base(register))
    if figure is not None:
        return figure.value
    key = f"water.use_base.{region}"
    return register.record(key) if register.book.has(key) else None


def _added_volume(base: float, factor: float, year: int) -> Text:
    return phrase(
        " On {base} x 10^8 m3 of {year} that is {extra} x 10^8 m3.",
        "按{year}年{base}亿立方米计，即增加{extra}亿立方米。",
        base=number(_yi(base)),
        year=year,
        extra=number(_yi(base) * (factor - 1), 2),
    )


def _yi(hm3: float) -> float:
    return convert(hm3, "hm3/year", "10^8 m3")
