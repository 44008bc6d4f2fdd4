"""chrF++ (Popović 2017) of an answer against reference texts, by sacrebleu: character and word n-grams, any language.

The value is the sentence score over 100. Prefer it to BLEU across languages: it needs no tokeniser. The signature that
tells the variant and version apart is in the details.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from evalkit.records import Sample, Score
from evalkit.scorers import _references


def score(sample: Sample, text: str, *, word_order: int = 2) -> Score:
    """chrF of the answer, 0 to 1; `word_order` 2 is chrF++, 0 is plain chrF. Raises UsageError without references."""
    return _references.scored(_metric(word_order), sample, text)


def check(sample: Sample, *, word_order: int = 2) -> Iterator[tuple[str, str]]:
    """A sample without references; a word order below 0."""
    yield from _references.check(sample)
    if not 0 <= word_order <= 6:
        yield "/scorer/options/word_order", "word_order must be 0 to 6"


@cache
def _metric(word_order: int) -> Any:
    from sacrebleu.metrics.chrf import CHRF

    return CHRF(word_order=word_order)
