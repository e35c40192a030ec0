"""What a finished batch answers: dataclasses and pure functions, from a store alone.

``answers_of(batch or folder)`` gives ``Answers``; its parts are asked for by themselves with

- ``finished(batch or folder)``: the whole store with its design, a ``Finished``, which the others take;
- ``holding(store)``: ``Holding`` with the ``Estimate`` of all clauses jointly (``joint``), of each by itself
  (``alone``), of each conflict (``conflicts``, a ``Clash`` each) and of each clause in any conflict (``in_conflict``);
- ``ways_out(store)``: ``WaysOut`` with a ``WayOut`` for each clause that would have to give, most frequent first;
- ``tornado(store, output)``: ``Tornado`` with a ``Bar`` for each number, longest first;
- ``indices(store, output)``: ``Indices`` of Sobol's or Morris's design with an ``Index`` for each number;
- ``box(store, verdict)``: a ``Box`` with a ``Limit`` for each number that bounds where the plans hold, or do not.

``load_chances(batch or folder)`` gives ``LoadChances`` for early warning: a ``Chance`` for each class of load by place
and year. ``break_even(scenario, key)`` asks a single scenario, and tells from which value of one number on it holds.

``output`` is ``attainability`` or ``worst_margin``. Each has ``frame()`` for pandas and ``as_dict()`` for plain values,
and each says what it rests on: ``Basis`` has the sentences.
"""

from __future__ import annotations

from regmodel.batch.answers.asked import Answers, answers_of
from regmodel.batch.answers.bars import Bar, End, Tornado, tornado
from regmodel.batch.answers.basis import Basis
from regmodel.batch.answers.boxes import Box, Limit, box
from regmodel.batch.answers.break_evens import BreakEven, Edge, break_even, stored_scenario
from regmodel.batch.answers.frequencies import Clash, Holding, holding
from regmodel.batch.answers.load_chances import Chance, LoadChances, load_chances
from regmodel.batch.answers.outputs import MEANT, OUTPUTS
from regmodel.batch.answers.salib_indices import Index, Indices, indices
from regmodel.batch.answers.ways_out import WayOut, WaysOut, ways_out
from regmodel.batch.answers.whole import Finished, finished
from regmodel.batch.answers.wilson import Estimate, estimate, wilson

__all__ = [
    "MEANT",
    "OUTPUTS",
    "Answers",
    "Bar",
    "Basis",
    "Box",
    "BreakEven",
    "Chance",
    "Clash",
    "Edge",
    "End",
    "Estimate",
    "Finished",
    "Holding",
    "Index",
    "Indices",
    "Limit",
    "LoadChances",
    "Tornado",
    "WayOut",
    "WaysOut",
    "answers_of",
    "box",
    "break_even",
    "estimate",
    "finished",
    "holding",
    "indices",
    "load_chances",
    "stored_scenario",
    "tornado",
    "ways_out",
    "wilson",
]
