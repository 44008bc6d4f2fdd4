"""The wires against a real server: llama.cpp with real weights speaks three of them.

Needs the extra `local` and the weights of SmolLM2-135M-Instruct: the path in EVALKIT_GGUF, or in the user's cache.
"""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from evalkit import wires
from evalkit.calls import Completion, Request
from evalkit.records import Generation, Message
from evalkit.wires._errors import classify
from evalkit.wires._fields import adapt

pytestmark = pytest.mark.slow
CARDS = Path(__file__).resolve().parents[1] / "providers"
SPEAKING = ["llamacpp", "llamacpp-messages", "llamacpp-responses"]
SCHEMA = {
    "type": "object",
    "properties": {"name": {"type": "string"}, "age": {"type": "integer"}},
    "required": ["name", "age"],
    "additionalProperties": False,
}
ASKED = (Message("system", "You are brief."), Message("user", "What is the capital of France?"))


def weights() -> Path:
    named = os.environ.get("EVALKIT_GGUF")
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "evalkit"
    found = [Path(named)] if named else sorted(cache.rglob("*.gguf"))
    if not found:
        pytest.skip("no weights: set EVALKIT_GGUF, or run `evalkit local fetch` first")
    return found[0]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a server with one slot and a context of 2,048 tokens."""
    xllamacpp = pytest.importorskip("xllamacpp", reason="needs the extra `local`")
    params = xllamacpp.CommonParams()
    params.model.path = str(weights())
    params.port, params.n_parallel, params.n_ctx, params.cache_ram_mib = 0, 1, 2048, 0
    params.cpuparams.n_threads = 1
    running = xllamacpp.Server(params)
    yield running.listening_address
    del running


def ask(server: str, provider: str, request: Request) -> Completion | tuple[str, str]:
    """The completion, or the class and message of the error."""
    card = json.loads((CARDS / f"{provider}.json").read_text())
    wire = wires.load(card["wire"])
    path, body = wire.encode("default", request)
    sent, _ = adapt(body, card["fields"], card.get("params", {}))
    root = server + ("/v1" if card["base_url"].endswith("/v1") else "")
    call = urllib.request.Request(root + path, json.dumps(sent).encode(), {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(call, timeout=120) as reply:
            text = reply.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return classify(error.code, error.read().decode(), dict(error.headers))[:2]
    if not request.stream:
        return wire.decode(json.loads(text))
    lines = [line.removeprefix("data:").strip() for line in text.splitlines() if line.startswith("data:")]
    return wire.decode(wire.merge([json.loads(line) for line in lines if line != "[DONE]"]))


def answer(server: str, provider: str, request: Request) -> Completion:
    said = ask(server, provider, request)
    assert isinstance(said, Completion), said
    return said


@pytest.mark.parametrize("provider", SPEAKING)
def test_a_stream_says_what_a_reply_says(server: str, provider: str) -> None:
    asked = Generation(max_tokens=24, temperature=0.0, top_p=1.0, seed=7)
    whole = answer(server, provider, Request(ASKED, asked))
    streamed = answer(server, provider, Request(ASKED, asked, stream=True))
    assert whole.text and whole.text == streamed.text
    assert (whole.usage.input, whole.usage.output) == (streamed.usage.input, streamed.usage.output)
    assert whole.usage.input is not None and 20 < whole.usage.input < 30
    assert whole.served_model == streamed.served_model and str(whole.served_model).endswith(".gguf")


def test_the_three_wires_ask_the_same(server: str) -> None:
    asked = Generation(max_tokens=24, temperature=0.0)
    said = {provider: answer(server, provider, Request(ASKED, asked)) for provider in SPEAKING}
    assert len({completion.text for completion in said.values()}) == 1
    assert len({completion.usage.input for completion in said.values()}) == 1, "one of them lost the system prompt"


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("provider", SPEAKING)
def test_stop_strings_and_limits(server: str, provider: str, stream: bool) -> None:
    counting = (Message("user", "count: 1 2 3 4"),)
    stopped = answer(server, provider, Request(counting, Generation(24, 0.0, stop=("3",)), stream=stream))
    assert "3" not in stopped.text and stopped.stop_reason == "stop"
    cut = answer(server, provider, Request(counting, Generation(3, 0.0), stream=stream))
    assert cut.usage.output == 3
    # This server's /v1/responses calls a cut answer complete: the count of tokens is all there is.
    assert cut.stop_reason == ("stop" if provider == "llamacpp-responses" else "length")


@pytest.mark.parametrize(
    ("provider", "mode"), [("llamacpp", "native"), ("llamacpp", "grammar"), ("llamacpp-responses", "native")]
)
def test_a_schema_is_enforced(server: str, provider: str, mode: Any) -> None:
    request = Request((Message("user", "Say hello."),), Generation(80, 0.0, structured=mode), schema=SCHEMA)
    for stream in (False, True):
        said = json.loads(
            answer(server, provider, Request(request.messages, request.generation, SCHEMA, stream=stream)).text
        )
        assert set(said) == {"name", "age"} and isinstance(said["age"], int)


@pytest.mark.parametrize("provider", SPEAKING)
def test_a_prompt_over_the_context_is_an_error_of_its_class(server: str, provider: str) -> None:
    said = ask(server, provider, Request((Message("user", "hello " * 3000),), Generation(8)))
    assert isinstance(said, tuple) and said[0] == "context_length", said


def test_a_bad_schema_is_an_error_of_its_class(server: str) -> None:
    asked = Generation(8, structured="native")
    said = ask(server, "llamacpp", Request((Message("user", "x"),), asked, schema={"type": "strin"}))
    assert isinstance(said, tuple) and said[0] == "invalid_schema", said


@pytest.mark.parametrize("provider", ["llamacpp", "llamacpp-responses"])
def test_the_seed_decides(server: str, provider: str) -> None:
    story = (Message("user", "Tell me a strange story."),)
    texts = [answer(server, provider, Request(story, Generation(16, 1.3, seed=seed))).text for seed in (5, 5, 6)]
    assert texts[0] == texts[1] != texts[2]


def test_the_server_tells_its_timings(server: str) -> None:
    for stream in (False, True):
        said = answer(server, "llamacpp", Request(ASKED, Generation(4, 0.0), stream=stream))
        assert said.extra["timings"]["predicted_n"] == 4
        assert said.fingerprint
