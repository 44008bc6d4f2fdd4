"""yaml: one document, read as the version says, without the traps."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.errors import UsageError
from evalkit.records import Sample
from evalkit.scorers import yaml

CASES = Path(__file__).resolve().parents[1] / "../shared/cases/format.jsonl"
# Policy (scorers.md section 4): PyYAML keeps the last of two keys, we refuse both.
POLICY = {"fmt-yaml-098-dup-key"}


def cases(kind):
    if not CASES.is_file():
        pytest.skip("../shared/cases is not here")
    rows = [json.loads(line) for line in CASES.read_text(encoding="utf-8").split("\n") if line]
    return [row for row in rows if row["kind"] == kind]


def test_cases():
    wrong = set()
    for row in cases("yaml"):
        expected = row["expected"]
        got = yaml.score(Sample("s", target=expected["value"]), row["text"])
        if (got.value == 1.0) != expected["valid"]:
            wrong.add(row["id"])
    assert wrong == POLICY


@pytest.mark.parametrize(
    ("text", "value", "core"),
    [
        ("a: yes", {"a": True}, {"a": "yes"}),
        ("a: NO", {"a": False}, {"a": "NO"}),
        ("a: true", {"a": True}, {"a": True}),
        ("a: 0755", {"a": 493}, {"a": 755}),
        ("a: 0o17", {"a": "0o17"}, {"a": 15}),
        ("a: 12:30:00", {"a": 45000}, {"a": "12:30:00"}),
        ("a: 2024-01-31", {"a": "2024-01-31"}, {"a": "2024-01-31"}),
        ("a:", {"a": None}, {"a": None}),
        ("a: 1.5", {"a": 1.5}, {"a": 1.5}),
        ("a: 1e3", {"a": "1e3"}, {"a": 1000.0}),
        ("1: x\nfalse: y", {"1": "x", "false": "y"}, {"1": "x", "false": "y"}),
        ("b: &b {k: 1, l: 1}\nx: {<<: *b, k: 2}", {"b": {"k": 1, "l": 1}, "x": {"k": 2, "l": 1}}, None),
        ("x: &b {k: 1}\ny: *b", {"x": {"k": 1}, "y": {"k": 1}}, {"x": {"k": 1}, "y": {"k": 1}}),
        ("  a: 1\n  b: |\n    two\n    lines\n", {"a": 1, "b": "two\nlines"}, {"a": 1, "b": "two\nlines"}),
    ],
)
def test_versions(text, value, core):
    assert yaml.score(Sample("s", target=value), text).value == 1.0
    if core is not None:
        assert yaml.score(Sample("s", target=core), text, version="1.2").value == 1.0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I am sorry, I cannot.",
        "a: 1\na: 2",
        "a: {b: 1, b: 1}",
        "1: a\ntrue: b",
        "a: .nan",
        "a: [.inf]",
        "---\na: 1\n---\na: 2",
        "!!python/object/apply:os.system [ls]",
        "a: &x [*x]",
        "a: !!int x",
        "a: !!bool x",
        "a: !!timestamp x",
        "a: !!set {x, y}",
        "1: a\n'1': b",
        "a: " + "9" * 5000,
        "\n".join(["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]),
        "\n".join(["a0: &a0 [x]"] + [f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 2000)]),
    ],
)
def test_refused(text):
    for version in ("1.1", "1.2"):
        got = yaml.score(Sample("s"), text, version=version)
        assert (got.value, got.outcome) == (None, "extraction_failed"), (text, got)


def test_an_impossible_date_is_text_in_the_core_schema_only():
    assert yaml.score(Sample("s"), "a: 2024-13-45").outcome == "extraction_failed"
    assert yaml.score(Sample("s"), "a: 2024-13-45", version="1.2").value == 1.0


def test_a_scalar_only_where_one_is_asked_for():
    assert yaml.score(Sample("s", target="a word"), "a word").value == 1.0
    assert yaml.score(Sample("s", target=3), "3").value == 1.0
    assert yaml.score(Sample("s", target={"a": 1}), "a word").outcome == "extraction_failed"


def test_fences_and_targets_in_text():
    sample = Sample("s", target="a: 1\nb: [x]")
    assert yaml.score(sample, "```yaml\nb:\n- x\na: 1\n```").value == 1.0
    assert yaml.score(sample, "```yaml\nb:\n- x\na: 1\n```", fenced=False).value is None
    got = yaml.score(sample, "Here:\n```\na: 1\nb: [y]\n```\nDone: yes? no: maybe")
    assert (got.value, got.lenient_value) == (None, 0.0)
    assert '/b/0 is "y", expected "x"' in got.explanation
    assert [pointer for pointer, _ in yaml.check(Sample("s", target="a: ["))] == ["/target"]
    with pytest.raises(UsageError):
        yaml.score(Sample("s", target="a: ["), "a: 1")


@given(
    st.dictionaries(
        st.text(alphabet="abn :#", max_size=4),
        st.none() | st.booleans() | st.integers() | st.text(alphabet="ayesno:-#{}[]1. \n'\"", max_size=8),
        min_size=1,
        max_size=4,
    )
)
@settings(derandomize=True, max_examples=100, deadline=None)
def test_json_is_yaml(value):
    assert yaml.score(Sample("s", target=value), json.dumps(value), fenced=False).value == 1.0
    assert yaml.score(Sample("s", target=value), json.dumps(value), fenced=False, version="1.2").value == 1.0


@pytest.mark.parametrize(
    "piece", ["[", "- ", "{a: ", "? ", "a: ", "&a ", "!", "'", "a:\n", "- a\n", "|", "#", "*a ", "[a, ", "a b "]
)
def test_hostile_text_is_bounded(piece):
    text = piece * (30_000 // len(piece))
    start = time.process_time()
    yaml.score(Sample("s"), text)
    assert time.process_time() - start < 5
