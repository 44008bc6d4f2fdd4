"""The words of a call, as frozen records: request, completion or failure, result; and the JSON form of each.

A field that holds its default is left out of the JSON, so that a journal line stays short.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass
from functools import cache
from typing import Any, Literal, cast

from evalkit.records import Generation, Message, Outcome, Score

_NOTHING: Mapping[str, Any] = {}
_AS_THE_MODEL_DOES = Generation()


StopReason = Literal["stop", "length", "refusal", "content_filter", "tool_calls", "context", "other"]


@dataclass(frozen=True, slots=True)
class Request:
    """What evalkit wants to ask, before a wire encodes it and a card renames, drops or adds fields."""

    messages: tuple[Message, ...]
    generation: Generation = _AS_THE_MODEL_DOES
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


_NO_USAGE = Usage()


_NO_TIMINGS = Timings()


@dataclass(frozen=True, slots=True)
class Completion:
    """What a model answered, the same for every wire."""

    text: str
    reasoning: str = ""
    stop_reason: StopReason = "stop"
    usage: Usage = _NO_USAGE
    served_model: str | None = None
    fingerprint: str | None = None
    tool_calls: tuple[Mapping[str, Any], ...] = ()  # {"name": str, "arguments": object}
    refusal: str | None = None
    extra: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)  # what else the server told: timings, logprobs


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a call gave no completion. `kind` is a class of the error taxonomy (see errors.CallFailed)."""

    kind: str
    message: str
    status: int | None = None
    request_id: str | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """One call as journalled: what was really sent, and what came back: a completion or a failure."""

    path: str
    body: Mapping[str, Any]
    completion: Completion | None
    failure: Failure | None
    timings: Timings = _NO_TIMINGS
    retries: tuple[Failure, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """What became of the call, before any scoring."""
        if self.completion is None:
            filtered = self.failure is not None and self.failure.kind == "filtered"
            return "filtered" if filtered else "provider_error"
        return outcome_of(self.completion)


@dataclass(frozen=True, slots=True)
class Result:
    """What one sample and epoch came to. `score` is None where there was no answer to score."""

    sample: str
    index: int  # position of the sample in its pack
    epoch: int
    outcome: Outcome
    score: Score | None = None
    usage: Usage = _NO_USAGE
    latency: float = 0.0


def outcome_of(completion: Completion) -> Outcome:
    """The outcome of a completion that came back. `ok` says only that there is an answer to score."""
    reason = completion.stop_reason
    if reason in ("length", "context"):
        return "truncated"
    if reason == "refusal":
        return "refused"
    if reason == "content_filter":
        return "filtered"
    if not completion.text.strip() and completion.reasoning.strip() and not completion.tool_calls:
        return "empty_with_reasoning"
    return "ok"


def to_json(record: Any) -> dict[str, Any]:
    """The JSON form of a record: field names as keys, fields at their default left out."""
    made: dict[str, Any] = {}
    for spec in _fields(cast(Hashable, type(record))):
        value = getattr(record, spec.name)
        if value is None or value == () or value == "" or (spec.default is not MISSING and value == spec.default):
            continue
        if spec.default_factory is not MISSING and not value:
            continue
        made[spec.name] = _plain(value)
    return made


def _score_to_json(score: Score) -> dict[str, Any]:
    defaults = Score._field_defaults
    return {
        name: value
        for name, value in score._asdict().items()
        if value not in (None, "", {}) and (name not in defaults or value != defaults[name])
    }


def completion_from_json(raw: Mapping[str, Any]) -> Completion:
    """The completion whose JSON form is `raw`."""
    return Completion(
        **{"text": "", **raw, "usage": Usage(**raw.get("usage", {})), "tool_calls": tuple(raw.get("tool_calls", ()))}
    )


def call_from_json(raw: Mapping[str, Any]) -> Call:
    """The call whose JSON form is `raw`; keys of the journal line around it are ignored."""
    completion, failure = raw.get("completion"), raw.get("failure")
    return Call(
        path=raw["path"],
        body=raw["body"],
        completion=None if completion is None else completion_from_json(completion),
        failure=None if failure is None else Failure(**failure),
        timings=Timings(**raw.get("timings", {})),
        retries=tuple(Failure(**retry) for retry in raw.get("retries", ())),
    )


def result_from_json(raw: Mapping[str, Any]) -> Result:
    """The result whose JSON form is `raw`."""
    score = raw.get("score")
    made = None if score is None else Score(**{"value": None, **score})
    return Result(**{**raw, "score": made, "usage": Usage(**raw.get("usage", {}))})


@cache
def _fields(kind: Hashable) -> tuple[Field[Any], ...]:
    return fields(cast(Any, kind))


def _plain(value: Any) -> Any:
    if isinstance(value, Score):
        return _score_to_json(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return to_json(value) if is_dataclass(value) else value
