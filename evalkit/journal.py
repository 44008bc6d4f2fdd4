"""The store of one run: an append-only journal of calls, the results derived from it, and a manifest.

    run.json        the manifest: what was run, against what, with which versions; rewritten atomically
    calls.jsonl     one line a call that was paid for: the request as sent, the completion or the error; never rewritten
    results.jsonl   one line a sample and epoch: outcome and score; derived from calls.jsonl, can be made again

A line reaches the operating system when it is appended, so that kill -9 loses nothing, and the disk in batches. A line
torn by a power cut is cut off when the journal is opened again.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from evalkit.errors import EvalkitError, UsageError

FSYNC_SECONDS = 1.0
MANIFEST, CALLS, RESULTS, LOCK = "run.json", "calls.jsonl", "results.jsonl", "lock"


def dumps(value: Any) -> bytes:
    """One JSON value as compact UTF-8."""
    import orjson

    return orjson.dumps(value)


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file so that a reader, or a crash, sees the old content or the new, never half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def read_manifest(directory: Path) -> dict[str, Any]:
    """The manifest of a run. Raises UsageError where there is none."""
    import orjson

    try:
        manifest: dict[str, Any] = orjson.loads((directory / MANIFEST).read_bytes())
    except FileNotFoundError:
        raise UsageError(f"{directory} holds no run (no {MANIFEST})") from None
    except orjson.JSONDecodeError as error:
        raise UsageError(f"{directory / MANIFEST}: not JSON: {error}") from None
    return manifest


def write_manifest(directory: Path, manifest: Mapping[str, Any]) -> None:
    """Replace the manifest of a run."""
    import orjson

    write_atomically(directory / MANIFEST, orjson.dumps(manifest, option=orjson.OPT_INDENT_2) + b"\n")


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-lines file of the store; a last line without its line feed is torn and left out."""
    import orjson

    if not path.is_file():
        return
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if not line.endswith(b"\n"):
                return
            try:
                yield orjson.loads(line)
            except orjson.JSONDecodeError as error:
                raise EvalkitError(f"{path}:{number}: damaged line: {error}") from None


class Journal:
    """The files of one run, open for appending by this process alone.

    With `reask_errors`, calls that ended in `provider_error` are open again: their new lines follow the old ones, and
    the last line of a call is the one that counts.
    """

    def __init__(self, directory: Path, epochs: int, samples: int, *, reask_errors: bool = False) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        self.directory = directory
        self._epochs = epochs
        self._lock = _lock(directory / LOCK)
        if reask_errors:
            _drop_error_results(directory)
        self._calls = _Appender(directory / CALLS)
        self._results = _Appender(directory / RESULTS)
        self._asked = bytearray(samples * epochs)  # one byte a call: a million calls are a megabyte
        self._scored = bytearray(samples * epochs)
        for line in read_lines(directory / CALLS):
            final = not (reask_errors and line["outcome"] == "provider_error")
            self._asked[line["index"] * epochs + line["epoch"]] = final
        for line in read_lines(directory / RESULTS):
            self._scored[line["index"] * epochs + line["epoch"]] = 1
        self.calls = sum(self._asked)
        self.results = sum(self._scored)

    def __enter__(self) -> Journal:
        return self

    def __exit__(self, *_: object) -> None:
        self._calls.close()
        self._results.close()
        self._lock.close()

    def asked(self, index: int, epoch: int) -> bool:
        """Whether this call is journalled."""
        return bool(self._asked[index * self._epochs + epoch])

    def scored(self, index: int, epoch: int) -> bool:
        """Whether this call has its result."""
        return bool(self._scored[index * self._epochs + epoch])

    def append_call(self, index: int, epoch: int, line: bytes) -> None:
        """Journal one call; `line` is its JSON."""
        self._calls.append(line)
        self._asked[index * self._epochs + epoch] = 1
        self.calls += 1

    def append_result(self, index: int, epoch: int, line: bytes) -> None:
        """Add one result; `line` is its JSON."""
        self._results.append(line)
        self._scored[index * self._epochs + epoch] = 1
        self.results += 1

    def unscored_calls(self) -> list[dict[str, Any]]:
        """Journalled calls that have no result yet: the few that an interrupted session had in flight."""
        if self.calls <= self.results:
            return []
        found = {}
        for line in read_lines(self.directory / CALLS):
            key = line["index"], line["epoch"]
            if self.asked(*key) and not self.scored(*key):
                found[key] = line
        return list(found.values())


def _drop_error_results(directory: Path) -> None:
    """Results are derived, so those of calls that are asked again may go."""
    lines = list(read_lines(directory / RESULTS))
    kept = [line for line in lines if line["outcome"] != "provider_error"]
    if len(kept) < len(lines):
        write_atomically(directory / RESULTS, b"".join(dumps(line) + b"\n" for line in kept))


class _Appender:
    """One file, appended line by line; a thread brings it to the disk once a second."""

    def __init__(self, path: Path) -> None:
        _cut_torn_line(path)
        self._descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        self._dirty = threading.Event()
        self._closed = threading.Event()
        self._syncer = threading.Thread(target=self._sync, name=f"fsync {path.name}", daemon=True)
        self._syncer.start()

    def append(self, line: bytes) -> None:
        data = line + b"\n"
        written = os.write(self._descriptor, data)
        while written < len(data):  # a signal or a full pipe may split a write
            written += os.write(self._descriptor, data[written:])
        self._dirty.set()

    def _sync(self) -> None:
        while not self._closed.wait(FSYNC_SECONDS):
            if self._dirty.is_set():
                self._dirty.clear()
                os.fsync(self._descriptor)

    def close(self) -> None:
        self._closed.set()
        self._syncer.join()
        os.fsync(self._descriptor)
        os.close(self._descriptor)


def _cut_torn_line(path: Path) -> None:
    """Drop what follows the last line feed."""
    if not path.is_file():
        return
    with path.open("r+b") as file:
        end = file.seek(0, os.SEEK_END)
        keep, chunk = 0, 1 << 16
        position = end
        while position > 0:
            position = max(0, position - chunk)
            file.seek(position)
            at = file.read(min(chunk, end - position)).rfind(b"\n")
            if at >= 0:
                keep = position + at + 1
                break
        if keep < end:
            file.truncate(keep)


def _lock(path: Path) -> IO[str]:
    """Hold the run for this process; the lock goes with the process, however it ends. Raises UsageError."""
    file = path.open("a+")
    deadline = time.monotonic() + 2.0  # a killed process may take a moment to go
    while True:
        try:
            _lock_file(file)
        except OSError:
            if time.monotonic() < deadline:
                time.sleep(0.05)
                continue
            file.seek(0)
            holder = file.read().strip() or "unknown"
            file.close()
            raise UsageError(
                f"another evalkit (process {holder}) is writing {path.parent}; wait for it to finish"
            ) from None
        file.seek(0)
        file.truncate()
        file.write(str(os.getpid()))
        file.flush()
        return file


def _lock_file(file: IO[str]) -> None:
    if os.name == "nt":
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        import fcntl

        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
