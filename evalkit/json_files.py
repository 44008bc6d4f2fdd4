"""Strict JSON files: every problem with its file, JSON pointer and line, all of them at once.

`load` reads and checks a file against one of the shipped schemas. The checker understands the keywords that
`evalkit/schemas/` uses and nothing else; a test holds it equal to `jsonschema` on thousands of damaged documents.
It exists because importing jsonschema costs seven times the CPU that `evalkit check` may spend, and because it can say
"did you mean".
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from evalkit.errors import InvalidFiles, Problem
from evalkit.names import did_you_mean

Pointer = tuple[str | int, ...]
MAX_PROBLEMS = 50


class Document:
    """One JSON file that was read: its name as shown to people, its text, its value."""

    __slots__ = ("_digest", "file", "text", "value")

    def __init__(self, file: str, text: str, value: Any) -> None:
        self.file = file
        self.text = text
        self.value = value
        self._digest = ""

    def problem(self, pointer: Pointer | str, message: str) -> Problem:
        """A problem at `pointer` of this document, with its line."""
        text = pointer if isinstance(pointer, str) else pointer_text(pointer)
        return Problem(self.file, text, _line_of(self.text, text), message)

    @property
    def digest(self) -> str:
        """SHA-256 of the value, blind to white space and key order."""
        self._digest = self._digest or digest_of(self.value)
        return self._digest


def read(path: Path, shown: str | None = None) -> Document:
    """The document in `path`. Raises InvalidFiles for anything that is not one strict UTF-8 JSON value."""
    file = shown or str(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InvalidFiles([Problem(file, "", None, error.strerror or str(error))]) from None
    return parse(data, file)


def parse(data: bytes, file: str) -> Document:
    """The document in `data`, called `file` in problems. Raises InvalidFiles."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"not UTF-8 (byte 0x{data[error.start]:02x} at offset {error.start}); save the file as UTF-8"
        raise InvalidFiles([Problem(file, "", line, message)]) from None
    if not text.strip():
        raise InvalidFiles([Problem(file, "", 1, "the file is empty; expected a JSON object")])
    try:
        return Document(file, text, json.loads(text, object_pairs_hook=_object, parse_constant=_no_constant))
    except json.JSONDecodeError as error:
        raise InvalidFiles([Problem(file, "", error.lineno, f"not JSON: {error.msg} (column {error.colno})")]) from None
    except _Duplicate:
        return _with_duplicates(text, file)
    except _Constant as error:
        line = text.count("\n", 0, text.find(str(error))) + 1
        raise InvalidFiles([Problem(file, "", line, f"{error} is not JSON; write a number or null")]) from None
    except RecursionError:
        raise InvalidFiles([Problem(file, "", None, "nested too deeply")]) from None
    except ValueError as error:  # an integer of more than 4,300 digits
        raise InvalidFiles([Problem(file, "", None, str(error))]) from None


def load(path: Path, schema: str, shown: str | None = None) -> Document:
    """The document in `path`, checked against the shipped schema `schema`. Raises InvalidFiles with all problems."""
    document = read(path, shown)
    found = check(document.value, shipped_schema(schema))
    problems = [document.problem(pointer, message) for pointer, message in islice(found, MAX_PROBLEMS)]
    if problems:
        raise InvalidFiles(problems)
    return document


@cache
def shipped_schema(name: str) -> Mapping[str, Any]:
    """The JSON Schema (draft 2020-12) called `name` in evalkit/schemas/."""
    path = Path(__file__).parent / "schemas" / f"{name}.schema.json"
    schema: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return schema


def canonical(value: Any) -> bytes:
    """The one byte form of a JSON value: sorted keys, no white space, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "surrogatepass")


def digest_of(value: Any) -> str:
    """SHA-256 (hex) of the canonical form of a JSON value."""
    from hashlib import sha256  # loads OpenSSL, which checking a file does not need

    return sha256(canonical(value)).hexdigest()


def pointer_text(pointer: Sequence[str | int]) -> str:
    """A JSON pointer (RFC 6901) as text."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in pointer)


# --- the checker

_TYPES: Mapping[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "number": (int, float),
    "integer": (int,),
    "boolean": (bool,),
    "null": (type(None),),
}
_ARTICLES = {"object": "an object", "array": "an array", "integer": "an integer", "null": "null"}


