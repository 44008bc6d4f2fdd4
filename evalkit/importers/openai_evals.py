"""OpenAI Evals as JSON lines: `input` (chat messages, or text) and `ideal` (text, or a list of texts that are right).

Messages that all rows share become the pack's prompt; what differs is filled in from each sample.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evalkit.importers._packs import Draft, literal, prompt
from evalkit.importers._source import BadRow, Row, Source, needed, told

#: few-shot examples are system messages with a name
NAMED = {"example_user": "user", "example_assistant": "assistant"}
Turn = tuple[str, str]  # role, content


def pack(source: Source) -> Draft:
    """Scored by `exact`; the evals' own includes and fuzzy matching are more lenient: choose with --scorer."""
    first: list[str] = []

    def sample(row: Mapping[str, Any], number: int) -> dict[str, Any]:
        turns = _turns(needed(row, "input"))
        roles = [role for role, _ in turns]
        if not first:
            first.extend(roles)
        if roles != first:
            raise BadRow(f"its messages are {', '.join(roles)}; those of the first row are {', '.join(first)}")
        return {"id": f"{source.stem}-{number}", "turns": turns, "target": _target(needed(row, "ideal"))}

    rows = source.taken(source.objects(), sample)
    messages, samples = _folded(rows)
    return Draft(
        about="From OpenAI Evals; right is the ideal answer, word for word.",
        prompt=messages,
        scorer={"name": "exact"},
        samples=samples,
        outcomes={},
    )


def _turns(given: Any) -> list[Turn]:
    """The messages; the last one asks, whatever its role. Raises BadRow."""
    if isinstance(given, str):
        given = [{"role": "user", "content": given}]
    if not isinstance(given, list) or not given:
        raise BadRow(f"'input' must be text or a list of messages, not {told(given)}")
    turns: list[Turn] = []
    for message in given:
        content = message.get("content") if isinstance(message, dict) else None
        if not isinstance(content, str) or not content:
            raise BadRow(f"a message without text: {told(message)}")
        role = NAMED.get(message.get("name", ""), message.get("role", "user"))
        if role not in ("system", "user", "assistant"):
            raise BadRow(f"a message of the role {told(role)}")
        turns.append((role, content))
    return [*turns[:-1], ("user", turns[-1][1])]


def _target(ideal: Any) -> Any:
    answers = ideal if isinstance(ideal, list) else [ideal]
    if not answers or not all(isinstance(answer, str) and answer.strip() for answer in answers):
        raise BadRow(f"'ideal' must be text or a list of texts, not {told(ideal)}")
    return answers if len(answers) > 1 else answers[0]


def _folded(rows: Sequence[Row]) -> tuple[list[dict[str, str]], list[Row]]:
    """The prompt, and the samples without what it says."""
    if not rows:
        return prompt("{input}"), []
    turns = [row["turns"] for _, row in rows]
    messages, fields = [], []
    for at, (role, content) in enumerate(turns[0]):
        last = at == len(turns[0]) - 1
        shared = not last and all(other[at][1] == content for other in turns)
        name = "input" if last else f"message_{at + 1}"
        messages.append({"role": role, "content": literal(content) if shared else f"{{{name}}}"})
        if not shared:
            fields.append((at, name))
    samples: list[Row] = []
    for line, row in rows:
        values = {name: row["turns"][at][1] for at, name in fields}
        made = {"id": row["id"], "input": values.pop("input"), "target": row["target"]}
        samples.append((line, {**made, "metadata": values} if values else made))
    return messages, samples
