"""What a batch learned first, kept in its store: read again to the last bit, done again where it is not its own."""

from __future__ import annotations

import io
import shutil
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from regmodel.batch import primed_file, running
from regmodel.batch.blocks import open_design
from regmodel.batch.judging import Judge
from regmodel.batch.pool import Primed
from regmodel.batch.primed_file import Lessons, content_of_primed, primed_from
from regmodel.batch.running import batch, spread
from regmodel.batch.store import Store, check_place
from regmodel.feasibility.decided_on import Witness
from regmodel.feasibility.priming import Conflicting

CASES = sys.modules["batch_cases"]
names = CASES.names
RUN = "0" * 64


@pytest.fixture(scope="module")
def judge(serial):
    block = serial.read.blocks[0]
    return Judge(block.base, block.keys, serial.read.design.indicators)


@pytest.fixture(scope="module")
def primed(serial, judge):
    """What the block teaches, found here and not read."""
    return judge.prime(spread(serial.read.blocks[0]))


@pytest.fixture(scope="module")
def content(primed, judge):
    return content_of_primed(primed, RUN, 0, judge.screen.compiled)


@pytest.fixture
def stopped(serial, tmp_path):
    """The store as it is after two of its six chunks."""
    place = Path(shutil.copytree(serial.folder, tmp_path / "store"))
    for path in sorted(place.glob("results/part=*/*"))[2:]:
        path.unlink()
    return place


@pytest.fixture
def primings(monkeypatch):
    """How often a block is primed."""
    real, times = Judge.prime, []

    def prime(self, *given):
        times.append(given)
        return real(self, *given)

    monkeypatch.setattr(Judge, "prime", prime)
    return times


def kept(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.glob("primed/*"))


def of(one):
    """Everything in a primed pool, each array with its type and its bytes."""
    plans = [
        [(array.dtype, array.shape, array.tobytes()) for array in (plan.plan, plan.size, plan.shift)]
        for plan in (*one.witnesses, *one.loose)
    ]
    conflicts = [
        (two.clauses, two.rows.dtype, two.rows.tolist(), two.parameters.dtype, two.parameters.tobytes())
        for two in one.conflicts
    ]
    return len(one.witnesses), plans, conflicts


def test_what_is_read_is_what_was_found_to_the_last_bit(serial, primed, judge):
    """The file that the batch left holds what priming gives, and priming again gives a file of the same name."""
    assert primed.witnesses
    assert primed.loose
    assert primed.conflicts
    (path,) = serial.folder.glob("primed/*")
    found = Lessons(serial.store, serial.store.listing().primed).kept(0, judge.case.shape)
    assert of(found) == of(primed)
    assert path.read_bytes() == content_of_primed(primed, serial.run_id, 0, judge.screen.compiled)


def test_nothing_learned_is_read_as_nothing(judge):
    """A block of which no sample can be used teaches nothing, and that is kept too."""
    empty = content_of_primed(Primed(), RUN, 0, judge.screen.compiled)
    assert primed_from(empty, RUN, 0, judge.case.shape) == Primed()


def test_a_stopped_batch_goes_on_without_priming_again(stopped, serial, design, pair_shipped, monkeypatch):
    """Nothing is primed and nothing is said of it; the store ends as if it had never been stopped."""
    monkeypatch.setattr(Judge, "prime", None)
    stages = []
    again = batch(design, stopped, resume=True, tell=lambda stage: stages.append(stage.en))
    assert names(stopped) == names(serial.folder)
    assert kept(stopped) == kept(serial.folder)
    assert again.summary["redone"] == []
    assert again.summary["judged_now"] == 8
    assert stages == ["deciding some scenarios again, by themselves", "counting what was found"]


def packed(**arrays):
    stream = io.BytesIO()
    np.savez_compressed(stream, **arrays)
    return stream.getvalue()


