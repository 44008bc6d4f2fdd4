"""How every format scorer turns two readings of an answer into one score.

A format scorer judges the answer twice: as it came (strict) and as a forgiving reader takes it (lenient). Valid and
correct are kept apart; the value is 1.0 only if both hold. An answer that cannot be read in the format at all is
`extraction_failed` and has no value: a pack that measures the format declares that outcome wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from evalkit.records import Score
from evalkit.scorers import _fences
from evalkit.scorers._lazy import compiled
from evalkit.scorers._think import strip_thoughts

LONGEST_EXPLANATION = 300  # characters
INVISIBLE = "\ufeff\u200b\u200e\u200f\u2060"
_BLANK_LINES = compiled(r"\A\s*\n")


class NotInFormat(ValueError):
    """A text is not in the format; the message says why, in a few words."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One reading of an answer."""

    valid: bool  # it is in the format and keeps the rules asked for
    correct: bool | None = None  # it holds what was expected; None = nothing to compare with, or nothing was read
    answer: str | None = None  # what was read, one text for equal contents
    reason: str = ""  # why it is not valid or not correct
    readable: bool = True  # it is in the format at all

    @property
    def value(self) -> float | None:
        """1.0 or 0.0, or None if nothing could be read."""
        return float(self.valid and self.correct is not False) if self.readable else None


def unreadable(reason: str) -> Judged:
    """The reading of an answer that is not in the format."""
    return Judged(valid=False, reason=reason, readable=False)


def judged_twice(
    text: str,
    judge: Callable[[str], Judged],
    labels: Collection[str],
    *,
    fenced: bool,
    lenient: Callable[[str], Judged] | None = None,
) -> tuple[Judged, Judged]:
    """The strict and the lenient judgement of an answer by `judge`, which may raise NotInFormat.

    Strict judges the whole answer, with `fenced` out of one code fence around it. Lenient drops thinking and takes the
    last block whose label is one of `labels` or that has none, else the whole answer. Blank lines at the ends go.
    """
    block = _fences.only(text) if fenced else None
    strict = _judged(block.body if block else text, judge)
    if strict.readable:
        return strict, strict
    text = strip_thoughts(text)
    last = _fences.last(text, labels)
    return strict, _judged(last.body if last else text, lenient or judge)


def _judged(text: str, judge: Callable[[str], Judged]) -> Judged:
    text = _BLANK_LINES.sub("", text.lstrip(INVISIBLE)).rstrip(INVISIBLE + "\r\n ")
    try:
        return judge(text)
    except NotInFormat as error:
        return unreadable(str(error))


def scored(strict: Judged, lenient: Judged) -> Score:
    """The score of an answer that was judged under both rules."""
    if strict.value == 1.0:
        explanation = "valid" if strict.correct is None else "valid and correct"
    else:
        explanation = strict.reason + ("" if strict.value == lenient.value else _lenient_note(lenient))
    return Score(
        value=strict.value,
        lenient_value=lenient.value,
        answer=strict.answer if strict.readable else lenient.answer,
        explanation=explanation[:LONGEST_EXPLANATION],
        outcome="ok" if strict.readable else "extraction_failed",
        details={
            "valid": strict.valid,
            "correct": strict.correct,
            "lenient_valid": lenient.valid,
            "lenient_correct": lenient.correct,
        },
    )


def _lenient_note(lenient: Judged) -> str:
    if lenient.value == 1.0:
        return " (right when read leniently)"
    return f" (read leniently: {lenient.reason})" if lenient.readable else ""
