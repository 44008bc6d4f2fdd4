"""`evalkit import` of other harnesses' logs: runs that `evalkit compare` takes, with every outcome carried over.

The logs are written here in the shapes that inspect_ai 0.3.285, lm-eval 0.4.13 and promptfoo 0.121.20 wrote.
"""

from __future__ import annotations

import json
import zipfile
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.damage import damaged
from support.workspace import Workspace

from evalkit import cli, importers
from evalkit.errors import UsageError
from evalkit.importers import _runs
from evalkit.importers._runs import _natural, clean
from evalkit.importers._source import Source


@pytest.fixture(autouse=True)
def _listed(monkeypatch: pytest.MonkeyPatch) -> None:
    summary = "Turn public data sets into packs, and the logs of other harnesses into runs."
    monkeypatch.setitem(cli.COMMANDS["measure"], "import", summary)
    monkeypatch.setitem(cli.COMMANDS["measure"], "rescore", "Score finished runs again, offline, and say what changed.")


def results(run: Path) -> dict[tuple[str, int], dict[str, Any]]:
    found = [json.loads(line) for line in (run / "results.jsonl").read_text().splitlines()]
    return {(line["sample"], line["epoch"]): line for line in found}


def manifest(run: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((run / "run.json").read_text())
    return found


def made(workspace: Workspace, *arguments: str) -> list[Path]:
    """The folders of the runs that an import makes."""
    code, out, err = workspace.evalkit("import", *arguments, "--json")
    assert (code, err) == (0, ""), err
    return [workspace.root / run["directory"] for run in json.loads(out)["runs"]]


def compare(workspace: Workspace, runs: Sequence[Path], *arguments: str) -> tuple[int, dict[str, Any]]:
    code, out, err = workspace.evalkit("compare", str(runs[0]), str(runs[1]), "--margin", "0.05", "--json", *arguments)
    return code, json.loads(out) if out else {"error": err}


# --- Inspect


def inspect_sample(id_: str = "s1", epoch: int = 1, value: Any = "C", **changes: Any) -> dict[str, Any]:
    stop = changes.pop("stop", "stop")
    content = changes.pop("content", "The answer is 4.")
    choice = {"message": {"id": "x9", "content": content, "role": "assistant"}, "stop_reason": stop}
    return {
        "id": id_,
        "epoch": epoch,
        "input": f"What is {id_}?",
        "target": "4",
        "messages": [{"id": "r1", "content": f"What is {id_}?", "role": "user"}, choice["message"]],
        "output": {
            "model": "mock/served",
            "choices": [choice],
            "usage": {"input_tokens": 10, "output_tokens": 5, "total_tokens": 15},
            "time": 0.5,
        },
        "scores": {"match": {"value": value, "answer": "4", "explanation": "said 4"}},
        "metadata": {},
        "working_time": 0.7,
        "error": None,
        "attachments": {},
        **changes,
    }


def inspect_header(samples: Sequence[dict[str, Any]], **changes: Any) -> dict[str, Any]:
    config = changes.pop("config", {"max_tokens": 64, "extra_headers": {"x-key": "secret"}})
    return {
        "version": 2,
        "status": "success",
        "eval": {
            "run_id": "r",
            "created": "2026-11-23T17:28:38+00:00",
            "task": "arith/adds",
            "task_version": 0,
            "task_args": {},
            "dataset": {"name": "adds", "sample_ids": list(dict.fromkeys(sample["id"] for sample in samples))},
            "model": changes.pop("model", "mock/one"),
            "model_args": {"api_key": "secret"},
            "model_generate_config": config,
            "config": {"epochs": max(sample["epoch"] for sample in samples)},
            "packages": {"inspect_ai": "0.3.285"},
        },
        "plan": {"steps": [{"solver": "generate", "params": {}}], "config": {}},
        **changes,
    }


def inspect_json(workspace: Workspace, name: str, samples: Sequence[dict[str, Any]], **changes: Any) -> str:
    workspace.write(name, json.dumps({**inspect_header(samples, **changes), "samples": samples}))
    return name


def inspect_eval(
    workspace: Workspace, name: str, samples: Sequence[dict[str, Any]], *, method: int = zipfile.ZIP_DEFLATED
) -> str:
    module: Any = zipfile
    if method == 93:
        module = pytest.importorskip("backports.zstd.zipfile")
    with module.ZipFile(workspace.root / name, "w", method) as archive:
        for sample in reversed(samples):
            archive.writestr(f"samples/{sample['id']}_epoch_{sample['epoch']}.json", json.dumps(sample))
        archive.writestr("header.json", json.dumps(inspect_header(samples)))
    return name


NAN = float("nan")
#: what a sample of Inspect says -> the outcome and value that it must come to
INSPECT: dict[str, tuple[dict[str, Any], str, float | None]] = {
    "right": ({"value": "C"}, "ok", 1.0),
    "wrong": ({"value": "I"}, "ok", 0.0),
    "partly": ({"value": "P"}, "ok", 0.5),
    "number": ({"value": 0.25}, "ok", 0.25),
    "true": ({"value": True}, "ok", 1.0),
    "no answer": ({"value": "N"}, "extraction_failed", None),
    "not scored": ({"value": NAN}, "judge_failed", None),
    "no score": ({"scores": {}}, "judge_failed", None),
    "refusal": ({"scores": {"match": {"value": "I", "reason": "refusal"}}}, "refused", None),
    "grader": ({"scores": {"match": {"value": NAN, "reason": "grader_failed"}}}, "judge_failed", None),
    "bad format": ({"scores": {"match": {"value": 0, "reason": "invalid_response_format"}}}, "extraction_failed", None),
    "cut": ({"value": "I", "stop": "max_tokens"}, "truncated", None),
    "cut but right": ({"value": "C", "stop": "max_tokens"}, "truncated", None),
    "context": ({"value": "I", "stop": "model_length"}, "truncated", None),
    "filter": ({"value": "I", "stop": "content_filter"}, "filtered", None),
    "limit": ({"value": "I", "limit": {"type": "token", "limit": 10}}, "truncated", None),
    "operator": ({"value": "I", "limit": {"type": "operator", "limit": 1}}, "provider_error", None),
    "error": (
        {"error": {"message": "500 boom", "traceback": "..."}, "output": {"choices": []}},
        "provider_error",
        None,
    ),
    "only thoughts": (
        {"value": "I", "content": [{"type": "reasoning", "reasoning": "hmm"}, {"type": "text", "text": ""}]},
        "empty_with_reasoning",
        None,
    ),
}


@pytest.mark.parametrize("form", ["json", "eval", "zstandard"])
def test_inspect_logs_carry_every_outcome_over(workspace: Workspace, form: str) -> None:
    samples = [inspect_sample(name, **changes) for name, (changes, _, _) in INSPECT.items()]
    if form == "json":
        file = inspect_json(workspace, "a.json", samples)
    else:
        file = inspect_eval(workspace, "a.eval", samples, method=93 if form == "zstandard" else zipfile.ZIP_DEFLATED)
    (run,) = made(workspace, "inspect", file, "--score", "match")
    found = results(run)
    assert {name: found[name, 0]["outcome"] for name in INSPECT} == {name: row[1] for name, row in INSPECT.items()}
    for name, (_, _, value) in INSPECT.items():
        assert found[name, 0].get("score", {}).get("value") == value, name
    told = manifest(run)
    assert told["status"] == "complete"
    assert told["outcomes"] == Counter(row[1] for row in INSPECT.values())
    assert told["imported"]["harness"] == "inspect"
    assert told["imported"]["harness_version"] == "0.3.285"
    assert told["imported"]["sha256"] == sha256((workspace.root / file).read_bytes()).hexdigest()
    assert told["conditions"]["max_tokens"] == 64
    assert told["conditions"]["score"] == "match"
    assert found["cut but right", 0]["score"]["details"] == {"recorded": "C"}
    assert "boom" in found["error", 0]["score"]["explanation"]
    assert found["right", 0]["usage"] == {"input": 10, "output": 5}
    assert b"secret" not in b"".join(path.read_bytes() for path in run.iterdir())
    assert workspace.evalkit("check", "tasks/inspect-adds.json")[0] == 0
    assert "The answer is 4." in workspace.evalkit("show", str(run), "right")[1]
    assert "500 boom" in workspace.evalkit("show", str(run), "error")[1]


def many(wrong: Sequence[int] = (), count: int = 200, **changes: Any) -> list[dict[str, Any]]:
    return [inspect_sample(f"s{i}", value="I" if i in wrong else "C", **changes) for i in range(count)]


def test_two_logs_of_the_same_items_pair_and_gate(workspace: Workspace) -> None:
    first = inspect_json(workspace, "a.json", many(range(5)), model="mock/one")
    second = inspect_eval(workspace, "b.eval", many(range(4)))
    worse = inspect_json(workspace, "c.json", many(range(40)), model="mock/worse")
    runs = made(workspace, "inspect", first, second, worse)
    assert compare(workspace, runs[:2])[1]["verdict"] == "parity"
    code, verdict = compare(workspace, runs[::2])
    assert (code, verdict["verdict"]) == (1, "inferior")
    assert verdict["statistics"]["n"] == 200
    again = made(workspace, "inspect", worse)  # alone, and after the others: the same pack, the same run
    assert again == runs[2:]


def test_arms_that_were_not_asked_alike_are_not_compared(workspace: Workspace) -> None:
    first = inspect_json(workspace, "a.json", many(), config={"temperature": 0.0})
    second = inspect_json(workspace, "b.json", many(), config={"temperature": 0.7}, model="mock/two")
    runs = made(workspace, "inspect", first, second)
    code, verdict = compare(workspace, runs)
    assert (code, verdict["reason"]) == (4, "conditions")
    assert compare(workspace, runs, "--waive", "temperature")[0] == 0


def test_an_outcome_may_be_declared_the_models_own_failure(workspace: Workspace) -> None:
    samples = [inspect_sample(f"s{i}", stop="max_tokens" if i < 40 else "stop") for i in range(200)]
    first = inspect_json(workspace, "a.json", many())
    second = inspect_json(workspace, "b.json", samples, model="mock/two")
    assert compare(workspace, made(workspace, "inspect", first, second))[1]["reason"] == "instrument"
    runs = made(workspace, "inspect", first, second, "--wrong", "truncated", "--name", "strict")
    code, verdict = compare(workspace, runs)
    assert (code, verdict["verdict"], verdict["counted_wrong"]) == (1, "inferior", ["truncated"])
    assert "did you mean 'truncated'" in workspace.evalkit("import", "inspect", first, "--wrong", "truncate")[2]


def test_epochs_are_repeats(workspace: Workspace) -> None:
    samples = [inspect_sample(f"s{i}", epoch) for i in range(3) for epoch in (1, 2)]
    (run,) = made(workspace, "inspect", inspect_json(workspace, "a.json", samples))
    assert set(results(run)) == {(f"s{i}", epoch) for i in range(3) for epoch in (0, 1)}
    assert manifest(run)["identity"]["epochs"] == 2


def test_samples_that_a_cancelled_log_does_not_hold_are_missing_not_dropped(workspace: Workspace) -> None:
    whole = many(count=10)
    log = {**inspect_header(whole, status="cancelled"), "samples": whole[:7]}
    workspace.write("a.json", json.dumps(log))
    other = inspect_json(workspace, "b.json", whole, model="mock/two")
    code, out, _ = workspace.evalkit("import", "inspect", "a.json", other)
    assert code == 0
    assert "3 of 10 answers are missing (the log's status: cancelled)" in out
    run = next(run for run in workspace.runs() if "one" in str(run))
    assert manifest(run)["outcomes"] == {"ok": 7, "provider_error": 3}
    assert "no answer" in results(run)["s9", 0]["score"]["explanation"]


def test_logs_of_other_items_are_refused_unless_the_common_ones_are_asked_for(workspace: Workspace) -> None:
    first = inspect_json(workspace, "a.json", many(count=12))
    second = inspect_json(workspace, "b.json", many(count=15)[2:], model="mock/two")
    code, _, err = workspace.evalkit("import", "inspect", first, second)
    assert code == 2
    assert "a.json (mock/one): 2 items not in the others: s0, s1" in err
    assert "b.json (mock/two): 3 items not in the others: s12, s13, s14" in err
    assert workspace.runs() == []
    code, out, _ = workspace.evalkit("import", "inspect", first, second, "--common")
    assert code == 0
    assert "left out: a.json (mock/one): 2 items" in out
    assert all(len(results(run)) == 10 for run in workspace.runs())
    assert compare(workspace, workspace.runs())[0] == 3


def test_the_same_id_for_another_question_is_refused(workspace: Workspace) -> None:
    first = inspect_json(workspace, "a.json", many(count=4))
    changed = [{**sample, "input": "Another?"} if sample["id"] == "s2" else sample for sample in many(count=4)]
    second = inspect_json(workspace, "b.json", changed)
    for extra in ((), ("--common",)):
        code, _, err = workspace.evalkit("import", "inspect", first, second, *extra)
        assert (code, "different things under the same id: s2" in err) == (2, True)


def test_a_later_import_of_other_items_does_not_change_the_pack(workspace: Workspace) -> None:
    made(workspace, "inspect", inspect_json(workspace, "a.json", many(count=4)))
    before = (workspace.root / "tasks/inspect-adds.json").read_bytes()
    changed = [{**sample, "input": "Another?"} if sample["id"] == "s2" else sample for sample in many(count=6)[1:]]
    other = inspect_json(workspace, "b.json", changed, model="mock/two")
    code, _, err = workspace.evalkit("import", "inspect", other)
    assert code == 2
    for told in ("2 items only in this log (s4, s5)", "1 items only in the pack (s0)", "not the same (s2)", "--common"):
        assert told in err
    assert (workspace.root / "tasks/inspect-adds.json").read_bytes() == before
    workspace.pack("mine")
    assert "not an imported pack" in workspace.evalkit("import", "inspect", other, "--name", "mine")[2]
    assert workspace.evalkit("import", "inspect", other, "--force")[0] == 0


def test_the_score_must_be_chosen_where_there_are_several(workspace: Workspace) -> None:
    scores = {"match": {"value": "C"}, "parts": {"value": {"form": 1, "content": 0}}}
    file = inspect_json(workspace, "a.json", [inspect_sample(scores=scores)])
    assert (
        "choose one with --score: match, parts.content, parts.form" in workspace.evalkit("import", "inspect", file)[2]
    )
    assert "did you mean 'match'" in workspace.evalkit("import", "inspect", file, "--score", "mtch")[2]
    (run,) = made(workspace, "inspect", file, "--score", "parts.content")
    assert results(run)["s1", 0]["score"]["value"] == 0.0


def test_scores_outside_of_0_to_1_are_told_all_at_once(workspace: Workspace) -> None:
    file = inspect_json(workspace, "a.json", [inspect_sample("x", value=7), inspect_sample("y", value=[1, 0])])
    code, _, err = workspace.evalkit("import", "inspect", file)
    assert code == 2
    assert "sample 'x': the score match is 7" in err
    assert "sample 'y': the score match is [1,0]" in err
    assert workspace.runs() == []


def test_messages_attachments_and_broken_text(workspace: Workspace) -> None:
    sample = inspect_sample(
        input=[
            {"role": "system", "content": "Be brief."},
            {"role": "user", "content": [{"type": "text", "text": "2+2?"}]},
        ],
        content="half \ud83d pair",
    )
    long = inspect_sample("long", input="attachment://abc", attachments={"abc": "A long question"})
    (run,) = made(workspace, "inspect", inspect_json(workspace, "a.json", [sample, long]))
    pack = json.loads((workspace.root / "tasks/inspect-adds.json").read_text())
    assert {sample["id"]: sample["input"] for sample in pack["samples"]} == {
        "s1": "Be brief.\n\n2+2?",
        "long": "A long question",
    }
    assert "half � pair" in workspace.evalkit("show", str(run), "s1")[1]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"PK\x03\x04broken", "damaged archive"),
        (b'{"eval": ', "not JSON"),
        (b'{"results": []}', "not of a log of Inspect"),
        (b"", "not JSON"),
    ],
)
def test_what_is_no_log_is_told(workspace: Workspace, content: bytes, message: str) -> None:
    workspace.write("a.eval", content)
    code, _, err = workspace.evalkit("import", "inspect", "a.eval")
    assert (code, message in err) == (2, True), err


