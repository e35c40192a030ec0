"""Completeness is a test: every equation has a worked example, is used, and says where it comes from."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from regmodel.vocabulary.equation import CATALOGUE, Equation, equation
from regmodel.vocabulary.units import Share

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "regmodel"
EXAMPLES = ROOT / "tests" / "equations"
CALLERS = (PACKAGE / "projection", PACKAGE / "feasibility")
EQUATIONS = "regmodel.equations"


def _local_names(tree: ast.Module) -> dict[str, str]:
    """Names in a module that stand for an equation or for a room of them: as written, and the full name."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(EQUATIONS):
            for alias in node.names:
                found[alias.asname or alias.name] = f"{node.module}.{alias.name}".removeprefix(f"{EQUATIONS}.")
    return found


def _mentions(tree: ast.AST, names: dict[str, str]) -> Iterator[str]:
    """Equations that a piece of code refers to, by name or as room.name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in names:
            yield names[node.id]
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in names:
            yield f"{names[node.value.id]}.{node.attr}"


@cache
def _with_examples() -> frozenset[str]:
    """Equations that a test function of tests/equations calls and compares with pytest.approx."""
    found: set[str] = set()
    for path in sorted(EXAMPLES.glob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = _local_names(tree)
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and "approx" in ast.dump(node):
                found.update(_mentions(node, names))
    return frozenset(found)


@cache
def _used() -> frozenset[str]:
    """Equations that projection or programme refer to, and those that such an equation calls in turn."""
    found: set[str] = set()
    for folder in CALLERS:
        for path in sorted(folder.rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            found.update(_mentions(tree, _local_names(tree)))
    waiting = sorted(found & set(CATALOGUE))
    while waiting:
        entry = CATALOGUE[waiting.pop()]
        room = entry.name.partition(".")[0]
        inside = {other.function.__name__: name for name, other in CATALOGUE.items() if name.startswith(f"{room}.")}
        called = set(_mentions(ast.parse(inspect.getsource(entry.function)), inside)) - found
        found |= called
        waiting.extend(called)
    return frozenset(found)


def test_every_equation_says_its_source_in_chinese(entry: Equation) -> None:
    """A Chinese page shows no English in its place."""
    assert any("\u4e00" <= letter <= "\u9fff" for letter in entry.source_zh)


def test_every_equation_has_a_worked_example(entry: Equation) -> None:
    """By hand, with the arithmetic in a comment, in tests/equations."""
    assert entry.name in _with_examples()


def test_every_equation_is_used(entry: Equation) -> None:
    """By the projection or by the programme; what neither needs is deleted."""
    assert entry.name in _used()


def test_every_equation_says_what_it_is_and_where_it_comes_from(entry: Equation) -> None:
    assert entry.source
    assert entry.doc.rstrip().endswith(".")
    assert entry.name.startswith(entry.function.__module__.rpartition(".")[2] + ".")


def test_arguments_are_keyword_only(entry: Equation) -> None:
    """Two quantities of one unit can never be swapped silently."""
    kinds = {parameter.kind for parameter in inspect.signature(entry.function).parameters.values()}
    assert kinds == {inspect.Parameter.KEYWORD_ONLY}


def test_an_equation_stays_an_ordinary_function(entry: Equation) -> None:
    """The decorator only records, so that breakpoints and jumps to the definition work."""
    assert inspect.unwrap(entry.function) is entry.function
    assert not hasattr(entry.function, "__wrapped__")


def test_the_decorator_refuses_what_it_cannot_record() -> None:
    """A positional argument, an argument without a unit, a result without one."""

    def positional(part: Share) -> Share:
        return part

    def without_unit(*, part: float) -> Share:
        return part

    def without_result_unit(*, part: Share) -> float:
        return float(part)

    for function in (positional, without_unit, without_result_unit):
        with pytest.raises(TypeError):
            equation("water.broken", formula="part", source="a test")(function)
    assert "water.broken" not in CATALOGUE
