"""The tables of the workbook as plain rows, from a scenario: the one account that writing and reading share."""

from __future__ import annotations

from collections.abc import Mapping

from regmodel.params import Figure, ParameterBook, Record
from regmodel.params.numbers import read_number
from regmodel.plans import Clause, LedgerEntry, ledger
from regmodel.report.labels import variable_label
from regmodel.report.units import printed_label
from regmodel.scenario import ActiveClause, Lever, Scenario
from regmodel.scenario.keys import EASES, ONE_END
from regmodel.vocabulary.sets import BASE_YEAR
from regmodel.vocabulary.texts import Text
from regmodel.workbook.columns import SAID
from regmodel.workbook.data_rows import OWN_NAMES
from regmodel.workbook.form import FormWords, form_rows
from regmodel.workbook.layout import SUBJECTS, TABLES, BookLanguage, sentence, word
from regmodel.workbook.rows import Cell, Entry, Row, switch_word

TO_SAY = dict.fromkeys(SAID, Entry("text", may_be_blank=True))
UNSAID: Mapping[str, Cell] = dict.fromkeys(SAID)
_OFF = Text("off unless switched on: ", "默认停用，可启用：")


def contents(scenario: Scenario, language: BookLanguage) -> dict[str, tuple[Row, ...]]:
    """Rows of every table by its code, with the values of the scenario; blank rows are not among them."""
    book = scenario.book
    found: dict[str, tuple[Row, ...]] = {table.code: () for table in TABLES}
    for subject in (*SUBJECTS, "lever"):
        records = [record for record in book.records.values() if subject_of(record.key) == subject]
        found[f"{subject}.records"] = tuple(_record_row(record, book, language) for record in records)
    for subject in SUBJECTS:
        figures = [
            figure
            for figure in book.figures
            if figure.year == BASE_YEAR and figure.target_year is None and figure_subject(figure.variable) == subject
        ]
        found[f"{subject}.figures"] = tuple(_figure_row(figure, book, language) for figure in figures)
    uses = ledger([active.clause for active in scenario.clauses])
    found["targets.clauses"] = tuple(
        _clause_row(active, uses[active.clause.id], book, language) for active in scenario.clauses
    )
    found["levers.levers"] = tuple(_lever_row(lever, language) for lever in scenario.levers)
    found["scenarios.form"] = form_rows(FormWords.of(scenario), language)
    return found


def subject_of(key: str) -> str:
    """The sheet on which a record stands; what has no sheet of its own stands with the environment."""
    subject = key.split(".", 1)[0]
    return subject if subject in SUBJECTS or subject == "lever" else "environment"


def figure_subject(variable: str) -> str:
    """The sheet on which a figure of the base year stands, by the name of its variable."""
    if variable.startswith(("population", "urban_population", "rural_population", "urbanisation", "age_", "household",
                            "natural_", "floating", "separated")):  # fmt: skip
        return "population"
    if variable.startswith(("gdp", "va_")):
        return "output"
    if "land" in variable or "built_up" in variable or "urban_boundary" in variable:
        return "land"
    if variable.startswith(("water", "irrigat", "yellow", "consumption", "domestic", "reclaimed", "mine", "pipe",
                            "nonconv", "groundwater")):  # fmt: skip
        return "water"
    return "environment"


def variable_text(variable: str) -> Text:
    """What readers call a variable, in both languages."""
    own = OWN_NAMES.get(variable)
    return own if own is not None else Text(variable_label(variable, "en"), variable_label(variable, "zh"))


def unit_text(unit: str) -> Text:
    """A printed unit in both languages."""
    return Text(printed_label(unit, "en") or "-", printed_label(unit, "zh") or "-")


def record_number(record: Record | Figure, book: ParameterBook, printed: str | None) -> float | None:
    """A printed figure of a record as a number in the printed unit; None where none is printed."""
    if printed is None:
        return None
    source = book.sources.get(record.source)
    return read_number(printed, record.printed_unit, source.number_format if source else None)


def _record_row(record: Record, book: ParameterBook, language: BookLanguage) -> Row:
    low, high = (record_number(record, book, end) for end in (record.low, record.high))
    value = record_number(record, book, record.printed)
    if low is None and high is None and record.low_value is not None and record.value:
        low, high = (_in_proportion(value, record.value, end) for end in (record.low_value, record.high_value))
    title = _with_region(record.title, record.key, book)
    unit = unit_text(record.printed_unit)
    note = _joined(record.used_for and f"{record.used_for}", record.note)
    cells: dict[str, Cell] = {
        "key": record.key,
        "name_en": title.en,
        "name_zh": title.zh,
        "value": value,
        "unit": word(unit, language),
        "low": low,
        "high": high,
        "confidence": record.confidence,
        "source": _source_words(record.source, record.where, book, language),
        "note": note,
        **UNSAID,
    }
    entry = Entry("number", f"record.{record.key}", low=low, high=high)
    return Row(record.key, cells, {"value": entry, **TO_SAY}, title, unit)


