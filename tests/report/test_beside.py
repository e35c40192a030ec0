"""What a report holds beside its run: the chapter on a batch with its charts, the frontier, and the first page."""

from __future__ import annotations

import re
import sys
import tomllib
from dataclasses import replace
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import SimpleNamespace

import pytest

from regmodel.commands import beside as options_beside
from regmodel.report import (
    assemble,
    charts_sampled,
    frontiers,
    sampled,
    sampled_boxes,
    sampled_shares,
    sampled_ways_out,
)
from regmodel.report.batch_answers import lines
from regmodel.report.beside import Beside
from regmodel.report.chart_style import INK
from regmodel.report.content import Card, Chart, Number, Paragraph, Table, plain
from regmodel.report.figures import Figures
from regmodel.report.numbering import anchors_of
from regmodel.report.svg import draw
from regmodel.scenario import load
from regmodel.scenario.change import change
from regmodel.vocabulary.problems import InputProblems
from regmodel.vocabulary.texts import Text

specification = spec_from_file_location("report_answers", Path(__file__).with_name("invented_answers.py"))
invented = module_from_spec(specification)
sys.modules["report_answers"] = invented
specification.loader.exec_module(invented)


def chapters(run, language, beside):
    return {section.id: section for section in assemble(run, language, beside).sections}


def blocks(section, kind):
    return {block.id: block for block in section.blocks if isinstance(block, kind)}


def numbers_of(thing):
    if isinstance(thing, Number):
        return [thing]
    if isinstance(thing, tuple | list):
        return [number for part in thing for number in numbers_of(part)]
    return [
        number for name in getattr(thing, "__dataclass_fields__", ()) for number in numbers_of(getattr(thing, name))
    ]


def test_without_a_store_and_a_pair_there_is_no_such_chapter(runs):
    """Nothing is said of probabilities or trade-offs that nobody asked for."""
    found = chapters(runs["feasible"], "en", Beside())
    assert "likely" not in found
    assert "frontier" not in found


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_number_of_a_store_is_read_by_its_key(runs, language):
    """What is shown is what `regmodel answers --json` and `regmodel frontier --json` print, and leads somewhere."""
    beside = Beside((invented.invented_frontier(),), invented.invented_answers(unknown=6))
    report = assemble(runs["infeasible"], language, beside)
    figures, aims = Figures(runs["infeasible"], beside), anchors_of(report)
    own = [section for section in report.sections if section.id in ("likely", "frontier")]
    numbers = [number for number in numbers_of(own) if number.key.split("/")[0] in ("batch", "frontier")]
    assert len(numbers) > 40
    for number in numbers:
        assert figures.raw(number.key) == number.value, number.key
        assert number.anchor in aims, number


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_first_page_says_how_likely_all_hold_with_the_interval(runs, language):
    """120 of 200: 60.0 %, Wilson's interval at 95 % is 53.1 to 66.5 %."""
    front = chapters(runs["infeasible"], language, Beside((), invented.invented_answers()))["rests-on"]
    card = next(block for block in front.blocks if isinstance(block, Card))
    told = {name: plain(line) for name, line in card.facts}
    said = told["各条款同时成立的概率" if language == "zh" else "All clauses hold jointly"]
    assert re.findall(r"[\d.]+", said) == ["60.0", "95", "53.1", "66.5", "200"]


@pytest.mark.parametrize(
    ("language", "share", "title"),
    [
        ("en", "Share of scenarios, %", "In how many scenarios it holds, and what moves the answer"),
        ("zh", "情景占比，%", "成立的情景占比与影响因素"),
    ],
)
def test_shares_of_what_is_no_sample_are_not_called_probabilities(runs, language, share, title):
    """A list of scenarios: 120 of 200 is a share of what was listed, and no fact for the first page."""
    found = chapters(runs["infeasible"], language, Beside((), invented.invented_answers(sampled=False)))
    assert found["likely"].title == title
    assert blocks(found["likely"], Table)["probabilities"].columns[1].title == share
    card = next(block for block in found["rests-on"].blocks if isinstance(block, Card))
    assert not {"各条款同时成立的概率", "All clauses hold jointly"} & {name for name, _ in card.facts}


@pytest.mark.parametrize(
    ("centre", "ends", "drawn", "said"),
    [
        (0.9, (0.7, 0.7), True, ""),
        (0.9, (0.9, 0.9), False, "is the same in every scenario; nothing moves it."),
        (0.9, (None, 0.7), False, "no number that moves it is decided at both ends of its range."),
        (None, (0.7, 0.9), False, "the scenario as it stands is undecided, so there is nothing to measure from."),
    ],
)
def test_bars_that_are_not_drawn_are_told_in_words(runs, centre, ends, drawn, said):
    """Both ends off the centre by as much move the answer, though the swing is 0."""
    answers = invented.invented_answers()
    bars = (invented.bar(*invented.NAMES[0], *ends, None),)
    told = replace(answers.tornadoes["attainability"], method="one_at_a_time", centre=centre, bars=bars)
    answers = replace(answers, tornadoes={"attainability": told})
    section = chapters(runs["infeasible"], "en", Beside((), answers))["likely"]
    assert ("chart-tornado-attainability" in blocks(section, Chart)) is drawn
    words = [plain(block.line) for block in section.blocks if isinstance(block, Paragraph)]
    assert any(line.endswith(said) for line in words[1:]) is not drawn
    assert any("nothing moves it" in line for line in lines(answers, "en")) is (ends == (centre, centre))


