"""A TOML file from a user's editor: its table, or a sentence why it cannot be read."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from regmodel.vocabulary.problems import Problems
from regmodel.vocabulary.texts import Text


def read_toml(path: Path, code: str, expected: Text, problems: Problems) -> dict[str, Any] | None:
    """The table of a file in UTF-8 or GBK, or None; ``problems`` then has ``code`` with what was ``expected``."""
    raw = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return tomllib.loads(raw.decode(encoding))
        except UnicodeDecodeError:
            continue
        except tomllib.TOMLDecodeError as error:
            found = Text(f"not TOML: {error}", f"不是有效的 TOML：{error}")
            remedy = Text("mend the line named above; words need quotes", "请修改上述位置；文字须加引号")
            break
    else:
        found = Text("bytes that are neither UTF-8 nor GBK", "既非 UTF-8 也非 GBK 的内容")
        remedy = Text("save it as UTF-8", "请另存为 UTF-8 编码")
    problems.add(code, path.name, found, expected, remedy)
    return None
