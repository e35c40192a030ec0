"""The evidence for each corrected figure, done again on the clauses and the records."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from regmodel.params import Correction, MissingFigure, ParameterBook, convert
from regmodel.plans.clause import Clause


@dataclass(frozen=True)
class Evidence:
    """What the evidence of a correction comes to, in the printed unit of the row that it is to agree with.

    ``as_read`` is that figure with the correction, ``tolerance`` half a unit of its last digit. ``agrees`` is the
    result; ``found_agrees`` whether the figure as found would have passed the same test.
    """

    row: str
    computed: float
    as_read: float
    tolerance: float
    agrees: bool
    found_agrees: bool


def recompute_evidence(correction: Correction, clauses: Iterable[Clause], book: ParameterBook) -> Evidence:
    """Do the evidence of a correction again: numerator over denominator against the row that it agrees with.

    A term is the id of a clause, or ``variable/REGION/year`` of a figure, summed over the members of a set;
    ``a*b/REGION/year`` sums products. Raises KeyError for a clause and MissingFigure for a figure that is not there.
    """
    by_id = {clause.id: clause for clause in clauses}
    expected = by_id[correction.agrees_with]
    as_read = _printed(expected)
    read_as, found = float(correction.read_as), float(correction.found)
    whole = _term(correction.denominator, by_id, book, None)
    part = _term(correction.numerator, by_id, book, (correction.row, read_as))
    part_found = _term(correction.numerator, by_id, book, (correction.row, found))
    tolerance = 0.5 * 10.0 ** -_decimals(f"{as_read:.10g}")
    own = correction.agrees_with == correction.row
    computed = 100 * part / whole
    return Evidence(
        row=correction.row,
        computed=computed,
        as_read=as_read,
        tolerance=tolerance,
        agrees=abs(computed - (read_as if own else as_read)) <= tolerance,
        found_agrees=abs(100 * part_found / whole - (found if own else as_read)) <= tolerance,
    )


def _printed(clause: Clause) -> float:
    if clause.value is None:
        raise KeyError(f"{clause.id} prints no figure")
    return clause.value


def _decimals(text: str) -> int:
    return len(text.split(".")[1]) if "." in text else 0


def _term(term: str, by_id: dict[str, Clause], book: ParameterBook, stand_in: tuple[str, float] | None) -> float:
    if "/" not in term:
        clause = by_id[term]
        value = stand_in[1] if stand_in is not None and stand_in[0] == term else _printed(clause)
        return convert(value, clause.unit, clause.memory_unit or clause.unit)
    names, region, year = term.split("/")
    variables = names.split("*")
    whole = book.find_figure(names, region, int(year)) if len(variables) == 1 else None
    if whole is not None:
        return whole.value
    if region in book.regions.places:
        raise MissingFigure(f"no figure {names} of {region} in {year}")
    total = 0.0
    for member in book.regions.members(region):
        product = 1.0
        for variable in variables:
            product *= book.figure(variable, member, int(year))
        total += product
    return total
