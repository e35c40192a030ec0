"""The workbook with buttons as a file: bound buttons, closed settings, notices; and the one for the add-in."""

import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

from regmodel.workbook.live import equipment
from regmodel.workbook.live.project import PART, module_text
from regmodel.workbook.package import BookPackage

CONF = "xlwings.conf"
# Every setting that the module xlwings reads before it starts a program; what stands on the sheet is not looked for in
# a file beside the workbook.
CLOSED = {
    "INTERPRETER_WIN",
    "INTERPRETER_MAC",
    "INTERPRETER",
    "PYTHONPATH",
    "ADD_WORKBOOK_TO_PYTHONPATH",
    "CONDA PATH",
    "CONDA ENV",
    "USE UDF SERVER",
    "SHOW CONSOLE",
    "SHOW_ERROR_POPUPS",
}


def settings_of(path):
    sheet = openpyxl.load_workbook(path)[CONF]
    return {row[0].value: row[1].value for row in sheet.iter_rows() if row[0].value}


def words_on(path, title):
    sheet = openpyxl.load_workbook(path)[title]
    return "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None)


def test_three_buttons_are_bound_to_our_macros(equipped, part):
    drawing = part(equipped["macro"], "xl/drawings/vmlDrawing1.vml").decode()
    assert re.findall(r"<x:FmlaMacro>\[0\]!(\w+)</x:FmlaMacro>", drawing) == [
        "RegmodelRun",
        "RegmodelValidate",
        "RegmodelReport",
    ]
    assert re.findall(r"<font[^>]*>([^<]+)</font>", drawing) == ["Run 运行", "Validate 检查", "Report 报告"]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("macro", "Press Run on the sheet Start.\n请在“开始”表按“运行”。"),
        ("addin", "Press Run main in the ribbon of the xlwings add-in.\n请在 xlwings 加载项的功能区按 Run main。"),
    ],
)
def test_before_the_first_run_it_says_what_to_press(equipped, kind, words):
    """And no command line on the sheet of results."""
    told = words_on(equipped[kind], "Results 结果")
    assert words in told
    assert "regmodel run" not in told


def test_the_macros_in_the_file_are_ours(equipped, part):
    assert "Sub RegmodelRun()" in module_text(part(equipped["macro"], PART), "Module1")


def test_the_workbook_for_the_add_in_has_no_macros(equipped):
    with zipfile.ZipFile(equipped["addin"]) as package:
        assert [name for name in package.namelist() if "vba" in name.lower() or "vml" in name.lower()] == []
        assert b"macroEnabled" not in package.read("[Content_Types].xml")


@pytest.mark.parametrize("kind", ["macro", "addin"])
def test_every_setting_that_could_start_another_program_is_closed(equipped, kind):
    """The sheet names each of them, and the module xlwings takes the sheet before any file."""
    settings = settings_of(equipped[kind])
    assert set(settings) == CLOSED
    assert settings["ADD_WORKBOOK_TO_PYTHONPATH"] == "False"
    assert settings["SHOW_ERROR_POPUPS"] == "False"
    assert settings["PYTHONPATH"] is None


def test_the_closed_settings_are_all_that_run_python_reads(equipped, part):
    """A newer xlwings that reads another setting fails here first."""
    text = module_text(part(equipped["macro"], PART), "xlwings")
    starts = text[text.index("Public Function RunPython") : text.index("Public Function RunFrozenPython")]
    read = set(re.findall(r'GetConfig\("([^"]+)"', starts))
    harmless = {"LICENSE_KEY", "TEMP DIR"} | {name for name in read if name.startswith(("ONEDRIVE", "SHAREPOINT"))}
    assert read - harmless - CLOSED == set()


def test_the_settings_name_the_python_that_made_the_workbook(equipped):
    settings = settings_of(equipped["macro"])
    assert settings["INTERPRETER"] == sys.executable
    assert Path(settings["INTERPRETER"]).is_absolute()


@pytest.mark.parametrize(("system", "open_key", "closed_key"), [("win32", "WIN", "MAC"), ("darwin", "MAC", "WIN")])
def test_each_system_has_its_own_interpreter_and_not_the_others(monkeypatch, system, open_key, closed_key):
    monkeypatch.setattr(equipment.sys, "platform", system)
    found = dict(equipment.settings("macro"))
    assert (found[f"INTERPRETER_{open_key}"], found[f"INTERPRETER_{closed_key}"]) == (sys.executable, "")


