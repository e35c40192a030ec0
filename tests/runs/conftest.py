"""Runs of the invented pair in memory, for tests that need no command line."""

from __future__ import annotations

import json
from importlib.resources import files

import jsonschema
import pytest

from regmodel.runs import run

THIRSTY = {"clause.cap.water_use_total.PAIR.2025.value": 13.0}


@pytest.fixture(scope="session")
def schema():
    """The schema of verdict.json as the package ships it, ready to ask."""
    text = files("regmodel.runs").joinpath("verdict_schema.json").read_text(encoding="utf-8")
    jsonschema.Draft202012Validator.check_schema(json.loads(text))
    return jsonschema.Draft202012Validator(json.loads(text))


@pytest.fixture(scope="session")
def pair_run(pair):
    """The invented pair, run: feasible."""
    return run(pair())


@pytest.fixture(scope="session")
def thirsty_run(pair):
    """The invented pair with less water than it needs, run: infeasible."""
    return run(pair(THIRSTY))
