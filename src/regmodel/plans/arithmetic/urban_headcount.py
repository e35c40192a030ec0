"""Town residents of the four cities: the level of one plan against the growth of the other, and what is left."""

from __future__ import annotations

from collections.abc import Iterator

from regmodel.equations.output import grown_level
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
from regmodel.plans.arithmetic.register import Register, base_year, last_year, years_of
from regmodel.plans.clause import Clause
from regmodel.vocabulary.texts import Text, same

LEVEL = "hbew_urban_pop_2025"
GROWTH = "hbew_urban_pop_growth"
SHARE = "nm_urb_2025"
PATH = "path.population.INNER_MONGOLIA"


_ONE_READING = Text(
    (
        "{place} had {base} x 10^4 town residents in {year0}. For {year}, {level} is {implied} % on that; a "
        "growth of {growth}, read as {reading}, gives {grown} x 10^4: {gap} x 10^4 beside it, and {share} % of "
        "everyone who lived there in {year0}. {verdict}."
    ),
    (
        "{place}{year0}年城镇人口{base}万人。{year}年目标{level}较其{implied}%；增长{growth}，按“"
        "{reading}”读为{grown}万人，与之相差{gap}万人，相当于{year0}年全部常住人口的{share}%。{verdict}。"
    ),
)
_ROOM = Text(
    (
        "Two floors never exclude each other, but without inflow the assumed ceilings of the urban shares hold "
        "only {room} x 10^4"
    ),
    ("两个下限互不排斥，但若无外来人口，按假定的城镇化率上限仅能容纳{room}万人"),
)
_EXCLUDED = Text("The two cannot both hold", "两者不能同时成立")
_AGREED = Text("The two agree within their wording", "两者在措辞允许范围内一致")
_ENDS = Text(
    "growth: {b} -> {g} ({low} to {high}); level: {t} ({floor} to {ceiling})",
    "增长：{b} -> {g}（{low}至{high}）；总量：{t}（{floor}至{ceiling}）",
)
_REST_OF_THE_REGION = Text(
    (
        "With an urban share of {share} and {level} in {cluster} (or its growth target met), the towns of the "
        "rest of the region, {rest} x 10^4 people in {start}, would change by {least} to {most} x 10^4 by {end}, "
        "although they are to grow as well."
    ),
    (
        "若城镇化率{share}，且{cluster}{level}（或实现其增长目标），则其余地区城镇人口（{start}年{rest}万人）到{end}年只"
        "变化{least}至{most}万人，而这些地区同样有增长目标。"
    ),
)
_REST_WORKING = Text(
    "{share} % x {people} ({reading}) - {head} - {rest} = {change}",
    "{share}% x {people}（{reading}）- {head} - {rest} = {change}",
)


def level_against_growth(register: Register) -> Iterator[Contradiction]:
    """The head-count of one plan against the growth of the other, under every reading of the growth."""
    if not register.has(LEVEL, GROWTH):
        return
    for reading in register[GROWTH].readings:
        yield _one_reading(register.afresh(), reading)


def grown_headcount(register: Register, reading: str, growth: float) -> float:
    """Town residents at the end of the growth clause's period, in 10^4 persons."""
    clause = register[GROWTH]
    base = register.total("urban_population", clause.region, base_year(clause))
    steps = years_of(clause) if reading.startswith("annual") else 1
    return float(grown_level(base_level=base, growth_rate=growth, step=1.0, elapsed_steps=steps))


