"""Verdicts on recorded answers of real models: counts and differences exactly as recorded."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

import evalkit

RECORDED = Path(__file__).resolve().parents[2] / "shared/data/recorded/zeroeval-gsm"
pytestmark = pytest.mark.skipif(not RECORDED.is_dir(), reason="needs ../shared/data/recorded")


def scores(model: str) -> dict[str, float]:
    with gzip.open(RECORDED / f"outputs/{model}.jsonl.gz", "rt", encoding="utf-8") as file:
        return {row["id"]: float(row["official"] is True) for row in map(json.loads, file)}


@pytest.mark.parametrize(
    ("candidate", "baseline", "wins", "losses", "points", "margin", "word"),
    [
        ("Meta-Llama-3.1-70B-Instruct", "gpt-4o-mini-2024-07-18", 42, 43, -0.08, 0.02, "parity"),
        ("Qwen2-72B-Instruct", "gpt-4o-2024-05-13", 20, 56, -2.73, 0.025, "inconclusive"),
        ("Meta-Llama-3.1-8B-Instruct", "gpt-4o-2024-05-13", 15, 165, -11.37, 0.05, "inferior"),
    ],
)
def test_a_recorded_pair(
    candidate: str, baseline: str, wins: int, losses: int, points: float, margin: float, word: str
) -> None:
    here, there = scores(baseline), scores(candidate)
    ids = sorted(here)
    found = evalkit.decide([here[i] for i in ids], [there.get(i) for i in ids], margin=margin)
    assert (found.n, found.wins, found.losses) == (1319, wins, losses)
    assert round(100 * found.difference, 2) == points
    assert found.verdict == word
