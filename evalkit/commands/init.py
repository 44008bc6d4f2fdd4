"""Make a workspace: folders, one example pack, card and claim, a CI workflow.

Files that are already there are left as they are.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from evalkit.errors import UsageError

EXAMPLES = """\
  evalkit init             here
  evalkit init our-evals   in a new folder
"""

STARTER = Path(__file__).parent.parent / "starter"
FILES = {
    "tasks/support-triage.json": "tasks/support-triage.json",
    "providers/our-vllm.json": "providers/our-vllm.json",
    "reports/swap.json": "reports/swap.json",
    ".github/workflows/evalkit.yml": "gate.yml",
}
IGNORED = "/reports/runs/"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add this command's arguments."""
    parser.add_argument("folder", nargs="?", default=".", help="where (default: here)")
    parser.add_argument("--json", action="store_true", help="print what was written as JSON")


def main(args: argparse.Namespace) -> int:
    """Make the workspace."""
    root = Path(args.folder)
    if root.exists() and not root.is_dir():
        raise UsageError(f"{args.folder} is a file; expected a folder")
    written = [name for name, source in FILES.items() if _copy(STARTER / source, root / name)]
    if _ignore_runs(root / ".gitignore"):
        written.append(".gitignore")
    if args.json:
        print(json.dumps({"workspace": str(root.resolve()), "written": written}, indent=2))
        return 0
    for name in [*FILES, ".gitignore"]:
        print(f"{'wrote' if name in written else 'kept '}  {root / name}")
    here = "" if args.folder == "." else f"cd {args.folder} && "
    print(f"\nnext: {here}evalkit check, then edit tasks/, providers/ and reports/swap.json to be about your work")
    return 0


def _copy(source: Path, target: Path) -> bool:
    if target.exists():
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(source.read_bytes())
    return True


def _ignore_runs(path: Path) -> bool:
    """Keep what runs write out of git."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    if IGNORED in text.splitlines():
        return False
    path.write_text(f"{text}{'' if text.endswith(chr(10)) or not text else chr(10)}{IGNORED}\n", encoding="utf-8")
    return True
