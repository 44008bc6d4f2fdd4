"""Lock a claim before results exist, or look at its lock.

The lock is a digest of everything that must be fixed beforehand: arms, packs and their content, margins, alpha, slices,
limits, waivers. After it, a change makes the verdict exploratory, which is no pass.
"""

from __future__ import annotations

import argparse
import json
from datetime import UTC, datetime

from evalkit.claims import Claim
from evalkit.errors import UsageError
from evalkit.workspace import Workspace

EXAMPLES = """\
  evalkit claim lock swap
  evalkit claim show swap
  evalkit claim lock swap --again       fix a changed claim, while there are still no results of the candidate
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add this command's arguments."""
    parser.add_argument("action", choices=["lock", "show"])
    parser.add_argument("claim", help="a claim by name (in reports/) or the path of its file")
    parser.add_argument("--again", action="store_true", help="replace a lock that the claim has outgrown")
    parser.add_argument(
        "--after-results", action="store_true", help="lock although the candidate was run; the verdict is exploratory"
    )
    parser.add_argument("--json", action="store_true", help="print as JSON")
    parser.add_argument("--workspace", metavar="DIR", help="the workspace (default: the nearest one)")


def main(args: argparse.Namespace) -> int:
    """Lock or show. Returns 0."""
    workspace = Workspace.find(args.workspace)
    claim = workspace.claim(args.claim)
    terms = claim.terms({name: workspace.pack(name).digest for name in claim.packs})
    if args.action == "lock":
        claim = _lock(args, workspace, claim, terms)
    holds = claim.lock is not None and claim.lock["terms"] == terms
    state = "not locked" if claim.lock is None else "locked" if holds else "changed since it was locked"
    if args.json:
        print(json.dumps({"claim": claim.name, "state": state, "terms": terms, "lock": claim.lock}, indent=2))
    else:
        print(f"{claim.name}: {state} (terms {terms[:12]})")
        for name, wanted in claim.packs.items():
            print(f"  {name}: margin {100 * wanted.margin:g} points")
    return 0


def _lock(args: argparse.Namespace, workspace: Workspace, claim: Claim, terms: str) -> Claim:
    """Write the lock into the claim's file, leaving the rest of it as it was typed."""
    if claim.lock is not None and claim.lock["terms"] == terms:
        return claim
    if claim.lock is not None and not args.again:
        raise UsageError(f"{claim.file}: changed since it was locked on {claim.lock['date']}; --again locks it anew")
    existing = _candidate_results(workspace, claim)
    if existing and not args.after_results:
        raise UsageError(
            f"{claim.file}: the candidate was already run ({existing}), so nothing can be fixed *before* its results; "
            "--after-results locks it all the same, and the verdict stays exploratory"
        )
    lock = {"terms": terms, "date": datetime.now(UTC).isoformat(timespec="seconds")}
    if existing:
        lock |= {"after_results": True}  # type: ignore[dict-item]
    path = workspace.claim_path(args.claim)
    path.write_text(_with_lock(claim, lock), encoding="utf-8")
    return workspace.claim(args.claim)


def _candidate_results(workspace: Workspace, claim: Claim) -> str | None:
    """The folder of a run of the candidate that has calls in it, if there is one."""
    for arms in workspace.plans(claim).values():
        calls = workspace.run_directory(arms["candidate"]) / "calls.jsonl"
        if calls.is_file() and calls.stat().st_size:
            return workspace.shown(calls.parent)
    return None


def _with_lock(claim: Claim, lock: dict[str, str]) -> str:
    if claim.lock is not None:
        return json.dumps({**claim.document.value, "lock": lock}, ensure_ascii=False, indent=2) + "\n"
    text = claim.document.text.rstrip()
    inside = text[: text.rindex("}")].rstrip()
    return f'{inside},\n  "lock": {json.dumps(lock)}\n}}\n'
