"""What a trajectory gives for a clause, in the clause's own unit, and how far that is from what is asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from regmodel.feasibility.caps import CAP_YEAR
from regmodel.feasibility.clause_rows import rows_of
from regmodel.feasibility.numbers import Case
from regmodel.feasibility.row_numbers import STANDARD, RowReader
from regmodel.params import convert
from regmodel.plans import Clause
from regmodel.projection.coefficients import YEARS
from regmodel.projection.trajectory import Trajectory
from regmodel.scenario import ActiveClause
from regmodel.vocabulary.sets import BASE_YEAR, INDUSTRY

MARGIN_TOLERANCE = 1e-6
_CAPPED_YEARLY = ("yellow_river_consumption", "yellow_river_consumption_outside_homes", "water_supply_groundwater")


@dataclass(frozen=True)
class Measured:
    """Value and target of a clause in its unit; ``margin`` is the distance to the nearest end, negative when missed.

    ``base`` is the value in the base year; ``high_side`` says that the value passes the upper end.
    """

    value: float | None
    target: float | None
    low: float | None
    high: float | None
    unit: str
    margin: float | None
    base: float | None
    year: int | None

    @property
    def met(self) -> bool | None:
        """Whether the value lies within the ends; None where there is no value."""
        return None if self.margin is None else self.margin >= 0


class Measure:
    """Measures the clauses of a case on a trajectory (the projection, or a plan put through the accounts)."""

    def __init__(self, case: Case, trajectory: Trajectory) -> None:
        self.case = case
        self.trajectory = trajectory
        self.reader = RowReader(case.scenario, case.paths)
        self.methods: dict[str, Callable[[ActiveClause, int], float | None]] = {
            "urbanisation_rate": self._urban_share,
            "urban_population": self._urban_level,
            "urban_population_growth": self._urban_growth,
            "people_moving_to_towns": self._moved,
            "share_of_urban_population": self._urban_part,
            "gdp_growth_real": self._growth,
            "new_urban_construction_land": self._new_land,
            "urban_construction_land_per_capita": self._land_per_head,
            "water_use_total": self._water_total,
            "water_per_gdp_change": self._intensity_change,
            "water_per_industrial_va_change": self._intensity_change,
            "reclaimed_water_rate": self._reclaimed,
            "unconventional_water": self._unconventional,
            "yellow_river_consumption": lambda active, year: (
                self._volume("yellow_river_consumption", active, year) - self._traded(active, year)
            ),
            "yellow_river_consumption_outside_homes": self._permitted,
            "water_supply_groundwater": lambda active, year: self._volume("water_supply_groundwater", active, year),
            "water_shortage": lambda active, year: self._volume("water_shortage", active, year),
            "population": self._population_growth,
        }

    def measure(self, active: ActiveClause) -> Measured | None:
        """The clause in its worst year; None where the model has no variable for it."""
        clause = active.clause
        method = self.methods.get(clause.variable)
        rows = rows_of(clause, self.case.paths.regions)
        if method is None or not rows or active.bounds is None:
            return None
        worst: Measured | None = None
        for year in sorted({row.year for row in rows}):
            low, high = self.ends(active, year)
            value = method(active, year)
            if value is None or (low is None and high is None):
                continue
            margin = _settled(
                min(
                    (value - low) if low is not None else float("inf"),
                    (high - value) if high is not None else float("inf"),
                ),
                value,
            )
            found = Measured(
                value,
                self._target(clause, low, high),
                low,
                high,
                self._unit(active),
                margin,
                method(active, BASE_YEAR),
                year,
            )
            if worst is None or margin < (worst.margin or 0.0):
                worst = found
        return worst

    def at(self, active: ActiveClause, year: int) -> float | None:
        """The value that a clause speaks of in one year, in its own unit; None where the model has none."""
        method = self.methods.get(active.clause.variable)
        return None if method is None or active.bounds is None else method(active, year)

    def _unit(self, active: ActiveClause) -> str:
        return active.bounds.unit if active.bounds is not None and active.bounds.unit else active.clause.unit

    def _target(self, clause: Clause, low: float | None, high: float | None) -> float | None:
        if clause.value is not None and clause.kind != "path":
            return clause.value if low is None or high is None or low <= clause.value <= high else low
        return low if low is not None else high

    def ends(self, active: ActiveClause, year: int) -> tuple[float | None, float | None]:
        """What is asked in a year, in the clause's unit, with numbers from records where the text prints none."""
        clause, asked = active.clause, active.bounds
        assert asked is not None
        unit, book = asked.unit, self.case.scenario.book
        if clause.variable == "water_use_total":
            cap = self.reader.cap(active, year)
            return None, None if cap is None else cap / convert(1.0, unit, "hm3/year")
        if clause.variable in _CAPPED_YEARLY:
            row = next(row for row in rows_of(clause, self.case.paths.regions) if row.year == year)
            high = self.reader.read(row, whatever_enabled=True).high
            return None, None if not np.isfinite(high) else high / convert(1.0, unit, "hm3/year")
        if clause.variable == "urban_construction_land_per_capita" and clause.value is None:
            return None, book.figure(*STANDARD) / convert(1.0, unit, "km2/wan_person") + active.ease_high
        if clause.variable == "urbanisation_rate" and asked.not_below_base:
            return 100 * float(self.trajectory.share_in_towns(clause.region)[0]) - active.ease_low, None
        if clause.variable == "population":
            rows = {row.side: row for row in rows_of(clause, self.case.paths.regions) if row.year == year}
            low = self.reader.read(rows["low"], whatever_enabled=True).low
            high = self.reader.read(rows["high"], whatever_enabled=True).high
            base = float(self.trajectory.total("population", clause.region)[0])
            rates = [100 * ((end / base) ** (1 / (year - BASE_YEAR)) - 1) for end in (low, high)]
            return rates[0], rates[1]
        if clause.variable == "gdp_growth_real" and asked.record is not None:
            return 100 * book.value(asked.record, clause.region) - active.ease_low, None
        if clause.variable == "new_urban_construction_land" and asked.record is not None:
            row = rows_of(clause, self.case.paths.regions)[0]
            return None, self.reader.read(row, whatever_enabled=True).high / convert(1.0, unit, "km2")
        return asked.low, asked.high

    def _at(self, variable: str, place: str, year: int) -> float:
        return float(self.trajectory.total(variable, place)[year - BASE_YEAR])

    def _urban_share(self, active: ActiveClause, year: int) -> float:
        return 100 * float(self.trajectory.share_in_towns(active.clause.region)[year - BASE_YEAR])

    def _urban_level(self, active: ActiveClause, year: int) -> float:
        return self._at("urban_population", active.clause.region, year)

    def _urban_growth(self, active: ActiveClause, year: int) -> float | None:
        place = active.clause.region
        ratio = self._at("urban_population", place, year) / self._at("urban_population", place, BASE_YEAR)
        yearly = self._unit(active).endswith("/yr")
        steps = max(year - BASE_YEAR, 1) if yearly else 1
        return float(100 * (ratio ** (1 / steps) - 1))

    def _moved(self, active: ActiveClause, year: int) -> float:
        place = active.clause.region
        return self._at("urban_population", place, year) - self._at("urban_population", place, BASE_YEAR)

    def _urban_part(self, active: ActiveClause, year: int) -> float:
        expression, extra = active.clause.region, 0.0
        if active.reading == "central_areas":
            expression = expression.split("+")[0]
            extra = self.reader.core_cities(active.clause)
        whole = self._at("urban_population", self.case.paths.regions.home, year)
        return 100 * (self._at("urban_population", expression, year) + extra) / whole

    def _growth(self, active: ActiveClause, year: int) -> float | None:
        clause = active.clause
        since = (clause.year_from or BASE_YEAR + 1) - 1
        if year <= since:
            return None
        ratio = self._at("gdp", clause.region, year) / self._at("gdp", clause.region, since)
        return float(100 * (ratio ** (1 / (year - since)) - 1))

    def _new_land(self, active: ActiveClause, year: int) -> float:
        clause = active.clause
        since = (clause.year_from or BASE_YEAR + 1) - 1
        taken = 0.0
        for place in self.case.paths.regions.members(clause.region):
            ratio = float(self.case.paths["swap_ratio"][self.case.paths.regions.ids().index(place)])
            for variable, weight in (("new_urban_construction_land", 1.0), ("rural_land_released", -ratio)):
                taken += weight * (self._at(variable, place, max(year, since)) - self._at(variable, place, since))
        return taken / convert(1.0, clause.unit, "km2")

    def _land_per_head(self, active: ActiveClause, year: int) -> float:
        place, unit = active.clause.region, self._unit(active)
        people = self._at("urban_population", place, year)
        land = self._at("urban_construction_land", place, year)
        if active.reading != "all_urban_land":
            members = self.case.paths.regions.indices(place)
            towns = self.trajectory.values["urban_population"][members, year - BASE_YEAR]
            land = float(towns @ self.case.paths["residential_land_norm"][members])
        return land / people / convert(1.0, unit, "km2/wan_person")

    def _volume(self, variable: str, active: ActiveClause, year: int) -> float:
        return self._at(variable, active.clause.region, year) / convert(1.0, self._unit(active), "hm3/year")

    def _permitted(self, active: ActiveClause, year: int) -> float:
        """River water outside homes less bought rights; sales lower the region's own account and not this one."""
        bought = float(self.trajectory.total("rights_bought", active.clause.region)[year - BASE_YEAR]) / convert(
            1.0, self._unit(active), "hm3/year"
        )
        return self._volume("yellow_river_consumption_outside_homes", active, year) - bought

    def _traded(self, active: ActiveClause, year: int) -> float:
        """Rights bought less sold: consumption that another region's quota answers for."""
        place = active.clause.region
        traded = self._at("yellow_river_allowance", place, year)
        quota = sum(
            float(self.case.paths["yellow_river_quota"][index]) for index in self.case.paths.regions.indices(place)
        )
        flow = 1.0 if year == BASE_YEAR else float(self.case.paths["river_flow_ratio"][YEARS.index(year)])
        return (traded - quota * flow) / convert(1.0, self._unit(active), "hm3/year")

    def _water_total(self, active: ActiveClause, year: int) -> float:
        taken = self._volume("water_use_total", active, year)
        first = self.case.scenario.clause(f"cap.water_use_total.{active.clause.region}.{CAP_YEAR}")
        if "not_counted" in (active.reading, first.reading):
            taken -= self._unconventional(active, year)
        return taken

    def _unconventional(self, active: ActiveClause, year: int) -> float:
        return sum(self._volume(f"water_supply_{source}", active, year) for source in ("reclaimed", "mine_water"))

    def _reclaimed(self, active: ActiveClause, year: int) -> float:
        place = active.clause.region
        return 100 * self._at("water_supply_reclaimed", place, year) / self._at("collected_sewage", place, year)

    def _intensity_change(self, active: ActiveClause, year: int) -> float:
        place = active.clause.region

        def intensity(when: int) -> float:
            if active.clause.variable == "water_per_gdp_change":
                return self._at("water_use_total", place, when) / self._at("gdp", place, when)
            output = sum(self._at(f"va_{sector}", place, when) for sector in INDUSTRY)
            return self._at("water_use_industry", place, when) / output

        return 100 * (intensity(year) / intensity(BASE_YEAR) - 1)

    def _population_growth(self, active: ActiveClause, year: int) -> float | None:
        place = active.clause.region
        if year == BASE_YEAR:
            return None
        ratio = self._at("population", place, year) / self._at("population", place, BASE_YEAR)
        return float(100 * (ratio ** (1 / (year - BASE_YEAR)) - 1))


def _settled(margin: float, value: float) -> float:
    """A margin that is nothing but rounding of the solver is none."""
    return 0.0 if abs(margin) <= MARGIN_TOLERANCE * max(1.0, abs(value)) else margin
