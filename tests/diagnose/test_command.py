"""The command: exit statuses, what it prints, groups and hard rows, and models at the edge of what there is."""

from __future__ import annotations

import json
from fractions import Fraction

import jsonschema
import pytest

from regmodel import cli
from regmodel.diagnosis.diagnose import diagnose
from regmodel.feasibility.engine import UNDECIDED, Engine

CLASH = """min
 x
st
 需求: x + y >= 10
 供给: x <= 4
 限额: y <= 3
 平衡: x - y = 0
end
"""


def run(tmp_path, capsys, text, *options, name="model.lp", **files):
    """Exit status and what was printed; other files are given as option=text."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    words = ["diagnose", str(path), *options]
    for option, content in files.items():
        other = tmp_path / f"{option}.csv"
        other.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        words += [f"--{option}", str(other)]
    status = cli.main(words)
    return status, capsys.readouterr().out


def told(tmp_path, capsys, root, text, **files):
    status, out = run(tmp_path, capsys, text, "--json", **files)
    found = json.loads(out)
    schema = json.loads((root / "src/regmodel/diagnosis/diagnosis_schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(found, schema)
    return status, found


def sets(found):
    return sorted(tuple(sorted(conflict["clauses"])) for conflict in found["conflicts"])


def test_a_feasible_model_ends_with_0(tmp_path, capsys, root):
    status, found = told(tmp_path, capsys, root, CLASH.replace("10", "6"))
    assert status == 0
    assert found["verdict"] == "feasible"
    assert found["certificate"]["kind"] == "primal"
    assert found["certificate"]["residual"] <= 1e-6
    assert (found["conflicts"], found["repairs"], found["conflicts_complete"]) == ([], [], True)


def test_an_infeasible_model_ends_with_2_and_says_why_and_what_would_help(tmp_path, capsys, root):
    status, found = told(tmp_path, capsys, root, CLASH)
    assert status == 2
    clashes = (("供给", "平衡", "需求"), ("供给", "限额", "需求"), ("平衡", "限额", "需求"))
    assert {frozenset(names) for names in sets(found)} == {frozenset(names) for names in clashes}
    assert found["conflicts_complete"]
    assert found["certificate"]["checked"]
    fewest = [repair for repair in found["repairs"] if repair["kind"] == "fewest"]
    assert [(change["row"], change["from"], change["to"]) for change in fewest[0]["changes"]] == [("需求", 10, 6)]


def test_the_working_adds_up_in_exact_fractions(tmp_path, capsys, root):
    _, found = told(tmp_path, capsys, root, CLASH.replace("x - y = 0", "3 x - 7 y = 0"))
    for conflict in found["conflicts"]:
        lines = conflict["working"]["lines"]
        assert all(float(Fraction(line["weight_exact"])) == line["weight"] for line in lines)
        needed = sum(line["contribution"] for line in lines if line["kind"] != "bound")
        most = sum(line["contribution"] for line in lines if line["kind"] == "bound")
        assert conflict["working"]["needed"] == pytest.approx(needed)
        assert conflict["working"]["gap"] == pytest.approx(needed - most)
        assert abs(lines[0]["weight"]) == 1


def test_no_certificate_ends_with_3_and_claims_nothing(tmp_path, capsys, root, monkeypatch):
    monkeypatch.setattr(Engine, "decide", lambda self, **_: UNDECIDED)
    status, found = told(tmp_path, capsys, root, CLASH)
    assert status == 3
    assert found["verdict"] == "undecided"
    assert found["conflicts"] == []
    assert not found["certificate"]["checked"]


def test_what_is_not_proved_exactly_says_unproven_and_the_verdict_is_undecided(tmp_path, capsys, root, monkeypatch):
    monkeypatch.setattr("regmodel.diagnosis.proof.exact_multipliers", lambda *_: None)
    monkeypatch.setattr("regmodel.diagnosis.proof.rounded_multipliers", lambda *_: None)
    status, found = told(tmp_path, capsys, root, CLASH)
    assert status == 3
    assert found["conflicts"]
    assert not found["conflicts_complete"]
    assert all(not conflict["proved"] and "unproven" in conflict["sentence"] for conflict in found["conflicts"])
    assert found["repairs"] == []
    assert found["left_open"] == ["check"]


def test_a_member_that_is_not_shown_to_be_needed_leaves_the_set_unproven(tmp_path, capsys, root, monkeypatch):
    from regmodel.feasibility import conflicts

    real = conflicts._prove
    monkeypatch.setattr(
        conflicts,
        "_prove",
        lambda engine, clauses, *rest: conflicts.Conflict(clauses, False, real(engine, clauses, *rest).multipliers),
    )
    status, found = told(tmp_path, capsys, root, CLASH)
    assert status == 2  # the rows were shown exactly not to hold; only the sets are not shown to be smallest
    assert all("unproven" in conflict["sentence"] for conflict in found["conflicts"])
    assert not found["conflicts_complete"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_groups_and_hard_rows_are_read(tmp_path, capsys, root, encoding):
    groups = "group,row\n乙,限额\n乙,供给\n".encode(encoding)
    status, found = told(tmp_path, capsys, root, CLASH, groups=groups, hard="平衡\n".encode(encoding))
    assert status == 2
    assert found["groups"] == {"需求": ["需求"], "乙": ["供给", "限额"]}
    assert found["hard"] == ["平衡"]
    assert sets(found) == [("乙", "需求")]
    kinds = {line["name"]: line["kind"] for conflict in found["conflicts"] for line in conflict["working"]["lines"]}
    assert kinds["需求"] == "clause"


def test_hard_rows_that_clash_among_themselves_name_no_group_and_have_no_way_out(tmp_path, capsys, root):
    status, found = told(tmp_path, capsys, root, CLASH, hard="row\n需求\n供给\n限额\n")
    assert status == 2
    assert sets(found) == [()]
    assert found["repairs"] == []
    assert "whatever the other rows ask" in found["conflicts"][0]["sentence"]


def test_all_rows_hard_is_answered_too(tmp_path, capsys, root):
    status, found = told(tmp_path, capsys, root, CLASH, hard="需求\n供给\n限额\n平衡\n")
    assert (status, sets(found), found["groups"]) == (2, [()], {})


def test_columns_whose_ends_cross_are_a_conflict_of_what_always_holds(tmp_path, capsys, root):
    text = "min\n x\nst\n a: x + y >= 1\n b: x <= 0\nbounds\n 5 <= y <= 3\nend\n"
    status, found = told(tmp_path, capsys, root, text)
    assert (status, sets(found)) == (2, [()])
    lines = found["conflicts"][0]["working"]["lines"]
    assert {(line["name"], line["side"], line["amount"]) for line in lines} == {("y", "low", 5), ("y", "high", 3)}
    assert found["conflicts"][0]["working"]["gap"] == 2


def test_rows_that_nothing_can_satisfy_are_conflicts_of_one(tmp_path, capsys, root):
    """A row without entries that asks for 2, and a row whose ends cross; each with its own way out."""
    text = "min\n x\nst\n a: 0 x >= 2\n b: 5 <= x <= 3\n c: x >= 1\nend\n"
    status, found = told(tmp_path, capsys, root, text)
    assert (status, sets(found)) == (2, [("a",), ("b",)])
    smallest = next(repair for repair in found["repairs"] if repair["kind"] == "smallest")
    assert {(change["row"], change["side"], change["to"]) for change in smallest["changes"]} == {
        ("a", "low", 0),
        ("b", "low", 3),
    }


def test_free_columns_equations_and_ranges(tmp_path, capsys, root):
    """p and q are free and cancel: p - q = 4 and 1 <= 3 q - 3 p <= 2 cannot both be."""
    text = "min\n p\nst\n a: p - q = 4\n b: 1 <= 3 q - 3 p <= 2\n c: p + q >= -8\nbounds\n p free\n q free\nend\n"
    status, found = told(tmp_path, capsys, root, text)
    assert (status, sets(found)) == (2, [("a", "b")])
    assert found["conflicts"][0]["proved"]
    assert {line["name"]: line["weight_exact"] for line in found["conflicts"][0]["working"]["lines"]} in (
        {"a": "1", "b": "1/3"},
    )


def test_numbers_far_apart_are_answered_where_the_proof_is_exact(tmp_path, capsys, root):
    """Coefficients over 14 powers of ten: no reason to refuse what can be proved."""
    text = "min\n x\nst\n a: 1e-7 x + 1e7 y >= 2\n b: 1e-7 x <= 1\n c: 1e7 y <= 0.5\n d: z + 1e-7 x >= 0\nend\n"
    status, found = told(tmp_path, capsys, root, text)
    assert (status, sets(found)) == (2, [("a", "b", "c")])
    assert found["conflicts"][0]["proved"]


def test_rows_in_tiny_units_are_not_taken_to_hold_by_tolerance(tmp_path, capsys, root):
    text = "min\n x\nst\n a: 1e-9 x >= 2e-9\n b: 1e-9 x <= 1e-9\nend\n"
    status, found = told(tmp_path, capsys, root, text)
    assert (status, sets(found)) == (2, [("a", "b")])


def test_the_order_of_lines_changes_no_letter(tmp_path, capsys):
    first = run(tmp_path, capsys, CLASH)
    lines = CLASH.splitlines(keepends=True)
    second = run(tmp_path, capsys, "".join([*lines[:3], *reversed(lines[3:7]), *lines[7:]]))
    assert first == second


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        ("en", ("infeasible: the rows cannot all hold together", "需求: at least 10 becomes 6", "what is missing")),
        ("zh", ("不可行：各行不能同时成立", "需求：不小于 10 改为 6", "缺口", "以上即全部冲突")),
    ],
)
def test_the_sentences_of_a_terminal(tmp_path, capsys, language, parts):
    status, out = run(tmp_path, capsys, CLASH, "--lang", language)
    assert status == 2
    assert [part for part in parts if part not in out] == []


def test_no_time_says_that_there_may_be_more(tmp_path, capsys):
    status, out = run(tmp_path, capsys, CLASH, "--seconds", "1e-9")
    assert status == 2
    assert "there may be more conflicts" in out
    assert "not everything was decided in the time (--seconds)" in out


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "soon"])
def test_a_limit_that_is_none_is_refused(tmp_path, capsys, seconds):
    path = tmp_path / "model.lp"
    path.write_text(CLASH, encoding="utf-8")
    assert cli.main(["diagnose", str(path), "--seconds", seconds]) == 1
    assert f'"{seconds}": must be a number above 0 / 须为大于 0 的数' in capsys.readouterr().err


def test_the_two_formats_give_the_same_answer(tmp_path, oracle):
    from regmodel.diagnosis.words import told as spoken

    rows = {
        "a": ({"x": 1, "y": 1}, 10, float("inf")),
        "b": ({"x": 1}, float("-inf"), 4),
        "c": ({"y": 3}, 2, 9),
        "d": ({"x": 1, "y": -1}, 0, 0),
    }
    mps = oracle.write_mps(rows, {"x": (0, float("inf")), "y": (float("-inf"), 5)}, tmp_path / "model.mps")
    lp = tmp_path / "model.lp"
    lp.write_text(
        "min\n x\nst\n a: x + y >= 10\n b: x <= 4\n c: 2 <= 3 y <= 9\n d: x - y = 0\nbounds\n -inf <= y <= 5\nend\n",
        encoding="utf-8",
    )
    lines = [[line.replace("model.mps", "model.lp") for line in spoken(diagnose(path), "en")] for path in (mps, lp)]
    assert lines[0] == lines[1]


def test_numbers_that_no_scale_brings_together_are_undecided(tmp_path, capsys, root):
    text = "min\n x\nst\n a: 1e90 x + 1e-90 y >= 1\n b: x <= 0\n c: y <= 5\nend\n"
    status, found = told(tmp_path, capsys, root, text)
    assert (status, found["verdict"], found["conflicts"]) == (3, "undecided", [])
    assert found["left_open"] == ["reach"]
    assert "--seconds" not in run(tmp_path, capsys, text)[1]


def test_a_plan_that_is_far_away_is_a_plan(tmp_path, capsys, root):
    text = "min\n x\nst\n a: x + 1e-10 y <= 0\n b: x >= 1\nbounds\n y free\nend\n"
    assert told(tmp_path, capsys, root, text)[0] == 0


def test_what_other_programs_write_is_read(tmp_path, capsys):
    """Pyomo's own LP file of the same clash."""
    import pyomo.environ as pyo

    model = pyo.ConcreteModel()
    model.use = pyo.Var(["town", "field"], bounds=(0, None))
    model.need = pyo.Constraint(["town", "field"], rule=lambda m, place: m.use[place] >= 6)
    model.river = pyo.Constraint(expr=(1, model.use["town"] + model.use["field"], 10))
    model.cost = pyo.Objective(expr=model.use["town"])
    path = tmp_path / "pyomo.lp"
    model.write(str(path), io_options={"symbolic_solver_labels": True})
    status, out = run(tmp_path, capsys, path.read_text(encoding="utf-8"))
    assert status == 2
    assert "cannot hold together" in out
