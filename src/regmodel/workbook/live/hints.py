"""What `regmodel new` says about a workbook that runs inside Excel, on the machine where it was made."""

from __future__ import annotations

import sys

from regmodel.vocabulary.texts import Text
from regmodel.workbook.live.equipment import LAUNCHER, Equipment, launcher

_ELSEWHERE = Text(
    "Excel runs on Windows and macOS: make this workbook anew on the computer that will run it, so that it names the "
    "Python there and carries no mark of a download.",
    "Excel 运行于 Windows 和 macOS：请在将要使用的电脑上重新生成本工作簿，使其指向该机的 Python，且不带下载标记。",
)
_ON_A_MAC = Text(
    "Once on this Mac, in a terminal:  xlwings runpython install",
    "在本机终端执行一次：xlwings runpython install",
)
_ADDIN = Text(
    "Once on this computer, in a terminal:  xlwings addin install",
    "在本机终端执行一次：xlwings addin install",
)
_NO_LAUNCHER = Text(
    "The program {name} is not installed beside Python: Run main will not find the model. Install regmodel again "
    "(pip install regmodel), then make the workbook anew.",
    "Python 旁未安装程序 {name}，Run main 将无法找到模型。请重新安装 regmodel（pip install regmodel），再生成工作簿。",
)
_UNTRIED = Text(
    "The live button has not been tried in real Excel yet: docs/excel-check-list.md says what to look at.",
    "该按钮尚未在真实的 Excel 中试用：检查事项见 docs/excel-check-list.md。",
)


def hints(equipment: Equipment) -> list[Text]:
    """What remains to be done on this machine before the workbook runs inside Excel."""
    found = []
    if sys.platform not in ("win32", "darwin"):
        found.append(_ELSEWHERE)
    if equipment == "addin":
        found.append(_ADDIN)
        if launcher() is None:
            found.append(_NO_LAUNCHER.fill(name=LAUNCHER))
    elif sys.platform == "darwin":
        found.append(_ON_A_MAC)
    return [*found, _UNTRIED]
