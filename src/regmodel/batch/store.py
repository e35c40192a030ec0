"""The store of a batch: parquet files that prove themselves, so that it can be killed at any moment and go on.

A chunk is written beside its place, forced to the disk and renamed; its name carries the hash of its content. What is
there under its right name is whole; anything else is a leftover of a killed writer, told and done again.
"""

from __future__ import annotations

import errno
import hashlib
import io
import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regmodel.vocabulary.problems import InputProblems, Problem
from regmodel.vocabulary.texts import Text

if TYPE_CHECKING:
    import pyarrow as pa

MANIFEST, DESIGN, SCENARIO, LOCK, RESULTS, PRIMED, CHUNKS = (
    "manifest.json",
    "design.toml",
    "scenario.toml",
    "lock",
    "results",
    "primed",
    "chunks.csv",
)
PART = 100
"""Chunks in one folder: a partition."""
MARK = 16
_DRAFT = ".draft"
_NAME = re.compile(rf"chunk-(\d{{6}})-([0-9a-f]{{{MARK}}})\.parquet")
_PRIMED_NAME = re.compile(rf"block-(\d{{6}})-([0-9a-f]{{{MARK}}})\.npz")
_CHUNK = Text("chunk {chunk}", "第 {chunk} 块")
_LEARNED = Text("what was learned first", "先行求得的方案与证明")
_ANOTHER = Text("give another --out", "请换一个 --out")
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass(frozen=True)
class Listing:
    """What a store holds: the file of each whole chunk, of what each block taught, and names of those not whole."""

    chunks: Mapping[int, Path]
    primed: Mapping[int, Path]
    broken: tuple[str, ...]


@dataclass(frozen=True)
class Store:
    """A folder of results; ``manifest`` says what they are results of."""

    folder: Path
    manifest: Mapping[str, Any]

    @property
    def run_id(self) -> str:
        """What the store is keyed by."""
        return str(self.manifest["run_id"])

    def put(self, chunk: int, content: bytes) -> Path:
        """Write one chunk whole or not at all; raises InputProblems where the disk is full."""
        name = f"{RESULTS}/part={chunk // PART:03d}/chunk-{chunk:06d}-{_mark(content)}.parquet"
        return self._put(name, content, _CHUNK.fill(chunk=chunk))

    def put_primed(self, block: int, content: bytes) -> Path:
        """Write what a block taught, as ``put`` writes a chunk."""
        return self._put(f"{PRIMED}/block-{block:06d}-{_mark(content)}.npz", content, _LEARNED)

    def _put(self, name: str, content: bytes, what: Text) -> Path:
        path = self.folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            return write_whole(path, content)
        except OSError as error:
            if error.errno not in _FULL:
                raise
            raise InputProblems([self.full(what)]) from error

    def full(self, what: Text) -> Problem:
        """What is said when there is no room for something."""
        held = len(self.listing().chunks)
        return Problem(
            "B-25",
            str(self.folder),
            Text(f"a disk that is full; {what.en} was not written", f"磁盘已满；{what.zh}未写入"),
            Text(
                f"room for the results; the {held} chunks written so far are whole",
                f"存放结果的空间；已写入的 {held} 块完好",
            ),
            Text("make room, then give the same command with --resume", "腾出空间后，以同一命令加 --resume 继续"),
        )

    def listing(self) -> Listing:
        """The whole files, one of each, and what is not whole; reads every file once."""
        chunks, halves = self._whole(RESULTS, "part=*/*", _NAME)
        primed, others = self._whole(PRIMED, "*", _PRIMED_NAME)
        return Listing(chunks, primed, (*halves, *others))

    def _whole(self, inside: str, pattern: str, names: re.Pattern[str]) -> tuple[dict[int, Path], list[str]]:
        """Files of a folder by number, where they have their own name; the names of all others."""
        whole: dict[int, Path] = {}
        broken = []
        for path in sorted((self.folder / inside).glob(pattern)):
            named = names.fullmatch(path.name)
            if named is None or _mark(path.read_bytes()) != named[2] or int(named[1]) in whole:
                broken.append(path.relative_to(self.folder).as_posix())
            else:
                whole[int(named[1])] = path
        return whole, broken

    def clear(self, broken: tuple[str, ...]) -> None:
        """Take away files that are no good."""
        for name in broken:
            (self.folder / name).unlink(missing_ok=True)

    def files(self) -> list[Path]:
        """Files of results in the order of their chunks."""
        return sorted((self.folder / RESULTS).glob("part=*/chunk-*.parquet"))

    def tables(self, columns: list[str] | None = None) -> Iterator[pa.Table]:
        """Results chunk by chunk, so that memory stays flat; ``columns`` asks for some."""
        import pyarrow.parquet as pq

        for path in self.files():
            yield pq.ParquetFile(path).read(columns=columns)

    def finish(self) -> None:
        """Write the list of chunks with rows and hashes, once all are there."""
        import pyarrow.parquet as pq

        lines = ["chunk,file,rows,sha256"]
        for path in self.files():
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            rows = pq.read_metadata(path).num_rows
            lines.append(f"{int(path.name[6:12])},{path.relative_to(self.folder).as_posix()},{rows},{digest}")
        write_whole(self.folder / CHUNKS, ("\n".join(lines) + "\n").encode())


