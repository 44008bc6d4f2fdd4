"""Run a claim and say whether the candidate may replace the baseline.

Every arm is run (or found finished, or taken from a committed baseline), every pack is judged, and a report is left in
reports/runs/gates/. The exit code is the verdict: 0 parity or superior, 1 inferior, 3 inconclusive, 4 invalid.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evalkit.claims import Claim
from evalkit.commands.run import sandbox_arguments
from evalkit.errors import InstrumentError, UsageError
from evalkit.plans import Plan
from evalkit.workspace import Workspace

if TYPE_CHECKING:
    from evalkit.arms import ArmResults

EXAMPLES = """\
  evalkit gate reports/quickstart.json
  evalkit gate swap                      the claim reports/swap.json
  evalkit gate swap --dry-run            how many calls, to whom and for how much, without making any
  evalkit gate swap --json > verdict.json
"""

Plans = Mapping[str, Mapping[str, Plan]]  # pack -> arm -> plan
Results = Mapping[str, Mapping[str, "ArmResults"]]  # pack -> arm -> results


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add this command's arguments."""
    parser.add_argument("claim", help="a claim by name (in reports/) or the path of its file")
    parser.add_argument("--fresh", action="store_true", help="run all arms again; earlier runs are kept beside")
    parser.add_argument("--retry-errors", action="store_true", help="ask again what ended in a provider error")
    parser.add_argument("--exploratory-ok", action="store_true", help="let an exploratory verdict pass")
    sandbox_arguments(parser)
    parser.add_argument("--dry-run", action="store_true", help="print the plan and send nothing")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    parser.add_argument("--workspace", metavar="DIR", help="the workspace (default: the nearest one)")


def main(args: argparse.Namespace) -> int:
    """Gate. Returns the exit code of the verdict."""
    workspace = Workspace.find(args.workspace)
    claim = workspace.claim(args.claim)
    plans = workspace.plans(claim)
    if args.dry_run:
        print(_planned(workspace, plans, as_json=args.json))
        return 0
    _require_budget(workspace, claim, plans)
    results = _run(workspace, plans, args)
    report = judge(workspace, claim, plans, results, exploratory_ok=args.exploratory_ok)
    folder = write(workspace.gate_directory(claim), report)
    if args.json:
        print(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        from evalkit.report.text import text

        print(f"\n{text(report)}\n\nreport: {workspace.shown(folder / 'report.md')}")
    code: int = report["exit_code"]
    return code


def _run(workspace: Workspace, plans: Plans, args: argparse.Namespace) -> Results:
    """The results of every arm, asking only what is not there yet."""
    from evalkit.arms import read_arm
    from evalkit.display import Display
    from evalkit.runs import Sessions

    display = Display()
    baselines = {} if args.fresh else _baselines(workspace)
    chosen = {"sandbox": args.sandbox, "yes_run_untrusted_code": args.yes_run_untrusted_code}
    found: dict[str, dict[str, ArmResults]] = {}
    with Sessions(workspace, display, **chosen) as sessions:
        for name, arms in plans.items():
            found[name] = {}
            for arm, plan in arms.items():
                saved = baselines.get(plan.digest) if arm == "baseline" else None
                if saved is not None:
                    display.say(f"{name} · {plan.arm.shown}: the committed baseline {workspace.shown(saved.source)}")
                    found[name][arm] = saved
                else:
                    run = sessions.execute(plan, fresh=args.fresh, retry_errors=args.retry_errors)
                    found[name][arm] = read_arm(run.directory)
    return found


def _baselines(workspace: Workspace) -> dict[str, ArmResults]:
    """The committed baselines by the digest of their run. Raises InstrumentError for one that has expired."""
    from evalkit.arms import expired, read_baseline

    found = {}
    for path in workspace.baseline_files():
        saved = read_baseline(path)
        day = expired(saved)
        if day:
            shown = workspace.shown(path)
            raise InstrumentError(
                f"{shown} expired on {day}: run it again, or look with `evalkit baseline check {shown}`"
            )
        found[saved.manifest["digest"]] = saved
    return found


def judge(
    workspace: Workspace, claim: Claim, plans: Plans, results: Results, *, exploratory_ok: bool = False
) -> dict[str, Any]:
    """The report on finished results. Nothing is asked; the gate's history is read and added to."""
    from evalkit.gates import History
    from evalkit.parity import judge_arms, judge_claim
    from evalkit.report.document import document

    packs = {name: arms["baseline"].pack for name, arms in plans.items()}
    terms = claim.terms({name: pack.digest for name, pack in packs.items()})
    history = History(workspace.gate_directory(claim))
    exploratory = history.exploratory(claim, terms, [arms["candidate"].digest for arms in plans.values()])
    verdicts = [
        judge_arms(claim, pack, results[name]["baseline"], results[name]["candidate"]) for name, pack in packs.items()
    ]
    verdict = judge_claim(claim, verdicts, exploratory=exploratory, exploratory_ok=exploratory_ok)
    splits = {
        name: {
            "model gap": judge_arms(claim, pack, results[name]["baseline"], results[name]["reference"]),
            "deployment gap": judge_arms(claim, pack, results[name]["reference"], results[name]["candidate"]),
        }
        for name, pack in packs.items()
        if "reference" in results[name]
    }
    manifests = {name: {arm: found.manifest for arm, found in arms.items()} for name, arms in results.items()}
    report = document(claim, verdict, manifests, splits)
    history.add(terms, {name: {arm: plan.digest for arm, plan in arms.items()} for name, arms in plans.items()}, report)
    return report


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


def _require_budget(workspace: Workspace, claim: Claim, plans: Plans) -> None:
    """Refuse to start what the claim's budget cannot pay."""
    if claim.budget_usd is None:
        return
    cost = 0.0
    for arms in plans.values():
        for plan in arms.values():
            cost += _open_cost(workspace, plan)[1] or 0.0
    if cost > claim.budget_usd:
        raise UsageError(
            f"{claim.file}: the open calls will cost about {cost:.2f} USD, the budget is {claim.budget_usd:g}; "
            "look with --dry-run, ask fewer samples, or raise budget_usd"
        )


def _open_cost(workspace: Workspace, plan: Plan) -> tuple[int, float | None]:
    """(calls not made yet, what they will cost; None = unknown)."""
    from evalkit.economics import estimate
    from evalkit.journal import CALLS

    journal = workspace.run_directory(plan) / CALLS
    made = journal.read_bytes().count(b"\n") if journal.is_file() else 0
    still = max(0, plan.calls - made)
    cost = estimate(plan, None).usd
    return still, None if cost is None else cost * still / plan.calls


def _planned(workspace: Workspace, plans: Plans, *, as_json: bool) -> str:
    rows: list[dict[str, Any]] = []
    lines: list[str] = []
    for name, arms in plans.items():
        for arm, plan in arms.items():
            still, cost = _open_cost(workspace, plan)
            told = "price unknown" if cost is None else f"about {cost:.2f} USD"
            row = {"pack": name, "arm": arm, "model": plan.model.id, "calls": plan.calls, "open": still, "usd": cost}
            rows.append(row)
            lines.append(f"{name}: {arm} {plan.model.id}: {still} of {plan.calls} calls to make, {told}")
    if as_json:
        return json.dumps(rows, indent=2)
    return "\n".join([*lines, f"{sum(row['open'] for row in rows)} calls in all"])
