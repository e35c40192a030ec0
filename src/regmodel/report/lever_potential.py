"""How much water each lever can give or save by the last year, in the order of its cost: the steps of a cost curve."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from regmodel.projection.coefficients import Coefficients
from regmodel.report.chart_data import ChartData
from regmodel.report.units import scale_of
from regmodel.scenario import Lever
from regmodel.vocabulary.sets import BASE_YEAR, TECHNOLOGIES, WATER_SOURCES

WATER_PRICE = "yuan/m3"
HM3 = "hm3/year"
SEWAGE = "collected_sewage"
_CLASS = {name: place for place, name in enumerate(TECHNOLOGIES)}


@dataclass(frozen=True)
class Potential:
    """One step: what a lever costs, with its range (yuan/m3), and what it can give or save a year (10^8 m3)."""

    lever: Lever
    price: float
    low: float
    high: float
    water: float


def priced_levers(data: ChartData) -> list[tuple[Lever, float, float, float]]:
    """Enabled levers that are paid by the cubic metre, the cheapest first, with the range of their cost."""
    book = data.figures.run.scenario.book
    found = []
    for lever in data.figures.run.scenario.levers:
        if lever.enabled and book.has(lever.cost_record):
            record = book.record(lever.cost_record)
            if record.unit == WATER_PRICE:
                found.append((lever, record.value, record.at("low"), record.at("high")))
    return sorted(found, key=lambda one: (one[1], one[0].id))


def potentials(data: ChartData) -> list[Potential]:
    """The steps in the order of their cost; a lever that brings no water of its own, such as a transfer, has none."""
    told = data.coefficients
    members = data.regions.indices(data.main)
    fields = _Fields(told, members, data.years[1] - BASE_YEAR)
    steps = []
    for lever, price, low, high in priced_levers(data):
        water = fields.saved(lever.id) if lever.id in _Fields.LEVERS else _given(data, told, members, lever.id)
        if water is not None and water > 0:
            steps.append(Potential(lever, price, low, high, water * scale_of(HM3)))
    return steps


def _given(data: ChartData, told: Coefficients, members: list[int], lever: str) -> float | None:
    """What a source gives beyond what the base year took, or industry saves, in the last year (hm3)."""
    taken = {name: told.base_supply[members, place].sum() for place, name in enumerate(WATER_SOURCES)}
    if lever == "industrial_saving":
        return float(told["industrial_saving_limit"][members, -1].sum())
    if lever == "mine_water":
        return float(told["mine_water_limit"][members, -1].sum() - taken["mine_water"])
    if lever == "conveyance":
        return float(told["local_surface_limit"][members, -1].sum() - taken["local_surface"])
    if lever == "reclaimed":
        names = [data.regions.ids()[place] for place in members]
        sewage = [data.value(data.figures.projection, name, SEWAGE, data.years[1]) for name in names]
        if any(value is None for value in sewage):
            return None
        volumes = np.array(sewage, dtype=np.float64) / scale_of(HM3)
        return float((told["reclaimed_ceiling_share"][members, -1] * volumes).sum() - taken["reclaimed"])
    return None


class _Fields:
    """Irrigated land that the works of so many years can refit; what one lever has refitted the next finds so."""

    LEVERS: ClassVar[Mapping[str, tuple[str, str, str]]] = {
        "canal_lining": ("canal_unlined", "canal_lined", "lining_limit"),
        "pipe_drip": ("canal_lined", "drip", "piping_limit"),
    }

    def __init__(self, told: Coefficients, members: list[int], years: int) -> None:
        self._areas = told["base_irrigated_area"][members].copy()
        self._left = told["conversion_limit"][members] * years
        self._told, self._members, self._years = told, members, years

    def saved(self, lever: str) -> float:
        """What is saved on the land that a lever refits after those before it (hm3 a year)."""
        worse, better, limit = self.LEVERS[lever]
        ready = self._told[limit][self._members] * self._years
        area = np.minimum(np.minimum(self._areas[:, _CLASS[worse]], ready), self._left)
        self._areas[:, _CLASS[worse]] -= area
        self._areas[:, _CLASS[better]] += area
        self._left -= area
        norms = self._told["irrigation_norm"][self._members]
        return float((area * (norms[:, _CLASS[worse]] - norms[:, _CLASS[better]])).sum())
