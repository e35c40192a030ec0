"""What fitting promises, on numbers that nobody chose."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regmodel.params.reconciliation import InconsistentTotals, Margin, fit_residual

Cell = tuple[int, int]
SIZES = st.integers(2, 5)
AMOUNTS = st.floats(0.5, 50.0)


@st.composite
def tables(draw: st.DrawFn) -> tuple[dict[Cell, float], dict[Cell, float], list[Margin[Cell]]]:
    """A table with rows, columns and one overlapping block; some cells known; totals of a table that exists."""
    rows, columns = draw(SIZES), draw(SIZES)
    cells = [(row, column) for row in range(rows) for column in range(columns)]
    truth = {cell: draw(AMOUNTS) for cell in cells}
    known = set(draw(st.lists(st.sampled_from(cells), max_size=3, unique=True)))
    block = cells[: draw(st.integers(1, len(cells)))]
    groups = [[cell for cell in cells if cell[0] == row] for row in range(rows)]
    groups += [[cell for cell in cells if cell[1] == column] for column in range(columns)]
    groups += [block]
    margins = [
        Margin(f"total {place}", tuple(group), sum(truth[cell] for cell in group)) for place, group in enumerate(groups)
    ]
    seeds = {cell: draw(AMOUNTS) for cell in cells if cell not in known}
    return seeds, {cell: truth[cell] for cell in known}, margins


@given(tables())
def test_every_total_is_met_and_known_cells_stay(
    table: tuple[dict[Cell, float], dict[Cell, float], list[Margin[Cell]]],
) -> None:
    seeds, fixed, margins = table
    fitted = fit_residual(seeds, fixed, margins)
    for margin in margins:
        assert sum(fitted[cell] for cell in margin.cells) == pytest.approx(margin.total, rel=1e-9)
    assert {cell: fitted[cell] for cell in fixed} == fixed
    assert set(fitted) == set(seeds) | set(fixed)


@given(tables(), st.randoms(use_true_random=False))
def test_the_order_of_totals_does_not_matter(
    table: tuple[dict[Cell, float], dict[Cell, float], list[Margin[Cell]]], random: object
) -> None:
    seeds, fixed, margins = table
    shuffled = list(margins)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = fit_residual(seeds, fixed, margins), fit_residual(seeds, fixed, shuffled)
    for cell, value in one.items():
        assert other[cell] == pytest.approx(value, rel=1e-9, abs=1e-9)


@given(tables())
def test_what_is_met_already_stays(
    table: tuple[dict[Cell, float], dict[Cell, float], list[Margin[Cell]]],
) -> None:
    seeds, fixed, margins = table
    once = fit_residual(seeds, fixed, margins)
    again = fit_residual({cell: once[cell] for cell in seeds}, fixed, margins)
    for cell, value in once.items():
        assert again[cell] == pytest.approx(value, rel=1e-9)


@given(AMOUNTS, AMOUNTS, AMOUNTS)
def test_zero_stays_zero(first: float, second: float, total: float) -> None:
    fitted = fit_residual({"a": first, "b": 0.0, "c": second}, {}, [Margin("all", ("a", "b", "c"), total)])
    assert fitted["b"] == 0.0
    assert sum(fitted.values()) == pytest.approx(total)


def test_a_residual_is_shared_by_seeds() -> None:
    """Known 40 of 100 leaves 60 for seeds of 1 and 2: 20 and 40."""
    fitted = fit_residual({"a": 1.0, "b": 2.0}, {"c": 40.0}, [Margin("all", ("a", "b", "c"), 100.0)])
    assert fitted == pytest.approx({"a": 20.0, "b": 40.0, "c": 40.0})


def test_overlapping_totals_hold_together() -> None:
    """a + b = 30 and b + c = 50 from equal seeds; b = x, a = 30 - x, c = 50 - x keep a * c / b at its seed of 1."""
    fitted = fit_residual(
        {"a": 1.0, "b": 1.0, "c": 1.0}, {}, [Margin("left", ("a", "b"), 30.0), Margin("right", ("b", "c"), 50.0)]
    )
    assert fitted["a"] + fitted["b"] == pytest.approx(30.0)
    assert fitted["b"] + fitted["c"] == pytest.approx(50.0)
    assert fitted["a"] * fitted["c"] == pytest.approx(fitted["b"])


@pytest.mark.parametrize(
    ("seeds", "fixed", "margins", "names"),
    [
        ({"a": 1.0}, {"b": 5.0}, [Margin("known is more", ("a", "b"), 4.0)], ["known is more"]),
        ({}, {"b": 5.0}, [Margin("nothing to move", ("b",), 5.2, 0.1)], ["nothing to move"]),
        ({"a": 0.0}, {}, [Margin("only a zero", ("a",), 3.0)], ["only a zero"]),
        ({"a": 1.0}, {}, [Margin("one", ("a",), 3.0), Margin("other", ("a",), 4.0)], ["one"]),
        (
            {"a": 1.0, "b": 1.0},
            {},
            [Margin("part", ("a",), 9.0), Margin("rest", ("b",), 2.0), Margin("whole", ("a", "b"), 10.0)],
            ["part", "rest"],
        ),
    ],
)
def test_totals_that_cannot_hold_are_refused_by_name(
    seeds: dict[str, float], fixed: dict[str, float], margins: list[Margin[str]], names: list[str]
) -> None:
    with pytest.raises(InconsistentTotals) as caught:
        fit_residual(seeds, fixed, margins)
    assert [gap.name for gap in caught.value.gaps] == names


def test_known_cells_may_differ_from_a_total_by_its_rounding() -> None:
    assert fit_residual({}, {"b": 1001.5440}, [Margin("printed", ("b",), 1001.5, 0.05)]) == {"b": 1001.5440}


def test_a_cell_without_seed_is_never_invented() -> None:
    with pytest.raises(KeyError, match="no seed for b"):
        fit_residual({"a": 1.0}, {}, [Margin("all", ("a", "b"), 3.0)])


@pytest.mark.parametrize("seed", [-1.0, np.nan, np.inf])
def test_a_seed_is_a_number_from_zero_upwards(seed: float) -> None:
    with pytest.raises(ValueError, match="from zero upwards"):
        fit_residual({"a": seed}, {}, [Margin("all", ("a",), 3.0)])


def test_a_cell_is_either_known_or_fitted() -> None:
    with pytest.raises(ValueError, match="both known and to be fitted"):
        fit_residual({"a": 1.0}, {"a": 2.0}, [Margin("all", ("a",), 2.0)])
