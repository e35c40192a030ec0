"""Environment: the plan's own coefficients by hand. In memory they are per whole of the share, 100 times as printed."""

from __future__ import annotations

import pytest

from regmodel.equations.environment import load_increase, public_water_increase


@pytest.mark.parametrize(
    ("per_point", "load"),
    [
        # from 67.48 % to 69 % are 1.52 points; sewage 4 075 * 1.52 = 6 194 (61.9 million tonnes)
        (4075.0, 6194.0),
        # sulphur dioxide 1.5 * 1.52 = 2.28
        (1.5, 2.28),
        # solid waste 2 152 * 1.52 = 3 271.04 (32.7 million tonnes)
        (2152.0, 3271.04),
    ],
)
def test_a_rise_to_69_percent_brings_the_plans_own_loads(per_point: float, load: float) -> None:
    found = load_increase(
        load_per_urbanisation_point=100 * per_point, urbanisation_rate=0.69, base_urbanisation_rate=0.6748
    )
    assert found == pytest.approx(load)


def test_a_rise_to_72_percent_brings_18_hm3_of_public_water() -> None:
    # 392 * 10^4 m3 a point = 3.92 hm3 a point = 392 hm3 for the whole; 4.52 points: 3.92 * 4.52 = 17.7184 hm3
    found = public_water_increase(
        public_water_per_urbanisation_point=392.0, urbanisation_rate=0.72, base_urbanisation_rate=0.6748
    )
    assert found == pytest.approx(17.7184)