# --- lm-eval


def lm_eval_rows(count: int = 4, wrong: Sequence[int] = (), invalid: Sequence[int] = ()) -> list[dict[str, Any]]:
    rows = []
    for filter_ in ("strict-match", "flexible-extract"):
        for i in range(count):
            lost = i in invalid and filter_ == "strict-match"
            rows.append(
                {
                    "doc_id": i,
                    "doc": {"question": f"{i}+2?", "answer": str(i + 2)},
                    "target": str(i + 2),
                    "arguments": {"gen_args_0": {"arg_0": f"Q: {i}+2?\nA:", "arg_1": {"until": ["\n\n"]}}},
                    "resps": [[f"hmm {i + 2}"]],
                    "filtered_resps": ["[invalid]" if lost else str(i + 2)],
                    "filter": filter_,
                    "metrics": ["exact_match"],
                    "doc_hash": sha256(str(i).encode()).hexdigest(),
                    "exact_match": 0.0 if lost or i in wrong else 1.0,
                }
            )
    return rows


TIME = "2026-11-23T17-29-11.298963"


def lm_eval(
    workspace: Workspace, folder: str, rows: Sequence[dict[str, Any]], *, summary: bool = True, **changes: Any
) -> str:
    (workspace.root / folder).mkdir(exist_ok=True)
    if summary:
        model = {"model": "hf", "model_args": {"pretrained": f"org/{folder}", "token": "secret"}}
        found = {
            "results": {"adds": {"exact_match,strict-match": 1.0}},
            "configs": {"adds": {"generation_kwargs": {"max_gen_toks": 64, "temperature": 0.0}, "num_fewshot": 5}},
            "versions": {"adds": 3.0},
            "n-shot": {"adds": 5},
            "n-samples": {"adds": {"original": 1319, "effective": len({row["doc_id"] for row in rows})}},
            "config": model,
            "lm_eval_version": "0.4.13",
            "chat_template": None,
            **changes,
        }
        workspace.write(f"{folder}/results_{TIME}.json", json.dumps(found))
    name = f"{folder}/samples_adds_{TIME}.jsonl"
    workspace.write(name, "".join(f"{json.dumps(row)}\n" for row in rows))
    return name


