r"""MATH as JSON lines: `problem`, `solution` with the answer in its last \boxed{}, or `answer` apart (MATH-500)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from evalkit.importers._packs import Draft, prompt
from evalkit.importers._source import BadRow, Source, slug, text

ASKED = "{input}\n\nThink step by step and put the final answer in \\boxed{}."
_BOX = re.compile(r"\\(?:boxed|fbox)\s*")


def pack(source: Source) -> Draft:
    """Competition problems; subject and level become tags."""
    return Draft(
        about="MATH: competition mathematics (Hendrycks et al. 2021). Public for years: models have met it. "
        "Chance level: near 0.",
        prompt=prompt(ASKED),
        scorer={"name": "math"},
        samples=source.taken(source.objects(), lambda row, number: _sample(row, f"{source.stem}-{number}")),
        licence="MIT",
        max_tokens=4096,
        chance=0.0,
    )


def _sample(row: Mapping[str, Any], id_: str) -> dict[str, Any]:
    target = text(row, "answer") if row.get("answer") else last_box(text(row, "solution"))
    if target is None:
        raise BadRow(r"'solution' has no \boxed{...} and there is no 'answer'")
    subject, level = row.get("subject", row.get("type")), row.get("level")
    tags = [slug(str(value)) for value in (subject, level) if value not in (None, "")]
    if isinstance(level, int) or (isinstance(level, str) and level.isdigit()):
        tags[-1] = f"level-{level}"
    made: dict[str, Any] = {"id": str(row.get("unique_id", row.get("id", id_))), "input": text(row, "problem")}
    made |= {"target": target, "language": "en"}
    if tags:
        made["tags"] = list(dict.fromkeys(tags))
    if row.get("solution"):
        made["metadata"] = {"solution": text(row, "solution")}
    return made


def last_box(solution: str) -> str | None:
    r"""What the last \boxed{} or \fbox{} holds, or the one character after `\boxed `."""
    boxes = list(_BOX.finditer(solution))
    if not boxes:
        return None
    rest = solution[boxes[-1].end() :]
    if not rest.startswith("{"):
        return rest[:1].strip() or None
    depth = 0
    for at, char in enumerate(rest):
        if rest[at - 1 : at] != "\\":
            depth += (char == "{") - (char == "}")
        if depth == 0:
            return rest[1:at].strip() or None
    return None
