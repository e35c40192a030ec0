"""Close to a million people to towns, against the urban share and the population that the region has."""

from __future__ import annotations

from collections.abc import Iterator

from regmodel.plans.arithmetic.finding import Contradiction, Status, number, percent, phrase, signed, told
from regmodel.plans.arithmetic.register import Register, base_year, last_year
from regmodel.vocabulary.texts import Text, same

MOVES = "nm_to_town_2025"
SHARE = "nm_urb_2025"
PATH = "path.population.INNER_MONGOLIA"
REGISTERED = "nm_hukou"
TRANSFERRED = "nm_farm_transfer"


_ON_PATH = Text(
    (
        "With the {path} ({people} x 10^4 residents in {end}), an urban share of {share_said} means {gain} x "
        "10^4 town residents on the {urban} x 10^4 of {start}, {most} x 10^4 at the top of its window; "
        "{moves_said} moving to towns is {times} times that. {verdict}: an urban share of {share_low} to "
        "{share_high} %, or a gain of {most} x 10^4, or {needed} x 10^4 residents ({extra} x 10^4). At the "
        "printed share, {all_needed} x 10^4 residents would be needed."
    ),
    (
        "按{path}（{end}年常住人口{people}万人），城镇化率{share_said}意味着比{start}年的{urban}万城镇人口变化"
        "{gain}万人，取区间上端为{most}万人；进城{moves_said}为其{times}倍。{verdict}：城镇化率{share_low}%至"
        "{share_high}%，或净增{most}万人，或常住人口{needed}万人（{extra}万人）。按所印城镇化率则需{all_needed}万人"
        "。"
    ),
)
_AS_FLOOR = Text(
    (
        "With the {path}, an urban share of {share} read as a floor does not exclude {moves} moving to towns: it "
        "only has to reach {needed} % in {end}."
    ),
    ("按{path}并按下限理解，城镇化率{share}与进城{moves}并不排斥：{end}年城镇化率达到{needed}%即可。"),
)
_HISTORY = Text(
    ("To move {moves} to towns is {times} times what the five years before saw registered there, {seen}."),
    ("进城{moves}，是此前五年进城落户人数{seen}的{times}倍。"),
)
_EVENT_COUNT = Text(
    (
        "Rural workers transferred, {said}, count events of several years and not people: the whole rural "
        "population of {year} was {rural} x 10^4."
    ),
    ("农村劳动力转移{said}，为多年人次累计而非人数：{year}年全部乡村人口为{rural}万人。"),
)
_REPAIRS = Text(
    "Gross moves may be that many, the net gain cannot. Any one of these alone repairs it",
    "迁移总量或可达到，净增不可能。仅需修复其中一项",
)
_BOTH_HOLD = Text("Both can hold; the levels are", "两者可同时成立，相应水平为")


def moves_against_share(register: Register) -> Iterator[Contradiction]:
    """The statement against the share, on each population path, and under the share read as a floor."""
    if not register.has(MOVES, SHARE, PATH):
        return
    for reading in register[PATH].readings:
        yield _on_path(register.afresh(), reading)
    for reading in register[PATH].readings:
        yield _as_floor(register.afresh(), reading)


