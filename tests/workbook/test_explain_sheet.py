"""The Explain sheet: from numbers behind clauses to equations with the numbers put in, inputs, sources and cells."""

import re
import shutil
import subprocess

import openpyxl
import pytest

from regmodel.runs.explained_clauses import READ_FROM, told_of
from regmodel.runs.explaining import VARIABLES
from regmodel.scenario import load
from regmodel.vocabulary.equation import CATALOGUE
from regmodel.workbook.blocks import EXPLAINED
from regmodel.workbook.explain_rows import explain_rows
from regmodel.workbook.links import LINKED_SHEETS
from regmodel.workbook.results import write_results

NUMBERS = re.compile(r"^(?P<result>\S+) = (?P<formula>[^\n]+)\n")


@pytest.fixture(scope="module")
def rows(pair_run):
    """The rows that a run of the pair puts on the sheet, without the blank ones."""
    return [row for row in explain_rows(pair_run, "both") if any(cell is not None for cell in row)]


def heads(rows):
    """The rows that begin a number, by its id."""
    return {row[6]: row for row in rows if row[6] is not None}


def test_every_clause_in_force_about_a_variable_has_its_number_explained(rows, pair_run):
    """At its own place and year; and no clause is named that is not in force."""
    places = {*pair_run.study.case.paths.regions.ids(), *pair_run.study.case.paths.regions.sets}
    expected = {
        f"{name}/{active.clause.region}/{active.clause.year_to}": active.clause.id
        for active in pair_run.scenario.clauses
        if active.enabled and active.clause.bounding and active.clause.region in places and active.clause.year_to
        for name in ((active.clause.variable,) if active.clause.variable in VARIABLES
                     else READ_FROM.get(active.clause.variable, ()))
    }  # fmt: skip
    found = heads(rows)
    assert expected
    for number, clause in expected.items():
        assert f" {clause}," in found[number][4], number
    named = {clause for row in found.values() for clause in re.findall(r" ([^,]+),", row[4] or "")}
    assert named <= {active.clause.id for active in pair_run.scenario.clauses if active.enabled}


def test_every_clause_in_force_is_on_the_sheet_with_its_numbers_or_with_why_not(rows, pair_run):
    """No clause that binds is passed over: one without a number of the model says so, with the reason."""
    found = heads(rows)
    named = {clause for row in found.values() for clause in re.findall(r" ([^,]+),", row[4] or "")}
    in_force = {one.clause.id for one in pair_run.scenario.clauses if one.enabled and one.clause.bounding}
    assert named == in_force
    core = found["clause/core_2025"]
    assert core[0].startswith("Residents of the central city, Riverside (invented), 2021–2025")
    assert core[3].startswith("no number of the model stands behind it: ")
    assert "模型中没有与之对应的数值：" in core[3]
    needs = found["clause/path.water_needs"]
    assert (needs[1], needs[3].partition(",")[0]) == (0, "judged place by place and year by year")


def test_units_are_those_of_readers(rows):
    """No name of memory (hm3/year, wan_person) and no word of a code stands on the sheet, and no rounding for 0."""
    units = {str(row[2]) for row in rows if row[2]}
    assert not {unit for unit in units if re.search(r"hm3|wan_|yi_yuan|dimensionless|km2|m3", unit)}
    parts = [str(row[0]).strip() for row in rows if str(row[0]).startswith("\N{NO-BREAK SPACE}")]
    assert not {part for part in parts if part in ("domestic", "industry", "irrigation", "ecology")}
    assert not [row for row in rows if isinstance(row[1], float) and 0 < abs(row[1]) < 1e-10]


def test_the_numbers_put_in_give_the_number(rows):
    """Each formula with its numbers, reckoned by Python, gives its result again to the digits shown."""
    told = [NUMBERS.match(str(row[3])) for row in rows if str(row[0]).strip().startswith("with the numbers put in")]
    assert len(told) > 5
    for one in told:
        assert one is not None
        again = eval(one["formula"], {"__builtins__": {}}, {"min": min, "max": max})
        assert again == pytest.approx(float(one["result"]), rel=1e-3, abs=1e-6), one[0]


