"""json_value, and the JSON reading it shares: what is JSON, what a lenient reader finds, when two values are equal."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.records import Sample
from evalkit.scorers import _json_text, json_value

CASES = Path(__file__).resolve().parents[1] / "../shared/cases/format.jsonl"

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def cases(kind):
    if not CASES.is_file():
        pytest.skip("../shared/cases is not here")
    rows = [json.loads(line) for line in CASES.read_text(encoding="utf-8").split("\n") if line]
    return [row for row in rows if row["kind"] == kind]


def readable(reader, text):
    try:
        reader(text)
    except _json_text.NotJson:
        return False
    return True


def test_extraction_cases():
    rows = cases("json-extract")
    wrong = []
    for row in rows:
        expected = row["expected"]
        got = json_value.score(Sample("s", target=expected["value"]), row["text"])
        found = expected["value"] is None or got.lenient_value == 1.0
        if (got.details["valid"], got.details["lenient_valid"], found) != (
            expected["strict"],
            expected["lenient"],
            True,
        ):
            wrong.append(row["id"])
    assert wrong == []


def test_equality_cases():
    rows = cases("json-equal")
    wrong = [
        row["id"]
        for row in rows
        if json_value.score(Sample("s", target=json.loads(row["left"])), row["right"]).value != float(row["expected"])
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "strict", "lenient"),
    [
        ('{"a": 1}', True, True),
        ('<think>{"a": 2}</think>{"a": 1}', False, True),
        ('{"a": 1} and again {"a": 1}', False, True),
        ('{"a": 1} or rather {"a": 2}', False, False),
        ('```\n{"a": 2}\n```\nno:\n~~~json\n{"a": 1}\n~~~', False, True),
        ('```json\n{"a": 1}\n```\nand in Python:\n```python\nprint({})\n```', False, True),
        ('```json\n{"a": 1}\n```\ncorrected:\n```json\n{"a": 1,\n```', False, False),
        ('> ```json\n> {"a": 1}\n> ```', False, True),
        ('{"b": {"a": 1}, "c": ', False, False),
        ('{"b": {"a": 1}, "c": nope}', False, False),
        ('Result: [{"a": 1}]', False, False),
    ],
)
def test_what_is_found(text, strict, lenient):
    got = json_value.score(Sample("s", target={"a": 1}), text)
    assert (got.value == 1.0, got.lenient_value == 1.0) == (strict, lenient)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "the answer is empty"),
        ('{"a": NaN}', "NaN is not JSON"),
        ('{"a": {"b": 1, "b": 1}}', 'the key "b" stands there twice'),
        ("[" * 301 + "]" * 301, "nested too deeply"),
        ("1" * 4301, "an integer of more than 4,300 digits"),
        ("{'a': 1}", "line 1, column 2"),
    ],
)
def test_the_reason_is_said(text, reason):
    got = json_value.score(Sample("s", target=1), text)
    assert (got.value, got.lenient_value, got.outcome) == (None, None, "extraction_failed")
    assert reason in got.explanation


def test_depth_is_bounded_by_nesting_not_by_length():
    assert readable(_json_text.read, "[" * 300 + "]" * 300)
    assert readable(_json_text.read, "[" + ",".join(["[]"] * 5000) + "]")


@given(VALUES)
@settings(derandomize=True, max_examples=150, deadline=None)
def test_a_value_reads_back_as_itself(value):
    text = json.dumps(value)
    assert _json_text.equal(_json_text.read(text), value)
    assert _json_text.equal(_json_text.find(f"The answer:\n\n```json\n{text}\n```\n"), value)
    assert _json_text.read(_json_text.dump(value)) == value
    assert json_value.score(Sample("s", target=value), text).value == 1.0


@given(VALUES, VALUES)
@settings(derandomize=True, max_examples=150, deadline=None)
def test_equality_is_symmetric_and_follows_the_dump(left, right):
    assert _json_text.equal(left, right) == _json_text.equal(right, left)
    if _json_text.equal(left, right):
        assert _json_text.dump(left) == _json_text.dump(right)


@given(st.text(alphabet='{}[]",:\\ 1a\n`', max_size=60))
@settings(derandomize=True, max_examples=300, deadline=None)
def test_a_lenient_reader_finds_whatever_a_strict_one_reads(text):
    got = json_value.score(Sample("s", target=1), text)
    assert got.value is None or got.lenient_value is not None


def test_hostile_text_is_bounded():
    for text in ("[1] " * 50_000, '"\\"' * 50_000, "{" * 200_000, "`" * 100_000, "```\n" * 20_000, " " * 200_000 + "x"):
        start = time.process_time()
        json_value.score(Sample("s", target=1), text)
        assert time.process_time() - start < 2