def cut(path, content):
    path.write_bytes(content[: len(content) // 2])


def flip(path, content):
    middle = len(content) // 2
    path.write_bytes(content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :])


def draft(path, content):
    path.rename(path.with_name(f".{path.name}.draft"))


def foreign(path, content):
    """Whole and under its own name, but of another batch."""
    path.unlink()
    another = packed(**{**np.load(io.BytesIO(content)), "of": np.array([RUN, "0"])})
    Store(path.parents[1], {}).put_primed(0, another)


def of_an_older_regmodel(path, content):
    shutil.rmtree(path.parent)


@pytest.mark.parametrize("damage", [cut, flip, draft, foreign, of_an_older_regmodel])
def test_what_is_not_whole_or_not_its_own_is_done_again(damage, stopped, serial, design, pair_shipped, primings):
    """It is told, primed anew, once, and the store ends as if nothing had happened."""
    (path,) = stopped.glob("primed/*")
    assert kept(stopped) == kept(serial.folder)
    damage(path, path.read_bytes())
    hurt = kept(stopped)
    check_place(stopped, serial.store.manifest, resume=True)
    again = batch(design, stopped, resume=True, recheck=1)
    assert again.summary["redone"] == hurt
    assert len(primings) == 1
    assert kept(stopped) == kept(serial.folder)
    assert names(stopped) == names(serial.folder)


def test_only_blocks_that_are_not_done_are_primed(design_of, tmp_path, primings):
    """Of two blocks the first is there already: what it taught is asked of nobody."""
    listed = "".join(
        f'[[scenarios]]\nid = "{number}"\n[scenarios.override]\n"record.water.{key}" = {value}\n'
        for number, (key, value) in enumerate(
            [("ecological_floor", 81), ("ecological_floor", 82), ("dry_year_factor", 0.8), ("dry_year_factor", 0.85)]
        )
    )
    read = open_design(design_of(f'name = "two"\nscenario = "pair"\nkind = "list"\nchunk = 1\n{listed}'))
    assert [len(block) for block in read.blocks] == [2, 2]
    lessons = Lessons(Store(tmp_path / "store", {"run_id": RUN}), {})
    setup = running._setup(read, lessons, {1}, lambda stage: None)
    assert [block.primed is None for block in setup.blocks] == [True, False]
    assert len(primings) == 1
    assert list(lessons.store.listing().primed) == [1]


def rewritten(**changes):
    """The file with some of its arrays replaced, by what each is made into."""

    def made(content):
        arrays = dict(np.load(io.BytesIO(content)))
        for name, change in changes.items():
            arrays[name] = change(arrays[name])
        return packed(**arrays)

    return made


def other(array):
    """With its first number one more."""
    changed = array.copy()
    changed.flat[0] += 1
    return changed


MISFITS = {
    "no archive": lambda content: b"not an archive",
    "half an archive": lambda content: content[: len(content) // 2],
    "an array too many": lambda content: packed(**np.load(io.BytesIO(content)), more=np.zeros(1)),
    "an array too few": lambda content: packed(of=np.load(io.BytesIO(content))["of"]),
    "another block": rewritten(of=lambda array: np.array([RUN, "1"])),
    "another batch": rewritten(of=lambda array: np.array(["1" * 64, "0"])),
    "objects that would be run": rewritten(clauses=lambda array: array.astype(object)),
    "a plan of another programme": rewritten(witnesses_plan=lambda array: array[:, 1:]),
    "a plan without its sizes": rewritten(loose_size=lambda array: array[1:]),
    "a plan that is no number": rewritten(loose_plan=lambda array: np.where(array == array[0, 0], np.nan, array)),
    "plans of another type": rewritten(witnesses_shift=lambda array: array.astype(np.float32)),
    "parameters of another programme": rewritten(parameters=lambda array: array[:, 1:]),
    "a conflict without parameters": rewritten(parameters=lambda array: array[1:]),
    "a row beyond the last": rewritten(rows=lambda array: np.append(array[:-1], 10**9)),
    "a row before the first": rewritten(rows=lambda array: np.append(-1, array[1:])),
    "rows out of order": rewritten(rows=lambda array: np.sort(array)[::-1]),
    "rows that are not counted": rewritten(rows_of_each=other),
    "a conflict without rows": rewritten(rows_of_each=lambda array: array * 0, rows=lambda array: array[:0]),
    "an unknown clause": rewritten(clauses=lambda array: np.append("glacier_melt", array[1:])),
    "a clause that is left out": rewritten(clauses=lambda array: np.full(len(array), "output_growth")),
    "clauses that are not counted": rewritten(clauses_of_each=other),
    "clauses that are numbers": rewritten(clauses=lambda array: np.zeros(len(array))),
}


@pytest.mark.parametrize("name", list(MISFITS))
def test_what_does_not_fit_is_none(name, content, judge):
    """A file from elsewhere gives nothing where anything about it is of something else; as it was written it fits."""
    shape = judge.case.shape
    assert primed_from(MISFITS[name](content), RUN, 0, shape) is None
    assert primed_from(content, RUN, 0, shape) is not None


def test_what_would_unpack_to_too_much_is_not_unpacked(content, judge, monkeypatch):
    """The sizes that the archive tells are added up before anything is read."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        whole = sum(one.file_size for one in archive.infolist())
    monkeypatch.setattr(primed_file, "MOST", whole)
    assert primed_from(content, RUN, 0, judge.case.shape) is not None
    monkeypatch.setattr(primed_file, "MOST", whole - 1)
    monkeypatch.setattr(np, "load", None)
    assert primed_from(content, RUN, 0, judge.case.shape) is None


def test_a_file_made_up_to_mislead_makes_no_wrong_verdict(serial, judge, primed):
    """Plans that hold nowhere and conflicts that are none fit; every verdict is that of the store all the same."""
    size = len(judge.screen.compiled.columns)
    nothing = Witness(np.zeros(size), np.ones(size), np.zeros(size))
    doubled = [replace(one, plan=2 * one.plan) for one in primed.witnesses]
    rows = np.arange(0, len(judge.screen.compiled.rows), 7)
    groups = judge.screen.groups
    clauses = tuple(sorted(name for name, members in groups.items() if np.isin(members, rows).any()))
    alone = [Conflicting((name,), members, primed.conflicts[0].parameters) for name, members in groups.items()]
    made_up = Primed((nothing, *doubled), (nothing,), (Conflicting(clauses, rows, 1 + alone[0].parameters), *alone))
    read = primed_from(content_of_primed(made_up, RUN, 0, judge.screen.compiled), RUN, 0, judge.case.shape)
    assert of(read) == of(made_up)
    found = judge.judge(serial.read.blocks[0].samples(0, 12), read, (), ()).to_pydict()
    assert found["verdict"] == serial.results()["verdict"].tolist()
    assert all(found["proved"])