def _mark(content: bytes) -> str:
    """What the name of a file carries of its content."""
    return hashlib.sha256(content).hexdigest()[:MARK]


def content_of(table: pa.Table) -> bytes:
    """A table as the bytes of a parquet file: the same table gives the same bytes."""
    import pyarrow.parquet as pq

    stream = io.BytesIO()
    pq.write_table(table.replace_schema_metadata(None), stream, compression="zstd")
    return stream.getvalue()


def write_whole(path: Path, content: bytes) -> Path:
    """Write a file beside its place, force it to the disk and rename it: whole or not at all."""
    draft = path.with_name(f".{path.name}{_DRAFT}")
    try:
        with draft.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)
    return path


def _sync_folder(folder: Path) -> None:
    """Force the new name to the disk too, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def check_place(folder: Path, manifest: Mapping[str, Any], *, resume: bool) -> None:
    """Refuse a folder that holds another batch, something else, or this batch where ``resume`` is not asked for.

    Changes nothing; raises InputProblems.
    """
    if (folder / MANIFEST).is_file():
        kept = read_manifest(folder)
        if kept.get("run_id") != manifest["run_id"]:
            raise InputProblems([_of_another(folder, kept, manifest)])
        if not resume:
            found = Text("the store of this very batch", "此批次的结果库已存在")
            expected = Text("a name that is free, or --resume", "未被占用的名称，或 --resume")
            to_do = Text("give the same command with --resume to go on", "以同一命令加 --resume 继续")
            raise InputProblems([Problem("B-20", str(folder), found, expected, to_do)])
    elif folder.exists() and not _begun(folder):
        found = Text("something that is no store of a batch", "并非批次结果库的内容")
        expected = Text("a name that is free, or a store to go on with", "未被占用的名称，或可续算的结果库")
        raise InputProblems([Problem("B-22", str(folder), found, expected, _ANOTHER)])


def _begun(folder: Path) -> bool:
    """Whether a folder holds nothing but the beginning of a store, whose writer was killed before its manifest."""
    if not folder.is_dir():
        return False
    ours = re.compile(r"(lock|design\.toml|scenario(-\d+)?\.toml)|\..*\.draft")
    return all(
        (path.name == RESULTS and not any(path.iterdir())) or ours.fullmatch(path.name) for path in folder.iterdir()
    )


def open_store(folder: Path, manifest: Mapping[str, Any], texts: Mapping[str, str]) -> Store:
    """The store of a place that was checked: the one that is there, or a new one with its manifest and ``texts``."""
    if (folder / MANIFEST).is_file():
        return Store(folder, read_manifest(folder))
    store = Store(folder, manifest)
    try:
        (folder / RESULTS).mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            write_whole(folder / name, text.encode())
        write_whole(folder / MANIFEST, (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode())
    except OSError as error:
        if error.errno not in _FULL:
            raise
        raise InputProblems([store.full(_CHUNK.fill(chunk=0))]) from error
    return store


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a store; raises InputProblems where there is none or it is not whole."""
    path = folder / MANIFEST
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(kept, dict) and "run_id" in kept:
            return kept
        found = Text("a manifest without a run id", "清单中没有运行编号")
    except FileNotFoundError:
        found = Text("no manifest.json", "没有 manifest.json")
    except ValueError:
        found = Text("manifest.json is not the JSON that was written", "manifest.json 已不是写出时的 JSON")
    expected = Text("a store, as regmodel batch writes it", "regmodel batch 写出的结果库")
    raise InputProblems([Problem("B-23", str(folder), found, expected, _ANOTHER)])


_PARTS = {
    "design": Text("the design", "设计"),
    "inputs": Text("the records or the scenario", "参数记录或情景"),
    "code": Text("the code of regmodel", "regmodel 的代码"),
    "versions": Text("the versions of packages", "软件包版本"),
    "solver_options": Text("the options of the solver", "求解器选项"),
}


def _of_another(folder: Path, kept: Mapping[str, Any], wanted: Mapping[str, Any]) -> Problem:
    """Which of its parts make the store another one's."""
    other = [words for name, words in _PARTS.items() if kept.get(name) != wanted.get(name)]
    names = Text(", ".join(words.en for words in other) or "-", "、".join(words.zh for words in other) or "-")
    was, now = str(kept.get("run_id"))[:8], str(wanted["run_id"])[:8]
    return Problem(
        "B-21",
        str(folder),
        Text(f"the store of batch {was}; what differs: {names.en}", f"批次 {was} 的结果库；不同之处：{names.zh}"),
        Text(
            f"a store of this batch, {now}: results of two are never mixed", f"本批次 {now} 的结果库：不混合两者的结果"
        ),
        Text("give another --out, or go back to what the store was made of", "请换一个 --out，或恢复建库时的内容"),
    )
