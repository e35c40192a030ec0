"""Scenario files that are wrong in one way each, by what is wrong with them."""

from __future__ import annotations

HEAD = 'name = "case"\nparent = "plan"\n'
DRY = '[override]\n"record.water.dry_years" = 100\n'
HALF = '[override]\n"record.water.dry_years" = 50\n'


def _set(*lines: str) -> str:
    return HEAD + "[override]\n" + "\n".join(lines) + "\n"


FILES: dict[str, tuple[str | bytes, dict[str, str]]] = {
    "parent of no file": ('parent = "plam"\n', {}),
    "layer of no file": ('layers = ["dry_year", "wet"]\n', {}),
    "toml is broken": ('name "case"\n', {}),
    "bytes of no encoding": (b"\xff\xff\xff", {}),
    "unknown key of the file": ('nmae = "case"\n', {}),
    "unknown key of an entry": (_set('"record.output.icor" = { value = 7, resaon = "newer" }'), {}),
    "title that is no text": ("title = 5\n", {}),
    "empty parent": ('parent = ""\n', {}),
    "layers without brackets": ('layers = "dry_years"\n', {}),
    "order that is no switch": ('layers_in_order = "yes"\n', {}),
    "override that is no table": ("override = 5\n", {}),
    "value that is a list": (_set('"record.output.icor" = [7, true, "x", { a = 1.5 }]'), {}),
    "value that is a day": (_set('"record.output.icor" = 2020-11-01'), {}),
    "kind of source that there is not": (
        _set('"record.output.icor" = { value = 7, source = "x", kind = "buletin" }'),
        {},
    ),
    "place in a source that is not named": (_set('"record.output.icor" = { value = 7, where = "table 3" }'), {}),
    "reason that is a number": (_set('"record.output.icor" = { value = 7, reason = 3 }'), {}),
    "circle of parents": ('parent = "elder"\n', {"elder": 'parent = "case"\n'}),
    "circle of layers": ('layers = ["elder"]\n', {"elder": 'layers = ["case"]\n'}),
    "two layers set one thing": ('parent = "plan"\nlayers = ["dry", "half"]\n', {"dry": DRY, "half": HALF}),
    "two layers set one cap": (
        'layers = ["low", "high"]\n',
        {
            "low": '[override]\n"cap.water_use_total.ORDOS.2025" = 18\n',
            "high": '[override]\n"clause.cap.water_use_total.ORDOS.2025.value" = 20\n',
        },
    ),
    "one thing set twice": (_set('"lever.reclaimed.limit" = 0.5', "lever.reclaimed.limit = 0.6"), {}),
    "one cap set twice": (
        _set('"cap.water_use_total.ORDOS.2025" = 18', '"clause.cap.water_use_total.ORDOS.2025.value" = 19'),
        {},
    ),
    "unknown root": (_set('"claus.nm_urb_2025.enabled" = false'), {}),
    "unknown record": (_set('"record.water.industrial_intensity_declin" = 3'), {}),
    "unknown region of a record": (_set('"record.water.industrial_intensity_decline.HOHOT" = 3'), {}),
    "set of regions for a record": (_set('"record.output.icor.HBEW" = 7'), {}),
    "figure of no year": (_set('"record.baseline.gdp.ORDOS.2021" = 4000'), {}),
    "unknown clause": (_set('"clause.nm_urb_2052.enabled" = false'), {}),
    "unknown part of a clause": (_set('"clause.nm_urb_2025.valu" = 70'), {}),
    "clause without a part": (_set('"clause.nm_urb_2025" = 70'), {}),
    "ends that cannot give way so": (
        _set(
            '"clause.nm_urb_2025.ease_low" = -1',
            '"clause.nm_urb_2025.ease_high" = "much"',
            '"clause.nm_new_land_2025.ease_low" = 1',
            '"clause.hbew_area.ease_low" = 1',
        ),
        {},
    ),
    "unknown reading": (_set('"clause.nm_urb_2025.reading" = "flor"'), {}),
    "reading of a clause with one": (_set('"clause.tongliao_core_2025.reading" = "floor"'), {}),
    "unknown lever": (_set('"lever.reclaimd.enabled" = false'), {}),
    "unknown part of a lever": (_set('"lever.reclaimed.enable" = false'), {}),
    "cap of three parts": (_set('"cap.water_use_total.ORDOS" = 19'), {}),
    "cap of another variable": (_set('"cap.yellow_river_consumption.ORDOS.2025" = 6'), {}),
    "cap of no place and no year": (_set('"cap.water_use_total.ORDS.2040" = 19'), {}),
    "negative cap": (_set('"cap.water_use_total.ORDOS.2025" = -1'), {}),
    "percent for a record": (_set('"record.water.industrial_intensity_decline" = "4.5 %"'), {}),
    "no number": (_set('"record.output.icor" = nan', '"clause.nm_urb_2025.value" = inf'), {}),
    "switch for a number": (_set('"clause.nm_urb_2025.value" = true'), {}),
    "number for a switch": (_set('"clause.nm_urb_2025.enabled" = 0', '"lever.reclaimed.enabled" = "no"'), {}),
    "limit in percent": (_set('"lever.reclaimed.limit" = 50'), {}),
    "row that cannot bind": (_set('"clause.hbew_area.enabled" = true'), {}),
}
PREPARING: dict[str, tuple[str, dict[str, str]]] = {
    "record that no region has": (_set('"record.water.dry_years.ORDOS" = 100'), {}),
}
