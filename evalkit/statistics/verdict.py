"""What a verdict is, and how it reads."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

Word = Literal["parity", "superior", "inferior", "inconclusive", "invalid"]
Reason = Literal[
    "within_margin",
    "better",
    "worse_than_margin",
    "margin_not_excluded",
    "too_few_items",
    "too_few_clusters",
    "missing_scores",
    "no_scores",
]
Missing = Literal["against", "both_ways"]

EXIT_CODES: dict[Word, int] = {"parity": 0, "superior": 0, "inferior": 1, "inconclusive": 3, "invalid": 4}
MIN_UNITS = 10  # independent items or clusters; below, nothing is called parity


@dataclass(frozen=True, slots=True)
class Case:
    """The numbers under one way of filling what is missing. Differences are candidate minus baseline, in [-1, 1]."""

    verdict: Word
    difference: float
    ci_low: float
    ci_high: float
    p_noninferior: float
    p_superior: float
    p_inferior: float


@dataclass(frozen=True)  # no slots: vars(verdict) is the row that people put in a frame
class Verdict:
    """One verdict and every number behind it, in plain Python numbers.

    Means, differences, bounds and rates are shares in [-1, 1], not points. Missing scores count against the candidate
    in every number except those of `best_case` (and, with missing="both_ways", `p_inferior`).
    """

    verdict: Word
    reason: Reason
    sentence: str
    method: str
    margin: float
    alpha: float
    power: float
    n: int
    clusters: int | None
    wins: int
    losses: int
    ties: int
    baseline_mean: float
    candidate_mean: float
    difference: float
    ci_low: float  # two one-sided bounds at alpha each ...
    ci_high: float
    level: float  # ... which make an interval of this level, 1 - 2 alpha
    p_noninferior: float
    p_superior: float
    p_inferior: float
    n_needed: int | None  # items in all that would settle it with `power`; None = settled, or no number would
    n_needed_if: Literal["equal", "as_seen"] | None  # truly equal models, or a true difference as observed
    design_effect: float
    df: float | None
    missing: Missing
    missing_baseline: int  # scores, over all repeats
    missing_candidate: int
    lost: int  # items that miss a score
    tipping_point: int | None  # parity holds if at most so many lost items went against the candidate; None = never
    best_case: Case | None  # every missing score counts for the candidate; None = nothing is missing
    missing_decides: bool  # the verdict would be another one in the best case
    worse_than_baseline: bool  # the whole interval is below zero
    blind_spot: float  # the share of failing items that could be wholly unseen
    useless_pack: bool  # both models below 5 % or above 98 %
    unresolvable: bool  # inconclusive, and the candidate looks at least half a margin worse

    @property
    def exit_code(self) -> int:
        """What a process that was asked for this verdict exits with."""
        return EXIT_CODES[self.verdict]

    def to_json(self) -> dict[str, Any]:
        """The fields as plain JSON."""
        return asdict(self)


def sentence(verdict: Verdict, names: tuple[str, str]) -> str:
    """One sentence: what was found, the interval, what would change it, how many items would settle it."""
    baseline, candidate = names
    found = (
        f"({100 * verdict.level:g}% interval {_signed(verdict.ci_low)} to {_signed(verdict.ci_high)} points, "
        f"margin {_points(verdict.margin)})"
    )
    if verdict.reason == "no_scores":
        arm = baseline if verdict.missing_baseline else candidate
        return f"No verdict: {arm} has not a single score; find out why before asking again."
    if verdict.verdict == "superior":
        text = f"Superior: {candidate} is better than {baseline} by at least {_points(verdict.ci_low)} points {found}"
        return f"{text}; only new losses that take the lower end to 0 would change that."
    if verdict.verdict == "parity":
        within = "worse, but by less than the margin" if verdict.worse_than_baseline else "as good within the margin"
        bound = f"at most {_points(-verdict.ci_low)} points worse than {baseline}"
        text = f"Parity: {candidate} is {within}, {bound} {found}"
        lost = f", and stays so with all {verdict.lost} lost items counted against it" if verdict.lost else ""
        return f"{text}{lost}; a margin of {_points(-verdict.ci_low)} or less would not be met."
    if verdict.verdict == "inferior":
        text = f"Inferior: {candidate} is worse than {baseline} by at least {_points(-verdict.ci_high)} points {found}"
        change = f"; only a margin above {_points(-verdict.ci_high)} would change that"
        if verdict.missing_decides and verdict.best_case:
            change = (
                f", but only because {verdict.lost} lost items count against it; counted for it, they would make it "
                f"{verdict.best_case.verdict}: recover them first"
            )
        return f"{text}{change}."
    return f"{_open(verdict, candidate)} {found}; {_way_out(verdict)}."


def _open(verdict: Verdict, candidate: str) -> str:
    unseen = max(-verdict.ci_low, verdict.blind_spot)
    units = f"{verdict.n} items" if verdict.reason == "too_few_items" else f"{verdict.clusters} clusters"
    few = f"{units} cannot show parity, at least {MIN_UNITS} are needed: " if "too_few" in verdict.reason else ""
    return f"Undecided: {few}a loss of up to {_points(unseen)} points by {candidate} is not excluded"


def _way_out(verdict: Verdict) -> str:
    if verdict.reason == "missing_scores" and verdict.best_case:
        bears = (
            f"parity holds if at most {verdict.tipping_point} of the {verdict.lost} lost items went against it"
            if verdict.tipping_point is not None
            else f"with the {verdict.lost} lost items counted for it, the verdict would be {verdict.best_case.verdict}"
        )
        return f"{bears}: recover the lost items rather than adding new ones"
    if verdict.n_needed is None:
        return "if the observed loss, which is just the margin, is the true one, no number of items will settle it"
    truth = (
        "the models are truly equal" if verdict.n_needed_if == "equal" else "the difference seen so far is the true one"
    )
    return f"about {verdict.n_needed:,} items in all would settle it if {truth}"


def _points(share: float) -> str:
    """A share as percentage points."""
    return f"{100 * share:.1f}"


def _signed(share: float) -> str:
    return f"{100 * share:+.1f}"
