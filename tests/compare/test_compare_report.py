"""The report on several runs: one content for three forms, every number from the comparison, parts that sum."""

from __future__ import annotations

import json
import re
import subprocess
from fractions import Fraction
from itertools import pairwise

import pytest

from regmodel import cli
from regmodel.projection.trajectory import exchange_frame
from regmodel.report import charts_compare, charts_compare_paths
from regmodel.report.chart_style import BLUE, ORANGE
from regmodel.report.compare_report import assemble_comparison
from regmodel.report.compared import Compared
from regmodel.report.content import Chart, Number, Table
from regmodel.report.forms import FORMS, write_forms
from regmodel.report.numbering import anchors_of
from regmodel.report.paths_compared import Trajectories
from regmodel.runs.comparing import as_json, compare
from regmodel.runs.stored import StoredRun
from regmodel.runs.trends import trend

GROWTH, LATE = "record.output.trend_growth_2021_2025", "record.output.trend_growth_2026_2035"
CAP = "clause.cap.water_use_total.PAIR.2025.value"
CLAUSE = CAP.removeprefix("clause.").removesuffix(".value")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def run_of(pair):
    """A run as read from its folder, without the solves: the projection, and a verdict with what is given."""

    def make(overrides=None, **verdict):
        scenario = pair(overrides)
        frame = exchange_frame(trend(scenario), scenario.book, {})
        return StoredRun("a run", scenario, {"verdict": "feasible", "clauses": [], **verdict}, frame, {})

    return make


@pytest.fixture(scope="module")
def found(run_of, pair_params):
    """Two runs that differ by three assumptions and in one clause, with two results split over every order."""
    row = {"id": CLAUSE, "status": "met", "value": 12.0, "target": 14.0, "margin": 2.0, "unit": "10^8 m3"}
    first = run_of(clauses=[row], attainability=1.0)
    missed = {**row, "status": "missed", "target": 11.0, "margin": -1.0}
    conflicts = [{"clauses": [CLAUSE], "sentence": "x"}]
    given = {"clauses": [missed], "verdict": "infeasible", "attainability": 0.9, "conflicts": conflicts}
    other = run_of({GROWTH: 6.0, LATE: 1.0, CAP: 11.0}, **given)
    return compare(first, other, of=("gdp", "water_needed"), params=pair_params)


@pytest.fixture(scope="module")
def drawn(run_of, pair_params):
    """One result split over four drawn orders, so that the parts have errors."""
    return compare(run_of(), run_of({GROWTH: 6.0, LATE: 1.0}), of=("water_needed",), orders=4, params=pair_params)


def numbers_of(thing):
    """Every number of a report, in order."""
    if isinstance(thing, Number):
        return [thing]
    if isinstance(thing, tuple | list):
        return [number for part in thing for number in numbers_of(part)]
    names = getattr(thing, "__dataclass_fields__", ())
    return [number for name in names for number in numbers_of(getattr(thing, name))]


def blocks_of(report, kind):
    return {block.id: block for section in report.sections for block in section.blocks if isinstance(block, kind)}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_number_is_one_of_the_comparison(found, language):
    """A number is a value that `compare --json` prints under its key, a count or a year, and leads to a row."""
    told = json.loads(json.dumps(as_json(found)))
    report = assemble_comparison(found, language)
    numbers = numbers_of(report.sections)
    assert len(numbers) > 40
    aims = anchors_of(report)
    for number in numbers:
        root, *steps = number.key.split("/")
        if root in ("count", "year"):
            continue
        thing = told[root]
        for step in steps:
            thing = thing[int(step)] if isinstance(thing, list) else thing[step]
        assert thing == number.value, number.key
        assert number.anchor is None or number.anchor in aims, number


def test_no_sentence_of_the_house_holds_a_digit(found):
    """Words between the numbers carry none of their own, but for names of records and clauses."""
    from regmodel.report import compare_assumed, compare_report, compare_results, compare_why
    from regmodel.vocabulary.texts import Text

    rooms = (compare_assumed, compare_report, compare_results, compare_why, charts_compare)
    texts = [value for room in rooms for value in vars(room).values() if isinstance(value, Text)]
    assert len(texts) > 30
    assert [text for text in texts if re.search(r"\d", text.en + text.zh)] == []


