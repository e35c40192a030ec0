"""Invented answers of a batch on the invented run, so that its chapter can be tested without a solve."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from regmodel.batch.answers import (
    Answers,
    Bar,
    Basis,
    Box,
    Clash,
    End,
    Holding,
    Index,
    Indices,
    Limit,
    Tornado,
    WayOut,
    WaysOut,
    estimate,
)
from regmodel.vocabulary.texts import Text

OF = 200
HELD = {"nm_urb_2025": 130, "cap.water_use_total.ORDOS.2025": 170, "hbew_gdp_growth": 200}
NAMES = (
    ("record.water.dry_years", Text("Share of the dry-year deficit that is planned for", "规划计入的枯水缺口比例")),
    ("record.population.region_path_growth", Text("Growth of the population of the region", "全区人口年均增长率")),
)
WHAT = Text("attainability", "目标可达程度")


def invented_answers(*, sampled: bool = True, unknown: int = 0) -> Answers:
    """A batch of two hundred scenarios of ``plan``; 120 of them hold, and ``unknown`` of the others may."""
    kind = "latin_hypercube" if sampled else "list"
    assumed, error = Text("What the design says.", "以设计为准。"), Text("Wilson's.", "威尔逊区间。")
    counts = {"scenarios": OF, "counted": OF, "detailed": OF, "asked_alone": OF, "undecided": unknown, "factors": 2}
    told = {"seed": 1, "version": None, "probability": sampled, "level": 0.95}
    words = {"assumed": assumed, "error": error, "detailed_words": None, "undecided_words": None}
    basis = Basis(run_id="9f2c", name="invented", scenario="plan", kind=kind, **counts, **told, **words)
    alone = {name: estimate(held, 0, OF, sampled=sampled) for name, held in HELD.items()}
    clash = Clash(("nm_urb_2025", "cap.water_use_total.ORDOS.2025"), estimate(60, 0, OF, sampled=sampled))
    joint = estimate(120, unknown, OF, sampled=sampled)
    held = Holding(basis, joint, alone, (clash,), {})
    return Answers(
        holding=held,
        ways_out=_ways_out(sampled, unknown),
        tornadoes={"attainability": _tornado()},
        indices={},
        boxes={"feasible": _box()},
        refused=(),
        clause_titles={"nm_urb_2025": Text("Urbanisation rate, Inner Mongolia 2025", "2025年内蒙古城镇化率")},
    )


def _ways_out(sampled: bool, unknown: int) -> WaysOut:
    """Of the eighty that do not hold, less those that may: fifty by the cap, twenty by nothing."""
    asked = OF - 120 - unknown
    ends = (2.5, 4.0) if sampled else (None, None)
    cap = WayOut("cap.water_use_total.ORDOS.2025", estimate(50, 0, asked, sampled=sampled), 3.0, *ends, 9.0, "10^8 m3")
    return WaysOut(asked, 0, (cap,), estimate(20, 0, asked, sampled=sampled))


def with_indices(method: str) -> Answers:
    """The same with Sobol's or Morris's indices in the place of the bars."""
    spread = 0.02 if method == "morris" else None
    found = tuple(
        Index(key, title, main, 0.05, total, 0.06, spread, None if spread is None else 0.01)
        for (key, title), main, total in zip(NAMES, (0.55, 0.1), (0.8, 0.15), strict=True)
    )
    told = Indices("attainability", WHAT, method, found, OF, 50, None)
    return replace(invented_answers(), tornadoes={}, indices={"attainability": told})


def _box() -> Box:
    """Dry years up to forty per cent: seventy of eighty inside hold, of a hundred held out."""
    limits = (Limit(*NAMES[0], "%", None, 40.0, 0.01, 0.95),)
    shares = {"density": estimate(70, 0, 80, sampled=True), "coverage": estimate(70, 0, 75, sampled=True)}
    found = {"found_density": 0.9, "found_coverage": 0.95, "searched": 100, "held_out": 100, "resamples": 20}
    return Box(verdict="feasible", limits=limits, mass=estimate(80, 0, 100, sampled=True), **shares, **found)


def _tornado() -> Tornado:
    bars = [bar(*NAMES[0], 0.98, 0.72, 0.03), bar(*NAMES[1], 0.86, 0.91, 0.02)]
    return Tornado("attainability", WHAT, "regression", 0.88, tuple(bars), OF, 0, 0.9, 0.92)


def bar(key: str, title: Text, low: float | None, high: float | None, error: float | None) -> Any:
    return Bar(key, title, "%", End(0.0, low), End(100.0, high), (), error, None)


def invented_frontier() -> dict[str, Any]:
    """Three corners of a trade-off, as `regmodel frontier --json` prints them."""
    places = ((72.0, 4.0), (71.0, 5.0), (70.0, 5.5))
    points = [
        {"x": x, "y": y, "x_level": x, "y_level": y, "kind": "break_point", "proved": number < 2}
        for number, (x, y) in enumerate(places)
    ]
    return {
        "question": "frontier",
        "scenario": "plan",
        "verdict": "feasible",
        "x": {"clause": "nm_urb_2025", "side": "low", "unit": "%", "asked": 68.5},
        "y": {"clause": "hbew_gdp_growth", "side": "low", "unit": "%/yr", "asked": 4.5},
        "exact": True,
        "complete": True,
        "bent": False,
        "points": points,
        "pieces": [
            {"x_from": 72.0, "x_to": 71.0, "slope": -1.0, "exact": True},
            {"x_from": 71.0, "x_to": 70.0, "slope": -0.5, "exact": True},
        ],
    }
