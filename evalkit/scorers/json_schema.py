"""The answer is JSON that keeps a schema and, where `sample.target` is given, equals it.

jsonschema-rs decides: it agrees with the JSON-Schema-Test-Suite where jsonschema does not (ECMA regular expressions,
vocabularies, decimal multipleOf), and its patterns cannot run away. jsonschema words the mistakes of a schema itself.
The network is never asked: a schema that a `$ref` names by URI must stand in `documents`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from evalkit.errors import UsageError
from evalkit.json_files import pointer_text
from evalkit.records import Sample, Score
from evalkit.scorers import _json_text
from evalkit.scorers._formats import Judged, scored

if TYPE_CHECKING:
    from jsonschema_rs import ValidationError, Validator

Draft = Literal["auto", "2020-12", "2019-09", "7", "6", "4"]


def score(
    sample: Sample,
    text: str,
    *,
    schema: Mapping[str, Any] | bool | None = None,
    draft: Literal["auto", "2020-12", "2019-09", "7", "6", "4"] = "auto",
    formats: bool = False,
    documents: Mapping[str, Any] | None = None,
    fenced: bool = False,
) -> Score:
    """1.0 if the answer is JSON, valid, and equal to the target where there is one.

    `schema` is for samples that have none of their own. `draft` "auto" goes by `$schema`, else 2020-12. `formats`
    asserts `format` (the standard only annotates). `documents` maps URIs to schemas. `fenced` allows one code fence
    around the answer in strict reading. Raises UsageError if there is no schema, or not a sound one.
    """
    given = sample.schema if sample.schema is not None else schema
    if given is None:
        raise UsageError(f"sample {sample.id!r}: json_schema needs a schema, in the sample or as an option")
    validator = _validator(given, draft, formats, documents)
    return scored(*_json_text.both(text, lambda value: _judge(validator, value, sample.target), fenced=fenced))


def check(
    sample: Sample,
    *,
    schema: Mapping[str, Any] | bool | None = None,
    draft: Draft = "auto",
    formats: bool = False,
    documents: Mapping[str, Any] | None = None,
    fenced: bool = False,
) -> Iterator[tuple[str, str]]:
    """A sample without a sound schema, or with a target that its schema forbids."""
    del fenced
    given = sample.schema if sample.schema is not None else schema
    if given is None:
        yield "/schema", "json_schema needs a schema, in the sample or as the option `schema`"
        return
    try:
        validator = _validator(given, draft, formats, documents)
    except _UnsoundSchema as error:
        yield f"/schema{error.pointer}", str(error)
        return
    if sample.target is not None and not _is_valid(validator, sample.target):
        where, message = _most_telling(validator, sample.target)
        yield f"/target{where}", f"the target breaks the schema: {message}"


def _judge(validator: Validator, value: Any, target: Any) -> Judged:
    answer = _json_text.dump(value)
    difference = None if target is None else _json_text.difference(target, value)
    correct = None if target is None else difference is None
    if _is_valid(validator, value):
        return Judged(True, correct, answer, difference or "")
    where, message = _most_telling(validator, value)
    return Judged(False, correct, answer, f"{where or '/'}: {message}")


def _is_valid(validator: Validator, value: Any) -> bool:
    try:
        return validator.is_valid(value)
    except UnicodeEncodeError:
        return validator.is_valid(_json_text.encodable(value))


def _most_telling(validator: Validator, value: Any) -> tuple[str, str]:
    """(JSON pointer, message) of the error to show: the first of those nearest the root."""
    error = min(validator.iter_errors(_json_text.encodable(value)), key=lambda error: len(error.instance_path))
    while branches := getattr(error.kind, "context", None):
        closest = min((errors for errors in branches if errors), key=_distance, default=None)
        if closest is None:  # oneOf with several branches that fit
            break
        error = max(closest, key=lambda error: len(error.instance_path))
    return pointer_text(error.instance_path), error.message


def _distance(errors: list[ValidationError]) -> tuple[bool, int]:
    """How far a value is from a branch of anyOf or oneOf: another type or tag first, then the number of errors."""
    other = any(
        (error.kind.name == "type" and not error.instance_path)
        or (error.kind.name in ("const", "enum") and len(error.instance_path) <= 1)
        for error in errors
    )
    return other, len(errors)


class _UnsoundSchema(UsageError):
    """A schema that cannot be used; `pointer` says where."""

    def __init__(self, pointer: str, message: str) -> None:
        super().__init__(f"not a sound JSON Schema: {message}")
        self.pointer = pointer


def _validator(schema: Any, draft: Draft, formats: bool, documents: Mapping[str, Any] | None) -> Validator:
    """The compiled schema. Raises _UnsoundSchema."""
    return _compiled(json.dumps(schema), draft, formats, json.dumps(documents or {}))


@lru_cache(maxsize=1024)
def _compiled(schema: str, draft: Draft, formats: bool, documents: str) -> Validator:
    import jsonschema_rs as rs

    classes: Mapping[str, Any] = {
        "2020-12": rs.Draft202012Validator,
        "2019-09": rs.Draft201909Validator,
        "7": rs.Draft7Validator,
        "6": rs.Draft6Validator,
        "4": rs.Draft4Validator,
    }
    try:
        registry = rs.Registry(list(json.loads(documents).items())) if documents != "{}" else None
        make = rs.validator_for if draft == "auto" else classes[draft]
        validator: Validator = make(schema, validate_formats=formats, offline=True, registry=registry)
    except (ValueError, rs.ReferencingError) as error:
        raise _UnsoundSchema(*_mistake(json.loads(schema), error)) from None
    return validator


def _mistake(schema: Any, error: Exception) -> tuple[str, str]:
    """(JSON pointer, message) for a schema that jsonschema-rs refuses, from jsonschema where it sees the mistake."""
    import jsonschema

    kind = jsonschema.validators.validator_for(schema, default=jsonschema.Draft202012Validator)
    found = jsonschema.exceptions.best_match(kind(kind.META_SCHEMA).iter_errors(schema))
    if found is None:
        return "", getattr(error, "message", str(error))
    return pointer_text(list(found.absolute_path)), found.message
