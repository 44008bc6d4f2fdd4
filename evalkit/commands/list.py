"""List packs, models, providers, scorers, wires and claims."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from typing import Any

from evalkit import json_files, scorers, wires
from evalkit.workspace import Workspace

EXAMPLES = """\
  evalkit list                 everything, in short
  evalkit list models          provider/name of every model that a card lists
  evalkit list packs --json
"""

Row = dict[str, Any]


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add this command's arguments."""
    parser.add_argument("what", nargs="?", choices=sorted(LISTS), help="only this kind (default: all)")
    parser.add_argument("--json", action="store_true", help="print as JSON")
    parser.add_argument("--workspace", metavar="DIR", help="the workspace (default: the nearest one)")


def main(args: argparse.Namespace) -> int:
    """Print what there is."""
    workspace = Workspace.find(args.workspace)
    found = {kind: LISTS[kind](workspace) for kind in ([args.what] if args.what else LISTS)}
    if args.json:
        print(json.dumps(found[args.what] if args.what else found, ensure_ascii=False, indent=2))
        return 0
    for kind, rows in found.items():
        print(f"{kind}" if rows else f"{kind}: none")
        width = max((len(row["name"]) for row in rows), default=0)
        for row in rows:
            print(f"  {row['name']:<{width}}  {row['about']}")
    return 0


def _packs(workspace: Workspace) -> list[Row]:
    rows = []
    for name, path in sorted(workspace.files("tasks").items()):
        raw = json_files.read(path, workspace.shown(path)).value
        size = len(raw["samples"]) if "samples" in raw else _lines(path.parent / raw.get("samples_file", ""))
        about = f"{size} samples, scorer {raw['scorer']['name']}: {raw['description']}"
        rows.append({"name": name, "samples": size, "file": workspace.shown(path), "about": about})
    return rows


def _lines(path: Any) -> int:
    with path.open("rb") as file:
        return sum(1 for line in file if line.strip())


def _providers(workspace: Workspace) -> list[Row]:
    rows = []
    for name in sorted(workspace.files("providers")):
        card = workspace.card(name)
        where = card.raw.get("base_url", "started by evalkit")
        rows.append({"name": name, "file": card.file, "about": f"{card.raw['wire']} at {where}"})
    return rows


def _models(workspace: Workspace) -> list[Row]:
    rows = []
    for provider in sorted(workspace.files("providers")):
        card = workspace.card(provider)
        for name in card.models:
            model = card.model(name)
            priced = "" if model.price is None else f", {model.price['input']}/{model.price['output']} USD per M tokens"
            key = f", key in {model.api_key_env}" if model.api_key_env else ""
            rows.append({"name": model.id, "weights": model.weights, "about": f"{model.weights} weights{priced}{key}"})
    return rows


def _scorers(_: Workspace) -> list[Row]:
    return [{"name": name, "about": _first_line(scorers.load(name))} for name in scorers.names()]


def _wires(_: Workspace) -> list[Row]:
    return [{"name": name, "about": _first_line(wires.load(name))} for name in wires.names()]


def _claims(workspace: Workspace) -> list[Row]:
    rows = []
    for path in workspace.claim_files():
        raw = json_files.read(path, workspace.shown(path)).value
        question = raw.get("question", "") if isinstance(raw, dict) else ""
        rows.append({"name": path.stem, "file": workspace.shown(path), "about": question})
    return rows


def _first_line(module: Any) -> str:
    text = (module.__doc__ or "").partition("\n")[0]
    return text.partition(": ")[2] or text


LISTS: dict[str, Callable[[Workspace], list[Row]]] = {
    "packs": _packs,
    "models": _models,
    "providers": _providers,
    "scorers": _scorers,
    "wires": _wires,
    "claims": _claims,
}
