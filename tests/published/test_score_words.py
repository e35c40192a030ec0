"""What is said of a score: every rule of thumb with its error, and on which side of it the projection is."""

from __future__ import annotations

from regmodel.runs.backcast_doubts import far_off
from regmodel.runs.backcast_words import sentence

ENTRY = {"mape": 8.3, "n": 2, "mape_constant_share": None, "mape_last_value": None, "mape_constant_rate": None}


def said(**told):
    where = {name.removeprefix("mape_"): {"n": told.get("n", 2), "mape": 8.3} for name in told if "mape_" in name}
    found = sentence(2010, {"population": {**ENTRY, "better_than": [], "where_told": where, **told}})
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


def test_a_rule_of_thumb_that_speaks_of_some_values_is_compared_on_these():
    """Of one of three values: the projection misses it by 7.7 %, which is not what it misses on average."""
    told = {"n": 3, "mape": 3.6, "mape_constant_share": 8.2, "better_than": ["constant_share"]}
    assert said(**told, where_told={"constant_share": {"n": 1, "mape": 7.7}}) == (
        "Residents: mean error 3.6 % (n = 3), against constant share 8.2 % (of 1 of these values, where the projection "
        "has 7.7 %): better than constant share.",
        "常住人口：平均误差 3.6%（3 个数值），对照“比重不变” 8.2%"
        "（仅其中 1 个数值，推演在这些数值上为 7.7%）：优于“比重不变”。",
    )


def scored(variable, region, observed, projected, unit):
    return {
        "variable": variable,
        "region": region,
        "year": 2021,
        "observed": observed,
        "projected": projected,
        "unit": unit,
    }


def test_values_that_cannot_be_meant_are_pointed_out(book):
    """A volume in another unit, and fewer than no people; a miss by half is none of these."""
    rows = [
        scored("water_use_total", "HOHHOT", 2e-6, 11.0, "10^8 m3"),
        scored("population", "ORDOS", -220.0, 216.0, "10^4 persons"),
        scored("population", "HOHHOT", 700.0, 350.0, "10^4 persons"),
    ]
    (told,) = far_off(rows, book.regions)
    assert told.en.startswith(
        "Of 2 values the observed one is nothing like the projected one, first total water use of"
    )
    assert "Hohhot, 2021: observed 2e-06, projected 11 10^8 m3. Is the unit right?" in told.en
    assert told.zh.startswith("有 2 个数值的观测值与推演值相差悬殊，首例为2021年呼和浩特")
    assert far_off(rows[2:], book.regions) == []
