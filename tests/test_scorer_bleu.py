"""bleu: sacrebleu's own figures, with the tokeniser of the language."""

import pytest

from evalkit.errors import UsageError
from evalkit.records import Sample
from evalkit.scorers import bleu, check_options

REFERENCE = "the cat sat on the mat near the door"


def of(text, target=REFERENCE, language=None, **options):
    return bleu.score(Sample("s", target=target, language=language), text, **options)


def test_the_figures_of_sacrebleu():
    from sacrebleu import sentence_bleu

    for text in ("the cat sat on a mat near the door", "a dog ran", REFERENCE):
        expected = sentence_bleu(text, [REFERENCE], use_effective_order=True).score / 100
        assert of(text).value == pytest.approx(min(1.0, expected))
    assert of("").value == 0.0


@pytest.mark.parametrize(
    ("language", "tokeniser"), [("zh-CN", "zh"), ("ja", "char"), ("th", "char"), ("de", "13a"), (None, "13a")]
)
def test_the_tokeniser_goes_by_language(language, tokeniser):
    assert f"tok:{tokeniser}" in of("a b", language=language).details["signature"]
    assert "tok:intl" in of("a b", language=language, tokenize="intl").details["signature"]


def test_the_wrong_tokeniser_would_give_nothing():
    answer, reference = "今天天气很好我们去公园", "今天天气非常好我们去公园"
    assert of(answer, reference, "zh").value > 0.5
    assert of(answer, reference, "zh", tokenize="13a").value < 0.1


def test_check():
    assert list(bleu.check(Sample("s", target=["a", "b"]))) == []
    assert [pointer for pointer, _ in bleu.check(Sample("s"))] == ["/target"]
    assert [name for name, _ in check_options("bleu", {"tokenize": "flores200"})] == ["tokenize"]
    with pytest.raises(UsageError):
        of("x", 3)
