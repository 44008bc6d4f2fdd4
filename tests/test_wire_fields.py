"""A card's quirks on a body: dotted paths, what was asked for wins, and every change is told."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.wires._fields import Change, adapt

BODY: dict[str, Any] = {"model": "m", "max_tokens": 9, "temperature": 0, "options": {"seed": 1, "top_k": 2}}


@pytest.mark.parametrize(
    ("fields", "params", "sent", "changes"),
    [
        ({}, {}, BODY, ()),
        (
            {"max_tokens": "max_completion_tokens"},
            {},
            {"model": "m", "max_completion_tokens": 9, "temperature": 0, "options": {"seed": 1, "top_k": 2}},
            (Change("renamed", "max_tokens", 9, "max_completion_tokens"),),
        ),
        (
            {"temperature": None, "top_p": None},
            {},
            {"model": "m", "max_tokens": 9, "options": {"seed": 1, "top_k": 2}},
            (Change("dropped", "temperature", 0),),
        ),
        (
            {"options.seed": None, "options.top_k": "top_k"},
            {},
            {"model": "m", "max_tokens": 9, "temperature": 0, "top_k": 2},
            (Change("dropped", "options.seed", 1), Change("renamed", "options.top_k", 2, "top_k")),
        ),
        (
            {"max_tokens": "reasoning.budget.tokens"},
            {},
            {"model": "m", "temperature": 0, "options": BODY["options"], "reasoning": {"budget": {"tokens": 9}}},
            (Change("renamed", "max_tokens", 9, "reasoning.budget.tokens"),),
        ),
        (
            {},
            {"options": {"num_ctx": 8192, "seed": 7}, "think": True, "temperature": 1},
            {**BODY, "options": {"seed": 1, "top_k": 2, "num_ctx": 8192}, "think": True},
            (Change("added", "options.num_ctx", 8192), Change("added", "think", True)),
        ),
        ({}, {"options.num_ctx": 64}, {**BODY, "options": {"seed": 1, "top_k": 2, "num_ctx": 64}},
         (Change("added", "options.num_ctx", 64),)),
        ({}, {"model.name": 1}, BODY, ()),
        ({"temperature": "temperature"}, {}, BODY, ()),
        (
            {"temperature": "max_tokens", "max_tokens": "temperature"},
            {},
            {"model": "m", "max_tokens": 0, "temperature": 9, "options": {"seed": 1, "top_k": 2}},
            (Change("renamed", "temperature", 0, "max_tokens"), Change("renamed", "max_tokens", 9, "temperature")),
        ),
    ],
)  # fmt: skip
def test_quirks(
    fields: dict[str, str | None], params: dict[str, Any], sent: dict[str, Any], changes: tuple[Change, ...]
) -> None:
    assert adapt(BODY, fields, params) == (sent, changes)
    assert BODY["options"] == {"seed": 1, "top_k": 2}, "the body that was asked for stays as it was"


NAMES = st.sampled_from(["a", "b", "c", "a.b", "a.c", "b.a.c"])
TREES = st.recursive(
    st.integers(), lambda inner: st.dictionaries(st.sampled_from("abc"), inner, min_size=1, max_size=3), max_leaves=6
)
BODIES = st.dictionaries(st.sampled_from("abc"), TREES, max_size=3)


def leaves(value: Any, path: str = "") -> dict[str, Any]:
    if not isinstance(value, dict):
        return {path: value}
    return {deep: leaf for name, inner in value.items() for deep, leaf in leaves(inner, f"{path}.{name}").items()}


@settings(derandomize=True, max_examples=300, deadline=None)
@given(
    body=BODIES, fields=st.dictionaries(NAMES, st.none(), max_size=4), params=st.dictionaries(NAMES, TREES, max_size=3)
)
def test_nothing_changes_unseen(body: dict[str, Any], fields: dict[str, None], params: dict[str, Any]) -> None:
    """What was asked for, without what the list says was dropped, with what it says was added, is what is sent."""
    sent, changes = adapt(body, fields, params)
    told = leaves(body)
    for change in changes:
        values = leaves(change.value, f".{change.field}")
        if change.action == "added":
            assert not values.keys() & told.keys()
            told |= values
        else:
            assert all(told.pop(path) == value for path, value in values.items())
    assert leaves(sent) == told
