"""What a person typed into one open cell, judged: a value, or a problem with sheet, cell and remedy."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from regmodel.vocabulary.problems import Problems, did_you_mean
from regmodel.vocabulary.texts import Text
from regmodel.workbook.cells import Found
from regmodel.workbook.contents import unit_text
from regmodel.workbook.rows import Cell, Entry, read_switch, same_cell

FAR_FACTOR = 5.0
LONGEST_QUOTED = 100
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，－＋％　", "0123456789.,-+% ")
_NUMBER_WORDS = re.compile(r"(?<![A-Za-z_\d])[-+]?\d[\d, ]*(?:\.\d+)?(?![xX_\d])")
_A_NUMBER = Text("a number in the unit {unit}", "以“{unit}”为单位的数字")
_PLAIN_NUMBER = Text("a number", "数字")
_GENERAL = Text(
    "set the format of the cell to General and type {percent:.12g} if {percent:.12g} {unit} is meant.",
    "请将单元格格式设为“常规”；如为 {percent:.12g} {unit}，请填 {percent:.12g}。",
)
_BETWEEN = Text("between {low:g} and {high:g} {unit}", "{low:g} 至 {high:g} {unit}")
_LIKE = Text(
    "something like {base:g} {unit}; this is more than {factor:g} times away",
    "与 {base:g} {unit} 相近的数；该值相差 {factor:g} 倍以上",
)
_RATIO = unit_text("ratio")
_SHARE_OF = re.compile(r"(占.*) (%\S*)$")
_NUMBER_AND_UNIT = re.compile(r"(\{[^{}]+\}(?: 至 \{[^{}]+\})?) \{unit\}")
_KEEP = Text("type the number {number}", "请填写数字 {number}")
_TYPE = Text("type the number alone, without unit or words", "只填数字，不带单位和文字")


@dataclass(frozen=True)
class Place:
    """Where a cell stands and what it is about, for messages."""

    where: str
    what: Text
    unit: Text | None = None

    def in_unit(self, words: Text) -> Text:
        """The words with ``{unit}`` filled by the unit of the place, each language by its own.

        Chinese says before the number what a per cent is of; a bare ratio has no unit to say.
        """
        if self.unit is None or self.unit == _RATIO:
            return Text(words.en.replace(" {unit}", ""), words.zh.replace(" {unit}", ""))
        chinese, share = words.zh, _SHARE_OF.match(self.unit.zh)
        if share is not None:
            chinese = _NUMBER_AND_UNIT.sub(lambda found: f"{share[1]} {found[1]} {share[2]}", chinese)
        return Text(words.en.replace("{unit}", self.unit.en), chinese.replace("{unit}", self.unit.zh))


@dataclass(frozen=True)
class Judged:
    """The value of a cell; ``usable`` is False where a problem was noted."""

    value: Cell
    usable: bool = True


_BAD = Judged(None, usable=False)


def judge(
    found: Found, entry: Entry, base: Cell, place: Place, problems: Problems, *, explained: bool, calculated: bool
) -> Judged:
    """The value of an open cell, or a problem noted.

    ``base`` is what the workbook was written with, ``explained`` whether the row gives a reason, ``calculated``
    whether a spreadsheet program has saved the file.
    """
    if not _formula_is_sound(found, place, problems, calculated=calculated):
        return _BAD
    if found.blank:
        if entry.may_be_blank or base is None:
            return Judged(None)
        problems.add(
            "W-36",
            place.where,
            Text("an empty cell", "空单元格"),
            Text("an entry; it was {base}", "须填写；原为 {base}").fill(base=shown(base)),
            Text("type {base} again, or another value.", "请填回 {base} 或其他取值。").fill(base=shown(base)),
            place.what,
        )
        return _BAD
    if entry.kind == "number":
        return _judge_number(found, entry, base, place, problems, explained=explained)
    if entry.kind == "switch":
        return _judge_switch(found, place, problems)
    if entry.kind == "choice":
        return _judge_choice(found, entry, place, problems)
    value = found.value
    return Judged(shown(value) if isinstance(value, float) else str(value).strip())


def shown(cell: Cell) -> str:
    """A value as a message shows it."""
    if isinstance(cell, bool):
        return str(cell).upper()
    return f"{cell:.15g}" if isinstance(cell, float) else str(cell)


def short(words: str) -> str:
    """Words from a cell as a message quotes them: no more than a line."""
    return words if len(words) <= LONGEST_QUOTED else words[: LONGEST_QUOTED - 1] + "…"


def _formula_is_sound(found: Found, place: Place, problems: Problems, *, calculated: bool) -> bool:
    if found.error is not None:
        problems.add(
            "W-34",
            place.where,
            found.error,
            Text("a value", "一个取值"),
            Text("mend the formula, or type the value itself.", "请修正公式，或直接填写取值。"),
            place.what,
        )
        return False
    if found.formula is None:
        return True
    if "[" in found.formula:
        problems.add(
            "W-43",
            place.where,
            f"={short(found.formula)}",
            Text("a value that stands in this workbook", "本工作簿内的取值"),
            Text("type the value itself in place of the link to another file.", "请以取值代替指向其他文件的链接。"),
            place.what,
        )
        return False
    if found.value is None or not calculated:
        problems.add(
            "W-35",
            place.where,
            Text("a formula that was never calculated", "尚未计算的公式"),
            Text("a value, or a formula with its result", "取值，或已有结果的公式"),
            Text(
                "open the workbook in Excel, WPS or LibreOffice and save it, or type the value itself.",
                "请用 Excel、WPS 或 LibreOffice 打开并保存，或直接填写取值。",
            ),
            place.what,
        )
        return False
    return True


def _judge_number(
    found: Found, entry: Entry, base: Cell, place: Place, problems: Problems, *, explained: bool
) -> Judged:
    value = found.value
    expected = _PLAIN_NUMBER if place.unit in (None, _RATIO) else place.in_unit(_A_NUMBER)
    if isinstance(value, bool):
        problems.add("W-42", place.where, shown(value), expected, _TYPE, place.what)
        return _BAD
    if found.date:
        problems.add(
            "W-41",
            place.where,
            Text("a date", "日期"),
            expected,
            Text(
                "set the format of the cell to General and type the number again.",
                "请将单元格格式设为“常规”，再重新填写数字。",
            ),
            place.what,
        )
        return _BAD
    if isinstance(value, str):
        return _text_for_number(value, expected, place, problems)
    assert value is not None
    if found.percent and not entry.share:
        problems.add(
            "W-32",
            place.where,
            Text("{value:.15g} shown as {percent:.12g} %", "存为 {value:.15g}，显示为 {percent:.12g}%").fill(
                value=value, percent=value * 100
            ),
            expected,
            place.in_unit(_GENERAL).fill(percent=value * 100),
            place.what,
        )
        return _BAD
    if not same_cell(value, base) and not _within(value, entry, base, place, problems, explained=explained):
        return _BAD
    return Judged(value)


def _text_for_number(words: str, expected: Text, place: Place, problems: Problems) -> Judged:
    plain = words[:LONGEST_QUOTED].translate(_FULL_WIDTH).strip()
    match = _NUMBER_WORDS.search(plain)
    number = match.group().replace(",", "").replace(" ", "") if match else None
    remedy = _TYPE if number is None else _KEEP.fill(number=number)
    if plain != words[:LONGEST_QUOTED].strip():
        found = Text('"{words}" in full-width digits', "全角数字“{words}”").fill(words=short(words))
        problems.add("W-31", place.where, found, expected, remedy, place.what)
    else:
        found = Text('the text "{words}"', "文字“{words}”").fill(words=short(words))
        problems.add("W-30", place.where, found, expected, remedy, place.what)
    return _BAD


def _within(value: float, entry: Entry, base: Cell, place: Place, problems: Problems, *, explained: bool) -> bool:
    """Whether a changed number may stand; beyond its range only with a reason, beyond a firm limit never."""
    low, high = entry.low, entry.high
    if low is not None and high is not None:
        if low <= value <= high:
            return True
        expected = place.in_unit(_BETWEEN).fill(low=low, high=high)
    elif isinstance(base, float) and base != 0:
        if 1 / FAR_FACTOR <= value / base <= FAR_FACTOR:
            return True
        low, high = sorted((base / FAR_FACTOR, base * FAR_FACTOR))
        expected = place.in_unit(_LIKE).fill(base=base, factor=FAR_FACTOR)
    else:
        return True
    severity: Literal["error", "warning"] = "warning" if explained and not entry.firm else "error"
    remedy = _range_remedy(value, low, high, firm=entry.firm)
    if severity == "warning":
        remedy = Text("it is used, with your reason beside it.", "已采用，并附上您的理由。")
    problems.add("W-33", place.where, shown(value), expected, remedy, place.what, severity)
    return severity == "warning"


def _range_remedy(value: float, low: float, high: float, *, firm: bool) -> Text:
    meant = next((value * factor for factor in (0.1, 0.01, 10.0, 100.0) if low <= value * factor <= high), None)
    if firm:
        return Text("type a number between {low:g} and {high:g}.", "请填 {low:g} 至 {high:g} 之间的数。").fill(
            low=low, high=high
        )
    if meant is None:
        return Text(
            "if {value:g} is meant, write why under your reason in this row; it will be marked.",
            "如确为 {value:g}，请在本行“您的理由”栏注明；结果中将予标注。",
        ).fill(value=value)
    return Text(
        "if you meant {meant:g}, type {meant:g}. If {value:g} is meant, write why under your reason in this row; "
        "it will be marked.",
        "如为 {meant:g}，请填 {meant:g}；如确为 {value:g}，请在本行“您的理由”栏注明，结果中将予标注。",
    ).fill(meant=meant, value=value)


def _judge_switch(found: Found, place: Place, problems: Problems) -> Judged:
    on = read_switch(found.value)
    if on is None:
        problems.add(
            "W-38",
            place.where,
            f'"{short(shown(found.value))}"',
            Text("yes or no", "是或否"),
            Text("choose from the list in the cell.", "请从单元格列表中选择。"),
            place.what,
        )
        return _BAD
    return Judged(on)


def _judge_choice(found: Found, entry: Entry, place: Place, problems: Problems) -> Judged:
    words = shown(found.value).strip()
    if words in entry.choices:
        return Judged(words)
    problems.add(
        "W-39",
        place.where,
        f'"{short(words)}"',
        Text("one of {choices}", "下列之一：{zh}").fill(choices=", ".join(entry.choices), zh="、".join(entry.choices)),
        did_you_mean(words, entry.choices),
        place.what,
    )
    return _BAD
