"""From scores to a verdict.

`parity` is a one-sided test at level alpha of "the candidate is worse by the margin or more"; `superior` also rejects
"not better" (in fixed order, so at no cost in alpha); `inferior` rejects "worse by less than the margin". What none
of these can say is `inconclusive`, with the number of items that would settle it; no scores at all is `invalid`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import ceil
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from evalkit.errors import UsageError
from evalkit.statistics.evidence import Evidence, method, weigh, wins_and_losses
from evalkit.statistics.missing import tipping_point
from evalkit.statistics.planning import blind_spot, n_needed, n_to_show_inferior
from evalkit.statistics.restricted import Differences
from evalkit.statistics.scores import Pair, read_pair
from evalkit.statistics.verdict import MIN_UNITS, Case, Missing, Reason, Verdict, Word, sentence

_JUST = 1e-12  # how far a bound is moved to the side of the margin on which the test has put it


def decide(
    baseline: Sequence[Any] | npt.NDArray[Any],
    candidate: Sequence[Any] | npt.NDArray[Any],
    clusters: Sequence[Any] | npt.NDArray[Any] | None = None,
    margin: float | None = None,
    alpha: float = 0.05,
    *,
    power: float = 0.8,
    missing: Missing = "against",
    ids: Sequence[str] | None = None,
    names: tuple[str, str] = ("the baseline", "the candidate"),
) -> Verdict:
    """May the candidate replace the baseline, on these scores of the same items in the same order?

    `baseline`, `candidate`: one entry an item, a score in [0, 1], a list of them (repeats), or None (NaN in an array)
    where a score is missing. `clusters`: one label an item; items that share one are not independent; None as a label
    is an item on its own. `margin`: the loss that would still be accepted, in (0, 1). `alpha` in (0, 0.5).
    `missing`: a missing score counts against the candidate; "both_ways" also asks that `inferior` holds when it
    counts for the candidate. `ids` name the items in errors, `names` the two models in the sentence.
    Raises UsageError.
    """
    if margin is None or not 0 < _number("margin", margin) < 1:
        raise UsageError(f"margin: expected a number between 0 and 1, the loss you would accept, not {margin!r}")
    if not 0 < _number("alpha", alpha) < 0.5:
        raise UsageError(f"alpha: expected a number between 0 and 0.5, not {alpha!r}")
    if not 0 < _number("power", power) < 1:
        raise UsageError(f"power: expected a number between 0 and 1, not {power!r}")
    if missing not in ("against", "both_ways"):
        raise UsageError(f"missing: expected 'against' or 'both_ways', not {missing!r}")
    pair = read_pair(baseline, candidate, clusters, ids)
    return _decide(pair, float(margin), float(alpha), float(power), missing, names)


def _decide(pair: Pair, margin: float, alpha: float, power: float, missing: Missing, names: tuple[str, str]) -> Verdict:
    baseline, candidate = pair.means("against")
    evidence = weigh(candidate - baseline, pair.clusters, pair.binary)
    case = _judge(evidence, margin, alpha)
    lost = int(pair.lost().sum())
    best = _judge(weigh(pair.differences("for"), pair.clusters, pair.binary), margin, alpha) if lost else None
    word, reason = _conclude(pair, evidence, case, best, missing)
    wins, losses = wins_and_losses(candidate - baseline)
    means = float(baseline.mean()), float(candidate.mean())
    needed, needed_if = _enough(evidence, margin, alpha, power) if word == "inconclusive" else (None, None)
    clustering = evidence.clustering if isinstance(evidence, Differences) else None
    draft = Verdict(
        verdict=word,
        reason=reason,
        sentence="",
        method=method(evidence),
        margin=margin,
        alpha=alpha,
        power=power,
        n=pair.n,
        clusters=None if pair.clusters is None else evidence.units,
        wins=wins,
        losses=losses,
        ties=pair.n - wins - losses,
        baseline_mean=means[0],
        candidate_mean=means[1],
        difference=case.difference,
        ci_low=case.ci_low,
        ci_high=case.ci_high,
        level=1 - 2 * alpha,
        p_noninferior=case.p_noninferior,
        p_superior=case.p_superior,
        p_inferior=best.p_inferior if best and missing == "both_ways" else case.p_inferior,
        n_needed=needed,
        n_needed_if=needed_if,
        design_effect=evidence.effect_above,
        df=clustering.df if clustering else None,
        missing=missing,
        missing_baseline=pair.baseline.missing,
        missing_candidate=pair.candidate.missing,
        lost=lost,
        tipping_point=_tipping_point(pair, evidence, case, best, margin, alpha) if lost else None,
        best_case=best,
        missing_decides=best is not None and best.verdict != case.verdict,
        worse_than_baseline=case.ci_high < 0,
        blind_spot=blind_spot(evidence.units, alpha),
        useless_pack=max(means) < 0.05 or min(means) > 0.98,
        unresolvable=word == "inconclusive" and case.difference <= -margin / 2,
    )
    return replace(draft, sentence=sentence(draft, names))


def _judge(evidence: Evidence, margin: float, alpha: float) -> Case:
    """The tests and the interval, made to say the same."""
    p_noninferior, p_superior, p_inferior = evidence.p_above(-margin), evidence.p_above(0.0), evidence.p_below(-margin)
    low, high = evidence.interval(alpha)
    if evidence.units < MIN_UNITS:
        p_noninferior, p_superior = max(p_noninferior, 0.5), max(p_superior, 0.5)
        if isinstance(evidence, Differences):  # its degrees of freedom and design effect are noise by then
            p_inferior = max(p_inferior, 0.5)
    low = _beyond(low, 0.0, p_superior <= alpha)
    low = _beyond(low, -margin, p_noninferior <= alpha)
    high = -_beyond(-high, margin, p_inferior <= alpha)
    word: Word = "inconclusive"
    if p_inferior <= alpha:
        word = "inferior"
    elif p_noninferior <= alpha:
        word = "superior" if p_superior <= alpha else "parity"
    return Case(word, evidence.mean, low, high, p_noninferior, p_superior, p_inferior)


def _beyond(low: float, at: float, rejected: bool) -> float:
    """A lower bound that is above `at` just when the test rejects `at`.

    The exact test decides; the interval is the score interval, and near the margin the two may differ in the third
    decimal of a point.
    """
    return max(low, at + _JUST) if rejected else min(low, at)


def _conclude(pair: Pair, evidence: Evidence, case: Case, best: Case | None, missing: Missing) -> tuple[Word, Reason]:
    if np.isnan(pair.baseline.cells).all() or np.isnan(pair.candidate.cells).all():
        return "invalid", "no_scores"
    word = case.verdict
    if best and missing == "both_ways" and word == "inferior":
        word = best.verdict if best.verdict == "inferior" else "inconclusive"
    settled: dict[Word, Reason] = {"parity": "within_margin", "superior": "better", "inferior": "worse_than_margin"}
    if word in settled:
        return word, settled[word]
    if evidence.units < MIN_UNITS:
        return word, "too_few_items" if pair.clusters is None else "too_few_clusters"
    if best and best.verdict != case.verdict:
        return word, "missing_scores"
    return word, "margin_not_excluded"


def _enough(
    evidence: Evidence, margin: float, alpha: float, power: float
) -> tuple[int | None, Literal["equal", "as_seen"] | None]:
    """The items in all that would settle an open verdict, and what must be true for that.

    First as if the models were equal; where that many items are there already, as if the observed difference were
    true, which may settle it as inferior. None where the observed loss is the margin itself.
    """
    n, seen, effect = evidence.n, evidence.mean, evidence.effect_above
    at_least = max(n + 1, ceil(MIN_UNITS * n / evidence.units))
    discordance = (evidence.spread * n + 1) / (n + 2)
    needed = n_needed(discordance, margin, alpha, power, 0.0, effect)
    if needed is not None and needed > n:
        return max(needed, at_least), "equal"
    discordance = max(discordance, abs(seen))
    needed = n_needed(discordance, margin, alpha, power, min(seen, 0.0), effect)
    needed = needed or n_to_show_inferior(discordance, margin, seen, alpha, power, effect)
    return (None, None) if needed is None else (max(needed, at_least), "as_seen")


def _tipping_point(
    pair: Pair, evidence: Evidence, case: Case, best: Case | None, margin: float, alpha: float
) -> int | None:
    if evidence.units < MIN_UNITS or best is None or best.p_noninferior > alpha:
        return None
    return int(pair.lost().sum()) if case.p_noninferior <= alpha else tipping_point(pair, margin, alpha)


def _number(name: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | np.integer | np.floating):
        raise UsageError(f"{name}: expected a number, not {value!r:.60}")
    return float(value)
