"""Streams inside a compound file (the format of vbaProject.bin): where one lies, and the same file with other words."""

from __future__ import annotations

import struct

_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
_HEADER, _ENTRY = 512, 128
_LAST, _STREAM, _ROOT = 0xFFFFFFFA, 2, 5


class UnknownCompound(Exception):
    """The bytes are no compound file that this module can follow; the message says what was met."""


class Compound:
    """A small compound file held in memory; streams are found by name and rewritten at their own length."""

    def __init__(self, data: bytes) -> None:
        if data[:8] != _MAGIC:
            raise UnknownCompound("no compound file")
        self.data = bytearray(data)
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        self._sector: int = 1 << shift
        self._mini: int = 1 << mini_shift
        tables, directory = struct.unpack_from("<II", data, 44)
        self._cutoff, mini_table = struct.unpack_from("<II", data, 56)
        if tables > 109:
            raise UnknownCompound(f"{tables} allocation tables")
        self._table = self._numbers([*struct.unpack_from(f"<{tables}I", data, 76)])
        self._mini_table = self._numbers(self._chain(mini_table, self._table))
        self._entries = self._directory(self._chain(directory, self._table))
        self._mini_sectors = self._chain(self._root(), self._table)

    def _root(self) -> int:
        return next(first for kind, first, _ in self._entries.values() if kind == _ROOT)

    def _numbers(self, sectors: list[int]) -> list[int]:
        found: list[int] = []
        for sector in sectors:
            found += struct.unpack_from(f"<{self._sector // 4}I", self.data, self._place(sector))
        return found

    def _place(self, sector: int) -> int:
        place: int = _HEADER + sector * self._sector
        if place + self._sector > len(self.data):
            raise UnknownCompound(f"sector {sector} lies beyond the end")
        return place

    def _chain(self, first: int, table: list[int]) -> list[int]:
        found: list[int] = []
        while first < _LAST:
            if first >= len(table) or len(found) > len(table):
                raise UnknownCompound("a chain of sectors without an end")
            found.append(first)
            first = table[first]
        return found

    def _directory(self, sectors: list[int]) -> dict[str, tuple[int, int, int]]:
        found: dict[str, tuple[int, int, int]] = {}
        for sector in sectors:
            for at in range(self._place(sector), self._place(sector) + self._sector, _ENTRY):
                (length,) = struct.unpack_from("<H", self.data, at + 64)
                kind = self.data[at + 66]
                if kind in (_STREAM, _ROOT):
                    name = bytes(self.data[at : at + max(0, length - 2)]).decode("utf-16-le")
                    first, size = struct.unpack_from("<II", self.data, at + 116)
                    found[name] = (kind, first, size)
        return found

    def _spans(self, name: str) -> list[tuple[int, int]]:
        """Place and length of each piece of a stream in the file; raises KeyError where none has this name."""
        kind, first, size = self._entries[name]
        if kind != _STREAM:
            raise KeyError(name)
        if size >= self._cutoff:
            places, unit = [self._place(sector) for sector in self._chain(first, self._table)], self._sector
        else:
            places, unit = [self._mini_place(at) for at in self._chain(first, self._mini_table)], self._mini
        lengths = [min(unit, size - at * unit) for at in range(len(places))]
        return [(place, length) for place, length in zip(places, lengths, strict=True) if length > 0]

    def _mini_place(self, at: int) -> int:
        sector, within = divmod(at * self._mini, self._sector)
        return self._place(self._mini_sectors[sector]) + within

    def read(self, name: str) -> bytes:
        """The bytes of a stream; raises KeyError where none has this name."""
        return b"".join(bytes(self.data[place : place + length]) for place, length in self._spans(name))

    def rewrite(self, name: str, content: bytes) -> None:
        """Put other bytes of the same length into a stream."""
        spans = self._spans(name)
        if sum(length for _, length in spans) != len(content):
            raise ValueError(f"{name}: {len(content)} bytes do not fit")
        at = 0
        for place, length in spans:
            self.data[place : place + length] = content[at : at + length]
            at += length
