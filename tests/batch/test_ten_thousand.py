"""Ten thousand verdicts of the invented pair, by the engine as it is: each certified, and a random sample agrees."""

from __future__ import annotations

import json
from collections import Counter

import numpy as np
import pytest

from regmodel import cli
from regmodel.batch.running import batch
from regmodel.feasibility.engine import engine_for
from regmodel.feasibility.numbers import prepare

COUNT = 10_000
DESIGN = f"""
name = "ten_thousand"
scenario = "pair"
kind = "latin_hypercube"
count = {COUNT}
seed = 20
assumptions = []

[vary]
"clause.cap.water_use_total.PAIR.2025.value" = {{ low = 13, high = 25 }}
"record.water.ecological_floor" = {{}}
"""
AGAIN = 6
POOLED = 0.98


@pytest.mark.slow
def test_ten_thousand_scenarios_are_judged_each_with_its_proof(design_of, pair_shipped, tmp_path, capsys):
    """Every scenario is there once; what is told is proved, or called undecided; nearly all by plans carried over.

    Scenarios drawn at random are decided again by the batch itself, and here some of each verdict, cold: all agree.
    """
    path = design_of(DESIGN, "ten_thousand")
    assert cli.main(["batch", str(path), "--out", str(tmp_path / "store"), "--workers", "1", "--json"]) == 0
    summary = json.loads(capsys.readouterr().out)
    store = batch(path, tmp_path / "store", resume=True)
    found = store.results(["sample", "verdict", "proved", "how", "conflict", "attainability", "repair"])
    assert len(found) == COUNT == summary["scenarios"]
    assert found["sample"].is_unique
    assert ((found["verdict"] == "undecided") == ~found["proved"]).all()
    assert summary["proved"] == found["proved"].sum() >= 0.999 * COUNT
    assert summary["verdicts"] == {"feasible": 0, "infeasible": 0, "undecided": 0} | dict(Counter(found["verdict"]))
    assert min(summary["verdicts"]["feasible"], summary["verdicts"]["infeasible"]) > 0
    assert found["how"].isin(["witness", "regions", "proof"]).sum() >= POOLED * COUNT
    infeasible = found[found["verdict"] == "infeasible"]
    assert infeasible["conflict"].notna().all()
    assert infeasible["repair"].notna().all()
    assert infeasible["attainability"].between(0, 1, inclusive="left").all()
    assert summary["recheck"] == {"asked": 12, "agree": 12, "differ": [], "undecided": 0}
    assert cli.main(["batch", str(path), "--out", str(tmp_path / "store"), "--workers", "1", "--resume"]) == 0
    assert "decided again by themselves, with nothing learned before: 12 of 12 agree" in capsys.readouterr().out
    draw = np.random.default_rng(1)
    for verdict in ("feasible", "infeasible"):
        for sample in draw.choice(found["sample"][found["verdict"] == verdict].to_numpy(), AGAIN, replace=False):
            assert engine_for(prepare(store.scenario(sample))).decide().verdict == verdict
