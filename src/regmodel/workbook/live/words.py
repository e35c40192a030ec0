"""What a workbook that runs inside Excel says about itself: steps, macros, notices."""

from __future__ import annotations

from regmodel.vocabulary.texts import Text

MACROS = Text(
    "This workbook has three macros, one for each button. They start regmodel on this computer through xlwings and do "
    "nothing else. There are no external links and no hidden calculations.",
    "本工作簿含三个宏，分别对应三个按钮，仅通过 xlwings 在本机启动 regmodel，不做其他事情。不含外部链接或隐藏计算。",
)
SETTINGS = Text(
    "There are no macros, no external links and no hidden calculations in this workbook. Its hidden sheet xlwings.conf "
    "tells the xlwings add-in which program on this computer to start.",
    "本工作簿不含宏、外部链接或隐藏计算。隐藏的 xlwings.conf 表告知 xlwings 加载项应启动本机的哪个程序。",
)
_STEPS = {
    "macro": Text(
        "Press Run. The bar at the bottom tells what is being done; in Windows Excel waits until it is done. Validate "
        "lists every problem by cell on the sheet Checks; Report opens the report of the last run.",
        "按“运行”。底部状态栏显示进度；在 Windows 中 Excel 会等待其完成。“检查”在“检查”表按单元格列出全部问题；"
        "“报告”打开上次运行的报告。",
    ),
    "addin": Text(
        "In the ribbon of the xlwings add-in press Run main. The bar at the bottom tells what is being done.",
        "在 xlwings 加载项的功能区按 Run main。底部状态栏显示进度。",
    ),
}
_STOP = Text(
    "To stop a run, delete the file in the folder regmodel of your home folder whose name begins with regmodel-running "
    "and goes on with the name of this workbook.",
    "如需停止运行，请删除个人主文件夹下 regmodel 文件夹中以 regmodel-running 开头、后接本工作簿名称的文件。",
)
_AFTER = Text(
    "The result sheets are new, everything else is as you left it. Save when you like, under any name.",
    "结果各表已更新，其余内容保持不变。可随时以任何名称保存。",
)
_WITHOUT = Text(
    "It also runs without Excel. Save it, then:  regmodel run {name}",
    "也可不用 Excel：保存后运行  regmodel run {name}",
)
_XLWINGS = """xlwings (the module xlwings in this workbook; open-source part only)
Copyright (C) 2014-present, Zoomer Analytics LLC. All rights reserved.
BSD 3-clause licence:

Redistribution and use in source and binary forms, with or without modification, are permitted provided that the \
following conditions are met:

* Redistributions of source code must retain the above copyright notice, this list of conditions and the following \
disclaimer.

* Redistributions in binary form must reproduce the above copyright notice, this list of conditions and the following \
disclaimer in the documentation and/or other materials provided with the distribution.

* Neither the name of the copyright holder nor the names of its contributors may be used to endorse or promote \
products derived from this software without specific prior written permission.

THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND ANY EXPRESS OR IMPLIED WARRANTIES, \
INCLUDING, BUT NOT LIMITED TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE \
DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL, \
SPECIAL, EXEMPLARY, OR CONSEQUENTIAL DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR \
SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON ANY THEORY OF LIABILITY, \
WHETHER IN CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE \
OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE."""
_DICTIONARY = """VBA-Dictionary v1.4.1 (the module Dictionary in this workbook)
Copyright (c) Tim Hall
MIT licence:

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated \
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the \
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit \
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the \
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE \
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR \
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR \
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE."""
NOTICES = (Text(_XLWINGS, _XLWINGS), Text(_DICTIONARY, _DICTIONARY))


def steps(equipment: str) -> tuple[Text, ...]:
    """The steps that take the place of saving and running on a command line."""
    return (_STEPS[equipment], _STOP, _AFTER, _WITHOUT)
