"""How every chart looks: colours that the colour-blind tell apart, shapes and dashes that survive a copier, fonts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

Rows = list[dict[str, Any]]

FONT = "'Noto Sans CJK SC', 'Source Han Sans SC', 'Microsoft YaHei', 'PingFang SC', 'Helvetica Neue', Arial, sans-serif"
INK = "#1b1f24"
QUIET = "#5f6872"
GRID = "#e3e6ea"
# Okabe and Ito's palette, ordered so that neighbours differ in lightness too.
BLUE, ORANGE, GREEN, YELLOW, VERMILION, SKY, PURPLE = (
    "#0072B2",
    "#E69F00",
    "#009E73",
    "#F0E442",
    "#D55E00",
    "#56B4E9",
    "#CC79A7",
)
STACK = (BLUE, YELLOW, GREEN, ORANGE, PURPLE, SKY)
PROJECTION_COLOUR, PROGRAMME_COLOUR, LIMIT_COLOUR = BLUE, VERMILION, INK
WIDTH = 640
HEIGHT = 250
PANEL_WIDTH = 132
PANEL_HEIGHT = 86
PANELS_IN_A_ROW = 4


def finished(chart: Any) -> dict[str, Any]:
    """The definition of a chart as a plain table, with the house's look; every form of the report draws this one."""
    styled = (
        chart.configure(font=FONT, background="white", padding={"left": 4, "right": 4, "top": 4, "bottom": 4})
        .configure_axis(
            labelColor=INK,
            titleColor=QUIET,
            titleFontWeight="normal",
            gridColor=GRID,
            domainColor="#9aa3ad",
            tickColor="#9aa3ad",
            labelFontSize=11,
            titleFontSize=11,
            labelLimit=320,
        )
        .configure_header(labelColor=INK, labelFontSize=12, labelFontWeight="bold", titleFontSize=0, labelPadding=3)
        .configure_legend(
            labelColor=INK, labelFontSize=11, title=None, orient="top", symbolSize=90, symbolStrokeWidth=2, labelLimit=300
        )
        .configure_title(color=INK, fontSize=12, anchor="start", fontWeight="bold")
        .configure_view(stroke="#c9ced4")
    )
    definition: dict[str, Any] = styled.to_dict(validate=False)
    return definition


def table(rows: Rows) -> alt.Data:
    """Rows as the inline data of a chart; as a tuple, which Altair passes on where it would copy a list each time."""
    return alt.Data(values=tuple(rows))


def years_axis(first: int, last: int, *, every: int = 5, title: str | None = None) -> alt.X:
    """A scale of years, ticks in round years, no thousands separator."""
    return alt.X(
        "year:Q",
        title=title,
        scale=alt.Scale(domain=[first, last], nice=False),
        axis=alt.Axis(format="d", values=[y for y in range(first, last + 1) if y % every == 0], grid=False),
    )


def dashes(names: Sequence[str]) -> alt.Scale:
    """Solid for the first name, dashed for the second: told apart without colour."""
    return alt.Scale(domain=list(names), range=[[1, 0], [6, 3], [2, 2]][: len(names)])


def colours(names: Sequence[str], palette: Sequence[str]) -> alt.Scale:
    """A fixed colour for each name."""
    return alt.Scale(domain=list(names), range=list(palette[: len(names)]))


def shapes(names: Sequence[str]) -> alt.Scale:
    """A fixed shape for each name."""
    return alt.Scale(domain=list(names), range=["circle", "square", "triangle-up", "diamond", "cross"][: len(names)])


def domain_of(rows: Rows, *names: str, floor: float | None = None) -> list[float]:
    """One scale that fits all values of the named columns, with a little air."""
    values = [float(row[name]) for row in rows for name in names if row.get(name) is not None]
    low = min(values) if floor is None else min(floor, *values)
    high = max(values)
    air = (high - low) * 0.06 or 1.0
    return [low if floor is not None else low - air, high + air]


def of_scenario(words: Mapping[str, str], rows: Rows) -> list[str]:
    """The names of scenarios that rows hold, projection first."""
    held = {row["scenario"] for row in rows}
    return [words[name] for name in ("projection", "programme") if words[name] in held]
