"""The exact scorer: character by character, with a lenient reading beside it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit import scorers
from evalkit.records import Sample, Score
from evalkit.scorers import exact


def scored(text: str, target: object = "Paris", language: str | None = None, **options: object) -> Score:
    return exact.score(Sample(id="s", target=target, language=language), text, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        (" Paris\n", "Paris"),
        ("<think>London?</think>Paris", "Paris"),
        ('"Paris"', "Paris"),
        ("Paris", "'Paris'"),
        ("cafe\u0301", "café"),
        ("\ufeffParis", "Paris"),
        ("5", 5),
        ("Rome", ["Paris", "Rome"]),
        ('{"reasoning": "...", "answer": "Paris"}', "Paris"),
        ('Here it is:\n```json\n{"answer": "[1, 2]"}\n```', "[1, 2]"),
        ('{"answer": ["a", "b"]}', "['a', 'b']"),
        ('{"answer": ""}', "''"),
        ('{"answer": "a\\nb"}', "'a\\nb'"),
        ("It is 'yes' + 'yes'.\n\nThe final answer is: $\\boxed{yesyes}$", "'yesyes'"),
    ],
)
def test_equal(text: str, target: object) -> None:
    score = scored(text, target)
    assert (score.value, score.lenient_value) == (1.0, 1.0)


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("paris", "Paris"),
        ("Paris.", "Paris"),
        ("**Paris**", "Paris"),
        ("The answer is Paris.", "Paris"),
        ("Let me see.\nParis", "Paris"),
        ("```\nParis\n```", "Paris"),
        ("[1,2]", "[1, 2]"),
        ('{"a": [1, null]}', "{'a': [1, None]}"),
        ("“Paris”", "Paris"),
        ("ＰＡＲＩＳ", "Paris"),
    ],
)
def test_only_lenient(text: str, target: object) -> None:
    score = scored(text, target)
    assert (score.value, score.lenient_value) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("text", "target"), [("London", "Paris"), ("[1, 2]", "[2, 1]"), ("1.0", "1"), ("True", "1"), ("8.50", "8.5")]
)
def test_different(text: str, target: object) -> None:
    assert scored(text, target).value == 0.0


def test_where_the_answer_is_read() -> None:
    assert scored("So.\nParis", extract="last_line").value == 1.0
    assert scored("The answer is **Paris**. It is in France.", extract="answer").value == 1.0
    assert scored("Paris it is", extract="answer").outcome == "extraction_failed"
    assert scored("  ").outcome == "extraction_failed"
    assert scored('{"answer": null}').outcome == "extraction_failed"
    # Escapes in an object that is not JSON cannot be trusted to mean what they say.
    assert scored('{"reasoning": "\\sqrt", "answer": "\\"Paris\\""}').outcome == "extraction_failed"


def test_case_is_folded_by_the_language() -> None:
    assert scored("STRASSE", "straße", ignore_case=True).value == 1.0
    assert scored("ISPARTA", "ısparta", "tr", ignore_case=True).value == 1.0
    assert scored("ISPARTA", "ısparta", ignore_case=True).value == 0.0
    assert scored("İZMİR", "izmir", language="tr", ignore_case=True).value == 1.0


def test_marks_are_never_stripped() -> None:
    assert scored("क", "कु").lenient_value == 0.0
    assert scored("นำ", "น้ำ").lenient_value == 0.0


def test_check_and_options() -> None:
    assert list(exact.check(Sample(id="s", target="x"))) == []
    for target in (None, {"a": 1}, True):
        assert [pointer for pointer, _ in exact.check(Sample(id="s", target=target))] == ["/target"]
    assert [pointer for pointer, _ in exact.check(Sample(id="s", target=["x", None]))] == ["/target/1"]
    assert list(scorers.check_options("exact", {"extract": "last_line", "ignore_case": True})) == []
    assert [option for option, _ in scorers.check_options("exact", {"extract": "first"})] == ["extract"]


@given(st.text(max_size=80), st.text(max_size=20))
@settings(derandomize=True, max_examples=300)
def test_it_never_fails_and_lenient_is_never_stricter(text: str, target: str) -> None:
    score = scored(text, target)
    assert (score.value is None) == (score.outcome == "extraction_failed")
    assert (score.lenient_value or 0.0) >= (score.value or 0.0)


@pytest.mark.parametrize("text", ["[" * 100_000, "'" * 100_000, "{" * 50_000, '"answer": ' * 20_000, "`" * 100_000])
def test_hostile_text_does_no_harm(text: str) -> None:
    assert scored(text, "[1]").value in (None, 0.0)
