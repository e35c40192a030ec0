"""What no table can see alone: the scenario's name, and the same thing set in two tables."""

from __future__ import annotations

from regmodel.scenario import Override
from regmodel.vocabulary.problems import Problems
from regmodel.vocabulary.texts import Text
from regmodel.workbook.fixed import Edit, TableReading
from regmodel.workbook.form import NAME
from regmodel.workbook.typed import short


def check_name(form: TableReading | None, problems: Problems) -> None:
    """The scenario's name becomes a file name and a key of results: plain letters only."""
    if form is None or "value" not in form.entries.get("name", {}):
        return
    name = str(form.entries["name"]["value"] or "")
    if not NAME.fullmatch(name):
        problems.add(
            "W-62",
            form.places["name"],
            f'"{short(name)}"',
            Text(
                "a short name of letters, digits, _ and -, beginning with a letter",
                "以字母开头，由字母、数字、_ 和 - 组成的简称",
            ),
            Text("type for example: plan_dry", "例如：plan_dry"),
            Text("name of the scenario", "情景名称"),
        )


def check_once(edits: tuple[Edit, ...], problems: Problems) -> None:
    """The same thing in two tables is one too many: nobody could say which of the two counts."""
    first: dict[str, str] = {}
    for edit in edits:
        thing = Override(edit.key, edit.value, None, "").thing
        if thing in first:
            problems.add(
                "W-21",
                edit.where,
                Text("{key} a second time; the first is in {first}", "{key} 重复；首次出现在 {first}").fill(
                    key=edit.key, first=first[thing]
                ),
                Text("each value in one place", "每个取值只在一处填写"),
                Text("keep one of the two and clear the other.", "请保留一处，清空另一处。"),
            )
        first.setdefault(thing, edit.where)
