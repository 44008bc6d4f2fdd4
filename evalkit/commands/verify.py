"""Recompute a gate's scores and verdict from its evidence, offline, and say what does not agree.

Scores are recomputed from the journalled calls with the scorers and packs of today; the verdict from the results. What
cannot be recomputed (a committed baseline keeps no answers, a run that is not there) is said.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evalkit.errors import UsageError
from evalkit.workspace import Workspace

if TYPE_CHECKING:
    from evalkit.packs import Pack

EXAMPLES = """\
  evalkit verify reports/runs/gates/swap
  evalkit verify reports/runs/gates/swap --json
"""

COMPARED = (
    "verdict",
    "difference",
    "ci_low",
    "ci_high",
    "p_noninferior",
    "p_superior",
    "p_inferior",
    "n",
    "wins",
    "losses",
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add this command's arguments."""
    parser.add_argument("folder", help="the folder of a gate's report (with verdict.json)")
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")
    parser.add_argument("--workspace", metavar="DIR", help="the workspace (default: the nearest one)")


def main(args: argparse.Namespace) -> int:
    """Verify. Returns 0 where everything that could be recomputed agrees, else 4."""
    workspace = Workspace.find(args.workspace)
    report = _report(Path(args.folder))
    findings = [finding for pack in report["packs"] for finding in _pack(workspace, report, pack)]
    wrong = [finding for finding in findings if finding["state"] == "differs"]
    if args.json:
        print(json.dumps({"agrees": not wrong, "findings": findings}, ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            print(f"{finding['state']:<14} {finding['what']}: {finding['told']}")
        print("everything that could be recomputed agrees" if not wrong else f"{len(wrong)} differences")
    return 4 if wrong else 0


def _report(folder: Path) -> dict[str, Any]:
    path = folder / "verdict.json" if folder.is_dir() else folder
    try:
        report: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        report["packs"], report["runs"], report["claim"]["outcomes"], report["claim"]["slices"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{path}: no report of a gate: {error}") from None
    return report


def _pack(workspace: Workspace, report: dict[str, Any], told: dict[str, Any]) -> list[dict[str, str]]:
    """What can be said of one pack."""
    from evalkit.arms import expired, read_arm
    from evalkit.claims import Limits
    from evalkit.manifests import fitting_pack
    from evalkit.parity import judge_pack

    name = told["pack"]
    pack = workspace.pack(name)
    found: list[dict[str, str]] = []

    def say(state: str, what: str, text: str) -> None:
        found.append({"state": state, "what": f"{name}: {what}", "told": text})

    arms = {}
    for arm, source in told["runs"].items():
        path = Path(source)
        if not path.exists():
            say("not recomputed", arm, f"{source} is not there")
            continue
        arms[arm] = read_arm(path)
        identity = arms[arm].manifest["identity"]
        if fitting_pack(arms[arm].manifest) != pack.digest:
            say("differs", arm, f"the pack has changed since the run ({identity['pack']['digest'][:12]})")
            return found
        recorded = report["runs"][name][arm]["digest"]
        same = arms[arm].manifest["digest"] == recorded
        say("agrees" if same else "differs", f"{arm} digest", recorded[:12])
        day = expired(arms[arm])
        if day:
            say("differs", arm, f"the baseline expired on {day}")
        if path.is_file():
            say("not recomputed", f"{arm} scores", "a committed baseline keeps no answers")
        else:
            try:
                changed = _rescored(workspace, pack, path)
            except UsageError as error:
                say("not recomputed", f"{arm} scores", str(error))
                continue
            text = f"{len(changed)} of {arms[arm].outcomes.size} changed" + (
                f": {', '.join(changed[:5])}" if changed else ""
            )
            say("differs" if changed else "agrees", f"{arm} scores", text)
    if len(arms) < 2:
        say("not recomputed", "verdict", "needs both runs")
        return found
    claim = report["claim"]
    again = judge_pack(
        pack,
        arms["baseline"],
        arms["candidate"],
        margin=told["margin"],
        alpha=claim["alpha"],
        power=claim["power"],
        waive=frozenset(claim["waive"]),
        outcomes=claim["outcomes"],
        limits=Limits(**claim["limits"]),
        slices=claim["slices"],
    ).to_json()
    say(
        "agrees" if again["verdict"] == told["verdict"] else "differs",
        "verdict",
        f"{again['verdict']} ({again['reason']})",
    )
    for key in COMPARED:
        here, there = again["statistics"][key], told["statistics"][key]
        if here != there and not (isinstance(here, float) and abs(here - there) < 1e-9):
            say("differs", key, f"recorded {there}, recomputed {here}")
    return found


def _rescored(workspace: Workspace, pack: Pack, folder: Path) -> list[str]:
    """The samples whose score is not what the journalled call gives today. Raises UsageError for an imported run."""
    from evalkit.display import Display
    from evalkit.rescoring import rescore
    from evalkit.runs import Sessions

    with Sessions(workspace, Display()) as sessions:
        found = rescore(folder, pack, sessions.resources(pack), write=False)
    return [change.sample if not change.epoch else f"{change.sample} epoch {change.epoch}" for change in found.changes]
