"""Provider cards: what one endpoint is, as data; and what its quirks do to a request body."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from evalkit import json_files, wires
from evalkit.errors import InvalidFiles, Problem, UnknownName, UsageError
from evalkit.json_files import Document
from evalkit.names import did_you_mean
from evalkit.records import StructuredMode
from evalkit.wires._fields import Change, adapt

_SECRET = re.compile(r"^(sk-|key-|AIza|gsk_|xai-|Bearer )", re.IGNORECASE)
_NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Model:
    """One model at one endpoint: everything a call needs, and everything that tells it from another."""

    provider: str
    name: str
    wire: str
    base_url: str  # "" where evalkit launches the server and learns the port
    served_as: str
    api_key_env: str | None = None
    weights: Literal["open", "closed"] = "closed"
    concurrency: int = 8
    timeout_seconds: float = 600.0
    sdk: str | None = None
    fields: Mapping[str, str | None] = field(default_factory=lambda: _NOTHING)
    params: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    headers: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    structured: tuple[StructuredMode, ...] = ("native", "json_mode", "prompted")
    context: int | None = None
    max_output: int | None = None
    price: Mapping[str, Any] | None = None
    hosting: Mapping[str, Any] | None = None
    launch: Mapping[str, Any] | None = None
    profiles: Mapping[str, Mapping[str, Any]] = field(default_factory=lambda: _NOTHING)

    @property
    def id(self) -> str:
        """`provider/name`, as people type it."""
        return f"{self.provider}/{self.name}"

    def url(self) -> str:
        """`base_url` with its `{VARIABLES}` filled from the environment. Raises UsageError where one is not set."""

        def value(match: re.Match[str]) -> str:
            found = os.environ.get(match.group(1), "").strip()
            if not found:
                raise UsageError(f"{self.id}: {self.base_url} needs the environment variable {match.group(1)}")
            return found

        return re.sub(r"\{([A-Za-z_][A-Za-z0-9_]*)\}", value, self.base_url)

    def identity(self) -> dict[str, Any]:
        """What determines this model's answers; part of a run's digest. Prices and limits are not in it."""
        return {
            "model": self.id,
            "wire": self.wire,
            "base_url": self.base_url,
            "served_as": self.served_as,
            "fields": dict(self.fields),
            "params": dict(self.params),
            "headers": dict(self.headers),
            "launch": dict(self.launch) if self.launch else None,
        }

    def adapt(self, body: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[Change, ...]]:
        """The body as this endpoint takes it, and what its card renamed, dropped or added."""
        return adapt(body, self.fields, self.params)


@dataclass(frozen=True, slots=True)
class Card:
    """One provider card."""

    name: str
    file: str
    digest: str
    raw: Mapping[str, Any]

    @property
    def models(self) -> list[str]:
        """The models the card lists."""
        return list(self.raw["models"])

    def model(self, name: str) -> Model:
        """The model called `name`; a name that is not listed passes through, unless evalkit launches the server."""
        listed = self.raw["models"]
        if name not in listed and "launch" in self.raw:
            raise UnknownName(f"no model {name!r} in {self.file}{did_you_mean(name, listed)}")
        own: Mapping[str, Any] = listed.get(name, {})
        merged = {**self.raw, **own}
        return Model(
            provider=self.name,
            name=name,
            wire=merged["wire"],
            base_url=merged.get("base_url", "").rstrip("/"),
            served_as=own.get("served_as", name),
            api_key_env=merged.get("api_key_env"),
            weights=merged.get("weights", "closed"),
            concurrency=merged.get("concurrency", 8),
            timeout_seconds=merged.get("timeout_seconds", 600.0),
            sdk=merged.get("sdk"),
            fields={**self.raw.get("fields", {}), **own.get("fields", {})},
            params={**self.raw.get("params", {}), **own.get("params", {})},
            headers={**self.raw.get("headers", {}), **own.get("headers", {})},
            structured=tuple(merged.get("structured", ("native", "json_mode", "prompted"))),
            context=own.get("context"),
            max_output=own.get("max_output"),
            price=merged.get("price"),
            hosting=merged.get("hosting"),
            launch={**self.raw.get("launch", {}), **own.get("launch", {})} or None,
            profiles={**self.raw.get("profiles", {}), **own.get("profiles", {})},
        )


def load(path: Path, shown: str | None = None) -> Card:
    """The card in the JSON file `path`. Raises InvalidFiles with every problem found."""
    document = json_files.load(path, "card", shown)
    problems = list(_problems(document, path.stem))
    if problems:
        raise InvalidFiles(problems)
    return Card(document.value["name"], document.file, document.digest, document.value)


def split_id(model_id: str) -> tuple[str, str]:
    """`provider/name` as its two parts. Raises UsageError."""
    provider, slash, name = model_id.partition("/")
    if not slash or not provider or not name:
        raise UsageError(f"{model_id!r} is not a model; expected provider/name, such as vllm/llama-3.3-70b")
    return provider, name


def _problems(document: Document, stem: str) -> Iterator[Problem]:
    raw: Mapping[str, Any] = document.value
    if raw["name"] != stem:
        yield document.problem(("name",), f"the file is called {stem!r}; a card has the name of its file")
    places = [((), raw), *((("models", name), model) for name, model in raw["models"].items())]
    for pointer, place in places:
        if "wire" in place:
            try:
                wires.load(place["wire"])
            except UnknownName as error:
                yield document.problem((*pointer, "wire"), str(error))
        for kind in ("headers", "params"):
            for name, value in place.get(kind, {}).items():
                if isinstance(value, str) and _SECRET.match(value):
                    yield document.problem(
                        (*pointer, kind, name),
                        "looks like a secret; a card holds only the NAME of a variable: api_key_env",
                    )
    if "base_url" not in raw and "launch" not in raw:
        yield document.problem((), "missing key 'base_url'")
