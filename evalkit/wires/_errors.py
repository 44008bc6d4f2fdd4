"""What an error reply means: its class in the error taxonomy, and how long to wait.

    class            what it means for the caller
    rate_limit       wait and retry with a smaller limit
    quota            money or a daily allowance is used up: waiting does not help, stop this provider
    overloaded       the server's trouble: retry
    context_length   the prompt is too long for this model: final, this sample was not run
    filtered         a policy refused the prompt: final, and not an error of ours
    invalid_schema   the endpoint does not take this schema: the next structured mode may do
    bad_request      our request is wrong: final
    auth, not_found  every further call would fail in the same way: stop this provider
    bad_response     a reply that is no answer: retry once or twice

Codes are told apart first, then words, then the HTTP status. Codes and words of many servers share one list, as a
server that imitates another one also imitates its errors; no vendor is asked for by name.
"""

from __future__ import annotations

import json
import math
import re
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from evalkit.wires._replies import count, part, parts, text

CODES: Mapping[str, tuple[str, ...]] = {
    "quota": (
        "insufficient_quota", "billing_error", "credit_balance_exhausted", "organization_spend_limit_exceeded",
        "project_spend_limit_exceeded", "organization_usage_limit_exceeded", "enforced_spend_limit_reached",
        "contract_spend_limit_reached", "linked_organization_spend_limit_reached", "billing_hard_limit_reached",
        "servicequotaexceededexception", "insufficient_balance",
    ),
    "context_length": (
        "context_length_exceeded", "exceed_context_size_error", "model_context_window_exceeded", "model_length",
    ),
    "filtered": (
        "content_filter", "responsibleaipolicyviolation", "content_policy_violation", "invalid_prompt", "bio_policy",
        "cyber_policy", "moderation_blocked",
    ),
    "bad_response": ("json_validate_failed", "tool_use_failed"),
    "overloaded": (
        "overloaded_error", "server_error", "internal_error", "internal_server_error", "api_error", "timeout_error",
        "service_unavailable", "unavailable", "deadline_exceeded", "internal", "modelnotreadyexception",
        "modelnotready", "engine_overloaded", "slow_down", "abort", "insufficient_system_resource",
        "internalserverexception", "serviceunavailableexception", "modeltimeoutexception",
    ),
    "rate_limit": (
        "rate_limit_error", "rate_limit_exceeded", "throttlingexception", "resource_exhausted", "capacity_exceeded",
        "too_many_requests",
    ),
    "invalid_schema": ("invalid_json_schema", "invalid_schema"),
    "auth": (
        "invalid_api_key", "authentication_error", "permission_error", "permission_denied", "unauthenticated",
        "api_key_invalid", "accessdeniedexception", "unrecognizedclientexception", "invalid_authentication",
    ),
    "not_found": ("model_not_found", "not_found_error", "not_found", "deploymentnotfound", "resourcenotfoundexception"),
}  # fmt: skip

WORDS: Mapping[str, tuple[str, ...]] = {
    "quota": (
        r"exceeded your current quota", r"you have reached your specified .{0,40}usage limits",
        r"credit balance is too low", r"insufficient (balance|credits|funds)", r"\blimit: 0(?![.\d])",
        r"too many tokens per day",
    ),
    "context_length": (
        r"maximum context length", r"model's context length is only", r"longer than the model's context length",
        r"requested token count exceeds", r"exceeds the maximum number of tokens allowed", r"prompt is too long",
        r"input is too long", r"too large for model with", r"exceeds the context length",
        r"longer than the context length", r"`inputs` tokens \+", r"exceeds the available context size",
        r"input length .{0,40}exceeds? (the )?(maximum|context)",
    ),
    "filtered": (
        r"content management policy", r"flagged as potentially violating", r"content filtering policy",
        r"requires moderation",
    ),
    "overloaded": (r"server busy", r"overloaded", r"maximum pending requests"),
}  # fmt: skip

SCHEMA_WORDS = (
    r"response_format|json[ _]?schema|response_schema|responseschema|output_config\.format|text\.format"
    r"|structured[ _]outputs?|grammar"
)
REQUEST_IDS = ("x-request-id", "request-id", "x-amzn-requestid", "apim-request-id", "x-ms-request-id")
SHOWN = 500  # characters of a server's message that are kept


def classify(
    status: int | None, body: Mapping[str, Any] | str | None, headers: Mapping[str, str]
) -> tuple[str, str, str | None]:
    """(class, message, request id) of an error reply, of an error event inside a stream (status None), or of a reply
    with status 200 that is no answer. A body that is text is read as JSON where it is JSON."""
    told = _object(body)
    lower = {name.lower(): value for name, value in headers.items()}
    message = _message(told, body) or (
        f"HTTP {status}" if status and status >= 400 else "neither an answer nor an error"
    )
    request_id = next((lower[name] for name in REQUEST_IDS if name in lower), None) or text(told, "request_id") or None
    inner = count(told, "error.code", "code")
    if (status is None or status < 400) and inner is not None and 400 <= inner < 600:
        status = inner  # a gateway had already said 200 when the model behind it failed
    return _kind(status, set(_codes(told, lower)), told, message), message[:SHOWN], request_id


