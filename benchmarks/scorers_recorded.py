"""Do `numeric`, `exact`, `choice` and pass@k give the published figures of recorded model outputs?

    python benchmarks/scorers_recorded.py [--data ../shared/data/recorded] [--list]

Prints one table per collection: ours beside the published figure, and the items that differ from the recorded label
where there is a floor (`--list`: everywhere). Exit code 1 when a figure that has a floor misses it: every label of
gsm8k-openai, every model of ZeroEval's GSM8K and CRUXEval within half a point, CRUXEval's pass@k to the last digit.
About two minutes on two cores.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import re
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

from evalkit.records import Sample
from evalkit.scorers import choice, exact, numeric
from evalkit.scorers._passk import mean_pass_at_k

DATA = Path(__file__).resolve().parents[1] / "../shared/data/recorded"
HALF_POINT = 0.5
# The columns of published_HAERAE.md, by file.
HAERAE = {
    "gpt-35-turbo-230613": 52.67, "gpt-4-turbo-240409": 77.76, "gpt-4.1-2025-04-14": 85.83,
    "gpt-4.1-mini-2025-04-14": 78.93, "gpt-4.1-nano-2025-04-14": 67.95, "gpt-4o-240513": 85.70,
    "gpt-4o-mini-240718": 76.40, "gpt-5-chat-2025-08-08": 84.32, "gpt-5-mini-2025-08-08": 84.35,
    "gpt-5-nano-2025-08-08": 78.60, "gpt-5.1-2025-11-13": 84.52, "gpt-5.1-chat-2025-11-13": 83.22,
    "gpt-5.2(medium)-2025-12-11": 91.81, "gpt-5.2-2025-12-11": 86.93, "gpt-51-medium-2025-11-13": 90.65,
    "gpt-oss-120b-2025-08-05": 38.66, "llama-3-1-8b-instruct": 53.90, "nova-2-lite-2025-12-05": 73.93,
    "phi-3-5-mini-instruct": 44.21, "phi-3-5-moe-instruct": 61.83, "phi-3-mini-128k-june": 36.41, "phi-4": 59.23,
}  # fmt: skip


class Row(NamedTuple):
    """One file of answers: ours and the published accuracy in percent, and the items that differ."""

    name: str
    answers: int
    ours: float
    published: float | None
    differing: list[str]


def main() -> int:
    """Print the tables. Returns 1 below a floor, 2 without the data."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="the folder with the recorded outputs")
    parser.add_argument("--list", action="store_true", help="print the items that differ of every collection")
    given = parser.parse_args()
    if not given.data.is_dir():
        print(f"no recorded data in {given.data}", file=sys.stderr)
        return 2
    started = time.perf_counter()
    with ProcessPoolExecutor() as pool:
        gsm, crux = given.data / "zeroeval-gsm", given.data / "zeroeval-crux"
        zero_gsm = list(pool.map(zeroeval, [(gsm, model) for model in models(gsm)]))
        zero_crux = list(pool.map(zeroeval, [(crux, model) for model in models(crux)]))
        openai = gsm8k_openai(given.data / "gsm8k-openai")
        mmlu = list(pool.map(mmlu_pro, sorted((given.data / "mmlu-pro" / "outputs").glob("*.jsonl.gz"))))
        haerae = list(pool.map(korean, sorted((given.data / "korean-mcqa" / "HAERAE").glob("*.csv.gz"))))
        bbh = big_bench(given.data / "bbh-codex")
    missed = [
        *show("gsm8k-openai (numeric): recorded labels", openai, given.list, at_most=0.0, no_difference=True),
        *show("zeroeval-gsm (numeric)", zero_gsm, given.list, at_most=HALF_POINT),
        *show("zeroeval-crux (exact)", zero_crux, given.list, at_most=HALF_POINT),
        *show("mmlu-pro (choice): recorded prediction against ours", mmlu, given.list),
        *show("korean-mcqa, HAERAE (choice): without the rows that are API errors", haerae, given.list),
        *show("bbh-codex, direct (exact)", bbh, given.list),
        *pass_at_k(given.data / "cruxeval-codellama7b"),
    ]
    print(f"\n{time.perf_counter() - started:.0f} s")
    for miss in missed:
        print(f"below the floor: {miss}")
    return 1 if missed else 0


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a gzip-ed file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as rows:
        yield from map(json.loads, rows)


def models(folder: Path) -> list[str]:
    """The models of a ZeroEval folder."""
    return sorted(json.loads((folder / "models.json").read_text(encoding="utf-8")))


def zeroeval(task: tuple[Path, str]) -> Row:
    """One model's answers; `official` is true, false, or null when no answer was found."""
    folder, model = task
    targets = {row["id"]: row["answer"] for row in lines(folder / "items.jsonl.gz")}
    published = json.loads((folder / "models.json").read_text(encoding="utf-8"))[model]["published_acc"]
    right, count, differing = 0, 0, []
    for row in lines(folder / "outputs" / f"{model}.jsonl.gz"):
        if folder.name == "zeroeval-gsm":
            target = targets[row["id"]].removeprefix("# ")
            score = numeric.score(Sample(row["id"], target=target), row["output"])
        else:
            target = targets[row["id"]]
            score = exact.score(Sample(row["id"], target=target), row["output"])
        count += 1
        right += score.value == 1.0
        if (score.value == 1.0) != bool(row["official"]):
            differing.append(f"{row['id']} target {target!r} read {score.answer!r} official {row['official']}")
    return Row(model, count, 100 * right / count, float(published), differing)


