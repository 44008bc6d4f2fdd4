"""Run a claim and say whether the candidate may replace the baseline.

Both arms are run (or found finished), every pack is judged, and a report is left in reports/runs/gates/. The exit code
is the verdict: 0 parity or superior, 1 inferior, 3 inconclusive, 4 invalid.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evalkit.claims import Claim
from evalkit.errors import UsageError
from evalkit.plans import Plan, make_plan
from evalkit.workspace import Workspace

EXAMPLES = """\
  evalkit gate reports/quickstart.json
  evalkit gate swap                      the claim reports/swap.json
  evalkit gate swap --dry-run            how many calls, and to whom, without making any
  evalkit gate swap --json > verdict.json
"""

ARMS = ("baseline", "candidate")
Plans = Mapping[str, Mapping[str, Plan]]  # pack -> arm -> plan


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add this command's arguments."""
    parser.add_argument("claim", help="a claim by name (in reports/) or the path of its file")
    parser.add_argument("--fresh", action="store_true", help="run both arms again; earlier runs are kept beside")
    parser.add_argument("--retry-errors", action="store_true", help="ask again what ended in a provider error")
    parser.add_argument("--dry-run", action="store_true", help="print the plan and send nothing")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    parser.add_argument("--workspace", metavar="DIR", help="the workspace (default: the nearest one)")


def main(args: argparse.Namespace) -> int:
    """Gate. Returns the exit code of the verdict."""
    workspace = Workspace.find(args.workspace)
    claim = workspace.claim(args.claim)
    plans = plan_claim(workspace, claim)
    if args.dry_run:
        print(_planned(plans, as_json=args.json))
        return 0

    from evalkit.display import Display
    from evalkit.parity import judge_claim, judge_pack, read_arm
    from evalkit.report.document import document
    from evalkit.runs import Sessions

    with Sessions(workspace, Display()) as sessions:
        runs = {
            name: {
                arm: sessions.execute(plan, fresh=args.fresh, retry_errors=args.retry_errors)
                for arm, plan in arms.items()
            }
            for name, arms in plans.items()
        }
    verdicts = [
        judge_pack(
            arms["baseline"].plan.pack,
            *(read_arm(arms[arm].directory) for arm in ARMS),
            margin=claim.packs[name].margin,
            alpha=claim.alpha,
            power=claim.power,
            waive=claim.waive,
            outcomes=claim.outcomes,
            limits=claim.limits,
            slices=claim.slices,
        )
        for name, arms in runs.items()
    ]
    verdict = judge_claim(claim, verdicts)
    manifests = {name: {arm: arms[arm].manifest for arm in ARMS} for name, arms in runs.items()}
    report = document(claim, verdict, manifests)
    folder = write(workspace.gate_directory(claim), report)
    if args.json:
        print(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        from evalkit.report.text import text

        print(f"\n{text(report)}\n\nreport: {workspace.shown(folder / 'report.md')}")
    return verdict.exit_code


def plan_claim(workspace: Workspace, claim: Claim) -> Plans:
    """The plan of every arm and pack; every mistake in packs, cards and arms is found here. Raises UsageError."""
    plans: dict[str, dict[str, Plan]] = {}
    for name, wanted in claim.packs.items():
        pack = workspace.pack(name)
        plans[name] = {
            side: make_plan(pack, workspace.model(arm.model), arm, samples=wanted.samples, epochs=claim.epochs)
            for side, arm in zip(ARMS, (claim.baseline, claim.candidate), strict=True)
        }
        if plans[name]["baseline"].digest == plans[name]["candidate"].digest:
            raise UsageError(f"{claim.file}: both arms would ask exactly the same of the same model on pack {name!r}")
    return plans


def write(folder: Path, report: Mapping[str, Any]) -> Path:
    """Leave the report in every form; append it to GitHub's step summary where there is one."""
    from evalkit.journal import write_atomically
    from evalkit.report.junit import junit
    from evalkit.report.markdown import markdown

    page = markdown(report)
    write_atomically(folder / "report.md", page.encode())
    write_atomically(folder / "verdict.json", json.dumps(report, ensure_ascii=False, indent=2).encode() + b"\n")
    write_atomically(folder / "junit.xml", junit(report).encode())
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if summary:
        with Path(summary).open("a", encoding="utf-8") as file:
            file.write(page)
    return folder


def _planned(plans: Plans, *, as_json: bool) -> str:
    rows = [
        {"pack": name, "arm": arm, "model": plan.model.id, "calls": plan.calls, "run": plan.digest[:12]}
        for name, arms in plans.items()
        for arm, plan in arms.items()
    ]
    if as_json:
        return json.dumps(rows, indent=2)
    lines = [f"{row['pack']}: {row['arm']} {row['model']}: {row['calls']} calls (run {row['run']})" for row in rows]
    return "\n".join([*lines, f"{sum(plan.calls for arms in plans.values() for plan in arms.values())} calls in all"])
