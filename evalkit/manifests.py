"""What stands in every run's manifest, however the run came about: what its results come to, and which versions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

#: packages whose version can change an answer, a score or a verdict
RECORDED_PACKAGES = (
    "math-verify", "latex2sympy2_extended", "sympy", "antlr4-python3-runtime", "jsonschema", "jsonschema-rs",
    "langdetect", "py3langid", "sacrebleu", "wasmtime", "numpy", "scipy", "aiohttp", "xllamacpp",
)  # fmt: skip


def closing(results: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """What is known of a run when each of its calls has its result; `results` are the lines of results.jsonl."""
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
    return {
        "status": "complete",
        "finished": now(),
        "outcomes": dict(outcomes),
        "scored": scored,
        "mean_score": total / scored if scored else None,
        "usage": dict(usage),
    }


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
