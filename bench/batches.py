"""What was measured of batches: the rows of the targets, and the section of the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bench.measure import sample

Told = Mapping[str, Any]
AGAINST_HOT = {5: 50.0, 13: 30.0}
FLAT, WRITTEN, MILLION = 1.3, 0.5, 1_000_000
WAYS = ("1 worker", "2 workers", "Dask, 1 worker", "Dask, 2 workers")
NOTE = (
    "Samples move growth, intensities and caps as the re-solved scenarios above do. A verdict includes preparing the "
    "numbers from the records; the hot solve beside it, the quicker of two kinds, does not. The plans and conflicts of "
    "the pool are found first, in the time given. Where a hundred assumptions move over their whole ranges at once, "
    "far more scenarios have to be solved by themselves than here."
)
WRITES = (
    "A plain write to memory fills a block that no cache holds: nothing that computes can be quicker. A plain write to "
    "the disk, forced there and timed by the clock, is what it takes to keep the numbers."
)
WORKERS = (
    "Seconds of the clock, workers started from nothing; with other work on the machine the second processor is not "
    "free, and the rows say less."
)


def batch_targets(told: Told) -> Iterator[tuple[str, str, str, str]]:
    """What, target, what was reached, and whether it is met."""
    for size, target in AGAINST_HOT.items():
        found = _of(told, size, "judged")
        hot, ours = _hot(found), _middle(found, "judged")
        if hot is not None and ours is not None:
            what = f"verdict of a batch against hot LP, {size} regions"
            yield what, f"at least {target:g}×", f"{hot / ours:.3g}×", _met(hot / ours >= target)
    for size, name, what in ((5, "memory of ", "verdicts"), (13, "projected ", "projections")):
        few, many = _ends(told, size, name)
        if few is not None and many is not None:
            growth = many["peak"] / few["peak"]
            told_as = f"memory from {few['count']:,} to {many['count']:,} {what}"
            yield told_as, f"at most {FLAT:g}×", f"{growth:.3g}×", _met(growth <= FLAT)
    _, many = _ends(told, 13, "projected ")
    projected = _middle(many or {}, "projected")
    for place, words in (("memory", "to memory"), ("disk", "to the disk")):
        written = _middle(many or {}, place)
        if projected and written:
            share = written / projected
            what = f"projection against a plain write of its numbers {words}"
            yield what, f"at least {WRITTEN:g}", f"{share:.2g}", _met(share >= WRITTEN)


def batches(told: Told) -> list[str]:
    """Verdicts and projections a second, what a million would take, and what workers bring."""
    lines = [line for size in AGAINST_HOT if (line := _verdicts(told, size))]
    _, many = _ends(told, 13, "projected ")
    if many is not None:
        each = _middle(many, "projected") or 0.0
        lines.append(
            f"- 13 regions: {many['count']:,} projections at {1000 * each:.3g} ms each, {many['numbers']:,} numbers a "
            f"scenario; a plain write of them takes {1000 * (_middle(many, 'memory') or 0.0):.3g} ms to memory and "
            f"{1000 * (_middle(many, 'disk') or 0.0):.3g} ms to the disk. {WRITES}"
        )
    memory = [
        f"{one['count']:,} {what} {one['peak']:.0f} MB"
        for size, name, what in ((5, "memory of ", "verdicts"), (13, "projected ", "projections"))
        for one in _ends(told, size, name)
        if one is not None
    ]
    if memory:
        lines.append(f"- Most memory of one process: {', '.join(memory)}.")
    parts = [NOTE, "\n".join(lines)] if lines else []
    return [*parts, *_workers(told)]


def _verdicts(told: Told, size: int) -> str:
    found = _of(told, size, "judged")
    ours, hot = _middle(found, "judged"), _hot(found)
    if ours is None:
        return ""
    ways = ", ".join(f"{count:,} by {way}" for way, count in found.get("how", {}).items())
    beside = "" if hot is None else f", a hot solve {1000 * hot:.3g} ms"
    agree = "agree" if found.get("agree") else "do NOT agree"
    return (
        f"- {size} regions: {found['count']:,} verdicts at {1000 * ours:.3g} ms each ({1 / ours:,.0f} a second)"
        f"{beside}; {ways}; the pool took {_middle(found, 'prime') or 0:.1f} s. The {len(found.get('hot', []))} "
        f"that were solved again {agree}. A million would take about {MILLION * ours / 3600:.2g} hours of one "
        "processor: extrapolated, not measured."
    )


def _workers(told: Told) -> list[str]:
    """The same batch by one worker and by two, here and on a cluster."""
    found = _of(told, 5, "workers")
    alone = _middle(found, WAYS[0])
    if alone is None:
        return []
    rows = ["| Workers, 5 regions | seconds | verdicts a second | times one worker |", "|---|---|---|---|"]
    for way in WAYS:
        seconds = _middle(found, way)
        if seconds is not None:
            rows.append(f"| {way} | {seconds:.3g} | {found['count'] / seconds:,.0f} | {alone / seconds:.2f}× |")
    same = "have the same files" if found.get("same") else "do NOT have the same files"
    return ["\n".join(rows), f"The stores of {found['count']:,} verdicts {same}. {WORKERS}"]


def _of(told: Told, size: int, name: str) -> Told:
    found: Told = told["found"].get(str(size), {}).get(name, {})
    return found


def _hot(found: Told) -> float | None:
    """The quicker of the hot solves."""
    ways = [one for one in (_middle(found, "hot"), _middle(found, "hot preferred")) if one is not None]
    return min(ways, default=None)


def _ends(told: Told, size: int, name: str) -> tuple[Told | None, Told | None]:
    """The smallest and the largest of the measurements of one kind."""
    found = told["found"].get(str(size), {})
    steps = [one for key, one in found.items() if key.startswith(name) and one.get("peak")]
    ordered = sorted(steps, key=lambda one: one["count"])
    return (ordered[0], ordered[-1]) if len(ordered) > 1 else (None, None)


def _middle(found: Told, key: str) -> float | None:
    one = sample(found.get(key))
    return None if one is None else one.middle


def _met(reached: bool) -> str:
    return "met" if reached else "not met"
