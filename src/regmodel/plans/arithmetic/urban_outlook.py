"""The trend of the urban share against its targets, and the head-count that the share of the last year means."""

from __future__ import annotations

from collections.abc import Iterator

from regmodel.equations.population import logistic_pace, logistic_urban_share
from regmodel.params import MissingFigure
from regmodel.plans.arithmetic.finding import Contradiction, Status, number, percent, phrase, signed, told
from regmodel.plans.arithmetic.register import Register, last_year
from regmodel.vocabulary.texts import Text, same

NOW = "nm_urb_2020"
CHANGE = "nm_urb_change"
TARGETS = ("nm_urb_2025", "nm_urb_2035")
CEILING = "population.urban_ceiling.region"
PATH = "path.population.INNER_MONGOLIA"


_TREND_AGAINST_TARGETS = Text(
    (
        "Carried on from the plan's own pair ({before} % to {now} %) below a ceiling of {ceiling} %, the urban "
        "share reaches {trend} % in {year} ({slow} % below a ceiling of {low_ceiling} %). The target is {said}, "
        "read as {reading}: {verdict}."
    ),
    (
        "按规划自身两个年份（{before}%至{now}%）并以{ceiling}%为上限外推，{year}年城镇化率达{trend}%（上限取"
        "{low_ceiling}%时为{slow}%）。目标为{said}，按“{reading}”读：{verdict}。"
    ),
)
_HEADCOUNT_OF_THE_LAST_YEAR = Text(
    (
        "With the {path} ({people} x 10^4 residents in {end}), an urban share of {said} is {townsfolk} x 10^4 "
        "town residents: {gain} x 10^4 in {years} years, of which {later} x 10^4 after {middle}. In the long run "
        "land and water follow use per head and industry."
    ),
    (
        "按{path}（{end}年常住人口{people}万人），城镇化率{said}即城镇人口{townsfolk}万人：{years}年变化{gain}万"
        "人，其中{middle}年以后{later}万人。长期用地用水取决于人均水平与工业。"
    ),
)


def trend_share(register: Register, year: int, end: str = "value") -> float:
    """The bounded logistic through the plan's own pair of shares, carried on to a year; ``end`` is of the ceiling."""
    later = register.value(NOW)
    earlier = later - register.value(CHANGE)
    change = register[CHANGE]
    ceiling = register.record(CEILING, end=end)
    if ceiling <= later:
        raise MissingFigure(f"no trend below a ceiling of {percent(ceiling)} %, which {percent(later)} % has passed")
    span = last_year(change) - (change.year_from or last_year(change))
    pace = logistic_pace(earlier_share=earlier, later_share=later, urban_ceiling=ceiling, elapsed=span)
    elapsed = year - last_year(register[NOW])
    return float(logistic_urban_share(base_share=later, urban_ceiling=ceiling, pace=pace, elapsed=elapsed))


def trend_against_targets(register: Register) -> Iterator[Contradiction]:
    """Whether the plan's own trend stays within the window of each target, or is above its floor already."""
    for name in TARGETS:
        if not register.has(NOW, CHANGE, name):
            continue
        year = last_year(register[name])
        now, change = register.value(NOW), register.value(CHANGE)
        trend, slow = trend_share(register, year), trend_share(register, year, "low")
        for reading in register[name].readings:
            low, high = register.ends(name, reading)
            over = high is not None and trend > high
            under = low is not None and trend < low
            status: Status = "tension" if over or under else "compatible"
            yield Contradiction(
                id=f"urban_outlook.trend.{year}.{reading}",
                clauses=(NOW, CHANGE, name),
                readings={name: reading},
                region=register[name].region,
                year=year,
                amount=100 * (trend - register.value(name)),
                unit="percentage points",
                sentence=told(
                    _TREND_AGAINST_TARGETS,
                    before=percent(now - change, 2),
                    now=percent(now, 2),
                    ceiling=percent(register.record(CEILING), 0),
                    trend=percent(trend),
                    year=year,
                    slow=percent(slow),
                    low_ceiling=percent(register.record(CEILING, end="low"), 0),
                    said=register.said(name),
                    reading=register.reading_name(name, reading),
                    verdict=_verdict(trend, low, high),
                ),
                working=(
                    same(f"{percent(now, 2)} % - {percent(change, 2)} % = {percent(now - change, 2)} %"),
                    phrase("trend {year}: {t} %", "{year}年趋势值：{t}%", year=year, t=percent(trend, 2)),
                ),
                status=status,
                assumed=register.assumed,
            )


def _verdict(trend: float, low: float | None, high: float | None) -> Text:
    """Where the trend stands to the ends of a target."""
    if high is not None and trend > high:
        return phrase("the trend overshoots it by {x} points", "趋势超出{x}个百分点", x=percent(trend - high))
    if low is not None and trend < low:
        return phrase("the trend falls short of it by {x} points", "趋势低{x}个百分点", x=percent(low - trend))
    if high is None:
        return Text("the target is slack", "目标宽松，不起约束作用")
    return Text("the trend stays inside", "趋势位于区间之内")


def headcount_of_the_last_year(register: Register) -> Iterator[Contradiction]:
    """Town residents that the share of the last year means on each population path, and what is left after 2025."""
    first, last = TARGETS
    if not register.has(NOW, first, last, PATH):
        return
    clause = register[last]
    start = last_year(register[NOW])
    middle, end = last_year(register[first]), last_year(clause)
    urban = register.total("urban_population", clause.region, start)
    for reading in register[PATH].readings:
        people = register.people(PATH, end, reading)
        townsfolk = register.value(last) * people
        halfway = register.value(first) * register.people(PATH, middle, reading)
        yield Contradiction(
            id=f"urban_outlook.headcount.{reading}",
            clauses=(last, first, PATH),
            readings={last: "window", first: "window", PATH: reading},
            region=clause.region,
            year=end,
            amount=townsfolk - urban,
            unit="10^4 persons",
            sentence=told(
                _HEADCOUNT_OF_THE_LAST_YEAR,
                said=register.said(last),
                people=number(people),
                path=register.reading_name(PATH, reading),
                townsfolk=number(townsfolk),
                end=end,
                gain=signed(townsfolk - urban),
                years=end - start,
                later=signed(townsfolk - halfway),
                middle=middle,
            ),
            working=(
                same(
                    f"{percent(register.value(last))} % x {number(people)} - {number(urban, 2)}"
                    f" = {signed(townsfolk - urban)}"
                ),
            ),
            status="compatible" if townsfolk >= urban else "tension",
            assumed=register.assumed,
        )
