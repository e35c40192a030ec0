"""The measurements of `make bench`: folders for any number of regions, the same answers by every way, the page."""

from __future__ import annotations

import json

import pytest

from regmodel.feasibility.numbers import prepare
from regmodel.scenario import load


@pytest.fixture(autouse=True)
def bench_is_found(root, monkeypatch):
    """The measurements lie beside the package, at the root of the repository."""
    monkeypatch.syspath_prepend(str(root))


@pytest.fixture
def five(tmp_path):
    from bench.invented import invented_folder

    return invented_folder(5, tmp_path / "params")


@pytest.mark.parametrize(("size", "provinces"), [(5, 2), (13, 2), (31, 4)])
def test_a_folder_for_any_number_of_regions_is_read_by_the_ordinary_loader(size, provinces, tmp_path):
    from bench.invented import invented_folder

    shape = prepare(load("plan", invented_folder(size, tmp_path / "params"))).shape
    parents = {region.id: region.parent for region in shape.regions.regions}
    assert len(parents) == size
    assert len(set(parents.values())) == provinces
    assert all(parents[a] == parents[b] for a, b in shape.pairs())
    assert {place for row in shape.rows for place in row.places} == set(parents)


def test_a_copied_province_is_the_shipped_one_by_its_factor(tmp_path):
    from bench.invented import invented_folder

    base = prepare(load("plan", invented_folder(25, tmp_path / "params"))).base
    ids = base.regions.ids()
    factors = {
        quantity[ids.index(f"{region}_2")].sum() / quantity[ids.index(region)].sum()
        for region in ("HOHHOT", "ALXA")
        for quantity in (base.population, base.urban_population, base.value_added, base.water_use)
    }
    assert max(factors) == pytest.approx(min(factors), rel=1e-4)
    assert max(factors) != pytest.approx(1.0, rel=1e-3)


def test_the_hot_solve_says_what_simplex_alone_says(pair_params):
    from bench.resolving import resolve_hot

    *_, found = resolve_hot(pair_params, 3)
    assert found["agree"]
    assert len(found["ours"]) == len(found["simplex"]) == len(found["verdicts"]) == 3
    assert "undecided" not in found["verdicts"]


def test_province_by_province_decides_what_the_whole_decides(five):
    from bench.large import by_province, whole_verdict

    (whole,), (parts,) = list(whole_verdict(five, 60.0)), list(by_province(five, 60.0))
    assert parts["blocks"] == 2
    assert whole["verdict"] == parts["verdict"] == "feasible"
    assert parts["residual"] <= 1e-6


def test_conflicts_and_the_set_of_the_solver_are_checked_by_solving_again(five):
    from bench.clashing import all_conflicts, one_set

    *_, ours = all_conflicts(five, 60.0)
    *_, theirs = one_set(five, 6)
    assert ours["verdict"] == "infeasible"
    assert ours["complete"]
    assert all(ours["correct"])
    assert theirs["infeasible_together"]
    assert theirs["physics_rows"] > 0


def test_what_does_not_end_in_time_has_no_number(five, tmp_path):
    from bench.measure import in_child

    found = in_child("hot", {"params": str(five), "repeats": 1}, 1.0, tmp_path)
    assert found == {"not_within": 1.0}


