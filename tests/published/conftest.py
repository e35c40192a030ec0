"""The shipped records, the hold-out that they allow, and what the back-cast says about it."""

from __future__ import annotations

import pytest

from regmodel.params import ParameterBook, read_book
from regmodel.runs import holdout
from regmodel.runs.backcast import Backcast, backcast


@pytest.fixture(scope="session")
def book() -> ParameterBook:
    return read_book()


@pytest.fixture(scope="session")
def inputs(book: ParameterBook) -> holdout.Inputs:
    return holdout.read_inputs(book)


@pytest.fixture(scope="session")
def shipped(book: ParameterBook) -> Backcast:
    return backcast(book)
