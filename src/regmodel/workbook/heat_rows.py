"""How many constraints bind in each region and year, by subject: the numbers under the heat map."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from regmodel.plans import Clause
from regmodel.report.row_labels import family_of, rows_that_bind
from regmodel.vocabulary.texts import Text
from regmodel.workbook.blocks import SUBJECTS_OF_HEAT
from regmodel.workbook.contents import figure_subject
from regmodel.workbook.data_rows import YEARS, shown_regions
from regmodel.workbook.layout import BookLanguage, word
from regmodel.workbook.rows import CellRow
from regmodel.workbook.speaker import Speaker

if TYPE_CHECKING:
    from regmodel.params import ParameterBook
    from regmodel.runs import Run

SUBJECT_WORDS: Mapping[str, Text] = {
    "water": Text("Water and irrigation", "用水与灌溉"),
    "land": Text("Building land", "建设用地"),
    "people": Text("People and towns", "人口与城镇化"),
    "output": Text("Output and investment", "产出与投资"),
}
_OF_VARIABLE = {"population": "people", "output": "output", "water": "water", "land": "land", "environment": "water"}
_OF_ROW = {
    "people": (
        "jobs_are_filled", "moves_to_town_are_bounded", "faster_moves_need_support",
        "moves_between_regions_are_bounded", "external_migration_is_bounded", "people_start_at_the_census",
        "town_residents_balance", "country_residents_balance",
    ),
    "output": (
        "sectors_grow_no_faster", "sectors_shrink_no_faster", "structure_changes_slowly", "investment_is_bounded",
        "growth_needs_investment", "output_starts_at_the_accounts", "sectors_add_up", "distance_is_measured",
    ),
    "land": (
        "people_and_production_fit", "reuse_is_bounded", "release_follows_people", "works_stay",
        "land_is_only_added", "swaps_are_bounded",
    ),
    "water": (
        "farming_needs_land", "fields_change_hands", "grain_keeps_its_land", "works_take_time",
        "industry_saves_no_more", "nature_keeps_its_water", "uses_are_supplied", "reclaimed_was_sewage",
        "mines_give_no_more", "streams_give_no_more", "conveyance_is_beyond_the_base",
        "rights_come_from_saving", "towns_drink", "villages_drink", "industry_takes", "fields_take",
        "saving_is_verified", "sewage_is_collected",
    ),
}  # fmt: skip
SUBJECT_OF_ROW: Mapping[str, str] = {name: subject for subject, names in _OF_ROW.items() for name in names}


def heat_rows(run: Run, language: BookLanguage) -> list[CellRow]:
    """A row a subject and region: the number of different constraints that bind in each year, blank for none."""
    speaker = Speaker(run, language)
    found = binding_by_place(speaker)
    rows = named_rows(speaker.book, language)
    places = [(subject, region) for subject in SUBJECTS_OF_HEAT for region in shown_regions(speaker.book)]
    for row, (subject, region) in zip(rows, places, strict=True):
        for year in YEARS[1:]:
            names = found.get((subject, region, year))
            row.append(float(len(names)) if names else None)
    return rows


def named_rows(book: ParameterBook, language: BookLanguage) -> list[CellRow]:
    """The rows of the heat map with their names alone, as they stand before the first run."""
    return [
        [word(SUBJECT_WORDS[subject], language), word(book.regions.name(region), language)]
        for subject in SUBJECTS_OF_HEAT
        for region in shown_regions(book)
    ]


def binding_by_place(speaker: Speaker) -> dict[tuple[str, str, int], set[str]]:
    """Names of the constraints that bind, by subject, region and year; a row of joined regions counts in each."""
    clauses = {name: active.clause for name, active in speaker.figures.clauses.items()}
    found: dict[tuple[str, str, int], set[str]] = {}
    for entry in rows_that_bind(speaker.verdict):
        name, year = str(entry["constraint"]), entry.get("year")
        if year is None:
            continue
        subject = subject_of_constraint(name, clauses)
        for region in str(entry.get("region") or "").split("+"):
            found.setdefault((subject, region.strip(), int(year)), set()).add(name)
    return found


def subject_of_constraint(name: str, clauses: Mapping[str, Clause]) -> str:
    """The part of the heat map in which a constraint counts: by its clause's variable, or by what the row says."""
    family = family_of(name, clauses)
    if family.startswith("clause:"):
        return _OF_VARIABLE[figure_subject(family.removeprefix("clause:"))]
    return SUBJECT_OF_ROW.get(family, SUBJECTS_OF_HEAT[-1])
