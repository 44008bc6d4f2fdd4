"""What stands in every run's manifest, however the run came about: what its results come to, and which versions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

#: packages whose version can change an answer, a score or a verdict
RECORDED_PACKAGES = (
    "math-verify", "latex2sympy2_extended", "sympy", "antlr4-python3-runtime", "jsonschema", "jsonschema-rs",
    "langdetect", "py3langid", "sacrebleu", "wasmtime", "numpy", "scipy", "aiohttp", "xllamacpp",
)  # fmt: skip


def closing(results: Iterable[Mapping[str, Any]], epochs: int = 1) -> dict[str, Any]:
    """What is known of a run when each of its calls has its result; `results` are the lines of results.jsonl."""
    repeats: dict[int, list[tuple[float | None, str | None]]] = {}
    outcomes: Counter[str] = Counter()
    usage: Counter[str] = Counter()
    scored, total = 0, 0.0
    for line in results:
        outcomes[line["outcome"]] += 1
        score = line.get("score", {}).get("value")
        if score is not None:
            scored += 1
            total += score
        usage.update(line.get("usage", {}))
        if epochs > 1:
            repeats.setdefault(line["index"], []).append((score, line.get("score", {}).get("answer")))
    return {
        "status": "complete",
        "finished": now(),
        "outcomes": dict(outcomes),
        "scored": scored,
        "mean_score": total / scored if scored else None,
        "usage": dict(usage),
        "repeats": _repeats(list(repeats.values()), epochs) if epochs > 1 else None,
    }


def _repeats(samples: Sequence[Sequence[tuple[float | None, str | None]]], epochs: int) -> dict[str, Any]:
    """pass@k for k = 1, 2, 4, ... and all epochs, and the score of the majority answer; a lost answer is not right.

    Where an answer is given by several epochs with different scores, as programs may be, the first one's counts.
    """
    from evalkit.scorers._passk import majority, mean_pass_at_k

    counts = [(len(calls), sum(value == 1.0 for value, _ in calls)) for calls in samples]
    powers = [k for k in (1, 2, 4, 8, 16, 32, 64, 128, 256, 512) if k < epochs]
    voted = 0.0
    for calls in samples:
        chosen = majority(answer for _, answer in calls)
        voted += next((value or 0.0 for value, answer in calls if answer == chosen and chosen is not None), 0.0)
    return {
        "epochs": epochs,
        "pass_at": {str(k): float(mean_pass_at_k(counts, k)) for k in [*powers, epochs]},
        "majority": voted / len(samples),
    }


def fitting_pack(manifest: Mapping[str, Any]) -> str:
    """The digest of the pack that a run's calls were last known to fit: as asked, or as `evalkit rescore` checked."""
    digest: str = (manifest.get("scored_with") or {}).get("pack_digest") or manifest["identity"]["pack"]["digest"]
    return digest


def versions() -> dict[str, str]:
    """The versions of `RECORDED_PACKAGES` that are installed."""
    from importlib.metadata import PackageNotFoundError, version

    found = {}
    for name in RECORDED_PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def now() -> str:
    """This moment, in UTC, as manifests write it."""
    return datetime.now(UTC).isoformat(timespec="seconds")
