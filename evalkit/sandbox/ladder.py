"""Which isolation to use: the backends in order, each tried and tested before anything of a model's runs."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from evalkit.errors import SandboxUnavailable, UsageError
from evalkit.sandbox import attacks
from evalkit.sandbox.pool import Pool
from evalkit.sandbox.ready import Progress, Ready
from evalkit.sandbox.results import Facts, Limits, Tried
from evalkit.sandbox.verdicts import Sandbox


class Backend(Protocol):
    """Makes itself ready, or says why it cannot: raises SandboxUnavailable."""

    def __call__(self, needs: Sequence[str], progress: Progress | None) -> Ready: ...


def _wasm(needs: Sequence[str], progress: Progress | None) -> Ready:
    from evalkit.sandbox import wasm

    return wasm.ready(needs, progress)


BACKENDS: dict[str, Backend] = {"wasm": _wasm}


def open_sandbox(
    backend: str = "auto",
    *,
    workers: int | None = None,
    limits: Limits | None = None,
    needs: Sequence[str] = (),
    progress: Progress | None = None,
    yes_run_untrusted_code: bool = False,
) -> Sandbox:
    """Open the first backend that works here, that offers all of `needs`, and that passes its self-test.

    `backend` is "auto" or a name of BACKENDS. `workers` programs run at once (default: one for each processor).
    `needs` are "stdlib", "threads" or names of packages that the programs may use. The first use of `wasm` on a
    machine builds its interpreter (about half a minute; `progress` is told). Raises SandboxUnavailable, naming what
    was tried and why each failed; nothing has run then. The backend "none" isolates nothing, is never part of
    "auto", and is refused unless `yes_run_untrusted_code` is given; its results are stamped `unsandboxed`.
    """
    if backend != "auto" and backend not in BACKENDS:
        raise UsageError(f"no sandbox backend {backend!r}; known: auto, {', '.join(BACKENDS)}")
    if backend == "none" and not yes_run_untrusted_code:
        raise UsageError("--sandbox none runs a model's code unprotected: it also needs --yes-run-untrusted-code")
    bounds = limits or Limits()
    tried: list[Tried] = []
    for name in [backend] if backend != "auto" else [name for name in BACKENDS if name != "none"]:
        try:
            return _open(name, workers or _processors(), bounds, needs, progress, tried)
        except SandboxUnavailable as why:
            tried.append(Tried(name, str(why)))
    raise SandboxUnavailable(refusal(tried))


def refusal(tried: Sequence[Tried]) -> str:
    """What a person is told when nothing works."""
    causes = "".join(f"\n  {rung.backend}: {rung.cause}" for rung in tried)
    return (
        f"No isolation for model-written code works on this machine. Tried:{causes}\nNothing was run. To run it "
        "unprotected anyway: --sandbox none --yes-run-untrusted-code (the result is stamped UNSANDBOXED)."
    )


def _open(
    name: str,
    workers: int,
    limits: Limits,
    needs: Sequence[str],
    progress: Progress | None,
    tried: Sequence[Tried],
) -> Sandbox:
    ready = BACKENDS[name](needs, progress)
    lacking = [need for need in needs if not ready.offers(need)]
    if lacking:
        raise SandboxUnavailable(f"does not offer {', '.join(lacking)}")
    unsandboxed = name == "none"
    facts = Facts(name, ready.level, ready.python, limits, "not tested", unsandboxed, tuple(tried))
    sandbox = Sandbox(Pool(ready.start, workers), facts, ready.offers)
    try:
        if not unsandboxed:
            sandbox.facts = replace(facts, self_test=attacks.self_test(sandbox))
    except BaseException:
        sandbox.close()
        raise
    return sandbox


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
