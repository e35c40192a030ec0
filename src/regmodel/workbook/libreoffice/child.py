"""What the toolbar starts: a button's task on a copy of the open document; the answer is rows, their places and words.

    python -P -m regmodel.workbook.libreoffice.child run|validate COPY ANSWER RUNS EARLIER

It is the task of the buttons in Excel, with every block filled up to its room, so that LibreOffice's own Python needs
to know nothing but where to put what.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from regmodel.vocabulary.problems import InputProblems
from regmodel.workbook.blocks import CHECKED, VERDICT
from regmodel.workbook.gate import check_package
from regmodel.workbook.layout import BLOCK_NAME_PREFIX, BookLanguage
from regmodel.workbook.live.answers import fine_rows, problem_rows
from regmodel.workbook.live.child import answer_to, leave
from regmodel.workbook.package import BookPackage
from regmodel.workbook.read import read_stamp
from regmodel.workbook.row_looks import row_looks
from regmodel.workbook.rows import CellRow

MOST_SAID = 4  # sentences in a dialog; the sheet Checks has them all


def main(arguments: Sequence[str] | None = None) -> int:
    """Do one task and write the answer."""
    task, *places = sys.argv[1:] if arguments is None else arguments
    book, answer, runs, earlier = map(Path, places)
    language = _language(book)
    leave(placed(task, answer_to(task, book, runs, language, earlier), language), answer)
    return 0


def _language(book: Path) -> BookLanguage:
    """The language of the workbook; both for one that cannot be read, which the task then says."""
    try:
        check_package(book)
        with BookPackage(book) as package:
            stamp = read_stamp(package)
    except InputProblems:
        return "both"
    return "both" if stamp is None else stamp.language


def placed(task: str, answer: Mapping[str, Any], language: BookLanguage) -> dict[str, Any]:
    """The answer of a task as blocks that fill their places in the document, and what a dialog says of it."""
    if answer["kind"] == "results":
        blocks = answer["blocks"]
        words = [str(row[1]) for row in blocks[VERDICT.code]["rows"][:2]]
        front, kept = VERDICT.code, {"folders": answer["folders"]}
    else:
        problems = answer["kind"] == "problems"
        rows = problem_rows(task, answer["problems"], language) if problems else fine_rows(answer, language)
        looks = [[look.height, look.hidden] for look in row_looks(CHECKED, rows)]
        blocks = {CHECKED.code: {"rows": rows, "size": [CHECKED.rows, len(CHECKED.headings)], "looks": looks}}
        words = [str(row[1]) for row in rows[:MOST_SAID]] + ["…"] * (len(rows) > MOST_SAID)
        front, kept = CHECKED.code, {"folders": []}
    return {
        "blocks": [_filled(code, block) for code, block in blocks.items()],
        "front": BLOCK_NAME_PREFIX + front,
        "words": "\n\n".join(words),
        "bad": answer["kind"] == "problems",
        **kept,
    }


def _filled(code: str, block: Mapping[str, Any]) -> dict[str, Any]:
    """A block as a whole rectangle: LibreOffice takes numbers and words, and an empty word for nothing."""
    height, width = block["size"]
    rows: Sequence[CellRow] = block["rows"]
    lines = [[*row, *[None] * (width - len(row))] for row in rows]
    lines += [[None] * width for _ in range(height - len(rows))]
    return {
        "name": BLOCK_NAME_PREFIX + code,
        "width": width,
        "rows": [["" if cell is None else float(cell) if isinstance(cell, int) else cell for cell in line]
                 for line in lines],
        "looks": block["looks"],
    }  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(main())
