"""Wires: one protocol each, as pure functions; the file name is the registration.

A wire is a module with
    auth(key) -> headers                     the key is in nothing that is recorded
    encode(model, request) -> (path, body)   `model` is the name the endpoint serves; canonical field names
    decode(body) -> Completion               raises BadReply; normalises the stop reason and separates the reasoning
    merge(events) -> body                    the body a stream of decoded events adds up to
What one vendor does differently is data in its card. Other packages register through `evalkit.wires`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

from evalkit.errors import UnknownName
from evalkit.names import did_you_mean

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

    from evalkit.calls import Completion, Request

GROUP = "evalkit.wires"


class Wire(Protocol):
    """The shape of a wire module."""

    def auth(self, key: str) -> dict[str, str]: ...
    def encode(self, model: str, request: Request) -> tuple[str, dict[str, Any]]: ...
    def decode(self, body: Mapping[str, Any]) -> Completion: ...
    def merge(self, events: Sequence[Mapping[str, Any]]) -> dict[str, Any]: ...


def _registered() -> Iterable[EntryPoint]:
    """The entry points of other packages; looked up only when a name is not built in."""
    from importlib.metadata import entry_points

    return entry_points(group=GROUP)


def names() -> list[str]:
    """Built-in wires first, then those of other packages."""
    built_in = sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py"))
    return built_in + sorted(point.name for point in _registered())


def load(name: str) -> Wire:
    """The wire called `name`. Raises UnknownName."""
    if name.isidentifier() and (Path(__file__).parent / f"{name}.py").is_file():
        return cast(Wire, import_module(f"{__name__}.{name}"))
    for point in _registered():
        if point.name == name:
            return cast(Wire, point.load())
    raise UnknownName(f"no wire {name!r}{did_you_mean(name, names())}")
