"""LibreOffice is really started: an analyst's way through it by the toolbar, and a file filled while closed."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest
from tests.workbook.office import start, stop, system_python, unopkg_for_root

from regmodel.workbook.libreoffice.install import Wiring, install
from regmodel.workbook.read import read_with_counts
from regmodel.workbook.results import write_results

pytestmark = [pytest.mark.office, pytest.mark.slow]
DECLINE = ("water.records", "water.industrial_intensity_decline", "value")
FEASIBLE = "✓ Feasible 可行"
CHILD = """
import os, shutil, sys, time
from pathlib import Path
home, mode, *words = sys.argv[1:]
kept = Path(mode).with_name("kept.json")
Path(mode).with_name("pid").write_text(str(os.getpid()))
asked = Path(mode).read_text()
if asked == "wait":
    print('["working", "工作中"]', flush=True)
    while Path(mode).read_text() == "wait":
        time.sleep(0.1)
if asked == "broken":
    raise RuntimeError("out of order")
if asked == "real":
    import regmodel.params.folder
    from regmodel.workbook.libreoffice.child import main
    regmodel.params.folder._PACKAGE = Path(home)
    main(words)
    if words[0] == "run":
        shutil.copy(words[2], kept)
else:
    import json
    for name in json.loads(kept.read_text(encoding="utf-8"))["folders"]:
        (Path(words[3]) / name).mkdir(parents=True)
    shutil.copy(kept, words[2])
"""
LOOK = """
def seen(book):
    results = book.Sheets.getByName("Results 结果")
    own = book.Sheets.getByName("Mine") if book.Sheets.hasByName("Mine") else None
    return {
        "verdict": results.getCellRangeByName("B5").String,
        "charts": chart_numbers(book, "Charts 图表"),
        "own": own and [own.getCellRangeByName(at).String for at in ("A1", "A2")],
        "own_input": cell(book, "Water 用水", given["where"]).Value,
        "protected": results.isProtected(),
        "folded": sum(not results.Rows.getByIndex(row).IsVisible for row in range(100)),
        "front": book.getCurrentController().getActiveSheet().Name,
    }
"""


@pytest.fixture(scope="module")
def wiring(pair_home, root, tmp_path_factory):
    """The toolbar's child with the records of the invented pair; the file ``mode`` says how it behaves."""
    folder = tmp_path_factory.mktemp("child")
    script, mode = folder / "child.py", folder / "mode"
    script.write_text(CHILD, encoding="utf-8")
    mode.write_text("real")
    command = (sys.executable, str(script), str(pair_home), str(mode))
    surroundings = (("PYTHONPATH", str(root / "src")), ("REGMODEL_CACHE", os.environ["REGMODEL_CACHE"]))
    return Wiring(command, surroundings), mode


@pytest.fixture(scope="module")
def office(wiring, need_program, tmp_path_factory):
    """LibreOffice with our toolbar, installed by its own installer into a profile of its own."""
    soffice, python = need_program("libreoffice"), system_python()
    if python is None:
        pytest.skip("no Python with uno on this machine; .ci/run installs it on Debian")
    profile = tmp_path_factory.mktemp("office") / "profile"
    profile.mkdir()
    patch = pytest.MonkeyPatch()
    stand_in = unopkg_for_root(profile.parent / "bin")
    if stand_in is not None:
        for folder in (profile, *profile.parents):
            if folder.stat().st_uid == os.geteuid() and folder != Path("/"):
                folder.chmod(folder.stat().st_mode | 0o711)
        profile.chmod(0o777)
        patch.setenv("PATH", f"{stand_in}{os.pathsep}{os.environ['PATH']}")
    try:
        assert "toolbar" in install(wiring[0], profile).en
    finally:
        patch.undo()
    if stand_in is not None:
        for path in (profile, *profile.rglob("*")):
            os.chown(path, os.geteuid(), os.getegid(), follow_symlinks=False)
    running, process = start(soffice, python, profile, {"REGMODEL_HOME": str(profile.parent / "home")})
    yield running
    stop(running, process)


