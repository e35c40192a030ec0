"""What reading and filling the shipped workbook cost, beside openpyxl's plain load and save of the same file."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.measure import ROOT, repeated, timed

BOOK = ROOT / "workbooks" / "plan.xlsx"


def read_and_write(params: Path, repeats: int) -> Iterator[dict[str, Any]]:
    """CPU seconds of openpyxl's load and save, of reading the workbook to its scenario, and of filling in a run.

    Ours begin with the gate each time. The run itself is not timed; ``params`` are always the shipped ones.
    """
    import openpyxl

    from regmodel.runs import run
    from regmodel.workbook.read import read_with_counts
    from regmodel.workbook.results import write_results

    found: dict[str, Any] = {"openpyxl_load": repeated(lambda: openpyxl.load_workbook(BOOK), repeats)}
    opened = openpyxl.load_workbook(BOOK)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        found["openpyxl_save"] = repeated(lambda: opened.save(folder / "saved.xlsx"), repeats)
        found["read"] = repeated(lambda: read_with_counts(BOOK), repeats)
        yield found
        finished = run(read_with_counts(BOOK).scenario)
        found["write"] = []
        for at in range(repeats):
            book = Path(shutil.copy(BOOK, folder / f"{at}.xlsx"))
            reading = read_with_counts(book)
            seconds, where = timed(lambda book=book, reading=reading: write_results(book, finished, reading=reading))  # type: ignore[misc]
            if where != book:
                found["failed"] = f"the results went to {where.name}"
            found["write"].append(seconds)
            yield found
