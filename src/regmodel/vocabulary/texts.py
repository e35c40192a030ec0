"""A sentence in both languages of the house, kept side by side so that neither is forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")


@dataclass(frozen=True)
class Text:
    """One text in English and in Chinese."""

    en: str
    zh: str

    def __post_init__(self) -> None:
        if not self.en or not self.zh:
            raise ValueError(f"a text needs both languages: {self.en!r}, {self.zh!r}")

    def read(self, language: Language) -> str:
        """The text in the language asked for."""
        return self.zh if language == "zh" else self.en

    def fill(self, **values: object) -> Text:
        """The same text with its named places filled in both languages."""
        return Text(self.en.format(**values), self.zh.format(**values))


def same(words: str) -> Text:
    """A text that reads alike in both languages: a figure, an id, a formula."""
    return Text(words, words)


def list_words(words: list[str], language: Language) -> str:
    """Words in a row as a person would say them."""
    if language == "zh":
        return "、".join(words)
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + " and " + words[-1]
