"""Responses (`POST {base_url}/responses`), as OpenAI defined them; llama.cpp, vLLM and LM Studio serve them too.

Canonical names: `input`, `max_output_tokens`, `temperature`, `top_p`, `top_k`, `min_p`, `seed`, `stop`,
`reasoning.effort`, `thinking_token_budget`, `text.format`, `tools`, `stream`. The vendor's own endpoint has no seed and
no stop, and keeps every reply for a month unless its card adds `"store": false`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evalkit.calls import Completion, Request, StopReason, Usage
from evalkit.errors import BadReply
from evalkit.wires._replies import count, joined, kept, need, offered, part, parts, refuse_error, text, tool_call
from evalkit.wires._thoughts import split

CUT: Mapping[str, StopReason] = {"max_output_tokens": "length", "content_filter": "content_filter"}
TOLD = ("service_tier", "timings", "warnings")


def auth(key: str) -> dict[str, str]:
    """A bearer token."""
    return {"Authorization": f"Bearer {key}"}


def encode(model: str, request: Request) -> tuple[str, dict[str, Any]]:
    """Path and body. Raises UsageError for a structured mode that the wire has no field for."""
    asked = request.generation
    mode = offered("openai_responses", request, "native", "json_mode")
    schema = {"type": "json_schema", "name": "answer", "schema": request.schema, "strict": True}
    body: dict[str, Any] = {
        "model": model,
        "input": [{"role": message.role, "content": message.content} for message in request.messages],
        "max_output_tokens": asked.max_tokens,
        "temperature": asked.temperature,
        "top_p": asked.top_p,
        "top_k": asked.top_k,
        "min_p": asked.min_p,
        "seed": asked.seed,
        "stop": list(asked.stop) or None,
        "reasoning": None if asked.reasoning_effort is None else {"effort": asked.reasoning_effort},
        "thinking_token_budget": asked.thinking_tokens,
        "text": {"format": schema if mode == "native" else {"type": "json_object"}} if mode else None,
        # Without `strict` this wire would enforce what the chat wire does not.
        "tools": [{"type": "function", "strict": False, **tool} for tool in request.tools] or None,
        "stream": request.stream or None,
    }
    return "/responses", {name: value for name, value in body.items() if value is not None}


def decode(body: Mapping[str, Any]) -> Completion:
    """The items of a reply. Raises BadReply, also for one that is still running or was cancelled."""
    refuse_error(body)
    need(isinstance(body.get("output"), list), "output")
    status = text(body, "status") or "completed"
    if status not in ("completed", "incomplete"):
        raise BadReply(f"the reply has the status {status!r}")
    items = parts(body, "output")
    said = [piece for item in items if item.get("type") == "message" for piece in parts(item, "content")]
    apart = joined(*(_thought(item) for item in items if item.get("type") == "reasoning"))
    answer, inside = split("".join(text(piece, "text") for piece in said), unopened=not apart)
    refusal = "".join(text(piece, "refusal") for piece in said) or None
    calls = [item for item in items if item.get("type") == "function_call"]
    logprobs = [token for piece in said for token in parts(piece, "logprobs")]
    stop: StopReason = "tool_calls" if calls else "stop"
    if status == "incomplete":
        stop = CUT.get(text(part(body, "incomplete_details"), "reason"), "other")
    usage = body.get("usage")
    return Completion(
        text=answer,
        reasoning=joined(apart, inside),
        stop_reason="refusal" if refusal else stop,
        usage=Usage(
            input=count(usage, "input_tokens"),
            output=count(usage, "output_tokens"),
            reasoning=count(usage, "output_tokens_details.reasoning_tokens"),
            cached=count(usage, "input_tokens_details.cached_tokens"),
        ),
        served_model=text(body, "model") or None,
        tool_calls=tuple(tool_call(text(call, "name"), call.get("arguments")) for call in calls),
        refusal=refusal,
        extra=kept(body, *TOLD) | ({"logprobs": {"content": logprobs}} if logprobs else {}),
    )


def merge(events: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The reply in the last event; its items from the events before where a server leaves them out there.

    Raises BadReply without such an event.
    """
    items: dict[int, Mapping[str, Any]] = {}
    for event in events:
        refuse_error(event)
        kind = text(event, "type")
        if kind == "response.output_item.done":
            index = count(event, "output_index")
            items[len(items) if index is None else index] = part(event, "item")
        elif kind in ("response.completed", "response.incomplete", "response.failed"):
            body = {**part(event, "response"), **kept(event, "timings")}
            refuse_error(body)
            body["output"] = body.get("output") or [items[index] for index in sorted(items)]
            return body
    raise BadReply("the stream ended before the answer was complete")


def _thought(item: Mapping[str, Any]) -> str:
    """The reasoning itself where the server shows it, else its summary."""
    return joined(*(text(piece, "text") for piece in parts(item, "content") or parts(item, "summary")))
