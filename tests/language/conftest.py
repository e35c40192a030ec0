"""Every test that asks for ``entry`` runs once for each equation of the catalogue."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

import regmodel.equations
from regmodel.vocabulary.equation import CATALOGUE

for _room in pkgutil.iter_modules(regmodel.equations.__path__):
    importlib.import_module(f"regmodel.equations.{_room.name}")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Parametrise over the catalogue by name."""
    if "entry" in metafunc.fixturenames:
        metafunc.parametrize("entry", [CATALOGUE[name] for name in sorted(CATALOGUE)], ids=sorted(CATALOGUE))
