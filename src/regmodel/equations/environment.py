"""Environment: the plan's own coefficients per point of urbanisation, as an accounting indicator and no structure."""

from __future__ import annotations

from regmodel.vocabulary.equation import equation
from regmodel.vocabulary.units import Hm3PerYear, Share, WanTonnePerYear


@equation(
    "environment.load_increase",
    formula="load_per_urbanisation_point * (urbanisation_rate - base_urbanisation_rate)",
    source="Inner Mongolia urbanisation plan 2021-2035, chapter 8 section 2: coefficients per percentage point",
    source_zh="《内蒙古自治区新型城镇化规划（2021—2035年）》第八章第二节：每提高一个百分点的系数",
)
def load_increase(
    *, load_per_urbanisation_point: WanTonnePerYear, urbanisation_rate: Share, base_urbanisation_rate: Share
) -> WanTonnePerYear:
    """Load (sewage, sulphur dioxide, solid waste) that the plan itself attaches to a rising urban share.

    The coefficient is per whole of the share in memory: a hundred times what the plan prints per percentage point.
    """
    return load_per_urbanisation_point * (urbanisation_rate - base_urbanisation_rate)


@equation(
    "environment.public_water_increase",
    formula="public_water_per_urbanisation_point * (urbanisation_rate - base_urbanisation_rate)",
    source="Inner Mongolia urbanisation plan 2021-2035, chapter 8 section 2: coefficient per percentage point",
    source_zh="《内蒙古自治区新型城镇化规划（2021—2035年）》第八章第二节：每提高一个百分点的系数",
)
def public_water_increase(
    *, public_water_per_urbanisation_point: Hm3PerYear, urbanisation_rate: Share, base_urbanisation_rate: Share
) -> Hm3PerYear:
    """Urban public water that the plan itself attaches to a rising urban share.

    The coefficient is per whole of the share in memory: a hundred times what the plan prints per percentage point.
    """
    return public_water_per_urbanisation_point * (urbanisation_rate - base_urbanisation_rate)
