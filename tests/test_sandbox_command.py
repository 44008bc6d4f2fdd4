"""`evalkit sandbox check`: the ladder, its causes, and the attacks on demand."""

from __future__ import annotations

import argparse
import json

import pytest

from evalkit.commands import sandbox as command
from evalkit.errors import UsageError
from evalkit.sandbox import BACKENDS, attacks


def run(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    command.arguments(parser)
    return command.main(parser.parse_args(arguments))


def test_every_rung_is_shown_with_its_cause(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", "--needs", "no_such_package") == 4
    printed = capsys.readouterr().out
    assert [line.split()[0] for line in printed.splitlines() if " no   " in line] == [
        n for n in BACKENDS if n != "none"
    ]
    assert "wasm    no   does not offer no_such_package" in printed
    assert "none would run" in printed


def test_the_backend_that_runs_would_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", "--backend", "wasm", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["used"], told["safe"]) == ("wasm", True)
    (rung,) = told["backends"]
    assert rung["works"] and rung["self_test"] and "attacks" not in rung


def test_an_attack_that_succeeds_is_told_and_not_safe(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    weak = attacks.Attack("wins", "host", "always wins", "def attack(place):\n    return ['everything']\n")
    strong = attacks.Attack("loses", "host", "gives up", "def attack(place):\n    return []\n")
    monkeypatch.setattr(attacks, "attacks", lambda: (weak, strong))
    assert run("check", "--backend", "wasm", "--attacks") == 4
    printed = capsys.readouterr().out
    assert "1 of 2 attacks stopped" in printed
    assert "NOT STOPPED: wins (always wins): everything" in printed


def test_an_unknown_backend_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="no sandbox backend 'jail'"):
        run("check", "--backend", "jail")
