"""What a Linux process gives up for good before it runs a model's code: kernel calls, files, resources.

Namespaces (bwrap, docker, podman) are the first wall and are built outside. This is the second: an allow-list of
system calls (seccomp), no files but the interpreter's own (Landlock, where the kernel has it), and limits. Numbers
and layouts are those of Linux's user-space interface, for x86-64 and 64-bit Arm.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import resource
import signal
import struct
from collections.abc import Iterable

from . import syscalls

_IOCTLS = (0x5401, 0x5413, 0x541B, 0x5421, 0x5451)  # TCGETS, TIOCGWINSZ, FIONREAD, FIONBIO, FIOCLEX
_PRCTLS = (15, 16, 0x53564D41)  # PR_SET_NAME, PR_GET_NAME, PR_SET_VMA
_FCNTLS = (0, 1, 2, 3, 4, 1030)  # duplicate, and read or set flags
_THREAD = 0x00010000  # CLONE_THREAD

_ALLOW, _KILL = 0x7FFF0000, 0x80000000
_EPERM, _ENOSYS = 0x00050001, 0x00050026
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _AND, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x54, 0x06
_NUMBER, _ARCH = 0, 4

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 1, 4, 38
_SET_MODE_FILTER, _ALL_THREADS = 1, 1

_libc = ctypes.CDLL(None, use_errno=True)


class Unsupported(Exception):
    """This kernel or processor lacks what the sandbox needs."""


def guard_supervisor() -> None:
    """No process of the same user may read or trace this one, and it dies with the process that started it."""
    _prctl(_PR_SET_DUMPABLE, 0)
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def limit(memory_bytes: int, cpu_seconds: float) -> None:
    """Bound this process. CPU time is watched more finely by the supervisor; this is its backstop."""
    seconds = int(2 * cpu_seconds) + 5  # the kernel counts it in whole ticks, too many on a busy machine
    for kind, value in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_NPROC, 64),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
        (resource.RLIMIT_STACK, 64 << 20),  # memoised recursion as contest programs write it
    ):
        with contextlib.suppress(ValueError):  # a lower hard limit is there already
            resource.setrlimit(kind, (value, value))


def no_new_privileges() -> None:
    """No program started from here gains rights; seccomp and Landlock want it first."""
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)


def seccomp(*, threads: bool, files: bool = True) -> None:
    """Allow only the calls of `syscalls`, from now on, in all threads of this process and all it starts.

    `threads` also allows to start threads; without `files`, nothing can be opened any more. Raises Unsupported.
    """
    if platform.machine() not in syscalls.PROCESSORS:
        raise Unsupported(f"no table of system calls for {platform.machine()}")
    program = b"".join(_filter(os.getpid(), threads, files))
    code = ctypes.create_string_buffer(program)

    class Program(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_void_p))

    number = syscalls.SECCOMP[syscalls.PROCESSORS[platform.machine()][0]]
    filled = Program(len(program) // 8, ctypes.addressof(code))
    if _libc.syscall(number, _SET_MODE_FILTER, _ALL_THREADS, ctypes.byref(filled)) != 0:
        raise Unsupported(f"seccomp: {os.strerror(ctypes.get_errno())}")


def _filter(process: int, threads: bool, files: bool) -> Iterable[bytes]:
    column, architecture = syscalls.PROCESSORS[platform.machine()]
    yield from (_step(_LOAD, _ARCH), _step(_EQUAL, architecture, 1, 0), _step(_RETURN, _KILL), _step(_LOAD, _NUMBER))
    if column == 0:  # the x32 numbers of x86-64
        yield from (_step(_AT_LEAST, 0x40000000, 0, 1), _step(_RETURN, _KILL))
    for name, numbers in syscalls.ALLOWED.items():
        number = numbers[column]
        if number is not None and (files or name not in ("open", "openat")):
            yield from (_step(_EQUAL, number, 0, 1), _step(_RETURN, _ALLOW))
    bodies = {
        "kill": _signal_to(process, 1),
        "tgkill": _signal_to(process, 2),
        "tkill": _signal_to(process, 1),
        "prlimit64": _one_of(0, (0,)),
        "clone": [_argument(0), _step(_ANY_BIT, _THREAD, 0, 1), _step(_RETURN, _ALLOW)] if threads else [],
        "clone3": [_step(_RETURN, _ENOSYS)],  # makes the C library fall back to clone
        "socketpair": [
            _argument(0), _step(_EQUAL, 1, 0, 4),  # AF_UNIX
            _argument(1), _step(_AND, 0xF), _step(_EQUAL, 1, 0, 1),  # SOCK_STREAM, whatever its flags
            _step(_RETURN, _ALLOW),
        ],
        "sendto": [  # no address: only to the other end
            _argument(4), _step(_EQUAL, 0, 0, 3), _step(_LOAD, 16 + 8 * 4 + 4), _step(_EQUAL, 0, 0, 1),
            _step(_RETURN, _ALLOW),
        ],
        "ioctl": _one_of(1, _IOCTLS),
        "prctl": _one_of(0, _PRCTLS),
        "fcntl": _one_of(1, _FCNTLS),
    }  # fmt: skip
    for name, body in bodies.items():
        steps = [*body, _step(_RETURN, _EPERM)]
        yield from (_step(_EQUAL, syscalls.CHECKED[name][column], 0, len(steps)), *steps)
    yield _step(_RETURN, _EPERM)


def _step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("<HBBI", code, if_true, if_false, value & 0xFFFFFFFF)


def _argument(position: int) -> bytes:
    """Load the lower half of an argument."""
    return _step(_LOAD, 16 + 8 * position)


def _signal_to(process: int, position: int) -> list[bytes]:
    """A program may signal itself, but not with SIGKILL, so that one comes from outside and is not the program's."""
    return [
        _argument(0), _step(_EQUAL, process, 0, 3),
        _argument(position), _step(_EQUAL, signal.SIGKILL, 1, 0),
        _step(_RETURN, _ALLOW),
    ]  # fmt: skip


