"""What people see while something runs: progress bars on a terminal, a line now and then elsewhere. On stderr."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from evalkit.runner import Progress

PLAIN_SECONDS = 5.0
BARS_PER_SECOND = 5


class Display:
    """Progress on `stream`. Quiet shows nothing but what `say` is told."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._told: dict[str, float] = {}

    def say(self, text: str) -> None:
        """One line, now."""
        print(text, file=self._stream, flush=True)

    def bytes_done(self, what: str, done: int, total: int) -> None:
        """Progress of a download."""
        share = done / total if total else 0.0
        self.share_done(f"{what}, {done / 1e6:.0f} of {total / 1e6:.0f} MB", share, of=what)

    def share_done(self, what: str, share: float, *, of: str | None = None) -> None:
        """Progress of one thing, 0 to 1: at most two lines a second, and one at its end."""
        now, key = time.monotonic(), of or what
        if share < 1 and now - self._told.get(key, 0.0) < 0.5:
            return
        self._told[key] = now
        terminal = self._stream.isatty()
        start, end = ("\r", "\n" if share >= 1 else "") if terminal else ("", "\n")
        print(f"{start}{what}: {share:4.0%}", end=end, file=self._stream, flush=True)

    @contextmanager
    def watch(self, label: str, progress: Progress) -> Iterator[None]:
        """Show `progress` until the context ends. Reads the counters from a thread, so a call costs nothing."""
        over = threading.Event()
        show = self._bar if self._stream.isatty() else self._lines
        watcher = threading.Thread(target=show, args=(label, progress, over), daemon=True)
        watcher.start()
        try:
            yield
        finally:
            over.set()
            watcher.join()

    def _lines(self, label: str, progress: Progress, over: threading.Event) -> None:
        started = time.monotonic()
        while not over.wait(PLAIN_SECONDS):
            self.say(f"{label}: {_told(progress, time.monotonic() - started)}")
        self.say(f"{label}: {_told(progress, time.monotonic() - started)}")

    def _bar(self, label: str, progress: Progress, over: threading.Event) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
        from rich.progress import Progress as Bars

        columns = (
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TextColumn("{task.fields[told]}", markup=False),
        )
        started = time.monotonic()
        with Bars(*columns, console=Console(file=self._stream), refresh_per_second=BARS_PER_SECOND) as bars:
            task = bars.add_task(label, total=progress.total, completed=progress.done, told="")
            while True:
                last = over.wait(1 / BARS_PER_SECOND)
                told = _rates(progress, time.monotonic() - started)
                bars.update(task, completed=progress.done, told=told)
                if last:
                    return


def _told(progress: Progress, seconds: float) -> str:
    return f"{progress.done}/{progress.total} {_rates(progress, seconds)}"


def _rates(progress: Progress, seconds: float) -> str:
    """Speed, time left and trouble, as short as they can be said."""
    parts = []
    if progress.output_tokens:
        parts.append(f"{progress.output_tokens / seconds:.0f} tok/s")
    left = progress.total - progress.done
    if progress.new and left:
        parts.append(f"{_duration(left * seconds / progress.new)} left")
    elif not left:
        parts.append(f"in {_duration(seconds)}")
    if progress.retries:
        parts.append(f"{progress.retries} retries")
    parts += [f"{count} {outcome}" for outcome, count in sorted(progress.outcomes.items()) if outcome != "ok"]
    return ", ".join(parts)


def _duration(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.0f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02d} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02d} min"
