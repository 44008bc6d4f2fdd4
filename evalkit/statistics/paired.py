"""Two models on the same 0/1 items, one sample each: the score test of the paired difference, and its exact p-value.

Everything is a function of wins (only the candidate is right), losses (only the baseline is right) and n items.

- Score statistic and interval: Tango 1998, Statistics in Medicine 17:891; Nam 1997, Biometrics 53:1422.
- Exact unconditional p-value: the score statistic orders the tables, and the p-value is the largest tail probability
  over the discordance, the nuisance parameter; Lloyd and Moldovan 2008, Statistics in Medicine 27:3540. Usual
  intervals (Wald, t, bootstrap, and to a smaller degree Tango's) are too short just where parity is claimed: when
  the two models rarely differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import ceil, pi, sqrt

import numpy as np
import numpy.typing as npt
from scipy.special import bdtrc, gammaln, ndtr, ndtri, xlog1py, xlogy

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

EXACT_UP_TO = 10_000  # items; above, the normal distribution is used (one exact p-value takes 0.1 s here)
_TIE = 1e-9  # tables whose statistic differs by less are equally extreme
_STEP = 0.2  # spacing of the nuisance grid, in standard deviations of the square root of a count (each is 0.5)
_PEAKS = 4  # how many of the highest grid points are searched more finely


def score_z(wins: npt.ArrayLike, losses: npt.ArrayLike, n: int, delta0: float) -> Floats:
    """The score statistic for H0: mean difference = delta0, in standard deviations; elementwise.

    `delta0` in (-1, 1). The variance is the one of the most likely probabilities that satisfy H0.
    """
    wins, losses = np.asarray(wins, float), np.asarray(losses, float)
    b = (2 * n - wins + losses) * delta0 - wins - losses
    c = -losses * delta0 * (1 - delta0)
    p_loss = (np.sqrt(np.maximum(b * b - 8 * n * c, 0)) - b) / (4 * n)
    variance = n * (2 * p_loss + delta0 * (1 - delta0))
    distance = wins - losses - n * delta0
    with np.errstate(divide="ignore", invalid="ignore"):
        z = distance / np.sqrt(np.maximum(variance, 0))
    certain = np.where(np.abs(distance) < 1e-12, 0.0, np.copysign(np.inf, distance))
    return np.where(variance > 1e-14, z, certain)


def score_lower_bound(wins: int, losses: int, n: int, alpha: float) -> float:
    """The one-sided lower bound of the mean difference at level `alpha`: Tango's interval, by bisection."""
    if losses == n:
        return -1.0
    z_alpha = -float(ndtri(alpha))
    low, high = -1 + 1e-12, (wins - losses) / n
    for _ in range(60):
        middle = (low + high) / 2
        if score_z(wins, losses, n, middle) > z_alpha:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def score_interval(wins: int, losses: int, n: int, alpha: float) -> tuple[float, float]:
    """Two one-sided bounds at level `alpha` each, so a 1 - 2 alpha two-sided interval."""
    return score_lower_bound(wins, losses, n, alpha), -score_lower_bound(losses, wins, n, alpha)


def score_p(wins: int, losses: int, n: int, delta0: float) -> float:
    """The approximate one-sided p-value of H0: mean difference <= delta0."""
    return float(ndtr(-score_z(wins, losses, n, delta0)))


@dataclass(frozen=True, slots=True)
class Counts:
    """What n items say: `wins` only the candidate got right, `losses` only the baseline; and the one-sided tests."""

    wins: int
    losses: int
    n: int

    @property
    def mean(self) -> float:
        """Candidate minus baseline."""
        return (self.wins - self.losses) / self.n

    @property
    def units(self) -> int:
        """The number of independent units."""
        return self.n

    @property
    def spread(self) -> float:
        """The mean square of the differences: the discordance."""
        return (self.wins + self.losses) / self.n

    @property
    def effect_above(self) -> float:
        """No design effect: items are independent."""
        return 1.0

    def p_above(self, delta0: float) -> float:
        """The one-sided p-value of H0: mean difference <= delta0; exact up to `EXACT_UP_TO` items."""
        if self.n <= EXACT_UP_TO:
            return exact_p(self.wins, self.losses, self.n, delta0)
        return score_p(self.wins, self.losses, self.n, delta0)

    def p_below(self, delta0: float) -> float:
        """The one-sided p-value of H0: mean difference >= delta0."""
        return Counts(self.losses, self.wins, self.n).p_above(-delta0)

    def interval(self, alpha: float) -> tuple[float, float]:
        """Tango's interval: two one-sided bounds at level `alpha` each."""
        return score_interval(self.wins, self.losses, self.n, alpha)


