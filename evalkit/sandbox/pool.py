"""A bounded pool of workers that many threads may use at once.

A worker that fails is the instrument's failure, not the program's: the job is given once more to a fresh worker, and
only a second failure is reported.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from evalkit.errors import InstrumentError
from evalkit.sandbox.broker import Reply


class WorkerFailed(InstrumentError):
    """A worker died, hung or could not be started."""


class Worker(Protocol):
    """Does one job at a time."""

    def run(self, job: Mapping[str, Any]) -> Reply:
        """Raises WorkerFailed, after which the worker is not used again."""

    def kill(self) -> None:
        """End the process at once; another thread may be inside `run`, which then raises. Never raises."""

    def close(self) -> None:
        """Kill it and give back what it held. Never raises."""

    @property
    def usable(self) -> bool:
        """Whether it can take another job: it lives, and the last `run` ended as it should."""


class Pool:
    """At most `size` workers, each started when it is first needed."""

    def __init__(self, start: Callable[[], Worker], size: int) -> None:
        self._start, self._size = start, size
        self._closed = False
        self._lock = threading.Lock()
        self._live: set[Worker] = set()
        self._slots: queue.LifoQueue[Worker | None] = queue.LifoQueue()
        for _ in range(size):
            self._slots.put(None)

    def run(self, job: Mapping[str, Any]) -> tuple[Reply, int]:
        """The reply and the number of attempts (1 or 2). Raises WorkerFailed when the second attempt failed too."""
        worker = self._slots.get()
        try:
            for attempt in (1, 2):
                try:
                    worker = worker or self._new()
                    return worker.run(job), attempt
                except WorkerFailed:
                    if attempt == 2 or self._closed:
                        raise
                finally:  # also after an interrupt, which leaves a worker in the middle of something
                    if worker is not None and not worker.usable:
                        self._drop(worker)
                        worker = None
            raise AssertionError("a second failure is raised")
        finally:
            self._slots.put(worker)

    def close(self) -> None:
        """End all workers; a job that is under way in another thread fails."""
        with self._lock:
            self._closed = True
            live = list(self._live)
        for worker in live:
            worker.kill()
        for idle in [self._slots.get() for _ in range(self._size)]:
            if idle is not None:
                self._drop(idle)
        for _ in range(self._size):
            self._slots.put(None)

    def _new(self) -> Worker:
        if self._closed:
            raise WorkerFailed("the sandbox is closed")
        worker = self._start()
        with self._lock:
            self._live.add(worker)
        if self._closed:
            self._drop(worker)
            raise WorkerFailed("the sandbox is closed")
        return worker

    def _drop(self, worker: Worker) -> None:
        with self._lock:
            self._live.discard(worker)
        worker.close()
