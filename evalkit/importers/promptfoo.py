"""promptfoo's test cases: a config (YAML or JSON) with `prompts` and `tests`, or a CSV of variables and `__expected`.

Variables become metadata (one called `input` the input), the template's {{name}} the pack's {name}. Assertions on the
text become scorers: `equals` exact, `is-json` json_schema, and `contains`, `starts-with`, `regex`, their `i`-, `-all`,
`-any` and `not-` forms one regular expression. `cost` and `latency` say nothing about the answer and are left out,
which is told. Assertions that need code or a judge cannot be imported. Files that a config names are not followed.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from evalkit.errors import InvalidFiles
from evalkit.importers import _assertions
from evalkit.importers._packs import Draft, literal
from evalkit.importers._packs import prompt as one_message
from evalkit.importers._source import BadRow, Row, Source, told

#: fields of a sample that a variable cannot take: it is called NAME_ then
TAKEN = frozenset({"id", "target", "choices", "cluster", "language", "schema", "pattern", "full"})
_VARIABLE = re.compile(r"\{\{-?\s*([A-Za-z_]\w*)\s*-?\}\}")
_LIST = ("tests", "prompts")


def pack(source: Source, *, prompt: str | None = None) -> Draft:
    """One sample a test. `prompt` is asked instead of the file's own. Raises InvalidFiles."""
    if source.text().lstrip()[:1] in ("{", "[") or source.path.suffix in (".yaml", ".yml"):
        config, tests = _config(source)
    else:
        config, tests = {}, [(line, _from_csv(row)) for line, row in source.table()]
    default = config.get("defaultTest") or {}
    if not isinstance(default, dict):
        raise source.fail("'defaultTest' is in another file; put it into this one")
    ignored: Counter[str] = Counter()
    samples = source.taken(tests, lambda test, number: _sample(default, test, f"{source.stem}-{number}", ignored))
    scorer = _common_scorer(samples)
    names = list(dict.fromkeys(name for _, test in tests for name in _variables(default, test)))
    notes = [f"assertions left out, for they say nothing about the answer: {_counted(ignored)}"] if ignored else []
    return Draft(
        about=str(config.get("description") or "From promptfoo's test cases."),
        prompt=one_message(prompt) if prompt else _prompt(config, names, source),
        scorer=scorer,
        samples=samples,
        outcomes={},
        notes=notes,
    )


def _counted(found: Counter[str]) -> str:
    return ", ".join(f"{count} {name}" for name, count in sorted(found.items()))


# --- reading


def _config(source: Source) -> tuple[Mapping[str, Any], list[tuple[int, Mapping[str, Any]]]]:
    """A config and its tests, each with its line. Raises InvalidFiles."""
    import yaml

    loader = yaml.SafeLoader(source.text())  # JSON is YAML
    try:
        node = loader.get_single_node()
        config = loader.construct_document(node) if node else {}
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        raise source.fail(f"not YAML: {getattr(error, 'problem', error)}", mark.line + 1 if mark else None) from None
    finally:
        loader.dispose()
    if isinstance(config, list):  # a file of tests alone
        config, listed = {"tests": config}, node
    elif isinstance(config, dict):
        listed = next((value for key, value in node.value if key.value == "tests"), None) if node else None
    else:
        raise source.fail("expected a config, or a list of tests")
    if isinstance(config.get("results"), dict):
        raise source.fail("these are promptfoo's results, not its tests: import them with promptfoo-results")
    tests = config.get("tests")
    if not isinstance(tests, list) or listed is None:
        raise source.fail("'tests' is not a list; where it names a file, import that file")
    return config, list(_tests(source, tests, [item.start_mark.line + 1 for item in listed.value]))


