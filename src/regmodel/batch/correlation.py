"""Rank correlations among what varies, by a Gaussian copula: the ranks correlate, each distribution stays its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regmodel.vocabulary.texts import Text

Array = NDArray[np.float64]
_ROUNDING = 1e-9
_INSIDE = 1e-12


@dataclass(frozen=True)
class Correlation:
    """Rank correlations (Spearman's) between the keys, a row and a column for each in their order."""

    keys: tuple[str, ...]
    matrix: tuple[tuple[float, ...], ...]

    def fault(self) -> Text | None:
        """Why the matrix is no matrix of correlations, or None where it is one."""
        size = len(self.keys)
        if len(self.matrix) != size or any(len(row) != size for row in self.matrix):
            shape = " / ".join(str(len(row)) for row in self.matrix)
            return Text(
                f"{len(self.matrix)} rows of {shape} numbers for {size} keys",
                f"{len(self.matrix)} 行，每行 {shape} 个数，而键有 {size} 个",
            )
        for row, key in enumerate(self.keys):
            for column, other in enumerate(self.keys):
                found = self._fault_of(row, column, key, other)
                if found is not None:
                    return found
        smallest = float(np.linalg.eigvalsh(self._normal()).min())
        if smallest < -_ROUNDING:
            return Text(
                f"correlations that no numbers can have together (smallest eigenvalue {smallest:.3g})",
                f"不可能同时成立的相关系数（最小特征值 {smallest:.3g}）",
            )
        return None

    def _fault_of(self, row: int, column: int, key: str, other: str) -> Text | None:
        value, mirrored = self.matrix[row][column], self.matrix[column][row]
        if row == column and value != 1:
            return Text(f"{value:g} between {key} and itself", f"{key} 与自身的系数为 {value:g}")
        if not -1 <= value <= 1:
            return Text(f"{value:g} between {key} and {other}", f"{key} 与 {other} 的系数为 {value:g}")
        if value != mirrored:
            return Text(
                f"{value:g} between {key} and {other}, but {mirrored:g} the other way round",
                f"{key} 与 {other} 的系数为 {value:g}，反向却为 {mirrored:g}",
            )
        return None

    def _normal(self) -> Array:
        """The correlations of normal numbers whose ranks correlate as asked: r = 2 sin(pi rank / 6)."""
        asked: Array = 2 * np.sin(np.pi * np.asarray(self.matrix, dtype=np.float64) / 6)
        np.fill_diagonal(asked, 1.0)
        return asked

    def applied(self, shares: Array) -> Array:
        """Independent shares (a column for each key) as shares that correlate; each column stays uniform."""
        from scipy.special import ndtr, ndtri

        sizes, vectors = np.linalg.eigh(self._normal())
        root = (vectors * np.sqrt(np.maximum(sizes, 0.0))) @ vectors.T
        normal = ndtri(np.clip(shares, _INSIDE, 1 - _INSIDE)) @ root
        uniform: Array = ndtr(normal)
        return uniform


def apply_all(correlations: Sequence[Correlation], names: Sequence[str], shares: Array) -> Array:
    """The shares with every correlation applied to its columns; ``names`` says which column is whose."""
    mixed = shares.copy()
    for correlation in correlations:
        columns = [names.index(key) for key in correlation.keys]
        mixed[:, columns] = correlation.applied(shares[:, columns])
    return mixed
