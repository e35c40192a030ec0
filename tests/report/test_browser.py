"""The page as a reader sees it: in real Chromium, without a message, without a request, on a screen and on A4."""

from __future__ import annotations

import pytest

DESKTOP, A4 = 1280, 794
pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("word", ["feasible", "infeasible"])
def test_the_page_opens_without_a_message_and_without_a_request(browser, pages, artefacts, word, language):
    """No console message, no request but the page itself, nothing wider than the window; pictures are kept."""
    page = pages(word, language)
    folder = artefacts / "report"
    folder.mkdir(exist_ok=True)
    for name, width in (("desktop", DESKTOP), ("a4", A4)):
        browser.open(page, width, 1500)
        assert browser.messages == []
        assert browser.requests == [page.as_uri()]
        assert browser.evaluate("document.documentElement.scrollWidth") == width
        assert browser.evaluate("document.querySelectorAll('figure svg').length") >= 11
        browser.picture(folder / f"{word}-{language}-{name}-top.png")
    browser.evaluate("document.getElementById('paths').scrollIntoView({behavior: 'instant'})")
    browser.picture(folder / f"{word}-{language}-a4-charts.png")
    if word == "feasible":
        browser.print(folder / f"{word}-{language}.pdf")


def test_the_ledger_shows_one_outcome_when_asked(browser, pages):
    """A click on an outcome hides the rows of the others; a click on all brings them back."""
    browser.open(pages("infeasible", "en"), DESKTOP)
    rows = "[...document.querySelectorAll('#clauses-tested tbody tr')].filter(row => !row.hidden).length"
    every = browser.evaluate(rows)
    browser.evaluate("document.querySelector('#clauses-tested button[data-status=missed]').click()")
    missed = browser.evaluate(rows)
    browser.evaluate("document.querySelector('#clauses-tested button').click()")
    assert 0 < missed < every == browser.evaluate(rows)


def test_a_mark_tells_its_number_to_the_pointer(browser, pages):
    """The words that a speaking reader hears appear beside the pointer."""
    browser.open(pages("feasible", "en"), DESKTOP)
    place = browser.evaluate(
        "(() => { const mark = document.querySelector('#chart-people path[aria-label]');"
        " mark.scrollIntoView({behavior: 'instant', block: 'center'});"
        " const box = mark.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; })()"
    )
    browser.point_at(*place)
    assert browser.evaluate("document.getElementById('told').hidden") is False
    assert "2020" in browser.evaluate("document.getElementById('told').textContent")


def test_a_link_unfolds_the_table_that_it_leads_into(browser, pages):
    """A number that leads to a folded row shows the row."""
    browser.open(pages("infeasible", "en"), DESKTOP)
    browser.evaluate("location.hash = document.querySelector('#clauses-aside tr[id]').id")
    browser.evaluate("new Promise(done => setTimeout(done, 100))")
    assert browser.evaluate("document.querySelector('#clauses-aside details').open") is True


def test_a_number_that_is_clicked_says_where_it_comes_from(browser, pages, artefacts):
    """A small sheet opens with the exact value, its key, and a link to the row that it comes from."""
    browser.open(pages("infeasible", "en"), DESKTOP)
    browser.evaluate("document.querySelector('#worst-margins a.n data').click()")
    assert browser.evaluate("document.getElementById('number').hidden") is False
    told = browser.evaluate("document.getElementById('number').textContent")
    key = browser.evaluate("document.querySelector('#worst-margins a.n data').dataset.key")
    assert key in told
    aim = browser.evaluate("document.querySelector('#number a').hash.slice(1)")
    assert aim.startswith("clause-")
    assert browser.evaluate(f"document.getElementById({aim!r}) !== null") is True
    assert browser.evaluate("document.querySelector('#worst-margins a.n data').dataset.explain.split('/').length") == 3
    browser.picture(artefacts / "report" / "number-clicked.png")
    assert browser.messages == []


def test_a_series_that_is_pointed_at_stands_out(browser, pages):
    """The other lines of the chart go pale, and come back when the pointer leaves."""
    browser.open(pages("feasible", "en"), DESKTOP)
    place = browser.evaluate(
        "(() => { const mark = document.querySelector('#chart-people .mark-symbol path[aria-label]');"
        " mark.scrollIntoView({behavior: 'instant', block: 'center'});"
        " const box = mark.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; })()"
    )
    browser.point_at(*place)
    assert browser.evaluate("document.querySelectorAll('#chart-people svg.one .lit').length") > 1
    browser.point_at(2, 2)
    assert browser.evaluate("document.querySelectorAll('#chart-people svg.one').length") == 0