def test_lm_evals_filters_are_the_strict_and_the_lenient_reading(workspace: Workspace) -> None:
    file = lm_eval(workspace, "one", lm_eval_rows(wrong=[1], invalid=[2]))
    code, out, _ = workspace.evalkit("import", "lm-eval", file)
    assert code == 0
    assert "does not record why an answer ended" in out
    (run,) = workspace.runs()
    found = {key[0]: (line["outcome"], line["score"]) for key, line in results(run).items()}
    assert [found[str(i)][0] for i in range(4)] == ["ok", "ok", "extraction_failed", "ok"]
    assert (found["1"][1]["value"], found["1"][1]["lenient_value"]) == (0.0, 0.0)
    assert found["2"][1].get("value") is None
    assert found["2"][1]["lenient_value"] == 1.0
    told = manifest(run)
    assert told["arm"] == "hf/org/one"
    assert told["conditions"]["num_fewshot"] == 5
    assert told["conditions"]["task_version"] == 3.0
    assert told["conditions"]["max_tokens"] == 64
    assert "secret" not in (run / "run.json").read_text()
    assert "hmm 4" in workspace.evalkit("show", str(run), "2")[1]


def test_two_lm_eval_logs_gate_and_results_files_may_stand_beside_them(workspace: Workspace) -> None:
    one = lm_eval(workspace, "one", lm_eval_rows(200, wrong=range(4)))
    two = lm_eval(workspace, "two", lm_eval_rows(200, wrong=range(5)))
    runs = made(workspace, "lm-eval", one, f"one/results_{TIME}.json", two)
    assert len(runs) == 2
    assert compare(workspace, runs)[1]["verdict"] == "parity"
    assert [sample["id"] for sample in json.loads((workspace.root / "tasks/lm-eval-adds.json").read_text())["samples"]][
        8:11
    ] == ["8", "9", "10"]


