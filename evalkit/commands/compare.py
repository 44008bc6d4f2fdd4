"""Compare finished runs of the same pack: one or more candidates against one baseline.

The first is the baseline; runs (folders) and committed baselines (files) may be mixed, and two runs of the same model
at different times show a regression. With several candidates each is judged at alpha divided by their number, so that
picking the best of them is paid for. The exit code is that of the (best) verdict: 0 parity or superior, 1 inferior,
3 inconclusive, 4 invalid.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from evalkit.errors import UsageError
from evalkit.workspace import Workspace

if TYPE_CHECKING:
    from evalkit.parity import PackVerdict

EXAMPLES = """\
  evalkit compare BASELINE_RUN CANDIDATE_RUN --margin 0.03
  evalkit compare BASELINE_RUN CANDIDATE_RUN --margin 0.03 --waive temperature --waive seed
  evalkit compare reports/baselines/triage.json RUN_A RUN_B RUN_C --margin 0.03
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add this command's arguments."""
    parser.add_argument("baseline", help="the folder of the baseline's run, or the file of a committed baseline")
    parser.add_argument("candidates", nargs="+", metavar="candidate", help="the folder of a candidate's run")
    parser.add_argument(
        "--margin", type=float, required=True, help="the loss that is still acceptable: 0.03 is 3 points"
    )
    parser.add_argument("--alpha", type=float, default=0.05, help="error rate of a false parity (default 0.05)")
    parser.add_argument("--waive", action="append", default=[], metavar="CONDITION", help="a condition that may differ")
    parser.add_argument("--json", action="store_true", help="print the verdict as JSON")
    parser.add_argument("--workspace", metavar="DIR", help="the workspace (default: the nearest one)")


def main(args: argparse.Namespace) -> int:
    """Compare. Returns the exit code of the best verdict."""
    from evalkit.arms import read_arm
    from evalkit.parity import EXIT_CODES, judge_pack

    workspace = Workspace.find(args.workspace)
    baseline = read_arm(Path(args.baseline))
    name = baseline.manifest["identity"]["pack"]["name"]
    alpha = args.alpha / len(args.candidates)
    verdicts = []
    for folder in args.candidates:
        candidate = read_arm(Path(folder))
        other = candidate.manifest["identity"]["pack"]["name"]
        if other != name:
            raise UsageError(f"the baseline ran pack {name!r}, {folder} ran {other!r}: compare runs of one pack")
        waive = frozenset(args.waive)
        verdict = judge_pack(workspace.pack(name), baseline, candidate, margin=args.margin, alpha=alpha, waive=waive)
        verdicts.append(verdict)
    if args.json:
        found = [verdict.to_json() for verdict in verdicts]
        print(json.dumps(found[0] if len(found) == 1 else found, ensure_ascii=False, indent=2))
    else:
        print("\n\n".join("\n".join(_told(verdict, args)) for verdict in verdicts))
    return min((EXIT_CODES[verdict.verdict] for verdict in verdicts), key=(0, 3, 4, 1).index)


def _told(verdict: PackVerdict, args: argparse.Namespace) -> Iterator[str]:
    """One comparison as text."""
    from evalkit.report.words import interval, points

    statistics = verdict.statistics.to_json()
    named = f" · {verdict.runs['candidate']}" if len(args.candidates) > 1 else ""
    yield f"{verdict.pack}{named}: {verdict.verdict.upper()}"
    means = f"{points(statistics['baseline_mean'])} % against {points(statistics['candidate_mean'])} %"
    yield f"  {means}, difference {interval(statistics)} points, margin {points(args.margin)}, {statistics['n']} items"
    yield f"  {verdict.sentence}"
    for difference in verdict.differences:
        waived = " (waived)" if difference.waived else ""
        yield f"  condition {difference.condition}: {difference.baseline} against {difference.candidate}{waived}"
    for label, ids in (("baseline right, candidate not", verdict.regressions), ("the reverse", verdict.improvements)):
        if ids:
            yield f"  {label}: {', '.join(ids)}"
