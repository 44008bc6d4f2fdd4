"""The rewrite of a schema into an endpoint's subset."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.wires._schemas import restrict

PERSON: dict[str, Any] = {
    "type": "object",
    "properties": {
        "age": {"type": "integer", "minimum": 0, "description": "in years"},
        "minimum": {"type": "string", "minLength": 1},
        "tags": {"type": "array", "items": {"type": "object", "properties": {"a/b": {"enum": [{"minimum": 1}]}}}},
    },
    "required": ["age"],
}


def test_every_change_is_made_and_told() -> None:
    before = json.dumps(PERSON)
    rewritten, changes = restrict(PERSON, closed=True, required=True, without=("minimum", "minLength"))
    assert rewritten == {
        "type": "object",
        "properties": {
            "age": {"type": "integer", "description": "in years (minimum 0)"},
            "minimum": {"type": "string", "description": "(minLength 1)"},
            "tags": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {"a/b": {"enum": [{"minimum": 1}]}},
                    "required": ["a/b"],
                    "additionalProperties": False,
                },
            },
        },
        "required": ["age", "minimum", "tags"],
        "additionalProperties": False,
    }
    assert changes == (
        "/properties/age: minimum put into the description",
        "/properties/minimum: minLength put into the description",
        "/properties/tags/items: a/b required",
        "/properties/tags/items: closed",
        "/: minimum, tags required",
        "/: closed",
    )
    assert json.dumps(PERSON) == before


@pytest.mark.parametrize("place", ["anyOf", "prefixItems"])
def test_lists_of_schemas_are_reached(place: str) -> None:
    schema = {place: [{"type": "null"}, {"type": "object", "properties": {}}]}
    assert restrict(schema, closed=True)[1] == (f"/{place}/1: closed",)


def test_definitions_are_reached() -> None:
    schema = {"$ref": "#/$defs/a~b", "$defs": {"a~b": {"type": "object", "properties": {"x": {"minimum": 1}}}}}
    assert restrict(schema, without=["minimum"])[1] == ("/$defs/a~0b/properties/x: minimum put into the description",)


def test_nullable_objects_are_closed_too() -> None:
    assert restrict({"type": ["object", "null"]}, closed=True)[1] == ("/: closed",)


def test_what_is_forbidden_is_not_made_narrower() -> None:
    schema = {
        "not": {"type": "object", "properties": {"x": True}},
        "if": {"type": "object"},
        "then": {"type": "object"},
    }
    assert restrict(schema, closed=True, required=True)[1] == ("/then: closed",)


def test_a_schema_inside_the_subset_is_left_alone() -> None:
    schema = {"type": "object", "properties": {"x": True}, "required": ["x"], "additionalProperties": False}
    assert restrict(schema, closed=True, required=True, without=["minimum"]) == (schema, ())


LEAVES = st.sampled_from(
    [{"type": "integer"}, {"type": "string"}, {"type": "integer", "minimum": 0}, {"enum": [1, "a"]}]
)
SCHEMAS = st.recursive(
    LEAVES,
    lambda inner: (
        st.builds(
            lambda properties, required: {
                "type": "object",
                "properties": properties,
                "required": [name for name in required if name in properties],
            },
            st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
            st.lists(st.sampled_from("abc"), max_size=3, unique=True),
        )
        | inner.map(lambda items: {"type": "array", "items": items})
        | st.lists(inner, min_size=1, max_size=2).map(lambda some: {"anyOf": some})
    ),
    max_leaves=5,
)
VALUES = st.recursive(
    st.integers(-2, 2) | st.sampled_from(["a", "b"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("abcd"), inner, max_size=3),
    max_leaves=6,
)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(schema=SCHEMAS, value=VALUES)
def test_what_satisfies_the_rewrite_satisfies_the_schema(schema: dict[str, Any], value: Any) -> None:
    rewritten, changes = restrict(schema, closed=True, required=True)
    jsonschema.Draft202012Validator.check_schema(rewritten)
    assert (rewritten == schema) == (not changes)
    if jsonschema.Draft202012Validator(rewritten).is_valid(value):
        assert jsonschema.Draft202012Validator(schema).is_valid(value)
    assert restrict(rewritten, closed=True, required=True) == (rewritten, ())
