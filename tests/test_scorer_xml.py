"""xml: well-formed or not, equal or not, and never dangerous."""

import json
import time
from pathlib import Path

import pytest

from evalkit.errors import UsageError
from evalkit.records import Sample
from evalkit.scorers import xml

CASES = Path(__file__).resolve().parents[1] / "../shared/cases/format.jsonl"


def cases(kind):
    if not CASES.is_file():
        pytest.skip("../shared/cases is not here")
    rows = [json.loads(line) for line in CASES.read_text(encoding="utf-8").split("\n") if line]
    return [row for row in rows if row["kind"] == kind]


def test_cases():
    rows = cases("xml")
    wrong = [
        row["id"] for row in rows if (xml.score(Sample("s"), row["text"]).value == 1.0) != row["expected"]["valid"]
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "strict", "lenient"),
    [
        ("<a/>", True, True),
        ("\ufeff<a/>\n", True, True),
        ("```xml\n<a/>\n```", True, True),
        ("It is:\n```xml\n<a/>\n```", False, True),
        ("<think>hm</think><a/>", False, True),
        ("It is <a/>", False, False),
        ("<a>&nbsp;</a>", False, False),
        ("<a>&amp;&#233;</a>", True, True),
        ("", False, False),
    ],
)
def test_valid(text, strict, lenient):
    got = xml.score(Sample("s"), text)
    assert (got.value == 1.0, got.lenient_value == 1.0) == (strict, lenient)
    assert xml.score(Sample("s"), "```xml\n<a/>\n```", fenced=False).value is None


TARGET = '<list n="2" kind="x"><i>one</i><i>a &lt; b</i></list>'


@pytest.mark.parametrize(
    ("text", "right"),
    [
        (TARGET, True),
        ("<?xml version='1.0'?>\n<list kind='x' n='2'>\n  <i> one </i>\n  <!-- c --><i>a &#60; b</i>\n</list>", True),
        ('<list n="2" kind="x"><i>a &lt; b</i><i>one</i></list>', False),
        ('<list n="3" kind="x"><i>one</i><i>a &lt; b</i></list>', False),
        ('<list n="2" kind="x"><i>one</i></list>', False),
        ('<list n="2" kind="x"><i>one</i>tail<i>a &lt; b</i></list>', False),
        ('<x:list xmlns:x="u" n="2" kind="x"><i>one</i><i>a &lt; b</i></x:list>', False),
    ],
)
def test_correct(text, right):
    sample = Sample("s", target=TARGET)
    assert list(xml.check(sample)) == []
    got = xml.score(sample, text)
    assert (got.value, got.details["valid"], got.details["correct"]) == (float(right), True, right)


def test_the_difference_is_told():
    got = xml.score(Sample("s", target="<a><b>1</b></a>"), "<a><b>2</b></a>")
    assert got.explanation == '"2" stands where "1" was expected'


def test_targets_are_checked():
    assert [pointer for pointer, _ in xml.check(Sample("s", target="<a>"))] == ["/target"]
    assert [pointer for pointer, _ in xml.check(Sample("s", target={"a": 1}))] == ["/target"]
    with pytest.raises(UsageError):
        xml.score(Sample("s", target="<a>"), "<a/>")


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        '<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;">]><a>&c;</a>',
        "<!DOCTYPE html><html/>",
        "<a>\ud83d</a>",
    ],
)
def test_dangerous_and_odd_documents_are_refused(text):
    assert xml.score(Sample("s"), text).outcome == "extraction_failed"


@pytest.mark.parametrize(
    "text",
    [
        "<a>" * 100_000,
        "<a>" * 100_000 + "</a>" * 100_000,
        "<a " + "b='' " * 50_000,
        "<" * 200_000,
        "<a>" + "&amp;" * 100_000,
    ],
)
def test_hostile_text_is_bounded(text):
    start = time.process_time()
    got = xml.score(Sample("s", target="<b/>"), text)
    assert got.value != 1.0
    assert time.process_time() - start < 3
