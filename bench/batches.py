"""What was measured of batches: the rows of the targets, and the section of the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bench.measure import sample

Told = Mapping[str, Any]
AGAINST_HOT = {5: 50.0, 13: 30.0}
FLAT, WRITTEN, MILLION = 1.3, 0.5, 1_000_000
NOTE = (
    "Samples move growth, intensities and caps as the re-solved scenarios above do. A verdict includes preparing the "
    "numbers from the records; the hot solve beside it does not. The plans and conflicts of the pool are found first, "
    "in the time given. Where a hundred assumptions move over their whole ranges at once, far more scenarios have to "
    "be solved by themselves than here."
)


def batch_targets(told: Told) -> Iterator[tuple[str, str, str, str]]:
    """What, target, what was reached, and whether it is met."""
    for size, target in AGAINST_HOT.items():
        found = told["found"].get(str(size), {}).get("judged", {})
        hot, ours = _middle(found, "hot"), _middle(found, "judged")
        if hot is not None and ours is not None:
            what = f"verdict of a batch against hot LP, {size} regions"
            yield what, f"at least {target:g}×", f"{hot / ours:.3g}×", _met(hot / ours >= target)
    for size, name, what in ((5, "judged ", "verdicts"), (13, "projected ", "projections")):
        few, many = _ends(told, size, name)
        if few is not None and many is not None:
            growth = many["peak"] / few["peak"]
            told_as = f"memory from {few['count']:,} to {many['count']:,} {what}"
            yield told_as, f"at most {FLAT:g}×", f"{growth:.3g}×", _met(growth <= FLAT)
    _, many = _ends(told, 13, "projected ")
    projected, written = _middle(many or {}, "projected"), _middle(many or {}, "written")
    if projected and written:
        share = written / projected
        yield (
            "projection against a plain write of its numbers",
            f"at least {WRITTEN:g}",
            f"{share:.2g}",
            _met(share >= WRITTEN),
        )


def batches(told: Told) -> list[str]:
    """Verdicts and projections a second, and what a million would take."""
    lines = []
    for size in AGAINST_HOT:
        found = told["found"].get(str(size), {}).get("judged", {})
        ours, hot = _middle(found, "judged"), _middle(found, "hot")
        if ours is None:
            continue
        ways = ", ".join(f"{count:,} by {way}" for way, count in found.get("how", {}).items())
        beside = "" if hot is None else f", a hot solve {1000 * hot:.3g} ms"
        agree = "agree" if found.get("agree") else "do NOT agree"
        lines.append(
            f"- {size} regions: {found['count']:,} verdicts at {1000 * ours:.3g} ms each ({1 / ours:,.0f} a second)"
            f"{beside}; {ways}; the pool took {_middle(found, 'prime') or 0:.1f} s. The {len(found.get('hot', []))} "
            f"that were solved again {agree}. A million would take about {MILLION * ours / 3600:.2g} hours of one "
            "processor: extrapolated, not measured."
        )
    _, many = _ends(told, 13, "projected ")
    if many is not None:
        each = _middle(many, "projected") or 0.0
        lines.append(
            f"- 13 regions: {many['count']:,} projections at {1000 * each:.3g} ms each, {many['numbers']:,} numbers a "
            f"scenario; most memory {many['peak'] / 2**20:.0f} MB."
        )
    return [NOTE, "\n".join(lines)] if lines else []


def _ends(told: Told, size: int, name: str) -> tuple[Told | None, Told | None]:
    """The smallest and the largest of the measurements of one kind."""
    found = told["found"].get(str(size), {})
    steps = [one for key, one in found.items() if key.startswith(name) and "peak" in one]
    ordered = sorted(steps, key=lambda one: one["count"])
    return (ordered[0], ordered[-1]) if len(ordered) > 1 else (None, None)


def _middle(found: Told, key: str) -> float | None:
    one = sample(found.get(key))
    return None if one is None else one.middle


def _met(reached: bool) -> str:
    return "met" if reached else "not met"
