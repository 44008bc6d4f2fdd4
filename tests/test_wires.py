"""Every wire against every fixture: one file is one reply of the documented shape and what it must be read as.

A fixture holds `source`, a `body`, the `events` of the same reply as a stream, or both, and the `completion` (fields
not named have their default) or a part of the message of the `bad_reply`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit import wires
from evalkit.calls import Completion, Request, Usage
from evalkit.errors import BadReply, UsageError
from evalkit.records import Generation, Message
from evalkit.wires import Wire, anthropic_messages, gemini, ollama_chat, openai_chat, openai_responses

# mypy checks the modules against the protocol here
WIRES: list[Wire] = [anthropic_messages, gemini, ollama_chat, openai_chat, openai_responses]
FIXTURES = sorted((Path(__file__).parent / "fixtures" / "wires").glob("*/*.json"))
REQUESTS_TOLD = json.loads((Path(__file__).parent / "fixtures" / "wires" / "requests.json").read_text())
SCHEMA = {"type": "object", "properties": {"age": {"type": "integer"}}, "required": ["age"]}
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def load(path: Path) -> tuple[Wire, dict[str, Any]]:
    return wires.load(path.parent.name), json.loads(path.read_text())


def name(path: Path) -> str:
    return f"{path.parent.name}-{path.stem}"


def expected(told: dict[str, Any]) -> Completion:
    return Completion(
        **{**told, "usage": Usage(**told.get("usage", {})), "tool_calls": tuple(told.get("tool_calls", ()))}
    )


@pytest.mark.parametrize("row", REQUESTS_TOLD, ids=[f"{row['wire']}-{row['name']}" for row in REQUESTS_TOLD])
def test_a_request_is_encoded_as_the_fixture_says(row: dict[str, Any]) -> None:
    told = row["request"]
    generation = Generation(**{**told["generation"], "stop": tuple(told["generation"].get("stop", ()))})
    messages = tuple(Message(role, content) for role, content in told["messages"])
    request = Request(messages, generation, told.get("schema"), tuple(told.get("tools", ())), told.get("stream", False))
    assert wires.load(row["wire"]).encode(row["model"], request) == (row["path"], row["body"])


@pytest.mark.parametrize("path", FIXTURES, ids=name)
def test_a_reply_is_read_as_the_fixture_says(path: Path) -> None:
    wire, fixture = load(path)
    bodies = [fixture["body"]] if "body" in fixture else []
    if "bad_reply" in fixture:
        with pytest.raises(BadReply, match=fixture["bad_reply"]):
            wire.decode(bodies[0] if bodies else wire.merge(fixture["events"]))
        return
    if "events" in fixture:
        bodies.append(wire.merge(fixture["events"]))
    for body in bodies:
        assert wire.decode(body) == expected(fixture["completion"])


@pytest.mark.parametrize(
    "path", [path for path in FIXTURES if {"events", "completion"} <= load(path)[1].keys()], ids=name
)
def test_a_stream_cut_anywhere_is_never_half_an_answer(path: Path) -> None:
    """Every prefix of a stream is a bad reply, or (once its end was told) the whole text."""
    wire, fixture = load(path)
    for end in range(len(fixture["events"])):
        try:
            completion = wire.decode(wire.merge(fixture["events"][:end]))
        except BadReply:
            continue
        assert completion.text == fixture["completion"]["text"]


def test_every_wire_has_the_fixtures_that_matter() -> None:
    needed = {"success", "length", "tool_call", "think_tags", "thoughts_apart", "logprobs"}
    needed |= {"bad_error_body", "bad_stream_error", "bad_stream_cut", "bad_stream_empty"}
    without_logprobs = {"anthropic_messages"}
    for wire in wires.names():
        cases = {path.stem for path in FIXTURES if path.parent.name == wire}
        missing = needed - cases - ({"logprobs"} if wire in without_logprobs else set())
        assert not missing, f"{wire} has no fixture for {missing}"


def test_every_wire_is_typed() -> None:
    assert {module.__name__.rpartition(".")[2] for module in WIRES} == set(wires.names())  # type: ignore[attr-defined]


GENERATIONS = st.builds(
    Generation,
    max_tokens=st.integers(1, 9999),
    temperature=st.none() | st.floats(0, 2),
    top_p=st.none() | st.floats(0, 1),
    top_k=st.none() | st.integers(1, 100),
    min_p=st.none() | st.floats(0, 1),
    seed=st.none() | st.integers(0, 2**31),
    stop=st.lists(st.text(min_size=1, max_size=4), max_size=3).map(tuple),
    reasoning_effort=st.sampled_from([None, "none", "low", "high"]),
    thinking_tokens=st.sampled_from([None, 0, 1024]),
    structured=st.sampled_from([None, "native", "prompted"]),
)
REQUESTS = st.builds(
    Request,
    messages=st.lists(
        st.builds(Message, st.sampled_from(["system", "user", "assistant"]), st.text(max_size=20)),
        min_size=1,
        max_size=4,
    ).map(tuple),
    generation=GENERATIONS,
    schema=st.sampled_from([None, SCHEMA]),
    tools=st.sampled_from([(), ({"name": "now", "description": "the time", "parameters": SCHEMA},)]),
    stream=st.booleans(),
)


@pytest.mark.parametrize("wire", wires.names())
@settings(derandomize=True, max_examples=60, deadline=None)
@given(request=REQUESTS)
def test_what_is_asked_is_in_the_body(wire: str, request: Request) -> None:
    """The body is JSON, a path starts with a slash, and nothing that was asked for is left out unseen."""
    path, body = wires.load(wire).encode("some-model", request)
    assert path.startswith("/")
    sent = json.dumps(body, allow_nan=False)
    asked = request.generation
    for value in (asked.max_tokens, asked.temperature, asked.top_p, asked.top_k, asked.min_p, asked.seed):
        assert value is None or json.dumps(value) in sent
    for text in (*asked.stop, *(message.content for message in request.messages)):
        assert json.dumps(text)[1:-1] in sent
    assert ("integer" in sent) == bool(request.tools or (request.schema and asked.structured == "native"))
    assert asked.reasoning_effort in (None, "none") or f'"{asked.reasoning_effort}"' in sent
    assert not request.tools or '"now"' in sent


@pytest.mark.parametrize("wire", wires.names())
def test_an_empty_request_sends_no_field_of_its_own(wire: str) -> None:
    """A default invented here would be a condition that nobody asked for."""
    request = Request(messages=(Message("user", "hello"),), generation=Generation(max_tokens=7))
    _, body = wires.load(wire).encode("some-model", request)
    written = json.dumps(body)
    for word in ("temperature", "top", "seed", "format", "tools", "think", "effort"):
        assert word not in written.lower()


@pytest.mark.parametrize("wire", wires.names())
def test_the_key_is_only_in_the_headers(wire: str) -> None:
    headers = wires.load(wire).auth("sk-secret")
    assert any("sk-secret" in value for value in headers.values())


@pytest.mark.parametrize("wire", wires.names())
def test_a_structured_mode_without_a_field_is_refused_by_name(wire: str) -> None:
    refused = 0
    for mode in ("native", "json_mode", "grammar"):
        request = Request((Message("user", "x"),), Generation(max_tokens=9, structured=mode), schema=SCHEMA)
        try:
            wires.load(wire).encode("m", request)
        except UsageError as error:
            refused += 1
            assert wire in str(error) and mode in str(error) and "prompted" in str(error)
    assert refused == {"openai_chat": 0, "anthropic_messages": 2}.get(wire, 1)


def replaced(data: st.DataObject, value: Any) -> Any:
    """`value` with one node, drawn at random, replaced by arbitrary JSON."""
    if isinstance(value, dict) and value and data.draw(st.integers(0, 4)):
        key = data.draw(st.sampled_from(sorted(value)))
        return {**value, key: replaced(data, value[key])}
    if isinstance(value, list) and value and data.draw(st.integers(0, 4)):
        index = data.draw(st.integers(0, len(value) - 1))
        return [*value[:index], replaced(data, value[index]), *value[index + 1 :]]
    return data.draw(ANY_JSON)


@settings(derandomize=True, max_examples=400, deadline=None)
@given(path=st.sampled_from(FIXTURES), data=st.data())
def test_a_damaged_reply_is_a_bad_reply_or_a_completion(path: Path, data: st.DataObject) -> None:
    wire, fixture = load(path)
    stream = "events" in fixture and (("body" not in fixture) or data.draw(st.booleans()))
    damaged = replaced(data, fixture["events" if stream else "body"])
    if stream:
        damaged = [event for event in damaged if isinstance(event, dict)] if isinstance(damaged, list) else []
    elif not isinstance(damaged, dict):
        return
    try:
        completion = wire.decode(wire.merge(damaged) if stream else damaged)
    except BadReply:
        return
    assert isinstance(completion.text, str) and isinstance(completion.reasoning, str)
    json.dumps(completion.extra)
    assert completion.served_model is None or isinstance(completion.served_model, str)
