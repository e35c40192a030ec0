"""What a reader gets of an infeasible run: conflicts with a proof to redo, ways out, stages, what decides, prices."""

from __future__ import annotations

import json
import re
from importlib.resources import files

import pytest

from regmodel.report import assemble
from regmodel.report.content import Bullets, Number, Paragraph, plain
from regmodel.report.figures import Figures
from regmodel.report.row_labels import balance_label, bound_label
from regmodel.report.spoken import spoken

LANGUAGES = ("en", "zh")
FIELDS = (
    "conflicts",
    "conflicts_complete",
    "corrections",
    "repairs",
    "repairs_complete",
    "stages",
    "attainability_by",
    "binding",
)
SHARED = re.compile(r"m³|m²|km²|GDP|Bocquier")


def section(run, name, language):
    return next((found for found in assemble(run, language).sections if found.id == name), None)


def table(run, name, language):
    tables = (block for part in assemble(run, language).sections for block in part.blocks)
    return next((block for block in tables if getattr(block, "id", None) == name), None)


def words(block):
    return " ".join(plain(cell) for row in block.rows for cell in row.cells)


def shown(cell):
    """The number of a cell as printed."""
    (number,) = (span for span in cell if isinstance(span, Number))
    return float(number.text.replace(",", "").replace("\N{MINUS SIGN}", "-"))


@pytest.mark.parametrize("word", ["feasible", "infeasible", "undecided"])
def test_the_invented_findings_are_those_of_the_contract(runs, word):
    """What these tests show is what verdict.json may hold."""
    from jsonschema import Draft202012Validator

    schema = json.loads(files("regmodel.runs").joinpath("verdict_schema.json").read_text(encoding="utf-8"))
    verdict = runs[word].verdict
    for name in FIELDS:
        errors = [
            error.message for error in Draft202012Validator(schema["properties"][name]).iter_errors(verdict[name])
        ]
        assert errors == [], name


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_conflict_is_said_with_plan_section_years_and_regions(runs, language):
    """The sentence names the documents and sections; the table has years and regions; assumed ones say so."""
    found = section(runs["infeasible"], "conflicts", language)
    said = [plain(block.line) for block in found.blocks if isinstance(block, Paragraph)]
    wanted = {
        "en": ("the 2021 urbanisation plan, chapter 2, section 3", "Inner Mongolia", "assumed"),
        "zh": ("2021年新型城镇化规划第二章第三节", "内蒙古", "假设"),
    }[language]
    assert any(all(mark in line for mark in wanted) for line in said)
    rows = table(runs["infeasible"], "conflict-1", language).rows
    assert plain(rows[0].cells[2]) == {"en": "2021–2025", "zh": "2021—2025"}[language]
    assert {"en": "assumed", "zh": "假设"}[language] in plain(rows[0].cells[0])
    assert "assumed" not in plain(rows[1].cells[0])
    assert plain(rows[1].cells[3]).startswith("≥ ")


@pytest.mark.parametrize("name", ["proof-1", "proof-2"])
def test_the_printed_proof_can_be_redone(runs, name):
    """Printed weights times printed amounts, added up, give the printed sums within the last digit of each line."""
    rows = table(runs["infeasible"], name, "en").rows
    sums = [at for at, row in enumerate(rows) if row.status == "sum"]
    needed, most, gap = (rows[at].cells[-1] for at in sums)
    lines = [rows[: sums[0]], rows[sums[0] + 1 : sums[1]]]
    last = 10.0 ** -len(needed[0].text.partition(".")[2])
    for group, total in zip(lines, (needed, most), strict=True):
        assert sum(shown(row.cells[-1]) for row in group) == pytest.approx(shown(total), abs=last * len(group))
        for row in group:
            if plain(row.cells[4]) != "–":
                product = shown(row.cells[4]) * shown(row.cells[5])
                assert product == pytest.approx(shown(row.cells[-1]), rel=1e-5, abs=last)
    assert shown(needed) - shown(most) == pytest.approx(shown(gap), abs=2 * last)
    assert shown(gap) > 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_proof_says_how_to_read_it(runs, language):
    """Needed, most and gap stand in one sentence that ends in what is false."""
    proof = table(runs["infeasible"], "proof-1", language)
    note = plain(proof.note)
    assert "0 ≥ " in note
    numbers = [span.key.rpartition("/")[2] for span in proof.note if isinstance(span, Number)]
    assert numbers == ["needed", "most", "gap"]


