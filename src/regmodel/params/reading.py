"""One call that reads params/ as a whole and says everything that is wrong with it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from regmodel.params.book import ParameterBook
from regmodel.params.figure_file import read_corrections, read_figures
from regmodel.params.folder import shipped_folder
from regmodel.params.places import read_regions, read_sectors, read_water_sources
from regmodel.params.record_files import check_inputs, read_records
from regmodel.params.source_file import read_sources
from regmodel.params.source_kinds import read_source_kinds
from regmodel.params.tables import read_text
from regmodel.vocabulary.problems import Problems
from regmodel.vocabulary.texts import Text

_OWN_TABLES = ("baseline.csv", "regions.csv", "region_sets.csv", "sectors.csv", "source_kinds.csv", "water_sources.csv")


def read_book(folder: Path | None = None) -> ParameterBook:
    """Every record of a folder (the shipped one by default); raises InputProblems with all problems at once."""
    folder = shipped_folder() if folder is None else Path(folder)
    problems = Problems()
    regions = read_regions(folder, problems)
    if not regions.regions:
        problems.raise_if_any()
    sources = read_sources(folder, problems)
    records = read_records(folder, sources, regions, problems)
    figures = read_figures(folder, sources, regions, problems)
    check_inputs(records, figures, problems)
    cited = {record.source for record in records.values()} | {figure.source for figure in figures}
    if not problems.errors:
        _check_every_source_is_used(sources, cited | cited_elsewhere(folder), problems)
    book = ParameterBook(
        records=records,
        figures=figures,
        sources=sources,
        regions=regions,
        corrections=read_corrections(folder, problems),
        sectors=read_sectors(folder, problems),
        water_sources=read_water_sources(folder, problems),
        source_kinds=read_source_kinds(folder, problems),
    )
    problems.raise_if_any()
    return book


def cited_elsewhere(folder: Path) -> set[str]:
    """Sources that the tables of the plans cite."""
    cited: set[str] = set()
    for path in sorted(folder.glob("*.csv")):
        if path.name in _OWN_TABLES:
            continue
        text = read_text(path, Problems())
        rows = csv.DictReader(io.StringIO(text or ""))
        cited.update(row["source"] for row in rows if row.get("source"))
    return cited


def _check_every_source_is_used(sources: Iterable[str], cited: set[str], problems: Problems) -> None:
    for key in sources:
        if key not in cited:
            problems.add(
                "P-08",
                f"params/sources.toml   {key}",
                Text("a source that nothing cites", "无人引用的来源"),
                Text("a record or a figure for every source", "每个来源至少有一条记录或数据"),
                Text("cite it or take it out", "请引用或删除"),
            )
