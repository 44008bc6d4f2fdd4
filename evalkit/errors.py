"""Every error evalkit raises on purpose.

EvalkitError                 something a person can act on; the command line prints it without a traceback
├── UsageError               bad input: exit code 2, nothing was half-written
│   ├── UnknownName          a name that is not known, with the nearest ones that are
│   └── InvalidFiles         one or more problems in JSON files, all reported together
├── InstrumentError          the instrument, not the model, failed: no quality verdict is possible (exit code 4)
│   └── SandboxUnavailable   no isolation works here, so no model-written code runs
├── BadReply                 a reply that does not have the shape its wire documents
└── CallFailed               one call failed for good, with its class from the error taxonomy
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class EvalkitError(Exception):
    """Something a person can act on."""


class UsageError(EvalkitError):
    """Bad input. Exit code 2."""


class UnknownName(UsageError):
    """A name that is not known. The message lists the nearest names."""


SHOWN_PROBLEMS = 20


class Problem(NamedTuple):  # a dataclass would take ten times as long to make, at every start
    """One mistake in one file: where it is, what is wrong, what was expected."""

    file: str
    pointer: str  # JSON pointer, "" for the whole file
    line: int | None  # 1-based
    message: str

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{where}: {self.pointer or '/'}: {self.message}"


class InvalidFiles(UsageError):
    """Problems in JSON files; `problems` holds all of them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        told = [str(problem) for problem in self.problems[:SHOWN_PROBLEMS]]
        if len(self.problems) > SHOWN_PROBLEMS:
            told.append(f"... and {len(self.problems) - SHOWN_PROBLEMS} more like these")
        super().__init__("\n".join(told))


class InstrumentError(EvalkitError):
    """The instrument failed; quality cannot be judged. Exit code 4."""


class SandboxUnavailable(InstrumentError):
    """No isolation backend works on this machine; the message says what was tried and why each failed."""


class BadReply(EvalkitError):
    """A reply body that does not have the documented shape."""


class CallFailed(EvalkitError):
    """One call failed for good.

    `kind` is the class of the error taxonomy: rate_limit, quota, overloaded, context_length, filtered, bad_request,
    invalid_schema, auth, not_found, bad_response, timeout or connection.
    """

    def __init__(
        self, kind: str, message: str, *, status: int | None = None, request_id: str | None = None, attempts: int = 1
    ) -> None:
        super().__init__(message)
        self.kind = kind
        self.status = status
        self.request_id = request_id
        self.attempts = attempts
