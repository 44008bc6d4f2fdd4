"""Regular expressions of packs on answers of models, bounded in time.

A pattern that is harmless on the answers its author thought of can backtrack for hours on another. The `regex` package
reads the same patterns as `re` (and `\\p{...}`) and can be told to give up.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from evalkit.errors import UsageError

if TYPE_CHECKING:
    from regex import Match, Pattern

SECONDS = 1.0


class GaveUp(Exception):
    """The pattern ran for longer than `SECONDS` on this text."""


@lru_cache(maxsize=1024)
def compiled(pattern: str) -> Pattern[str]:
    """The compiled pattern; flags stand in it, as in `(?i)`. Raises UsageError if it is malformed."""
    import regex

    try:
        return regex.compile(pattern)
    except regex.error as error:
        raise UsageError(f"not a regular expression: {error}") from None
    except (RecursionError, OverflowError):
        raise UsageError("not a regular expression: too deep or too large") from None


def search(pattern: str, text: str) -> Match[str] | None:
    """The first match anywhere in `text`. Raises UsageError, GaveUp."""
    try:
        return compiled(pattern).search(text, timeout=SECONDS)
    except TimeoutError:
        raise GaveUp(pattern) from None


def full_match(pattern: str, text: str) -> Match[str] | None:
    """The match of all of `text`. Raises UsageError, GaveUp."""
    try:
        return compiled(pattern).fullmatch(text, timeout=SECONDS)
    except TimeoutError:
        raise GaveUp(pattern) from None


def count(pattern: str, text: str) -> int:
    """How many times the pattern matches. Raises UsageError, GaveUp."""
    try:
        return len(compiled(pattern).findall(text, timeout=SECONDS))
    except TimeoutError:
        raise GaveUp(pattern) from None
