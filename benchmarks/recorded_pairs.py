"""Verdicts on recorded answers of real open and closed models: GSM8K and CRUXEval as ZeroEval ran and scored them.

    python benchmarks/recorded_pairs.py        writes docs/recorded-pairs.md

The scores are the recorded official ones; no answer found counts as wrong, as the published figures do.
The data is read from ../shared/data/recorded; without it there is nothing to do.
"""

# ruff: noqa: E501 - lines of the page it writes
from __future__ import annotations

import gzip
import json
from functools import cache
from pathlib import Path

from evalkit.statistics import Verdict, decide

ROOT = Path(__file__).resolve().parents[1]
RECORDED = ROOT.parent / "shared/data/recorded"
MARGINS = (0.02, 0.025, 0.05)

#: (open candidate, closed baseline)
PAIRS = [
    ("Meta-Llama-3.1-70B-Instruct", "gpt-4o-mini-2024-07-18"),
    ("Meta-Llama-3.1-70B-Instruct", "gpt-4o-2024-05-13"),
    ("Qwen2-72B-Instruct", "gpt-4o-2024-05-13"),
    ("Llama-3.1-405B-Instruct-Turbo", "gpt-4o-2024-05-13"),
    ("Llama-3.1-405B-Instruct-Turbo", "claude-3-5-sonnet-20240620"),
    ("Mistral-Large-2", "gpt-4o-2024-05-13"),
    ("Mistral-Large-2", "claude-3-opus-20240229"),
    ("deepseek-v2.5-0908", "gpt-4o-2024-08-06"),
    ("deepseek-v2.5-0908", "claude-3-5-sonnet-20241022"),
    ("Meta-Llama-3-70B-Instruct", "claude-3-opus-20240229"),
    ("Meta-Llama-3-70B-Instruct", "gemini-1.5-pro"),
    ("Meta-Llama-3.1-8B-Instruct", "gpt-3.5-turbo-0125"),
    ("Meta-Llama-3.1-8B-Instruct", "claude-3-haiku-20240307"),
    ("gemma-2-27b-it@together", "gemini-1.5-flash"),
]


@cache
def scores(task: str, model: str) -> dict[str, float]:
    """Item -> 1.0 or 0.0, the last record of an item counting."""
    path = RECORDED / task / "outputs" / f"{model}.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return {str(row["id"]): float(row["official"] is True) for row in rows}


def verdict(task: str, candidate: str, baseline: str, margin: float) -> Verdict:
    """The verdict on the items that the pack has; an item that a model has no record of is missing, not dropped."""
    with gzip.open(RECORDED / task / "items.jsonl.gz", "rt", encoding="utf-8") as file:
        ids = [str(json.loads(line)["id"]) for line in file]
    here, there = scores(task, baseline), scores(task, candidate)
    return decide([here.get(i) for i in ids], [there.get(i) for i in ids], margin=margin, missing="both_ways")


def table(task: str) -> list[str]:
    lines = [
        "| open candidate | closed baseline | items | right, % | better / worse | difference, points (90 % interval) | "
        + " | ".join(f"margin {100 * margin:g}" for margin in MARGINS)
        + " |",
        "|---|---|---|---|---|---|" + "---|" * len(MARGINS),
    ]
    recorded = {path.name.removesuffix(".jsonl.gz") for path in (RECORDED / task / "outputs").iterdir()}
    for candidate, baseline in PAIRS:
        if not {candidate, baseline} <= recorded:
            continue  # not every model was recorded on every task
        found = [verdict(task, candidate, baseline, margin) for margin in MARGINS]
        v = found[0]
        interval = f"{100 * v.difference:+.2f} ({100 * found[-1].ci_low:+.2f} to {100 * found[-1].ci_high:+.2f})"
        words = " | ".join(one.verdict for one in found)
        means = f"{100 * v.candidate_mean:.2f} / {100 * v.baseline_mean:.2f}"
        lines.append(f"| {candidate} | {baseline} | {v.n} | {means} | {v.wins} / {v.losses} | {interval} | {words} |")
    return lines


def main() -> None:
    page = [
        "# First real results: open models against closed ones, item by item",
        "",
        "Written by `python benchmarks/recorded_pairs.py`; do not edit. Recorded answers of 2024's models on the same items,",
        "with the scores that ZeroEval published; evalkit only pairs and judges them. Greedy decoding, one answer an item.",
        "*Better / worse* counts the items on which only one of the two was right; the verdict rests on them.",
        "",
        "## GSM8K (1,319 grade-school problems)",
        "",
        *table("zeroeval-gsm"),
        "",
        "## CRUXEval, output prediction (800 functions)",
        "",
        *table("zeroeval-crux"),
        "",
        "How to read it: parity on one kind of work says nothing about another. Llama 3.1 70B is at parity with GPT-4o mini on",
        "school mathematics and 12 points behind on reading code. And a difference that looks small is not parity while its",
        "interval reaches beyond the margin: Qwen2 72B is 2.7 points below GPT-4o, and a margin of 2.5 stays open.",
        "",
    ]
    (ROOT / "docs/recorded-pairs.md").write_text("\n".join(page), encoding="utf-8")
    print("\n".join(page))


if __name__ == "__main__":
    main()
