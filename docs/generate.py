"""Writes the pages of docs/ that are made from code and records: equations, parameters, clauses, glossary.

`python docs/generate.py` writes them; `--check` writes nothing and fails when one of them is stale.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

from typeset import both, cell, code, mathematics, table

import regmodel.equations
from regmodel.params import Figure, ParameterBook, Record, read_book, shipped_folder
from regmodel.plans.clause import Clause
from regmodel.plans.clause_tables import read_clauses
from regmodel.plans.documents import Document, read_documents
from regmodel.plans.wording import bounds
from regmodel.vocabulary.equation import CATALOGUE, Equation
from regmodel.vocabulary.glossary import KINDS, Term, read_glossary, term
from regmodel.vocabulary.texts import Text

FOLDER = Path(__file__).resolve().parent
COMMAND = "python docs/generate.py"
NOTICE = f"<!-- Made by {COMMAND}: change the code or the records, not this page. -->"
ROOMS = {
    "population": "Population 人口",
    "output": "Output 产出",
    "water": "Water 水",
    "land": "Land 土地",
    "environment": "Environment 环境",
    "lever": "Levers 调控措施",
}
KIND_WORDS = {
    "assumption": "A figure from a person, with its reason and its range.",
    "parameter": "A figure from a document, or derived from such figures.",
    "target": "Demanded by a plan or a regulation.",
    "lever": "Chosen by the planner, or by the programme on the planner's behalf.",
    "variable": "Computed by the model.",
    "indicator": "Shown beside the variables; nothing depends on it.",
}
USES = {
    "baseline": "history of the base; compared with the records",
    "history": "history; compared with the records",
    "check": "compared with what the model or the records give",
    "coefficient": "coefficient of an equation",
    "lever": "a lever, without a number of its own",
    "rule": "a rule, without a number that binds",
    "project": "a project, named in the register",
}


def page(title: str, introduction: str, body: list[str]) -> str:
    """A whole page, ready to be written."""
    return "\n".join([NOTICE, "", f"# {title}", "", introduction, "", *body]).rstrip() + "\n"


def equation_block(entry: Equation) -> list[str]:
    """One equation: meaning, formula, arguments, source and place."""
    result = term(entry.function.__name__)
    module = entry.function.__module__.replace(".", "/")
    lines = [f"### {entry.name}", "", f"**{result.title.en} {result.title.zh}**, {code(entry.unit)}", ""]
    lines += [" ".join(entry.doc.split()), "", *mathematics(entry), f"`{result.name} = {entry.formula}`", ""]
    lines += table(
        ("Argument", "Name", "名称", "Unit", "Kind"),
        (
            (code(name), cell(term(name).title.en), cell(term(name).title.zh), code(unit), term(name).kind)
            for name, unit in entry.arguments.items()
        ),
    )
    lines.append(f"- Source: {entry.source}")
    if entry.valid:
        lines.append(f"- Valid where {entry.valid}.")
    if entry.projection_only:
        lines.append("- Projection only: a linear programme cannot call it.")
    return [*lines, f"- Written in `src/{module}.py`, function `{entry.function.__name__}`", ""]


def equations_page() -> str:
    """All equations by room, in the order in which the room writes them."""
    for module in pkgutil.iter_modules(regmodel.equations.__path__):
        importlib.import_module(f"regmodel.equations.{module.name}")
    body: list[str] = []
    for room, title in ROOMS.items():
        entries = [entry for entry in CATALOGUE.values() if entry.name.startswith(f"{room}.")]
        if entries:
            body += [f"## {title}", "", *(line for entry in entries for line in equation_block(entry))]
    introduction = (
        "Every equation is written once and used by projection and programme alike. Units are those in memory "
        "(`params/units.txt`); names are defined in the [glossary](glossary.md), numbers stand in "
        "[parameters](parameters.md)."
    )
    return page("Equations 方程", introduction, body)


def range_of(record: Record) -> str:
    """Low and high of a record as printed, or what is assumed in their place."""
    if record.assumed_range:
        return "±5 %, assumed"
    if record.low is None and record.high is None:
        return "–"
    return f"{record.low or '–'} to {record.high or '–'}"


def record_row(record: Record) -> tuple[str, ...]:
    """One coefficient, as it is printed."""
    letter = record.confidence + (", transferred" if record.transferred else "")
    source = f"{code(record.source)}, {cell(record.where)}"
    numbers = (cell(record.printed), cell(record.printed_unit), cell(range_of(record)), cell(record.harder))
    return (code(record.key), both(record.title), *numbers, source, letter, cell(record.note))


def figure_row(figure: Figure) -> tuple[str, ...]:
    """One published figure, as it is printed."""
    year = str(figure.year) if figure.target_year is None else f"{figure.year}, for {figure.target_year}"
    source = f"{code(figure.source)}, {cell(figure.where)}" if figure.where else code(figure.source)
    return (code(figure.region), year, cell(figure.printed), cell(figure.printed_unit), source, figure.confidence,
            cell(figure.note))  # fmt: skip


def parameters_page(book: ParameterBook) -> str:
    """All records, figures and sources."""
    body: list[str] = []
    header = ("Key", "Name 名称", "Printed", "Unit", "Range", "Harder", "Source", "Confidence", "Why")
    for subject in dict.fromkeys(record.subject for record in book.records.values()):
        rows = [record_row(record) for record in book.records.values() if record.subject == subject]
        body += [f"## {ROOMS.get(subject, subject.capitalize())}", "", *table(header, rows)]
    body += ["## Published figures 公布数据", ""]
    columns = ("Region", "Year", "Printed", "Unit", "Source", "Confidence", "Note")
    figures = sorted(book.figures, key=lambda one: (one.variable, one.region, one.year, one.target_year or 0))
    for variable, group in groupby(figures, key=lambda one: one.variable):
        title = term(variable).title
        body += [f"### {variable}", "", f"{title.en} {title.zh}", "", *table(columns, map(figure_row, group))]
    body += ["## Sources 来源", ""]
    rows = [
        (code(source.key), both(source.title), cell(source.publisher), cell(source.published), cell(source.url),
         "yes" if source.original else "no", cell(source.note))
        for source in book.sources.values()
    ]  # fmt: skip
    body += table(("Key", "Title", "Publisher", "Published", "Address", "Original", "Note"), rows)
    introduction = (
        "Every number of the model as printed, with unit and source. Confidence: A statutory or census, B yearbook, "
        "bulletin or mirror, C paper or estimate, D assumed, E placeholder; *transferred* is used for another place or "
        "period than it describes. *Harder* is the direction that makes the plans' targets harder to hold."
    )
    return page("Parameters 参数", introduction, body)


def use_of(clause: Clause) -> str:
    """What the model does with a clause."""
    if not clause.bounding:
        return USES[clause.kind]
    if not term(clause.variable).modelled:
        return "kept and reported; no variable of the model"
    if not clause.enabled:
        return "kept and reported; can be switched on"
    return "binds; its number is assumed" if clause.assumed else "binds"


def reading_words(clause: Clause) -> str:
    """Every reading of a clause with the bounds that it means."""
    if not clause.bounding:
        return "–"
    shown = []
    for reading in clause.readings or (None,):
        asked = bounds(clause, reading)
        ends = [("≥", asked.low, asked.low_open, ">"), ("≤", asked.high, asked.high_open, "<")]
        words = [f"{opened if is_open else sign} {end:g}" for sign, end, is_open, opened in ends if end is not None]
        if asked.low is not None and asked.low == asked.high:
            words = [f"= {asked.low:g}"]
        meaning = f"{', '.join(words)} {asked.unit}".strip() if words else ""
        meaning = meaning or ("not below the base" if asked.not_below_base else "")
        meaning = meaning or (f"by record {asked.record}" if asked.record else "no number")
        shown.append(cell(f"{reading}: {meaning}" if reading else meaning))
    return "<br>".join(shown)


def clause_row(clause: Clause, book: ParameterBook) -> tuple[str, ...]:
    """One row of the register."""
    years = {year for year in (clause.year_from, clause.year_to) if year is not None}
    span = " to ".join(str(year) for year in sorted(years))
    figure = f"{clause.value:g} {clause.unit}".strip() if clause.value is not None else clause.as_printed
    known = book.regions.is_known(clause.region) or "+" in clause.region
    region = f"{code(clause.region)}<br>{cell(book.regions.name(clause.region).zh)}" if known else code(clause.region)
    rank = str(clause.rank) if clause.rank is not None else "–"
    return (code(clause.id), both(term(clause.variable).title), region, span or "–", cell(clause.section), cell(figure),
            cell(clause.as_printed), reading_words(clause), clause.kind, rank, use_of(clause))  # fmt: skip


def clauses_page(book: ParameterBook, clauses: tuple[Clause, ...], documents: dict[str, Document]) -> str:
    """The register by document."""
    header = ("Clause", "Quantity 指标", "Region", "Years", "Section", "Figure", "As printed", "Readings", "Kind",
              "Rank", "Use")  # fmt: skip
    body: list[str] = []
    for plan in dict.fromkeys(clause.plan for clause in clauses):
        rows = [clause_row(clause, book) for clause in clauses if clause.plan == plan]
        name = documents[plan].title if plan in documents else Text(plan, plan)
        title = name.en if name.en == name.zh else f"{name.en} {name.zh}"
        body += [f"## {title}", "", f"Document `{plan}`", "", *table(header, rows)]
    mended = (
        (code(one.row), cell(one.found), f"{cell(one.read_as)} {cell(one.unit)}", both(one.evidence))
        for one in book.corrections
    )
    body += ["## Corrections 勘误", "", *table(("Row", "Found", "Read as", "Evidence"), mended)]
    introduction = (
        "Every figure of the plans, of the regulations and of the model's own paths. The first reading is the "
        "default. Ranks: 1 physical, 2 binding for the region, 3 binding for a city, 4 expected for the region, "
        "5 expected for a cluster, 6 expected for a city or services, 7 statement."
    )
    return page("Clauses 条款", introduction, body)


def glossary_row(entry: Term) -> tuple[str, ...]:
    """One name."""
    ends = ("–" if end is None else f"{end:g}" for end in (entry.lower, entry.upper))
    limits = " to ".join(ends) if entry.lower is not None or entry.upper is not None else "–"
    return (code(entry.name), cell(entry.title.en), cell(entry.title.zh), code(entry.unit), cell(entry.display_unit),
            limits, both(entry.definition), code(entry.equation))  # fmt: skip


def glossary_page() -> str:
    """All names by kind, and those that the register keeps and no equation knows."""
    entries = sorted(read_glossary().values(), key=lambda one: one.name)
    header = ("Name", "Term", "术语", "Unit in memory", "Printed", "Limits", "Meaning", "Equation")
    body: list[str] = []
    for kind in KINDS:
        rows = [glossary_row(one) for one in entries if one.kind == kind and one.modelled]
        body += [f"## {kind.capitalize()}", "", KIND_WORDS[kind], "", *table(header, rows)]
    rows = [glossary_row(one) for one in entries if not one.modelled]
    body += ["## Kept in the register", "", "Quantities of clauses that no equation knows.", "", *table(header, rows)]
    introduction = "One name for one quantity, in code, in records, in results and in the workbook."
    return page("Glossary 术语表", introduction, body)


def pages() -> dict[str, str]:
    """All generated pages by file name; raises InputProblems where the records are wrong."""
    book = read_book()
    clauses = read_clauses(shipped_folder(), book.regions)
    makers: dict[str, Callable[[], str]] = {
        "equations.md": equations_page,
        "parameters.md": lambda: parameters_page(book),
        "clauses.md": lambda: clauses_page(book, clauses, read_documents(shipped_folder())),
        "glossary.md": glossary_page,
    }
    return {name: make() for name, make in makers.items()}


def main(arguments: list[str]) -> int:
    """Write or check; 0 when the pages are fresh, 1 when one is stale or the command is unknown."""
    if arguments not in ([], ["--check"]):
        print(f"usage: {COMMAND} [--check]", file=sys.stderr)
        return 1
    made = pages()
    if not arguments:
        for name, text in made.items():
            (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
        return 0
    stale = [
        name
        for name, text in made.items()
        if not (FOLDER / name).is_file() or (FOLDER / name).read_text(encoding="utf-8") != text
    ]
    for name in stale:
        print(f"docs/{name} is stale; write it anew with: {COMMAND}", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