def _one_of(position: int, values: tuple[int, ...]) -> list[bytes]:
    steps = [_argument(position)]
    for value in values:
        steps += [_step(_EQUAL, value, 0, 1), _step(_RETURN, _ALLOW)]
    return steps


def landlock(readable: Iterable[str], usable: Iterable[str]) -> int:
    """Refuse all files but those below `readable` (to read) and `usable` (to read and write).

    Also refuses TCP, signals and abstract sockets where the kernel can. Returns Landlock's version, 0 without it.
    """
    version = _libc.syscall(444, None, 0, 1)
    if version < 1:
        return 0
    files = (1 << (13 + (version >= 2) + (version >= 3))) - 1 | (1 << 15 if version >= 5 else 0)
    attributes = struct.pack("<QQQ", files, 3 if version >= 4 else 0, 3 if version >= 6 else 0)
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    ruleset = _libc.syscall(444, attributes, size, 0)
    if ruleset < 0:
        return 0
    read, write, execute, listing = 4, 2, 1, 8
    for paths, rights in ((readable, read | execute | listing), (usable, read | write)):
        for path in paths:
            _allow_below(ruleset, path, rights)
    refused = _libc.syscall(446, ruleset, 0)
    os.close(ruleset)
    return 0 if refused else int(version)


def _allow_below(ruleset: int, path: str, rights: int) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    if not os.path.isdir(path):  # noqa: PTH112 - inside the sandbox, before anything heavy is loaded
        rights &= 0b0111
    _libc.syscall(445, ruleset, 1, struct.pack("<Qi", rights, descriptor), 0)
    os.close(descriptor)


def _prctl(option: int, first: int, second: object = 0) -> None:
    if _libc.prctl(option, first, second, 0, 0) != 0:
        raise Unsupported(f"prctl {option}: {os.strerror(ctypes.get_errno())}")
