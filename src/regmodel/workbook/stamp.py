"""The stamp of a workbook: from which template, records and scenario it was written, so that edits can be told."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from regmodel import __version__
from regmodel.scenario import Override, Scenario, ScenarioFile, load, resolve, shipped_names
from regmodel.vocabulary.texts import Text
from regmodel.workbook.form import FormWords
from regmodel.workbook.layout import BOOK_LANGUAGES, TEMPLATE_VERSION, BookLanguage
from regmodel.workbook.rows import Row

STAMP_FIELDS = ("template", "language", "parent", "layers", "in_order", "records", "words", "version")
_NUMBERS = ("low", "high", "value")
_BASE = Text("what this workbook was written from", "本工作簿的底稿")


@dataclass(frozen=True)
class Stamp:
    """``records`` and ``words`` are hashes of the rows that stand in the workbook; ``version`` is regmodel's."""

    template: str
    language: BookLanguage
    parent: str
    layers: tuple[str, ...]
    in_order: bool
    records: str
    words: str
    version: str

    def as_fields(self) -> dict[str, str]:
        """The stamp as it stands on the hidden sheet."""
        return {
            "template": self.template,
            "language": self.language,
            "parent": self.parent,
            "layers": " ".join(self.layers),
            "in_order": "yes" if self.in_order else "no",
            "records": self.records,
            "words": self.words,
            "version": self.version,
        }


@dataclass(frozen=True)
class Draft:
    """What a workbook is written from: the base whose values stand in it, and the overrides laid over them."""

    base: Scenario
    own: tuple[Override, ...]
    form: FormWords


def draft_of(scenario: Scenario) -> Draft:
    """Base and own overrides of a scenario; what a parent that is not shipped sets counts as its own."""
    shipped = shipped_names()
    form = FormWords.of(scenario)
    if form.parent == scenario.name:
        return Draft(scenario, (), form)
    if form.parent in (None, *shipped) and all(layer in shipped for layer in form.layers):
        return Draft(base_scenario(form.parent or "", form.layers, form.in_order), scenario.own, form)
    alone = replace(form, parent=None, layers=(), in_order=False)
    return Draft(base_scenario("", ()), scenario.overrides, alone)


def base_scenario(parent: str, layers: tuple[str, ...], in_order: bool = False) -> Scenario:
    """The scenario that a parent and its layers make without anything of one's own; raises InputProblems."""
    if parent and not layers:
        return load(parent)
    return resolve(ScenarioFile("base", _BASE, _BASE, parent or None, layers, in_order, ()))


def make_stamp(draft: Draft, rows: Mapping[str, tuple[Row, ...]], language: BookLanguage) -> Stamp:
    """The stamp of a workbook that shows these rows."""
    form = draft.form
    return Stamp(
        TEMPLATE_VERSION,
        language,
        form.parent or "",
        form.layers,
        form.in_order,
        hash_of(rows),
        hash_of_words(rows),
        __version__,
    )


def hash_of(rows: Mapping[str, tuple[Row, ...]]) -> str:
    """A hash of what edits are told against: every key, figure, unit, range, switch and choice."""
    plain = {
        table: [
            [
                row.key,
                row.cells.get("unit"),
                {code: row.cells.get(code) for code in (*_NUMBERS, *row.entries)},
                {code: list(entry.choices) for code, entry in row.entries.items()},
            ]
            for row in kept
        ]
        for table, kept in rows.items()
        if table != "scenarios.form"
    }
    return _short_hash(plain)


def hash_of_words(rows: Mapping[str, tuple[Row, ...]]) -> str:
    """A hash of everything that only explains; when it differs, another version has said it differently."""
    return _short_hash(
        {table: [dict(row.cells) for row in kept] for table, kept in rows.items() if table != "scenarios.form"}
    )


def _short_hash(plain: object) -> str:
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def stamp_from(fields: Mapping[str, str]) -> Stamp | None:
    """The stamp of a workbook as read, or None where it is no stamp of ours."""
    language = next((known for known in BOOK_LANGUAGES if known == fields.get("language")), None)
    if language is None or any(name not in fields for name in STAMP_FIELDS if name != "in_order"):
        return None
    return Stamp(
        template=fields["template"],
        language=language,
        parent=fields["parent"],
        layers=tuple(fields["layers"].split()),
        in_order=fields.get("in_order") == "yes",  # workbooks of template 1 had no such choice
        records=fields["records"],
        words=fields["words"],
        version=fields["version"],
    )
