"""The page: self-contained, escaped, its links lead somewhere, its numbers come from the run."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from regmodel.report import assemble
from regmodel.report.figures import Figures
from regmodel.report.html import render
from regmodel.vocabulary.texts import Text

LANGUAGES = ("en", "zh")
SEEN = (("feasible", "en"), ("feasible", "zh"), ("infeasible", "en"), ("infeasible", "zh"), ("undecided", "en"))
FOUND = ("count", "found", "year")
EMPTY = {"meta", "link", "br", "hr", "img", "input"}


class Reader(HTMLParser):
    """Reads what the tests ask about a page: ids, links, addresses, numbers with their keys, words by place."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.addresses: list[str] = []
        self.numbers: list[tuple[str, float, float, str]] = []
        self.words: list[tuple[tuple[str, ...], str]] = []
        self._open: list[tuple[str, str]] = []
        self._number: tuple[str, float, float] | None = None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if "id" in found:
            self.ids.append(found["id"])
        for name in ("src", "href", "xlink:href", "action"):
            if name in found:
                (self.links if found[name].startswith("#") else self.addresses).append(found[name])
        if tag == "data":
            self._number = (found["data-key"], float(found["value"]), float(found["data-scale"]))
        if tag not in EMPTY:
            self._open.append((tag, found.get("class") or found.get("id") or ""))

    def handle_endtag(self, tag):
        if any(name == tag for name, _ in self._open):
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data):
        if self._number is not None:
            self.numbers.append((*self._number, data))
            self._number = None
        self.words.append((tuple(f"{tag}.{name}" for tag, name in self._open), data))

    def said_in(self, place: str) -> str:
        return "".join(data for places, data in self.words if any(place in name for name in places))


def printed_value(text: str) -> tuple[float, float]:
    """A printed number and half of its last digit."""
    plain = text.replace(",", "").replace("\N{MINUS SIGN}", "-")
    digits = len(plain.partition(".")[2])
    return float(plain), 0.5000001 * 10.0**-digits


@pytest.mark.parametrize(("word", "language"), SEEN)
def test_every_number_in_the_text_is_the_run_s_own(runs, pages, word, language):
    """A number carries the key under which the run holds it, and shows that value in its unit."""
    page = Reader(pages(word, language).read_text(encoding="utf-8"))
    figures = Figures(runs[word])
    assert len(page.numbers) > 300
    for key, value, scale, text in page.numbers:
        shown, half = printed_value(text)
        assert shown == pytest.approx(value * scale, abs=half), key
        if not key.startswith(FOUND):
            assert float(figures.raw(key)) == value, key


@pytest.mark.parametrize(("word", "language"), SEEN)
def test_the_verdict_card_says_what_the_verdict_says(runs, pages, word, language):
    """No digit of the card stands outside a number of the run, but for units, dates and the run's own sentences."""
    page = Reader(pages(word, language).read_text(encoding="utf-8"))
    verdict = runs[word].verdict
    card = {key: value for key, value, _, _ in page.numbers}
    tested = [entry for entry in verdict["clauses"] if entry["status"] in ("met", "exceeded", "missed", "already_met")]
    assert card["count/tested clauses"] == len(tested)
    assumed = verdict["confidence"]["D"] + verdict["confidence"]["E"]
    assert card["found/verdict/confidence, D and E together"] == pytest.approx(assumed)
    if verdict["attainability"] is not None:
        assert card["verdict/attainability"] == verdict["attainability"]
    outside = "".join(
        data
        for places, data in page.words
        if any("card" in place for place in places) and not any(place.startswith("data.") for place in places)
    )
    outside = re.sub(r"10[⁴⁸]|\d{4}-\d{2}-\d{2}", "", outside)
    assert not re.search(r"[0-9]", outside), outside


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_verdict_rests_on_comes_first(pages, language):
    """On paper, whatever is assumed, as assumed: before the verdict, and the verdict before everything else."""
    page = pages("feasible", language).read_text(encoding="utf-8")
    order = [page.index(mark) for mark in ('class="steps"', 'id="verdict"', 'id="worst-margins"', 'id="clauses"')]
    assert order == sorted(order)
    steps = re.findall(r'<li class="step (\w+)', page)
    assert steps == ["infeasible", "feasible", "feasible", "infeasible"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_lead_to_places_of_the_page_and_nothing_leads_out(pages, language):
    """The page fetches nothing and every link within it has an aim; ids are unique."""
    page = Reader(pages("infeasible", language).read_text(encoding="utf-8"))
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links} <= set(page.ids)
    assert page.addresses == ["data:,"]


def test_texts_of_a_user_are_escaped(invented_run):
    """A title with markup is shown as it was typed, in the text and in the charts."""
    hostile = '<script>alert("x")</script>&'
    run = invented_run("feasible", title=Text(hostile, hostile))
    run.manifest["note"] = hostile
    page = render(assemble(run, "en"))
    assert hostile not in page
    assert page.count("&lt;script&gt;") >= 3
    assert page.count("<script>") == 1


def test_undecided_is_never_called_feasible(pages):
    """The word of an undecided verdict stands with its mark, and its sentence claims nothing."""
    page = Reader(pages("undecided", "en").read_text(encoding="utf-8"))
    assert "? Undecided" in page.said_in("card undecided")
    assert "Feasible" not in page.said_in("card undecided")


def test_an_expected_target_is_never_called_binding(runs, pages):
    """No row of an expected target says 约束性, in either language."""
    page = pages("infeasible", "zh").read_text(encoding="utf-8")
    expected = {a.clause.id for a in runs["infeasible"].scenario.clauses if (a.clause.rank or 0) >= 4}
    rows = dict(re.findall(r'<tr id="clause-([^"]+)"(.*?)</tr>', page, flags=re.DOTALL))
    assert expected & set(rows)
    for clause in expected & set(rows):
        assert "约束性" not in rows[clause], clause


def test_an_assumed_limit_is_called_assumed_in_every_table(runs, pages):
    """A cap that no document prints carries the word in the ledger and among the worst margins."""
    page = pages("infeasible", "en").read_text(encoding="utf-8")
    assumed = [a.clause.id for a in runs["infeasible"].scenario.clauses if a.clause.assumed and a.clause.kind == "cap"]
    rows = dict(re.findall(r'<tr id="clause-([^"]+)"(.*?)</tr>', page, flags=re.DOTALL))
    assert assumed
    for clause in assumed:
        assert '<span class="assumed">assumed</span>' in rows[clause]
