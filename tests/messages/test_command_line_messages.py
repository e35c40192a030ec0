"""Every problem that the command line itself can have, with its full text in both languages."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from regmodel import cli
from regmodel.vocabulary.problems import RegmodelBug

EXPECTED = tomllib.loads((Path(__file__).parent / "expected.toml").read_text(encoding="utf-8"))


def bug(pair_folders, tmp_path, monkeypatch):
    def fail(*_):
        raise RegmodelBug("plan and projection differ")

    monkeypatch.setattr("regmodel.runs.run", fail)
    return ["run", "pair", "--out", str(tmp_path)], 4, tmp_path


def no_folder(pair_folders, tmp_path, monkeypatch):
    return ["verify", str(tmp_path / "nothing")], 1, tmp_path / "nothing"


def broken(pair_folders, tmp_path, monkeypatch):
    place = shutil.copytree(pair_folders["pair"], tmp_path / "run")
    (place / "certificate.json").write_text('{"kind": "pri', encoding="utf-8")
    return ["verify", str(place)], 1, place


def out_is_a_file(pair_folders, tmp_path, monkeypatch):
    place = tmp_path / "out"
    place.write_text("", encoding="utf-8")
    return ["run", "pair", "--out", str(place)], 1, place


def no_permission(pair_folders, tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_: False)
    return ["run", "pair", "--out", str(tmp_path)], 1, tmp_path


def no_xlsx(pair_folders, tmp_path, monkeypatch):
    return ["new", str(tmp_path / "book.xls")], 1, tmp_path / "book.xls"


def no_xlsm(pair_folders, tmp_path, monkeypatch):
    return ["new", str(tmp_path / "book.xlsx"), "--macro"], 1, tmp_path / "book.xlsx"


def taken(pair_folders, tmp_path, monkeypatch):
    place = tmp_path / "book.xlsx"
    place.write_bytes(b"mine")
    return ["new", str(place)], 1, place


def another_template(pair_folders, tmp_path, monkeypatch):
    monkeypatch.setattr("regmodel.workbook.live.project.stock_project", lambda: b"something else")
    return ["new", str(tmp_path / "book.xlsm"), "--macro", "--scenario", "pair"], 1, "quickstart_standalone.xlsm"


def no_libreoffice(pair_folders, tmp_path, monkeypatch):
    monkeypatch.setattr("regmodel.workbook.libreoffice.install.shutil.which", lambda name: None)
    return ["new", str(tmp_path / "book.xlsx"), "--libreoffice", "--scenario", "pair"], 1, tmp_path


def libreoffice_refuses(pair_folders, tmp_path, monkeypatch):
    refused = subprocess.CompletedProcess([], 1, "", "ERROR: it is open\n")
    monkeypatch.setattr("regmodel.workbook.libreoffice.install.shutil.which", lambda name: name)
    monkeypatch.setattr("regmodel.workbook.libreoffice.install.subprocess.run", lambda *_, **__: refused)
    monkeypatch.setattr("regmodel.workbook.libreoffice.install._is_root", lambda: False)
    return ["new", str(tmp_path / "book.xlsx"), "--libreoffice", "--scenario", "pair"], 1, tmp_path


def libreoffice_refuses_root(pair_folders, tmp_path, monkeypatch):
    asked = libreoffice_refuses(pair_folders, tmp_path, monkeypatch)
    monkeypatch.setattr("regmodel.workbook.libreoffice.install._is_root", lambda: True)
    return asked


def another_scenario(pair_folders, tmp_path, monkeypatch):
    return (
        ["new", str(tmp_path / "new.xlsx"), "--from", str(tmp_path / "old.xlsx"), "--scenario", "dry_years"],
        1,
        "old.xlsx",
    )


CASES = {
    "X-00 bug": bug,
    "X-01 no folder": no_folder,
    "X-01 broken": broken,
    "X-02 out is a file": out_is_a_file,
    "X-02 no permission": no_permission,
    "X-03 no xlsx": no_xlsx,
    "X-03 no xlsm": no_xlsm,
    "X-04 taken": taken,
    "X-05 another template": another_template,
    "X-06 no libreoffice": no_libreoffice,
    "X-07 libreoffice refuses": libreoffice_refuses,
    "X-07 libreoffice refuses root": libreoffice_refuses_root,
    "X-15 another scenario": another_scenario,
}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", CASES)
def test_a_message_in_full(name, language, pair_shipped, pair_folders, tmp_path, monkeypatch, capsys):
    words, status, place = CASES[name](pair_folders, tmp_path, monkeypatch)
    assert cli.main([*words, "--lang", language]) == status
    found = capsys.readouterr()
    assert found.out == ""
    assert found.err.strip("\n") == EXPECTED[name][language].strip("\n").replace("{place}", str(place))


@pytest.mark.parametrize("name", ["X-06 no libreoffice", "X-07 libreoffice refuses", "X-07 libreoffice refuses root"])
@pytest.mark.parametrize("more", [[], ["--from", "old.xlsx"]])
def test_no_workbook_is_written_where_libreoffice_takes_no_toolbar(
    name, more, pair_shipped, pair_folders, tmp_path, monkeypatch, capsys
):
    """What was asked for is done or refused as a whole, whatever else was asked for with it."""
    words, status, _ = CASES[name](pair_folders, tmp_path, monkeypatch)
    assert cli.main([*(words[:3] if more else words), *more]) == status
    assert f"[{name[:4]}]" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_nothing_of_the_users_is_written_over(tmp_path, capsys):
    place = tmp_path / "book.xlsx"
    place.write_bytes(b"mine")
    assert cli.main(["new", str(place)]) == 1
    assert place.read_bytes() == b"mine"


def test_every_code_of_the_command_line_is_provoked(root):
    """Here, or beside the verb that has codes of its own."""
    source = "".join(path.read_text(encoding="utf-8") for path in (root / "src").rglob("*.py"))
    explained = tomllib.loads((root / "tests" / "explain" / "problems.toml").read_text(encoding="utf-8"))
    beside = {name.split()[0] for name in explained if name.startswith("X-")}
    here = {name.split()[0] for name in CASES}
    assert here == {name.split()[0] for name in EXPECTED}
    assert set(re.findall(r"\bX-\d\d\b", source)) == here | beside


def test_every_code_of_the_program_is_on_the_page_of_codes_once(root):
    """And the page has none that nobody uses."""
    source = "".join(path.read_text(encoding="utf-8") for path in (root / "src").rglob("*.py"))
    used = set(re.findall(r'["\[]([A-Z]-\d\d)["\]]', source))
    page = (root / "docs" / "problem-codes.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| ([A-Z]-\d\d) \|", page, flags=re.MULTILINE)
    assert listed == sorted(used)


def test_the_exit_statuses_of_the_readme_are_those_of_the_program(root):
    page = (root / "README.md").read_text(encoding="utf-8")
    listed = [int(status) for status in re.findall(r"^\| (\d+) \|", page, flags=re.MULTILINE)]
    assert listed == [cli.DONE, cli.PROBLEM, cli.NOT_FEASIBLE, cli.UNDECIDED, cli.BUG, cli.INTERRUPTED]


def test_the_readme_lists_every_verb(root):
    """Each in the order of `regmodel --help`, and none that there is not."""
    page = (root / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `regmodel ([a-z-]+)", page, flags=re.MULTILINE)
    verbs = next(action.choices for action in cli.parser()._actions if action.dest == "verb")
    assert listed == list(verbs)
