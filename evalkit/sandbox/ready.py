"""What a backend hands over once it can start workers on this machine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from evalkit.sandbox.pool import Worker

Progress = Callable[[str, float], None]  # what is being done, and the share of it that is done, 0 to 1


@dataclass(frozen=True, slots=True)
class Ready:
    """A backend that works here: how to start a worker, and what is recorded about it."""

    start: Callable[[], Worker]
    level: str
    python: str
    offers: Callable[[str], bool]  # "stdlib", "threads" or the name of a package
