"""Which sheets hold formulas that read certain sheets, directly, through names or through other sheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from regmodel.workbook.surgery import has_formula_on

OUR_NAMES = "rm_"


def persons_names(names: Mapping[str, str]) -> dict[str, str]:
    """The defined names that are not ours, with what they stand for."""
    return {name: words for name, words in names.items() if not name.startswith(OUR_NAMES)}


def dependents(
    parts: Mapping[str, bytes], titles: Mapping[str, str], first: Iterable[str], names: Mapping[str, str]
) -> Iterator[str]:
    """Sheets with formulas that read result sheets, directly or through other sheets and defined names."""
    left, unused = dict(parts), dict(names)
    wanted = list(first)
    while wanted:
        wanted = [each.replace("'", "''") for each in wanted]
        named = [name for name, words in unused.items() if any(each in words for each in wanted)]
        for name in named:
            del unused[name]
        found = [part for part, xml in left.items() if has_formula_on(xml, [*wanted, *named])]
        for part in found:
            del left[part]
            yield part
        wanted = [titles[part] for part in found]
