"""Printed shares, sums and differences done again on the records; whatever does not agree to its rounding is said."""

from __future__ import annotations

from collections.abc import Iterator

from regmodel.params import MissingFigure
from regmodel.plans.arithmetic.finding import (
    Contradiction,
    Status,
    number,
    percent,
    phrase,
    signed,
    signed_percent,
    told,
)
from regmodel.plans.arithmetic.register import Register, last_year
from regmodel.plans.clause import Clause
from regmodel.vocabulary.regions import UnknownRegion
from regmodel.vocabulary.texts import Text

WHOLES = {"share_of_nation_": "CHINA", "share_of_inner_mongolia_": "INNER_MONGOLIA"}
CHANGE = "_change"
SUMMED = ("population", "gdp")
ABOVE_REGION = "urbanisation_rate_above_region"
SUM_MAY_DIFFER = 0.01  # of the printed total: regional accounts are not made by adding cities up
HALF_UNITS_OF_A_CHANGE = 3  # the two shares and their difference are each rounded


_COMPARED = Text(
    ("{place}, {year}: printed {said}; the records give {computed} {unit}, which {verdict}."),
    ("{place}{year}年：所印{said}；按记录为{computed}{unit}，{verdict}。"),
)
_SERIES_THAT_BREAK = Text(
    (
        "Output of {place} in {year} was printed as {said}; the same cities add up to {now} x 10^8 yuan in "
        "{later}, {change} % on it, although their output grew: the series was revised between and cannot be "
        "chained."
    ),
    (
        "{place}{year}年产出所印为{said}；同样这些城市{later}年合计{now}亿元，变化{change}%，而其间产出实为增长：序列经过"
        "修订，不可衔接。"
    ),
)


def printed_rounding(clause: Clause) -> float:
    """Half a unit of the last digit that the clause prints, in its printed unit."""
    text = f"{clause.value:.10g}"
    return 0.5 * 10.0 ** -(len(text.split(".")[1]) if "." in text else 0)


def shares_of_a_whole(register: Register) -> Iterator[Contradiction]:
    """Each printed share of the nation or the region, from the printed part and the record of the whole."""
    for clause in register:
        for start, whole in WHOLES.items():
            if clause.variable.startswith(start) and clause.value is not None:
                quantity = clause.variable.removeprefix(start)
                own = register.afresh()
                if quantity.endswith(CHANGE):
                    yield from _share_change(own, clause, quantity.removesuffix(CHANGE), whole)
                else:
                    yield from _share(own, clause, quantity, whole)


def _share(register: Register, clause: Clause, quantity: str, whole: str) -> Iterator[Contradiction]:
    year = last_year(clause)
    part = next(
        (
            other
            for other in register
            if (other.kind, other.variable, other.region, other.year_to) == ("baseline", quantity, clause.region, year)
        ),
        None,
    )
    if part is None:
        return
    base = _whole(register, quantity, whole, year)
    share = register.value(part.id) / base
    working = phrase(
        "{a} / {b} = {c} %", "{a} / {b} = {c}%", a=number(register.value(part.id)), b=number(base), c=percent(share, 3)
    )
    implied = phrase(
        "{a} / {p} % = {c} for {place}",
        "{a} / {p}% = {c}（{place}）",
        a=number(register.value(part.id)),
        p=number(clause.value or 0.0),
        c=number(register.value(part.id) / register.value(clause.id)),
        place=register.place(whole),
    )
    yield _compared(register, clause, 100 * share, printed_rounding(clause), (clause.id, part.id), (working, implied))


def _share_change(register: Register, clause: Clause, quantity: str, whole: str) -> Iterator[Contradiction]:
    if clause.year_from is None:
        return
    years = (clause.year_from, last_year(clause))
    shares = [register.total(quantity, clause.region, year) / _whole(register, quantity, whole, year) for year in years]
    working = phrase(
        "{a} % - {b} % = {c} points",
        "{a}% - {b}% = {c}个百分点",
        a=percent(shares[1], 3),
        b=percent(shares[0], 3),
        c=percent(shares[1] - shares[0], 3),
    )
    tolerance = HALF_UNITS_OF_A_CHANGE * printed_rounding(clause)
    yield _compared(register, clause, 100 * (shares[1] - shares[0]), tolerance, (clause.id,), (working,))


def _whole(register: Register, quantity: str, whole: str, year: int) -> float:
    """The whole: its own figure first, as regional accounts are not the sum of the cities'."""
    figure = register.figure(quantity, whole, year)
    return figure.value if figure is not None else register.total(quantity, whole, year)


