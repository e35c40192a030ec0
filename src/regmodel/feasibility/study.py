"""Everything that the programme can say of one scenario, put together once: verdict, plan, misses, conflicts, rests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from regmodel.feasibility.allowance import Work
from regmodel.feasibility.attainability import AttainabilityBy, attainability, attainability_by
from regmodel.feasibility.by_itself import nearest_by_itself
from regmodel.feasibility.certificate import TOLERANCE, proves_exactly, residual
from regmodel.feasibility.clause_groups import Grouping, grouped
from regmodel.feasibility.conflicts import Conflicts, find_conflicts
from regmodel.feasibility.engine import MOST_GIVEN, Answer, Engine, engine_for
from regmodel.feasibility.numbers import Case, prepare
from regmodel.feasibility.prices import Price, shadow_prices
from regmodel.feasibility.proof_lines import Member, Working, members, working
from regmodel.feasibility.proof_reads import AssumedBehind, AssumedReader
from regmodel.feasibility.repairs import Repair, find_repairs
from regmodel.feasibility.replay import replay
from regmodel.feasibility.rests_on import RestsOn, rests_on
from regmodel.feasibility.side_effects import Moves, side_effects
from regmodel.feasibility.slim_proof import slim
from regmodel.feasibility.stages import Stage, stages
from regmodel.projection.trajectory import Trajectory
from regmodel.scenario import Scenario
from regmodel.vocabulary.texts import Text

Array = NDArray[np.float64]
# In steps of the solver times rows, so that no slow machine stops earlier; ten thousand million are about five minutes
# of the shipped regions. Each solve has a limit in seconds beside: past it an answer is undecided.
WORK_FOR_CONFLICTS = 4e9
WORK_FOR_REPAIRS = 1e10
WORK_FOR_ASSUMED = 1e10
WORK_BESIDE = 4e9
SECONDS_FOR_A_SOLVE = 180.0
Told = Callable[[Text], None]

_STAGES = {
    "prepare": Text("preparing the base year and the trend", "准备基年与趋势"),
    "solve": Text("looking for a plan that holds every clause", "寻找满足全部条款的方案"),
    "miss": Text("looking for the plan that misses least", "寻找偏差最小的方案"),
    "conflicts": Text("looking for the clauses that clash", "查找相互冲突的条款"),
    "repairs": Text("looking for the ways out", "寻找可行的调整办法"),
    "share": Text("measuring how far the targets can be reached", "测算目标可达程度"),
    "prices": Text("asking what one more unit of room is worth", "计算影子价格"),
    "rests": Text("asking what the verdict rests on", "检验结论所依赖的假设"),
    "beside": Text("asking what else moves with each way out", "测算各种调整办法的连带影响"),
}
# Told as soon as it is certified: on large programmes what it rests on takes far longer than the verdict.
_VERDICTS = {
    "feasible": Text("the verdict is feasible, certified", "结论为可行，已核验"),
    "infeasible": Text("the verdict is not feasible, certified", "结论为不可行，已核验"),
    "undecided": Text("the verdict is undecided: nothing was certified", "结论未定：未能核验"),
}


@dataclass(frozen=True)
class Proof:
    """Why the clauses of a conflict cannot hold together: few rows with weights, and the assumed numbers behind."""

    multipliers: Array
    members: tuple[Member, ...]
    working: Working
    assumed: AssumedBehind


@dataclass(frozen=True)
class Study:
    """What was found for a scenario; ``plan`` is the plan that holds, or the one that misses least.

    ``proofs`` go with the conflicts, one for each; None where a conflict was not proved. ``moves`` go with the
    ``repairs``. ``by_itself`` is what each missed clause comes to with every other target let go.
    """

    case: Case
    engine: Engine
    answer: Answer
    plan: Trajectory | None
    conflicts: Conflicts
    proofs: tuple[Proof | None, ...]
    repairs: tuple[Repair, ...]
    attainability: float | None
    attainability_by: AttainabilityBy
    stages: tuple[Stage, ...]
    prices: tuple[Price, ...]
    rests: RestsOn
    moves: tuple[Moves | None, ...] = ()
    by_itself: Mapping[str, float] = field(default_factory=dict)


def study(
    scenario: Scenario,
    tell: Told = lambda stage: None,
    work: float = WORK_FOR_CONFLICTS,
    by: Grouping = "clause",
) -> Study:
    """Study a scenario; ``tell`` hears of each stage, ``work`` bounds the search for conflicts.

    Conflicts are sets of clauses, or with ``by`` of their parts in each year or region.
    """
    tell(_STAGES["prepare"])
    case = prepare(scenario)
    engine = engine_for(case, SECONDS_FOR_A_SOLVE)
    tell(_STAGES["solve"])
    answer = engine.decide(preferred=True)
    tell(_VERDICTS[answer.verdict])
    feasible = answer.verdict == "feasible"
    plan: Trajectory | None = None
    conflicts = Conflicts((), (), feasible)
    repairs: tuple[Repair, ...] = ()
    prices: tuple[Price, ...] = ()
    share: float | None = 1.0 if feasible else None
    if feasible:
        plan = replay(case, engine.compiled, answer.columns)
        tell(_STAGES["prices"])
        prices = shadow_prices(case, engine)
    elif answer.verdict == "infeasible":
        tell(_STAGES["miss"])
        plan = least_miss(case, engine)
        tell(_STAGES["conflicts"])
        engine.groups = grouped(case.shape, engine.compiled, by)
        conflicts = find_conflicts(engine, Work(engine.solver, work))
        tell(_STAGES["repairs"])
        repairs = find_repairs(case, engine, conflicts, Work(engine.solver, WORK_FOR_REPAIRS))
        tell(_STAGES["share"])
        share = attainability(case, engine)
    shares = attainability_by(case, engine, feasible=feasible) if answer.certified else AttainabilityBy({}, {})
    in_stages = stages(case, engine, feasible=feasible) if answer.certified else ()
    tell(_STAGES["rests"])
    proofs = proofs_of(case, engine, conflicts)
    conflicts = conflicts.with_proofs([proof is not None for proof in proofs])
    engine.groups = grouped(case.shape, engine.compiled)
    rests = rests_on(case, engine, answer.verdict)
    # Last, so that what is asked here moves no answer above.
    moves: tuple[Moves | None, ...] = ()
    alone: dict[str, float] = {}
    if answer.verdict == "infeasible":
        tell(_STAGES["beside"])
        moves = side_effects(case, engine, repairs, Work(engine.solver, WORK_BESIDE))
        if plan is not None:
            alone = nearest_by_itself(case, engine, plan, Work(engine.solver, WORK_BESIDE))
    return Study(
        case, engine, answer, plan, conflicts, proofs, repairs, share, shares, in_stages, prices, rests, moves, alone
    )


def proofs_of(case: Case, engine: Engine, conflicts: Conflicts) -> tuple[Proof | None, ...]:
    """A proof with few rows for each conflict, exact in rationals, or None; the engine is left filled with the case."""
    if not conflicts.found:
        return ()
    engine.fill(case)
    told = []
    for conflict in conflicts.found:
        engine.hold(set(conflict.clauses))
        rows = engine.system()
        choices = [slim(conflict.multipliers, rows), conflict.multipliers] if len(conflict.multipliers) else []
        weights = next((choice for choice in choices if proves_exactly(choice, rows)), None)
        told.append((weights, None if weights is None else working(case, engine, weights, rows)))
    engine.fill(case)
    reader = AssumedReader(case, engine, Work(engine.solver, WORK_FOR_ASSUMED))
    try:
        return tuple(
            None
            if weights is None or lines is None
            else Proof(weights, members(case, engine, weights), lines, reader.behind(weights))
            for weights, lines in told
        )
    finally:
        reader.close()


def least_miss(case: Case, engine: Engine) -> Trajectory | None:
    """The plan that misses the clauses by least, put through the accounts; None where it is not certified."""
    found = engine.shortfall()
    if found.status != "optimal":
        return None
    rows = replace(engine.system(), column_high=engine.solver.column_high.copy())
    rows.column_high[[give.column for give in engine.gives]] = MOST_GIVEN
    if residual(found.columns, rows) > TOLERANCE:
        return None
    return replay(case, engine.compiled, found.columns)
