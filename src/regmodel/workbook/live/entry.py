"""What a button does, from the open workbook and back to it; whatever happens is said in the workbook."""

from __future__ import annotations

import shutil
import tempfile
import webbrowser
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from regmodel.vocabulary.texts import Text
from regmodel.workbook.blocks import CHECKED, VERDICT
from regmodel.workbook.live import journal
from regmodel.workbook.live.answers import failure_rows, fine_rows, problem_rows, why
from regmodel.workbook.live.caller import calling_book
from regmodel.workbook.live.equipment import LEAST_SECONDS, LIMIT_NAME, LIMIT_SECONDS, MOST_SECONDS
from regmodel.workbook.live.inputs import copy_inputs, read_inputs
from regmodel.workbook.live.keeper import OverTime, Stopped, Watch, answer_of
from regmodel.workbook.live.open_book import OpenBook, attempt
from regmodel.workbook.package import Area, address
from regmodel.workbook.row_looks import RowLook, row_looks
from regmodel.workbook.rows import CellRow

_PROGRESS = Text(
    "regmodel: {stage} … {seconds:.0f} s of at most {limit:.0f} s. To stop, delete {mark}",
    "regmodel：{stage}……{seconds:.0f} 秒，至多 {limit:.0f} 秒。如需停止，请删除 {mark}",
)
_WRITING = Text("regmodel: writing the results", "regmodel：写入结果")


def press(task: str) -> None:
    """Do what a button asks for."""
    try:
        book = OpenBook(calling_book())
    except BaseException as error:  # noqa: BLE001 - there is no workbook yet to say it in
        journal.note_failure(error)
        return
    try:
        _TASKS[task](book)
    except BaseException as error:  # noqa: BLE001 - whatever it is, the user reads a sentence and no traceback
        journal.note_failure(error)
        words = why("bug", log=journal.home() / journal.LOG)
        attempt(lambda: _tell(book, failure_rows(task, words, book.language)))
    finally:
        book.say(None)


def _run(book: OpenBook) -> None:
    _with_answer("run", book, _write)


def _validate(book: OpenBook) -> None:
    _with_answer("validate", book, lambda book, answer, _: _tell(book, fine_rows(answer, book.language)))


