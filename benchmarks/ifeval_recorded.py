"""Does `ifeval` give the recorded verdicts of M-IFEval's English prompts, for every model and instruction?

    python benchmarks/ifeval_recorded.py [--data ../shared/data/recorded/m-ifeval/en]

Prints the agreement per instruction type, prompt- and instruction-level accuracy per model beside the recorded ones,
and every verdict that differs. Exit code 1 if fewer than 99.5 % of the strict or of the loose verdicts agree. About
20 seconds on two cores.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

from evalkit.records import Sample
from evalkit.scorers import ifeval

FLOOR = 0.995
DATA = Path(__file__).resolve().parents[1] / "../shared/data/recorded/m-ifeval/en"


class Verdict(NamedTuple):
    """One instruction of one answer: what is recorded and what we say."""

    model: str
    key: int
    instruction: str
    kind: str  # "strict" or "loose"
    recorded: bool
    ours: bool


def main() -> int:
    """Print the tables. Returns 1 below the floor, 2 without the data."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="the folder with input_data.jsonl.gz and responses/")
    folder = parser.parse_args().data
    if not folder.is_dir():
        print(f"no recorded data in {folder}", file=sys.stderr)
        return 2
    files = sorted((folder / "responses").glob("*.jsonl.gz"))
    with ProcessPoolExecutor() as pool:
        verdicts = [one for found in pool.map(judged, files) for one in found]
    by_instruction(verdicts)
    by_model(verdicts, json.loads((folder / "scores.json").read_text(encoding="utf-8")))
    differing = [one for one in verdicts if one.recorded is not one.ours]
    print(f"\n{len(differing)} verdicts differ")
    for one in differing:
        print(f"  {one.model} {one.key} {one.instruction} {one.kind}: recorded {one.recorded}, ours {one.ours}")
    agreement = {kind: share([one for one in verdicts if one.kind == kind]) for kind in ("strict", "loose")}
    print(f"\nagreement: strict {agreement['strict']:.4%}, loose {agreement['loose']:.4%} (floor {FLOOR:.1%})")
    return 0 if min(agreement.values()) >= FLOOR else 1


def judged(file: Path) -> list[Verdict]:
    """Every verdict of one model."""
    prompts = {row["key"]: row for row in lines(file.parents[1] / "input_data.jsonl.gz")}
    found: list[Verdict] = []
    for row in lines(file):
        sample = Sample(str(row["key"]), metadata=prompts[row["key"]])
        ours = ifeval.score(sample, row["response"] or "").details
        for kind in ("strict", "loose"):
            found += [
                Verdict(file.name.removesuffix(".jsonl.gz"), row["key"], name, kind, recorded, verdict)
                for name, recorded, verdict in zip(ours["instructions"], row[kind], ours[kind], strict=True)
            ]
    return found


def lines(file: Path) -> list[dict[str, Any]]:
    with gzip.open(file, "rt", encoding="utf-8") as text:
        return [json.loads(line) for line in text]


def share(verdicts: list[Verdict]) -> float:
    return sum(one.recorded is one.ours for one in verdicts) / len(verdicts)


def by_instruction(verdicts: list[Verdict]) -> None:
    print(f"{'instruction':<46} {'verdicts':>8} {'differ':>6}")
    total = Counter(one.instruction for one in verdicts)
    differing = Counter(one.instruction for one in verdicts if one.recorded is not one.ours)
    for name in sorted(total):
        print(f"{name:<46} {total[name]:>8} {differing[name]:>6}")


def by_model(verdicts: list[Verdict], recorded: dict[str, Any]) -> None:
    """Accuracies in percent, ours and the recorded ones: prompt-level, then instruction-level."""
    print(f"\n{'model':<52} {'strict: ours':>14} {'recorded':>14} {'loose: ours':>14} {'recorded':>14}")
    for model in sorted({one.model for one in verdicts}):
        cells = ""
        for kind in ("strict", "loose"):
            mine = [one for one in verdicts if (one.model, one.kind) == (model, kind)]
            prompts: dict[int, bool] = {}
            for one in mine:
                prompts[one.key] = prompts.get(one.key, True) and one.ours
            instruction_level = 100 * sum(one.ours for one in mine) / len(mine)
            ours = f"{100 * sum(prompts.values()) / len(prompts):.2f} {instruction_level:.2f}"
            theirs = "{:.2f} {:.2f}".format(*recorded[model]["recorded"][kind])
            cells += f" {ours:>14} {theirs:>14}"
        print(f"{model:<52}{cells}")


if __name__ == "__main__":
    sys.exit(main())
