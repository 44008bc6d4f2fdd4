"""A model against itself: the noise floor under every comparison, and drift.

Temperature 0 is not deterministic (batching), and an alias may change under a cached baseline. The flip rate is the
least discordance that any comparison can have; the mean difference of two runs of one model must be nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import betaincinv

from evalkit.errors import UsageError
from evalkit.statistics.evidence import weigh
from evalkit.statistics.restricted import Differences
from evalkit.statistics.scores import read_pair


@dataclass(frozen=True, slots=True)
class Noise:
    """Two runs of one model on the same items. Rates and differences are shares."""

    n: int  # items with a score in both runs
    missing: int  # items without one
    flips: int  # items whose score differs
    flip_rate: float
    flip_low: float  # 95 % interval
    flip_high: float
    run_variance: float  # of one score, from run to run: half the mean square of the differences
    difference: float  # second run minus first
    p_value: float  # two-sided, of H0: the mean did not move
    alpha: float
    stable: bool  # p_value > alpha; otherwise the environment drifted and no verdict may rest on it


def noise(
    first: Sequence[Any] | npt.NDArray[Any],
    second: Sequence[Any] | npt.NDArray[Any],
    clusters: Sequence[Any] | npt.NDArray[Any] | None = None,
    alpha: float = 0.01,
) -> Noise:
    """Compare two runs of one model; scores as for `decide`. Raises UsageError.

    Items without a score in one of the runs are left out here and counted: they say nothing about noise. The interval
    of the flip rate is Clopper and Pearson's (1934), on as many items as the clusters are worth.
    """
    pair = read_pair(first, second, clusters)
    kept = ~pair.lost()
    n = int(kept.sum())
    if n == 0:
        raise UsageError("no item has a score in both runs")
    differences = pair.differences("against")[kept]
    codes = None if pair.clusters is None else np.unique(pair.clusters[kept], return_inverse=True)[1]
    evidence = weigh(differences, codes, pair.binary)
    flipped = np.abs(differences) > 1e-12
    flips = int(flipped.sum())
    low, high = _share_interval(flips, n, Differences(-flipped.astype(float), codes).effect_above)
    p_value = min(1.0, 2 * min(evidence.p_above(0.0), evidence.p_below(0.0)))
    return Noise(
        n=n,
        missing=pair.n - n,
        flips=flips,
        flip_rate=flips / n,
        flip_low=low,
        flip_high=high,
        run_variance=evidence.spread / 2,
        difference=evidence.mean,
        p_value=p_value,
        alpha=alpha,
        stable=p_value > alpha,
    )


def _share_interval(count: int, n: int, effect: float) -> tuple[float, float]:
    """The exact 95 % interval of a share, on n / effect items."""
    seen, unseen = count / effect, (n - count) / effect
    low = float(betaincinv(seen, unseen + 1, 0.025)) if count else 0.0
    high = float(betaincinv(seen + 1, unseen, 0.975)) if count < n else 1.0
    return low, high
