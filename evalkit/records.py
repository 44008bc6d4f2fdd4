"""The words of a pack and of a scorer, as frozen records: what is asked, and what is said of an answer.

They are named tuples, not dataclasses: `evalkit check` makes them at every start, and a dataclass takes ten times as
long. What travels between them while a model is asked stands in `calls`. The JSON form of a record has its field names
as keys; `docs/records.md` shows an example of each.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

Outcome = Literal[
    "ok",
    "truncated",
    "empty_with_reasoning",
    "refused",
    "filtered",
    "provider_error",
    "extraction_failed",
    "sandbox_failed",
    "judge_failed",
]


OUTCOMES: tuple[Outcome, ...] = (
    "ok",
    "truncated",
    "empty_with_reasoning",
    "refused",
    "filtered",
    "provider_error",
    "extraction_failed",
    "sandbox_failed",
    "judge_failed",
)


_NOTHING: Mapping[str, Any] = {}


class ScorerSpec(NamedTuple):
    """Which scorer, with which options."""

    name: str
    options: Mapping[str, Any] = _NOTHING


class Sample(NamedTuple):
    """One item of a pack."""

    id: str
    input: str = ""
    target: Any = None  # what a right answer is, in the form the pack's scorer documents
    choices: tuple[str, ...] = ()
    cluster: str | None = None  # samples that share a passage or template share this name
    language: str | None = None  # ISO 639-1
    tags: tuple[str, ...] = ()
    schema: Mapping[str, Any] | None = None  # JSON Schema of the answer, asked for and scored
    metadata: Mapping[str, Any] = _NOTHING  # anything else a prompt or a scorer names
    scorer: ScorerSpec | None = None  # instead of the pack's


class Score(NamedTuple):
    """What a scorer says of one answer.

    `value` in [0, 1] under the scorer's strict extraction, or None = could not tell (never NaN, never a silent 0);
    `lenient_value` the same under its lenient extraction. `outcome` is `ok`, `extraction_failed`, `sandbox_failed` or
    `judge_failed`. `details` holds named extras in plain JSON (for example `valid`, per-instruction lists, `compat`).
    """

    value: float | None
    lenient_value: float | None = None
    answer: str | None = None  # the text that was taken as the answer
    explanation: str = ""
    outcome: Outcome = "ok"
    details: Mapping[str, Any] = _NOTHING


#: how a sample's schema is asked for: by the endpoint's own field, as plain JSON mode, as a grammar, in words at the
#: end of the prompt, or not at all beyond what the prompt says itself
StructuredMode = Literal["native", "json_mode", "grammar", "prompted", "none"]


class Generation(NamedTuple):
    """How the model is asked to generate; None = the field is not sent."""

    max_tokens: int | None = None
    temperature: float | None = None
    top_p: float | None = None
    top_k: int | None = None
    min_p: float | None = None
    seed: int | None = None
    stop: tuple[str, ...] = ()
    reasoning_effort: str | None = None
    thinking_tokens: int | None = None
    structured: StructuredMode | None = None  # None = "none"


class Message(NamedTuple):
    """One chat message. `role` is system, user or assistant."""

    role: str
    content: str
