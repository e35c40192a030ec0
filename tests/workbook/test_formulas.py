"""Formulas: ours are none newer than Excel 2013; an analyst's own count once a spreadsheet program calculated them."""

import re
import shutil
import subprocess
import zipfile
from html import unescape
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import FORMULAE

from regmodel.vocabulary.problems import InputProblems
from regmodel.workbook.read import read_with_counts
from regmodel.workbook.results import write_results
from regmodel.workbook.write import write_workbook

# openpyxl lists the functions of Excel 2007; none that came later is used at all.
KNOWN = frozenset(FORMULAE) | {"IFERROR", "COUNTIFS", "SUMIFS"}
WORDS_IN = re.compile(r'"(?:[^"]|"")*"|\'(?:[^\']|\'\')*\'')
CALLED = re.compile(r"([A-Za-z_][A-Za-z0-9_.]*)\s*\(")
FORMULA = re.compile(rb"<(?:f|formula|formula1|formula2|definedName|cfvo)\b[^>]*>([^<]*)</")
SHARE, DECLINE = "water.sewage_collection", "water.industrial_intensity_decline"


def formulas_of(path: Path) -> list[str]:
    """Every formula of a workbook: of cells, of conditional formats, of validations and of defined names."""
    with zipfile.ZipFile(path) as package:
        parts = [package.read(name) for name in package.namelist() if name.endswith(".xml")]
    return [unescape(found.decode("utf-8")) for part in parts for found in FORMULA.findall(part)]


@pytest.mark.parametrize("kind", ["shipped", "filled", "results alone"])
def test_no_function_is_newer_than_excel_2007(kind, shipped_book, infeasible_run, tmp_path):
    """Which is stricter than 2013: no newer function, no dynamic array, no array formula, no link, nothing volatile."""
    path = Path(shutil.copy(shipped_book, tmp_path / "plan.xlsx"))
    if kind == "filled":
        write_results(path, infeasible_run)
    elif kind == "results alone":
        from regmodel.workbook.write import write_results_book

        path = write_results_book(tmp_path / "alone.xlsx", infeasible_run)
    found = formulas_of(path)
    used = {name.upper() for formula in found for name in CALLED.findall(WORDS_IN.sub("", formula))}
    assert used, "no formula was found"
    assert used <= KNOWN
    assert not used & {"INDIRECT", "OFFSET", "NOW", "TODAY", "RAND", "RANDBETWEEN", "CELL", "INFO"}
    bare = [WORDS_IN.sub("", formula) for formula in found]
    assert not [formula for formula in bare if "[" in formula or "_xl" in formula or "#REF" in formula]
    with zipfile.ZipFile(path) as package:
        names = package.namelist()
        sheets = b"".join(package.read(name) for name in names if name.startswith("xl/worksheets/"))
    assert b't="array"' not in sheets
    assert b" cm=" not in sheets
    unwanted = ("vba", "externalLink", "metadata.xml", "queryTable", "connections.xml")
    assert not [name for name in names if any(each in name for each in unwanted)]


@pytest.fixture(scope="module")
def own_formulas(pair_book_once, open_desk, tmp_path_factory):
    """The pair's workbook with formulas in input cells, one of them over a sheet of the analyst; never calculated."""
    desk = open_desk(Path(shutil.copy(pair_book_once, tmp_path_factory.mktemp("formulas") / "typed.xlsx")))
    own = desk.book.create_sheet("My notes")
    own["A1"], own["A2"] = 88, 4
    desk.put("water.records", SHARE, "value", "='My notes'!A1+'My notes'!A2")
    desk.put("water.records", DECLINE, "value", "=ROUND(10/4,1)+0.5")
    return desk.save()


def test_a_formula_that_nothing_calculated_is_refused_with_its_cell(own_formulas, pair_shipped, open_desk):
    with pytest.raises(InputProblems) as raised:
        read_with_counts(own_formulas)
    line = {key: open_desk(own_formulas).row("water.records", key) for key in (SHARE, DECLINE)}
    told = {(each.code, each.where.split("   ")[0]) for each in raised.value.problems}
    assert told == {("W-35", f"Water 用水!D{row}") for row in line.values()}


def test_a_generated_formula_with_a_stored_zero_is_refused_too(pair_shipped, tmp_path):
    """What a generator stores beside a formula is no result: the file says that no program has calculated it."""
    from regmodel.scenario import load

    path = write_workbook(tmp_path / "pair.xlsx", load("pair"), "both")
    title = "Water 用水"
    opened = openpyxl.load_workbook(path)
    part = f"xl/worksheets/sheet{opened.sheetnames.index(title) + 1}.xml"
    row = next(row for row in range(1, 99) if opened[title].cell(row, 1).value == SHARE)
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    cell = re.compile(rb'(<c r="D%d"[^>]*>)<v>[^<]*</v></c>' % row)
    parts[part], count = cell.subn(rb"\1<f>45+45</f><v>0</v></c>", parts[part])
    assert count == 1
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    with pytest.raises(InputProblems) as raised:
        read_with_counts(path)
    assert [each.code for each in raised.value.problems] == ["W-35"]


@pytest.mark.office
@pytest.mark.slow
def test_a_formula_that_libreoffice_calculated_is_taken(own_formulas, pair_shipped, tmp_path, need_program):
    """The value is that of the formula, in the unit of the row."""
    soffice = need_program("libreoffice")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [soffice, "--headless", profile, "--convert-to", "xlsx", "--outdir", str(tmp_path), str(own_formulas)]
    subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=300, check=True)
    reading = read_with_counts(tmp_path / "typed.xlsx")
    assert {edit.key: edit.value for edit in reading.edits} == {f"record.{SHARE}": 92.0, f"record.{DECLINE}": 3.0}