def retry_after(
    headers: Mapping[str, str], body: Mapping[str, Any] | None = None, *, now: float | None = None
) -> float | None:
    """Seconds the server wants us to wait; None = it did not say.

    `retry-after-ms`, else `retry-after` (seconds or an HTTP date), else the delay in the error's details, else the
    longest reset among the rate-limit dimensions that have nothing left. `now` is an epoch in seconds; by default the
    server's own `date` header, so that a wrong clock here does no harm.
    """
    lower = {name.lower(): value for name, value in headers.items()}
    if now is None:
        now = _moment(lower.get("date", "")) or time.time()
    milliseconds = _seconds(lower.get("retry-after-ms", ""), now)
    if milliseconds is not None:
        return milliseconds / 1000
    waits = [_seconds(lower.get("retry-after", ""), now)]
    if waits[0] is None:
        waits = [_seconds(text(detail, "retryDelay"), now) for detail in parts(part(body, "error"), "details")]
    if not any(wait is not None for wait in waits):
        waits = [
            _seconds(lower.get(name.replace("remaining", "reset"), ""), now)
            for name, left in lower.items()
            if "ratelimit" in name and "remaining" in name and left.strip() == "0"
        ]
    return max((wait for wait in waits if wait is not None), default=None)


def _kind(status: int | None, codes: set[str], told: Mapping[str, Any], message: str) -> str:
    if "resource_exhausted" in codes:  # one name and one wording for the allowance of a minute and of a day
        return "quota" if re.search(r"per_?day|limit: 0(?![.\d])", json.dumps(told), re.IGNORECASE) else "rate_limit"
    for kind, known in CODES.items():
        if not codes.isdisjoint(known):
            if kind == "rate_limit" and _says("quota", message):
                return "quota"
            return kind
    if status == 403 and "flagged_input" in part(part(told, "error"), "metadata"):
        return "filtered"
    for kind in WORDS:
        if _says(kind, message):
            return kind
    if status in (400, 422):
        about = f"{text(part(told, 'error'), 'param')} {text(told, 'param')} {message}"
        return "invalid_schema" if re.search(SCHEMA_WORDS, about, re.IGNORECASE) else "bad_request"
    by_status = {401: "auth", 403: "auth", 404: "not_found", 402: "quota", 429: "rate_limit", 498: "rate_limit"}
    if status in by_status:
        return by_status[status]
    if status is not None and (status in (408, 409, 425) or status >= 500):
        return "overloaded"
    return "bad_request" if status is not None and status >= 400 else "bad_response"


def _says(kind: str, message: str) -> bool:
    return any(re.search(words, message, re.IGNORECASE) for words in WORDS[kind])


def _object(body: Mapping[str, Any] | str | None) -> Mapping[str, Any]:
    """The body as an object; some endpoints wrap it in an array."""
    value: Any = body
    if isinstance(body, str):
        try:
            value = json.loads(body)
        except (ValueError, RecursionError):
            return {}
    if isinstance(value, list) and value:
        value = value[0]
    return value if isinstance(value, Mapping) else {}


def _message(told: Mapping[str, Any], body: Mapping[str, Any] | str | None) -> str:
    """The server's own words: nested, flat, a bare text, or a list of what was wrong with which field."""
    error = told.get("error")
    inner = error if isinstance(error, Mapping) else told
    for value in (inner.get("message"), error, told.get("detail"), told.get("message")):
        if isinstance(value, str) and value:
            return value
        if value:
            return json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(body, str) and not told:
        return " ".join(re.sub(r"<[^>]*>", " ", body).split())[:SHOWN]
    return ""


def _codes(told: Mapping[str, Any], headers: Mapping[str, str]) -> Iterator[str]:
    """Every machine-readable name the reply gives to its error, in lower case."""
    error = part(told, "error")
    found: list[Any] = [
        headers.get("x-amzn-errortype", "").partition(":")[0],
        told.get("__type"),
        told.get("error_type"),
    ]
    for place in (error, told if not error else {}, part(error, "innererror"), part(error, "details")):
        found += [place.get(name) for name in ("code", "type", "status", "error_code")]
    found += [detail.get("reason") for detail in parts(error, "details")]
    found += [choice.get("finish_reason") for choice in parts(told, "choices")]
    for code in found:
        if isinstance(code, str):
            yield code.rpartition("#")[2].lower()


_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}


def _seconds(value: str, now: float) -> float | None:
    """Seconds from `now`: "76ms", "1m30s", "2.5", an HTTP date, RFC 3339, an epoch in seconds or milliseconds."""
    value = value.strip()
    try:
        number = float(value)
    except ValueError:
        if value and re.fullmatch(r"(\d+(\.\d+)?(ms|s|m|h|d))+", value):
            return sum(float(size) * _UNITS[unit] for size, _, unit in re.findall(r"(\d+(\.\d+)?)(ms|s|m|h|d)", value))
        moment = _moment(value)
        return None if moment is None else max(0.0, moment - now)
    if not math.isfinite(number):
        return None
    if number > 1e11:
        number /= 1000
    return max(0.0, number - now if number > 1e8 else number)


def _moment(value: str) -> float | None:
    """An HTTP date or an RFC 3339 time as an epoch in seconds."""
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read(value)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    return None
