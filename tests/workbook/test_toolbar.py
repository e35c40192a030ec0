"""The toolbar of LibreOffice: what its child answers fits the open document, and what the extension holds."""

import json
import zipfile

from regmodel import __version__
from regmodel.workbook.layout import BLOCK_NAME_PREFIX
from regmodel.workbook.libreoffice.child import main, placed
from regmodel.workbook.libreoffice.install import WORDS, make_extension
from regmodel.workbook.live.child import blocks_of
from regmodel.workbook.package import BookPackage
from regmodel.workbook.read import read_with_counts
from regmodel.workbook.run_blocks import BLOCK_CODES


def asked(task, book, folder):
    """The answer of the child to a task."""
    answer = folder / "answer.json"
    assert main([task, str(book), str(answer), str(folder / "runs"), str(folder / "earlier")]) == 0
    return json.loads(answer.read_text(encoding="utf-8"))


def places(book):
    """Rows and columns of every place for results, by name."""
    with BookPackage(book) as package:
        areas = {name: package.area(name) for name in package.names if name.startswith(BLOCK_NAME_PREFIX)}
    return {name: (area.bottom - area.top + 1, area.right - area.left + 1) for name, area in areas.items()}


def test_every_block_of_a_run_fills_its_place(shipped_book, feasible_run):
    """LibreOffice takes a whole rectangle of numbers and words, of exactly the size of its place."""
    answer = {
        "kind": "results",
        "blocks": blocks_of(feasible_run, "both", read_with_counts(shipped_book)),
        "folders": ["2026-11-22-plan-12345678"],
    }
    found = placed("run", answer, "both")
    sizes = {block["name"]: (len(block["rows"]), block["width"]) for block in found["blocks"]}
    assert list(sizes) == [BLOCK_NAME_PREFIX + code for code in BLOCK_CODES if code in answer["blocks"]]
    assert {"rm_block_verdict", "rm_block_data", "rm_block_as_run"} <= set(sizes)
    assert sizes == {name: places(shipped_book)[name] for name in sizes}
    for block in found["blocks"]:
        assert {len(row) for row in block["rows"]} == {block["width"]}
        assert {type(cell) for row in block["rows"] for cell in row} <= {str, float}
        assert len(block["looks"]) == len(block["rows"])
    assert (found["front"], found["bad"], found["folders"]) == ("rm_block_verdict", False, answer["folders"])
    assert found["words"].startswith("✓ Feasible 可行\n\nYes: there is a plan that meets every target tested")


def test_problems_go_to_the_sheet_of_checks_and_into_the_dialog(open_desk, pair_book, tmp_path):
    desk = open_desk(pair_book)
    where = desk.put("water.records", "water.industrial_intensity_decline", "value", "lots")
    found = asked("validate", desk.save(), tmp_path)
    (block,) = found["blocks"]
    assert (block["name"], len(block["rows"]), block["width"]) == (
        "rm_block_checked",
        *places(pair_book)[block["name"]],
    )
    head, problem, *_ = [row[1] for row in block["rows"]]
    assert problem.startswith(f"{where} (")
    assert "lots" in problem
    assert found["words"].split("\n\n") == [head, problem]
    assert (found["front"], found["bad"], found["folders"]) == ("rm_block_checked", True, [])


def test_a_document_that_is_not_ours_is_told_in_both_languages(tmp_path):
    import openpyxl

    place = tmp_path / "own.xlsx"
    openpyxl.Workbook().save(place)
    found = asked("run", place, tmp_path)
    assert found["bad"]
    assert "own.xlsx" in found["words"]
    assert "regmodel new" in found["words"]
    assert "由 regmodel new" in found["words"]


def test_the_extension_is_made_of_its_parts_the_same_each_time(tmp_path):
    """Its Python files have lost the ending that keeps them from being read as the package's own."""
    one, two = (make_extension(tmp_path / name) for name in ("a.oxt", "b.oxt"))
    assert one.read_bytes() == two.read_bytes()
    with zipfile.ZipFile(one) as package:
        names = set(package.namelist())
        description = package.read("description.xml").decode("utf-8")
        settings = json.loads(package.read("settings.json"))
        for name in names:
            if name.endswith(".py"):
                compile(package.read(name), name, "exec")
    assert names == {
        "Addons.xcu",
        "CalcWindowState.xcu",
        "META-INF/manifest.xml",
        "ProtocolHandler.xcu",
        "description.xml",
        "regmodel.components",
        "pythonpath/regmodel_document.py",
        "regmodel_toolbar.py",
        "settings.json",
    }
    assert f'<version value="{__version__}"/>' in description
    assert settings["words"] == {name: [words.en, words.zh] for name, words in WORDS.items()}
