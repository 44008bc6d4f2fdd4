"""What chrf and bleu share: the references of a sample, and the text that is compared with them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evalkit.errors import UsageError
from evalkit.records import Sample, Score
from evalkit.scorers import _fences
from evalkit.scorers._lazy import compiled
from evalkit.scorers._think import strip_thoughts

LONGEST = 20_000  # characters of an answer that are compared; n-grams of more would cost seconds

_PREFACE = compiled(r"\A[^\n]{0,80}:[ \t]*\n\s*(?=\S)")
_QUOTES = (('"', '"'), ("“", "”"), ("„", "“"), ("«", "»"), ("「", "」"), ("'", "'"))


def references(sample: Sample) -> list[str]:
    """The reference texts: `sample.target`, a text or a list of texts. Raises UsageError."""
    found = sample.target if isinstance(sample.target, list) else [sample.target]
    if not found or not all(isinstance(text, str) and text.strip() for text in found):
        raise UsageError(f"sample {sample.id!r}: the target must be a reference text, or a list of them")
    return found


def check(sample: Sample) -> Iterator[tuple[str, str]]:
    """A sample without references."""
    try:
        references(sample)
    except UsageError as error:
        yield "/target", str(error)


def scored(metric: Any, sample: Sample, text: str) -> Score:
    """The sentence score of a sacrebleu metric over 100; lenient: without a preface, a fence or quotes around it."""
    wanted = references(sample)
    strict = strip_thoughts(text).strip()[:LONGEST]
    lenient = _bare(strict)
    if not strict:
        return Score(0.0, 0.0, answer="", explanation="the answer is empty")
    value = _between(metric.sentence_score(strict, wanted).score)
    signature = str(metric.get_signature())
    forgiving = value if lenient == strict else max(value, _between(metric.sentence_score(lenient, wanted).score))
    return Score(value, forgiving, strict, f"{value * 100:.1f} ({signature})", details={"signature": signature})


def _between(score: float) -> float:
    return min(1.0, max(0.0, score / 100))


def _bare(text: str) -> str:
    block = _fences.last(text, {"text", "txt", "plaintext"})
    text = block.body.strip() if block else _PREFACE.sub("", text)
    for opening, closing in _QUOTES:
        if len(text) > 2 and text.startswith(opening) and text.endswith(closing):
            return text[1:-1].strip()
    return text
