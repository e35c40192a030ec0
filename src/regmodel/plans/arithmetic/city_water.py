"""An independent study of a city's demand beside the cap that the regulation sets."""

from __future__ import annotations

from collections.abc import Iterator

from regmodel.params import convert
from regmodel.plans.arithmetic.finding import Contradiction, Status, number, percent, phrase, signed, told
from regmodel.plans.arithmetic.register import Register
from regmodel.plans.clause import Clause
from regmodel.vocabulary.texts import Text, same

ALLOCATED = "water_supplied"
SHORTAGE = "water_shortage_share"
USE = "water_use_total"


_INDEPENDENT_DEMAND = Text(
    (
        "An independent study ({study}) serves {place} {supplied} x 10^8 m3 in {year} with {short} % of demand "
        "left unserved: a demand of {demand} x 10^8 m3, {gap} x 10^8 beside a cap of {cap}{held}. Demand is "
        "{ratio} times the cap, and what is served {served} times."
    ),
    (
        "一项独立研究（{study}）为{place}{year}年配水{supplied}亿立方米，缺水率{short}%，即需水{demand}亿立方米，与"
        "用水总量{cap}{held}相差{gap}亿立方米。需水为该上限的{ratio}倍，配水量为其{served}倍。"
    ),
)


def independent_demand(register: Register) -> Iterator[Contradiction]:
    """Demand of the study, which is what it allocates over one less its shortage, against the cap."""
    for allocated in register:
        if allocated.variable != ALLOCATED or allocated.kind != "check" or allocated.year_to is None:
            continue
        shortage = _matching(register, SHORTAGE, allocated)
        cap = _cap(register, allocated)
        if shortage is None or cap is None:
            continue
        register = register.afresh()
        supplied = register.value(allocated.id)
        demand = supplied / (1 - register.value(shortage.id))
        limit = register.value(cap.id)
        status: Status = "tension" if demand > limit else "compatible"
        later = cap.year_to is not None and allocated.year_to > cap.year_to
        yield Contradiction(
            id=f"city_water.{allocated.region}.{allocated.year_to}",
            clauses=(cap.id, allocated.id, shortage.id),
            readings={},
            region=allocated.region,
            year=allocated.year_to,
            amount=_yi(demand - limit),
            unit="10^8 m3",
            sentence=told(
                _INDEPENDENT_DEMAND,
                study=allocated.document.short if allocated.document else allocated.plan,
                supplied=number(_yi(supplied), 4),
                short=percent(register.value(shortage.id), 2),
                demand=number(_yi(demand), 2),
                place=register.place(allocated.region),
                year=allocated.year_to,
                gap=signed(_yi(demand - limit), 2),
                cap=cap.said(),
                held=phrase(", if it holds on", "，假定延续") if later else "",
                ratio=number(demand / limit, 3),
                served=number(supplied / limit, 3),
            ),
            working=(
                same(
                    f"{number(_yi(supplied), 4)} / (1 - {percent(register.value(shortage.id), 2)} %)"
                    f" = {number(_yi(demand), 3)}"
                ),
                same(f"{number(_yi(demand), 3)} / {number(_yi(limit), 2)} = {number(demand / limit, 4)}"),
            ),
            status=status,
            assumed=register.assumed,
        )


def _matching(register: Register, variable: str, clause: Clause) -> Clause | None:
    key = (variable, clause.region, clause.year_to, clause.plan)
    return next((o for o in register if (o.variable, o.region, o.year_to, o.plan) == key), None)


def _cap(register: Register, clause: Clause) -> Clause | None:
    """The last printed cap of the region; beyond its year it is taken to hold on."""
    caps = [
        other
        for other in register
        if (other.variable, other.region, other.kind) == (USE, clause.region, "cap") and other.value is not None
    ]
    return max(caps, key=lambda cap: cap.year_to or 0, default=None)


def _yi(hm3: float) -> float:
    return convert(hm3, "hm3/year", "10^8 m3")
