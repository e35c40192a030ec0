"""The tables of the register: complete, cited, and read with every problem at once."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from regmodel.params import convert, shipped_folder
from regmodel.plans import ledger, read_clauses
from regmodel.plans.clause_tables import PLAN_COLUMNS, TABLES
from regmodel.plans.uses import USES
from regmodel.vocabulary.problems import InputProblems

HEADER = ",".join(PLAN_COLUMNS)


def plan_rows() -> list[dict[str, str]]:
    with (shipped_folder() / "plan_clauses.csv").open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def test_every_row_of_the_plans_is_a_clause(by_id):
    rows = plan_rows()
    assert len(rows) == 111
    assert [row["figure_id"] for row in rows if row["figure_id"] not in by_id] == []
    assert {row["plan_id"] for row in rows} == {"hbyy2013", "hbey2018", "hohhot2019", "hbew2021", "nmurban2021"}


def test_every_row_keeps_its_figures(by_id):
    for row in plan_rows():
        clause = by_id[row["figure_id"]]
        for column in ("value", "low", "high"):
            assert getattr(clause, column) == (float(row[column]) if row[column] else None), clause.id
        assert clause.as_printed == row["as_printed"]
        assert "|".join(clause.readings) == row["readings"]


def test_every_plan_clause_cites_its_section_and_document(clauses):
    for clause in clauses:
        assert clause.document is not None
        assert clause.section or not clause.document.plan, clause.id


def test_tables_open_in_a_spreadsheet_with_chinese():
    for name in (*TABLES, "plans.csv", "regulations.csv", "wording.csv", "readings.csv", "clause_uses.csv"):
        path = shipped_folder() / name
        assert path.read_bytes().startswith(b"\xef\xbb\xbf"), path.name


def test_targets_caps_and_paths_are_enabled_and_statements_are_not(clauses):
    for clause in clauses:
        assert clause.enabled == (clause.kind in ("target", "cap", "path")), clause.id
    assert {clause.id for clause in clauses if clause.rank == 7} == {"nm_key_share_2025", "nm_to_town_2025"}


def test_the_first_reading_is_the_default(by_id):
    assert by_id["nm_urb_2025"].default_reading == "window"
    assert by_id["hbew_gdp_growth"].default_reading == "floor"
    assert by_id["hbew_urban_pop_growth"].default_reading == "cumulative:window"
    assert by_id["hbew_pop_2020"].default_reading is None


def test_memory_units_convert(clauses):
    for clause in clauses:
        if clause.memory_unit is not None:
            assert convert(1.0, clause.unit, clause.memory_unit) > 0, clause.id


def test_records_that_clauses_name_exist(clauses, book):
    for clause in clauses:
        if clause.record is not None:
            assert book.has(clause.record, clause.region), clause.id


def test_caps_without_a_document_are_called_assumed(clauses):
    for clause in clauses:
        if clause.plan == "assumed":
            assert clause.assumed
            assert clause.confidence == "D"
            assert clause.value is None


def test_caps_of_the_yellow_river_make_the_regional_one(clauses):
    caps = [c for c in clauses if c.variable == "yellow_river_consumption" and c.value is not None]
    assert len(caps) == 8
    whole = next(cap.value for cap in caps if cap.region == "INNER_MONGOLIA")
    parts = [cap.value for cap in caps if cap.region != "INNER_MONGOLIA"]
    assert sum(parts) == pytest.approx(whole) == 58.6  # 5.1 + 5.5 + 7.0 + 40.0 + 0.5 + 0.5 + 0.0


def test_every_clause_has_one_use_and_a_reason(clauses):
    entries = ledger(clauses)
    assert list(entries) == [clause.id for clause in clauses]
    assert all(entry.use in USES and entry.reason.en and entry.reason.zh for entry in entries.values())
    assert not [entry for entry in entries.values() if "is new to" in entry.reason.en]


def test_clauses_of_the_programme(clauses):
    plan_ids = {row["figure_id"] for row in plan_rows()}
    used = {name for name, entry in ledger(clauses).items() if entry.use == "programme" and name in plan_ids}
    assert used == {
        "nm_urb_2025", "nm_urb_2035", "hbew_urban_pop_2025", "hbew_urban_pop_growth", "hbew_gdp_growth",
        "hbey_urb_2035", "nm_new_land_2025", "nm_land_per_capita", "nm_key_share_2025", "nm_to_town_2025",
    }  # fmt: skip


def test_what_the_ledger_calls_arithmetic_is_in_the_arithmetic(clauses, findings):
    told = {name for finding in findings.values() for name in finding.clauses}
    entries = ledger(clauses)
    assert [name for name, entry in entries.items() if entry.use == "arithmetic" and name not in told] == []
    idle = ("reported", "not_decidable")
    assert [name for name in told if entries[name].use in idle] == []


def test_a_variable_that_no_line_speaks_of_says_so(by_id):
    from dataclasses import replace

    clause = replace(by_id["nm_urb_2025"], id="new", variable="moon_share", domain="moon")
    assert "moon_share" in ledger([clause])["new"].reason.en


def test_lines_of_the_ledger_are_all_used(clauses):
    from regmodel.plans.uses import read_uses

    rules = read_uses(shipped_folder())
    first = {id(next(rule for rule in rules if rule.matches(clause))) for clause in clauses}
    unused = [rule for rule in rules if id(rule) not in first and not rule.domain]
    assert unused == []


def spoil(folder: Path, *lines: str, header: str = HEADER) -> None:
    (folder / "plan_clauses.csv").write_text("\n".join([header, *lines]) + "\n", encoding="utf-8-sig")


def problems_of(folder: Path, book) -> dict[str, object]:
    with pytest.raises(InputProblems) as raised:
        read_clauses(folder, book.regions)
    return {problem.code: problem for problem in raised.value.problems}


def test_all_problems_of_all_rows_come_at_once(params_copy, book):
    spoil(
        params_copy,
        "a,nmurban2021,people,target,urbanisation_rate,INER_MONGOLIA,2021,2025,about,69,68,70,%,69%左右,左右,window,4,第二章第三节,",
        "a,nmurban,people,targt,urbanisation_rate,ORDOS,2030,2025,=>,69,70,68,persent,69%,大约,windw,4,第二章第三节,",
        "b,nmurban2021,people,target,urbanisation_rate,ORDOS,2021,2025,>=,,,,%,69%,,,4,第二章第三节,",
        "c,nmurban2021,people,target,urbanisation_rate,ORDOS,2021,2025.5,>=,sixty,,,%,69%,,,4,第二章第三节,",
        "d,nmurban2021,people,target,urbanisation_rate,ORDOS,2021,2025,about,80,68,70,%,80%,,,4,第二章第三节,",
    )
    found = problems_of(params_copy, book)
    assert set(found) == {
        "R-04", "R-05", "R-06", "R-07", "R-08", "R-09", "R-10", "R-11", "R-12", "R-13", "R-14", "R-15", "R-17",
    }  # fmt: skip


def test_an_unknown_region_in_full(params_copy, book):
    spoil(
        params_copy,
        "a,nmurban2021,people,target,urbanisation_rate,INER_MONGOLIA,2021,2025,about,69,68,70,%,69%左右,左右,window,4,第二章第三节,",
    )
    problem = problems_of(params_copy, book)["R-05"]
    assert problem.render("en") == (
        "params/plan_clauses.csv, row 2 (a)   region  [R-05]\n"
        '  found      "INER_MONGOLIA"\n'
        "  expected   the id of a region, a set of regions or a place\n"
        '  to do      did you mean "INNER_MONGOLIA"?'
    )
    assert problem.render("zh") == (
        "params/plan_clauses.csv, row 2 (a)   地区  [R-05]\n"
        '  填写为        "INER_MONGOLIA"\n'
        "  应为         地区、地区集合或地点的编号\n"
        "  请处理        是否应为“INNER_MONGOLIA”？"
    )


def test_a_missing_number_in_full(params_copy, book):
    spoil(
        params_copy,
        "b,nmurban2021,people,target,urbanisation_rate,ORDOS,2021,2025,>=,,,,%,69%,,,4,第二章第三节,",
    )
    assert problems_of(params_copy, book)["R-12"].render("en") == (
        "params/plan_clauses.csv, row 2 (b)  [R-12]\n"
        '  found      no value beside "69%"\n'
        '  expected   a number, as the sense ">=" needs one\n'
        "  to do      type the printed number; where it comes from a record, name the record in the column record"
    )


def test_ends_out_of_order_in_full(params_copy, book):
    spoil(
        params_copy,
        "b,nmurban2021,people,target,urbanisation_rate,ORDOS,2027,2025,about,69,70,68,%,69%,左右,,4,第二章第三节,",
    )
    found = problems_of(params_copy, book)
    assert found["R-10"].render("en") == (
        "params/plan_clauses.csv, row 2 (b)  [R-10]\n"
        "  found      low 70 above high 68\n"
        "  expected   low not above high\n"
        "  to do      exchange the two, or correct the wrong one"
    )
    assert found["R-11"].render("en") == (
        "params/plan_clauses.csv, row 2 (b)  [R-11]\n"
        "  found      year_from 2027 after year_to 2025\n"
        "  expected   a first year not after the last\n"
        "  to do      exchange the two years, or correct the wrong one"
    )


def test_columns_and_files_in_full(params_copy, book):
    spoil(params_copy, header=HEADER.replace("wording", "wordings"))
    (params_copy / "path_clauses.csv").unlink()
    found = problems_of(params_copy, book)
    assert found["R-01"].render("en") == (
        "params/path_clauses.csv  [R-01]\n"
        "  found      no such file\n"
        "  expected   one of the tables of the register\n"
        "  to do      put the table back; an empty one keeps its header line"
    )
    assert found["R-02"].render("en") == (
        "params/plan_clauses.csv, header   unknown column  [R-02]\n"
        '  found      "wordings"\n'
        "  expected   a column of this table\n"
        '  to do      did you mean "wording"?'
    )
    assert found["R-03"].to_do.en == "put the column back"


def test_confidence_and_assumed_are_checked(params_copy, book):
    path = params_copy / "regulation_clauses.csv"
    text = path.read_text(encoding="utf-8-sig")
    path.write_text(text.replace(",A,no,", ",Z,maybe,", 1), encoding="utf-8-sig")
    found = problems_of(params_copy, book)
    assert found["R-18"].to_do.en == "grade the source of this row"
    assert found["R-19"].expected.en == "yes or no"


def test_a_table_in_gbk_reads_the_same(params_copy, book, clauses):
    path = params_copy / "plan_clauses.csv"
    path.write_bytes(path.read_text(encoding="utf-8-sig").encode("gb18030"))
    assert read_clauses(params_copy, book.regions) == clauses


def test_the_shipped_register_has_no_problem(book):
    assert len(read_clauses(shipped_folder(), book.regions)) > 170