def test_a_metric_and_filter_may_be_chosen(workspace: Workspace) -> None:
    rows = [{**row, "metrics": ["exact_match", "f1"], "f1": 0.5} for row in lm_eval_rows()]
    file = lm_eval(workspace, "one", rows)
    code, _, err = workspace.evalkit("import", "lm-eval", file)
    assert (code, "choose with --score: exact_match,flexible-extract, exact_match,strict-match, f1," in err) == (
        2,
        True,
    )
    (run,) = made(workspace, "lm-eval", file, "--score", "f1,flexible-extract", "--lenient", "exact_match,strict-match")
    assert results(run)["0", 0]["score"]["value"] == 0.5
    assert manifest(run)["conditions"]["score"] == "f1,flexible-extract"


def test_rows_of_older_versions_do_not_list_their_metrics(workspace: Workspace) -> None:
    rows = [{name: value for name, value in row.items() if name not in ("metrics", "filter")} for row in lm_eval_rows()]
    old = [{**row, "arguments": [[f"Q: {i}", {"until": []}]]} for i, row in enumerate(rows[:4])]
    (run,) = made(workspace, "lm-eval", lm_eval(workspace, "one", old))
    assert manifest(run)["mean_score"] == 1.0
    assert manifest(run)["conditions"]["score"] == "exact_match,none"