def _figure_row(figure: Figure, book: ParameterBook, language: BookLanguage) -> Row:
    name, place = variable_text(figure.variable), book.regions
    region = place.name(figure.region) if place.is_known(figure.region) else Text(figure.region, figure.region)
    title = Text(f"{name.en}, {region.en}, {figure.year}", f"{region.zh}{figure.year}年{name.zh}")
    value = record_number(figure, book, figure.printed)
    unit = unit_text(figure.printed_unit)
    low = high = None
    if figure.low_value is not None and figure.value:
        low, high = (_in_proportion(value, figure.value, end) for end in (figure.low_value, figure.high_value))
    cells: dict[str, Cell] = {
        "key": figure.key,
        "name_en": title.en,
        "name_zh": title.zh,
        "value": value,
        "unit": word(unit, language),
        "low": low,
        "high": high,
        "confidence": figure.confidence,
        "source": _source_words(figure.source, figure.where, book, language),
        "note": figure.note,
        **UNSAID,
    }
    entry = Entry("number", f"record.{figure.key}", low=low, high=high)
    return Row(figure.key, cells, {"value": entry, **TO_SAY}, title, unit)


def _clause_row(active: ActiveClause, use: LedgerEntry, book: ParameterBook, language: BookLanguage) -> Row:
    clause, ends = active.clause, active.bounds
    title = clause_title(clause, book)
    open_cells = dict(TO_SAY)
    if clause.bounding:
        open_cells["enabled"] = Entry("switch", f"clause.{clause.id}.enabled")
    if clause.value is not None or clause.bounding:
        open_cells["value"] = Entry("number", f"clause.{clause.id}.value", may_be_blank=clause.value is None)
    if len(clause.readings) > 1:
        open_cells["reading"] = Entry("choice", f"clause.{clause.id}.reading", choices=clause.readings)
    ends_that_give = EASES if clause.bounding else ()
    for end in ends_that_give:
        if end == ONE_END.get(clause.sense, end):
            open_cells[end] = Entry("number", f"clause.{clause.id}.{end}", may_be_blank=True)
    unit = unit_text(clause.unit)
    cells: dict[str, Cell] = {
        "key": clause.id,
        "name_en": title.en,
        "name_zh": title.zh,
        "plan": _plan_words(clause, language),
        "printed": clause.as_printed,
        "wording": clause.wording,
        "reading": active.reading,
        "low": ends.low if ends is not None and clause.bounding else None,
        "high": ends.high if ends is not None and clause.bounding else None,
        "value": clause.value,
        "ease_low": active.ease_low or None,
        "ease_high": active.ease_high or None,
        "unit": word(unit, language) if clause.unit else None,
        "enabled": word(switch_word(active.enabled), language) if clause.bounding else None,
        "rank": None if clause.rank is None else float(clause.rank),
        "use": _use_words(active, use, language),
        "confidence": clause.confidence,
        "note": clause.note,
        **UNSAID,
    }
    return Row(clause.id, cells, open_cells, title, unit if clause.unit else None)


def clause_title(clause: Clause, book: ParameterBook) -> Text:
    """What a clause is about: variable, place and years, without its figure."""
    region = book.regions.name(clause.region)
    years = "" if clause.year_to is None else f"{clause.year_to}"
    if clause.year_from is not None and clause.year_to is not None and clause.year_from != clause.year_to:
        years = f"{clause.year_from}–{clause.year_to}"
    label = variable_text(clause.variable)
    english = ", ".join(part for part in (label.en, region.en, years) if part)
    return Text(english[:1].upper() + english[1:], f"{region.zh}{label.zh}{f'（{years}）' if years else ''}")


def _use_words(active: ActiveClause, entry: LedgerEntry, language: BookLanguage) -> str:
    """What becomes of a clause, by the register's own ledger."""
    reason = entry.reason
    if active.clause.bounding and not active.enabled:
        reason = Text(_OFF.en + reason.en, _OFF.zh + reason.zh)
    return sentence(reason, language)


def _plan_words(clause: Clause, language: BookLanguage) -> str:
    name = clause.document.short if clause.document is not None else Text(clause.plan, clause.plan)
    return _joined(sentence(name, language), clause.section)


def _lever_row(lever: Lever, language: BookLanguage) -> Row:
    share = Text("share, 0 to 1", "比例，0 至 1")
    cells: dict[str, Cell] = {
        "key": lever.id,
        "name_en": lever.title.en,
        "name_zh": lever.title.zh,
        "limit": lever.limit,
        "unit": word(share, language),
        "low": 0.0,
        "high": 1.0,
        "enabled": word(switch_word(lever.enabled), language),
        "cost": lever.cost_record,
        "note": sentence(lever.what, language),
        **UNSAID,
    }
    entries = {
        "limit": Entry(
            "number", f"lever.{lever.id}.limit", low=0.0, high=1.0, firm=True, may_be_blank=True, share=True
        ),
        "enabled": Entry("switch", f"lever.{lever.id}.enabled"),
        **TO_SAY,
    }
    return Row(lever.id, cells, entries, lever.title, share)


def _in_proportion(value: float | None, memory: float, end: float | None) -> float | None:
    """An end that stands in memory units only, put into the printed unit of its value."""
    if value is None or end is None:
        return None
    return float(f"{value * end / memory:.6g}")


def _with_region(title: Text, key: str, book: ParameterBook) -> Text:
    """A record's title with the region of its key, where the title does not name it already."""
    suffix = key.rpartition(".")[2]
    if not book.regions.is_known(suffix):
        return title
    name = book.regions.name(suffix)
    english = title.en if name.en.casefold() in title.en.casefold() else f"{title.en}, {name.en}"
    chinese = title.zh if name.zh in title.zh else f"{name.zh}：{title.zh}"
    return Text(english, chinese)


def _source_words(key: str, where: str, book: ParameterBook, language: BookLanguage) -> str:
    source = book.sources.get(key)
    title = word(source.title, language) if source is not None else key
    return _joined(title, where)


def _joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part)
