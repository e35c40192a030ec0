"""Reading a file in the LP format, strictly: rows as sums with one number on the other side, or a number on each."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from regmodel.diagnosis.linear_model import Draft, LinearModel, read_end
from regmodel.diagnosis.lp_tokens import Token, Tokens, Unreadable, refuse, sections
from regmodel.vocabulary.problems import Problems
from regmodel.vocabulary.texts import Text

_Ends = dict[str, float]


@dataclass
class _Sum:
    """What stands on one side of a relation: coefficients by variable, in order, and a number by itself."""

    terms: list[tuple[str, float]] = field(default_factory=list)
    constants: list[float] = field(default_factory=list)


def read_lp(text: str, name: str, problems: Problems) -> LinearModel:
    """The linear model of a text in the LP format; raises InputProblems with every problem of the file."""
    draft = Draft(name, problems)
    found = sections(text, draft)
    whole = [token.text for token in found["whole"] if token.kind == "name"]
    if any(token.text in "[]^" for token in [*found["objective"], *found["rows"]]):
        whole.append("[ … ]")
    if whole:
        draft.not_linear(whole)
        problems.raise_if_any()
    for token in _objective_names(found["objective"]):
        draft.column(token.text)
    _statements(draft, Tokens(found["rows"]), _row)
    in_rows = set(draft.columns)
    _statements(draft, Tokens(found["bounds"]), _bound)
    alone = [column for column in draft.columns if column not in in_rows]
    if alone:
        shown = ", ".join(alone[:8]) + (" …" if len(alone) > 8 else "")
        draft.notes.append(Text(f"in the bounds and in no row: {shown}", f"仅见于界、不在任何行中：{shown}"))
    return draft.finish()


def _objective_names(tokens: list[Token]) -> Iterator[Token]:
    for place, token in enumerate(tokens):
        follows = tokens[place + 1].text if place + 1 < len(tokens) else ""
        if token.kind == "name" and follows != ":":
            yield token


def _statements(draft: Draft, tokens: Tokens, read: Callable[[Draft, Tokens], None]) -> None:
    while (begun := tokens.peek()) is not None:
        place = tokens.place
        try:
            read(draft, tokens)
        except Unreadable as met:
            line = met.token.line if met.token is not None else begun.line
            if met.token is None or met.token.kind != "bad":  # what is no token has been told already
                refuse(draft, "D-03", line, _text(met.token), met.expected)
            tokens.place = max(tokens.place, place + 1)
            tokens.skip_line(line)


def _sum(tokens: Tokens) -> _Sum:
    """Terms up to the next relation; every term but the first needs a sign before it."""
    found, first = _Sum(), True
    while True:
        sign, signed = 1.0, False
        while tokens.next_is("sign"):
            sign, signed = (-sign if tokens.take().text == "-" else sign), True
        if not tokens.next_is("number", "name") or _labels(tokens):
            if signed:
                raise Unreadable(tokens.peek(), Text("a term after the sign", "正负号之后的一项"))
            return found
        if not first and not signed:
            return found
        first = False
        coefficient = 1.0
        if tokens.next_is("number"):
            coefficient = _value(tokens.take())
            if _text(tokens.peek()) == "*":
                tokens.take()
            if not tokens.next_is("name") or _labels(tokens):
                found.constants.append(sign * coefficient)
                continue
        found.terms.append((tokens.take().text, sign * coefficient))


def _text(token: Token | None) -> str:
    return token.text if token is not None else ""


def _labels(tokens: Tokens) -> bool:
    """Whether the next name is the label of the next row."""
    return _text(tokens.peek(1)) == ":"


def _value(token: Token) -> float:
    value = read_end(token.text)
    if value is None:
        raise Unreadable(token, Text("a number that a computer can hold", "计算机可表示的数字"))
    return value


def _end(tokens: Tokens) -> float:
    """A single signed number."""
    sign = 1.0
    while tokens.next_is("sign"):
        sign = -sign if tokens.take().text == "-" else sign
    token = tokens.take()
    if token.kind != "number":
        raise Unreadable(
            token, Text("one number on this side, and all variables on the other", "此侧仅一个数字，变量均在另一侧")
        )
    return sign * _value(token)


def _relation(tokens: Tokens) -> str:
    token = tokens.take()
    if token.kind != "relation":
        raise Unreadable(token, Text("<=, >= or =, or a sign between terms", "<=、>=、=，或各项之间的正负号"))
    return token.text.replace("=", "")[:1] or "="


def _row(draft: Draft, tokens: Tokens) -> None:
    name = ""
    if tokens.next_is("name") and _labels(tokens):
        name = tokens.take().text
        tokens.take()
    ends, body = _compared(tokens)
    row = draft.add_row(name, ends.get("low", -math.inf), ends.get("high", math.inf))
    for variable, coefficient in body.terms:
        draft.add(row, draft.column(variable), coefficient)


def _compared(tokens: Tokens) -> tuple[_Ends, _Sum]:
    """One or two relations around a sum: the ends that are stated, and the sum."""
    left = _sum(tokens)
    relation = _relation(tokens)
    if len(left.constants) == 1 and not left.terms:
        ends = _ends(relation, left.constants[0], mirrored=True)
        body = _sum(tokens)
        if not tokens.next_is("relation"):
            return ends, _plain(body, tokens)
        first, second = relation, tokens.peek()
        relation = _relation(tokens)
        if first == "=" or relation != first:  # two ends of one side, or an end and a value: one would be lost
            raise Unreadable(second, Text("<= on both sides, or >= on both", "两侧均为 <=，或均为 >="))
    else:
        ends, body = {}, left
    ends |= _ends(relation, _end(tokens), mirrored=False)
    if tokens.next_is("relation") or (tokens.next_is("number", "sign", "name") and tokens.same_line()):
        raise Unreadable(tokens.peek(), Text("the end of the row", "该行到此结束"))
    return ends, _plain(body, tokens)


def _plain(body: _Sum, tokens: Tokens) -> _Sum:
    if body.constants and (body.terms or body.constants != [0.0]):
        raise Unreadable(tokens.peek(-1), Text("no number among the variables", "变量之间没有单独的数字"))
    if any(not math.isfinite(coefficient) for _, coefficient in body.terms):
        raise Unreadable(tokens.peek(-1), Text("finite coefficients", "有限的系数"))
    return body


def _ends(relation: str, value: float, *, mirrored: bool) -> _Ends:
    if relation == "=":
        return {"low": value, "high": value}
    return {"high": value} if (relation == "<") != mirrored else {"low": value}


def _bound(draft: Draft, tokens: Tokens) -> None:
    if tokens.next_is("name") and _text(tokens.peek(1)).casefold() == "free":
        column = draft.column(tokens.take().text)
        tokens.take()
        draft.column_low[column], draft.column_high[column] = -math.inf, math.inf
        return
    start = tokens.peek()
    ends, body = _compared(tokens)
    if len(body.terms) != 1 or body.terms[0][1] != 1:
        raise Unreadable(start, Text("one variable within numbers, or free", "一个变量及其上下界，或 free"))
    column = draft.column(body.terms[0][0])
    if "low" in ends:
        draft.column_low[column] = ends["low"]
    if "high" in ends:
        draft.column_high[column] = ends["high"]
