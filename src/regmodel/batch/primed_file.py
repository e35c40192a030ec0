"""What a block taught first, as a file of the store: a batch that goes on reads it instead of finding it again.

The file gives back what was learned to the last bit, so that no number depends on whether it was found or read. A store
may come from elsewhere: a file that is not of this very block and programme is none. Even one made up on purpose cannot
make a wrong verdict, since every plan and every proof is checked at each scenario's own numbers before it counts; it
only decides fewer scenarios without a solve.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from regmodel.batch.pool import Primed
from regmodel.batch.store import Store
from regmodel.feasibility.affine import Compiled
from regmodel.feasibility.clause_groups import grouped
from regmodel.feasibility.compiled_store import compiled_for
from regmodel.feasibility.decided_on import Witness
from regmodel.feasibility.frame import Shape
from regmodel.feasibility.priming import Conflicting

Array = NDArray[np.float64]
Integers = NDArray[np.int64]
Stored = Mapping[str, NDArray[Any]]
PLANS = ("witnesses", "loose")
PARTS = ("plan", "size", "shift")
NUMBERS = tuple(f"{plans}_{part}" for plans in PLANS for part in PARTS)
CONFLICTS = ("parameters", "rows", "rows_of_each", "clauses", "clauses_of_each")
NAMES = {"of", *NUMBERS, *CONFLICTS}
MOST = 1 << 30
"""Bytes that a file may unpack to: a hundred times what the shipped designs take."""


class Lessons:
    """What the blocks of a batch taught, by number, in its store; ``files`` are those that are whole."""

    def __init__(self, store: Store, files: Mapping[int, Path]) -> None:
        self.store, self.files = store, files
        self.misfits: list[str] = []
        """Files that turned out to be of something else: they are taken away, and told as done again."""

    def kept(self, block: int, shape: Shape) -> Primed | None:
        """What a block taught before; None where nothing is kept of it that is its own."""
        path = self.files.get(block)
        if path is None:
            return None
        found = primed_from(path.read_bytes(), self.store.run_id, block, shape)
        if found is None:
            self.misfits.append(path.relative_to(self.store.folder).as_posix())
            self.store.clear((self.misfits[-1],))
        return found

    def keep(self, block: int, primed: Primed, compiled: Compiled) -> None:
        """Write down what a block taught; raises InputProblems where the disk is full."""
        self.store.put_primed(block, content_of_primed(primed, self.store.run_id, block, compiled))


def content_of_primed(primed: Primed, run_id: str, block: int, compiled: Compiled) -> bytes:
    """What a block of a batch taught, as the bytes of a file: the same gives the same bytes."""
    columns, conflicts = len(compiled.columns), primed.conflicts
    arrays: dict[str, Any] = {"of": np.array([run_id, str(block)])}
    for plans in PLANS:
        for part in PARTS:
            rows = [getattr(one, part) for one in getattr(primed, plans)]
            arrays[f"{plans}_{part}"] = np.array(rows, dtype=np.float64).reshape(len(rows), columns)
    parameters = [one.parameters for one in conflicts]
    arrays["parameters"] = np.array(parameters, dtype=np.float64).reshape(len(conflicts), _parameters(compiled))
    arrays["rows"] = np.concatenate([np.empty(0, dtype=np.int64), *(one.rows for one in conflicts)])
    arrays["rows_of_each"] = np.array([len(one.rows) for one in conflicts], dtype=np.int64)
    arrays["clauses"] = np.array([name for one in conflicts for name in one.clauses], dtype=np.str_)
    arrays["clauses_of_each"] = np.array([len(one.clauses) for one in conflicts], dtype=np.int64)
    stream = io.BytesIO()
    np.savez_compressed(stream, **arrays)
    return stream.getvalue()


def primed_from(content: bytes, run_id: str, block: int, shape: Shape) -> Primed | None:
    """What such a file holds; None where it is of another batch or block, or does not fit the programme."""
    found = _arrays(content)
    if found is None or found["of"].tolist() != [run_id, str(block)]:
        return None
    compiled = compiled_for(shape)
    if not (_numbers_fit(found, compiled) and _counts_fit(found)):
        return None
    conflicts = _conflicts(found)
    groups = grouped(shape, compiled)
    if not all(_fits(one, groups, len(compiled.rows)) for one in conflicts):
        return None
    witnesses, loose = (_witnesses(found, plans) for plans in PLANS)
    return Primed(witnesses, loose, conflicts)


def _arrays(content: bytes) -> Stored | None:
    """The arrays of a file that has all its names and no more; nothing in it is ever run."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(one.file_size for one in packed.infolist()) > MOST:
                return None
        with np.load(io.BytesIO(content), allow_pickle=False) as stored:
            found = {name: stored[name] for name in stored.files}
    except (ValueError, KeyError, EOFError, OSError, MemoryError, RuntimeError, zipfile.BadZipFile, zlib.error):
        return None
    return found if set(found) == NAMES and all(isinstance(one, np.ndarray) for one in found.values()) else None


def _numbers_fit(found: Stored, compiled: Compiled) -> bool:
    """Plans with a number for every column, and parameters for every parameter."""
    widths = dict.fromkeys(NUMBERS, len(compiled.columns)) | {"parameters": _parameters(compiled)}
    return all(
        found[name].dtype == np.float64 and found[name].ndim == 2 and found[name].shape[1] == width
        for name, width in widths.items()
    ) and not any(np.isnan(found[name]).any() for name in widths)


def _counts_fit(found: Stored) -> bool:
    """As many of each part as of the others, and rows and clauses for every conflict."""
    flat = all(found[name].ndim == 1 for name in CONFLICTS[1:])
    whole = all(found[name].dtype == np.int64 for name in ("rows", "rows_of_each", "clauses_of_each"))
    if not (flat and whole and found["clauses"].dtype.kind == "U"):
        return False
    plans = all(len({len(found[f"{plans}_{part}"]) for part in PARTS}) == 1 for plans in PLANS)
    count = len(found["parameters"])
    each = {"rows": found["rows_of_each"], "clauses": found["clauses_of_each"]}
    return plans and all(
        len(lengths) == count and bool((lengths > 0).all()) and int(lengths.sum()) == len(found[name])
        for name, lengths in each.items()
    )


def _fits(conflict: Conflicting, groups: Mapping[str, Integers], rows: int) -> bool:
    """Whether rows are of the programme, in their order, and all clauses that they belong to are named."""
    if conflict.rows[0] < 0 or conflict.rows[-1] >= rows or (np.diff(conflict.rows) <= 0).any():
        return False
    meant = {name for name, members in groups.items() if np.isin(members, conflict.rows).any()}
    return meant.issubset(conflict.clauses) and set(conflict.clauses).issubset(groups)


def _witnesses(found: Stored, plans: str) -> tuple[Witness, ...]:
    return tuple(Witness(*one) for one in zip(*(found[f"{plans}_{part}"] for part in PARTS), strict=True))


def _conflicts(found: Stored) -> tuple[Conflicting, ...]:
    rows, clauses = (_split(found[name], found[f"{name}_of_each"]) for name in ("rows", "clauses"))
    return tuple(
        Conflicting(tuple(names.tolist()), these, parameters)
        for names, these, parameters in zip(clauses, rows, found["parameters"], strict=True)
    )


def _split(whole: NDArray[Any], lengths: Integers) -> Sequence[NDArray[Any]]:
    return np.split(whole, np.cumsum(lengths)[:-1]) if len(lengths) else []


def _parameters(compiled: Compiled) -> int:
    return sum(length for _, length in compiled.parameters)