@pytest.fixture(scope="module")
def way(office, pair_book_once, open_desk, artefacts, tmp_path_factory, need_program):
    """Open, edit an input by UNO, press Run, undo and redo, save, reopen; what was seen at each step."""
    folder = tmp_path_factory.mktemp("way")
    path = Path(shutil.copy(pair_book_once, folder / "pair.xlsx"))
    pictures = artefacts / "office"
    shutil.rmtree(pictures, ignore_errors=True)
    pictures.mkdir(parents=True)
    found = office.do(
        LOOK
        + """
book = open_book(given["path"])
answer = {"opened": seen(book)}
cell(book, "Water 用水", given["where"]).Value = 3.25
book.Sheets.insertNewByName("Mine", book.Sheets.Count)
cell(book, "Mine", "A1").Formula = "=$'Results 结果'.B5"
cell(book, "Mine", "A2").Formula = "=COUNT($'Data 结果数据'.F6:U400)"
book.storeToURL(uno.systemPathToFileUrl(given["before"]), (prop("FilterName", "Calc MS Excel 2007 XML"),))
press(book, "vnd.regmodel:run")
answer["run"] = seen(book)
book.getUndoManager().undo()
answer["undone"] = seen(book)
book.getUndoManager().redo()
answer["redone"] = seen(book)
book.store()
book.storeToURL(uno.systemPathToFileUrl(given["pdf"]), (prop("FilterName", "calc_pdf_Export"),))
book.close(True)
book = open_book(given["path"])
answer["reopened"] = seen(book)
book.close(True)
""",
        path=str(path),
        before=str(folder / "before.xlsx"),
        where=open_desk(path).cell(*DECLINE).coordinate,
        pdf=str(pictures / "after.pdf"),
    )
    drawer = need_program("pdftoppm")
    subprocess.run(
        [drawer, "-r", "70", "-png", "after.pdf", "page"], cwd=pictures, check=True, stdin=subprocess.DEVNULL
    )
    return {**found, "said": office.words(), "path": path, "before": folder / "before.xlsx", "pictures": pictures}


def numbers(charts):
    """How many numbers the charts show."""
    return sum(value is not None for chart in charts for line in chart for value in line)


def test_run_refreshes_the_open_document(way):
    """The verdict, the charts' own numbers and a formula of the analyst follow at once; Results is in front."""
    assert way["opened"]["verdict"] == "Not run yet 尚未运行"
    assert way["run"]["verdict"] == FEASIBLE
    assert numbers(way["opened"]["charts"]) < numbers(way["run"]["charts"])
    assert way["run"]["own"][0] == FEASIBLE
    assert int(way["run"]["own"][1]) > 100
    assert way["run"]["front"] == "Results 结果"
    assert way["said"].startswith(f"{FEASIBLE}\n\nYes: there is a plan")


def test_the_result_sheet_stays_protected_and_folded(way):
    """As a run of the closed file leaves it: blank rows of blocks are hidden, and a slip changes nothing."""
    assert way["run"]["protected"]
    assert way["run"]["folded"] > 10


def test_undo_takes_no_part_of_the_results_away(way):
    """They are there whole or not at all: a run is no step of Undo."""
    for part in ("verdict", "charts", "own_input"):
        assert way["undone"][part] == way["run"][part], part


def test_everything_is_still_there_after_saving_and_opening_again(way):
    """Results, charts, the edit and the analyst's own sheet; and the file is read as a workbook of ours."""
    for part in ("verdict", "charts", "own", "own_input", "protected"):
        assert way["reopened"][part] == way["run"][part], part


def test_the_saved_document_is_a_workbook_of_ours(way, pair_shipped):
    assert {edit.key: edit.value for edit in read_with_counts(way["path"]).edits} == {"record." + DECLINE[1]: 3.25}


def test_the_pages_are_kept_as_pictures(way):
    """For people to look at: Chinese and native charts as LibreOffice draws them."""
    assert len(list(way["pictures"].glob("page-*.png"))) >= 10


