"""`evalkit gate` and `evalkit compare`: the verdict, its exit code, its reports, and what may not fool it."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from support.answering_server import AnsweringServer, Behaviour, reply
from support.workspace import Workspace, sums

Serve = Callable[[Behaviour], AnsweringServer]
Answer = Callable[[str, int], Any]


def answering(answer: Answer) -> Behaviour:
    """`answer(model, number)` gives the text, or a whole body."""

    async def behave(body: dict[str, Any], _: int, __: web.Request) -> web.StreamResponse:
        found = re.search(r"What is (\d+)", body["messages"][-1]["content"])
        assert found
        made = answer(body["model"], int(found.group(1)))
        return web.json_response(made if isinstance(made, dict) else reply(made))

    return behave


def right_unless(wrong: Callable[[str, int], bool]) -> Answer:
    return lambda model, i: f"The answer is {i + 1 + wrong(model, i)}."


def gate(workspace: Workspace, serve: Serve, answer: Answer, samples: int = 200, **claim: Any) -> tuple[int, Any]:
    """Exit code and report of a gate between fake/m and fake/other."""
    if not (workspace.root / "tasks/sums.json").exists():
        workspace.pack(samples=samples)
    workspace.card(serve(answering(answer)).url, concurrency=32)
    workspace.claim(**claim)
    code, out, _ = workspace.evalkit("gate", "swap", "--json")
    return code, json.loads(out)


VERDICTS: dict[str, tuple[Callable[[str, int], bool], int]] = {
    "parity": (lambda _, i: i % 10 == 0, 0),
    "superior": (lambda model, i: model == "m" and i % 3 == 0, 0),
    "inferior": (lambda model, i: model == "other" and i % 3 == 0, 1),
    "inconclusive": (lambda model, i: i % 4 == (model == "other"), 3),  # they fail on different items
}


@pytest.mark.parametrize("word", VERDICTS)
def test_the_verdict_and_its_exit_code(workspace: Workspace, serve: Serve, word: str) -> None:
    wrong, code = VERDICTS[word]
    found, report = gate(workspace, serve, right_unless(wrong))
    assert (found, report["verdict"], report["exit_code"]) == (code, word, code)


def test_identical_answers_on_a_small_pack_are_not_parity(workspace: Workspace, serve: Serve) -> None:
    code, report = gate(
        workspace, serve, right_unless(lambda _, __: False), samples=10, packs={"sums": {"margin": 0.03}}
    )
    assert (code, report["verdict"]) == (3, "inconclusive")
    statistics = report["packs"][0]["statistics"]
    assert statistics["ci_low"] < -0.2
    assert statistics["n_needed"] > 50


def test_two_genuinely_identical_long_runs_are_parity_not_an_error(workspace: Workspace, serve: Serve) -> None:
    code, _ = gate(workspace, serve, right_unless(lambda _, i: i % 3 == 0), samples=300)
    assert code == 0


def test_missing_answers_are_never_dropped(workspace: Workspace, serve: Serve) -> None:
    def answer(model: str, i: int) -> Any:
        if model == "other" and i < 10:
            return reply("", finish="content_filter")
        return f"The answer is {i + 1}."

    code, report = gate(workspace, serve, answer, samples=40, packs={"sums": {"margin": 0.2}})
    assert (code, report["verdict"]) == (4, "invalid")
    (finding,) = report["packs"][0]["findings"]
    assert finding["outcome"] == "filtered"
    assert finding["samples"] == [f"s{i}" for i in range(10)]
    limits = {"outcome_rate": 1, "outcome_difference": 1}
    code, report = gate(workspace, serve, answer, packs={"sums": {"margin": 0.2}}, limits=limits)
    statistics = report["packs"][0]["statistics"]
    assert code != 0
    assert (statistics["losses"], statistics["lost"]) == (10, 10)


def test_a_few_missing_answers_do_not_stop_a_verdict_that_bears_them(workspace: Workspace, serve: Serve) -> None:
    def answer(model: str, i: int) -> Any:
        return reply("", finish="length") if model == "other" and i < 2 else f"The answer is {i + 1}."

    code, report = gate(workspace, serve, answer, samples=300, packs={"sums": {"margin": 0.05}})
    assert (code, report["verdict"]) == (0, "parity")
    assert report["packs"][0]["statistics"]["losses"] == 2
    assert report["packs"][0]["outcomes"]["candidate"] == {"ok": 298, "truncated": 2}


def test_outcomes_that_differ_beyond_chance_make_the_verdict_invalid(workspace: Workspace, serve: Serve) -> None:
    def answer(model: str, i: int) -> Any:
        return reply("", finish="length") if model == "other" and i % 25 == 0 else f"The answer is {i + 1}."

    code, report = gate(workspace, serve, answer, samples=300)
    assert (code, report["packs"][0]["reason"]) == (4, "instrument")
    assert report["packs"][0]["findings"][0]["p"] < 0.01


def test_a_pack_may_count_an_outcome_as_wrong(workspace: Workspace, serve: Serve) -> None:
    def answer(model: str, i: int) -> Any:
        return reply("", finish="length") if model == "other" and i % 4 == 0 else f"The answer is {i + 1}."

    workspace.pack(samples=200, outcomes={"truncated": "wrong"})
    code, report = gate(workspace, serve, answer)
    assert (code, report["packs"][0]["counted_wrong"]) == (1, ["truncated"])
    code, report = gate(workspace, serve, answer, outcomes={"truncated": "missing"})
    assert (code, report["packs"][0]["counted_wrong"]) == (4, [])


def test_conditions_that_differ_and_are_not_waived_make_the_verdict_invalid(workspace: Workspace, serve: Serve) -> None:
    candidate = {"model": "fake/other", "generation": {"temperature": 0.7}}
    code, report = gate(workspace, serve, right_unless(lambda _, __: False), candidate=candidate)
    assert (code, report["packs"][0]["reason"]) == (4, "conditions")
    (difference,) = report["packs"][0]["differences"]
    assert difference == {"condition": "temperature", "baseline": 0, "candidate": 0.7, "waived": False}
    code, report = gate(workspace, serve, right_unless(lambda _, __: False), candidate=candidate, waive=["temperature"])
    assert (code, report["packs"][0]["differences"][0]["waived"]) == (0, True)


def test_a_setting_that_a_card_drops_is_a_difference_too(workspace: Workspace, serve: Serve) -> None:
    url = serve(answering(right_unless(lambda _, __: False))).url
    workspace.pack(samples=200)
    workspace.card(url, models={"m": {}, "other": {"fields": {"temperature": None}}})
    workspace.claim()
    code, out, _ = workspace.evalkit("gate", "swap", "--json")
    assert code == 4
    assert json.loads(out)["packs"][0]["differences"][0]["condition"] == "temperature"


def test_a_verdict_that_depends_on_the_extraction_is_not_parity(workspace: Workspace, serve: Serve) -> None:
    def answer(model: str, i: int) -> Any:
        return f"The answer is {i + 1}." if model == "m" or i % 2 else f"Well, {i + 1} or {i + 2} or perhaps {i + 1}"

    workspace.pack(samples=200, outcomes={"extraction_failed": "wrong"})
    code, report = gate(workspace, serve, answer)
    pack = report["packs"][0]
    assert (code, pack["reason"]) == (3, "extractor_sensitive")
    assert pack["extraction"]["strict"] == "inferior"
    assert pack["extraction"]["lenient"] == "parity"
    assert pack["extraction"]["flips"] == 100
    workspace.pack(samples=200, outcomes={"extraction_failed": "wrong"}, measure="strict")
    assert gate(workspace, serve, answer)[0] == 1
    workspace.pack(samples=200, outcomes={"extraction_failed": "wrong"}, measure="lenient")
    assert gate(workspace, serve, answer)[0] == 0


def test_every_pack_must_hold(workspace: Workspace, serve: Serve) -> None:
    workspace.pack(samples=200)
    shifted = [{**sample, "input": sample["input"].replace("is ", "is 1000", 1)} for sample in sums(200)]
    workspace.pack("hard", samples=[{**s, "target": int(re.findall(r"\d+", s["input"])[0]) + 1} for s in shifted])
    packs = {"sums": {"margin": 0.05}, "hard": {"margin": 0.05}}
    wrong = right_unless(lambda model, i: model == "other" and i >= 1000 and i % 3 == 0)
    code, report = gate(workspace, serve, wrong, packs=packs)
    assert (code, {pack["pack"]: pack["verdict"] for pack in report["packs"]}) == (
        1,
        {"sums": "parity", "hard": "inferior"},
    )


def test_a_guarded_slice_that_is_worse_stops_the_swap(workspace: Workspace, serve: Serve) -> None:
    samples = [{**sample, "language": "fr" if i < 40 else "en"} for i, sample in enumerate(sums(1000))]
    workspace.pack(samples=samples)
    wrong = right_unless(lambda model, i: model == "other" and i < 30)
    code, report = gate(workspace, serve, wrong, slices={"language": {"margin": 0.2}})
    assert (code, report["packs"][0]["reason"]) == (1, "slice")
    alarms = {guard["name"]: guard["alarm"] for guard in report["packs"][0]["slices"]}
    assert alarms == {"language:en": False, "language:fr": True}
    assert gate(workspace, serve, wrong)[0] == 0


def test_repeats_are_averaged_per_item(workspace: Workspace, serve: Serve) -> None:
    code, report = gate(workspace, serve, right_unless(lambda _, i: i % 5 == 0), epochs=3)
    assert code == 0
    assert report["packs"][0]["statistics"]["n"] == 200
    assert report["packs"][0]["outcomes"]["baseline"] == {"ok": 600}


def test_the_gate_resumes_and_pays_nothing_twice(workspace: Workspace, serve: Serve) -> None:
    server = serve(answering(right_unless(lambda _, __: False)))
    workspace.pack(samples=200)
    workspace.card(server.url, concurrency=32)
    workspace.claim()
    assert workspace.evalkit("gate", "swap")[0] == 0
    assert workspace.evalkit("gate", "swap")[0] == 0
    assert len(server.bodies) == 400


def test_a_dry_run_counts_the_calls(workspace: Workspace) -> None:
    workspace.pack(samples=200)
    workspace.card("http://127.0.0.1:9/v1")
    workspace.claim(epochs=2)
    code, out, _ = workspace.evalkit("gate", "swap", "--dry-run")
    assert code == 0
    assert "800 calls in all" in out
    assert workspace.runs() == []


def test_the_reports_say_the_same(workspace: Workspace, serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    summary = workspace.root / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    wrong = right_unless(lambda model, i: model == "other" and i < 60)
    _, report = gate(workspace, serve, wrong, question="Is <b>it</b> | `ok`?")
    folder = workspace.root / "reports/runs/gates/swap"
    assert json.loads((folder / "verdict.json").read_text()) == report
    page = (folder / "report.md").read_text()
    assert page.startswith("# FAIL: inferior")
    assert "Is \\<b\\>it" in page
    assert summary.read_text() == page
    suite = ET.parse(folder / "junit.xml").getroot()[0]
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("1", "1", "0")
    assert suite[0][0].tag == "failure"


def test_inconclusive_is_an_error_in_junit_not_a_pass(workspace: Workspace, serve: Serve) -> None:
    gate(workspace, serve, right_unless(lambda _, __: False), samples=10)
    suite = ET.parse(workspace.root / "reports/runs/gates/swap/junit.xml").getroot()[0]
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("1", "0", "1")


def compare(workspace: Workspace, runs: list[Path], *arguments: str) -> tuple[int, str, str]:
    return workspace.evalkit("compare", str(runs[0]), str(runs[1]), "--margin", "0.05", *arguments)


def test_compare_judges_two_runs(workspace: Workspace, serve: Serve) -> None:
    gate(workspace, serve, right_unless(lambda model, i: model == "other" and i % 2 == 0))
    runs = sorted(workspace.runs(), key=lambda run: run.parent.name)
    code, out, _ = compare(workspace, runs)
    assert code == 1
    assert "INFERIOR" in out
    assert "s0, s2" in out
    assert compare(workspace, runs[::-1])[0] == 0
    code, _, err = compare(workspace, [runs[0], runs[0]])
    assert code == 2
    assert "the same run" in err


def test_several_candidates_pay_for_the_choice(workspace: Workspace, serve: Serve) -> None:
    workspace.pack(samples=200)
    models: dict[str, Any] = {name: {} for name in ("m", "good", "bad")}
    answer = right_unless(lambda model, i: model == "bad" and i % 2 == 0)
    workspace.card(serve(answering(answer)).url, concurrency=32, models=models)
    for name in models:
        workspace.evalkit("run", "sums", "--model", f"fake/{name}")
    m, good, bad = (str(next(run for run in workspace.runs() if run.parent.name == f"fake--{name}")) for name in models)
    code, out, _ = workspace.evalkit("compare", m, bad, good, "--margin", "0.05", "--json")
    assert (code, [found["verdict"] for found in json.loads(out)]) == (0, ["inferior", "parity"])
    assert {found["statistics"]["alpha"] for found in json.loads(out)} == {0.025}
    assert workspace.evalkit("compare", m, bad, "--margin", "0.05")[0] == 1


def test_runs_of_a_pack_that_changed_are_not_compared(workspace: Workspace, serve: Serve) -> None:
    gate(workspace, serve, right_unless(lambda _, __: False))
    workspace.pack(samples=201)
    code, _, err = compare(workspace, workspace.runs())
    assert code == 2
    assert "the pack has changed" in err


def test_both_arms_asking_the_same_is_refused(workspace: Workspace, serve: Serve) -> None:
    workspace.pack()
    workspace.card(serve(answering(right_unless(lambda _, __: False))).url)
    workspace.claim(candidate={"model": "fake/m", "label": "the same again"})
    code, _, err = workspace.evalkit("gate", "swap")
    assert code == 2
    assert "exactly the same of the same model" in err
