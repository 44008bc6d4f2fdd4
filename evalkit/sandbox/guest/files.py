"""The files a program sees: its own, in memory; and stdin and stdout by number.

A program that writes `notes.txt` beside itself can read it back, and everything is gone when the program is. Only
relative paths are kept here; any other goes to the operating system, which refuses it. This makes programs work the
same on every backend. It is no part of the isolation: a program may undo it and gains nothing.
"""

from __future__ import annotations

import builtins
import errno
import io
import os
from typing import Any

MAX_BYTES = 16 << 20  # of all files of a program together
MAX_FILES = 256

_real_open, _real_read, _real_write = io.open, os.read, os.write
_real_remove, _real_exists, _real_isfile = os.remove, os.path.exists, os.path.isfile
_files: dict[str, bytes] = {}


class _File(io.BytesIO):
    """A file in memory, kept when it is closed or flushed."""

    def __init__(self, name: str, data: bytes) -> None:
        super().__init__(data)
        self._name = name
        _files[name] = data

    def write(self, data: Any) -> int:
        others = sum(len(kept) for name, kept in _files.items() if name != self._name)
        if others + self.tell() + len(memoryview(data).cast("B")) > MAX_BYTES:
            raise OSError(errno.ENOSPC, "No space left on device", self._name)
        return super().write(data)

    def flush(self) -> None:
        super().flush()
        _files[self._name] = self.getvalue()

    def close(self) -> None:
        if not self.closed:
            _files[self._name] = self.getvalue()
        super().close()


class Printed(io.RawIOBase):
    """Keeps what a program prints, up to a limit in bytes; `lost` says whether there was more."""

    def __init__(self, limit: int) -> None:
        self.kept, self.limit, self.lost = bytearray(), limit, False

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        data = bytes(data)
        room = self.limit - len(self.kept)
        self.kept += data[:room]
        self.lost = self.lost or len(data) > room
        return len(data)


def install(stdin: Any = None, stdout: Any = None, printed: Printed | None = None) -> None:
    """Let `open` and its relatives see files in memory and, in a program with streams, descriptors 0 and 1."""

    def open_(file: Any, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
        if isinstance(file, int):
            stream = {0: stdin, 1: stdout}.get(file)
            if stream is None:
                return _real_open(file, mode, *args, **kwargs)
            return stream.buffer if "b" in mode else stream
        name = _own_name(file)
        if name is None or (name not in _files and not set(mode) & set("wax+")):
            return _real_open(file, mode, *args, **kwargs)
        return _open_own(name, mode, *args, **kwargs)

    builtins.open = io.open = open_
    os.remove = os.unlink = _remove
    os.path.exists = lambda path: _own_name(path) in _files or _real_exists(path)
    os.path.isfile = lambda path: _own_name(path) in _files or _real_isfile(path)
    if printed is not None:
        os.read = lambda number, size: stdin.buffer.read(size) if number == 0 else _real_read(number, size)

        def write(number: int, data: Any) -> int:
            if number != 1:
                return _real_write(number, data)
            stdout.flush()
            return printed.write(data)

        os.write = write


def _own_name(path: Any) -> str | None:
    """The normal form of a relative path, None for any other."""
    try:
        name = os.path.normpath(os.fsdecode(path))
    except TypeError:
        return None
    return None if name.startswith(("/", "..")) else name


def _open_own(
    name: str,
    mode: str,
    buffering: int = -1,
    encoding: str | None = None,
    errors: str | None = None,
    newline: str | None = None,
    *_: Any,
) -> Any:
    if "x" in mode and name in _files:
        raise FileExistsError(errno.EEXIST, "File exists", name)
    if "r" in mode and name not in _files:
        raise FileNotFoundError(errno.ENOENT, "No such file or directory", name)
    if name not in _files and len(_files) >= MAX_FILES:
        raise OSError(errno.ENOSPC, "No space left on device", name)
    file = _File(name, b"" if "w" in mode else _files.get(name, b""))
    if "a" in mode:
        file.seek(0, io.SEEK_END)
    if "b" in mode:
        return file
    return io.TextIOWrapper(file, encoding=encoding or "utf-8", errors=errors, newline=newline)


def _remove(path: Any, *args: Any, **kwargs: Any) -> None:
    name = _own_name(path)
    if name is not None and name in _files:
        del _files[name]
    else:
        _real_remove(path, *args, **kwargs)
