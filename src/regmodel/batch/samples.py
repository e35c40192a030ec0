"""Samples of a design: each one numbers for the same override keys of one scenario."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Samples:
    """Ids, override keys, and values (sample, key), each column in its key's printed unit.

    A key is that of a scenario's override, such as ``record.water.groundwater_glide.HOHHOT``, ``clause.<id>.value`` or
    ``cap.water_use_total.ORDOS.2025``; a switch (``….enabled``) is 1 or 0.
    """

    ids: tuple[str, ...]
    keys: tuple[str, ...]
    values: NDArray[np.float64]

    def __post_init__(self) -> None:
        if self.values.shape != (len(self.ids), len(self.keys)):
            raise ValueError(
                f"values of shape {self.values.shape} for {len(self.ids)} samples of {len(self.keys)} keys"
            )

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, chosen: slice) -> Samples:
        """Some of the samples, in their order."""
        return Samples(self.ids[chosen], self.keys, self.values[chosen])

    def override(self, row: int) -> dict[str, float]:
        """What one sample sets, by key."""
        return {key: float(value) for key, value in zip(self.keys, self.values[row], strict=True)}


def spread_out(count: int, asked: int) -> NDArray[np.int64]:
    """At most so many of ``count`` places, at even distances from the first to the last."""
    return np.unique(np.linspace(0, count - 1, min(asked, count)).astype(np.int64))
