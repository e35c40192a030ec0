"""What a person calls a number that a design varies: the title of its record, the place, and the printed unit."""

from __future__ import annotations

from regmodel.batch.ranges import range_of
from regmodel.scenario import Scenario
from regmodel.scenario.changes import is_switch
from regmodel.vocabulary.glossary import read_glossary
from regmodel.vocabulary.texts import Text, same

_OF_CLAUSE = Text("figure of clause {clause}", "条款 {clause} 的数值")
_SWITCH = Text("{what} applies (1) or not (0)", "{what} 启用（1）或不启用（0）")
_CAP = Text("cap {cap}", "控制指标 {cap}")
_LEVER = Text("usable share of the lever: {title}", "措施可用比重：{title}")
_AT = Text("{what}, {place}", "{place}{what}")
_IN = Text("{what}, {place}, {year}", "{year}年{place}{what}")


def title_of(scenario: Scenario, key: str) -> Text:
    """The name of an override key in both languages."""
    root, _, rest = key.partition(".")
    if root == "record":
        return _record(scenario, rest)
    if is_switch(key):
        name = rest.rpartition(".")[0]
        if root != "lever":
            return _SWITCH.fill(what=name)
        title = scenario.lever(name).title
        return Text(_SWITCH.en.format(what=title.en), _SWITCH.zh.format(what=title.zh))
    if root == "lever":
        title = scenario.lever(rest.rpartition(".")[0]).title
        return Text(_LEVER.en.format(title=title.en), _LEVER.zh.format(title=title.zh))
    if root == "cap":
        return _CAP.fill(cap=rest)
    return _OF_CLAUSE.fill(clause=rest.removesuffix(".value"))


def unit_of(scenario: Scenario, key: str) -> str:
    """The printed unit of a key."""
    return range_of(scenario, key).unit


def _record(scenario: Scenario, key: str) -> Text:
    book = scenario.book
    figure = next((figure for figure in book.figures if figure.key == key), None)
    if figure is not None:
        glossary = read_glossary()
        what = glossary[figure.variable].title if figure.variable in glossary else same(figure.variable)
        place = book.regions.name(figure.region)
        return Text(
            _IN.en.format(what=what.en, place=place.en, year=figure.year),
            _IN.zh.format(what=what.zh, place=place.zh, year=figure.year),
        )
    if key in book.records:
        return book.records[key].title
    stem, _, region = key.rpartition(".")
    title, place = book.record(stem, region).title, book.regions.name(region)
    return Text(_AT.en.format(what=title.en, place=place.en), _AT.zh.format(what=title.zh, place=place.zh))
