"""`evalkit run` and `evalkit show`: what is asked, kept, resumed and shown."""

from __future__ import annotations

import asyncio
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from support.answering_server import AnsweringServer, Behaviour, reply
from support.workspace import Workspace

Serve = Callable[[Behaviour], AnsweringServer]


def number_in(body: dict[str, Any]) -> int:
    found = re.search(r"What is (\d+)", body["messages"][-1]["content"])
    assert found
    return int(found.group(1))


async def right(body: dict[str, Any], _: int, __: web.Request) -> web.StreamResponse:
    return web.json_response(reply(f"The answer is {number_in(body) + 1}."))


def test_every_sample_is_asked_once_and_scored(workspace: Workspace, serve: Serve) -> None:
    server = serve(right)
    workspace.pack(samples=20)
    workspace.card(server.url)
    code, out, _ = workspace.evalkit("run", "sums", "--model", "fake/m")
    assert code == 0
    assert "20 calls" in out
    results = workspace.lines("results.jsonl")
    assert Counter(result["sample"] for result in results) == Counter(f"s{i}" for i in range(20))
    assert all(result["score"]["value"] == 1.0 and result["outcome"] == "ok" for result in results)
    manifest = json.loads((workspace.runs()[0] / "run.json").read_text())
    assert manifest["status"] == "complete"
    assert manifest["mean_score"] == 1.0
    assert manifest["usage"] == {"input": 200, "output": 100}
    assert manifest["served"] == {"served-model": 20}


def test_what_was_sent_is_what_the_journal_says(workspace: Workspace, serve: Serve) -> None:
    server = serve(right)
    workspace.pack(samples=3)
    workspace.card(server.url, fields={"max_tokens": "max_completion_tokens", "temperature": None}, params={"top_k": 1})
    workspace.evalkit("run", "sums", "--model", "fake/m", "--seed", "7", "--epochs", "2")
    calls = sorted(workspace.lines("calls.jsonl"), key=lambda call: (call["epoch"], call["index"]))
    by_content = {(body["seed"], number_in(body)): body for body in server.bodies}
    assert {(call["epoch"], call["index"]) for call in calls} == {(e, i) for e in range(2) for i in range(3)}
    for call in calls:
        assert call["body"] == by_content[7 + call["epoch"], call["index"]]
        assert call["body"]["max_completion_tokens"] == 32
        assert call["body"]["top_k"] == 1
        assert "temperature" not in call["body"]
    manifest = json.loads((workspace.runs()[0] / "run.json").read_text())
    assert manifest["ledger"]["dropped"] == ["temperature"]
    assert manifest["conditions"]["params.top_k"] == 1


def test_epochs_give_mean_pass_at_k_and_majority(workspace: Workspace, serve: Serve) -> None:
    seen: Counter[int] = Counter()

    async def behave(body: dict[str, Any], _: int, __: web.Request) -> web.StreamResponse:
        number = number_in(body)
        seen[number] += 1
        wrong = number == 1 or (number == 2 and seen[2] == 1) or (number == 3 and seen[3] <= 2)
        return web.json_response(reply(f"The answer is {number + 1 + wrong}."))

    workspace.pack(samples=4)
    workspace.card(serve(behave).url, concurrency=1)
    code, out, _ = workspace.evalkit("run", "sums", "--model", "fake/m", "--epochs", "3")
    assert code == 0
    repeats = json.loads((workspace.runs()[0] / "run.json").read_text())["repeats"]
    # right answers of 3: s0 3, s1 0, s2 2, s3 1
    assert repeats["pass_at"] == pytest.approx({"1": 6 / 12, "2": (1 + 0 + 1 + 2 / 3) / 4, "3": 3 / 4})
    assert repeats["majority"] == 2 / 4
    assert "pass@3 0.750" in out


def test_the_same_command_does_nothing_for_a_finished_run(workspace: Workspace, serve: Serve) -> None:
    server = serve(right)
    workspace.pack()
    workspace.card(server.url)
    workspace.evalkit("run", "sums", "--model", "fake/m")
    before = {path: path.read_bytes() for path in workspace.runs()[0].iterdir()}
    code, out, _ = workspace.evalkit("run", "sums", "--model", "fake/m")
    assert (code, len(server.bodies)) == (0, 5)
    assert "already finished; nothing was asked" in out
    assert {path: path.read_bytes() for path in workspace.runs()[0].iterdir()} == before


