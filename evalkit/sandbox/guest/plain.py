"""Plain data as JSON: the only form in which a candidate's answers leave its process.

`encode` turns a value into a tree of JSON values, `decode` turns such a tree into exact builtin values whatever bytes
arrived, so `__eq__`, `__class__`, `__bool__` and `__reduce__` of a hostile class have nothing to ride on. JSON's own
types stand for themselves; everything else is an object with one key, its tag:

    i hex integer      f inf, -inf, nan     t tuple     s set     fs frozenset   d [[key, value], ...]
    b hex bytes        ba hex bytearray     c complex   r range   D Decimal      F Fraction [hex, hex]
    q deque            v dict values        it iterator (at most MAX_ITEMS items, then "more": true)
    h handle: a number that only the candidate can turn back into an object

A subclass travels as its base value (a namedtuple as a tuple, a Counter as a dict), numpy values as what `tolist`
gives, and anything else as a handle. Never pickle.
"""

from __future__ import annotations

import collections
import decimal
import fractions
import itertools
import json
import math
from collections.abc import Callable, Iterator
from typing import Any

MAX_FRAME = 8 << 20  # bytes of one encoded message
MAX_LOAD_FRAME = 64 << 10  # bytes of the answer to "load", which carries no data
MAX_DEPTH = 100  # containers inside containers, as a candidate may return them
MAX_ITEMS = 10_000  # items taken from an iterator
_LONGEST_NUMBER = 10_000  # characters of a Decimal or a Fraction, whose arithmetic is not linear
_EXACT_INT = 1 << 53  # larger integers travel as hex, whatever the other side's numbers are


class BadFrame(Exception):
    """Bytes or a tree that are not of the form above."""


class Unsendable(Exception):
    """A value that has no plain form: too deep, too large, or of a type that may not cross."""


class Handle:
    """An object of the candidate's that stays with the candidate. Equal only to itself."""

    __slots__ = ("call", "number")

    def __init__(self, number: int, call: Callable[..., Any] | None = None) -> None:
        self.number = number
        self.call = call

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if self.call is None:
            raise TypeError("this object lives in the candidate's process")
        return self.call(*args, **kwargs)


Keep = Callable[[Any], int]  # stores an object and gives its handle number
Open = Callable[[int], Any]  # the object, or the Handle, for a handle number

_NOTHING: dict[str, int] = {}
_KEYS, _VALUES, _ITEMS = type(_NOTHING.keys()), type(_NOTHING.values()), type(_NOTHING.items())
_BASES = (int, float, str, list, tuple, dict, set, frozenset, bytes, bytearray)
_SEQUENCES: dict[type, str] = {tuple: "t", set: "s", frozenset: "fs", collections.deque: "q"}


def encode(value: Any, keep: Keep | None = None, depth: int = 0) -> Any:
    """The JSON tree of `value`. Without `keep`, an object that has no plain form raises Unsendable."""
    if depth > MAX_DEPTH:
        raise Unsendable(f"nested deeper than {MAX_DEPTH}")
    kind = type(value)
    if value is None or kind is bool or kind is str:
        return value
    if kind is int:
        return value if -_EXACT_INT < value < _EXACT_INT else {"i": hex(value)}
    if kind is float:
        return value if math.isfinite(value) else {"f": repr(value)}
    if kind is list:
        return [encode(item, keep, depth + 1) for item in value]
    if kind in _SEQUENCES:
        return {_SEQUENCES[kind]: [encode(item, keep, depth + 1) for item in value]}
    if kind is dict:
        return {"d": [[encode(k, keep, depth + 1), encode(v, keep, depth + 1)] for k, v in value.items()]}
    return _encode_rare(value, kind, keep, depth)


def _encode_rare(value: Any, kind: type, keep: Keep | None, depth: int) -> Any:
    if kind is bytes:
        return {"b": value.hex()}
    if kind is bytearray:
        return {"ba": value.hex()}
    if kind is complex:
        return {"c": [encode(value.real), encode(value.imag)]}
    if kind is range:
        return {"r": [hex(value.start), hex(value.stop), hex(value.step)]}
    if kind is decimal.Decimal:
        return {"D": str(value)}
    if kind is fractions.Fraction:
        return {"F": [hex(value.numerator), hex(value.denominator)]}
    if kind is Handle:
        return {"h": value.number}
    if kind is _KEYS or kind is _ITEMS:
        return {"s": [encode(item, keep, depth + 1) for item in value]}
    if kind is _VALUES:
        return {"v": [encode(item, keep, depth + 1) for item in value]}
    for base in _BASES:
        if issubclass(kind, base):
            return encode(_base_value(value, base), keep, depth)
    if hasattr(kind, "dtype") and hasattr(kind, "tolist"):
        return encode(value.tolist(), keep, depth)
    if hasattr(kind, "__next__"):
        items = [encode(item, keep, depth + 1) for item in itertools.islice(value, MAX_ITEMS + 1)]
        return {"it": items[:MAX_ITEMS], "more": True} if len(items) > MAX_ITEMS else {"it": items}
    if keep is None:
        raise Unsendable(f"an object of type {kind.__name__} cannot be sent")
    return {"h": keep(value)}