def _one_reading(register: Register, reading: str) -> Contradiction:
    clause = register[LEVEL]
    base = register.total("urban_population", clause.region, base_year(clause))
    residents = register.total("population", clause.region, base_year(clause))
    side = reading.split(":")[-1]
    target = register.value(LEVEL)
    grown = grown_headcount(register, reading, register.value(GROWTH))
    rates = register.ends(GROWTH, reading)
    low, high = (None if rate is None else grown_headcount(register, reading, rate) for rate in rates)
    floor, ceiling = register.ends(LEVEL, side)
    lows = [end for end in (low, floor) if end is not None]
    highs = [end for end in (high, ceiling) if end is not None]
    apart = bool(highs) and max(lows) > min(highs)
    status: Status = "contradiction"
    verdict = _EXCLUDED
    if not apart:  # only then the assumed ceilings are asked
        room = _room(register, clause)
        crowded = max(lows) > room
        status, verdict = ("tension", told(_ROOM, room=number(room))) if crowded else ("compatible", _AGREED)
    sentence = told(
        _ONE_READING,
        place=register.place(clause.region),
        base=number(base, 2),
        year0=base_year(clause),
        year=last_year(clause),
        level=register.said(LEVEL),
        implied=signed_percent(target / base - 1, 2),
        growth=register.said(GROWTH),
        reading=register.reading_name(GROWTH, reading),
        grown=number(grown),
        gap=signed(grown - target),
        share=percent(grown / residents),
        verdict=verdict,
    )
    working = (
        same(f"{number(target)} / {number(base, 2)} - 1 = {signed_percent(target / base - 1, 2)} %"),
        told(
            _ENDS,
            b=number(base, 2),
            g=number(grown),
            low=_end(low),
            high=_end(high),
            t=number(target),
            floor=_end(floor),
            ceiling=_end(ceiling),
        ),
    )
    return Contradiction(
        id=f"urban_headcount.{reading.replace(':', '.')}",
        clauses=(LEVEL, GROWTH),
        readings={LEVEL: side, GROWTH: reading},
        region=clause.region,
        year=last_year(clause),
        amount=grown - target,
        unit="10^4 persons",
        sentence=sentence,
        working=working,
        status=status,
        assumed=register.assumed,
    )


def _room(register: Register, clause: Clause) -> float:
    """Town residents that the assumed ceilings allow among those who lived there in the base year, in 10^4 persons."""
    year = base_year(clause)
    return sum(
        register.record("population.urban_ceiling", city) * register.total("population", city, year)
        for city in register.book.regions.members(clause.region)
    )


def rest_of_the_region(register: Register) -> Iterator[Contradiction]:
    """What the head-count of the cluster and the share of the region leave to everybody else."""
    if not register.has(LEVEL, GROWTH, SHARE, PATH):
        return
    clause, share = register[LEVEL], register[SHARE]
    start, end = base_year(share), last_year(share)
    cluster = register.total("urban_population", clause.region, start)
    rest = register.total("urban_population", share.region, start) - cluster
    grown = grown_headcount(register, "cumulative:window", register.value(GROWTH))
    changes: list[float] = []
    working = [phrase("rest in {year}: {rest}", "{year}年其余地区：{rest}", year=start, rest=number(rest, 2))]
    for reading in register[PATH].readings:
        people = register.people(PATH, end, reading)
        urban = register.value(SHARE) * people
        for headcount in (register.value(LEVEL), grown):
            change = urban - headcount - rest
            changes.append(change)
            working.append(
                told(
                    _REST_WORKING,
                    share=percent(register.value(SHARE)),
                    people=number(people),
                    reading=register.reading_name(PATH, reading),
                    head=number(headcount),
                    rest=number(rest, 2),
                    change=signed(change),
                )
            )
    least, most = min(changes), max(changes)
    status: Status = "compatible" if least > 0 else "tension" if most >= 0 else "contradiction"
    yield Contradiction(
        id="urban_headcount.rest_of_the_region",
        clauses=(LEVEL, GROWTH, SHARE, PATH),
        readings={LEVEL: "window", GROWTH: "cumulative:window", SHARE: "window"},
        region=share.region,
        year=end,
        amount=least,
        unit="10^4 persons",
        sentence=told(
            _REST_OF_THE_REGION,
            share=register.said(SHARE),
            level=register.said(LEVEL),
            cluster=register.place(clause.region),
            rest=number(rest),
            start=start,
            end=end,
            least=signed(least),
            most=signed(most),
        ),
        working=tuple(working),
        status=status,
        assumed=register.assumed,
    )


def _end(value: float | None) -> str:
    return "-" if value is None else number(value)
