"""Results go into the result sheets and nowhere else; the user's file is never damaged."""

import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from regmodel.vocabulary.texts import Text
from regmodel.workbook.blocks import BLOCK_SHEETS
from regmodel.workbook.read import read_with_counts, read_workbook
from regmodel.workbook.results import write_results
from regmodel.workbook.write import write_workbook


def parts_of(path: Path) -> dict[str, bytes]:
    """Every part of a package."""
    with zipfile.ZipFile(path) as package:
        return {entry.filename: package.read(entry) for entry in package.infolist()}


def sheet_parts(path: Path, codes: tuple[str, ...]) -> set[str]:
    """Parts of the sheets with these codes, in the generator's numbering."""
    book = openpyxl.load_workbook(path, read_only=True)
    try:
        titles = {code: book.defined_names[f"rm_sheet_{code}"].attr_text.rsplit("!", 1)[0].strip("'") for code in codes}
        return {f"xl/worksheets/sheet{book.sheetnames.index(title) + 1}.xml" for title in titles.values()}
    finally:
        book.close()


def rows_of(path: Path, title: str, first: int, last: int) -> list[tuple]:
    """Rows of a sheet, read without building the whole workbook."""
    book = openpyxl.load_workbook(path, read_only=True)
    try:
        return list(book[title].iter_rows(min_row=first, max_row=last))
    finally:
        book.close()


@pytest.fixture(scope="module")
def filled(shipped_book, feasible_run, tmp_path_factory):
    """The plan's workbook before and after a run."""
    path = Path(shutil.copy(shipped_book, tmp_path_factory.mktemp("filled") / "plan.xlsx"))
    assert write_results(path, feasible_run, reading=read_with_counts(path)) == path
    return path


def test_every_other_part_is_byte_for_byte_the_same(filled, shipped_book):
    before, after = parts_of(shipped_book), parts_of(filled)
    assert list(before) == list(after)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == sheet_parts(filled, (*BLOCK_SHEETS, "charts"))
    assert b'fullCalcOnLoad="1"' in before["xl/workbook.xml"], "a generated workbook calculates on opening already"


def test_only_cells_of_the_result_sheets_change(filled, shipped_book):
    """Around its cells a result sheet keeps its bytes: widths, formats, protection, print set-up."""
    before, after = parts_of(shipped_book), parts_of(filled)
    for part in sheet_parts(filled, BLOCK_SHEETS):
        for side in (0, 1):
            outside = [
                xml[part].split(b"<sheetData>")[0] if side == 0 else xml[part].split(b"</sheetData>")[1]
                for xml in (before, after)
            ]
            assert outside[0] == outside[1]


def test_the_old_file_stays_beside_the_new_one(filled, shipped_book):
    assert filled.with_name("plan.xlsx.bak").read_bytes() == shipped_book.read_bytes()
    assert sorted(path.name for path in filled.parent.iterdir()) == ["plan.xlsx", "plan.xlsx.bak"]


def test_the_scenario_is_unchanged_by_its_results(filled, plan):
    assert read_workbook(filled) == plan


def test_the_verdict_comes_first_and_in_words(filled):
    words = [row[1].value for row in rows_of(filled, "Results 结果", 5, 9)]
    assert words[0] == "✓ Feasible 可行"
    assert words[1].startswith("Yes: there is a plan that meets every target tested")
    assert words[1].partition("\n")[2].startswith("能：")
    assert words[2].startswith("Of the ")
    assert "部规划共" in words[2].partition("\n")[2]


def test_the_numbers_of_the_run_stand_on_the_data_sheet(filled, feasible_run):
    lines = rows_of(filled, "Data 结果数据", 6, 700)
    line = next(row for row in lines if row[0].value == "water_use_total|trend|ORDOS")
    frame = feasible_run.trajectory
    chosen = frame[(frame.region == "ORDOS") & (frame.variable == "water_use_total") & (frame.scenario == "plan")]
    assert set(chosen.unit) == {"10^8 m3"}
    by_year = dict(zip(chosen.year, chosen.value, strict=True))
    assert [cell.value for cell in line[5:21]] == [pytest.approx(by_year[year]) for year in range(2020, 2036)]


def test_clauses_stand_with_status_and_margin(filled, feasible_run):
    lines = rows_of(filled, "Clauses 条款结果", 6, 300)
    told = {row[0].value: [cell.value for cell in row] for row in lines if row[0].value}
    assert set(told) == {active.clause.id for active in feasible_run.scenario.clauses}
    entry = next(one for one in feasible_run.verdict["clauses"] if one["id"] == "nm_urb_2025")
    assert told["nm_urb_2025"][4] == "● met 达到"
    assert told["nm_urb_2025"][7] is not None
    assert entry["margin"] is not None


def test_formulas_on_results_calculate_again_when_opened(filled):
    after = parts_of(filled)
    assert b'fullCalcOnLoad="1"' in after["xl/workbook.xml"]
    (charts,) = sheet_parts(filled, ("charts",))
    assert b"<f>" in after[charts]
    assert b"</f><v>" not in after[charts]


def test_a_second_run_replaces_the_first_completely(book, feasible_run, infeasible_run, plan):
    once = Path(shutil.copy(book, book.with_name("once.xlsx")))
    write_results(once, infeasible_run)
    write_results(book, feasible_run)
    write_results(book, infeasible_run)
    assert parts_of(once) == parts_of(book)


def test_a_workbook_without_our_stamp_gets_results_beside_it(tmp_path, feasible_run):
    book = openpyxl.Workbook()
    book.active["A1"] = "mine"
    book.save(tmp_path / "other.xlsx")
    before, heard = (tmp_path / "other.xlsx").read_bytes(), []
    path = write_results(tmp_path / "other.xlsx", feasible_run, say=heard.append)
    assert (tmp_path / "other.xlsx").read_bytes() == before
    assert path.name.startswith("other-results-")
    assert "has no result sheets of regmodel" in heard[0].en
    sheet = openpyxl.load_workbook(path)["Results 结果"]
    assert sheet["B5"].value == "✓ Feasible 可行"


def test_lost_result_sheets_are_not_guessed(open_desk, book, feasible_run):
    desk = open_desk(book)
    del desk.book["Data 结果数据"]
    path = write_results(desk.save(), feasible_run)
    assert path != book


def test_what_a_user_typed_goes_back_as_text(plan, feasible_run, tmp_path):
    """A title that looks like a formula is words in a generated workbook and words after a run."""
    words = Text('=HYPERLINK("http://x","y")', "+cmd|' /C calc'!A0")
    scenario = replace(feasible_run.scenario, title=words)
    path = write_workbook(tmp_path / "plan.xlsx", scenario, "both")
    run = type(feasible_run)(**{**vars(feasible_run), "scenario": scenario})
    write_results(path, run)
    for name, xml in parts_of(path).items():
        if name.startswith("xl/worksheets/"):
            assert b"<f>HYPERLINK" not in xml
            assert b"cmd|" not in b"".join(part.split(b"</f>")[0] for part in xml.split(b"<f>")[1:])


def test_results_in_every_language(plan, infeasible_run, tmp_path):
    for language, word in (("en", "✕ Not feasible"), ("zh", "✕ 不可行")):
        path = write_workbook(tmp_path / f"{language}.xlsx", plan, language)
        write_results(path, infeasible_run)
        book = openpyxl.load_workbook(path, read_only=True)
        assert book.worksheets[1]["B5"].value == word
