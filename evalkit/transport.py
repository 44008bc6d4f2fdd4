"""The network: the one place that opens sockets to models.

One retry policy, one wall-clock deadline an attempt, one error taxonomy; only the hosts it was told of; keys are read
from the environment here, put into headers here, and cut out of everything that comes back.
"""

from __future__ import annotations

import asyncio
import os
import random
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import orjson

from evalkit import wires
from evalkit.calls import Call, Completion, Failure, Request, Timings
from evalkit.cards import Model
from evalkit.errors import BadReply, CallFailed, UsageError
from evalkit.wires import Wire
from evalkit.wires._errors import classify, retry_after

MAX_REPLY_BYTES = 64 << 20
PASSING = frozenset({"rate_limit", "overloaded", "timeout", "connection"})  # worth another try
FATAL = frozenset({"auth", "not_found", "quota"})  # no other call to this provider can succeed


@dataclass(frozen=True, slots=True)
class Retries:
    """How long one call is tried. Waits are full jitter: uniform between 0 and `base_seconds` doubled each time."""

    attempts: int = 6
    bad_replies: int = 3  # attempts when the reply is not what its wire documents
    base_seconds: float = 1.0
    cap_seconds: float = 60.0
    longest_wait: float = 300.0  # of a Retry-After; a server that asks for more has failed this call

    def wait(self, attempt: int, asked: float | None, draw: random.Random) -> float:
        """Seconds before attempt number `attempt` + 1; what the server asked for is a minimum."""
        jitter = draw.uniform(0, min(self.cap_seconds, self.base_seconds * 2.0**attempt))
        return jitter if asked is None else asked + draw.uniform(0, min(1.0, self.base_seconds))


