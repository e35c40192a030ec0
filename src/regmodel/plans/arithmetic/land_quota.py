"""The quota of new urban land against the people who are to come, and the standard per head of 2035."""

from __future__ import annotations

from collections.abc import Iterator

from regmodel.equations.land import land_excess
from regmodel.params import convert
from regmodel.plans.arithmetic.finding import Contradiction, Status, number, percent, phrase, signed, told
from regmodel.plans.arithmetic.register import Register, base_year, last_year
from regmodel.vocabulary.texts import Text, same

QUOTA = "nm_new_land_2025"
SHARE = "nm_urb_2025"
LATER_SHARE = "nm_urb_2035"
STANDARD = "nm_land_per_capita"
PATH = "path.population.INNER_MONGOLIA"
NORM = "urban_construction_land_per_capita_max"
SPECIAL_NORM = "urban_construction_land_per_capita_max_remote_or_mining"
STANDARD_PLACE = "CHINA_STANDARD"
REDLINE = "nm_redline"


_QUOTA_AGAINST_PEOPLE = Text(
    (
        "New urban land of {said} is {quota} km2 and would house {housed} x 10^4 people at {norm} m2 each "
        "({housed_special} x 10^4 at {special}). With the {path}, an urban share of {share} adds {gain} x 10^4 "
        "town residents, which makes {each} m2 for each. Used in full the quota takes land per head from "
        "{before} (assumed) to {after} m2, away from the standard."
    ),
    (
        "新增城镇用地{said}，合{quota}平方公里，按人均{norm}平方米可容纳{housed}万人（按{special}平方米为"
        "{housed_special}万人）。按{path}，城镇化率{share}新增城镇人口{gain}万人，人均新增{each}平方米。指标全部用完，则"
        "人均用地由{before}（假定）变为{after}平方米，背离标准。"
    ),
)
_STANDARD_IN_THE_LAST_YEAR = Text(
    (
        "With the {path}, an urban share of {share} is {townsfolk} x 10^4 town residents, who may have {allowed} "
        "km2 at {norm} m2 each; counted as {reading}, {land} km2 stand already in {base} (assumed): {verdict}."
    ),
    (
        "按{path}，城镇化率{share}即城镇人口{townsfolk}万人，按人均{norm}平方米可用{allowed}平方公里；按{reading}"
        "计，{base}年已有{land}平方公里（假定）：{verdict}。"
    ),
)
_RED_LINE = Text(
    (
        "A red line of {said} closes {closed} of {area} km2; the quota of {quota} km2 is {part} % of what stays "
        "open. A static check: which land is fit to build on is not in the records."
    ),
    (
        "生态红线{said}，涉及{area}平方公里中的{closed}平方公里；{quota}平方公里指标仅占其余的{part}%。此为静态核对：适宜建设的"
        "范围不在记录之中。"
    ),
)


def quota_against_people(register: Register) -> Iterator[Contradiction]:
    """How many people the quota could house, and how much of it each added resident would have."""
    if not register.has(QUOTA, SHARE, PATH):
        return
    clause = register[QUOTA]
    start, end = base_year(clause), last_year(clause)
    quota = register.value(QUOTA)
    norm, special = (register.latest(name, STANDARD_PLACE) for name in (NORM, SPECIAL_NORM))
    urban = register.total("urban_population", clause.region, start)
    per_head = register.record("land.urban_land_per_head_2020")
    for reading in register[PATH].readings:
        townsfolk = register.value(SHARE) * register.people(PATH, end, reading)
        gain = townsfolk - urban
        after = (per_head * urban + quota) / townsfolk
        status: Status = "tension" if after > per_head and quota / norm > gain else "compatible"
        each = number(_m2(quota / gain), 0) if gain > 0 else "-"
        yield Contradiction(
            id=f"land_quota.people.{reading}",
            clauses=(QUOTA, SHARE, PATH),
            readings={SHARE: "window", PATH: reading},
            region=clause.region,
            year=end,
            amount=quota / norm - gain,
            unit="10^4 persons",
            sentence=told(
                _QUOTA_AGAINST_PEOPLE,
                said=register.said(QUOTA),
                quota=number(quota, 2),
                housed=number(quota / norm),
                norm=number(_m2(norm), 0),
                housed_special=number(quota / special),
                special=number(_m2(special), 0),
                share=register.said(SHARE),
                path=register.reading_name(PATH, reading),
                gain=number(gain),
                each=each,
                before=number(_m2(per_head), 0),
                after=number(_m2(after), 1),
            ),
            working=(
                same(f"{number(quota, 2)} km2 / {number(_m2(norm), 0)} m2 = {number(quota / norm)}"),
                same(f"{number(quota, 2)} km2 / {number(gain)} = {each} m2"),
                same(
                    f"({number(per_head, 2)} x {number(urban, 2)} + {number(quota, 2)}) / {number(townsfolk)}"
                    f" = {number(after, 3)}"
                ),
            ),
            status=status,
            assumed=register.assumed,
        )


