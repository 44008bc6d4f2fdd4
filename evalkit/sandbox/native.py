"""Sandboxes made of Linux processes: what bwrap, docker, podman and "none" have in common.

A worker holds two supervisors (see `guest.supervisor`), each in a sandbox of its own: one forks the candidates, the
other the judges. The tests and the model's code therefore share no process, no memory and no namespace, and every
message between them passes through here.
"""

from __future__ import annotations

import json
import os
import select
import signal
import struct
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evalkit.errors import SandboxUnavailable
from evalkit.sandbox import broker
from evalkit.sandbox.guest import plain
from evalkit.sandbox.pool import WorkerFailed

_GUEST = Path(__file__).parent / "guest"
_MODULES = ("plain", "files", "allclose", "agent", "syscalls", "lockdown", "supervisor")
_PATIENCE = 20.0  # seconds for what a healthy supervisor does at once
PRELOADED = """
abc array ast asyncio bisect builtins calendar cmath collections contextlib copy csv ctypes dataclasses datetime decimal
difflib enum fractions functools graphlib hashlib heapq html inspect io itertools json keyword math numbers operator os
pathlib pickle pprint queue random re secrets statistics string struct sys textwrap threading time traceback types
typing unicodedata unittest unittest.mock urllib.parse uuid warnings weakref zlib _strptime _sitebuiltins
encodings.idna encodings.latin_1 encodings.utf_16
""".split()  # noqa: SIM905 - what programs import, loaded once, before the forks

# The first program: takes the guest's sources from stdin, so that nothing of ours has to be mounted.
_BOOT = """
import json, os, struct, sys, types
def take(size):
    data = b""
    while len(data) < size:
        part = os.read(0, size - len(data))
        if not part: os._exit(0)
        data += part
    return data
message = json.loads(take(struct.unpack("<I", take(4))[0]))
package = types.ModuleType("guest")
package.__path__ = []
sys.modules["guest"] = package
for name, source in message["sources"]:
    module = types.ModuleType("guest." + name)
    module.__package__ = "guest"
    sys.modules["guest." + name] = module
    setattr(package, name, module)
    exec(compile(source, "<guest " + name + ">", "exec"), module.__dict__)
sys.modules["guest.supervisor"].main(message["options"])
"""


@dataclass(frozen=True, slots=True)
class Launch:
    """How to start one supervisor: the command up to Python's own arguments, and what the supervisor is told."""

    command: Sequence[str]
    environment: Mapping[str, str]
    packages: Sequence[str] = ()  # directories inside the sandbox that hold installed packages
    site: bool = False  # whether the interpreter's own site-packages are used
    modules: Sequence[str] = ()  # packages that must import
    readable: Sequence[str] = ()  # directories inside the sandbox that programs may read
    threads: bool = False
    isolated: bool = True


def environment(libraries: str) -> dict[str, str]:
    """All that a sandboxed interpreter is told: nothing of the caller's."""
    return {"LD_LIBRARY_PATH": libraries, "PYTHONHASHSEED": "0", "OPENBLAS_NUM_THREADS": "1", "LANG": "C.UTF-8"}


