"""The form of the workbook's scenario: its name and titles, its parent, its layers and their order."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from regmodel.scenario import Scenario, shipped_names
from regmodel.vocabulary.texts import Text
from regmodel.workbook.columns import LAYERS, layer_fields
from regmodel.workbook.layout import BookLanguage, sentence, word
from regmodel.workbook.rows import Cell, Entry, Row, read_switch, switch_word

NAME = re.compile(r"[^\W\d_][\w-]*")
IN_ORDER = "layers_in_order"
_MEANINGS = {
    "name": Text("short name of this scenario (letters, digits, _ and -)", "情景简称（文字、数字、_ 和 -）"),
    "title_en": Text("title in English", "英文标题"),
    "title_zh": Text("title in Chinese", "中文标题"),
    "description_en": Text("description in English", "英文说明"),
    "description_zh": Text("description in Chinese", "中文说明"),
    "parent": Text("parent: everything not changed here comes from it", "父情景：未修改的内容均继承自它"),
}
_FIRST_LAYER = Text("layer on top of the parent (may be blank)", "叠加层（可空）")
_LAYER = Text("another layer (may be blank)", "又一叠加层（可空）")
_ORDER = Text(
    "yes: where two layers set the same thing, the later one wins; no: that is a problem",
    "是：两层设定同一项时以后者为准；否：视为问题",
)


@dataclass(frozen=True)
class FormWords:
    """What the form says of a scenario; ``parent`` and ``layers`` are shipped ones."""

    name: str
    title: Text
    description: Text
    parent: str | None
    layers: tuple[str, ...] = ()
    in_order: bool = False

    @classmethod
    def of(cls, scenario: Scenario) -> FormWords:
        """The words of a scenario; a shipped one is its own parent in a workbook."""
        if scenario.name in shipped_names():
            return cls(scenario.name, scenario.title, scenario.description, scenario.name)
        return cls(
            scenario.name,
            scenario.title,
            scenario.description,
            scenario.parent,
            scenario.layers,
            scenario.layers_in_order,
        )


def form_rows(form: FormWords, language: BookLanguage) -> tuple[Row, ...]:
    """The rows of the form."""
    shipped, fields = shipped_names(), layer_fields(len(form.layers))
    values: dict[str, Cell] = {
        "name": form.name,
        "title_en": form.title.en,
        "title_zh": form.title.zh,
        "description_en": form.description.en,
        "description_zh": form.description.zh,
        "parent": form.parent,
    }
    rows = [_row(key, meaning, values[key], key == "parent", shipped, language) for key, meaning in _MEANINGS.items()]
    for at, key in enumerate(fields):
        layer = form.layers[at] if at < len(form.layers) else None
        rows.append(_row(key, _LAYER if at else _FIRST_LAYER, layer, True, shipped, language))
    cells: Mapping[str, Cell] = {
        "key": IN_ORDER,
        "label": sentence(_ORDER, language),
        "value": word(switch_word(form.in_order), language),
    }
    return (*rows, Row(IN_ORDER, cells, {"value": Entry("switch")}, _ORDER))


def _row(key: str, meaning: Text, value: Cell, chosen: bool, shipped: tuple[str, ...], language: BookLanguage) -> Row:
    entry = Entry("choice" if chosen else "text", choices=shipped if chosen else (), may_be_blank=key != "name")
    cells: Mapping[str, Cell] = {"key": key, "label": sentence(meaning, language), "value": value}
    return Row(key, cells, {"value": entry}, meaning)


def read_form(entries: Mapping[str, Mapping[str, Cell]]) -> FormWords:
    """The form as typed; a title or a description in one language serves for both."""
    typed = {key: str(each.get("value") or "") for key, each in entries.items() if key != IN_ORDER}
    name = typed["name"]
    title = Text(typed["title_en"] or typed["title_zh"] or name, typed["title_zh"] or typed["title_en"] or name)
    description = Text(
        typed["description_en"] or typed["description_zh"] or title.en,
        typed["description_zh"] or typed["description_en"] or title.zh,
    )
    layers = tuple(typed[key] for key in layer_fields(len(typed)) if typed.get(key))
    in_order = bool(read_switch(entries.get(IN_ORDER, {}).get("value")))
    return FormWords(name, title, description, typed["parent"] or None, layers, in_order)


__all__ = ["IN_ORDER", "LAYERS", "NAME", "FormWords", "form_rows", "read_form"]
