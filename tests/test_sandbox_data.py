"""Plain data across the wall, and what the trusted side makes of hostile data."""

from __future__ import annotations

import contextlib
import json
import math
import time
from collections import Counter, OrderedDict, deque, namedtuple
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.sandbox import compare
from evalkit.sandbox.guest import plain

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(min_value=2**53, max_value=2**200)
    | st.floats(allow_nan=False)
    | st.text(max_size=5)
    | st.binary(max_size=5)
    | st.fractions()
    | st.decimals(allow_nan=False, allow_infinity=False)
    | st.complex_numbers(allow_nan=False)
)
hashable = st.recursive(scalars, lambda inner: st.tuples(inner, inner) | st.frozensets(inner, max_size=3), max_leaves=6)
values = st.recursive(
    hashable,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.tuples(inner, inner)
        | st.dictionaries(hashable, inner, max_size=3)
        | st.sets(hashable, max_size=4)
    ),
    max_leaves=12,
)
trees = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*"itsdbcrDFqvhf", "fs", "ba", "it", "more", "?"]),
            inner
            | st.lists(st.lists(inner, min_size=2, max_size=2), max_size=2)
            | st.sampled_from(["0x1", "nan", "00", "sNaN"]),
            min_size=1,
            max_size=2,
        )
    ),
    max_leaves=8,
)


def sent(value: Any) -> Any:
    return json.loads(plain.dumps(plain.encode(value)))


@settings(derandomize=True, max_examples=100, deadline=None)
@given(values)
def test_every_value_arrives_as_it_was_sent(value: Any) -> None:
    got = plain.decode(sent(value))
    assert got == value
    assert type(got) is type(value)


@settings(derandomize=True, max_examples=100, deadline=None)
@given(values)
def test_a_value_matches_itself(value: Any) -> None:
    assert compare.matches(value, sent(value))


@settings(derandomize=True, max_examples=100, deadline=None)
@given(values, values)
def test_matching_agrees_with_equality(one: Any, other: Any) -> None:
    if one != other and not _differ_only_as_json_does(one, other):
        assert not compare.matches(one, sent(other))


def _differ_only_as_json_does(one: Any, other: Any) -> bool:
    """Lists against tuples, and text keys against other scalars: what an expected value in JSON cannot say."""
    return repr(_loosened(one)) == repr(_loosened(other)) or _loosened(one) == _loosened(other)


