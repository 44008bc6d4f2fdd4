"""Malformed packs, cards and claims: each error names file, JSON pointer, line and the nearest valid name."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from support.workspace import Workspace

PACK: dict[str, Any] = {
    "name": "p",
    "version": "1.0.0",
    "licence": "CC0-1.0",
    "description": "d",
    "prompt": [{"role": "user", "content": "{input}"}],
    "scorer": {"name": "numeric"},
    "samples": [{"id": "a", "input": "1+1?", "target": 2}, {"id": "b", "input": "1+2?", "target": 3}],
}
CARD: dict[str, Any] = {"name": "c", "wire": "openai_chat", "base_url": "http://localhost:1/v1", "models": {"m": {}}}
CLAIM: dict[str, Any] = {
    "question": "?",
    "baseline": "c/m",
    "candidate": "c/n",
    "packs": {"p": {"margin": 0.05}},
}

Edit = Callable[[dict[str, Any]], object]


def text(document: dict[str, Any], edit: Edit = lambda _: None) -> str:
    copied = json.loads(json.dumps(document))
    edit(copied)
    return json.dumps(copied, indent=1)


CASES: dict[str, tuple[str, str | bytes, str, str]] = {
    "unknown key": (
        "tasks/p.json", text(PACK, lambda d: d.update(scoer=d.pop("scorer"))), "/scoer", "did you mean 'scorer'"),
    "wrong type": ("tasks/p.json", text(PACK, lambda d: d.update(samples={})), "/samples", "expected an array"),
    "wrong type inside": (
        "tasks/p.json", text(PACK, lambda d: d["samples"][1].update(tags="x")), "/samples/1/tags", "expected an array"),
    "duplicate id": (
        "tasks/p.json", text(PACK, lambda d: d["samples"][1].update(id="a")), "/samples/1/id", "used twice"),
    "duplicate JSON key": (
        "tasks/p.json", text(PACK).replace('"licence"', '"name": "q",\n "licence"'), "/name", "second time"),
    "missing placeholder field": (
        "tasks/p.json", text(PACK, lambda d: d["prompt"][0].update(content="{inptu}")), "/samples/0",
        "did you mean 'input'"),
    "bad JSON": ("tasks/p.json", text(PACK)[:-3], "/", "not JSON"),
    "invalid UTF-8": ("tasks/p.json", text(PACK).encode().replace(b"1+1", b"\xff+1"), "/", "not UTF-8"),
    "empty file": ("tasks/p.json", "", "/", "empty"),
    "unknown scorer": (
        "tasks/p.json", text(PACK, lambda d: d["scorer"].update(name="numerc")), "/scorer/name",
        "did you mean 'numeric'"),
    "misspelt option": (
        "tasks/p.json", text(PACK, lambda d: d["scorer"].update(options={"tolerence": 1})),
        "/scorer/options/tolerence", "did you mean 'tolerance'"),
    "option of the wrong type": (
        "tasks/p.json", text(PACK, lambda d: d["scorer"].update(options={"tolerance": "x"})),
        "/scorer/options/tolerance", "takes"),
    "misspelt role": (
        "tasks/p.json", text(PACK, lambda d: d["prompt"][0].update(role="usr")), "/prompt/0/role",
        "did you mean 'user'"),
    "name of another file": ("tasks/p.json", text(PACK, lambda d: d.update(name="q")), "/name", "name of its file"),
    "target that is no number": (
        "tasks/p.json", text(PACK, lambda d: d["samples"][0].update(target="two")), "/samples/0/target", "number"),
    "unknown wire": (
        "providers/c.json", text(CARD, lambda d: d.update(wire="openai_chatt")), "/wire",
        "did you mean 'openai_chat'"),
    "card without models": ("providers/c.json", text(CARD, lambda d: d.pop("models")), "/", "missing key 'models'"),
    "key in a card": (
        "providers/c.json", text(CARD, lambda d: d.update(headers={"X": "Bearer sk-abc"})), "/headers/X", "secret"),
    "url without scheme": (
        "providers/c.json", text(CARD, lambda d: d.update(base_url="localhost:8000")), "/base_url", "http://"),
    "margin of 3 instead of 0.03": (
        "reports/s.json", text(CLAIM, lambda d: d["packs"]["p"].update(margin=3)), "/packs/p/margin", "below 1"),
    "unknown waiver": (
        "reports/s.json", text(CLAIM, lambda d: d.update(waive=["temprature"])), "/waive/0",
        "did you mean 'temperature'"),
    "unknown pack": (
        "reports/s.json", text(CLAIM, lambda d: d.update(packs={"q": {"margin": 0.1}})), "/packs/q", "no pack"),
    "unknown provider": (
        "reports/s.json", text(CLAIM, lambda d: d.update(candidate="cc/m")), "/candidate", "no provider 'cc'"),
    "both arms alike": ("reports/s.json", text(CLAIM, lambda d: d.update(candidate="c/m")), "/candidate", "the same"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_is_named_with_file_pointer_line_and_nearest_name(workspace: Workspace, case: str) -> None:
    name, content, pointer, message = CASES[case]
    for file, document in (("tasks/p.json", PACK), ("providers/c.json", CARD)):
        workspace.write(file, document)
    workspace.write(name, content)
    code, _, err = workspace.evalkit("check", name)
    assert code == 2
    found = [line for line in err.removeprefix("evalkit: ").splitlines() if f": {pointer}: " in line]
    assert found, err
    assert message in found[0]
    file, line, *_ = found[0].split(":")
    assert file == name
    assert line.isdigit()
    assert "Traceback" not in err


def test_all_mistakes_of_all_files_are_told_together(workspace: Workspace) -> None:
    workspace.write("tasks/p.json", text(PACK, lambda d: d.update(scoer=1, licence="", version="one")))
    workspace.write("providers/c.json", text(CARD, lambda d: d.update(wire="nothing")))
    code, _, err = workspace.evalkit("check")
    assert code == 2
    for wanted in ("/scoer", "/licence", "/version", "/wire"):
        assert wanted in err
    problems = workspace.evalkit_json("check")["problems"]
    assert {(p["file"], p["pointer"]) for p in problems} >= {
        ("tasks/p.json", "/version"),
        ("providers/c.json", "/wire"),
    }
    assert all(p["line"] for p in problems)


def test_a_mistake_in_a_samples_file_has_its_line(workspace: Workspace) -> None:
    pack = {**PACK, "samples_file": "p.jsonl"}
    del pack["samples"]
    workspace.write("tasks/p.json", pack)
    good = '{"id": "a", "input": "1+1?", "target": 2}\n'
    workspace.write("tasks/p.jsonl", good + '{"id": "b", "inptu": "x", "target": 2}\n\n' + good)
    code, _, err = workspace.evalkit("check", "p")
    assert code == 2
    assert "tasks/p.jsonl:2: /inptu: unknown key 'inptu'; did you mean 'input'?" in err
    assert "tasks/p.jsonl:4: /id: the id 'a' is used twice" in err


def test_nothing_is_written_and_nobody_is_asked_when_a_file_is_wrong(workspace: Workspace) -> None:
    workspace.write("tasks/p.json", text(PACK, lambda d: d.update(scoer=1)))
    workspace.write("providers/c.json", CARD)
    workspace.write("reports/s.json", CLAIM)
    before = sorted(workspace.root.rglob("*"))
    for command in (("run", "p", "--model", "c/m"), ("gate", "s"), ("run", "p", "--model", "nobody/m")):
        assert workspace.evalkit(*command)[0] == 2
    assert sorted(workspace.root.rglob("*")) == before


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (("chekc",), "did you mean 'check'"),
        (("run", "smos", "--model", "c/m"), "no pack 'smos'"),
        (("run", "p", "--model", "nonsense"), "expected provider/name"),
        (("run", "p", "--model", "c/m", "--samples", "9"), "has 2 samples, not 9"),
        (("gate", "nothing"), "no claim 'nothing'"),
        (("check", "nothing.json"), "no such file"),
        (("show", "nowhere"), "holds no run"),
    ],
)
def test_a_wrong_command_is_a_usage_error(workspace: Workspace, command: tuple[str, ...], message: str) -> None:
    workspace.write("tasks/p.json", PACK)
    workspace.write("providers/c.json", CARD)
    code, _, err = workspace.evalkit(*command)
    assert code == 2
    assert message in err
