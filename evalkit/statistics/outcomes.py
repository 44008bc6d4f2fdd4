"""Does one arm lose more answers than the other? The instrument check that comes before any quality verdict.

Both arms were asked the same items, and items differ in how easily an answer is truncated, filtered or unreadable, so
the test is paired: the exact two-sided McNemar test (the sign test on the items on which the arms differ; McNemar
1947, Psychometrika 12:153). An unpaired test (Fisher) would ignore that the same long item hits both arms.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scipy.special import bdtr

from evalkit.errors import UsageError


@dataclass(frozen=True, slots=True)
class OutcomeTest:
    """How often an outcome struck each arm, in [0, 1], and whether chance explains the difference."""

    n: int
    baseline_rate: float
    candidate_rate: float
    more_in_baseline: int  # items that it struck more often in the baseline
    more_in_candidate: int
    p_value: float  # exact, two-sided

    @property
    def difference(self) -> float:
        """Candidate minus baseline."""
        return self.candidate_rate - self.baseline_rate


def outcome_test(baseline: Sequence[float], candidate: Sequence[float]) -> OutcomeTest:
    """`baseline[i]` and `candidate[i]`: whether the outcome struck item i; for repeats, the share of them, in [0, 1].

    Raises UsageError where the arms do not cover the same items.
    """
    n = len(baseline)
    if n != len(candidate) or n == 0:
        raise UsageError(f"outcomes: {n} items in the baseline, {len(candidate)} in the candidate; both need the same")
    fewer = sum(float(a) > float(b) for a, b in zip(baseline, candidate, strict=True))
    more = sum(float(a) < float(b) for a, b in zip(baseline, candidate, strict=True))
    return OutcomeTest(
        n=n,
        baseline_rate=sum(map(float, baseline)) / n,
        candidate_rate=sum(map(float, candidate)) / n,
        more_in_baseline=fewer,
        more_in_candidate=more,
        p_value=sign_test(fewer, more),
    )


def sign_test(fewer: int, more: int) -> float:
    """The exact two-sided p-value of H0: both directions are equally likely."""
    return min(1.0, 2 * float(bdtr(float(min(fewer, more)), fewer + more, 0.5))) if fewer != more else 1.0