def test_weighed_choices_have_scores_and_no_text(workspace: Workspace) -> None:
    rows = [
        {
            "doc_id": i,
            "doc": {"query": f"q{i}"},
            "target": "0",
            "arguments": {"gen_args_0": {"arg_0": "q", "arg_1": " a"}, "gen_args_1": {"arg_0": "q", "arg_1": " b"}},
            "resps": [[["-2.0", "False"]], [["-5.0", "False"]]],
            "filtered_resps": [["-2.0", "False"], ["-5.0", "False"]],
            "filter": "none",
            "metrics": ["acc"],
            "acc": 1.0,
        }
        for i in range(3)
    ]
    (run,) = made(workspace, "lm-eval", lm_eval(workspace, "one", rows))
    assert manifest(run)["mean_score"] == 1.0
    assert not (run / "calls.jsonl").exists()


def test_incomplete_and_anonymous_lm_eval_logs_are_refused(workspace: Workspace) -> None:
    rows = lm_eval_rows()
    file = lm_eval(workspace, "one", rows, **{"n-samples": {"adds": {"effective": 9}}})
    assert "4 samples here, but the results file says 9" in workspace.evalkit("import", "lm-eval", file)[2]
    file = lm_eval(workspace, "two", [*rows, rows[0], {"no": 1}], summary=False)
    code, _, err = workspace.evalkit("import", "lm-eval", file)
    assert (code, "name the model with --model" in err) == (2, True)
    code, _, err = workspace.evalkit("import", "lm-eval", file, "--model", "org/two")
    assert code == 2
    assert ":9: /: doc_id 0 is here twice for the filter 'strict-match'" in err
    assert ":10: /: no 'doc_id' here" in err


