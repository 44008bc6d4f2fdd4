"""The WebAssembly interpreter, built on first use and cached.

componentize-py wraps CPython and `guest` into one component (about 10 s), wasmtime compiles it for this CPU (about
12 s). The result is kept under the user's cache directory in a file whose name says which versions, CPU and guest
sources it is made of. Loading it trusts it, so the directory and the file must belong to the user alone.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from evalkit.cache import cache_directory
from evalkit.errors import InstrumentError
from evalkit.sandbox.ready import Progress

GUEST = Path(__file__).parent / "guest"
GUEST_FILES = ("__init__.py", "plain.py", "files.py", "allclose.py", "agent.py")

_PATH = "import json, sys; sys.path[:] = json.loads(sys.argv.pop(1))\n"
_COMPONENTIZE = "import componentize_py; componentize_py.script()"
_COMPILE = (
    "from pathlib import Path; from evalkit.sandbox.wasm_worker import compile_component\n"
    "compile_component(Path(sys.argv[1]), Path(sys.argv[2]))"
)


def missing_packages() -> str | None:
    """Why wasm cannot be used at all, or None. componentize-py is needed for the build only."""
    try:
        version("wasmtime")
        if not compiled_path().is_file():
            version("componentize-py")
    except PackageNotFoundError as error:
        return f"not installed: pip install {error.name}"
    return None


def compiled_path() -> Path:
    """Where the compiled component for these versions, this CPU and these guest sources is kept."""
    sources = hashlib.sha256()
    for name in (*GUEST_FILES, "wasm_app.py", "world.wit"):
        sources.update(name.encode() + b"\0" + (GUEST / name).read_bytes())
    parts = (
        f"wasmtime{version('wasmtime')}",
        f"componentize{_version_or_none('componentize-py')}",
        f"{platform.system()}-{platform.machine()}-{_cpu()}",
        sources.hexdigest()[:12],
    )
    return cache_directory() / "wasm" / ("-".join(parts).lower() + ".cwasm")


def ensure(progress: Progress | None = None) -> Path:
    """The compiled component, built if it is not there. Raises InstrumentError when it cannot be built or trusted."""
    target = compiled_path()
    report = progress or (lambda _stage, _share: None)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not target.is_file():
        report("waiting for another build to finish", 0.0)
        with _only_builder(target.with_suffix(".lock")):
            if not target.is_file():
                _build(target, report)
    _trust(target.parent)
    _trust(target)
    return target


def _build(target: Path, report: Progress) -> None:
    with tempfile.TemporaryDirectory(dir=target.parent, prefix="build-") as place:
        source = Path(place)
        (source / "app" / "guest").mkdir(parents=True)
        for name in GUEST_FILES:
            shutil.copy(GUEST / name, source / "app" / "guest" / name)
        shutil.copy(GUEST / "wasm_app.py", source / "app" / "app.py")
        shutil.copy(GUEST / "world.wit", source / "world.wit")
        report("building CPython as a WebAssembly component, once (about 10 s)", 0.05)
        arguments = ["-q", "-d", "world.wit", "-w", "runner", "componentize", "-p", "app", "app", "-o", "app.wasm"]
        _step(_COMPONENTIZE, arguments, source)
        report("compiling it for this CPU, once (about 12 s)", 0.45)
        _step(_COMPILE, ["app.wasm", "app.cwasm"], source)
        (source / "app.cwasm").replace(target)
        report("done", 1.0)


def _step(program: str, arguments: list[str], place: Path) -> None:
    """Run one step of the build in a process of its own, without the caller's keys."""
    keep = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR", "SYSTEMROOT", "TEMP") if name in os.environ}
    done = subprocess.run(  # noqa: S603 - our own interpreter with our own arguments
        [
            sys.executable,
            "-c",
            _PATH + program,
            json.dumps([str(Path(path).resolve()) for path in sys.path]),
            *arguments,
        ],
        cwd=place,
        env=keep,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        told = (done.stderr or done.stdout).strip().splitlines()[-3:]
        raise InstrumentError(f"the WebAssembly build failed (status {done.returncode}): {' / '.join(told)}")


@contextmanager
def _only_builder(path: Path) -> Iterator[None]:
    """Hold an exclusive lock on `path`; the lock goes with the process that holds it, so none is ever stale."""
    with path.open("a+b") as file:
        if sys.platform == "win32":
            import msvcrt

            while True:
                try:
                    msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
                    break
                except OSError:
                    time.sleep(0.2)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _trust(path: Path) -> None:
    """Raise unless only this user can have written `path`."""
    if sys.platform == "win32":
        return
    found = path.stat()
    if found.st_uid != os.getuid() or found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise InstrumentError(f"{path} could be written by another user, so it is not trusted; delete it")


def _version_or_none(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"


def _cpu() -> str:
    """A short name for the CPU's features: what is compiled for one CPU may not run on another."""
    told = platform.processor()
    info = Path("/proc/cpuinfo")
    if info.is_file():
        lines = info.read_text(errors="replace").splitlines()
        told = next((line for line in lines if line.lower().startswith(("flags", "features"))), told)
    return hashlib.sha256(told.encode()).hexdigest()[:8]