@pytest.mark.parametrize(
    "change",
    [
        ("--max-tokens", "9"),
        ("--temperature", "0.5"),
        ("--seed", "1"),
        ("--epochs", "2"),
        ("--samples", "4"),
    ],
)
def test_another_setting_is_another_run(workspace: Workspace, serve: Serve, change: tuple[str, str]) -> None:
    workspace.pack()
    workspace.card(serve(right).url)
    workspace.evalkit("run", "sums", "--model", "fake/m")
    workspace.evalkit("run", "sums", "--model", "fake/m", *change)
    assert len(workspace.runs()) == 2


def test_fresh_starts_over_and_keeps_what_was_paid_for(workspace: Workspace, serve: Serve) -> None:
    server = serve(right)
    workspace.pack()
    workspace.card(server.url)
    workspace.evalkit("run", "sums", "--model", "fake/m")
    workspace.evalkit("run", "sums", "--model", "fake/m", "--fresh")
    assert len(server.bodies) == 10
    assert len(workspace.runs()) == 2


def test_retry_errors_asks_only_what_failed(workspace: Workspace, serve: Serve) -> None:
    broken = True

    async def behave(body: dict[str, Any], number: int, request: web.Request) -> web.StreamResponse:
        if broken and number_in(body) % 2:
            return web.json_response({"error": {"message": "no such field"}}, status=400)
        return await right(body, number, request)

    server = serve(behave)
    workspace.pack(samples=6)
    workspace.card(server.url)
    workspace.evalkit("run", "sums", "--model", "fake/m")
    broken = False
    workspace.evalkit("run", "sums", "--model", "fake/m")
    assert len(server.bodies) == 6
    workspace.evalkit("run", "sums", "--model", "fake/m", "--retry-errors")
    assert len(server.bodies) == 9
    results = workspace.lines("results.jsonl")
    assert sorted((result["sample"], result["outcome"]) for result in results) == [(f"s{i}", "ok") for i in range(6)]
    assert len(workspace.lines("calls.jsonl")) == 9
    assert workspace.evalkit_json("show", str(workspace.runs()[0]), "s1")["call"]["outcome"] == "ok"


def test_a_dry_run_sends_and_writes_nothing(workspace: Workspace, serve: Serve) -> None:
    server = serve(right)
    workspace.pack()
    workspace.card(server.url)
    code, out, _ = workspace.evalkit("run", "sums", "--model", "fake/m", "--dry-run")
    assert code == 0
    assert json.loads(out)["body"]["messages"] == [{"role": "user", "content": "What is 0 + 1?"}]
    assert server.bodies == []
    assert workspace.runs() == []


def test_an_unlisted_model_name_passes_through(workspace: Workspace, serve: Serve) -> None:
    server = serve(right)
    workspace.pack(samples=1)
    workspace.card(server.url)
    workspace.evalkit("run", "sums", "--model", "fake/org/Some-Model:free")
    assert server.bodies[0]["model"] == "org/Some-Model:free"


def test_a_pack_by_path_with_its_samples_in_a_file(workspace: Workspace, serve: Serve) -> None:
    pack = workspace.pack(samples=4)
    lines = "".join(json.dumps(sample) + "\n" for sample in pack.pop("samples"))
    workspace.write("tasks/big.jsonl", lines)
    workspace.write("tasks/big.json", {**pack, "name": "big", "samples_file": "big.jsonl"})
    workspace.card(serve(right).url)
    assert workspace.evalkit("run", "tasks/big.json", "--model", "fake/m")[0] == 0
    assert all(result["score"]["value"] == 1.0 for result in workspace.lines("results.jsonl"))
    workspace.write("tasks/big.jsonl", lines.replace('"target": 4', '"target": 5'))
    workspace.evalkit("run", "tasks/big.json", "--model", "fake/m")
    assert len(workspace.runs()) == 2


