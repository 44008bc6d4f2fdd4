"""The answer calls the right functions with the right arguments: the AST rules of BFCL, types exact.

`metadata.tools` (or `functions`) lists the tools: `{"name", "parameters": JSON Schema}`, also inside `function`.
`sample.target` lists the calls expected, in any order: `{name: {argument: [accepted values]}}` as BFCL has it, where ""
among the accepted values makes the argument optional; or plain `{"name", "arguments"}`. An empty list: no call at all.

Valid: every call names a tool, has its required arguments and no unknown ones, all of the declared type (an integer
will do for a number; a boolean is none; 5.0 is no integer). Correct: the calls match the target one to one. `strings`
"bfcl" compares text without case, spaces and `,./-_*^`, so that "1.5" is "15"; "exact" compares it as it is.
Strict reads the whole answer, lenient also a fenced block, tags in the prose or the one JSON value in it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, Literal

from evalkit.errors import UsageError
from evalkit.json_files import is_type
from evalkit.names import did_you_mean
from evalkit.records import Sample, Score
from evalkit.scorers import _calls, _fences, _json_text
from evalkit.scorers._calls import FunctionCall
from evalkit.scorers._formats import Judged, NotInFormat, scored, unreadable
from evalkit.scorers._lazy import compiled
from evalkit.scorers._think import strip_thoughts

Strings = Literal["bfcl", "exact"]
Tools = Mapping[str, Mapping[str, Any]]  # the JSON Schema of the parameters, by name
Expected = tuple[str, Mapping[str, Sequence[Any]]]  # a name, and the accepted values of each argument

_TYPES = {"dict": "object", "float": "number", "double": "number", "tuple": "array", "int": "integer", "str": "string"}
_KNOWN_TYPES = frozenset({"object", "array", "string", "number", "boolean", "null"})
_IGNORED = compiled(r"[ ,./\-_*^]")
_LABELS = frozenset({"json", "python", "py", "tool_call", "tool_code", "text"})


def score(sample: Sample, text: str, *, strings: Literal["bfcl", "exact"] = "bfcl", fenced: bool = False) -> Score:
    """1.0 if the calls are valid (where tools are listed) and correct (where there is a target). Raises UsageError."""
    tools, target = _tools(sample), _target(sample.target)

    def judged(calls: list[FunctionCall]) -> Judged:
        missed = None if target is None else _unmatched(target, calls, strings)
        correct = None if target is None else missed is None
        invalid = next((problem for call in calls if (problem := _problem(call, tools))), None)
        return Judged(invalid is None, correct, _answer(calls), invalid or missed or "")

    def read(reader: Callable[[str], list[FunctionCall]], text: str) -> Judged:
        try:
            return judged(reader(text))
        except NotInFormat as error:
            return Judged(True, True, _answer([])) if target == [] else unreadable(str(error))

    block = _fences.only(text) if fenced else None
    strict = read(_calls.read, block.body if block else text)
    return scored(strict, strict if strict.readable and target != [] else read(_find, text))


def check(sample: Sample, *, strings: Strings = "bfcl", fenced: bool = False) -> Iterator[tuple[str, str]]:
    """Tools or a target of another shape, and a target that its own tools forbid."""
    del strings, fenced
    try:
        tools = _tools(sample)
    except UsageError as error:
        yield "/metadata/tools", str(error)
        return
    try:
        target = _target(sample.target)
    except UsageError as error:
        yield "/target", str(error)
        return
    if target is None and not tools:
        yield "/target", "function_call needs a target, or metadata.tools"
    for index, (name, accepted) in enumerate(target or []):
        if tools and (problem := _misnamed(name, accepted, tools)):
            yield f"/target/{index}", problem


def _answer(calls: list[FunctionCall]) -> str:
    return _json_text.dump([{"name": call.name, "arguments": call.arguments} for call in calls])


def _find(text: str) -> list[FunctionCall]:
    """The calls that a lenient reader finds. Raises NotInFormat."""
    text = strip_thoughts(text)
    block = _fences.last(text, _LABELS)
    try:
        return _calls.read(block.body if block else text)
    except NotInFormat:
        return _calls.find(text)


# --- what the sample says


def _tools(sample: Sample) -> Tools:
    listed = sample.metadata.get("tools", sample.metadata.get("functions", []))
    tools: dict[str, Mapping[str, Any]] = {}
    for tool in listed if isinstance(listed, list) else [listed]:
        function = tool.get("function", tool) if isinstance(tool, Mapping) else None
        if not isinstance(function, Mapping) or not isinstance(function.get("name"), str):
            raise UsageError("a tool needs a name")
        parameters = function.get("parameters") or {}
        if not isinstance(parameters, Mapping) or not isinstance(parameters.get("properties", {}), Mapping):
            raise UsageError(f"the parameters of the tool {function['name']!r} are no schema of an object")
        tools[_key(function["name"])] = parameters
    return tools


def _target(target: Any) -> list[Expected] | None:
    """The calls expected. Raises UsageError."""
    if target is None:
        return None
    expected: list[Expected] = []
    for item in target if isinstance(target, list) else [target]:
        if not isinstance(item, Mapping) or not item:
            raise UsageError("an expected call is {name: {argument: [accepted values]}} or {name, arguments}")
        if isinstance(item.get("name"), str) and isinstance(item.get("arguments", {}), Mapping):
            arguments = item.get("arguments", {})
            expected.append((item["name"], {name: [_exactly(value)] for name, value in arguments.items()}))
            continue
        for name, accepted in item.items():
            if not isinstance(accepted, Mapping) or not all(isinstance(values, list) for values in accepted.values()):
                raise UsageError(f"{name}: each argument needs a list of accepted values")
            expected.append((name, accepted))
    return expected


def _exactly(value: Any) -> Any:
    """A plain value in the form of accepted values: inside objects, a list of one for each key."""
    if isinstance(value, Mapping):
        return {key: [_exactly(item)] for key, item in value.items()}
    return [_exactly(item) for item in value] if isinstance(value, list) else value


def _key(name: str) -> str:
    """Many models cannot write a dot in a function's name."""
    return name.replace(".", "_")


