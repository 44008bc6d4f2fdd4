"""Check packs, cards and claims; report every mistake at once.

Without names, everything in the workspace is checked. Nothing is contacted and nothing is written.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from evalkit.errors import InvalidFiles, Problem, UnknownName, UsageError
from evalkit.names import did_you_mean
from evalkit.workspace import Workspace

if TYPE_CHECKING:
    from evalkit.claims import Claim

EXAMPLES = """\
  evalkit check                          everything in this workspace
  evalkit check tasks/triage.json        one file
  evalkit check triage reports/swap.json
  evalkit check --json                   problems as JSON: file, pointer, line, message
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add this command's arguments."""
    parser.add_argument("names", nargs="*", metavar="NAME|FILE", help="packs, cards or claims, by name or file")
    parser.add_argument("--json", action="store_true", help="print problems as JSON")
    parser.add_argument("--workspace", metavar="DIR", help="the workspace (default: the nearest one)")


def main(args: argparse.Namespace) -> int:
    """Check files. Returns 0, or 2 where there are problems."""
    workspace = Workspace.find(args.workspace)
    files = [_file(workspace, name) for name in args.names] or list(_all(workspace))
    problems: list[Problem] = []
    good: list[str] = []
    for kind, path in files:
        shown = workspace.shown(path)
        try:
            good.append(f"{shown}: {CHECKS[kind](workspace, path, shown)}")
        except InvalidFiles as error:
            problems += error.problems
    if args.json:
        records = [{"file": p.file, "pointer": p.pointer, "line": p.line, "message": p.message} for p in problems]
        print(json.dumps({"checked": len(files), "problems": records}, ensure_ascii=False, indent=2))
    else:
        print("".join(f"ok  {line}\n" for line in good), end="")
        if not files:
            print("nothing to check here: no tasks/, providers/ or reports/ with JSON files")
    if problems and not args.json:
        raise InvalidFiles(problems)
    return 2 if problems else 0


def _pack(_: Workspace, path: Path, shown: str) -> str:
    from evalkit import packs

    pack = packs.load(path, shown)
    return f"pack, {len(pack.samples)} samples, scorer {pack.scorer.name}"


def _card(_: Workspace, path: Path, shown: str) -> str:
    from evalkit import cards

    return f"provider card, {len(cards.load(path, shown).models)} models"


def _claim(workspace: Workspace, path: Path, shown: str) -> str:
    from evalkit import claims

    claim = claims.load(path, shown)
    problems = list(_unknown_names(workspace, claim))
    if problems:
        raise InvalidFiles(problems)
    return f"claim, {len(claim.packs)} packs"


CHECKS: dict[str, Callable[[Workspace, Path, str], str]] = {"tasks": _pack, "providers": _card, "reports": _claim}


def _unknown_names(workspace: Workspace, claim: Claim) -> Iterator[Problem]:
    """Packs and models that a claim names and nobody has."""
    known = workspace.files("tasks")
    for name, wanted in claim.packs.items():
        if name not in known:
            yield claim.problem(f"/packs/{name}", f"no pack {name!r}{did_you_mean(name, known)}")
            continue
        if wanted.samples is not None:
            try:
                size = len(workspace.pack(name).samples)
            except InvalidFiles:
                continue  # reported with the pack itself
            if wanted.samples > size:
                yield claim.problem(f"/packs/{name}/samples", f"pack {name!r} has only {size} samples")
    for side, arm in (("baseline", claim.baseline), ("candidate", claim.candidate)):
        try:
            workspace.model(arm.model)
        except UnknownName as error:
            yield claim.problem(f"/{side}", str(error))
        except InvalidFiles:
            pass  # reported with the card itself


def _all(workspace: Workspace) -> Iterator[tuple[str, Path]]:
    for kind in ("tasks", "providers"):
        yield from ((kind, path) for path in sorted((workspace.root / kind).glob("*.json")))
    yield from (("reports", path) for path in workspace.claim_files())


def _file(workspace: Workspace, name: str) -> tuple[str, Path]:
    """The kind and path of what `name` names."""
    path = Path(name)
    if path.suffix == ".json":
        if not path.is_file():
            raise UsageError(f"no such file: {name}")
        return _kind(path), path
    known = {**{file.stem: ("reports", file) for file in workspace.claim_files()}}
    for kind in ("providers", "tasks"):
        known |= {stem: (kind, file) for stem, file in workspace.files(kind).items()}
    if name not in known:
        raise UnknownName(f"nothing is called {name!r}{did_you_mean(name, known)}")
    return known[name]


def _kind(path: Path) -> str:
    """What a file outside the usual folders is, by its keys; a file that says nothing is checked as a pack."""
    for folder in (path.resolve().parent, *path.resolve().parents):
        if folder.name in CHECKS:
            return folder.name
    try:
        keys = set(json.loads(path.read_text(encoding="utf-8-sig")))
    except (ValueError, OSError, TypeError):
        return "tasks"
    if keys & {"wire", "base_url", "models"}:
        return "providers"
    return "reports" if keys & {"baseline", "candidate", "question"} else "tasks"
