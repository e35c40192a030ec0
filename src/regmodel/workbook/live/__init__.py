"""The buttons of the workbook inside Excel: nothing raises, nothing reaches stderr, all is said in words."""

from __future__ import annotations


def run() -> None:
    """The Run button: run the model on the open workbook and write its results there."""
    _press("run")


def validate() -> None:
    """The Validate button: list every problem of the open workbook on its Checks sheet; solve nothing."""
    _press("validate")


def report() -> None:
    """The Report button: open the report of the last run of this workbook."""
    _press("report")


def _press(task: str) -> None:
    from regmodel.workbook.live import journal

    journal.silence()
    try:
        from regmodel.workbook.live.entry import press

        press(task)
    except BaseException as error:  # noqa: BLE001 - a broken installation, too, is told in the log and not in a popup
        journal.note_failure(error)
