"""The part of JSON Schema that an endpoint takes, as data in its card, and a rewrite that stays inside it.

Some endpoints refuse a schema unless every object is closed and every property required, or know no `minimum`. The
rewrite asks for *more* than the schema, so that an answer which satisfies it satisfies the schema too. Keywords that
the endpoint does not know go into the description in words. Either way the answer is scored against the schema as the
pack wrote it; and a rewrite is a difference of conditions, as an optional property that became required is asked of
one arm only.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

# Not `not` and `if`: asking for more inside those would ask for less outside.
_ONE = ("items", "additionalProperties", "then", "else", "contains", "propertyNames")
_LISTS = ("anyOf", "oneOf", "allOf", "prefixItems")
_NAMED = ("properties", "$defs", "definitions", "patternProperties", "dependentSchemas")


def restrict(
    schema: Mapping[str, Any], *, closed: bool = False, required: bool = False, without: Sequence[str] = ()
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The schema inside an endpoint's subset, and every change as "JSON pointer: what".

    `closed`: every object forbids properties it does not name. `required`: every named property is required.
    `without`: keywords the endpoint does not know; each is put into the description of its place.
    """
    changes: list[str] = []
    return _restrict(schema, "", closed, required, tuple(without), changes), tuple(changes)


def _restrict(
    schema: Mapping[str, Any], at: str, closed: bool, required: bool, without: tuple[str, ...], changes: list[str]
) -> dict[str, Any]:
    def deeper(value: Any, where: str) -> Any:
        return _restrict(value, where, closed, required, without, changes) if isinstance(value, Mapping) else value

    lost = {name: value for name, value in schema.items() if name in without}
    kept: dict[str, Any] = {}
    for name, value in schema.items():
        if name in lost:
            continue
        where = f"{at}/{name}"
        if name in _ONE:
            kept[name] = deeper(value, where)
        elif name in _LISTS and isinstance(value, list):
            kept[name] = [deeper(inner, f"{where}/{index}") for index, inner in enumerate(value)]
        elif name in _NAMED and isinstance(value, Mapping):
            kept[name] = {key: deeper(inner, f"{where}/{_escaped(key)}") for key, inner in value.items()}
        else:
            kept[name] = value
    if lost:
        words = ", ".join(f"{name} {json.dumps(value, ensure_ascii=False)}" for name, value in lost.items())
        kept["description"] = " ".join(filter(None, [str(schema.get("description", "")), f"({words})"]))
        changes.append(f"{at or '/'}: {', '.join(lost)} put into the description")
    kinds = schema.get("type")
    if "properties" in schema or kinds == "object" or (isinstance(kinds, list) and "object" in kinds):
        properties = list(kept.get("properties", {}))
        missing = [name for name in properties if name not in kept.get("required", ())]
        if required and missing:
            kept["required"] = [*kept.get("required", ()), *missing]
            changes.append(f"{at or '/'}: {', '.join(missing)} required")
        if closed and kept.get("additionalProperties") is not False:
            kept["additionalProperties"] = False
            changes.append(f"{at or '/'}: closed")
    return kept


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")
