"""Verdicts of samples beside those of single runs of the same numbers, on the invented pair."""

from __future__ import annotations

import numpy as np
import pytest

from regmodel.batch.judging import Judge
from regmodel.batch.samples import Samples
from regmodel.feasibility.engine import engine_for
from regmodel.feasibility.numbers import prepare
from regmodel.vocabulary.problems import InputProblems

CAP = "clause.cap.water_use_total.PAIR.2025.value"


@pytest.fixture(scope="module")
def judge(pair):
    return Judge(pair(), [CAP])


@pytest.fixture(scope="module")
def table(judge):
    samples = Samples(("s0", "s1"), judge.keys, np.array([[40.0], [13.0]]))
    return judge.judge(samples, judge.prime(samples))


def test_a_sample_has_the_verdict_of_a_single_run(table, pair):
    """13 x 10^8 m3 is below what the pair needs; 40 is enough: so says the engine on the scenario by itself."""
    alone = []
    for value in (40.0, 13.0):
        alone.append(engine_for(prepare(pair({CAP: value}))).decide().verdict)
    assert table.column("verdict").to_pylist() == alone == ["feasible", "infeasible"]


def test_every_verdict_says_whether_it_is_proved_and_how(table):
    """A verdict without a certificate would be undecided."""
    assert table.column("proved").to_pylist() == [True, True]
    assert set(table.column("how").to_pylist()) <= {"witness", "proof", "solve"}


def test_the_table_has_the_columns_that_the_judge_declares(judge, table):
    """Every part of a store has the same columns, whatever its samples are."""
    assert table.schema == judge.schema


def test_an_unknown_key_is_refused(pair):
    """A key that names nothing would be a column without effect."""
    with pytest.raises(InputProblems):
        Judge(pair(), ["record.water.glacier_melt"])
