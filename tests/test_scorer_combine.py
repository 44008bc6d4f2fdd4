"""combine: parts weighted or all together, what could not be told, fields, mistakes found at load."""

import json
from types import SimpleNamespace

import pytest

from evalkit import scorers
from evalkit.errors import UsageError
from evalkit.records import Sample, Score
from evalkit.scorers import combine

FRENCH = "Nous avons marché le long de la rivière jusqu'au soir."
ENGLISH = "We walked along the river until it was dark."
SCHEMA = {"type": "object", "required": ["answer", "reason"], "properties": {"answer": {"type": "integer"}}}
JSON_PART = {"scorer": "json_schema", "weight": 2}
LANGUAGE_PART = {"scorer": "language", "field": "/reason"}


def sample(**fields):
    return Sample("s", schema=SCHEMA, language="fr", **fields)


def answer(reason, number=3):
    return json.dumps({"answer": number, "reason": reason})


def test_the_weighted_mean():
    parts = [JSON_PART, LANGUAGE_PART]
    assert combine.score(sample(), answer(FRENCH), parts=parts).value == 1.0
    got = combine.score(sample(), answer(ENGLISH), parts=parts)
    assert got.value == pytest.approx(2 / 3)
    assert got.explanation == "json_schema 1; language 0 (0 of 1 sentences in fr, most in en)"
    assert [part["value"] for part in got.details["parts"]] == [1.0, 0.0]
    assert combine.score(sample(), answer(ENGLISH, "3"), parts=parts).value == 0.0


def test_all_together():
    parts = [JSON_PART, LANGUAGE_PART]
    assert combine.score(sample(), answer(FRENCH), parts=parts, rule="all").value == 1.0
    assert combine.score(sample(), answer(ENGLISH), parts=parts, rule="all").value == 0.0
    assert combine.score(sample(), answer("", "3"), parts=parts, rule="all").value == 0.0  # settled by the first part


def test_strict_and_lenient_readings_stay_apart():
    parts = [JSON_PART, LANGUAGE_PART]
    got = combine.score(sample(), f"Voilà :\n```json\n{answer(FRENCH)}\n```", parts=parts)
    assert (got.value, got.lenient_value, got.outcome) == (None, 1.0, "extraction_failed")


@pytest.mark.parametrize(("undetermined", "value"), [("none", None), ("wrong", 2 / 3), ("skip", 1.0)])
def test_what_could_not_be_told(undetermined, value):
    parts = [JSON_PART, {**LANGUAGE_PART, "undetermined": undetermined}]
    got = combine.score(sample(), answer("ok"), parts=parts)
    assert got.value == (None if value is None else pytest.approx(value))
    assert got.outcome == ("extraction_failed" if value is None else "ok")
    assert combine.score(sample(), "ok", parts=[{**LANGUAGE_PART, "undetermined": "skip"}]).value is None


def test_a_field_takes_its_part_of_the_target():
    parts = [{"scorer": "json_value", "field": "/answer"}, {"scorer": "json_value", "field": "/list/1"}]
    one = Sample("s", target={"answer": 3, "list": [1, {"a~b/c": 2}]})
    assert combine.score(one, '{"answer": 3, "list": [9, {"a~b/c": 2}]}', parts=parts).value == 1.0
    assert combine.score(one, '{"answer": 3, "list": [9]}', parts=parts).outcome == "extraction_failed"
    assert combine.score(one, "3", parts=parts).value is None
    deep = [{"scorer": "json_value", "field": "/list/1/a~0b~1c"}]
    assert combine.score(one, '{"list": [9, {"a~b/c": 2}]}', parts=deep).value == 1.0


def test_failures_of_the_instrument_void_the_whole(monkeypatch):
    def judge(sample, text, *, ask):
        return ask(text)

    module = SimpleNamespace(score=judge)
    load = scorers.load
    monkeypatch.setattr(scorers, "load", lambda name: module if name == "judge_double" else load(name))
    parts = [JSON_PART, {"scorer": "judge_double", "undetermined": "skip"}]
    assert combine.needs(parts=parts) == ("ask",)
    assert combine.needs(parts=[{"scorer": "combine", "options": {"parts": parts}}, JSON_PART]) == ("ask",)
    failed = combine.score(sample(), answer(FRENCH), parts=parts, ask=lambda text: Score(None, outcome="judge_failed"))
    assert (failed.value, failed.outcome) == (None, "judge_failed")
    with pytest.raises(UsageError, match="needs 'ask'"):
        combine.score(sample(), answer(FRENCH), parts=parts)
    assert combine.score(sample(), answer(FRENCH), parts=parts, ask=lambda text: Score(0.25)).value == pytest.approx(
        0.75
    )


@pytest.mark.parametrize(
    ("parts", "pointer", "part"),
    [
        ([], "/scorer/options/parts", "at least one part"),
        (["json_schema"], "/scorer/options/parts/0", "an object with a scorer"),
        ([{"scorer": "json_shema"}], "/scorer/options/parts/0", "did you mean 'json_schema'"),
        ([JSON_PART, {"scorer": "language", "wieght": 1}], "/scorer/options/parts/1", "did you mean 'weight'"),
        ([{"scorer": "language", "weight": 0}], "/scorer/options/parts/0", "above 0"),
        ([{"scorer": "language", "weight": True}], "/scorer/options/parts/0", "above 0"),
        ([{"scorer": "language", "field": "reason"}], "/scorer/options/parts/0", "JSON pointer"),
        ([{"scorer": "language", "undetermined": "zero"}], "/scorer/options/parts/0", "none, wrong, skip"),
        (
            [{"scorer": "language", "options": {"shere": 1}}],
            "/scorer/options/parts/0/options/shere",
            "did you mean 'share'",
        ),
        ([{"scorer": "regex", "options": {"pattern": "("}}], "/scorer/options/pattern", "not a regular expression"),
    ],
)
def test_check(parts, pointer, part):
    [(found, message)] = combine.check(sample(), parts=parts)
    assert found == pointer
    assert part in message


def test_a_good_combination_passes_the_check():
    assert list(combine.check(sample(), parts=[JSON_PART, LANGUAGE_PART])) == []
    with pytest.raises(UsageError):
        combine.score(sample(), "x", parts=[{"scorer": "nothing_of_the_kind"}])


def test_combine_itself_asks_for_nothing():
    assert scorers.resources(combine) == ()
    assert set(scorers.options(combine)) == {"parts", "rule"}
    assert combine.needs(parts=[JSON_PART, {"scorer": "code"}]) == ("sandbox",)
