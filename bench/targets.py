"""The targets of the design beside what was reached."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bench.batches import batch_targets
from bench.measure import sample

Told = Mapping[str, Any]
HOT, PERSISTENT, REBUILD, CHECK, CONFLICTS, HELP, RUN, VERDICT = 1.25, 5.0, 50.0, 0.01, 30.0, 4.0, 5.0, 600.0
WORKBOOK = 2.5
PAGE, FORMS = 2.0, 10.0
NOTHING = "not measured"


def targets(told: Told) -> Iterator[tuple[str, str, str, str]]:
    """What, target, what was reached, and whether it is met; one row a size where it is measured at several."""
    for size in told["sizes"]:
        found = told["found"].get(str(size), {})
        ours = _middle(found, "hot", "ours")
        if "hot" in found:
            yield _row(
                f"re-solve against pure hot simplex, {size} regions",
                "at most",
                HOT,
                ours,
                _middle(found, "hot", "simplex"),
            )
        for name, key in (("contrib", "contrib"), ("appsi", "appsi")):
            step = f"persistent {name}"
            if step in found:
                what = f"Pyomo persistent ({name}) against re-solve, {size} regions"
                yield _row(what, "at least", PERSISTENT, _middle(found, step, key), ours, found[step])
        if "rebuild" in found:
            what = f"Pyomo build again and solve against re-solve, {size} regions"
            yield _row(what, "at least", REBUILD, _middle(found, "rebuild", "pyomo_rebuild"), ours, found["rebuild"])
    yield from batch_targets(told)
    yield from _proofs(told)
    yield from _whole_programs(told)


def _proofs(told: Told) -> Iterator[tuple[str, str, str, str]]:
    for size in told["sizes"]:
        found = told["found"].get(str(size), {})
        solve = _middle(found, "direct", "direct_solve")
        for what, key in (("a plan", "plan_check"), ("a proof", "proof_check")):
            checked = _middle(found, "certificates", key)
            if checked is not None and solve is not None:
                share = checked / solve
                name = f"check of {what} in float against a cold solve, {size} regions"
                yield name, f"at most {100 * CHECK:.0f} %", f"{100 * share:.2g} %", _met(share <= CHECK)
        if size == 13 and "conflicts" in found:
            complete = bool(found["conflicts"].get("complete"))
            what = "all minimal conflicts of the shipped infeasible scenario against one cold solve"
            row = _row(what, "at most", CONFLICTS, _middle(found, "conflicts", "search"), solve, found["conflicts"])
            yield row if complete else (*row[:2], f"{row[2]}; search not ended", _met(False))


def _whole_programs(told: Told) -> Iterator[tuple[str, str, str, str]]:
    found = told["found"]
    line = found.get("command line", {})
    python, helping = _first(line, "python"), _first(line, "help")
    yield _row("`regmodel --help` against bare Python", "at most", HELP, helping, python)
    solve, imports = _middle(found.get("13", {}), "direct", "direct_solve"), _first(line, "imports")
    both = None if solve is None or imports is None else solve + imports
    what = "one run of the shipped workbook against its cold solve and the bare imports"
    yield _row(what, "at most", RUN, _first(line, "run"), both)
    sheets = found.get("13", {}).get("workbook", {})
    for what, ours, other in (("reading", "read", "openpyxl_load"), ("filling", "write", "openpyxl_save")):
        if sheets:
            name = f"{what} the shipped workbook, gate included, against openpyxl's {other.partition('_')[2]} of it"
            yield _row(name, "at most", WORKBOOK, _first(sheets, ours), _first(sheets, other), sheets)
    report = line.get("report", {})
    for form, most in (("html", PAGE), ("all", FORMS)):
        what = {"html": "the report's page", "all": "the report in all three forms"}[form]
        yield _row(f"{what} against the run without it", "at most", most, _first(report, form), _first(report, "run"))
    whole = found.get("300", {}).get("whole")
    if whole is not None:
        wall = whole.get("wall")
        said = f"{whole['verdict']} after {wall[0]:.0f} s" if wall else f"not within {whole.get('not_within', 0):.0f} s"
        yield (
            "a verdict at 300 regions, or undecided",
            f"within {VERDICT:.0f} s",
            said,
            _met(bool(wall) and wall[0] <= VERDICT),
        )


def _first(found: Told, key: str) -> float | None:
    one = sample(found.get(key))
    return None if one is None else one.middle


def _middle(found: Told, step: str, key: str) -> float | None:
    return _first(found.get(step, {}), key)


def _row(
    what: str, sense: str, target: float, one: float | None, other: float | None, ended: Told | None = None
) -> tuple[str, str, str, str]:
    wanted = f"{sense} {target:g}×"
    if one is None or other is None:
        limit = (ended or {}).get("not_within")
        if limit is not None and other is not None and sense == "at least":
            least = limit / other
            return what, wanted, f"not within {limit:.0f} s", "met" if least >= target else "not shown"
        return what, wanted, NOTHING if limit is None else f"not within {limit:.0f} s", "not shown"
    ratio = one / other
    return what, wanted, f"{ratio:.3g}×", _met(ratio <= target if sense == "at most" else ratio >= target)


def _met(reached: bool) -> str:
    return "met" if reached else "not met"
