"""Attacks on a sandbox: small programs that try what a hostile or careless model would, and how success is seen.

The ones marked `quick` are the self-test that runs whenever a sandbox is opened; `evalkit sandbox check` runs all.
A program of kind "verdict" defines a wrong `solve` and wins if it is judged right. Every other program defines
`attack(place)`, which is told where things are (see `Arena.place`) and returns a list of texts, what it managed to do;
it wins if that list is not empty, or if the arena shows it.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

from evalkit.errors import SandboxUnavailable
from evalkit.sandbox.results import Limits, Verdict
from evalkit.sandbox.verdicts import Sandbox

SECRET = "evalkit-canary-5e0c"  # noqa: S105 - what an attack must not be able to read, and no secret


@dataclass(frozen=True, slots=True)
class Attack:
    """One program. `kind`: verdict (forges a pass), host (reaches outside) or resource (takes more than its share)."""

    name: str
    kind: Literal["verdict", "host", "resource"]
    tries: str
    code: str
    quick: bool = False


@dataclass(frozen=True, slots=True)
class Fought:
    """How one attack ended. `how` says what it managed; empty: it was stopped."""

    attack: Attack
    how: str
    seconds: float


def attacks() -> tuple[Attack, ...]:
    """All attacks, in the order of their files."""
    return tuple(_parse(Path(__file__).with_name("attack_programs.txt").read_text(encoding="utf-8")))


def _parse(text: str) -> Iterator[Attack]:
    for block in text.split("\n=== ")[1:]:
        head, _, code = block.partition("\n")
        name, kind, tries = (part.strip() for part in head.split("|", 2))
        quick = kind.endswith("*")
        yield Attack(name, kind.rstrip("*"), tries, code, quick)  # type: ignore[arg-type]


class Arena:
    """A place outside the sandbox that attacks aim at: files, listeners, a process, an environment variable."""

    def __init__(self) -> None:
        self.directory = Path(tempfile.mkdtemp(prefix="evalkit-arena-"))
        self.kept = self.directory / "kept"
        self.kept.write_text(SECRET)
        os.utime(self.kept, (1_000_000_000, 1_000_000_000))
        self._before = self._state()
        os.environ["EVALKIT_ARENA_KEY"] = SECRET
        self.victim = subprocess.Popen(
            [sys.executable, "-S", "-c", "import time; time.sleep(600)"], env={"EVALKIT_ARENA_KEY": SECRET}
        )
        self._listeners = [self._tcp(), self._udp()]
        if hasattr(socket, "AF_UNIX"):
            self._listeners += [self._unix("stream", socket.SOCK_STREAM), self._unix("datagram", socket.SOCK_DGRAM)]

    def __enter__(self) -> Arena:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.environ.pop("EVALKIT_ARENA_KEY", None)
        self.victim.kill()
        self.victim.wait()
        for listener in self._listeners:
            listener.close()
        shutil.rmtree(self.directory, ignore_errors=True)

    @property
    def place(self) -> dict[str, Any]:
        """What a program is told, as plain data."""
        tcp, udp, *_ = self._listeners
        return {
            "directory": str(self.directory),
            "kept": str(self.kept),
            "secret": SECRET,
            "home": str(Path.home()),
            "parent": os.getpid(),
            "victim": self.victim.pid,
            "tcp": tcp.getsockname()[1],
            "udp": udp.getsockname()[1],
            "stream": str(self.directory / "stream"),
            "datagram": str(self.directory / "datagram"),
        }

    def damage(self) -> list[str]:
        """What has been done to the arena, and undoes it."""
        seen = []
        if self._state() != self._before:
            seen.append("changed a file outside")
            self.kept.unlink(missing_ok=True)
            self.kept.write_text(SECRET)
            os.utime(self.kept, (1_000_000_000, 1_000_000_000))
            self._before = self._state()
        expected = {"kept", "stream", "datagram"}
        for extra in [path for path in self.directory.iterdir() if path.name not in expected]:
            seen.append(f"wrote {extra.name} outside")
            extra.unlink()
        if self.victim.poll() is not None:
            seen.append("killed another process")
        seen += [f"reached a socket outside ({listener.type.name})" for listener in self._listeners if _heard(listener)]
        return seen

    def _state(self) -> tuple[Any, ...]:
        try:
            found = self.kept.stat()
        except OSError:
            return ()
        return found.st_mode, found.st_mtime, found.st_size, found.st_nlink

    def _tcp(self) -> socket.socket:
        listener = socket.create_server(("127.0.0.1", 0))
        listener.setblocking(False)
        return listener

    def _udp(self) -> socket.socket:
        listener = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        listener.bind(("127.0.0.1", 0))
        listener.setblocking(False)
        return listener

    def _unix(self, name: str, kind: socket.SocketKind) -> socket.socket:
        listener = socket.socket(socket.AF_UNIX, kind)
        listener.bind(str(self.directory / name))
        if kind is socket.SOCK_STREAM:
            listener.listen()
        listener.setblocking(False)
        return listener


def _heard(listener: socket.socket) -> bool:
    try:
        if listener.type is socket.SOCK_STREAM:
            listener.accept()[0].close()
        else:
            listener.recv(100)
    except OSError:
        return False
    return True


_CONFESS = """
class Won(Exception): pass
def confess(place):
    won = attack(place)
    if type(won) is list and won and all(type(part) is str and len(part) < 200 for part in won):
        raise Won(", ".join(won))
    return won
