"""The buttons of the workbook inside Excel: nothing raises, nothing reaches stderr, all is said in words."""

from __future__ import annotations


def run() -> None:
    """The Run button: run the model on the open workbook and write its results there."""


def validate() -> None:
    """The Validate button: list every problem of the open workbook on its Checks sheet; solve nothing."""


def report() -> None:
    """The Report button: open the report of the last run of this workbook."""
