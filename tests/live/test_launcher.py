"""Run main of the add-in: whatever the workbook is called, the model is found; nothing else is kept from Python."""

import sys

import pytest

from regmodel.workbook.live import caller, equipment, launcher
from regmodel.workbook.live.hints import hints

PREPARE = "import xlwings.utils;xlwings.utils.prepare_sys_path('false;/a/b.xlsx;/a/b.xlsx;;;;'); "
FROM_EXCEL = ["--wb=b.xlsx", "--from_xl=1"]


@pytest.mark.parametrize("name", ["plan", "my plan (2)", "北部方案", "a-b", "2030", "os"])
def test_run_main_runs_the_model_under_any_name(monkeypatch, name):
    """The words that the add-in's macro hands over, for names that Python could import and names that it could not."""
    pressed = []
    monkeypatch.setattr("regmodel.workbook.live.run", lambda: pressed.append(list(sys.argv)))
    monkeypatch.setattr(sys, "argv", ["regmodel-excel"])
    assert launcher.main(["-B", "-c", f"{PREPARE}import {name};{name}.main()", *FROM_EXCEL]) == 0
    assert pressed == [["-c", *FROM_EXCEL]]


@pytest.mark.parametrize(
    "words",
    [
        ["-B", "-c", PREPARE + "import regmodel.workbook.live as x;x.validate()", *FROM_EXCEL],
        ["-c", "import a;b.main()"],
        ["--version"],
        ["-c"],
    ],
)
def test_every_other_request_goes_to_python_unchanged(monkeypatch, words):
    handed = []
    monkeypatch.setattr(launcher.subprocess, "call", lambda command: handed.append(command) or 3)
    assert launcher.main(words) == 3
    assert handed == [[sys.executable, *words]]


def test_the_launcher_is_a_program_of_the_package(root):
    import tomllib

    scripts = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    assert scripts[equipment.LAUNCHER] == "regmodel.workbook.live.launcher:main"


def test_the_add_ins_workbook_names_the_launcher(monkeypatch, tmp_path):
    program = tmp_path / (equipment.LAUNCHER + (".exe" if sys.platform == "win32" else ""))
    program.write_text("")
    monkeypatch.setattr(equipment.sysconfig, "get_path", lambda _: str(tmp_path))
    assert dict(equipment.settings("addin"))["INTERPRETER"] == str(program)
    assert dict(equipment.settings("macro"))["INTERPRETER"] == sys.executable


def test_a_missing_launcher_is_told(monkeypatch):
    monkeypatch.setattr("regmodel.workbook.live.hints.launcher", lambda: None)
    said = [text.en for text in hints("addin")]
    assert any("regmodel-excel is not installed beside Python" in words for words in said)


def test_a_workbook_with_an_equals_sign_in_its_name_is_found(desk, monkeypatch, tmp_path):
    """xlwings reads the name up to the sign and would find nothing."""
    desk.book.save(str(tmp_path / "a=b.xlsm"))
    monkeypatch.setattr(sys, "argv", ["-c", "--wb=a=b.xlsm", "--from_xl=1"])
    assert caller.calling_book().name == "a=b.xlsm"
