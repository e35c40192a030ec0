"""Scenario to workbook to scenario is the identity, for every scenario that a workbook can hold.

Most examples go through the sheets as cells in memory, written and read by the same accounts of tables as files are; a
few go through real files.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regmodel.scenario import Override, Scenario, ScenarioFile, Value, dump, load, resolve
from regmodel.scenario.keys import EASES, ONE_END
from regmodel.vocabulary.problems import InputProblems, Problems
from regmodel.vocabulary.texts import Text
from regmodel.workbook.cells import Found, SheetCells
from regmodel.workbook.contents import contents
from regmodel.workbook.layout import BOOK_LANGUAGES, END_MARK, TABLES, BookLanguage, sheet_of, word
from regmodel.workbook.overlay import typed_rows
from regmodel.workbook.read import read_tables, read_with_counts, scenario_of_tables
from regmodel.workbook.rows import Row
from regmodel.workbook.speakable import check_words
from regmodel.workbook.stamp import base_scenario, draft_of, make_stamp
from regmodel.workbook.write import write_workbook

PLAN = load("plan")
Rows = Mapping[str, tuple[Row, ...]]
KINDS = st.sampled_from(sorted(PLAN.book.source_kinds))
WORDS = st.text(st.characters(exclude_categories=("Cc", "Cs")) | st.sampled_from("\n_x0041=@"), min_size=1, max_size=20)
SAYABLE = WORDS.filter(lambda words: words == words.strip() and "\ufffe" not in words and "\uffff" not in words)
NUMBERS = st.floats(min_value=1e-6, max_value=1e6) | st.sampled_from((0.0, 1.0, 1 / 3, 0.1 + 0.2, 14.8))
BINDING = [active.clause for active in PLAN.clauses if active.clause.bounding]
READ = [clause for clause in BINDING if clause.readings]
PRINTED = [clause for clause in BINDING if clause.value is not None and not clause.id.startswith("cap.")]
CAPPED = sorted({clause.region for clause in BINDING if clause.kind == "cap" and clause.variable == "water_use_total"})
STEMS = ("water.industrial_intensity_decline", "population.urban_ceiling", "water.sewage_collection")


@st.composite
def _setting(draw: st.DrawFn) -> tuple[str, Value]:
    """One key with a value that may stand there."""
    kinds = ("record", "region", "value", "enabled", "reading", "ease", "lever", "limit", "cap", "figure", "as it is")
    kind = draw(st.sampled_from(kinds))
    clause, lever = draw(st.sampled_from(BINDING)), draw(st.sampled_from(PLAN.levers)).id
    match kind:
        case "record":
            return f"record.{draw(st.sampled_from(sorted(PLAN.book.records)))}", draw(NUMBERS)
        case "region":
            return f"record.{draw(st.sampled_from(STEMS))}.{draw(st.sampled_from(PLAN.book.regions.ids()))}", draw(
                NUMBERS
            )
        case "figure":
            return f"record.{draw(st.sampled_from(PLAN.book.figures)).key}", draw(NUMBERS)
        case "as it is":
            key = draw(st.sampled_from(("water.use_base.ORDOS", "output.icor")))
            return f"record.{key}", float(PLAN.book.records[key].printed)
        case "value":
            return f"clause.{draw(st.sampled_from(PRINTED)).id}.value", draw(NUMBERS)
        case "enabled":
            return f"clause.{clause.id}.enabled", draw(st.booleans())
        case "reading":
            read = draw(st.sampled_from(READ))
            return f"clause.{read.id}.reading", draw(st.sampled_from(read.readings))
        case "ease":
            return f"clause.{clause.id}.{ONE_END.get(clause.sense) or draw(st.sampled_from(EASES))}", draw(NUMBERS)
        case "cap":
            return f"cap.water_use_total.{draw(st.sampled_from(CAPPED))}.{draw(st.integers(2021, 2035))}", draw(NUMBERS)
        case "lever":
            return f"lever.{lever}.enabled", draw(st.booleans())
        case _:
            return f"lever.{lever}.limit", draw(st.floats(min_value=0.0, max_value=1.0))


@st.composite
def _overrides(draw: st.DrawFn) -> tuple[Override, ...]:
    found: dict[str, Override] = {}
    for key, value in draw(st.lists(_setting(), max_size=20)):
        reason, source = draw(st.none() | SAYABLE), draw(st.none() | SAYABLE)
        where, kind = (draw(st.none() | SAYABLE), draw(st.none() | KINDS)) if source else (None, None)
        one = Override(key, value, reason, "made", source, where, kind)
        found[one.thing] = one
    return tuple(found.values())


@st.composite
def _files(draw: st.DrawFn) -> ScenarioFile:
    title, title_zh, words, words_zh = (draw(SAYABLE) for _ in range(4))
    parent = draw(st.sampled_from((None, "plan", "baseline")))
    layers = draw(
        st.sampled_from(((), ("dry_years",), ("low_migration", "water_saving"), ("dry_years", "high_growth")))
    )
    in_order = draw(st.booleans())
    name = draw(st.sampled_from(("made", "干旱_2")))
    return ScenarioFile(
        name,
        Text(title, title_zh),
        Text(words, words_zh),
        parent,
        layers,
        in_order,
        tuple(replace(one, owner=name) for one in draw(_overrides())),
    )


@cache
def _base(parent: str, layers: tuple[str, ...], in_order: bool) -> Scenario:
    return base_scenario(parent, layers, in_order)


@cache
def _rows(
    parent: str, layers: tuple[str, ...], in_order: bool, language: BookLanguage
) -> Mapping[str, tuple[Row, ...]]:
    return contents(_base(parent, layers, in_order), language)


def _sheets(rows: Mapping[str, Iterable[Row]], language: BookLanguage) -> dict[str, SheetCells]:
    """The tables as cells, at the places that a file has them."""
    sheets: dict[str, SheetCells] = {}
    for table in TABLES:
        sheet = sheets.setdefault(table.sheet, SheetCells(word(sheet_of(table.sheet).title, language)))
        line = sheet.last_row + 4
        for column in table.columns:
            mark = f"~{table.code}" if column is table.columns[0] else column.code
            sheet.cells[line, column.at] = Found(mark)
        line += 2
        for row in rows[table.code]:
            for column in table.columns:
                cell = row.cells.get(column.code)
                if cell is not None and cell != "":
                    sheet.cells[line, column.at] = Found(cell)
            line += 1
        sheet.cells[line, table.columns[0].at] = Found(END_MARK)
    return sheets


def _through_cells(scenario: Scenario, language: BookLanguage) -> Scenario:
    check_words(scenario)
    draft = draft_of(scenario)
    place = (draft.form.parent or "", draft.form.layers, draft.form.in_order)
    base, rows = _base(*place), _rows(*place, language)
    stamp = make_stamp(draft, rows, language)
    problems = Problems()
    sheets = _sheets(typed_rows(scenario, draft, rows, language), language)
    readings = read_tables(sheets, stamp, base, rows, problems, calculated=True)
    again, _ = scenario_of_tables(readings, stamp, base, problems)
    return again


def _in_one_order(scenario: Scenario) -> Scenario:
    """What is set has no order: a sheet has its own."""
    own, overrides = (tuple(sorted(all_, key=lambda one: one.key)) for all_ in (scenario.own, scenario.overrides))
    return replace(scenario, own=own, overrides=overrides)


def _same(again: Scenario, scenario: Scenario) -> None:
    assert _in_one_order(again) == _in_one_order(scenario)


@settings(max_examples=15)
@given(file=_files(), language=st.sampled_from(BOOK_LANGUAGES))
def test_scenario_to_cells_to_scenario_is_the_identity(file: ScenarioFile, language: BookLanguage) -> None:
    """Records with and without region, clauses, ends, levers, caps, layers, reasons, sources: all come back."""
    scenario = resolve(file)
    _same(_through_cells(scenario, language), scenario)


@settings(max_examples=2)
@given(file=_files(), language=st.sampled_from(BOOK_LANGUAGES))
def test_scenario_to_file_to_scenario_is_the_identity(file: ScenarioFile, language: BookLanguage) -> None:
    """The same through a real workbook, and every row is used."""
    scenario = resolve(file)
    with TemporaryDirectory() as folder:
        reading = read_with_counts(write_workbook(Path(folder) / "a.xlsx", scenario, language))
    _same(reading.scenario, scenario)
    assert (reading.count.reported, reading.count.rows_in) == (0, reading.count.used)


def test_file_and_workbook_are_the_same_scenario(tmp_path: Path) -> None:
    """TOML to workbook to TOML: the same file text but for the order of its lines."""
    text = (
        'name = "mine"\ntitle = "Mine"\ntitle_zh = "我的"\nparent = "plan"\n\n[override]\n'
        '"clause.nm_urb_2025.ease_low" = { value = 2.5, reason = "a way out" }\n'
        '"record.water.use_base.ORDOS" = { value = 16.2, source = "Bulletin", where = "table 3", kind = "bulletin" }\n'
    )
    (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
    scenario = load(tmp_path / "mine.toml")
    again = read_with_counts(write_workbook(tmp_path / "mine.xlsx", scenario, "zh")).scenario
    assert sorted(dump(again).splitlines()) == sorted(dump(scenario).splitlines())


def test_what_a_parent_of_ones_own_sets_is_written_out(tmp_path: Path) -> None:
    """A parent that does not ship with the model has no name in the workbook: what it sets counts as one's own."""
    (tmp_path / "elder.toml").write_text(
        'parent = "plan"\n[override]\n"lever.reclaimed.limit" = 0.5\n', encoding="utf-8"
    )
    (tmp_path / "young.toml").write_text('parent = "elder"\n[override]\n"record.output.icor" = 7\n', encoding="utf-8")
    scenario = load(tmp_path / "young.toml")
    again = read_with_counts(write_workbook(tmp_path / "young.xlsx", scenario, "en")).scenario
    assert {(one.key, one.value) for one in again.own} == {("lever.reclaimed.limit", 0.5), ("record.output.icor", 7.0)}
    assert (again.parent, again.clauses, again.levers) == (None, scenario.clauses, scenario.levers)
    assert again.book.records["output.icor"].value == scenario.book.records["output.icor"].value


@pytest.mark.parametrize("words", ["a\rb", " leading", "bell\x07", "x" * 32768])
def test_words_that_a_cell_would_change_are_refused(words: str, tmp_path: Path) -> None:
    own = (Override("record.output.icor", 7.0, words, "made"),)
    scenario = resolve(ScenarioFile("made", Text("m", "m"), Text("m", "m"), "plan", (), False, own))
    with pytest.raises(InputProblems) as raised:
        write_workbook(tmp_path / "a.xlsx", scenario, "en")
    assert [problem.code for problem in raised.value.problems] == ["W-63"]
    assert not list(tmp_path.iterdir())


def test_a_name_that_the_form_would_refuse_is_not_written(tmp_path: Path) -> None:
    scenario = resolve(ScenarioFile("2 dry", Text("m", "m"), Text("m", "m"), "plan", (), False, ()))
    with pytest.raises(InputProblems) as raised:
        write_workbook(tmp_path / "a.xlsx", scenario, "en")
    assert [problem.code for problem in raised.value.problems] == ["W-62"]
