"""The first process of a Linux sandbox: forks one locked-down child per program and carries its messages.

It runs inside the namespaces, as pid 1 where there are any, and talks to the trusted parent over stdin and stdout.
A child never holds those: its own two pipes end here, so nothing it writes can pass for the supervisor's word, and
what it leaves unread is gone with it. Messages carry one letter before their text:

    parent to supervisor    s start a child (JSON of its limits)   m to the child   t its CPU time?   k kill it
    supervisor to parent    r ready (JSON)   m from the child   t its CPU seconds
                            e the child ended (JSON: status, CPU seconds, why)
    child                   b it is locked down   x why it is not   a answer   q question to the host
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import select
import signal
import struct
import sys
import sysconfig
import time
import warnings
from typing import Any

from . import agent, lockdown, plain

_TICK = 0.05  # seconds between looks at a child's CPU time
_TO_CHILD, _FROM_CHILD = 3, 4  # descriptors in the child


def main(options: dict[str, Any]) -> None:
    """Serve until stdin ends. `options`: "preload", "packages", "site", "threads", "isolated", "readable"."""
    sys.path.extend(options["packages"])
    if options["site"]:
        sys.path.extend(dict.fromkeys((sysconfig.get_path("purelib"), sysconfig.get_path("platlib"))))
    missing = _preload(options["preload"])
    if options["isolated"]:
        lockdown.guard_supervisor()
    gc.collect()
    gc.freeze()
    _send("r", json.dumps({"python": sys.version.split()[0], "missing": missing}).encode())
    child: _Child | None = None
    while True:
        watched = [0] if child is None else [0, child.output]
        unsent = [child.input] if child is not None and child.unsent else []
        ready, writable, _ = select.select(watched, unsent, [], None if child is None else _TICK)
        if 0 in ready:
            message = _read(0, plain.MAX_FRAME * 8)
            if message is None:
                break
            child = _obey(message, child, options)
        elif child is not None and not child.step(child.output in ready, bool(writable)):
            child = None
    if child is not None:
        with contextlib.suppress(OSError):
            child.end("parent gone")
    os._exit(0)


def _preload(names: list[str]) -> list[str]:
    missing = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in names:
            try:
                importlib.import_module(name)
            except Exception:  # noqa: BLE001 - told to the parent, which decides
                missing.append(name)
    return missing


def _obey(message: bytes, child: _Child | None, options: dict[str, Any]) -> _Child | None:
    kind, body = message[:1], message[1:]
    if kind == b"s":
        return _Child(json.loads(body), options)
    if child is not None and kind == b"m":
        child.give(body)
    if child is not None and kind == b"t":
        _send("t", str(child.used()).encode())
    if child is not None and kind == b"k":
        child.end("killed")
        return None
    return child


class _Child:
    """One program's process."""

    def __init__(self, limits: dict[str, Any], options: dict[str, Any]) -> None:
        to_read, self.input = os.pipe()
        self.output, to_write = os.pipe()
        self._limit: float = limits["cpu_seconds"]
        self._received, self.unsent = bytearray(), bytearray()
        self._alone: bool = options["isolated"]
        self.pid = os.fork()
        if self.pid == 0:
            _become_guest(to_read, to_write, limits, options)
        os.close(to_read)
        os.close(to_write)
        os.set_blocking(self.input, False)  # a child that does not read must not stop the supervisor
        self._clock = ~self.pid << 3 | 2  # the kernel's name for the CPU clock of another process

    def give(self, body: bytes) -> None:
        """Send a message to the child, as fast as it reads."""
        self.unsent += struct.pack("<I", len(body)) + body
        self._send_on()

    def step(self, readable: bool, writable: bool) -> bool:
        """Carry what is to be carried, and end the child when it is over its time. False when it has ended."""
        if writable:
            self._send_on()
        if readable:
            data = os.read(self.output, 1 << 16)
            if not data:
                self.end("")
                return False
            self._received += data
            if not self._pass_on():
                self.end("protocol")
                return False
        if self.used() > self._limit:
            self.end("cpu")
            return False
        return True

    def _send_on(self) -> None:
        try:
            while self.unsent:
                del self.unsent[: os.write(self.input, memoryview(self.unsent)[: 1 << 16])]
        except BlockingIOError:
            return
        except BrokenPipeError:  # it is dead, as its output will tell
            self.unsent.clear()

    def _pass_on(self) -> bool:
        """Forward whole messages. False when one claims to be longer than any may be."""
        while len(self._received) >= 4:
            (size,) = struct.unpack_from("<I", self._received)
            if size > plain.MAX_FRAME + 1:
                return False
            if len(self._received) < 4 + size:
                break
            _send("m", bytes(self._received[4 : 4 + size]))
            del self._received[: 4 + size]
        return True

    def used(self) -> float:
        """Its CPU seconds so far."""
        try:
            return time.clock_gettime(self._clock)
        except OSError:
            return 0.0

    def end(self, why: str) -> None:
        """Kill it and everything it started, and tell the parent how it ended."""
        if why:
            self._kill()
        else:  # its pipe is closed: it is exiting by itself, or it is up to something
            deadline = time.monotonic() + 0.5
            while (
                time.monotonic() < deadline
                and os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None
            ):
                time.sleep(0.001)
            self._kill()
        _, status, usage = os.wait4(self.pid, 0)
        if self._alone:
            with contextlib.suppress(ChildProcessError):
                while True:
                    os.waitpid(-1, 0)
        os.close(self.input)
        os.close(self.output)
        told = {"status": os.waitstatus_to_exitcode(status), "cpu": usage.ru_utime + usage.ru_stime, "why": why}
        _send("e", json.dumps(told).encode())

    def _kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            if self._alone and os.getpid() == 1:
                os.kill(-1, signal.SIGKILL)
            else:
                os.killpg(self.pid, signal.SIGKILL)
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)


