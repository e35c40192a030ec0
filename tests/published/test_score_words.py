"""What is said of a score: every rule of thumb with its error, and on which side of it the projection is."""

from __future__ import annotations

from regmodel.runs.backcast_words import sentence

ENTRY = {"mape": 8.3, "n": 2, "mape_constant_share": None, "mape_last_value": None, "mape_constant_rate": None}


def said(**told):
    found = sentence(2010, {"population": {**ENTRY, "better_than": [], **told}})
    lead = ("Projected from 2010 and scored against observed values. ", "自2010年起推演，并与观测值比较。")
    assert (found.en.startswith(lead[0]), found.zh.startswith(lead[1])) == (True, True)
    return found.en.removeprefix(lead[0]), found.zh.removeprefix(lead[1])


def test_a_rule_of_thumb_that_does_better_is_told():
    assert said(n=1, mape_last_value=1.7) == (
        "Residents: mean error 8.3 % (n = 1, which says little), against last value 1.7 %: no better than last value.",
        "常住人口：平均误差 8.3%（仅 1 个数值，说明不了多少），对照“沿用上值” 1.7%：不优于“沿用上值”。",
    )


def test_every_rule_of_thumb_is_told_on_its_side():
    """A rule that misses by as much is no worse: the projection is no better than it."""
    told = {"mape_constant_share": 66.7, "mape_last_value": 33.3, "mape_constant_rate": 8.3}
    assert said(**told, better_than=["constant_share", "last_value"]) == (
        "Residents: mean error 8.3 % (n = 2), against constant share 66.7 %, last value 33.3 %, constant rate 8.3 %: "
        "better than constant share and last value, no better than constant rate.",
        "常住人口：平均误差 8.3%（2 个数值），对照“比重不变” 66.7%，“沿用上值” 33.3%，“增速不变” 8.3%："
        "优于“比重不变”、“沿用上值”，不优于“增速不变”。",
    )


def test_a_score_with_nothing_beside_it_says_how_many_values_it_rests_on():
    assert said(n=1) == (
        "Residents: mean error 8.3 % (n = 1, which says little).",
        "常住人口：平均误差 8.3%（仅 1 个数值，说明不了多少）。",
    )
    assert said()[0] == "Residents: mean error 8.3 % (n = 2)."
