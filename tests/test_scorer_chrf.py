"""chrf: sacrebleu's own figures, any language, nothing to download."""

import time

import pytest

from evalkit.errors import UsageError
from evalkit.records import Sample
from evalkit.scorers import chrf

REFERENCE = "The cat sat on the mat."


def of(text, target=REFERENCE, **options):
    return chrf.score(Sample("s", target=target), text, **options)


def test_the_figures_of_sacrebleu():
    from sacrebleu import sentence_chrf

    for text in ("The cat sat on a mat.", "A dog", REFERENCE):
        assert of(text).value == pytest.approx(sentence_chrf(text, [REFERENCE], word_order=2).score / 100)
        assert of(text, word_order=0).value == pytest.approx(sentence_chrf(text, [REFERENCE]).score / 100)
    assert of(REFERENCE).value == 1.0
    assert of("").value == 0.0
    assert 0 < of("今天天气很好", "今天天气非常好").value < 1


def test_the_signature_is_recorded():
    signature = of("The cat").details["signature"]
    assert "nw:2" in signature
    assert "version:2.6.0" in signature


def test_the_best_of_several_references():
    assert of("A cat sat.", ["A cat sat.", REFERENCE]).value == 1.0


def test_wrappings_cost_in_strict_only():
    for text in (f'"{REFERENCE}"', f"```\n{REFERENCE}\n```", f"Here is the translation:\n\n{REFERENCE}"):
        got = of(text)
        assert got.value < 1.0
        assert got.lenient_value == 1.0
    assert of(f"<think>hm</think>{REFERENCE}").value == 1.0


def test_check():
    assert list(chrf.check(Sample("s", target="a"))) == []
    for target in (None, "", [], ["a", 1]):
        assert [pointer for pointer, _ in chrf.check(Sample("s", target=target))] == ["/target"]
    with pytest.raises(UsageError):
        chrf.score(Sample("s"), "text")


def test_long_answers_are_bounded():
    for text in ("word " * 200_000, "今" * 500_000):
        start = time.process_time()
        of(text)
        assert time.process_time() - start < 3
