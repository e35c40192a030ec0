"""What a store answers: shares with their errors, the undecided counted both ways, conflicts, and what is refused."""

from __future__ import annotations

import json
import math
import sys
import tomllib
from pathlib import Path

import numpy as np
import pytest

from regmodel import cli
from regmodel.batch.answers import answers_of, estimate, finished, holding, indices, tornado, wilson
from regmodel.batch.summary import told
from regmodel.report.batch_answers import lines
from regmodel.vocabulary.problems import InputProblems

CASES = sys.modules["batch_cases"]
EXPECTED = tomllib.loads((Path(__file__).parent / "problems.toml").read_text(encoding="utf-8"))
RANDOM = CASES.three("random", "count = 40\nseed = 1")


def undecided(row):
    return {"verdict": "undecided", "proved": False, "attainability": None, "alone.output_growth": None}


def infeasible(*clauses, share=0.5, alone=True):
    return {
        "verdict": "infeasible",
        "attainability": share,
        "conflict": " + ".join(clauses) or None,
        "alone.output_growth": alone,
    }


def test_wilson_by_hand():
    """5 of 10, z = 1.959964: z²/n = 0.384146; middle (0.5 + 0.192073) / 1.384146 = 0.5; half
    1.959964 / 1.384146 x sqrt(0.025 + 0.384146 / 40) = 1.416010 x 0.186026 = 0.263409.
    """
    assert wilson(5, 10) == pytest.approx((0.236591, 0.763409), abs=5e-6)


def test_none_of_many_is_no_certainty():
    """0 of 10: from nothing up to (z²/n) / (1 + z²/n) = 0.384146 / 1.384146 = 0.277533; all of 10 is the mirror."""
    assert wilson(0, 10) == pytest.approx((0.0, 0.277533), abs=5e-6)
    assert wilson(10, 10) == pytest.approx((1 - 0.277533, 1.0), abs=5e-6)


