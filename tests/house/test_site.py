"""The pages as a site: built strictly, every link and heading found, nothing from elsewhere, all Markdown read."""

from __future__ import annotations

import html
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

FENCE = re.compile(r"^```.*?^```", flags=re.MULTILINE | re.DOTALL)
ADDRESS = re.compile(r"https?:[^\s)>|\"'`]*")
LOADED = re.compile(r"<(?:script|img|link|iframe|source)\b[^>]*?(?:src|href)=\"([^\"]+)\"")
UNREAD = (re.compile(r"\n\s*(?:-|\d+\.) "), re.compile(r"\|\s*-{3}"), re.compile(r"```"), re.compile(r"\]\([^)\s]+\)"))
PARAGRAPH = re.compile(r"<p>(.*?)</p>", flags=re.DOTALL)
OF_THE_SITE = ("docs", "changelog.d", "params/designs", "workbooks")
OF_THE_ROOT = ("mkdocs.yml", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "NOTICES", "LICENSE")


def build(root: Path, site: Path) -> subprocess.CompletedProcess[str]:
    """Build the site strictly; warnings count as errors."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(site)],
        cwd=root,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def site(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built once."""
    place = tmp_path_factory.mktemp("site")
    done = build(root, place)
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    return place


def read(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def test_every_page_is_in_the_site_and_in_its_navigation(root: Path, site: Path) -> None:
    """Whoever starts at the first page reaches each of the others from the navigation."""
    pages = {path.relative_to(root / "docs").with_suffix(".html").as_posix() for path in (root / "docs").rglob("*.md")}
    assert sorted(page for page in pages if not (site / page).is_file()) == []
    led = set(re.findall(r"href=\"([^\"#]+)\"", read(site / "index.html")))
    assert sorted(page for page in pages - {"index.html"} if page not in led) == []


def test_the_site_loads_nothing_from_elsewhere(site: Path) -> None:
    """Scripts, styles, fonts and pictures are in the site, so that it opens without a network."""
    away = {
        f"{page.relative_to(site)}: {place}"
        for page in site.rglob("*.html")
        for place in LOADED.findall(read(page))
        if place.startswith(("http:", "https:", "//"))
    }
    assert away == set()
    styles = "".join(read(style) for style in site.rglob("*.css"))
    assert not re.search(r"url\([\"']?(?:https?:)?//", styles)


def test_no_markdown_is_left_unread(site: Path) -> None:
    """What a code host shows as a list, a table, a link or a block of code is one in the site too."""
    left = []
    for page in site.rglob("*.html"):
        for words in PARAGRAPH.findall(read(page)):
            plain = re.sub(r"<code>.*?</code>", "", words, flags=re.DOTALL)
            left += [f"{page.relative_to(site)}: {html.unescape(plain)[:80]}" for sign in UNREAD if sign.search(plain)]
    assert left == []


def test_formulas_are_drawn(root: Path, site: Path) -> None:
    """Every block of mathematics of the equations is MathML in the site."""
    blocks = read(root / "docs" / "equations.md").count("```math")
    assert blocks > 20
    assert read(site / "equations.html").count("<math ") == blocks


def test_the_page_of_changes_holds_every_fragment(root: Path, site: Path) -> None:
    """What waits in changelog.d for the next release can be read in the site."""
    fragments = [path for path in (root / "changelog.d").glob("*.md") if path.name != "README.md"]
    assert read(site / "repository" / "CHANGELOG.html").count("<li>") >= len(fragments) > 0


def test_addresses_of_other_sites_have_their_form(root: Path) -> None:
    """No page leaves this machine to be checked: an address has a scheme, a host with a dot and no blank."""
    wrong = []
    for page in [*root.glob("*.md"), *(root / "docs").rglob("*.md")]:
        for address in ADDRESS.findall(FENCE.sub("", read(page))):
            parts = urlsplit(address)
            if "." not in (parts.hostname or "") or parts.scheme not in ("http", "https"):
                wrong.append(f"{page.relative_to(root)}: {address}")
    assert wrong == []


def test_a_broken_link_stops_the_build(root: Path, tmp_path: Path) -> None:
    """A page, a heading or a file that is not there is an error and names the link."""
    for name in OF_THE_SITE:
        shutil.copytree(root / name, tmp_path / name)
    for name in OF_THE_ROOT:
        shutil.copy(root / name, tmp_path)
    broken = ("nowhere.md", "glossary.md#no-such-heading", "../params/nowhere.toml")
    with (tmp_path / "docs" / "index.md").open("a", encoding="utf-8") as page:
        page.writelines(f"\n[a link]({link})\n" for link in broken)
    done = build(tmp_path, tmp_path / "site")
    assert done.returncode != 0
    assert [link for link in broken if link not in done.stderr] == []
