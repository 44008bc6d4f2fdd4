"""What calls cost. A model without a price costs *unknown*, never 0."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from evalkit.plans import Plan

CHARACTERS_PER_TOKEN = 3.5  # for an estimate before anything was asked; on the careful side for English
USUAL_OUTPUT_SHARE = 0.5  # of max_tokens, where no run tells better
USUAL_SECONDS = 10.0  # of one call, where no run tells better


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a plan will take. None = unknown."""

    calls: int
    input_tokens: int
    output_tokens: int
    usd: float | None
    hours: float
    basis: str  # what the estimate rests on

    def plus(self, other: Estimate) -> Estimate:
        """Both, one after the other."""
        usd = None if self.usd is None or other.usd is None else self.usd + other.usd
        basis = self.basis if self.basis == other.basis else f"{self.basis}; {other.basis}"
        return Estimate(
            self.calls + other.calls,
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            usd,
            self.hours + other.hours,
            basis,
        )


def usd(price: Mapping[str, Any] | None, input_tokens: float, output_tokens: float, cached: float = 0) -> float | None:
    """Dollars for so many tokens; None where there is no price. `cached` is part of `input_tokens`."""
    if price is None:
        return None
    fresh = (input_tokens - cached) * price["input"] + cached * price.get("cached", price["input"])
    return float(fresh + output_tokens * price["output"]) / 1e6


def estimate(plan: Plan, manifests: Mapping[str, Any] | None) -> Estimate:
    """What `plan` will take; `manifests` is that of an earlier run of the model on the pack, where there is one."""
    model, calls = plan.model, plan.calls
    usage = (manifests or {}).get("usage") or {}
    done = (manifests or {}).get("calls") or 0
    if manifests and done and "input" in usage and "output" in usage:
        each_in, each_out = usage["input"] / done, usage["output"] / done
        seconds = manifests.get("mean_latency") or USUAL_SECONDS
        basis = "an earlier run of this model on this pack"
    else:
        shown = [plan.request(plan.pack.samples[index], 0).messages for index in range(min(50, plan.samples))]
        characters = sum(len(message.content) for messages in shown for message in messages) / len(shown)
        each_in = characters / CHARACTERS_PER_TOKEN
        each_out = (plan.generation.max_tokens or 512) * USUAL_OUTPUT_SHARE
        seconds = USUAL_SECONDS
        basis = (
            f"prompts at {CHARACTERS_PER_TOKEN} characters a token, answers of half of max_tokens, {USUAL_SECONDS:g} s"
        )
    cost = usd(model.price, each_in * calls, each_out * calls)
    hours = calls * seconds / model.concurrency / 3600
    return Estimate(calls, round(each_in * calls), round(each_out * calls), cost, hours, basis)
