"""function_call: calls in every common form, valid against the tools, correct by the rules of BFCL."""

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.errors import UsageError
from evalkit.records import Sample
from evalkit.scorers import function_call

TOOLS = [
    {
        "name": "weather.get",
        "parameters": {
            "type": "dict",
            "properties": {
                "city": {"type": "string"},
                "days": {"type": "integer"},
                "limit": {"type": "float"},
                "units": {"type": "string", "enum": ["C", "F"]},
                "hours": {"type": "array", "items": {"type": "integer"}},
                "daily": {"type": "boolean"},
            },
            "required": ["city"],
        },
    },
    {"type": "function", "function": {"name": "ping", "parameters": {}}},
]
TARGET = [{"weather.get": {"city": ["San José", "San Jose"], "days": [3], "units": ["C", ""]}}]


def sample(target=TARGET, tools=TOOLS):
    return Sample("s", target=target, metadata={} if tools is None else {"tools": tools})


def call(name="weather.get", **arguments):
    return json.dumps([{"name": name, "arguments": arguments}])


@pytest.mark.parametrize(
    ("text", "strict", "lenient"),
    [
        (call(city="San Jose", days=3), True, True),
        (call("weather_get", city="San Jose", days=3), True, True),
        ('{"name": "weather.get", "parameters": {"city": "San Jose", "days": 3}}', True, True),
        ('{"weather.get": {"city": "San Jose", "days": 3}}', True, True),
        (
            '[{"type": "function", "function": {"name": "weather.get",'
            ' "arguments": "{\\"city\\": \\"San Jose\\", \\"days\\": 3}"}}]',
            True,
            True,
        ),
        ('weather.get(city="San Jose", days=3)', True, True),
        ("[weather.get(city='San Jose', days=3, units='C')]", True, True),
        (
            '<tool_call>\n{"name": "weather.get", "arguments": {"city": "San Jose", "days": 3}}\n</tool_call>',
            True,
            True,
        ),
        ('<function=weather.get>{"city": "San Jose", "days": 3}</function>', True, True),
        ("[TOOL_CALLS]" + call(city="San Jose", days=3), True, True),
        ("Sure: " + call(city="San Jose", days=3), False, True),
        ("```json\n" + call(city="San Jose", days=3) + "\n```", False, True),
        ('```python\nweather.get(city="San Jose", days=3)\n```', False, True),
        ("<think>hm</think>" + call(city="San Jose", days=3), False, True),
        (
            'I call <tool_call>{"name": "weather.get", "arguments": {"city": "San Jose", "days": 3}}</tool_call>',
            False,
            True,
        ),
        ('weather.get("San Jose", 3)', False, False),
        ("weather.get(city=open('x'), days=3)", False, False),
        ("I cannot tell the weather.", False, False),
        ('{"city": "San Jose", "days": 3}', False, False),
        (call(city="San Jose", days=3)[:-4], False, False),
    ],
)
def test_forms(text, strict, lenient):
    got = function_call.score(sample(), text)
    assert (got.value == 1.0, got.lenient_value == 1.0) == (strict, lenient)
    if not strict:
        assert got.outcome == "extraction_failed"


def test_one_fence_may_be_allowed():
    text = "```json\n" + call(city="San Jose", days=3) + "\n```"
    assert function_call.score(sample(), text, fenced=True).value == 1.0


@pytest.mark.parametrize(
    ("text", "valid", "correct", "reason"),
    [
        (call(city="San Jose", days=4), True, False, "weather.get: days is 4"),
        (call(city="San Jose"), True, False, "weather.get: days is missing"),
        (call(days=3), False, False, "weather.get needs the argument 'city'"),
        (call(city="San Jose", days="3"), False, False, 'weather.get: days is "3", expected integer'),
        (call(city="San Jose", days=3.0), False, True, "weather.get: days is 3.0, expected integer"),
        (call(city="San Jose", days=True), False, False, "weather.get: days is true, expected integer"),
        (call(city="San Jose", days=3, units="K"), False, False, 'weather.get: units is "K"'),
        (call(city="San Jose", days=3, unit="C"), False, False, "did you mean 'units'?"),
        (call(city="San Jose", days=3, limit=1), True, False, "limit should not be given"),
        (call(city="San Jose", days=3, hours=[1, "2"]), False, False, "hours is"),
        (call("wether.get", city="San Jose", days=3), False, False, "there is no tool 'wether.get'; did you mean"),
        ("ping()", True, False, "ping is called, expected weather.get"),
        ("[" + "ping(), " * 2 + "]", True, False, "2 calls, expected 1"),
    ],
)
def test_valid_and_correct(text, valid, correct, reason):
    got = function_call.score(sample(), text)
    assert got.value == 0.0
    assert (got.details["valid"], got.details["correct"]) == (valid, correct)
    assert reason in got.explanation or (text.startswith("ping") and "no call matches" in got.explanation)