def test_more_scenarios_make_the_interval_narrower():
    widths = [high - low for low, high in (wilson(count // 4, count) for count in (8, 80, 800))]
    assert widths == sorted(widths, reverse=True)


def test_what_is_undecided_is_counted_both_ways():
    """6 hold, 1 may, of 10: 60 to 70 %, and the interval holds those of 6 and of 7 of 10."""
    found = estimate(6, 1, 10, sampled=True)
    assert (found.low, found.high) == (0.6, 0.7)
    for holds in (6, 7):
        low, high = wilson(holds, 10)
        assert found.error_low <= low
        assert high <= found.error_high


def test_clauses_are_told_by_their_names_in_either_language(planted):
    """Whatever stands in a table by its id, under the tables by what it is about, where and when; each once."""
    cap, path = "cap.water_use_total.PAIR.2025", "path.population.PAIR"

    def found(row, _):
        return {} if row < 6 else infeasible(cap, path) if row < 8 else infeasible(path)

    store = planted(CASES.three("random", "count = 10\nseed = 1"), found)
    answers = answers_of(store)
    for language, heading, title in (
        ("en", "The clauses by their names:", f"  {cap}: Total water use, the invented pair 20"),
        ("zh", "条款名称：", f"  {cap}：20"),
    ):
        said = lines(answers, language)
        under = said[said.index(heading) + 1 :]
        named = under[: under.index("")]
        assert sorted(line.strip().replace("：", ":").split(":")[0] for line in named) == [cap, path]
        assert any(line.startswith(title) for line in named)
        assert all(line.endswith(("(assumed)", "（假设）")) == answers_assumed(store, line) for line in named)
    counts = {"scenarios": 10, "scenario": "pair", "verdicts": {"infeasible": 10}, "proved": 10, "how": {}}
    counts |= {"conflicts": [{"clauses": [cap], "count": 10}], "not_judged": {}, "redone": [], "rate": 1.0}
    counts |= {"recheck": {"asked": 0, "differ": []}, "judged_now": 10, "run_id": "r", "store": "s"}
    ending = told(counts, finished(store).read.clause_titles, "zh")
    assert "条款名称：" in ending
    assert any(line.startswith(f"  {cap}：20") for line in ending)
    assert answers.as_dict()["clauses"][cap]["en"].startswith("Total water use, the invented pair 20")


def answers_assumed(store, line):
    """Whether the clause that a line names has a figure that no document prints."""
    name = line.strip().replace("：", ":").split(":")[0]
    return finished(store).read.scenario.clause(name).clause.assumed


def test_a_part_that_was_asked_more_speaks_for_the_whole(planted):
    """4 of 40 are asked, places 0, 13, 26 and 39, of which 0 and 13 cannot hold and 0 fails by itself too.

    The share that holds jointly stays that of all 40, half; by itself the clause holds in 3 of the 4.
    """
    design = CASES.three("random", "count = 40\nseed = 1\ndetails = 4")

    def found(row, _):
        told = infeasible("a", alone=row != 0) if row < 20 else {}
        return told if row in (0, 13, 26, 39) else told | {"attainability": None, "alone.output_growth": None}

    told = holding(finished(planted(design, found)))
    assert (told.joint.holds, told.joint.unknown, told.joint.of) == (20, 0, 40)
    by_itself = told.alone["output_growth"]
    assert (by_itself.holds, by_itself.unknown, by_itself.of) == (3, 0, 4)
    assert told.basis.detailed == 4
    assert any("Of 4 of the scenarios" in words.en and "4 个情景" in words.zh for words in told.basis.sentences)


def test_bars_of_attainability_rest_on_the_part_that_was_asked(planted):
    """20 of 40 are asked: the bars of attainability rest on them and none lacks it; those of the margin on all."""
    design = CASES.three("random", "count = 40\nseed = 1\ndetails = 20")
    asked = set(np.linspace(0, 39, 20).astype(int).tolist())

    def found(row, _):
        return infeasible("a", share=row / 100) if row in asked else infeasible("a") | {"attainability": None}

    store = finished(planted(design, found))
    assert (tornado(store, "attainability").scenarios, tornado(store, "attainability").without) == (20, 0)
    assert tornado(store, "worst_margin").scenarios == 40


def test_what_is_no_sample_has_no_error():
    found = estimate(3, 0, 4, sampled=False)
    assert found.low == found.high == 0.75
    assert found.error_low is None
    assert estimate(0, 0, 0, sampled=True).low is None


def test_shares_of_a_random_design(planted):
    """30 feasible, 2 undecided, 5 with one conflict and 3 with another, of 40; one clause fails by itself in 3."""

    def found(row, _):
        if row < 30:
            return {}
        if row < 32:
            return undecided(row)
        return infeasible("a", "b") if row < 37 else infeasible("b", "c", alone=False)

    told = holding(finished(planted(RANDOM, found)))
    assert told.basis.probability
    assert (told.joint.holds, told.joint.unknown, told.joint.of) == (30, 2, 40)
    assert told.joint.error_low == wilson(30, 40)[0]
    assert told.joint.error_high == wilson(32, 40)[1]
    assert [(one.clauses, one.estimate.holds, one.estimate.unknown) for one in told.conflicts] == [
        (("a", "b"), 5, 2),
        (("b", "c"), 3, 2),
    ]
    assert {name: one.holds for name, one in told.in_conflict.items()} == {"b": 8, "a": 5, "c": 3}
    alone = told.alone["output_growth"]
    assert (alone.holds, alone.unknown, alone.of) == (35, 2, 40)
    frame = told.frame()
    assert list(frame["what"]) == ["joint", "alone", "conflict", "conflict", *["in_conflict"] * 3]
    assert frame["of"].eq(40).all()


def test_an_infeasible_scenario_without_a_conflict_may_have_any(planted):
    told = holding(finished(planted(RANDOM, lambda row, _: infeasible("a") if row else infeasible())))
    assert (told.conflicts[0].estimate.holds, told.conflicts[0].estimate.unknown) == (39, 1)


def test_a_grid_has_shares_and_no_probability(planted):
    told = holding(finished(planted(CASES.three("factorial"), lambda row, _: infeasible("a") if row == 0 else {})))
    assert not told.basis.probability
    assert (told.joint.low, told.joint.error_low) == (0.875, None)


def test_sobol_counts_its_base_points_only(planted):
    """Of each five rows the first and the last; the three between repeat numbers of both."""
    text = CASES.three("sobol", "count = 4\nseed = 1")
    told = holding(finished(planted(text, lambda row, _: {} if row % 5 in (0, 4) else infeasible("a"))))
    assert (told.joint.holds, told.joint.of) == (8, 8)
    assert told.conflicts == ()


def test_a_clause_that_is_switched_off_is_not_asked_for(planted):
    """The switch varies: where it is off nothing is told of the clause, and its share is taken over the rest."""
    text = CASES.three("random", "count = 40\nseed = 1") + '"clause.output_growth.enabled" = {}\n'

    def found(row, sets):
        on = sets["clause.output_growth.enabled"] == 1
        return {"alone.output_growth": True if on else None}

    batch = planted(text, found)
    asked = int(batch.results()["clause.output_growth.enabled"].sum())
    assert 0 < asked < 40
    alone = holding(finished(batch)).alone["output_growth"]
    assert (alone.holds, alone.unknown, alone.of) == (asked, 0, asked)


def test_the_folder_says_the_same_as_the_batch(serial, pair_shipped):
    whole, again = answers_of(serial), answers_of(serial.folder)
    assert json.dumps(whole.as_dict()) == json.dumps(again.as_dict())
    verdicts = serial.summary["verdicts"]
    assert whole.holding.joint.holds == verdicts["feasible"]
    assert sum(one.estimate.holds for one in whole.holding.conflicts) == verdicts["infeasible"]
    assert "to_town" not in whole.holding.alone  # a statement, switched off in the scenario


def test_the_command_line_says_it_in_both_languages(serial, pair_shipped, capsys):
    assert cli.main(["answers", str(serial.folder)]) == 0
    english = capsys.readouterr().out
    count, of = serial.summary["verdicts"]["feasible"], 12
    assert f"in {count} of {of} scenarios." in english
    assert "It is no forecast." in english
    assert cli.main(["answers", str(serial.folder), "--lang", "zh"]) == 0
    chinese = capsys.readouterr().out
    assert f"{of} 个情景中有 {count} 个" in chinese
    assert "并非预测" in chinese
    assert cli.main(["answers", str(serial.folder), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["holding"]["joint"]["holds"] == count


def test_what_is_undecided_is_told_in_words(planted):
    found = answers_of(planted(RANDOM, lambda row, _: undecided(row) if row < 4 else {}))
    for language, words in (("en", "4 scenarios are undecided"), ("zh", "4 个情景未能判定")):
        said = "\n".join(lines(found, language))
        assert words in said
        assert "36–40" in said


def cut(store):
    store.files()[0].unlink()
    return store.folder


def another(store):
    path = store.folder / "design.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("seed = 1", "seed = 2"), encoding="utf-8")
    return store.folder


def with_another_cap(store):
    """The design is as it was; a record of the scenario that it varies is not."""
    path = store.folder / "scenario.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("[override]", '[override]\n"record.water.industrial_intensity_decline" = 3.25', 1),
        encoding="utf-8",
    )
    return store.folder


def larger(store):
    path = store.folder / "design.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("count = 4", "count = 8"), encoding="utf-8")
    return store.folder


SOBOL = CASES.three("sobol", "count = 4\nseed = 1")
REFUSED = {
    "B-40 not whole": (SOBOL, lambda *_: {}, lambda store: finished(cut(store))),
    "B-41 larger": (SOBOL, lambda *_: {}, lambda store: finished(larger(store))),
    "B-41 reordered": (SOBOL, lambda *_: {}, lambda store: indices(finished(another(store)), "attainability")),
    "B-41 other records": (SOBOL, lambda *_: {}, lambda store: finished(with_another_cap(store))),
    "B-42 a tornado": (
        CASES.three("morris", "count = 2\nseed = 1"),
        lambda *_: {},
        lambda store: tornado(finished(store.folder), "attainability"),
    ),
    "B-42 indices": (
        CASES.three("factorial"),
        lambda *_: {},
        lambda store: indices(finished(store.folder), "attainability"),
    ),
    "B-43 undecided": (
        SOBOL,
        lambda row, _: undecided(row) if row == 3 else {},
        lambda store: indices(finished(store.folder), "attainability"),
    ),
    "B-44 too few": (
        CASES.three("random", "count = 12\nseed = 1"),
        lambda *_: {},
        lambda store: tornado(finished(store.folder), "worst_margin"),
    ),
}


@pytest.mark.parametrize("name", list(REFUSED))
def test_what_a_store_cannot_answer(name, planted):
    text, found, ask = REFUSED[name]
    store = planted(text, found).store
    with pytest.raises(InputProblems) as caught:
        ask(store)
    for language in ("en", "zh"):
        expected = EXPECTED[name][language].strip("\n").replace("{place}", str(store.folder))
        assert caught.value.problems.render(language) == expected


def test_what_is_refused_is_told_with_the_rest(planted):
    found = answers_of(planted(SOBOL, lambda row, _: undecided(row) if row == 3 else {}))
    assert {one.code for one in found.refused} == {"B-43", "B-44"}
    assert math.isclose(found.holding.joint.low, 1.0)
    assert any("[B-43]" in line for line in lines(found, "zh"))


def test_numbers_of_a_store_that_is_not_whole_are_not_exported(planted, tmp_path, capsys):
    """Some of the scenarios would look like all of them: nothing is written, and the store is told as elsewhere."""
    folder = cut(planted(CASES.three("random", "count = 4\nseed = 1\nchunk = 2"), lambda *_: {}).store)
    assert cli.main(["export", str(folder), "--out", str(tmp_path / "numbers.csv")]) == 1
    assert "[B-40]" in capsys.readouterr().err
    assert not (tmp_path / "numbers.csv").exists()
