"""What a person calls a clause: what it is about, where and when."""

from __future__ import annotations

from dataclasses import replace

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


def described(clause: Clause, regions: RegionSets) -> Text:
    """The same with all its years and the figure that is printed, marked where no document prints one.

    Such as "Real growth of gross domestic product, Ordos 2021–2025: about 6 % a year".
    """
    years = sorted({year for year in (clause.year_from, clause.year_to) if year is not None})
    title = clause_title(replace(clause, year_to=None), regions)
    if years:
        span = "–".join(map(str, years))
        title = Text(f"{title.en} {span}", f"{span}年{title.zh}")
    if clause.value is not None:
        figure = clause.figure_words()
        title = Text(f"{title.en}: {figure.en}", f"{title.zh}：{figure.zh}")
    if not clause.assumed:
        return title
    return Text(_ASSUMED.en.format(title=title.en), _ASSUMED.zh.format(title=title.zh))
