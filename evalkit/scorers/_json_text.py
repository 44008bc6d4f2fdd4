"""JSON in an answer: read strictly, read leniently, compared exactly.

Strict: the whole answer is one JSON value (RFC 8259), without duplicate keys, NaN or Infinity, integers of more than
4,300 digits, or nesting beyond `MAX_DEPTH`. Lenient: thinking and a byte order mark are dropped; then the whole
answer, else the last fenced block, else the one object or array that stands in the prose. Two different ones in the
prose are ambiguous, a piece of a broken value is not an answer, and nothing is ever repaired.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from typing import Any

from evalkit.scorers import _fences
from evalkit.scorers._formats import INVISIBLE, Judged, NotInFormat, unreadable
from evalkit.scorers._lazy import compiled
from evalkit.scorers._think import strip_thoughts

MAX_DEPTH = 300  # far below Python's recursion limit: the verdict must not hang on how deep the caller's stack is
FENCE_LABELS = frozenset({"json", "jsonc", "json5", "javascript", "js", "text", "txt", "plaintext"})

_OPENING = compiled(r"[{\[]")
_SURROGATE = compiled("[\ud800-\udfff]")
# A string, closed or running to the end, else one bracket.
_TOKEN = compiled(r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)|[{}\[\]]', re.DOTALL)


class NotJson(NotInFormat):
    """The text is not one JSON value; the message says why, in a few words."""


def read(text: str) -> Any:
    """The one JSON value that `text` is. Raises NotJson."""
    if not text.strip():
        raise NotJson("the answer is empty")
    try:
        value = json.loads(text, object_pairs_hook=_object, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise NotJson(f"{error.msg} at line {error.lineno}, column {error.colno}") from None
    except RecursionError:
        raise NotJson("nested too deeply") from None
    except NotJson:
        raise
    except ValueError:
        raise NotJson("an integer of more than 4,300 digits") from None
    if text.count("[") + text.count("{") > MAX_DEPTH and _deeper_than(value, MAX_DEPTH):
        raise NotJson("nested too deeply")
    return value


def find(text: str) -> Any:
    """The JSON value that a lenient reader finds in an answer. Raises NotJson."""
    text = strip_thoughts(text).strip().strip(INVISIBLE).strip()
    try:
        return read(text)
    except NotJson as error:
        whole = error
    block = _fences.last(text, FENCE_LABELS)
    if block is None:
        return _in_prose(text, whole)
    try:
        return read(block.body)
    except NotJson as error:
        return _in_prose(block.body, error)


def both(text: str, judge: Callable[[Any], Judged], *, fenced: bool) -> tuple[Judged, Judged]:
    """The strict and the lenient judgement of an answer. `fenced`: strict allows one fence around the answer."""
    block = _fences.only(text) if fenced else None
    strict = _judged(read, block.body if block else text, judge)
    return strict, strict if strict.readable else _judged(find, text, judge)


def _judged(reader: Callable[[str], Any], text: str, judge: Callable[[Any], Judged]) -> Judged:
    try:
        value = reader(text)
    except NotJson as error:
        return unreadable(f"not JSON: {error}")
    return judge(value)


def _in_prose(text: str, error: NotJson) -> Any:
    """The one object or array in `text`. Raises `error` if there is none, NotJson if there are several."""
    found: list[Any] = []
    position = 0
    while opening := _OPENING.search(text, position):
        start = opening.start()
        end = _closing(text, start)
        if end is None:  # cut off: what stands inside is a piece, not the answer
            break
        try:
            value = read(text[start:end])
        except NotJson:
            pass
        else:
            if not any(equal(value, other) for other in found):
                found.append(value)
        if len(found) > 1:
            raise NotJson("more than one JSON value")
        position = end
    if not found:
        raise error
    return found[0]


def _closing(text: str, start: int) -> int | None:
    """The index after the bracket that closes the one at `start`, or None."""
    depth = 0
    for token in _TOKEN.finditer(text, start):
        if token.group() in ("{", "["):
            depth += 1
        elif token.group() in ("}", "]"):
            depth -= 1
            if depth == 0:
                return token.end()
    return None


def equal(left: Any, right: Any) -> bool:
    """Whether two JSON values are the same: types exact, 1 equals 1.0, arrays ordered, objects not."""
    return difference(left, right) is None


def difference(expected: Any, got: Any, at: str = "") -> str | None:
    """The first place where two JSON values differ, in words, or None. Numbers compare exactly, never as floats."""
    if isinstance(expected, dict) and isinstance(got, dict):
        for key, value in expected.items():
            here = f"{at}/{key}"
            if key not in got:
                return f"{here} is missing"
            if found := difference(value, got[key], here):
                return found
        extra = next((key for key in got if key not in expected), None)
        return None if extra is None else f"{at}/{extra} should not be there"
    if isinstance(expected, list) and isinstance(got, list):
        for index, (value, other) in enumerate(zip(expected, got, strict=False)):
            if found := difference(value, other, f"{at}/{index}"):
                return found
        if len(expected) != len(got):
            return f"{at or '/'} has {len(got)} items, expected {len(expected)}"
        return None
    if _same_scalar(expected, got):
        return None
    return f"{at or '/'} is {shown(got)}, expected {shown(expected)}"


def _same_scalar(left: Any, right: Any) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, (int, float)) and isinstance(right, (int, float)):
        return left == right and math.isfinite(left)
    return type(left) is type(right) and not isinstance(left, (dict, list)) and bool(left == right)


def dump(value: Any) -> str:
    """One text form of a JSON value: equal values give equal texts, and the text can always be written as UTF-8."""
    return _printable(json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":")))


def shown(value: Any, limit: int = 60) -> str:
    """A JSON value for a message."""
    text = _printable(json.dumps(value, ensure_ascii=False))
    return text if len(text) <= limit else text[: limit - 3] + "..."


def _printable(text: str) -> str:
    return _SURROGATE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def encodable(value: Any) -> Any:
    """The value with U+FFFD for each lone surrogate, which JSON can write but UTF-8 cannot."""
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, list):
        return [encodable(item) for item in value]
    if isinstance(value, dict):
        return {encodable(key): encodable(item) for key, item in value.items()}
    return value


def _plain(value: Any) -> Any:
    """1.0 as 1, so that equal numbers have one text."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value


def _deeper_than(value: Any, limit: int) -> bool:
    level = [value]
    for _ in range(limit):
        level = [
            item
            for container in level
            if isinstance(container, (dict, list))
            for item in (container.values() if isinstance(container, dict) else container)
        ]
        if not level:
            return False
    return True


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise NotJson(f"the key {shown(twice)} stands there twice")
    return made


def _no_constant(name: str) -> Any:
    raise NotJson(f"{name} is not JSON")
