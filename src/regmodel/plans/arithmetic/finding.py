"""What a theme of the arithmetic hands back: one sentence with its clauses, readings, amount and working."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from regmodel.vocabulary.texts import LANGUAGES, Language, Text

Status = Literal["contradiction", "tension", "compatible", "already_met", "check"]
STATUSES: tuple[Status, ...] = ("contradiction", "tension", "compatible", "already_met", "check")


@dataclass(frozen=True)
class Contradiction:
    """One finding of the register's arithmetic; ``status`` says whether it is a contradiction at all.

    ``readings`` maps clause ids to the readings under which it holds; ``amount`` is its size in ``unit`` (printed
    units); ``working`` is the arithmetic, a line each; ``assumed`` whether it takes a number that no document gives.
    """

    id: str
    clauses: tuple[str, ...]
    readings: Mapping[str, str]
    region: str
    year: int | None
    amount: float
    unit: str
    sentence: Text
    working: tuple[Text, ...]
    status: Status
    assumed: bool


def phrase(en: str, zh: str, **values: object) -> Text:
    """A text whose named places are filled; a value that is a text itself is read in the language of the sentence."""

    def filled(template: str, language: Language) -> str:
        words = {name: value.read(language) if isinstance(value, Text) else value for name, value in values.items()}
        return template.format(**words)

    english, chinese = (filled(template, language) for template, language in zip((en, zh), LANGUAGES, strict=True))
    return Text(english, chinese)


def number(value: float, digits: int = 1) -> str:
    """A number with thousands separators."""
    return f"{value:,.{digits}f}"


def signed(value: float, digits: int = 1) -> str:
    """A number that shows its sign."""
    return f"{value:+,.{digits}f}"


def percent(share: float, digits: int = 1) -> str:
    """A share or a relative change, in percent and without the sign of percent."""
    return f"{100 * share:,.{digits}f}"


def signed_percent(share: float, digits: int = 1) -> str:
    """A relative change in percent that shows its sign."""
    return f"{100 * share:+,.{digits}f}"


def told(template: Text, **values: object) -> Text:
    """A sentence kept beside the theme that tells it, with its named places filled."""
    sentence = phrase(template.en, template.zh, **values)
    return Text(sentence.en[:1].upper() + sentence.en[1:], sentence.zh)
