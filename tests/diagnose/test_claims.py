"""What is claimed is no more than what was shown: plans, proofs, ways out, and how many of them there are."""

from __future__ import annotations

import importlib
import json

import jsonschema
import numpy as np
import pytest

from regmodel import cli
from regmodel.diagnosis.own_numbers import relative_breach
from regmodel.diagnosis.prepared import prepare_model
from regmodel.diagnosis.ways_out import _Search
from regmodel.feasibility.conflicts import Conflicts

CLASH = """min
 x
st
 需求: x + y >= 10
 供给: x <= 4
 限额: y <= 3
 平衡: x - y = 0
end
"""


def run(tmp_path, capsys, text, *options):
    """Exit status and what was printed."""
    path = tmp_path / "model.lp"
    path.write_text(text, encoding="utf-8")
    status = cli.main(["diagnose", str(path), *options])
    return status, capsys.readouterr().out


def told(tmp_path, capsys, root, text):
    status, out = run(tmp_path, capsys, text, "--json")
    found = json.loads(out)
    schema = json.loads((root / "src/regmodel/diagnosis/diagnosis_schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(found, schema)
    return status, found


def sets(found):
    return sorted(tuple(sorted(conflict["clauses"])) for conflict in found["conflicts"])


@pytest.mark.parametrize(
    "rows",
    [
        " a: 0.1 x + 0.7 y >= 1\n b: x + 7 y <= 9\n",
        " a: x + 0.1 y + 0.3 z = 1\n b: x + 0.10000000000001 y + 0.3 z >= 2\n",  # holds with y at about 1e14
    ],
)
def test_a_proof_within_ends_that_the_file_does_not_set_proves_nothing(tmp_path, capsys, root, rows):
    text = f"min\n x\nst\n{rows}bounds\n x free\n y free\n z free\nend\n"
    status, found = told(tmp_path, capsys, root, text)
    assert (status, found["verdict"], sets(found)) == (3, "undecided", [("a", "b")])
    assert not found["conflicts"][0]["proved"]
    assert found["conflicts"][0]["working"]["limits"]
    assert (found["left_open"], found["conflicts_complete"], found["repairs"]) == (["check"], False, [])
    assert not found["certificate"]["checked"]
    bounds = [line for line in found["conflicts"][0]["working"]["lines"] if line["kind"] == "bound"]
    assert bounds
    assert all(abs(line["amount"]) >= 1e8 for line in bounds)
    side, end = {"high": "at most", "low": "at least"}[bounds[0]["side"]], f"{bounds[0]['amount']:.10g}"
    out = run(tmp_path, capsys, text)[1]
    assert f"unproven: with y {side} {end} no plan lets a and b hold together" in out
    assert "the file sets no such end" in out
    assert "--seconds are no cure" in out
    assert "范围内，没有方案能使 a、b 同时成立" in run(tmp_path, capsys, text, "--lang", "zh")[1]


def test_without_a_conflict_at_hand_the_proof_within_far_ends_is_told_of_all_rows(tmp_path, capsys, monkeypatch):
    room = importlib.import_module("regmodel.diagnosis.diagnose")
    monkeypatch.setattr(room, "find_conflicts", lambda *_: Conflicts((), (), complete=False))
    text = "min\n x\nst\n a: 0.1 x + 0.7 y >= 1\n b: x + 7 y <= 9\nbounds\n x free\n y free\nend\n"
    status, out = run(tmp_path, capsys, text)
    assert status == 3
    assert "no plan lets all rows hold together" in out


def test_a_proved_conflict_beside_one_within_far_ends_is_enough(tmp_path, capsys, root):
    rows = " a: 0.1 x + 0.7 y >= 1\n b: x + 7 y <= 9\n c: z >= 2\n d: z <= 1\n"
    text = f"min\n x\nst\n{rows}bounds\n x free\n y free\nend\n"
    status, found = told(tmp_path, capsys, root, text)
    assert status == 2
    assert {tuple(one["clauses"]): one["proved"] for one in found["conflicts"]} == {
        ("a", "b"): False,
        ("c", "d"): True,
    }
    assert not found["certificate"]["working"]["limits"]
    assert found["left_open"] == ["check"]
    never = [one["changes"][0]["clause"] for one in found["repairs"] if one["changes"][0]["to"] is None]
    assert never == ["a", "b"]  # c and d clash without them; that a and b clash without c is proved of nobody
    assert not any(one["kind"] == "fewest" for one in found["repairs"])


def small_beside_large(small=2e-7, large=1000, many=60):
    """Seven columns whose sum is at most 0 and that are each at least very little, and many rows of large sides."""
    names = [f"y{number}" for number in range(7)]
    rows = [f" s: {' + '.join(names)} <= 0", *(f" {name}_l: {name} >= {small}" for name in names)]
    rows += [f" w{number}: v{number} <= {large}" for number in range(many)]
    return "\n".join(["min", " v0", "st", *rows, "end", ""])


def test_what_is_little_beside_other_rows_is_not_taken_to_hold(tmp_path, capsys, root):
    status, found = told(tmp_path, capsys, root, small_beside_large())
    assert (status, found["verdict"]) == (2, "infeasible")
    assert sets(found) == sorted(("s", f"y{number}_l") for number in range(7))
    assert found["conflicts_complete"]


def test_what_no_scale_of_ours_decides_is_undecided_and_never_feasible(tmp_path, capsys, root):
    status, _ = told(tmp_path, capsys, root, small_beside_large(1e-15, 1e6, 200))
    assert status in (2, 3)


def test_a_plan_is_measured_in_the_numbers_of_the_file_each_row_by_its_own_size(oracle):
    rows = {"a": ({"x": 1.0, "y": -1.0}, 0, float("inf")), "b": ({"x": 2e-9}, -float("inf"), 1e-9)}
    system = prepare_model(oracle.model_of(rows, {"x": (0, 4), "y": (1e-9, 9)}), oracle.alone(rows)).system
    assert relative_breach(np.array([0.5, 0.5]), system) == 0
    assert relative_breach(np.array([0.0, 1e-12]), system) == pytest.approx(1)  # all of row a, and y far below 1e-9
    assert relative_breach(np.array([0.625, 0.5]), system) == pytest.approx(0.2)  # b: 1.25e-9 of at most 1e-9
    assert relative_breach(np.array([0.5, 0.75]), system) == pytest.approx(0.2)  # a: 0.25 of 0.5 + 0.75
    assert relative_breach(np.array([0.5, np.nan]), system) == float("inf")


def test_a_plan_that_breaks_a_row_of_the_file_is_no_plan(tmp_path, capsys, root, monkeypatch):
    monkeypatch.setattr("regmodel.diagnosis.own_numbers.relative_breach", lambda *_: 2e-6)
    status, found = told(tmp_path, capsys, root, CLASH.replace("10", "6"))
    assert (status, found["verdict"], found["left_open"]) == (3, "undecided", ["check"])


def test_no_number_suffices_is_only_said_where_it_was_proved(tmp_path, capsys, root, monkeypatch):
    """The solver's word alone, that no number of a row suffices, is not passed on."""
    real = _Search._way
    monkeypatch.setattr(_Search, "_way", lambda self, kind, ends: "none" if kind == "alone" else real(self, kind, ends))
    text = "min\n x\nst\n a: x >= 2\n b: x <= 1\nend\n"
    status, found = told(tmp_path, capsys, root, text)
    assert status == 2
    assert [one["kind"] for one in found["repairs"] if one["kind"] == "alone"] == []


def test_what_was_decided_again_and_what_was_not_stand_apart(tmp_path, capsys):
    text = CLASH.replace("end", " 多余: z >= 2\n 上限: z <= 1\nend")
    _, out = run(tmp_path, capsys, text)
    decided, _, never = out.partition("\nNo number of one of these alone suffices")
    assert "becomes" in decided
    assert "becomes" not in never
    assert [line.strip() for line in never.splitlines()[1:]] == sorted(["供给", "多余", "上限", "平衡", "限额", "需求"])


def test_ties_that_are_not_shown_are_counted(tmp_path, capsys, root):
    """Five clashes of two rows each: 2 ** 5 sets of five rows would do."""
    rows = "".join(f" a{number}: x{number} >= 2\n b{number}: x{number} <= 1\n" for number in range(5))
    text = f"min\n x0\nst\n{rows}end\n"
    _, found = told(tmp_path, capsys, root, text)
    fewest = [one for one in found["repairs"] if one["kind"] == "fewest"]
    assert (len(fewest), {one["ties"] for one in fewest}) == (20, {32})
    assert len(found["corrections"]) == 32
    assert "fewest groups: 20 of 32 sets of groups as few are shown" in run(tmp_path, capsys, text)[1]
    assert "共 32 种组合，此处列出 20 种" in run(tmp_path, capsys, text, "--lang", "zh")[1]
