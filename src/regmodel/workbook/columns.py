"""The columns of every table, with the widths of the sheets they stand on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from regmodel.vocabulary.texts import Text

Kind = Literal["text", "number", "choice", "switch"]


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
_OWN_SOURCE = Column("own_source", Text("your source", "您的来源"), 10, "text", True)
_OWN_REASON = Column("own_reason", Text("your reason", "您的理由"), 11, "text", True)
_VALUE = Column("value", Text("value", "数值"), 3, "number", True)

RECORD_COLUMNS = (
    _KEY, _NAME_EN, _NAME_ZH, _VALUE, _UNIT, _LOW, _HIGH, _CONFIDENCE, _SOURCE, _NOTE, _OWN_SOURCE, _OWN_REASON,
)  # fmt: skip
RECORD_WIDTHS = (27, 30, 23, 10, 15, 8, 8, 10.5, 27, 33, 17, 17)

REGIONAL_COLUMNS = (
    Column("key", Text("record", "记录"), 0, "choice", True),
    Column("region", Text("region", "地区"), 1, "choice", True),
    _VALUE,
    _OWN_SOURCE,
    _OWN_REASON,
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
    Column("unit", Text("unit", "单位"), 10),
    Column("enabled", Text("switched on", "是否启用"), 11, "switch", True),
    Column("rank", Text("rank", "级别"), 12, "number"),
    Column("use", Text("how it is used", "用途"), 13),
    Column("confidence", Text("confidence", "可信度"), 14),
    Column("note", Text("note", "备注"), 15),
    Column("own_source", Text("your source", "您的来源"), 16, "text", True),
    Column("own_reason", Text("your reason", "您的理由"), 17, "text", True),
)
CLAUSE_WIDTHS = (24, 30, 25, 22, 15, 8.5, 18, 8.5, 8.5, 9.5, 13, 9.5, 6, 22, 10.5, 30, 15, 15)

CAP_COLUMNS = (
    Column("variable", Text("variable", "变量"), 0, "choice", True),
    Column("region", Text("region", "地区"), 1, "choice", True),
    Column("year", Text("year", "年份"), 2, "number", True),
    Column("value", Text("figure", "数值"), 9, "number", True),
    Column("own_source", Text("your source", "您的来源"), 16, "text", True),
    Column("own_reason", Text("your reason", "您的理由"), 17, "text", True),
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
    _OWN_SOURCE,
    _OWN_REASON,
)

FORM_COLUMNS = (
    Column("key", Text("field", "字段"), 0),
    Column("label", Text("meaning", "含义"), 1),
    Column("value", Text("entry", "填写"), 2, "text", True),
)
FORM_WIDTHS = (18, 42, 48, 34, 16, 16, 40)
LAYER_FIELDS = ("layer_1", "layer_2", "layer_3")
