"""regex: whole or part, flags in the pattern, bounded in time."""

import json
import time
from pathlib import Path

import pytest

from evalkit.errors import UsageError
from evalkit.records import Sample
from evalkit.scorers import _patterns, regex

CASES = Path(__file__).resolve().parents[1] / "../shared/cases/format.jsonl"


def test_cases():
    if not CASES.is_file():
        pytest.skip("../shared/cases is not here")
    rows = [json.loads(line) for line in CASES.read_text(encoding="utf-8").split("\n") if line]
    wrong = [
        row["id"]
        for row in rows
        if row["kind"] == "regex"
        and regex.score(Sample("s"), row["text"], pattern=row["pattern"], full=row["full"]).value
        != float(row["expected"])
    ]
    assert wrong == []


def test_whole_and_part():
    code = Sample("s", metadata={"pattern": r"[A-Z]{2}-\d+"})
    got = regex.score(code, " AB-12\n")
    assert (got.value, got.lenient_value, got.answer) == (1.0, 1.0, "AB-12")
    got = regex.score(code, "It is AB-12.")
    assert (got.value, got.lenient_value, got.answer, got.explanation) == (0.0, 1.0, "AB-12", "fits in part")
    assert regex.score(code, "It is AB-12.", full=False).value == 1.0
    assert regex.score(code, "<think>AB-12</think> none").lenient_value == 0.0
    assert regex.score(code, "ab-12").value == 0.0


def test_flags_stand_in_the_pattern():
    assert regex.score(Sample("s"), "ab-12", pattern=r"(?i)[A-Z]{2}-\d+").value == 1.0
    assert regex.score(Sample("s"), "১২", pattern=r"\d+").value == 1.0
    assert regex.score(Sample("s"), "১২", pattern=r"(?a)\d+").value == 0.0
    assert regex.score(Sample("s"), "x\ny", pattern=r"(?s)x.y").value == 1.0


def test_where_the_pattern_comes_from():
    sample = Sample("s", target="a+")
    assert regex.score(sample, "aa").value == 1.0
    assert regex.score(sample, "bb", pattern="b+").value == 1.0
    assert regex.score(Sample("s", target="a+", metadata={"pattern": "c+"}), "cc", pattern="b+").value == 1.0
    with pytest.raises(UsageError, match="needs a pattern"):
        regex.score(Sample("s"), "x")


def test_check():
    assert [pointer for pointer, _ in regex.check(Sample("s"))] == ["/metadata/pattern"]
    assert [pointer for pointer, _ in regex.check(Sample("s", target="("))] == ["/target"]
    [(pointer, message)] = regex.check(Sample("s", metadata={"pattern": "[a"}))
    assert pointer == "/metadata/pattern"
    assert "not a regular expression" in message
    assert list(regex.check(Sample("s"), pattern="a+")) == []


@pytest.mark.parametrize(
    ("pattern", "text"),
    [(r"(a|aa)+$", "a" * 80 + "!"), (r"(?:(?:a+)+b?)+c", "a" * 5000), (r"(.*)(.*)(.*)(.*)(.*)x", "y" * 3000)],
)
def test_a_pattern_that_runs_away_is_stopped(monkeypatch, pattern, text):
    monkeypatch.setattr(_patterns, "SECONDS", 0.1)
    start = time.process_time()
    got = regex.score(Sample("s"), text, pattern=pattern)
    assert got.value == 0.0
    assert time.process_time() - start < 5