def check(value: Any, schema: Mapping[str, Any], pointer: Pointer = ()) -> Iterator[tuple[Pointer, str]]:
    """(pointer, message) for each place where `value` breaks one of our schemas."""
    yield from _check(value, schema, pointer, schema.get("$defs", {}))


def _check(
    value: Any, schema: Mapping[str, Any], at: Pointer, defs: Mapping[str, Any]
) -> Iterator[tuple[Pointer, str]]:
    if "$ref" in schema:
        yield from _check(value, defs[schema["$ref"].removeprefix("#/$defs/")], at, defs)
    if "anyOf" in schema:
        yield from _check_any(value, schema["anyOf"], at, defs)
    if "type" in schema and not any(is_type(value, name) for name in _listed(schema["type"])):
        wanted = " or ".join(_ARTICLES.get(name, f"a {name}") for name in _listed(schema["type"]))
        yield at, f"expected {wanted}, not {_shown(value)}"
        return
    if "enum" in schema and value not in schema["enum"]:
        hint = did_you_mean(value, [v for v in schema["enum"] if isinstance(v, str)]) if isinstance(value, str) else ""
        yield at, f"{_shown(value)} is not one of {', '.join(map(_shown, schema['enum']))}{hint}"
    if isinstance(value, dict):
        yield from _check_object(value, schema, at, defs)
    elif isinstance(value, list):
        yield from _check_array(value, schema, at, defs)
    elif isinstance(value, str):
        if len(value) < schema.get("minLength", 0):
            yield at, "must not be empty" if schema["minLength"] == 1 else f"needs {schema['minLength']} characters"
        if "pattern" in schema and not re.search(schema["pattern"], value):
            yield at, f"{_shown(value)} does not fit: {schema.get('description', schema['pattern'])}"
    elif is_type(value, "number"):
        yield from _check_number(value, schema, at)


def _check_object(
    value: Mapping[str, Any], schema: Mapping[str, Any], at: Pointer, defs: Mapping[str, Any]
) -> Iterator[tuple[Pointer, str]]:
    known: Mapping[str, Any] = schema.get("properties", {})
    other = schema.get("additionalProperties", True)
    missing = [name for name in schema.get("required", ()) if name not in value]
    for key, item in value.items():
        if key in known:
            yield from _check(item, known[key], (*at, key), defs)
        elif other is False:
            hint = did_you_mean(key, [name for name in known if name not in value and name != "$schema"])
            if missing and f"did you mean {missing[0]!r}" in hint:
                missing.pop(0)  # the misspelt key is the missing one: one mistake, one message
            yield (*at, key), f"unknown key {key!r}{hint}"
        elif isinstance(other, Mapping):
            yield from _check(item, other, (*at, key), defs)
    if "propertyNames" in schema:
        for key in value:
            for _, message in _check(key, schema["propertyNames"], at, defs):
                yield (*at, key), f"bad name: {message}"
    for name in missing:
        yield at, f"missing key {name!r}"
    if len(value) < schema.get("minProperties", 0):
        yield at, "must not be empty"


def _check_array(
    value: list[Any], schema: Mapping[str, Any], at: Pointer, defs: Mapping[str, Any]
) -> Iterator[tuple[Pointer, str]]:
    if len(value) < schema.get("minItems", 0):
        yield at, "must not be empty" if schema["minItems"] == 1 else f"needs at least {schema['minItems']} items"
    if schema.get("uniqueItems") and len({canonical(item) for item in value}) < len(value):
        yield at, "items must differ"
    if "items" in schema:
        for index, item in enumerate(value):
            yield from _check(item, schema["items"], (*at, index), defs)


def _check_number(value: float, schema: Mapping[str, Any], at: Pointer) -> Iterator[tuple[Pointer, str]]:
    if "minimum" in schema and value < schema["minimum"]:
        yield at, f"{value} is below {schema['minimum']}"
    if "exclusiveMinimum" in schema and value <= schema["exclusiveMinimum"]:
        yield at, f"{value} must be above {schema['exclusiveMinimum']}"
    if "maximum" in schema and value > schema["maximum"]:
        yield at, f"{value} is above {schema['maximum']}"
    if "exclusiveMaximum" in schema and value >= schema["exclusiveMaximum"]:
        yield at, f"{value} must be below {schema['exclusiveMaximum']}"


