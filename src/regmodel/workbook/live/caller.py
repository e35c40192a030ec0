"""The workbook whose button was pressed."""

from __future__ import annotations

import sys
from typing import Any

_NAME = "--wb="


def calling_book() -> Any:
    """The open workbook as xlwings knows it.

    xlwings reads its name from the command up to an equals sign; a name with one in it is looked for among the open
    books.
    """
    import xlwings

    name = next((word.removeprefix(_NAME) for word in sys.argv if word.startswith(_NAME)), "")
    if "=" in name:
        for app in xlwings.apps:
            for book in app.books:
                if book.name.casefold() == name.strip().casefold():
                    return book
    return xlwings.Book.caller()
