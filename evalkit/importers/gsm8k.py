"""GSM8K as JSON lines: `question`, and `answer` that ends with "#### 18"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evalkit.importers._packs import Draft, prompt
from evalkit.importers._source import BadRow, Source, text

ASKED = '{input}\n\nThink step by step and end with a line of the form "Answer: <number>".'


def pack(source: Source) -> Draft:
    """Problems in English; the number after the last "####" is the target, the solution is kept beside it."""
    return Draft(
        about="GSM8K: word problems of grade school. Public for years: models have met them. Chance level: near 0.",
        prompt=prompt(ASKED),
        scorer={"name": "numeric"},
        samples=source.taken(source.objects(), lambda row, number: _sample(row, f"{source.stem}-{number}")),
        licence="MIT",
        chance=0.0,
    )


def _sample(row: Mapping[str, Any], id_: str) -> dict[str, Any]:
    solution, mark, target = text(row, "answer").rpartition("####")
    if not mark or not target.strip():
        raise BadRow("'answer' has no \"#### <number>\" at its end")
    made: dict[str, Any] = {"id": str(row.get("id", id_)), "input": text(row, "question"), "target": target.strip()}
    if solution.strip():
        made["metadata"] = {"solution": solution.strip()}
    return {**made, "language": "en"}
