"""A scenario's own overrides laid over the rows of its base, as an analyst would have typed them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from regmodel.params import ParameterBook
from regmodel.scenario import Override
from regmodel.vocabulary.problems import Problems
from regmodel.vocabulary.texts import Text
from regmodel.workbook.columns import CAP_ROWS, REGIONAL_ROWS
from regmodel.workbook.contents import subject_of
from regmodel.workbook.layout import BookLanguage, word
from regmodel.workbook.rows import Cell, Row, switch_word


def lay_over(
    rows: Mapping[str, tuple[Row, ...]], own: Iterable[Override], book: ParameterBook, language: BookLanguage
) -> dict[str, tuple[Row, ...]]:
    """Rows of every table with the overrides filled in; raises InputProblems for one that finds no cell."""
    places = {
        entry.override: (table, at, code)
        for table, kept in rows.items()
        for at, row in enumerate(kept)
        for code, entry in row.entries.items()
        if entry.override is not None
    }
    filled = {table: list(kept) for table, kept in rows.items()}
    problems = Problems()
    for override in own:
        cells: dict[str, Cell] = {"own_source": override.source, "own_reason": override.reason}
        place = places.get(override.key)
        if place is not None:
            table, at, code = place
            said = {name: words for name, words in cells.items() if words}
            filled[table][at] = filled[table][at].with_cells({code: _typed(override, language), **said})
            continue
        root, _, rest = override.key.partition(".")
        stem, _, last = rest.rpartition(".")
        if root == "record" and book.regions.is_known(last):
            cells |= {"key": stem, "region": word(book.regions.name(last), language), "value": float(override.value)}
            filled[f"{subject_of(stem)}.regional"].append(Row("", cells))
        elif root == "cap" and rest.count(".") == 2:
            variable, region, year = rest.split(".")
            place_name = word(book.regions.name(region), language)
            cells |= {"variable": variable, "region": place_name, "year": float(year), "value": float(override.value)}
            filled["targets.caps"].append(Row("", cells))
        else:
            _without_cell(override, problems)
    _check_room(filled, problems)
    problems.raise_if_any()
    return {table: tuple(kept) for table, kept in filled.items()}


def _typed(override: Override, language: BookLanguage) -> Cell:
    if isinstance(override.value, bool):
        return word(switch_word(override.value), language)
    return override.value


def _without_cell(override: Override, problems: Problems) -> None:
    problems.add(
        "W-60",
        f"{override.owner}   {override.key}",
        Text("an override that has no cell in the workbook", "该项设定在工作簿中没有对应单元格"),
        Text("a key that a table of the workbook shows", "工作簿各表所列的键名"),
        Text("run this scenario from its TOML file instead.", "请直接用 TOML 文件运行该情景。"),
    )


def _check_room(filled: Mapping[str, list[Row]], problems: Problems) -> None:
    for table, kept in filled.items():
        room = CAP_ROWS if table == "targets.caps" else REGIONAL_ROWS if table.endswith(".regional") else None
        if room is not None and len(kept) > room:
            problems.add(
                "W-61",
                table,
                Text("{count} rows", "{count} 行").fill(count=len(kept)),
                Text("at most {room} in one workbook", "每个工作簿至多 {room} 行").fill(room=room),
                Text("run this scenario from its TOML file instead.", "请直接用 TOML 文件运行该情景。"),
            )
