"""Save a finished run as a committed baseline, or look whether it still holds.

With a baseline in reports/baselines/, `evalkit gate` asks only the candidate. A closed model behind an alias may
change: `baseline check` asks a few samples again and compares.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from evalkit.errors import UsageError
from evalkit.workspace import Workspace

EXAMPLES = """\
  evalkit baseline save reports/runs/triage/openai--gpt-5.4/0a1b2c3d4e5f --expires-days 30
  evalkit baseline check reports/baselines/triage--openai--gpt-5.4.json --samples 30
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add this command's arguments."""
    parser.add_argument("action", choices=["save", "check"])
    parser.add_argument("path", help="the folder of a finished run (save), or a baseline's file (check)")
    parser.add_argument("--expires-days", type=int, default=30, metavar="N", help="how long it holds (default 30)")
    parser.add_argument("--out", metavar="FILE", help="where to write it (default: reports/baselines/)")
    parser.add_argument("--samples", type=int, default=30, metavar="N", help="samples asked again (default 30)")
    parser.add_argument("--json", action="store_true", help="print as JSON")
    parser.add_argument("--workspace", metavar="DIR", help="the workspace (default: the nearest one)")


def main(args: argparse.Namespace) -> int:
    """Save or check. Returns 0, or 4 where the model no longer answers as the baseline says."""
    workspace = Workspace.find(args.workspace)
    return _save(args, workspace) if args.action == "save" else _check(args, workspace)


def _save(args: argparse.Namespace, workspace: Workspace) -> int:
    from evalkit.arms import baseline_document
    from evalkit.journal import dumps, write_atomically

    if args.expires_days < 1:
        raise UsageError("--expires-days: must be 1 or more")
    folder = Path(args.path)
    document = baseline_document(folder, args.expires_days)
    name = f"{folder.resolve().parent.parent.name}--{folder.resolve().parent.name}.json"
    out = Path(args.out) if args.out else workspace.root / "reports" / "baselines" / name
    write_atomically(out, dumps(document) + b"\n")
    told = {"file": workspace.shown(out), "samples": len(document["outcomes"]), "expires": document["expires"]}
    if args.json:
        print(json.dumps(told))
    else:
        print(f"wrote {told['file']}: {told['samples']} samples, holds until {told['expires']}; commit it")
    return 0


def _check(args: argparse.Namespace, workspace: Workspace) -> int:
    """Ask the first samples again; the scores must not have moved, beyond what chance explains."""
    from evalkit.arms import expired, read_baseline, read_run
    from evalkit.claims import Arm
    from evalkit.display import Display
    from evalkit.plans import make_plan
    from evalkit.runs import Sessions
    from evalkit.statistics.noise import noise

    saved = read_baseline(Path(args.path))
    identity = saved.manifest["identity"]
    model_id, pack = identity["model"]["model"], workspace.pack(identity["pack"]["name"])
    if pack.digest != identity["pack"]["digest"]:
        raise UsageError(f"{args.path}: the pack {pack.name!r} has changed since; run and save the baseline again")
    count = min(args.samples, identity["samples"])
    generation = dict(identity["generation"])
    arm = Arm(
        model_id,
        structured=generation.pop("structured", None),
        profile=identity["profile"],
        generation=generation,
    )
    plan = make_plan(pack, workspace.model(model_id), arm, samples=count)
    with Sessions(workspace, Display()) as sessions:
        again = read_run(sessions.execute(plan, fresh=True).directory)
    found = noise(saved.values("strict", pack.wrong)[:count, 0], again.values("strict", pack.wrong)[:, 0])
    served = {"then": sorted(saved.manifest["served"]), "now": sorted(again.manifest["served"])}
    told: dict[str, Any] = {
        "samples": count,
        "changed": found.flips,
        "difference": found.difference,
        "p_value": found.p_value,
        "served": served,
        "expired": expired(saved),
        "holds": found.stable and served["then"] == served["now"] and not expired(saved),
    }
    if args.json:
        print(json.dumps(told, indent=2))
    else:
        moved = f"mean difference {found.difference:+.3f} (p = {found.p_value:.2g})"
        print(f"{found.flips} of {found.n} scores changed, {moved}")
        print(f"served then: {', '.join(served['then'])}; now: {', '.join(served['now'])}")
        if told["expired"]:
            print(f"expired on {told['expired']}")
        print("the baseline holds" if told["holds"] else "the baseline does not hold: run it again")
    return 0 if told["holds"] else 4
