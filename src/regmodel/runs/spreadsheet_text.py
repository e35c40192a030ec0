"""Text for files that a spreadsheet may open: what a person typed must never run as a formula."""

from __future__ import annotations

from typing import Any

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def spreadsheet_safe(value: Any) -> Any:
    """A value for CSV: text that a spreadsheet would read as a formula gets an apostrophe in front."""
    if isinstance(value, str) and value.startswith(_DANGEROUS):
        return f"'{value}"
    return value
