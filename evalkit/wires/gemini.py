"""Gemini's own protocol (`POST {base_url}/models/{model}:generateContent`), which tells more than its compatible one:
seed, safety stops, why a prompt was blocked, and the count of thoughts.

Canonical names: `contents`, `systemInstruction`, `tools`, and in `generationConfig`: `maxOutputTokens`, `temperature`,
`topP`, `topK`, `minP`, `seed`, `stopSequences`, `responseMimeType`, `responseJsonSchema`, and in `thinkingConfig`
there `thinkingLevel` and `thinkingBudget` (a model takes one of the two).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from evalkit.calls import Completion, Request, StopReason, Usage
from evalkit.errors import BadReply
from evalkit.wires._replies import count, joined, kept, need, offered, part, parts, refuse_error, text, tool_call
from evalkit.wires._thoughts import split

STOPS: Mapping[str, StopReason] = {
    "STOP": "stop", "MAX_TOKENS": "length", "SAFETY": "content_filter", "RECITATION": "content_filter",
    "BLOCKLIST": "content_filter", "PROHIBITED_CONTENT": "content_filter", "SPII": "content_filter",
    "MODEL_ARMOR": "content_filter",
}  # fmt: skip


def auth(key: str) -> dict[str, str]:
    """The vendor's own header; the query parameter `key` would end up in logs."""
    return {"x-goog-api-key": key}


def encode(model: str, request: Request) -> tuple[str, dict[str, Any]]:
    """Path (with the model in it) and body. Raises UsageError for a structured mode without a field."""
    asked = request.generation
    mode = offered("gemini", request, "native", "json_mode")
    thinking = {"thinkingLevel": asked.reasoning_effort, "thinkingBudget": asked.thinking_tokens}
    config = {
        "maxOutputTokens": asked.max_tokens,
        "temperature": asked.temperature,
        "topP": asked.top_p,
        "topK": asked.top_k,
        "minP": asked.min_p,
        "seed": asked.seed,
        "stopSequences": list(asked.stop) or None,
        "thinkingConfig": _told(thinking) or None,
        "responseMimeType": "application/json" if mode else None,
        "responseJsonSchema": request.schema if mode == "native" else None,
    }
    system = [{"text": message.content} for message in request.messages if message.role == "system"]
    body = {
        "systemInstruction": {"parts": system} if system else None,
        "contents": [
            {"role": "model" if message.role == "assistant" else "user", "parts": [{"text": message.content}]}
            for message in request.messages
            if message.role != "system"
        ],
        "generationConfig": _told(config) or None,
        "tools": [{"functionDeclarations": [_declared(tool) for tool in request.tools]}] if request.tools else None,
    }
    where = quote(model, safe="/") if "/" in model else f"models/{quote(model)}"
    action = "streamGenerateContent?alt=sse" if request.stream else "generateContent"
    return f"/{where}:{action}", _told(body)


def decode(body: Mapping[str, Any]) -> Completion:
    """The first candidate; a prompt that was blocked is an answer without text. Raises BadReply."""
    refuse_error(body)
    blocked = text(part(body, "promptFeedback"), "blockReason")
    candidates = parts(body, "candidates")
    need(candidates or blocked, "candidates")
    candidate = candidates[0] if candidates else {}
    pieces = parts(part(candidate, "content"), "parts")
    apart = "".join(text(piece, "text") for piece in pieces if piece.get("thought") is True)
    said = "".join(text(piece, "text") for piece in pieces if piece.get("thought") is not True)
    answer, inside = split(said, unopened=not apart)
    calls = [part(piece, "functionCall") for piece in pieces if part(piece, "functionCall")]
    stop = "content_filter" if blocked else STOPS.get(text(candidate, "finishReason"), "other")
    told = {"logprobs": candidate.get("logprobsResult"), "block_reason": blocked or None}
    return Completion(
        text=answer,
        reasoning=joined(apart, inside),
        stop_reason="tool_calls" if calls and stop == "stop" else stop,
        usage=_usage(body.get("usageMetadata")),
        served_model=text(body, "modelVersion") or None,
        tool_calls=tuple(tool_call(text(call, "name"), call.get("args")) for call in calls),
        extra=_told(told) | kept(candidate, "finishMessage", "safetyRatings"),
    )


def merge(events: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The reply that the chunks of a stream add up to. Raises BadReply where none says why it finished."""
    body: dict[str, Any] = {}
    candidate: dict[str, Any] = {}
    pieces: list[Mapping[str, Any]] = []
    for event in events:
        refuse_error(event)
        body |= kept(event, *(name for name in event if name != "candidates"))
        for chunk in parts(event, "candidates")[:1]:
            candidate |= kept(chunk, *(name for name in chunk if name != "content"))
            pieces += parts(part(chunk, "content"), "parts")
    if text(part(body, "promptFeedback"), "blockReason"):
        return body
    if not candidate.get("finishReason"):
        raise BadReply("the stream ended before the answer was complete")
    return body | {"candidates": [{**candidate, "content": {"role": "model", "parts": pieces}}]}


def _told(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _declared(tool: Mapping[str, Any]) -> dict[str, Any]:
    return {"parametersJsonSchema" if name == "parameters" else name: value for name, value in tool.items()}


def _usage(told: Any) -> Usage:
    """Thoughts are counted apart from the candidate, and a count of zero is left out of the reply."""
    prompt, total = count(told, "promptTokenCount"), count(told, "totalTokenCount")
    said, thought = count(told, "candidatesTokenCount"), count(told, "thoughtsTokenCount")
    output = None if said is None and thought is None else (said or 0) + (thought or 0)
    if output is None and prompt is not None and total is not None:
        output = max(0, total - prompt)
    return Usage(input=prompt, output=output, reasoning=thought, cached=count(told, "cachedContentTokenCount"))