def test_prompts_are_rendered_with_choices_examples_and_literal_braces(workspace: Workspace, serve: Serve) -> None:
    server = serve(right)
    workspace.card(server.url)
    workspace.pack(
        prompt=[
            {"role": "system", "content": 'Answer as {"n": 1}, not {{input}}.'},
            {"role": "user", "content": "{input} for {who}\n{choices}"},
        ],
        examples=[{"input": "What is 1?", "who": "me", "choices": ["1", "2"], "answer": "A"}],
        scorer={"name": "choice"},
        samples=[
            {
                "id": "a",
                "input": "What is 3 + 1? {who}",
                "choices": ["4", "5"],
                "target": "A",
                "metadata": {"who": "you"},
            }
        ],
    )
    workspace.evalkit("run", "sums", "--model", "fake/m")
    assert server.bodies[0]["messages"] == [
        {"role": "system", "content": 'Answer as {"n": 1}, not {input}.'},
        {"role": "user", "content": "What is 1? for me\nA. 1\nB. 2"},
        {"role": "assistant", "content": "A"},
        {"role": "user", "content": "What is 3 + 1? {who} for you\nA. 4\nB. 5"},
    ]


def test_thoughts_are_kept_apart_and_never_scored(workspace: Workspace, serve: Serve) -> None:
    async def behave(body: dict[str, Any], _: int, __: web.Request) -> web.StreamResponse:
        answer = number_in(body) + 1
        texts = (
            {"text": f"<think>maybe {answer}</think>The answer is 99."},
            {"text": "The answer is 99.", "reasoning_content": f"The answer is {answer}."},
            {"text": f"The answer is {answer}.", "reasoning": "The answer is 99."},
        )
        return web.json_response(reply(**texts[number_in(body) % 3]))

    workspace.pack(samples=3)
    workspace.card(serve(behave).url)
    workspace.evalkit("run", "sums", "--model", "fake/m")
    values = {result["sample"]: result["score"]["value"] for result in workspace.lines("results.jsonl")}
    assert values == {"s0": 0.0, "s1": 0.0, "s2": 1.0}
    assert all(call["completion"]["reasoning"] for call in workspace.lines("calls.jsonl"))


def test_show_tells_what_was_sent_what_came_back_and_how_it_was_scored(workspace: Workspace, serve: Serve) -> None:
    workspace.pack()
    workspace.card(serve(right).url)
    workspace.evalkit("run", "sums", "--model", "fake/m")
    run = str(workspace.runs()[0])
    code, out, _ = workspace.evalkit("show", run, "s3")
    assert code == 0
    for wanted in ("What is 3 + 1?", "The answer is 4.", '"max_tokens": 32', "SCORE 1.0"):
        assert wanted in out
    assert workspace.evalkit("show", run)[1].count("\n") == 5
    code, _, err = workspace.evalkit("show", run, "s33")
    assert code == 2
    assert "did you mean 's3'" in err


