"""Text of a file that somebody gives to diagnose: UTF-8 (with or without byte-order mark) or GBK."""

from __future__ import annotations

from pathlib import Path

from regmodel.vocabulary.problems import Problems
from regmodel.vocabulary.texts import Text


def read_text(path: Path, wanted: Text, problems: Problems) -> str | None:
    """The text, or None with a problem where there is no such file or it is no text."""
    expected = wanted
    if not path.is_file():
        problems.add(
            "D-01",
            str(path),
            Text("no such file", "无此文件"),
            expected,
            Text("give the path of a file that exists", "请给出存在的文件路径"),
        )
        return None
    raw = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    problems.add(
        "D-01",
        str(path),
        Text("bytes that are neither UTF-8 nor GBK text", "既非 UTF-8 也非 GBK 的文本"),
        expected,
        Text("unpack it, or save it as plain text in UTF-8", "请解压，或另存为 UTF-8 纯文本"),
    )
    return None
