"""The command line is the contract: what it prints where, and with which exit status it ends."""

from __future__ import annotations

import json
import subprocess
import sys
import unicodedata
from importlib.resources import files
from types import SimpleNamespace

import jsonschema
import pytest

from regmodel import cli
from regmodel.vocabulary.problems import RegmodelBug

pytestmark = pytest.mark.usefixtures("pair_shipped")


def said(capsys):
    found = capsys.readouterr()
    return found.out, found.err


def is_chinese(text):
    return any("CJK UNIFIED" in unicodedata.name(letter, "") for letter in text)


def write_page(finished, folder, language, forms=("html",), *_, **__):
    page = folder / "report.html"
    page.write_text(language, encoding="utf-8")
    return {"html": page}


@pytest.fixture
def pretend(monkeypatch):
    """Lets the run of a scenario end as a test wants, without any solving."""

    def end_with(outcome):
        def run(*_, **__):
            if isinstance(outcome, BaseException):
                raise outcome
            return outcome

        monkeypatch.setattr("regmodel.runs.run", run)
        monkeypatch.setattr("regmodel.report.write_reports", write_page)
        monkeypatch.setattr("regmodel.workbook.write.write_run_book", lambda path, *_: path)
        monkeypatch.setattr("regmodel.report.spoken.spoken", lambda finished, language: ["words"])

    return end_with


def ended(word, folder):
    return SimpleNamespace(verdict={"verdict": word}, folder=folder)


@pytest.mark.parametrize(("word", "status"), [("feasible", 0), ("infeasible", 2), ("undecided", 3)])
def test_the_status_is_that_of_the_verdict(pretend, tmp_path, capsys, word, status):
    pretend(ended(word, tmp_path))
    assert cli.main(["run", "pair", "--out", str(tmp_path)]) == status
    out, err = said(capsys)
    assert out.splitlines()[0] == "words"
    assert [line.partition(":")[0] for line in out.splitlines()[2:]] == ["report", "workbook", "run folder"]
    assert err == ""


@pytest.mark.parametrize("error", [RegmodelBug("plan and projection differ"), KeyError("x"), AssertionError("so")])
def test_our_own_mistake_is_status_4_and_says_so(pretend, tmp_path, capsys, monkeypatch, error):
    monkeypatch.delenv("REGMODEL_TRACEBACK", raising=False)
    pretend(error)
    assert cli.main(["run", "pair", "--out", str(tmp_path)]) == cli.BUG == 4
    out, err = said(capsys)
    assert out == ""
    assert "[X-00]" in err
    assert "Traceback" not in err


def test_an_interrupt_is_status_130(pretend, tmp_path, capsys):
    pretend(KeyboardInterrupt())
    assert cli.main(["run", "pair", "--out", str(tmp_path), "--lang", "zh"]) == 130
    assert said(capsys) == ("", "已停止；未留下写到一半的文件\n")


def test_a_reader_that_goes_away_is_no_fault(pair_folders):
    """`regmodel verify RUN | head -0` ends without a word about it."""
    code = (
        "import sys, os\n"
        "from regmodel.cli import main\n"
        "sys.stdout.flush(); os.close(sys.stdout.fileno()); read, write = os.pipe(); os.close(read)\n"
        "os.dup2(write, 1)\n"
        "sys.exit(main(['backcast', '--json']))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["rnu", "plan"],
        ["run"],
        ["run", "plan", "--langg", "en"],
        ["run", "plan", "--lang", "fr"],
    ],
)
def test_a_command_that_is_none_is_status_1(capsys, words):
    """argparse would say 2, which means not feasible here."""
    assert cli.main(words) == 1
    assert "usage: regmodel" in said(capsys)[1]


def test_help_is_status_0_and_names_every_verb(capsys):
    assert cli.main(["--help"]) == 0
    out, _ = said(capsys)
    assert all(f"    {verb} " in out for verb in ("new", "run", "validate", "verify", "backcast"))


def test_run_with_json_prints_the_verdict_and_nothing_else(pair_shipped, tmp_path, capsys):
    """What stands on stdout is verdict.json itself."""
    assert cli.main(["run", "thirsty", "--out", str(tmp_path), "--json"]) == 2
    out, err = said(capsys)
    assert err == ""
    (folder,) = tmp_path.iterdir()
    assert json.loads(out) == json.loads((folder / "verdict.json").read_text(encoding="utf-8"))
    schema = files("regmodel.runs").joinpath("verdict_schema.json").read_text(encoding="utf-8")
    jsonschema.validate(json.loads(out), json.loads(schema))


