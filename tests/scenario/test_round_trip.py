"""What is written back is the same scenario."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regmodel.scenario import Override, Value, build, dump, load, shipped_names
from regmodel.vocabulary.texts import Text

PLAN = load("plan")
WORDS = st.text(min_size=1, max_size=20)
NUMBERS = st.floats(min_value=0.001, max_value=90.0)
KINDS = st.sampled_from(sorted(PLAN.book.source_kinds))
RECORDS = sorted(PLAN.book.records)
BINDING = [active.clause for active in PLAN.clauses if active.clause.bounding]
READ = [clause for clause in BINDING if clause.readings]
PRINTED = [clause for clause in BINDING if clause.value is not None and not clause.id.startswith("cap.")]
CAPPED = [clause.region for clause in BINDING if clause.kind == "cap" and clause.variable == "water_use_total"]


@st.composite
def _settings(draw: st.DrawFn) -> tuple[str, Value]:
    kind = draw(st.sampled_from(("record", "value", "enabled", "reading", "ease", "lever", "limit", "cap", "figure")))
    if kind == "record":
        return f"record.{draw(st.sampled_from(RECORDS))}", draw(NUMBERS)
    if kind == "figure":
        return f"record.{draw(st.sampled_from(PLAN.book.figures)).key}", draw(NUMBERS)
    if kind == "value":
        return f"clause.{draw(st.sampled_from(PRINTED)).id}.value", draw(NUMBERS)
    if kind == "enabled":
        return f"clause.{draw(st.sampled_from(BINDING)).id}.enabled", draw(st.booleans())
    if kind == "reading":
        clause = draw(st.sampled_from(READ))
        return f"clause.{clause.id}.reading", draw(st.sampled_from(clause.readings))
    if kind == "ease":
        clause = draw(st.sampled_from([clause for clause in BINDING if clause.sense in ("about", "=")]))
        return f"clause.{clause.id}.ease_{draw(st.sampled_from(('low', 'high')))}", draw(NUMBERS)
    if kind == "cap":
        place, year = draw(st.sampled_from(CAPPED)), draw(st.integers(2021, 2035))
        return f"cap.water_use_total.{place}.{year}", draw(NUMBERS)
    lever = draw(st.sampled_from(PLAN.levers)).id
    if kind == "lever":
        return f"lever.{lever}.enabled", draw(st.booleans())
    return f"lever.{lever}.limit", draw(st.floats(min_value=0.0, max_value=1.0))


@st.composite
def _overrides(draw: st.DrawFn) -> dict[str, Value | Override]:
    found: dict[str, Value | Override] = {}
    for key, value in draw(st.lists(_settings(), max_size=6)):
        reason, source = draw(st.none() | WORDS), draw(st.none() | WORDS)
        where, kind = (draw(st.none() | WORDS), draw(st.none() | KINDS)) if source else (None, None)
        found[key] = Override(key, value, reason, "anyone", source, where, kind)
    return found


@settings(max_examples=25)
@given(
    override=_overrides(), title=WORDS, title_zh=WORDS, parent=st.sampled_from((None, "plan", "dry_years")), words=WORDS
)
def test_a_scenario_written_and_read_is_the_same(
    override: dict[str, Value | Override], title: str, title_zh: str, parent: str | None, words: str
) -> None:
    before = build("made", Text(title, title_zh), Text(words, words), parent, ("low_migration",), override)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "anything.toml"
        path.write_text(dump(before), encoding="utf-8")
        assert load(path) == before


@pytest.mark.parametrize("name", shipped_names())
def test_a_shipped_scenario_written_and_read_is_the_same(name: str, tmp_path: Path) -> None:
    before = load(name)
    (tmp_path / "copy.toml").write_text(dump(before), encoding="utf-8")
    assert load(tmp_path / "copy.toml") == before


def test_a_declared_order_is_written_back(tmp_path: Path) -> None:
    (tmp_path / "ordered.toml").write_text('layers = ["dry_years", "half"]\nlayers_in_order = true\n', encoding="utf-8")
    (tmp_path / "half.toml").write_text('[override]\n"record.water.dry_years" = 50\n', encoding="utf-8")
    before = load(tmp_path / "ordered.toml")
    (tmp_path / "again.toml").write_text(dump(before), encoding="utf-8")
    assert load(tmp_path / "again.toml") == before