def _check_any(
    value: Any, branches: Sequence[Mapping[str, Any]], at: Pointer, defs: Mapping[str, Any]
) -> Iterator[tuple[Pointer, str]]:
    """The problems of the branch whose type fits the value, else one that names all types."""
    found = [list(_check(value, branch, at, defs)) for branch in branches]
    if any(not problems for problems in found):
        return
    typed = [
        problems
        for branch, problems in zip(branches, found, strict=True)
        if any(is_type(value, name) for name in _listed(_resolve(branch, defs).get("type", ())))
    ]
    if typed:
        yield from typed[0]
    else:
        wanted = [name for branch in branches for name in _listed(_resolve(branch, defs).get("type", ()))]
        yield at, f"expected {' or '.join(_ARTICLES.get(name, f'a {name}') for name in wanted)}, not {_shown(value)}"


def _resolve(schema: Mapping[str, Any], defs: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" not in schema:
        return schema
    target: Mapping[str, Any] = defs[schema["$ref"].removeprefix("#/$defs/")]
    return target


def is_type(value: Any, name: str) -> bool:
    """Whether a JSON value is of the JSON Schema type `name`; 1.0 is an integer, true is not a number."""
    if isinstance(value, bool):
        return name == "boolean"
    if name == "integer" and isinstance(value, float):
        return value.is_integer()
    return isinstance(value, _TYPES[name])


def _listed(types: str | Sequence[str]) -> Sequence[str]:
    return (types,) if isinstance(types, str) else types


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:57] + "..."


# --- reading


class _Duplicate(Exception):
    pass


class _Constant(Exception):
    pass


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise _Duplicate
    return made


def _no_constant(name: str) -> Any:
    raise _Constant(name)


def _with_duplicates(text: str, file: str) -> Document:
    duplicates: list[tuple[str, int]] = []
    _lines(text, duplicates)
    raise InvalidFiles(
        [
            Problem(file, pointer, line, f"the key {pointer.rsplit('/', 1)[1]!r} stands here a second time")
            for pointer, line in duplicates[:MAX_PROBLEMS]
        ]
    )


_MARKS = r'\s*(?:("(?:[^"\\]|\\.)*")|([{}\[\]:,])|([^\s{}\[\]:,"]+))'


def _lines(text: str, duplicates: list[tuple[str, int]] | None = None) -> dict[str, int]:
    """The line (1-based) of each JSON pointer in a text that is JSON but for duplicate keys."""
    lines: dict[str, int] = {"": 1}
    path: list[str | int] = []  # the key or index we are in, for each open container
    expects_key = False
    position, line, counted = 0, 1, 0
    token = re.compile(_MARKS, re.DOTALL)
    while match := token.match(text, position):
        start = match.end() - len(match.group(match.lastindex or 0))
        line += text.count("\n", counted, start)
        counted = start
        position = match.end()
        mark = match.group(2)
        if mark in ("{", "["):
            if path:
                lines.setdefault(pointer_text(path), line)
            path.append(0 if mark == "[" else "")
            expects_key = mark == "{"
        elif mark in ("}", "]"):
            path.pop()
            expects_key = False
        elif mark == ",":
            last = path[-1]
            expects_key = isinstance(last, str)
            if isinstance(last, int):
                path[-1] = last + 1
        elif mark is None and expects_key:
            path[-1] = json.loads(match.group(1))
            pointer = pointer_text(path)
            if pointer in lines and duplicates is not None:
                duplicates.append((pointer, line))
            lines.setdefault(pointer, line)
            expects_key = False
        elif mark is None and path:
            lines.setdefault(pointer_text(path), line)
    return lines


@lru_cache(maxsize=2)
def _lines_of(text: str) -> Mapping[str, int]:
    return _lines(text)


def _line_of(text: str, pointer: str) -> int:
    """The line of a pointer, or of the nearest thing around it that is there."""
    lines = _lines_of(text)
    while pointer not in lines:
        pointer = pointer.rpartition("/")[0]
    return lines[pointer]
