"""Chat completions (`POST {base_url}/chat/completions`), as OpenAI defined them and many servers serve them.

Canonical names: `max_tokens`, `temperature`, `top_p`, `top_k`, `min_p`, `seed`, `stop`, `reasoning_effort`,
`thinking_token_budget`, `response_format`, `structured_outputs`, `tools`, `stream`, `stream_options`. Everything asked
for is encoded; a card drops or renames what its endpoint has no such name for, so that nothing vanishes unseen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evalkit.calls import Completion, Request, StopReason, Usage
from evalkit.errors import BadReply
from evalkit.wires._replies import count, joined, kept, need, offered, part, parts, refuse_error, text, tool_call
from evalkit.wires._thoughts import split

STOPS: Mapping[str, StopReason] = {
    "stop": "stop", "eos": "stop", "eos_token": "stop", "stop_sequence": "stop",
    "length": "length", "max_tokens": "length", "model_length": "context",
    "content_filter": "content_filter", "tool_calls": "tool_calls", "function_call": "tool_calls",
}  # fmt: skip
BROKEN = ("abort", "error", "insufficient_system_resource")  # the server gave up: there is no answer to score
TOLD = ("timings", "service_tier", "provider", "warnings", "prompt_filter_results")


def auth(key: str) -> dict[str, str]:
    """A bearer token."""
    return {"Authorization": f"Bearer {key}"}


def encode(model: str, request: Request) -> tuple[str, dict[str, Any]]:
    """Path and body. Raises UsageError for a structured mode that the wire has no field for."""
    asked = request.generation
    body: dict[str, Any] = {
        "model": model,
        "messages": [{"role": message.role, "content": message.content} for message in request.messages],
    }
    settings = {
        "max_tokens": asked.max_tokens, "temperature": asked.temperature, "top_p": asked.top_p, "top_k": asked.top_k,
        "min_p": asked.min_p, "seed": asked.seed, "stop": list(asked.stop) or None,
        "reasoning_effort": asked.reasoning_effort, "thinking_token_budget": asked.thinking_tokens,
    }  # fmt: skip
    body |= {name: value for name, value in settings.items() if value is not None}
    mode = offered("openai_chat", request, "native", "json_mode", "grammar")
    if mode == "native":
        named = {"name": "answer", "schema": request.schema, "strict": True}
        body["response_format"] = {"type": "json_schema", "json_schema": named}
    elif mode == "json_mode":
        body["response_format"] = {"type": "json_object"}
    elif mode == "grammar":
        body["structured_outputs"] = {"json": request.schema}
    if request.tools:
        body["tools"] = [{"type": "function", "function": dict(tool)} for tool in request.tools]
    if request.stream:
        body |= {"stream": True, "stream_options": {"include_usage": True}}
    return "/chat/completions", body


def decode(body: Mapping[str, Any]) -> Completion:
    """The first choice of a reply. Raises BadReply."""
    refuse_error(body)
    choices = parts(body, "choices")
    need(choices, "choices")
    choice = choices[0]
    message = part(choice, "message")
    need(message, "choices/0/message")
    finish = text(choice, "finish_reason")
    if finish in BROKEN:
        raise BadReply(f"the server stopped with {finish!r} before the answer was complete")
    content, chunks = _content(message)
    apart = text(message, "reasoning") or text(message, "reasoning_content") or chunks
    answer, inside = split(content, unopened=not apart)
    refusal = text(message, "refusal") or None
    calls = [part(call, "function") for call in parts(message, "tool_calls")]
    return Completion(
        text=answer,
        reasoning=joined(apart, inside),
        stop_reason="refusal" if refusal else STOPS.get(finish, "other"),
        usage=_usage(body.get("usage")),
        served_model=text(body, "model") or None,
        fingerprint=text(body, "system_fingerprint") or None,
        tool_calls=tuple(tool_call(text(call, "name"), call.get("arguments")) for call in calls),
        refusal=refusal,
        extra=kept(body, *TOLD) | kept(choice, "logprobs", "content_filter_results", "matched_stop", "stop_reason"),
    )


def merge(events: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The body that the chunks of a stream add up to. Raises BadReply where no chunk says why it finished."""
    body: dict[str, Any] = {}
    message: dict[str, Any] = {"role": "assistant", "content": None}
    choice: dict[str, Any] = {"index": 0, "message": message}
    calls: dict[int, dict[str, Any]] = {}
    tokens: list[Mapping[str, Any]] = []
    for event in events:
        refuse_error(event)
        body |= {name: value for name, value in event.items() if name != "choices" and value is not None}
        for chunk in parts(event, "choices"):
            if chunk.get("index", 0) != 0:
                continue
            delta = part(chunk, "delta")
            for name, more in kept(delta, "content", "reasoning", "reasoning_content", "refusal").items():
                message[name] = _longer(message.get(name), more)
            for call in parts(delta, "tool_calls"):
                _fold_call(calls, call)
            tokens += parts(chunk.get("logprobs"), "content")
            told = kept(chunk, *(name for name in chunk if name not in ("index", "delta", "logprobs")))
            choice |= told
    if not choice.get("finish_reason"):
        raise BadReply("the stream ended before the answer was complete")
    if calls:
        message["tool_calls"] = [calls[index] for index in sorted(calls)]
    if tokens:
        choice["logprobs"] = {"content": tokens}
    return body | {"object": "chat.completion", "choices": [choice]}


def _content(message: Mapping[str, Any]) -> tuple[str, str]:
    """(text, thoughts) of a content that is a text, or a list of chunks where thoughts are chunks of their own."""
    chunks = parts(message, "content")
    answer = "".join(text(chunk, "text") for chunk in chunks if chunk.get("type") == "text")
    thoughts = "".join(
        text(chunk, "thinking") or "".join(text(piece, "text") for piece in parts(chunk, "thinking"))
        for chunk in chunks
        if chunk.get("type") == "thinking"
    )
    return text(message, "content") or answer, thoughts


def _longer(before: Any, more: Any) -> Any:
    """A text or list of chunks with `more` behind it; the two kinds may follow each other in one stream."""
    if isinstance(before, str) and isinstance(more, str):
        return before + more
    if not before:
        return more
    lists = [value if isinstance(value, list) else [{"type": "text", "text": str(value)}] for value in (before, more)]
    return lists[0] + lists[1]


def _fold_call(calls: dict[int, dict[str, Any]], delta: Mapping[str, Any]) -> None:
    """A tool call comes in pieces: the name first, then its arguments as pieces of JSON text."""
    index = count(delta, "index")
    call = calls.setdefault(len(calls) if index is None else index, {"type": "function", "function": {"arguments": ""}})
    call |= kept(delta, "id")
    function = part(delta, "function")
    call["function"] |= kept(function, "name")
    call["function"]["arguments"] += text(function, "arguments")


def _usage(told: Any) -> Usage:
    """Some servers leave the reasoning out of `completion_tokens`, but none leaves it out of `total_tokens`."""
    prompt, output, total = (count(told, f"{name}_tokens") for name in ("prompt", "completion", "total"))
    if prompt is not None and output is not None and total is not None:
        output = max(output, total - prompt)
    return Usage(
        input=prompt,
        output=output,
        reasoning=count(told, "completion_tokens_details.reasoning_tokens", "reasoning_tokens"),
        cached=count(told, "prompt_tokens_details.cached_tokens", "cached_tokens", "prompt_cache_hit_tokens"),
    )
