"""`evalkit import` of public formats: each becomes a pack that passes `evalkit check`; bad rows are told with lines."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.damage import damaged
from support.workspace import Workspace

from evalkit import cli, importers, packs
from evalkit.errors import UsageError
from evalkit.importers import _assertions, _packs
from evalkit.importers._packs import literal
from evalkit.importers._source import Source, slug
from evalkit.importers.choice import _letter
from evalkit.importers.math import last_box
from evalkit.json_files import Document
from evalkit.packs import Pack
from evalkit.records import Message, Sample, ScorerSpec
from evalkit.scorers import regex

RECORDED = Path(__file__).resolve().parents[1] / "../shared/data/recorded"
needs_recorded = pytest.mark.skipif(not RECORDED.is_dir(), reason="../shared/data/recorded is not here")


@pytest.fixture(autouse=True)
def _listed(monkeypatch: pytest.MonkeyPatch) -> None:
    summary = "Turn public data sets into packs, and the logs of other harnesses into runs."
    monkeypatch.setitem(cli.COMMANDS["measure"], "import", summary)


def lines(*rows: Any) -> str:
    return "".join(f"{json.dumps(row)}\n" for row in rows)


def imported(workspace: Workspace, format_: str, content: str, *arguments: str, file: str = "data.jsonl") -> Pack:
    """The pack that an import makes, as `evalkit check` and `evalkit run` load it."""
    workspace.write(file, content)
    code, out, err = workspace.evalkit("import", format_, file, "--name", "made", *arguments)
    assert (code, err) == (0, ""), err
    assert workspace.evalkit("check", "tasks/made.json")[0] == 0, out
    return packs.load(workspace.root / "tasks/made.json")


def asked(pack: Pack, index: int = 0) -> list[Message]:
    return list(packs.render(pack, pack.samples[index]))


# --- the formats


def test_gsm8k(workspace: Workspace) -> None:
    pack = imported(workspace, "gsm8k", lines({"question": "2 + 3?", "answer": "It is <<2+3=5>>5.\n#### 5"}))
    (sample,) = pack.samples
    assert (sample.id, sample.input, sample.target) == ("data-1", "2 + 3?", "5")
    assert sample.metadata == {"solution": "It is <<2+3=5>>5."}
    assert pack.scorer.name == "numeric"
    assert "2 + 3?" in asked(pack)[0].content
    assert (pack.licence, pack.wrong) == ("MIT", {"extraction_failed", "refused"})


def test_math_takes_the_last_box_or_the_answer(workspace: Workspace) -> None:
    rows = (
        {"problem": "p", "level": "Level 5", "type": "Number Theory", "solution": r"\boxed{1} so \boxed{\frac{1}{2}}"},
        {"problem": "q", "level": 3, "subject": "Algebra", "answer": "x^2", "unique_id": "test/algebra/1.json"},
    )
    first, second = imported(workspace, "math", lines(*rows)).samples
    assert (first.target, first.tags) == (r"\frac{1}{2}", ("number-theory", "level-5"))
    assert (second.id, second.target, second.tags) == ("test/algebra/1.json", "x^2", ("algebra", "level-3"))


@pytest.mark.parametrize(
    ("solution", "box"),
    [
        (r"\boxed{a{b}c}", "a{b}c"),
        (r"\fbox{7}", "7"),
        (r"\boxed 7.", "7"),
        (r"\boxed{\{1\}}", r"\{1\}"),
        (r"\boxed{unclosed", None),
        ("none", None),
    ],
)
def test_the_last_box(solution: str, box: str | None) -> None:
    assert last_box(solution) == box


HUMANEVAL = {
    "task_id": "T/0",
    "prompt": 'def add(a, b):\n    """Add."""\n',
    "entry_point": "add",
    "canonical_solution": "    return a + b\n",
    "test": "def check(candidate):\n    assert candidate(1, 2) == 3\n",
}


def test_humaneval(workspace: Workspace) -> None:
    (sample,) = imported(workspace, "humaneval", lines(HUMANEVAL)).samples
    assert sample.id == "T/0"
    assert sample.metadata["test"] == HUMANEVAL["test"]
    assert sample.metadata["prompt"] == HUMANEVAL["prompt"]
    assert sample.metadata["solution"].endswith("return a + b\n")
    assert "def add(a, b)" in sample.input


EVALPLUS = {
    **{key: HUMANEVAL[key] for key in ("task_id", "prompt", "entry_point", "canonical_solution")},
    "base_input": [[1, 2], [0.1, 0.2]],
    "plus_input": [[10, -3]],
    "atol": 0,
}
ROOT = {
    "task_id": "T/32",
    "prompt": "def find_zero(xs):\n",
    "entry_point": "find_zero",
    "canonical_solution": "    return -xs[0] / xs[1]\n",
    "base_input": [[[1.0, 2.0]]],
    "atol": 1e-4,
}
MBPP = {
    "task_id": 7,
    "text": "Write a function to double.",
    "code": "def half(n):\n    return n / 2\ndef double(n):\r\n    return 2 * n",
    "test_list": ["assert double(2) == 4", "assert double(0) == 0"],
    "test_setup_code": "import math",
}


def test_mbpp_in_its_published_and_its_sanitized_form(workspace: Workspace) -> None:
    (sample,) = imported(workspace, "mbpp", lines(MBPP)).samples
    assert sample.id == "mbpp-7"
    assert sample.metadata["entry_point"] == "double"
    assert sample.metadata["setup"] == "import math"
    assert "assert double(2) == 4" in sample.input
    sanitized = {**MBPP, "prompt": MBPP["text"], "test_imports": ["import re"]}
    del sanitized["text"]
    (sample,) = imported(workspace, "mbpp", json.dumps([sanitized]), "--force", file="data.json").samples
    assert sample.metadata["setup"] == "import re\nimport math"


@pytest.mark.slow
def test_code_packs_judge_right_and_wrong_solutions_as_they_should(workspace: Workspace) -> None:
    from evalkit.sandbox import open_sandbox
    from evalkit.scoring import Scoring

    packs_ = [
        imported(workspace, "humaneval", lines(HUMANEVAL, EVALPLUS | {"task_id": "T/1"}, ROOT), "--force"),
        imported(workspace, "mbpp", lines(MBPP), "--force"),
    ]
    other_root = "def find_zero(xs):\n    return -0.5 + 1e-6"  # a root within the tolerance, not the reference's
    with open_sandbox("auto") as sandbox:
        for pack in packs_:
            scoring = Scoring(pack, {"sandbox": sandbox})
            for sample in pack.samples:
                solution = sample.metadata["solution"]
                assert scoring.score(sample, f"```python\n{solution}\n```").value == 1.0, sample.id
                broken = solution.replace("return ", "return 1 + ")
                assert scoring.score(sample, f"```python\n{broken}\n```").value == 0.0, sample.id
                if sample.id == "T/32":
                    assert scoring.score(sample, f"```python\n{other_root}\n```").value == 1.0


def test_mgsm_asks_in_the_language_and_clusters_the_same_problem(workspace: Workspace) -> None:
    workspace.write("mgsm_de.tsv", 'Wie viel ist 2 "plus" 3?\t5\nUnd 500 + 500?\t1,000\n')
    workspace.write("mgsm_ja.tsv", "2たす3は？\t5\n500たす500は？\t1,000\n")
    code, _, err = workspace.evalkit("import", "mgsm", "mgsm_de.tsv", "mgsm_ja.tsv", "--name", "made")
    assert code == 0, err
    pack = packs.load(workspace.root / "tasks/made.json")
    assert [(s.id, s.target, s.cluster, s.language) for s in pack.samples] == [
        ("de-1", "5", "mgsm-1", "de"),
        ("de-2", "1000", "mgsm-2", "de"),
        ("ja-1", "5", "mgsm-1", "ja"),
        ("ja-2", "1000", "mgsm-2", "ja"),
    ]
    assert "Antwort: <Zahl>" in asked(pack, 0)[0].content
    assert 'Wie viel ist 2 "plus" 3?' in asked(pack, 0)[0].content
    assert "答え" in asked(pack, 2)[0].content
    workspace.write("mgsm.tsv", "q\t1\n")
    assert "must end with its language" in workspace.evalkit("import", "mgsm", "mgsm.tsv")[2]


def test_ifeval_drops_the_hubs_null_arguments(workspace: Workspace) -> None:
    row = {
        "key": 1000,
        "prompt": "Write.",
        "instruction_id_list": ["punctuation:no_comma", "length_constraints:number_words"],
        "kwargs": [
            {"num_words": None, "relation": None},
            {"num_words": 300, "relation": "at least", "num_bullets": None},
        ],
    }
    (sample,) = imported(workspace, "ifeval", lines(row)).samples
    assert sample.id == "1000"
    assert sample.metadata["kwargs"] == [{}, {"num_words": 300, "relation": "at least"}]
    assert sample.tags == ("no_comma", "number_words")


CHOICES: dict[str, tuple[str, str, tuple[str, ...], str]] = {
    "mmlu.jsonl": (
        lines({"question": "Q?", "subject": "anatomy", "choices": ["a1", "b1", "c1", "d1"], "answer": 2}),
        "Q?",
        ("a1", "b1", "c1", "d1"),
        "C",
    ),
    "mmlu_pro.jsonl": (
        lines({"question_id": 70, "question": "Q?", "options": ["x", "y", "z"], "answer": "B", "category": "law"}),
        "Q?",
        ("x", "y", "z"),
        "B",
    ),
    "global_mmlu.jsonl": (
        lines({"sample_id": "s", "question": "Q?", "option_a": "x", "option_b": "y", "option_c": "z", "answer": "c"}),
        "Q?",
        ("x", "y", "z"),
        "C",
    ),
    "arc.jsonl": (
        lines({"id": "A1", "question": "Q?", "choices": {"text": ["x", "y"], "label": ["1", "2"]}, "answerKey": "2"}),
        "Q?",
        ("x", "y"),
        "B",
    ),
    "belebele.jsonl": (
        lines(
            {
                "link": "http://w/1",
                "question_number": 1,
                "flores_passage": "P.",
                "question": "Q?",
                "mc_answer1": "x",
                "mc_answer2": "y",
                "mc_answer3": "z",
                "mc_answer4": "w",
                "correct_answer_num": "4",
                "dialect": "deu_Latn",
            }
        ),
        "P.\n\nQ?",
        ("x", "y", "z", "w"),
        "D",
    ),
    "mmlu_test.csv": ('"Q, then?",x,"y, z",w,v,B\n', "Q, then?", ("x", "y, z", "w", "v"), "B"),
    "mmmlu.csv": (",Question,A,B,C,D,Answer,Subject\n0,Q?,x,y,z,w,D,law\n", "Q?", ("x", "y", "z", "w"), "D"),
}


@pytest.mark.parametrize("file", CHOICES)
def test_choice_files_of_every_kind(workspace: Workspace, file: str) -> None:
    content, question, choices, letter = CHOICES[file]
    pack = imported(workspace, "choice", content, file=file)
    (sample,) = pack.samples
    assert (sample.input, sample.choices, sample.target) == (question, choices, letter)
    assert pack.chance == pytest.approx(1 / len(choices), abs=1e-3)
    assert "\nA. " in asked(pack)[0].content
    if file.startswith("belebele"):
        assert (sample.language, sample.cluster) == ("de", "http://w/1")


@pytest.mark.parametrize(
    ("answer", "message"),
    [("2", "from 0 or from 1"), ("E", "none of the 4 options"), (4, "none of the 4 options"), ("blue", "none of the")],
)
def test_an_answer_that_could_be_two_options_is_refused(workspace: Workspace, answer: Any, message: str) -> None:
    workspace.write("c.jsonl", lines({"question": "Q?", "choices": ["x", "y", "z", "w"], "answer": answer}))
    code, _, err = workspace.evalkit("import", "choice", "c.jsonl")
    assert code == 2
    assert f"c.jsonl:1: /: 'answer' is {json.dumps(answer)}" in err or "from 0 or from 1" in err
    assert message in err


@settings(derandomize=True)
@given(st.integers(2, 26), st.data())
def test_letter_index_and_text_name_the_same_option(size: int, data: st.DataObject) -> None:
    options = [f"option number {i}" for i in range(size)]
    at = data.draw(st.integers(0, size - 1))
    letter = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[at]
    for answer in (letter, letter.lower(), at, options[at]):
        assert _letter({"answer": answer}, options, []) == letter


def test_openai_evals_share_what_is_shared(workspace: Workspace) -> None:
    shot = [
        {"role": "system", "content": 'Answer {briefly}: {"a": 1}'},
        {"role": "system", "name": "example_user", "content": "1+1"},
        {"role": "system", "name": "example_assistant", "content": "2"},
    ]
    rows = [
        {"input": [*shot, {"role": "user", "content": "2+2"}], "ideal": "4"},
        {"input": [*shot, {"role": "user", "content": "Say {input}"}], "ideal": ["hi", "Hi"]},
    ]
    pack = imported(workspace, "openai-evals", lines(*rows))
    assert asked(pack, 1) == [
        Message("system", 'Answer {briefly}: {"a": 1}'),
        Message("user", "1+1"),
        Message("assistant", "2"),
        Message("user", "Say {input}"),
    ]
    assert [sample.target for sample in pack.samples] == ["4", ["hi", "Hi"]]
    rows[1]["input"][0] = {"role": "system", "content": "Be long"}
    pack = imported(workspace, "openai-evals", lines(*rows), "--force")
    assert [asked(pack, index)[0].content for index in (0, 1)] == ['Answer {briefly}: {"a": 1}', "Be long"]
    rows[1]["input"] = rows[1]["input"][3:]
    workspace.write("data.jsonl", lines(*rows))
    assert "data.jsonl:2: /: its messages are user;" in workspace.evalkit("import", "openai-evals", "data.jsonl")[2]
    text_only = imported(workspace, "openai-evals", lines({"input": "2+2", "ideal": "4"}), "--force")
    assert asked(text_only) == [Message("user", "2+2")]


PROMPTFOO = """\
description: triage of tickets
prompts:
  - 'Team for {{ticket}} in {"lang": "{{ language }}"}? {kept}'
