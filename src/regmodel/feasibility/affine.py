"""The programme compiled once: every number of the linear programme as an affine function of the parameters.

A scenario then only fills numbers. Products of parameters cannot be written so and are refused by the row's name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Integers = NDArray[np.int64]


class ProductOfParameters(ValueError):
    """A coefficient multiplies parameters with one another; it needs a derived parameter of its own."""


@dataclass(frozen=True)
class AffineMap:
    """Numbers as ``constant + coefficient x parameter``, with the coefficients as triplets."""

    constant: Array
    entry: Integers
    parameter: Integers
    coefficient: Array

    def fill(self, parameters: Array) -> Array:
        """The numbers for one vector of parameters."""
        terms = self.coefficient * parameters[self.parameter]
        filled: Array = np.bincount(self.entry, weights=terms, minlength=len(self.constant)) + self.constant
        return filled


def alike(one: AffineMap, other: AffineMap) -> NDArray[np.bool_]:
    """Which numbers of two maps are the same whatever the parameters are: of the same constant and the same terms."""
    found: NDArray[np.bool_] = one.constant == other.constant
    counts = [np.bincount(numbers.entry, minlength=len(found)) for numbers in (one, other)]
    found &= counts[0] == counts[1]
    terms = []
    for numbers in (one, other):
        order = np.lexsort((numbers.coefficient, numbers.parameter, numbers.entry))
        kept = order[found[numbers.entry[order]]]
        terms.append((numbers.entry[kept], numbers.parameter[kept], numbers.coefficient[kept]))
    differ = (terms[0][1] != terms[1][1]) | (terms[0][2] != terms[1][2])
    found[terms[0][0][differ]] = False
    return found


@dataclass(frozen=True)
class Compiled:
    """A linear programme with its numbers as affine maps; matrix entries by row (``row_start``, ``column``)."""

    parameters: tuple[tuple[str, int], ...]  # name and length, in order
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    row_start: Integers
    column: Integers
    matrix: AffineMap
    low: AffineMap
    high: AffineMap
    cost: AffineMap
    column_low: Array
    column_high: Array

    def vector(self, values: Mapping[str, Array]) -> Array:
        """All parameters as one vector; raises KeyError on a missing one, ValueError on a wrong length."""
        parts = []
        for name, length in self.parameters:
            part = np.asarray(values[name], dtype=float).reshape(-1)
            if len(part) != length:
                raise ValueError(f"{name} has {len(part)} entries, the programme expects {length}")
            parts.append(part)
        whole = np.concatenate(parts)
        if np.isnan(whole).any():
            unknown = [name for (name, _), part in zip(self.parameters, parts, strict=True) if np.isnan(part).any()]
            raise ValueError(f"not a number in {', '.join(unknown)}")
        return whole


class _Builder:
    """Collects the terms of one affine map."""

    def __init__(self) -> None:
        self.constant: list[float] = []
        self.entry: list[int] = []
        self.parameter: list[int] = []
        self.coefficient: list[float] = []

    def add(self, constant: float, terms: Mapping[int, float]) -> None:
        number = len(self.constant)
        self.constant.append(constant)
        for parameter, coefficient in terms.items():
            self.entry.append(number)
            self.parameter.append(parameter)
            self.coefficient.append(coefficient)

    def build(self) -> AffineMap:
        return AffineMap(
            np.array(self.constant, dtype=float),
            np.array(self.entry, dtype=np.int64),
            np.array(self.parameter, dtype=np.int64),
            np.array(self.coefficient, dtype=float),
        )


def _affine(expression: Any, positions: Mapping[int, int], where: str) -> tuple[float, dict[int, float]]:
    """An expression of parameters as a constant and coefficients by parameter position."""
    if expression is None:
        return 0.0, {}
    kind = type(expression)
    if kind in (int, float) or isinstance(expression, np.floating | np.integer):
        return float(expression), {}
    if expression.is_parameter_type():
        return 0.0, {positions[id(expression)]: 1.0}
    if not expression.is_expression_type():
        return float(expression()), {}
    name = expression.getname()
    parts = [_affine(argument, positions, where) for argument in expression.args]
    if name == "neg":
        return -parts[0][0], {key: -value for key, value in parts[0][1].items()}
    if name in ("sum", "mon_sum", "linear"):
        return _sum(parts)
    if name in ("prod", "mon"):
        return _product(parts[0], parts[1], where)
    if name == "div":
        if parts[1][1]:
            raise ProductOfParameters(f"{where}: divides by a parameter; use a derived parameter instead")
        return parts[0][0] / parts[1][0], {key: value / parts[1][0] for key, value in parts[0][1].items()}
    raise ProductOfParameters(f"{where}: {name} of parameters is not affine; use a derived parameter instead")


def _sum(parts: list[tuple[float, dict[int, float]]]) -> tuple[float, dict[int, float]]:
    total, terms = 0.0, dict[int, float]()
    for constant, part in parts:
        total += constant
        for key, value in part.items():
            terms[key] = terms.get(key, 0.0) + value
    return total, terms


def _product(
    left: tuple[float, dict[int, float]], right: tuple[float, dict[int, float]], where: str
) -> tuple[float, dict[int, float]]:
    if left[1] and right[1]:
        raise ProductOfParameters(f"{where}: multiplies parameters; use a derived parameter instead")
    if right[1]:
        left, right = right, left
    return left[0] * right[0], {key: value * right[0] for key, value in left[1].items()}


def compile_programme(model: Any) -> Compiled:
    """Compile a Pyomo model with mutable parameters; raises ProductOfParameters naming the row."""
    import pyomo.environ as pyo
    from pyomo.repn import generate_standard_repn

    from regmodel.feasibility.programme import mutable_parameters

    positions: dict[int, int] = {}
    lengths = []
    for name, parameter in mutable_parameters(model).items():
        members = [parameter[index] for index in parameter.index_set()]
        for member in members:
            positions[id(member)] = len(positions)
        lengths.append((name, len(members)))
    variables = list(model.component_data_objects(pyo.Var, descend_into=False))
    column_of = {id(variable): number for number, variable in enumerate(variables)}
    matrix, low, high, cost = _Builder(), _Builder(), _Builder(), _Builder()
    rows, starts, columns = [], [0], []
    for row in model.component_data_objects(pyo.Constraint, active=True, descend_into=False):
        # Pyomo puts names and ends together anew each time that they are asked for.
        name, (lower, body, upper) = row.name, row.to_bounded_expression()
        repn = generate_standard_repn(body, compute_values=False)
        if repn.nonlinear_expr is not None or repn.quadratic_vars:
            raise ProductOfParameters(f"{name}: is not linear in its variables")
        for variable, coefficient in zip(repn.linear_vars, repn.linear_coefs, strict=True):
            matrix.add(*_affine(coefficient, positions, name))
            columns.append(column_of[id(variable)])
        starts.append(len(columns))
        shift, shifts = _affine(repn.constant, positions, name)
        for side, builder, open_end in ((lower, low, -np.inf), (upper, high, np.inf)):
            if side is None:
                builder.add(open_end, {})
                continue
            constant, terms = _affine(side, positions, name)
            builder.add(*_sum([(constant, terms), (-shift, {key: -value for key, value in shifts.items()})]))
        rows.append(name)
    objective = generate_standard_repn(
        next(iter(model.component_data_objects(pyo.Objective))).expr, compute_values=False
    )
    weights = {
        column_of[id(variable)]: coefficient
        for variable, coefficient in zip(objective.linear_vars, objective.linear_coefs, strict=True)
    }
    for number in range(len(variables)):
        cost.add(*_affine(weights.get(number), positions, "the objective"))
    return Compiled(
        parameters=tuple(lengths),
        rows=tuple(rows),
        columns=tuple(variable.name for variable in variables),
        row_start=np.array(starts, dtype=np.int64),
        column=np.array(columns, dtype=np.int64),
        matrix=matrix.build(),
        low=low.build(),
        high=high.build(),
        cost=cost.build(),
        column_low=np.array([variable.lb if variable.lb is not None else -np.inf for variable in variables]),
        column_high=np.array([variable.ub if variable.ub is not None else np.inf for variable in variables]),
    )
