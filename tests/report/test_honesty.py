"""What the report owes its reader: how little is tested, slack of one plan only, whose an edit is, declared bounds."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from regmodel.plans import ledger
from regmodel.report import assemble
from regmodel.report.content import Card, Steps, Table, plain
from regmodel.report.figures import Figures
from regmodel.report.repairs import way_out
from regmodel.report.spoken import spoken
from regmodel.report.tested import ORIGINS, is_tested, origin_of
from regmodel.scenario import Override, build, load
from regmodel.vocabulary.texts import Text

LANGUAGES = ("en", "zh")
FIVE = {"hbyy2013", "hbey2018", "hohhot2019", "hbew2021", "nmurban2021"}


def blocks(run, language):
    return {
        getattr(block, "id", type(block).__name__): block
        for section in assemble(run, language).sections
        for block in section.blocks
    }


def words(block):
    return " ".join(plain(cell) for row in block.rows for cell in row.cells)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_headline_says_how_many_clauses_of_the_plans_are_tested(runs, language):
    """Clauses of the five plans, those that are tested, and what else stands beside them, all from the run."""
    run = runs["feasible"]
    of_plans = [a.clause.id for a in run.scenario.clauses if a.clause.plan in FIVE]
    tested = [entry["id"] for entry in run.verdict["clauses"] if is_tested(entry)]
    own = [name for name in tested if name in of_plans]
    uses = ledger([a.clause for a in run.scenario.clauses])
    assert own
    assert all(uses[name].use == "programme" for name in own)
    card = next(block for block in blocks(run, language).values() if isinstance(block, Card))
    numbers = {span.key: span.value for span in card.sentences[0] if hasattr(span, "key")}
    assert numbers["count/clauses of the plans"] == len(of_plans)
    assert numbers["count/plans"] == len(FIVE)
    assert numbers["count/tested clauses of the plans"] == len(own) < len(of_plans)
    beside = numbers["count/tested clauses of regulations"] + numbers["count/tested clauses that are assumed"]
    assert numbers["count/tested clauses"] == len(own) + beside
    left = [a for a in run.scenario.clauses if a.clause.kind == "statement" and not a.enabled]
    assert numbers["count/statements that are left out"] == len(left)


@pytest.mark.parametrize(("language", "phrase"), [("en", "in the plan shown"), ("zh", "所示方案")])
def test_slack_and_what_binds_are_those_of_the_plan_that_is_shown(runs, language, phrase):
    """Neither the card nor a table lets the slack of one plan pass for room to spare."""
    run = runs["feasible"]
    found = blocks(run, language)
    assert phrase in plain(found["worst-margins"].caption).lower()
    for name in ("chart-binding", "binding-kinds", "shadow-prices", "chart-margins"):
        assert phrase in plain(found[name].caption).lower(), name
    said = " ".join(spoken(run, language))
    assert said.lower().count(phrase) >= 2
    assert "to spare." not in said.replace("not room to spare.", "")


@pytest.mark.parametrize(
    ("language", "title", "conflict"),
    [("en", "in the plan that misses least", "Within this conflict"), ("zh", "偏差最小的方案", "仅就这组冲突而言")],
)
def test_an_infeasible_run_is_told_by_its_misses(runs, language, title, conflict):
    """The worst table lists misses only; a conflict speaks for itself alone; the way out is one joint way."""
    run = runs["infeasible"]
    worst = blocks(run, language)["worst-margins"]
    assert title in plain(worst.caption)
    assert {row.status for row in worst.rows} == {"missed"}
    said = spoken(run, language)
    assert any(conflict in line for line in said)
    assert plain(way_out(Figures(run), language)) in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_changes_of_one_way_out_go_together(runs, language):
    """The table and the terminal say that they are one way out; how many conflicts there are too."""
    run = runs["infeasible"]
    together = {"en": "go together", "zh": "一并采用"}[language]
    assert together in plain(blocks(run, language)["repairs"].note)
    said = spoken(run, language)
    assert any(together in line for line in said)
    assert any({"en": "There are 2 conflicts in all", "zh": "共2组"}[language] in line for line in said)


@pytest.mark.parametrize("word", ["feasible", "infeasible", "undecided"])
def test_a_terminal_is_not_sent_below(runs, word):
    """There is nothing below in a terminal: the working is in the report."""
    for language in LANGUAGES:
        said = " ".join(spoken(runs[word], language))
        assert not re.search(r"\bbelow\b|下文", said)
    assert "the working is in the report" in " ".join(spoken(runs[word], "en")).lower()


def test_no_contradiction_in_force_is_said_of_the_clauses_as_read(invented_run):
    """The step does not deny the contradictions that the sentence after it counts."""
    run = invented_run("feasible")
    run.verdict["rests_on"]["on_paper"] = "undecided"
    for language, phrase in (("en", "none among the clauses in force as read"), ("zh", "按所取理解未发现矛盾")):
        steps = next(block for block in blocks(run, language).values() if isinstance(block, Steps))
        assert phrase in steps.items[0].word


def edited(invented_run):
    """A run whose user set a record, a record of one region, a clause, a reading, a lever and a cap."""
    title = Text("Mine", "我的情景")
    given = {
        "record.land.residential_part": Override("", 70.0, "measured", "", "Survey of my office"),
        "record.water.industrial_intensity_decline.ORDOS": 3.5,
        "clause.nm_urb_2025.value": 68.0,
        "clause.nm_urb_2025.reading": "floor",
        "clause.nm_to_town_2025.enabled": True,
        "clause.nm_to_town_2025.ease_low": 2.5,
        "lever.water_rights.limit": 0.5,
        "cap.water_use_total.ORDOS.2025": 15.0,
        "cap.water_use_total.ORDOS.2027": 15.5,
    }
    made = build("mine", title, title, "dry_years", (), given)
    run = invented_run("feasible")
    run.scenario = replace(made, clauses=run.scenario.clauses)
    run.trajectory = run.trajectory.assign(scenario=run.trajectory["scenario"].str.replace("plan", "mine", n=1))
    return run


@pytest.mark.parametrize(("language", "yours"), [("en", "yours"), ("zh", "您的设定")])
def test_what_a_user_sets_is_listed_from_old_to_new_and_is_theirs(invented_run, language, yours):
    """Names in words, shipped value, new value, unit, reason and source; what a shipped layer sets is not theirs."""
    run = edited(invented_run)
    found = blocks(run, language)
    by_key = {row.cells[0][-1].text: row for name in ("changes", "changes-taken-over") for row in found[name].rows}
    land = [plain(cell) for cell in by_key["record.land.residential_part"].cells]
    shipped = build("plain", Text("a", "a"), Text("a", "a"), "plan", (), {}).book.records["land.residential_part"]
    assert land[0].startswith(shipped.title.read(language))
    assert [land[1], land[2], land[4], land[5]] == [shipped.printed, "70", "measured", "Survey of my office"]
    for key, row in by_key.items():
        inherited = next(o for o in run.scenario.overrides if o.key == key).owner != "mine"
        assert (yours in plain(row.cells[-1])) is not inherited, key
    old = {key: plain(row.cells[1]) for key, row in by_key.items()}
    assert old["clause.nm_urb_2025.value"] == "69"
    eased = [plain(cell) for cell in by_key["clause.nm_to_town_2025.ease_low"].cells]
    assert {"en": "lower end gives way by", "zh": "下端放宽"}[language] in eased[0]
    assert eased[1:3] == ["–", "2.5"]
    assert {"en": "persons", "zh": "万人"}[language] in eased[3]
    assert old["cap.water_use_total.ORDOS.2025"] not in ("", "–")
    assert set(by_key) == {override.key for override in run.scenario.overrides}


@pytest.mark.parametrize(("language", "yours"), [("en", "yours"), ("zh", "您的设定")])
def test_a_changed_assumption_is_credited_to_who_changed_it(invented_run, language, yours):
    """A record that the user set is not said to be the judgement of the authors."""
    run = edited(invented_run)
    found = blocks(run, language)
    rows = {row.anchor: row for name, t in found.items() if name.startswith("assumptions-") for row in t.rows}
    shipped = build("plain", Text("a", "a"), Text("a", "a"), "plan", (), {}).book
    judged = shipped.sources[shipped.records["land.residential_part"].source].title.read(language)
    mine = rows["record-land.residential_part"]
    assert "Survey of my office" in plain(mine.cells[-1])
    for name in ("record-land.residential_part", "record-water.industrial_intensity_decline.ORDOS"):
        assert judged not in plain(rows[name].cells[-1])
        assert yours in plain(rows[name].cells[-2])
    changed = {
        f"record-{key}" for key, record in run.scenario.book.records.items() if record.changed_because is not None
    }
    assert len(changed) >= 2
    others = tuple(row for name, row in rows.items() if name not in changed)
    assert yours not in words(Table("", (), (), others))


def test_a_row_that_tests_records_alone_says_so(runs):
    """Urban land per head under the residential reading is a product of two records."""
    rows = {row.anchor: row for row in blocks(runs["feasible"], "en")["clauses-tested"].rows}
    assert "whatever the plan does" in " ".join(plain(cell) for cell in rows["clause-nm_land_per_capita"].cells)
    assert sum("whatever the plan does" in words(Table("", (), (), (row,))) for row in rows.values()) == 1


@pytest.mark.parametrize("table", ["clauses-tested", "clauses-aside"])
def test_plans_come_first_then_regulations_then_what_is_assumed(runs, table):
    """The ledger begins with what the plans ask."""
    figures = Figures(runs["feasible"])
    rows = blocks(runs["feasible"], "en")[table].rows
    order = [ORIGINS.index(origin_of(figures, row.anchor.removeprefix("clause-"))) for row in rows]
    assert order == sorted(order)
    assert order[0] == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_bounds_that_proofs_rest_on_are_listed(runs, invented_run, language):
    """Every declared bound of the manifest with its number; a manifest without them shows no table."""
    run = runs["infeasible"]
    rows = blocks(run, language)["declared-bounds"].rows
    declared = run.manifest["declared_bounds"]
    assert [row.cells[1][0].value for row in rows] == list(declared.values())
    if language == "zh":
        assert not [row for row in rows if re.search("[a-z]{4}", plain(row.cells[0]))]
    old = invented_run("infeasible")
    del old.manifest["declared_bounds"]
    assert "declared-bounds" not in blocks(old, language)


def test_what_is_shipped_is_asked_of_the_folder_that_is_shipped_now(pair_folders, invented_run):
    """A report over other params in the same process leaves no trace: the shipped figures are told again."""
    run = edited(invented_run)
    assert "changes" in blocks(run, "en")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Set by this scenario itself: 1; taken over from shipped scenarios: 1."),
        ("zh", "本情景自行设定1项，沿用自带情景1项。"),
    ],
)
def test_the_annex_of_changes_parts_what_is_set_here_from_what_is_taken_over(invented_run, language, said):
    """A scenario on top of the dry years: its own setting, and one that the dry years have set."""
    run = invented_run("feasible")
    (dry, *_) = load("dry_years").overrides
    own = Override("lever.water_rights.enabled", False, "for the test", "mine")
    run.scenario = replace(run.scenario, name="mine", parent="dry_years", overrides=(dry, own))
    annex = next(part for part in assemble(run, language).sections if part.id == "changed")
    assert plain(annex.blocks[0].line).endswith(said)
    keys = {block.id: [row.cells[0][-1].text for row in block.rows] for block in annex.blocks[1:]}
    assert keys == {"changes": [own.key], "changes-taken-over": [dry.key]}
