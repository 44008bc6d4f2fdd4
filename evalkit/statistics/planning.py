"""Before the run: how many items a margin needs, how often a true parity would be seen, what a pack can show at all.

`discordance` is the share of items on which the two models differ; for fractional scores or repeats, the mean square
of the item differences. Formulas: Nam 1997, Biometrics 53:1422 (sample size of the score test); the floor is the
rule of three. `design_effect` is the variance inflation of clusters (restricted.Clustering.effect).
"""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, expm1, log, sqrt

from scipy.special import ndtr, ndtri

from evalkit.errors import UsageError
from evalkit.statistics.paired import EXACT_UP_TO, critical_z, fewest_wins, probability

_TINY = 1e-9


def n_needed(
    discordance: float,
    margin: float,
    alpha: float = 0.05,
    power: float = 0.8,
    delta: float = 0.0,
    design_effect: float = 1.0,
) -> int | None:
    """Items for `power` to show that the candidate is not worse than `margin` when the true difference is `delta`.

    None where no number suffices (`delta` <= -`margin`); see `n_to_show_inferior`.
    """
    if delta <= -margin + _TINY:
        return None
    needed = (
        (_z(alpha) * _null_sd(discordance, margin, delta) + _z(1 - power) * _sd(discordance, delta)) / (margin + delta)
    ) ** 2
    return ceil(max(needed, _floor(margin, alpha)) * design_effect - _TINY)


def n_to_show_inferior(
    discordance: float,
    margin: float,
    delta: float,
    alpha: float = 0.05,
    power: float = 0.8,
    design_effect: float = 1.0,
) -> int | None:
    """Items for `power` to show that the candidate is worse than `margin` when the true difference is `delta`.

    None where no number suffices (`delta` >= -`margin`).
    """
    if delta >= -margin - _TINY:
        return None
    needed = _z(alpha) * _null_sd(discordance, margin, delta) + _z(1 - power) * _sd(discordance, delta)
    return ceil((needed / (margin + delta)) ** 2 * design_effect - _TINY)


def n_by_wald(discordance: float, margin: float, alpha: float = 0.05, power: float = 0.8) -> int:
    """The usual quick formula for equal models, which is too small where discordance is low; for comparison."""
    return ceil((_z(alpha) + _z(1 - power)) ** 2 * discordance / margin**2)


def power_at(
    n: int, discordance: float, margin: float, alpha: float = 0.05, delta: float = 0.0, design_effect: float = 1.0
) -> float:
    """The probability of parity (or better) with n items; exact without a design effect and up to 10,000 items."""
    if discordance < abs(delta):
        raise UsageError(f"a difference of {delta:g} needs a discordance of at least that, not {discordance:g}")
    if design_effect == 1.0 and n <= EXACT_UP_TO:
        fewest = fewest_wins(n, -margin, critical_z(n, -margin, alpha))
        return float(probability(fewest, n, (discordance + delta) / 2, (discordance - delta) / 2)[0])
    distance = sqrt(n / design_effect) * (margin + delta) - _z(alpha) * _null_sd(discordance, margin, delta)
    spread = _sd(discordance, delta)
    return float(ndtr(distance / spread)) if spread > 0 else float(distance > 0)


def smallest_margin(
    n: int, discordance: float, alpha: float = 0.05, power: float = 0.8, design_effect: float = 1.0
) -> float:
    """The smallest margin at which n items show parity of truly equal models with `power`; 1.0 = none."""

    def enough(margin: float) -> bool:
        needed = n_needed(discordance, margin, alpha, power, 0.0, design_effect)
        return needed is not None and needed <= n

    return _smallest(enough)


def smallest_detectable_loss(
    n: int, discordance: float, margin: float = 0.0, alpha: float = 0.05, power: float = 0.8, design_effect: float = 1.0
) -> float:
    """The smallest true loss that n items call inferior with `power`: the minimum detectable difference.

    With `margin` 0, the smallest loss that is told from no difference. By the normal approximation; at most 1.0.
    """

    def seen(loss: float) -> bool:
        differing = max(discordance, loss)
        needed = _z(alpha) * _null_sd(differing, margin, -loss) + _z(1 - power) * _sd(differing, loss)
        return loss > margin and (loss - margin) * sqrt(n / design_effect) >= needed

    return _smallest(seen)


def blind_spot(units: int, alpha: float = 0.05) -> float:
    """The share of failing items (or clusters) that `units` of them would miss altogether with probability alpha."""
    return -expm1(log(alpha) / units)


def judged_margin(margin: float, sensitivity: float, specificity: float) -> float:
    """The margin to test on a judge's scores so that `margin` holds on the true ones.

    A judge that errs alike on both arms shrinks every difference by sensitivity + specificity - 1 (Rogan and Gladen
    1978, American Journal of Epidemiology 107:71), which makes parity easier. Errors that favour one arm are not
    repaired by any margin. Raises UsageError for a judge no better than chance.
    """
    quality = sensitivity + specificity - 1
    if not 0 < quality <= 1:
        raise UsageError(f"a judge with sensitivity {sensitivity:g} and specificity {specificity:g} tells nothing")
    return margin * quality


def _smallest(enough: Callable[[float], bool]) -> float:
    """The smallest number in (0, 1) that is enough, to 1e-9, by bisection; 1.0 where none is."""
    low, high = 0.0, 1.0
    while high - low > _TINY:
        middle = (low + high) / 2
        if enough(middle):
            high = middle
        else:
            low = middle
    return high


def _floor(margin: float, alpha: float) -> int:
    """Items without a single loss that exclude a loss rate of `margin`: the rule of three."""
    return ceil(log(alpha) / log(1 - margin) - _TINY) if margin < 1 else 1


def _z(alpha: float) -> float:
    return -float(ndtri(alpha))


def _sd(discordance: float, delta: float) -> float:
    return sqrt(max(discordance - delta * delta, 0.0))


def _null_sd(discordance: float, margin: float, delta: float) -> float:
    """The standard deviation of an item's difference under the null hypothesis closest to the stated truth."""
    wins, losses = max(discordance + delta, 0.0) / 2, max(discordance - delta, 0.0) / 2
    b = -(2 - wins + losses) * margin - wins - losses
    c = losses * margin * (1 + margin)
    p_loss = (sqrt(max(b * b - 8 * c, 0.0)) - b) / 4
    return sqrt(max(2 * p_loss - margin * (1 + margin), 0.0))
