"""The whole programme in Pyomo, from its parts; the only place where algebra is put together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyomo.environ as pyo
from numpy.typing import NDArray

from regmodel.feasibility.clause_bodies import add_clauses
from regmodel.feasibility.frame import Shape, open_model
from regmodel.feasibility.land import add_land
from regmodel.feasibility.objective import add_objective
from regmodel.feasibility.output import add_ceilings, add_output
from regmodel.feasibility.people import add_people
from regmodel.feasibility.water import add_water

Array = NDArray[np.float64]


def build(shape: Shape) -> pyo.ConcreteModel:
    """The programme with every parameter at zero; fill it with ``set_parameters`` before use."""
    model = open_model(shape)
    add_people(model)
    add_output(model)
    add_water(model)
    add_ceilings(model)
    add_land(model)
    add_clauses(model)
    add_objective(model)
    return model


def mutable_parameters(model: Any) -> dict[str, Any]:
    """The mutable parameters by name, in the order of declaration."""
    return {
        parameter.local_name: parameter
        for parameter in model.component_objects(pyo.Param, descend_into=False)
        if parameter.mutable
    }


def set_parameters(model: Any, values: Mapping[str, Array]) -> None:
    """Write arrays into the parameters, entry by entry in the order of their index; raises KeyError on a gap."""
    for name, parameter in mutable_parameters(model).items():
        array = np.asarray(values[name], dtype=float).reshape(-1)
        for index, value in zip(parameter.index_set(), array, strict=True):
            parameter[index] = float(value)
