"""What a report costs beside its run: one run of the shipped plan, then its page, then all three forms."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

from regmodel.vocabulary.texts import Language

LANGUAGES: tuple[Language, ...] = ("en", "zh")
ALL = ("html", "docx", "pdf")


def main() -> None:
    """Write CPU seconds of the run, of the page and of all forms into the file that is named in the one argument."""
    from regmodel.report import write_reports
    from regmodel.runs import run
    from regmodel.scenario import load

    found: dict[str, list[float]] = {"run": [], "html": [], "all": []}
    start = time.process_time()
    finished = run(load("plan"))
    found["run"].append(time.process_time() - start)
    with tempfile.TemporaryDirectory() as folder:
        for language in LANGUAGES:
            for name, forms in (("html", ALL[:1]), ("all", ALL)):
                start = time.process_time()
                written = write_reports(finished, Path(folder), language, forms, lambda problem: None)
                if len(written) == len(forms):
                    found[name].append(time.process_time() - start)
    Path(sys.argv[1]).write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main()
