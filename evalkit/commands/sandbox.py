"""Check how model-written code is isolated here, and attack the isolation.

`check` opens every backend in the order that runs try them, says what each offers or why it does not work, and which
one a run would use. With --attacks, the full list of attack programs is run in each backend that works (a minute
each). Exit code 0 when a backend works and nothing got out, 4 otherwise.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from evalkit.sandbox import Sandbox

EXAMPLES = """\
  evalkit sandbox check                         the ladder: what works here, and why the rest does not
  evalkit sandbox check --attacks               ... and every attack program in each backend that works
  evalkit sandbox check --backend wasm --json
  evalkit sandbox check --needs numpy threads   only what offers these to programs
"""

SAFE, UNSAFE = 0, 4


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add this command's arguments."""
    parser.add_argument("action", choices=["check"], help="what to do")
    parser.add_argument("--backend", metavar="NAME", help="only this backend: wasm, bwrap, docker or podman")
    parser.add_argument("--needs", nargs="+", default=[], metavar="NEED", help="threads, or packages that programs use")
    parser.add_argument("--image", metavar="IMAGE", help="the image that docker and podman use (never pulled)")
    parser.add_argument("--attacks", action="store_true", help="run all attack programs, not only the self-test")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")


def main(args: argparse.Namespace) -> int:
    """Check the ladder. Returns 0, or 4 where nothing works or an attack succeeded."""
    rungs = []
    for rung in _rungs(args):
        rungs.append(rung)
        if not args.json:
            print(_shown(rung), flush=True)
    used = next((rung["backend"] for rung in rungs if rung["works"]), None)
    escaped = [attack for rung in rungs for attack in rung.get("attacks", []) if attack["how"]]
    if args.json:
        print(json.dumps({"used": used, "safe": used is not None and not escaped, "backends": rungs}, indent=2))
    elif used is None:
        print("\nNothing isolates model-written code here, so none would run.")
    else:
        print(f"\nRuns here use {used}." + (f" {len(escaped)} attacks were NOT stopped." if escaped else ""))
    return SAFE if used is not None and not escaped else UNSAFE


def _rungs(args: argparse.Namespace) -> Iterator[dict[str, Any]]:
    from evalkit.errors import SandboxUnavailable
    from evalkit.sandbox import BACKENDS, open_sandbox

    for backend in [args.backend] if args.backend else [name for name in BACKENDS if name != "none"]:
        try:
            sandbox = open_sandbox(backend, workers=1, needs=args.needs, image=args.image, progress=_say)
        except SandboxUnavailable as error:
            causes = [line.strip() for line in str(error).splitlines() if line.startswith("  ")]
            yield {"backend": backend, "works": False, "cause": " ".join(causes).removeprefix(f"{backend}: ")}
            continue
        with sandbox:
            facts = sandbox.facts
            rung = {"backend": backend, "works": True, "level": facts.level, "python": facts.python}
            rung["self_test"] = facts.self_test
            if args.attacks:
                rung["attacks"] = list(_fights(sandbox))
            yield rung


def _fights(sandbox: Sandbox) -> Iterator[dict[str, Any]]:
    from evalkit.sandbox import Limits, attacks

    with attacks.Arena() as arena:
        chosen = attacks.attacks()
        for number, fought in enumerate(
            attacks.fight(sandbox, chosen, arena, Limits(cpu_seconds=1, wall_seconds=3)), 1
        ):
            _say(
                f"{sandbox.facts.backend}: attack {number} of {len(chosen)}, {fought.attack.name}", number / len(chosen)
            )
            yield {
                "name": fought.attack.name,
                "kind": fought.attack.kind,
                "tries": fought.attack.tries,
                "how": fought.how,
                "seconds": round(fought.seconds, 2),
            }


def _shown(rung: dict[str, Any]) -> str:
    if not rung["works"]:
        return f"{rung['backend']:<7} no   {rung['cause']}"
    lines = [
        f"{rung['backend']:<7} yes  {rung['level']}",
        f"{'':12} Python {rung['python']}; self-test: {rung['self_test']}",
    ]
    fought = rung.get("attacks", [])
    if fought:
        stopped = sum(not attack["how"] for attack in fought)
        lines.append(f"{'':12} {stopped} of {len(fought)} attacks stopped")
        lines += [f"{'':12} NOT STOPPED: {a['name']} ({a['tries']}): {a['how']}" for a in fought if a["how"]]
    return "\n".join(lines)


def _say(stage: str, share: float) -> None:
    """Progress, on stderr: one line that replaces itself on a terminal; elsewhere only what takes long."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{share:4.0%} {stage}", end="" if share < 1 else "\n", file=sys.stderr, flush=True)
    elif ": attack " not in stage:
        print(f"{share:4.0%} {stage}", file=sys.stderr, flush=True)
