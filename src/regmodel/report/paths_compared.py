"""The paths of several runs, read once from their trajectories, and where they differ."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from regmodel.report.compared import Compared
from regmodel.report.units import SHOWN_AS, scale_of
from regmodel.runs.comparing import HEADLINES
from regmodel.runs.stored import PROGRAMME

SAME = 1e-6


class Trajectories:
    """The paths of every run, read once from their trajectories; values in the units that planners print."""

    def __init__(self, compared: Compared) -> None:
        self.compared = compared

    @cached_property
    def held(self) -> list[Mapping[tuple[bool, str, str, int], float]]:
        """By run: value by whether it is the plan's, variable, region and year."""
        found: list[Mapping[tuple[bool, str, str, int], float]] = []
        for one in self.compared.found.runs:
            frame = one.trajectory[one.trajectory["variable"].isin(HEADLINES)]
            columns = (frame[name].tolist() for name in ("scenario", "variable", "region", "year", "value", "unit"))
            found.append(
                {
                    (scenario.endswith(PROGRAMME), variable, region, int(year)): float(value) * scale_of(unit)
                    for scenario, variable, region, year, value, unit in zip(*columns, strict=True)
                }
            )
        return found

    @cached_property
    def units(self) -> Mapping[str, str]:
        """The unit of each headline as planners print it."""
        frame = self.compared.found.runs[0].trajectory
        rows = frame[["variable", "unit"]].drop_duplicates()
        return {name: SHOWN_AS.get(unit, unit) for name, unit in zip(rows["variable"], rows["unit"], strict=True)}

    @cached_property
    def years(self) -> list[int]:
        """Years that any run holds."""
        return sorted({key[3] for held in self.held for key in held})

    def differs(self, variable: str, region: str, *, plan: bool) -> bool:
        """Whether every run holds the path and two of them differ on it."""
        series = [[held.get((plan, variable, region, year)) for year in self.years] for held in self.held]
        known = [[value for value in one if value is not None] for one in series]
        if not all(known) or len({len(one) for one in known}) > 1:
            return False
        return any(max(row) - min(row) > SAME * max(1.0, *map(abs, row)) for row in zip(*known, strict=True))
