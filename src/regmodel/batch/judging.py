"""Verdicts for many samples of one scenario: one row a sample, every verdict certified or marked unproven.

What is told of a sample is worked out from its own numbers and from what was primed. Every solve starts from one basis
and from nothing that earlier solves left behind, so that order, company and workers do not show.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from regmodel.batch.mending import columns
from regmodel.batch.pool import Primed
from regmodel.batch.preparing import Prepared, prepared
from regmodel.batch.projecting import parse, values_of
from regmodel.batch.samples import Samples, spread_out
from regmodel.batch.summary import AND
from regmodel.feasibility.engine import engine_for
from regmodel.feasibility.many_alone import held_alone
from regmodel.feasibility.many_attainability import shares
from regmodel.feasibility.many_numbers import Parameters
from regmodel.feasibility.many_repairs import Asked, smallest_changes
from regmodel.feasibility.many_verdicts import Known, Told
from regmodel.feasibility.numbers import Case, prepare
from regmodel.feasibility.priming import Priming, minimal, support_of
from regmodel.feasibility.screening import Screen
from regmodel.feasibility.support import Support, used_rows
from regmodel.feasibility.trend_margins import TrendMargins
from regmodel.scenario import Override, Scenario, changed
from regmodel.scenario.changes import check, is_switch, present

if TYPE_CHECKING:
    import pyarrow as pa

Array = NDArray[np.float64]
Row = dict[str, Any]
ALONE = "alone."
PRIMED_FROM = 256
SOLVED_TO_PRIME = 24
LOOSE = 24
TOGETHER = 25
DIGITS = 9
"""Decimals of what is stored: margins are relative, and what lies below is rounding."""


@dataclass(frozen=True)
class Wanted:
    """What is asked of an infeasible sample beside its verdict: its details, its smallest repair."""

    details: bool
    repair: bool


class Judge:
    """Judges samples of one scenario; ``keys`` are the override keys that samples set.

    ``indicators`` are columns of the trend that are asked for, as ``variable.REGION.year`` in printed units.
    Raises InputProblems for a key that names nothing.
    """

    def __init__(self, base: Scenario, keys: Sequence[str], indicators: Sequence[str] = ()) -> None:
        self.base = base
        self.keys = tuple(keys)
        self.indicators = tuple(indicators)
        check(base, [Override(key, True if is_switch(key) else 1.0, None, base.name) for key in self.keys])
        prepare(changed(base, {key: present(base, key) for key in self.keys if key.startswith("record.")}))
        self.case = prepare(base)
        self.asked = tuple(parse(name, self.case.projection) for name in self.indicators)
        self.clauses = tuple(dict.fromkeys(row.clause for row in self.case.shape.rows))
        self._supports: tuple[Primed | None, list[Support]] = (None, [])

    @cached_property
    def screen(self) -> Screen:
        """The programme of the base scenario, with its engine standing where the base is decided."""
        return Screen(self.case, engine_for(self.case, safe_only=False))

    @cached_property
    def margins(self) -> TrendMargins:
        """Evaluates the clauses on the trend."""
        return TrendMargins(self.case, self.screen.compiled)

    @property
    def schema(self) -> pa.Schema:
        """Columns of the table and their types; every part of a store has the same."""
        import pyarrow as pa

        text, number = pa.string(), pa.float64()
        columns: list[tuple[str, Any]] = [
            ("sample", text),
            ("verdict", text),
            ("proved", pa.bool_()),
            ("how", text),
            ("problem", text),
            ("attainability", number),
            ("worst_margin", number),
            ("worst_margin_clause", text),
            ("conflict", text),
            ("repair", text),
            ("repair_clause", text),
            ("repair_from", number),
            ("repair_to", number),
            ("repair_unit", text),
            *((f"{ALONE}{clause}", pa.bool_()) for clause in self.clauses),
            *((name, number) for name in self.indicators),
        ]
        return pa.schema(columns)

    def prime(self, samples: Samples, loose: int = LOOSE) -> Primed:
        """Plans and proofs from some of the samples, at even distances: the same for the same samples.

        At most so many ``loose`` plans are made for what is told of infeasible samples beside the verdict.
        """
        places = spread_out(len(samples), PRIMED_FROM)
        some = Samples(tuple(samples.ids[place] for place in places), samples.keys, samples.values[places])
        parts = [part for part in prepared(self.base, some) if part.case is not None]
        fitting = [part for part in parts if part.case is not None and part.case.shape == self.case.shape]
        self._stand()
        if not fitting:
            return Primed()
        largest = max(fitting, key=lambda part: len(part.numbers))
        assert largest.case is not None
        priming = Priming(self.screen, largest.case, SOLVED_TO_PRIME)
        priming.fill(loose)
        return Primed(tuple(priming.witnesses), tuple(priming.loose), tuple(priming.conflicts))

    def judge(
        self,
        samples: Samples,
        primed: Primed,
        mended: Container[str] | None = None,
        detailed: Container[str] | None = None,
    ) -> pa.Table:
        """One row a sample, in the order of the samples; columns as in ``schema``.

        Of the samples ``mended`` (by id) that are infeasible it is told what single change would let them hold; of the
        samples ``detailed``, how far the targets can be reached and which clauses can hold alone. Either takes a few
        solves for each that is infeasible; without the ids all are asked.
        """
        import pyarrow as pa

        self._stand()
        rows: list[Row] = [{"sample": name} for name in samples.ids]
        for part in prepared(self.base, samples):
            names = [samples.ids[number] for number in part.numbers.tolist()]
            wanted = [Wanted(detailed is None or name in detailed, mended is None or name in mended) for name in names]
            for number, found in zip(part.numbers.tolist(), self._part(part, samples, primed, wanted), strict=True):
                rows[number] |= found
        return pa.Table.from_pylist(rows, self.schema)

    def scenario(self, samples: Samples, number: int) -> Scenario:
        """One sample as a scenario, such as a single run takes it."""
        values = {
            key: bool(value) if is_switch(key) else value
            for key, value in zip(samples.keys, samples.values[number].tolist(), strict=True)
        }
        return changed(self.base, values)

    def _stand(self) -> None:
        """Decide the base once, so that every solve starts from the same place on every worker."""
        if not self._standing:
            raise AssertionError

    @cached_property
    def _standing(self) -> bool:
        engine = self.screen.engine
        answer = engine.decide(preferred=True)
        engine.witnesses, engine.proofs = [], []
        self.screen.stand(answer)
        return True

    def supports(self, primed: Primed) -> list[Support]:
        """The conflicts of a pool as small programmes, those of fewest clauses first."""
        if self._supports[0] is not primed:
            ordered = sorted(primed.conflicts, key=lambda one: (len(one.clauses), one.clauses))
            self._supports = (primed, [support_of(self.screen, one) for one in ordered])
        return self._supports[1]

    def _part(self, part: Prepared, samples: Samples, primed: Primed, wanted: Sequence[Wanted]) -> Iterable[Row]:
        if part.case is None:
            return [_row("undecided", "none") | {"problem": part.problem} for _ in part.numbers]
        if part.case.shape != self.case.shape:
            each = zip(part.numbers.tolist(), wanted, strict=True)
            return [self._by_itself(samples, number, one) for number, one in each]

        def single(place: int) -> Case:
            return prepare(self.scenario(samples, int(part.numbers[place])), slopes=False)

        return _Part(self, part.case, primed, wanted, single).rows()

    def _by_itself(self, samples: Samples, number: int, wanted: Wanted) -> Row:
        """A sample whose programme has other rows than the base's: a judge of its own, and nothing to carry over."""
        alone = Judge(self.scenario(samples, number), (), self.indicators)
        alone._stand()
        return _Part(alone, alone.case, Primed(), [wanted], lambda _: alone.case).rows()[0]


