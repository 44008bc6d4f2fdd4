"""The `wasm` backend: WebAssembly instances inside worker processes. The same on Linux, macOS and Windows."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

from evalkit.errors import InstrumentError, SandboxUnavailable
from evalkit.sandbox import wasm_build
from evalkit.sandbox.broker import IDLE, Reply
from evalkit.sandbox.guest import frames
from evalkit.sandbox.pool import WorkerFailed
from evalkit.sandbox.ready import Progress, Ready

PYTHON = "3.14"  # what componentize-py carries
_WALL = 86  # see wasm_worker.WALL, which cannot be imported without loading wasmtime
_PATIENCE = 30.0  # seconds beyond what a job can take before a silent worker counts as hung
_START = (
    "import sys; sys.path[:] = sys.argv[1:]\n"
    "from evalkit.sandbox.wasm_worker import main\n"
    "main()"
)  # fmt: skip


class Worker:
    """A worker process (see `wasm_worker`), as `pool.Worker`."""

    def __init__(self, compiled: Path) -> None:
        self._idle = True
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the worker
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter with our own arguments
            [sys.executable, "-I", "-B", "-c", _START, *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env={"SYSTEMROOT": os.environ["SYSTEMROOT"]} if "SYSTEMROOT" in os.environ else {},
        )
        try:
            self.walls: str = self._exchange({"component": str(compiled)}, 120)["walls"]
        except WorkerFailed:
            self.close()
            raise

    @property
    def usable(self) -> bool:
        return self._idle and self._process.poll() is None

    def run(self, job: Mapping[str, Any]) -> Reply:
        longest = job["cpu_seconds"] / IDLE + 2 * job["wall_seconds"]  # of one guest, see wasm_worker.Watch
        try:
            return self._exchange(job, longest * len(job.get("stdins", "1")) + _PATIENCE)
        except WorkerFailed:
            if self._process.wait() != _WALL:
                raise
        lost = {"outcome": "timeout", "message": f"more than {job['wall_seconds']:g} s of wall time", "limit": "wall"}
        return {"answers": [], "lost": {**lost, "judge": False}, "cpu": 0.0}

    def _exchange(self, message: Mapping[str, Any], seconds: float) -> Reply:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._idle = False
        try:
            with self._killed_after(seconds):
                frames.write(self._process.stdin, json.dumps(message).encode())
                reply = json.loads(frames.read(self._process.stdout))
            assert isinstance(reply, dict)
            self._idle = True
            return reply
        except (OSError, EOFError, ValueError) as error:
            raise WorkerFailed(f"a wasm worker failed: {self._why() or type(error).__name__}") from None

    @contextmanager
    def _killed_after(self, seconds: float) -> Iterator[None]:
        """A worker bounds its own time; this is for one that hangs all the same."""
        alarm = threading.Timer(seconds, self._process.kill)
        alarm.daemon = True
        alarm.start()
        try:
            yield
        finally:
            alarm.cancel()

    def _why(self) -> str:
        try:
            status = self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            status = self._process.wait()
        self._errors.seek(0)
        told = self._errors.read(4000).decode(errors="replace").strip().splitlines()[-1:]
        return " ".join([f"status {status}", *told])

    def kill(self) -> None:
        self._process.kill()

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout, self._errors):
            if stream is not None:
                try:
                    stream.close()
                except OSError:  # an unsent rest of a message to a process that is gone
                    continue


def ready(needs: Sequence[str], progress: Progress | None) -> Ready:
    """The interpreter, built if need be. Raises SandboxUnavailable."""
    if (cause := wasm_build.missing_packages()) is not None:
        raise SandboxUnavailable(cause)
    lacking = [need for need in needs if not _offers(need)]
    if lacking:  # before a build that would be of no use
        raise SandboxUnavailable(f"does not offer {', '.join(lacking)}")
    try:
        compiled = wasm_build.ensure(progress)
    except (InstrumentError, OSError) as error:
        raise SandboxUnavailable(str(error)) from None
    try:
        trial = Worker(compiled)
    except WorkerFailed as error:
        raise SandboxUnavailable(str(error)) from None
    level = f"wasmtime {version('wasmtime')}, CPython {PYTHON} as a WASI component, fuel for CPU"
    first = [trial]  # the pool's first worker is the one that was tried
    return Ready(
        lambda: first.pop() if first else Worker(compiled),
        ", ".join(filter(None, (level, trial.walls))),
        PYTHON,
        _offers,
    )


def _offers(need: str) -> bool:
    return need == "stdlib"
