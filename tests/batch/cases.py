"""A design that is judged, and designs with something wrong in them, whose problems are told at once."""

from __future__ import annotations

from pathlib import Path

HEAD = 'name = "case"\nscenario = "pair"\n'
LHS = HEAD + 'kind = "latin_hypercube"\ncount = 10\nseed = 1\nassumptions = []\n'
VARIES = LHS + '[vary]\n"record.water.ecological_floor" = {}\n"record.water.dry_year_factor" = {}\n'

DESIGNS = {
    "no TOML": "name = plan\n",
    "unknown keys": LHS.replace("seed", "sed") + '[vary]\n"record.water.ecological_floor" = { lo = 80 }\n',
    "wrong kinds": (
        'name = 3\ncount = "ten"\nkind = "random"\nassumptions = "D"\nscenario = ["pair"]\n'
        '[vary]\n"record.water.ecological_floor" = 80\n[[correlation]]\nkeys = ["a"]\nmatrix = [["x"]]\n'
    ),
    "unknown words": HEAD + 'kind = "latin_hypercubes"\n',
    "no such letter": VARIES.replace("assumptions = []", 'assumptions = ["c", "D"]'),
    "unknown scenario": VARIES.replace('"pair"', '"pear"'),
    "nothing of that name": (
        LHS.replace("assumptions = []", 'assumptions = []\nindicators = ["population.PAIR", "populaton.PEAR.2050"]')
        + '[vary]\n"record.water.ecological_flor" = {}\n"record.water.industrial_intensity_decline.RIVERSID" = {}\n'
        '"clause.cap.water_use_total.PAIR.2025.reading" = {}\n'
        '"record.water.dry_year_factor" = { like = "record.water.ecological_flour" }\n'
    ),
    "nothing left out": VARIES.replace("assumptions = []", 'leave_out = ["record.wter.*"]'),
    "a distribution of another name": LHS + '[vary]\n"record.water.ecological_floor" = { distribution = "normel" }\n',
    "no range": LHS + '[vary]\n"clause.cap.water_use_total.PAIR.2025.value" = { low = 13 }\n',
    "numbers at odds": (
        LHS + '[vary]\n"record.water.ecological_floor" = { low = 90, high = 85 }\n'
        '"record.water.dry_year_factor" = { distribution = "triangular", mode = 0.7 }\n'
        '"record.water.sewage_collection" = { sd = 2 }\n'
        '"record.water.mine_water.PAIR" = { distribution = "normal", sd = 0 }\n'
        '"record.water.other_surface_headroom" = { distribution = "loguniform" }\n'
        '"record.water.reclaimed_rate_2020" = { values = [20, 30], low = 20 }\n'
    ),
    "a single value": LHS + '[vary]\n"record.water.ecological_floor" = { values = [85, 85] }\n',
    "outside its bounds": (
        LHS + '[vary]\n"record.water.ecological_floor" = { low = 70, high = 100 }\n'
        '"record.water.mine_water.PAIR" = { low = -5, high = 10, reason = "a guess" }\n'
        '"lever.reclaimed.limit" = { low = 0.5, high = 1.5 }\n'
    ),
    "more than a whole": LHS
    + '[vary]\n"record.water.sewage_collection" = { low = 50, high = 120, reason = "a guess" }\n',
    "counts that are missing": VARIES.replace("count = 10\nseed = 1\n", "levels = 3\n"),
    "counts that are wrong": VARIES.replace("latin_hypercube", "sobol").replace("count = 10", "count = 10\nchunk = 0"),
    "odd levels": VARIES.replace("latin_hypercube", "morris").replace("count = 10", "count = 10\nlevels = 5"),
    "details of a design that asks all": VARIES.replace("latin_hypercube", "sobol").replace(
        "count = 10", "count = 8\ndetails = 4\nrepairs = 4"
    ),
    "one level": VARIES.replace('"latin_hypercube"\ncount = 10\nseed = 1', '"factorial"\nlevels = 1'),
    "levels without a grid": LHS + '[vary]\n"record.water.ecological_floor" = { levels = 3 }\n',
    "too many": HEAD + 'kind = "factorial"\n',
    "scenarios outside a list": VARIES + '[[scenarios]]\nid = "dry"\n',
    "a list of nothing": HEAD + 'kind = "list"\n[vary]\n"record.water.ecological_floor" = {}\n',
    "an id twice": (
        HEAD + 'kind = "list"\n[[scenarios]]\nid = "dry"\n[[scenarios]]\nid = "dry"\n[scenarios.override]\n'
        '"lever.reclaimd.enabled" = false\n'
    ),
    "nothing varies": LHS,
    "a matrix of another size": VARIES
    + '[[correlation]]\nkeys = ["record.water.ecological_floor"]\nmatrix = [[1, 0]]\n',
    "no matrix of correlations": (
        VARIES + '"record.water.sewage_collection" = {}\n[[correlation]]\nkeys = ["record.water.ecological_floor", '
        '"record.water.dry_year_factor", "record.water.sewage_collection"]\n'
        "matrix = [[1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1]]\n"
    ),
    "correlations of what stands still": (
        VARIES + '[[correlation]]\nkeys = ["record.water.ecological_floor", "record.water.ecological_share"]\n'
        "matrix = [[1, 0.5], [0.5, 1]]\n"
        '[[correlation]]\nkeys = ["record.water.dry_year_factor", "record.water.ecological_floor"]\n'
        "matrix = [[1, 0.5], [0.4, 1]]\n"
    ),
    "correlations where all are independent": (
        VARIES.replace("latin_hypercube", "morris") + '[[correlation]]\nkeys = ["record.water.ecological_floor", '
        '"record.water.dry_year_factor"]\nmatrix = [[1, 0.5], [0.5, 1]]\n'
    ),
}

DESIGN = """
name = "caps"
scenario = "pair"
kind = "latin_hypercube"
count = 12
chunk = 2
seed = 5
repairs = 4
assumptions = []
indicators = ["population.PAIR.2030", "urbanisation_rate.UPLAND.2035"]

[vary]
"clause.cap.water_use_total.PAIR.2025.value" = { low = 12, high = 15 }
"record.water.ecological_floor" = {}
"""


CAP, FLOOR, DRY = (
    "clause.cap.water_use_total.PAIR.2025.value",
    "record.water.ecological_floor",
    "record.water.dry_year_factor",
)
EMPTY = {
    "verdict": "feasible",
    "proved": True,
    "conflict": None,
    "attainability": 1.0,
    "worst_margin": 0.0,
    "repair": None,
    "repair_clause": None,
    "repair_from": None,
    "repair_to": None,
    "repair_unit": None,
    "alone.output_growth": True,
}


def three(kind, more=""):
    """A design over a cap from 12 to 15, a floor from 80 to 100 and a factor from 0.8 to 0.9."""
    return (
        f'name = "three"\nscenario = "pair"\nkind = "{kind}"\nassumptions = []\n{more}\n[vary]\n'
        f'"{CAP}" = {{ low = 12, high = 15 }}\n"{FLOOR}" = {{}}\n"{DRY}" = {{}}\n'
    )


def names(folder):
    """Files of results with the hash of their content in the name: equal names are equal stores."""
    return sorted(path.relative_to(folder).as_posix() for path in Path(folder).glob("results/**/*"))


def task():
    """A chunk of nothing, for workers that never come to it."""
    import numpy as np

    from regmodel.batch.samples import Samples
    from regmodel.batch.tasks import Task

    return Task(0, 0, Samples((), (), np.empty((0, 0))), frozenset(), frozenset())