def _tests(source: Source, tests: Sequence[Any], lines: Sequence[int]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for line, test in zip(lines, tests, strict=True):
        if isinstance(test, dict):
            yield line, test
        else:
            source.report(line, f"expected a test, not {told(test)}; tests in another file are imported from there")


def _from_csv(row: Mapping[str, str]) -> dict[str, Any]:
    """A row as a test: `__expected` columns are assertions, others with two underscores say how promptfoo reports."""
    asserts = [_assertions.parse(cell) for name, cell in row.items() if name.startswith("__expected") and cell.strip()]
    test: dict[str, Any] = {
        "vars": {name: cell for name, cell in row.items() if not name.startswith("__")},
        "assert": asserts,
    }
    for name in ("description", "threshold", "prefix", "suffix"):
        if row.get(f"__{name}", "").strip():
            test[name] = row[f"__{name}"]
    return test


# --- a sample


def _variables(default: Mapping[str, Any], test: Mapping[str, Any]) -> dict[str, Any]:
    return {**(default.get("vars") or {}), **(test.get("vars") or {})}


def _sample(default: Mapping[str, Any], test: Mapping[str, Any], id_: str, ignored: Counter[str]) -> dict[str, Any]:
    variables = _variables(default, test)
    for name, value in variables.items():
        if isinstance(value, list):
            raise BadRow(f"the variable {name!r} is a list, which promptfoo asks one by one: write one test for each")
        if isinstance(value, str) and value.startswith("file://"):
            raise BadRow(f"the variable {name!r} is in another file")
    options = {**(default.get("options") or {}), **(test.get("options") or {})}
    for name in ("threshold", "prefix", "suffix", "transform"):
        if test.get(name, options.get(name)) not in (None, ""):
            raise BadRow(f"{name!r} cannot be imported; every assertion of a test must hold, on the answer as it is")
    asserts = [*(default.get("assert") or []), *(test.get("assert") or [])]
    found = _assertions.as_scorer(asserts, variables, ignored)
    metadata = {_field(name): value for name, value in variables.items() if name != "input"}
    if isinstance(test.get("description"), str):
        metadata.setdefault("description", test["description"])
    made: dict[str, Any] = {"id": id_, **found}
    if "input" in variables:
        made["input"] = str(variables["input"])
    metadata |= made.pop("metadata", {})
    return {**made, "metadata": metadata} if metadata else made


def _field(name: str) -> str:
    return f"{name}_" if name in TAKEN else name


def _common_scorer(samples: Sequence[Row]) -> dict[str, Any]:
    """The scorer of most samples, taken out of them: it stands in the pack."""
    counted = Counter(json.dumps(sample["scorer"], sort_keys=True) for _, sample in samples)
    if not counted:
        return {"name": "exact"}
    common: dict[str, Any] = json.loads(counted.most_common(1)[0][0])
    for _, sample in samples:
        if sample["scorer"] == common:
            del sample["scorer"]
    return common


# --- the prompt


def _prompt(config: Mapping[str, Any], names: Sequence[str], source: Source) -> list[dict[str, str]]:
    """The one prompt of the config; where there is none, the one variable. Raises InvalidFiles."""
    given = config.get("prompts")
    prompts = [given] if isinstance(given, str | dict) else list(given or [])
    if not prompts and len(names) == 1:
        return one_message(f"{{{_field(names[0])}}}")
    told_names = ", ".join(f"{{{_field(name)}}}" for name in names) or "no variable"
    if len(prompts) != 1:
        raise source.fail(f"{len(prompts)} prompts here; give one with --prompt, which may name {told_names}")
    raw = prompts[0].get("raw") if isinstance(prompts[0], dict) else prompts[0]
    if not isinstance(raw, str) or raw.startswith("file://") or re.fullmatch(r"\S+\.(txt|json|md|ya?ml|js|py)", raw):
        raise source.fail(f"the prompt is in another file: give it with --prompt @FILE, naming {told_names}")
    return _messages(raw, source)


def _messages(raw: str, source: Source) -> list[dict[str, str]]:
    """A prompt of promptfoo as messages: it is text, or chat messages as JSON."""
    messages = [{"role": "user", "content": raw}]
    if raw.lstrip().startswith("["):
        try:
            parsed = json.loads(raw)
        except ValueError:
            parsed = None
        if isinstance(parsed, list):
            messages = [
                {"role": str(message.get("role")), "content": str(message.get("content"))}
                for message in parsed
                if isinstance(message, dict)
            ]
    return [{**message, "content": _template(message["content"], source)} for message in messages]


def _template(text: str, source: Source) -> str:
    """A Nunjucks template that only fills in variables, as a template of ours. Raises InvalidFiles."""
    parts = _VARIABLE.split(text)
    rest = parts[0::2]
    if any("{{" in part or "{%" in part or "{#" in part for part in rest):
        problem: InvalidFiles = source.fail("the prompt is a template with logic or filters; give one with --prompt")
        raise problem
    made = [literal(part) if at % 2 == 0 else f"{{{_field(part)}}}" for at, part in enumerate(parts)]
    return "".join(made)
