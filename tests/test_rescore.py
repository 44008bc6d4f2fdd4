"""`evalkit rescore`: old answers under new targets and scorers, offline; what it refuses, keeps and says."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from hypothesis import given, settings
from hypothesis import strategies as st
from support.answering_server import AnsweringServer, Behaviour, reply
from support.workspace import Workspace, sums

from evalkit import cli, packs, rescoring
from evalkit.rescoring import rescore

Serve = Callable[[Behaviour], AnsweringServer]


@pytest.fixture(autouse=True)
def _listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(cli.COMMANDS["measure"], "rescore", "Score finished runs again, offline, and say what changed.")


def number_in(body: dict[str, Any]) -> int:
    found = re.search(r"What is (\d+)", json.dumps(body["messages"]))
    assert found
    return int(found.group(1))


async def right(body: dict[str, Any], _: int, __: web.Request) -> web.StreamResponse:
    return web.json_response(reply(f"The answer is {number_in(body) + 1}."))


def ran(workspace: Workspace, serve: Serve, *arguments: str, behave: Behaviour = right, **pack: Any) -> Path:
    """A finished run whose server is gone."""
    server = serve(behave)
    workspace.pack(**pack)
    workspace.card(server.url, profiles={"folded": {"system_prompt": "fold"}})
    assert workspace.evalkit("run", "sums", "--model", "fake/m", *arguments)[0] == 0
    workspace.card("http://127.0.0.1:9/v1")
    return workspace.runs()[-1]


def files(run: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in run.iterdir()}


def manifest(run: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((run / "run.json").read_text())
    return found


def wrong_target(count: int = 5) -> list[dict[str, Any]]:
    samples = sums(count)
    samples[2]["target"] = 99
    return samples


def test_a_corrected_target_changes_the_results_it_concerns_and_says_which(workspace: Workspace, serve: Serve) -> None:
    run = ran(workspace, serve, samples=wrong_target())
    before = files(run)
    assert manifest(run)["mean_score"] == 0.8
    fixed = workspace.pack(version="1.0.1")
    code, out, _ = workspace.evalkit("rescore", str(run))
    assert code == 0
    assert "1 of 5 results changed" in out
    assert "s2: 0 -> 1" in out
    assert "mean score 0.8000 -> 1.0000" in out
    after = manifest(run)
    assert after["mean_score"] == 1.0
    assert after["identity"] == json.loads(before["run.json"])["identity"]
    assert after["scored_with"]["pack_digest"] == packs.load(workspace.root / "tasks/sums.json").digest
    assert after["scored_with"]["pack_version"] == fixed["version"]
    assert after["rescored_at"]
    assert after["finished"] == json.loads(before["run.json"])["finished"]
    assert {line["sample"]: line["score"]["value"] for line in workspace.lines("results.jsonl", run)}["s2"] == 1.0
    (kept,) = run.glob("results.before-*.jsonl")
    assert kept.read_bytes() == before["results.jsonl"]
    assert files(run)["calls.jsonl"] == before["calls.jsonl"]


def test_another_scorer_and_its_options(workspace: Workspace, serve: Serve) -> None:
    run = ran(workspace, serve)
    workspace.pack(scorer={"name": "exact", "options": {"extract": "answer"}})
    assert workspace.evalkit_json("rescore", str(run))["runs"][0]["changed"] == 0
    workspace.pack(scorer={"name": "exact"})
    (found,) = workspace.evalkit_json("rescore", str(run))["runs"]
    assert found["changed"] == 5
    assert found["changes"][0]["before"] == {"outcome": "ok", "value": 1.0, "lenient_value": 1.0}
    assert found["changes"][0]["after"]["value"] == 0.0
    assert found["after"]["mean_score"] == manifest(run)["mean_score"] == 0.0
    assert manifest(run)["scorer"] == {"name": "exact", "options": {}}


def test_nothing_is_rewritten_where_nothing_changes(workspace: Workspace, serve: Serve) -> None:
    run = ran(workspace, serve)
    before = files(run)
    code, out, _ = workspace.evalkit("rescore", str(run))
    assert (code, "0 of 5 results changed" in out) == (0, True)
    after = files(run)
    assert {name for name in after if after[name] != before.get(name)} <= {"run.json", "lock"}
    assert set(after) == set(before)


def test_a_dry_run_writes_nothing(workspace: Workspace, serve: Serve) -> None:
    run = ran(workspace, serve, samples=wrong_target())
    workspace.pack()
    before = files(run)
    code, out, _ = workspace.evalkit("rescore", str(run), "--dry-run")
    assert (code, "1 of 5 results would change" in out) == (0, True)
    assert files(run) == before


CHANGED_PROMPTS: dict[str, dict[str, Any]] = {
    "/messages/0/content": {"prompt": [{"role": "user", "content": "{input} Now!"}]},
    "/messages": {"prompt": [{"role": "system", "content": "Count."}, {"role": "user", "content": "{input}"}]},
    "sample 1 of the pack": {"samples": sums(5)[::-1]},
    "s3: /messages/0/content": {"samples": [{**s, "input": s["input"].replace("3 +", "3  +")} for s in sums(5)]},
}


@pytest.mark.parametrize("where", CHANGED_PROMPTS)
def test_answers_to_another_prompt_are_refused(workspace: Workspace, serve: Serve, where: str) -> None:
    run = ran(workspace, serve)
    before = files(run)
    workspace.pack(**CHANGED_PROMPTS[where])
    code, _, err = workspace.evalkit("rescore", str(run))
    assert code == 2
    assert "the pack asks otherwise now" in err
    assert where in err
    assert files(run) == before


def test_a_schema_that_was_sent_may_not_change_but_targets_may(workspace: Workspace, serve: Serve) -> None:
    async def behave(body: dict[str, Any], _: int, __: web.Request) -> web.StreamResponse:
        return web.json_response(reply(json.dumps({"n": number_in(body) + 1})))

    schema = {"type": "object", "properties": {"n": {"type": "integer"}}}
    asked = {"scorer": {"name": "json_schema"}, "schema": schema, "generation": {"structured": "native"}}
    samples = [{**sample, "target": {"n": 0}} for sample in sums(3)]
    run = ran(workspace, serve, behave=behave, samples=samples, **asked)
    assert manifest(run)["mean_score"] == 0.0
    workspace.pack(samples=[{**s, "target": {"n": i + 1}} for i, s in enumerate(samples)], **asked)
    assert workspace.evalkit_json("rescore", str(run))["runs"][0]["after"]["mean_score"] == 1.0
    workspace.pack(samples=samples, **{**asked, "schema": {**schema, "required": ["n"]}})
    code, _, err = workspace.evalkit("rescore", str(run))
    assert (code, "response_format" in err) == (2, True)


def test_a_profile_that_folds_the_system_text_asks_the_same(workspace: Workspace, serve: Serve) -> None:
    prompt = [{"role": "system", "content": "Count."}, {"role": "user", "content": "{input}"}]
    run = ran(workspace, serve, "--profile", "folded", prompt=prompt, samples=wrong_target())
    assert len(workspace.lines("calls.jsonl", run)[0]["body"]["messages"]) == 1
    workspace.pack(prompt=prompt)
    assert workspace.evalkit_json("rescore", str(run))["runs"][0]["changed"] == 1


def test_epochs_seeds_and_a_run_of_the_first_samples(workspace: Workspace, serve: Serve) -> None:
    run = ran(workspace, serve, "--epochs", "3", "--seed", "5", "--samples", "4", samples=wrong_target(6))
    workspace.pack(samples=9)  # samples were added at the end
    code, out, _ = workspace.evalkit("rescore", str(run))
    assert code == 0
    assert [f"s2 (epoch {epoch}): 0 -> 1" in out for epoch in range(3)] == [True] * 3
    assert manifest(run)["scored"] == 12
    workspace.pack(samples=3)
    assert "it asked 4 samples, the pack has 3 now" in workspace.evalkit("rescore", str(run))[2]


def test_outcomes_that_are_not_the_scorers_stay(workspace: Workspace, serve: Serve) -> None:
    async def behave(body: dict[str, Any], n: int, request: web.Request) -> web.StreamResponse:
        special = {
            0: reply("cut", finish="length"),
            1: reply("", finish="content_filter"),
            2: {"error": {"message": "no such field"}},
        }
        number = number_in(body)
        if number in special:
            return web.json_response(special[number], status=400 if number == 2 else 200)
        return await right(body, n, request)

    run = ran(workspace, serve, behave=behave)
    before = manifest(run)["outcomes"]
    workspace.pack(scorer={"name": "exact"})
    (found,) = workspace.evalkit_json("rescore", str(run))["runs"]
    assert found["after"]["outcomes"] == before == {"truncated": 1, "filtered": 1, "provider_error": 1, "ok": 2}
    assert {change["sample"] for change in found["changes"]} == {"s3", "s4"}


def test_the_last_line_of_a_call_counts(workspace: Workspace, serve: Serve) -> None:
    broken = True

    async def behave(body: dict[str, Any], n: int, request: web.Request) -> web.StreamResponse:
        if broken and number_in(body) == 1:
            return web.json_response({"error": {"message": "no such field"}}, status=400)
        return await right(body, n, request)

    server = serve(behave)
    workspace.pack()
    workspace.card(server.url)
    workspace.evalkit("run", "sums", "--model", "fake/m")
    broken = False
    workspace.evalkit("run", "sums", "--model", "fake/m", "--retry-errors")
    run = workspace.runs()[-1]
    assert len(workspace.lines("calls.jsonl", run)) == 6
    assert workspace.evalkit_json("rescore", str(run))["runs"][0]["changed"] == 0
    assert manifest(run)["outcomes"] == {"ok": 5}


def test_settings_that_the_pack_changed_are_told(workspace: Workspace, serve: Serve) -> None:
    run = ran(workspace, serve)
    workspace.pack(generation={"max_tokens": 64, "temperature": 0})
    assert "asked with max_tokens 32; the pack says 64" in workspace.evalkit("rescore", str(run))[1]
    assert manifest(run)["conditions"]["max_tokens"] == 32


def test_what_cannot_be_rescored_is_refused(workspace: Workspace, serve: Serve) -> None:
    run = ran(workspace, serve)
    workspace.pack("other")
    assert "not of 'other'" in workspace.evalkit("rescore", str(run), "--pack", "other")[2]
    assert "holds no run" in workspace.evalkit("rescore", str(workspace.root))[2]
    found = manifest(run)
    workspace.write(str(run / "run.json"), {**found, "status": "running"})
    assert "is not finished" in workspace.evalkit("rescore", str(run))[2]
    workspace.write(str(run / "run.json"), {**found, "imported": {"harness": "inspect"}})
    assert "imported from inspect" in workspace.evalkit("rescore", str(run))[2]
    workspace.write(str(run / "run.json"), found)
    lines = (run / "calls.jsonl").read_bytes().splitlines(keepends=True)
    (run / "calls.jsonl").write_bytes(b"".join(lines[:-1]))
    assert "1 of 5 calls are not in its journal" in workspace.evalkit("rescore", str(run))[2]


def test_an_interrupted_rescore_leaves_the_old_results(workspace: Workspace, serve: Serve) -> None:
    run = ran(workspace, serve, samples=wrong_target())
    workspace.pack()
    before = files(run)

    def interrupt(done: int, total: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rescore(run, packs.load(workspace.root / "tasks/sums.json"), progress=interrupt)
    after = files(run)
    assert {name: data for name, data in after.items() if name != "lock"} == {
        name: data for name, data in before.items() if name != "lock"
    }


def big_run(workspace: Workspace, serve: Serve, monkeypatch: pytest.MonkeyPatch, count: int) -> Path:
    """A run whose results are made by processes, a few calls at a time."""
    monkeypatch.setattr(rescoring, "SMALL", 4)
    monkeypatch.setattr(rescoring, "CHUNK", 3)
    monkeypatch.setattr(rescoring, "_cores", lambda: 2)
    return ran(workspace, serve, samples=count)


def test_many_calls_are_scored_by_processes_in_the_journals_order(
    workspace: Workspace, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = big_run(workspace, serve, monkeypatch, 40)
    workspace.pack(samples=wrong_target(40))
    (found,) = workspace.evalkit_json("rescore", str(run))["runs"]
    assert [change["sample"] for change in found["changes"]] == ["s2"]
    order = [line["sample"] for line in workspace.lines("calls.jsonl", run)]
    assert [line["sample"] for line in workspace.lines("results.jsonl", run)] == order
    monkeypatch.setattr(rescoring, "SMALL", 1000)
    assert workspace.evalkit_json("rescore", str(run))["runs"][0]["changed"] == 0


KILLER = """
import os
from evalkit.records import Score


