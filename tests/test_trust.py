"""What makes a verdict trustworthy beyond its statistics: locks, baselines, verification, the gap, plans, budgets."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiohttp import web
from support.answering_server import AnsweringServer, Behaviour, reply
from support.workspace import Workspace

Serve = Callable[[Behaviour], AnsweringServer]


def answering(wrong: Callable[[str, int], Any]) -> Behaviour:
    """Wrong where `wrong` says True; a body where it gives one."""

    async def behave(body: dict[str, Any], _: int, __: web.Request) -> web.StreamResponse:
        found = re.search(r"What is (\d+)", body["messages"][-1]["content"])
        assert found
        made = wrong(body["model"], int(found.group(1)))
        text = f"The answer is {int(found.group(1)) + 1 + (made is True)}."
        return web.json_response(made if isinstance(made, dict) else reply(text))

    return behave


@pytest.fixture
def house(workspace: Workspace, serve: Serve) -> Workspace:
    """200 sums, both models equally good."""
    workspace.pack(samples=200)
    workspace.card(serve(answering(lambda _, i: i % 10 == 0)).url, concurrency=32)
    workspace.claim()
    return workspace


def gate(workspace: Workspace, *arguments: str) -> tuple[int, Any]:
    code, out, _ = workspace.evalkit("gate", "swap", "--json", *arguments)
    return code, json.loads(out)


def edit(workspace: Workspace, **changes: Any) -> None:
    path = workspace.root / "reports/swap.json"
    workspace.write("reports/swap.json", {**json.loads(path.read_text()), **changes})


# Locks


def test_a_locked_claim_passes_and_says_so(house: Workspace) -> None:
    before = (house.root / "reports/swap.json").read_text()
    code, out, _ = house.evalkit("claim", "lock", "swap")
    assert (code, "locked" in out) == (0, True)
    text = (house.root / "reports/swap.json").read_text()
    assert text.startswith(before.rstrip().removesuffix("}").rstrip())
    assert house.evalkit("check", "reports/swap.json")[0] == 0
    code, report = gate(house)
    assert (code, report["exploratory"]) == (0, None)
    assert report["claim"]["lock"]["terms"]


def test_a_margin_changed_after_the_lock_is_exploratory_and_no_pass(house: Workspace) -> None:
    house.evalkit("claim", "lock", "swap")
    edit(house, packs={"sums": {"margin": 0.2}})
    code, report = gate(house)
    assert (code, report["verdict"]) == (3, "parity")
    assert "changed after it was locked" in report["exploratory"]
    assert gate(house, "--exploratory-ok")[0] == 0


def test_a_margin_changed_after_results_is_exploratory_without_a_lock_too(house: Workspace) -> None:
    assert gate(house)[0] == 0
    edit(house, packs={"sums": {"margin": 0.2}})
    code, report = gate(house)
    assert code == 3
    assert "changed after these results were judged" in report["exploratory"]


def test_notes_and_labels_are_not_terms(house: Workspace) -> None:
    house.evalkit("claim", "lock", "swap")
    edit(house, notes="a remark", baseline={"model": "fake/m", "label": "the old one"})
    edit(house, baseline="fake/m")
    assert gate(house)[1]["exploratory"] is None


def test_a_pack_changed_after_the_lock_is_exploratory(house: Workspace) -> None:
    house.evalkit("claim", "lock", "swap")
    house.pack(samples=201)
    assert "changed after it was locked" in gate(house)[1]["exploratory"]


def test_nothing_can_be_locked_before_results_that_exist(house: Workspace) -> None:
    gate(house)
    code, _, err = house.evalkit("claim", "lock", "swap")
    assert code == 2
    assert "already run" in err
    assert house.evalkit("claim", "lock", "swap", "--after-results")[0] == 0
    code, report = gate(house)
    assert (code, report["exploratory"]) == (3, "the claim was locked after the candidate had been run")


def test_an_inferior_verdict_stays_inferior_when_exploratory(workspace: Workspace, serve: Serve) -> None:
    workspace.pack(samples=200)
    workspace.card(serve(answering(lambda model, i: model == "other" and i % 2 == 0)).url, concurrency=32)
    workspace.claim()
    gate(workspace)
    edit(workspace, packs={"sums": {"margin": 0.06}})
    assert gate(workspace)[0] == 1


# Baselines


def save(house: Workspace, *arguments: str) -> Any:
    run = next(run for run in house.runs() if run.parent.name == "fake--m")
    return json.loads(house.evalkit("baseline", "save", str(run), "--json", *arguments)[1])


def test_with_a_committed_baseline_only_the_candidate_is_asked(workspace: Workspace, serve: Serve) -> None:
    server = serve(answering(lambda _, i: i % 10 == 0))
    workspace.pack(samples=200)
    workspace.card(server.url, concurrency=32)
    workspace.claim()
    first = gate(workspace)
    told = save(workspace)
    assert told["samples"] == 200
    for run in workspace.runs():
        for path in run.iterdir():
            path.unlink()
    asked = len(server.bodies)
    again = gate(workspace)
    assert {body["model"] for body in server.bodies[asked:]} == {"other"}
    assert len(server.bodies) == asked + 200
    assert again[0] == first[0] == 0
    assert again[1]["packs"][0]["statistics"] == first[1]["packs"][0]["statistics"]
    text = (workspace.root / told["file"]).read_text()
    assert "The answer is" not in text
    assert len(text) < 20_000


def test_an_expired_baseline_is_refused(house: Workspace) -> None:
    gate(house)
    file = house.root / save(house)["file"]
    yesterday = (datetime.now(UTC).date() - timedelta(days=1)).isoformat()
    file.write_text(re.sub(r'"expires":"[^"]+"', f'"expires":"{yesterday}"', file.read_text()))
    code, _, err = house.evalkit("gate", "swap")
    assert code == 4
    assert f"expired on {yesterday}" in err


def test_the_canary_sees_a_model_that_changed_behind_its_name(workspace: Workspace, serve: Serve) -> None:
    drifted = False
    workspace.pack(samples=100)
    workspace.card(serve(answering(lambda _, i: drifted and i % 2 == 0)).url, concurrency=32)
    workspace.claim()
    gate(workspace)
    file = save(workspace)["file"]
    assert workspace.evalkit_json("baseline", "check", file)["holds"] is True
    drifted = True
    assert workspace.evalkit("baseline", "check", file)[0] == 4


# Verification


def test_verify_recomputes_scores_and_verdict(house: Workspace) -> None:
    gate(house)
    folder = "reports/runs/gates/swap"
    code, out, _ = house.evalkit("verify", folder)
    assert (code, "everything that could be recomputed agrees" in out) == (0, True)


@pytest.mark.parametrize("tampered", ["score", "call", "verdict", "margin"])
def test_verify_sees_what_was_tampered_with(house: Workspace, tampered: str) -> None:
    gate(house)
    run = next(run for run in house.runs() if run.parent.name == "fake--other")
    report = house.root / "reports/runs/gates/swap/verdict.json"
    if tampered == "score":
        path, old, new = run / "results.jsonl", '"value":0.0,"lenient_value":0.0', '"value":1.0,"lenient_value":1.0'
    elif tampered == "call":
        path, old, new = run / "calls.jsonl", '"text":"The answer is 3."', '"text":"The answer is 4."'
    elif tampered == "verdict":
        path, old, new = report, '"p_noninferior": 0', '"p_noninferior": 1'
    else:
        path, old, new = report, '"margin": 0.05', '"margin": 0.001'
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 2 if tampered == "margin" else 1))
    code, out, _ = house.evalkit("verify", "reports/runs/gates/swap")
    assert (code, "differs" in out) == (4, True)


# The gap


def test_the_gap_is_taken_apart(workspace: Workspace, serve: Serve) -> None:
    def wrong(model: str, i: int) -> Any:
        if model == "other" and i < 4:
            return reply("", finish="length")
        if model == "other" and i < 6:
            return reply(None, refusal="no")
        if model == "other" and 10 <= i < 18:
            return reply(f"Well, {i + 2} or {i + 3} or perhaps {i + 1}")
        return i % 10 == 9 or (model == "other" and i % 10 == 8)

    workspace.pack(samples=200, outcomes={"truncated": "wrong", "refused": "wrong", "extraction_failed": "wrong"})
    workspace.card(serve(answering(wrong)).url, concurrency=32)
    workspace.claim()
    parts = {part["cause"]: part for part in gate(workspace)[1]["packs"][0]["gap"]}
    usual = 1 - 39 / 186  # the candidate's share of right answers among those that came and could be read
    assert parts["gap"]["share"] == pytest.approx(sum(parts[name]["share"] for name in parts if name != "gap"))
    assert parts["extraction"]["share"] == pytest.approx(-8 / 200)
    assert parts["truncation"]["share"] == pytest.approx(-4 / 200 * usual, abs=0.002)
    assert parts["refusal"]["share"] == pytest.approx(-2 / 200 * usual, abs=0.002)
    assert parts["infrastructure"]["share"] == 0
    assert parts["capability"]["low"] < parts["capability"]["share"] < parts["capability"]["high"]
    page = (workspace.root / "reports/runs/gates/swap/report.md").read_text()
    assert "| truncation |" in page
    assert "| infrastructure |" not in page


def test_three_arms_tell_model_from_deployment(workspace: Workspace, serve: Serve) -> None:
    workspace.pack(samples=300)
    workspace.card(
        serve(answering(lambda model, i: model == "other" and i % 3 == 0)).url,
        concurrency=32,
        models={"m": {}, "other": {}, "reference": {}},
    )
    workspace.claim(reference="fake/reference")
    code, report = gate(workspace)
    assert code == 1
    split = report["splits"]["sums"]
    assert {part: found["verdict"] for part, found in split.items()} == {
        "model gap": "parity",
        "deployment gap": "inferior",
    }
    assert "deployment gap" in (workspace.root / "reports/runs/gates/swap/report.md").read_text()


# Plans and budgets


def test_plan_says_when_a_pack_is_too_small_before_money_is_spent(workspace: Workspace) -> None:
    workspace.pack(samples=100)
    workspace.card("http://127.0.0.1:9/v1", price={"input": 1, "output": 2, "date": "2026-11-01"})
    workspace.claim()
    code, out, _ = workspace.evalkit("plan", "swap")
    assert (code, "TOO SMALL" in out) == (3, True)
    assert workspace.runs() == []
    (row,) = workspace.evalkit_json("plan", "swap", "--discordance", "0.1")["packs"]
    assert row["needed"] == 274  # stats.md section 3: discordance .10, margin .05, 80 %
    assert row["usd"] == pytest.approx((row["input_tokens"] + 2 * row["output_tokens"]) / 1e6, abs=1e-5)


def test_plan_uses_what_finished_runs_tell(house: Workspace) -> None:
    gate(house)
    (row,) = house.evalkit_json("plan", "swap")["packs"]
    assert row["basis"] == "finished runs of both arms"
    assert row["discordance"] == pytest.approx(1 / 202)
    assert row["input_tokens"] == 2 * 200 * 10


def test_the_gate_refuses_what_the_budget_cannot_pay(workspace: Workspace, serve: Serve) -> None:
    server = serve(answering(lambda _, __: False))
    workspace.pack(samples=200)
    workspace.card(server.url, price={"input": 1000, "output": 1000, "date": "2026-11-01"})
    workspace.claim(budget_usd=1)
    code, _, err = workspace.evalkit("gate", "swap")
    assert (code, "the budget is 1" in err, server.bodies) == (2, True, [])
    edit(workspace, budget_usd=100)
    assert workspace.evalkit("gate", "swap")[0] == 0


def test_an_unpriced_model_is_unknown_never_free(workspace: Workspace) -> None:
    workspace.pack(samples=10)
    workspace.card("http://127.0.0.1:9/v1")
    workspace.claim()
    assert "price unknown" in workspace.evalkit("gate", "swap", "--dry-run")[1]
    assert workspace.evalkit_json("plan", "swap")["packs"][0]["usd"] is None
