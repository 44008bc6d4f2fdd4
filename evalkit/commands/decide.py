"""A verdict from scores you already have.

Reads one JSON object on standard input:

    baseline, candidate   one entry an item, in the same order: a score in [0, 1], a list of scores (repeats), or
                          null where a score is missing
    margin                the loss you would still accept, for example 0.05
    clusters              one label an item; items that share a label are not independent (default: null)
    alpha, power          default 0.05 and 0.8
    missing               "against" (default): a missing score counts against the candidate; "both_ways": and
                          `inferior` must hold although it counts for the candidate
    ids                   one name an item, for error messages

Exit code: 0 parity or superior, 1 inferior, 2 a mistake in the request, 3 inconclusive, 4 invalid.
"""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any, NoReturn

from evalkit.errors import UsageError
from evalkit.names import did_you_mean

if TYPE_CHECKING:
    from evalkit.statistics import Verdict

EXAMPLES = """\
echo '{"baseline": [1, 1, 0, 1], "candidate": [1, 0, 0, 1], "margin": 0.05}' | evalkit decide
evalkit decide --json < scores.json
evalkit decide --jsonl < one-request-a-line.jsonl
"""

_REQUIRED = ("baseline", "candidate", "margin")
_OPTIONAL = ("clusters", "alpha", "power", "missing", "ids")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `evalkit decide`."""
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print the verdict as one JSON object")
    form.add_argument(
        "--jsonl",
        action="store_true",
        help='answer one request a line, in one process; {"error": ...} for a bad one; exit code 0',
    )


def main(args: argparse.Namespace) -> int:
    """Run the command. Raises UsageError for a bad request (with --jsonl: answers it)."""
    if args.jsonl:
        for line in sys.stdin:
            print(json.dumps(_answer(line), allow_nan=False), flush=True)
        return 0
    verdict = _decide(sys.stdin.read())
    print(json.dumps(verdict.to_json(), allow_nan=False) if args.json else _text(verdict))
    return verdict.exit_code


def _answer(line: str) -> dict[str, Any]:
    try:
        return _decide(line).to_json()
    except UsageError as error:
        return {"error": str(error)}


def _decide(text: str) -> Verdict:
    """The verdict on one request. Raises UsageError."""
    from evalkit.statistics import decide

    try:
        request = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"not a JSON object: {error}") from error
    if not isinstance(request, dict):
        raise UsageError(f"expected a JSON object with {', '.join(_REQUIRED)}")
    for key in request:
        if key not in _REQUIRED + _OPTIONAL:
            raise UsageError(f"unknown key {key!r}{did_you_mean(key, _REQUIRED + _OPTIONAL)}")
    for key in _REQUIRED:
        if request.get(key) is None:
            raise UsageError(f"the request has no {key!r}")
    for key in ("baseline", "candidate", "clusters", "ids"):
        if not isinstance(request.get(key), list | None):
            raise UsageError(f"{key}: expected a list, one entry an item")
    given = {key: value for key, value in request.items() if value is not None}
    return decide(given.pop("baseline"), given.pop("candidate"), **given)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON; write null for a missing score")


def _text(verdict: Verdict) -> str:
    missing = verdict.missing_baseline + verdict.missing_candidate
    lines = [
        verdict.sentence,
        f"items      {verdict.n}: {verdict.wins} won, {verdict.losses} lost, {verdict.ties} tied"
        + (f" ({missing} missing scores count against the candidate)" if missing else ""),
        f"means      baseline {verdict.baseline_mean:.4f}, candidate {verdict.candidate_mean:.4f}, "
        f"difference {verdict.difference:+.4f}",
        f"p-values   not inferior {verdict.p_noninferior:.4g}, superior {verdict.p_superior:.4g}, "
        f"inferior {verdict.p_inferior:.4g} (alpha {verdict.alpha:g})",
        f"method     {verdict.method}",
    ]
    if verdict.useless_pack:
        lines.append("note       both models are nearly always right or nearly always wrong: these items tell little")
    return "\n".join(lines)
