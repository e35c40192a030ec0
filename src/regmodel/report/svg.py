"""Charts as pictures that stay crisp: drawn by vl-convert without browser or network, fit to share one page."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Mapping
from typing import Any

from regmodel.report.chart_style import FONT
from regmodel.report.content import Chart, Report

READERS_FONTS = (
    "Arial, 'Liberation Sans', 'Noto Sans CJK SC', 'Source Han Sans SC', 'Microsoft YaHei', 'PingFang SC', sans-serif"
)
_IDENTIFIER = re.compile(r'(\bid="|url\(#|href="#)([A-Za-z][\w-]*)')
_SIZE = re.compile(r'<svg([^>]*?) width="([\d.]+)" height="([\d.]+)"')
_TEXT = re.compile(r'(<text[^>]*?)font-family="[^"]*"([^>]*)>([^<]*)</text>')
_SIGNS = re.compile(r"[\u2070-\u209f\u2190-\u25ff]")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_FRACTION = re.compile(r"(\d+\.\d\d)\d{2,}")


def drawn(report: Report) -> dict[str, str]:
    """The pictures of all charts of a report by their ids: drawn once for every form that shows them."""
    charts = [block for section in report.sections for block in section.blocks if isinstance(block, Chart)]
    return {chart.id: picture(chart.spec, chart.id) for chart in charts}


def picture(spec: Mapping[str, Any], name: str) -> str:
    """One chart as an SVG element in its own size; ids carry the chart's name, so that several can share a page."""
    import vl_convert

    drawing = str(vl_convert.vegalite_to_svg(json.dumps(spec, ensure_ascii=False)))
    drawing = drawing.replace(f'font-family="{FONT}"', f'font-family="{READERS_FONTS}"')
    drawing = _IDENTIFIER.sub(lambda found: f"{found[1]}{name}-{found[2]}", drawing)
    return _FRACTION.sub(r"\1", drawing)


def fitted(drawing: str) -> str:
    """A picture as wide as the page allows and no wider than drawn."""
    return _SIZE.sub(
        lambda found: f'<svg{found[1]} style="width:100%;max-width:{found[2]}px;height:auto"', drawing, count=1
    )


def as_image(drawing: str) -> str:
    """A picture as an image of its own, which a page that is set on paper need not read piece by piece."""
    whole = (
        drawing if "xmlns=" in drawing[:400] else drawing.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    )
    return f'<img alt="" src="data:image/svg+xml;base64,{b64encode(whole.encode()).decode()}">'


def draw(spec: Mapping[str, Any], name: str) -> str:
    """One chart as an SVG element that fits its page."""
    return fitted(picture(spec, name))


def as_png(drawing: str, sharpness: float) -> bytes:
    """A picture in dots, ``sharpness`` of them for each unit that it is wide."""
    import vl_convert

    return bytes(vl_convert.svg_to_png(_TEXT.sub(_with_signs, drawing), scale=sharpness))


def _with_signs(found: re.Match[str]) -> str:
    """A text with raised figures or marks asks for a font that has them: else the whole text falls to any font."""
    if not _SIGNS.search(found[3]):
        return found[0]
    first = "'Noto Sans CJK SC', 'Microsoft YaHei', 'DejaVu Sans'" if _CHINESE.search(found[3]) else "'DejaVu Sans'"
    return f'{found[1]}font-family="{first}, {READERS_FONTS}"{found[2]}>{found[3]}</text>'