class Supervisor:
    """A supervisor process, as its parent sees it."""

    def __init__(self, launch: Launch) -> None:
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the supervisor
        try:
            self._process = subprocess.Popen(  # noqa: S603 - a command of our own making
                [*launch.command, "-I", "-S", "-B", "-c", _BOOT],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                env=dict(launch.environment),
                start_new_session=True,
            )
        except OSError as error:
            self._errors.close()
            raise WorkerFailed(f"{launch.command[0]}: {error.strerror}") from None
        assert self._process.stdin is not None and self._process.stdout is not None
        self._input, self._output = self._process.stdin.fileno(), self._process.stdout.fileno()
        os.set_blocking(self._input, False)
        self._received = bytearray()
        try:
            self._boot(launch)
        except WorkerFailed:
            self.close()
            raise

    def _boot(self, launch: Launch) -> None:
        options = {
            "preload": [*PRELOADED, *launch.modules],
            "packages": list(launch.packages),
            "site": launch.site,
            "threads": launch.threads,
            "isolated": launch.isolated,
            "readable": list(launch.readable),
        }
        sources = [(name, (_GUEST / f"{name}.py").read_text(encoding="utf-8")) for name in _MODULES]
        self._write(json.dumps({"sources": sources, "options": options}).encode(), time.monotonic() + 60)
        kind, body = self.receive(time.monotonic() + 60)
        if kind != "r":
            raise WorkerFailed("the supervisor did not start")
        ready = json.loads(body)
        lacking = [module for module in launch.modules if module in ready["missing"]]
        if lacking:
            raise WorkerFailed(f"{', '.join(lacking)} cannot be imported there")
        self.python: str = ready["python"]

    def send(self, kind: str, body: bytes = b"") -> None:
        """Raises WorkerFailed when it is not taken."""
        self._write(kind.encode() + body, time.monotonic() + _PATIENCE)

    def receive(self, deadline: float) -> tuple[str, bytes]:
        """The next message. Raises TimeoutError at `deadline` (monotonic), WorkerFailed when the supervisor is gone."""
        while True:
            if len(self._received) >= 4:
                (size,) = struct.unpack_from("<I", self._received)
                if len(self._received) >= 4 + size:
                    message = bytes(self._received[4 : 4 + size])
                    del self._received[: 4 + size]
                    return chr(message[0]), message[1:]
            if not select.select([self._output], [], [], max(0.0, deadline - time.monotonic()))[0]:
                raise TimeoutError
            self._take()

    def _take(self) -> None:
        data = os.read(self._output, 1 << 20)
        if not data:
            raise WorkerFailed(f"a sandbox process ended: {self._why()}")
        self._received += data

    def _write(self, body: bytes, deadline: float) -> None:
        """Send, and take what comes meanwhile, so that two full pipes never wait for each other."""
        unsent = memoryview(struct.pack("<I", len(body)) + body)
        while unsent:
            reading = [self._output] if len(self._received) < 4 * plain.MAX_FRAME else []
            readable, writable, _ = select.select(reading, [self._input], [], max(0.0, deadline - time.monotonic()))
            if readable:
                self._take()
            if writable:
                try:
                    unsent = unsent[os.write(self._input, unsent) :]
                except BrokenPipeError:
                    raise WorkerFailed(f"a sandbox process ended: {self._why()}") from None
            if not readable and not writable:
                raise WorkerFailed("a sandbox process takes no messages")

    def _why(self) -> str:
        try:
            status = self._process.wait(2)
        except subprocess.TimeoutExpired:
            return "it closed its pipes"
        self._errors.seek(0)
        told = self._errors.read(4000).decode(errors="replace").strip().splitlines()[-1:]
        return " ".join([f"status {status}", *told])

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def kill(self) -> None:
        self._process.kill()

    def close(self) -> None:
        """End it by ending its stdin, which also ends a container; then by force."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        try:
            self._process.wait(3)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()
        self._errors.close()


class Guest:
    """One child of a supervisor (see `broker.Guest`)."""

    def __init__(self, supervisor: Supervisor, limits: Mapping[str, Any]) -> None:
        self._supervisor = supervisor
        self._wall: float = limits["wall_seconds"]
        self._limit: float = limits["cpu_seconds"]
        self._deadline = time.monotonic() + self._wall
        self._used_before = 0.0  # CPU seconds at the start of the wall period
        self._asked = False  # whether the supervisor was asked for them
        self._begun = False
        self._ended: dict[str, Any] | None = None
        told = {"cpu_seconds": self._limit, "memory_bytes": limits["memory_mib"] << 20}
        supervisor.send("s", json.dumps(told).encode())

    @property
    def cpu_seconds(self) -> float:
        return 0.0 if self._ended is None else float(self._ended["cpu"])

    def ask(self, request: str, serve: Callable[[str], str] | None = None) -> str:
        if self._ended is not None:
            raise self._lost()
        self._supervisor.send("m", request.encode())
        while True:
            try:
                kind, body = self._supervisor.receive(self._deadline)
            except TimeoutError:
                if self._asked:
                    raise WorkerFailed("a supervisor does not answer") from None
                self._supervisor.send("t")
                self._asked, self._deadline = True, time.monotonic() + _PATIENCE
                continue
            if kind == "t":
                self._look_at_the_clock(float(body))
                continue
            if kind == "e":
                self._ended = json.loads(body)
                raise self._lost()
            letter, text = body[:1], body[1:].decode(errors="replace")
            if letter == b"b":
                self._begun = True
            elif letter == b"x" and not self._begun:
                raise WorkerFailed(f"a program could not be locked down: {text}")
            elif letter == b"q" and serve is not None:
                self._supervisor.send("m", serve(text).encode())
            elif letter == b"a":
                return text
            else:
                self._stop()
                raise broker.Lost("protocol_error", "a message that is no answer")

    def _look_at_the_clock(self, used: float) -> None:
        """At the end of a wall period: a guest that computed goes on to its CPU limit, one that slept is lost."""
        if used - self._used_before < broker.IDLE * self._wall:
            self._stop()
            raise broker.Lost("timeout", f"more than {self._wall:g} s of wall time", "wall")
        self._used_before, self._asked = used, False
        self._deadline = time.monotonic() + self._wall

    def _lost(self) -> broker.Lost:
        assert self._ended is not None
        status, why = self._ended["status"], self._ended["why"]
        if why == "protocol":
            return broker.Lost("protocol_error", "a message longer than any may be")
        if why == "cpu" or self._ended["cpu"] >= self._limit:
            return broker.Lost("timeout", f"more than {self._limit:g} s of CPU", "cpu")
        if not self._begun:
            raise WorkerFailed(f"a program's process ended before the program began (status {status})")
        if status == -signal.SIGKILL and why == "":  # no program can do that to itself, see guest.lockdown
            raise WorkerFailed("a program's process was killed from outside")
        if status < 0:
            return broker.Lost("crash", f"the program's process was killed by signal {-status}")
        return broker.Lost("crash", f"the program ended its own process with status {status}")

    def _stop(self) -> None:
        """Have it killed and wait for the word that it is gone, past whatever it still says."""
        self._supervisor.send("k")
        deadline = time.monotonic() + _PATIENCE
        try:
            while True:
                kind, body = self._supervisor.receive(deadline)
                if kind == "e":
                    self._ended = json.loads(body)
                    return
        except TimeoutError:
            raise WorkerFailed("a program's process could not be ended") from None

    def close(self) -> None:
        if self._ended is None:
            self._stop()


class Worker:
    """A candidate's supervisor and a judge's, as `pool.Worker`."""

    def __init__(self, launch: Launch) -> None:
        self._idle = True
        self._supervisors = {"candidate": Supervisor(launch)}
        try:
            self._supervisors["judge"] = Supervisor(launch)
        except WorkerFailed:
            self.close()
            raise

    @property
    def python(self) -> str:
        return self._supervisors["candidate"].python

    @property
    def usable(self) -> bool:
        return self._idle and all(supervisor.alive for supervisor in self._supervisors.values())

    def run(self, job: Mapping[str, Any]) -> broker.Reply:
        self._idle = False
        try:
            reply = broker.run(job, lambda role: Guest(self._supervisors[role], job))
        except (OSError, ValueError) as error:  # a pipe that another thread closed
            raise WorkerFailed(f"a sandbox process failed: {error}") from None
        self._idle = True
        return reply

    def kill(self) -> None:
        for supervisor in self._supervisors.values():
            supervisor.kill()

    def close(self) -> None:
        for supervisor in self._supervisors.values():
            supervisor.close()


def python_of(launch: Launch) -> str:
    """The version of the Python inside. Raises SandboxUnavailable when a supervisor cannot start there."""
    try:
        supervisor = Supervisor(launch)
    except WorkerFailed as error:
        raise SandboxUnavailable(str(error)) from None
    supervisor.close()
    return supervisor.python
