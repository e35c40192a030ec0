"""What clashes in the shipped infeasible scenario: the statement about people moving to towns (model.md 6.3 b).

On paper the smallest conflict is the census path of the population, an urban share of at most 69.5 % and a gain of 90
x 10^4 people in towns: it needs 2464.5 x 10^4 residents (1712.7 / 0.695) in 2025 where the path has 2372.7. The
programme also bounds how far net migration may leave its trend; at the central band (0.6 % a year) the people cannot
be had even off the path, so that two members suffice. At the wide end (1 % a year) the path is the third member.
"""

from __future__ import annotations

import pytest

from regmodel.feasibility.numbers import prepare
from regmodel.scenario import build, load
from regmodel.vocabulary.texts import Text

STATEMENT, SHARE, PATH = "nm_to_town_2025", "nm_urb_2025", "path.population.INNER_MONGOLIA"
WORDS = Text("infeasible, with a wide band of migration", "不可行情景，迁移幅度放宽")


@pytest.fixture(scope="module")
def engine(plan_engine):
    """The shipped infeasible scenario in the engine of the shipped regions."""
    plan_engine.fill(prepare(load("infeasible")))
    return plan_engine


def holds(engine, *clauses):
    engine.hold(set(clauses))
    answer = engine.decide()
    assert answer.verdict != "undecided"
    return answer.verdict == "feasible"


def test_at_the_central_band_the_statement_and_the_share_clash_by_themselves(engine):
    assert not holds(engine, STATEMENT, SHARE, PATH)
    assert not holds(engine, STATEMENT, SHARE)
    assert holds(engine, STATEMENT, PATH)
    assert holds(engine, SHARE, PATH)


def test_with_a_wide_band_the_population_path_is_the_third_member(plan_engine):
    """Exactly the set of model.md 6.3 (b): together they clash, and any two of them hold."""
    override = {"record.population.net_migration_band": 1.0}
    plan_engine.fill(prepare(build("wide", WORDS, WORDS, "infeasible", (), override)))
    assert not holds(plan_engine, STATEMENT, SHARE, PATH)
    assert holds(plan_engine, STATEMENT, SHARE)
    assert holds(plan_engine, STATEMENT, PATH)
    assert holds(plan_engine, SHARE, PATH)
