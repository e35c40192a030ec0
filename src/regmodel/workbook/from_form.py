"""The scenario that a form and edits make together; its problems told by the cells that they were typed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from regmodel.scenario import Scenario, ScenarioFile, load, resolve, shipped_names
from regmodel.vocabulary.problems import InputProblems, Problem
from regmodel.vocabulary.texts import Text
from regmodel.workbook.fixed import Edit
from regmodel.workbook.form import FormWords
from regmodel.workbook.stamp import Stamp

_EDITED = Text("{title}, edited", "{title}（已修改）")


def scenario_of_form(form: FormWords, stamp: Stamp, base: Scenario, edits: tuple[Edit, ...]) -> Scenario:
    """The scenario of the form with the edits; the shipped one itself where nothing was changed."""
    name, title, shipped = form.name, form.title, shipped_names()
    untouched = not stamp.layers and name == stamp.parent and title == base.title
    if untouched and form.description == base.description and not edits and not form.layers and form.parent is not None:
        return load(form.parent)
    if name in shipped:
        name = f"{name}_edited"
        if title == base.title:
            title = Text(_EDITED.en.format(title=title.en), _EDITED.zh.format(title=title.zh))
    own = tuple(edit.override(name) for edit in edits)
    made = ScenarioFile(name, title, form.description, form.parent, form.layers, form.in_order, own)
    try:
        return resolve(made)
    except InputProblems as problem:
        raise InputProblems([by_cell(each, edits) for each in problem.problems]) from problem


def by_cell(problem: Problem, edits: Sequence[Edit]) -> Problem:
    """A problem of the scenario told by the cell that its key was typed in."""
    for edit in edits:
        if edit.key in problem.where.split() or edit.key.removeprefix("record.") in problem.where.split():
            return replace(problem, where=f"{edit.where}   {edit.key}")
    return problem
