"""Where the observed gap comes from: truncation, extraction, refusal, infrastructure, and what remains.

Each arm delivers on an item what its strict score says, 0 where there is none. What it would have delivered but for one
cause is taken from the stored outputs: the lenient reading of the same text for extraction; for an answer that never
came, the arm's own mean on what it did answer. The difference of these losses between the arms is that cause's part of
the gap, and the rest is capability. The parts add up to the gap exactly; each has its paired interval.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evalkit.arms import ArmResults, Floats
from evalkit.records import OUTCOMES
from evalkit.statistics.restricted import component_interval

CAUSES: dict[str, tuple[str, ...]] = {
    "truncation": ("truncated", "empty_with_reasoning"),
    "refusal": ("refused", "filtered"),
    "infrastructure": ("provider_error", "sandbox_failed", "judge_failed"),
}


@dataclass(frozen=True, slots=True)
class GapPart:
    """One part of the gap, candidate minus baseline, as a share; the interval is that of two one-sided bounds."""

    cause: str
    share: float
    low: float
    high: float


def waterfall(
    baseline: ArmResults, candidate: ArmResults, clusters: Sequence[str | None] | None, alpha: float
) -> tuple[GapPart, ...]:
    """The gap and its parts: `gap` first, then each cause, `capability` last."""
    codes = None if clusters is None else _codes(clusters)
    delivered = [_delivered(arm) for arm in (baseline, candidate)]
    losses = [_losses(arm) for arm in (baseline, candidate)]
    gap = delivered[1] - delivered[0]
    parts = {cause: losses[0][cause] - losses[1][cause] for cause in losses[0]}
    parts["capability"] = gap - sum(parts.values())
    return tuple(
        GapPart(cause, *component_interval(values, 1.0, codes, alpha))
        for cause, values in {"gap": gap, **parts}.items()
    )


def _delivered(arm: ArmResults) -> Floats:
    return np.asarray(np.nan_to_num(arm.strict, nan=0.0).mean(axis=1))


def _losses(arm: ArmResults) -> dict[str, Floats]:
    """What each cause took from each item, in [-1, 1]; negative where the lenient reading is the worse one."""
    scored = ~np.isnan(arm.strict)
    usual = float(arm.strict[scored].mean()) if scored.any() else 0.0
    strict = np.nan_to_num(arm.strict, nan=0.0)
    found = {"extraction": np.where(np.isnan(arm.lenient), 0.0, arm.lenient - strict).mean(axis=1)}
    for cause, outcomes in CAUSES.items():
        struck = np.isin(arm.outcomes, [OUTCOMES.index(name) for name in outcomes])
        found[cause] = np.where(struck, usual, 0.0).mean(axis=1)
    return found


def _codes(clusters: Sequence[str | None]) -> npt.NDArray[np.int64]:
    """Cluster labels as numbers; an item without one stands alone."""
    known: dict[object, int] = {}
    keys: list[object] = [index if label is None else label for index, label in enumerate(clusters)]
    return np.array([known.setdefault(key, len(known)) for key in keys])
