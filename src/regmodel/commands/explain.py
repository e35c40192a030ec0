"""``regmodel explain``: from a number to its equation with the numbers put in, its inputs and their sources."""

from __future__ import annotations

import argparse
import json
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regmodel.commands.exits import DONE
from regmodel.vocabulary.explained_words import BASE, CHANGED, DECIDED, GO_ON, KINDS, PATHS, told_number
from regmodel.vocabulary.texts import Language, Text

if TYPE_CHECKING:
    from regmodel.runs.explained_sources import Source
    from regmodel.runs.explaining import Explanation, Input

SCENARIO = "plan"
_HEAD = Text(
    "{title}, {place}, {year} ({path}): {value} {unit}", "{title}，{place}，{year} 年（{path}）：{value} {unit}"
)
_EQUATION = Text("equation   {name}", "方程   {name}")
_FORMULA = Text("           {variable} = {formula}", "           {variable} = {formula}")
_NUMBERS = Text("           {result} {unit} = {numbers}", "           {result} {unit} = {numbers}")
_STANDS = Text("           {place}; source: {source}", "           {place}；来源：{source}")
_INPUTS = Text("inputs", "输入")
_INPUT = Text("  {name} = {value} {unit}   {title}; {kind}", "  {name} = {value} {unit}   {title}；{kind}")
_PARTS = Text("the sum of", "由以下各项相加")
_PART = Text("  {name} {value} {unit}   {title}", "  {name} {value} {unit}   {title}")
_SOURCES = Text("records behind it", "所依据的记录")
_SOURCE = Text(
    "{indent}{key}   {printed} {unit}   {document}, {where} [{confidence}]{changed}",
    "{indent}{key}   {printed} {unit}   {document}，{where} [{confidence}]{changed}",
)


def declare(verb: argparse.ArgumentParser) -> None:
    """What the verb takes."""
    verb.add_argument("variable", metavar="VARIABLE", help="as in trajectory.csv, for example water_needed")
    verb.add_argument("--region", metavar="REGION", help="a region or a set (default: the whole region)")
    verb.add_argument("--year", type=int, default=2035, metavar="YEAR")
    of = verb.add_mutually_exclusive_group()
    of.add_argument("--run", type=Path, metavar="RUN", help="a run folder")
    of.add_argument("--scenario", help=f"a shipped scenario, a scenario file or a workbook (default: {SCENARIO})")
    verb.add_argument("--path", choices=("projection", "programme"), default="projection", help="programme needs --run")
    verb.add_argument("--lang", choices=("en", "zh"), default="en")
    verb.add_argument("--json", action="store_true")
    verb.set_defaults(call=call)


def call(options: argparse.Namespace, language: Language) -> int:
    """Explain one number; nothing is solved."""
    from regmodel.commands.inputs import scenario_of
    from regmodel.runs.explained_paths import paths_of, stored_paths
    from regmodel.runs.explaining import Explainer

    if options.run is not None:
        paths = stored_paths(options.run, options.path)
    else:
        paths = paths_of(scenario_of(options.scenario or SCENARIO), options.path)
    region = options.region or paths.case.paths.regions.home
    told = Explainer(paths, options.path).explain(options.variable, region, options.year)
    if options.json:
        print(json.dumps(as_object(told, language), ensure_ascii=False, indent=1))
    else:
        print(as_text(told, language, _as_asked(options)))
    return DONE


def _as_asked(options: argparse.Namespace) -> str:
    """The options that a further question needs, so that it is about the same path of the same run."""
    asked = [("--run", options.run), ("--scenario", options.scenario)]
    told = [f" {name} {shlex.quote(str(value))}" for name, value in asked if value is not None]
    return "".join([*told, f" --path {options.path}" if options.path != "projection" else ""])


def _said(template: Text, language: Language, **values: object) -> str:
    """A template in one language, with what it takes in the same."""
    told = {name: value.read(language) if isinstance(value, Text) else value for name, value in values.items()}
    return template.read(language).format(**told)


