"""The whole way once with the real model: an edited workbook, a run of its scenario, the results in the workbook."""

import openpyxl
import pytest

from regmodel.runs import run
from regmodel.workbook.read import read_with_counts
from regmodel.workbook.results import write_results

pytestmark = pytest.mark.slow


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
    assert any("clause.nm_to_town_2025.enabled; the plan says so" in said for said in words)
    count = reading.count
    assert any(f"{count.rows_in} = {count.used} + {count.reported}" in said for said in words)
    opened.close()
    assert read_with_counts(book).scenario == reading.scenario
