"""Reading a figure as it is printed. What cannot be read is said, never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from regmodel.vocabulary.texts import Text

_PLAIN = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_MYRIADS = {"万": 10.0**4, "亿": 10.0**8}
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，－＋％", "0123456789.,-+%")
GROUPED_FORMAT = "1,234.5"


@dataclass(frozen=True)
class Unreadable(Exception):
    """Why a printed figure is no number, and what to do about it."""

    expected: Text
    to_do: Text


def read_number(printed: str, printed_unit: str = "", number_format: str | None = None) -> float:
    """The number of a printed figure, in the printed unit; raises Unreadable.

    万 and 亿 after the number count when the unit has no power of ten of its own; thousands separators count when
    the publisher's ``number_format`` has them.
    """
    text = printed.strip()
    if text.translate(_FULL_WIDTH) != text:
        raise Unreadable(
            Text("a number in ordinary (half-width) digits", "半角数字"),
            Text(f'write "{text.translate(_FULL_WIDTH)}"', f"请写作“{text.translate(_FULL_WIDTH)}”"),
        )
    factor = 1.0
    if text and text[-1] in _MYRIADS:
        if "10^" in printed_unit:
            raise Unreadable(
                Text(
                    f'the power of ten in one place only; the unit "{printed_unit}" has one already',
                    f"数量级只能出现一次；单位“{printed_unit}”已含数量级",
                ),
                Text(
                    f'write "{text[:-1]}" or take the power of ten out of the unit',
                    f"请写作“{text[:-1]}”，或从单位中去掉数量级",
                ),
            )
        factor = _MYRIADS[text[-1]]
        text = text[:-1].strip()
    if _GROUPED.fullmatch(text):
        return factor * _ungrouped(text, number_format)
    if not _PLAIN.fullmatch(text):
        raise Unreadable(
            Text("a number such as 129 or 0.63", "一个数字，例如 129 或 0.63"),
            Text("type the figure as printed, without unit or words", "请按原文填写数字，不带单位和文字"),
        )
    return factor * float(text)


def _ungrouped(text: str, number_format: str | None) -> float:
    bare = text.replace(",", "")
    if number_format != GROUPED_FORMAT:
        raise Unreadable(
            Text(
                "a number without separators, as this source is not known to print them",
                "不带千位分隔符的数字（未注明该来源使用分隔符）",
            ),
            Text(
                f'write "{bare}", or add number_format = "{GROUPED_FORMAT}" to the source if it prints so',
                f'请写作“{bare}”；如原文确有分隔符，请在来源中加 number_format = "{GROUPED_FORMAT}"',
            ),
        )
    return float(bare)
