"""The page of the table, from what was measured; nothing on it is typed by hand but the sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bench.batches import batches
from bench.measure import Sample, sample
from bench.targets import targets

Told = Mapping[str, Any]
READING = """\
Every time is CPU seconds of one thread, so that other work on the machine disturbs it little; the median stands first,
the least and the most in brackets, then how many times it was measured. Slow things are measured less often. Read the
ratios inside a table and not the seconds: both sides of a ratio were measured in the same run on the same programmes.
A way that ran into its limit shows the limit (of CPU time, reading and importing included) and no number.

Folders for other numbers of regions than the shipped 13 are made by code and read by the ordinary loader: 5 is a part
of the shipped regions, 60 and 300 hold copies of them in provinces of about twelve, each scaled by a factor of its own,
with the same kinds of clauses and one cap over all of them."""
WAYS = (
    ("regmodel: fill, solve hot, check", "hot", "ours", True),
    ("the same simplex alone, from the same basis", "hot", "simplex", True),
    ("Pyomo persistent, contrib.solver", "persistent contrib", "contrib", True),
    ("Pyomo persistent, appsi", "persistent appsi", "appsi", True),
    ("Pyomo, build again and solve", "rebuild", "pyomo_rebuild", True),
    ("linopy, from the finished matrix: build", "linopy", "linopy_build", False),
    ("linopy: solve cold", "linopy", "linopy_solve", False),
    ("highspy, from the finished matrix: hand over", "direct", "direct_build", False),
    ("highspy: solve cold", "direct", "direct_solve", False),
    ("regmodel: verdict only, without earlier plans and proofs", "verdict", "verdict", False),
    ("regmodel: verdict only, from an earlier plan or proof", "verdict", "verdict_pool", False),
)
STEPS = (
    ("params read", "read"),
    ("numbers prepared", "prepare"),
    ("Pyomo build", "pyomo_build"),
    ("compile", "compile"),
    ("load the compiled form from disk", "cached_load"),
    ("fill all numbers", "fill"),
)


def page(told: Told) -> str:
    """The whole page."""
    parts = [
        "# Speed and size, measured",
        "Written by `make bench`, with everything that was measured in `bench.json` beside it; do not edit.",
        _machine(told["about"]),
        *_again(told),
        "## How to read it",
        READING,
        "## Targets",
        _table(("What", "Target", "Reached", ""), targets(told)),
        "## From params to a programme",
        _sizes(told),
        "## Solving again",
        "Scenarios with growth, intensities and caps moved at random. The preferred plan is asked for.",
        *_solving(told),
        "## Batches",
        *batches(told),
        "## Conflicts",
        *_conflicts(told),
        "## Checks outside the solver",
        *_checks(told),
        "## From the command line",
        *_command_line(told),
        "## The workbook",
        *_workbook(told),
        "## Large programmes",
        *_large(told),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def seconds(found: Iterable[float] | None) -> str:
    """A median with its spread and its count, in the unit that reads best."""
    one = sample(found)
    if one is None:
        return ""
    low, high = one.spread
    factor, unit = (1000.0, "ms") if one.middle < 0.1 else (1.0, "s")
    spread = f" [{_short(low * factor)} – {_short(high * factor)}]" if len(one.seconds) > 1 else ""
    return f"{_short(one.middle * factor)} {unit}{spread} ×{len(one.seconds)}"


def _short(value: float) -> str:
    return f"{value:.3g}" if value < 1000 else f"{value:.0f}"


def cell(found: Told | None, key: str) -> str:
    """What a step found under a key, or why there is nothing."""
    if found is None:
        return "not measured"
    if found.get(key):
        return seconds(found[key])
    return ended(found)


def ended(found: Told) -> str:
    """Why a step has no number."""
    if "not_within" in found:
        return f"not within {found['not_within']:.0f} s"
    return f"failed: {found['failed']}" if "failed" in found else "not measured"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(str(value).replace("|", "\\|") for value in row) + " |" for row in rows]
    return "\n".join(lines)


def _again(told: Told) -> list[str]:
    """What was measured again after the run of the whole."""
    return [
        f"Measured again later: {', '.join(part['parts'])} ({part['about']['date']}, load {part['about']['load']})."
        for part in told.get("again", [])
    ]


def _machine(about: Told) -> str:
    versions = ", ".join(f"{name} {number}" for name, number in about["versions"].items())
    kind = "a quick run with few repeats" if about["quick"] else "a full run"
    load = "" if about["load"] is None else f"; {about['load']} processes were waiting at its end"
    return (
        f"{about['date']}, {kind} of {about['minutes']} minutes. {about['processor']}, {about['processors']} "
        f"processors, "
        f"{about['system']}{load}. Python {about['python']}, {versions}. HiGHS uses one thread everywhere."
    )


def _of(told: Told, size: int, name: str) -> Told | None:
    found: Told | None = told["found"].get(str(size), {}).get(name)
    return found


def _sizes(told: Told) -> str:
    sizes = told["sizes"]
    built = {size: _of(told, size, "build") for size in sizes}
    rows = [
        [name, *(f"{(built[size] or {}).get(key, ''):,}" if (built[size] or {}).get(key) else "" for size in sizes)]
        for name, key in (
            ("rows", "rows"),
            ("columns", "columns"),
            ("entries", "nonzeros"),
            ("rows of clauses", "clause_rows"),
        )
    ]
    rows += [[name, *(cell(built[size], key) for size in sizes)] for name, key in STEPS]
    memory = [(built[size] or {}).get("megabytes") for size in sizes]
    rows.append(["most memory while compiling (MB)", *(f"{value:.0f}" if value else "" for value in memory)])
    return _table(("Regions", *map(str, sizes)), rows)


def _solving(told: Told) -> list[str]:
    parts = []
    for size in told["sizes"]:
        hot = _of(told, size, "hot")
        if hot is None:
            continue
        floor, ours = sample(hot.get("simplex")), sample(hot.get("ours"))
        rows = []
        for name, step, key, compared in WAYS:
            found = _of(told, size, step)
            mine = sample((found or {}).get(key))
            rows.append((name, cell(found, key), _times(mine, floor), _times(mine, ours) if compared else ""))
        verdicts = hot.get("verdicts", [])
        counted = ", ".join(f"{verdicts.count(word)} {word}" for word in dict.fromkeys(verdicts))
        agree = "the same" if hot.get("agree") else "NOT the same"
        parts += [
            f"### {size} regions",
            _table(("Way", "CPU time", "times the simplex alone", "times regmodel"), rows),
            f"{len(verdicts)} scenarios: {counted}; the simplex alone says {agree}. Filling takes "
            f"{cell(hot, 'fill')} of the re-solve; preparing a scenario's numbers from its records, which comes "
            f"before it in every way, takes {cell(hot, 'prepare')}.",
        ]
    return parts


def _times(one: Sample | None, other: Sample | None) -> str:
    if one is None or other is None or other.middle <= 0:
        return ""
    return f"{_short(one.middle / other.middle)}×"


def _conflicts(told: Told) -> list[str]:
    head = ("Regions", "What", "CPU time", "times a cold solve", "found", "checked by solving again")
    rows: list[tuple[str, ...]] = []
    for size in told["sizes"]:
        solve = sample((_of(told, size, "direct") or {}).get("direct_solve"))
        ours = _of(told, size, "conflicts")
        if ours is not None:
            sets = ours.get("conflicts", [])
            whole = "all" if ours.get("complete") else "so far"
            members = "; ".join(f"{len(one)} clauses" for one in sets)
            right = f"{sum(ours.get('correct', []))} of {len(sets)} right"
            found = f"{len(sets)} minimal conflicts ({whole}): {members}; {ours.get('repairs')} ways to cure them"
            done = bool(sets)
            rows.append(
                (
                    str(size),
                    "regmodel, conflicts of clauses",
                    cell(ours, "search"),
                    _times(sample(ours.get("search")), solve),
                    found if done else "",
                    right if done else "",
                )
            )
        for name, found in (told["found"].get(str(size)) or {}).items():
            if name.startswith("iis "):
                rows.append(_iis(size, name, found, solve))
    note = (
        "The scenario is the shipped one that is built to fail; at 5 regions, where its clauses are not in the folder, "
        "a cap far too low is planted. HiGHS gives one irreducible set of rows and bounds (strategy 2 from the LP, 6 "
        "made irreducible); most of its rows are balances and definitions and no clause of any plan."
    )
    return [note, _table(head, rows)] if rows else []


def _iis(size: int, name: str, found: Told, solve: Sample | None) -> tuple[str, ...]:
    rows = found.get("set_rows")
    if not rows:
        nothing = "nothing" if "seconds" in found else ""
        return str(size), f"HiGHS, {name.replace('iis', 'strategy')}", cell(found, "seconds"), "", nothing, ""
    held = f"one set of {rows} rows and {found['set_bounds']} bounds; {found['physics_rows']} rows are of no clause; "
    held += f"{len(found['clauses'])} clauses"
    right = ""
    if "infeasible_together" in found:
        right = "infeasible" if found["infeasible_together"] else "NOT infeasible"
        right += f"; {found['redundant_rows']} rows not needed"
    return (
        str(size),
        f"HiGHS, {name.replace('iis', 'strategy')}",
        cell(found, "seconds"),
        _times(sample(found.get("seconds")), solve),
        held,
        right,
    )


def _checks(told: Told) -> list[str]:
    head = ("Regions", "Check", "CPU time", "share of a cold solve")
    rows = []
    for size in told["sizes"]:
        found, solve = _of(told, size, "certificates"), sample((_of(told, size, "direct") or {}).get("direct_solve"))
        for name, key in (
            ("a plan, row by row", "plan_check"),
            ("a proof that there is none, in float", "proof_check"),
            ("the same proof in exact rationals", "exact_check"),
        ):
            one = sample((found or {}).get(key))
            share = f"{100 * one.middle / solve.middle:.3g} %" if one is not None and solve is not None else ""
            if found is not None:
                rows.append((str(size), name, cell(found, key), share))
    return [_table(head, rows)] if rows else []


def _command_line(told: Told) -> list[str]:
    found = told["found"].get("command line")
    if found is None:
        return []
    bare = sample(found.get("python"))
    solve = sample((_of(told, 13, "direct") or {}).get("direct_solve"))
    imports = sample(found.get("imports"))
    both = None if solve is None or imports is None else Sample((solve.middle + imports.middle,))
    rows = [
        ("Python that does nothing", cell(found, "python"), ""),
        ("`regmodel --help`", cell(found, "help"), f"{_times(sample(found.get('help')), bare)} bare Python"),
        ("bare import of pyomo, highspy and pandas", cell(found, "imports"), ""),
        (
            "one run of the shipped workbook, end to end",
            cell(found, "run"),
            f"{_times(sample(found.get('run')), both)} the cold solve of its programme and the imports",
        ),
    ]
    return [_table(("What", "CPU time", "ratio"), rows)]


def _workbook(told: Told) -> list[str]:
    found = _of(told, 13, "workbook")
    if found is None:
        return []
    rows = []
    for ours, key, other, name in (
        ("read to its scenario, gate included", "read", "openpyxl_load", "openpyxl: load it whole"),
        ("fill in the results of a run, gate included", "write", "openpyxl_save", "openpyxl: save it"),
    ):
        rows.append((name, cell(found, other), ""))
        rows.append((ours, cell(found, key), _times(sample(found.get(key)), sample(found.get(other)))))
    return [_table(("The shipped workbook", "CPU time", "ratio"), rows)]


def _large(told: Told) -> list[str]:
    head = ("Regions", "Rows", "Columns", "Entries", "Way", "CPU time", "result")
    rows = []
    for size in told["sizes"]:
        built = _of(told, size, "build") or {}
        counts = [f"{built[key]:,}" if built.get(key) else "" for key in ("rows", "columns", "nonzeros")]
        for name, found in (told["found"].get(str(size)) or {}).items():
            if name not in ("whole", "provinces") and ", " not in name:
                continue
            rows.append((str(size), *counts, _way(name), cell(found, "cpu"), _result(found)))
    note = (
        "Interior point without crossover and simplex are HiGHS alone on the whole programme, with the preference as "
        "objective or with none. Province by province solves each parent's regions alone and leaves out the few rows "
        "that tie provinces: one without a plan proves that the whole has none, and the joined plans are checked on "
        "the whole programme before they count."
    )
    return [note, _table(head, rows)] if rows else []


def _way(name: str) -> str:
    if name == "whole":
        return "regmodel's engine"
    if name == "provinces":
        return "province by province"
    return name.replace(", none", ", no objective").replace(", preference", ", preference as objective")


def _result(found: Told) -> str:
    if "verdict" in found:
        parts = [str(found["verdict"])]
        if "limit" in found:
            parts.append(f"{found['wall'][0]:.0f} s of the clock; time limit {found['limit']:.0f} s a solve")
        if "blocks" in found:
            parts.append(f"{found['blocks']} provinces, {found['coupling_rows']} rows between them")
        if "residual" in found:
            parts.append(f"breach {found['residual']:.1g}")
        return "; ".join(parts)
    if "status" in found:
        breach = f"; breach {found['residual']:.1g}" if "residual" in found else ""
        return f"{found['status']}{breach}"
    return ended(found)
