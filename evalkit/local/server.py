"""The embedded server as seen from evalkit: started, checked, described, and never left behind.

One thread by default, measured with four requests at a time on two cores: 87 tokens a second, also next to another busy
process. Two threads that sleep at their barriers: 82 and 81. Two that spin there: 154 alone, but 15 next to a busy
process; with short spinning, as `_spawn` sets it where a card asks for more threads: 151 and 40.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from evalkit.errors import InstrumentError, UsageError
from evalkit.local.weights import Progress, Weights, check, ensure
from evalkit.names import did_you_mean

START_SECONDS = 300.0
STOP_SECONDS = 5.0
#: where a request names no sampling: the plain distribution, as with a closed API (llama.cpp: 0.8, 40, 0.95, 0.05)
SAMPLING = {"temp": 1.0, "top_k": 0, "top_p": 1.0, "min_p": 0.0}
_LOG_ERROR = re.compile(r"^\S+ E (.*)$")


@dataclass(frozen=True, slots=True)
class Launch:
    """The `launch` block of a card; the package's docstring says what each key means."""

    weights: Mapping[str, Any]
    engine: str = "llama_cpp"
    slots: int = 4
    context: int = 2048
    prompt_cache: bool = True
    threads: int = 1

    @classmethod
    def of(cls, block: Mapping[str, Any]) -> Launch:
        """Check and take over a block. Raises UsageError."""
        known = list(cls.__dataclass_fields__)
        for key in block:
            if key not in known:
                raise UsageError(f"launch: no key {key!r}{did_you_mean(key, known)}")
        if "weights" not in block:
            raise UsageError("launch: missing key 'weights'")
        launch = cls(**block)
        if launch.engine != "llama_cpp":
            raise UsageError(f"launch: no engine {launch.engine!r}; known: llama_cpp")
        for name, least, most in (("slots", 1, 64), ("context", 256, 1 << 20), ("threads", 1, 512)):
            value = getattr(launch, name)
            if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
                raise UsageError(f"launch: {name} is a whole number from {least} to {most}, not {value!r}")
        if not isinstance(launch.prompt_cache, bool):
            raise UsageError(f"launch: prompt_cache is true or false, not {launch.prompt_cache!r}")
        check(launch.weights)
        return launch


