"""BLEU (Papineni et al. 2002) of an answer against reference texts, by sacrebleu, with the tokeniser of the language.

The value is the sentence score with effective order, over 100; means of it are no corpus BLEU. The tokeniser is `zh`
for Chinese, `char` for languages written without spaces, `13a` else: the wrong one gives 0 for a good translation.
Only tokenisers that need no download are offered. The signature in the details tells which one was used.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, Literal

from evalkit.records import Sample, Score
from evalkit.scorers import _references

_BY_LANGUAGE = {"zh": "zh", "yue": "zh", "ja": "char", "th": "char", "lo": "char", "my": "char", "km": "char"}


def score(sample: Sample, text: str, *, tokenize: Literal["13a", "intl", "zh", "char", "none"] | None = None) -> Score:
    """BLEU of the answer, 0 to 1; `tokenize` overrides what `sample.language` says. Raises UsageError."""
    language = (sample.language or "").replace("_", "-").partition("-")[0].lower()
    return _references.scored(_metric(tokenize or _BY_LANGUAGE.get(language, "13a")), sample, text)


def check(sample: Sample, *, tokenize: str | None = None) -> Iterator[tuple[str, str]]:
    """A sample without references."""
    del tokenize
    yield from _references.check(sample)


@cache
def _metric(tokenize: str) -> Any:
    from sacrebleu.metrics.bleu import BLEU

    return BLEU(tokenize=tokenize, effective_order=True)
