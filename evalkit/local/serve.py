"""The child process: llama.cpp's HTTP server, for as long as the parent lives.

Run as a script. The parent writes one JSON line of settings to stdin and keeps stdin open; the end of stdin is the
order to stop. One JSON line comes back on stdout: {"url", "version"} or {"error", "message"}; the log is on stderr.
Imports nothing of evalkit, so that it starts fast.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from types import FrameType
from typing import Any, NoReturn

PR_SET_PDEATHSIG = 1
VERBOSITY_WARNINGS = 2


def main() -> NoReturn:
    """Serve until stdin ends."""
    settings = json.loads(sys.stdin.readline())
    report = _claim_stdout()
    _end_with_parent(settings["parent"])
    try:
        xllamacpp: Any = import_module("xllamacpp")
    except ImportError as error:
        _report(report, {"error": "import", "message": str(error)})
        os._exit(1)
    try:
        server = xllamacpp.Server(_parameters(xllamacpp, settings))
    except RuntimeError as error:
        _report(report, {"error": "start", "message": str(error)})
        os._exit(1)
    _end_with_parent(settings["parent"])  # in case the server has put a handler of its own there
    _report(report, {"url": server.listening_address, "version": _version()})
    sys.stdin.read()
    os._exit(0)  # requests in flight have no one to answer to


def _parameters(xllamacpp: Any, settings: dict[str, Any]) -> Any:
    params = xllamacpp.CommonParams()
    params.model.path = settings["path"]
    params.model_alias = {settings["alias"]}
    params.port = settings["port"]
    params.n_parallel = settings["slots"]
    params.n_ctx = settings["slots"] * settings["context"]
    params.kv_unified = False  # each slot keeps its own context, whatever the others do
    params.fit_params = False  # never a smaller context than was asked for
    params.cache_prompt = settings["prompt_cache"]
    params.cache_ram_mib = 0  # finished prompts are not hoarded
    params.cache_idle_slots = False
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = settings["threads"]
    for name, value in settings["sampling"].items():
        setattr(params.sampling, name, value)
    params.ui = False
    params.endpoint_slots = False
    params.cors_origins = ""  # no web page has business here
    params.cors_credentials = False
    params.verbosity = VERBOSITY_WARNINGS
    return params


def _claim_stdout() -> int:
    """The pipe to the parent, for us alone: what C++ prints to stdout goes to the log instead."""
    sys.stdout.flush()
    pipe = os.dup(1)
    os.dup2(2, 1)
    return pipe


def _report(pipe: int, message: dict[str, Any]) -> None:
    os.write(pipe, json.dumps(message).encode() + b"\n")


def _end_with_parent(parent: int) -> None:
    """Linux tells us when the parent is gone, even if a fork of it still holds our stdin open.

    It also tells when only the *thread* that started us is gone; then the parent is still ours and we go on.
    """
    if sys.platform != "linux":
        return

    def maybe_orphan(number: int, frame: FrameType | None) -> None:
        del number, frame
        if os.getppid() != parent:
            os._exit(0)

    signal.signal(signal.SIGUSR1, maybe_orphan)
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGUSR1)
    if os.getppid() != parent:  # it went before we asked to be told
        os._exit(0)


def _version() -> str | None:
    try:
        return version("xllamacpp")
    except PackageNotFoundError:
        return None


if __name__ == "__main__":
    main()
