"""Compare two finished runs of the same pack.

The first run is the baseline. The exit code is the verdict: 0 parity or superior, 1 inferior, 3 inconclusive,
4 invalid.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from evalkit.errors import UsageError
from evalkit.workspace import Workspace

EXAMPLES = """\
  evalkit compare BASELINE_RUN CANDIDATE_RUN --margin 0.03
  evalkit compare BASELINE_RUN CANDIDATE_RUN --margin 0.03 --waive temperature --waive seed
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add this command's arguments."""
    parser.add_argument("baseline", help="the folder of the baseline's run")
    parser.add_argument("candidate", help="the folder of the candidate's run")
    parser.add_argument(
        "--margin", type=float, required=True, help="the loss that is still acceptable: 0.03 is 3 points"
    )
    parser.add_argument("--alpha", type=float, default=0.05, help="error rate of a false parity (default 0.05)")
    parser.add_argument("--waive", action="append", default=[], metavar="CONDITION", help="a condition that may differ")
    parser.add_argument("--json", action="store_true", help="print the verdict as JSON")
    parser.add_argument("--workspace", metavar="DIR", help="the workspace (default: the nearest one)")


def main(args: argparse.Namespace) -> int:
    """Compare. Returns the exit code of the verdict."""
    from evalkit.arms import read_arm
    from evalkit.parity import EXIT_CODES, judge_pack
    from evalkit.report.words import interval, points

    workspace = Workspace.find(args.workspace)
    baseline, candidate = (read_arm(Path(folder)) for folder in (args.baseline, args.candidate))
    name = baseline.manifest["identity"]["pack"]["name"]
    if candidate.manifest["identity"]["pack"]["name"] != name:
        other = candidate.manifest["identity"]["pack"]["name"]
        raise UsageError(f"the baseline ran pack {name!r}, the candidate {other!r}: compare runs of one pack")
    verdict = judge_pack(
        workspace.pack(name), baseline, candidate, margin=args.margin, alpha=args.alpha, waive=frozenset(args.waive)
    )
    if args.json:
        print(json.dumps(verdict.to_json(), ensure_ascii=False, indent=2))
        return EXIT_CODES[verdict.verdict]
    statistics = verdict.statistics.to_json()
    print(f"{name}: {verdict.verdict.upper()}")
    print(f"  {points(statistics['baseline_mean'])} % against {points(statistics['candidate_mean'])} %", end="")
    print(f", difference {interval(statistics)} points, margin {points(args.margin)}, {statistics['n']} items")
    print(f"  {verdict.sentence}")
    for difference in verdict.differences:
        waived = " (waived)" if difference.waived else ""
        print(f"  condition {difference.condition}: {difference.baseline} against {difference.candidate}{waived}")
    for label, ids in (("baseline right, candidate not", verdict.regressions), ("the reverse", verdict.improvements)):
        if ids:
            print(f"  {label}: {', '.join(ids)}")
    return EXIT_CODES[verdict.verdict]
