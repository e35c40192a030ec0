"""A stored verdict is checked again from its certificate alone; whatever was altered, it holds no longer."""

from __future__ import annotations

import hashlib
import json
import shutil

import pytest

from regmodel import cli
from regmodel.runs.verify import verify


@pytest.fixture
def folder_of(pair_shipped, pair_folders, tmp_path):
    """A copy of a run folder that a test may spoil."""

    def copy(name):
        return shutil.copytree(pair_folders[name], tmp_path / name)

    return copy


def change(path, edit):
    content = json.loads(path.read_text(encoding="utf-8"))
    edit(content)
    path.write_text(json.dumps(content), encoding="utf-8")


@pytest.mark.parametrize(("name", "word"), [("pair", "feasible"), ("thirsty", "infeasible")])
def test_a_verdict_as_written_holds(folder_of, capsys, name, word):
    folder = folder_of(name)
    assert cli.main(["verify", str(folder)]) == 0
    assert capsys.readouterr().out.startswith(f"{word} holds: ")
    assert cli.main(["verify", str(folder), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["verdict"], told["holds"]) == (word, True)
    assert cli.main(["verify", str(folder), "--lang", "zh"]) == 0
    assert "成立" in capsys.readouterr().out


def test_verdicts_of_the_shipped_scenarios_hold(plan_run, infeasible_run):
    for finished in (plan_run, infeasible_run):
        found = verify(finished.folder)
        assert found.holds
        assert found.verdict == finished.verdict["verdict"]


def test_no_solver_is_asked(folder_of, monkeypatch):
    monkeypatch.setattr("regmodel.feasibility.solver.Solver.__init__", lambda *_: pytest.fail("a solver was made"))
    for name in ("pair", "thirsty"):
        assert verify(folder_of(name)).holds


@pytest.mark.parametrize("factor", [0.0, -1.0, 0.5])
def test_a_proof_with_one_multiplier_altered_does_not_hold(folder_of, capsys, factor):
    """The multiplier of the cap that the pair cannot keep: without it, or with less of it, nothing is proved."""
    folder = folder_of("thirsty")

    def alter(content):
        (row,) = (name for name in content["multipliers"] if "cap.water_use_total.PAIR.2025" in name)
        content["multipliers"][row] = (factor * float.fromhex(content["multipliers"][row])).hex()

    change(folder / "certificate.json", alter)
    assert cli.main(["verify", str(folder)]) == 1
    assert capsys.readouterr().out.startswith("the certificate does not prove infeasible")


def test_a_plan_with_one_value_altered_does_not_hold(folder_of, capsys):
    folder = folder_of("pair")

    def double(content):
        name = max(content["values"], key=lambda name: abs(float.fromhex(content["values"][name])))
        content["values"][name] = (2 * float.fromhex(content["values"][name])).hex()

    change(folder / "certificate.json", double)
    assert cli.main(["verify", str(folder)]) == 1
    assert capsys.readouterr().out.startswith("the certificate does not prove feasible")


@pytest.mark.parametrize("name", ["pair", "thirsty"])
@pytest.mark.parametrize("value", ["1", "nan", "inf", "0x1p99999", "word", None, 3])
def test_a_number_that_is_none_proves_nothing(folder_of, name, value):
    if (name, value) == ("pair", "1"):
        value = "-0x1p60"
    folder = folder_of(name)

    def spoil(content):
        entries = content.get("multipliers") or content["values"]
        for key in entries:
            entries[key] = value

    change(folder / "certificate.json", spoil)
    assert not verify(folder).holds


@pytest.mark.parametrize("name", ["pair", "thirsty"])
def test_a_row_or_variable_of_no_name_proves_nothing(folder_of, name):
    folder = folder_of(name)
    change(
        folder / "certificate.json",
        lambda content: (content.get("multipliers") or content["values"]).update({"nowhere[1]": (1.0).hex()}),
    )
    assert not verify(folder).holds


@pytest.mark.parametrize(
    ("name", "claimed"),
    [("pair", "infeasible"), ("thirsty", "feasible"), ("pair", "undecided"), ("thirsty", "maybe"), ("pair", None)],
)
def test_a_verdict_that_the_certificate_is_not_of_does_not_hold(folder_of, name, claimed):
    folder = folder_of(name)
    change(folder / "verdict.json", lambda content: content.update(verdict=claimed))
    assert not verify(folder).holds


def test_a_certificate_without_its_numbers_proves_nothing(folder_of):
    for name in ("pair", "thirsty"):
        folder = folder_of(name)
        change(folder / "certificate.json", lambda content: content.pop("multipliers", content.pop("values", None)))
        assert not verify(folder).holds


def test_a_changed_scenario_breaks_the_proof(folder_of):
    folder = folder_of("thirsty")
    path = folder / "scenario.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("13.0", "23.0"), encoding="utf-8")
    assert not verify(folder).holds


def test_an_undecided_run_has_nothing_to_verify(folder_of):
    folder = folder_of("pair")
    change(folder / "verdict.json", lambda content: content.update(verdict="undecided"))
    (folder / "certificate.json").write_text(json.dumps({"verdict": "undecided", "kind": None}), encoding="utf-8")
    written = {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in ("verdict.json", "certificate.json")
    }
    change(folder / "manifest.json", lambda content: content["files"].update(written))
    found = verify(folder)
    assert found.holds
    assert found.verdict == "undecided"


def proof_of_first_conflict(content):
    return content["conflicts"][0]["multipliers"]


def clause_row(entries, clause):
    return next(name for name in entries if name.startswith("clause[") and clause in name)


def test_the_conflicts_that_were_proved_again_are_counted(folder_of):
    folder = folder_of("thirsty")
    told = json.loads((folder / "verdict.json").read_text(encoding="utf-8"))["conflicts"]
    assert told
    assert all(conflict["proved"] for conflict in told)
    found = verify(folder)
    assert found.sentence.en.endswith(f"were shown to be too many: {len(told)}")
    assert f"{len(told)} 组" in found.sentence.zh


def refused(folder, capsys):
    """The folder is refused, and the clauses of its first conflict are named."""
    named = json.loads((folder / "verdict.json").read_text(encoding="utf-8"))["conflicts"][0]["groups"]
    assert cli.main(["verify", str(folder)]) == 1
    said = capsys.readouterr().out
    assert said.startswith("the certificate does not prove that these clauses clash: ")
    assert all(name in said for name in named)


@pytest.mark.parametrize("factor", [0.0, -1.0, 0.5])
def test_a_proof_of_a_conflict_with_one_multiplier_altered_is_refused(folder_of, capsys, factor):
    folder = folder_of("thirsty")

    def alter(content):
        entries = proof_of_first_conflict(content)
        row = clause_row(entries, "cap.water_use_total.PAIR.2025")
        entries[row] = (factor * float.fromhex(entries[row])).hex()

    change(folder / "certificate.json", alter)
    refused(folder, capsys)


def test_a_proof_of_a_conflict_may_use_no_row_of_another_clause(folder_of, capsys):
    """However little the row weighs: a proof that needs it is one of other clauses."""
    folder = folder_of("thirsty")

    def add(content):
        entries = proof_of_first_conflict(content)
        assert not any("target.reclaimed_water_rate" in name for name in entries)
        entries["clause['target.reclaimed_water_rate.PAIR.2025/2025']"] = (1e-12).hex()

    change(folder / "certificate.json", add)
    refused(folder, capsys)


@pytest.mark.parametrize("spoil", ["removed", "emptied", "renamed"])
def test_a_conflict_without_its_proof_is_refused(folder_of, capsys, spoil):
    folder = folder_of("thirsty")

    def alter(content):
        if spoil == "removed":
            content["conflicts"].pop(0)
        elif spoil == "emptied":
            content["conflicts"][0]["multipliers"] = {}
        else:
            content["conflicts"][0]["groups"] = ["path.water_needs"]

    change(folder / "certificate.json", alter)
    refused(folder, capsys)


def test_a_conflict_that_is_claimed_of_fewer_clauses_is_refused(folder_of, capsys):
    folder = folder_of("thirsty")

    def fewer(content):
        content["conflicts"][0]["groups"] = content["conflicts"][0]["groups"][:1]

    for name in ("verdict.json", "certificate.json"):
        change(folder / name, fewer)
    refused(folder, capsys)


def test_clauses_told_of_a_conflict_are_those_of_its_proof(folder_of, capsys):
    """The clauses that a reader sees stand beside the groups that are proved: they have to agree."""
    folder = folder_of("thirsty")
    change(folder / "verdict.json", lambda content: content["conflicts"][0].update(clauses=["urb_2025", "towns_2025"]))
    refused(folder, capsys)


@pytest.mark.parametrize("name", ["pair", "thirsty"])
def test_every_number_of_a_certificate_counts(folder_of, name):
    """A proof may stand a small change of a multiplier: the certificate is refused all the same."""
    folder = folder_of(name)
    field = "values" if name == "pair" else "multipliers"
    stored = json.loads((folder / "certificate.json").read_text(encoding="utf-8"))[field]
    for key in list(stored)[:: max(1, len(stored) // 8)]:
        content = json.loads((folder / "certificate.json").read_text(encoding="utf-8"))
        content[field][key] = (float.fromhex(stored[key]) * 1.000001).hex()
        spoilt = json.dumps(content)
        whole = (folder / "certificate.json").read_text(encoding="utf-8")
        (folder / "certificate.json").write_text(spoilt, encoding="utf-8")
        assert not verify(folder).holds, key
        (folder / "certificate.json").write_text(whole, encoding="utf-8")
    assert verify(folder).holds


@pytest.mark.parametrize(
    "name", ["verdict.json", "trajectory.csv", "clauses.csv", "scenario.toml", "early_warning.csv"]
)
def test_a_file_that_is_not_as_written_is_named(folder_of, capsys, name):
    """A price or a row that somebody altered is in no certificate: its file no longer holds."""
    folder = folder_of("thirsty")
    with (folder / name).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert cli.main(["verify", str(folder)]) == 1
    said = f"not as the run wrote it: {name}; run it again to have what these say vouched for\n"
    assert capsys.readouterr().out == said
    assert cli.main(["verify", str(folder), "--lang", "zh"]) == 1
    assert capsys.readouterr().out == f"与运行时写出的不同：{name}；请重新运行，以确认其内容\n"


def test_files_are_checked_by_a_manifest_that_names_them(folder_of):
    folder = folder_of("pair")
    change(folder / "manifest.json", lambda content: content["files"].pop("verdict.json"))
    assert verify(folder).sentence.en.startswith("not as the run wrote it: verdict.json;")
    (folder / "manifest.json").write_text("[]", encoding="utf-8")
    assert verify(folder).sentence.en.startswith("not as the run wrote it: manifest.json;")
    (folder / "trajectory.csv").unlink()
    assert not verify(folder).holds
