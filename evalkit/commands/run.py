"""Ask one model every sample of a pack, and score the answers.

The run's folder is named by the digest of everything that determines it, so the same command resumes an unfinished run
and does nothing for a finished one.
"""

from __future__ import annotations

import argparse
import json
from typing import Any

from evalkit.claims import Arm
from evalkit.plans import Plan, make_plan
from evalkit.workspace import Workspace

EXAMPLES = """\
  evalkit run math-reasoning --model local/smollm2-135m --samples 10
  evalkit run support-triage --model vllm/llama-3.3-70b
  evalkit run tasks/triage.json --model openai/gpt-5.4 --epochs 3
  evalkit run support-triage --model vllm/llama-3.3-70b --retry-errors
  evalkit run support-triage --model vllm/llama-3.3-70b --dry-run      what would be sent, without sending it
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add this command's arguments."""
    parser.add_argument("pack", help="a pack by name (workspace, then shipped) or the path of its file")
    parser.add_argument("--model", required=True, metavar="PROVIDER/NAME", help="who is asked")
    parser.add_argument("--samples", type=_positive, metavar="N", help="only the first N samples")
    parser.add_argument("--epochs", type=_positive, default=1, metavar="N", help="ask each sample N times (default 1)")
    parser.add_argument(
        "--structured",
        choices=["native", "json_mode", "grammar", "prompted", "none"],
        help="how a sample's schema is asked for (default: as the pack says)",
    )
    parser.add_argument("--profile", help="a named way of asking, from the provider card")
    parser.add_argument("--max-tokens", type=_positive, metavar="N", help="instead of the pack's limit")
    parser.add_argument("--temperature", type=float, metavar="T", help="instead of the pack's temperature")
    parser.add_argument("--seed", type=int, metavar="N", help="sampling seed sent to the model")
    parser.add_argument("--fresh", action="store_true", help="start over; the earlier run is kept beside the new one")
    parser.add_argument("--retry-errors", action="store_true", help="ask again what ended in a provider error")
    sandbox_arguments(parser)
    parser.add_argument("--dry-run", action="store_true", help="print the first request and send nothing")
    parser.add_argument("--json", action="store_true", help="print the run's manifest as JSON")
    parser.add_argument("--workspace", metavar="DIR", help="the workspace (default: the nearest one)")


def main(args: argparse.Namespace) -> int:
    """Run. Returns 0 when every call has its result."""
    workspace = Workspace.find(args.workspace)
    settings = {"max_tokens": args.max_tokens, "temperature": args.temperature, "seed": args.seed}
    arm = Arm(
        args.model,
        structured=args.structured,
        profile=args.profile,
        generation={name: value for name, value in settings.items() if value is not None},
    )
    plan = make_plan(
        workspace.pack(args.pack), workspace.model(args.model), arm, samples=args.samples, epochs=args.epochs
    )
    if args.dry_run:
        print(json.dumps(_first_request(plan), ensure_ascii=False, indent=2))
        return 0

    from evalkit.display import Display
    from evalkit.runs import Sessions

    chosen = {"sandbox": args.sandbox, "yes_run_untrusted_code": args.yes_run_untrusted_code}
    with Sessions(workspace, Display(), **chosen) as sessions:
        finished = sessions.execute(plan, fresh=args.fresh, retry_errors=args.retry_errors)
    if args.json:
        print(json.dumps({"directory": str(finished.directory), **finished.manifest}, ensure_ascii=False, indent=2))
    else:
        print(_summary(workspace, finished))
    return 0


def sandbox_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the choice of isolation for model-written code; `gate` has the same."""
    parser.add_argument(
        "--sandbox", default="auto", metavar="NAME", help="auto, wasm, bwrap, docker, podman or none (default auto)"
    )
    parser.add_argument(
        "--yes-run-untrusted-code",
        action="store_true",
        help="with --sandbox none: run a model's code unprotected; the result cannot be parity",
    )


def _first_request(plan: Plan) -> dict[str, Any]:
    """What would be sent for the first sample, and where."""
    from evalkit import wires

    model = plan.model
    path, body = wires.load(model.wire).encode(model.served_as, plan.request(plan.pack.samples[0], 0))
    return {
        "calls": plan.calls,
        "url": (model.base_url or "the embedded server") + path,
        "body": model.adapt(body)[0],
        "ledger": plan.ledger(),
    }


def _summary(workspace: Workspace, finished: Any) -> str:
    manifest, plan = finished.manifest, finished.plan
    mean = manifest["mean_score"]
    lines = [
        f"{plan.pack.name} · {plan.arm.shown}: "
        + ("already finished; nothing was asked" if finished.reused else f"{plan.calls} calls"),
        "  mean score of what was scored: "
        + ("none was" if mean is None else f"{mean:.3f} ({manifest['scored']} of {plan.calls})"),
        *_repeated(manifest.get("repeats")),
        "  outcomes: " + ", ".join(f"{count} {name}" for name, count in sorted(manifest["outcomes"].items())),
        f"  {workspace.shown(finished.directory)}",
    ]
    first = plan.pack.samples[0].id
    lines.append(f"  look at one: evalkit show {workspace.shown(finished.directory)} {first}")
    return "\n".join(lines)


def _repeated(repeats: Any) -> list[str]:
    if not repeats:
        return []
    told = ", ".join(f"pass@{k} {value:.3f}" for k, value in repeats["pass_at"].items())
    return [f"  {repeats['epochs']} epochs: {told}, majority {repeats['majority']:.3f}"]


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return value
