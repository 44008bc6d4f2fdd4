"""How reports say things: points, intervals, verdicts in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

MEANING: Mapping[str, str] = {
    "parity": "the candidate is not worse than the baseline by more than the margin",
    "superior": "the candidate is better than the baseline",
    "inferior": "the candidate is worse than the baseline by more than the margin",
    "inconclusive": "this evidence settles nothing either way; it is not a pass",
    "invalid": "the instrument failed or the conditions differed, so quality was not judged; it is not a pass",
}
MARK: Mapping[str, str] = {
    "parity": "PASS",
    "superior": "PASS",
    "inferior": "FAIL",
    "inconclusive": "NOT SHOWN",
    "invalid": "INVALID",
}


def points(share: float, *, signed: bool = False) -> str:
    """A share as points: 0.031 is 3.1."""
    return f"{100 * share:+.1f}" if signed else f"{100 * share:.1f}"


def interval(statistics: Mapping[str, Any]) -> str:
    """The difference and its interval, in points."""
    low, high = points(statistics["ci_low"], signed=True), points(statistics["ci_high"], signed=True)
    return f"{points(statistics['difference'], signed=True)} [{low}, {high}]"


def headline(report: Mapping[str, Any]) -> str:
    """The verdict in one line."""
    word = report["verdict"]
    return f"{MARK[word]}: {word}: {MEANING[word]}"


def arm_name(arm: Mapping[str, Any]) -> str:
    """What reports call an arm."""
    name: str = arm["label"] or arm["model"]
    return name
