"""Show one sample in full: what was sent, what came back, how it was scored."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from evalkit.errors import UnknownName, UsageError
from evalkit.journal import CALLS, RESULTS, read_lines, read_manifest
from evalkit.names import did_you_mean

EXAMPLES = """\
  evalkit show reports/runs/triage/vllm--llama-3.3-70b/0a1b2c3d4e5f t17
  evalkit show RUN t17 --epoch 2 --json
  evalkit show RUN --outcome truncated       the samples with that outcome
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add this command's arguments."""
    parser.add_argument("run", help="the folder of a run")
    parser.add_argument("sample", nargs="?", help="the id of a sample (default: list them with their outcomes)")
    parser.add_argument("--epoch", type=int, default=0, metavar="N", help="which epoch, from 0")
    parser.add_argument("--outcome", help="list only samples with this outcome")
    parser.add_argument("--json", action="store_true", help="print as JSON")


def main(args: argparse.Namespace) -> int:
    """Show a sample, or the list of samples."""
    directory = Path(args.run)
    read_manifest(directory)
    if args.sample is None:
        return _list(directory, args.outcome, args.json)
    call = result = None
    ids = set()
    for line in read_lines(directory / CALLS):  # the last line of a call counts
        ids.add(line["sample"])
        if line["sample"] == args.sample and line["epoch"] == args.epoch:
            call = line
    for line in read_lines(directory / RESULTS):
        if line["sample"] == args.sample and line["epoch"] == args.epoch:
            result = line
    if call is None:
        if args.sample in ids:
            raise UsageError(f"sample {args.sample!r} has no epoch {args.epoch}")
        raise UnknownName(f"no sample {args.sample!r} in this run{did_you_mean(args.sample, ids)}")
    if args.json:
        print(json.dumps({"call": call, "result": result}, ensure_ascii=False, indent=2))
    else:
        print("\n".join(_told(call, result)))
    return 0


def _list(directory: Path, outcome: str | None, as_json: bool) -> int:
    lines = [line for line in read_lines(directory / RESULTS) if outcome in (None, line["outcome"])]
    if as_json:
        print(json.dumps(lines, ensure_ascii=False, indent=2))
        return 0
    for line in sorted(lines, key=lambda line: (line["index"], line["epoch"])):
        score = line.get("score", {})
        shown = (line["sample"], line["epoch"], line["outcome"], score.get("value", "-"), score.get("answer", ""))
        print(*shown, sep="\t")
    return 0


def _told(call: dict[str, Any], result: dict[str, Any] | None) -> list[str]:
    """One call and its result, as text."""
    body = dict(call["body"])
    messages = body.pop("messages", None)
    lines = [
        f"sample {call['sample']}, epoch {call['epoch']}: {call['outcome'] if result is None else result['outcome']}"
    ]
    lines += ["", f"SENT to {call['path']}: {json.dumps(body, ensure_ascii=False)}"]
    for message in messages or ():
        content = message["content"]
        text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
        lines += [f"[{message['role']}]", text]
    for retry in call.get("retries", ()):
        lines += ["", f"RETRIED after {retry['kind']}: {retry['message']}"]
    if "failure" in call:
        lines += ["", f"FAILED: {json.dumps(call['failure'], ensure_ascii=False)}"]
    completion = call.get("completion")
    if completion:
        if completion.get("reasoning"):
            lines += ["", "REASONING (never scored)", completion["reasoning"]]
        lines += ["", "ANSWER", completion.get("text", "")]
        rest = {name: value for name, value in completion.items() if name not in ("text", "reasoning")}
        lines += [
            "",
            f"TOLD: {json.dumps(rest, ensure_ascii=False)} in {call.get('timings', {}).get('latency', 0):.2f} s",
        ]
    score = (result or {}).get("score")
    if score:
        lines += [
            "",
            f"SCORE {score.get('value')} (lenient {score.get('lenient_value')}): {score.get('explanation', '')}",
        ]
        lines += [f"taken as the answer: {score['answer']}"] if "answer" in score else []
        lines += [f"details: {json.dumps(score['details'], ensure_ascii=False)}"] if score.get("details") else []
    return lines