def gsm8k_openai(folder: Path) -> list[Row]:
    """GPT-3's solutions with labels: the default reading, and lm-eval's strict one on "#### " instead of "A: "."""
    right: dict[str, list[bool]] = {}
    differing: dict[str, list[str]] = {}
    for index, row in enumerate(lines(folder / "example_model_solutions.jsonl.gz")):
        target = row["ground_truth"].rpartition("A: ")[2]
        for model, recorded in row.items():
            if not isinstance(recorded, dict):
                continue
            sample = Sample(str(index), target=target)
            score = numeric.score(sample, recorded["solution"])
            hashed = numeric.score(sample, re.sub(r"(?m)^A: ", "#### ", recorded["solution"]))
            for name, value in (
                (model, score.value == 1.0),
                (f"{model}, compat gsm8k_strict", hashed.details["compat"]["gsm8k_strict"] == 1.0),
            ):
                right.setdefault(name, []).append(value)
                if value != recorded["is_correct"]:
                    differing.setdefault(name, []).append(f"{index} target {target} read {score.answer}")
    published = {"6b_finetuning": 21.68, "6b_verification": 39.04, "175b_finetuning": 34.72, "175b_verification": 56.25}
    return [
        Row(
            name,
            len(values),
            100 * sum(values) / len(values),
            published[name.partition(",")[0]],
            differing.get(name, []),
        )
        for name, values in right.items()
    ]


def mmlu_pro(path: Path) -> Row:
    """One model's answers. "Published" is the accuracy of the recorded predictions, without credit for guesses."""
    choices = {row["question_id"]: tuple(row["options"]) for row in lines(path.parents[1] / "items.jsonl.gz")}
    right, recorded, count, differing = 0, 0, 0, []
    for row in lines(path):
        sample = Sample(str(row["question_id"]), target=row["answer"], choices=choices[row["question_id"]])
        score = choice.score(sample, row["output"] or "")
        count += 1
        right += score.value == 1.0
        recorded += row["pred"] == row["answer"]
        if score.answer != row["pred"]:
            differing.append(f"{row['question_id']} gold {row['answer']} recorded {row['pred']} read {score.answer}")
    return Row(path.name.partition(".jsonl")[0], count, 100 * right / count, 100 * recorded / count, differing)


def korean(path: Path) -> Row:
    """One model's answers to HAERAE; rows that hold an API error instead of an answer are left out, as published."""
    right, count, differing = 0, 0, []
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file)):
            if re.fullmatch(r"[A-Z_]+_ERROR", row["response"]):
                continue
            sample = Sample(str(number), target=row["answer"], language="ko", metadata={"letters": "ABCDE"})
            score = choice.score(sample, row["response"])
            count += 1
            right += score.value == 1.0
            if (score.answer or "") != row["pred"]:
                differing.append(f"{number} gold {row['answer']} recorded {row['pred']!r} read {score.answer!r}")
    name = path.name.partition(".csv")[0]
    return Row(name, count, 100 * right / count, HAERAE.get(name), differing)


def big_bench(folder: Path) -> list[Row]:
    """Codex's direct answers to BIG-Bench Hard, task by task."""
    published = json.loads((folder / "published_eval_metrics_direct.json").read_text(encoding="utf-8"))
    right: dict[str, list[bool]] = {}
    for row in lines(folder / "direct.jsonl.gz"):
        score = exact.score(Sample(str(row["i"]), target=row["target"]), row["prediction"])
        right.setdefault(row["task"], []).append(score.value == 1.0)
    return [
        Row(task, len(values), 100 * sum(values) / len(values), published[f"direct/{task}"]["published_acc"], [])
        for task, values in right.items()
    ]


def pass_at_k(folder: Path) -> list[str]:
    """Print pass@1 and pass@5 of the recorded booleans beside the published figures; returns those that differ."""
    print("\ncruxeval-codellama7b: pass@k of the recorded booleans")
    missed = []
    for side in ("input", "output"):
        published = json.loads((folder / f"published_{side}.json").read_text(encoding="utf-8"))
        rows = lines(folder / f"codellama-7b_temp0.2_{side}.jsonl.gz")
        counts = [(len(row["passed"]), sum(row["passed"])) for row in rows]
        for k in (1, 5):
            ours = float(100 * mean_pass_at_k(counts, k))
            same = abs(ours - published[f"pass_at_{k}"]) < 1e-9
            print(f"  {side:6} pass@{k}  ours {ours:.6f}  published {published[f'pass_at_{k}']:.6f}")
            missed += [] if same else [f"{side} pass@{k}"]
    return missed


def show(
    title: str, rows: list[Row], listed: bool, at_most: float | None = None, no_difference: bool = False
) -> list[str]:
    """Print one table; returns what misses its floor (in points of accuracy, or in items)."""
    print(f"\n{title}\n  {'':44} {'n':>6} {'ours':>7} {'publ.':>7} {'diff':>6}  items that differ")
    missed = []
    for row in rows:
        difference = None if row.published is None else row.ours - row.published
        # Published figures have two decimals.
        off = at_most is not None and difference is not None and abs(difference) > at_most + 0.005
        shown = ("", "") if difference is None else (f"{row.published:.2f}", f"{difference:+.2f}")
        print(f"  {row.name:44} {row.answers:6} {row.ours:7.2f} {shown[0]:>7} {shown[1]:>6}  {len(row.differing)}")
        if listed or at_most is not None:
            for item in row.differing:
                print(f"      {item}")
        if off or (no_difference and row.differing):
            missed.append(f"{title}: {row.name}")
    return missed


if __name__ == "__main__":
    raise SystemExit(main())