def _loosened(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [_loosened(item) for item in value]
    if isinstance(value, dict):
        return {
            str(json.dumps(k) if isinstance(k, (int, float, type(None))) else k): _loosened(v) for k, v in value.items()
        }
    return value


@settings(derandomize=True, max_examples=150, deadline=None)
@given(trees, values)
def test_any_tree_is_data_or_refused(tree: Any, expected: Any) -> None:
    for reading in (lambda: plain.decode(tree), lambda: compare.matches(expected, tree)):
        with contextlib.suppress(plain.BadFrame):
            reading()


def test_subclasses_travel_as_their_base() -> None:
    point = namedtuple("point", "x y")
    for value, base in (
        (point(1, 2), (1, 2)),
        (Counter("aab"), {"a": 2, "b": 1}),
        (OrderedDict(a=1), {"a": 1}),
        (deque([1]), deque([1])),
        ({"a": 1}.keys(), {"a"}),
        (float("-0.0"), -0.0),
    ):
        assert plain.decode(sent(value)) == base
    assert math.copysign(1, plain.decode(sent(-0.0))) == -1


def test_what_cannot_be_sent_is_said() -> None:
    endless: list[Any] = []
    endless.append(endless)
    with pytest.raises(plain.Unsendable, match="deeper"):
        plain.encode(endless)
    with pytest.raises(plain.Unsendable, match="of type object"):
        plain.encode(object())
    with pytest.raises(plain.Unsendable, match="bytes"):
        plain.dumps("x" * (plain.MAX_FRAME + 1))


@pytest.mark.parametrize(
    "text",
    ["", "{", "[" * 100_000, '{"r":' + "9" * 5000 + "}", "x" * (plain.MAX_FRAME + 1), "NaN{"],
    ids=["empty", "cut", "deep", "digits", "long", "garbage"],
)
def test_frames_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(plain.BadFrame):
        plain.loads(text)


@pytest.mark.parametrize(
    "tree",
    [
        {"t": 1}, {"s": [[1]]}, {"d": [[1]]}, {"d": [[[1], 2]]}, {"i": 5}, {"i": "zz"}, {"b": "0"}, {"c": [1]},
        {"r": ["0x0", "0x1", "0x0"]}, {"F": ["0x1", "0x0"]}, {"D": "x"}, {"D": "sNaN"}, {"D": "1" * 20_000},
        {"F": ["0x" + "1" * 20_000, "0x1"]}, {"h": -1}, {"h": "1"}, {"h": True}, {"t": [1], "s": []}, {}, {"?": 1},
        {"it": [1], "more": False}, {"f": "infinity"},
    ],
    ids=str,
)  # fmt: skip
def test_trees_that_are_none_are_refused(tree: Any) -> None:
    with pytest.raises(plain.BadFrame):
        plain.decode(tree)


def test_comparing_hostile_data_stays_cheap() -> None:
    """Keys that collide in a hash table, numbers and nestings that cost more than they weigh."""
    modulus = 2**61 - 1
    colliding = [{"i": hex(k * modulus)} for k in range(100_000)]
    began = time.monotonic()
    assert not compare.matches({1, 2}, {"s": colliding})
    assert not compare.matches(dict.fromkeys(range(100_000), 0), {"d": [[key, 0] for key in colliding]})
    assert not compare.matches([1], [[[[]]]] * 100_000)
    assert not compare.matches(5, {"i": hex(1 << 30_000_000)})
    assert not compare.matches(5.0, {"i": hex(1 << 30_000_000)}, 1e-6)
    assert not compare.matches(Fraction(1, 3), {"D": "1E+999999999"})
    assert not compare.matches(Decimal(1), {"F": ["0x" + "f" * 4000, "0x3"]})
    assert time.monotonic() - began < 5


def test_expected_values_written_as_json() -> None:
    for expected, value in (
        ([1, [2, 3]], (1, (2, 3))),
        ([1], deque([1])),
        ([1, 2], iter([1, 2])),
        ({"true": 1, "null": 0}, {True: 1, None: 0}),
        ({"7": "a"}, {7: "a"}),
        (1, True),
        (1.0, 1),
    ):
        assert compare.matches(expected, sent(value)), (expected, value)
    for expected, value in (
        ([1], {1}),
        ({"a": 1}, {"a": 1, "b": 2}),
        (1, "1"),
        ("1", 1),
        ([], None),
        (0, False + 1),
        ([1, 2], [2, 1]),
    ):
        assert not compare.matches(expected, sent(value)), (expected, value)


def test_tolerance_is_for_floats_only() -> None:
    assert not compare.matches(0.3, sent(0.1 + 0.2))
    assert compare.matches([0.3], sent((0.1 + 0.2,)), 1e-6)
    assert compare.matches({"x": 1e9}, sent({"x": 1e9 + 1}), 1e-6)
    assert not compare.matches(3, sent(3.0000001), 1e-6)
    assert not compare.matches(math.inf, sent(1e308), 1e-6)
    assert compare.matches(math.nan, sent(math.nan))


def test_printed_output() -> None:
    assert compare.same_output("1\n2\n", "1  \n2\n\n")
    assert compare.same_output("", "\n\n")
    assert not compare.same_output("  x", "x")
    assert not compare.same_output("1 2", "1  2")
    assert not compare.same_output("1\n2", "1 2")
    assert not compare.same_output("3", "3.0")
    assert compare.same_output("3 0.5", "3.0 0.50000001", 1e-6)
    assert not compare.same_output("3 x", "3.0 x", 1e-6)
    assert not compare.same_output("007", "7", 1e-6)
