"""The answer is CSV (RFC 4180): one header, every row as wide, quotes closed; and the table expected, if there is one.

`sample.target` is a table as `_tables` describes it, or CSV text. Strict reads the whole answer, with `fenced` out of
one code fence around it; lenient drops thinking and takes the last fenced block. A byte order mark and blank lines are
passed over. A table of another delimiter is not CSV, nor is a single cell.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from typing import Any

from evalkit.errors import UsageError
from evalkit.records import Sample, Score
from evalkit.scorers import _tables
from evalkit.scorers._formats import NotInFormat, judged_twice, scored

LABELS = frozenset({"csv", "tsv", "text", "txt", "plaintext"})
OTHER_DELIMITERS = ";\t|,"


def score(
    sample: Sample, text: str, *, delimiter: str = ",", header: list[str] | None = None, fenced: bool = True
) -> Score:
    """1.0 if the answer is CSV with that header (where one is asked for) and equals the target (where there is one)."""
    target = _expected(sample.target, delimiter)
    return scored(
        *judged_twice(text, lambda body: _tables.judged(_read(body, delimiter), target, header), LABELS, fenced=fenced)
    )


def check(
    sample: Sample, *, delimiter: str = ",", header: list[str] | None = None, fenced: bool = True
) -> Iterator[tuple[str, str]]:
    """A target that is no table, a delimiter that is not one character."""
    del header, fenced
    if len(delimiter) != 1:
        yield "/scorer/options/delimiter", "the delimiter must be one character"
        return
    if sample.target is None:
        return
    try:
        target = _expected(sample.target, delimiter)
    except UsageError as error:
        yield "/target", str(error)
        return
    if problem := _tables.problem(target):
        yield "/target", problem


def _expected(target: Any, delimiter: str) -> Any:
    try:
        return _read(target, delimiter) if isinstance(target, str) else target
    except NotInFormat as error:
        raise UsageError(f"the target is not CSV: {error}") from None


def _read(text: str, delimiter: str) -> _tables.Rows:
    """The rows of a CSV text, the header first. Raises NotInFormat."""
    try:
        rows = [row for row in csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter) if row]
    except csv.Error as error:
        raise NotInFormat(f"not CSV: {error}") from None
    if not rows:
        raise NotInFormat("not CSV: the answer is empty")
    width = len(rows[0])
    for number, row in enumerate(rows[1:], start=1):
        if len(row) != width:
            raise NotInFormat(f"not CSV: row {number} has {len(row)} cells, the header has {width}")
    if width == 1:
        _refuse_other(rows, delimiter)
    return rows


def _refuse_other(rows: _tables.Rows, delimiter: str) -> None:
    """Raises NotInFormat for a single cell, and for one column that is several columns of another delimiter."""
    if len(rows) == 1:
        raise NotInFormat("not CSV: a single cell")
    for other in OTHER_DELIMITERS.replace(delimiter, ""):
        counts = Counter(row[0].count(other) for row in rows)
        if len(counts) == 1 and 0 not in counts:
            raise NotInFormat(f"not CSV: the cells stand between {other!r}, expected {delimiter!r}")
