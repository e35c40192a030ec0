"""Charts as pictures that stay crisp: drawn by vl-convert without browser or network, fit to share one page."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from regmodel.report.chart_style import FONT

READERS_FONTS = "Arial, 'Noto Sans CJK SC', 'Source Han Sans SC', 'Microsoft YaHei', 'PingFang SC', sans-serif"
_IDENTIFIER = re.compile(r'(\bid="|url\(#|href="#)([A-Za-z][\w-]*)')
_SIZE = re.compile(r'<svg([^>]*?) width="([\d.]+)" height="([\d.]+)"')
_FRACTION = re.compile(r"(\d+\.\d\d)\d{2,}")


def draw(spec: Mapping[str, Any], name: str) -> str:
    """One chart as an SVG element; ids carry the chart's name so that several charts can share a page."""
    import vl_convert

    picture = str(vl_convert.vegalite_to_svg(json.dumps(spec, ensure_ascii=False)))
    picture = picture.replace(f'font-family="{FONT}"', f'font-family="{READERS_FONTS}"')
    picture = _IDENTIFIER.sub(lambda found: f"{found[1]}{name}-{found[2]}", picture)
    picture = _FRACTION.sub(r"\1", picture)
    # As wide as the page allows and no wider than drawn.
    return _SIZE.sub(
        lambda found: f'<svg{found[1]} style="width:100%;max-width:{found[2]}px;height:auto"', picture, count=1
    )
