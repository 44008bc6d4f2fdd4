"""Is what the candidate answered what was expected? Decided here, in the trusted process, on plain data.

The answer is compared as the JSON tree it arrived as (see `guest.plain`) and never put into a set or dict of our own:
hash tables are only those of the expected value, so an answer made of colliding keys costs no more than an honest one.
"""

from __future__ import annotations

import json
import math
import re
from collections import deque
from collections.abc import Callable, Mapping
from typing import Any

from evalkit.sandbox.guest import plain

_CONTAINERS = ("list", "t", "q", "it", "s", "fs", "d", "v", "h")
_NO_KEY = object()
_NUMBER = re.compile(r"[+-]?(?:0|[1-9][0-9]{0,300})(?:\.[0-9]{1,300})?(?:[eE][+-]?[0-9]{1,4})?")


def matches(expected: Any, tree: Any, tolerance: float = 0.0) -> bool:
    """Whether the tree is the expected value, by Python's own equality with these allowances.

    A float is right within `tolerance` (absolute) or 1e-7 of its size when `tolerance` > 0, and NaN equals NaN. JSON
    has no tuples and only text as keys, so an expected list also matches a tuple, a deque or an iterator, and an
    expected key also matches a number, bool or None that JSON writes the same way. Raises plain.BadFrame for a tree
    that is no answer.
    """
    tag, body = plain.tagged(tree) if type(tree) is dict else (type(tree).__name__, tree)
    if isinstance(expected, (list, tuple)):
        if tag not in ("list", "t", "q", "it"):
            return False
        return _same_items(expected, body, tolerance)
    if isinstance(expected, deque):
        return tag == "q" and _same_items(expected, body, tolerance)
    if isinstance(expected, (set, frozenset)):
        return tag in ("s", "fs") and _same_set(expected, body)
    if isinstance(expected, Mapping):
        return tag == "d" and _same_mapping(expected, body, tolerance)
    if tag in _CONTAINERS:
        return False
    value = plain.decode(tree)
    if isinstance(expected, float) and isinstance(value, (int, float)):
        return _close(expected, value, tolerance)
    return bool(value == expected)


def _close(expected: float, value: float, tolerance: float) -> bool:
    if value == expected or (expected != expected and value != value):
        return True
    if tolerance <= 0 or not math.isfinite(expected):
        return False
    try:
        return math.isclose(value, expected, rel_tol=1e-7, abs_tol=tolerance)
    except OverflowError:
        return False


def _same_items(expected: Any, body: Any, tolerance: float) -> bool:
    if type(body) is not list:
        raise plain.BadFrame("a sequence without its list")
    return len(body) == len(expected) and all(matches(e, t, tolerance) for e, t in zip(expected, body, strict=True))


def _same_set(expected: Any, body: Any) -> bool:
    if type(body) is not list:
        raise plain.BadFrame("a set without its list")
    find = _finder(expected)
    return len(body) == len(expected) == len({id(element) for element in map(find, body) if element is not _NO_KEY})


def _same_mapping(expected: Mapping[Any, Any], body: Any, tolerance: float) -> bool:
    if type(body) is not list or any(type(pair) is not list or len(pair) != 2 for pair in body):
        raise plain.BadFrame("a dict without its pairs")
    if len(body) != len(expected):
        return False
    find, seen = _finder(expected), set()
    for key_tree, tree in body:
        key = find(key_tree)
        if key is _NO_KEY and not isinstance(key_tree, str):
            key = find(json.dumps(key_tree)) if isinstance(key_tree, (int, float, type(None))) else key
        if key is _NO_KEY or not matches(expected[key], tree, tolerance):
            return False
        seen.add(id(key))
    return len(seen) == len(expected)


def _finder(expected: Any) -> Callable[[Any], Any]:
    """A function from a tree to the element, or key, of `expected` that it is, or _NO_KEY."""
    elements = {element: element for element in expected}
    nested = [element for element in expected if _holds_a_set(element)]

    def find(tree: Any) -> Any:
        key = _key(tree)
        if key is not _NO_KEY:
            return elements.get(key, _NO_KEY)
        return next((element for element in nested if matches(element, tree)), _NO_KEY)

    return find


def _holds_a_set(element: Any) -> bool:
    return isinstance(element, frozenset) or (isinstance(element, tuple) and any(map(_holds_a_set, element)))


def _key(tree: Any) -> Any:
    """The hashable value of a tree that needs no hash table of its own, else _NO_KEY."""
    if type(tree) is list:
        return _NO_KEY
    tag, body = plain.tagged(tree) if type(tree) is dict else ("", tree)
    if tag == "t":
        if type(body) is not list:
            raise plain.BadFrame("a tuple without its list")
        parts = tuple(_key(part) for part in body)
        return _NO_KEY if any(part is _NO_KEY for part in parts) else parts
    return _NO_KEY if tag in _CONTAINERS or tag == "ba" else plain.decode(tree)


def same_output(expected: str, printed: str, tolerance: float = 0.0) -> bool:
    """Whether a program printed what was expected.

    White space at the end of lines and of the text does not count. With `tolerance` > 0, a line of numbers is right
    when every number is (see `matches`), however it is written.
    """
    wanted, got = ([line.rstrip() for line in text.rstrip().split("\n")] for text in (expected, printed))
    return len(wanted) == len(got) and all(_same_line(w, g, tolerance) for w, g in zip(wanted, got, strict=True))


def _same_line(wanted: str, got: str, tolerance: float) -> bool:
    if wanted == got:
        return True
    want, have = wanted.split(), got.split()
    if tolerance <= 0 or len(want) != len(have) or not all(map(_NUMBER.fullmatch, want + have)):
        return False
    return all(_close(float(w), float(h), tolerance) for w, h in zip(want, have, strict=True))