def test_text_is_compared_as_bfcl_does_or_exactly():
    loose = call(city="san-jose", days=3)
    assert function_call.score(sample(), loose).value == 1.0
    assert function_call.score(sample(), loose, strings="exact").value == 0.0
    version = [{"f": {"v": ["1.5"]}}]
    assert function_call.score(sample(version, None), call("f", v="15")).value == 1.0
    assert function_call.score(sample(version, None), call("f", v="15"), strings="exact").value == 0.0


def test_nested_values():
    target = [{"f": {"o": [{"a": [1, 2], "b": ["x", ""]}], "l": [["p", "q"], []]}}]
    for arguments, right in (
        ({"o": {"a": 2}, "l": []}, True),
        ({"o": {"a": 1, "b": "X"}, "l": ["P", "q"]}, True),
        ({"o": {"a": 3}, "l": []}, False),
        ({"o": {"b": "x"}, "l": []}, False),
        ({"o": {"a": 1, "c": 1}, "l": []}, False),
        ({"o": {"a": 1}, "l": ["q", "p"]}, False),
        ({"o": {"a": True}, "l": []}, False),
    ):
        assert (function_call.score(sample(target, None), call("f", **arguments)).value == 1.0) is right


def test_parallel_calls_match_in_any_order_and_not_greedily():
    target = [{"f": {"x": [1, 2]}}, {"f": {"x": [1]}}]
    both = '[{"name": "f", "arguments": {"x": 1}}, {"name": "f", "arguments": {"x": 2}}]'
    assert function_call.score(sample(target, None), both).value == 1.0
    assert function_call.score(sample(target, None), both.replace("2", "1")).value == 1.0
    assert function_call.score(sample(target, None), both.replace("1", "2")).value == 0.0


def test_plain_targets():
    target = [{"name": "f", "arguments": {"a": [1, {"b": None}]}}]
    assert function_call.score(sample(target, None), call("f", a=[1, {"b": None}])).value == 1.0
    assert function_call.score(sample(target, None), call("f", a=[1, {"b": 0}])).value == 0.0
    assert function_call.score(sample(target, None), call("f", a=[1, {"b": None}], c=1)).value == 0.0


def test_no_call_may_be_right():
    got = function_call.score(sample([]), "None of these tools fits.")
    assert (got.value, got.lenient_value, got.outcome) == (1.0, 1.0, "ok")
    assert function_call.score(sample([]), call(city="Rome")).value == 0.0
    hidden = function_call.score(sample([]), "Maybe " + call(city="Rome"))
    assert (hidden.value, hidden.lenient_value) == (1.0, 0.0)


def test_tools_alone_ask_for_valid_calls():
    assert function_call.score(sample(None), call(city="Rome")).value == 1.0
    assert function_call.score(sample(None), call(town="Rome")).value == 0.0


def test_check():
    assert list(function_call.check(sample())) == []
    assert [pointer for pointer, _ in function_call.check(sample(None, None))] == ["/target"]
    assert [pointer for pointer, _ in function_call.check(sample(tools=[{"parameters": {}}]))] == ["/metadata/tools"]
    for target, part in (
        ([{"weather.get": {"city": "Rome"}}], "list of accepted values"),
        ([{"weather.got": {"city": ["Rome"]}}], "did you mean 'weather_get'"),
        ([{"weather.get": {"days": [1]}}], "needs the argument 'city'"),
        ([{"name": "weather.get", "arguments": {"city": "Rome", "dais": 1}}], "did you mean 'days'"),
        (["ping"], "an expected call is"),
    ):
        [(pointer, message)] = function_call.check(sample(target))
        assert pointer.startswith("/target")
        assert part in message
    with pytest.raises(UsageError):
        function_call.score(sample(["ping"]), "ping()")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.from_regex(r"[a-z]{1,5}", fullmatch=True), JSON, max_size=3))
@settings(derandomize=True, max_examples=100, deadline=None)
def test_a_call_equals_itself_in_every_form(arguments):
    target = [{"name": "f", "arguments": arguments}]
    text = call("f", **arguments)
    for form in (text, f"<tool_call>{text}</tool_call>", f"```json\n{text}\n```", f"I call\n{text}"):
        assert function_call.score(sample(target, None), form, strings="exact").lenient_value == 1.0


@pytest.mark.parametrize(
    "text",
    [
        "f(a=" + "(" * 10_000,
        "f(a=" + "-" * 19_000 + "1)",
        "<tool_call>" * 20_000,
        "f" * 300_000,
        "[" * 100_000,
        "f(a=9**9**9**9)",
        "<function=f>" * 9_000,
        "f(a=" + "9" * 15_000 + ")",
    ],
)
def test_hostile_text_is_bounded(text):
    start = time.process_time()
    assert function_call.score(sample(), text).value is None
    assert time.process_time() - start < 3


def test_odd_escapes_are_no_warning():
    target = [{"name": "f", "arguments": {"a": "\\d"}}]
    assert function_call.score(sample(target, None), r"f(a='\d')").value == 1.0