defaultTest:
  vars: {language: en}
  assert:
    - {type: latency, threshold: 1000}
tests:
  - vars: {ticket: charged twice}
    assert: [{type: equals, value: billing}]
  - vars: {ticket: no network}
    assert: [{type: equals, value: '{{language}}'}]
  - vars: {ticket: broken, language: de}
    assert:
      - {type: icontains-any, value: [Hardware, Device]}
      - {type: not-contains, value: sorry}
  - description: as JSON
    vars: {ticket: x}
    assert: [{type: is-json, value: {type: object, required: [team]}}]
"""


def test_promptfoo_config(workspace: Workspace) -> None:
    workspace.write("promptfooconfig.yaml", PROMPTFOO)
    code, out, err = workspace.evalkit("import", "promptfoo", "promptfooconfig.yaml", "--name", "made")
    assert code == 0, err
    assert "left out" in out
    assert "4 latency" in out
    pack = packs.load(workspace.root / "tasks/made.json")
    assert asked(pack) == [Message("user", 'Team for charged twice in {"lang": "en"}? {kept}')]
    equal, filled, text, as_json = pack.samples
    assert (pack.scorer.name, equal.scorer, equal.target) == ("exact", None, "billing")
    assert filled.target == "en"
    assert text.scorer is not None
    assert text.scorer.name == "regex"
    for answer, value in (("A DEVICE fault", 1.0), ("hardware, sorry", 0.0), ("nothing", 0.0)):
        assert regex.score(text, answer, **text.scorer.options).value == value
    assert as_json.schema == {"type": "object", "required": ["team"]}
    assert as_json.metadata["description"] == "as JSON"


def test_promptfoo_csv(workspace: Workspace) -> None:
    table = (
        "ticket,team_hint,__expected,__expected2,__description\n"
        'charged twice,b,billing,,\n"no, network",n,contains:net,"contains-all: a, b",d\n'
    )
    workspace.write("tests.csv", table)
    assert (
        "one with --prompt, which may name {ticket}, {team_hint}"
        in (workspace.evalkit("import", "promptfoo", "tests.csv")[2])
    )
    workspace.write("prompt.txt", "Team?\n{ticket}\n")
    pack = imported(workspace, "promptfoo", table, "--prompt", "@prompt.txt", file="tests.csv")
    assert asked(pack, 1) == [Message("user", "Team?\nno, network")]
    assert pack.samples[0].scorer != pack.samples[1].scorer


def test_what_promptfoo_can_and_no_scorer_says_is_refused_with_its_line(workspace: Workspace) -> None:
    config = PROMPTFOO.replace("value: billing}", "value: billing}, {type: llm-rubric, value: polite}")
    config = config.replace("[{type: equals, value: '{{language}}'}]", "[{type: javascript, value: 'true'}]")
    workspace.write("c.yaml", config.replace("as JSON", "as JSON\n    threshold: 0.5"))
    code, _, err = workspace.evalkit("import", "promptfoo", "c.yaml")
    assert code == 2
    assert "c.yaml:9: /: these assertions cannot be joined into one scorer: equals, llm-rubric" in err
    assert "c.yaml:11: /: the assertion 'javascript' cannot be imported" in err
    assert "c.yaml:17: /: 'threshold' cannot be imported" in err
    for broken, message in (
        (PROMPTFOO.replace("{{ticket}}", "{{ticket | upper}}"), "logic or filters"),
        (PROMPTFOO.replace("'Team for", "'file://prompt.txt'\n  - 'Team for"), "2 prompts here"),
        ("tests: file://tests.csv\nprompts: [x]\n", "import that file"),
        ("tests: [\n", "not YAML"),
        ('{"results": {"results": []}}', "import them with promptfoo-results"),
    ):
        workspace.write("c.yaml", broken)
        code, _, err = workspace.evalkit("import", "promptfoo", "c.yaml")
        assert (code, message in err) == (2, True), err


@settings(derandomize=True)
@given(st.text(max_size=20), st.text(min_size=1, max_size=5), st.sampled_from(_assertions.TEXT), st.booleans())
def test_text_assertions_hold_where_promptfoos_do(text: str, value: str, kind: str, negated: bool) -> None:
    folds = kind.startswith("i")
    answer, wanted = (text.lower(), value.lower()) if folds else (text, value)
    if folds and (len(answer), len(wanted)) != (len(text), len(value)):
        return  # letters whose lower case is longer
    if kind == "regex" or not (value.isascii() and text.isascii()):
        return
    holds = answer.startswith(wanted) if kind == "starts-with" else wanted in answer
    name = f"not-{kind}" if negated else kind
    found = _assertions.as_scorer([{"type": name, "value": value}], {}, Counter())
    sample = Sample("s", metadata=found["metadata"])
    assert regex.score(sample, text, full=False).value == float(holds != negated)


TICKETS = """\
ticket,text,team,lang,customer_email
17,I was charged twice,billing,en,a@example.org
18,"Mein Netz, es geht nicht",network,de,b@example.org
"""


def test_csv_takes_what_is_mapped_and_nothing_else(workspace: Workspace) -> None:
    mapping = ("--map", "id=ticket", "--map", "input=text", "--map", "target=team", "--map", "language=lang")
    workspace.write("tickets.csv", TICKETS)
    code, out, _ = workspace.evalkit("import", "csv", "tickets.csv", *mapping)
    assert code == 0
    assert "columns left out: customer_email" in out
    pack = packs.load(workspace.root / "tasks/tickets.json")
    assert [(s.id, s.input, s.target, s.language) for s in pack.samples] == [
        ("17", "I was charged twice", "billing", "en"),
        ("18", "Mein Netz, es geht nicht", "network", "de"),
    ]
    assert "example.org" not in (workspace.root / "tasks/tickets.json").read_text()


def test_csv_with_choices_metadata_json_and_semicolons(workspace: Workspace) -> None:
    table = "input;a;b;right;tags;tone;limits\nQ?;x, y;z;A;t1|t2;polite;[1, 2]\n"
    mapping = ("--map", "choices=a,b", "--map", "target=right", "--map", "tone=tone", "--map", "limits:json=limits")
    pack = imported(workspace, "csv", table, *mapping, "--prompt", "{input} ({tone})\n{choices}", file="t.csv")
    (sample,) = pack.samples
    assert (pack.scorer.name, sample.choices, sample.target) == ("choice", ("x, y", "z"), "A")
    assert (sample.tags, sample.metadata) == (("t1", "t2"), {"tone": "polite", "limits": [1, 2]})
    assert asked(pack)[0].content == "Q? (polite)\nA. x, y\nB. z"


def test_the_scorer_its_options_and_the_licence_can_be_chosen(workspace: Workspace) -> None:
    mapping = ("--map", "input=text", "--map", "target=team")
    options = ("--scorer", "exact", "--option", "ignore_case=true", "--option", "extract=last_line")
    pack = imported(workspace, "csv", TICKETS, *mapping, *options, "--licence", "LicenseRef-ours", file="t.csv")
    assert pack.scorer.options == {"ignore_case": True, "extract": "last_line"}
    assert pack.licence == "LicenseRef-ours"


# --- what all formats share


def test_every_problem_is_told_at_once_with_its_line_and_nothing_is_written(workspace: Workspace) -> None:
    good = {"question": "1 + 1?", "answer": "#### 2"}
    content = lines(good, {"question": "?"}, good) + "{broken\n\n" + lines({"question": "3?", "answer": "#### five"})
    workspace.write("bad.jsonl", content + '["list"]\n')
    code, _, err = workspace.evalkit("import", "gsm8k", "bad.jsonl")
    assert code == 2
    told = [line.removeprefix("evalkit: ").split(": ")[0] for line in err.splitlines()]
    assert told == ["bad.jsonl:2", "bad.jsonl:4", "bad.jsonl:6", "bad.jsonl:7"]
    assert "no 'answer' here" in err
    assert "'five' is not a number" in err
    assert list((workspace.root / "tasks").iterdir()) == []


def test_skip_bad_leaves_out_exactly_the_bad_rows_and_says_so(workspace: Workspace) -> None:
    good = [{"question": f"{i} + 1?", "answer": f"#### {i + 1}"} for i in range(120)]
    bad = [{"question": f"{i}?", "answer": "#### five"} for i in range(60)]
    content = lines(*(row for pair in zip(good[:60], bad, strict=True) for row in pair), *good[60:], {"question": "?"})
    pack = imported(workspace, "gsm8k", content, "--skip-bad")
    assert len(pack.samples) == 120
    assert "Rows left out, for they could not be imported: data.jsonl lines 2, 4, 6," in pack.description
    assert "and 41 more" in pack.description


def test_the_same_file_gives_the_same_pack_and_nothing_is_overwritten(workspace: Workspace) -> None:
    content = lines({"question": "1 + 1?", "answer": "#### 2"})
    first = imported(workspace, "gsm8k", content)
    path = workspace.root / "tasks/made.json"
    before = path.read_bytes()
    assert imported(workspace, "gsm8k", content).digest == first.digest
    assert path.read_bytes() == before
    workspace.write("data.jsonl", content.replace("1 + 1", "1+1"))
    code, _, err = workspace.evalkit("import", "gsm8k", "data.jsonl", "--name", "made")
    assert (code, "--force replaces it" in err) == (2, True)
    assert path.read_bytes() == before
    assert workspace.evalkit("import", "gsm8k", "data.jsonl", "--name", "made", "--force")[0] == 0
    assert packs.load(path).samples[0].input == "1+1?"


def test_the_description_says_where_it_comes_from(workspace: Workspace) -> None:
    pack = imported(workspace, "gsm8k", lines({"question": "1?", "answer": "#### 1"}))
    source = Source(workspace.root / "data.jsonl")
    assert f"Imported by `evalkit import gsm8k` from data.jsonl (SHA-256 {source.sha256})." in pack.description


def test_big_packs_have_their_samples_beside_them(workspace: Workspace) -> None:
    rows = [{"question": f"{i} + 1?", "answer": f"#### {i + 1}"} for i in range(1001)]
    pack = imported(workspace, "gsm8k", lines(*rows))
    assert len(pack.samples) == 1001
    assert sorted(path.name for path in (workspace.root / "tasks").iterdir()) == ["made.json", "made.jsonl"]
    bad = lines(*rows, {"question": "?", "answer": "#### x"}, rows[0])
    workspace.write("data.jsonl", bad)
    assert "data.jsonl:1002: /target: 'x' is not a number" in workspace.evalkit("import", "gsm8k", "data.jsonl")[2]


def test_packed_files_and_other_encodings(workspace: Workspace) -> None:
    content = lines({"question": "1?", "answer": "#### 1"}).encode()
    workspace.write("data.jsonl.gz", gzip.compress(content))
    assert workspace.evalkit("import", "gsm8k", "data.jsonl.gz", "--out", "tasks/packed.json")[0] == 0
    for data, message in (
        (gzip.compress(content)[:-6], "damaged gzip"),
        (b"\xff\xfe1", "not UTF-8"),
        (b"", "must not be empty"),
        (b"\xef\xbb\xbf" + content, ""),
    ):
        workspace.write("data.jsonl", data)
        code, _, err = workspace.evalkit("import", "gsm8k", "data.jsonl")
        assert (code == 2, message in err) == (bool(message), True), err


def test_half_a_surrogate_pair_is_told_not_run_into(workspace: Workspace) -> None:
    workspace.write("data.jsonl", '{"question": "1 \\ud83d?", "answer": "#### 1"}\n')
    code, _, err = workspace.evalkit("import", "gsm8k", "data.jsonl")
    assert (code, "data.jsonl:1: /: holds half of a surrogate pair" in err) == (2, True)


MISTAKES: dict[str, tuple[tuple[str, ...], str]] = {
    "format": (("gsm9k", "d.jsonl"), "no format 'gsm9k'; did you mean 'gsm8k'?"),
    "file": (("gsm8k", "none.jsonl"), "none.jsonl: No such file"),
    "column": (("csv", "t.csv", "--map", "input=txt"), "no column 'txt'; did you mean 'text'?"),
    "pair": (("csv", "t.csv", "--map", "input"), "expected FIELD=COLUMN"),
    "other format": (("gsm8k", "d.jsonl", "--map", "input=text"), "--map says nothing to the format gsm8k"),
    "run option": (("gsm8k", "d.jsonl", "--wrong", "truncated"), "which becomes packs"),
    "pack option": (("scores", "t.csv", "--model", "a/b", "--skip-bad"), "which becomes runs"),
    "scorer": (("gsm8k", "d.jsonl", "--scorer", "numerc"), "did you mean 'numeric'?"),
    "option": (("gsm8k", "d.jsonl", "--option", "tolerence=1"), "did you mean 'tolerance'?"),
    "out": (("gsm8k", "d.jsonl", "--out", "x.yaml"), "a pack is a .json file"),
    "names": (("gsm8k", "d.jsonl", "--out", "tasks/x.json", "--name", "y"), "has the name of its file"),
    "bad name": (("gsm8k", "d.jsonl", "--name", "A B"), "lower-case letters"),
    "prompt file": (("csv", "t.csv", "--prompt", "@none.txt"), "--prompt @none.txt"),
    "placeholder": (("csv", "t.csv", "--map", "input=text", "--prompt", "{inptu}"), "did you mean 'input'?"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistakes_are_told(workspace: Workspace, mistake: str) -> None:
    workspace.write("d.jsonl", lines({"question": "1?", "answer": "#### 1"}))
    workspace.write("t.csv", TICKETS)
    arguments, message = MISTAKES[mistake]
    code, _, err = workspace.evalkit("import", *arguments)
    assert code == 2
    assert message in err
    assert list((workspace.root / "tasks").iterdir()) == []


def test_a_damaged_table_is_told_with_its_lines(workspace: Workspace) -> None:
    workspace.write("t.csv", 'input,target\n"two\nlines",a\nonly one\nb,c,d\n"open,x\n')
    code, _, err = workspace.evalkit("import", "csv", "t.csv")
    assert code == 2
    assert "t.csv:4: /: 1 columns, not 2" in err
    assert "t.csv:5: /: 3 columns, not 2" in err
    assert "t.csv:6: /: not CSV" in err


def test_json_names_what_was_written(workspace: Workspace) -> None:
    workspace.write("data.jsonl", lines({"question": "1?", "answer": "#### 1"}))
    made = workspace.evalkit_json("import", "gsm8k", "data.jsonl")
    assert made["samples"] == 1
    assert made["digest"] == packs.load(workspace.root / "tasks/gsm8k-data.json").digest
    assert [Path(file).name for file in made["files"]] == ["gsm8k-data.json"]


@settings(derandomize=True)
@given(st.text("a{}b_ \n", max_size=30))
def test_a_literal_text_is_shown_as_it_is(text: str) -> None:
    asks = (Message("user", literal(text)),)
    pack = Pack("p", "1.0.0", "x", "d", asks, ScorerSpec("exact"), (), Document("p", "", None))
    shown = packs.render(pack, Sample("s", input="x"))[0].content
    assert shown == text or "{{" in text  # a doubled brace around a name is an escape already


@settings(derandomize=True)
@given(st.text(max_size=100))
def test_a_slug_is_a_name_that_packs_may_have(text: str) -> None:
    made = slug(text)
    assert slug(made) == made
    assert all(char.isascii() and (char.isalnum() or char in "._-") for char in made)


#: the scorer of each format's packs
SCORERS = {
    "gsm8k": "numeric", "math": "math", "humaneval": "code", "mbpp": "code", "mgsm": "numeric", "ifeval": "ifeval",
    "choice": "choice", "openai-evals": "exact",
}  # fmt: skip


def test_every_importer_says_what_it_reads() -> None:
    assert {"gsm8k", "promptfoo", "inspect", "lm-eval", "scores"} <= set(importers.names())
    for name in importers.names():
        importer = importers.load(name)
        assert (importer.__doc__ or "").strip()
        assert hasattr(importer, "pack") != hasattr(importer, "runs")


def test_the_page_names_every_format_and_what_it_becomes() -> None:
    page = (Path(__file__).resolve().parents[1] / "docs/import.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([a-z0-9-]+)` \| .* \| (.*) \|$", page, re.MULTILINE))
    assert set(rows) == set(importers.names())
    for name, becomes in rows.items():
        importer = importers.load(name)
        if not importers.makes_runs(importer) and name not in ("csv", "promptfoo"):
            assert becomes.startswith(f"`{SCORERS[name]}`"), name


# --- real files

REAL: dict[str, tuple[str, str, int]] = {
    "gsm8k": ("gsm8k", "gsm8k-openai/test.jsonl.gz", 1319),
    "humaneval": ("humaneval", "humaneval-2023-many/HumanEval.jsonl.gz", 164),
    "codet": ("humaneval", "codet-codegen16b/HumanEval_prompts.jsonl.gz", 164),
    "mbpp": ("mbpp", "mbpp-sanitized/mbpp_sanitized.jsonl.gz", 427),
    "mgsm": ("mgsm", "mgsm-items/mgsm_*.tsv.gz", 2750),
    "ifeval": ("ifeval", "m-ifeval/en/input_data.jsonl.gz", 541),
}


@needs_recorded
@pytest.mark.parametrize("which", REAL)
def test_real_files(workspace: Workspace, which: str) -> None:
    format_, pattern, size = REAL[which]
    found = [str(path) for path in sorted(RECORDED.glob(pattern))]
    code, _, err = workspace.evalkit("import", format_, *found, "--name", "real")
    assert code == 0, err
    pack = packs.load(workspace.root / "tasks/real.json")
    assert len(pack.samples) == size
    assert len({sample.id for sample in pack.samples}) == size


@needs_recorded
def test_real_rows_that_cannot_be_imported_are_named(workspace: Workspace) -> None:
    file = str(RECORDED / "mmlu-pro/items.jsonl.gz")
    code, _, err = workspace.evalkit("import", "choice", file, "--name", "real")
    assert (code, err.count("/choices: needs at least 2 items")) == (2, 5)
    assert workspace.evalkit_json("import", "choice", file, "--name", "real", "--skip-bad")["samples"] == 12027
    code, _, err = workspace.evalkit("import", "ifeval", str(RECORDED / "m-ifeval/es/input_data.jsonl.gz"))
    assert (code, "no instruction 'es:detectable_format:title'" in err) == (2, True)


@needs_recorded
@pytest.mark.slow
def test_the_given_solutions_of_real_code_packs_pass(workspace: Workspace) -> None:
    from concurrent.futures import ThreadPoolExecutor

    from evalkit.sandbox import open_sandbox
    from evalkit.scoring import Scoring

    with open_sandbox("auto") as sandbox, ThreadPoolExecutor(2) as threads:
        for which, solved in (("humaneval", 164), ("mbpp", 414)):  # thirteen of these are not Python
            format_, file, _ = REAL[which]
            workspace.evalkit("import", format_, str(RECORDED / file), "--name", which)
            pack = packs.load(workspace.root / f"tasks/{which}.json")
            scoring = Scoring(pack, {"sandbox": sandbox})
            given_ = [sample for sample in pack.samples if "solution" in sample.metadata]
            answers = [f"```python\n{sample.metadata['solution']}\n```" for sample in given_]
            assert [score.value for score in threads.map(scoring.score, given_, answers)] == [1.0] * solved


def _rows() -> dict[str, list[Any]]:
    """Rows of each format of JSON lines."""
    turns = [{"role": "system", "content": "Be brief"}, {"role": "user", "content": "2+2"}]
    return {
        "gsm8k": [{"question": "2 + 3?", "answer": "#### 5"}],
        "math": [{"problem": "p", "level": "Level 5", "type": "Algebra", "solution": r"\boxed{1}"}],
        "humaneval": [HUMANEVAL, EVALPLUS],
        "mbpp": [MBPP],
        "ifeval": [{"key": 1, "prompt": "p", "instruction_id_list": ["punctuation:no_comma"], "kwargs": [{}]}],
        "choice": [json.loads(content) for content, *_ in CHOICES.values() if content.startswith("{")],
        "openai-evals": [{"input": turns, "ideal": ["4"]}, {"input": turns, "ideal": "5"}],
        "promptfoo": [json.loads(json.dumps(yaml.safe_load(PROMPTFOO)))],
    }


@pytest.mark.parametrize("format_", _rows())
@settings(derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(data=st.data())
def test_damaged_rows_are_imported_or_told_they_never_break(tmp_path: Path, format_: str, data: st.DataObject) -> None:
    rows = data.draw(damaged(_rows()[format_]))
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps(rows[0]) if format_ == "promptfoo" else lines(*rows))
    source = Source(path)
    try:
        draft = _packs.drafted(importers.load(format_), source, {})
        files = _packs.made(draft, "made", [(source, line) for line, _ in draft.samples], "", [source])
    except UsageError as error:
        assert str(error)
        return
    assert files.size == len(draft.samples) > 0
    assert draft.scorer["name"] == SCORERS.get(format_, draft.scorer["name"])
