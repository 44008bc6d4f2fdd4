"""json_schema: the verdicts of the JSON-Schema-Test-Suite, helpful messages, bounded on hostile input."""

import json
import time
from pathlib import Path

import pytest

from evalkit.errors import UsageError
from evalkit.records import Sample
from evalkit.scorers import check_options, json_schema

CASES = Path(__file__).resolve().parents[1] / "../shared/cases/jsonschema.jsonl"
BASE = "http://localhost:1234/draft2020-12"
DRAFT = "https://json-schema.org/draft/2020-12"

# The documents that the suite's schemas name by URI, as its cases imply them.
STRING, INTEGER = {"type": "string"}, {"type": "integer"}
DOCUMENTS = {
    f"{BASE}/{name}": {"$schema": f"{DRAFT}/schema", **schema}
    for name, schema in {
        "integer.json": INTEGER,
        "baseUriChange/folderInteger.json": INTEGER,
        "baseUriChangeFolder/folderInteger.json": INTEGER,
        "baseUriChangeFolderInSubschema/folderInteger.json": INTEGER,
        "nested/string.json": STRING,
        "nested/foo-ref-string.json": {"type": "object", "properties": {"foo": {"$ref": "string.json"}}},
        "subSchemas.json": {"$defs": {"integer": INTEGER, "refToInteger": {"$ref": "#/$defs/integer"}}},
        "locationIndependentIdentifier.json": {
            "$defs": {"refToInteger": {"$ref": "#foo"}, "A": {"$anchor": "foo", **INTEGER}}
        },
        "name-defs.json": {"$defs": {"orNull": {"anyOf": [{"type": "null"}, {"$ref": "#"}]}}, **STRING},
        "ref-and-defs.json": {
            "$id": f"{BASE}/ref-and-defs.json",
            "$defs": {"inner": {"properties": {"bar": STRING}}},
            "$ref": "#/$defs/inner",
        },
        "different-id-ref-string.json": {
            "$id": "http://localhost:1234/another-id.json",
            "$defs": {"bar": STRING},
            "$ref": "#/$defs/bar",
        },
        "urn-ref-string.json": {"$id": "urn:example:string", "$defs": {"bar": STRING}, "$ref": "#/$defs/bar"},
        "nested-absolute-ref-to-string.json": {
            "$defs": {"bar": {"$id": "http://localhost:1234/inner-id.json", **STRING}},
            "$ref": "http://localhost:1234/inner-id.json",
        },
        "detached-ref.json": {"$defs": {"foo": {"$ref": "#d"}, "d": {"$anchor": "d", **INTEGER}}},
        "detached-dynamicref.json": {"$defs": {"foo": {"$dynamicRef": "#d"}, "d": {"$dynamicAnchor": "d", **INTEGER}}},
        "tree.json": {
            "$id": f"{BASE}/tree.json",
            "$dynamicAnchor": "node",
            "type": "object",
            "properties": {"data": True, "children": {"type": "array", "items": {"$dynamicRef": "#node"}}},
        },
        "extendible-dynamic-ref.json": {
            "$id": f"{BASE}/extendible-dynamic-ref.json",
            "type": "object",
            "properties": {"elements": {"type": "array", "items": {"$dynamicRef": "#elements"}}},
            "required": ["elements"],
            "additionalProperties": False,
            "$defs": {"elements": {"$dynamicAnchor": "elements"}},
        },
        "metaschema-no-validation.json": {
            "$id": f"{BASE}/metaschema-no-validation.json",
            "$vocabulary": {f"{DRAFT}/vocab/applicator": True, f"{DRAFT}/vocab/core": True},
            "$dynamicAnchor": "meta",
            "allOf": [{"$ref": f"{DRAFT}/meta/applicator"}, {"$ref": f"{DRAFT}/meta/core"}],
        },
        "metaschema-optional-vocabulary.json": {
            "$id": f"{BASE}/metaschema-optional-vocabulary.json",
            "$vocabulary": {
                f"{DRAFT}/vocab/validation": True,
                f"{DRAFT}/vocab/core": True,
                "http://localhost:1234/vocab/custom": False,
            },
            "$dynamicAnchor": "meta",
            "allOf": [{"$ref": f"{DRAFT}/meta/validation"}, {"$ref": f"{DRAFT}/meta/core"}],
        },
    }.items()
}

PERSON = {
    "type": "object",
    "properties": {"name": {"type": "string"}, "age": {"type": "integer", "minimum": 0}},
    "required": ["name", "age"],
    "additionalProperties": False,
}


def person(text, target=None, **options):
    return json_schema.score(Sample("s", schema=PERSON, target=target), text, **options)


@pytest.mark.parametrize(("optional", "rows"), [(False, 1299), (True, 764)])
def test_json_schema_test_suite(optional, rows):
    if not CASES.is_file():
        pytest.skip("../shared/cases is not here")
    cases = [json.loads(line) for line in CASES.read_text(encoding="utf-8").split("\n") if line]
    cases = [case for case in cases if case["optional"] == optional]
    assert len(cases) >= rows
    wrong = []
    for case in cases:
        documents = DOCUMENTS if case["needs_remotes"] else None
        sample = Sample(case["id"], schema=case["schema"])
        got = json_schema.score(sample, json.dumps(case["instance"]), formats=optional, documents=documents)
        if got.details["valid"] is not case["expected"]:
            wrong.append(case["id"])
    assert wrong == []


