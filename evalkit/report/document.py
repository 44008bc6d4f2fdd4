"""The JSON report: the verdict and everything needed to check it; what the other reports are made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from evalkit import __version__
from evalkit.claims import Claim
from evalkit.parity import ClaimVerdict, PackVerdict

FORMAT = 1


def document(
    claim: Claim,
    verdict: ClaimVerdict,
    manifests: Mapping[str, Mapping[str, Mapping[str, Any]]],
    splits: Mapping[str, Mapping[str, PackVerdict]],
) -> dict[str, Any]:
    """The report as JSON. `manifests`: pack -> arm -> the manifest of its run; `splits`: pack -> part of the gap ->
    verdict, where the claim names a reference host."""
    return {
        "format": FORMAT,
        "verdict": verdict.verdict,
        "exit_code": verdict.exit_code,
        "reason": verdict.reason,
        "exploratory": verdict.exploratory,
        "overall": dict(zip(("difference", "ci_low", "ci_high"), verdict.overall, strict=True)),
        "claim": {
            "name": claim.name,
            "file": claim.file,
            "digest": claim.digest,
            "question": claim.question,
            "baseline": asdict(claim.baseline),
            "candidate": asdict(claim.candidate),
            "alpha": claim.alpha,
            "power": claim.power,
            "limits": asdict(claim.limits),
            "outcomes": dict(claim.outcomes),
            "slices": dict(claim.slices),
            "waive": sorted(claim.waive),
            "lock": None if claim.lock is None else dict(claim.lock),
        },
        "packs": [pack.to_json() for pack in verdict.packs],
        "splits": {name: {part: found.to_json() for part, found in parts.items()} for name, parts in splits.items()},
        "runs": {
            pack: {arm: _provenance(manifest) for arm, manifest in arms.items()} for pack, arms in manifests.items()
        },
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "evalkit": __version__,
    }


def _provenance(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """What a reader needs to know about one run."""
    kept = (
        "digest", "identity", "arm", "weights", "ledger", "conditions", "server", "sandbox", "versions", "python",
        "platform", "git_commit", "created", "finished", "served", "retries", "outcomes", "scored", "mean_score",
        "usage",
    )  # fmt: skip
    return {name: manifest.get(name) for name in kept}