def _compared(
    register: Register,
    clause: Clause,
    computed: float,
    tolerance: float,
    clauses: tuple[str, ...],
    working: tuple[Text, ...],
    allowed: float = 0.0,
) -> Contradiction:
    """A printed figure beside the computed one, both in the printed unit."""
    printed = register.taken(clause).value or 0.0
    agrees = abs(computed - printed) <= tolerance * (1 + 1e-9)
    status: Status = "check" if agrees or abs(computed - printed) <= allowed * abs(printed) else "tension"
    verdict = (
        phrase("agrees with its rounding", "在四舍五入范围内一致")
        if agrees
        else phrase(
            "differs by {gap} ({part} %)",
            "相差{gap}（{part}%）",
            gap=signed(computed - printed, 2),
            part=signed_percent(computed / printed - 1, 2),
        )
    )
    unit = clause.unit_words
    return Contradiction(
        id=f"printed_shares.{clause.id}",
        clauses=clauses,
        readings={},
        region=clause.region,
        year=clause.year_to,
        amount=computed - printed,
        unit=clause.unit,
        sentence=told(
            _COMPARED,
            place=register.place(clause.region),
            year=clause.year_to,
            said=clause.said(),
            computed=number(computed, 3),
            unit=unit if unit is not None else clause.unit,
            verdict=verdict,
        ),
        working=working,
        status=status,
        assumed=register.assumed,
    )


def sums_of_cities(register: Register) -> Iterator[Contradiction]:
    """Each printed total or urban share of a set in a base year, from the figures of its cities."""
    for clause in register:
        if clause.kind != "baseline" or clause.value is None or clause.year_to is None:
            continue
        try:
            own = register.afresh()
            computed = _from_cities(own, clause, clause.year_to)
        except (MissingFigure, UnknownRegion):
            continue  # no city figures of that year: there is nothing to add up
        if computed is None:
            continue
        working = phrase(
            "computed from the cities: {c}; printed: {p}",
            "按各市计算：{c}；所印：{p}",
            c=number(computed, 4),
            p=number(clause.value, 4),
        )
        yield _compared(own, clause, computed, printed_rounding(clause), (clause.id,), (working,), SUM_MAY_DIFFER)


def _from_cities(register: Register, clause: Clause, year: int) -> float | None:
    members = register.book.regions.members(clause.region)
    figure = register.printed
    if clause.variable in SUMMED:
        return sum(figure(clause.variable, member, year) for member in members)
    if clause.variable != "urbanisation_rate":
        return None
    people = [figure("population", member, year) for member in members]
    if all(register.figure("urban_population", member, year) is not None for member in members):
        urban = [figure("urban_population", member, year) for member in members]
    else:
        urban = [
            figure("urbanisation_rate", member, year) * count for member, count in zip(members, people, strict=True)
        ]
    return 100 * sum(urban) / sum(people)


def differences_of_clauses(register: Register) -> Iterator[Contradiction]:
    """A printed distance between two printed urban shares of one plan."""
    for clause in register:
        if clause.variable != ABOVE_REGION or clause.value is None:
            continue
        shares = [
            other
            for other in register
            if (other.plan, other.variable, other.kind, other.year_to)
            == (clause.plan, "urbanisation_rate", "baseline", clause.year_to)
        ]
        own = next((other for other in shares if other.region == clause.region), None)
        whole = next((other for other in shares if other.region != clause.region), None)
        if own is None or whole is None or own.value is None or whole.value is None:
            continue
        fresh = register.afresh()
        fresh.taken(own)
        fresh.taken(whole)
        working = phrase("{a} - {b}", "{a} - {b}", a=number(own.value, 2), b=number(whole.value, 2))
        names = (clause.id, own.id, whole.id)
        yield _compared(fresh, clause, own.value - whole.value, printed_rounding(clause), names, (working,))


def series_that_break(register: Register) -> Iterator[Contradiction]:
    """A printed base of an earlier plan beside the same cities in the base year: levels that cannot be chained."""
    for clause in register:
        if (clause.kind, clause.variable) != ("baseline", "gdp") or clause.value is None:
            continue
        later = next(
            (
                other
                for other in register
                if other.variable == "gdp" and other.kind == "baseline" and _after(other, clause)
            ),
            None,
        )
        if later is None or later.year_to is None:
            continue
        register = register.afresh()
        then = register.value(clause.id)
        try:
            now = register.total("gdp", clause.region, later.year_to)
        except (MissingFigure, UnknownRegion):
            continue
        yield Contradiction(
            id=f"printed_shares.{clause.id}.series",
            clauses=(clause.id,),
            readings={},
            region=clause.region,
            year=later.year_to,
            amount=100 * (now / then - 1),
            unit="%",
            sentence=told(
                _SERIES_THAT_BREAK,
                said=clause.said(),
                place=register.place(clause.region),
                year=clause.year_to,
                now=number(now),
                later=later.year_to,
                change=signed(100 * (now / then - 1)),
            ),
            working=(phrase("{a} / {b} - 1", "{a} / {b} - 1", a=number(now), b=number(then)),),
            status="tension" if now < then else "check",
            assumed=register.assumed,
        )


def _after(other: Clause, clause: Clause) -> bool:
    return other.year_to is not None and clause.year_to is not None and other.year_to > clause.year_to
