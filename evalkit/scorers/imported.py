"""Scored by another harness: the scores came with the imported run, and cannot be made again here.

This is the scorer of the packs that `evalkit import` makes for such runs. To ask and score those items with evalkit,
give the pack a prompt, targets and a scorer of its own.
"""

from __future__ import annotations

from evalkit.records import Sample, Score


def score(sample: Sample, text: str) -> Score:
    """Could not tell, always."""
    del sample, text
    return Score(None, explanation="scored by the harness it was imported from", outcome="judge_failed")
