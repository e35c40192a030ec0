"""Everything that the programme can say of one scenario, put together once: verdict, plan, misses, conflicts, rests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from regmodel.feasibility.attainability import attainability
from regmodel.feasibility.certificate import TOLERANCE, residual
from regmodel.feasibility.clause_bodies import ELASTIC
from regmodel.feasibility.conflicts import Conflicts, find_conflicts
from regmodel.feasibility.engine import Answer, Engine, engine_for
from regmodel.feasibility.numbers import Case, prepare
from regmodel.feasibility.replay import replay
from regmodel.feasibility.rests_on import RestsOn, rests_on
from regmodel.projection.trajectory import Trajectory
from regmodel.scenario import Scenario
from regmodel.vocabulary.texts import Text

SECONDS_FOR_CONFLICTS = 60.0
SECONDS_FOR_A_SOLVE = 300.0
Told = Callable[[Text], None]

_STAGES = {
    "prepare": Text("preparing the base year and the trend", "准备基年与趋势"),
    "solve": Text("looking for a plan that holds every clause", "寻找满足全部条款的方案"),
    "miss": Text("looking for the plan that misses least", "寻找偏差最小的方案"),
    "conflicts": Text("looking for the clauses that clash", "查找相互冲突的条款"),
    "share": Text("measuring how far the targets can be reached", "测算目标可达程度"),
    "rests": Text("asking what the verdict rests on", "检验结论所依赖的假设"),
}


@dataclass(frozen=True)
class Study:
    """What was found for a scenario; ``plan`` is the plan that holds, or the one that misses least."""

    case: Case
    engine: Engine
    answer: Answer
    plan: Trajectory | None
    conflicts: Conflicts
    attainability: float | None
    rests: RestsOn


def study(scenario: Scenario, tell: Told = lambda stage: None, seconds: float = SECONDS_FOR_CONFLICTS) -> Study:
    """Study a scenario; ``tell`` hears of each stage, ``seconds`` bounds the search for conflicts."""
    tell(_STAGES["prepare"])
    case = prepare(scenario)
    engine = engine_for(case, SECONDS_FOR_A_SOLVE)
    tell(_STAGES["solve"])
    answer = engine.decide(preferred=True)
    plan: Trajectory | None = None
    conflicts = Conflicts((), (), answer.verdict == "feasible")
    share: float | None = None
    if answer.verdict == "feasible":
        share = 1.0
        plan = replay(case, engine.compiled, answer.columns)
    elif answer.verdict == "infeasible":
        tell(_STAGES["miss"])
        plan = least_miss(case, engine)
        tell(_STAGES["conflicts"])
        conflicts = find_conflicts(engine, seconds)
        tell(_STAGES["share"])
        share = attainability(case, engine)
    tell(_STAGES["rests"])
    rests = rests_on(case, engine, answer.verdict)
    return Study(case, engine, answer, plan, conflicts, share, rests)


def least_miss(case: Case, engine: Engine) -> Trajectory | None:
    """The plan that misses the clauses by least, put through the accounts; None where it is not certified."""
    found = engine.shortfall()
    if found.status != "optimal":
        return None
    rows = replace(engine.system(), column_high=engine.solver.column_high.copy())
    rows.column_high[engine.elastic] = ELASTIC
    if residual(found.columns, rows) > TOLERANCE:
        return None
    return replay(case, engine.compiled, found.columns)
