"""What a batch is made of: its design, inputs, code, versions and seed; their hash is the id of its store."""

from __future__ import annotations

import hashlib
import platform
from dataclasses import replace
from importlib.metadata import version
from typing import Any

from regmodel.batch.blocks import ReadDesign
from regmodel.batch.design import Design, Listed
from regmodel.batch.design_file import dump_design
from regmodel.batch.store import DESIGN
from regmodel.runs.manifest import DECLARED_BOUNDS, PACKAGES, SOLVER_OPTIONS, code_hash, input_hash
from regmodel.scenario import Scenario, dump_whole

FORMAT = 1
ALSO = ("pyarrow", "SALib", "scipy")


def manifest_of(read: ReadDesign) -> dict[str, Any]:
    """The manifest of a batch; nothing in it changes from one day or machine to another but what changes results."""
    named = _with_names(read.design, read)
    parts: dict[str, Any] = {
        "design": _hash(dump_design(replace(named, title="", title_zh=""))),
        "inputs": _hash("|".join(input_hash(block.base) for block in read.blocks)),
        "code": code_hash(),
        "versions": {"python": platform.python_version(), **{name: version(name) for name in _packages()}},
        "solver_options": dict(SOLVER_OPTIONS),
    }
    return {
        "format": FORMAT,
        "run_id": _hash(repr(sorted((name, repr(part)) for name, part in parts.items())) + f"|{read.chunk_size}"),
        "name": read.design.name,
        "scenario": read.scenario.name,
        "kind": read.design.kind,
        "scenarios": len(read),
        "chunk": read.chunk_size,
        "chunks": sum(1 for _ in read.chunks()),
        "seed": read.design.seed,
        "repairs_asked": len(read.mended_places),
        "details_asked": len(read.detailed_places),
        "keys": list(read.keys),
        "factors": [[part.key for part in factor.parts] for factor in read.factors],
        "indicators": list(read.design.indicators),
        **parts,
        "declared_bounds": dict(DECLARED_BOUNDS),
    }


def _packages() -> list[str]:
    return sorted({*PACKAGES, *ALSO})


def _hash(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()


def _with_names(design: Design, read: ReadDesign) -> Design:
    """The design with scenarios by name: where a file lay makes no difference, what it says is among the inputs."""
    listed = tuple(
        Listed(one.id, one.override, None if one.scenario is None else read.bases[one.scenario].name)
        for one in design.scenarios
    )
    return replace(design, scenario=read.scenario.name, scenarios=listed)


def texts_of(read: ReadDesign) -> dict[str, str]:
    """The design and its scenarios as files that repeat the batch from within its store."""
    names: dict[str | None, str] = {None: "scenario"}
    bases: dict[str | None, Scenario] = {None: read.scenario}
    for number, (name, base) in enumerate(read.bases.items(), start=1):
        names[name], bases[name] = f"scenario-{number}", base
    listed = tuple(
        Listed(one.id, one.override, None if one.scenario is None else names[one.scenario])
        for one in read.design.scenarios
    )
    inside = replace(read.design, scenario=names[None], scenarios=listed)
    return {DESIGN: dump_design(inside)} | {f"{names[name]}.toml": dump_whole(base) for name, base in bases.items()}
