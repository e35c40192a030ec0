"""Random numbers that can be asked for at any place: sample 812 345 is known without drawing those before it.

So a batch of a million scenarios needs no more memory than one chunk, every worker draws alike, and one sample can be
made again alone. A stream belongs to the seed and to the name of what varies, whatever else varies beside it.
"""

from __future__ import annotations

import hashlib

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Whole = NDArray[np.uint64]
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_ROUNDS = 8
_FRACTION = 53


def stream(seed: int, name: str) -> np.uint64:
    """The start of a stream of its own for a seed and a name."""
    return np.uint64(int.from_bytes(hashlib.sha256(f"{seed}|{name}".encode()).digest()[:8], "little"))


def mixed(numbers: Whole) -> Whole:
    """Well mixed bits of each number (the finaliser of splitmix64)."""
    found = numbers + _GOLDEN
    found = (found ^ (found >> np.uint64(30))) * _FIRST
    found = (found ^ (found >> np.uint64(27))) * _SECOND
    return found ^ (found >> np.uint64(31))


def fractions(start: np.uint64, places: Whole) -> Array:
    """A number from 0 to below 1 for each place of a stream."""
    bits = mixed(mixed(places ^ start) + start)
    return (bits >> np.uint64(64 - _FRACTION)).astype(np.float64) / float(1 << _FRACTION)


def shuffled(start: np.uint64, places: Whole, size: int) -> Whole:
    """Where each place goes in a permutation of ``size`` places.

    A Feistel network permutes the next larger square of a power of two; what falls outside goes through it again.
    """
    half = np.uint64(max(1, ((max(size, 2) - 1).bit_length() + 1) // 2))
    mask = (np.uint64(1) << half) - np.uint64(1)
    found = _network(start, places, half, mask)
    outside = found >= np.uint64(size)
    while outside.any():
        found[outside] = _network(start, found[outside], half, mask)
        outside = found >= np.uint64(size)
    return found


def _network(start: np.uint64, places: Whole, half: np.uint64, mask: np.uint64) -> Whole:
    left, right = places >> half, places & mask
    for turn in range(_ROUNDS):
        key = mixed(np.array([start], dtype=np.uint64) + np.uint64(turn))[0]
        left, right = right, left ^ (mixed(right ^ key) & mask)
    return (left << half) | right
