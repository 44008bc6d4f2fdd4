"""Scores as a table (CSV or TSV with a header): `id`, `score`, and if there are any `outcome`, `epoch`, `lenient`,
`cluster`, `language`, `input`.

A score is a number from 0 to 1, or true or false; it may be absent where `outcome` says why (truncated, refused,
filtered, extraction_failed, provider_error, ...). Epochs count from 0, or from 1 where none is 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evalkit.errors import UsageError
from evalkit.importers._runs import Answer, Logged, in_range, unscored
from evalkit.importers._source import BadRow, Source, told
from evalkit.names import did_you_mean
from evalkit.records import OUTCOMES, Score

FIELDS = ("id", "score", "outcome", "epoch", "lenient", "cluster", "language", "input")
OF_THE_ITEM = ("cluster", "language", "input")
WORDS = {"true": 1.0, "yes": 1.0, "pass": 1.0, "false": 0.0, "no": 0.0, "fail": 0.0}
_NO_COLUMNS: Mapping[str, str] = {}


def runs(source: Source, *, columns: Mapping[str, str] = _NO_COLUMNS, model: str | None = None) -> list[Logged]:
    """One run. Raises UsageError, InvalidFiles."""
    if model is None:
        raise UsageError(f"{source.shown}: a table of scores does not say whose they are: --model PROVIDER/NAME")
    table = list(source.table())
    header = list(table[0][1]) if table else []
    used = {field: columns.get(field, field) for field in FIELDS if field in columns or field in header}
    for field, column in columns.items():
        if field not in FIELDS:
            raise UsageError(f"--map {field}={column}: no such field{did_you_mean(field, FIELDS)}")
        if column not in header:
            raise UsageError(f"{source.shown}: no column {column!r}{did_you_mean(column, header)}")
    for field in ("id", "score"):
        if field not in used:
            raise UsageError(f"{source.shown}: no column {field!r}; name it with --map {field}=COLUMN")
    rows = source.taken(table, lambda row, _: _row({field: row[column].strip() for field, column in used.items()}))
    first = min((row["epoch"] for _, row in rows), default=0)
    items: dict[str, Mapping[str, Any]] = {}
    answers: dict[tuple[str, int], Answer] = {}
    for line, row in rows:
        id_, epoch = row["id"], row["epoch"] - (first == 1)
        if items.setdefault(id_, row["item"]) != row["item"]:
            source.report(line, f"the item {id_!r} is described in another way than above")
        if (id_, epoch) in answers:
            source.report(line, f"the item {id_!r} has a score for this epoch already")
        answers[id_, epoch] = Answer(id_, epoch, row["outcome"], row["score"])
    return [
        Logged(
            source,
            harness="scores",
            version=None,
            task="",
            model=model,
            items=items,
            answers=list(answers.values()),
            conditions={},
            epochs=max((epoch for _, epoch in answers), default=0) + 1,
        )
    ]


def _row(fields: Mapping[str, str]) -> dict[str, Any]:
    """One row, read. Raises BadRow."""
    if not fields["id"]:
        raise BadRow("the row has no id")
    named = fields.get("outcome") or "ok"
    outcome = next((known for known in OUTCOMES if known == named), None)
    if outcome is None:
        raise BadRow(f"{named!r} is not an outcome{did_you_mean(named, OUTCOMES)}")
    value, lenient = _score(fields["score"]), _score(fields.get("lenient", ""))
    if outcome == "ok" and value is None:
        raise BadRow("neither a score, nor an outcome that says why there is none")
    epoch = fields.get("epoch") or "0"
    if not epoch.isdecimal():
        raise BadRow(f"the epoch {told(epoch)} is not a whole number")
    score = Score(value, lenient) if outcome == "ok" else unscored(outcome, value, lenient=lenient)
    item = {name: fields[name] for name in OF_THE_ITEM if fields.get(name)}
    return {"id": fields["id"], "epoch": int(epoch), "outcome": outcome, "score": score, "item": item}


def _score(cell: str) -> float | None:
    if not cell:
        return None
    try:
        return WORDS[cell.lower()] if cell.lower() in WORDS else in_range(cell)
    except ValueError as error:
        raise BadRow(str(error) if "outside" in str(error) else f"{told(cell)} is not a score") from None
