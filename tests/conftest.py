"""Fixtures that tests share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.answering_server import AnsweringServer, Behaviour
from support.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.chdir(tmp_path)
    return Workspace(tmp_path, capsys)


@pytest.fixture
def serve() -> Iterator[Callable[[Behaviour], AnsweringServer]]:
    """Start local servers that end with the test."""
    started: list[AnsweringServer] = []

    def start(behave: Behaviour) -> AnsweringServer:
        server = AnsweringServer(behave)
        server.__enter__()
        started.append(server)
        return server

    yield start
    for server in started:
        server.__exit__()
