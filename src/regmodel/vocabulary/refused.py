"""What the system refused to read or write, told as a problem in both languages."""

from __future__ import annotations

import errno

from regmodel.vocabulary.problems import Problem
from regmodel.vocabulary.texts import Text, same

_REASONS = {
    errno.ENOENT: Text("no such file or folder", "没有这个文件或文件夹"),
    errno.EACCES: Text("no permission to use it", "没有访问权限"),
    errno.EPERM: Text("no permission to use it", "没有访问权限"),
    errno.EROFS: Text("a disk that can only be read", "只读磁盘"),
    errno.ENOSPC: Text("a disk that is full", "磁盘已满"),
    errno.EISDIR: Text("a folder where a file is needed", "此处应为文件，实为文件夹"),
    errno.ENOTDIR: Text("a file where a folder is needed", "此处应为文件夹，实为文件"),
    errno.EEXIST: Text("a file where a folder is needed", "此处应为文件夹，实为文件"),
    errno.ENAMETOOLONG: Text("a name that is too long", "名称过长"),
}


def file_problem(error: OSError) -> Problem:
    """X-02 with the place and, for the usual reasons, words of our own; other reasons as the system gives them."""
    place = error.filename or error.filename2
    return Problem(
        "X-02",
        str(place) if place else "file",
        _REASONS.get(error.errno or 0, same(str(error.strerror or error))),
        Text("a file or folder that can be read and written here", "此处可读写的文件或文件夹"),
        Text(
            "check the path, the disk and whether another program holds it open",
            "请检查路径、磁盘空间，以及是否被其他程序打开",
        ),
    )