def test_a_windowless_python_is_named_with_its_window(monkeypatch):
    monkeypatch.setattr(equipment.sys, "executable", "/somewhere/pythonw.exe")
    assert dict(equipment.settings("macro"))["INTERPRETER"] == "/somewhere/python.exe"


def test_the_folder_of_the_workbook_is_not_on_pythons_path(equipped, tmp_path):
    """The very command that the module xlwings hands to the shell, with a trap beside the workbook."""
    book = Path(shutil.copy(equipped["macro"], tmp_path / "renamed & moved.xlsm"))
    (tmp_path / "lxml.py").write_text("raise SystemExit('the trap beside the workbook was imported')\n")
    settings = settings_of(book)
    given = ";".join([settings["ADD_WORKBOOK_TO_PYTHONPATH"], str(book), str(book), "", "", "", ""])
    code = f"import xlwings.utils;xlwings.utils.prepare_sys_path({given!r}); "
    code += "import sys, json, lxml; print(json.dumps(sys.path))"
    ran = subprocess.run(
        [settings["INTERPRETER"], "-B", "-c", code, f"--wb={book.name}", "--from_xl=1"],
        cwd=Path(settings["INTERPRETER"]).parent,
        capture_output=True,
        text=True,
        check=True,
        stdin=subprocess.DEVNULL,
    )
    assert str(tmp_path) not in json.loads(ran.stdout)


def test_the_about_sheet_carries_the_notices_of_what_is_inside(equipped):
    words = words_on(equipped["macro"], "About 说明")
    for needed in (
        "Copyright (C) 2014-present, Zoomer Analytics",
        "Redistributions in binary form must reproduce the above copyright notice",
        "VBA-Dictionary",
        "Copyright (c) Tim Hall",
        "The above copyright notice and this permission notice shall be included",
    ):
        assert needed in words


def test_each_workbook_says_the_truth_about_its_macros(equipped):
    assert "three macros" in words_on(equipped["macro"], "Start 开始")
    assert "There are no macros" in words_on(equipped["addin"], "Start 开始")


def test_what_a_run_writes_into_is_not_protected(equipped):
    """Protection is not taken off by any call that works in both Excels, so what is written live has none."""
    book = openpyxl.load_workbook(equipped["macro"])
    state = {
        title: book[title].protection.sheet for title in ("Results 结果", "Checks 检查", "Water 用水", "Data 结果数据")
    }
    assert state == {"Results 结果": False, "Checks 检查": False, "Water 用水": True, "Data 结果数据": False}


@pytest.mark.parametrize("kind", ["macro", "addin"])
def test_the_time_limit_is_a_named_yellow_cell(equipped, kind):
    with BookPackage(equipped[kind]) as package:
        area = package.area(equipment.LIMIT_NAME)
    cell = openpyxl.load_workbook(equipped[kind])[area.sheet].cell(area.top + 1, area.left + 1)
    assert (cell.value, cell.protection.locked) == (equipment.LIMIT_SECONDS, False)


@pytest.mark.office
@pytest.mark.slow
def test_libreoffice_lists_the_macros_and_binds_the_buttons(equipped, need_program, tmp_path):
    """An independent reader of the project: macros and bindings as LibreOffice stores them after opening."""
    office = need_program("libreoffice")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", "ods", "--outdir", str(tmp_path), str(equipped["macro"])],
        check=True,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        timeout=180,
    )
    with zipfile.ZipFile(tmp_path / "pair.ods") as package:
        module = package.read("Basic/VBAProject/Module1.xml").decode()
        content = package.read("content.xml").decode()
        assert "Basic/VBAProject/xlwings.xml" in package.namelist()
    assert re.findall(r"Sub (\w+)\(\)", module) == ["RegmodelRun", "RegmodelValidate", "RegmodelReport"]
    assert re.findall(r"VBAProject\.Module1\.(\w+)\?", content) == ["RegmodelRun", "RegmodelValidate", "RegmodelReport"]
