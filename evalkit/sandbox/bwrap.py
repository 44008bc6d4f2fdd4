"""The `bwrap` backend: bubblewrap's namespaces around this machine's own Python. Linux, where user namespaces work.

For packs that need installed packages, threads or full speed. Inside there is a root of nothing but the system's
libraries, the interpreter and, if asked for, the installed packages, all read-only: no home, no /proc, no network,
no other process, and an environment of three fixed variables.
"""

from __future__ import annotations

import importlib.util
import platform
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator, Sequence
from pathlib import Path

from evalkit.errors import SandboxUnavailable
from evalkit.sandbox import native
from evalkit.sandbox.guest import syscalls
from evalkit.sandbox.ready import Ready

_PYTHON = "/python"  # where the interpreter's own prefix is mounted
_PACKAGES = "/packages"
_SYSTEM = ("bin", "lib", "lib32", "lib64", "libx32")
_DEVICES = ("null", "zero", "urandom")


def ready(needs: Sequence[str]) -> Ready:
    """Raises SandboxUnavailable, with bubblewrap's own words where it fails."""
    if sys.platform != "linux":
        raise SandboxUnavailable("bubblewrap is for Linux")
    found = shutil.which("bwrap")
    if found is None:
        raise SandboxUnavailable("not installed: apt install bubblewrap")
    if platform.machine() not in syscalls.PROCESSORS:
        raise SandboxUnavailable(f"no table of system calls for {platform.machine()}")
    launch = _launch(found, needs)
    python = native.python_of(launch)
    said = subprocess.run([found, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    version = said.stdout.split()[-1]
    level = (
        f"bubblewrap {version}: user, mount, pid, net, ipc, uts and cgroup namespaces; Landlock where present; seccomp"
    )
    return Ready(lambda: native.Worker(launch), level, python, lambda need: offers(need, needs))


def offers(need: str, asked: Sequence[str]) -> bool:
    """Threads and packages are only there when they were asked for as the sandbox was opened."""
    if need == "stdlib":
        return True
    return need in asked and (need == "threads" or _installed(need))


def _installed(package: str) -> bool:
    try:
        return importlib.util.find_spec(package) is not None
    except (ImportError, ValueError):
        return False


def _launch(bwrap: str, needs: Sequence[str]) -> native.Launch:
    packages = [need for need in needs if need not in ("stdlib", "threads")]
    missing = [package for package in packages if not _installed(package)]
    if missing:
        raise SandboxUnavailable(f"{', '.join(missing)} is not installed in this Python")
    arguments = [
        "--unshare-all", "--unshare-user", "--disable-userns", "--uid", "65534", "--gid", "65534",
        "--cap-drop", "ALL", "--new-session", "--as-pid-1", "--hostname", "sandbox", "--ro-bind", "/usr", "/usr",
    ]  # fmt: skip
    arguments += _system_links()
    arguments += ["--ro-bind", sys.base_prefix, _PYTHON]
    folders = []
    if packages:
        places = dict.fromkeys((sysconfig.get_path("purelib"), sysconfig.get_path("platlib")))
        for number, place in enumerate(places):
            folders.append(f"{_PACKAGES}/{number}")
            arguments += ["--ro-bind", place, folders[-1]]
    for device in _DEVICES:
        arguments += ["--dev-bind", f"/dev/{device}", f"/dev/{device}"]
    arguments += ["--remount-ro", "/", "--chdir", "/"]
    name = f"python{sys.version_info.major}.{sys.version_info.minor}"
    return native.Launch(
        command=[bwrap, *arguments, f"{_PYTHON}/bin/{name}"],
        environment=native.environment(f"{_PYTHON}/lib"),
        packages=folders,
        modules=packages,
        readable=["/usr", "/lib", "/lib64", _PYTHON, _PACKAGES],
        threads="threads" in needs,
    )


def _system_links() -> Iterator[str]:
    """/lib and its like: links into /usr on most systems, directories of their own on the others."""
    for name in _SYSTEM:
        path = Path("/") / name
        if path.is_symlink():
            yield from ("--symlink", str(path.readlink()), str(path))
        elif path.is_dir():
            yield from ("--ro-bind", str(path), str(path))
