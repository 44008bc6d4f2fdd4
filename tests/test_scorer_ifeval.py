"""ifeval: the published verdicts, quirks included; the intended reading; mistakes found at load."""

import gzip
import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.errors import UnknownName, UsageError
from evalkit.records import Sample
from evalkit.scorers import _patterns, _sentences, ifeval
from evalkit.scorers._ifeval_checks import INSTRUCTIONS

SHARED = Path(__file__).resolve().parents[1] / "../shared"
CASES = SHARED / "cases/ifeval.jsonl"
RECORDED = SHARED / "data/recorded/m-ifeval/en"

ARGUMENTS = {
    "int": 2,
    "str": "less than",  # also a relation
    "list[str]": ["word", "c++"],
}


def asked(*instructions):
    names, kwargs = zip(*instructions, strict=True)
    return Sample("s", metadata={"instruction_id_list": list(names), "kwargs": list(kwargs)})


def verdict(name, text, reading="official", **arguments):
    return ifeval.score(asked((name, arguments)), text, reading=reading).value == 1.0


def cases():
    if not CASES.is_file():
        pytest.skip("../shared/cases is not here")
    return [json.loads(line) for line in CASES.read_text(encoding="utf-8").split("\n") if line]


def test_published_checks():
    rows = [row for row in cases() if row["kind"] == "instruction"]
    unit = [row for row in rows if row["id"].startswith("ifeval-unit")]
    assert len(unit) >= 81
    wrong = [
        row["id"] for row in rows if verdict(row["instruction_id"], row["response"], **row["kwargs"]) != row["expected"]
    ]
    assert wrong == []


def test_intended_reading():
    rows = [row for row in cases() if row["id"].startswith("ifeval-edge")]
    wrong = [
        row["id"]
        for row in rows
        if verdict(row["instruction_id"], row["response"], reading="intended", **row["kwargs"])
        != row.get("intended", row["expected"])
    ]
    assert wrong == []


