"""What every wire reads in the same way from a reply, whatever a server put there instead."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from evalkit.calls import Request
from evalkit.errors import BadReply, UsageError

_NOTHING: Mapping[str, Any] = {}


def refuse_error(body: Mapping[str, Any]) -> None:
    """Raise BadReply for a body that says `error`, whatever HTTP status it came with."""
    error = body.get("error")
    if not error and body.get("type") != "error":
        return
    message = error.get("message", error) if isinstance(error, Mapping) else error or body.get("message")
    raise BadReply(f"the reply is an error: {str(message)[:500]}")


def need(found: Any, what: str) -> None:
    """Raise BadReply where something documented is not `found`."""
    if not found:
        raise BadReply(f"the reply has no {what}")


def part(parent: Any, name: str) -> Mapping[str, Any]:
    """The object called `name`; an empty one where there is none."""
    value = parent.get(name) if isinstance(parent, Mapping) else None
    return value if isinstance(value, Mapping) else _NOTHING


def parts(parent: Any, name: str) -> list[Mapping[str, Any]]:
    """The objects in the array called `name`; none where there is no such array."""
    value = parent.get(name) if isinstance(parent, Mapping) else None
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def text(parent: Any, name: str) -> str:
    """The text called `name`; "" where there is none."""
    value = parent.get(name) if isinstance(parent, Mapping) else None
    return value if isinstance(value, str) else ""


def count(told: Any, *paths: str) -> int | None:
    """The first of the dotted `paths` that the server gave a number for; None = the server did not say."""
    for path in paths:
        *folders, name = path.split(".")
        where = told
        for folder in folders:
            where = part(where, folder)
        value = where.get(name) if isinstance(where, Mapping) else None
        if isinstance(value, int | float) and not isinstance(value, bool) and value >= 0:
            return int(value)
    return None


def kept(body: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """Those of `names` that the body has a value for."""
    return {name: body[name] for name in names if body.get(name) is not None}


def joined(*thoughts: str) -> str:
    """Thoughts from several places as one text."""
    return "\n\n".join(thought for thought in thoughts if thought)


def tool_call(name: str, arguments: Any) -> dict[str, Any]:
    """A call as {"name", "arguments"}. Arguments that are not a JSON object: None, and what came in `unparsed`."""
    parsed = {} if arguments in (None, "") else arguments
    if isinstance(parsed, str):
        try:
            parsed = json.loads(parsed)
        except (ValueError, RecursionError):
            parsed = None
    if isinstance(parsed, Mapping):
        return {"name": name, "arguments": dict(parsed)}
    return {"name": name, "arguments": None, "unparsed": arguments}


def offered(wire: str, request: Request, *modes: str) -> str | None:
    """The structured mode to encode; None where there is nothing to send. Raises UsageError.

    `modes` are the ones the wire has a field for; `prompted` is always possible, as it is only words.
    """
    mode = request.generation.structured
    if request.schema is None or mode in (None, "prompted"):
        return None
    if mode not in modes:
        known = ", ".join([*modes, "prompted"])
        raise UsageError(f"wire {wire!r} has no structured mode {mode!r}; it offers {known}")
    return mode
