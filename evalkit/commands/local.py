"""Fetch, serve or look at the embedded model."""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Mapping
from typing import Any

from evalkit.cards import Model
from evalkit.display import Display
from evalkit.errors import UsageError
from evalkit.workspace import Workspace

EXAMPLES = """\
  evalkit local fetch                      the weights, once, into the user's cache
  evalkit local serve --port 8080          an OpenAI-compatible server until Ctrl-C
  evalkit local serve --gguf mine.gguf     any other weights
  evalkit local status --json              what is installed, cached and checked
"""

DEFAULT = "local/smollm2-135m"
ALIVE_SECONDS = 0.5


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add this command's arguments."""
    parser.add_argument("action", choices=["fetch", "serve", "status"])
    parser.add_argument("--model", default=DEFAULT, metavar="PROVIDER/NAME", help=f"which model (default {DEFAULT})")
    parser.add_argument("--gguf", metavar="FILE", help="these weights instead of the card's")
    parser.add_argument("--port", type=int, default=0, metavar="N", help="serve here (default: any free port)")
    parser.add_argument("--json", action="store_true", help="print as JSON")
    parser.add_argument("--workspace", metavar="DIR", help="the workspace (default: the nearest one)")


def main(args: argparse.Namespace) -> int:
    """Do it. Returns 0."""
    model = Workspace.find(args.workspace).model(args.model)
    if model.launch is None:
        raise UsageError(f"{model.id} is not served by evalkit; its card has no 'launch'")
    launch = dict(model.launch)
    if args.gguf:
        launch["weights"] = {"path": args.gguf}
    if "weights" not in launch:
        raise UsageError(f"{model.id}: launch: missing key 'weights'")
    if args.action == "serve":
        return _serve(launch, args.port, args.json)
    found = _fetch(launch) if args.action == "fetch" else _status(model, launch)
    if args.json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        print("\n".join(f"{name:<12} {value}" for name, value in found.items()))
    return 0


def _fetch(launch: Mapping[str, Any]) -> dict[str, Any]:
    from evalkit.local.weights import ensure

    weights = ensure(launch["weights"], Display().bytes_done)
    return {"weights": str(weights.path), "bytes": weights.size, "sha256": weights.sha256}


def _status(model: Model, launch: Mapping[str, Any]) -> dict[str, Any]:
    from importlib.metadata import PackageNotFoundError, version

    from evalkit.cache import cache_directory
    from evalkit.local.weights import find

    weights = find(launch["weights"])
    try:
        server = version("xllamacpp")
    except PackageNotFoundError:
        server = "not installed: pip install 'evalkit-parity[local]'"
    return {
        "model": model.id,
        "xllamacpp": server,
        "cache": str(cache_directory()),
        "weights": str(weights.path) if weights else "not fetched: evalkit local fetch",
        "sha256": weights.sha256 if weights else launch["weights"]["sha256"],
    }


def _serve(launch: Mapping[str, Any], port: int, as_json: bool) -> int:
    """Serve until Ctrl-C, which is the way to stop it and so not a failure."""
    from evalkit.local import LocalServer

    with LocalServer.start(launch, port=port, on_progress=Display().bytes_done) as server:
        if as_json:
            print(json.dumps({"base_url": server.base_url, "server": server.describe()}), flush=True)
        else:
            print(f"serving {server.describe()['weights']['file']} at {server.base_url} (Ctrl-C stops it)", flush=True)
        try:
            while True:
                server.check()
                time.sleep(ALIVE_SECONDS)
        except KeyboardInterrupt:
            return 0