def test_an_unproved_conflict_claims_nothing(invented_run):
    """Neither the card nor the chapter says cannot of a conflict that is not proved."""
    run = invented_run("infeasible")
    run.verdict["conflicts"] = run.verdict["conflicts"][:1]
    run.verdict["conflicts"][0] |= {"proved": False, "working": None}
    assert "that is not proved" in " ".join(spoken(run, "en"))
    chapter = section(run, "conflicts", "en")
    said = " ".join(plain(block.line) for block in chapter.blocks[1:] if isinstance(block, Paragraph))
    assert "not proved" in said
    assert "cannot hold" not in said
    assert table(run, "proof-1", "en") is None


def test_no_sentence_claims_what_is_not_proved_of_any_conflict(invented_run):
    """Neither the lead of the chapter nor what a terminal hears of the second conflict."""
    run = invented_run("infeasible")
    for conflict in run.verdict["conflicts"]:
        conflict |= {"proved": False, "working": None}
    lead = section(run, "conflicts", "en").blocks[0]
    assert "neither is" in plain(lead.line)
    said = " ".join(spoken(run, "en"))
    assert said.count("not proved") == 2
    assert "Nor can" not in said


BY_ITSELF = {
    ("en", True): ("This clause cannot hold by itself", "Nor can this hold by itself"),
    ("en", False): ("this clause does not hold by itself, but that is not proved", "Nor was this found to hold by"),
    ("zh", True): ("仅此一条，无论采取何种措施都不能成立", "以下一条单独也不能成立"),
    ("zh", False): ("搜索发现仅此一条即不能成立，但未得到证明", "搜索还发现以下一条单独也不能成立"),
}


@pytest.mark.parametrize(("language", "proved"), BY_ITSELF)
def test_a_conflict_of_one_clause_is_not_told_as_clauses_that_clash(invented_run, language, proved):
    """There is nothing it clashes with, and no other that could hold once it is dropped."""
    run = invented_run("infeasible")
    run.verdict["conflicts"] = run.verdict["conflicts"][:2]
    for conflict in run.verdict["conflicts"]:
        conflict |= {"clauses": conflict["clauses"][:1], "proved": proved}
    said = " ".join(spoken(run, language))
    for mark in BY_ITSELF[language, proved]:
        assert mark in said
    assert {"en": "drop any one", "zh": "去掉其中任一条"}[language] not in said


@pytest.mark.parametrize(("language", "mark"), [("en", "list of ways out is not complete"), ("zh", "所列办法并不完整")])
def test_a_list_of_ways_out_that_is_not_complete_says_so(invented_run, language, mark):
    """On the first page and in the chapter, even where no way out was found at all; never of a complete list."""
    run = invented_run("infeasible")
    assert mark not in plain(table(run, "repairs", language).note)
    run.verdict["repairs_complete"] = False
    assert mark in plain(table(run, "repairs", language).note)
    run.verdict |= {"repairs": [], "corrections": []}
    assert mark in plain(section(run, "ways-out", language).blocks[0].line)


@pytest.mark.parametrize("language", LANGUAGES)
def test_ways_out_stand_in_the_clause_s_own_unit_and_say_where_none_suffices(runs, language):
    joint, alone = (table(runs["infeasible"], name, language) for name in ("repairs", "repairs-alone"))
    assert plain(joint.rows[0].cells[2]) == "≤ 90"
    assert {"en": "12.4 × 10⁸ yuan", "zh": "12.4 亿元"}[language] in words(joint)
    assert {"en": "solved again", "zh": "重新求解"}[language] in plain(joint.note)
    assert words(alone).count({"en": "no value suffices", "zh": "任何取值均不足"}[language]) == 1
    assert len(alone.rows) == 3


