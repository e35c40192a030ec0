"""The workbook that travels with the model is the one that its records make today."""

import pytest

from regmodel.vocabulary.problems import InputProblems
from regmodel.workbook.package import BookPackage
from regmodel.workbook.read import read_stamp, read_with_counts

MEND = "workbooks/plan.xlsx is older than the records; make it again with: regmodel new workbooks/plan.xlsx --lang both"


def test_the_shipped_workbook_is_up_to_date(root, shipped_book, plan):
    path = root / "workbooks" / "plan.xlsx"
    with BookPackage(path) as package, BookPackage(shipped_book) as fresh:
        stamp, expected = read_stamp(package), read_stamp(fresh)
    assert stamp == expected, MEND
    try:
        reading = read_with_counts(path)
    except InputProblems as problem:
        pytest.fail(f"{MEND}\n{problem}")
    assert reading.scenario == plan
