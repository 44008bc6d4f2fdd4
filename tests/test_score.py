"""`evalkit score`: one result a line in the same order, mistakes on their own line, on all cores."""

import io
import json
import sys

import pytest
from support.fragile_job import FragileJob

from evalkit import cli
from evalkit.commands import score
from evalkit.errors import UnknownName, UsageError


@pytest.fixture
def run(monkeypatch, capsys):
    """Runs the command on lines (objects, or text as it is). Returns the exit code, the results and standard error."""

    def go(arguments, lines):
        text = "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        code = score.main(cli.command_parser("score", score).parse_args(arguments))
        out, err = capsys.readouterr()
        return code, [json.loads(line) for line in out.split("\n") if line], err

    return go


def test_a_result_has_the_documented_fields_first(run, capsys):
    code, [result], err = run(["json_value", "--jsonl"], [{"id": "a", "text": '{"x": 1}', "target": {"x": 1}}])
    assert (code, err) == (0, "")
    assert list(result)[:6] == ["id", "value", "lenient_value", "answer", "explanation", "outcome"]
    assert result["valid"] is True
    assert result["details"] == {"valid": True, "correct": True, "lenient_valid": True, "lenient_correct": True}


def test_fields_of_a_sample_and_all_others_as_metadata(run):
    rows = [
        {"id": 1, "text": "[1]", "schema": {"type": "array"}},
        {"id": 2, "text": "[1]", "schema": False},
    ]
    _, results, _ = run(["json_schema", "--jsonl"], rows)
    assert [result["value"] for result in results] == [1.0, 0.0]
    row = {"id": 3, "text": "no comma", "instruction_id_list": ["punctuation:no_comma"], "kwargs": [{}]}
    _, [result], _ = run(["ifeval", "--jsonl"], [row])
    assert (result["strict"], result["loose"], result["id"]) == ([True], [True], 3)
    _, [result], _ = run(
        ["language", "--jsonl"], [{"id": 4, "text": "Wir gehen heute in den Garten.", "language": "de"}]
    )
    assert result["value"] == 1.0
    _, [result], _ = run(["regex", "--jsonl"], [{"id": 5, "text": "ab", "metadata": {"pattern": "[ab]+"}}])
    assert result["value"] == 1.0


def test_options(run):
    row = {"id": 1, "text": '"soon"', "schema": {"format": "date"}}
    assert run(["json_schema", "--jsonl"], [row])[1][0]["value"] == 1.0
    assert run(["json_schema", "--option", "formats=true", "--jsonl"], [row])[1][0]["value"] == 0.0
    with pytest.raises(UsageError, match="did you mean 'formats'"):
        run(["json_schema", "--option", "format=true", "--jsonl"], [row])
    with pytest.raises(UsageError, match="takes"):
        run(["json_schema", "--option", "formats=yes", "--jsonl"], [row])
    with pytest.raises(UnknownName, match="did you mean 'json_schema'"):
        run(["json_shema", "--jsonl"], [row])
    with pytest.raises(UsageError, match="--jsonl"):
        run(["json_schema"], [row])


def test_a_bad_line_is_told_on_its_line(run):
    good = {"id": "g", "text": "[1]", "schema": {}}
    rows = [
        good,
        "not json",
        "[1]",
        {"id": "no text"},
        {"id": "text", "text": 3},
        {"id": "schema", "text": "1"},
        {"id": "choices", "text": "1", "choices": "AB"},
        {"id": "bad", "text": "1", "schema": {"type": "strng"}},
        "",
        "[" * 100_000,
        good,
    ]
    code, results, err = run(["json_schema", "--jsonl"], rows)
    assert code == 2
    assert [result["id"] for result in results] == [
        "g",
        None,
        None,
        "no text",
        "text",
        "schema",
        "choices",
        "bad",
        None,
        "g",
    ]
    assert ["error" in result for result in results] == [False] + [True] * 8 + [False]
    assert "8 of 10 lines could not be scored" in err
    code, [result], _ = run(
        ["ifeval", "--jsonl"], [{"id": 1, "text": "x", "instruction_id_list": ["no:such"], "kwargs": [{}]}]
    )
    assert code == 2
    assert "no instruction 'no:such'" in result["error"]


def test_no_answer_and_half_surrogates(run):
    rows = [{"id": "\ud83d", "text": None, "target": 1}, {"id": 2, "text": '"\ud83d"', "target": "\ud83d"}]
    code, results, _ = run(["json_value", "--jsonl"], rows)
    assert code == 0
    assert [result["value"] for result in results] == [None, 1.0]


def test_a_scorer_that_asks_a_model_is_refused(run, monkeypatch):
    monkeypatch.setattr(score.scorers, "resources", lambda module: ("ask",))
    with pytest.raises(UsageError, match="asks a model"):
        run(["json_value", "--jsonl"], [])


def test_many_lines_keep_their_order(run, monkeypatch):
    monkeypatch.setattr(score, "_cores", lambda: 2)
    rows = [{"id": n, "text": str(n), "target": n if n % 3 else -1} for n in range(score.SMALL + 130)]
    rows[7] = "no json"
    code, results, _ = run(["json_value", "--jsonl"], rows)
    assert code == 2
    assert [result["id"] for result in results] == [None if n == 7 else n for n in range(len(rows))]
    assert sum(result.get("value") or 0 for result in results) == sum(1 for n in range(len(rows)) if n % 3 and n != 7)


def test_a_line_that_ends_its_process_is_the_only_one_lost(monkeypatch):
    monkeypatch.setattr(score, "_cores", lambda: 2)
    monkeypatch.setattr(score, "SMALL", 1)
    monkeypatch.setattr(score, "CHUNK", 2)
    lines = [json.dumps({"id": n, "die": n in (3, 8)}).encode() for n in range(12)]
    results = list(score._spread(FragileJob(), iter(lines)))
    assert [json.loads(text)["id"] for text, _ in results] == list(range(12))
    assert [n for n, (_, scored) in enumerate(results) if not scored] == [3, 8]


def test_combine_through_the_command(run):
    parts = json.dumps([{"scorer": "json_value"}, {"scorer": "regex", "options": {"pattern": "[0-9]+"}}])
    code, [result], _ = run(
        ["combine", "--option", f"parts={parts}", "--jsonl"], [{"id": 1, "text": "12", "target": 13}]
    )
    assert (code, result["value"]) == (0, 0.5)
    assert [part["scorer"] for part in result["parts"]] == ["json_value", "regex"]


@pytest.mark.slow
def test_code_runs_in_the_sandbox(run):
    test = "def check(candidate):\n    assert candidate(1, 2) == 3"
    rows = [
        {
            "id": sign,
            "text": f"```python\ndef add(a, b):\n    return a {sign} b\n```",
            "entry_point": "add",
            "test": test,
        }
        for sign in "+-*"
    ]
    code, results, _ = run(["code", "--jsonl"], rows)
    assert code == 0
    assert [result["value"] for result in results] == [1.0, 0.0, 0.0]
