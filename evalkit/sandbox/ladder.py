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

    def __call__(self, needs: Sequence[str], progress: Progress | None, image: str | None) -> Ready: ...


def _wasm(needs: Sequence[str], progress: Progress | None, image: str | None) -> Ready:
    from evalkit.sandbox import wasm

    return wasm.ready(needs, progress)


def _bwrap(needs: Sequence[str], progress: Progress | None, image: str | None) -> Ready:
    from evalkit.sandbox import bwrap

    return bwrap.ready(needs)


def _docker(needs: Sequence[str], progress: Progress | None, image: str | None) -> Ready:
    from evalkit.sandbox import container

    return container.ready("docker", needs, image)


def _podman(needs: Sequence[str], progress: Progress | None, image: str | None) -> Ready:
    from evalkit.sandbox import container

    return container.ready("podman", needs, image)


def _none(needs: Sequence[str], progress: Progress | None, image: str | None) -> Ready:
    from evalkit.sandbox import unsandboxed

    return unsandboxed.ready(needs)


BACKENDS: dict[str, Backend] = {  # in the order that "auto" tries, which never comes to the last
    "wasm": _wasm,
    "bwrap": _bwrap,
    "docker": _docker,
    "podman": _podman,
    "none": _none,
}


def open_sandbox(
    backend: str = "auto",
    *,
    workers: int | None = None,
    limits: Limits | None = None,
    needs: Sequence[str] = (),
    image: str | None = None,
    progress: Progress | None = None,
    yes_run_untrusted_code: bool = False,
) -> Sandbox:
    """Open the first backend that works here, that offers all of `needs`, and that passes its self-test.

    `backend` is "auto" or a name of BACKENDS. `workers` programs run at once (default: one for each processor).
    `needs` are "stdlib", "threads" or names of packages that the programs may use. `image` is what docker and podman
    use (default: the newest image called `python` that the engine has; nothing is pulled). The first use of `wasm` on a
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
            ready = BACKENDS[name](needs, progress, image)
            return _tested(name, ready, workers or _processors(), bounds, tried)
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


def _tested(name: str, ready: Ready, workers: int, limits: Limits, tried: Sequence[Tried]) -> Sandbox:
    """The sandbox, once it has stood its self-test. Raises SandboxUnavailable."""
    facts = Facts(name, ready.level, ready.python, limits, "not tested", name == "none", tuple(tried))
    sandbox = Sandbox(Pool(ready.start, workers), facts, ready.offers)
    try:
        if name != "none":
            sandbox.facts = replace(facts, self_test=attacks.self_test(sandbox))
    except BaseException:
        sandbox.close()
        raise
    return sandbox


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
