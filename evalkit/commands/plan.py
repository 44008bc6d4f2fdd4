"""What a claim needs before any money is spent: samples, calls, tokens, dollars, hours.

The discordance (how often the two models differ on an item) comes from finished runs of both arms where there are any,
else from `--discordance`. A pack too small for its margin is named, with the smallest margin it can show.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from typing import Any

from evalkit.claims import Claim
from evalkit.plans import Plan
from evalkit.workspace import Workspace

EXAMPLES = """\
  evalkit plan swap
  evalkit plan swap --discordance 0.12      a guess of your own, instead of 0.2
  evalkit plan swap --json
"""

USUAL_DISCORDANCE = (
    0.2  # real models near parity: 0.12 to 0.38 by task, median 0.25; one family or a quantisation: less
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add this command's arguments."""
    parser.add_argument("claim", help="a claim by name (in reports/) or the path of its file")
    parser.add_argument(
        "--discordance", type=float, metavar="P", help="share of items on which the models differ, where no run tells"
    )
    parser.add_argument("--json", action="store_true", help="print as JSON")
    parser.add_argument("--workspace", metavar="DIR", help="the workspace (default: the nearest one)")


def main(args: argparse.Namespace) -> int:
    """Print the plan. Returns 0, or 3 where a pack is too small for its margin."""
    from evalkit.errors import UsageError

    if args.discordance is not None and not 0 <= args.discordance <= 1:
        raise UsageError(f"--discordance: expected a share between 0 and 1, not {args.discordance:g}")
    workspace = Workspace.find(args.workspace)
    claim = workspace.claim(args.claim)
    rows = [_row(workspace, claim, name, arms, args.discordance) for name, arms in workspace.plans(claim).items()]
    if args.json:
        print(json.dumps({"claim": claim.name, "packs": rows}, indent=2))
    else:
        print("\n".join(line for row in rows for line in _told(row)))
    return 3 if any(row["too_small"] for row in rows) else 0


def _row(
    workspace: Workspace, claim: Claim, name: str, arms: Mapping[str, Plan], given: float | None
) -> dict[str, Any]:
    from evalkit.economics import estimate
    from evalkit.journal import read_manifest
    from evalkit.runs import is_complete
    from evalkit.statistics.planning import n_needed, power_at, smallest_margin

    margin = claim.packs[name].margin
    discordance, effect, basis = _discordance(workspace, arms, given)
    each = claim.power ** (1 / len(claim.packs))  # every pack must hold, so each needs more
    items = arms["baseline"].samples
    needed = n_needed(discordance, margin, claim.alpha, each, 0.0, effect)
    cost = None
    for plan in arms.values():
        folder = workspace.run_directory(plan)
        known = read_manifest(folder) if is_complete(folder) else None
        own = estimate(plan, known)
        cost = own if cost is None else cost.plus(own)
    assert cost is not None
    return {
        "pack": name,
        "margin": margin,
        "items": items,
        "needed": needed,
        "too_small": needed is None or needed > items,
        "discordance": discordance,
        "design_effect": effect,
        "basis": basis,
        "power": power_at(items, max(discordance, 1e-9), margin, claim.alpha, 0.0, effect),
        "power_wanted": each,
        "smallest_margin": smallest_margin(items, discordance, claim.alpha, each, effect),
        "calls": cost.calls,
        "input_tokens": cost.input_tokens,
        "output_tokens": cost.output_tokens,
        "usd": cost.usd,
        "hours": cost.hours,
        "cost_basis": cost.basis,
    }


def _discordance(workspace: Workspace, arms: Mapping[str, Plan], given: float | None) -> tuple[float, float, str]:
    """(discordance, design effect, where they come from)."""
    from evalkit.arms import read_run
    from evalkit.parity import judge_pack
    from evalkit.runs import is_complete

    folders = [workspace.run_directory(arms[arm]) for arm in ("baseline", "candidate")]
    if given is None and all(is_complete(folder) for folder in folders):
        pack = arms["baseline"].pack
        seen = judge_pack(pack, *(read_run(folder) for folder in folders), margin=0.5).statistics
        return (seen.wins + seen.losses + 1) / (seen.n + 2), seen.design_effect, "finished runs of both arms"
    if given is not None:
        return given, 1.0, "given"
    return USUAL_DISCORDANCE, 1.0, "an assumption: real models near parity differ on 12 to 38 % of items"


def _told(row: dict[str, Any]) -> list[str]:
    money = "price unknown" if row["usd"] is None else f"about {row['usd']:.2f} USD"
    told = [
        f"{row['pack']}: {row['items']} items for a margin of {100 * row['margin']:g} points; "
        f"{row['needed'] or 'no number of'} needed for {row['power_wanted']:.0%} power",
        f"  discordance {row['discordance']:.3f} ({row['basis']})",
        f"  with these items: power {row['power']:.0%} if the models are equal; "
        f"smallest margin they can show: {100 * row['smallest_margin']:.1f} points",
        f"  {row['calls']} calls, {row['input_tokens']:,} tokens in, {row['output_tokens']:,} out, {money}, "
        f"about {row['hours']:.1f} h ({row['cost_basis']})",
    ]
    if row["too_small"]:
        told.append("  TOO SMALL: expect `inconclusive` even if the models are equal; add items or widen the margin")
    return told