def test_run_says_the_verdict_first_in_either_language(tmp_path, capsys):
    for language, first in (("en", "Verdict: "), ("zh", "结论：")):
        assert cli.main(["run", "thirsty", "--out", str(tmp_path), "--lang", language]) == 2
        out, err = said(capsys)
        assert out.startswith(first)
        assert err == ""
        assert is_chinese(out.splitlines()[1]) is (language == "zh")
        assert out.splitlines()[-1].endswith(str(next(iter(tmp_path.iterdir()))))


def test_the_same_command_twice_writes_the_same_folder(tmp_path, capsys):
    """One id, one folder: the second run writes the same files over the first."""
    assert cli.main(["run", "thirsty", "--out", str(tmp_path)]) == 2
    (folder,) = tmp_path.iterdir()
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix == ".csv"}
    verdict = (folder / "verdict.json").read_bytes()
    assert cli.main(["run", "thirsty", "--out", str(tmp_path)]) == 2
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix == ".csv"} == before
    assert (folder / "verdict.json").read_bytes() == verdict


def test_validate_finds_nothing_where_nothing_is_wrong(capsys):
    assert cli.main(["validate", "pair"]) == 0
    assert said(capsys) == ("no problems found in pair\n", "")
    assert cli.main(["validate", "pair", "--json"]) == 0
    assert json.loads(said(capsys)[0]) == {"problems": []}


BROKEN = """
parent = "pari"
colour = "blue"

[override]
"clause.nothing.enabled" = true
"record.water.rural_domestic_norm" = "many"
"lever.reclaimd.enabled" = true
"""


def test_validate_lists_every_problem_at_once(tmp_path, capsys):
    path = tmp_path / "broken.toml"
    path.write_text(BROKEN, encoding="utf-8")
    assert cli.main(["validate", str(path)]) == 1
    out, err = said(capsys)
    assert out == ""
    assert err.count("[S-") >= 4
    assert 'did you mean "pair"?' in err
    assert cli.main(["validate", str(path), "--json"]) == 1
    out, err = said(capsys)
    problems = json.loads(out)["problems"]
    assert err == ""
    assert len(problems) >= 4
    for problem in problems:
        assert set(problem) == {"code", "where", "found", "expected", "to_do", "severity"}
        assert all(problem.values())


def test_validate_speaks_chinese(tmp_path, capsys):
    path = tmp_path / "broken.toml"
    path.write_text(BROKEN, encoding="utf-8")
    assert cli.main(["validate", str(path), "--lang", "zh"]) == 1
    blocks = said(capsys)[1].strip().split("\n\n")
    for block in blocks:
        assert all(is_chinese(line) for line in block.splitlines()[2:]), block


def test_an_unknown_scenario_is_answered_with_the_nearest(capsys):
    assert cli.main(["run", "thirst"]) == 1
    out, err = said(capsys)
    assert out == ""
    assert 'did you mean "thirsty"?' in err


def test_a_backcast_on_no_file_is_a_problem(monkeypatch, capsys):
    monkeypatch.undo()
    assert cli.main(["backcast", "--json", "--actuals", "nowhere.csv"]) == 1
    assert json.loads(said(capsys)[0])["problems"][0]["code"] == "O-01"


def test_the_shipped_backcast_is_scored(monkeypatch, capsys):
    monkeypatch.undo()
    assert cli.main(["backcast", "--json"]) == 0
    told = json.loads(said(capsys)[0])
    assert {"scores", "summary"} == set(told)
    wanted = {
        *("region", "variable", "year", "unit", "observed", "projected"),
        *("low", "high", "constant_rate", "constant_share", "last_value"),
    }
    assert told["scores"]
    assert all(wanted <= set(row) for row in told["scores"])
    assert cli.main(["backcast", "--lang", "zh"]) == 0
    assert is_chinese(said(capsys)[0])


def test_validate_params_reads_the_shipped_records(monkeypatch, capsys):
    monkeypatch.undo()
    assert cli.main(["validate", "params"]) == 0
    assert said(capsys) == ("no problems found in params\n", "")


def test_new_writes_a_workbook_that_runs_as_the_scenario(pair_shipped, tmp_path, capsys):
    book = tmp_path / "book.xlsx"
    assert cli.main(["new", str(book), "--scenario", "pair", "--lang", "zh"]) == 0
    assert said(capsys) == (f"已写入：{book}\n", "")
    assert cli.main(["validate", str(book)]) == 0