def test_own_formulas_show_the_new_results_of_a_file_that_was_run_while_closed(
    office, way, pair_shipped, pair_run, open_desk, tmp_path
):
    """LibreOffice keeps stored answers on opening; ours are gone, so that it calculates what reads a result anew."""
    path = Path(shutil.copy(way["before"], tmp_path / "pair.xlsx"))
    stored = openpyxl.load_workbook(path, data_only=True)["Mine"]
    assert stored["A1"].value == "Not run yet 尚未运行"
    assert write_results(path, pair_run, reading=read_with_counts(path)) == path
    found = office.do(
        LOOK + '\nbook = open_book(given["path"])\nanswer = seen(book)\nbook.close(True)',
        path=str(path),
        where=open_desk(path).cell(*DECLINE).coordinate,
    )
    assert found["own"] == way["run"]["own"]
    assert found["verdict"] == FEASIBLE
    assert numbers(found["charts"]) == numbers(way["run"]["charts"])


@pytest.fixture
def mode(way, wiring):
    """How the toolbar's child behaves in one test; the answer of the real run is there to be given again."""
    yield wiring[1]
    wiring[1].write_text("real")


PRESSED = """
book = open_book(given["path"])
press(book, "vnd.regmodel:" + given["task"])
answer = {
    "verdict": cell(book, "Results 结果", "B5").String,
    "front": book.getCurrentController().getActiveSheet().Name,
    "checks": [cell(book, "Checks 检查", "B%d" % row).String for row in range(1, 60)],
}
book.close(True)
"""


def test_validate_names_the_cell_on_the_sheet_of_checks(office, mode, open_desk, pair_book):
    desk = open_desk(pair_book)
    where = desk.put(*DECLINE, "lots")
    mode.write_text("real")
    found = office.do(PRESSED, path=str(desk.save()), task="validate")
    assert found["front"] == "Checks 检查"
    (problem,) = [words for words in found["checks"] if words.startswith(where)]
    assert office.words().endswith(problem)
    assert found["verdict"] == "Not run yet 尚未运行"


def test_inputs_changed_during_the_run_are_noticed_and_nothing_is_written(office, mode, wiring, open_desk, pair_book):
    desk = open_desk(pair_book)
    where = desk.cell(*DECLINE).coordinate
    mode.write_text("wait")
    (mode.parent / "pid").unlink(missing_ok=True)
    pressed = office.begin(PRESSED, path=str(pair_book), task="run")
    wait_for(mode.parent / "pid")
    office.do(
        """
        (book,) = [each for each in desktop.Components if each.getURL().endswith(given["name"])]
        cell(book, "Water 用水", given["where"]).Value = 2.75
        """,
        name=f"{pair_book.parent.name}/{pair_book.name}",
        where=where,
    )
    mode.write_text("kept")
    assert office.end(pressed)["verdict"] == "Not run yet 尚未运行"
    assert office.words().startswith(f"Inputs were changed while the model ran, first in Water 用水!{where}: ")


def test_stop_ends_the_child_and_writes_nothing(office, mode, pair_book):
    mode.write_text("wait")
    (mode.parent / "pid").unlink(missing_ok=True)
    pressed = office.begin(PRESSED, path=str(pair_book), task="run")
    child = int(wait_for(mode.parent / "pid"))
    office.do('press(next(iter(desktop.Components)), "vnd.regmodel:stop")')
    assert office.end(pressed)["verdict"] == "Not run yet 尚未运行"
    assert office.words().startswith("Stopped, as you asked; nothing was written.")
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


