"""Reading JSON strictly: positions, duplicates, and agreement with jsonschema."""

from __future__ import annotations

import copy
import json
import random
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit import json_files
from evalkit.errors import InvalidFiles

ROOT = Path(__file__).resolve().parents[1]
KINDS = {"pack": "tasks", "card": "providers", "claim": "reports"}


def documents(kind: str) -> list[Any]:
    starters = sorted((ROOT / "evalkit/starter" / KINDS[kind]).glob("*.json"))
    return [json.loads(path.read_text(encoding="utf-8")) for path in starters]


def places(value: Any) -> list[tuple[Any, Any]]:
    """(container, key) of everything in a document."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = []
    for key, inner in items:
        found.append((value, key))
        found += places(inner)
    return found


def damage(document: Any, draw: random.Random) -> Any:
    """The document with one to three random mistakes."""
    damaged = copy.deepcopy(document)
    for _ in range(draw.randint(1, 3)):
        container, key = draw.choice(places(damaged) or [({"": 0}, "")])
        kind = draw.randrange(5)
        if kind == 0 and isinstance(container, dict):
            container[f"{key}x"] = container.pop(key)
        elif kind == 1:
            del container[key]
        else:
            values = (None, True, 0, -1, 1.5, 3.0, "", "text", [], {}, [1, 1], {"a": 1}, 10**6, "a/b", "Native")
            container[key] = draw.choice(values)
    return damaged


@pytest.mark.parametrize("kind", KINDS)
def test_the_checker_agrees_with_jsonschema_on_damaged_documents(kind: str) -> None:
    schema = json_files.shipped_schema(kind)
    jsonschema.Draft202012Validator.check_schema(schema)
    reference = jsonschema.Draft202012Validator(schema)
    draw = random.Random(20261123)
    verdicts = set()
    for number in range(1500):
        document = damage(draw.choice(documents(kind)), draw)
        ours = not list(json_files.check(document, schema))
        assert ours == reference.is_valid(document), (number, document)
        verdicts.add(ours)
    assert verdicts == {True, False}


@pytest.mark.parametrize("kind", KINDS)
def test_the_schemas_use_only_keywords_that_the_checker_knows(kind: str) -> None:
    known = {
        "$schema", "$id", "$ref", "$defs", "title", "description", "type", "enum", "properties", "required",
        "additionalProperties", "propertyNames", "minProperties", "items", "minItems", "uniqueItems", "minLength",
        "pattern", "minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum", "anyOf",
    }  # fmt: skip

    def keywords(schema: Any) -> set[str]:
        found = set(schema)
        for name in ("properties", "$defs"):
            for inner in schema.get(name, {}).values():
                found |= keywords(inner)
        for name in ("items", "additionalProperties", "propertyNames"):
            if isinstance(schema.get(name), dict):
                found |= keywords(schema[name])
        for inner in schema.get("anyOf", ()):
            found |= keywords(inner)
        return found

    assert keywords(json_files.shipped_schema(kind)) <= known


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-99, 99) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=20,
)


@settings(derandomize=True, max_examples=200, deadline=None)
@given(JSON, st.sampled_from([None, 1, 2]))
def test_every_value_is_found_on_its_line(value: Any, indent: int | None) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=False)
    document = json_files.parse(text.encode(), "f.json")
    assert document.value == value
    lines = text.split("\n")
    for container, key in places(value):
        pointer = next(p for p in pointers(value) if p[1] is container and p[2] == key)[0]
        line = lines[(document.problem(pointer, "").line or 0) - 1]
        wanted = json.dumps(key, ensure_ascii=False) if isinstance(container, dict) else first_mark(container[key])
        assert wanted in line


def pointers(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[tuple[Any, ...], Any, Any]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = []
    for key, inner in items:
        found.append(((*at, key), value, key))
        found += pointers(inner, (*at, key))
    return found


def first_mark(value: Any) -> str:
    return "{" if isinstance(value, dict) else "[" if isinstance(value, list) else json.dumps(value, ensure_ascii=False)


@pytest.mark.parametrize(
    ("data", "line", "message"),
    [
        (b"", 1, "empty"),
        (b"  \n ", 1, "empty"),
        (b'{\n"a": 1,\n"b": }', 3, "not JSON"),
        (b'{"a": 1,\n "b": 2,\n "a": 3}', 3, "second time"),
        (b'{"a": [\n{"x": 1, "x": 2}]}', 2, "second time"),
        (b'{"a":\n NaN}', 2, "NaN is not JSON"),
        (b'{"a":\n "\xff"}', 2, "not UTF-8"),
        (b"[" * 100_000, None, "deeply"),
        (b"1" * 5000, None, "digits"),
    ],
)
def test_what_is_not_strict_json_is_named_with_its_line(data: bytes, line: int | None, message: str) -> None:
    with pytest.raises(InvalidFiles) as caught:
        json_files.parse(data, "f.json")
    (problem,) = caught.value.problems
    assert problem.line == line
    assert message in problem.message


def test_the_digest_is_blind_to_layout_only() -> None:
    first = json_files.parse(b'{"a": 1, "b": [1, 2]}', "f")
    assert first.digest == json_files.parse(b'{\n "b": [1,2],"a":1}', "f").digest
    assert first.digest != json_files.parse(b'{"a": 1, "b": [2, 1]}', "f").digest