INVENTED = {
    "about": {
        "date": "2000-01-01",
        "quick": True,
        "minutes": 1.0,
        "processor": "an invented processor",
        "processors": 2,
        "system": "Nowhere",
        "python": "3.11",
        "load": None,
        "versions": {"highspy": "1"},
    },
    "sizes": [13, 300],
    "found": {
        "13": {
            "build": {"read": [0.05], "rows": 1000, "columns": 900, "nonzeros": 5000},
            "hot": {
                "ours": [0.24, 0.2, 0.28],
                "simplex": [0.2, 0.19, 0.3],
                "verdicts": ["feasible"] * 3,
                "agree": True,
            },
            "persistent contrib": {"contrib": [0.6]},
            "rebuild": {"not_within": 30.0},
            "direct": {"direct_solve": [2.0]},
            "linopy": {"failed": "no such package"},
            "certificates": {"plan_check": [0.002], "proof_check": [0.04]},
            "conflicts": {
                "search": [50.0],
                "complete": True,
                "conflicts": [["a", "b"]],
                "correct": [True],
                "repairs": 2,
            },
            "workbook": {"openpyxl_load": [0.6], "openpyxl_save": [0.5], "read": [0.3], "write": [0.9]},
            "iis 6": {"seconds": [9.0], "set_rows": 40, "set_bounds": 3, "physics_rows": 37, "clauses": ["a"]},
        },
        "300": {"whole": {"not_within": 660.0}, "provinces": {"cpu": [50.0], "verdict": "feasible", "blocks": 26}},
        "command line": {"python": [0.02], "help": [0.06], "imports": [1.0], "run": []},
    },
}


def test_the_page_says_what_was_measured_and_nothing_else():
    from bench.table import page

    told = json.loads(json.dumps(INVENTED))
    told["found"]["300"]["provinces"]["coupling_rows"] = 17
    text = page(told)
    assert "| re-solve against pure hot simplex, 13 regions | at most 1.25× | 1.2× | met |" in text
    assert "| Pyomo persistent (contrib) against re-solve, 13 regions | at least 5× | 2.5× | not met |" in text
    assert "| Pyomo build again and solve against re-solve, 13 regions | at least 50× | not within 30 s | met |" in text
    assert "| check of a plan in float against a cold solve, 13 regions | at most 1 % | 0.1 % | met |" in text
    assert "| check of a proof in float against a cold solve, 13 regions | at most 1 % | 2 % | not met |" in text
    assert "| a verdict at 300 regions, or undecided | within 600 s | not within 660 s | not met |" in text
    assert (
        "| reading the shipped workbook, gate included, against openpyxl's load of it | at most 2.5× | 0.5× | met |"
        in text
    )
    assert (
        "| filling the shipped workbook, gate included, against openpyxl's save of it | at most 2.5× | 1.8× | met |"
        in text
    )
    assert "failed: no such package" in text
    assert "40 rows and 3 bounds; 37 rows are of no clause" in text


def test_the_page_says_what_batches_reached_against_the_quicker_solve_and_both_writes():
    """40 ms / 0.5 ms = 80 times at 5 regions; 130 MB / 100 MB = 1.3 times; 0.1 ms of writing / 0.2 ms of projecting."""
    from bench.table import page

    told = json.loads(json.dumps(INVENTED))
    told["found"]["300"] = {}
    told["found"]["5"] = {
        "judged": {
            "count": 2000,
            "judged": [0.0005],
            "hot": [0.06],
            "hot preferred": [0.04],
            "prime": [4.0],
            "how": {"witness": 1990, "solve": 10},
            "agree": True,
        },
        "memory of 1000 verdicts": {"count": 1000, "peak": 100.0},
        "memory of 10000 verdicts": {"count": 10000, "peak": 130.0},
        "workers": {"count": 2000, "same": True, "1 worker": [10.0], "2 workers": [5.0], "Dask, 2 workers": [8.0]},
    }
    told["found"]["13"]["projected 100"] = {"count": 100, "peak": 100.0, "numbers": 8502, "projected": [0.0002]}
    told["found"]["13"]["projected 900"] = {
        "count": 900,
        "peak": 140.0,
        "numbers": 8502,
        "projected": [0.0002],
        "memory": [0.00001],
        "disk": [0.0001],
    }
    text = page(told)
    assert "| verdict of a batch against hot LP, 5 regions | at least 50× | 80× | met |" in text
    assert "| memory from 1,000 to 10,000 verdicts | at most 1.3× | 1.3× | met |" in text
    assert "| memory from 100 to 900 projections | at most 1.3× | 1.4× | not met |" in text
    assert "| projection against a plain write of its numbers to memory | at least 0.5 | 0.05 | not met |" in text
    assert "| projection against a plain write of its numbers to the disk | at least 0.5 | 0.5 | met |" in text
    assert "2,000 verdicts at 0.5 ms each (2,000 a second), a hot solve 40 ms" in text
    assert "A million would take about 0.14 hours of one processor: extrapolated, not measured." in text
    assert "| 2 workers | 5 | 400 | 2.00× |" in text
    assert "The stores of 2,000 verdicts have the same files." in text


