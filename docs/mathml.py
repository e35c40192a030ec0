"""Formulas as MathML, which browsers draw without a script and without the network."""

from __future__ import annotations

import ast
from html import escape

SIGNS = {ast.Add: (1, "+"), ast.Sub: (1, "−"), ast.Mult: (2, "·")}
FUNCTIONS = {"log": "ln", "exp": "exp"}


def display(formula: str) -> str:
    """A line ``name = expression`` as a formula on lines of its own, with the line itself below it."""
    left, _, right = formula.partition(" = ")
    told = f"{_name(left)}<mo>=</mo>{_drawn(ast.parse(right, mode='eval').body)}"
    return f'<div class="formula"><math display="block">{told}</math></div>\n\n`{formula}`'


def _name(name: str) -> str:
    return f"<mtext>{escape(name.replace('_', ' '))}</mtext>"


def _drawn(node: ast.expr, rank: int = 0) -> str:
    if isinstance(node, ast.Name):
        return _name(node.id)
    if isinstance(node, ast.Constant):
        return f"<mn>{node.value!r}</mn>"
    if isinstance(node, ast.UnaryOp):
        return f"<mrow><mo>−</mo>{_drawn(node.operand, 2)}</mrow>"
    if isinstance(node, ast.Call):
        sign = FUNCTIONS[ast.unparse(node.func)]
        return f"<mrow><mi>{sign}</mi><mo>(</mo>{_drawn(node.args[0])}<mo>)</mo></mrow>"
    if not isinstance(node, ast.BinOp):
        raise TypeError(f"a formula has no {type(node).__name__}")
    if isinstance(node.op, ast.Div):
        return f"<mfrac>{_row(node.left)}{_row(node.right)}</mfrac>"
    if isinstance(node.op, ast.Pow):
        return f"<msup>{_row(node.left, 3)}{_row(node.right)}</msup>"
    own, sign = SIGNS[type(node.op)]
    right = own + 1 if isinstance(node.op, ast.Sub) else own
    told = f"{_drawn(node.left, own)}<mo>{sign}</mo>{_drawn(node.right, right)}"
    return f"<mrow><mo>(</mo>{told}<mo>)</mo></mrow>" if rank > own else f"<mrow>{told}</mrow>"


def _row(node: ast.expr, rank: int = 0) -> str:
    return f"<mrow>{_drawn(node, rank)}</mrow>"
