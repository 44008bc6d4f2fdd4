"""What a sandbox is asked to respect and what it answers, as frozen records."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Outcome = Literal[
    "pass",
    "fail",  # an assertion did not hold, or the data differ
    "error",  # the model's code raised
    "timeout",
    "memory",
    "crash",  # the interpreter died: segmentation fault, C stack overflow, os._exit
    "load_error",  # the code does not compile, raises while it is loaded, or lacks the entry point
    "protocol_error",  # the answer is not plain data, too large, or not an answer
    "sandbox_failed",  # the instrument failed, not the model; never counts as wrong
]
Integrity = Literal[
    "data",  # the trusted parent compared plain data
    "judge",  # the tests ran in a sandboxed process of their own, which never held the model's code
    "in-process",  # the tests shared the model's process: the verdict could be forged
]


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for one program. CPU decides a time-out; wall time is only the backstop for a program that sleeps.

    On `wasm` a CPU second is 10**10 WebAssembly instructions, about a second of a 2024 core, so that a time-out
    does not depend on load. Stdout beyond `output_kib` is cut off (and cannot be right).
    """

    cpu_seconds: float = 10.0
    memory_mib: int = 512
    output_kib: int = 4096
    wall_seconds: float | None = None  # None: 3 x cpu_seconds + 5

    @property
    def wall(self) -> float:
        return 3 * self.cpu_seconds + 5 if self.wall_seconds is None else self.wall_seconds


@dataclass(frozen=True, slots=True)
class TestResult:
    """How one test, or one case of data, ended. `error` is the type of the exception, if there was one."""

    __test__ = False  # not a test case of pytest's

    outcome: Outcome
    error: str | None = None
    message: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one program ended: the first outcome among its tests that is not `pass`, or what kept them from running.

    `tests` holds a result for each test that was reached. `limit` says which limit a time-out hit. `cpu_seconds` is
    what the program used, in the backend's own unit. `attempts` is 2 when the sandbox failed once on the way.
    """

    outcome: Outcome
    tests: tuple[TestResult, ...] = ()
    error: str | None = None
    message: str = ""
    integrity: Integrity = "judge"
    limit: Literal["cpu", "wall"] | None = None
    cpu_seconds: float = 0.0
    attempts: int = 1

    @property
    def passed(self) -> bool:
        return self.outcome == "pass"


@dataclass(frozen=True, slots=True)
class Tried:
    """One rung of the ladder: a backend, and why it was not used (None: it works)."""

    backend: str
    cause: str | None
    level: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is recorded with a run: the backend in use, its level of isolation, its Python and its limits."""

    backend: str
    level: str
    python: str
    limits: Limits
    self_test: str  # "9/9 attacks stopped"
    unsandboxed: bool = False  # True: results must be stamped UNSANDBOXED and cannot give parity
    tried: tuple[Tried, ...] = field(default=())