def standard_in_the_last_year(register: Register) -> Iterator[Contradiction]:
    """The land that stands already against the standard per head, under both readings of what it counts."""
    if not register.has(STANDARD, LATER_SHARE, PATH):
        return
    clause = register[STANDARD]
    end = last_year(register[LATER_SHARE])
    base = base_year(register[PATH])
    standing = register.record("land.urban_land_per_head_2020") * register.total(
        "urban_population", clause.region, base
    )
    norm = register.latest(NORM, STANDARD_PLACE)
    parts = {"residential_part": register.record("land.residential_part"), "all_urban_land": 1.0}
    for reading in clause.readings:
        for path in register[PATH].readings:
            townsfolk = register.value(LATER_SHARE) * register.people(PATH, end, path)
            land = standing * parts[reading]
            excess = float(land_excess(urban_land=land, urban_population=townsfolk, land_standard=norm))
            yield Contradiction(
                id=f"land_quota.standard.{reading}.{path}",
                clauses=(STANDARD, LATER_SHARE, PATH),
                readings={STANDARD: reading, LATER_SHARE: "window", PATH: path},
                region=clause.region,
                year=end,
                amount=excess,
                unit="km2",
                sentence=told(
                    _STANDARD_IN_THE_LAST_YEAR,
                    share=register.said(LATER_SHARE),
                    path=register.reading_name(PATH, path),
                    townsfolk=number(townsfolk),
                    allowed=number(townsfolk * norm, 0),
                    norm=number(_m2(norm), 0),
                    reading=register.reading_name(STANDARD, reading),
                    land=number(land, 0),
                    base=base,
                    verdict=phrase(
                        "impossible without taking down {x} km2", "不拆除{x}平方公里则无法达到", x=number(excess, 0)
                    )
                    if excess > 0
                    else phrase("{x} km2 of room are left", "尚余{x}平方公里", x=number(-excess, 0)),
                ),
                working=(same(f"{number(land)} - {number(townsfolk)} x {number(norm, 2)} = {signed(excess)}"),),
                status="contradiction" if excess > 0 else "compatible",
                assumed=register.assumed,
            )


def red_line(register: Register) -> Iterator[Contradiction]:
    """A static check: the land outside the red line against the quota."""
    if not register.has(REDLINE, QUOTA):
        return
    clause = register[REDLINE]
    area = register.figure("land_area", clause.region, base_year(clause))
    if area is None:
        return
    closed = register.value(REDLINE) * area.value
    open_land, quota = area.value - closed, register.value(QUOTA)
    yield Contradiction(
        id="land_quota.red_line",
        clauses=(REDLINE, QUOTA),
        readings={},
        region=clause.region,
        year=clause.year_to,
        amount=open_land - quota,
        unit="km2",
        sentence=told(
            _RED_LINE,
            said=register.said(REDLINE),
            closed=number(closed, 0),
            area=number(area.value, 0),
            quota=number(quota, 2),
            part=percent(quota / open_land, 2),
        ),
        working=(
            phrase(
                "{a} x {s} % = {c}",
                "{a} x {s}% = {c}",
                a=number(area.value, 0),
                s=percent(register.value(REDLINE), 2),
                c=number(closed, 0),
            ),
        ),
        status="check" if quota <= open_land else "contradiction",
        assumed=register.assumed,
    )


def _m2(km2_per_wan_person: float) -> float:
    return convert(km2_per_wan_person, "km2/wan_person", "m2/person")
