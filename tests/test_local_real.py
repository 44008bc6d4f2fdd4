"""The real server with the real weights: what the shipped card promises. Needs the extra `local`."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from evalkit import cards
from evalkit.errors import InstrumentError
from evalkit.local import LocalServer
from evalkit.local.weights import find

pytestmark = pytest.mark.slow
CARD = Path(__file__).resolve().parents[1] / "providers" / "local.json"
SCHEMA = {
    "type": "object",
    "properties": {"name": {"type": "string"}, "age": {"type": "integer"}},
    "required": ["name", "age"],
    "additionalProperties": False,
}
#: a shared beginning and many in flight: where slots and prompt caches change texts
QUESTIONS = [f"Tell me in one or two sentences what you know about {topic}." for topic in (
    "bread", "rain", "the sea", "trains", "winter", "music", "bees", "paper", "glass", "rivers", "salt", "maps",
)]  # fmt: skip


def launch_of(name: str) -> dict[str, Any]:
    pytest.importorskip("xllamacpp", reason="needs the extra `local`")
    model = cards.load(CARD).model(name)
    assert model.launch is not None
    if find(model.launch["weights"]) is None:
        pytest.skip("no weights: run `evalkit local fetch` first")
    return dict(model.launch)


@pytest.fixture(scope="module")
def server() -> Iterator[LocalServer]:
    with LocalServer.start(launch_of("smollm2-135m")) as running:
        yield running


def body(question: str, **more: Any) -> dict[str, Any]:
    return {"messages": [{"role": "user", "content": question}], "temperature": 0, "max_tokens": 32, **more}


async def ask_all(server: LocalServer, bodies: list[dict[str, Any]], at_once: int) -> list[dict[str, Any]]:
    limit = asyncio.Semaphore(at_once)
    async with httpx.AsyncClient(base_url=server.base_url, timeout=300, trust_env=False) as client:

        async def ask(one: dict[str, Any]) -> dict[str, Any]:
            async with limit:
                reply = await client.post("/chat/completions", json=one)
            reply.raise_for_status()
            answer: dict[str, Any] = reply.json()
            return answer

        return await asyncio.gather(*map(ask, bodies))


def texts(replies: list[dict[str, Any]]) -> list[str]:
    return [reply["choices"][0]["message"]["content"] for reply in replies]


def test_it_describes_the_weights_it_serves(server: LocalServer) -> None:
    said = server.describe()
    assert said["weights"]["quantisation"] == "Q4_1"
    assert said["weights"]["sha256"] == json.loads(CARD.read_text())["launch"]["weights"]["sha256"]
    assert (said["slots"], said["context"]) == (4, 2048)
    assert said["chat_template_sha256"] == "872be49dbb638044ad01b60388f48d469ff2980e5f0dccdc22ec907db54d0788"


def test_four_at_once_are_answered_under_the_schema(server: LocalServer) -> None:
    asked = {"type": "json_schema", "json_schema": {"name": "answer", "schema": SCHEMA, "strict": True}}
    people = {"Maria": 34, "John": 27, "Peter": 51, "Laura": 19}
    bodies = [
        body(f"Reply with one JSON object with the keys name, age.\n{name} is {age} years old.", response_format=asked)
        for name, age in people.items()
    ]
    replies = asyncio.run(ask_all(server, bodies, 4))
    assert {reply["model"] for reply in replies} == {"SmolLM2-135M-Instruct.Q4_1"}
    found = [json.loads(text) for text in texts(replies)]
    assert all(set(one) == {"name", "age"} and isinstance(one["age"], int) for one in found)
    assert sum({"name": name, "age": age} in found for name, age in people.items()) >= 3


def test_an_unnamed_sampling_is_the_plain_distribution(server: LocalServer) -> None:
    props = httpx.get(server.base_url.replace("/v1", "/props"), trust_env=False).json()
    defaults = props["default_generation_settings"]["params"]
    assert (defaults["temperature"], defaults["top_k"], defaults["top_p"], defaults["min_p"]) == (1.0, 0, 1.0, 0.0)


def test_no_web_page_may_call_it(server: LocalServer) -> None:
    headers = {"Origin": "http://evil.example", "Access-Control-Request-Method": "POST"}
    reply = httpx.options(f"{server.base_url}/chat/completions", headers=headers, trust_env=False)
    assert reply.headers.get("access-control-allow-origin", "") not in ("*", "http://evil.example")


def test_the_repeatable_model_repeats_itself() -> None:
    """Alone or with eight in flight, in this order or the other: the same text and the same probabilities."""
    bodies = [body(question, logprobs=True, max_tokens=24) for question in QUESTIONS]
    with LocalServer.start(launch_of("smollm2-135m-repeatable")) as server:
        alone = asyncio.run(ask_all(server, bodies, 1))
        crowded = asyncio.run(ask_all(server, bodies[::-1], 8))[::-1]
    assert texts(alone) == texts(crowded)
    assert [r["choices"][0]["logprobs"] for r in alone] == [r["choices"][0]["logprobs"] for r in crowded]


def test_damaged_weights_are_named(tmp_path: Path) -> None:
    launch = launch_of("smollm2-135m")
    whole = find(launch["weights"])
    assert whole is not None
    damaged = tmp_path / "damaged.gguf"
    with whole.path.open("rb") as file:
        damaged.write_bytes(file.read(20_000_000))
    with pytest.raises(InstrumentError, match=r"damaged\.gguf.*corrupted or incomplete"):
        LocalServer.start(launch | {"weights": {"path": str(damaged)}})


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_kill_9_in_the_middle_of_an_answer_leaves_no_orphan() -> None:
    code = """
import json, sys, threading, time, httpx
from evalkit.local import LocalServer
server = LocalServer.start(json.loads(sys.argv[1]))
ask = {"messages": [{"role": "user", "content": "Tell a very long story."}], "max_tokens": 1500}
threading.Thread(target=lambda: httpx.post(server.base_url + "/chat/completions", json=ask, timeout=300)).start()
time.sleep(1)
print(server.pid, flush=True)
"""
    command = [sys.executable, "-c", code, json.dumps(launch_of("smollm2-135m"))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        status = Path(f"/proc/{pid}/status")
        assert "serve.py" in Path(f"/proc/{pid}/cmdline").read_text() and "State:\tZ" not in status.read_text()
        parent.kill()
        parent.wait()
        for _ in range(100):
            if not status.exists() or "State:\tZ" in status.read_text():
                return
            time.sleep(0.05)
    raise AssertionError(f"process {pid} is still there")
