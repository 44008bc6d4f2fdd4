"""csv: what is CSV, which table it is, and what is only nearly CSV."""

import csv as stdlib_csv
import io
import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.errors import UsageError
from evalkit.records import Sample
from evalkit.scorers import csv

CASES = Path(__file__).resolve().parents[1] / "../shared/cases/format.jsonl"
CELLS = st.text(alphabet='ab,";\n é1', max_size=6)


def cases(kind):
    if not CASES.is_file():
        pytest.skip("../shared/cases is not here")
    rows = [json.loads(line) for line in CASES.read_text(encoding="utf-8").split("\n") if line]
    return [row for row in rows if row["kind"] == kind]


def test_cases():
    wrong = []
    for row in cases("csv"):
        got = csv.score(Sample("s", target=row["expected"]["rows"]), row["text"])
        if (got.details["valid"], got.value == 1.0) != (row["expected"]["valid"],) * 2:
            wrong.append(row["id"])
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("a,b\r\n1,2\r\n", True),
        ("a,b\n\n1,2\n", True),
        ("\n\n  a , b\n1,2", True),
        ('a,b\n"1,5",2', True),
        ("```csv\na,b\n1,2\n```", True),
        ("a,b", True),
        ("", False),
        ("just a cell", False),
        ("Here you are:\na,b\n1,2", False),
        ("a,b\n1,2\n\nI hope this helps, friend, truly.", False),
        ('a,b\n"1"x,2', False),
    ],
)
def test_valid(text, valid):
    got = csv.score(Sample("s"), text)
    assert (got.value == 1.0) is valid
    assert got.outcome == ("ok" if valid else "extraction_failed")


def test_fences_are_a_rule():
    fenced = "```csv\na,b\n1,2\n```"
    assert csv.score(Sample("s"), fenced, fenced=False).value is None
    assert csv.score(Sample("s"), fenced, fenced=False).lenient_value == 1.0
    chatty = f"Sure!\n{fenced}\nBye"
    assert (csv.score(Sample("s"), chatty).value, csv.score(Sample("s"), chatty).lenient_value) == (None, 1.0)
    thought = "<think>a;b</think>a,b\n1,2"
    assert csv.score(Sample("s"), thought).lenient_value == 1.0


@pytest.mark.parametrize(
    ("target", "right"),
    [
        ([["a", "b"], ["1", "x y"]], True),
        ([["a", "b"], [1, "x y"]], True),
        ([{"a": 1, "b": "x y"}], True),
        ([{"b": "x y", "a": 1}], True),
        ("a,b\n1,x y\n", True),
        ([["b", "a"], ["x y", "1"]], False),
        ([["a", "b"], ["1.0", "x y"]], False),
        ([["a", "b"], ["1", "x y"], ["2", "z"]], False),
        ([{"a": 1}], False),
    ],
)
def test_correct(target, right):
    sample = Sample("s", target=target)
    assert list(csv.check(sample)) == []
    got = csv.score(sample, "a,b\n1, x y")
    assert (got.value, got.details["valid"], got.details["correct"]) == (float(right), True, right)


def test_the_difference_is_told():
    sample = Sample("s", target=[["a", "b"], ["1", "2"]])
    assert csv.score(sample, "a,b\n1,3").explanation == 'row 1 is ["1", "3"], expected ["1", "2"]'
    assert csv.score(sample, "a,b").explanation == "0 rows below the header, expected 1"
    assert "row 1 has 1 cells" in csv.score(sample, "a,b\n1").explanation
    told = csv.score(sample, "a,b\n1,2", header=["a", "c"]).explanation
    assert told == 'the header is ["a", "b"], expected ["a", "c"]'


def test_another_delimiter():
    sample = Sample("s", target=[["a", "b"], ["1,5", "2"]])
    assert csv.score(sample, "a;b\n1,5;2", delimiter=";").value == 1.0
    assert csv.score(sample, "a\tb\n1,5\t2", delimiter="\t").value == 1.0
    assert "stand between ';'" in csv.score(sample, "a;b\n1;2").explanation
    assert [pointer for pointer, _ in csv.check(sample, delimiter=";;")] == ["/scorer/options/delimiter"]


def test_targets_are_checked():
    for target in ([], [[]], [["a"], ["b", "c"]], [{"a": 1}, {"b": 1}], 3, "a,b\n1"):
        assert [pointer for pointer, _ in csv.check(Sample("s", target=target))] == ["/target"]
    with pytest.raises(UsageError, match="the target is not CSV"):
        csv.score(Sample("s", target="a,b\n1"), "a")


@given(st.integers(2, 4).flatmap(lambda n: st.lists(st.lists(CELLS, min_size=n, max_size=n), min_size=1, max_size=5)))
@settings(derandomize=True, max_examples=150, deadline=None)
def test_what_csv_writes_is_read_back(rows):
    text = io.StringIO()
    stdlib_csv.writer(text, quoting=stdlib_csv.QUOTE_ALL).writerows(rows)
    assert csv.score(Sample("s", target=rows), text.getvalue(), fenced=False).value == 1.0


@pytest.mark.parametrize("text", ['"' * 200_001, ",\n" * 100_000, "a," * 200_000, "\n" * 300_000, "x" * 300_000])
def test_hostile_text_is_bounded(text):
    start = time.process_time()
    csv.score(Sample("s", target=[["a", "b"]]), text)
    assert time.process_time() - start < 3
