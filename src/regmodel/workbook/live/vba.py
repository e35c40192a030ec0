"""The packing of macro text (MS-OVBA 2.4.1): unpacked to read it, packed as tightly as it goes to write it."""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator
from dataclasses import dataclass

CHUNK = 4096
_SIGNATURE = 0x01
_PACKED = 0xB000
_HEAD = 3
_CLOSE, _SPARE = 24, 4


def unpack(container: bytes) -> bytes:
    """The text of a packed container; raises ValueError where it is none."""
    if not container or container[0] != _SIGNATURE:
        raise ValueError("no packed text")
    found = bytearray()
    place = 1
    while place + 2 <= len(container):
        (header,) = struct.unpack_from("<H", container, place)
        end = min(place + (header & 0x0FFF) + 3, len(container))
        if header & 0x7000 != 0x3000:
            raise ValueError("no packed chunk")
        if header & 0x8000:
            _unpack_chunk(container, place + 2, end, found)
        else:
            found += container[place + 2 : end]
        place = end
    return bytes(found)


def _unpack_chunk(container: bytes, place: int, end: int, found: bytearray) -> None:
    start = len(found)
    while place < end:
        flags, place = container[place], place + 1
        for bit in range(8):
            if place >= end:
                return
            if not flags >> bit & 1:
                found.append(container[place])
                place += 1
                continue
            (token,) = struct.unpack_from("<H", container, place)
            place += 2
            bits = _offset_bits(len(found) - start)
            for _ in range((token & (0xFFFF >> bits)) + 3):
                found.append(found[-(token >> (16 - bits)) - 1])


def _offset_bits(done: int) -> int:
    """How many bits of a copy token tell the distance, once ``done`` bytes of the chunk stand."""
    return max(4, (done - 1).bit_length())


@dataclass(frozen=True)
class _Piece:
    """A piece of the text: one byte as it is (distance 0), or a copy of what stands ``distance`` bytes before."""

    at: int
    text: bytes
    distance: int

    def tokens(self, plain: int) -> list[bytes]:
        """The piece with its first bytes written out, the rest as a copy."""
        found = [self.text[at : at + 1] for at in range(plain)]
        length = len(self.text) - plain
        if length:
            bits = _offset_bits(self.at + plain)
            found.append(struct.pack("<H", (self.distance - 1) << (16 - bits) | (length - 3)))
        return found

    def choices(self) -> Iterator[int]:
        """How many bytes of a copy may be written out: a copy is never shorter than three."""
        yield from range(1, len(self.text) - 2)
        yield len(self.text)


def pack(text: bytes, size: int | None = None) -> bytes:
    """The shortest container of a text of one chunk, or one of exactly this size; raises ValueError where none is."""
    if len(text) > CHUNK:
        raise ValueError("more than one chunk")
    if not text:
        return bytes((_SIGNATURE,))
    pieces = list(_pieces(text))
    plain = {} if size is None else _of_size(pieces, size - _HEAD)
    tokens = [token for at, piece in enumerate(pieces) for token in piece.tokens(plain.get(at, _least(piece)))]
    body = bytearray()
    for first in range(0, len(tokens), 8):
        eight = tokens[first : first + 8]
        body.append(sum(1 << at for at, token in enumerate(eight) if len(token) == 2))
        body += b"".join(eight)
    return bytes((_SIGNATURE,)) + struct.pack("<H", _PACKED | (len(body) - 1)) + bytes(body)


def _least(piece: _Piece) -> int:
    return 0 if piece.distance else 1


def _of_size(pieces: list[_Piece], size: int) -> dict[int, int]:
    """Which copies are written out, and how far, so that all takes this many bytes; no other copy is changed by it."""
    copies = [at for at, piece in enumerate(pieces) if piece.distance]
    state = (len(pieces) + len(copies), len(pieces))
    plain: dict[int, int] = {}
    for at in copies[:-_SPARE]:
        more = _longer(state, pieces[at], len(pieces[at].text))
        if _taken(more) <= size - _CLOSE:
            state, plain[at] = more, len(pieces[at].text)
    reached: dict[tuple[int, int], dict[int, int]] = {state: plain}
    for at in [-1, *(at for at in copies if at not in plain)]:
        for known, chosen in list(reached.items()):
            if _taken(known) == size:
                return chosen
            for count in pieces[at].choices() if at >= 0 else ():
                more = _longer(known, pieces[at], count)
                if _taken(more) <= size:
                    reached.setdefault(more, {**chosen, at: count})
    found = next((chosen for known, chosen in reached.items() if _taken(known) == size), None)
    if found is None:
        raise ValueError(f"a text that cannot be packed into {size + _HEAD} bytes")
    return found


def _longer(state: tuple[int, int], piece: _Piece, plain: int) -> tuple[int, int]:
    """Bytes and tokens once so many bytes of a copy are written out."""
    whole = plain == len(piece.text)
    return state[0] + plain - 2 * whole, state[1] + plain - whole


def _taken(state: tuple[int, int]) -> int:
    """Bytes that tokens take with the flags before each eight of them."""
    return state[0] + math.ceil(state[1] / 8)


def _pieces(text: bytes) -> Iterator[_Piece]:
    """Literals and copies in the choice that needs the fewest bits: 9 for a literal, 17 for a copy."""
    cost, chosen = [0] * (len(text) + 1), [(0, 1)] * len(text)
    earlier = _places(text)
    for at in range(len(text) - 1, -1, -1):
        cost[at] = cost[at + 1] + 9
        distance, longest = _longest_copy(text, at, earlier)
        for length in range(3, longest + 1):
            if cost[at + length] + 17 < cost[at]:
                cost[at], chosen[at] = cost[at + length] + 17, (distance, length)
    at = 0
    while at < len(text):
        distance, length = chosen[at]
        yield _Piece(at, text[at : at + length], distance)
        at += length


def _places(text: bytes) -> dict[bytes, list[int]]:
    """Where each run of three bytes stands: a copy is never shorter."""
    found: dict[bytes, list[int]] = {}
    for at in range(len(text) - 2):
        found.setdefault(text[at : at + 3], []).append(at)
    return found


def _longest_copy(text: bytes, at: int, places: dict[bytes, list[int]]) -> tuple[int, int]:
    """Distance and length of the longest earlier piece that repeats here; copies may overlap themselves."""
    best = (0, 0)
    limit = min((0xFFFF >> _offset_bits(at)) + 3, len(text) - at)
    for place in places.get(text[at : at + 3], ()):
        if place >= at:
            break
        length = 3
        while length < limit and text[at + length] == text[place + length]:
            length += 1
        if length > best[1]:
            best = (at - place, length)
    return best