# --- promptfoo


def promptfoo_row(number: int, provider: str, column: int, output: str | None, **response: Any) -> dict[str, Any]:
    passed = output == str(number + 2)
    error = response.pop("error", None)
    return {
        "promptIdx": column,
        "testIdx": number,
        "provider": {"id": f"file://{provider}.js", "label": provider},
        "promptId": f"prompt{column // 2}",
        "prompt": {"raw": f"What is {number}+2?", "label": "What is {{n}}+2?"},
        "vars": {"n": str(number)},
        "testCase": {"vars": {"n": str(number)}, "assert": [{"type": "equals", "value": str(number + 2)}]},
        "success": passed,
        "score": 1 if passed else 0,
        "namedScores": {"brief": 0.5},
        "failureReason": 2 if error else 0 if passed else 1,
        "error": error,
        "response": {"error": error} if error else {"output": output, "finishReason": "stop", **response},
        "gradingResult": {"pass": passed, "score": float(passed), "reason": "said so"},
        "latencyMs": 20,
    }


def promptfoo(workspace: Workspace, name: str, rows: Sequence[dict[str, Any]]) -> str:
    config = [{"id": "file://a.js", "label": "a", "config": {"temperature": 0, "apiKey": "secret", "wrong": 1}}]
    workspace.write(
        name,
        json.dumps(
            {
                "evalId": "eval-1",
                "results": {"version": 3, "timestamp": "2026", "prompts": [], "results": rows, "stats": {}},
                "config": {"description": "Adds two", "providers": config},
                "metadata": {"promptfooVersion": "0.121.20"},
            }
        ),
    )
    return name


def test_each_provider_of_a_promptfoo_file_is_a_run(workspace: Workspace) -> None:
    rows = []
    for column, provider in enumerate(("a", "b")):
        rows += [promptfoo_row(i, provider, column, str(i + 2 + (provider == "b" and i == 0))) for i in range(6)]
        rows[-5] = promptfoo_row(1, provider, column, None, error="API error: 500")
        rows[-4] = promptfoo_row(2, provider, column, "thinking", finishReason="length")
        rows[-3] = promptfoo_row(3, provider, column, "no", isRefusal=True)
        rows[-2] = promptfoo_row(4, provider, column, "no", finishReason="content_filter")
    runs = made(workspace, "promptfoo-results", promptfoo(workspace, "r.json", rows[::-1]))
    assert [manifest(run)["arm"] for run in runs] == ["a", "b"]
    expected = {"ok": 2, "provider_error": 1, "truncated": 1, "refused": 1, "filtered": 1}
    assert [manifest(run)["outcomes"] for run in runs] == [expected, expected]
    assert [manifest(run)["mean_score"] for run in runs] == [1.0, 0.5]
    assert manifest(runs[0])["conditions"]["temperature"] == 0
    assert manifest(runs[0])["imported"]["harness_version"] == "0.121.20"
    assert b"secret" not in b"".join(path.read_bytes() for path in runs[0].iterdir())
    code, verdict = compare(workspace, runs, "--waive", "temperature")
    assert (code, verdict["reason"]) == (4, "instrument")
    ids = [
        sample["id"] for sample in json.loads((workspace.root / "tasks/promptfoo-adds-two.json").read_text())["samples"]
    ]
    assert "500" in workspace.evalkit("show", str(runs[0]), results_by(runs[0], "provider_error"))[1]
    assert len(set(ids)) == 6


def results_by(run: Path, outcome: str) -> str:
    return next(key[0] for key, line in results(run).items() if line["outcome"] == outcome)


