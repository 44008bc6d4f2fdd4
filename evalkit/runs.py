"""One run, from its plan to its finished files: the rim where the pure parts meet keys, servers, sockets and disk."""

from __future__ import annotations

import asyncio
import os
import platform
import signal
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

from evalkit import __version__
from evalkit.cards import Model
from evalkit.errors import CallFailed, InstrumentError
from evalkit.journal import MANIFEST, RESULTS, Journal, read_lines, read_manifest, write_manifest
from evalkit.json_files import digest_of
from evalkit.manifests import closing, now, versions
from evalkit.packs import Pack
from evalkit.plans import Plan
from evalkit.runner import Progress, Run
from evalkit.scoring import Scoring, needs
from evalkit.transport import Transport, reachable, require_key
from evalkit.workspace import Workspace

if TYPE_CHECKING:
    from evalkit.local import LocalServer
    from evalkit.sandbox import Sandbox


class Display(Protocol):
    """Shows people what goes on; never changes it."""

    def say(self, text: str) -> None: ...
    def bytes_done(self, what: str, done: int, total: int) -> None: ...
    def share_done(self, what: str, share: float) -> None: ...
    def watch(self, label: str, progress: Progress) -> AbstractContextManager[object]: ...


class Interrupted(KeyboardInterrupt):
    """Ctrl-C; what was paid for is journalled."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A run with a result for every call."""

    plan: Plan
    directory: Path
    manifest: Mapping[str, Any]
    reused: bool  # nothing was asked: the run was already there


class Sessions:
    """Executes plans. Keeps the servers it launches until it is closed, so that two arms can share one.

    `sandbox` is the isolation for model-written code ("auto" or the name of a backend); "none" isolates nothing and
    also needs `yes_run_untrusted_code`.
    """

    def __init__(
        self, workspace: Workspace, display: Display, *, sandbox: str = "auto", yes_run_untrusted_code: bool = False
    ) -> None:
        self._workspace = workspace
        self._display = display
        self._isolation = sandbox
        self._unprotected = yes_run_untrusted_code
        self._stack = ExitStack()
        self._servers: dict[str, LocalServer] = {}
        self._sandboxes: dict[tuple[str, ...], Sandbox] = {}

    def __enter__(self) -> Sessions:
        return self

    def __exit__(self, *exc: Any) -> None:
        self._stack.close()

    def execute(self, plan: Plan, *, fresh: bool = False, retry_errors: bool = False) -> Finished:
        """Ask and score what is open in the plan's run.

        Raises Interrupted after Ctrl-C, InstrumentError where the provider cannot answer, UsageError for a missing key.
        """
        directory = self._workspace.run_directory(plan)
        if fresh:
            _move_aside(directory)
        if is_complete(directory) and not (retry_errors and _errors(directory)):
            return Finished(plan, directory, read_manifest(directory), reused=True)
        if plan.model.api_key_env:
            require_key(plan.model)
        resources = self.resources(plan.pack)
        scoring = Scoring(plan.pack, resources)
        with Journal(directory, plan.epochs, plan.samples, reask_errors=retry_errors) as journal:
            model, server = self._served(plan) if journal.calls < plan.calls else (plan.model, None)
            manifest = _manifest(plan, directory, server, resources)
            write_manifest(directory, manifest)
            progress = Progress(plan.calls, journal.results, served=Counter(manifest["served"]))
            run_plan = replace(plan, model=model)
            try:
                with asyncio.Runner(loop_factory=_loop_factory()) as loop:
                    loop.run(self._ask_all(run_plan, journal, scoring, progress))
            finally:
                manifest |= {"served": dict(progress.served), "retries": manifest["retries"] + progress.retries}
                write_manifest(directory, manifest)
        manifest |= closing(read_lines(directory / RESULTS), plan.epochs)
        write_manifest(directory, manifest)
        return Finished(plan, directory, manifest, reused=False)

    async def _ask_all(self, plan: Plan, journal: Journal, scoring: Scoring, progress: Progress) -> None:
        model = plan.model
        why = await reachable(model) if journal.calls < plan.calls else None
        if why:
            raise InstrumentError(f"{model.id}: cannot reach {model.base_url}: {why}; is the server running?")
        host = urlsplit(model.base_url).netloc
        with ExitStack() as stack:
            threads = None
            if scoring.blocking:
                threads = stack.enter_context(ThreadPoolExecutor(os.cpu_count(), "score"))
            async with Transport([host], connections=model.concurrency) as transport:
                run = Run(plan, journal, transport, scoring, progress, blocking=threads)
                stack.enter_context(self._display.watch(f"{plan.pack.name} · {plan.arm.shown}", progress))
                await self._until_done(plan, run)

    async def _until_done(self, plan: Plan, run: Run) -> None:
        task = asyncio.create_task(run())
        kept = f"{{}} of {run.progress.total} results are kept; the same command resumes the run"
        with _on_interrupt(lambda: self._interrupt(run, task)) as interrupted:
            try:
                await task
            except CallFailed as error:
                message = f"{plan.model.id}: {error.kind}: {error}\n  {kept.format(run.progress.done)}"
                raise InstrumentError(message) from None
            except asyncio.CancelledError:
                if not interrupted:
                    raise
        if interrupted and run.progress.done < run.progress.total:
            raise Interrupted(kept.format(run.progress.done))

    def _interrupt(self, run: Run, task: asyncio.Task[None]) -> None:
        """First Ctrl-C: finish what is in flight. Second: drop it."""
        if run.stopping:
            task.cancel()
        elif run.progress.in_flight:
            self._display.say(f"finishing {run.progress.in_flight} calls in flight; Ctrl-C again drops them")
        run.stop()

    def _served(self, plan: Plan) -> tuple[Model, LocalServer | None]:
        """The model with the URL it is served at, after launching its server where evalkit does that."""
        model = plan.model
        if model.launch is None:
            return replace(model, base_url=model.url()), None
        key = digest_of(dict(model.launch))
        if key not in self._servers:
            from evalkit.local import LocalServer

            self._display.say(f"starting the embedded server for {model.id}")
            server = LocalServer.start(model.launch, on_progress=self._display.bytes_done)
            self._servers[key] = self._stack.enter_context(server)
        server = self._servers[key]
        return replace(model, base_url=server.base_url), server

    def resources(self, pack: Pack) -> dict[str, Any]:
        """What the pack's scorers ask for by name."""
        wanted = needs(pack)
        if "ask" in wanted:
            raise InstrumentError(f"pack {pack.name!r} wants a judge model; evalkit has no judge yet")
        return {"sandbox": self._isolated(pack)} if "sandbox" in wanted else {}

    def _isolated(self, pack: Pack) -> Sandbox:
        """The sandbox that offers what the pack's programs need; packs with the same needs share one."""
        from evalkit.sandbox import open_sandbox

        programs = tuple(sorted({need for sample in pack.samples for need in sample.metadata.get("needs", ())}))
        if programs not in self._sandboxes:
            self._sandboxes[programs] = self._stack.enter_context(
                open_sandbox(
                    self._isolation,
                    needs=programs,
                    progress=self._display.share_done,
                    yes_run_untrusted_code=self._unprotected,
                )
            )
        return self._sandboxes[programs]


