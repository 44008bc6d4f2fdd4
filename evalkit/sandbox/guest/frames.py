"""Length-prefixed messages over a pipe: four bytes, little endian, then that many bytes."""

from __future__ import annotations

import struct
from typing import IO

MAX_HOST_FRAME = 64 << 20  # bytes; between trusted processes


def write(stream: IO[bytes], data: bytes) -> None:
    """Send one message."""
    stream.write(struct.pack("<I", len(data)) + data)
    stream.flush()


def read(stream: IO[bytes], limit: int = MAX_HOST_FRAME) -> bytes:
    """The next message. Raises EOFError when the other side is gone, ValueError when it claims more than `limit`."""
    (size,) = struct.unpack("<I", _exactly(stream, 4))
    if size > limit:
        raise ValueError(f"a message of {size} bytes, more than {limit}")
    return _exactly(stream, size)


def _exactly(stream: IO[bytes], size: int) -> bytes:
    data = stream.read(size)
    if len(data) != size:
        raise EOFError
    return data
