"""IFEval as JSON lines: `key`, `prompt`, `instruction_id_list` and `kwargs`, of Google or of the Hub."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evalkit.importers._packs import Draft, prompt
from evalkit.importers._source import BadRow, Source, needed, text


def pack(source: Source) -> Draft:
    """Prompts with instructions that a program can check; each type of instruction becomes a tag."""
    return Draft(
        about="IFEval: instructions that a program can check (Zhou et al. 2023); strict and loose reading. "
        "Chance level: 0 by design, but some instructions are kept by most texts.",
        prompt=prompt("{input}"),
        scorer={"name": "ifeval"},
        samples=source.taken(source.objects(), lambda row, number: _sample(row, f"{source.stem}-{number}")),
        licence="Apache-2.0",
        max_tokens=2048,
    )


def _sample(row: Mapping[str, Any], id_: str) -> dict[str, Any]:
    ids, kwargs = needed(row, "instruction_id_list"), needed(row, "kwargs")
    if not isinstance(ids, list) or not isinstance(kwargs, list):
        raise BadRow("'instruction_id_list' and 'kwargs' must be lists")
    given = [_without_nulls(arguments) if isinstance(arguments, dict) else arguments for arguments in kwargs]
    tags = [str(name).rpartition(":")[2] for name in ids]
    return {
        "id": str(row.get("key", id_)),
        "input": text(row, "prompt"),
        "tags": list(dict.fromkeys(tag for tag in tags if tag)),
        "metadata": {"instruction_id_list": ids, "kwargs": given},
    }


def _without_nulls(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The Hub's copy names every argument of every instruction, null where it is another's."""
    return {name: value for name, value in arguments.items() if value is not None}