class Transport:
    """Asks models. `hosts` are the only ones that may be contacted."""

    def __init__(
        self, hosts: Iterable[str], *, connections: int, retries: Retries | None = None, seed: int = 0
    ) -> None:
        self._hosts = frozenset(hosts)
        self._retries = retries or Retries()
        self._draw = random.Random(seed)  # noqa: S311 - jitter, not secrets
        self._secrets: set[str] = set()
        self._wires: dict[str, Wire] = {}
        self._headers: dict[str, dict[str, str]] = {}
        connector = aiohttp.TCPConnector(limit=connections, keepalive_timeout=4)
        self._session = aiohttp.ClientSession(
            connector=connector, auto_decompress=True, timeout=aiohttp.ClientTimeout(total=None, sock_connect=10)
        )

    async def __aenter__(self) -> Transport:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self._session.close()

    async def ask(self, model: Model, request: Request) -> Call:
        """The call, with its completion or its failure.

        Raises CallFailed only where no other call to this endpoint can succeed: auth, not_found, quota.
        """
        wire = self._wire(model.wire)
        path, body = wire.encode(model.served_as, request)
        body, _ = model.adapt(body)
        data = orjson.dumps(body)
        headers = self._headers_for(model, wire)
        retries: list[Failure] = []
        while True:
            started = time.monotonic()
            reply = await self._attempt(model.base_url + path, data, headers, model.timeout_seconds, wire)
            if isinstance(reply, Completion):
                timings = Timings(latency=round(time.monotonic() - started, 6))
                return Call(path, body, reply, None, timings, tuple(retries))
            failure, asked = reply
            if failure.kind in FATAL:
                raise CallFailed(
                    failure.kind, failure.message, status=failure.status,
                    request_id=failure.request_id, attempts=len(retries) + 1,
                )  # fmt: skip
            wait = self._wait(failure.kind, len(retries), asked)
            if wait is None:
                return Call(path, body, None, failure, Timings(time.monotonic() - started), tuple(retries))
            retries.append(failure)
            await asyncio.sleep(wait)

    def _wait(self, kind: str, retried: int, asked: float | None) -> float | None:
        """Seconds until the next attempt, or None where there is none."""
        allowed = self._retries.attempts if kind in PASSING else 0
        if kind == "bad_response":
            allowed = self._retries.bad_replies
        if retried + 1 >= allowed or (asked or 0) > self._retries.longest_wait:
            return None
        return self._retries.wait(retried, asked, self._draw)

    async def _attempt(
        self, url: str, data: bytes, headers: Mapping[str, str], seconds: float, wire: Wire
    ) -> Completion | tuple[Failure, float | None]:
        """One attempt: a completion, or the failure and how long the server asks to wait."""
        try:
            async with (
                asyncio.timeout(seconds),
                self._session.post(url, data=data, headers=headers, allow_redirects=False) as response,
            ):
                payload = await _read(response)
                status, received = response.status, response.headers
        except TimeoutError:
            return Failure("timeout", f"no answer within {seconds:g} s"), None
        except aiohttp.ClientPayloadError as error:
            return Failure("bad_response", self._clean(f"the reply broke off: {error}")), None
        except (aiohttp.ClientError, OSError) as error:
            return Failure("connection", self._clean(f"{type(error).__name__}: {error}")), None
        return self._read_reply(wire, status, payload, received)

    def _read_reply(
        self, wire: Wire, status: int, payload: bytes, headers: Mapping[str, str]
    ) -> Completion | tuple[Failure, float | None]:
        body: Any = None
        try:
            body = orjson.loads(payload.strip())  # DeepSeek sends blank lines to keep a call alive
        except orjson.JSONDecodeError as error:
            if status == 200:
                return Failure("bad_response", f"the reply is not JSON: {error}", status), None
            body = payload[:2000].decode("utf-8", "replace")
        if status == 200 and isinstance(body, dict):
            try:
                return wire.decode(body)
            except BadReply as error:
                if not body.get("error"):
                    return Failure("bad_response", self._clean(str(error)), status), None
        kind, message, request_id = classify(status, body, headers)
        return Failure(kind, self._clean(message), status, request_id), retry_after(headers, body)

    def _headers_for(self, model: Model, wire: Wire) -> dict[str, str]:
        key = f"{model.id} {model.base_url}"
        if key not in self._headers:
            host = urlsplit(model.base_url).netloc
            if host not in self._hosts:
                raise UsageError(f"{model.id}: the host {host!r} is not one of those this run may contact")
            self._headers[key] = {
                "Content-Type": "application/json",
                **(wire.auth(self._secret(model)) if model.api_key_env else {}),
                **model.headers,
            }
        return self._headers[key]

    def _secret(self, model: Model) -> str:
        secret = require_key(model)
        self._secrets.add(secret)
        return secret

    def _wire(self, name: str) -> Wire:
        if name not in self._wires:
            self._wires[name] = wires.load(name)
        return self._wires[name]

    def _clean(self, text: str) -> str:
        """A text from the server without our keys: some providers echo them."""
        for secret in self._secrets:
            text = text.replace(secret, "[key]")
        return text[:2000]


def require_key(model: Model) -> str:
    """The key of a model from the environment. Raises UsageError where it is not set."""
    name = model.api_key_env or ""
    secret = os.environ.get(name, "").strip()
    if not secret:
        raise UsageError(f"{model.id} needs a key: set the environment variable {name}")
    return secret


async def reachable(model: Model, seconds: float = 5.0) -> str | None:
    """None where a connection to the model's endpoint opens, else why not."""
    parts = urlsplit(model.base_url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        async with asyncio.timeout(seconds):
            _, writer = await asyncio.open_connection(parts.hostname, port)
    except TimeoutError:
        return f"no connection within {seconds:g} s"
    except OSError as error:
        return os.strerror(error.errno) if isinstance(error.errno, int) and error.errno > 0 else str(error)
    writer.close()
    return None


async def _read(response: aiohttp.ClientResponse) -> bytes:
    """The body, up to a limit that no honest reply reaches."""
    chunks: list[bytes] = []
    size = 0
    async for chunk in response.content.iter_any():
        size += len(chunk)
        if size > MAX_REPLY_BYTES:
            raise aiohttp.ClientPayloadError(f"the reply is larger than {MAX_REPLY_BYTES >> 20} MiB")
        chunks.append(chunk)
    return b"".join(chunks)