def test_a_feasible_run_shows_the_numbers_of_its_plan(pair_run):
    """The same numbers as the trajectory of the plan holds."""
    frame = pair_run.trajectory
    plan = frame[frame["scenario"] == f"{pair_run.scenario.name}:programme"]
    for told in told_of(pair_run, 10):
        one = told.explanation
        assert one.path == "programme"
        same = plan[(plan["variable"] == one.variable) & (plan["region"] == one.region) & (plan["year"] == one.year)]
        if len(same):
            assert one.value == pytest.approx(float(same["value"].iloc[0]), rel=1e-9, abs=1e-9)


def test_every_equation_named_is_of_the_catalogue(rows):
    names = {entry.partition(".")[2] for entry in CATALOGUE}
    said = {row[3].partition(" = ")[0] for row in heads(rows).values() if row[3] and " = " in row[3]}
    assert said
    assert said <= names


def test_what_is_told_further_is_on_the_sheet_and_each_record_once_in_an_entry(rows):
    known = heads(rows)
    assert {row[5] for row in rows if row[5] is not None} <= set(known)
    keys = []
    for row in rows:
        if row[6] is not None:
            keys = []
        if row[7] is not None:
            assert row[7] not in keys
            keys.append(row[7])


def test_every_record_has_its_cell_in_the_workbook(rows, pair_book, open_desk):
    """The link beside a record finds its key in the first column of a sheet of inputs."""
    desk = open_desk(pair_book)
    cells = {row[0].value for code in LINKED_SHEETS["records"] for row in desk.sheet(code).iter_rows(max_col=1)}
    assert {row[7] for row in rows if row[7] is not None} <= cells


def test_before_the_first_run_the_sheet_waits(pair_book, open_desk):
    desk = open_desk(pair_book)
    sheet = desk.sheet("explain")
    assert sheet["B5"].value == "Not run yet 尚未运行"
    assert all(sheet.row_dimensions[line].hidden for line in range(6, 5 + EXPLAINED.rows))


@pytest.mark.office
@pytest.mark.slow
def test_links_lead_from_a_clause_to_its_number_and_from_a_record_to_its_cell(
    pair_home, pair_book_once, pair_run, tmp_path, need_program
):
    """As LibreOffice calculates them."""
    patch = pytest.MonkeyPatch()
    patch.setattr("regmodel.params.folder._PACKAGE", pair_home)
    try:
        path = shutil.copy(pair_book_once, tmp_path / "pair.xlsx")
        assert load("pair").name == pair_run.scenario.name
        write_results(tmp_path / "pair.xlsx", pair_run)
    finally:
        patch.undo()
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [need_program("libreoffice"), "--headless", profile, "--convert-to", "xlsx", "--outdir"]
    command += [str(tmp_path / "out"), str(path)]
    subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=300, check=True)
    book = openpyxl.load_workbook(tmp_path / "out" / "pair.xlsx", data_only=True)
    clauses, explain = book["Clauses 条款结果"], book["Explain 解释"]
    linked = [(row[0], row[11]) for row in clauses.iter_rows(min_row=6, values_only=True) if row[0] and row[11]]
    assert len(linked) > 3
    for clause, link in linked:
        assert f" {clause}," in explain[link.rpartition("!")[2].replace("B", "F")].value
    records = [(row[0], row[8]) for row in explain.iter_rows(min_row=5, values_only=True) if row[8]]
    assert records
    for link, key in records:
        sheet, _, cell = link.removeprefix("→ ").partition("!")
        assert book[sheet][f"A{cell[1:]}"].value == key
    onward = [(row[6], row[9]) for row in explain.iter_rows(min_row=5, values_only=True) if row[6]]
    assert onward
    for number, link in onward:
        assert explain[link.rpartition("!")[2].replace("B", "H")].value == number