def as_text(told: Explanation, language: Language, asked: str = "") -> str:
    """The explanation as lines for a terminal; ``asked`` are the options that every further question repeats."""
    head = _said(
        _HEAD,
        language,
        title=told.title,
        place=told.region_name,
        year=told.year,
        path=PATHS[told.path],
        value=told_number(told.value),
        unit=_unit(told.unit, language),
    )
    lines = [head, f"  {told.variable} / {told.region} / {told.year}"]
    if told.equation is not None:
        entry = told.equation
        lines.append(_said(_EQUATION, language, name=entry.name))
        name = entry.name.partition(".")[2]
        lines.append(_said(_FORMULA, language, variable=name, formula=entry.formula))
        lines.append(
            _said(
                _NUMBERS,
                language,
                result=told_number(told.result),
                unit=_unit(entry.unit, language),
                numbers=told.with_numbers,
            )
        )
        lines.append(_said(_STANDS, language, place=entry.place, source=entry.said_source))
        lines.append(_INPUTS.read(language))
        for one in told.inputs:
            lines += _input_lines(told, one, language, asked)
    if told.parts:
        lines.append(_PARTS.read(language))
        lines += [
            _said(
                _PART,
                language,
                name=part.name,
                value=told_number(part.value),
                unit=_unit(told.unit, language),
                title=part.title,
            )
            for part in told.parts
        ]
    if told.sources:
        lines.append(_SOURCES.read(language))
        lines += [_source_line(source, "  ", language) for source in told.sources]
    if told.decided:
        lines.append(DECIDED.read(language))
    if told.base:
        lines.append(BASE.read(language))
    return "\n".join(lines)


def _unit(unit: str, language: Language) -> str:
    """A unit as the data write it, or in Chinese words."""
    from regmodel.report.units import printed_label

    return unit if language == "en" else printed_label(unit, language)


def _input_lines(told: Explanation, one: Input, language: Language, asked: str) -> list[str]:
    if one.variable is not None:
        kind = _said(GO_ON, language, variable=one.variable, region=told.region, year=one.year, asked=asked)
    else:
        kind = KINDS[one.kind].read(language)
    line = _said(
        _INPUT,
        language,
        name=one.name,
        value=told_number(one.value),
        unit=_unit(one.unit, language),
        title=one.title,
        kind=kind,
    )
    return [line, *(_source_line(source, "      ", language) for source in one.sources)]


def _source_line(source: Source, indent: str, language: Language) -> str:
    changed = "" if source.changed_because is None else _said(CHANGED, language, why=source.changed_because)
    return _said(
        _SOURCE,
        language,
        indent=indent,
        key=source.key,
        printed=source.printed,
        unit=_unit(source.unit, language),
        document=source.document,
        where=source.where,
        confidence=source.confidence,
        changed=changed,
    )


def as_object(told: Explanation, language: Language) -> dict[str, Any]:
    """The explanation as a machine reads it."""
    entry = told.equation

    def of_source(source: Source) -> dict[str, Any]:
        return {
            "key": source.key,
            "title": source.title.read(language),
            "printed": source.printed,
            "unit": source.unit,
            "source": source.document.read(language),
            "where": source.where,
            "confidence": source.confidence,
            "changed_because": source.changed_because,
        }

    return {
        "variable": told.variable,
        "title": told.title.read(language),
        "region": told.region,
        "year": told.year,
        "path": told.path,
        "value": told.value,
        "unit": told.unit,
        "equation": None
        if entry is None
        else {
            "name": entry.name,
            "formula": entry.formula,
            "with_numbers": told.with_numbers,
            "result": told.result,
            "unit": entry.unit,
            "source": entry.said_source.read(language),
            "place": entry.place,
        },
        "inputs": [
            {
                "name": one.name,
                "title": one.title.read(language),
                "value": one.value,
                "unit": one.unit,
                "kind": one.kind,
                "variable": one.variable,
                "year": one.year,
                "sources": [of_source(source) for source in one.sources],
            }
            for one in told.inputs
        ],
        "parts": [{"name": part.name, "title": part.title.read(language), "value": part.value} for part in told.parts],
        "sources": [of_source(source) for source in told.sources],
        "decided": told.decided,
        "base": told.base,
    }