@contextmanager
def _on_interrupt(act: Callable[[], None]) -> Iterator[list[int]]:
    """Ctrl-C and a polite kill call `act` instead of raising; the list that is given fills with the signals."""
    loop = asyncio.get_running_loop()
    received: list[int] = []

    def handle(number: int) -> None:
        act()
        received.append(number)

    signals = (signal.SIGINT, signal.SIGTERM)
    try:
        for number in signals:
            loop.add_signal_handler(number, handle, number)
    except (NotImplementedError, RuntimeError, ValueError):  # Windows, or not the main thread: Ctrl-C just raises
        yield received
        return
    try:
        yield received
    finally:
        for number in signals:
            loop.remove_signal_handler(number)


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """uvloop where there is one."""
    try:
        import uvloop
    except ImportError:
        return None
    factory: Callable[[], asyncio.AbstractEventLoop] = uvloop.new_event_loop
    return factory


# The files of a run


def is_complete(directory: Path) -> bool:
    """Whether the run in `directory` has a result for every call."""
    return (directory / MANIFEST).is_file() and read_manifest(directory).get("status") == "complete"


def _move_aside(directory: Path) -> None:
    """Keep what `--fresh` starts over from: paid answers are never deleted."""
    if directory.exists():
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
        directory.rename(directory.with_name(f"{directory.name}.before-{stamp}"))


def _errors(directory: Path) -> int:
    return int(read_manifest(directory).get("outcomes", {}).get("provider_error", 0))


def _manifest(plan: Plan, directory: Path, server: LocalServer | None, resources: Mapping[str, Any]) -> dict[str, Any]:
    """What was run, against what, with which versions."""
    earlier = read_manifest(directory) if (directory / MANIFEST).is_file() else {}
    sandbox = resources.get("sandbox")
    return {
        "format": 1,
        "status": "running",
        "digest": plan.digest,
        "identity": plan.identity(),
        "pack_file": plan.pack.file,
        "arm": plan.arm.shown,
        "weights": plan.model.weights,
        "scorer": {"name": plan.pack.scorer.name, "options": dict(plan.pack.scorer.options)},
        "ledger": plan.ledger(),
        "conditions": plan.conditions(),
        "calls": plan.calls,
        "server": earlier.get("server") if server is None else server.describe(),
        "sandbox": None if sandbox is None else asdict(sandbox.facts),
        "evalkit": __version__,
        "python": platform.python_version(),
        "platform": platform.platform(),
        "versions": versions(),
        "git_commit": _git_commit(directory),
        "created": earlier.get("created") or now(),
        "finished": None,
        "sessions": [*earlier.get("sessions", ()), now()],
        "served": earlier.get("served", {}),
        "retries": earlier.get("retries", 0),
    }


def _git_commit(directory: Path) -> str | None:
    """The commit of the repository the run is in, with `+` where files differ from it."""
    command = ["git", "-C", str(directory), "describe", "--always", "--abbrev=40", "--exclude=*", "--dirty=+"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=10, check=True)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()
