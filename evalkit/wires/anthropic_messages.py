"""Messages (`POST {base_url}/v1/messages`), as Anthropic defined them; several self-hosted servers serve them too.

Canonical names: `max_tokens` (needed), `system`, `temperature`, `top_p`, `top_k`, `min_p`, `seed`, `stop_sequences`,
`thinking`, `output_config.effort`, `output_config.format`, `tools`, `stream`. The header `anthropic-version` decides
which of them the vendor's own endpoint takes (2026-10-21 took the sampling ones away), so it stands in the card.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evalkit.calls import Completion, Request, StopReason, Usage
from evalkit.errors import BadReply, UsageError
from evalkit.records import Generation
from evalkit.wires._replies import count, joined, kept, need, offered, part, parts, refuse_error, text, tool_call
from evalkit.wires._thoughts import split

STOPS: Mapping[str, StopReason] = {
    "end_turn": "stop", "stop_sequence": "stop", "max_tokens": "length", "tool_use": "tool_calls",
    "refusal": "refusal", "model_context_window_exceeded": "context",
}  # fmt: skip


def auth(key: str) -> dict[str, str]:
    """A bearer token, as the vendor's SDK sends since its version 2 (before: `x-api-key`)."""
    return {"Authorization": f"Bearer {key}"}


def encode(model: str, request: Request) -> tuple[str, dict[str, Any]]:
    """Path and body. Raises UsageError where `max_tokens` is missing or a structured mode has no field."""
    asked = request.generation
    if asked.max_tokens is None:
        raise UsageError("wire 'anthropic_messages' cannot ask without max_tokens; set it in the pack's generation")
    output = {
        "effort": None if asked.reasoning_effort == "none" else asked.reasoning_effort,
        "format": {"type": "json_schema", "schema": request.schema}
        if offered("anthropic_messages", request, "native")
        else None,
    }
    body: dict[str, Any] = {
        "model": model,
        "max_tokens": asked.max_tokens,
        "system": "\n\n".join(m.content for m in request.messages if m.role == "system") or None,
        "messages": [{"role": m.role, "content": m.content} for m in request.messages if m.role != "system"],
        "temperature": asked.temperature,
        "top_p": asked.top_p,
        "top_k": asked.top_k,
        "min_p": asked.min_p,
        "seed": asked.seed,
        "stop_sequences": list(asked.stop) or None,
        "thinking": _thinking(asked),
        "output_config": {name: value for name, value in output.items() if value is not None} or None,
        "tools": [_tool(tool) for tool in request.tools] or None,
        "stream": request.stream or None,
    }
    return "/v1/messages", {name: value for name, value in body.items() if value is not None}


def decode(body: Mapping[str, Any]) -> Completion:
    """A message. Raises BadReply."""
    refuse_error(body)
    need(isinstance(body.get("content"), list), "content")
    blocks = parts(body, "content")
    apart = joined(*(text(block, "thinking") for block in blocks if block.get("type") == "thinking"))
    said = "".join(text(block, "text") for block in blocks if block.get("type") == "text")
    answer, inside = split(said, unopened=not apart)
    hidden = sum(block.get("type") == "redacted_thinking" for block in blocks)
    stop, details = text(body, "stop_reason"), part(body, "stop_details")
    refusal = text(details, "explanation") or text(details, "category") or "refusal"
    calls = [block for block in blocks if block.get("type") == "tool_use"]
    extra = kept(body, "stop_details", "stop_sequence", "timings", "warnings")
    return Completion(
        text=answer,
        reasoning=joined(apart, inside),
        stop_reason=STOPS.get(stop, "other"),
        usage=_usage(body.get("usage")),
        served_model=text(body, "model") or None,
        tool_calls=tuple(tool_call(text(call, "name"), call.get("input")) for call in calls),
        refusal=refusal if stop == "refusal" else None,
        extra=extra | ({"redacted_thinking": hidden} if hidden else {}),
    )


def merge(events: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The message that the events of a stream add up to. Raises BadReply without `message_stop`."""
    body: dict[str, Any] = {}
    blocks: dict[int, dict[str, Any]] = {}
    for event in events:
        refuse_error(event)
        kind, index = event.get("type"), count(event, "index") or 0
        if kind == "message_start":
            body |= part(event, "message")
        elif kind == "content_block_start":
            blocks[index] = dict(part(event, "content_block"))
        elif kind == "content_block_delta":
            _fold(blocks.setdefault(index, {}), part(event, "delta"))
        elif kind == "message_delta":
            usage = part(event, "usage")
            body |= kept(part(event, "delta"), *part(event, "delta"))
            body["usage"] = {**part(body, "usage"), **kept(usage, *usage)}
        elif kind == "message_stop":
            return body | kept(event, "timings") | {"content": [blocks[key] for key in sorted(blocks)]}
    raise BadReply("the stream ended before the answer was complete")


def _thinking(asked: Generation) -> dict[str, Any] | None:
    """How long to think, in tokens; an effort alone goes to `output_config`, and the model decides."""
    if asked.thinking_tokens:
        return {"type": "enabled", "budget_tokens": asked.thinking_tokens}
    if asked.thinking_tokens == 0 or asked.reasoning_effort == "none":
        return {"type": "disabled"}
    return None


def _tool(tool: Mapping[str, Any]) -> dict[str, Any]:
    return {"input_schema" if name == "parameters" else name: value for name, value in tool.items()}


def _fold(block: dict[str, Any], delta: Mapping[str, Any]) -> None:
    """One delta into the block it belongs to; the input of a tool call comes as pieces of JSON text."""
    for name in ("text", "thinking", "signature"):
        if name in delta:
            block[name] = text(block, name) + text(delta, name)
    if "partial_json" in delta:
        block["input"] = text(block, "input") + text(delta, "partial_json")


def _usage(told: Any) -> Usage:
    """`input_tokens` leaves out what was read from or written to the cache."""
    fresh, cached = count(told, "input_tokens"), count(told, "cache_read_input_tokens")
    written = count(told, "cache_creation_input_tokens")
    return Usage(
        input=None if fresh is None else fresh + (cached or 0) + (written or 0),
        output=count(told, "output_tokens"),
        reasoning=count(told, "output_tokens_details.thinking_tokens"),
        cached=cached,
    )
