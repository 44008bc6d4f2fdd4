"""Ollama's own chat (`POST {base_url}/api/chat`), where the context length can be set: its OpenAI-compatible endpoint
cuts a long prompt silently and takes neither `num_ctx` nor `top_k`. A stream is one JSON object a line.

Canonical names: `messages`, `format`, `think`, `tools`, `stream`, and in `options`: `num_predict`, `temperature`,
`top_p`, `top_k`, `min_p`, `seed`, `stop`, `thinking_token_budget` (which no version takes: a card drops it).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evalkit.calls import Completion, Request, StopReason, Usage
from evalkit.errors import BadReply
from evalkit.records import Generation
from evalkit.wires._replies import count, joined, kept, need, offered, part, parts, refuse_error, text, tool_call
from evalkit.wires._thoughts import split

STOPS: Mapping[str, StopReason] = {"stop": "stop", "length": "length"}
TOLD = ("total_duration", "load_duration", "prompt_eval_duration", "eval_duration", "logprobs")


def auth(key: str) -> dict[str, str]:
    """A bearer token, for a server behind a proxy or the vendor's cloud; a local one needs none."""
    return {"Authorization": f"Bearer {key}"}


def encode(model: str, request: Request) -> tuple[str, dict[str, Any]]:
    """Path and body. Raises UsageError for a structured mode that the wire has no field for."""
    asked = request.generation
    options = {
        "num_predict": asked.max_tokens,
        "temperature": asked.temperature,
        "top_p": asked.top_p,
        "top_k": asked.top_k,
        "min_p": asked.min_p,
        "seed": asked.seed,
        "stop": list(asked.stop) or None,
        "thinking_token_budget": asked.thinking_tokens or None,
    }
    mode = offered("ollama_chat", request, "native", "json_mode")
    body: dict[str, Any] = {
        "model": model,
        "messages": [{"role": message.role, "content": message.content} for message in request.messages],
        "format": {"native": request.schema, "json_mode": "json"}.get(mode or ""),
        "think": _think(asked),
        "tools": [{"type": "function", "function": dict(tool)} for tool in request.tools] or None,
        "options": {name: value for name, value in options.items() if value is not None} or None,
        "stream": request.stream,  # it would stream if this were left out
    }
    return "/api/chat", {name: value for name, value in body.items() if value is not None}


def decode(body: Mapping[str, Any]) -> Completion:
    """The message of a reply that is done. Raises BadReply."""
    refuse_error(body)
    message = part(body, "message")
    need(message, "message")
    reason = text(body, "done_reason")
    if body.get("done") is not True or reason in ("load", "unload"):
        raise BadReply("the server stopped before the answer was complete")
    apart = text(message, "thinking")
    answer, inside = split(text(message, "content"), unopened=not apart)
    calls = [part(call, "function") for call in parts(message, "tool_calls")]
    stop = STOPS.get(reason, "other")
    return Completion(
        text=answer,
        reasoning=joined(apart, inside),
        stop_reason="tool_calls" if calls and stop == "stop" else stop,
        usage=Usage(input=count(body, "prompt_eval_count"), output=count(body, "eval_count")),
        served_model=text(body, "model") or None,
        tool_calls=tuple(tool_call(text(call, "name"), call.get("arguments")) for call in calls),
        extra=kept(body, *TOLD),
    )


def merge(events: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The reply that the lines of a stream add up to. Raises BadReply where none is the last one."""
    said: dict[str, Any] = {"role": "assistant", "content": ""}
    calls: list[Mapping[str, Any]] = []
    tokens: list[Mapping[str, Any]] = []
    for event in events:
        refuse_error(event)
        message = part(event, "message")
        for name in ("content", "thinking"):
            if text(message, name):
                said[name] = said.get(name, "") + text(message, name)
        calls += parts(message, "tool_calls")
        tokens += parts(event, "logprobs")
        if event.get("done") is True:
            told = ({"tool_calls": calls} if calls else {}) | said
            return {**event, "message": told} | ({"logprobs": tokens} if tokens else {})
    raise BadReply("the stream ended before the answer was complete")


def _think(asked: Generation) -> bool | str | None:
    """An effort, for models that have levels; False where no thinking is wanted."""
    if asked.reasoning_effort == "none" or (asked.reasoning_effort is None and asked.thinking_tokens == 0):
        return False
    return asked.reasoning_effort