def score(sample, text):
    if sample.id in ("s7", "s11"):
        os._exit(9)
    return Score(1.0)
"""


def test_an_answer_that_ends_its_process_takes_no_other_with_it(
    workspace: Workspace, serve: Serve, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    plugins = tmp_path / "plugins"
    (plugins / "killer-1.0.dist-info").mkdir(parents=True)
    (plugins / "killer_scorer.py").write_text(KILLER)
    (plugins / "killer-1.0.dist-info/METADATA").write_text("Metadata-Version: 2.1\nName: killer\nVersion: 1.0\n")
    (plugins / "killer-1.0.dist-info/entry_points.txt").write_text("[evalkit.scorers]\nkiller = killer_scorer\n")
    monkeypatch.setattr(sys, "path", [*sys.path, str(plugins)])
    run = big_run(workspace, serve, monkeypatch, 20)
    workspace.pack(samples=20, scorer={"name": "killer"})
    (found,) = workspace.evalkit_json("rescore", str(run))["runs"]
    assert found["after"]["outcomes"] == {"ok": 18, "judge_failed": 2}
    lost = [line for line in workspace.lines("results.jsonl", run) if line["outcome"] == "judge_failed"]
    assert {line["sample"] for line in lost} == {"s7", "s11"}
    assert "ended its process" in lost[0]["score"]["explanation"]
    assert lost[0]["usage"] == {"input": 10, "output": 5}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text("ab", max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("xy"), inner, max_size=2),
    max_leaves=8,
)


@settings(derandomize=True, max_examples=100)
@given(json_values, json_values)
def test_the_difference_of_two_bodies_names_a_place_where_they_differ(sent: Any, now: Any) -> None:
    if sent == now:
        return
    told = rescoring._difference(sent, now)
    pointer = told.split(" was ")[0]
    for part in pointer.strip("/").split("/") if pointer != "/" else ():
        sent, now = (side[int(part)] if isinstance(side, list) else side.get(part, "absent") for side in (sent, now))
    assert sent != now


@pytest.mark.slow
def test_code_is_judged_again_in_the_sandbox(workspace: Workspace, serve: Serve) -> None:
    async def behave(body: dict[str, Any], _: int, __: web.Request) -> web.StreamResponse:
        return web.json_response(reply("```python\ndef add(a, b):\n    return a + b\n```"))

    def samples(expected: int) -> list[dict[str, Any]]:
        cases = [{"args": [1, 2], "expected": expected}]
        return [
            {"id": f"a{i}", "input": "What is 1? Write add.", "metadata": {"entry_point": "add", "cases": cases}}
            for i in range(3)
        ]

    run = ran(workspace, serve, behave=behave, scorer={"name": "code"}, samples=samples(4))
    assert manifest(run)["mean_score"] == 0.0
    workspace.pack(scorer={"name": "code"}, samples=samples(3))
    (found,) = workspace.evalkit_json("rescore", str(run))["runs"]
    assert (found["changed"], found["after"]["mean_score"]) == (3, 1.0)
    assert manifest(run)["sandbox"]["backend"]


UNGUARDED = """
import sys
from evalkit import cli, rescoring
cli.COMMANDS["measure"].setdefault("rescore", "")
rescoring.SMALL = 2
rescoring._cores = lambda: 2
sys.exit(cli.main(sys.argv[1:]))
"""


def test_a_script_that_cannot_start_processes_is_told_so(workspace: Workspace, serve: Serve) -> None:
    run = ran(workspace, serve, samples=20)
    before = files(run)
    script = workspace.write("unguarded.py", UNGUARDED)
    command = [sys.executable, str(script), "rescore", str(run), "--workspace", str(workspace.root)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 4
    assert "processes to score in do not start" in done.stderr
    assert files(run)["results.jsonl"] == before["results.jsonl"]
