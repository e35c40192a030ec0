"""The smallest change of one clause that lets an infeasible scenario hold, for many scenarios.

Whatever mends a scenario has to give way in its conflict. The rows of a conflict are a small programme, which says in
milliseconds how far an end has to give way until it is gone. The change that is smallest by all conflicts that are
known is asked of the whole: where it suffices, no other is smaller by more than the rounding, an eighth of a per cent;
where it does not, its proof is one more conflict. Ends are asked one by one: a clause that would have to give way at
both is told neither as a way out nor as none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from regmodel.feasibility.clause_changes import FINENESS, NOTHING, Change, ClauseEnds
from regmodel.feasibility.easing import End
from regmodel.feasibility.engine import MOST_GIVEN, weighed
from regmodel.feasibility.many_numbers import Parameters, row_places
from regmodel.feasibility.many_verdicts import Known, Told
from regmodel.feasibility.numbers import Case
from regmodel.feasibility.row_numbers import FREE, RowNumbers, RowReader
from regmodel.feasibility.support import Support, used_rows

Array = NDArray[np.float64]
Integers = NDArray[np.int64]
FINER = FINENESS / 4
"""How near the move is sought at which a conflict is gone, beside the thousandth to which it is rounded."""
PROOFS = 12
"""After so many conflicts, one beyond the other, nothing is told."""


@dataclass(frozen=True)
class Mended:
    """The smallest change of one end of a clause, if one was found; ``hopeless`` where no clause let go suffices."""

    change: Change | None = None
    hopeless: bool = False


@dataclass(frozen=True)
class Asked:
    """An infeasible scenario: its number among many, its own case (slopes left out), and its conflict."""

    number: int
    case: Case
    conflict: Support


def smallest_changes(
    plans: Known, supports: Sequence[Support], case: Case, parameters: Parameters, asked: Sequence[Asked]
) -> list[Mended]:
    """The smallest change of one end of a clause for each of some scenarios of a case.

    ``supports`` are known conflicts. What is told depends on the scenario's own numbers and on what is known, and on
    no other scenario.
    """
    searches = [_Search(one, plans, parameters, supports) for one in asked]
    for _ in range(PROOFS):
        open_ones = [search for search in searches if search.open]
        if not open_ones:
            break
        values = [search.ask() for search in open_ones]
        for search, told in zip(open_ones, _held(plans, case, parameters, open_ones, values), strict=True):
            search.hear(told)
    _ask_without(plans, case, parameters, [search for search in searches if search.exhausted])
    return [search.found for search in searches]


def _held(
    plans: Known, case: Case, parameters: Parameters, searches: Sequence[_Search], values: Sequence[Array]
) -> list[Told]:
    """Whether scenarios hold, each with parameters of its own."""
    differ = np.union1d(parameters.differ, row_places(plans.screen.compiled).ravel())
    each = np.stack([one[differ] for one in values], axis=1)
    numbers = np.array([search.asked.number for search in searches])
    return plans.decided(case, numbers, Parameters(parameters.first, differ, each, len(searches)))


def _ask_without(plans: Known, case: Case, parameters: Parameters, searches: Sequence[_Search]) -> None:
    """None suffices where the others cannot hold even with a clause let go, whichever of the conflict it is."""
    pairs = [(search, clause) for search in searches for clause in search.asked.conflict.clauses]
    if not pairs:
        return
    groups = [set(plans.screen.groups) - {clause} for _, clause in pairs]
    numbers = np.array([search.asked.number for search, _ in pairs])
    told = plans.decided(case, numbers, parameters.only(numbers), groups)
    for search in searches:
        verdicts = {one.verdict for (other, _), one in zip(pairs, told, strict=True) if other is search}
        search.found = Mended(hopeless=verdicts == {"infeasible"})


class _Search:
    """Where the search for one scenario stands.

    ``least`` is, by end, from where on no known conflict stays; ends that cannot mend it alone are gone from it.
    """

    def __init__(self, asked: Asked, plans: Known, parameters: Parameters, supports: Iterable[Support]) -> None:
        self.asked, self.plans = asked, plans
        self.found = Mended()
        self.left = True
        self.far = False
        self.reader = RowReader(asked.case.scenario, asked.case.paths)
        self.ends = ClauseEnds(asked.case)
        self.parameters = parameters.of(asked.number)
        self.places = row_places(plans.screen.compiled)
        self.asking: dict[End, Integers] = {}
        self.rows_of: dict[str, list[int]] = {clause: [] for clause in asked.conflict.clauses}
        for number, row in enumerate(asked.case.shape.rows):
            if row.clause in self.rows_of:
                self.rows_of[row.clause].append(number)
        self.weights = self._weights()
        self.least: dict[End, float] = {end: NOTHING / weight for end, weight in self.weights.items()}
        self.change: Change | None = None
        for support in (asked.conflict, *(one for one in supports if one is not asked.conflict)):
            self._learn(support)

    def _weights(self) -> dict[End, float]:
        """How large one unit of an end is beside its clause's size, for the ends that may give way."""
        case, rows = self.asked.case, list(self.asked.case.rows)
        for number in (one for mine in self.rows_of.values() for one in mine):
            rows[number] = self.reader.read(case.shape.rows[number])
        gives = weighed(self.plans.screen.engine.gives, replace(case, rows=tuple(rows)))
        return {
            (give.clause, give.side): give.weight for give in gives if give.weight > 0 and give.clause in self.rows_of
        }

    @property
    def open(self) -> bool:
        """Whether there is an end left to ask."""
        return self.left and bool(self.least)

    @property
    def exhausted(self) -> bool:
        """Whether no end by itself mends the scenario."""
        return self.left and not self.least and not self.far

    def ask(self) -> Array:
        """The parameters with the smallest change by all that is known."""
        end = min(self.least, key=lambda one: (self.least[one] * self.weights[one], one))
        self.change = self.ends.change(end, self.least[end])
        return self._eased(end, self.change.ease or 0.0, self._rows(end))

    def hear(self, told: Told) -> None:
        """What the whole says to that."""
        change = self.change
        assert change is not None
        assert change.side is not None
        if told.verdict == "feasible":
            self.found, self.left = Mended(change), False
            return
        if told.verdict != "infeasible" or told.answer is None:
            self.left = False
            return
        end, ease = (change.clause, change.side), change.ease or 0.0
        values, multipliers = self._eased(end, ease, self._rows(end)), told.answer.multipliers
        screen = self.plans.screen
        self.least[end] = max(self.least[end], ease)
        self._learn(Support(screen.compiled, used_rows(multipliers), screen.clauses_of(multipliers), values))

    def _learn(self, support: Support) -> None:
        """Every end has to give way at least until a conflict is gone."""
        for end in tuple(self.least):
            gone = self._gone_from(end, support)
            if gone is None:
                del self.least[end]
            else:
                self.least[end] = gone

    def _gone_from(self, end: End, support: Support) -> float | None:
        """From where on a conflict is gone, not before what is known; None where this end cannot make it go."""
        rows = self._rows(end, support)
        held = self.least[end]

        def stays(ease: float) -> bool:
            return support.proof(self._eased(end, ease, rows)) is not None

        if not stays(held):
            return held
        if not len(rows) or support.proof(self._freed(end, rows)) is not None:
            return None
        gone = max(2 * held, FINENESS / self.weights[end])
        while stays(gone):
            held, gone = gone, 2 * gone
            if gone > MOST_GIVEN:
                self.far = True
                return None
        while gone - held > FINER * gone:
            middle = (held + gone) / 2
            held, gone = (middle, gone) if stays(middle) else (held, middle)
        return gone

    def _rows(self, end: End, support: Support | None = None) -> Integers:
        """The clause rows of an end that ask for something; of those, the ones that a conflict uses."""
        clause, side = end
        if end not in self.asking:
            numbers = self.asked.case.rows
            asks = [row for row in self.rows_of[clause] if np.isfinite(getattr(numbers[row], side))]
            self.asking[end] = np.array(asks, dtype=np.int64)
        rows = self.asking[end]
        if support is None:
            return rows
        return rows[np.isin(self.plans.screen.clause_rows[rows], support.rows)]

    def _eased(self, end: End, ease: float, rows: Integers) -> Array:
        """The parameters with an end that gives way."""
        given = (ease, 0.0) if end[1] == "low" else (0.0, ease)
        shapes = self.asked.case.shape.rows
        return self._with(rows, [self.reader.read_eased(shapes[row], *given) for row in rows.tolist()])

    def _freed(self, end: End, rows: Integers) -> Array:
        """The parameters with an end let go."""
        free = {end[1]: FREE[0] if end[1] == "low" else FREE[1]}
        return self._with(rows, [replace(self.asked.case.rows[row], **free) for row in rows.tolist()])

    def _with(self, rows: Integers, numbers: Sequence[RowNumbers]) -> Array:
        values = self.parameters.copy()
        for row, asked in zip(rows.tolist(), numbers, strict=True):
            values[self.places[:, row]] = asked.low, asked.high, asked.factor
        return values
