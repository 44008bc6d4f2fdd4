"""Score finished runs again, offline, and say what changed.

For after a scorer or the pack changed: the journalled answers are scored with the pack as it is now and today's
scorers. Nothing is asked. A pack whose prompts changed is refused: the answers would not be to it. The earlier results
stay beside the new ones.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evalkit.commands.run import sandbox_arguments
from evalkit.errors import UsageError
from evalkit.workspace import Workspace

if TYPE_CHECKING:
    from evalkit.rescoring import Rescored, Verdict

EXAMPLES = """\
  evalkit rescore reports/runs/triage/vllm--llama-3.3-70b/0a1b2c3d4e5f
  evalkit rescore reports/runs/triage/*/*             every run of a pack
  evalkit rescore RUN --pack tasks/triage.json --dry-run   what would change
"""
SHOWN = 20
REPORT_SECONDS = 1.0


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add this command's arguments."""
    parser.add_argument("runs", nargs="+", metavar="RUN", help="the folder of a run")
    parser.add_argument("--pack", metavar="NAME|FILE", help="the pack to score with (default: the run's, by its name)")
    parser.add_argument("--dry-run", action="store_true", help="say what would change, and write nothing")
    sandbox_arguments(parser)
    parser.add_argument("--json", action="store_true", help="print every change as JSON")
    parser.add_argument("--workspace", metavar="DIR", help="the workspace (default: the nearest one)")


def main(args: argparse.Namespace) -> int:
    """Rescore. Returns 0."""
    from evalkit.display import Display
    from evalkit.journal import read_manifest
    from evalkit.rescoring import rescore
    from evalkit.runs import Sessions

    workspace = Workspace.find(args.workspace)
    directories = list(dict.fromkeys(Path(run) for run in args.runs))
    names = {directory: _pack_name(directory, read_manifest(directory)) for directory in directories}
    packs = {name: workspace.pack(args.pack or name) for name in dict.fromkeys(names.values())}
    chosen = {"sandbox": args.sandbox, "yes_run_untrusted_code": args.yes_run_untrusted_code}
    done = []
    with Sessions(workspace, Display(), **chosen) as sessions:
        for directory in directories:
            pack, progress = packs[names[directory]], _Progress(workspace.shown(directory))
            resources = sessions.resources(pack)
            done.append(rescore(directory, pack, resources, write=not args.dry_run, progress=progress))
            progress.end()
            if not args.json:
                print("\n".join(_text(workspace, done[-1], dry=args.dry_run)))
    if args.json:
        print(json.dumps({"runs": [_json(one) for one in done]}, ensure_ascii=False, indent=2))
    return 0


def _pack_name(directory: Path, manifest: dict[str, Any]) -> str:
    try:
        name: str = manifest["identity"]["pack"]["name"]
    except (KeyError, TypeError):
        raise UsageError(f"{directory}: its manifest names no pack") from None
    return name


class _Progress:
    """A line on the terminal, once a second."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._told = time.monotonic()
        self._shown = False

    def __call__(self, done: int, total: int) -> None:
        if sys.stderr.isatty() and time.monotonic() - self._told > REPORT_SECONDS:
            self._told, self._shown = time.monotonic(), True
            print(f"\r{self._label}: {done:,} of {total:,} scored", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        if self._shown:
            print(file=sys.stderr)


def _text(workspace: Workspace, done: Rescored, *, dry: bool) -> list[str]:
    changed = f"{len(done.changes)} of {done.calls} results {'would change' if dry else 'changed'}"
    lines = [f"{workspace.shown(done.directory)}: {changed}"]
    lines += [f"  note: {note}" for note in done.notes]
    before, after = done.before["mean_score"], done.after["mean_score"]
    lines.append(f"  mean score {_number(before)} -> {_number(after)}")
    for outcome in sorted({*(done.before["outcomes"] or {}), *done.after["outcomes"]}):
        counts = [counted.get(outcome, 0) for counted in (done.before["outcomes"] or {}, done.after["outcomes"])]
        if counts[0] != counts[1]:
            lines.append(f"  {outcome} {counts[0]} -> {counts[1]}")
    epochs = any(change.epoch for change in done.changes)
    for change in done.changes[:SHOWN]:
        which = f"{change.sample} (epoch {change.epoch})" if epochs else change.sample
        lines.append(f"  {which}: {_told(change.before)} -> {_told(change.after)}")
    if len(done.changes) > SHOWN:
        lines.append(f"  ... and {len(done.changes) - SHOWN} more; --json shows all")
    if done.kept:
        lines.append(f"  the earlier results: {workspace.shown(done.kept)}")
    return lines


def _number(value: float | None) -> str:
    return "none" if value is None else f"{value:.4f}"


def _told(verdict: Verdict | None) -> str:
    if verdict is None:
        return "nothing"
    value = verdict.outcome if verdict.value is None else f"{verdict.value:g}"
    if verdict.lenient_value in (None, verdict.value):
        return value
    return f"{value} (lenient {verdict.lenient_value:g})"


def _json(done: Rescored) -> dict[str, Any]:
    return {
        "directory": str(done.directory),
        "pack": {"name": done.pack.name, "version": done.pack.version, "digest": done.pack.digest},
        "calls": done.calls,
        "changed": len(done.changes),
        "before": dict(done.before),
        "after": dict(done.after),
        "kept": None if done.kept is None else str(done.kept),
        "notes": done.notes,
        "changes": [
            {
                "sample": change.sample,
                "epoch": change.epoch,
                "before": None if change.before is None else change.before._asdict(),
                "after": change.after._asdict(),
            }
            for change in done.changes
        ],
    }
