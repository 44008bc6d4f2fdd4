"""What a server does wrong becomes the right outcome; nothing of it is a wrong answer; retries are bounded."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

import pytest
from aiohttp import web
from support.answering_server import AnsweringServer, Behaviour, reply
from support.workspace import Workspace

from evalkit import transport
from evalkit.transport import Retries

Serve = Callable[[Behaviour], AnsweringServer]
GOOD = "The answer is 1."


@pytest.fixture(autouse=True)
def _short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "Retries", lambda: Retries(attempts=4, base_seconds=0.01))


def answering(body: Any = None, status: int = 200, raw: str | None = None, headers: Any = None) -> Behaviour:
    async def behave(_: dict[str, Any], __: int, ___: web.Request) -> web.StreamResponse:
        if raw is not None:
            return web.Response(text=raw, status=status, content_type="application/json", headers=headers)
        return web.json_response(body, status=status, headers=headers)

    return behave


def first(bad: Behaviour, times: int) -> Behaviour:
    """Bad `times` times, then good."""

    async def behave(body: dict[str, Any], number: int, request: web.Request) -> web.StreamResponse:
        return await (bad if number < times else answering(reply(GOOD)))(body, number, request)

    return behave


async def reset(_: dict[str, Any], __: int, request: web.Request) -> web.StreamResponse:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


async def silence(_: dict[str, Any], __: int, ___: web.Request) -> web.StreamResponse:
    await asyncio.sleep(30)
    return web.Response()


async def drip(_: dict[str, Any], __: int, request: web.Request) -> web.StreamResponse:
    """Blank lines for ever, as a busy server sends to keep a call alive."""
    response = web.StreamResponse()
    await response.prepare(request)
    for _i in range(1000):
        await response.write(b"\n")
        await asyncio.sleep(0.05)
    return response


async def cut(_: dict[str, Any], __: int, request: web.Request) -> web.StreamResponse:
    """Promises more than it sends."""
    response = web.StreamResponse(headers={"Content-Length": "1000", "Content-Type": "application/json"})
    await response.prepare(request)
    await response.write(b'{"choices": [')
    assert request.transport is not None
    request.transport.close()
    return response


ERROR = {"error": {"message": "no", "type": "server_error"}}
LIMIT = {"error": {"message": "slow down", "type": "rate_limit_error", "code": "rate_limit_exceeded"}}
CONTEXT = {"error": {"message": "maximum context length is 10", "code": "context_length_exceeded"}}

#: name -> (behaviour, outcome, kind of failure, requests made for one sample)
FINAL: dict[str, tuple[Behaviour, str, str | None, int]] = {
    "429 for ever": (answering(LIMIT, 429, headers={"Retry-After": "0"}), "provider_error", "rate_limit", 4),
    "500 for ever": (answering(ERROR, 500), "provider_error", "overloaded", 4),
    "529 for ever": (answering({"error": {"type": "overloaded_error"}}, 529), "provider_error", "overloaded", 4),
    "reset for ever": (reset, "provider_error", "connection", 4),
    "silence": (silence, "provider_error", "timeout", 4),
    "keep-alive for ever": (drip, "provider_error", "timeout", 4),
    "truncated JSON": (answering(raw='{"choices": [{'), "provider_error", "bad_response", 3),
    "connection cut in the body": (cut, "provider_error", "bad_response", 3),
    "not JSON at all": (answering(raw="<html>nope</html>"), "provider_error", "bad_response", 3),
    "JSON that is no object": (answering([1, 2]), "provider_error", "bad_response", 3),
    "200 without choices": (answering({"id": "x", "choices": []}), "provider_error", "bad_response", 3),
    "200 with an error body": (
        answering({"error": {"message": "upstream died", "code": 502}}), "provider_error", "overloaded", 4),
    "Retry-After of an hour": (
        answering(LIMIT, 429, headers={"Retry-After": "3600"}), "provider_error", "rate_limit", 1),
    "context length": (answering(CONTEXT, 400), "provider_error", "context_length", 1),
    "bad request": (answering({"error": {"message": "no field x"}}, 400), "provider_error", "bad_request", 1),
    "filtered prompt": (
        answering({"error": {"code": "content_filter", "message": "filtered"}}, 400), "filtered", "filtered", 1),
    "filtered answer": (answering(reply("", finish="content_filter")), "filtered", None, 1),
    "refusal": (answering(reply(None, refusal="I cannot help with that.")), "refused", None, 1),
    "length stop": (answering(reply("The answer is 1", finish="length")), "truncated", None, 1),
    "only reasoning": (answering(reply("", reasoning_content="1, I think")), "empty_with_reasoning", None, 1),
    "unclosed thought": (answering(reply("<think>so 1", finish="length")), "truncated", None, 1),
    "no number": (answering(reply("I do not know.")), "extraction_failed", None, 1),
}  # fmt: skip


@pytest.mark.parametrize("fault", FINAL)
def test_a_fault_has_its_outcome_and_is_never_a_wrong_answer(workspace: Workspace, serve: Serve, fault: str) -> None:
    behave, outcome, kind, requests = FINAL[fault]
    server = serve(behave)
    workspace.pack(samples=1)
    workspace.card(server.url, timeout_seconds=0.3)
    code, _, err = workspace.evalkit("run", "sums", "--model", "fake/m")
    assert code == 0, err
    (result,) = workspace.lines("results.jsonl")
    (call,) = workspace.lines("calls.jsonl")
    assert result["outcome"] == outcome
    assert (result.get("score") or {}).get("value") is None
    assert len(server.bodies) == requests
    assert len(call.get("retries", ())) == requests - 1
    if kind is not None:
        assert call["failure"]["kind"] == kind


@pytest.mark.parametrize(
    "bad",
    [
        answering(LIMIT, 429, headers={"Retry-After": "0"}),
        answering(ERROR, 500),
        answering(ERROR, 503),
        answering({"error": {"type": "overloaded_error"}}, 529),
        reset,
        silence,
        cut,
        answering(raw='{"choices": [{'),
    ],
)
def test_a_passing_fault_is_retried_and_costs_no_sample(workspace: Workspace, serve: Serve, bad: Behaviour) -> None:
    server = serve(first(bad, 2))
    workspace.pack(samples=1)
    workspace.card(server.url, timeout_seconds=0.3)
    workspace.evalkit("run", "sums", "--model", "fake/m")
    (result,) = workspace.lines("results.jsonl")
    assert (result["outcome"], result["score"]["value"]) == ("ok", 1.0)
    assert len(server.bodies) == 3
    assert len(workspace.lines("calls.jsonl")[0]["retries"]) == 2


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (401, {"error": {"message": "Incorrect API key provided: topsecret", "code": "invalid_api_key"}}, "auth"),
        (404, {"error": {"message": "no such model"}}, "not_found"),
        (429, {"error": {"message": "You exceeded your quota", "code": "insufficient_quota"}}, "quota"),
        (402, {"error": {"message": "Insufficient Balance"}}, "quota"),
    ],
)
def test_what_no_call_can_pass_stops_the_provider_at_once(
    workspace: Workspace, serve: Serve, status: int, body: Any, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAKE_KEY", "topsecret")
    server = serve(answering(body, status))
    workspace.pack(samples=50)
    workspace.card(server.url, concurrency=2, api_key_env="FAKE_KEY")
    code, out, err = workspace.evalkit("run", "sums", "--model", "fake/m")
    assert code == 4
    assert kind in err
    assert "the same command resumes" in err
    assert "topsecret" not in out + err
    assert len(server.bodies) <= 2
    assert workspace.lines("results.jsonl") == []


def test_retry_after_is_honoured(workspace: Workspace, serve: Serve) -> None:
    server = serve(first(answering(LIMIT, 429, headers={"Retry-After": "1"}), 1))
    workspace.pack(samples=1)
    workspace.card(server.url)
    started = time.monotonic()
    workspace.evalkit("run", "sums", "--model", "fake/m")
    assert time.monotonic() - started >= 1.0
    assert workspace.lines("results.jsonl")[0]["outcome"] == "ok"


def test_a_storm_of_faults_loses_no_sample(workspace: Workspace, serve: Serve) -> None:
    storm: list[Behaviour] = [answering(ERROR, 500), answering(LIMIT, 429, headers={"Retry-After": "0"}), reset, cut]

    async def behave(body: dict[str, Any], number: int, request: web.Request) -> web.StreamResponse:
        chosen = storm[number // 3 % 4] if number % 3 == 0 else answering(reply(GOOD))
        return await chosen(body, number, request)

    server = serve(behave)
    workspace.pack(samples=100)
    workspace.card(server.url, concurrency=16)
    assert workspace.evalkit("run", "sums", "--model", "fake/m")[0] == 0
    results = workspace.lines("results.jsonl")
    assert sorted(result["index"] for result in results) == list(range(100))
    assert {result["outcome"] for result in results} <= {"ok", "provider_error"}
    assert len(server.bodies) <= 400


def test_an_endpoint_that_is_not_there_is_said_at_once(workspace: Workspace) -> None:
    workspace.pack()
    workspace.card("http://127.0.0.1:9/v1")
    code, _, err = workspace.evalkit("run", "sums", "--model", "fake/m")
    assert code == 4
    assert "cannot reach http://127.0.0.1:9/v1: Connection refused" in err


def test_a_missing_key_is_said_before_anything_is_asked(workspace: Workspace, serve: Serve) -> None:
    server = serve(answering(reply(GOOD)))
    workspace.pack()
    workspace.card(server.url, api_key_env="NOT_SET_ANYWHERE")
    code, _, err = workspace.evalkit("run", "sums", "--model", "fake/m")
    assert code == 2
    assert "set the environment variable NOT_SET_ANYWHERE" in err
    assert server.bodies == []
