"""The LP format in small pieces: numbers, names and signs, by section and with their lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from regmodel.diagnosis.linear_model import Draft
from regmodel.vocabulary.texts import Text, same

_HEADS = {
    "objective": r"(?:min(?:imi[sz]e|imum)?|max(?:imi[sz]e|imum)?)",
    "rows": r"(?:subject\s+to|such\s+that|st|s\.t\.|st\.)",
    "bounds": r"bounds?",
    "whole": r"(?:gen(?:erals?)?|integers?|int|bin(?:ary|aries)?|semi(?:s|-continuous)?|sos[12]?)",
    "end": r"end",
}
_HEAD = re.compile("|".join(f"(?P<{name}>^\\s*{words}(?=\\s|:|$):?)" for name, words in _HEADS.items()), re.IGNORECASE)
_TOKEN = re.compile(
    r"(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)"
    r"|(?P<relation><=|=<|>=|=>|<|>|=)"
    r"|(?P<sign>[+-])|(?P<other>[\[\]*/^:])"
    r"|(?P<name>[^\s\d.,<>=+\-*/^:\[\]][^\s<>=+\-*/^:]*)"
)
_ENDLESS = ("inf", "infinity")


@dataclass(frozen=True)
class Token:
    """A number, a name, a relation or a sign, and where it stands."""

    kind: str
    text: str
    line: int


class Unreadable(Exception):
    """A statement that cannot be read: at which token (None at the end), and what should stand there."""

    def __init__(self, token: Token | None, expected: Text) -> None:
        super().__init__()
        self.token, self.expected = token, expected


class Tokens:
    """The tokens of one section, read from the left."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens, self.place = tokens, 0

    def peek(self, ahead: int = 0) -> Token | None:
        """The next token, or one further on (or back); None beyond the last."""
        place = self.place + ahead
        return self.tokens[place] if place < len(self.tokens) else None

    def take(self) -> Token:
        """The next token, which is then behind; raises Unreadable at the end."""
        token = self.peek()
        if token is None:
            raise Unreadable(None, Text("more after the last line", "最后一行之后尚缺内容"))
        self.place += 1
        return token

    def next_is(self, *kinds: str) -> bool:
        """Whether the next token is of one of these kinds."""
        token = self.peek()
        return token is not None and token.kind in kinds

    def same_line(self) -> bool:
        """Whether the next token stands on the line of the last one."""
        before, following = self.peek(-1), self.peek()
        return before is not None and following is not None and before.line == following.line

    def skip_line(self, line: int) -> None:
        """Leave out what stands up to the end of a line."""
        while self.place < len(self.tokens) and self.tokens[self.place].line <= line:
            self.place += 1


def sections(text: str, draft: Draft) -> dict[str, list[Token]]:
    """The tokens of each section; what cannot be a token is noted as a problem."""
    found: dict[str, list[Token]] = {name: [] for name in _HEADS}
    section = ""
    for number, line in enumerate(text.splitlines(), start=1):
        rest = line.partition("\\")[0]
        head = _HEAD.match(rest)
        if head is not None and not _is_label(rest, head, section):
            section, rest = str(head.lastgroup), rest[head.end() :]
        if section == "end":
            break
        if rest.strip() and not section:
            refuse(draft, "D-02", number, rest.strip(), Text("a line such as Minimize", "如 Minimize 的段首"))
            break
        if section:
            found[section] += _tokens(rest, number, draft)
    if section != "end" and not len(draft.problems):
        draft.notes.append(Text("no line End: is the file whole?", "没有 End 行：文件是否完整？"))
    return found


def _is_label(line: str, head: re.Match[str], section: str) -> bool:
    """Whether a word that opens a section is in truth the name of a row or of a variable (``end: x >= 1``)."""
    if head.lastgroup == "rows" and section != "rows":
        return False
    return head.group().endswith(":") or bool(re.match(r"\s*(:|<|>|=)", line[head.end() :]))


def _tokens(line: str, number: int, draft: Draft) -> Iterator[Token]:
    place = 0
    while place < len(line):
        if line[place].isspace():
            place += 1
            continue
        match = _TOKEN.match(line, place)
        found = match.group() if match is not None else line[place:].split()[0]
        if match is None or found.casefold() == "nan":
            refuse(draft, "D-03", number, found, Text("a number, a name or a sign", "数字、名称或符号"))
            yield Token("bad", found, number)
            return
        kind = "number" if found.casefold() in _ENDLESS else str(match.lastgroup)
        yield Token(kind, found, number)
        place = match.end()


def refuse(draft: Draft, code: str, line: int, found: str, expected: Text) -> None:
    """Note what stands in a line instead of what should."""
    draft.problems.add(
        code,
        draft.where(line) if line else draft.name,
        same(f'"{found}"') if found else Text("the end of the section", "段落结束"),
        expected,
        Text("mend this line", "请改正该行"),
    )
