"""Which of its scenarios a Run of a workbook runs: the cell that says so, and what it may say."""

from __future__ import annotations

from collections.abc import Sequence

from regmodel.scenario import Scenario
from regmodel.vocabulary.problems import Problems, did_you_mean
from regmodel.vocabulary.texts import Text
from regmodel.workbook.cells import Found
from regmodel.workbook.layout import word
from regmodel.workbook.package import column_letters
from regmodel.workbook.pen import Pen
from regmodel.workbook.side import COLUMNS, HEAD, SideLines
from regmodel.workbook.typed import short, shown

CELL_NAME = "rm_run_choice"
ALL = "all"
OWN_WORDS, ALL_WORDS = Text("this workbook", "本工作簿"), Text("all", "全部")
RESERVED = frozenset({ALL, OWN_WORDS.zh, ALL_WORDS.zh})
LINE, COLUMN, LISTS_AT = 3, 1, 38
_LABEL = Text("A Run runs", "“运行”所运行的情景")
_SAID = Text(
    "this workbook: its own scenario alone; all: that and every one below, side by side on the sheet Compare; or the "
    "name of one below.",
    "“本工作簿”：仅本工作簿的情景；“全部”：连同下列各情景，并列于“对比”表；或下列某一情景的名称。",
)
_CHOOSE = Text("Choose from the list.", "请从列表中选择。")


def write_choice(pen: Pen, asked: str | None, names: Sequence[str], lines: SideLines) -> None:
    """The yellow cell above the scenarios, with a list that follows their names; ``names`` stand there now."""
    words = _words(asked, pen)
    pen.put("side", LINE, 0, pen.lines(_LABEL), "strong")
    pen.put("side", LINE, COLUMN, words, "entry_choice")
    pen.put_across("side", LINE, COLUMN + 1, HEAD.columns[-1].at, pen.lines(_SAID), "text")
    letter = column_letters(LISTS_AT)
    for at, said in enumerate((OWN_WORDS, ALL_WORDS)):
        pen.put("lists", at, LISTS_AT, pen.short(said), "plain")
    for at, code in enumerate(COLUMNS):
        cell = f"{pen.quoted('side')}!${column_letters(HEAD.column(code).at)}${lines.fields['name'] + 1}"
        name = names[at] if at < len(names) else ""
        pen.sheets["lists"].write_formula(at + 2, LISTS_AT, f'=IF({cell}="","",{cell})', pen.styles["plain"], name)
    rule = {
        "validate": "list",
        "source": f"={pen.quoted('lists')}!${letter}$1:${letter}${2 + len(COLUMNS)}",
        "input_message": pen.lines(_CHOOSE),
        "error_message": pen.lines(_CHOOSE),
    }
    pen.sheets["side"].data_validation(LINE, COLUMN, LINE, COLUMN, rule)
    pen.book.define_name(CELL_NAME, f"={pen.quoted('side')}!${column_letters(COLUMN)}${LINE + 1}")


def _words(asked: str | None, pen: Pen) -> str:
    if asked in (None, ALL):
        return pen.short(OWN_WORDS if asked is None else ALL_WORDS)
    return str(asked)


def read_choice(found: Found, where: str, scenarios: Sequence[Scenario], problems: Problems) -> str | None:
    """What a Run is to run: None for the first scenario alone, ``all``, or the name of one; notes what is neither."""
    if found.blank:
        return None
    words = shown(found.value).strip() if found.value is not None else str(found.formula or found.error)
    if words.casefold() in _said(OWN_WORDS) or words == scenarios[0].name:
        return None
    if words.casefold() in _said(ALL_WORDS):
        return ALL
    return _known(words, where, scenarios, problems)


def _said(text: Text) -> set[str]:
    return {word(text, language).casefold() for language in ("en", "zh", "both")}


def chosen(asked: str | None, scenarios: Sequence[Scenario], where: str) -> list[Scenario]:
    """The scenarios that are asked for: the first, every one for ``all``, or that of a name; raises InputProblems.

    ``where`` is what asks: an option or a cell.
    """
    if asked is None:
        return [scenarios[0]]
    if asked == ALL:
        return list(scenarios)
    problems = Problems()
    _known(asked, where, scenarios, problems)
    problems.raise_if_any()
    return [one for one in scenarios if one.name == asked]


def _known(name: str, where: str, scenarios: Sequence[Scenario], problems: Problems) -> str | None:
    names = [one.name for one in scenarios]
    if name in names:
        return name
    said = [*names, ALL]
    problems.add(
        "W-51",
        where,
        f'"{short(name)}"',
        Text(f"a scenario of this workbook: {', '.join(said)}", f"本工作簿的情景：{'、'.join(said)}"),
        did_you_mean(name, said),
    )
    return None
