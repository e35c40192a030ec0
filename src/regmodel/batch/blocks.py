"""A design with its scenario read: blocks of samples over one scenario each, cut into chunks that never change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from regmodel.batch.design import LIST, Design, Listed
from regmodel.batch.design_checks import check_design, check_indicators, check_size
from regmodel.batch.design_file import read_design
from regmodel.batch.drawing import Drawing
from regmodel.batch.factors import Factor, factors_of, keys_of
from regmodel.batch.sample_ids import name_samples
from regmodel.batch.samples import Samples, spread_out
from regmodel.plans.clause_title import described
from regmodel.scenario import Override, Scenario, Value, changed, load
from regmodel.scenario.changes import is_switch
from regmodel.scenario.keys import KeyChecks
from regmodel.vocabulary.problems import InputProblems, Problems
from regmodel.vocabulary.texts import Text

LEAST_CHUNK, MOST_CHUNK, CHUNKS = 10, 500, 40
"""A task of fewer solves than the least costs more to send than to do; more than the most is much to lose."""


@dataclass(frozen=True)
class Block:
    """Samples over one scenario: drawn by place, or listed."""

    base: Scenario
    keys: tuple[str, ...]
    source: Drawing | Samples

    def __len__(self) -> int:
        return len(self.source)

    def samples(self, start: int, stop: int) -> Samples:
        """The samples from ``start`` to before ``stop``."""
        return self.at(np.arange(start, stop, dtype=np.int64))

    def at(self, places: NDArray[np.int64]) -> Samples:
        """The samples at some places of the block."""
        if isinstance(self.source, Samples):
            ids = tuple(self.source.ids[place] for place in places.tolist())
            return Samples(ids, self.keys, self.source.values[places])
        values = self.source.values(places)
        return Samples(name_samples(places, self.keys, values), self.keys, values)


@dataclass(frozen=True)
class Chunk:
    """What is judged and stored in one piece: some samples of one block."""

    number: int
    block: int
    start: int
    stop: int


@dataclass(frozen=True)
class ReadDesign:
    """A design whose scenarios are read and whose every key is known to name something.

    ``bases`` are the scenarios that a list names beside the design's own.
    """

    design: Design
    scenario: Scenario
    factors: tuple[Factor, ...]
    blocks: tuple[Block, ...]
    bases: Mapping[str, Scenario]

    def __len__(self) -> int:
        return sum(len(block) for block in self.blocks)

    @property
    def chunk_size(self) -> int:
        """Samples in a chunk: fixed by the design, so that one worker or many cut alike."""
        return self.design.chunk or min(MOST_CHUNK, max(LEAST_CHUNK, -(-len(self) // CHUNKS)))

    def chunks(self) -> Iterator[Chunk]:
        """Every chunk in order; none holds samples of two blocks."""
        number = 0
        for place, block in enumerate(self.blocks):
            for start in range(0, len(block), self.chunk_size):
                yield Chunk(number, place, start, min(start + self.chunk_size, len(block)))
                number += 1

    def samples(self, chunk: Chunk) -> Samples:
        """The samples of a chunk."""
        return self.blocks[chunk.block].samples(chunk.start, chunk.stop)

    @cached_property
    def mended_places(self) -> NDArray[np.int64]:
        """Places of the whole design, at even distances, of which the smallest repair is asked."""
        return self.detailed_places if self.design.repairs is None else spread_out(len(self), self.design.repairs)

    @cached_property
    def detailed_places(self) -> NDArray[np.int64]:
        """Places of the whole design, at even distances, of which more than the verdict is asked."""
        return spread_out(len(self), len(self) if self.design.details is None else self.design.details)

    def mended(self, chunk: Chunk, samples: Samples) -> frozenset[str]:
        """Those of a chunk's samples of which the smallest repair is asked."""
        return self._among(self.mended_places, chunk, samples)

    def detailed(self, chunk: Chunk, samples: Samples) -> frozenset[str]:
        """Those of a chunk's samples of which more than the verdict is asked."""
        return self._among(self.detailed_places, chunk, samples)

    def _among(self, places: NDArray[np.int64], chunk: Chunk, samples: Samples) -> frozenset[str]:
        first = sum(len(block) for block in self.blocks[: chunk.block]) + chunk.start
        mine = places - first
        return frozenset(samples.ids[place] for place in mine[(mine >= 0) & (mine < len(samples))].tolist())

    @cached_property
    def clause_titles(self) -> Mapping[str, Text]:
        """What a person calls the clauses of all its scenarios, by id."""
        bases = (self.scenario, *(block.base for block in self.blocks))
        return {
            active.clause.id: described(active.clause, base.book.regions) for base in bases for active in base.clauses
        }

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key that some sample sets, in the order of the blocks."""
        return tuple(dict.fromkeys(key for block in self.blocks for key in block.keys))


def scenario_of(base: Scenario, samples: Samples, row: int) -> Scenario:
    """One sample as a scenario, such as a single run takes it."""
    values = {key: bool(value) if is_switch(key) else value for key, value in samples.override(row).items()}
    return replace(changed(base, values), name=f"{base.name}:{samples.ids[row]}")


def open_design(given: Design | str | Path) -> ReadDesign:
    """The design of a file or of a shipped name, or one made in Python, with everything that it names looked up.

    Raises InputProblems with every problem of the design at once.
    """
    problems = Problems()
    design = given if isinstance(given, Design) else read_design(given, problems)
    if design is None:
        problems.raise_if_any()
    assert design is not None
    check_design(design, problems)
    try:
        scenario = design.scenario if isinstance(design.scenario, Scenario) else load(design.scenario)
    except InputProblems as found:
        problems.found += found.problems.found
        problems.raise_if_any()
        raise
    factors = () if design.kind == LIST else factors_of(design, scenario, problems)
    check_size(design, factors, problems)
    check_indicators(design, scenario.book.regions, problems)
    bases: dict[str, Scenario] = {}
    blocks = _listed_blocks(design, scenario, bases, problems) if design.kind == LIST else ()
    problems.raise_if_any()
    if design.kind != LIST:
        blocks = (Block(scenario, keys_of(factors), Drawing(design, factors)),)
    _check_effect(blocks)
    return ReadDesign(design, scenario, factors, blocks, bases)


def _check_effect(blocks: tuple[Block, ...]) -> None:
    """What nothing reads, or what the first sample lacks, is found before anything is solved."""
    from regmodel.feasibility.numbers import prepare

    problems = Problems()
    for block in blocks:
        try:
            prepare(scenario_of(block.base, block.samples(0, 1), 0), slopes=False)
        except InputProblems as found:
            seen = {(problem.code, problem.where) for problem in problems}
            problems.found += [one for one in found.problems if (one.code, one.where) not in seen]
    problems.raise_if_any()


def _listed_blocks(
    design: Design, scenario: Scenario, bases: dict[str, Scenario], problems: Problems
) -> tuple[Block, ...]:
    """Listed scenarios that start from the same scenario and set the same words and keys share a block, in order.

    Fills ``bases`` with the scenarios that they name.
    """
    blocks: list[tuple[tuple[object, ...], Scenario, dict[str, Value], list[tuple[str, dict[str, float]]]]] = []
    for listed in design.scenarios:
        base = scenario if listed.scenario is None else _base(listed.scenario, bases, problems)
        if base is None or not _usable(design, listed, base, problems):
            continue
        words = {key: value for key, value in listed.override.items() if not _is_number(value)}
        numbers = {key: float(value) for key, value in listed.override.items() if _is_number(value)}
        mark = (listed.scenario, tuple(sorted((key, str(value)) for key, value in words.items())), tuple(numbers))
        if not blocks or blocks[-1][0] != mark:
            blocks.append((mark, base, words, []))
        blocks[-1][3].append((listed.id, numbers))
    found = []
    for _, base, words, rows in blocks:
        keys = tuple(rows[0][1])
        values = np.array([list(numbers.values()) for _, numbers in rows], dtype=np.float64).reshape(
            len(rows), len(keys)
        )
        found.append(
            Block(changed(base, words) if words else base, keys, Samples(tuple(id_ for id_, _ in rows), keys, values))
        )
    return tuple(found)


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _base(name: str, bases: dict[str, Scenario], problems: Problems) -> Scenario | None:
    if name not in bases:
        try:
            bases[name] = load(name)
        except InputProblems as found:
            problems.found += found.problems.found
            return None
    return bases[name]


def _usable(design: Design, listed: Listed, base: Scenario, problems: Problems) -> bool:
    overrides = [
        Override(key, float(value) if _is_number(value) else value, None, f"{design.name}/{listed.id}")
        for key, value in listed.override.items()
    ]
    clauses = tuple(active.clause for active in base.clauses)
    return len(KeyChecks(base.book, clauses, base.levers, problems).usable(overrides)) == len(overrides)