@pytest.mark.parametrize(
    ("language", "none", "unit"), [("en", "No single clause suffices", "10⁸ m³"), ("zh", "调整任何单项均不足", "亿 m³")]
)
def test_what_would_have_to_give_is_a_table(runs, language, none, unit):
    """50 and 20 of 80; a listed design has no intervals; where nothing was asked there is no table."""
    name = "ways-out-of-scenarios"
    said = chapters(runs["infeasible"], language, Beside((), invented.invented_answers()))["likely"]
    found = blocks(said, Table)[name]
    assert [plain(cell) for cell in found.rows[0].cells[1:]] == [
        "62.5",
        "51.5–72.3",
        "50/80",
        "+3",
        "+2.5 … +4",
        "+9",
        unit,
    ]
    assert [plain(cell) for cell in found.rows[1].cells[:2]] == [none, "25.0"]
    assert "80" in plain(found.note)
    assert found.columns[1].title == {"en": "Share of these, %", "zh": "占比，%"}[language]
    listed = invented.invented_answers(sampled=False)
    found = blocks(chapters(runs["infeasible"], language, Beside((), listed))["likely"], Table)[name]
    assert [plain(cell) for cell in found.rows[0].cells[1:]] == ["62.5", "50/80", "+3", "+9", unit]
    assert {len(row.cells) for row in found.rows} == {len(found.columns)}
    doubtful = replace(listed, ways_out=replace(listed.ways_out, unknown=3))
    found = blocks(chapters(runs["infeasible"], language, Beside((), doubtful))["likely"], Table)[name]
    assert {"en": "Of 3 of them neither", "zh": "其中3个既未查得"}[language] in plain(found.note).replace(
        "其中 3 个", "其中3个"
    )
    silent = replace(listed, ways_out=None)
    assert name not in blocks(chapters(runs["infeasible"], language, Beside((), silent))["likely"], Table)


def test_the_joint_bar_stands_first_and_each_has_its_interval(runs):
    """Rarest first below it; undecided scenarios end the bar twice; a list of scenarios has no interval."""
    answers = invented.invented_answers(unknown=6)
    section = chapters(runs["infeasible"], "en", Beside((), answers))["likely"]
    rows = blocks(section, Chart)["chart-probability"].spec["data"]["values"]
    assert [row["kind"] for row in rows] == ["joint", "alone", "alone"]
    assert (rows[0]["low"], rows[0]["high"]) == (60.0, 63.0)
    assert [row["low"] for row in rows[1:]] == [65.0, 85.0]
    assert all(row["from"] < row["low"] < row["to"] for row in rows[1:])
    listed = chapters(runs["infeasible"], "en", Beside((), invented.invented_answers(sampled=False)))["likely"]
    assert all(row["from"] is None for row in blocks(listed, Chart)["chart-probability"].spec["data"]["values"])
    assert [column.title for column in blocks(listed, Table)["probabilities"].columns][-1] == "Scenarios"
    assert not any("Interval" in column.title for column in blocks(listed, Table)["probabilities"].columns)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("method", ["regression", "sobol", "morris"])
def test_what_moves_the_answer_is_drawn_the_largest_first(runs, method, language):
    """Bars or indices by their size, told apart by shape, with the error of each; drawn without a hole."""
    answers = invented.invented_answers() if method == "regression" else invented.with_indices(method)
    section = chapters(runs["infeasible"], language, Beside((), answers))["likely"]
    kind = "tornado" if method == "regression" else "indices"
    chart = blocks(section, Chart)[f"chart-{kind}-attainability"]
    names = [getattr(title, language) for _, title in invented.NAMES]
    values = chart.spec["data"]["values"]
    assert list(dict.fromkeys(row["name"] for row in values)) == names
    encodings = [layer["encoding"] for layer in chart.spec["layer"]]
    shapes = [encoding["shape"]["scale"]["range"] for encoding in encodings if "shape" in encoding]
    assert all(len(set(one)) == 2 for one in shapes)
    drawing = draw(chart.spec, chart.id)
    assert "NaN" not in drawing
    if method == "regression":
        assert "± 0.03" in drawing
    else:
        first = next(row for row in values if row["value"] == 0.8)
        assert (first["low"], first["high"]) == pytest.approx((0.74, 0.86))


