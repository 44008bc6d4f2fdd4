"""The error taxonomy, one recorded shape a row, and how long a reply asks us to wait."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.wires._errors import CODES, classify, retry_after

ROWS = json.loads((Path(__file__).parent / "fixtures" / "wires" / "errors.json").read_text())
KINDS = {*CODES, "bad_request"}
NOW = 1_795_004_800.0  # 2026-11-18T12:26:40Z


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['kind']}-{row['row']}" for row in ROWS])
def test_each_row_of_the_taxonomy(row: dict[str, Any]) -> None:
    kind, message, request_id = classify(row["status"], row["body"], row.get("headers", {}))
    assert (kind, request_id or None) == (row["kind"], row.get("request_id", request_id))
    assert message and len(message) <= 500
    assert message == row.get("message", message)


def test_the_table_covers_every_class() -> None:
    assert {row["kind"] for row in ROWS} == KINDS


@pytest.mark.parametrize("row", [row for row in ROWS if isinstance(row["body"], dict)], ids=lambda row: str(row["row"]))
def test_a_body_given_as_text_is_read_the_same(row: dict[str, Any]) -> None:
    headers = row.get("headers", {})
    assert classify(row["status"], json.dumps(row["body"]), headers) == classify(row["status"], row["body"], headers)


def test_request_ids_are_found_in_headers_of_any_case() -> None:
    assert classify(500, None, {"X-Request-ID": "r1"})[2] == "r1"
    assert classify(500, None, {})[2] is None


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "7"}, 7),
        ({"Retry-After": "1.5"}, 1.5),
        ({"retry-after-ms": "250", "retry-after": "7"}, 0.25),
        ({"retry-after": "Wed, 18 Nov 2026 12:27:10 GMT"}, 30),
        ({"retry-after": "Wed, 18 Nov 2026 12:26:10 GMT"}, 0),
        ({"retry-after": "Wed, 18 Nov 2026 12:27:10 GMT", "date": "Wed, 18 Nov 2026 12:27:00 GMT"}, 10),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "-3"}, 0),
        ({"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "1m30s"}, 90),
        ({"x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "76ms"}, 0.076),
        ({"x-ratelimit-remaining-tokens": "12", "x-ratelimit-reset-tokens": "6m0s"}, None),
        (
            {
                "x-ratelimit-remaining-requests": "0",
                "x-ratelimit-reset-requests": "2s",
                "x-ratelimit-remaining-tokens": "0",
                "x-ratelimit-reset-tokens": "1h2m",
            },
            3720,
        ),
        (
            {
                "anthropic-ratelimit-input-tokens-remaining": "0",
                "anthropic-ratelimit-input-tokens-reset": "2026-11-18T12:26:55Z",
                "anthropic-ratelimit-requests-remaining": "49",
                "anthropic-ratelimit-requests-reset": "2026-11-18T12:36:40Z",
            },
            15,
        ),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1795004804000"}, 4),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1795004809"}, 9),
        ({"retry-after": "3", "x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "9s"}, 3),
    ],
)
def test_how_long_to_wait(headers: dict[str, str], seconds: float | None) -> None:
    now = None if "date" in headers else NOW
    assert retry_after(headers, now=now) == (seconds if seconds is None else pytest.approx(seconds))


def test_the_delay_may_stand_in_the_body() -> None:
    body = {
        "error": {"details": [{"@type": "google.rpc.Help"}, {"@type": "google.rpc.RetryInfo", "retryDelay": "34s"}]}
    }
    assert retry_after({}, body, now=NOW) == 34
    assert retry_after({"retry-after": "2"}, body, now=NOW) == 2


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["error", "message", "code", "type", "details", "detail", "param"]), inner, max_size=4
        )
    ),
    max_leaves=8,
)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(status=st.none() | st.integers(100, 599), body=ANY_JSON, wait=st.text(max_size=12))
def test_nothing_a_server_sends_breaks_it(status: int | None, body: Any, wait: str) -> None:
    kind, message, _ = classify(status, body, {"retry-after": wait})
    assert kind in KINDS and message
    seconds = retry_after({"retry-after": wait}, now=NOW)
    assert seconds is None or 0 <= seconds < float("inf")
