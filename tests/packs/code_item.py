"""One task of the code pack: what the model sees, the hidden cases, and programs that must pass and fail them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Case = tuple[tuple[Any, ...], Any]  # arguments, expected


@dataclass(frozen=True)
class Item:
    """`wrong` holds plausible mistakes: (old, new) replacements in the solution, or whole programs.

    `given` is code that the task shows (a bug to fix, a program to rework); if `given_fails`, it is one of the
    wrong programs. `oracle` is a slower second implementation under the same name, and `inputs` (source of a
    function of a seeded Random) makes arguments for it: those cases join the hand-written ones.
    """

    id: str
    tags: str
    task: str
    entry: str
    solution: str
    wrong: list[tuple[str, str] | str]
    cases: list[Case]
    given: str = ""
    given_fails: bool = True
    given_language: str = "python"
    oracle: str = ""
    inputs: str = ""
    extra: int = field(default=6)

    def wrong_programs(self) -> list[str]:
        programs = [self.given] if self.given and self.given_fails else []
        for mistake in self.wrong:
            if isinstance(mistake, str):
                programs.append(mistake)
            else:
                old, new = mistake
                assert old in self.solution, f"{self.id}: {old!r} is not in the solution"
                programs.append(self.solution.replace(old, new))
        return programs
