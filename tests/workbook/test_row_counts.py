"""Rows in = rows used + rows reported: counted here by another reader of the file, table by table."""

import re

import openpyxl
import pytest

from regmodel.workbook.layout import END_MARK, TABLES
from regmodel.workbook.read import survey


def rows_that_stand(path):
    """The rows with anything in them, by table, as openpyxl finds them."""
    book = openpyxl.load_workbook(path, data_only=False)
    found = {}
    for sheet in book.worksheets:
        table, header = None, 0
        for row in sheet.iter_rows(values_only=True):
            mark = str(row[0] or "")
            if mark == END_MARK:
                table = None
            elif mark.startswith("~") and mark.removeprefix("~") in {each.code for each in TABLES}:
                table, header = mark.removeprefix("~"), 1
                found[table] = 0
            elif header:
                header = 0
            elif table is not None and any(str(cell or "").strip() for cell in row):
                found[table] += 1
    return found


def test_every_row_of_the_shipped_workbook_is_used(light_book):
    counts, problems = survey(light_book)
    assert {table.code: counts[table.code].rows_in for table in TABLES} == rows_that_stand(light_book)
    assert all(count.used == count.rows_in for count in counts.values())
    assert problems == ()


def test_no_row_of_a_broken_workbook_is_lost(desk):
    """Every row is either used or named by a problem; no problem names a row that counts as used."""
    desk.put("water.records", "water.use_base.ORDOS", "value", "much")
    desk.put("water.records", "water.use_base.YULIN", "key", "water.use_base.YULINN")
    desk.put("water.records", "water.use_base.BAOTOU", "value", None)
    desk.put("targets.clauses", "nm_urb_2025", "reading", "both")
    desk.put("levers.levers", "mine_water", "limit", -1)
    desk.put("population.regional", 0, "region", "ORDOS")
    desk.put("population.regional", 3, "key", "population.urban_ceiling")
    desk.put("population.regional", 3, "region", "ORDOSS")
    desk.put("population.regional", 3, "value", 84)
    land, _ = desk.mark("land.records")
    land.delete_cols(4)
    path = desk.save()
    counts, problems = survey(path)
    standing = rows_that_stand(path)
    assert {code: count.rows_in for code, count in counts.items()} == standing
    assert all(count.rows_in == count.used + count.reported for count in counts.values())
    told = {table: count.reported for table, count in counts.items() if count.reported}
    land_tables = {table for table in standing if table.startswith("land.") and standing[table]}
    assert told == {"water.records": 3, "targets.clauses": 1, "levers.levers": 1, "population.regional": 2} | {
        table: standing[table] for table in land_tables
    }
    lines = {re.search(r"!([^!\d]*\d+)", each.where)[1] for each in problems if each.code not in ("W-15", "W-22")}
    assert len(lines) == 8, "seven rows by their cells, and one of them by two"


@pytest.mark.parametrize(("language", "line"), [("en", "rows read = "), ("zh", "报告 1 行")])
def test_validate_says_what_became_of_the_rows(language, line, desk, capsys):
    from regmodel.cli import main

    desk.put("water.records", "water.use_base.ORDOS", "value", "much")
    path = desk.save()
    assert main(["validate", str(path), "--lang", language]) == 1
    said = capsys.readouterr()
    assert said.out == "", "what became of the rows stands where the problems stand"
    assert line in said.err.splitlines()[0]
    total = sum(count.rows_in for count in survey(path)[0].values())
    assert re.findall(r"\d+", said.err)[:3] == [str(total), str(total - 1), "1"]
    assert "W-30" in said.err