class _Part:
    """Samples that were prepared together; ``single`` gives the case of one of them, by its place."""

    def __init__(
        self,
        judge: Judge,
        case: Case,
        primed: Primed,
        wanted: Sequence[Wanted],
        single: Callable[[int], Case],
    ) -> None:
        self.judge, self.case, self.wanted, self.single = judge, case, wanted, single
        self.count = count = len(wanted)
        self.screen = judge.screen
        self.parameters: Parameters = judge.screen.parameters(case, count)
        self.known = Known(judge.screen, primed.witnesses, judge.supports(primed))
        self.plans = Known(judge.screen, (*primed.witnesses, *primed.loose), ())
        self.proofs: dict[int, Support] = {}

    def rows(self) -> list[Row]:
        told = self.known.decided(self.case, np.arange(self.count), self.parameters)
        rows = [_row(one.verdict, one.how) | self._conflict(number, one) for number, one in enumerate(told)]
        self._fill(rows)
        self._mend(rows)
        return rows

    def _conflict(self, number: int, told: Told) -> Row:
        """The clauses that cannot hold together, by the conflict that is known or by the solver's own proof."""
        if told.support is not None:
            self.proofs[number] = told.support
        elif told.verdict == "infeasible" and told.answer is not None:
            clauses, multipliers = minimal(self.known, self.case, self.parameters, number, told.answer)
            rows, here = used_rows(multipliers), self.parameters.of(number)
            self.proofs[number] = Support(self.screen.compiled, rows, clauses, here)
        else:
            return {}
        return {"conflict": AND.join(self.proofs[number].clauses)}

    def _fill(self, rows: list[Row]) -> None:
        """What is told beside the verdict."""
        margins, active = self.judge.margins.of(self.case, self.parameters)
        worst = np.where(active, margins, np.inf)
        for row, place, margin in zip(rows, worst.argmin(axis=0).tolist(), worst.min(axis=0).tolist(), strict=True):
            if np.isfinite(margin):
                row["worst_margin"] = round(margin, DIGITS)
                row["worst_margin_clause"] = self.judge.margins.clauses[place]
        for name, values in zip(
            self.judge.indicators, values_of(self.case.projection, self.judge.asked, self.count), strict=True
        ):
            for row, value in zip(rows, values.tolist(), strict=True):
                row[name] = float(f"{value:.12g}")
        asked = [(number, row) for number, row in enumerate(rows) if self.wanted[number].details]
        for number, row in asked:
            if row["verdict"] == "feasible":
                row["attainability"] = 1.0
                row |= {f"{ALONE}{clause}": True for clause in self._names(active[:, number])}
        infeasible = np.array([number for number, row in asked if row["verdict"] == "infeasible"], dtype=int)
        if len(infeasible):
            self._details(rows, infeasible, active)

    def _names(self, chosen: NDArray[np.bool_]) -> Iterator[str]:
        return (clause for clause, one in zip(self.judge.margins.clauses, chosen, strict=True) if one)

    def _details(self, rows: list[Row], infeasible: NDArray[np.int64], active: NDArray[np.bool_]) -> None:
        found = shares(self.plans, self.known.supports, self.case, self.parameters, infeasible)
        loose = Known(self.screen, self.plans.witnesses, self.known.supports)
        asked = [set(self._names(active[:, number])) for number in infeasible.tolist()]
        conflicts = [set(rows[number]["conflict"].split(AND)) for number in infeasible.tolist()]
        alone = held_alone(loose, self.case, self.parameters, infeasible, asked, conflicts)
        for number, share, told in zip(infeasible.tolist(), found, alone, strict=True):
            rows[number]["attainability"] = share
            rows[number] |= {f"{ALONE}{clause}": holds for clause, holds in told.items()}

    def _mend(self, rows: list[Row]) -> None:
        """The smallest change of one clause; a few samples at a time, as each has a case of its own."""
        numbers = [number for number in sorted(self.proofs) if self.wanted[number].repair]
        for start in range(0, len(numbers), TOGETHER):
            asked = [Asked(one, self.single(one), self.proofs[one]) for one in numbers[start : start + TOGETHER]]
            found = smallest_changes(self.plans, self.known.supports, self.case, self.parameters, asked)
            for one, mended in zip(asked, found, strict=True):
                rows[one.number] |= columns(mended)


def _row(verdict: str, how: str) -> Row:
    return {"verdict": verdict, "proved": verdict != "undecided", "how": how}
