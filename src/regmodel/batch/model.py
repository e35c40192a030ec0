"""What a batch is once it ran: the store of its results, and its summary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regmodel.batch.blocks import ReadDesign, scenario_of
from regmodel.batch.store import Store
from regmodel.projection.trajectory import COLUMNS, PRINTED
from regmodel.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

OF_THE_VERDICT = {"attainability": "ratio", "worst_margin": "ratio"}
"""Numbers of the verdict itself, which are of no one place and year, with their units."""


@dataclass(frozen=True)
class Batch:
    """A finished batch; ``summary`` is what `regmodel batch --json` prints, ``folder`` its store."""

    store: Store
    read: ReadDesign
    summary: Mapping[str, Any]

    @property
    def folder(self) -> Path:
        """Where the store lies."""
        return self.store.folder

    @property
    def run_id(self) -> str:
        """What the store is keyed by: the same design, inputs and code give the same id."""
        return self.store.run_id

    def results(self, columns: list[str] | None = None) -> pd.DataFrame:
        """One row a scenario: verdict, what proves it, conflict, repair, indicators, and what the scenario sets."""
        import pyarrow as pa

        found: pd.DataFrame = pa.concat_tables(list(self.store.tables(columns))).to_pandas()
        return found

    def frame(self) -> pd.DataFrame:
        """The numbers of every scenario in the exchange shape: scenario, region, variable, unit, year, value.

        ``scenario`` is the id of the sample. Attainability and the worst margin are of the whole, so they stand under
        the region that regional records speak of and the last year; what was not found is absent.
        """
        import pandas as pd

        names = [*OF_THE_VERDICT, *self.read.design.indicators]
        wide = self.results(["sample", *names])
        home, parts = self.read.scenario.book.regions.home, []
        for name in names:
            place = (name, home, None) if name in OF_THE_VERDICT else tuple(name.split("."))
            variable, region, year = place
            unit = OF_THE_VERDICT.get(name) or ("%" if variable == "urbanisation_rate" else PRINTED[str(variable)][0])
            parts.append(
                pd.DataFrame(
                    {
                        "scenario": wide["sample"],
                        "region": region,
                        "variable": variable,
                        "unit": unit,
                        "year": pd.array([None if year is None else int(year)] * len(wide), dtype="Int64"),
                        "value": wide[name],
                    }
                )
            )
        long = pd.concat(parts, ignore_index=True)[list(COLUMNS)]
        return long[long["value"].notna()].reset_index(drop=True)

    def scenario(self, sample: str) -> Scenario:
        """One scenario of the batch by its id, such as `regmodel.run` takes it; raises KeyError where none is."""
        for chunk in self.read.chunks():
            samples = self.read.samples(chunk)
            if sample in samples.ids:
                return scenario_of(self.read.blocks[chunk.block].base, samples, samples.ids.index(sample))
        raise KeyError(sample)
