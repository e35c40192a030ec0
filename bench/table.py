"""The page of the table, from what was measured; nothing on it is typed by hand but the sentences."""

from __future__ import annotations

from bench.batches import batches
from bench.cells import Told, cell, rows_of, step_of, times
from bench.measure import sample
from bench.sections import checks, command_line, conflicts, large, workbook
from bench.targets import targets

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
        rows_of(("What", "Target", "Reached", ""), targets(told)),
        "## From params to a programme",
        _sizes(told),
        "## Solving again",
        "Scenarios with growth, intensities and caps moved at random. The preferred plan is asked for.",
        *_solving(told),
        "## Batches",
        *batches(told),
        "## Conflicts",
        *conflicts(told),
        "## Checks outside the solver",
        *checks(told),
        "## From the command line",
        *command_line(told),
        "## The workbook",
        *workbook(told),
        "## Large programmes",
        *large(told),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


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


def _sizes(told: Told) -> str:
    sizes = told["sizes"]
    built = {size: step_of(told, size, "build") for size in sizes}
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
    return rows_of(("Regions", *map(str, sizes)), rows)


def _solving(told: Told) -> list[str]:
    parts = []
    for size in told["sizes"]:
        hot = step_of(told, size, "hot")
        if hot is None:
            continue
        floor, ours = sample(hot.get("simplex")), sample(hot.get("ours"))
        rows = []
        for name, step, key, compared in WAYS:
            found = step_of(told, size, step)
            mine = sample((found or {}).get(key))
            rows.append((name, cell(found, key), times(mine, floor), times(mine, ours) if compared else ""))
        verdicts = hot.get("verdicts", [])
        counted = ", ".join(f"{verdicts.count(word)} {word}" for word in dict.fromkeys(verdicts))
        agree = "the same" if hot.get("agree") else "NOT the same"
        parts += [
            f"### {size} regions",
            rows_of(("Way", "CPU time", "times the simplex alone", "times regmodel"), rows),
            f"{len(verdicts)} scenarios: {counted}; the simplex alone says {agree}. Filling takes "
            f"{cell(hot, 'fill')} of the re-solve; preparing a scenario's numbers from its records, which comes "
            f"before it in every way, takes {cell(hot, 'prepare')}.",
        ]
    return parts
