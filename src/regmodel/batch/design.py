"""What a design is: which scenarios a batch decides, as its author wrote it, in a file or in Python."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from regmodel.batch.correlation import Correlation
from regmodel.scenario import Scenario, Value

LIST, FACTORIAL, ONE_AT_A_TIME = "list", "factorial", "one_at_a_time"
LATIN_HYPERCUBE, RANDOM, SOBOL, MORRIS = "latin_hypercube", "random", "sobol", "morris"
KINDS = (LIST, FACTORIAL, ONE_AT_A_TIME, LATIN_HYPERCUBE, RANDOM, SOBOL, MORRIS)
GRIDS = (FACTORIAL, ONE_AT_A_TIME)
DRAWN = (LATIN_HYPERCUBE, RANDOM, SOBOL, MORRIS)
INDEPENDENT = (SOBOL, MORRIS)
EXCHANGEABLE = (LATIN_HYPERCUBE, RANDOM)
"""Designs whose every part, taken at even distances, is a sample too."""
ASSUMED = ("C", "D")


@dataclass(frozen=True)
class Vary:
    """How one number varies, in its printed unit; what is left out is the record's own range.

    ``like`` moves it together with another key, by the same share of its own range. A range beyond the record's own
    needs a ``reason``.
    """

    distribution: str | None = None
    low: float | None = None
    high: float | None = None
    mode: float | None = None
    mean: float | None = None
    sd: float | None = None
    values: tuple[float, ...] = ()
    levels: int | None = None
    like: str | None = None
    reason: str | None = None

    def __post_init__(self) -> None:
        for name in ("low", "high", "mode", "mean", "sd"):
            number = getattr(self, name)
            if number is not None:
                object.__setattr__(self, name, float(number))
        object.__setattr__(self, "values", tuple(float(value) for value in self.values))


@dataclass(frozen=True)
class Listed:
    """One scenario of a list: its id and what it sets; ``scenario`` names another one to start from."""

    id: str
    override: Mapping[str, Value] = field(default_factory=dict)
    scenario: str | None = None


@dataclass(frozen=True)
class Design:
    """Which scenarios a batch decides. The same design always gives the same scenarios under the same ids.

    ``kind`` is one of list, factorial, one_at_a_time, latin_hypercube, random, sobol and morris. ``scenario`` is what
    all start from: a name, a file or a Scenario. Everything of confidence ``assumptions`` varies over its own range,
    except what ``leave_out`` names (``*`` stands for anything); ``vary`` adds to that or says how.

    ``count`` is the number of scenarios of a Latin hypercube or of random ones, of base points of Sobol's design (a
    power of two) and of trajectories of Morris's. ``levels`` is the number of values of each number in a grid.
    ``indicators`` are numbers of the trend that are stored beside each verdict, as ``variable.REGION.year``.
    ``chunk`` is how many scenarios are judged and stored in one piece. Of ``details`` scenarios, at even distances over
    the design, attainability is asked and which clauses hold alone; without it of all. Only a sample that is drawn
    (latin_hypercube, random) can ask some. Of ``repairs`` scenarios, at even distances too, the smallest change of one
    clause is looked for where they are infeasible; without it of those of ``details``. Designs of other kinds can ask
    of all or, with 0, of none.
    """

    name: str
    scenario: str | Scenario
    kind: str
    count: int | None = None
    seed: int | None = None
    levels: int | None = None
    assumptions: tuple[str, ...] = ASSUMED
    leave_out: tuple[str, ...] = ()
    vary: Mapping[str, Vary] = field(default_factory=dict)
    correlations: tuple[Correlation, ...] = ()
    scenarios: tuple[Listed, ...] = ()
    indicators: tuple[str, ...] = ()
    chunk: int | None = None
    repairs: int | None = None
    details: int | None = None
    title: str = ""
    title_zh: str = ""

    @property
    def base_name(self) -> str:
        """Name of the scenario that all start from."""
        return self.scenario if isinstance(self.scenario, str) else self.scenario.name
