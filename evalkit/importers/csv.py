"""A table (CSV or TSV with a header): columns become fields of the samples.

Columns called `id`, `input`, `target`, `choices`, `cluster`, `language` and `tags` are taken by their names, others
where `--map FIELD=COLUMN` says so; a field that no sample has otherwise goes to its metadata, where the prompt may name
it. `choices=A,B,C` takes several columns; one column of choices or tags holds a JSON list, or parts between `|`.
`FIELD:json=COLUMN` reads the cells as JSON. Columns that nothing names are left out: production data may hold names and
addresses.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from evalkit.errors import UsageError
from evalkit.importers._packs import Draft, prompt
from evalkit.importers._source import BadRow, Source, told
from evalkit.names import did_you_mean

FIELDS = ("id", "input", "target", "choices", "cluster", "language", "tags", "schema")
LISTS = ("choices", "tags")
_NO_COLUMNS: Mapping[str, str] = {}


def pack(source: Source, *, columns: Mapping[str, str] = _NO_COLUMNS) -> Draft:
    """One sample a row. The scorer is `choice` where there are choices, else `exact`. Raises UsageError."""
    rows = list(source.table())
    header = list(rows[0][1]) if rows else []
    used = _used(columns, header, source)
    named = {column for given in used.values() for column in given}
    unused = [name for name in header if name and name not in named]
    has_choices = any(field.partition(":")[0] == "choices" for field in used)
    return Draft(
        about="Imported from a table.",
        prompt=prompt("{input}\n\n{choices}\n\nAnswer with the letter of one option." if has_choices else "{input}"),
        scorer={"name": "choice" if has_choices else "exact"},
        samples=source.taken(rows, lambda row, number: _sample(row, used, f"{source.stem}-{number}")),
        outcomes={},
        notes=[f"columns left out: {', '.join(unused)}"] if unused else [],
    )


def _used(columns: Mapping[str, str], header: list[str], source: Source) -> dict[str, list[str]]:
    """Field -> its columns. Raises UsageError for a column that is not there."""
    given = {field.partition(":")[0] for field in columns}
    used = {name: [name] for name in FIELDS if name in header and name not in given}
    for field, column in columns.items():
        wanted = [column] if column in header else [name.strip() for name in column.split(",")]
        for name in wanted if header else ():
            if name not in header:
                raise UsageError(f"{source.shown}: no column {name!r}{did_you_mean(name, header)}")
        if len(wanted) > 1 and field.partition(":")[0] not in LISTS:
            raise UsageError(f"--map {field}={column}: only choices and tags take several columns")
        used[field] = wanted
    return used


def _sample(row: Mapping[str, str], used: Mapping[str, list[str]], id_: str) -> dict[str, Any]:
    made: dict[str, Any] = {"id": id_}
    metadata: dict[str, Any] = {}
    for field, columns in used.items():
        name, _, kind = field.partition(":")
        if len(columns) > 1:
            value: Any = [row[column].strip() for column in columns if row[column].strip()]
        else:
            value = _value(row[columns[0]].strip(), name, kind, columns[0])
        if value in (None, "", []):
            continue
        (made if name in FIELDS else metadata)[name] = value
    return {**made, "metadata": metadata} if metadata else made


def _value(cell: str, name: str, kind: str, column: str) -> Any:
    """What one cell holds. Raises BadRow."""
    if not cell:
        return None
    if kind == "json" or (name in LISTS and cell.startswith("[")) or name == "schema":
        try:
            return json.loads(cell)
        except ValueError as error:
            raise BadRow(f"column {column!r} holds {told(cell)}, which is not JSON: {error}") from None
    if kind:
        raise BadRow(f"--map {name}:{kind}: only ':json' can stand after a field")
    return [part.strip() for part in cell.split("|") if part.strip()] if name in LISTS else cell
