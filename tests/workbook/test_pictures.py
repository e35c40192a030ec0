"""LibreOffice really opens the workbook; its pages are kept as pictures for people to look at."""

import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest

from regmodel.workbook.results import write_results
from regmodel.workbook.write import write_workbook

pytestmark = [pytest.mark.office, pytest.mark.slow]
SHEETS_TO_SEE = 15


def run(command: list[str], folder: Path) -> str:
    """Run a program to its end, without a keyboard; its words."""
    done = subprocess.run(
        command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=300, check=True
    )
    return done.stdout


def convert(soffice: str, source: Path, kind: str, folder: Path) -> Path:
    """Convert a workbook in a profile of its own and return the new file."""
    folder.mkdir(parents=True, exist_ok=True)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    run(
        [soffice, "--headless", profile, "--convert-to", kind, "--outdir", str(folder), str(source)],
        folder,
    )
    shutil.rmtree(folder / "profile", ignore_errors=True)
    return folder / f"{source.stem}.{kind}"


@pytest.mark.parametrize(("language", "verdict"), [("en", "feasible"), ("zh", "infeasible"), ("both", "feasible")])
def test_pages_are_drawn(language, verdict, plan, invented_run, tmp_path, artefacts, need_program):
    """A fresh workbook with results becomes pages: every sheet, with words in its language and no error values."""
    soffice, drawer = need_program("libreoffice"), need_program("pdftoppm")
    book = write_workbook(tmp_path / f"plan-{language}.xlsx", plan, language)
    write_results(book, invented_run(verdict))
    pages = convert(soffice, book, "pdf", tmp_path / "pages")
    folder = artefacts / "workbook" / language
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    run([drawer, "-r", "90", "-png", str(pages), str(folder / "page")], folder)
    pictures = sorted(folder.glob("page-*.png"))
    assert len(pictures) >= SHEETS_TO_SEE
    assert all(picture.stat().st_size > 4000 for picture in pictures), "a page is empty"
    words = run([drawer.replace("pdftoppm", "pdftotext"), str(pages), "-"], folder)
    assert not re.findall(r"#REF!|#NAME\?|#VALUE!|#DIV/0!|Err:\d+", words)
    for sign in {"en": ("Results", "Feasible"), "zh": ("结果", "不可行"), "both": ("Results 结果", "可行")}[language]:
        assert sign in words
    fonts = run([drawer.replace("pdftoppm", "pdffonts"), str(pages)], folder)
    assert language == "en" or "CJK" in fonts, "the Chinese was drawn without a Chinese font"


def test_libreoffice_calculates_what_reads_the_results(plan, feasible_run, tmp_path, need_program):
    """The table of the chosen region has its numbers after opening, and the live checks still say OK."""
    soffice = need_program("libreoffice")
    book = write_workbook(tmp_path / "plan.xlsx", plan, "en")
    write_results(book, feasible_run)
    saved = convert(soffice, book, "xlsx", tmp_path / "saved")
    opened = openpyxl.load_workbook(saved, data_only=True)
    charts, data = opened["Charts"], opened["Data"]
    region = plan.book.regions.ids()[0]
    lines = {row[0].value: [cell.value for cell in row[5:21]] for row in data.iter_rows(min_row=6)}
    shown = [
        [cell.value for cell in row[3:19]]
        for row in charts.iter_rows()
        if row[0].value == "Total water use" and row[1].value == "trend projection"
    ]
    assert shown == [lines[f"water_use_total|trend|{region}"]]
    states = {row[4].value for row in opened["Checks"].iter_rows(min_row=6, max_row=20)}
    assert "OK" in states
    assert "FAIL" not in states


def test_a_workbook_saved_by_libreoffice_is_read_and_filled(plan, feasible_run, tmp_path, need_program):
    """Another program's way of writing the format is no edit, and its result sheets are filled in place."""
    from regmodel.workbook.read import read_workbook

    soffice = need_program("libreoffice")
    book = write_workbook(tmp_path / "plan.xlsx", plan, "both")
    saved = convert(soffice, book, "xlsx", tmp_path / "saved")
    assert read_workbook(saved) == plan
    assert write_results(saved, feasible_run) == saved
    with zipfile.ZipFile(saved) as package:
        assert package.testzip() is None
    assert openpyxl.load_workbook(saved)["Results 结果"]["B5"].value == "✓ Feasible 可行"
    assert read_workbook(saved) == plan
