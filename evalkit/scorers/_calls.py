"""Function calls in an answer, in the forms that models write.

JSON: one call or a list of calls, each `{"name", "arguments"}` (also `parameters`, also inside `function`, the
arguments also as JSON text) or `{name: arguments}`. Python: `f(a=1)`, also several in a list. Tags: `<tool_call>` and
`<function=name>`, as Hermes and Llama templates write them.
"""

from __future__ import annotations

import ast
import warnings
from dataclasses import dataclass
from typing import Any

from evalkit.scorers import _json_text
from evalkit.scorers._formats import NotInFormat
from evalkit.scorers._lazy import compiled

LONGEST_PYTHON = 20_000  # characters: Python's own parser keeps a tree many times larger than the text

_FUNCTION_TAG = compiled(r"<function=([\w.:-]+)>")
_MARKS = ("<|python_tag|>", "[TOOL_CALLS]")


@dataclass(frozen=True, slots=True)
class FunctionCall:
    """One call: the name as written and the arguments by name, as JSON values."""

    name: str
    arguments: dict[str, Any]


def read(text: str) -> list[FunctionCall]:
    """The calls that the whole of `text` consists of. Raises NotInFormat."""
    text = text.strip()
    for mark in _MARKS:
        text = text.removeprefix(mark).lstrip()
    calls, rest = _tagged(text)
    if calls and not rest.strip():
        return calls
    if text[:1] in ("{", "["):
        try:
            return from_json(_json_text.read(text))
        except NotInFormat as error:
            if text[:1] == "{":
                raise NotInFormat(f"no function call: {error}") from None
    return _python(text)


def find(text: str) -> list[FunctionCall]:
    """The calls that stand somewhere in `text`: tagged, else the one JSON value. Raises NotInFormat."""
    return _tagged(text)[0] or from_json(_json_text.find(text))


def from_json(value: Any) -> list[FunctionCall]:
    """The calls of a JSON value. Raises NotInFormat."""
    if isinstance(value, list):
        return [call for item in value for call in from_json(item)]
    if not isinstance(value, dict):
        raise NotInFormat("no function call")
    if isinstance(value.get("tool_calls"), list):
        return from_json(value["tool_calls"])
    inner = value.get("function")
    if isinstance(inner, dict):
        value = inner
    if isinstance(value.get("name"), str):
        for key in ("arguments", "parameters"):
            if key in value:
                return [FunctionCall(value["name"], _arguments(value[key]))]
        return [FunctionCall(value["name"], {})] if set(value) <= {"name", "id", "type"} else _by_name(value)
    return _by_name(value)


def _by_name(value: dict[str, Any]) -> list[FunctionCall]:
    """`{name: arguments}`, one call for each key."""
    if not value or not all(isinstance(arguments, dict) for arguments in value.values()):
        raise NotInFormat("no function call")
    return [FunctionCall(name, arguments) for name, arguments in value.items()]


def _arguments(value: Any) -> dict[str, Any]:
    if isinstance(value, str):
        value = _json_text.read(value) if value.strip() else {}
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise NotInFormat("the arguments are not an object")
    return value


def _tagged(text: str) -> tuple[list[FunctionCall], str]:
    """The calls that stand between tags, and the text outside. Raises NotInFormat for a tag around something else."""
    calls: list[FunctionCall] = []
    outside, *pieces = text.split("<tool_call>")
    for piece in pieces:
        body, closing, after = piece.partition("</tool_call>")
        if closing:
            calls += from_json(_json_text.read(body.strip()))
        outside += after if closing else piece
    outside, *parts = _FUNCTION_TAG.split(outside)
    for name, piece in zip(parts[::2], parts[1::2], strict=True):
        body, closing, after = piece.partition("</function>")
        if closing:
            calls.append(FunctionCall(name, _arguments(body)))
        outside += after if closing else piece
    return calls, outside


def _python(text: str) -> list[FunctionCall]:
    if len(text) > LONGEST_PYTHON:
        raise NotInFormat("too long for a function call")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an odd escape in a text argument
            tree = ast.parse(text, mode="eval").body
        calls = tree.elts if isinstance(tree, (ast.List, ast.Tuple)) else [tree]
        return [_python_call(call) for call in calls]
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise NotInFormat("no function call") from None


def _python_call(node: ast.expr) -> FunctionCall:
    if not isinstance(node, ast.Call) or node.args:
        raise NotInFormat("no function call with named arguments")
    arguments = {keyword.arg: _literal(keyword.value) for keyword in node.keywords if keyword.arg is not None}
    if len(arguments) < len(node.keywords):
        raise NotInFormat("an argument is given twice")
    return FunctionCall(ast.unparse(node.func), arguments)


def _literal(node: ast.expr) -> Any:
    """The JSON value of a Python literal; `true`, `false` and `null` are understood."""
    if isinstance(node, ast.Name) and node.id in ("true", "false", "null"):
        return {"true": True, "false": False, "null": None}[node.id]
    if isinstance(node, (ast.List, ast.Tuple)):
        return [_literal(item) for item in node.elts]
    if isinstance(node, ast.Dict):
        return {str(_literal(key)): _literal(item) for key, item in zip(node.keys, node.values, strict=True) if key}
    value = ast.literal_eval(node)
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    raise NotInFormat("an argument that is no plain value")