"""
PROBLEM_TESTS = ["def check(candidate):\n    assert candidate([1, 2, 3, 4]) == 20\n    assert candidate([6]) == 36\n"]
PROBLEM_ANSWER = "def solve(xs):\n    return sum(x * x for x in xs if x % 2 == 0)\n"


def fight(sandbox: Sandbox, chosen: Iterable[Attack], arena: Arena, limits: Limits) -> Iterator[Fought]:
    """Run attacks one after the other and say how each ended."""
    for attack in chosen:
        began = time.monotonic()
        if attack.kind == "verdict":
            verdict = judge_problem(sandbox, attack.code, limits)
            won = ["was judged right"] if verdict.passed else []
        else:
            case = {"args": [arena.place], "expected": None}
            verdict = sandbox.call(attack.code + _CONFESS, "confess", [case], limits=limits)
            won = [verdict.message[:200]] if verdict.error == "Won" else []
        seconds = time.monotonic() - began
        if verdict.outcome == "sandbox_failed":
            won.append(f"broke the sandbox ({verdict.message})")
        if seconds > limits.wall + 4:
            won.append(f"ran for {seconds:.0f} s")
        if SECRET in repr(verdict):
            won.append("leaked the secret")
        yield Fought(attack, ", ".join(won + arena.damage()), seconds)


def self_test(sandbox: Sandbox) -> str:
    """Run the quick attacks, and a right and a wrong answer; says how many were stopped. Raises SandboxUnavailable."""
    if not judge_problem(sandbox, PROBLEM_ANSWER).passed:
        raise SandboxUnavailable(f"self-test: a right answer was {judge_problem(sandbox, PROBLEM_ANSWER)}")
    if judge_problem(sandbox, "def solve(xs):\n    return None\n").outcome != "fail":
        raise SandboxUnavailable("self-test: a wrong answer did not fail")
    chosen = [attack for attack in attacks() if attack.quick]
    with Arena() as arena:
        limits = Limits(cpu_seconds=0.2, memory_mib=256, wall_seconds=5)
        won = [f"{fought.attack.name} {fought.how}" for fought in fight(sandbox, chosen, arena, limits) if fought.how]
    if won:
        raise SandboxUnavailable(f"self-test: {'; '.join(won)}")
    return f"{len(chosen)}/{len(chosen)} attacks stopped"


def judge_problem(sandbox: Sandbox, code: str, limits: Limits | None = None) -> Verdict:
    """The problem that verdict attacks pretend to solve: the sum of the squares of the even numbers in a list."""
    return sandbox.judge(code, PROBLEM_TESTS, names=["solve"], check="solve", limits=limits)
