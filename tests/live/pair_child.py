"""The child process of a button with the records of the invented pair: everything else is the real one.

pair_child.py HOME [--sleep | --die | --canned=FILE | --keep=FILE] TASK BOOK ANSWER --runs FOLDER --lang LANGUAGE
"""

import json
import os
import shutil
import sys
import time
from pathlib import Path

home, *words = sys.argv[1:]
flag = words.pop(0) if words[0].startswith("--") else ""
kind, _, place = flag.partition("=")
task, answer, runs = words[0], Path(words[2]), Path(words[4])
(Path(os.environ["REGMODEL_HOME"]) / "pid.txt").write_text(str(os.getpid()))
if kind == "--sleep":
    sys.stdout.write('["sleeping", "休眠"]\n')
    sys.stdout.flush()
    sys.stderr.write("something on stderr\n")
    time.sleep(600)
if kind == "--die":
    raise SystemExit("the child dies without an answer")
if kind == "--canned":
    shutil.copy(place, answer)
    folder = runs / json.loads(answer.read_text(encoding="utf-8"))["folders"][0]
    folder.mkdir(parents=True)
    (folder / "report.html").write_text("a report")
    raise SystemExit(0)

import regmodel.params.folder  # noqa: E402
from regmodel.workbook.live.child import main  # noqa: E402

regmodel.params.folder._PACKAGE = Path(home)
status = main(words)
if kind == "--keep":
    shutil.copy(answer, place)
raise SystemExit(status)