def _base_value(value: Any, base: Any) -> Any:
    """The value of a subclass instance as exactly `base`, past anything that the subclass overrides."""
    if base is int:
        return int.__index__(value)
    if base is float:
        return float.__float__(value)
    if base is str:
        return str.__str__(value)
    if base is dict:
        return dict(dict.items(value))
    if base is bytes or base is bytearray:
        return base(memoryview(value))
    return base(base.__iter__(value))


def dumps(message: Any, limit: int = MAX_FRAME) -> str:
    """One message as ASCII JSON. Raises Unsendable when it is larger than `limit` bytes."""
    text = json.dumps(message, separators=(",", ":"))
    if len(text) > limit:
        raise Unsendable(f"{len(text)} bytes, more than {limit}")
    return text


def loads(text: str | bytes, limit: int = MAX_FRAME) -> Any:
    """Parse one message. Raises BadFrame for anything that is not JSON of at most `limit` bytes."""
    if len(text) > limit:
        raise BadFrame(f"{len(text)} bytes, more than {limit}")
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadFrame(f"not JSON: {type(error).__name__}") from None


def decode(tree: Any, open_handle: Open | None = None, depth: int = 0) -> Any:
    """The value of a tree, made of exact builtins and `Handle`s only. Raises BadFrame."""
    if depth > 2 * MAX_DEPTH:
        raise BadFrame("nested too deep")
    if tree is None or type(tree) in (bool, int, float, str):
        return tree
    if type(tree) is list:
        return [decode(item, open_handle, depth + 1) for item in tree]
    if type(tree) is not dict:
        raise BadFrame("not a JSON value")
    tag, body = tagged(tree)
    try:
        return _decode_tagged(tag, body, tree, open_handle, depth)
    except (ValueError, TypeError, IndexError, ArithmeticError, LookupError) as error:
        raise BadFrame(f"bad {tag!r}: {type(error).__name__}") from None


def tagged(tree: dict[str, Any]) -> tuple[str, Any]:
    """The tag of an object and what it holds. Raises BadFrame when it does not have exactly one tag."""
    if len(tree) == 2 and "it" in tree and tree.get("more") is True:
        return "it", tree["it"]
    if len(tree) != 1:
        raise BadFrame("an object with more or less than one tag")
    ((tag, body),) = tree.items()
    return tag, body


def _decode_tagged(tag: str, body: Any, tree: dict[str, Any], open_handle: Open | None, depth: int) -> Any:
    def items(sequence: Any) -> list[Any]:
        if type(sequence) is not list:
            raise BadFrame(f"{tag!r} holds no list")
        return [decode(item, open_handle, depth + 1) for item in sequence]

    match tag:
        case "t":
            return tuple(items(body))
        case "d":
            return {key: value for key, value in map(items, body)}  # noqa: C416 - each pair is checked
        case "s":
            return set(items(body))
        case "fs":
            return frozenset(items(body))
        case "i":
            return int(body, 16)
        case "f":
            return {"inf": math.inf, "-inf": -math.inf, "nan": math.nan}[body]
        case "b":
            return bytes.fromhex(body)
        case "ba":
            return bytearray.fromhex(body)
        case "c":
            real, imaginary = items(body)
            return complex(float(real), float(imaginary))
        case "r":
            start, stop, step = (int(text, 16) for text in body)
            return range(start, stop, step)
        case "D" if len(body) <= _LONGEST_NUMBER and not decimal.Decimal(body).is_snan():
            return decimal.Decimal(body)
        case "F" if len(str(body)) <= _LONGEST_NUMBER:
            numerator, denominator = (int(text, 16) for text in body)
            return fractions.Fraction(numerator, denominator)
        case "q":
            return collections.deque(items(body))
        case "v":
            return dict(enumerate(items(body))).values()
        case "it":
            return _iterator(items(body), more=len(tree) == 2)
        case "h" if type(body) is int and body >= 0:
            return Handle(body) if open_handle is None else open_handle(body)
    raise BadFrame(f"unknown tag {tag[:20]!r}")


def _iterator(items: list[Any], *, more: bool) -> Iterator[Any]:
    yield from items
    if more:
        raise Unsendable(f"an iterator of more than {MAX_ITEMS} items")
