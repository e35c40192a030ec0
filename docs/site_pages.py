"""Hooks of mkdocs: the pages of docs/ read the same on a code host and in the site.

Links that leave docs/ lead to copies inside the site, formulas become MathML, the folder of decisions is listed by
itself, and the page of changes holds the fragments that wait for the next release.
"""

from __future__ import annotations

import os
import posixpath
import re
from pathlib import Path
from typing import Any

from mathml import display
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parent
ELSEWHERE = "repository"
LINK = re.compile(r"(!?\[(?:[^\]\\]|\\.)*\]\()([^)\s]+)(\))")
FENCE = re.compile(r"(^```.*?^```)", flags=re.MULTILINE | re.DOTALL)
FORMULA = re.compile(r"^```math\n.*?^```\n\n`(?P<formula>[^`\n]+)`$", flags=re.MULTILINE | re.DOTALL)
KINDS = {"result": "Results that moved", "data": "Records", "feature": "New", "fix": "Mended", "house": "In the house"}


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Write out what the navigation only names: a folder stands for its pages, a page above docs/ for its copy."""
    config.nav = _written_out(config.nav)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Take in every page and file outside docs/ to which a page leads."""
    named = _named(config.nav)
    waiting = [_source(place) for place in [*(file.src_uri for file in files.documentation_pages()), *named]]
    seen: set[Path] = set()
    while waiting:
        page = waiting.pop()
        if page in seen or not page.is_file():
            continue
        seen.add(page)
        if not page.is_relative_to(FOLDER) and files.get_file_from_path(_place(page)) is None:
            if page.suffix == ".md":
                shown = InclusionLevel.UNDEFINED if _place(page) in named else InclusionLevel.NOT_IN_NAV
                words = page.read_text(encoding="utf-8")
                files.append(File.generated(config, _place(page), content=words, inclusion=shown))
            else:
                files.append(File.generated(config, _place(page), abs_src_path=str(page)))
        if page.suffix == ".md":
            waiting += [aim for aim in map(_read_me, _aims(page)) if not aim.is_relative_to(FOLDER)]
    return files


def on_page_markdown(markdown: str, page: Page, **_: Any) -> str:
    """Lead links to the copies inside the site, and set formulas."""
    source = _source(page.file.src_uri)
    if source == ROOT / "CHANGELOG.md":
        markdown = markdown.rstrip() + "\n\n" + waiting_changes()
    markdown = FORMULA.sub(lambda found: display(found["formula"]), markdown)
    parts = FENCE.split(markdown)
    parts[::2] = [LINK.sub(lambda found: f"{found[1]}{_led(found[2], source)}{found[3]}", part) for part in parts[::2]]
    return "".join(parts)


def waiting_changes() -> str:
    """The fragments of changelog.d by kind, results first."""
    told: list[str] = []
    for kind, title in KINDS.items():
        fragments = sorted((ROOT / "changelog.d").glob(f"*.{kind}.md"))
        if fragments:
            told += [f"### {title}", ""]
            told += ["- " + " ".join(one.read_text(encoding="utf-8").split()) for one in fragments] + [""]
    return "\n".join(told)


def _written_out(entries: Any) -> Any:
    if isinstance(entries, list):
        return [_written_out(entry) for entry in entries]
    if isinstance(entries, dict):
        return {title: _written_out(below) for title, below in entries.items()}
    if entries.startswith("../"):
        return _place((FOLDER / entries).resolve())
    if entries.endswith("/"):
        pages = sorted(path.name for path in (FOLDER / entries).glob("*.md") if path.name != "index.md")
        return {entries.rstrip("/").capitalize(): [f"{entries}{page}" for page in ["index.md", *pages]]}
    return entries


def _named(entries: Any) -> list[str]:
    if isinstance(entries, list | dict):
        below = entries.values() if isinstance(entries, dict) else entries
        return [name for entry in below for name in _named(entry)]
    return [entries]


def _is_elsewhere(place: str) -> bool:
    return place.startswith(f"{ELSEWHERE}/")


def _place(path: Path) -> str:
    """Where a file of the repository stands inside the site."""
    if path.is_relative_to(FOLDER):
        return path.relative_to(FOLDER).as_posix()
    return f"{ELSEWHERE}/{path.relative_to(ROOT).as_posix()}"


def _source(place: str) -> Path:
    """The file of the repository that stands at a place inside the site."""
    return ROOT / place.removeprefix(f"{ELSEWHERE}/") if _is_elsewhere(place) else FOLDER / place


def _aims(page: Path) -> list[Path]:
    """The files of the repository to which a page leads."""
    told = "".join(FENCE.split(page.read_text(encoding="utf-8"))[::2])
    names = [found[2].partition("#")[0] for found in LINK.finditer(told)]
    return [_aim(name, page) for name in names if name and ":" not in name]


def _aim(name: str, page: Path) -> Path:
    return Path(os.path.normpath(page.parent / name))


def _read_me(path: Path) -> Path:
    return path / "README.md" if path.is_dir() else path


def _led(target: str, page: Path) -> str:
    """A link as it has to stand inside the site."""
    name, mark, heading = target.partition("#")
    if not name or re.match(r"[a-z]+:", name):
        return target
    aim = _read_me(_aim(name, page))
    if not aim.is_relative_to(ROOT) or not aim.is_file():
        return target
    return posixpath.relpath(_place(aim), posixpath.dirname(_place(page)) or ".") + mark + heading
