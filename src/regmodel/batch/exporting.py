"""The numbers of a store in the exchange shape, read from the store alone, for programs that know no store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from regmodel.batch.answers.whole import check_whole
from regmodel.batch.model import OF_THE_VERDICT
from regmodel.batch.store import DESIGN, RESULTS, SCENARIO, Store, read_manifest
from regmodel.projection.trajectory import COLUMNS
from regmodel.runs.observations import EXCHANGE_UNITS
from regmodel.scenario import load
from regmodel.vocabulary.sets import LAST_YEAR

if TYPE_CHECKING:
    import pandas as pd


def is_store(folder: Path) -> bool:
    """Whether a folder looks like the store of a batch."""
    return (folder / DESIGN).is_file() and (folder / RESULTS).is_dir()


def stored_frame(folder: Path) -> tuple[pd.DataFrame, str | None]:
    """Indicators, attainability and worst margin of every sample, and the version that judged them.

    ``scenario`` is the id of the sample. Numbers of the whole verdict stand under the region as a whole and the last
    year; what was not found is absent. Raises InputProblems for a folder that is no store, or not a whole one.
    """
    import pandas as pd

    manifest = read_manifest(folder)
    check_whole(Store(folder, manifest))
    home = load(folder / SCENARIO).book.regions.home
    names = [*OF_THE_VERDICT, *(str(name) for name in manifest.get("indicators", ()))]
    parts = []
    for table in Store(folder, manifest).tables(["sample", *names]):
        wide = table.to_pandas()
        for name in names:
            variable, region, year = (name, home, str(LAST_YEAR)) if name in OF_THE_VERDICT else name.split(".")
            unit = OF_THE_VERDICT.get(name) or EXCHANGE_UNITS[variable]
            value = wide[name].astype(float)
            part = {"scenario": wide["sample"], "region": region, "variable": variable, "unit": unit, "value": value}
            parts.append(pd.DataFrame({**part, "year": int(year)}))
    long = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(COLUMNS))
    long = long[long["value"].notna()][list(COLUMNS)].reset_index(drop=True)
    return long.astype({"year": "int64", "value": "float64"}), manifest.get("versions", {}).get("regmodel")
