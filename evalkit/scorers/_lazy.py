"""Regular expressions that are compiled when they are first used, so that a scorer loads in a millisecond."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, cast


class _Pattern:
    def __init__(self, source: str | Callable[[], str], flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        # Runs once for each method that is used: afterwards the compiled pattern's own method is found first.
        source = self._source if isinstance(self._source, str) else self._source()
        made = getattr(re.compile(source, self._flags), name)
        setattr(self, name, made)
        return made


def compiled(source: str | Callable[[], str], flags: int = 0) -> re.Pattern[str]:
    """As `re.compile`, but later; `source` may be a function that makes the text. A mistake shows on first use."""
    return cast("re.Pattern[str]", _Pattern(source, flags))
