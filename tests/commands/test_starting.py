"""What a command imports: the verb that is asked for, and nothing of any verb for a word about them."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from regmodel.cli import parser
from regmodel.commands import VERBS


def imported(*words):
    """Files of verbs and packages from elsewhere that a command has imported when it ends."""
    code = (
        "import json, sys\n"
        "from regmodel.cli import main\n"
        f"status = main({list(words)!r})\n"
        "names = [name for name in sys.modules if name.startswith('regmodel.commands.')]\n"
        "heavy = sorted({'numpy', 'pandas', 'pyomo', 'highspy', 'scipy', 'openpyxl'} & set(sys.modules))\n"
        "print(json.dumps([status, names, heavy]), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8")
    status, names, heavy = json.loads(done.stderr.splitlines()[-1])
    verbs = {name.rpartition(".")[2].replace("_", "-") for name in names} & set(VERBS)
    return status, verbs, heavy, done.stdout


def test_help_lists_every_verb_and_imports_none():
    status, verbs, heavy, said = imported("--help")
    assert (status, verbs, heavy) == (0, set(), [])
    assert [line.split()[0] for line in said.splitlines() if line[:4] == "    " and line[4] != " "] == list(VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_help_of_a_verb_imports_that_verb(verb):
    """And says what it takes: every verb takes --lang. Watching is running again, so that it takes what `run` does."""
    status, verbs, heavy, said = imported(verb, "--help")
    assert (status, heavy) == (0, [])
    assert verbs == ({"watch", "run"} if verb == "watch" else {verb})
    assert "--lang" in said


@pytest.mark.parametrize(
    "words",
    [
        ("--lang", "zh", "doctor", "--help"),
        ("--lang=zh", "doctor", "--help"),
        ("--lan", "zh", "doctor", "--help"),
        ("--lang=en", "--lang=zh", "doctor", "--help"),
    ],
)
def test_a_verb_is_found_behind_the_language_however_that_is_written(words):
    status, verbs, _, said = imported(*words)
    assert (status, verbs) == (0, {"doctor"})
    assert "--json" in said


def test_the_parser_without_a_verb_knows_what_every_verb_takes():
    verbs = next(action.choices for action in parser()._actions if action.dest == "verb")
    assert all(any(action.dest == "lang" for action in verb._actions) for verb in verbs.values())
    assert parser().parse_args(["run", "plan", "--lang", "zh"]).input == "plan"
