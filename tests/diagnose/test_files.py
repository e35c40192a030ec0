"""Files of linear models are read to the last digit, alike with HiGHS where it can read them, and never by guessing."""

from __future__ import annotations

import random
from math import inf

import highspy
import numpy as np
import pytest

from regmodel.diagnosis.diagnose import read_model
from regmodel.vocabulary.problems import InputProblems

ENDS = [(0, inf), (0, 7), (-inf, inf), (2, 3), (-inf, 4), (-5, 5), (5, 3), (1, 1)]
COEFFICIENTS = [0, 0, 1, -1, 2.5, -3e-5, 1e6]


def read(tmp_path, text, name="model.lp", encoding="utf-8"):
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return read_model(path)


def as_sets(model):
    """Rows, columns and coefficients by name."""
    cells = {
        (model.rows[row], model.columns[int(model.column[entry])]): float(model.matrix[entry])
        for row in range(len(model.rows))
        for entry in range(int(model.row_start[row]), int(model.row_start[row + 1]))
    }
    rows = {name: ends for name, *ends in zip(model.rows, model.low.tolist(), model.high.tolist(), strict=True)}
    bounds = zip(model.columns, model.column_low.tolist(), model.column_high.tolist(), strict=True)
    return cells, rows, {name: ends for name, *ends in bounds}


def invented(chance):
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    lp = highspy.HighsLp()
    lp.num_row_, lp.num_col_ = chance.randint(1, 8), chance.randint(1, 8)
    ends = []
    for _ in range(lp.num_row_):
        low, width = round(chance.uniform(-9, 9), chance.randint(0, 3)), round(chance.uniform(0, 9), 2)
        ends.append(chance.choice([(low, inf), (-inf, low), (low, low), (low, low + width)]))
    columns = [chance.choice(ENDS) for _ in range(lp.num_col_)]
    lp.col_cost_ = np.ones(lp.num_col_)
    lp.col_lower_, lp.col_upper_ = (np.array(side, dtype=float) for side in zip(*columns, strict=True))
    lp.row_lower_, lp.row_upper_ = (np.array(side, dtype=float) for side in zip(*ends, strict=True))
    starts, index, values = [0], [], []
    for _ in range(lp.num_row_):
        for column in range(lp.num_col_):
            value = chance.choice([*COEFFICIENTS, chance.uniform(-9, 9)])
            if value:
                index.append(column)
                values.append(value)
        starts.append(len(index))
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.array(starts, dtype=np.int32)
    lp.a_matrix_.index_ = np.array(index, dtype=np.int32)
    lp.a_matrix_.value_ = np.array(values, dtype=float)
    lp.row_names_ = [f"use_{row}" for row in range(lp.num_row_)]
    lp.col_names_ = [f"x[{column},2025]" for column in range(lp.num_col_)]
    highs.passModel(lp)
    return highs


@pytest.mark.parametrize("ending", ["lp", "mps"])
def test_what_highs_writes_is_read_as_highs_reads_it(tmp_path, ending):
    chance = random.Random(4)
    for _ in range(60):
        path = tmp_path / f"model.{ending}"
        invented(chance).writeModel(str(path))
        highs = highspy.Highs()
        highs.setOptionValue("output_flag", False)
        highs.readModel(str(path))
        lp = highs.getLp()
        starts = list(lp.a_matrix_.start_)
        cells = {
            (lp.row_names_[lp.a_matrix_.index_[entry]], lp.col_names_[column]): lp.a_matrix_.value_[entry]
            for column in range(lp.num_col_)
            for entry in range(starts[column], starts[column + 1])
        }
        rows = dict(zip(lp.row_names_, map(list, zip(lp.row_lower_, lp.row_upper_, strict=True)), strict=True))
        columns = dict(zip(lp.col_names_, map(list, zip(lp.col_lower_, lp.col_upper_, strict=True)), strict=True))
        assert as_sets(read_model(path)) == (cells, rows, columns)


def test_rows_in_the_lp_format_may_stand_in_many_ways(tmp_path):
    model = read(
        tmp_path,
        """\\ a comment
Maximize profit: 3x + 2 y + 7
Subject To
 a: -2 <= x + 3 y <= 8
 b: 8 >= x - - y
 c: x + x - 0.5 y
    + 2 * z = .5e1
 x + z => 1
 d: <= 5
 st: 3 <= y
Bounds
 x free
 -inf <= y <= 4
 5 <= z <= 3
 w = 2
 v >= -1
 v <= +infinity
End
""",
    )
    cells, rows, columns = as_sets(model)
    assert rows == {
        "a": [-2, 8],
        "b": [-inf, 8],
        "c": [5, 5],
        "row#4": [1, inf],
        "d": [-inf, 5],
        "st": [3, inf],
    }
    assert cells == {
        ("a", "x"): 1,
        ("a", "y"): 3,
        ("b", "x"): 1,
        ("b", "y"): 1,
        ("c", "x"): 2,
        ("c", "y"): -0.5,
        ("c", "z"): 2,
        ("row#4", "x"): 1,
        ("row#4", "z"): 1,
        ("st", "y"): 1,
    }
    assert columns == {"x": [-inf, inf], "y": [-inf, 4], "z": [5, 3], "w": [2, 2], "v": [-1, inf]}
    assert [note.en for note in model.notes] == ["in the bounds and in no row: w, v"]


