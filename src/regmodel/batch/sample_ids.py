"""Ids of samples, which repeat: the same design gives the same scenarios under the same ids."""

from __future__ import annotations

import hashlib

import numpy as np
from numpy.typing import NDArray

MARK = 8


def name_samples(places: NDArray[np.int64], keys: tuple[str, ...], values: NDArray[np.float64]) -> tuple[str, ...]:
    """The place in the design, and a mark of what the sample sets."""
    head = hashlib.sha256("|".join(keys).encode())
    rows = np.ascontiguousarray(values + 0.0, dtype="<f8")  # a zero has one sign
    names = []
    for place, row in zip(places.tolist(), rows, strict=True):
        mark = head.copy()
        mark.update(row.tobytes())
        names.append(f"{place:06d}-{mark.hexdigest()[:MARK]}")
    return tuple(names)
