"""Colours, fonts and cell formats of the workbook: one page decides how everything looks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regmodel.workbook.layout import BookLanguage, Role

if TYPE_CHECKING:
    from xlsxwriter import Workbook

INK = "#1F2933"
QUIET = "#6B7780"
FAINT = "#B8C1C8"
INHERITED = "#8C969E"
DEEP = "#17475A"
BAND = "#E3EEF2"
RULE = "#C9D3D9"
ENTRY_FILL = "#FFF8DC"
ENTRY_INK = "#1747B5"
RESULT_FILL = "#F3F5F7"
GOOD_FILL, GOOD_INK = "#DDF1E1", "#13592B"
BAD_FILL, BAD_INK = "#FBE0DC", "#8E1B10"
HEAT_LOW, HEAT_HIGH = "#FFF3D6", "#EE9A4D"
OPEN_FILL, OPEN_INK = "#FCEFD0", "#7A4B00"
ASSUMED_INK = "#A34A00"

TAB_COLOURS: dict[Role, str] = {
    "front": DEEP,
    "assumptions": "#D9A400",
    "choices": "#2F6FD0",
    "results": "#2E8B57",
    "control": QUIET,
    "hidden": FAINT,
}
SERIES = (
    "#17475A", "#D9822B", "#2E8B57", "#8C4A9E", "#C23B22", "#3E7CB1", "#A7A13A", "#6C757D", "#E0A800", "#5FB3A3",
    "#B56576", "#4A5899", "#9C6B3F", "#7FA650",
)  # fmt: skip


def font_of(language: BookLanguage) -> str:
    """The font of a workbook: one that both Windows Excel and WPS have."""
    return "Arial" if language == "en" else "Microsoft YaHei"


class Styles:
    """The formats of one workbook, made once each and found by name."""

    def __init__(self, book: Workbook, language: BookLanguage) -> None:
        self._book = book
        self._font = font_of(language)
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._made:
            wanted = {"font_name": self._font, "font_size": 10, "font_color": INK, "valign": "top", **_FORMATS[name]}
            self._made[name] = self._book.add_format(wanted)
        return self._made[name]


_GRID = {"border": 1, "border_color": RULE}
_ENTRY = {**_GRID, "bg_color": ENTRY_FILL, "font_color": ENTRY_INK, "locked": False}
_RESULT = {"bg_color": RESULT_FILL, **_GRID}

_FORMATS: dict[str, dict[str, Any]] = {
    "plain": {},
    "title": {"bold": True, "font_size": 18, "font_color": DEEP, "valign": "vcenter"},
    "subtitle": {"font_size": 10, "font_color": QUIET},
    "section": {"bold": True, "font_size": 13, "font_color": DEEP, "bottom": 2, "bottom_color": DEEP},
    "intro": {"font_color": QUIET, "italic": False},
    "prose": {"text_wrap": True, "font_size": 11},
    "step": {"bold": True, "font_size": 12, "font_color": DEEP, "align": "right", "indent": 1},
    "mark": {"font_size": 7, "font_color": FAINT},
    "header": {
        "bold": True, "font_color": "#FFFFFF", "bg_color": DEEP, "text_wrap": True, "valign": "vcenter", **_GRID,
    },
    "text": {"text_wrap": True, **_GRID},
    "strong": {"text_wrap": True, "bold": True, **_GRID},
    "quiet": {"text_wrap": True, "font_size": 8, "font_color": QUIET, **_GRID},
    "key": {"text_wrap": True, "font_size": 8, "font_color": QUIET, **_GRID},
    "number": {"num_format": "General", "align": "right", "indent": 1, **_GRID},
    "centre": {"align": "center", **_GRID},
    "assumed": {"align": "center", "font_color": ASSUMED_INK, "bold": True, **_GRID},
    "entry_number": {**_ENTRY, "num_format": "General", "align": "right", "indent": 1},
    "entry_text": {**_ENTRY, "text_wrap": True},
    "entry_words": {**_ENTRY, "text_wrap": True, "num_format": "@"},
    "entry_sample": {**_ENTRY, "locked": True},
    "inherited": {**_GRID, "font_color": INHERITED, "align": "right"},
    "inherited_entry": {**_ENTRY, "font_color": INHERITED, "text_wrap": True, "align": "right"},
    "own": {"font_color": "#000000", "bold": True},
    "entry_choice": {**_ENTRY, "text_wrap": True, "align": "left"},
    "result": {**_RESULT, "text_wrap": True},
    "result_strong": {**_RESULT, "text_wrap": True, "bold": True},
    "result_quiet": {**_RESULT, "text_wrap": True, "font_size": 8, "font_color": QUIET},
    "result_number": {**_RESULT, "num_format": "#,##0.00;[Red]-#,##0.00", "align": "right", "indent": 1},
    "result_fine": {**_RESULT, "num_format": "#,##0.000;[Red]-#,##0.000", "align": "right", "indent": 1},
    "result_general": {**_RESULT, "num_format": "General", "align": "right", "indent": 1},
    "result_line": {**_RESULT, "font_size": 8},
    "result_small": {**_RESULT, "num_format": "#,##0.00;[Red]-#,##0.00", "align": "right", "indent": 1, "font_size": 8},
    "result_year": {**_RESULT, "num_format": "0", "align": "center"},
    "verdict": {
        **_RESULT, "bold": True, "font_size": 20, "align": "left", "valign": "vcenter", "indent": 1,
    },
    "sentence": {**_RESULT, "text_wrap": True, "font_size": 11},
    "state": {**_RESULT, "text_wrap": True, "bold": True, "font_size": 11},
    "heat": {**_RESULT, "num_format": "0", "align": "center"},
    "head_row": {"bold": True, "bg_color": BAND},
    "jump_head": {"bold": True, "font_color": DEEP, "bottom": 1, "bottom_color": DEEP, "valign": "bottom"},
    "jump": {"font_color": "#1747B5", "underline": 1},
    "link": {"font_color": "#1747B5", "underline": 1, **_GRID},
    "region_number": {"num_format": "#,##0.0", "align": "right", "indent": 1, "font_size": 8, **_GRID},
    "white": {"font_color": "#FFFFFF"},
    "good": {"bg_color": GOOD_FILL, "font_color": GOOD_INK},
    "bad": {"bg_color": BAD_FILL, "font_color": BAD_INK},
    "open": {"bg_color": OPEN_FILL, "font_color": OPEN_INK},
    "dim": {"font_color": QUIET},
    "heavy": {"bold": True, "font_color": ASSUMED_INK},
}  # fmt: skip


def size_of(style: str) -> float:
    """Font size of a style in points."""
    return float(_FORMATS[style].get("font_size", 10))


def wraps(style: str) -> bool:
    """Whether a style breaks long words into lines."""
    return bool(_FORMATS[style].get("text_wrap"))
