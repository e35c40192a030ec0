"""What is measured at which size, how often, and how long it may take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

CONFLICT_SECONDS = 120.0
VERDICT_SECONDS = 600.0
STRATEGIES = (2, 6)
NO_CROSSOVER = "interior point without crossover"


@dataclass(frozen=True)
class Step:
    """One measurement in a process of its own; ``limit`` is in CPU seconds."""

    size: int
    name: str
    measure: str
    limit: float
    arguments: Mapping[str, Any] = field(default_factory=dict)


def _repeated(size: int, name: str, limit: float, repeats: int, measure: str = "", **more: Any) -> Step:
    return Step(size, name, measure or name, limit, {"repeats": repeats, **more})


def _alike(size: int, limit: float, often: int, seldom: int) -> tuple[Step, ...]:
    """The ways to re-solve, on the same programmes."""
    return (
        _repeated(size, "build", 3 * limit, seldom),
        _repeated(size, "hot", 2 * limit, often),
        _repeated(size, "verdict", 2 * limit, seldom),
        _repeated(size, "persistent contrib", limit, seldom, "persistent", interface="contrib"),
        _repeated(size, "persistent appsi", limit, seldom, "persistent", interface="appsi"),
        _repeated(size, "rebuild", limit, max(1, seldom // 2)),
        _repeated(size, "linopy", limit, max(1, seldom // 2)),
        _repeated(size, "direct", limit, max(1, seldom // 2)),
    )


def _proofs(size: int, limit: float, strategies: tuple[int, ...] = STRATEGIES) -> tuple[Step, ...]:
    """Conflicts, irreducible sets and certificates."""
    return (
        _repeated(size, "certificates", limit, 20),
        Step(size, "conflicts", "conflicts", limit + CONFLICT_SECONDS, {"seconds": CONFLICT_SECONDS}),
        *(Step(size, f"iis {strategy}", "iis", limit, {"strategy": strategy}) for strategy in strategies),
    )


def _verdicts(size: int, seconds: float, other: float) -> tuple[Step, ...]:
    """The verdict of the engine, of HiGHS by several ways, and province by province."""
    # Reading the params and loading the compiled programme come before the clock of the solver.
    spare = 60.0
    ways = ((NO_CROSSOVER, "none"), ("simplex", "preference"), (NO_CROSSOVER, "preference"), ("simplex", "none"))
    return (
        Step(size, "whole", "whole", seconds + spare, {"seconds": seconds / 2}),
        Step(size, "provinces", "provinces", other + spare, {"seconds": other}),
        *(
            Step(size, f"{way}, {cost}", "way", other + spare, {"way": way, "cost": cost, "seconds": other})
            for way, cost in ways
        ),
    )


def _batches(size: int, count: int, repeats: int, limit: float) -> Step:
    """Verdicts of so many scenarios, beside hot solves of some of them."""
    return Step(size, "judged", "judged", limit, {"count": count, "repeats": repeats})


def _memory(verdicts: tuple[int, int], projections: tuple[int, int], limit: float) -> tuple[Step, ...]:
    """Memory as a batch grows: verdicts at 5 regions, projections at 13."""
    return (
        *(Step(5, f"memory of {count} verdicts", "judged memory", limit, {"count": count}) for count in verdicts),
        *(Step(13, f"projected {count}", "projections", limit, {"count": count}) for count in projections),
    )


def _workers(count: int, limit: float) -> Step:
    """The same batch by one worker and by two, of this machine and of Dask."""
    return Step(5, "workers", "scaled", limit, {"count": count})


QUICK = (
    *_alike(5, 30, 8, 3),
    *_proofs(5, 30),
    *_alike(13, 30, 4, 2)[:4],
    _repeated(13, "direct", 30, 1),
    *_proofs(13, 30, (6,)),
    *_verdicts(13, 30, 20)[:2],
    _repeated(13, "workbook", 30, 3),
    _batches(5, 2000, 6, 60),
    _batches(13, 1000, 4, 90),
    *_memory((1000, 4000), (2048, 10_240), 60),
    _workers(2000, 60),
)
FULL = (
    *_alike(5, 120, 30, 10),
    *_proofs(5, 120),
    *_alike(13, 120, 30, 8),
    *_proofs(13, 120),
    *_verdicts(13, 120, 60),
    _repeated(13, "workbook", 400, 9),
    _batches(5, 20_000, 20, 300),
    _batches(13, 10_000, 20, 600),
    *_memory((10_000, 100_000), (10_240, 1_000_000), 3600),
    _workers(100_000, 1800),
    *_alike(60, 90, 5, 2),
    *_proofs(60, 120, (6,)),
    *_verdicts(60, 300, 120)[:4],
    _repeated(300, "build", 600, 2),
    *_verdicts(300, VERDICT_SECONDS, 180)[:4],
)


def sizes_of(found: Mapping[str, Any]) -> Iterator[int]:
    """Numbers of regions that were measured."""
    yield from sorted(int(size) for size in found if size.isdigit())
