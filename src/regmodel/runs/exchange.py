"""Trajectories for other programs: the IAMC table that pyam reads, parquet, and CSV that Chinese Excel opens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from regmodel.runs.spreadsheet_text import spreadsheet_safe

if TYPE_CHECKING:
    import pandas as pd

MODEL = "regmodel"
IAMC_INDEX = ("model", "scenario", "region", "variable", "unit")


def write_frame(frame: pd.DataFrame, form: str, path: Path, model: str = MODEL) -> Path:
    """Write a frame in the exchange shape to a file, whole or not at all; ``form`` is one of ``FORMATS``."""
    draft = path.with_name(f".{path.name}.draft")
    try:
        FORMATS[form](frame, draft, model)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return path


def iamc(frame: pd.DataFrame, model: str = MODEL) -> pd.DataFrame:
    """The wide table of the IAMC: one row a series, one column a year, in the order in which pyam writes it.

    A year without a value stays empty. Raises ValueError where one series has two values for a year.
    """
    series = frame.assign(model=model).pivot(index=list(IAMC_INDEX), columns="year", values="value")
    wide = series.sort_index(axis="index").sort_index(axis="columns").reset_index()
    wide.columns = [str(name).title() for name in wide.columns]
    return wide


def _iamc(frame: pd.DataFrame, path: Path, model: str) -> None:
    iamc(frame, model).to_csv(path, index=False, lineterminator="\n", encoding="utf-8")


def _parquet(frame: pd.DataFrame, path: Path, model: str) -> None:
    frame.assign(model=model)[["model", *frame.columns]].to_parquet(path, index=False)


def _csv(frame: pd.DataFrame, path: Path, model: str) -> None:
    _safe_csv(frame.assign(model=model)[["model", *frame.columns]], path)


def write_table(frame: pd.DataFrame, path: Path) -> Path:
    """Write any frame as CSV that Chinese Excel opens, whole or not at all."""
    draft = path.with_name(f".{path.name}.draft")
    try:
        _safe_csv(frame.copy(), draft)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return path


def _safe_csv(safe: pd.DataFrame, path: Path) -> None:
    for column in safe.columns:
        if safe[column].dtype == object or str(safe[column].dtype) in ("str", "string"):
            safe[column] = safe[column].map(spreadsheet_safe)
    safe.to_csv(path, index=False, lineterminator="\n", encoding="utf-8-sig")


FORMATS: Mapping[str, Callable[[pd.DataFrame, Path, str], None]] = {"csv": _csv, "iamc": _iamc, "parquet": _parquet}
