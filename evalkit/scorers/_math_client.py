"""The parent's end of `_math_worker`: one worker per process, started on first use, killed when it hangs."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import select
import subprocess
import sys
import threading
import time
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from evalkit.errors import InstrumentError

# Another version of any of these gives other verdicts (antlr4 4.11 misreads percents, for one).
PINNED = {
    "math-verify": "0.9.0",
    "latex2sympy2_extended": "1.11.0",
    "sympy": "1.14.0",
    "antlr4-python3-runtime": "4.13.2",
}
START_SECONDS = 120.0  # importing sympy on a busy machine
ANSWER_SECONDS = 8.0  # after the worker's own timer has failed
COMPAT_SECONDS = 40.0  # math-verify's own timers are 5 s for each of several steps
RECYCLE_AFTER = 5000  # answers
_MAIN = "from evalkit.scorers._math_worker import main; main()"


def check_versions() -> None:
    """Raise InstrumentError when the libraries that decide are not the pinned ones."""
    found = {}
    for package in PINNED:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "not installed"
    wrong = [f"{name} {found[name]} (needs {pin})" for name, pin in PINNED.items() if found[name] != pin]
    if wrong:
        raise InstrumentError("the math scorer gives other verdicts with " + ", ".join(wrong))


class Worker:
    """One worker process. Not shared between processes; calls from several threads take turns."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._answered = 0
        self._buffer = b""
        self._lock = threading.Lock()
        self._owner = os.getpid()

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """The worker's answer: {"same": bool} and "why" when it could not tell. Takes bounded time, never raises
        for what the request holds. Raises InstrumentError when no worker can be started."""
        seconds = COMPAT_SECONDS if request["do"] == "compat" else ANSWER_SECONDS
        with self._lock:
            if self._owner != os.getpid():  # after a fork the pipes belong to the parent
                self._process, self._owner = None, os.getpid()
            if self._answered >= RECYCLE_AFTER:
                self.stop()
            process = self._process if self._process and self._process.poll() is None else self._start()
            assert process.stdin is not None
            try:
                process.stdin.write(json.dumps(request).encode() + b"\n")
                process.stdin.flush()
                line = self._line(process, seconds)
            except BrokenPipeError:
                line = None
            if line is None:
                died = process.poll() is not None
                self.stop()
                return {"same": False, "why": "the comparison ended its process" if died else "timeout"}
            self._answered += 1
            answer = json.loads(line)
            assert isinstance(answer, dict)
            return answer

    def stop(self) -> None:
        """End the worker now."""
        process, self._process, self._answered, self._buffer = self._process, None, 0, b""
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()
        process.wait()

    def _start(self) -> subprocess.Popen[bytes]:
        self.stop()
        process = subprocess.Popen(  # noqa: S603  (our own interpreter and module)
            [sys.executable, "-c", _MAIN],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONHASHSEED": "0", "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        self._process = process
        atexit.register(self.stop)
        if self._line(process, START_SECONDS) is None:
            self.stop()
            raise InstrumentError("the math worker (math-verify and sympy in a process of its own) did not start")
        return process

    def _line(self, process: subprocess.Popen[bytes], seconds: float) -> bytes | None:
        """One line from the worker; None at the deadline or when it has ended."""
        assert process.stdout is not None
        deadline = time.monotonic() + seconds
        while b"\n" not in self._buffer:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([process.stdout], [], [], left)[0]:
                return None
            chunk = os.read(process.stdout.fileno(), 65536)
            if not chunk:
                return None
            self._buffer += chunk
        line, _, self._buffer = self._buffer.partition(b"\n")
        return line