@lru_cache(maxsize=100_000)
def exact_p(wins: int, losses: int, n: int, delta0: float) -> float:
    """The exact unconditional one-sided p-value of H0: mean difference <= delta0."""
    fewest = fewest_wins(n, delta0, float(score_z(wins, losses, n, delta0)) - _TIE)
    return _largest_size(fewest, n, delta0)


def fewest_wins(n: int, delta0: float, z: float) -> Ints:
    """For each number of losses 0..n, the fewest wins whose statistic reaches `z`; above n - losses where none does."""
    losses = np.arange(n + 1)
    low, high = np.zeros(n + 1, np.int64), n - losses + 1
    while (open_ := low < high).any():
        middle = (low + high) // 2
        reached = score_z(np.minimum(middle, n - losses), losses, n, delta0) >= z
        high = np.where(open_ & reached, middle, high)
        low = np.where(open_ & ~reached, middle + 1, low)
    return low


@lru_cache(maxsize=256)
def critical_z(n: int, delta0: float, alpha: float) -> float:
    """The score at and above which the exact test rejects H0: mean difference <= delta0, to 1e-7."""
    low, high = 0.0, 40.0
    while high - low > 1e-7:
        middle = (low + high) / 2
        if _largest_size(fewest_wins(n, delta0, middle), n, delta0) <= alpha:
            high = middle
        else:
            low = middle
    return high


def probability(fewest: Ints, n: int, p_win: npt.ArrayLike, p_loss: npt.ArrayLike) -> Floats:
    """P(wins >= fewest[losses]) when an item is won with `p_win` and lost with `p_loss` (arrays of one length).

    Sums one binomial probability of the losses times one binomial tail of the wins, over the losses that are within
    6.5 standard deviations plus 20 of their mean (what is left out is below 1e-9).
    """
    p_win, p_loss = np.atleast_1d(np.asarray(p_win, float)), np.atleast_1d(np.asarray(p_loss, float))
    reach = 6.5 * np.sqrt(n * p_loss * (1 - p_loss)) + 20
    first = np.maximum(0, np.floor(n * p_loss - reach)).astype(np.int64)
    count = np.minimum(n, np.ceil(n * p_loss + reach)).astype(np.int64) - first + 1
    start = np.concatenate([[0], np.cumsum(count)[:-1]])
    losses = np.arange(count.sum()) + np.repeat(first - start, count)
    here = np.repeat(p_loss, count)
    mass = np.exp(_log_choose(n)[losses] + xlogy(losses, here) + xlog1py(n - losses, -here))
    rest, needed = n - losses, fewest[losses]
    p_win_of_rest = np.minimum(1.0, np.repeat(p_win / (1 - p_loss), count))
    tail = np.where(needed == 0, 1.0, 0.0)
    some = (needed > 0) & (needed <= rest) & (mass > 1e-14)
    tail[some] = bdtrc(needed[some] - 1.0, rest[some], p_win_of_rest[some])
    return np.add.reduceat(mass * tail, start)


@lru_cache(maxsize=64)
def _log_choose(n: int) -> Floats:
    k = np.arange(n + 1)
    return np.asarray(gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1))


def _largest_size(fewest: Ints, n: int, delta0: float) -> float:
    """The largest rejection probability over all discordances with mean difference delta0.

    The probability is smooth in the square root of a count, so the grid is even in the arcsine of the nuisance
    parameter, with a finer search around the highest points. Checked against grids ten times finer.
    """
    room = (1 - abs(delta0)) / 2

    def size(angle: Floats) -> Floats:
        rarer = room * np.sin(angle) ** 2  # the probability of the rarer of win and loss
        return probability(fewest, n, rarer + max(delta0, 0.0), rarer + max(-delta0, 0.0))

    angles = np.linspace(0, pi / 2, max(12, ceil(pi / 2 * sqrt(n) / _STEP)) + 1)
    step = float(angles[1])
    sizes = size(angles)
    best = float(sizes.max())
    for _ in range(3):
        peaks = angles[np.argsort(-sizes)[:_PEAKS]]
        near = np.add.outer(peaks, step * np.linspace(-1, 1, 9)).ravel()
        angles = np.unique(np.clip(near, 0, pi / 2))
        sizes, step = size(angles), step / 4
        best = max(best, float(sizes.max()))
    return min(best, 1.0)
