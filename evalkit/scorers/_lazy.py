"""Regular expressions that are compiled when they are first used, so that a scorer loads in a millisecond."""

from __future__ import annotations

import re
from typing import Any, cast


class _Pattern:
    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        # Runs once for each method that is used: afterwards the compiled pattern's own method is found first.
        made = getattr(re.compile(self._source, self._flags), name)
        setattr(self, name, made)
        return made


def compiled(source: str, flags: int = 0) -> re.Pattern[str]:
    """As `re.compile`, but later. A mistake in `source` shows on first use."""
    return cast("re.Pattern[str]", _Pattern(source, flags))
