"""promptfoo's assertions on the text of an answer, as our scorers."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from evalkit.importers._source import BadRow, told

NOT_ABOUT_THE_ANSWER = ("cost", "latency")
TEXT = (
    "contains", "icontains", "contains-all", "contains-any", "icontains-all", "icontains-any", "starts-with", "regex",
)  # fmt: skip
_TYPE = re.compile(r"((?:not-)?[a-z][a-z-]*[a-z])(?:\((\d+(?:\.\d+)?)\))?(?::(.*))?", re.DOTALL)
_KNOWN_IN_CSV = frozenset(
    {*TEXT, "equals", "is-json", "contains-json", "cost", "latency", "llm-rubric", "grade", "javascript", "fn", "eval",
     "python", "similar", "levenshtein", "rouge-n", "is-valid-openai-tools-call", "model-graded-closedqa", "factuality",
     "answer-relevance", "context-recall", "context-relevance", "context-faithfulness", "classifier", "moderation",
     "webhook", "perplexity", "perplexity-score", "is-sql", "contains-sql", "is-xml", "contains-xml", "is-refusal",
     "word-count", "bleu", "meteor", "g-eval", "select-best"}
)  # fmt: skip
_VARIABLE = re.compile(r"\{\{\s*([A-Za-z_]\w*)\s*\}\}")
_SCHEMA = ("is-json",)


def parse(cell: str) -> dict[str, Any]:
    """One `__expected` cell: `type: value`, `type(threshold): value`, or text that the answer must equal."""
    found = _TYPE.fullmatch(cell.strip())
    if not found or found.group(1).removeprefix("not-") not in _KNOWN_IN_CSV:
        return {"type": "equals", "value": cell}
    kind, value = found.group(1), (found.group(3) or "").strip()
    if kind.endswith(("-all", "-any")):
        return {"type": kind, "value": [part.strip() for part in value.split(",")]}
    return {"type": kind, "value": value} if value else {"type": kind}


def as_scorer(asserts: Sequence[Any], variables: Mapping[str, Any], ignored: Counter[str]) -> dict[str, Any]:
    """The fields of a sample that ask the same: `scorer`, and `target`, `schema` or `metadata`. Raises BadRow."""
    judged = []
    for given in asserts:
        if not isinstance(given, dict) or not isinstance(given.get("type"), str):
            raise BadRow(f"not an assertion: {told(given)}")
        kind = given["type"]
        if kind.removeprefix("not-") in NOT_ABOUT_THE_ANSWER:
            ignored[kind] += 1
        else:
            judged.append((kind, _filled(given.get("value"), variables)))
    if not judged:
        raise BadRow("no assertion says what a right answer is")
    several = len(judged) > 1
    if all(kind.removeprefix("not-") in TEXT or (several and kind == "equals") for kind, _ in judged):
        pattern = r"\A" + "".join(_ahead(kind, value) for kind, value in judged)
        return {"scorer": {"name": "regex", "options": {"full": False}}, "metadata": {"pattern": pattern}}
    if several:
        kinds = ", ".join(kind for kind, _ in judged)
        raise BadRow(f"these assertions cannot be joined into one scorer: {kinds}")
    ((kind, value),) = judged
    if kind == "equals" and value is not None:
        name = "exact" if isinstance(value, str | int | float) and not isinstance(value, bool) else "json_value"
        return {"scorer": {"name": name}, "target": value}
    if kind == "is-json":
        return {"scorer": {"name": "json_schema"}, "schema": _schema(value)}
    raise BadRow(f"the assertion {kind!r} cannot be imported: no scorer says the same without code or a judge")


def _filled(value: Any, variables: Mapping[str, Any]) -> Any:
    """A value with its {{variables}} filled in."""
    if isinstance(value, list):
        return [_filled(part, variables) for part in value]
    if not isinstance(value, str):
        return value
    if value.startswith("file://"):
        raise BadRow(f"the assertion's value is in another file: {value}")
    return _VARIABLE.sub(lambda found: str(variables.get(found.group(1), found.group(0))), value)


def _ahead(kind: str, value: Any) -> str:
    """A look-ahead from the beginning that holds where the assertion does."""
    negated, name = kind.startswith("not-"), kind.removeprefix("not-")
    parts = value if isinstance(value, list) and name.endswith(("-all", "-any")) else [value]
    if not parts or not all(isinstance(part, str | int | float) and str(part) for part in parts):
        raise BadRow(f"the assertion {kind!r} has no value")
    fold = "(?i:{})" if name.startswith("i") else "(?:{})"
    texts = [fold.format(str(part) if name == "regex" else re.escape(str(part))) for part in parts]
    if name == "starts-with":
        looks = [f"(?={texts[0]})"]
    elif name == "equals":
        looks = [rf"(?=\s*{texts[0]}\s*\Z)"]
    elif name.endswith("-any"):
        looks = [rf"(?=[\s\S]*?(?:{'|'.join(texts)}))"]
    else:
        looks = [rf"(?=[\s\S]*?{text})" for text in texts]
    return f"(?!{''.join(looks)})" if negated else "".join(looks)


def _schema(value: Any) -> dict[str, Any]:
    if value in (None, ""):
        return {}
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError as error:
            raise BadRow(f"the schema of 'is-json' is not JSON: {error}") from None
    if not isinstance(value, dict):
        raise BadRow(f"the schema of 'is-json' must be an object, not {told(value)}")
    return value
