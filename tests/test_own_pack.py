"""docs/own-pack.md, as a reader would follow it: its files are written and its commands run, in order."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from support.answering_server import AnsweringServer, Behaviour, reply

from evalkit import cli

PAGE = Path(__file__).resolve().parents[1] / "docs/own-pack.md"
TEAMS = {"charged": "Billing", "router": "network", "Bildschirm": "hardware", "password": "accounts"}


@pytest.fixture(autouse=True)
def _listed(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("import", "rescore"):
        monkeypatch.setitem(cli.COMMANDS["measure"], name, cli.COMMANDS["measure"].get(name, ""))


async def answer(body: dict[str, Any], _: int, __: web.Request) -> web.StreamResponse:
    text = body["messages"][-1]["content"]
    assert text.startswith("Which team solves this ticket")
    return web.json_response(reply(next((team for word, team in TEAMS.items() if word in text), "Accounts")))


def blocks() -> Iterator[tuple[str, str]]:
    """(what the block is, its text): `sh`, or the file that it shows."""
    for info, text in re.findall(
        r"^```(\S[^\n]*)\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    ):
        kind, _, name = info.partition(" ")
        yield name or kind, text


def test_the_page_works_from_the_first_command_to_the_last(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    serve: Callable[[Behaviour], AnsweringServer],
) -> None:
    monkeypatch.chdir(tmp_path)
    url = serve(answer).url
    printed: dict[str, str] = {}
    for name, text in blocks():
        if name != "sh":
            Path(name).write_text(text, encoding="utf-8")
            continue
        for line in text.splitlines():
            command, _, comment = line.partition("#")
            expected = re.search(r"exit code (\d+)", comment)
            words = [found for word in shlex.split(command) for found in expanded(word)]
            if words[0] == "cd":
                monkeypatch.chdir(words[1])
                point_to(url)
                continue
            assert words[0] == "evalkit"
            code = cli.main(words[1:])
            out, err = capsys.readouterr()
            assert code == (int(expected.group(1)) if expected else 0), f"{line}\n{out}\n{err}"
            printed[f"{words[1]} {words[-1]}"] = out
    assert "columns left out: customer" in printed["import ignore_case=true"]
    assert "example.org" not in Path("tasks/triage.json").read_text()
    rescored = next(out for command, out in printed.items() if command.startswith("rescore"))
    assert "1 of 6 results changed" in rescored
    assert "21: 0 -> 1" in rescored
    assert Path("reports/runs/gates/triage-swap/report.md").is_file()


def expanded(word: str) -> list[str]:
    """A word of a command line, its `*` replaced as a shell does."""
    return sorted(map(str, Path().glob(word))) if "*" in word else [word]


def point_to(url: str) -> None:
    """Put the two endpoints of the page where a test can answer for them."""
    card = json.loads(Path("providers/our-vllm.json").read_text())
    Path("providers/our-vllm.json").write_text(json.dumps({**card, "base_url": url}))
    closed = {"name": "openai", "wire": "openai_chat", "base_url": url, "weights": "closed", "models": {"gpt-5.4": {}}}
    Path("providers/openai.json").write_text(json.dumps(closed))


def test_the_scorers_that_the_page_names_are_there() -> None:
    from evalkit import scorers

    table = PAGE.read_text(encoding="utf-8").partition("| the answer is |")[2].partition("\n\n")[0]
    named = {name for row in table.splitlines()[2:] for name in re.findall(r"`([a-z_]+)`", row.split("|")[2])}
    named -= {"choices"}  # a field
    assert {"exact", "choice", "numeric", "math", "json_schema", "json_value", "regex", "code"} == named
    assert named <= set(scorers.names())
