"""The whole way once with the real model: an edited workbook, a run of its scenario, the results in the workbook."""

import openpyxl
import pytest

from regmodel.params import convert
from regmodel.runs import run
from regmodel.workbook.read import read_with_counts
from regmodel.workbook.results import write_results

pytestmark = pytest.mark.slow
LAND = {
    2025: "nm_new_land_2025",
    2030: "path.new_urban_land.INNER_MONGOLIA.2030",
    2035: "path.new_urban_land.INNER_MONGOLIA.2035",
}


def check_land(sheet, finished):
    """At the end of each plan period the Data sheet has what the run's clauses were judged by."""
    key = "new_urban_land_of_period|programme|INNER_MONGOLIA"
    line = next(row for row in sheet.iter_rows(min_row=6, values_only=True) if row[0] == key)
    values = {entry["id"]: entry["value"] for entry in finished.verdict["clauses"]}
    for year, clause in LAND.items():
        assert line[5 + year - 2020] == pytest.approx(convert(values[clause], "10^4 mu", "km2"), abs=1e-6), clause


def test_an_edited_workbook_runs_and_gets_its_own_results(open_desk, book):
    """A statement switched on in Targets clashes; Results says so and Checks lists the edit."""
    desk = open_desk(book)
    desk.put("targets.clauses", "nm_to_town_2025", "enabled", "yes")
    desk.put("targets.clauses", "nm_to_town_2025", "own_reason", "the plan says so")
    reading = read_with_counts(desk.save())
    finished = run(reading.scenario)
    assert finished.verdict["verdict"] == "infeasible"
    assert write_results(book, finished, reading=reading) == book
    opened = openpyxl.load_workbook(book, read_only=True)
    assert opened["Results 结果"]["B5"].value == "✕ Not feasible 不可行"
    words = [str(row[1].value) for row in opened["Checks 检查"].iter_rows(min_row=6, max_row=100) if row[1].value]
    assert any("(clause.nm_to_town_2025.enabled)\nno 否 → yes 是; the plan says so" in said for said in words)
    changes = [[cell.value for cell in row] for row in opened["Results 结果"].iter_rows(min_row=13, max_row=260)]
    (told,) = [row for row in changes if "clause.nm_to_town_2025.enabled" in str(row[1])]
    assert [told[0], told[2], told[3], told[5]] == ["yours 您的改动", "no 否", "yes 是", "the plan says so"]
    check_land(opened["Data 结果数据"], finished)
    count = reading.count
    assert any(f"{count.rows_in} = {count.used} + {count.reported}" in said for said in words)
    opened.close()
    assert read_with_counts(book).scenario == reading.scenario
