"""Hostile files: each refused with a clear reason in two seconds and 200 MB, by a process that lives on."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from tests.workbook.hostile import hostile, input_sheet

from regmodel.workbook.gate import check_package
from regmodel.workbook.limits import LIMITS
from regmodel.workbook.read import read_with_counts

pytestmark = pytest.mark.slow
HERE = Path(__file__).parent
SECONDS, MEGABYTES = 2.0, 200
# The kernel holds both limits: the timer counts CPU seconds and ends the process, memory beyond the limit is not given.
READER = """
import json, resource, signal, sys
from pathlib import Path
from regmodel.vocabulary.problems import InputProblems
from regmodel.workbook.read import read_with_counts

def held(name):
    lines = Path("/proc/self/status").read_text().splitlines()
    return 1024 * next(int(line.split()[1]) for line in lines if line.startswith(name + ":"))

seconds, megabytes = float(sys.argv[1]), int(sys.argv[2])
rest = megabytes * 1024 * 1024 - held("VmRSS")
assert rest > 0, "starting alone takes more than the limit"
resource.setrlimit(resource.RLIMIT_AS, (held("VmSize") + rest,) * 2)
told = {}
for line in sys.stdin:
    name, path = json.loads(line)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        told[name] = {"rows": read_with_counts(Path(path)).count.rows_in}
    except InputProblems as refused:
        told[name] = {"en": refused.problems.render("en"), "zh": refused.problems.render("zh")}
    signal.setitimer(signal.ITIMER_PROF, 0)
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def told(shipped_book, tmp_path_factory):
    """What one process, held to the limits, says of every hostile file and of a good one after them all."""
    files = [*hostile(shipped_book, tmp_path_factory.mktemp("hostile")), ("good", shipped_book)]
    lines = "".join(json.dumps([name, str(path)]) + "\n" for name, path in files)
    command = [sys.executable, "-c", READER, str(SECONDS), str(MEGABYTES)]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, f"ended by {done.returncode}: {done.stderr[-2000:]}"
    part = input_sheet(shipped_book)
    return json.loads(done.stdout.replace(part, "SHEET"))


def test_every_hostile_file_is_refused_within_the_limits_with_its_reason(told):
    """The words of each refusal, in both languages; the process that reads them is killed at the limits."""
    expected = tomllib.loads((HERE / "hostile.toml").read_text(encoding="utf-8"))
    refused = {name: words for name, words in told.items() if name != "good"}
    assert refused == {name: {tongue: words.strip("\n") for tongue, words in each.items()}
                       for name, each in expected.items()}  # fmt: skip


def test_the_process_lives_on_and_reads_the_next_workbook(told, shipped_book):
    assert told["good"] == {"rows": read_with_counts(shipped_book).count.rows_in}


def test_the_shipped_workbook_uses_a_small_part_of_every_limit(shipped_book):
    """A tenth of each limit would do for it, so that nobody's real workbook is near them."""
    fields = ("rows", "cells", "words", "elements", "part_bytes", "total_bytes")
    tenth = {name: getattr(LIMITS, name) // 10 for name in fields}
    check_package(shipped_book, type(LIMITS)(**tenth))
