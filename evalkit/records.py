"""The whole vocabulary, as frozen records, and the JSON form of each.

The JSON form of a record has the field names below as keys; a field that holds its default is left out, so that a
journal line stays short. `to_json` and `from_json` are inverse. `docs/records.md` shows one example of each.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

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

StopReason = Literal["stop", "length", "refusal", "content_filter", "tool_calls", "context", "other"]

_NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Sample:
    """One item of a pack."""

    id: str
    input: str = ""
    target: Any = None  # what a right answer is, in the form the pack's scorer documents
    choices: tuple[str, ...] = ()
    cluster: str | None = None  # samples that share a passage or template share this name
    language: str | None = None  # ISO 639-1
    tags: tuple[str, ...] = ()
    schema: Mapping[str, Any] | None = None  # JSON Schema of the answer, asked for and scored
    metadata: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)  # anything else a prompt or a scorer names


@dataclass(frozen=True, slots=True)
class Score:
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
    details: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)


StructuredMode = Literal["native", "json_mode", "grammar", "prompted"]


@dataclass(frozen=True, slots=True)
class Generation:
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
    structured: StructuredMode | None = None  # how a schema is asked for; None = only as the prompt says


@dataclass(frozen=True, slots=True)
class Message:
    """One chat message. `role` is system, user or assistant."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Request:
    """What evalkit wants to ask, before a wire encodes it and a card renames, drops or adds fields."""

    messages: tuple[Message, ...]
    generation: Generation = Generation()
    schema: Mapping[str, Any] | None = None
    tools: tuple[Mapping[str, Any], ...] = ()  # {"name", "description", "parameters": JSON Schema}
    stream: bool = False


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one call; None = the server did not say. `output` includes `reasoning`, `input` includes `cached`."""

    input: int | None = None
    output: int | None = None
    reasoning: int | None = None
    cached: int | None = None


@dataclass(frozen=True, slots=True)
class Timings:
    """Seconds. `latency` of the successful attempt, `first_token` when streamed, `queued` in our own limiter."""

    latency: float = 0.0
    first_token: float | None = None
    queued: float = 0.0


@dataclass(frozen=True, slots=True)
class Completion:
    """What a model answered, the same for every wire."""

    text: str
    reasoning: str = ""
    stop_reason: StopReason = "stop"
    usage: Usage = Usage()
    served_model: str | None = None
    fingerprint: str | None = None
    tool_calls: tuple[Mapping[str, Any], ...] = ()  # {"name": str, "arguments": object}
    refusal: str | None = None
    extra: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)  # what else the server told: timings, logprobs
