"""What doctor says on a machine that has everything, and on one that lacks a thing: a sentence and the command."""

from __future__ import annotations

import json

import pytest

from regmodel import cli
from regmodel.commands import doctor_checks


def told(capsys, *words):
    status = cli.main(["doctor", *words])
    return status, capsys.readouterr().out


def test_a_machine_with_what_is_needed_is_well(capsys):
    status, text = told(capsys)
    assert status == 0
    assert "Everything that is needed is here." in text
    status, text = told(capsys, "--json")
    found = json.loads(text)
    assert found["well"]
    assert all(one["here"] for one in found["checks"] if one["needed"])


@pytest.mark.parametrize(
    ("program", "name", "command"),
    [
        (("soffice", "libreoffice"), "LibreOffice", "sudo apt-get install libreoffice-calc"),
        (("make",), "make", "without make: python tasks.py run"),
        (("fc-list",), "Chinese fonts", "sudo apt-get install fonts-noto-cjk"),
    ],
)
def test_a_program_that_is_missing_gets_a_sentence_and_a_command(program, name, command, monkeypatch, capsys):
    """As on a machine without it: what it is for, and what to type; nothing that is needed is missing."""
    which = doctor_checks.shutil.which
    monkeypatch.setattr(doctor_checks.platform, "system", lambda: "Linux")
    monkeypatch.setattr(doctor_checks.shutil, "which", lambda asked: None if asked in program else which(asked))
    status, text = told(capsys)
    lines = text.splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith(f"not here  {name}"))
    assert lines[at + 1].startswith("          for ")
    assert lines[at + 2] == f"          to do: {command}"
    assert status == 0


def test_missing_pango_is_told_before_a_report_is_asked_for(monkeypatch, capsys):
    monkeypatch.setattr(doctor_checks.platform, "system", lambda: "Linux")
    monkeypatch.setattr(doctor_checks.ctypes.util, "find_library", lambda name: None)
    _, text = told(capsys)
    assert "not here  PDF: pango is not found" in text
    assert "to do: sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0" in text


def test_a_missing_package_is_no_traceback_and_ends_with_status_1(monkeypatch, capsys):
    find = doctor_checks.importlib.util.find_spec
    monkeypatch.setattr(
        doctor_checks.importlib.util, "find_spec", lambda name: None if name == "pyarrow" else find(name)
    )
    status, text = told(capsys)
    assert status == 1
    assert "MISSING   packages: missing: pyarrow" in text
    assert "regmodel cannot work before what is missing is there." in text
    status, text = told(capsys, "--lang", "zh")
    assert status == 1
    assert "缺少  程序包：缺少：pyarrow" in text


def test_a_cache_that_cannot_be_written_is_told(tmp_path, monkeypatch, capsys):
    taken = tmp_path / "file"
    taken.write_text("", encoding="utf-8")
    monkeypatch.setenv("REGMODEL_CACHE", str(taken / "inside"))
    status, text = told(capsys)
    assert status == 0
    assert "not here  cache folder: cannot be written" in text
