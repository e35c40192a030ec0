"""Formulas that stand for several cells at once: new cells may replace all of such a group, or none of it."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import product

from regmodel.workbook.package import column_number

_IN_A_GROUP = re.compile(rb'<c\b([^>]*?)>\s*<f\b([^>]*\bt\s*=\s*"(?:array|shared|dataTable)"[^>]*?)/?>')
_REF = re.compile(rb'\bref\s*=\s*"([A-Z]+)(\d+)(?::([A-Z]+)(\d+))?"')
_PLACE = re.compile(rb'\br\s*=\s*"([A-Z]+)(\d+)"')
_SHARED = re.compile(rb'\bt\s*=\s*"shared"')


def divides_a_group(body: bytes, cells: Collection[tuple[int, int]]) -> bool:
    """Whether new cells would take a part of an array formula, or the first cell of a shared one but not all of it.

    The rest of an array would write over the new cells, and the rest of a shared formula would have lost its words.
    """
    for match in _IN_A_GROUP.finditer(body):
        reference, place = _REF.search(match[2]), _PLACE.search(match[1])
        if reference is None:
            continue
        if place is None:
            return True
        group = set(_cells(reference))
        taken = group.intersection(cells)
        first = int(place[2]) - 1, column_number(place[1].decode())
        if taken and taken != group and (first in taken or not _SHARED.search(match[2])):
            return True
    return False


def _cells(reference: re.Match[bytes]) -> product[tuple[int, int]]:
    left, top = column_number(reference[1].decode()), int(reference[2]) - 1
    right = left if reference[3] is None else column_number(reference[3].decode())
    bottom = top if reference[4] is None else int(reference[4]) - 1
    return product(range(top, bottom + 1), range(left, right + 1))
