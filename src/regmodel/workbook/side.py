"""Several scenarios side by side: each column inherits from the scenario of the workbook and sets only what differs.

An inherited value is a formula and grey; what somebody types over it is an override and black.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from regmodel.report.comparison import assumption_label
from regmodel.runs.differing import differing, held, unit_of
from regmodel.scenario import Scenario, Value
from regmodel.vocabulary.texts import Text
from regmodel.workbook.columns import LAYERS, Column, layer_fields, said_columns
from regmodel.workbook.contents import unit_text
from regmodel.workbook.form import IN_ORDER
from regmodel.workbook.layout import BookLanguage, Table, word
from regmodel.workbook.rows import Cell, Row, switch_word
from regmodel.workbook.said import Said, said_of

MOST = 6
ROWS = 30
SETTINGS_WATCHED = 100  # lines of settings whose changes since a run are noticed
FIRST_AT = 4
COLUMNS = tuple(f"s{number}" for number in range(1, MOST + 1))
LAYER_ROWS = layer_fields(LAYERS)
HEAD_FIELDS = ("name", "title_en", "title_zh", *LAYER_ROWS, IN_ORDER)
SHIPPED_WITH = ("dry_years", "water_saving")
_SIDE_COLUMNS = tuple(
    Column(code, Text(f"scenario {at}", f"情景 {at}"), FIRST_AT + at - 1, "any", True)
    for at, code in enumerate(COLUMNS, start=1)
)
HEAD = Table(
    "side.head",
    "side",
    Text("Scenarios side by side", "并列情景"),
    Text(
        "Each column is a scenario on top of the one of this workbook. Give it a name; layers come before what is "
        "set below.",
        "每列为在本工作簿情景之上的一个情景。请命名；叠加层先于下表的设定。",
    ),
    (Column("key", Text("field", "字段"), 0), Column("label", Text("meaning", "含义"), 1), *_SIDE_COLUMNS),
)
SETTINGS = Table(
    "side.settings",
    "side",
    Text("What they set", "各情景的设定"),
    Text(
        "Choose a key; grey: inherited from this workbook or from a layer; type over it to set it: black. Clear a cell "
        "to inherit again.",
        "选择键名；灰色为继承自本工作簿或叠加层的取值；直接改写即为本情景的设定（黑色）；清空单元格则恢复继承。",
    ),
    (
        Column("key", Text("key", "键名"), 0, "text", True),
        Column("name", Text("what it is", "内容"), 1),
        Column("unit", Text("unit", "单位"), 2),
        Column("main", Text("in this workbook", "本工作簿取值"), 3),
        *_SIDE_COLUMNS,
        *said_columns(FIRST_AT + MOST),
    ),
    ROWS,
)
WIDTHS = (40, 34, 12, 13, *([13] * MOST), 20, 14, 16, 26)
LABELS = {
    "name": Text("short name (letters, digits, _ and -)", "简称（文字、数字、_ 和 -）"),
    "title_en": Text("title in English", "英文标题"),
    "title_zh": Text("title in Chinese", "中文标题"),
    **{field: Text("layer on top of this workbook (may be blank)", "叠加层（可空）") for field in LAYER_ROWS},
    IN_ORDER: Text("the later layer wins", "以后叠加者为准"),
}


@dataclass(frozen=True)
class SideRow:
    """One line of settings: a key, what is said about it, and the cells that set it, by column code."""

    key: str
    said: Said
    cells: Mapping[str, Cell]


@dataclass(frozen=True)
class SideLines:
    """Where the two tables stand: their first lines, how many lines of settings there are, the line of each field."""

    head: int
    settings: int
    count: int

    @property
    def fields(self) -> dict[str, int]:
        """The line of each field of the head."""
        return {field: self.head + at for at, field in enumerate(HEAD_FIELDS)}


@dataclass(frozen=True)
class SideColumn:
    """The head of one scenario, by field."""

    fields: Mapping[str, Cell]


def shipped_side(
    main: Scenario, known: Sequence[Scenario], language: BookLanguage
) -> tuple[list[SideColumn], list[SideRow]]:
    """What a fresh workbook shows: the scenario with a layer of dry years, and one with water saving."""
    columns: list[SideColumn] = []
    keys: dict[str, None] = {}
    inherited = {main.name, main.parent, *main.layers}
    for layer in known:
        if layer.name not in SHIPPED_WITH or layer.name in inherited:
            continue
        columns.append(_column(f"{main.name}_{layer.name}", layer.title, (layer.name,), language, in_order=False))
        keys |= dict.fromkeys(one.key for one in layer.own)
    return columns, [SideRow(key, Said(), {}) for key in keys]


def side_of(
    main: Scenario, others: Sequence[Scenario], bare: Scenario, language: BookLanguage
) -> tuple[list[SideColumn], list[SideRow]]:
    """Columns and rows that make these scenarios on top of the main one; ``bare`` is what is shipped."""
    columns: list[SideColumn] = []
    rows: dict[tuple[str, Said], dict[str, Cell]] = {}
    for code, other in zip(COLUMNS, others, strict=False):
        columns.append(_column(other.name, other.title, (), language, in_order=False))
        for one in differing((main, other), bare):
            setting = one.settings[1]
            said = Said() if setting is None else said_of(setting)
            value = held(other, one.key)
            if value is None and one.key.endswith(".limit"):
                value = 1.0
            rows.setdefault((one.key, said), {})[code] = cell_of(value, language)
    return columns, [SideRow(key, said, cells) for (key, said), cells in rows.items()]


def cell_of(value: Value | None, language: BookLanguage) -> Cell:
    """A value as a cell shows it."""
    return word(switch_word(value), language) if isinstance(value, bool) else value


def _column(name: str, title: Text, layers: tuple[str, ...], language: BookLanguage, *, in_order: bool) -> SideColumn:
    fields: dict[str, Cell] = {"name": name, "title_en": title.en, "title_zh": title.zh}
    fields |= dict(zip(LAYER_ROWS, layers, strict=False))
    fields[IN_ORDER] = word(switch_word(in_order), language)
    return SideColumn(fields)


def keys_of(tables: Mapping[str, Sequence[Row]]) -> list[str]:
    """Every key that the tables of the workbook have a cell for, in their order."""
    entries = (entry for rows in tables.values() for row in rows for entry in row.entries.values())
    return list(dict.fromkeys(entry.override for entry in entries if entry.override is not None))


def key_words(bare: Scenario, key: str, language: BookLanguage) -> tuple[str, str]:
    """What a key names and its unit, as the sheet shows them."""
    name = word(Text(*(assumption_label(bare, key, tongue) for tongue in ("en", "zh"))), language)
    unit = unit_of(bare, key)
    return name, "" if unit is None else word(unit_text(unit), language)


def value_words(scenario: Scenario, key: str, language: BookLanguage) -> Cell:
    """What a key stands for in a scenario, as a cell shows it."""
    return cell_of(held(scenario, key), language)