def test_valid_and_correct_are_kept_apart():
    right = {"name": "Ann", "age": 3}
    good = person('{"age": 3, "name": "Ann"}', right)
    assert (good.value, good.details["valid"], good.details["correct"]) == (1.0, True, True)
    other = person('{"age": 4, "name": "Ann"}', right)
    assert (other.value, other.details["valid"], other.details["correct"]) == (0.0, True, False)
    assert other.explanation == "/age is 4, expected 3"
    broken = person('{"age": -3, "name": "Ann"}', right)
    assert (broken.value, broken.details["valid"], broken.details["correct"]) == (0.0, False, False)
    assert broken.explanation == "/age: -3 is less than the minimum of 0"
    assert person('{"age": 3, "name": "Ann"}').details["correct"] is None


def test_prose_and_fences_are_read_leniently_only():
    answer = 'Here it is:\n```json\n{"age": 3, "name": "Ann"}\n```'
    got = person(answer)
    assert (got.value, got.lenient_value, got.outcome) == (None, 1.0, "extraction_failed")
    alone = answer.partition("\n")[2]
    assert person(alone).value is None
    assert person(alone, fenced=True).value == 1.0
    assert person(answer, fenced=True).value is None
    assert person("I cannot do that.").lenient_value is None


def test_the_closest_branch_explains():
    schema = {
        "oneOf": [
            {"type": "object", "properties": {"kind": {"const": "cat"}, "lives": {"type": "integer"}}},
            {"type": "object", "properties": {"kind": {"const": "dog"}, "tricks": {"type": "array"}}},
        ]
    }
    got = json_schema.score(Sample("s", schema=schema), '{"kind": "dog", "tricks": 3, "lives": 1}')
    assert got.value == 0.0
    assert got.explanation == '/tricks: 3 is not of type "array"'


def test_drafts_and_formats_are_explicit():
    date = {"format": "date"}
    assert json_schema.score(Sample("s", schema=date), '"soon"').value == 1.0
    assert json_schema.score(Sample("s", schema=date), '"soon"', formats=True).value == 0.0
    tuple_form = {"items": [{"type": "integer"}]}
    assert json_schema.score(Sample("s", schema=tuple_form), '["x"]', draft="7").value == 0.0
    assert list(json_schema.check(Sample("s", schema=tuple_form)))
    declared = {"$schema": "http://json-schema.org/draft-07/schema#", **tuple_form}
    assert json_schema.score(Sample("s", schema=declared), '["x"]').value == 0.0


def test_check_names_the_mistake():
    assert list(json_schema.check(Sample("s", schema=PERSON, target={"name": "A", "age": 1}))) == []
    [(pointer, message)] = json_schema.check(Sample("s"))
    assert pointer == "/schema"
    assert "needs a schema" in message
    [(pointer, message)] = json_schema.check(Sample("s", schema={"properties": {"a": {"minLength": "x"}}}))
    assert pointer == "/schema/properties/a/minLength"
    assert "'x' is not of type" in message
    [(pointer, message)] = json_schema.check(Sample("s", schema=PERSON, target={"name": "A", "age": "1"}))
    assert pointer == "/target/age"
    assert "not of type" in message
    [(_, message)] = json_schema.check(Sample("s", schema={"$ref": "http://example.org/x"}))
    assert "example.org/x" in message
    with pytest.raises(UsageError, match="needs a schema"):
        json_schema.score(Sample("s"), "1")


def test_options_are_checked_from_the_signature():
    assert list(check_options("json_schema", {"draft": "7", "formats": True, "documents": {}, "schema": {}})) == []
    assert [name for name, _ in check_options("json_schema", {"draft": "8", "format": True})] == ["draft", "format"]


@pytest.mark.parametrize(
    ("schema", "text"),
    [
        ({"pattern": r"^(a+)+\1$"}, json.dumps("a" * 5000 + "!")),
        ({"type": "array"}, "[" * 100_000),
        ({"type": "array"}, "[" * 100_000 + "]" * 100_000),
        ({"uniqueItems": True}, json.dumps([{"a": n} for n in range(20_000)]).replace("19999", "0")),
        ({"type": "integer"}, "9" * 1_000_000),
        ({"type": "object"}, "{x}" * 50_000),
        ({"type": "object"}, '{"' + '\\"' * 50_000),
    ],
)
def test_hostile_answers_are_wrong_in_bounded_time(schema, text):
    start = time.process_time()
    got = json_schema.score(Sample("s", schema=schema), text)
    assert got.value in (None, 0.0)
    assert got.lenient_value in (None, 0.0)
    assert time.process_time() - start < 2


def test_a_lone_surrogate_is_scored_and_can_be_written():
    got = json_schema.score(Sample("s", schema={"maxLength": 1}), '"\\ud83d"')
    assert got.value == 1.0
    assert got.answer is not None
    got.answer.encode()
    wrong = json_schema.score(Sample("s", schema={"type": "object"}), '"\\ud83d"')
    wrong.explanation.encode()