def test_a_second_row_of_a_name_gets_a_name_of_its_own_and_a_note(tmp_path):
    model = read(tmp_path, "min\n x\nst\n a: x >= 1\n a: x <= 0\nend\n")
    assert model.rows == ("a", "a#2")
    assert [note.en for note in model.notes] == ['a second row "a" is called "a#2" here']


MPS = """NAME old
ROWS
 N COST
 N SPARE
 L A
 G B
 E C
 E D
 G FREE
COLUMNS
 X COST 1 A 2
 X SPARE 1 B 1.5D+01
 Y A 1 C -1
 Z D 4
RHS
 SIDES A 8 B 2
 SIDES COST -9
 C 3
 D 1
 FREE -1e30
RANGES
 RNG A 10 B 4
 RNG C 2 D -2
BOUNDS
 UP BND X 4
 MI BND Y
 FX Z 3
ENDATA
"""


def test_ranges_bounds_and_sides_of_the_mps_format(tmp_path):
    cells, rows, columns = as_sets(read(tmp_path, MPS, "model.MPS"))
    assert rows == {"A": [-2, 8], "B": [2, 6], "C": [3, 5], "D": [-1, 1], "FREE": [-inf, inf]}
    assert cells == {("A", "X"): 2, ("B", "X"): 15, ("A", "Y"): 1, ("C", "Y"): -1, ("D", "Z"): 4}
    assert columns == {"X": [0, 4], "Y": [-inf, inf], "Z": [3, 3]}


def test_names_with_blanks_are_read_in_the_fixed_columns(tmp_path):
    text = (
        "NAME          BLANKS\nROWS\n N  COST\n L  A ROW\n G  B\nCOLUMNS\n"
        "    X ONE     A ROW              2.0   B                  1.0\n"
        "RHS\n    SIDE      A ROW              4.0   B                  5.0\n"
        "BOUNDS\n UP BND       X ONE              9.0\nENDATA\n"
    )
    cells, rows, columns = as_sets(read(tmp_path, text, "model.mps"))
    assert rows == {"A ROW": [-inf, 4], "B": [5, inf]}
    assert cells == {("A ROW", "X ONE"): 2, ("B", "X ONE"): 1}
    assert columns == {"X ONE": [0, 9]}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_names_in_chinese_are_read_in_either_encoding(tmp_path, encoding):
    model = read(tmp_path, "min\n 水\nst\n 总量: 水 >= 1\nend\n", encoding=encoding)
    assert (model.rows, model.columns) == (("总量",), ("水",))


@pytest.mark.parametrize(
    ("line", "part"),
    [
        (" X COST 1 A 2,5", '"2,5"'),
        (" X COST 1 A nan", '"nan"'),
        (" X COST 1 A 1e400", '"1e400"'),
        (" X COST 1 A 0x10", '"0x10"'),
    ],
)
def test_half_a_number_is_never_read(tmp_path, line, part):
    """HiGHS reads 2, nothing, infinity and 0 here, without a word."""
    with pytest.raises(InputProblems) as met:
        read(tmp_path, MPS.replace(" X COST 1 A 2", line), "model.mps")
    assert [problem.code for problem in met.value.problems] == ["D-03"]
    assert part in str(met.value)


@pytest.mark.parametrize(
    "row", ["2,5 x >= 1", "1.2.3 x >= 1", "3 x y >= 1", "nan x >= 1", "x + 3 >= 1", "x >= y", "x >= 1 <= 2", "x 1 >= 2"]
)
def test_rows_that_could_mean_several_things_are_refused(tmp_path, row):
    with pytest.raises(InputProblems) as met:
        read(tmp_path, f"min\n x\nst\n a: {row}\n b: x <= 1\nend\n")
    assert {problem.code for problem in met.value.problems} == {"D-03"}
    assert {problem.where for problem in met.value.problems} == {"model.lp   line 4"}


TWO_RELATIONS = ["3 >= x <= 5", "3 <= x >= 5", "1 = x <= 5", "1 <= x = 5", "1 = x = 1", "4 => x =< 9"]


@pytest.mark.parametrize("words", TWO_RELATIONS)
@pytest.mark.parametrize("place", ["row", "bound"])
def test_two_relations_that_do_not_run_the_same_way_are_refused(tmp_path, words, place):
    row, bound = (f" c1: {words}\n", "") if place == "row" else (" c1: x >= 1\n", f"bounds\n {words}\n")
    with pytest.raises(InputProblems) as met:
        read(tmp_path, f"min\n x\nst\n{row}{bound}end\n")
    assert [problem.code for problem in met.value.problems] == ["D-03"]
    assert next(iter(met.value.problems)).where == f"model.lp   line {4 if place == 'row' else 6}"
    assert next(iter(met.value.problems)).expected.en == "<= on both sides, or >= on both"


def test_two_relations_that_run_the_same_way_are_both_kept(tmp_path):
    model = read(tmp_path, "min\n x\nst\n a: 5 >= x >= 3\n b: 1 < x =< 4\nbounds\n 9 >= x => 4\nend\n")
    _, rows, columns = as_sets(model)
    assert (rows, columns) == ({"a": [3, 5], "b": [1, 4]}, {"x": [4, 9]})


def test_all_problems_of_a_file_come_at_once(tmp_path):
    text = "min\n x\nst\n a: 2,5 x >= 1\n b: x >= y\n c: x <= 1\nend\n"
    with pytest.raises(InputProblems) as met:
        read(tmp_path, text)
    assert [problem.where for problem in met.value.problems] == ["model.lp   line 4", "model.lp   line 5"]