class LocalServer:
    """A running server. A context manager; leaving it stops the server."""

    def __init__(self, launch: Launch, weights: Weights, process: subprocess.Popen[bytes], log: IO[bytes]) -> None:
        self._launch = launch
        self._weights = weights
        self._process = process
        self._log = log
        self._root = ""
        self._version: str | None = None
        self._props: Mapping[str, Any] = {}

    @classmethod
    def start(
        cls,
        launch: Mapping[str, Any],
        *,
        deterministic: bool = False,
        port: int = 0,
        on_progress: Progress | None = None,
    ) -> LocalServer:
        """Fetch the weights if need be, start the server, and return when it answers.

        `deterministic` means one slot and no prompt cache, whatever the block says. `port` 0 is any free one.
        Raises UsageError for a wrong block or a missing package, InstrumentError where it cannot be started.
        """
        block = dict(launch) | ({"slots": 1, "prompt_cache": False} if deterministic else {})
        checked = Launch.of(block)
        if find_spec("xllamacpp") is None:
            raise UsageError("the embedded model needs the package xllamacpp: pip install 'evalkit-parity[local]'")
        weights = ensure(checked.weights, on_progress)
        log = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the server
        server = cls(checked, weights, _spawn(checked.threads, log), log)
        try:
            server._await_ready(port, time.monotonic() + START_SECONDS)
        except BaseException:
            server.stop()
            raise
        return server

    @property
    def base_url(self) -> str:
        """http://127.0.0.1:PORT/v1"""
        return f"{self._root}/v1"

    @property
    def pid(self) -> int:
        """The server's process."""
        return self._process.pid

    def check(self) -> None:
        """Raises InstrumentError if the server is gone; worth asking after a connection has failed."""
        if self._process.poll() is not None:
            raise InstrumentError(f"the embedded server {_ended(self._process.returncode)}{self._last_errors()}")

    def describe(self) -> dict[str, Any]:
        """What a run's manifest says of the server: everything that can change an answer."""
        return {
            "kind": "llama.cpp server of xllamacpp, started by evalkit",
            "xllamacpp": self._version,
            "weights": {
                "file": self._weights.path.name,
                "sha256": self._weights.sha256,
                "bytes": self._weights.size,
                "quantisation": self._props.get("model_ftype"),
            },
            "slots": self._props.get("total_slots", self._launch.slots),
            "context": self._props.get("default_generation_settings", {}).get("n_ctx", self._launch.context),
            "threads": self._launch.threads,
            "prompt_cache": self._launch.prompt_cache,
            "sampling_defaults": SAMPLING,
            "chat_template_sha256": hashlib.sha256(str(self._props.get("chat_template", "")).encode()).hexdigest(),
        }

    def stop(self) -> None:
        """End the server; harmless if it has ended."""
        process = self._process
        with suppress(OSError):
            if process.stdin:
                process.stdin.close()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout:
            process.stdout.close()
        self._log.close()

    def __enter__(self) -> LocalServer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Stop. Where the server had died by itself, that is the error: whatever else failed, failed because of it."""
        try:
            if error is None or isinstance(error, Exception):
                self.check()
        finally:
            self.stop()

    def _await_ready(self, port: int, deadline: float) -> None:
        self._tell_settings(port)
        report = self._first_report(deadline)
        if "error" in report:
            self._process.wait()
            raise _startup_error(report, self._weights.path, self._last_errors())
        self._root, self._version = report["url"], report["version"]
        self._props = self._healthy(deadline)

    def _tell_settings(self, port: int) -> None:
        launch = self._launch
        settings = {
            "parent": os.getpid(),
            "path": str(self._weights.path),
            "alias": self._weights.path.stem,
            "port": port,
            "slots": launch.slots,
            "context": launch.context,
            "prompt_cache": launch.prompt_cache,
            "threads": launch.threads,
            "sampling": SAMPLING,
        }
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):  # it ended already; the missing report says so
            self._process.stdin.write(json.dumps(settings).encode() + b"\n")
            self._process.stdin.flush()

    def _first_report(self, deadline: float) -> dict[str, Any]:
        """The line with which the child says that it serves, or why it cannot."""
        lines: list[bytes] = []
        pipe = self._process.stdout
        assert pipe is not None
        reader = threading.Thread(target=lambda: lines.append(pipe.readline()), daemon=True)
        reader.start()
        reader.join(deadline - time.monotonic())
        if reader.is_alive():
            self._process.kill()
            self._process.wait()
            reader.join()
            raise InstrumentError(f"the embedded server was not ready after {START_SECONDS:.0f} s{self._last_errors()}")
        if not lines[0]:
            ended = _ended(self._process.wait())
            raise InstrumentError(f"the embedded server {ended} while it was starting{self._last_errors()}")
        report: dict[str, Any] = json.loads(lines[0])
        return report

    def _healthy(self, deadline: float) -> Mapping[str, Any]:
        """Wait until /health is 200. Returns what /props says."""
        import httpx

        with httpx.Client(base_url=self._root, trust_env=False, timeout=10.0) as client:  # a proxy has no part in this
            while True:
                self.check()
                try:
                    if client.get("/health").status_code == httpx.codes.OK:
                        props: dict[str, Any] = client.get("/props").json()
                        return props
                except (httpx.HTTPError, ValueError) as error:
                    failure: object = error
                else:
                    failure = "it is still loading"
                if time.monotonic() > deadline:
                    raise InstrumentError(f"the embedded server at {self._root} is not healthy: {failure}")
                time.sleep(0.05)

    def _last_errors(self) -> str:
        """The first errors of the server's log, after a colon, or nothing. Only for a server that has ended."""
        try:
            self._log.seek(0)  # the child writes at the same position, so not while it lives
        except ValueError:  # closed: stopped before
            return ""
        lines = self._log.read().decode(errors="replace").splitlines()
        errors = [match[1].strip() for line in lines if (match := _LOG_ERROR.match(line))] or lines[-3:]
        return ": " + "; ".join(" ".join(line.split()) for line in errors[:3]) if errors else ""


def _spawn(threads: int, log: IO[bytes]) -> subprocess.Popen[bytes]:
    environment = dict(os.environ)
    if threads > 1:  # spin a moment at barriers, not for good: next to other work long spinning stops everything
        environment.setdefault("GOMP_SPINCOUNT", "1000")
    return subprocess.Popen(  # noqa: S603 - our own interpreter and script
        [sys.executable, "-P", str(Path(__file__).with_name("serve.py"))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log,
        env=environment,
        start_new_session=True,  # Ctrl-C is for the parent, which may want to finish what is in flight
    )


def _startup_error(report: Mapping[str, Any], path: Path, log: str) -> InstrumentError:
    message = report["message"]
    if "libgomp" in message:
        return InstrumentError(
            f"the embedded server needs the system library libgomp ({message}): apt install libgomp1, "
            "dnf install libgomp, or apk add libgomp"
        )
    if report["error"] == "import":
        return InstrumentError(f"xllamacpp is installed but cannot be loaded: {message}")
    if "bind" in log:
        return InstrumentError(f"the embedded server cannot listen{log}")
    return InstrumentError(f"the embedded server cannot start with {path}{log or f': {message}'}")


def _ended(code: int) -> str:
    return f"was killed by signal {-code}" if code < 0 else f"ended with code {code}"
