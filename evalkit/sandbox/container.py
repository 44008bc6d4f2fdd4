"""The `docker` and `podman` backends: two containers per worker, one for candidates and one for judges.

For packs whose programs need an image of their own, and for machines whose user namespaces are closed to everyone
but the engine. A container is started once and forks its programs inside (see `guest.supervisor`). It has no
network, no capability, no writable file and no privileges to gain, runs as nobody, and may make only the system
calls of `guest.lockdown`. The image must hold a Python; nothing is ever pulled.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence

from evalkit.cache import cache_directory
from evalkit.errors import SandboxUnavailable
from evalkit.sandbox import native
from evalkit.sandbox.guest import syscalls
from evalkit.sandbox.ready import Ready

_ENGINE_SECONDS = 20  # for an engine to say that it is there

# What the engine and the supervisor need beyond what a program may call.
_STARTING = """
execve clone clone3 fork vfork wait4 waitid kill tgkill setsid prlimit64 setrlimit prctl seccomp capget capset setuid
setgid setgroups setresuid setresgid chdir fchdir statfs fstatfs fcntl ioctl socketpair sendto close_range
landlock_create_ruleset landlock_add_rule landlock_restrict_self rt_sigtimedwait sched_setaffinity
""".split()  # noqa: SIM905 - a list of names reads better so


def ready(engine: str, needs: Sequence[str], image: str | None) -> Ready:
    """Raises SandboxUnavailable when the engine does not answer, has no Python image, or cannot run it."""
    if sys.platform == "win32":
        raise SandboxUnavailable("not supported on Windows")
    if shutil.which(engine) is None:
        raise SandboxUnavailable("not installed")
    if platform.machine() not in syscalls.PROCESSORS:
        raise SandboxUnavailable(f"no table of system calls for {platform.machine()}")
    said = _ask_engine([engine, "version", "--format", "{{.Server.Version}}" if engine == "docker" else "{{.Version}}"])
    chosen = image or _python_image(engine)
    profile = _profile()
    packages = [need for need in needs if need not in ("stdlib", "threads")]
    launch = native.Launch(
        command=_command(engine, chosen, profile),
        environment=_engine_environment(),
        site=bool(packages),
        modules=packages,
        readable=["/usr", "/lib", "/lib64", "/opt"],
        threads="threads" in needs,
    )
    python = native.python_of(launch)
    level = (
        f"{engine} {said}, image {chosen}: no network, read-only, no capabilities, nobody; Landlock if present; seccomp"
    )
    return Ready(lambda: native.Worker(launch), level, python, lambda need: need in ("stdlib", *needs))


def _ask_engine(command: Sequence[str]) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - a command of our own making
            command,
            capture_output=True,
            text=True,
            timeout=_ENGINE_SECONDS,
            env=_engine_environment(),
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SandboxUnavailable(f"the engine does not answer: {error}") from None
    if done.returncode != 0:
        told = (done.stderr or done.stdout).strip().splitlines()[-1:] or ["no reason given"]
        raise SandboxUnavailable(f"the engine does not answer: {told[0]}")
    return done.stdout.strip()


def _engine_environment() -> dict[str, str]:
    """What the engine's client needs of the caller's environment, and none of its keys."""
    names = ("PATH", "HOME", "DOCKER_HOST", "DOCKER_CONTEXT", "DOCKER_CONFIG", "CONTAINER_HOST", "XDG_RUNTIME_DIR")
    return {name: os.environ[name] for name in names if name in os.environ}


def _python_image(engine: str) -> str:
    """The newest image called `python` that the engine already has."""
    listed = _ask_engine([engine, "image", "ls", "--format", "{{.Repository}}:{{.Tag}}"]).split()
    images = [name for name in listed if re.fullmatch(r"(?:[\w.]+/)*python:\d[\w.-]*", name)]
    if not images:
        raise SandboxUnavailable(f"no Python image there: {engine} pull python:3.13-slim")
    return max(images, key=lambda name: [int(n) for n in re.findall(r"\d+", name.rpartition(":")[2])][:3])


def _command(engine: str, image: str, profile: str) -> list[str]:
    own = ["--read-only-tmpfs=false", "--ulimit=nproc=1024:1024"] if engine == "podman" else []
    inside = native.environment("")
    variables = [f"--env={name}={value}" for name, value in inside.items() if value]
    return [
        engine, "run", "--rm", "--interactive", "--pull=never", "--network=none", "--read-only", *own,
        "--cap-drop=ALL", "--security-opt=no-new-privileges", f"--security-opt=seccomp={profile}",
        "--user=65534:65534", "--ipc=none", "--pids-limit=128", "--ulimit=nofile=1024:1024", "--hostname=sandbox",
        "--log-driver=none", "--workdir=/", *variables, "--entrypoint=python3", image,
    ]  # fmt: skip


def _profile() -> str:
    """The path of a seccomp profile for the whole container, kept under a name that says what is in it."""
    names = sorted({*syscalls.ALLOWED, *_STARTING})
    text = json.dumps(
        {
            "defaultAction": "SCMP_ACT_ERRNO",
            "architectures": ["SCMP_ARCH_X86_64", "SCMP_ARCH_AARCH64"],
            "syscalls": [{"names": names, "action": "SCMP_ACT_ALLOW"}],
        }
    )
    path = cache_directory() / f"seccomp-{hashlib.sha256(text.encode()).hexdigest()[:12]}.json"
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = path.with_suffix(f".{os.getpid()}")
        part.write_text(text)
        part.replace(path)
    return str(path)