def test_promptfoos_repeats_are_epochs_and_prompts_are_conditions(workspace: Workspace) -> None:
    rows = []
    for column in range(4):  # two providers, then both with the second prompt
        for i in range(6):
            row = promptfoo_row(i // 2, "ab"[column % 2], column, str(i // 2 + 2))
            rows.append({**row, "testIdx": i})
    runs = made(workspace, "promptfoo-results", promptfoo(workspace, "r.json", rows))
    assert [manifest(run)["identity"]["epochs"] for run in runs] == [2] * 4
    assert all(len(results(run)) == 6 for run in runs)
    waived = ("--waive", "temperature")
    assert compare(workspace, [runs[0], runs[3]], *waived)[1]["reason"] == "conditions"
    assert compare(workspace, [runs[0], runs[1]], *waived)[1]["reason"] != "conditions"


def test_promptfoos_other_scores_and_filtered_tests(workspace: Workspace) -> None:
    file = promptfoo(workspace, "r.json", [promptfoo_row(i, "a", 0, "2") for i in range(4)])
    (run,) = made(workspace, "promptfoo-results", file, "--score", "brief")
    assert manifest(run)["mean_score"] == 0.5
    (run,) = made(workspace, "promptfoo-results", file, "--score", "pass")
    assert manifest(run)["mean_score"] == 0.25
    code, _, err = workspace.evalkit("import", "promptfoo-results", file, "--score", "breif")
    assert (code, "did you mean 'brief'" in err) == (2, True)
    fewer = [{**promptfoo_row(i, "b", 0, "2"), "testIdx": i - 1} for i in range(1, 4)]
    other = promptfoo(workspace, "s.json", fewer)
    runs = made(workspace, "promptfoo-results", file, other, "--common", "--name", "both")
    assert all(len(results(run)) == 3 for run in runs)
    workspace.write("t.json", "{}")
    assert "not promptfoo's results" in workspace.evalkit("import", "promptfoo-results", "t.json")[2]


# --- a table of scores

SCORES = """\
item,correct,outcome,cluster
q1,1,,doc1
q2,0.5,ok,doc1
q3,,truncated,doc2
q4,0,provider_error,doc2
q5,true,,
"""


def test_a_table_of_scores(workspace: Workspace) -> None:
    workspace.write("a.csv", SCORES)
    mapping = ("--map", "id=item", "--map", "score=correct")
    (run,) = made(workspace, "scores", "a.csv", *mapping, "--model", "org/a", "--name", "ours")
    found = {key[0]: (line["outcome"], line.get("score", {}).get("value")) for key, line in results(run).items()}
    assert found == {
        "q1": ("ok", 1.0),
        "q2": ("ok", 0.5),
        "q3": ("truncated", None),
        "q4": ("provider_error", None),
        "q5": ("ok", 1.0),
    }
    assert json.loads((workspace.root / "tasks/ours.json").read_text())["samples"][0] == {"id": "q1", "cluster": "doc1"}
    workspace.write("b.csv", "\n".join([SCORES.splitlines()[0], *SCORES.splitlines()[:0:-1], ""]))  # another order
    (other,) = made(workspace, "scores", "b.csv", *mapping, "--model", "org/b", "--name", "ours")
    assert compare(workspace, [run, other])[1]["reason"] == "instrument"
    assert "q3\t0\ttruncated" in workspace.evalkit("show", str(run))[1]


def test_epochs_of_a_table_count_from_0_or_1(workspace: Workspace) -> None:
    for first in (0, 1):
        rows = [f"q{i},{epoch},{i % 2}" for i in range(3) for epoch in (first, first + 1)]
        workspace.write("a.csv", "\n".join(["id,epoch,score", *rows]))
        (run,) = made(workspace, "scores", "a.csv", "--model", "org/a", "--name", f"from{first}")
        assert set(results(run)) == {(f"q{i}", epoch) for i in range(3) for epoch in (0, 1)}


def test_bad_scores_are_told_all_at_once(workspace: Workspace) -> None:
    workspace.write("a.csv", "id,score,outcome\nq1,2,\nq2,,\nq3,x,\nq4,1,truncate\n,1,\nq6,1,\nq6,0,\n")
    code, _, err = workspace.evalkit("import", "scores", "a.csv", "--model", "org/a")
    assert code == 2
    for line, message in (
        (2, "outside of 0 to 1"),
        (3, "neither a score"),
        (4, '"x" is not a score'),
        (5, "did you mean 'truncated'?"),
        (6, "no id"),
        (8, "has a score for this epoch already"),
    ):
        assert any(
            told.removeprefix("evalkit: ").startswith(f"a.csv:{line}: ") and message in told
            for told in err.splitlines()
        ), line
    assert "--model PROVIDER/NAME" in workspace.evalkit("import", "scores", "a.csv")[2]
    assert workspace.runs() == []


# --- what all share


def test_an_imported_run_is_not_written_twice_and_never_half(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = inspect_json(workspace, "a.json", many(count=3))
    (run,) = made(workspace, "inspect", file)
    before = {path.name: path.stat().st_mtime_ns for path in run.iterdir()}
    assert made(workspace, "inspect", file) == [run]
    assert {path.name: path.stat().st_mtime_ns for path in run.iterdir()} == before
    from evalkit.importers import _runs

    def broken(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(_runs, "write_manifest", broken)
    code = workspace.evalkit("import", "inspect", inspect_json(workspace, "b.json", many(count=3), model="mock/two"))[0]
    assert code == 4
    assert workspace.runs() == [run]
    assert [path.name for path in (workspace.root / "reports/runs").glob("*/*/.import-*")] == []


def test_imported_scores_cannot_be_made_again(workspace: Workspace) -> None:
    (run,) = made(workspace, "inspect", inspect_json(workspace, "a.json", many(count=3)))
    code, _, err = workspace.evalkit("rescore", str(run))
    assert (code, "imported from inspect with its scores" in err) == (2, True)


def test_logs_of_different_tasks_are_not_mixed(workspace: Workspace) -> None:
    first = inspect_json(workspace, "a.json", many(count=3))
    other = json.loads((workspace.root / first).read_text())
    other["eval"]["task"] = "subs"
    workspace.write("b.json", json.dumps(other))
    code, _, err = workspace.evalkit("import", "inspect", first, "b.json")
    assert (code, "different tasks (inspect-adds, inspect-subs)" in err) == (2, True)


@settings(derandomize=True)
@given(st.lists(st.text("ab01239_", min_size=1, max_size=6), unique=True))
def test_every_id_has_a_place_of_its_own(ids: list[str]) -> None:
    keys = sorted(_natural(id_) for id_ in ids)
    assert all(first < second for first, second in pairwise(keys))


def test_numbers_in_ids_are_ordered_as_numbers() -> None:
    assert sorted(["q10", "q9", "10", "9", "q9b"], key=_natural) == ["9", "10", "q9", "q9b", "q10"]


@settings(derandomize=True)
@given(
    st.recursive(
        st.none() | st.text() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_cleaned_values_can_be_written_and_good_ones_stay(value: Any) -> None:
    assert clean(value) == value
    assert json.dumps(clean(json.loads('["\\ud83d", "a\\udc00b"]')), ensure_ascii=False).encode()


def _logs() -> dict[str, Any]:
    """A small log of each format, as JSON."""
    chosen = ("right", "refusal", "limit", "error", "only thoughts")
    inspected = [inspect_sample(name, **INSPECT[name][0]) for name in chosen]
    rows = [promptfoo_row(i, "a", 0, str(i + 2)) for i in range(2)] + [promptfoo_row(2, "a", 0, None, error="boom")]
    return {
        "inspect": {**inspect_header(inspected), "samples": inspected},
        "lm-eval": lm_eval_rows(2),
        "promptfoo-results": {"results": {"results": rows, "prompts": []}, "config": {"providers": [{"id": "a"}]}},
    }


@pytest.mark.parametrize("format_", ["inspect", "lm-eval", "promptfoo-results"])
@settings(derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(data=st.data())
def test_a_damaged_log_is_imported_or_told_it_never_breaks(tmp_path: Path, format_: str, data: st.DataObject) -> None:
    log = data.draw(damaged(_logs()[format_]))
    path = tmp_path / "log.json"
    whole = json.dumps(log) if isinstance(log, dict) else "".join(f"{json.dumps(row)}\n" for row in log)
    path.write_text(whole)
    given_ = {"inspect": {"score": "match"}, "lm-eval": {"model": "org/a"}}.get(format_, {})
    try:
        logs = _runs.read(importers.load(format_), Source(path), given_)
        items, _ = _runs.shared(logs, common=False)
        files = _runs.pack_of(items, logs, "made", [])
        runs = [_runs.finished(log, items, files, "made.json") for log in logs]
    except UsageError as error:
        assert str(error)
        return
    for run in runs:
        assert run.manifest["calls"] == len(items) * run.log.epochs
        assert all(json.loads(line)["outcome"] for line in run.results.splitlines())
