"""The corners of a trade-off that is made of straight pieces, all of them and no others.

The plan that is best at the weights of a known piece either lies on it, and then no plan lies beyond it, or is a corner
more (Aneja and Nair). Only two costs change from solve to solve.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass, replace

from regmodel.feasibility.allowance import Allowance
from regmodel.feasibility.asked_ends import REACH, Array, AskedEnds
from regmodel.feasibility.easing import End
from regmodel.feasibility.frontier_points import COLLINEAR, SLACK, Mark, Traced, point_at

EDGE = 1e-7
# The weight of the other end where one end comes first: it only chooses among plans that are alike in the first.
NEXT_TO_NOTHING = 1e-6


@dataclass(frozen=True)
class Vertex:
    """A plan by how far it lets both ends give way, in sizes of the clauses."""

    u: float
    v: float
    columns: Array
    proved: bool


class Corners:
    """The corners of a curve of straight pieces, the piece that may hide most looked into first."""

    def __init__(self, asked: AskedEnds, x: End, y: End, allowed: Allowance) -> None:
        self.asked, self.x, self.y, self.allowed = asked, x, y, allowed
        self.sizes = asked.size(x), asked.size(y)
        self.here = asked.fill({x: 0.0, y: 0.0})
        self.most = (REACH, REACH)
        self.least = (-REACH, -REACH)

    def _solve(self, weight_x: float, weight_y: float) -> Vertex | None:
        ends = {end: (self.least[at], self.most[at]) for at, end in enumerate((self.x, self.y))}
        prices = {self.x: weight_x / self.sizes[0], self.y: weight_y / self.sizes[1]}
        with self.asked.open(ends):
            found = self.asked.least(prices)
        if found is None:
            return None
        columns, _, holds, optimal = found
        gives = [columns[self.asked.gives[end].column] / size for end, size in zip(ends, self.sizes, strict=True)]
        return Vertex(float(gives[0]), float(gives[1]), columns, holds and optimal)

    def _solve_within(self, most: tuple[float, float], weight_x: float, weight_y: float) -> Vertex | None:
        everywhere, self.most = self.most, most
        found = self._solve(weight_x, weight_y)
        self.most = everywhere
        return found

    def _ends(self) -> tuple[Vertex, Vertex] | None:
        """The most that x can be asked for with the best y there, and the best y at the least cost to x."""
        first = self._solve(1.0, NEXT_TO_NOTHING)
        left = None if first is None else self._solve_within((first.u + SLACK, self.most[1]), NEXT_TO_NOTHING, 1.0)
        last = None if left is None else self._solve(NEXT_TO_NOTHING, 1.0)
        right = None if last is None else self._solve_within((self.most[0], last.v + SLACK), 1.0, NEXT_TO_NOTHING)
        if first is None or left is None or last is None or right is None:
            return None
        left = replace(left, proved=left.proved and first.proved)
        right = replace(right, proved=right.proved and last.proved)
        # No plan goes beyond either end by more than a rounding, so that later proofs need no wider bounds.
        self.least = (left.u - 1.0, right.v - 1.0)
        self.most = (right.u + 1.0, left.v + 1.0)
        return left, right

    def trace(self) -> Traced | None:
        """All corners from the most that x can be asked for on, complete unless time ended; None for no plan."""
        ends = self._ends()
        if ends is None:
            return None
        left, right = ends
        if right.u - left.u <= COLLINEAR or left.v - right.v <= COLLINEAR:
            return [self._mark(right if right.u <= left.u + COLLINEAR else left, straight=True)], True, True
        self.span = right.u - left.u, left.v - right.v
        vertices, closed = self._refine(left, right)
        kept = self._without_collinear(vertices, closed)
        complete = all(closed.get(id(vertex), False) for vertex in vertices[:-1])
        return [self._mark(vertex, straight=closed.get(id(vertex), False)) for vertex in kept], complete, complete

    def _refine(self, left: Vertex, right: Vertex) -> tuple[list[Vertex], dict[int, bool]]:
        """All corners in order, and which have the curve's own piece to their right."""
        queue = [(-1.0, 0, left, right)]
        vertices = [left, right]
        closed: dict[int, bool] = {}
        count = 1
        while queue and not self.allowed.over:
            _, _, start, stop = heapq.heappop(queue)
            weight = (start.v - stop.v) / self.span[1], (stop.u - start.u) / self.span[0]
            scale = weight[0] + weight[1]
            prices = weight[0] / scale / self.span[0], weight[1] / scale / self.span[1]
            found = self._solve(*prices)
            if found is None:
                continue
            gained = prices[0] * (start.u - found.u) + prices[1] * (start.v - found.v)
            inside = start.u + EDGE < found.u < stop.u - EDGE and stop.v + EDGE < found.v < start.v - EDGE
            if gained <= EDGE or not inside:
                closed[id(start)] = found.proved and gained <= COLLINEAR
                continue
            vertices.append(found)
            for pair in ((start, found), (found, stop)):
                area = abs((pair[1].u - pair[0].u) * (pair[0].v - pair[1].v)) / (self.span[0] * self.span[1])
                heapq.heappush(queue, (-area, count, *pair))
                count += 1
        return sorted(vertices, key=lambda vertex: vertex.u), closed

    def _without_collinear(self, vertices: list[Vertex], closed: dict[int, bool]) -> list[Vertex]:
        """Corners only: a point inside a straight piece says nothing more."""
        kept = [vertices[0]]
        for at in range(1, len(vertices) - 1):
            before, here, after = kept[-1], vertices[at], vertices[at + 1]
            share = (here.u - before.u) / (after.u - before.u)
            bulge = (before.v + share * (after.v - before.v) - here.v) / self.span[1]
            if bulge <= COLLINEAR and closed.get(id(before)) and closed.get(id(here)):
                continue
            kept.append(here)
        return [*kept, vertices[-1]]

    def _mark(self, vertex: Vertex, *, straight: bool) -> Mark:
        x, y = (self.asked.standing(self.here, end, vertex.columns) for end in (self.x, self.y))
        return Mark(
            vertex.u, vertex.v, point_at(self.asked, (x, y), "break_point", proved=vertex.proved), on_piece=straight
        )