def test_the_bars_of_a_waterfall_lead_from_one_run_to_the_other(found):
    """Each bar starts where the one above it ends; the parts sum to the difference, exactly in the data behind."""
    compared = Compared(found, "en")
    for one in found.attributions:
        spec = charts_compare.waterfall(compared, one)
        rows = spec["data"]["values"]
        assert rows[0]["from"] == float(one.split.start)
        assert all(above["to"] == below["from"] for above, below in pairwise(rows))
        assert rows[-1]["to"] == pytest.approx(one.split.end, rel=1e-12)
        assert sum(one.split.parts) == Fraction(one.split.end) - Fraction(one.split.start)


def test_parts_too_many_for_the_chart_are_drawn_as_one(found, monkeypatch):
    """With room for one bar the others are added up, and the last bar still ends at the other run."""
    monkeypatch.setattr(charts_compare, "STEPS_SHOWN", 1)
    one = found.attributions[0]
    rows = charts_compare.waterfall(Compared(found, "en"), one)["data"]["values"]
    assert len(rows) == 2
    assert rows[1]["name"].startswith("the 1 others")
    assert rows[-1]["to"] == pytest.approx(one.split.end, rel=1e-12)


def test_sampling_errors_are_drawn_where_orders_were_drawn_and_only_there(found, drawn):
    """Each part of drawn orders has its error at the end of its bar and in the table; exact parts have none."""
    (one,) = drawn.attributions
    spec = charts_compare.waterfall(Compared(drawn, "en"), one)
    spans = [layer for layer in spec["layer"] if layer["encoding"].get("x2", {}).get("field") == "high"]
    assert len(spans) == 1
    errors = dict(zip(one.keys, one.split.errors, strict=True))
    largest = max(range(len(one.keys)), key=lambda at: abs(one.split.parts[at]))
    row = spec["data"]["values"][0]
    assert row["high"] - row["to"] == pytest.approx(errors[one.keys[largest]])
    table = blocks_of(assemble_comparison(drawn, "en"), Table)["split-water-needed-b"]
    assert [column.title for column in table.columns] == ["Assumption", "Part", "± standard error"]
    exact = charts_compare.waterfall(Compared(found, "en"), found.attributions[0])
    assert not [layer for layer in exact["layer"] if layer["encoding"].get("x2", {}).get("field") == "high"]


def test_margins_of_all_runs_stand_on_one_axis(found):
    """By hand: 2 of 14 is 14.3 %, one below 11 is -9.1 %; both marks on one scale, told apart without colour."""
    spec = charts_compare.margins(Compared(found, "en"))
    rows = spec["data"]["values"]
    assert [row["margin"] for row in rows] == pytest.approx([100 * 2 / 14, -100 / 11])
    marks = spec["layer"][-1]["encoding"]
    assert marks["shape"]["scale"]["range"] == ["circle", "square"]
    assert marks["color"]["scale"]["range"] == [BLUE, ORANGE]
    scales = {json.dumps(layer["encoding"]["x"].get("scale")) for layer in spec["layer"][1:]}
    assert len(scales) == 1


def test_regions_stand_on_common_axes_as_differences_from_the_first_run(found):
    """A panel a region, and in each what the model says: output of the other run over that of the first."""
    paths = Trajectories(Compared(found, "en"))
    spec = charts_compare_paths.regions(paths, "gdp")
    assert len({json.dumps(layer["encoding"]["y"].get("scale")) for layer in spec["spec"]["layer"][1:]}) == 1
    rows = {(row["region"], row["year"]): row["apart"] for row in spec["data"]["values"]}
    one, other = (
        frame[(frame["variable"] == "gdp") & (frame["year"] == 2035)].set_index("region")["value"]
        for frame in (run.trajectory for run in found.runs)
    )
    book = found.runs[0].scenario.book.regions
    for region in book.ids():
        apart = 100 * (other[region] / one[region] - 1)
        assert rows[book.name(region).en, 2035] == pytest.approx(apart, abs=1e-9)


def squeezed(text):
    return re.sub(r"[\s\u200b\xad]+", "", text)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "zh"])
