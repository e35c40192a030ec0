"""Caps on water use by region and year, from plans, regulations, recalled figures and what a scenario sets by hand."""

from __future__ import annotations

from collections.abc import Mapping

from regmodel.params import BaseYear, convert
from regmodel.scenario import ActiveClause, Scenario
from regmodel.vocabulary.many import plain

CAP_YEAR = 2025


class Caps:
    """Reads the caps of one scenario; ``by_id`` are its clauses."""

    def __init__(self, scenario: Scenario, base: BaseYear, by_id: Mapping[str, ActiveClause]) -> None:
        self.scenario = scenario
        self.base = base
        self.by_id = by_id

    def counting(self, active: ActiveClause) -> str | None:
        """Whether unconventional water counts is read from the cap of 2025, for later years too."""
        if active.reading in ("counted", "not_counted"):
            return active.reading
        first = self.by_id.get(f"cap.water_use_total.{active.clause.region}.{CAP_YEAR}")
        return first.reading if first is not None else None

    def cap(self, active: ActiveClause, year: int) -> float | None:
        """Cap on use (hm3) in a year; None before it stands, or where another row speaks for the year."""
        cap = self._cap(active, year)
        return None if cap is None else cap + convert(active.ease_high, active.clause.unit, "hm3/year")

    def _cap(self, active: ActiveClause, year: int) -> float | None:
        clause = active.clause
        place, variable = clause.region, clause.variable
        set_by_hand = {
            int(key.rpartition(".")[2]): convert(value, clause.unit, "hm3/year")
            for key, value in self.scenario.caps.items()
            if key.startswith(f"{variable}.{place}.")
        }
        later = self.by_id.get(f"cap.{variable}.{place}.2030")
        for_later = later is not None and later.clause.id == clause.id
        if not for_later and later is not None and later.enabled and year > CAP_YEAR:
            return None
        own = [since for since in set_by_hand if since <= year]
        if own and (max(own) >= CAP_YEAR or year < CAP_YEAR):
            return set_by_hand[max(own)]
        if year < CAP_YEAR:
            return None
        first = self.by_id[f"cap.{variable}.{place}.{CAP_YEAR}"] if for_later else active
        cap = self._first_cap(first)
        if cap is None or year == CAP_YEAR:
            return cap
        if for_later and active.reading == "recalled_2030" and clause.value is not None and year >= 2030:
            return convert(clause.value, clause.unit, "hm3/year")
        return cap * self.scenario.book.value("water.cap_after_2025", place)

    def _first_cap(self, active: ActiveClause) -> float | None:
        clause = active.clause
        if clause.value is not None:
            return convert(clause.value, clause.unit, "hm3/year")
        if clause.record is None:
            return None
        ids = self.scenario.book.regions.ids()
        used = plain(self.base.water_use[ids.index(clause.region)].sum())
        return self.scenario.book.value(clause.record, clause.region) * used