def test_the_key_goes_to_the_server_and_nowhere_else(
    workspace: Workspace, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = "sk-very-secret-0123456789"
    monkeypatch.setenv("FAKE_KEY", secret)

    async def echo(body: dict[str, Any], number: int, request: web.Request) -> web.StreamResponse:
        if number_in(body) == 1:
            message = f"bad header {request.headers['Authorization']}"
            return web.json_response({"error": {"message": message}}, status=400)
        return await right(body, number, request)

    server = serve(echo)
    workspace.pack()
    workspace.card(server.url, api_key_env="FAKE_KEY")
    _, out, err = workspace.evalkit("run", "sums", "--model", "fake/m")
    assert {headers["Authorization"] for headers in server.headers} == {f"Bearer {secret}"}
    assert secret not in out + err
    for path in workspace.root.rglob("*"):
        assert not path.is_file() or secret.encode() not in path.read_bytes(), path


def test_two_processes_cannot_write_one_run(workspace: Workspace, serve: Serve) -> None:
    from evalkit.journal import Journal

    workspace.pack()
    workspace.card(serve(right).url)
    workspace.evalkit("run", "sums", "--model", "fake/m", "--samples", "2")
    run = workspace.runs()[0]
    (run / "run.json").write_text((run / "run.json").read_text().replace('"complete"', '"running"'))
    with Journal(run, 1, 2):
        code, _, err = workspace.evalkit("run", "sums", "--model", "fake/m", "--samples", "2")
    assert code == 2
    assert f"process {os.getpid()}" in err


def test_a_torn_last_line_is_cut_off_and_asked_again(workspace: Workspace, serve: Serve) -> None:
    server = serve(right)
    workspace.pack()
    workspace.card(server.url)
    workspace.evalkit("run", "sums", "--model", "fake/m")
    run = workspace.runs()[0]
    for name in ("calls.jsonl", "results.jsonl"):
        data = (run / name).read_bytes()
        (run / name).write_bytes(data[:-20])
    (run / "run.json").write_text((run / "run.json").read_text().replace('"complete"', '"running"'))
    workspace.evalkit("run", "sums", "--model", "fake/m")
    assert len(server.bodies) == 6
    assert sorted(result["index"] for result in workspace.lines("results.jsonl")) == list(range(5))


def start(workspace: Workspace, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "evalkit", *arguments]
    return subprocess.Popen(command, cwd=workspace.root, text=True, stderr=subprocess.PIPE, stdout=subprocess.PIPE)


def journalled(workspace: Workspace) -> int:
    files = list(workspace.root.glob("reports/runs/*/*/*/calls.jsonl"))
    return sum(file.read_bytes().count(b"\n") for file in files)


def wait_until(condition: Callable[[], bool], seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.005)


async def slow(body: dict[str, Any], number: int, request: web.Request) -> web.StreamResponse:
    await asyncio.sleep(0.03)
    return await right(body, number, request)


def test_ctrl_c_keeps_what_is_in_flight_and_says_how_to_resume(workspace: Workspace, serve: Serve) -> None:
    server = serve(slow)
    workspace.pack(samples=200)
    workspace.card(server.url, concurrency=4)
    process = start(workspace, "run", "sums", "--model", "fake/m")
    wait_until(lambda: journalled(workspace) > 10)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "the same command resumes" in err
    assert "Traceback" not in err
    assert journalled(workspace) == len(server.bodies) < 200
    assert workspace.evalkit("run", "sums", "--model", "fake/m")[0] == 0
    assert len(server.bodies) == 200


@pytest.mark.slow
def test_kill_9_at_ten_random_moments_loses_and_repeats_nothing(workspace: Workspace, serve: Serve) -> None:
    draw = random.Random(9)
    server = serve(slow)
    workspace.pack(samples=400)
    workspace.card(server.url, concurrency=8)
    in_flight = 8
    for _ in range(10):
        process = start(workspace, "run", "sums", "--model", "fake/m")
        before = journalled(workspace)
        wanted = before + draw.randint(1, 30)
        wait_until(lambda: journalled(workspace) >= wanted)  # noqa: B023
        time.sleep(draw.uniform(0, 0.03))
        process.kill()
        process.communicate()
    kept = {line["sample"] for line in workspace.lines("calls.jsonl")}
    assert len(server.bodies) <= len(kept) + 10 * in_flight
    asked = len(server.bodies)
    assert workspace.evalkit("run", "sums", "--model", "fake/m")[0] == 0
    assert len(server.bodies) - asked == 400 - len(kept)
    resumed = {line["sample"]: line for line in workspace.lines("results.jsonl")}
    assert len(workspace.lines("results.jsonl")) == len(resumed) == 400
    assert len(workspace.lines("calls.jsonl")) == 400
    workspace.evalkit("run", "sums", "--model", "fake/m", "--fresh")
    for line in workspace.lines("results.jsonl"):
        again = resumed[line["sample"]]
        assert (line["outcome"], line["score"], line["index"]) == (again["outcome"], again["score"], again["index"])


@pytest.mark.slow
def test_memory_does_not_grow_with_the_number_of_samples(workspace: Workspace, serve: Serve) -> None:
    workspace.card(serve(right).url, concurrency=64)

    def peak(samples: int) -> float:
        """Peak resident memory of a run, in MB."""
        workspace.pack(samples=samples)
        command = [sys.executable, "-c", PEAK, "run", "sums", "--model", "fake/m"]
        done = subprocess.run(command, cwd=workspace.root, capture_output=True, text=True, check=True)
        return int(done.stdout.split()[-1]) / 1024

    assert peak(10_000) - peak(100) < 40


PEAK = """
import resource, sys
from evalkit.cli import main
assert main(sys.argv[1:]) == 0
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def test_the_runs_folder_is_where_the_documents_say(workspace: Workspace, serve: Serve) -> None:
    workspace.pack()
    workspace.card(serve(right).url)
    workspace.evalkit("run", "sums", "--model", "fake/m")
    (run,) = workspace.runs()
    assert run.parent == Path(workspace.root / "reports/runs/sums/fake--m")
    assert sorted(path.name for path in run.iterdir()) == ["calls.jsonl", "lock", "results.jsonl", "run.json"]
