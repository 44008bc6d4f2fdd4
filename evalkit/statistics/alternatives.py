"""Other published intervals and tests of paired scores, for comparison only: no verdict uses them.

`wins` and `losses` as in `paired`; `both_right` and `both_wrong` are the ties. Intervals are two one-sided bounds at
level `alpha` each. They fall short where models rarely differ: see docs/calibration.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import copysign, sqrt

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq
from scipy.special import bdtr, ndtri, stdtr, stdtrit

from evalkit.statistics.outcomes import sign_test

Interval = tuple[float, float]


def bonett_price_interval(wins: int, losses: int, n: int, alpha: float) -> Interval:
    """Wald's interval with one win and one loss added (Bonett and Price 2012, J. Educ. Behav. Stat. 37:479)."""
    up, down = (wins + 1) / (n + 2), (losses + 1) / (n + 2)
    return _clip(up - down, _z(alpha) * sqrt((up + down - (up - down) ** 2) / (n + 2)))


def agresti_min_interval(wins: int, losses: int, n: int, alpha: float) -> Interval:
    """Wald's interval with half an item added to each cell (Agresti and Min 2005, Statistics in Medicine 24:729)."""
    up, down = (wins + 0.5) / (n + 2), (losses + 0.5) / (n + 2)
    return _clip(up - down, _z(alpha) * sqrt((up + down - (up - down) ** 2) / (n + 2)))


def newcombe_interval(both_right: int, wins: int, losses: int, both_wrong: int, alpha: float) -> Interval:
    """Two Wilson intervals squared and added, with a correlation (Newcombe 1998, method 10, Stat. Med. 17:2635)."""
    n = both_right + wins + losses + both_wrong
    candidate, baseline = both_right + wins, both_right + losses
    c, b = candidate / n, baseline / n
    (c_low, c_high), (b_low, b_high) = _wilson(candidate, n, alpha), _wilson(baseline, n, alpha)
    product = candidate * (n - candidate) * baseline * (n - baseline)
    association = float(both_right * both_wrong - wins * losses)
    if association > 0:
        association = max(association - n / 2, 0.0)
    phi = association / sqrt(product) if product else 0.0
    down = (c - c_low) ** 2 + (b_high - b) ** 2 - 2 * phi * (c - c_low) * (b_high - b)
    up = (b - b_low) ** 2 + (c_high - c) ** 2 - 2 * phi * (c_high - c) * (b - b_low)
    return c - b - sqrt(max(down, 0.0)), c - b + sqrt(max(up, 0.0))


def skewness_corrected_z(both_right: int, wins: int, losses: int, both_wrong: int, delta0: float) -> float:
    """The score statistic corrected for skewness and n - 1 (Laud's SCAS for pairs, as in the R package ratesci)."""
    n = both_right + wins + losses + both_wrong
    b = (2 * n - wins + losses) * delta0 - wins - losses
    root = sqrt(max(b * b + 8 * n * losses * delta0 * (1 - delta0), 0.0))
    p_loss = max((root - b) / (4 * n), 0.0)
    p_win = p_loss + delta0
    same = both_right + both_wrong
    p_right = both_right / same * (1 - p_win - p_loss) if both_right else 0.0
    p_wrong = 1 - p_right - p_win - p_loss
    baseline = min(max(p_loss + p_right, 0.0), 1.0)
    candidate = baseline + delta0
    covariance = p_right * p_wrong - p_win * p_loss
    spread = candidate * (1 - candidate) + baseline * (1 - baseline) - 2 * covariance
    variance = max(spread, 0.0) / (n - 1)
    difference = (wins - losses) / n - delta0
    if difference == 0:
        return 0.0
    if variance < 1e-10:
        return copysign(float("inf"), difference)
    # the third central moment of one item's difference, over n squared
    third = (
        sum(p * (value - delta0) ** 3 for p, value in ((p_win, 1.0), (p_loss, -1.0), (p_right + p_wrong, 0.0))) / n**2
    )
    z = difference / sqrt(variance)
    skew = third / (6 * variance * sqrt(variance))
    if abs(third) < 1e-10:
        return z
    return (sqrt(max(0.0, 1 + 4 * skew * (z + skew))) - 1) / (2 * skew)


def skewness_corrected_interval(both_right: int, wins: int, losses: int, both_wrong: int, alpha: float) -> Interval:
    """Where that statistic reaches the normal quantile on either side."""
    n = both_right + wins + losses + both_wrong
    seen, limit = (wins - losses) / n, _z(alpha)

    def distance(sign: int) -> Callable[[float], float]:
        return lambda delta0: (
            min(max(skewness_corrected_z(both_right, wins, losses, both_wrong, delta0), -1e6), 1e6) - sign * limit
        )

    low = float(brentq(distance(1), -1 + 1e-6, seen)) if seen > -1 + 1e-6 else -1.0
    high = float(brentq(distance(-1), seen, 1 - 1e-6)) if seen < 1 - 1e-6 else 1.0
    return low, high


def mcnemar_exact(wins: int, losses: int) -> float:
    """The exact two-sided p-value of "no difference". It knows no margin."""
    return sign_test(losses, wins)


def mcnemar_mid_p(wins: int, losses: int) -> float:
    """The same with half the probability of the observed table (Fagerland, Lydersen and Laake 2013)."""
    fewer, total = min(wins, losses), wins + losses
    here = float(bdtr(float(fewer), total, 0.5)) - (float(bdtr(fewer - 1.0, total, 0.5)) if fewer else 0.0)
    return 1 - here / 2 if wins == losses else 2 * float(bdtr(float(fewer), total, 0.5)) - here


@dataclass(frozen=True, slots=True)
class PairedT:
    """Student's paired test of item differences against a margin."""

    difference: float
    t: float
    p_noninferior: float
    p_equivalent: float  # two one-sided tests
    interval: Interval


def paired_t(differences: npt.ArrayLike, margin: float, alpha: float = 0.05) -> PairedT:
    """What most gates do: item differences are taken as normal. Needs two items that differ in their difference."""
    d = np.asarray(differences, float)
    mean, error, df = float(d.mean()), float(d.std(ddof=1)) / sqrt(d.size), d.size - 1
    reach = float(stdtrit(df, 1 - alpha)) * error
    t = (mean + margin) / error
    worse, better = float(stdtr(df, -t)), float(stdtr(df, (mean - margin) / error))
    return PairedT(mean, t, worse, max(worse, better), (mean - reach, mean + reach))


def cluster_standard_errors(values: npt.ArrayLike, clusters: npt.ArrayLike) -> tuple[float, float]:
    """(CR1, CR3) standard errors of a mean: the usual sandwich with G / (G - 1), and the jackknife's."""
    x = np.asarray(values, float)
    codes = np.unique(np.asarray(clusters), return_inverse=True)[1]
    sizes, n = np.bincount(codes), x.size
    totals = np.bincount(codes, weights=x - x.mean())
    cr1 = sqrt(float(totals @ totals) * sizes.size / (sizes.size - 1)) / n
    scaled = totals / (1 - sizes / n)
    return cr1, sqrt(float(scaled @ scaled)) / n


def _wilson(count: int, n: int, alpha: float) -> Interval:
    z = _z(alpha)
    share, shrink = count / n, 1 + z * z / n
    centre = share + z * z / (2 * n)
    reach = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return (centre - reach) / shrink, (centre + reach) / shrink


def _clip(centre: float, reach: float) -> Interval:
    return max(centre - reach, -1.0), min(centre + reach, 1.0)


def _z(alpha: float) -> float:
    return -float(ndtri(alpha))
