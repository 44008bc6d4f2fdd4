"""What one endpoint's quirks, given as data, do to the body that a wire has encoded.

Names are dotted paths, so that a field inside an object is reached too: `output_config.effort`, `options.num_ctx`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

_ABSENT: Any = object()


class Change(NamedTuple):
    """One entry of the effective-request ledger: what became of a field that was asked for, or that nobody asked for.

    `value` is what was dropped, renamed or added; `to` the new name of a renamed field.
    """

    action: Literal["dropped", "renamed", "added"]
    field: str
    value: Any
    to: str | None = None


def adapt(
    body: Mapping[str, Any], fields: Mapping[str, str | None], params: Mapping[str, Any]
) -> tuple[dict[str, Any], tuple[Change, ...]]:
    """The body as this endpoint takes it, and every change that was made.

    `fields` moves each named field to the path given, or drops it (None); an object that this leaves empty goes too.
    `params` adds what is not there yet: a value that was asked for wins over the card's.
    """
    sent: dict[str, Any] = _copy(body)
    changes: list[Change] = []
    moved: list[tuple[str, Any]] = []
    for name, target in fields.items():
        if target == name:
            continue
        value = _take(sent, name.split("."))
        if value is _ABSENT:
            continue
        if target is None:
            changes.append(Change("dropped", name, value))
        else:
            changes.append(Change("renamed", name, value, target))
            moved.append((target, value))
    for target, value in moved:
        _put(sent, target.split("."), value)
    for name, value in params.items():
        changes += [Change("added", *added) for added in _add(sent, name, value)]
    return sent, tuple(changes)


def _copy(value: Any) -> Any:
    return {name: _copy(inner) for name, inner in value.items()} if isinstance(value, Mapping) else value


def _take(body: dict[str, Any], path: list[str]) -> Any:
    name, *rest = path
    if not rest:
        return body.pop(name, _ABSENT)
    inner = body.get(name)
    if not isinstance(inner, dict):
        return _ABSENT
    value = _take(inner, rest)
    if not inner:
        del body[name]
    return value


def _put(body: dict[str, Any], path: list[str], value: Any) -> None:
    name, *rest = path
    if not rest:
        body[name] = value
        return
    inner = body.get(name)
    if not isinstance(inner, dict):
        inner = body[name] = {}
    _put(inner, rest, value)


def _add(body: dict[str, Any], path: str, value: Any) -> list[tuple[str, Any]]:
    """Add `value` where nothing is; objects are filled up. Returns the (path, value) pairs that were added."""
    *folders, name = path.split(".")
    for folder in folders:
        inner = body.setdefault(folder, {})
        if not isinstance(inner, dict):
            return []
        body = inner
    if name not in body:
        body[name] = _copy(value)
        return [(path, value)]
    if isinstance(body[name], dict) and isinstance(value, Mapping):
        return [
            (f"{path}.{deeper}", more)
            for inner, wanted in value.items()
            for deeper, more in _add(body[name], inner, wanted)
        ]
    return []
