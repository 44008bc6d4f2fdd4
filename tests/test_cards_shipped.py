"""The shipped cards: each says only what its wire can do, and every quirk names a field that the wire really sends."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest

from evalkit import wires
from evalkit.calls import Request
from evalkit.errors import UsageError
from evalkit.records import Generation, Message, StructuredMode
from evalkit.wires._fields import adapt

CARDS = {
    path.stem: json.loads(path.read_text())
    for path in sorted((Path(__file__).resolve().parents[1] / "providers").glob("*.json"))
    if path.stem != "local"
}
MODELS = [(name, model) for name, card in CARDS.items() for model in (card["models"] or {"any-model": {}})]
SCHEMA = {
    "type": "object",
    "properties": {"age": {"type": "integer"}},
    "required": ["age"],
    "additionalProperties": False,
}
EVERYTHING = Request(
    messages=(Message("system", "be brief"), Message("user", "hello")),
    generation=Generation(512, 0.0, 0.9, 40, 0.05, 7, ("END",), "low", 2048),
    schema=SCHEMA,
    tools=({"name": "now", "description": "the time", "parameters": SCHEMA},),
    stream=True,
)


def paths(value: Any, at: str = "") -> Iterator[str]:
    """Every dotted path inside a body."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield f"{at}{name}"
            yield from paths(inner, f"{at}{name}.")


def bodies(wire: str) -> Iterator[dict[str, Any]]:
    for mode in get_args(StructuredMode):
        for thinking in (2048, None):
            asked = EVERYTHING.generation._replace(structured=mode, thinking_tokens=thinking)
            try:
                yield wires.load(wire).encode("m", replace(EVERYTHING, generation=asked))[1]
            except UsageError:
                continue


def places(card: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield card
    yield from card["models"].values()


@pytest.mark.parametrize("name", CARDS)
def test_a_card_is_what_its_file_says(name: str) -> None:
    card = CARDS[name]
    assert card["$schema"] == "../evalkit/schemas/card.schema.json"
    assert card["name"] == name
    assert card["weights"] in ("open", "closed")
    assert card["docs"].startswith("https://")
    assert card["notes"]
    key, local = card["api_key_env"], "//localhost" in card["base_url"] or "//127.0.0.1" in card["base_url"]
    assert local or card["base_url"].startswith("https://")
    assert local or (key and key.isupper())


@pytest.mark.parametrize("name", CARDS)
def test_a_quirk_names_a_field_that_the_wire_sends(name: str) -> None:
    """A misspelt quirk does nothing, and nobody would see it."""
    card = CARDS[name]
    for place in places(card):
        known = {path for body in bodies(place.get("wire", card["wire"])) for path in paths(body)}
        assert set(place.get("fields", {})) <= known


@pytest.mark.parametrize(("name", "model"), MODELS)
def test_every_mode_a_model_lists_can_be_asked_for(name: str, model: str) -> None:
    card = CARDS[name]
    own = card["models"].get(model, {})
    wire = wires.load(own.get("wire", card["wire"]))
    modes = own.get("structured", card["structured"])
    assert modes[-1] == "prompted"
    for mode in modes:
        request = replace(EVERYTHING, generation=EVERYTHING.generation._replace(structured=mode))
        _, body = wire.encode(own.get("served_as", model), request)
        quirks = card.get("fields", {}) | own.get("fields", {})
        sent, changes = adapt(body, quirks, card.get("params", {}) | own.get("params", {}))
        structure = [change for change in changes if "answer" in str(change.value) or "integer" in str(change.value)]
        assert not [change for change in structure if change.action == "dropped"], f"{mode} is listed, but dropped"
        assert "512" in json.dumps(sent), "a limit of tokens is never dropped"


@pytest.mark.parametrize("name", CARDS)
def test_a_price_has_a_date_and_a_source(name: str) -> None:
    for place in places(CARDS[name]):
        price = place.get("price")
        if price is None:
            continue
        assert set(price) <= {"input", "output", "cached", "batch_input", "batch_output", "date", "source"}
        assert price["date"] >= "2026-01-01"
        assert price["source"]
        assert 0 <= price.get("cached", 0) <= price["input"] <= 100
        assert price.get("batch_input", 0) <= price["input"]


def test_models_that_refuse_sampling_say_so() -> None:
    """Where a field is dropped, the ledger can tell; a silent drop would compare unequal conditions."""
    for provider, model, sampled in (
        ("anthropic", "claude-sonnet-4-6", True),
        ("anthropic", "claude-sonnet-5-5", False),
        ("openai", "gpt-5.4", True),
        ("openai", "gpt-6-sol", False),
    ):
        card = CARDS[provider]
        own = card["models"][model]
        request = replace(EVERYTHING, schema=None)
        _, body = wires.load(card["wire"]).encode(model, request)
        sent, changes = adapt(body, card["fields"] | own.get("fields", {}), {})
        assert ("temperature" in sent) is sampled
        assert ("temperature" in {change.field for change in changes if change.action == "dropped"}) is not sampled
    assert CARDS["anthropic"]["models"]["claude-sonnet-4-6"]["headers"] == {"anthropic-version": "2023-06-01"}


def test_nothing_in_a_card_looks_like_a_key() -> None:
    for card in CARDS.values():
        for word in ("sk-", "gsk_", "AIza", "Bearer "):
            assert word not in json.dumps(card)


def test_every_system_of_the_mission_has_a_card() -> None:
    hosted = {
        "openai",
        "anthropic",
        "gemini",
        "mistral",
        "deepseek",
        "azure",
        "bedrock",
        "together",
        "fireworks",
        "groq",
    }
    own = {"vllm", "sglang", "llamacpp", "ollama", "tgi", "lmstudio", "transformers"}
    assert {*hosted, *own, "openrouter", "openai-compatible"} <= CARDS.keys()
    used = {place.get("wire") for card in CARDS.values() for place in places(card)}
    assert set(wires.names()) <= used


def test_advice_for_reasoning_models_is_a_profile() -> None:
    for name, card in CARDS.items():
        if any("deepseek-r1" in model or "r1-distill" in model for model in card["models"]):
            profile = card["profiles"]["deepseek-r1"]
            assert profile["generation"]["temperature"] == 0.6, name
            assert profile["system_prompt"] == "fold"
            assert profile["source"].startswith("https://")
