"""Units of the numbers in memory, as types: the signature of an equation is its unit statement.

A quantity may be a float, an array, a Pint quantity or a Pyomo expression; the text is read by Pint with
``params/units.txt``. Units change at two places only: on reading a record, and in report tables.
"""

from __future__ import annotations

from typing import Annotated, Any

WanPerson = Annotated[Any, "wan_person"]
WanPersonPerYear = Annotated[Any, "wan_person/year"]
YiYuanPerYear = Annotated[Any, "yi_yuan/year"]
YiYuanYearPerWanPerson = Annotated[Any, "yi_yuan/year/wan_person"]
YiYuanYearPerKm2 = Annotated[Any, "yi_yuan/year/km2"]
Hm3PerYear = Annotated[Any, "hm3/year"]
Hm3YearPerKm2 = Annotated[Any, "hm3/year/km2"]
Hm3YearPerWanPerson = Annotated[Any, "hm3/year/wan_person"]
Hm3PerYiYuan = Annotated[Any, "hm3/yi_yuan"]
Km2 = Annotated[Any, "km2"]
Km2PerYear = Annotated[Any, "km2/year"]
Km2YearPerYiYuan = Annotated[Any, "km2*year/yi_yuan"]
Km2PerWanPerson = Annotated[Any, "km2/wan_person"]
Share = Annotated[Any, "dimensionless"]
Ratio = Annotated[Any, "dimensionless"]
Rate = Annotated[Any, "1/year"]
Years = Annotated[Any, "year"]
WanTonnePerYear = Annotated[Any, "wan_tonne/year"]