def test_the_joint_bar_is_darkest(runs):
    """Told apart on a copier: black for all jointly, a colour for each alone."""
    section = chapters(runs["infeasible"], "en", Beside((), invented.invented_answers()))["likely"]
    layers = blocks(section, Chart)["chart-probability"].spec["layer"]
    colours = next(layer["encoding"]["color"]["scale"]["range"] for layer in layers if "color" in layer["encoding"])
    assert colours[0] == INK


def test_the_box_in_which_the_plans_hold_has_its_numbers(runs):
    """By hand: 70 of 80 inside hold, 87.5 %; 70 of the 75 that hold lie inside, 93.3 %."""
    section = chapters(runs["infeasible"], "en", Beside((), invented.invented_answers()))["likely"]
    table = blocks(section, Table)["box-feasible"]
    assert [plain(cell) for cell in table.rows[0].cells][1:] == ["–", "40", "%", "95"]
    assert "hold in 87.5" in plain(table.note)
    assert "93.3" in plain(table.note)


def test_the_frontier_has_its_break_points_and_the_demand_of_now(runs):
    """Three corners in the table with the slope to the next; numbers lead to the clauses that they are ends of."""
    section = chapters(runs["feasible"], "en", Beside((invented.invented_frontier(),)))["frontier"]
    table = blocks(section, Table)["frontier-1"]
    assert [plain(row.cells[0]) for row in table.rows] == ["72", "71", "70"]
    assert [plain(row.cells[2]) for row in table.rows] == ["−1", "−0.5", "–"]
    assert "not certified" in plain(table.rows[2].cells[3])
    assert table.rows[0].cells[0][0].anchor == "clause-nm_urb_2025"
    assert table.rows[0].cells[1][0].anchor == "clause-hbew_gdp_growth"
    chart = blocks(section, Chart)["chart-frontier-1"]
    assert "68.5" in plain(chart.note)
    assert "4.5" in plain(chart.note)


def test_other_clauses_that_cannot_hold_leave_no_curve(runs):
    """The chapter says so in the place of a chart."""
    nothing = {**invented.invented_frontier(), "verdict": "infeasible", "points": [], "pieces": []}
    section = chapters(runs["feasible"], "en", Beside((nothing,)))["frontier"]
    assert blocks(section, Chart) == {}
    assert any("There is no such curve" in plain(block.line) for block in section.blocks if hasattr(block, "line"))


def test_no_sentence_of_the_house_holds_a_digit():
    values = [
        value
        for room in (sampled, sampled_boxes, sampled_shares, sampled_ways_out, frontiers, charts_sampled)
        for value in vars(room).values()
    ]
    texts = [value for value in values if isinstance(value, Text)]
    assert len(texts) > 25
    assert [text for text in texts if re.search(r"\d", text.en + text.zh)] == []


@pytest.mark.parametrize("text", ["nm_urb_2025", "a,b,c", "a:up,b", ",b"])
def test_a_pair_is_two_clauses(text, capsys):
    from regmodel.cli import PROBLEM, main

    assert main(["run", "plan", "--frontier", text]) == PROBLEM
    said = capsys.readouterr().err
    assert f'"{text}": must be two clauses with a comma, such as nm_urb_2025:low,hbew_gdp_growth / 须为' in said


@pytest.mark.parametrize("case", ["K-02", "K-02 other numbers"])
def test_a_store_of_another_scenario_is_refused(monkeypatch, case):
    """Its probability would be said of a scenario that it is not of: in both languages, before anything is solved."""
    expected = tomllib.loads(Path(__file__).with_name("problems.toml").read_text(encoding="utf-8"))[case]
    plan = load("plan")
    stored = SimpleNamespace(read=SimpleNamespace(scenario=plan))
    monkeypatch.setattr("regmodel.batch.answers.finished", lambda place: stored)
    monkeypatch.setattr("regmodel.batch.answers.answers_of", lambda store: invented.invented_answers())
    asked = SimpleNamespace(frontier=[], store=Path("stores/dry"))
    other = {"K-02": load("dry_years"), "K-02 other numbers": change(plan, {"record.output.icor": 7})}[case]
    with pytest.raises(InputProblems) as caught:
        options_beside.check(asked, replace(other, name="plan") if case != "K-02" else other)
    assert [caught.value.problems.render(language) for language in ("en", "zh")] == [
        expected[language].strip("\n") for language in ("en", "zh")
    ]
    assert options_beside.check(asked, plan).answers is not None


@pytest.mark.slow
def test_a_run_draws_the_trade_off_that_is_asked_for(pair_shipped, tmp_path, capsys):
    """From the command line, on the invented pair: the page has the curve of two of its clauses."""
    from regmodel.cli import main

    pair = "cap.water_use_total.PAIR.2025,output_growth"
    assert main(["run", "pair", "--out", str(tmp_path), "--frontier", pair]) == 0
    (folder,) = tmp_path.iterdir()
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert 'id="chart-frontier-1"' in page
    assert 'data-key="frontier/0/points/0/x"' in page
