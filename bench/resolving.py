"""The same scenarios solved again and again, each way on the same numbers: compiled and hot, Pyomo, linopy, by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from bench.measure import timed
from bench.programmes import hand_over, holds, moved, plain_highs, proves, scenario_of, system_of, word
from regmodel.feasibility.certificate import LinearSystem
from regmodel.feasibility.engine import Engine, engine_for
from regmodel.feasibility.numbers import Case, prepare
from regmodel.feasibility.programme import build, set_parameters
from regmodel.feasibility.solver import Solution

Array = NDArray[np.float64]
Found = Iterator[dict[str, Any]]
ONE_THREAD = {"threads": 1}


def resolve_hot(params: Path, repeats: int) -> Found:
    """Our re-solve (fill, solve, check) beside the same simplex alone on the same programme from the same basis."""
    engine = engine_for(prepare(scenario_of(params, {})))
    engine.solver.set_cost(engine.preference)
    engine.solver.forget()
    cold, _ = timed(engine.solver.solve)
    found: dict[str, Any] = {"cold": [cold], "ours": [], "simplex": [], "fill": [], "prepare": [], "verdicts": []}
    found |= {"agree": True}
    raw = plain_highs()
    for turn, scenario in enumerate(moved(params, repeats)):
        seconds, case = timed(lambda scenario=scenario: prepare(scenario))  # type: ignore[misc]
        found["prepare"].append(seconds)
        rows = system_of(engine.compiled, case.values)
        cost = engine.compiled.cost.fill(engine.compiled.vector(case.values))
        hand_over(raw, rows, cost)
        raw.setBasis(engine.solver.highs.getBasis())
        # Whoever comes second finds warm caches: the two take turns.
        if turn % 2:
            alone, _ = timed(raw.run)
        whole, (filling, answer) = timed(lambda case=case: _ours(engine, case))  # type: ignore[misc]
        if not turn % 2:
            alone, _ = timed(raw.run)
        found["ours"].append(whole)
        found["fill"].append(filling)
        found["simplex"].append(alone)
        found["verdicts"].append(answer)
        found["agree"] = found["agree"] and answer == {"Optimal": "feasible", "Infeasible": "infeasible"}.get(word(raw))
        yield found


def _ours(engine: Engine, case: Case) -> tuple[float, str]:
    """Fill, solve for the preferred plan, check outside the solver; the seconds of filling and the verdict."""
    filling, _ = timed_without_collecting(lambda: _fill(engine, case))
    return filling, certified(engine, engine.solver.solve())


def _fill(engine: Engine, case: Case) -> None:
    engine.refill(case.values)
    engine.solver.set_cost(engine.preference)


def timed_without_collecting(work: Callable[[], Any]) -> tuple[float, Any]:
    """CPU seconds of one call inside of a call that is timed itself."""
    import time

    start = time.process_time()
    found = work()
    return time.process_time() - start, found


def certified(engine: Engine, found: Solution) -> str:
    """The verdict that a check outside the solver stands behind."""
    rows = engine.system()
    if found.status == "optimal" and holds(rows, found.columns) <= 1e-6:
        return "feasible"
    if found.status == "infeasible" and len(found.multipliers) and proves(rows, found.multipliers):
        return "infeasible"
    return "undecided"


def verdict_hot(params: Path, repeats: int) -> Found:
    """The verdict alone, as the engine gives it without its pool of earlier plans and proofs, and with it."""
    engine = engine_for(prepare(scenario_of(params, {})))
    found: dict[str, Any] = {"verdict_cold": [], "verdict": [], "verdict_pool": []}
    engine.solver.forget()
    found["verdict_cold"].append(timed(engine.decide)[0])
    for scenario in moved(params, repeats):
        case = prepare(scenario)
        engine.witnesses.clear()
        engine.proofs.clear()

        def ask(case: Case = case) -> None:
            engine.refill(case.values)
            engine.decide()

        found["verdict"].append(timed(ask)[0])
        found["verdict_pool"].append(timed(ask)[0])
        yield found


def resolve_rebuilt(params: Path, repeats: int) -> Found:
    """Pyomo as most use it: build the model for each scenario and hand it to the solver."""
    import pyomo.environ as pyo

    found: dict[str, Any] = {"pyomo_rebuild": []}
    pyo.SolverFactory("highs")
    for scenario in moved(params, repeats):
        case = prepare(scenario)

        def work(case: Case = case) -> None:
            model = build(case.shape)
            set_parameters(model, case.values)
            solver = pyo.SolverFactory("highs")
            solver.solve(model, load_solutions=False, raise_exception_on_nonoptimal_result=False, options=ONE_THREAD)

        found["pyomo_rebuild"].append(timed(work)[0])
        yield found


def resolve_persistent(params: Path, repeats: int, interface: str) -> Found:
    """Pyomo's persistent interfaces: the model stays in the solver, parameters are set, what changed is sent."""
    case = prepare(scenario_of(params, {}))
    model = build(case.shape)
    set_parameters(model, case.values)
    solve = _appsi(model) if interface == "appsi" else _contrib(model)
    found: dict[str, Any] = {f"{interface}_first": [timed(solve)[0]], interface: []}
    yield found
    for scenario in moved(params, repeats):
        case = prepare(scenario)

        def work(case: Case = case) -> None:
            set_parameters(model, case.values)
            solve()

        found[interface].append(timed(work)[0])
        yield found


