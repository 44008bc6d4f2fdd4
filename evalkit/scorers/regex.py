"""The answer fits a regular expression.

The pattern is the sample's own (`metadata.pattern`), else the option, else a text `target`. Flags stand in the pattern:
`(?i)` ignores case, `(?a)` keeps `\\d` and `\\w` to ASCII. Strict reads the trimmed answer; lenient drops thinking and
takes a match anywhere. A pattern that runs for more than a second does not match, and `details.gave_up` says so.
"""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.errors import UsageError
from evalkit.records import Sample, Score
from evalkit.scorers import _patterns
from evalkit.scorers._think import strip_thoughts


def score(sample: Sample, text: str, *, pattern: str | None = None, full: bool = True) -> Score:
    """1.0 if the pattern matches all of the answer, or with `full` false anywhere in it. Raises UsageError."""
    wanted, _ = _wanted(sample, pattern)
    if wanted is None:
        raise UsageError(f"sample {sample.id!r}: regex needs a pattern, in the sample or as an option")
    full = bool(sample.metadata.get("full", full))
    try:
        strict = _patterns.full_match(wanted, text.strip()) if full else _patterns.search(wanted, text)
        lenient = strict or _patterns.search(wanted, strip_thoughts(text))
    except _patterns.GaveUp:
        explanation = f"no match within {_patterns.SECONDS:g} s"
        return Score(0.0, 0.0, explanation=explanation, details={"gave_up": True})
    answer = strict or lenient
    return Score(
        value=float(strict is not None),
        lenient_value=float(lenient is not None),
        answer=answer.group() if answer else None,
        explanation="fits the pattern" if strict else "fits in part" if lenient else "does not fit the pattern",
    )


def check(sample: Sample, *, pattern: str | None = None, full: bool = True) -> Iterator[tuple[str, str]]:
    """A sample without a pattern, or with a malformed one."""
    del full
    wanted, pointer = _wanted(sample, pattern)
    if wanted is None:
        yield pointer, "regex needs a pattern, in the sample or as the option `pattern`"
        return
    try:
        _patterns.compiled(wanted)
    except UsageError as error:
        yield pointer, str(error)


def _wanted(sample: Sample, pattern: str | None) -> tuple[str | None, str]:
    """The pattern and where it stands."""
    for found, pointer in (
        (sample.metadata.get("pattern"), "/metadata/pattern"),
        (pattern, "/scorer/options/pattern"),
        (sample.target, "/target"),
    ):
        if isinstance(found, str):
            return found, pointer
    return None, "/metadata/pattern"