WHOLE = """
def whole(book):
    found = {}
    for sheet in book.Sheets:
        cursor = sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        end = cursor.getRangeAddress()
        area = sheet.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow)
        found[sheet.Name] = [
            sheet.isProtected(),
            area.getDataArray(),
            area.getFormulaArray(),
            area.queryVisibleCells().RangeAddressesAsString,
            [area.Rows.getByIndex(at).Height for at in range(0, end.EndRow, 40)],
            area.Size.Height,
        ]
    return found

def unprotected(sheet, change):
    sheet.unprotect("")
    change(sheet)
    sheet.protect("")

def results_of(book):
    return book.NamedRanges.getByName("rm_block_verdict").getReferredCells()

book = open_book(given["path"])
last = book.NamedRanges.getByName(given["block"]).getReferredCells()
spoilt = last.getSpreadsheet()
def own_formulas(sheet):
    first = results_of(book).getRangeAddress()
    sheet.getCellByPosition(1, first.StartRow).Formula = "=1+2"
    sheet.getCellRangeByPosition(1, first.StartRow + 1, 1, first.StartRow + 2).setArrayFormula("=ROW(A4:A5)*2")
unprotected(results_of(book).getSpreadsheet(), own_formulas)
"""
IN_THE_WAY = {
    # An array formula that lies half inside: LibreOffice refuses to cut it.
    "an array formula across the border": """
def across(sheet):
    end = last.getRangeAddress()
    two = sheet.getCellRangeByPosition(end.EndColumn, end.EndRow, end.EndColumn, end.EndRow + 1)
    two.setArrayFormula("=ROW(A1:A2)")
unprotected(spoilt, across)
""",
    "a password of the analyst": """
spoilt.unprotect("")
spoilt.protect("mine")
""",
}


@pytest.mark.parametrize("obstacle", IN_THE_WAY)
def test_results_that_cannot_be_written_whole_leave_the_document_as_it_was(office, mode, way, pair_book, obstacle):
    """The last of the blocks is refused by LibreOffice; every block before it stands again as before, and protected."""
    blocks = json.loads((mode.parent / "kept.json").read_text(encoding="utf-8"))["blocks"]
    mode.write_text("kept")
    found = office.do(
        WHOLE
        + IN_THE_WAY[obstacle]
        + """
before = whole(book)
press(book, "vnd.regmodel:run")
after = whole(book)
changed = [name for name in before if before[name] != after[name]]
first = results_of(book).getDataArray()
answer = {"changed": changed, "closed": spoilt.isProtected(), "first": [row[1] for row in first[:3]], "at": spoilt.Name}
book.close(True)
""",
        path=str(pair_book),
        block=blocks[-1]["name"],
    )
    assert len(blocks) > 5
    assert (found["changed"], found["closed"], found["first"]) == ([], True, [3, 8, 10])
    said = office.words()
    assert said.startswith(f"The results could not be written into {found['at']}: is the sheet protected")
    (kept,) = json.loads((mode.parent / "kept.json").read_text(encoding="utf-8"))["folders"]
    assert str(office.said.parent / "home" / "runs" / kept) in said
    assert "NotFilled" in (office.said.parent / "home" / "log.txt").read_text(encoding="utf-8")


def test_a_failure_is_a_sentence_and_the_traceback_is_in_the_log(office, mode, pair_book):
    mode.write_text("broken")
    assert office.do(PRESSED, path=str(pair_book), task="run")["verdict"] == "Not run yet 尚未运行"
    log = office.said.parent / "home" / "log.txt"
    said = office.words()
    assert str(log) in said
    assert "Traceback" not in said
    assert "RuntimeError: out of order" in log.read_text(encoding="utf-8")


def test_a_python_that_is_gone_is_told_with_what_to_type(office, mode, pair_book):
    (settings,) = office.said.parent.rglob("regmodel.oxt/settings.json")
    before = settings.read_text(encoding="utf-8")
    settings.write_text(before.replace(sys.executable, "/nowhere/python"), encoding="utf-8")
    try:
        office.do(PRESSED, path=str(pair_book), task="run")
    finally:
        settings.write_text(before, encoding="utf-8")
    said = office.words()
    assert said.startswith("Nothing was run: the Python of this toolbar cannot be started (/nowhere/python).")
    assert "regmodel new BOOK.xlsx --libreoffice" in said


def test_a_document_without_our_sheets_is_told_in_words(office, mode, tmp_path):
    place = tmp_path / "own.xlsx"
    openpyxl.Workbook().save(place)
    mode.write_text("real")
    office.do('book = open_book(given["path"])\npress(book, "vnd.regmodel:run")\nbook.close(True)', path=str(place))
    said = office.words()
    assert "own.xlsx" in said
    assert "regmodel new" in said


def wait_for(path: Path) -> str:
    """What stands in a file, as soon as it is there."""
    for _ in range(3000):
        if path.exists() and path.read_text():
            return path.read_text()
        time.sleep(0.1)
    raise AssertionError(f"{path} never came")