def _on_path(register: Register, reading: str) -> Contradiction:
    clause = register[SHARE]
    start, end = base_year(clause), last_year(clause)
    urban = register.total("urban_population", clause.region, start)
    people = register.people(PATH, end, reading)
    share, moves = register.value(SHARE), register.value(MOVES)
    _, top = register.ends(SHARE, "window")
    least, _ = register.ends(MOVES)
    top = share if top is None else top
    least = moves if least is None else least
    gain, most = share * people - urban, top * people - urban
    status: Status = "contradiction" if most < least else "compatible"
    sentence = told(
        _ON_PATH,
        people=number(people),
        end=end,
        path=register.reading_name(PATH, reading),
        share_said=register.said(SHARE),
        gain=signed(gain),
        urban=number(urban, 2),
        start=start,
        most=signed(most),
        moves_said=register.said(MOVES),
        times=number(moves / gain) if gain > 0 else "-",
        verdict=_REPAIRS if status == "contradiction" else _BOTH_HOLD,
        share_low=percent((urban + least) / people),
        share_high=percent((urban + moves) / people),
        needed=number((urban + least) / top),
        extra=signed((urban + least) / top - people),
        all_needed=number((urban + moves) / share),
    )
    shown = number(urban, 2)
    working = (
        same(f"{percent(share)} % x {number(people)} - {shown} = {signed(gain)}"),
        same(f"{percent(top)} % x {number(people)} - {shown} = {signed(most)}"),
        same(f"(i) ({shown} + {number(least)}) / {number(people)} = {percent((urban + least) / people)} %"),
        same(f"(ii) {number(least)} -> {number(most)}"),
        same(f"(iii) ({shown} + {number(least)}) / {percent(top)} % = {number((urban + least) / top)}"),
        same(f"({shown} + {number(moves)}) / {percent(share)} % = {number((urban + moves) / share)}"),
    )
    return Contradiction(
        id=f"moves_to_town.{reading}",
        clauses=(MOVES, SHARE, PATH),
        readings={SHARE: "window", PATH: reading},
        region=clause.region,
        year=end,
        amount=least - most,
        unit="10^4 persons",
        sentence=sentence,
        working=working,
        status=status,
        assumed=register.assumed,
    )


def _as_floor(register: Register, reading: str) -> Contradiction:
    clause = register[SHARE]
    start, end = base_year(clause), last_year(clause)
    urban = register.total("urban_population", clause.region, start)
    people = register.people(PATH, end, reading)
    least, _ = register.ends(MOVES)
    needed = (urban + (register.value(MOVES) if least is None else least)) / people
    floor, _ = register.ends(SHARE, "floor")
    return Contradiction(
        id=f"moves_to_town.{reading}.floor",
        clauses=(MOVES, SHARE, PATH),
        readings={SHARE: "floor", PATH: reading},
        region=clause.region,
        year=end,
        amount=100 * (needed - (floor or 0.0)),
        unit="percentage points",
        sentence=told(
            _AS_FLOOR,
            share=register.said(SHARE),
            moves=register.said(MOVES),
            path=register.reading_name(PATH, reading),
            needed=percent(needed),
            end=end,
        ),
        working=(
            phrase(
                "({u} + {m}) / {p}", "({u} + {m}) / {p}", u=number(urban, 2), m=number(least or 0.0), p=number(people)
            ),
        ),
        status="compatible" if needed <= 1 else "contradiction",
        assumed=register.assumed,
    )


def moves_against_history(register: Register) -> Iterator[Contradiction]:
    """The statement beside what the last five years saw, and the yearly event counts beside the rural population."""
    if register.has(MOVES, REGISTERED):
        seen, wanted = register.value(REGISTERED), register.value(MOVES)
        yield Contradiction(
            id="moves_to_town.history",
            clauses=(MOVES, REGISTERED),
            readings={},
            region=register[MOVES].region,
            year=last_year(register[MOVES]),
            amount=wanted - seen,
            unit="10^4 persons",
            sentence=told(
                _HISTORY,
                moves=register.said(MOVES),
                times=number(wanted / seen),
                seen=register.said(REGISTERED),
            ),
            working=(phrase("{a} / {b}", "{a} / {b}", a=number(wanted), b=number(seen)),),
            status="tension" if wanted > seen else "compatible",
            assumed=register.assumed,
        )
    register = register.afresh()
    if register.has(TRANSFERRED):
        clause = register[TRANSFERRED]
        year = last_year(clause)
        rural = register.total("population", clause.region, year) - register.total(
            "urban_population", clause.region, year
        )
        counted = register.value(TRANSFERRED)
        yield Contradiction(
            id="moves_to_town.event_count",
            clauses=(TRANSFERRED,),
            readings={},
            region=clause.region,
            year=year,
            amount=counted - rural,
            unit="10^4 persons",
            sentence=told(
                _EVENT_COUNT,
                said=register.said(TRANSFERRED),
                year=year,
                rural=number(rural),
            ),
            working=(
                phrase(
                    "{a} - {b} = {c}",
                    "{a} - {b} = {c}",
                    a=number(counted, 2),
                    b=number(rural, 2),
                    c=signed(counted - rural),
                ),
            ),
            status="check",
            assumed=register.assumed,
        )