def test_a_way_out_that_is_not_confirmed_says_so(invented_run):
    """Nothing is said to cure that was not found feasible when applied."""
    run = invented_run("infeasible")
    for repair in run.verdict["repairs"]:
        repair["applied"] = False
    assert "not confirmed" in words(table(run, "repairs", "en"))
    assert "the scenario is feasible" not in " ".join(spoken(run, "en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_minimal_set_of_losses_is_listed_and_what_to_set(runs, language):
    """Three sets, and the keys of the scenario file with their numbers in full."""
    chapter = section(runs["infeasible"], "ways-out", language)
    lists = [block for block in chapter.blocks if hasattr(block, "items")]
    assert len(lists[0].items) == 3
    settings = " ".join(plain(item) for item in lists[1].items)
    assert "clause.nm_to_town_2025.ease_high = 6.4" in settings


@pytest.mark.parametrize("language", LANGUAGES)
def test_stages_show_both_misses_and_attainability_by_plan_and_year(runs, language):
    rows = table(runs["infeasible"], "stages-table", language).rows
    assert [shown(row.cells[0]) for row in rows] == [0, 1, 2, 3]
    assert [shown(rows[2].cells[at]) for at in (3, 4)] == [3.1, 1.96]
    assert rows[2].status == "missed"
    share = table(runs["infeasible"], "attainable", language).rows
    assert plain(share[0].cells[1]) == "0.710"
    assert plain(share[2].cells[1]) == {"en": "undecided", "zh": "未能判定"}[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_prices_are_shown_of_feasible_runs_only_with_both_sides_and_doubts(runs, invented_run, language):
    prices = table(runs["feasible"], "shadow-prices", language)
    assert {"en": "degenerate", "zh": "退化"}[language] in words(prices)
    assert {"en": "not unique", "zh": "不唯一"}[language] in words(prices)
    run = invented_run("undecided")
    assert run.verdict["binding"]
    assert table(run, "shadow-prices", language) is None


@pytest.mark.parametrize(
    ("language", "each", "together"), [("en", "each of them alone", "decide together"), ("zh", "各自单独", "一并变动")]
)
def test_deciding_assumptions_say_whether_each_alone_does(invented_run, language, each, together):
    run = invented_run("feasible")
    said = " ".join(spoken(run, language))
    assert each in said
    assert "16.2" in said
    deciding = run.verdict["rests_on"]["deciding"]
    for entry in deciding:
        entry |= {"alone": False, "break_even": None}
    run.verdict["rests_on"]["deciding_proved"] = False
    said = " ".join(spoken(run, language))
    assert together in said
    assert {"en": "is not shown", "zh": "未经证明"}[language] in said
    assert {"en": "not alone", "zh": "单独不足"}[language] in words(table(run, "deciding", language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_verdict_without_assumed_limits_is_said(invented_run, language):
    run = invented_run("infeasible")
    run.verdict["rests_on"]["without_assumed_caps"] = "feasible"
    same = {"en": "the answer is the same", "zh": "结论不变"}[language]
    limits = {"en": "Without the limits that are only assumed", "zh": "仅属假设的上限"}[language]
    said = [line for line in spoken(run, language) if limits in line]
    assert len(said) == 1
    assert same not in said[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_of_readings_says_which_go_together(runs, language):
    rows = table(runs["feasible"], "readings-table", language).rows
    answers = [plain(row.cells[0])[:1] for row in rows]
    assert answers == ["✓", "✓", "✕", "✕"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_terminal_hears_three_conflicts_at_most(invented_run, language):
    """The first in the sentence of the verdict, two more, and how many there are besides; one way out."""
    run = invented_run("infeasible")
    run.verdict["conflicts"] = run.verdict["conflicts"] * 3
    said = spoken(run, language)
    assert len([line for line in said if {"en": "Nor can", "zh": "也不能同时"}[language] in line]) == 2
    assert any({"en": "3 more conflicts", "zh": "另有3组"}[language] in line for line in said)
    assert len([line for line in said if {"en": "way out", "zh": "办法"}[language] in line]) == 1
    assert any({"en": "cheapest", "zh": "费用最低"}[language] in line for line in said)


def test_every_row_and_variable_of_the_programme_has_words(pair_engine):
    """A balance or a bound in a proof is never shown by its name in the code."""
    rows = {name.partition("[")[0] for name in pair_engine.compiled.rows} - {"clause"}
    variables = {name.partition("[")[0] for name in pair_engine.compiled.columns}
    assert {name for name in rows if re.search(r"[a-z]", balance_label(name, "zh"))} == set()
    assert {name for name in variables if re.search(r"[a-z]", bound_label(name, "zh"))} == set()


@pytest.mark.parametrize("word", ["feasible", "infeasible", "undecided"])
def test_the_chinese_chapters_hold_no_english_words(runs, word):
    """Ids and codes are names; everything else is Chinese."""
    for part in assemble(runs[word], "zh").sections:
        if part.id not in ("conflicts", "ways-out", "stages", "readings", "equations"):
            continue
        lines = []
        for block in part.blocks:
            lines += [getattr(block, "line", ()), getattr(block, "caption", ()), getattr(block, "note", ())]
            lines += list(getattr(block, "items", ()))
            lines += [cell for row in getattr(block, "rows", ()) for cell in row.cells]
        for line in lines:
            spans = [span if isinstance(span, str) else span.text for span in line if _is_prose(span)]
            found = re.findall(r"[A-Za-z]{3,}", SHARED.sub("", " ".join(spans)))
            assert found == [], plain(line)


def _is_prose(span):
    return isinstance(span, str) or getattr(span, "role", None) not in ("id", "code", None)


def test_no_number_of_these_chapters_is_the_report_s_own(runs):
    """Every number is found again in the run by its key, but for counts and sums over the run's data."""
    figures = Figures(runs["infeasible"])
    for part in assemble(runs["infeasible"], "en").sections:
        if part.id not in ("conflicts", "ways-out", "stages"):
            continue
        for block in part.blocks:
            cells = [cell for row in getattr(block, "rows", ()) for cell in row.cells]
            for line in (*cells, *getattr(block, "items", ()), getattr(block, "note", ())):
                for span in line:
                    if isinstance(span, Number) and not span.key.startswith(("count", "found", "year")):
                        assert figures.raw(span.key) == span.value


def test_a_row_that_has_a_price_and_slack_does_not_bind(invented_run):
    """It stands among the prices and not among what binds."""
    run = invented_run("feasible")
    for entry in run.verdict["binding"]:
        entry["slack"] = 0.5
    chapter = section(run, "binding", "en")
    assert "No row binds" in " ".join(plain(block.line) for block in chapter.blocks if isinstance(block, Paragraph))
    assert table(run, "shadow-prices", "en") is not None


def test_a_way_out_is_printed_with_every_figure(invented_run):
    """Rounded to fewer figures it would not cure."""
    run = invented_run("infeasible")
    run.verdict["repairs"][2]["changes"][1]["to"] = 19.30642
    assert "≤ 19.30642" in words(table(run, "repairs", "en"))
    assert any("19.30642" in line for line in spoken(run, "en"))


def notes(run, language):
    """What stands in small print under the prices."""
    blocks = section(run, "binding", language).blocks
    return " ".join(plain(block.line) for block in blocks if isinstance(block, Paragraph) and block.role == "note")


@pytest.mark.parametrize(
    ("word", "language", "why"),
    [
        ("infeasible", "en", "a weight in a proof is not a price"),
        ("infeasible", "zh", "权重不是价格"),
        ("undecided", "en", "is undecided"),
        ("undecided", "zh", "尚未判定"),
    ],
)
def test_a_run_without_prices_says_why(runs, word, language, why):
    assert why in notes(runs[word], language)


def test_rows_that_bind_and_are_not_priced_are_counted(invented_run):
    """Each row has a price: nothing is said. Some: how many. None: that none is certain."""
    run = invented_run("feasible")
    entries = run.verdict["binding"]
    assert "Not priced" not in notes(run, "en")
    assert "priced" not in notes(run, "en")
    for entry in entries[:3]:
        entry["shadow_price"] = None
    assert f"Not priced: 3 of {len(entries)} rows" in notes(run, "en")
    assert f"共{len(entries)}项，其中3项未计算" in notes(run, "zh")
    for entry in entries:
        entry["shadow_price"] = None
    assert "none was found that is certain" in notes(run, "en")
    for entry in entries:
        entry["shadow_price"] = 0.0
    assert "save nothing worth mentioning" in notes(run, "en")


def test_a_price_that_rounds_to_nothing_is_counted_and_not_listed(invented_run):
    run = invented_run("feasible")
    for entry in run.verdict["binding"]:
        if entry["region"] == "WUHAI":
            entry["shadow_price"] = 0.00001
    prices = table(run, "shadow-prices", "en")
    assert "Wuhai" not in words(prices)
    assert "rounds to nothing" in plain(prices.note)


def test_balances_that_add_nothing_share_a_row(invented_run):
    """They are part of the proof and named, in one row with the count of theirs."""
    run = invented_run("infeasible")
    lines = run.verdict["conflicts"][0]["working"]["lines"]
    for name, rows in (("sectors_add_up", 7), ("towns_drink", 5)):
        lines.append({**lines[3], "name": name, "rows": rows, "contribution": 0.0})
    told = [row for row in table(run, "proof-1", "en").rows if "adds nothing" in plain(row.cells[0])]
    assert len(told) == 1
    assert "sectors add up to GDP and domestic water use of towns" in plain(told[0].cells[0])
    assert [shown(told[0].cells[at]) for at in (3, 7)] == [12, 0]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "residents of Ulanqab, in 2035 33.7 % less than on the trend (128.5 → 85.2 × 10⁴ persons)"),
        ("zh", "乌兰察布2035年常住人口低于趋势33.7%（128.5→85.2 万人）"),
    ],
)
def test_the_first_page_says_what_a_way_out_does_elsewhere(runs, language, told):
    """128.5 less 43.3 is 85.2: 43.3 / 128.5 = 33.7 %, the largest of the moves that come with the way out."""
    said = section(runs["infeasible"], "rests-on", language)
    bullets = " ".join(plain(item) for block in said.blocks if isinstance(block, Bullets) for item in block.items)
    assert told in bullets


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_way_out_is_told_once_with_what_else_moves(runs, language):
    """Four different sets of changes hold, two of the six repeat another or do not suffice; each has four moves."""
    found = table(runs["infeasible"], "repairs-moves", language)
    names = [plain(row.cells[0]) for row in found.rows]
    assert len([name for name in names if name]) == 4
    assert len(found.rows) == 16
    assert {plain(row.cells[-1]).replace(" ", "") for row in found.rows} == {"−33.7%", "+10.1%", "−24.9%", "−8.6%"}
    assert table(runs["feasible"], "repairs-moves", language) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_ledger_sets_the_trend_and_what_a_clause_comes_to_by_itself_beside_what_is_reached(runs, language):
    """The margin as per cent of the target is the margin over the target; the last column but for missed clauses."""
    for word in ("feasible", "infeasible"):
        run, found = runs[word], table(runs[word], "clauses-tested", language)
        entries = {f"clause-{entry['id']}": entry for entry in run.verdict["clauses"]}
        missed = [row for row in found.rows if row.status == "missed"]
        assert bool(missed) == (word == "infeasible") == (len(found.columns) == 10)
        for row in found.rows:
            entry = entries[row.anchor]
            (trend,) = row.cells[3]
            assert trend.value == entry["trend"]
            (relative,) = row.cells[-3]
            if entry["target"]:
                assert relative.value == pytest.approx(entry["margin"] / abs(entry["target"]))
            else:
                assert relative == "–"
            if missed:
                assert bool(row.cells[5]) == (entry["by_itself"] is not None)


def test_every_table_of_a_chinese_report_has_a_chinese_heading(runs):
    """The records of every subject too: a subject without words of its own would stand there as the data write it."""
    blocks = [block for part in assemble(runs["infeasible"], "zh").sections for block in part.blocks]
    captions = {block.id: plain(block.caption) for block in blocks if hasattr(block, "columns")}
    assert "assumptions-programme" in captions
    assert [name for name, said in captions.items() if not re.search("[\u4e00-\u9fff]", said)] == []