def _with_answer(task: str, book: OpenBook, use: Callable[[OpenBook, dict[str, Any], Path], None]) -> None:
    """Let the child do a task on what stands in the workbook now, and use its answer if that still stands there."""
    limit = _limit(book)
    if isinstance(limit, Text):
        _tell(book, failure_rows(task, limit, book.language))
        return
    folder = Path(tempfile.mkdtemp(prefix="regmodel-"))
    try:
        inputs = read_inputs(book)
        copy = copy_inputs(book, inputs, folder)
        name = str(book.book.name)
        mark = journal.mark_of(name)
        watch = Watch(limit, mark, name, _progress(book, limit, mark))
        try:
            answer = answer_of(task, copy, folder, book.language, watch)
        except OverTime:
            words = why("limit", seconds=limit, where=_limit_cell(book))
            _tell(book, failure_rows(task, words, book.language))
            return
        except (Stopped, KeyboardInterrupt):
            _tell(book, failure_rows(task, why("stopped"), book.language))
            return
        after = read_inputs(book)
        if after.digest != inputs.digest:
            where = inputs.first_change(after)
            _tell(book, failure_rows(task, why("changed", where=where), book.language))
        elif answer["kind"] == "problems":
            _tell(book, problem_rows(task, answer["problems"], book.language))
        else:
            use(book, answer, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _progress(book: OpenBook, limit: float, mark: Path) -> Callable[[Text, float], None]:
    def say(stage: Text, seconds: float) -> None:
        book.say(
            Text(
                _PROGRESS.en.format(stage=stage.en, seconds=seconds, limit=limit, mark=mark),
                _PROGRESS.zh.format(stage=stage.zh, seconds=seconds, limit=limit, mark=mark),
            )
        )

    return say


def _write(book: OpenBook, answer: dict[str, Any], folder: Path) -> None:
    """The results of a run into their blocks, one write a block: all of them, or what stood there before.

    A run that was compared with no other leaves the sheet of the comparison as it is.
    """
    runs = [_keep(folder / "runs" / name) for name in answer["folders"]]
    kept = runs[0]
    book.say(_WRITING)
    blocks: Mapping[str, Any] = answer["blocks"]
    for code in blocks:
        area = book.block(code)
        if area is None or [area.bottom - area.top + 1, area.right - area.left + 1] != blocks[code]["size"]:
            where = code if area is None else area.sheet
            _tell(book, failure_rows("run", why("moved", where=where, other=kept), book.language))
            return
    areas = {code: area for code in blocks if (area := book.block(code)) is not None}
    before = {code: book.values(area) for code, area in areas.items()}
    written: list[str] = []
    try:
        with book.at_rest():
            for code, area in areas.items():
                written.append(code)
                book.fill(area, blocks[code]["rows"])
                book.show(area, [RowLook(*look) for look in blocks[code]["looks"]])
    except Exception as error:  # noqa: BLE001 - Excel's own errors have no common type on its two systems
        journal.note_failure(error)
        for code in written:
            attempt(lambda code=code: book.fill(areas[code], before[code]))  # type: ignore[misc]
        words = why("unwritten", where=areas[written[-1]].sheet, other=kept)
        _tell(book, failure_rows("run", words, book.language))
        return
    book.go_to(areas[VERDICT.code])


def _keep(folder: Path) -> Path:
    """The finished run among the user's runs; the same run takes the place of its former self."""
    runs = journal.home() / journal.RUNS
    runs.mkdir(parents=True, exist_ok=True)
    place = runs / folder.name
    shutil.rmtree(place, ignore_errors=True)
    return Path(shutil.move(str(folder), str(place)))


def _tell(book: OpenBook, rows: list[CellRow]) -> None:
    """Rows into the block of the Checks sheet, which comes to the front; a message where there is no such block."""
    area = book.block(CHECKED.code)
    if area is not None and attempt(lambda: _write_checks(book, area, rows)):
        book.go_to(area)
        return
    words = "\n\n".join(str(row[1]) for row in rows if row[1])
    attempt(lambda: book.app.alert(words[:1000], title="regmodel"))


def _write_checks(book: OpenBook, area: Area, rows: list[CellRow]) -> None:
    with book.at_rest():
        book.fill(area, rows)
        book.show(area, row_looks(CHECKED, rows)[: area.bottom - area.top + 1])


def _limit(book: OpenBook) -> float | Text:
    """The time limit on the front page, or why it is none; without the cell, or with nothing in it, the usual one."""
    area = book.areas.get(LIMIT_NAME)
    found = None if area is None else book.values(area)[0][0]
    if found is None:
        return LIMIT_SECONDS
    if isinstance(found, int | float) and not isinstance(found, bool) and LEAST_SECONDS <= found <= MOST_SECONDS:
        return float(found)
    return why("no_limit", where=_limit_cell(book), found=f"{found:g}" if isinstance(found, float) else found)


def _limit_cell(book: OpenBook) -> str:
    area = book.areas.get(LIMIT_NAME)
    return "regmodel" if area is None else f"{area.sheet}!{address(area.top, area.left)}"


def _report(book: OpenBook) -> None:
    """Open the report of the run whose number stands on the Results sheet."""
    area = book.block(VERDICT.code)
    number = str(book.values(area)[area.bottom - area.top][1] or "") if area is not None else ""
    runs = journal.home() / journal.RUNS
    found = sorted(runs.glob(f"*-{number[:8]}/report.html")) if number.isalnum() else []
    if found:
        webbrowser.open(found[-1].as_uri())
    else:
        _tell(book, failure_rows("report", why("no_report"), book.language))


_TASKS: Mapping[str, Callable[[OpenBook], None]] = {"run": _run, "validate": _validate, "report": _report}