def test_a_recorded_model():
    """One model of seventeen; benchmarks/ifeval_recorded.py takes all."""
    if not RECORDED.is_dir():
        pytest.skip("../shared/data is not here")
    with gzip.open(RECORDED / "input_data.jsonl.gz", "rt", encoding="utf-8") as lines:
        prompts = {row["key"]: row for row in map(json.loads, lines)}
    total = agreed = 0
    with gzip.open(RECORDED / "responses/claude-3-haiku-20240307.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            sample = Sample(str(row["key"]), metadata=prompts[row["key"]])
            got = ifeval.score(sample, row["response"] or "").details
            for ours, theirs in ((got["strict"], row["strict"]), (got["loose"], row["loose"])):
                total += len(theirs)
                agreed += sum(a is b for a, b in zip(ours, theirs, strict=True))
    assert total == 2 * 834
    assert agreed / total >= 0.995


def test_there_are_25_types():
    assert len(INSTRUCTIONS) == 25


@given(st.text(alphabet="aB1.!?*-_[]<>\"'`{}:,\n\t 你。é", max_size=80))
@settings(derandomize=True, max_examples=60, deadline=None)
def test_no_text_breaks_a_check(text):
    instructions = [
        (name, {key: ARGUMENTS[kind] for key, kind in instruction.arguments.items()})
        for name, instruction in INSTRUCTIONS.items()
    ]
    for reading in ("official", "intended"):
        got = ifeval.score(asked(*instructions), text, reading=reading)
        strict, loose = got.details["strict"], got.details["loose"]
        assert len(strict) == 25
        assert all(forgiving for exact, forgiving in zip(strict, loose, strict=True) if exact)


def test_prompt_and_instruction_level():
    sample = asked(("punctuation:no_comma", {}), ("startend:end_checker", {"end_phrase": "Bye."}))
    text = "Well, here it is.\n**Bye.**"
    got = ifeval.score(sample, text)
    assert (got.value, got.lenient_value) == (0.0, 1.0)
    assert got.details["strict"] == [False, False]
    assert got.details["loose"] == [True, True]
    assert got.explanation == "not followed: punctuation:no_comma, startend:end_checker"
    half = ifeval.score(sample, "Well here it is.", level="instruction")
    assert (half.value, half.lenient_value) == (0.5, 0.5)
    assert ifeval.score(sample, "  ").value == 0.0


def test_language_is_told_the_same_way_every_time():
    told = {verdict("language:response_language", "Hola mi vida", language="es") for _ in range(20)}
    assert len(told) == 1
    assert verdict("en:language:response_language", "Das ist ein ganz gewöhnlicher Satz.", language="de")


def test_unknown_instructions_raise():
    with pytest.raises(UnknownName, match="did you mean 'punctuation:no_comma'"):
        ifeval.score(asked(("punctuation:no_commas", {})), "text")
    [(pointer, message)] = ifeval.check(asked(("es:punctuation:question_marks", {})))
    assert pointer == "/metadata/instruction_id_list/0"
    assert "no instruction" in message


@pytest.mark.parametrize(
    ("kwargs", "part"),
    [
        ({}, "needs the argument"),
        ({"num_sentences": 3}, "needs the argument 'relation'"),
        ({"num_sentences": 3, "relation": "at most"}, "must be one of less than, at least"),
        ({"num_sentences": "3", "relation": "at least"}, "must be a whole number, not '3'"),
        ({"num_sentences": 3, "relation": "at least", "num_words": 1}, "has no argument 'num_words'"),
    ],
)
def test_arguments_are_checked_at_load(kwargs, part):
    [(pointer, message)] = ifeval.check(asked(("length_constraints:number_sentences", kwargs)))
    assert pointer == "/metadata/kwargs/0"
    assert part in message
    with pytest.raises(UsageError):
        ifeval.score(asked(("length_constraints:number_sentences", kwargs)), "text")


def test_null_arguments_are_absent_ones():
    kwargs = {"num_sentences": 3, "relation": "at least", "num_words": None}
    assert list(ifeval.check(asked(("length_constraints:number_sentences", kwargs)))) == []
    assert [pointer for pointer, _ in ifeval.check(Sample("s"))] == ["/metadata/instruction_id_list"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("One. Two! Three?", 3),
        ("Dr. Smith met Mrs. Jones at 5 p.m. on Jan. 3.", 1),
        ('He said "stop." Then he left.', 2),
        ("1. Apples are red.\n2. Pears are green.", 4),
        ("Version 3.5 is out. It works.", 2),
        ("John A. Smith wrote it.", 1),
        ("Well... maybe. OK", 2),
    ],
)
def test_english_sentences(text, count):
    assert _sentences.english(text) == count


def test_sentences_of_any_script():
    assert _sentences.split("第一句。第二句！") == ["第一句。", "第二句！"]
    assert _sentences.split("यह एक है। यह दो है।") == ["यह एक है।", "यह दो है।"]
    assert _sentences.split("Take e.g. this one. “Really?” Yes") == ["Take e.g. this one.", "“Really?”", "Yes"]
    assert _sentences.split(" \n ") == []


@pytest.mark.parametrize("piece", ["\n", " ", "*", "[", "<", "a", "a.", "- \n", '"', "'", "P.", "**a", "a@", "你"])
def test_hostile_answers_are_bounded(piece):
    instructions = [
        (name, {key: ARGUMENTS[kind] for key, kind in instruction.arguments.items()})
        for name, instruction in INSTRUCTIONS.items()
    ]
    text = piece * (100_000 // len(piece))
    start = time.process_time()
    for reading in ("official", "intended"):
        ifeval.score(asked(*instructions), text + "x", reading=reading)
    assert time.process_time() - start < 5


def test_a_keyword_that_backtracks_is_given_up(monkeypatch):
    monkeypatch.setattr(_patterns, "SECONDS", 0.05)
    start = time.process_time()
    assert not verdict("keywords:existence", "a" * 60 + "!", keywords=["(a|aa)+$"])
    assert time.process_time() - start < 2