# --- valid


def _misnamed(name: str, given: Collection[str], tools: Tools) -> str | None:
    """Why a call with these argument names fits no tool, or None."""
    if _key(name) not in tools:
        return f"there is no tool {name!r}{did_you_mean(_key(name), tools)}"
    parameters = tools[_key(name)]
    known = parameters.get("properties", {})
    for argument in given:
        if argument not in known:
            return f"{name} has no argument {argument!r}{did_you_mean(argument, known)}"
    missing = [argument for argument in parameters.get("required") or () if argument not in given]
    return f"{name} needs the argument {missing[0]!r}" if missing else None


def _problem(call: FunctionCall, tools: Tools) -> str | None:
    if not tools:
        return None
    if problem := _misnamed(call.name, call.arguments, tools):
        return problem
    properties = tools[_key(call.name)].get("properties", {})
    for name, value in call.arguments.items():
        if not _fits(value, properties[name]):
            wanted = properties[name].get("type", "one of the values listed")
            return f"{call.name}: {name} is {_json_text.shown(value)}, expected {wanted}"
    return None


def _fits(value: Any, schema: Any) -> bool:
    """Whether a value has the declared type, down into arrays and objects, and is among the values listed."""
    if not isinstance(schema, Mapping):
        return True
    kinds = schema.get("type", "any")
    kinds = [_TYPES.get(kind, kind) for kind in (kinds if isinstance(kinds, list) else [kinds])]
    if "any" not in kinds and not any(_is(value, kind) for kind in kinds):
        return False
    if "enum" in schema and not any(_json_text.equal(value, one) for one in schema["enum"]):
        return False
    if isinstance(value, list) and "items" in schema:
        return all(_fits(item, schema["items"]) for item in value)
    properties = schema.get("properties")
    if isinstance(value, dict) and isinstance(properties, Mapping):
        return all(_fits(item, properties.get(key)) for key, item in value.items())
    return True


def _is(value: Any, kind: str) -> bool:
    if kind == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    return is_type(value, kind) if kind in _KNOWN_TYPES else True


# --- correct


def _unmatched(target: list[Expected], calls: list[FunctionCall], strings: Strings) -> str | None:
    """Why the calls do not match the expected ones, one to one in any order, or None."""
    if len(calls) != len(target):
        return f"{len(calls)} calls, expected {len(target)}"
    fits = [[_mismatch(expected, call, strings) is None for call in calls] for expected in target]
    taken: dict[int, int] = {}  # call -> expected call

    def place(expected: int, tried: set[int]) -> bool:
        for call in range(len(calls)):
            if fits[expected][call] and call not in tried:
                tried.add(call)
                if call not in taken or place(taken[call], tried):
                    taken[call] = expected
                    return True
        return False

    for index, expected in enumerate(target):
        if not place(index, set()):
            same = [call for call in calls if _key(call.name) == _key(expected[0])]
            return _mismatch(expected, same[0], strings) if len(same) == 1 else f"no call matches {expected[0]}"
    return None


def _mismatch(expected: Expected, call: FunctionCall, strings: Strings) -> str | None:
    """The first way in which a call is not the expected one, in words, or None."""
    name, accepted = expected
    if _key(call.name) != _key(name):
        return f"{call.name} is called, expected {name}"
    for argument, value in call.arguments.items():
        if argument not in accepted:
            return f"{name}: {argument} should not be given"
        if not any(_accepted(option, value, strings) for option in accepted[argument]):
            return f"{name}: {argument} is {_json_text.shown(value)}"
    missing = [
        argument for argument, options in accepted.items() if argument not in call.arguments and "" not in options
    ]
    return f"{name}: {missing[0]} is missing" if missing else None


def _accepted(option: Any, value: Any, strings: Strings) -> bool:
    """Whether a value is the accepted one; inside objects each key has a list of accepted values of its own."""
    if isinstance(option, Mapping) and isinstance(value, dict):
        options = {key: inner if isinstance(inner, list) else [inner] for key, inner in option.items()}
        return all(
            key in options and any(_accepted(one, item, strings) for one in options[key]) for key, item in value.items()
        ) and all(key in value or "" in inner for key, inner in options.items())
    if isinstance(option, list) and isinstance(value, list):
        pairs = zip(option, value, strict=False)
        return len(option) == len(value) and all(_accepted(one, item, strings) for one, item in pairs)
    if strings == "bfcl" and isinstance(option, str) and isinstance(value, str):
        return _folded(option) == _folded(value)
    return _json_text.equal(option, value)


def _folded(text: str) -> str:
    return _IGNORED.sub("", text).lower().replace("'", '"')
