"""Several packs, slices or candidates at once.

- Every gating pack must hold: intersection-union, each at alpha and no correction (Berger 1982, Technometrics
  24:295). A correction would only cost power.
- Any of several may be claimed (a slice that got worse, a pack that is better): Holm 1979, Scandinavian Journal of
  Statistics 6:65. Valid whatever the dependence.
- The best of several candidates is picked by its result, so its claim pays for the picking.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from evalkit.errors import UsageError


def intersection_union(p_values: Sequence[float]) -> float:
    """The p-value of "every one of these holds": the largest. The overall error stays at alpha without correction."""
    if not p_values:
        raise UsageError("no p-values to combine")
    return max(p_values)


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """Holm-adjusted p-values, in the order given: claim each that is <= alpha."""
    adjusted = [1.0] * len(p_values)
    running = 0.0
    for rank, index in enumerate(sorted(range(len(p_values)), key=p_values.__getitem__)):
        running = max(running, min(1.0, (len(p_values) - rank) * p_values[index]))
        adjusted[index] = running
    return tuple(adjusted)


def best_of(p_values: Sequence[float]) -> tuple[int, float]:
    """Which of several candidates has the strongest evidence, and its p-value after paying for the choice.

    Its interval must use alpha / number of candidates to be honest about the choice.
    """
    if not p_values:
        raise UsageError("no candidates to choose from")
    best = min(range(len(p_values)), key=p_values.__getitem__)
    return best, holm(p_values)[best]


@dataclass(frozen=True, slots=True)
class Part:
    """One pack in the overall figure: its workload weight (any positive unit), difference and interval."""

    weight: float
    difference: float
    ci_low: float
    ci_high: float


def weighted_difference(parts: Sequence[Part]) -> tuple[float, float, float]:
    """(difference, low, high): the weighted mean over independent packs, at the level of the parts' intervals.

    The distances from estimate to bound are added in quadrature (MOVER; Zou and Donner 2008, Statistics in Medicine
    27:1693), which keeps the asymmetry of score intervals. It never overrules a pack that failed.
    Raises UsageError for weights that are negative or all zero.
    """
    total = sum(part.weight for part in parts)
    if total <= 0 or any(part.weight < 0 for part in parts):
        raise UsageError("weights: expected positive numbers")
    shares = [part.weight / total for part in parts]
    difference = sum(share * part.difference for share, part in zip(shares, parts, strict=True))
    down = sqrt(sum((share * (part.difference - part.ci_low)) ** 2 for share, part in zip(shares, parts, strict=True)))
    up = sqrt(sum((share * (part.ci_high - part.difference)) ** 2 for share, part in zip(shares, parts, strict=True)))
    return difference, max(-1.0, difference - down), min(1.0, difference + up)
