"""Sections of the page: conflicts, checks, the command line, the workbook, large programmes."""

from __future__ import annotations

from bench.cells import Told, cell, ended, rows_of, step_of, times
from bench.measure import Sample, sample


def conflicts(told: Told) -> list[str]:
    """All conflicts of the engine beside the one set of HiGHS."""
    head = ("Regions", "What", "CPU time", "times a cold solve", "found", "checked by solving again")
    rows: list[tuple[str, ...]] = []
    for size in told["sizes"]:
        solve = sample((step_of(told, size, "direct") or {}).get("direct_solve"))
        ours = step_of(told, size, "conflicts")
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
                    times(sample(ours.get("search")), solve),
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
    return [note, rows_of(head, rows)] if rows else []


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
        times(sample(found.get("seconds")), solve),
        held,
        right,
    )


def checks(told: Told) -> list[str]:
    """Checks of plans and proofs beside a cold solve."""
    head = ("Regions", "Check", "CPU time", "share of a cold solve")
    rows = []
    for size in told["sizes"]:
        found, solve = (
            step_of(told, size, "certificates"),
            sample((step_of(told, size, "direct") or {}).get("direct_solve")),
        )
        for name, key in (
            ("a plan, row by row", "plan_check"),
            ("a proof that there is none, in float", "proof_check"),
            ("the same proof in exact rationals", "exact_check"),
        ):
            one = sample((found or {}).get(key))
            share = f"{100 * one.middle / solve.middle:.3g} %" if one is not None and solve is not None else ""
            if found is not None:
                rows.append((str(size), name, cell(found, key), share))
    return [rows_of(head, rows)] if rows else []


def command_line(told: Told) -> list[str]:
    """What the commands cost that a user types."""
    found = told["found"].get("command line")
    if found is None:
        return []
    bare = sample(found.get("python"))
    solve = sample((step_of(told, 13, "direct") or {}).get("direct_solve"))
    imports = sample(found.get("imports"))
    both = None if solve is None or imports is None else Sample((solve.middle + imports.middle,))
    rows = [
        ("Python that does nothing", cell(found, "python"), ""),
        ("`regmodel --help`", cell(found, "help"), f"{times(sample(found.get('help')), bare)} bare Python"),
        ("bare import of pyomo, highspy and pandas", cell(found, "imports"), ""),
        (
            "one run of the shipped workbook, end to end",
            cell(found, "run"),
            f"{times(sample(found.get('run')), both)} the cold solve of its programme and the imports",
        ),
    ]
    report = found.get("report") or {}
    run = sample(report.get("run"))
    forms = (
        ("one run of the shipped plan, without its report", "run"),
        ("its page", "html"),
        ("all three forms", "all"),
    )
    for name, key in forms:
        ratio = "" if key == "run" else f"{times(sample(report.get(key)), run)} the run"
        if report.get(key):
            rows.append((name, cell(report, key), ratio))
    return [rows_of(("What", "CPU time", "ratio"), rows)]


def workbook(told: Told) -> list[str]:
    """Reading and filling the shipped workbook beside openpyxl."""
    found = step_of(told, 13, "workbook")
    if found is None:
        return []
    rows = []
    for ours, key, other, name in (
        ("read to its scenario, gate included", "read", "openpyxl_load", "openpyxl: load it whole"),
        ("fill in the results of a run, gate included", "write", "openpyxl_save", "openpyxl: save it"),
    ):
        rows.append((name, cell(found, other), ""))
        rows.append((ours, cell(found, key), times(sample(found.get(key)), sample(found.get(other)))))
    return [rows_of(("The shipped workbook", "CPU time", "ratio"), rows)]


def large(told: Told) -> list[str]:
    """Verdicts of large programmes by several ways."""
    head = ("Regions", "Rows", "Columns", "Entries", "Way", "CPU time", "result")
    rows = []
    for size in told["sizes"]:
        built = step_of(told, size, "build") or {}
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
    return [note, rows_of(head, rows)] if rows else []


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
