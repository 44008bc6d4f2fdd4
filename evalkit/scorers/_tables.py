"""Tables that were read from an answer, compared with the table expected.

An expected table is a list of rows (the header first) or a list of objects, one for each row, whose keys are the
header. Cells are compared as text without the space around them; rows in order; columns in order for rows, by name for
objects.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evalkit.scorers import _json_text
from evalkit.scorers._formats import Judged

Rows = list[list[str]]


def problem(target: Any) -> str | None:
    """Why `target` is not an expected table, or None."""
    if not isinstance(target, list) or not target:
        return "an expected table is a list of rows, or of objects"
    if all(isinstance(row, list) and row for row in target):
        same = len({len(row) for row in target}) == 1
        return None if same else "the rows of the expected table differ in width"
    if all(isinstance(row, dict) and row for row in target):
        same = len({tuple(row) for row in target}) == 1
        return None if same else "the objects of the expected table differ in their keys"
    return "an expected table is a list of rows, or of objects"


def judged(rows: Rows, target: Any, header: Sequence[str] | None) -> Judged:
    """The judgement of the rows read (the header first): valid with the header asked for, correct as the target."""
    rows = [[cell.strip() for cell in row] for row in rows]
    difference = None if target is None else _difference(target, rows)
    correct = None if target is None else difference is None
    answer = _json_text.dump(rows)
    if header is not None and rows[0] != list(header):
        return Judged(False, correct, answer, f"the header is {_shown(rows[0])}, expected {_shown(header)}")
    return Judged(True, correct, answer, difference or "")


def _difference(target: Sequence[Any], got: Rows) -> str | None:
    """The first difference between the expected table and the rows read, in words, or None."""
    wanted = _rows(target)
    if isinstance(target[0], Mapping):
        if sorted(got[0]) != sorted(wanted[0]):
            return f"the header is {_shown(got[0])}, expected {_shown(wanted[0])}"
        order = [got[0].index(name) for name in wanted[0]]
        got = [[row[column] for column in order] for row in got]
    if len(got) != len(wanted):
        return f"{len(got) - 1} rows below the header, expected {len(wanted) - 1}"
    for number, (expected, row) in enumerate(zip(wanted, got, strict=True)):
        if row != expected:
            return f"{f'row {number}' if number else 'the header'} is {_shown(row)}, expected {_shown(expected)}"
    return None


def _rows(target: Sequence[Any]) -> Rows:
    if isinstance(target[0], Mapping):
        header = list(target[0])
        return [header] + [[_cell(row[name]) for name in header] for row in target]
    return [[_cell(cell) for cell in row] for row in target]


def _cell(value: Any) -> str:
    return value.strip() if isinstance(value, str) else "" if value is None else _json_text.dump(value)


def _shown(cells: Sequence[str]) -> str:
    return _json_text.shown(list(cells))
