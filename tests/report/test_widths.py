"""Columns on paper are as wide as what no line may break, and a rare remark has room."""

from __future__ import annotations

import pytest

from regmodel.report.content import Column, Row, Table, Words
from regmodel.report.widths import column_shares
from regmodel.report.word_parts import Anchors, runs

ROOM = 120.0


def letters(columns, rows):
    """The width of each column in Latin letters."""
    table = Table("t", ("t",), tuple(Column(name) for name in columns), tuple(Row(row) for row in rows))
    return [share * ROOM for share in column_shares(table, ROOM)]


@pytest.mark.parametrize(("badge", "width"), [("scenario", 8), ("您的设定", 4 * 1.9)])
def test_a_badge_is_not_wider_than_its_column(badge, width):
    """Four Chinese characters in a frame are not broken: the frame would stand over the next column."""
    row = (("word " * 20,), ("D", " ", Words(badge, "assumed")), ("word " * 20,))
    assert letters(["what", "D", "why"], [row])[1] >= width + 2


def test_the_word_of_a_status_is_not_broken():
    """The mark may stand on a line of its own; 基年已达到, five characters, may not be torn."""
    row = (("文字" * 40,), (Words("◉ 基年已达到", "status"),), ("文字" * 40,))
    assert letters(["甲", "乙", "丙"], [row])[1] >= 5 * 1.9


def test_one_remark_among_empty_cells_has_room():
    """Twenty characters in three lines are seven a line, thirteen Latin letters; without it two would stand in each."""
    rows = [(("条款：城镇常住人口增长",), ("呼包鄂乌",), ("–",)) for _ in range(19)]
    rows.append((("条款：城镇常住人口增长",), ("内蒙古",), ("不唯一：一侧已无可行方案，更高的价格同样成立",)))
    assert letters(["约束", "地区", "说明"], rows)[2] >= 13


def test_a_letter_stands_on_a_light_ground_in_word():
    """A frame in the colour of the text, close around the letter, prints as a black box."""
    said = runs((Words("A", "letter"),), Anchors(set()))
    assert "w:bdr" not in said
    assert 'w:fill="DDE3E9"' in said
