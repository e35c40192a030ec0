"""From a scenario to everything it inherits: parents first, then layers, then its own overrides."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from regmodel.scenario.files import ScenarioFile, find_file, read_file
from regmodel.scenario.model import Override
from regmodel.vocabulary.problems import Problems
from regmodel.vocabulary.texts import Text


@dataclass
class _Inherited:
    """Overrides of the scenario ``name`` by what they set, and the names of all scenarios that they come from."""

    name: str = ""
    overrides: dict[str, Override] = field(default_factory=dict)
    owners: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Lineage:
    """Walks from a scenario to its parents and layers; ``folder`` is where they may lie beside those of ``params``."""

    folder: Path | None
    params: Path
    problems: Problems
    read: dict[Path, ScenarioFile | None] = field(default_factory=dict)

    def overrides(self, scenario: ScenarioFile) -> list[Override]:
        """Every override that holds for the scenario, each with the scenario or layer that owns it."""
        return list(self._gather(scenario, (scenario.name,)).overrides.values())

    def _gather(self, scenario: ScenarioFile, trail: tuple[str, ...]) -> _Inherited:
        found = _Inherited()
        if scenario.parent is not None:
            found = self._from(scenario.parent, "parent", trail)
        self._lay_over(scenario, found, trail)
        own: dict[str, Override] = {}
        for override in scenario.overrides:
            if override.thing in own:
                self._refuse_double(scenario, own[override.thing].key, override.key)
            own[override.thing] = replace(override, owner=scenario.name)
        found.overrides.update(own)
        found.owners.add(scenario.name)
        found.name = scenario.name
        return found

    def _lay_over(self, scenario: ScenarioFile, found: _Inherited, trail: tuple[str, ...]) -> None:
        """The layers over what is inherited. What a layer shares with the line of parents is not set again."""
        above, laid = set(found.owners), dict[str, Override]()
        for name in scenario.layers:
            layer = self._from(name, "layers", trail)
            for thing, override in layer.overrides.items():
                if override.owner in above and override.owner != layer.name:
                    continue
                first = laid.get(thing)
                if first is not None and first.owner != override.owner and not scenario.layers_in_order:
                    self._refuse_unordered(scenario, first.owner, override)
                laid[thing] = override
            found.owners |= layer.owners
        found.overrides.update(laid)

    def _from(self, name: str, role: str, trail: tuple[str, ...]) -> _Inherited:
        """What a parent or a layer brings, with what it inherits itself."""
        where = f"{trail[-1]}   {role}"
        if name in trail:
            self.problems.add(
                "S-05",
                where,
                " < ".join([*trail, name]),
                Text("a line of parents and layers that does not come round again", "父情景与叠加层不得循环"),
                Text(f"take {name} out of one of them", f"请从其中一处去掉 {name}"),
            )
            return _Inherited()
        path = find_file(name, self.folder, self.params, where, self.problems)
        if path is None:
            return _Inherited()
        if path not in self.read:
            self.read[path] = read_file(path, self.problems)
        file = self.read[path]
        return _Inherited() if file is None else self._gather(file, (*trail, name))

    def _refuse_unordered(self, scenario: ScenarioFile, other: str, override: Override) -> None:
        owner, key = override.owner, override.key
        self.problems.add(
            "S-06",
            f"{scenario.name}   layers",
            Text(f"{other} and {owner} both set {key}", f"{other} 与 {owner} 都设定了 {key}"),
            Text("layers that set different things, or a declared order", "各层设定不同的项，或声明先后顺序"),
            Text(
                "write layers_in_order = true if the later layer shall win",
                "如应以后者为准，请写 layers_in_order = true",
            ),
        )

    def _refuse_double(self, scenario: ScenarioFile, first: str, second: str) -> None:
        self.problems.add(
            "S-09",
            f"{scenario.name}   {second}",
            Text(f"set twice: {first}, {second}", f"重复设定：{first}、{second}"),
            Text("one line for each thing", "每项只设定一次"),
            Text("keep one of the two lines", "两行只保留一行"),
        )
