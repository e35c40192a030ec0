"""The program `regmodel-excel`, which stands in Python's place for the xlwings add-in.

Run main of the add-in imports a module that is named like the workbook and calls its main(). No such module is needed
here: this program is named as the interpreter on the sheet xlwings.conf, knows the request by its words, and runs the
model whatever the workbook is called. Every other request goes to Python unchanged.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Sequence

_RUN_MAIN = re.compile(r";\s*import (?P<name>.+);(?P=name)\.main\(\)\s*$", re.DOTALL)


def main(arguments: Sequence[str] | None = None) -> int:
    """Answer one request of the add-in; returns the exit status."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    code = words[words.index("-c") + 1] if "-c" in words[:-1] else ""
    if not _RUN_MAIN.search(code):
        return subprocess.call([sys.executable, *words])
    sys.argv = ["-c", *words[words.index("-c") + 2 :]]
    from regmodel.workbook.live import run

    run()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
