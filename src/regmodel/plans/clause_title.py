"""What a person calls a clause: what it is about, where and when."""

from __future__ import annotations

from regmodel.plans.clause import Clause
from regmodel.vocabulary.glossary import read_glossary
from regmodel.vocabulary.regions import RegionSets
from regmodel.vocabulary.texts import Text, same

_AT = Text("{about}, {place}", "{place}{about}")
_IN = Text("{about}, {place} {year}", "{year}年{place}{about}")
_ASSUMED = Text("{title} (assumed)", "{title}（假设）")


def clause_title(clause: Clause, regions: RegionSets) -> Text:
    """Such as "Total water use, Ordos 2025"."""
    glossary, place = read_glossary(), regions.name(clause.region)
    about = glossary[clause.variable].title if clause.variable in glossary else same(clause.variable.replace("_", " "))
    form = _AT if clause.year_to is None else _IN
    return Text(
        form.en.format(about=about.en, place=place.en, year=clause.year_to),
        form.zh.format(about=about.zh, place=place.zh, year=clause.year_to),
    )


def marked_title(clause: Clause, regions: RegionSets) -> Text:
    """The same, with a mark where no document prints the figure of the clause."""
    title = clause_title(clause, regions)
    if not clause.assumed:
        return title
    return Text(_ASSUMED.en.format(title=title.en), _ASSUMED.zh.format(title=title.zh))
