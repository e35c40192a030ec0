"""The programmes that are solved: scenarios over a folder of params, prepared, and their numbers handed to HiGHS."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import highspy
import numpy as np
from numpy.typing import NDArray

from regmodel.feasibility.affine import Compiled
from regmodel.feasibility.certificate import LinearSystem, check_float, clip, residual
from regmodel.feasibility.numbers import Case, prepare
from regmodel.scenario import Override, Scenario, ScenarioFile, load, resolve
from regmodel.vocabulary.texts import Text

Array = NDArray[np.float64]
WORDS = Text("a scenario of the measurements", "测量用情景")
MOVED_RECORDS = (
    "output.trend_growth_2021_2025",
    "output.trend_growth_2026_2035",
    "output.farm_yield_growth",
    "water.industrial_intensity_decline",
    "water.groundwater_glide",
    "land.output_density_growth",
)
MOVED_CAPS = ("cap.water_use_total.ORDOS.2025", "cap.water_use_total.HOHHOT.2025")
PART_OF_RANGE = 0.2
PART_OF_CAP = 0.02
# Where the shipped statements are not in the folder, a cap far below what a city takes makes the plans clash.
PLANTED = {"clause.cap.water_use_total.HOHHOT.2025.value": 5.0}


def scenario_of(params: Path, overrides: Mapping[str, float]) -> Scenario:
    """The plan scenario of a folder with overrides, read as any other scenario is."""
    own = tuple(Override(key, value, None, "bench") for key, value in overrides.items())
    parent = "plan" if (params / "scenarios" / "plan.toml").exists() else None
    return resolve(ScenarioFile("bench", WORDS, WORDS, parent, (), False, own), params=params)


def moved(params: Path, count: int, seed: int = 7) -> list[Scenario]:
    """Scenarios with growth, intensities and caps moved at random, by part of the range of each record."""
    plain = scenario_of(params, {})
    values = {active.clause.id: active.clause.value for active in plain.clauses}
    source = np.random.default_rng(seed)
    found = []
    for _ in range(count):
        overrides = {}
        for key in MOVED_RECORDS:
            record = plain.book.records.get(key)
            if record is None or record.low is None or record.high is None:
                continue
            middle, low, high = float(record.printed), float(record.low), float(record.high)
            towards = high if source.random() < 0.5 else low
            overrides[f"record.{key}"] = middle + PART_OF_RANGE * source.random() * (towards - middle)
        for clause in MOVED_CAPS:
            value = values.get(clause)
            if value is not None:
                overrides[f"clause.{clause}.value"] = value * (1 + PART_OF_CAP * source.random())
        found.append(scenario_of(params, overrides))
    return found


def clashing(params: Path) -> Case:
    """The shipped scenario that is built to fail, or a planted one where its clauses are not in the folder."""
    shipped = (params / "scenarios" / "infeasible.toml").exists()
    return prepare(load("infeasible", params) if shipped else scenario_of(params, PLANTED))


def system_of(compiled: Compiled, values: Mapping[str, Array]) -> LinearSystem:
    """Rows and bounds with the numbers of a case."""
    vector = compiled.vector(values)
    return LinearSystem(
        compiled.rows,
        compiled.columns,
        compiled.row_start,
        compiled.column,
        compiled.matrix.fill(vector),
        compiled.low.fill(vector),
        compiled.high.fill(vector),
        compiled.column_low,
        compiled.column_high,
    )


def plain_highs(limit: float | None = None) -> highspy.Highs:
    """HiGHS with one thread and nothing printed."""
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", 1)
    if limit is not None:
        highs.setOptionValue("time_limit", limit)
    return highs


def hand_over(highs: highspy.Highs, rows: LinearSystem, cost: Array) -> None:
    """Give HiGHS a linear programme as arrays."""
    count = len(rows.columns)
    status = highs.passModel(
        count,
        len(rows.rows),
        len(rows.column),
        int(highspy.MatrixFormat.kRowwise),
        int(highspy.ObjSense.kMinimize),
        0.0,
        cost,
        rows.column_low,
        rows.column_high,
        rows.low,
        rows.high,
        rows.row_start.astype(np.int32),
        rows.column.astype(np.int32),
        rows.matrix,
        np.zeros(count, dtype=np.int32),
    )
    if status == highspy.HighsStatus.kError:
        raise RuntimeError("HiGHS refused the programme")


def word(highs: highspy.Highs) -> str:
    """What HiGHS says of the programme, in one word."""
    return str(highs.modelStatusToString(highs.getModelStatus()))


def holds(rows: LinearSystem, columns: Array) -> float:
    """Largest breach of a row or a bound, relative to the row."""
    return residual(columns, rows)


def proves(rows: LinearSystem, multipliers: Array) -> bool:
    """Whether multipliers, in one sign or the other, prove that no plan exists."""
    return any(check_float(clip(sign * multipliers, rows), rows).proved for sign in (1, -1))
