"""Markdown and mathematics for the generated pages: cells that keep a table whole, formulas as people write them."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from regmodel.vocabulary.equation import Equation
from regmodel.vocabulary.texts import Text

LONGEST_LINE = 70


def cell(words: object) -> str:
    """Text that keeps a table whole: bars, stars and angle brackets are escaped, lines joined."""
    text = " ".join(str(words).split()) if words not in (None, "") else "–"
    for mark, shown in (("|", "\\|"), ("*", "\\*"), ("<", "&lt;"), (">", "&gt;"), ("[", "\\["), ("]", "\\]")):
        text = text.replace(mark, shown)
    return text


def code(words: object) -> str:
    """A name or a unit as code, or a dash where there is none."""
    return f"`{words}`" if words not in (None, "") else "–"


def table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    """A table in Markdown; the cells are ready."""
    names = list(header)
    lines = [f"| {' | '.join(names)} |", "|" + "---|" * len(names)]
    return [*lines, *(f"| {' | '.join(row)} |" for row in rows), ""]


def both(text: Text) -> str:
    """English and Chinese side by side in a cell."""
    return cell(text.en) if text.en == text.zh else f"{cell(text.en)}<br>{cell(text.zh)}"


def typeset(node: ast.expr, rank: int = 0) -> str:
    """An expression as mathematics; ``rank`` tells how tightly the place around it binds."""
    if isinstance(node, ast.Name):
        return rf"\text{{{node.id.replace('_', ' ')}}}"
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.UnaryOp):
        return f"-{typeset(node.operand, 2)}"
    if isinstance(node, ast.Call):
        sign = {"log": r"\ln", "exp": r"\exp"}[ast.unparse(node.func)]
        return rf"{sign}\left({typeset(node.args[0])}\right)"
    if not isinstance(node, ast.BinOp):
        raise TypeError(f"a formula has no {type(node).__name__}")
    if isinstance(node.op, ast.Div):
        return rf"\frac{{{typeset(node.left)}}}{{{typeset(node.right)}}}"
    if isinstance(node.op, ast.Pow):
        return rf"{typeset(node.left, 3)}^{{{typeset(node.right)}}}"
    own, sign = {ast.Add: (1, "+"), ast.Sub: (1, "-"), ast.Mult: (2, r"\cdot")}[type(node.op)]
    right = own + 1 if isinstance(node.op, ast.Sub) else own
    text = f"{typeset(node.left, own)} {sign} {typeset(node.right, right)}"
    return rf"\left({text}\right)" if rank > own else text


def terms(node: ast.expr) -> list[str]:
    """The summands of a formula, each with its sign, so that a long sum can be broken."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
        sign = "+" if isinstance(node.op, ast.Add) else "-"
        return [*terms(node.left), f"{sign} {typeset(node.right, 1 if sign == '+' else 2)}"]
    return [typeset(node)]


def mathematics(entry: Equation) -> list[str]:
    """The formula of an equation as a block of mathematics."""
    tree = ast.parse(entry.formula, mode="eval").body
    left = rf"\text{{{entry.function.__name__.replace('_', ' ')}}} ={{}}&"
    parts = terms(tree) if len(entry.formula) > LONGEST_LINE else [typeset(tree)]
    return ["```math", r"\begin{aligned}", left + r" \\ &".join(parts), r"\end{aligned}", "```", ""]