def test_every_step_that_is_planned_can_be_carried_out():
    from bench.child import MEASURES
    from bench.plan import FULL, QUICK

    assert {step.measure for step in (*FULL, *QUICK)} <= set(MEASURES)
    names = [(step.size, step.name) for step in FULL]
    assert len(set(names)) == len(names)
    assert {step.size for step in FULL} == {5, 13, 60, 300}


def test_a_run_that_is_stopped_leaves_what_it_measured_and_parts_are_measured_again(tmp_path):
    """The table is written after each step; measuring a part again keeps the rest and says so."""
    from bench.__main__ import Table, chosen_steps
    from bench.plan import QUICK

    whole = Table(tmp_path, quick=True, only=[])
    whole.write({"5": {"hot": {"ours": [2.0], "simplex": [1.0]}}})
    kept = json.loads((tmp_path / "bench.json").read_text(encoding="utf-8"))
    assert kept["found"]["5"]["hot"]["ours"] == [2.0]
    part = Table(tmp_path, quick=True, only=["conflicts"])
    part.found["5"]["conflicts"] = {"search": [3.0]}
    part.write(part.found)
    both = json.loads((tmp_path / "bench.json").read_text(encoding="utf-8"))
    assert both["found"]["5"] == {"hot": {"ours": [2.0], "simplex": [1.0]}, "conflicts": {"search": [3.0]}}
    assert "Measured again later: conflicts (" in (tmp_path / "bench.md").read_text(encoding="utf-8")
    assert {step.name for step in chosen_steps(QUICK, ["iis"])} == {"iis 2", "iis 6"}
    assert chosen_steps(QUICK, []) == list(QUICK)


def test_the_page_sets_the_report_beside_its_run():
    """5 s beside a run of 100 s are 0.05 times the run, 37 s are 0.37 times; both keep the limits."""
    from bench.sections import command_line
    from bench.targets import targets

    report = {"run": [100.0], "html": [4.0, 5.0, 6.0], "all": [36.0, 38.0]}
    told = {"found": {"command line": {"report": report}}, "sizes": [], "about": {}}
    (shown,) = command_line(told)
    assert "| its page |" in shown
    assert "0.05× the run" in shown
    assert "0.37× the run" in shown
    rows = {row[0]: row for row in targets(told)}
    assert rows["the report's page against the run without it"][1:] == ("at most 2×", "0.05×", "met")
    assert rows["the report in all three forms against the run without it"][1:] == ("at most 10×", "0.37×", "met")


def test_the_report_is_measured_alone_where_it_alone_is_asked_for(tmp_path, monkeypatch):
    """What else was measured before stays as it was."""
    from bench import __main__ as whole
    from bench import starting

    monkeypatch.setattr(starting, "reports", lambda: {"run": [1.0]})
    (tmp_path / "bench.json").write_text(
        json.dumps({"about": {}, "sizes": [], "found": {"command line": {"python": [0.02]}}}), encoding="utf-8"
    )
    kept = []
    table = whole.Table(tmp_path, quick=True, only=["report"])
    whole.measure_reports(table.found, lambda found: kept.append(json.loads(json.dumps(found))))
    assert kept == [{"command line": {"python": [0.02], "report": {"run": [1.0]}}}]