def _appsi(model: Any) -> Callable[[], Any]:
    from pyomo.contrib.appsi.solvers import Highs

    solver = Highs()
    solver.config.load_solution = False
    solver.highs_options = {"threads": 1}
    _only_parameters_change(solver.update_config)
    return lambda: solver.solve(model)


def _contrib(model: Any) -> Callable[[], Any]:
    from pyomo.contrib.solver.solvers.highs import Highs

    solver = Highs()
    solver.config.load_solutions = False
    solver.config.raise_exception_on_nonoptimal_result = False
    solver.config.threads = 1
    _only_parameters_change(solver.config.auto_updates)
    return lambda: solver.solve(model)


def _only_parameters_change(updates: Any) -> None:
    """The setting under which these interfaces are quickest; the two name it differently."""
    wanted = dict.fromkeys(("constraints", "vars", "named_expressions", "objective"), False) | dict.fromkeys(
        ("params", "parameters"), True
    )
    for what, watched in wanted.items():
        for setting in (f"update_{what}", f"check_for_new_or_removed_{what}", f"check_for_new_{what}"):
            if setting in updates:
                updates[setting] = watched and setting.startswith("update_")


def solve_by_hand(params: Path, repeats: int) -> Found:
    """The finished matrix handed to HiGHS as arrays, and solved cold."""
    case = prepare(scenario_of(params, {}))
    rows, cost = _finished(case)
    found: dict[str, Any] = {"direct_build": [], "direct_solve": []}
    for _ in range(repeats):
        highs = plain_highs()
        found["direct_build"].append(timed(lambda highs=highs: hand_over(highs, rows, cost))[0])  # type: ignore[misc]
        found["direct_solve"].append(timed(highs.run)[0])
        yield found


def solve_by_linopy(params: Path, repeats: int) -> Found:
    """The finished matrix handed to linopy as arrays, rows in batches of like length, and solved cold."""
    import linopy  # noqa: F401  its import is not what is measured

    case = prepare(scenario_of(params, {}))
    rows, cost = _finished(case)
    found: dict[str, Any] = {"linopy_build": [], "linopy_solve": []}
    for _ in range(repeats):
        seconds, model = timed(lambda: _linopy_model(rows, cost))
        found["linopy_build"].append(seconds)
        yield found
        solving = partial(model.solve, "highs", io_api="direct", output_flag=False, threads=1)
        found["linopy_solve"].append(timed(solving)[0])
        yield found


def _finished(case: Case) -> tuple[LinearSystem, Array]:
    from regmodel.feasibility.compiled_store import compiled_for

    compiled = compiled_for(case.shape)
    return system_of(compiled, case.values), compiled.cost.fill(compiled.vector(case.values))


def _linopy_model(rows: LinearSystem, cost: Array) -> Any:
    import linopy
    import pandas
    import xarray

    model = linopy.Model()
    names = pandas.RangeIndex(len(rows.columns), name="column")
    low = xarray.DataArray(rows.column_low, coords=[names])
    high = xarray.DataArray(rows.column_high, coords=[names])
    columns = model.add_variables(lower=low, upper=high, name="x")
    labels = columns.labels.to_numpy()
    lengths = np.diff(rows.row_start)
    for most, least in ((4, 0), (16, 4), (64, 16), (int(lengths.max(initial=0)), 64)):
        batch = np.flatnonzero((lengths > least) & (lengths <= most))
        if not len(batch):
            continue
        width = int(lengths[batch].max())
        place = rows.row_start[batch][:, None] + np.arange(width)[None, :]
        inside = np.arange(width)[None, :] < lengths[batch][:, None]
        place = np.where(inside, place, 0)
        coefficients = np.where(inside, rows.matrix[place], np.nan)
        variables = np.where(inside, labels[rows.column[place]], -1)
        for sign, ends in (("=", "both"), (">=", "low"), ("<=", "high")):
            one = rows.low[batch] == rows.high[batch]
            bounds = rows.high[batch] if sign == "<=" else rows.low[batch]
            wanted = one if ends == "both" else ~one & np.isfinite(bounds)
            if wanted.any():
                index = pandas.Index(batch[wanted], name="row")
                data = xarray.Dataset(
                    {
                        "coeffs": (("row", "_term"), coefficients[wanted]),
                        "vars": (("row", "_term"), variables[wanted]),
                        "const": (("row",), np.zeros(int(wanted.sum()))),
                    },
                    coords={"row": index},
                )
                expression = linopy.LinearExpression(data, model)
                right = xarray.DataArray(bounds[wanted], coords=[index])
                model.add_constraints(expression, sign, right, name=f"{ends}{most}")
    model.add_objective((columns * xarray.DataArray(cost, coords=[names])).sum())
    return model


def highs_version() -> str:
    """The solver behind every row."""
    return str(highspy.Highs().version())
