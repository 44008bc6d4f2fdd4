"""Scores that are not single 0/1 answers: fractions, repeats, clusters. The restricted score test of a bounded mean.

The values are per-item differences in [-1, 1] (mean over an item's repeats). The variance of the test is not the one
of the sample but of the distribution closest to the sample (empirical likelihood) that satisfies the null
hypothesis, where mass may also sit on the worst possible value though nobody saw it. So a sample without a loss does
not have zero variance; on 0/1 items the statistic is Tango's. Clusters divide it by the root of the design effect
and lower the degrees of freedom: CR2 variance and Bell-McCaffrey degrees of freedom, in closed form for a mean;
Bell and McCaffrey 2002, Survey Methodology 28:169; Pustejovsky and Tipton 2018, JBES 36:672. Dividing a score test
by a design effect: Rao and Scott 1992, Biometrics 48:577; Yang, Sun and Hardin 2012, CSDA 56:1301.

With clusters the test is approximate, and one better answer can, rarely, raise its p-value, because it also raises
the design effect (4 % of random cases, 0.3 % across alpha; never without clusters).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, sqrt

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq
from scipy.special import stdtr, stdtrit

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_ZERO = 1e-12  # differences below are rounding


def restricted_z(values: Floats, counts: Floats, worst: float) -> float:
    """The statistic for H0: mean <= 0, of `values` (each seen `counts` times) that cannot be below `worst` < 0.

    In standard deviations; 0 or less is no evidence and gives 0.
    """
    n = float(counts.sum())
    mean = float(counts @ values) / n
    if mean <= _ZERO:
        return 0.0

    def slope(multiplier: float) -> float:
        """The derivative of the log likelihood in the Lagrange multiplier of the null hypothesis."""
        return float(counts @ (values / (1 + multiplier * values)))

    multiplier = (1 - 1e-12) / -worst
    if slope(multiplier) < 0:
        multiplier = brentq(slope, 0.0, multiplier, xtol=1e-14, rtol=1e-13)
    weights = counts / (n * (1 + multiplier * values))
    on_worst = max(0.0, 1 - float(weights.sum()))
    variance = float(weights @ (values * values)) + on_worst * worst * worst
    return sqrt(n / variance) * mean if variance > 0 else inf


@dataclass(frozen=True, slots=True)
class Clustering:
    """What clusters do to the precision of a mean of n items.

    `effect` >= 1 is the variance of the mean over the variance that independent items would have; `df` the degrees
    of freedom; `units` the number of independent units; `mean_size` the size of the cluster of an average item;
    `standard_error` the CR2 standard error; `losing` and `gaining` the clusters with a net loss and a net gain.
    """

    effect: float
    df: float
    units: int
    mean_size: float
    standard_error: float
    losing: int
    gaining: int


def clustering(values: Floats, clusters: Ints | None) -> Clustering:
    """`clusters` are codes 0..G-1, one an item; None = every item on its own."""
    n = values.size
    codes = np.arange(n) if clusters is None else clusters
    sizes, totals = np.bincount(codes).astype(float), np.bincount(codes, weights=values)
    order = np.lexsort((totals, sizes))  # the names and the order of clusters change no digit
    sizes, totals = sizes[order], totals[order]
    units, mean_size = sizes.size, float(sizes @ sizes) / n
    losing, gaining = int((totals < -_ZERO).sum()), int((totals > _ZERO).sum())
    if units < 2:
        return Clustering(1.0, 0.0, units, mean_size, inf, losing, gaining)
    mean = float(totals.sum()) / n
    inflate = 1 / (1 - sizes / n)
    variance = float(((totals - sizes * mean) ** 2) @ inflate) / n**2
    if units == n:
        return Clustering(1.0, n - 1.0, units, 1.0, sqrt(variance), losing, gaining)
    independent = float(((values - mean) ** 2).sum()) / (n * (n - 1))
    spread = inflate * sizes**2
    trace = float(sizes @ sizes) / n**4 + (float(spread.sum()) ** 2 - float(spread @ spread)) / n**6
    effect = max(1.0, variance / independent) if independent > 0 else 1.0
    return Clustering(effect, 1 / (n**2 * trace), units, mean_size, sqrt(variance), losing, gaining)


class Differences:
    """Per-item values in [-1, 1], perhaps in clusters, and the one-sided tests of their mean."""

    def __init__(self, values: Floats, clusters: Ints | None = None) -> None:
        self.clustering = clustering(values, clusters)
        self.values, counts = np.unique(values, return_counts=True)
        self.counts = counts.astype(float)
        self.n = int(values.size)
        self.mean = float(self.counts @ self.values) / self.n
        self.spread = float(self.counts @ (self.values * self.values)) / self.n  # the mean square

    def z(self, delta0: float) -> float:
        """Signed evidence against H0: mean <= delta0 (positive) or mean >= delta0 (negative)."""
        shifted = self.values - delta0
        if self.mean >= delta0:
            return restricted_z(shifted, self.counts, -1 - delta0) / sqrt(self.effect_above)
        return -restricted_z(-shifted, self.counts, delta0 - 1) / sqrt(self.effect_above)

    def p_above(self, delta0: float) -> float:
        """The one-sided p-value of H0: mean <= delta0."""
        return float(stdtr(self.clustering.df, -self.z(delta0))) if self.units > 1 else 1.0

    def p_below(self, delta0: float) -> float:
        """The one-sided p-value of H0: mean >= delta0."""
        return self.negated().p_above(-delta0)

    def lower_bound(self, alpha: float) -> float:
        """The one-sided lower bound of the mean at level `alpha`: where the test just fails to reject."""
        if self.units < 2 or self.mean <= -1:
            return -1.0
        t_alpha = float(stdtrit(self.clustering.df, 1 - alpha))

        def excess(delta0: float) -> float:
            return min(self.z(delta0), 1e9) - t_alpha

        start = -1 + 1e-9
        if excess(start) <= 0:
            return -1.0
        return float(brentq(excess, start, self.mean, xtol=1e-12, rtol=1e-12))

    def interval(self, alpha: float) -> tuple[float, float]:
        """Two one-sided bounds at level `alpha` each, so a 1 - 2 alpha two-sided interval."""
        return self.lower_bound(alpha), -self.negated().lower_bound(alpha)

    @property
    def units(self) -> int:
        """The number of independent units: items, or clusters of them."""
        return self.clustering.units

    @property
    def effect_above(self) -> float:
        """The design effect for evidence that the mean is above something.

        Where no cluster lost, losses may still come as whole clusters: the items of a cluster count as one.
        """
        effect = self.clustering.effect
        return effect if self.clustering.losing else max(effect, self.clustering.mean_size)

    def negated(self) -> Differences:
        """The same comparison with the arms swapped."""
        other = object.__new__(Differences)
        seen = self.clustering
        other.clustering = Clustering(
            seen.effect, seen.df, seen.units, seen.mean_size, seen.standard_error, seen.gaining, seen.losing
        )
        other.values, other.counts = -self.values[::-1], self.counts[::-1]
        other.n, other.mean, other.spread = self.n, -self.mean, self.spread
        return other


def component_interval(
    contributions: npt.ArrayLike, bound: float, clusters: Ints | None = None, alpha: float = 0.05
) -> tuple[float, float, float]:
    """(mean, low, high) of per-item contributions in [-bound, bound], for example one part of a gap.

    `clusters`: codes 0..G-1, one an item. Two one-sided bounds at level `alpha` each; no resampling, so no seed.
    """
    differences = Differences(np.asarray(contributions, float) / bound, clusters)
    low, high = differences.interval(alpha)
    return differences.mean * bound, low * bound, high * bound