def _become_guest(to_read: int, to_write: int, limits: dict[str, Any], options: dict[str, Any]) -> None:
    """In the child: give up everything, then answer requests. Never returns."""
    try:
        os.setsid()
        spare = os.dup2(to_read, 200), os.dup2(to_write, 201)
        null = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(null, descriptor)
        os.dup2(spare[0], _TO_CHILD)
        os.dup2(spare[1], _FROM_CHILD)
        os.closerange(5, 1024)
        lockdown.limit(limits["memory_bytes"], limits["cpu_seconds"])
        if options["isolated"]:
            _lock_down(options)
        _write(_FROM_CHILD, b"b")
        while (request := _read(_TO_CHILD, plain.MAX_FRAME * 8)) is not None:
            _write(_FROM_CHILD, b"a" + agent.handle(request.decode(), _ask).encode())
    finally:
        os._exit(0)


def _lock_down(options: dict[str, Any]) -> None:
    try:
        lockdown.no_new_privileges()
        lockdown.landlock(options["readable"], ("/dev/null", "/dev/zero", "/dev/urandom"))
        lockdown.seccomp(threads=options["threads"])
    except lockdown.Unsupported as error:
        _write(_FROM_CHILD, b"x" + str(error).encode())
        os._exit(0)


def _ask(question: str) -> str:
    _write(_FROM_CHILD, b"q" + question.encode())
    answer = _read(_TO_CHILD, plain.MAX_FRAME * 8)
    if answer is None:
        os._exit(0)
    return answer.decode()


def _send(kind: str, body: bytes) -> None:
    _write(1, kind.encode() + body)


def _write(descriptor: int, body: bytes) -> None:
    view = memoryview(struct.pack("<I", len(body)) + body)
    while view:
        view = view[os.write(descriptor, view) :]


def _read(descriptor: int, limit: int) -> bytes | None:
    """The next message, or None when the other side is gone or sends what is none."""
    head = _exactly(descriptor, 4)
    if head is None or struct.unpack("<I", head)[0] > limit:
        return None
    return _exactly(descriptor, struct.unpack("<I", head)[0])


def _exactly(descriptor: int, size: int) -> bytes | None:
    parts = bytearray()
    while len(parts) < size:
        data = os.read(descriptor, min(size - len(parts), 1 << 20))
        if not data:
            return None
        parts += data
    return bytes(parts)
