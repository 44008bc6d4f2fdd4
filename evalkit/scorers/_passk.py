"""pass@k and majority voting over repeats.

pass@k = 1 - C(n-c, k) / C(n, k): the chance that at least one of k answers, drawn without replacement from n of which
c are right, is right (Chen et al. 2021, "Evaluating Large Language Models Trained on Code", equation 1). Exact.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from fractions import Fraction
from math import comb
from typing import TypeVar

from evalkit.errors import UsageError

Answer = TypeVar("Answer", bound=Hashable)


def pass_at_k(n: int, c: int, k: int) -> Fraction:
    """pass@k of one sample with `c` right answers out of `n`. Raises UsageError when k > n: it is not known then."""
    if not 0 <= c <= n:
        raise UsageError(f"pass@k: {c} right answers out of {n} is not possible")
    if not 1 <= k <= n:
        raise UsageError(f"pass@{k} needs at least {max(k, 1)} answers a sample and k of at least 1, not {n}")
    return 1 - Fraction(comb(n - c, k), comb(n, k))


def mean_pass_at_k(counts: Sequence[tuple[int, int]], k: int) -> Fraction:
    """The mean of pass@k over samples, each (n, c); samples weigh the same however many answers they have."""
    if not counts:
        raise UsageError(f"pass@{k} of no samples")
    return sum((pass_at_k(n, c, k) for n, c in counts), Fraction(0)) / len(counts)


def majority(answers: Iterable[Answer | None]) -> Answer | None:
    """The answer given most often; None (no answer) does not vote. A tie goes to the one that came first."""
    votes = Counter(answer for answer in answers if answer is not None)
    return votes.most_common(1)[0][0] if votes else None
