"""The Run button from the open workbook through a real child process and back, once; what it left behind."""

import pytest

from regmodel.workbook.live import open_book
from regmodel.workbook.package import Area
from regmodel.workbook.run_blocks import BLOCK_CODES

pytestmark = pytest.mark.slow
RUN_CODES = tuple(code for code in BLOCK_CODES if not code.startswith("compare_"))


def test_the_verdict_stands_in_the_open_workbook(real_run):
    assert real_run.desk.block("verdict")[0][1] == "✓ Feasible 可行"


@pytest.mark.parametrize("code", RUN_CODES)
def test_each_block_holds_what_the_run_said(real_run, code):
    """Cell by cell: numbers as numbers, words as the same words, nothing where nothing is."""
    expected = [[None if cell == "" else cell for cell in row] for row in real_run.answer["blocks"][code]["rows"]]
    found = real_run.desk.block(code)
    assert found[: len(expected)] == expected
    assert all(cell is None for row in found[len(expected) :] for cell in row)


def test_a_run_of_one_scenario_leaves_the_sheet_of_the_comparison_alone(real_run):
    assert set(real_run.answer["blocks"]) == set(RUN_CODES)
    assert real_run.desk.block("compare_outcomes")[0][0] == "Not compared yet 尚未对比"


def test_each_block_is_one_write(real_run):
    """As many range writes as blocks, whatever the number of cells."""
    assert len(real_run.desk.book.impl.writes) == len(RUN_CODES)


def test_twenty_thousand_cells_are_one_write(real_run):
    desk = open_book.OpenBook(real_run.desk.book)
    real_run.desk.book.sheets.add("Large")
    before = len(real_run.desk.book.impl.writes)
    desk.fill(Area("Large", 0, 0, 999, 19), [[float(row * column) for column in range(20)] for row in range(1000)])
    assert real_run.desk.book.impl.writes[before:] == [("Large", "A1:T1000", 20_000)]
    assert real_run.desk.book.sheets["Large"]["T1000"].value == 999.0 * 19


def test_words_that_look_like_a_formula_go_back_as_words(real_run):
    """What a person typed as a reason stands among the changes and on the checks, still as words."""
    shown = [cell for row in real_run.desk.block("changes") for cell in row if isinstance(cell, str)]
    assert real_run.typed_words in shown
    sheet = real_run.desk.sheet("results").impl.made
    formulas = {cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"}
    assert real_run.typed_words not in formulas


def test_the_status_bar_moves_and_is_excels_own_at_the_end(real_run):
    bar = real_run.desk.bar
    assert bar[0].startswith("regmodel: starting … 0 s of at most 1800 s")
    assert any("reading the workbook" in words for words in bar[:-1])
    assert any("writing the results" in words for words in bar[:-1])
    assert bar[-1] is False
    assert len({words.partition("…")[0] for words in bar[:-1]}) >= 4


def test_excel_neither_redraws_nor_recalculates_while_results_are_written(real_run):
    story = [step for step in real_run.desk.app.story if step[0] in ("screen_updating", "calculation")]
    assert story == [
        ("screen_updating", False),
        ("calculation", "manual"),
        ("calculation", "automatic"),
        ("screen_updating", True),
    ]


def test_the_results_come_to_the_front(real_run):
    assert real_run.desk.book.sheets.active.name == "Results 结果"


def test_rows_without_content_are_folded_and_the_others_are_as_tall_as_their_words(real_run):
    place = real_run.desk.book.names["rm_block_changes"].refers_to_range
    looks = real_run.answer["blocks"]["changes"]["looks"]
    assert [place.rows[at].rows.hidden for at in range(len(looks))] == [bool(hidden) for _, hidden in looks]
    assert place.rows[0].row_height == looks[0][0]


def test_the_run_folder_is_kept_and_nothing_else_is_left(real_run):
    home = real_run.desk.home
    folder = home / "runs" / real_run.answer["folders"][0]
    assert {"verdict.json", "report.html", "manifest.json"} <= {path.name for path in folder.iterdir()}
    assert sorted(path.name for path in home.iterdir()) == ["log.txt", "pid.txt", "runs"]
    assert real_run.desk.child_is_gone()


def test_a_users_own_sheet_table_and_formula_survive(real_run):
    """Read by xlwings' own converter as a pandas frame."""
    import pandas as pd

    table = real_run.own.tables["mine"].range.options(pd.DataFrame, index=False).value
    assert table.columns.tolist() == ["year", "mine"]
    assert table["year"].tolist() == [2025.0, 2030.0]
    assert table["mine"].isna().tolist() == [False, True]
    assert real_run.own["E1"].formula == "=SUM(A2:A3)"


def test_the_results_are_a_frame_for_whoever_reads_them_with_xlwings(real_run):
    import pandas as pd

    place = real_run.desk.book.names["rm_block_data"].refers_to_range
    frame = place.offset(-1).resize(place.shape[0] + 1).options(pd.DataFrame, index=False).value
    assert len(frame) == place.shape[0]
    assert frame.iloc[:, 5:].dtypes.unique().tolist() == [float]
