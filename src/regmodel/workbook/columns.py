"""The columns of every table, with the widths of the sheets they stand on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from regmodel.vocabulary.texts import Text

Kind = Literal["text", "number", "choice", "switch", "any"]


@dataclass(frozen=True)
class Column:
    """One column of a table: ``code`` stands in the grey line above the header and is what the reader goes by."""

    code: str
    title: Text
    at: int
    kind: Kind = "text"
    entry: bool = False


_KEY = Column("key", Text("key", "键名"), 0)
_NAME_EN = Column("name_en", Text("name", "英文名称"), 1)
_NAME_ZH = Column("name_zh", Text("name in Chinese", "名称"), 2)
_UNIT = Column("unit", Text("unit", "单位"), 4)
_LOW = Column("low", Text("low", "下限"), 5, "number")
_HIGH = Column("high", Text("high", "上限"), 6, "number")
_CONFIDENCE = Column("confidence", Text("confidence", "可信度"), 7)
_SOURCE = Column("source", Text("source and place", "来源与出处"), 8)
_NOTE = Column("note", Text("note", "备注"), 9)
SAID = ("own_source", "own_where", "own_kind", "own_reason")
_SAID_TITLES = (
    Text("your source", "您的来源"),
    Text("place in it", "出处"),
    Text("kind of source", "来源类别"),
    Text("your reason", "您的理由"),
)


def said_columns(first: int) -> tuple[Column, ...]:
    """What a person says beside a figure, from a column on: source, place in it, its kind, and the reason."""
    return tuple(
        Column(code, title, first + at, "choice" if code == "own_kind" else "text", True)
        for at, (code, title) in enumerate(zip(SAID, _SAID_TITLES, strict=True))
    )


_VALUE = Column("value", Text("value", "数值"), 3, "number", True)

RECORD_COLUMNS = (
    _KEY, _NAME_EN, _NAME_ZH, _VALUE, _UNIT, _LOW, _HIGH, _CONFIDENCE, _SOURCE, _NOTE, *said_columns(10),
)  # fmt: skip
RECORD_WIDTHS = (27, 30, 23, 10, 15, 8, 8, 10.5, 27, 33, 17, 13, 15, 17)

REGIONAL_COLUMNS = (
    Column("key", Text("record", "记录"), 0, "choice", True),
    Column("region", Text("region", "地区"), 1, "choice", True),
    _VALUE,
    *said_columns(10),
)
REGIONAL_ROWS = 12

CLAUSE_COLUMNS = (
    Column("key", Text("clause", "条款编号"), 0),
    Column("name_en", Text("what it asks for", "英文名称"), 1),
    Column("name_zh", Text("name in Chinese", "条款内容"), 2),
    Column("plan", Text("plan and section", "规划与章节"), 3),
    Column("printed", Text("as printed", "原文数值"), 4),
    Column("wording", Text("wording", "措辞"), 5),
    Column("reading", Text("reading chosen", "采用的读法"), 6, "choice", True),
    Column("low", Text("at least", "不低于"), 7, "number"),
    Column("high", Text("at most", "不超过"), 8, "number"),
    Column("value", Text("figure", "数值"), 9, "number", True),
    Column("ease_low", Text("lower end gives way by", "下限放宽"), 10, "number", True),
    Column("ease_high", Text("upper end gives way by", "上限放宽"), 11, "number", True),
    Column("unit", Text("unit", "单位"), 12),
    Column("enabled", Text("switched on", "是否启用"), 13, "switch", True),
    Column("rank", Text("rank", "级别"), 14, "number"),
    Column("use", Text("how it is used", "用途"), 15),
    Column("confidence", Text("confidence", "可信度"), 16),
    Column("note", Text("note", "备注"), 17),
    *said_columns(18),
)
CLAUSE_WIDTHS = (24, 30, 25, 22, 15, 8.5, 18, 8.5, 8.5, 9.5, 9.5, 9.5, 13, 9.5, 6, 22, 10.5, 30, 15, 12, 14, 15)

CAP_COLUMNS = (
    Column("variable", Text("variable", "变量"), 0, "choice", True),
    Column("region", Text("region", "地区"), 1, "choice", True),
    Column("year", Text("year", "年份"), 2, "number", True),
    Column("value", Text("figure", "数值"), 9, "number", True),
    *said_columns(18),
)
CAP_ROWS = 12

LEVER_COLUMNS = (
    _KEY,
    _NAME_EN,
    _NAME_ZH,
    Column("limit", Text("limit", "使用上限"), 3, "number", True),
    _UNIT,
    _LOW,
    _HIGH,
    Column("enabled", Text("on", "启用"), 7, "switch", True),
    Column("cost", Text("cost record", "成本记录"), 8),
    Column("note", Text("what it does", "内容"), 9),
    *said_columns(10),
)

FORM_COLUMNS = (
    Column("key", Text("field", "字段"), 0),
    Column("label", Text("meaning", "含义"), 1),
    Column("value", Text("entry", "填写"), 2, "text", True),
)
FORM_WIDTHS = (34, 42, 48, 34, 18, 18, 40)
LAYERS = 3


def layer_fields(count: int) -> tuple[str, ...]:
    """The fields of the form that take layers: three, or more where a scenario has more."""
    return tuple(f"layer_{at}" for at in range(1, max(count, LAYERS) + 1))


MORE_COLUMNS = (
    Column("key", Text("key of the setting", "设定的键名"), 0, "text", True),
    Column("value", Text("value", "取值"), 2, "any", True),
    *said_columns(3),
)
MORE_ROWS = 12
