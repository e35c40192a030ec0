"""The statement that the key regions hold about 60 % of the region's town residents, under both of its meanings."""

from __future__ import annotations

from collections.abc import Iterator

from regmodel.plans.arithmetic.finding import Contradiction, Status, number, percent, signed, told
from regmodel.plans.arithmetic.register import Register, base_year, last_year
from regmodel.vocabulary.texts import Text, same

STATEMENT = "nm_key_share_2025"
SHARE = "nm_urb_2025"
LEVEL = "hbew_urban_pop_2025"
CENTRES = ("chifeng_core_2025", "tongliao_core_2025")
PATH = "path.population.INNER_MONGOLIA"


_SHARE_OF_WHOLE_CITIES = Text(
    (
        "Counted over whole cities, {place} held {share} % of the region's town residents in {year} already "
        "({part} of {whole} x 10^4); {said} would be a change of {change} points."
    ),
    (
        "按全市口径，{place}{year}年已占全区城镇人口的{share}%（{whole}万人中的{part}万人）；{said}意味着变化"
        "{change}个百分点。"
    ),
)
_SHARE_OF_THE_PLANS_OWN_PARTS = Text(
    (
        "The plan's own parts, {level} in the four cities and the central areas of {centres}, add up to {parts} "
        "x 10^4. With the {path} that is {share} % of the {urban} x 10^4 town residents of an urban share of "
        "{share_said}, and not {stated} %; for {stated} % the region would need {urban_needed} x 10^4 town "
        "residents and, at that urban share, {people_needed} x 10^4 people."
    ),
    (
        "规划自身各项，即四市{level}与{centres}中心城区，合计{parts}万人。按{path}，这占城镇化率{share_said}所对应"
        "{urban}万城镇人口的{share}%，而非{stated}%；若为{stated}%，全区须有城镇人口{urban_needed}万人，按该城镇化"
        "率即常住人口{people_needed}万人。"
    ),
)


def share_of_whole_cities(register: Register) -> Iterator[Contradiction]:
    """Where the share stood in the base year, counted over whole cities."""
    if not register.has(STATEMENT, SHARE):
        return
    clause = register[STATEMENT]
    region = register[SHARE].region
    year = base_year(clause)
    part = register.total("urban_population", clause.region, year)
    whole = register.total("urban_population", region, year)
    share, stated = part / whole, register.value(STATEMENT)
    low, high = register.ends(STATEMENT, "whole_cities")
    outside = (low is not None and share < low) or (high is not None and share > high)
    above = share > stated
    status: Status = "contradiction" if outside and above else "tension" if outside else "compatible"
    yield Contradiction(
        id="key_regions.whole_cities",
        clauses=(STATEMENT,),
        readings={STATEMENT: "whole_cities"},
        region=clause.region,
        year=last_year(clause),
        amount=100 * (share - stated),
        unit="percentage points",
        sentence=told(
            _SHARE_OF_WHOLE_CITIES,
            place=register.place(clause.region),
            share=percent(share),
            year=year,
            part=number(part, 2),
            whole=number(whole, 2),
            said=register.said(STATEMENT),
            change=signed(100 * (stated - share)),
        ),
        working=(same(f"{number(part, 2)} / {number(whole, 2)} = {percent(share)} %"),),
        status=status,
        assumed=register.assumed,
    )


def share_of_the_plans_own_parts(register: Register) -> Iterator[Contradiction]:
    """The plan's own parts added up, against its own total, on each population path."""
    if not register.has(STATEMENT, SHARE, LEVEL, PATH, *CENTRES):
        return
    parts = sum(register.value(name) for name in (LEVEL, *CENTRES))
    year = last_year(register[SHARE])
    low, high = register.ends(STATEMENT, "central_areas")
    stated, aim = register.value(STATEMENT), register.value(SHARE)
    for reading in register[PATH].readings:
        people = register.people(PATH, year, reading)
        urban = aim * people
        share = parts / urban
        outside = (low is not None and share < low) or (high is not None and share > high)
        yield Contradiction(
            id=f"key_regions.central_areas.{reading}",
            clauses=(STATEMENT, LEVEL, *CENTRES, SHARE, PATH),
            readings={STATEMENT: "central_areas", SHARE: "window", LEVEL: "window", PATH: reading},
            region=register[STATEMENT].region,
            year=year,
            amount=100 * (share - stated),
            unit="percentage points",
            sentence=told(
                _SHARE_OF_THE_PLANS_OWN_PARTS,
                level=register.said(LEVEL),
                centres=register.place("+".join(register[name].region for name in CENTRES)),
                parts=number(parts, 0),
                share=percent(share),
                urban=number(urban),
                share_said=register.said(SHARE),
                path=register.reading_name(PATH, reading),
                stated=percent(stated, 0),
                urban_needed=number(parts / stated, 0),
                people_needed=number(parts / stated / aim, 0),
            ),
            working=(
                same(f"{number(parts, 0)} / ({percent(aim)} % x {number(people)}) = {percent(share)} %"),
                same(f"{number(parts, 0)} / {percent(stated, 0)} % = {number(parts / stated, 0)}"),
                same(f"{number(parts / stated, 0)} / {percent(aim)} % = {number(parts / stated / aim, 0)}"),
            ),
            status="contradiction" if outside else "compatible",
            assumed=register.assumed,
        )
