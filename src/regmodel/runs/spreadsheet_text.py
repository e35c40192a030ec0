"""Text for files that a spreadsheet may open: what a person typed must never run as a formula."""

from __future__ import annotations

import re
from typing import Any

_DANGEROUS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")


def spreadsheet_safe(value: Any) -> Any:
    """A value for CSV: text on one line, with an apostrophe in front where a spreadsheet would read a formula."""
    if not isinstance(value, str):
        return value
    # A carriage return would begin a new row, and with it a new cell that nobody looked at.
    words = _CONTROL.sub(" ", value)
    return f"'{words}" if words.lstrip().startswith(_DANGEROUS) else words
