"""Which test the differences of a comparison get."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np

from evalkit.statistics.paired import EXACT_UP_TO, Counts
from evalkit.statistics.restricted import Differences, Floats, Ints

# Both answer: mean, units, p_above(delta0) and p_below(delta0) of H0 "the mean is not above (below) delta0", interval.
Evidence: TypeAlias = Counts | Differences


def weigh(differences: Floats, clusters: Ints | None, binary: bool) -> Evidence:
    """`binary`: every item is one 0/1 answer of each model, so that a difference is -1, 0 or 1."""
    if binary and clusters is None:
        return Counts(int((differences > 0.5).sum()), int((differences < -0.5).sum()), int(differences.size))
    return Differences(differences, clusters)


def method(evidence: Evidence) -> str:
    """The name of the test, for the report."""
    if isinstance(evidence, Counts):
        if evidence.n <= EXACT_UP_TO:
            return "exact unconditional score test of paired 0/1 answers, Tango interval"
        return "score test of paired 0/1 answers, Tango interval"
    seen = evidence.clustering
    if evidence.units == evidence.n:
        return f"restricted score test, t with {seen.df:g} degrees of freedom"
    return (
        f"restricted score test, design effect {evidence.effect_above:.2f}, t with {seen.df:.1f} degrees of freedom, "
        f"{seen.units} clusters"
    )


def wins_and_losses(differences: Floats) -> tuple[int, int]:
    """Items on which the candidate scored higher, and lower; what is within rounding is a tie."""
    return int(np.count_nonzero(differences > 1e-12)), int(np.count_nonzero(differences < -1e-12))
