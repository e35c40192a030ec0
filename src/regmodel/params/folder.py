"""Where the shipped records are: inside the wheel, or beside src/ in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def shipped_folder() -> Path:
    """Folder of the shipped params/."""
    in_wheel = _PACKAGE / "shipped" / "params"
    return in_wheel if in_wheel.is_dir() else _PACKAGE.parents[1] / "params"
