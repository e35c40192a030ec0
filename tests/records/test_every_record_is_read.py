"""A record that nobody reads is a number that nobody can contest: each must reach a result."""

from __future__ import annotations

from regmodel.feasibility.numbers import prepare
from regmodel.feasibility.watched import WatchedBook
from regmodel.runs.backcast import backcast
from regmodel.scenario import load


def test_every_record_is_read_or_stands_behind_one_that_is(monkeypatch):
    """The base year, the projection, the programme and the back-cast read every record between them."""
    seen: set[str] = set()
    record = WatchedBook.record

    def noted(self, key, region=None):
        found = record(self, key, region)
        seen.add(found.key)
        return found

    monkeypatch.setattr(WatchedBook, "record", noted)
    case = prepare(load("plan"))
    book = case.scenario.book
    seen |= set(case.base.inputs)
    behind = {source for key in seen if key in book.records for source in book.records[key].derived_from}
    fallback = {"population.rural_departure_rate"}  # read where the census of 2000 is missing: tests/published
    assert backcast(book).scores
    assert set(book.records) - seen - behind == fallback
