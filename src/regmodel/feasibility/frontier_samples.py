"""Certified best pairs along a trade-off that bends, closer where it bends most."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from regmodel.feasibility.allowance import Allowance
from regmodel.feasibility.asked_ends import AskedEnds
from regmodel.feasibility.easing import End
from regmodel.feasibility.frontier_points import COLLINEAR, SLACK, Mark, Traced, point_at

MOST_SAMPLES = 33
FIRST_SAMPLES = 5
FINE = 2e-3


class Samples:
    """Certified best pairs along a curve that bends, closer where it bends most."""

    def __init__(self, asked: AskedEnds, x: End, y: End, allowed: Allowance) -> None:
        self.asked, self.x, self.y, self.allowed = asked, x, y, allowed
        self.sizes = asked.size(x), asked.size(y)

    def trace(self) -> Traced | None:
        """Samples from the most that x can be asked for on, complete unless time ended; None for no plan."""
        ask = self.asked.best
        first, last = ask(self.x, {}), ask(self.y, {})
        if first is None or last is None:
            return None
        left = self._at(first.ease)
        slack = SLACK * 10 * self.sizes[1]
        most = ask(self.x, {self.y: last.ease + slack})
        if left is None or most is None:
            return None
        right_proved = last.proved and most.proved
        right = self._marked(most.ease, last.ease, proved=right_proved)
        left = replace(left, point=replace(left.point, proved=left.point.proved and first.proved))
        if (right.u - left.u) <= COLLINEAR * self.sizes[0] or (left.v - right.v) <= COLLINEAR * self.sizes[1]:
            return [left if right.u > left.u + COLLINEAR * self.sizes[0] else right], True, True
        marks = [left, right]
        for share in np.linspace(0, 1, FIRST_SAMPLES + 2)[1:-1]:
            self._add(marks, left.u + float(share) * (right.u - left.u))
        complete = self._refine(marks, left.v - right.v, right.u - left.u)
        return marks, False, complete

    def _refine(self, marks: list[Mark], height: float, width: float) -> bool:
        """Halve the pieces next to the sharpest bend until the chords are near; whether that was reached."""
        while len(marks) < MOST_SAMPLES:
            at, far = max(
                ((at, self._bend(marks, at, height, width)) for at in range(len(marks) - 1)),
                key=lambda pair: pair[1],
            )
            if far <= FINE:
                return True
            if self.allowed.over or not self._add(marks, (marks[at].u + marks[at + 1].u) / 2):
                return False
        return False

    def _bend(self, marks: list[Mark], at: int, height: float, width: float) -> float:
        """How far the curve may lie below a chord: what the chords beside it, drawn on, leave room for."""
        start, stop = marks[at], marks[at + 1]
        if stop.u - start.u <= FINE * width:
            return 0.0
        chord = (stop.v - start.v) / (stop.u - start.u)
        turns = []
        if at > 0:
            before = marks[at - 1]
            turns.append(abs(chord - (start.v - before.v) / (start.u - before.u)))
        if at + 2 < len(marks):
            after = marks[at + 2]
            turns.append(abs(chord - (after.v - stop.v) / (after.u - stop.u)))
        return max(turns, default=0.0) * (stop.u - start.u) / 4 / height

    def _add(self, marks: list[Mark], ease: float) -> bool:
        if self.allowed.over:
            return False
        found = self._at(ease)
        if found is None:
            return False
        marks.append(found)
        marks.sort(key=lambda mark: mark.u)
        return True

    def _at(self, ease: float) -> Mark | None:
        """The best y where x gives way by so much."""
        reached = self.asked.best(self.y, {self.x: ease + SLACK * 10 * self.sizes[0]})
        return None if reached is None else self._marked(ease, reached.ease, proved=reached.proved)

    def _marked(self, u: float, v: float, *, proved: bool) -> Mark:
        return Mark(u, v, point_at(self.asked, (u, v), "sample", proved=proved))