def test_all_three_forms_state_the_same_numbers(found, drawn, language, tmp_path, need_program, artefacts):
    """Text taken out of HTML, Word and PDF holds every number of the content; pictures are kept to be looked at."""
    import docx

    draw = need_program("pdftoppm")
    report = assemble_comparison(found, language)
    files = write_forms(report, tmp_path, FORMS, lambda problem: pytest.fail(str(problem)))
    page = re.sub(r"<(script|style|svg).*?</\1>", " ", files["html"].read_text(encoding="utf-8"), flags=re.DOTALL)
    body = docx.Document(str(files["docx"])).element.body
    run = subprocess.run(["pdftotext", "-layout", str(files["pdf"]), "-"], capture_output=True, check=True)
    texts = {
        "html": re.sub(r"<[^>]+>", "", page).replace("&lt;", "<").replace("&amp;", "&"),
        "docx": "".join(node.text or "" for node in body.iter(f"{W}t")),
        "pdf": run.stdout.decode(),
    }
    wanted = {squeezed(number.text) for number in numbers_of(report.sections)}
    for form, text in texts.items():
        held = squeezed(text)
        assert {number for number in wanted if number not in held} == set(), form
    assert set(blocks_of(report, Chart)) >= {"chart-paired-margins", "chart-split-gdp-b", "chart-totals"}
    folder = artefacts / "report"
    folder.mkdir(exist_ok=True)
    subprocess.run([draw, "-r", "60", "-l", "4", "-png", files["pdf"], folder / f"compare-{language}"], check=True)
    assert list(folder.glob(f"compare-{language}-*.png"))


@pytest.mark.browser
@pytest.mark.slow
def test_the_page_draws_its_charts_in_a_browser(found, tmp_path, need_program, artefacts):
    """Chromium opens the page; its charts are there as drawings."""
    program = need_program("chromium")
    page = write_forms(assemble_comparison(found, "zh"), tmp_path, ("html",), pytest.fail)["html"]
    target = artefacts / "report" / "compare-zh-page.png"
    target.parent.mkdir(exist_ok=True)
    options = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"]
    run = subprocess.run([program, *options, "--dump-dom", page.as_uri()], capture_output=True, check=True, timeout=120)
    assert run.stdout.decode().count("<svg") == len(blocks_of(assemble_comparison(found, "zh"), Chart))
    picture = ["--window-size=1120,2400", f"--screenshot={target}", page.as_uri()]
    subprocess.run([program, *options, *picture], capture_output=True, check=True, timeout=120)
    assert target.stat().st_size > 20_000


def test_the_command_writes_the_report_beside_what_it_prints(pair_folders, pair_shipped, tmp_path, capsys):
    """`--report html` makes a folder of its own under --out, the same for the same runs, and says where."""
    folders = [str(pair_folders[name]) for name in ("pair", "thirsty")]
    command = ["compare", *folders, "--report", "html", "--lang", "zh", "--out", str(tmp_path)]
    assert cli.main(command) == 0
    (folder,) = tmp_path.iterdir()
    assert re.fullmatch(r"compare-pair-thirsty-[0-9a-f]{8}", folder.name)
    assert sorted(path.name for path in folder.iterdir()) == ["report.html", "report.zh.html"]
    assert f"已写入：{folder / 'report.html'}" in capsys.readouterr().out
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert '<html lang="zh-CN">' in page
    assert f'id="assumption-{CAP}"' in page


def test_two_questions_to_the_same_runs_have_two_folders(pair_folders, pair_shipped, tmp_path):
    """The second report does not stand in the place of the first, and each folder says what was asked."""
    folders = [str(pair_folders[name]) for name in ("pair", "thirsty")]
    for asked in ([], ["--region", "UPLAND"], ["--of", "gdp", "--year", "2030"], ["--region", "UPLAND"]):
        assert cli.main(["compare", *folders, *asked, "--report", "html", "--out", str(tmp_path)]) == 0
    names = sorted(folder.name.rpartition("-")[0] for folder in tmp_path.iterdir())
    assert names == ["compare-pair-thirsty", "compare-pair-thirsty-UPLAND", "compare-pair-thirsty-gdp-2030"]


def test_workbooks_have_no_runs_to_report_on(capsys):
    """Two scenarios are compared cell by cell; a report of what came out takes run folders."""
    assert cli.main(["compare", "plan", "dry_years", "--report", "html"]) == 1
    assert capsys.readouterr().err == (
        "compare  [C-07]\n"
        "  found      --report\n"
        "  expected   run folders, which have results to split\n"
        "  to do      run both with regmodel run, and compare the run folders\n"
    )
    assert cli.main(["compare", "plan", "dry_years", "--report", "html", "--lang", "zh"]) == 1
    assert capsys.readouterr().err == (
        "compare  [C-07]\n"
        "  填写为        --report\n"
        "  应为         含有结果的运行文件夹\n"
        "  请处理        请先用 regmodel run 运行，再比较运行文件夹\n"
    )
