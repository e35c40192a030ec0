"""A store whose every scenario was judged, with the design that it answers; anything else is told and refused."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from regmodel.batch.batch_manifest import manifest_of
from regmodel.batch.blocks import ReadDesign, open_design
from regmodel.batch.store import DESIGN, Store, read_manifest
from regmodel.vocabulary.problems import InputProblems, Problem
from regmodel.vocabulary.texts import Text

if TYPE_CHECKING:
    import pandas as pd

    from regmodel.batch.model import Batch

Array = NDArray[np.float64]
MADE_WITH = ("design", "inputs", "scenarios", "keys", "factors")
"""What the manifest of a store says that its results depend on, code and versions apart."""
_GO_ON = Text(
    "give the command of the batch again with --resume, then ask again", "请以原批次命令加 --resume 续算，完成后再询问"
)


@dataclass(frozen=True)
class Finished:
    """A whole store and its design, read again."""

    store: Store
    read: ReadDesign

    def __len__(self) -> int:
        return len(self.read)

    @property
    def kind(self) -> str:
        """The kind of the design."""
        return self.read.design.kind

    def frame(self, columns: list[str] | None = None) -> pd.DataFrame:
        """One row a scenario in the order of the design; a column that some chunks lack is absent there."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        parts = []
        for path in self.store.files():
            file = pq.ParquetFile(path)
            there = file.schema_arrow.names
            parts.append(file.read(columns=there if columns is None else [name for name in columns if name in there]))
        found: pd.DataFrame = pa.concat_tables(parts, promote_options="default").to_pandas()
        for name in columns or ():
            if name not in found:
                found[name] = None
        return found if columns is None else found[columns]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every column of the store."""
        import pyarrow.parquet as pq

        return tuple(dict.fromkeys(name for path in self.store.files() for name in pq.read_schema(path).names))

    def check_order(self) -> None:
        """Raise InputProblems where the rows are not those of the design, one by one and in its order."""
        stored = self.frame(["sample"])["sample"].tolist()
        place = 0
        for chunk in self.read.chunks():
            ids = list(self.read.samples(chunk).ids)
            if stored[place : place + len(ids)] != ids:
                raise InputProblems([self._of_another_design()])
            place += len(ids)

    def check_design(self) -> None:
        """Raise InputProblems where the design or the records are not those that the results were made with."""
        now, kept = manifest_of(self.read), self.store.manifest
        if any(now[name] != kept.get(name) for name in MADE_WITH):
            raise InputProblems([self._of_another_design()])

    def _of_another_design(self) -> Problem:
        return Problem(
            "B-41",
            str(self.store.folder / DESIGN),
            Text("a design or records that are no longer those of the results", "与结果库不再一致的设计或参数记录"),
            Text("the design and the records that the results were made with", "生成这些结果时所用的设计与参数记录"),
            Text(
                "put the files of the store back as they were, or judge the design again into a new store",
                "请恢复结果库中的文件，或将该设计重新计算到新的结果库",
            ),
        )


def finished(given: Finished | Batch | str | Path) -> Finished:
    """The store of a batch, or of a folder; raises InputProblems where it is none, not whole, or of another design."""
    from regmodel.batch.model import Batch

    if isinstance(given, Finished):
        return given
    if isinstance(given, Batch):
        found = Finished(given.store, given.read)
    else:
        folder = Path(given)
        manifest = read_manifest(folder)
        found = Finished(Store(folder, manifest), open_design(folder / DESIGN))
    check_whole(found.store)
    found.check_design()
    return found


def check_whole(store: Store) -> None:
    """Raise InputProblems where a chunk of a store is missing or not whole."""
    wanted, listing = int(store.manifest["chunks"]), store.listing()
    if len(listing.chunks) == wanted and not listing.broken:
        return
    held = len(listing.chunks)
    found = Text(f"{held} of {wanted} chunks that are whole", f"{wanted} 块结果中有 {held} 块完整")
    expected = Text("a batch that was judged to its end", "已全部判定完毕的批次")
    raise InputProblems([Problem("B-40", str(store.folder), found, expected, _GO_ON)])
