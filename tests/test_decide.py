"""`evalkit decide`: requests in, verdicts out, exit codes, and clear answers to mistakes."""

from __future__ import annotations

import argparse
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from evalkit.commands import decide as command
from evalkit.errors import UsageError

ROOT = Path(__file__).resolve().parents[1]
RUN = """
import argparse, sys
from evalkit.commands import decide
parser = argparse.ArgumentParser()
decide.arguments(parser)
sys.exit(decide.main(parser.parse_args()))
"""
PARITY = {"baseline": [1.0] * 100, "candidate": [1.0] * 100, "clusters": None, "margin": 0.05, "alpha": 0.05}


def run(monkeypatch: pytest.MonkeyPatch, text: str, *options: str) -> int:
    parser = argparse.ArgumentParser()
    command.arguments(parser)
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))
    return command.main(parser.parse_args(options))


@pytest.mark.parametrize(
    "change,word,code",
    [
        ({}, "parity", 0),
        ({"baseline": [0.0] * 50 + [1.0] * 50}, "superior", 0),
        ({"candidate": [0.0] * 50 + [1.0] * 50}, "inferior", 1),
        ({"margin": 0.01}, "inconclusive", 3),
        ({"candidate": [None] * 100}, "invalid", 4),
        ({"clusters": ["one"] * 100}, "inconclusive", 3),
        ({"baseline": [[1, 1]] * 100, "candidate": [[1, None]] * 100, "power": 0.9}, "inferior", 1),
        ({"candidate": [1.0] * 60 + [None] * 40}, "inferior", 1),
        ({"candidate": [1.0] * 60 + [None] * 40, "missing": "both_ways"}, "inconclusive", 3),
    ],
)
def test_one_request_one_verdict(
    change: dict[str, Any], word: str, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, json.dumps(PARITY | change), "--json") == code
    verdict = json.loads(capsys.readouterr().out)
    assert verdict["verdict"] == word
    assert {"ci_low", "ci_high", "n_needed", "p_noninferior", "p_superior", "p_inferior", "method"} <= set(verdict)


def test_plain_text_is_short_and_says_what_would_change_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, json.dumps(PARITY | {"candidate": [1.0] * 97 + [0, 0, None]})) == 3
    text = capsys.readouterr().out
    assert text.startswith("Undecided: a loss of up to")
    assert "1 missing" in text and "100: 0 won, 3 lost, 97 tied" in text
    assert len(text.splitlines()) <= 6


@pytest.mark.parametrize(
    "text,message",
    [
        ("", "not a JSON object"),
        ("[1, 2]", "expected a JSON object"),
        ('{"baseline": [1], "candidate": [1]}', "no 'margin'"),
        (
            '{"baseline": [1], "candidate": [1], "margin": 0.05, "margn": 1}',
            "unknown key 'margn'; did you mean 'margin'",
        ),
        ('{"baseline": [NaN], "candidate": [1], "margin": 0.05}', "NaN is not JSON"),
        ('{"baseline": [1], "candidate": [1, 1], "margin": 0.05}', "candidate has 2"),
        ('{"baseline": [1, 0], "candidate": [1, 1.5], "margin": 0.05, "ids": ["a", "q7"]}', "item 'q7': score 1.5"),
        ('{"baseline": [1], "candidate": [1], "margin": 0}', "margin"),
        ('{"baseline": {"a": 1}, "candidate": [1], "margin": 0.1}', "baseline: expected a list"),
        ('{"baseline": [1], "candidate": [1], "margin": 0.1, "clusters": "abc"}', "clusters: expected a list"),
        ('{"baseline": [1], "candidate": [1], "margin": 0.1, "ids": 3}', "ids: expected a list"),
        ("[" * 100_000, "not a JSON object"),
    ],
)
def test_a_mistake_is_named(text: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match=message):
        run(monkeypatch, text, "--json")


def test_one_process_answers_line_by_line_and_survives_bad_requests() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", RUN, "--jsonl"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        assert process.stdin and process.stdout

        def ask(line: str) -> dict[str, Any]:
            process.stdin.write(line + "\n")
            process.stdin.flush()
            answer: dict[str, Any] = json.loads(process.stdout.readline())  # hangs unless each line is flushed
            return answer

        assert ask(json.dumps(PARITY))["verdict"] == "parity"
        assert "unknown key" in ask('{"x": 1}')["error"]
        assert "not a JSON object" in ask("")["error"]
        assert ask(json.dumps(PARITY | {"margin": 0.01}))["verdict"] == "inconclusive"
        process.stdin.close()
        assert process.wait(10) == 0


def test_the_module_imports_without_numpy() -> None:
    code = "import sys; from evalkit.commands import decide; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
