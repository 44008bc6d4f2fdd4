"""Task packs: JSON to records, strictly, and a sample's chat messages.

Every mistake dies here: unknown keys, duplicate ids, placeholders without a field, options that the scorer does not
have, samples that it could not score.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Literal, NamedTuple, overload

from evalkit import json_files, scorers
from evalkit.errors import InvalidFiles, Problem, UnknownName
from evalkit.json_files import MAX_PROBLEMS, Document, Pointer, pointer_text
from evalkit.names import did_you_mean
from evalkit.records import Generation, Message, Outcome, Sample, ScorerSpec

_PLACEHOLDER = re.compile(r"\{\{([A-Za-z_]\w*)\}\}|\{([A-Za-z_]\w*)\}")
_SAMPLE_FIELDS = ("id", "input", "target", "choices", "cluster", "language", "schema")


class Pack(NamedTuple):
    """One task pack. `samples` may live in a file and be read one by one."""

    name: str
    version: str
    licence: str
    description: str
    prompt: tuple[Message, ...]
    scorer: ScorerSpec
    samples: Sequence[Sample]
    document: Document
    examples: tuple[Mapping[str, Any], ...] = ()
    generation: Generation = Generation()
    measure: Literal["strict", "lenient"] | None = None
    wrong: frozenset[Outcome] = frozenset()  # outcomes that count as a wrong answer here
    chance: float | None = None

    @property
    def file(self) -> str:
        """The pack's file, as shown to people."""
        return self.document.file

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of everything in the pack, its samples' file included."""
        own = self.document.digest
        return json_files.digest_of([own, self.samples.digest]) if isinstance(self.samples, SamplesFile) else own


def load(path: Path, shown: str | None = None) -> Pack:
    """The pack in the JSON file `path`. Raises InvalidFiles with every problem found."""
    document = json_files.load(path, "pack", shown)
    raw: dict[str, Any] = document.value
    problems = list(_pack_problems(document, raw, path.stem))
    samples = _samples(document, path, raw, problems)
    if problems:
        raise InvalidFiles(problems[:MAX_PROBLEMS])
    return Pack(
        name=raw["name"],
        version=raw["version"],
        licence=raw["licence"],
        description=raw["description"],
        prompt=tuple(Message(**message) for message in raw["prompt"]),
        scorer=_scorer(raw["scorer"]),
        samples=samples,
        document=document,
        examples=tuple(raw.get("examples", ())),
        generation=generation(raw.get("generation", {})),
        measure=raw.get("measure"),
        wrong=frozenset(name for name, counts in raw.get("outcomes", {}).items() if counts == "wrong"),
        chance=raw.get("chance"),
    )


def generation(raw: Mapping[str, Any]) -> Generation:
    """A JSON object of generation settings (already schema-checked) as a record."""
    return Generation(**{**raw, "stop": tuple(raw.get("stop", ()))})


def render(pack: Pack, sample: Sample) -> tuple[Message, ...]:
    """The chat messages that ask `sample`: the prompt, with the examples before its last user message."""
    last = max(index for index, message in enumerate(pack.prompt) if message.role == "user")
    messages = [Message(message.role, _fill(message.content, partial(_field, sample))) for message in pack.prompt]
    shots: list[Message] = []
    for example in pack.examples:
        shots.append(Message("user", _fill(pack.prompt[last].content, partial(_example_field, example))))
        shots.append(Message("assistant", example["answer"]))
    return (*messages[:last], *shots, *messages[last:])


def lettered(choices: Sequence[str]) -> str:
    """Options as lines: `A. first`."""
    return "\n".join(f"{chr(ord('A') + index)}. {choice}" for index, choice in enumerate(choices))


def _fill(template: str, value_of: Callable[[str], str]) -> str:
    def value(match: re.Match[str]) -> str:
        return "{" + match.group(1) + "}" if match.group(1) else value_of(match.group(2))

    return _PLACEHOLDER.sub(value, template)


def _field(sample: Sample, name: str) -> str:
    if name == "choices":
        return lettered(sample.choices)
    return _text(getattr(sample, name) if name in _SAMPLE_FIELDS else sample.metadata[name])


def _example_field(example: Mapping[str, Any], name: str) -> str:
    return lettered(example[name]) if name == "choices" else _text(example[name])


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json_files.canonical(value).decode()


def placeholders(template: str) -> set[str]:
    """The names in `{name}` placeholders of a message."""
    return {match.group(2) for match in _PLACEHOLDER.finditer(template) if match.group(2)}


# Reading samples


class SamplesFile(Sequence[Sample]):
    """Samples of a .jsonl file, parsed when they are asked for; holds eight bytes a sample."""

    def __init__(self, path: Path, schema: Mapping[str, Any] | None) -> None:
        self._path = path
        self._schema = schema
        self._offsets = array("Q")
        offset = 0
        with path.open("rb") as file:
            for line in file:
                if line.strip():
                    self._offsets.append(offset)
                offset += len(line)

    @cached_property
    def digest(self) -> str:
        """SHA-256 (hex) of the lines."""
        from hashlib import sha256

        made = sha256()
        with self._path.open("rb") as file:
            for line in file:
                if line.strip():
                    made.update(line.strip() + b"\n")
        return made.hexdigest()

    def __len__(self) -> int:
        return len(self._offsets)

    @overload
    def __getitem__(self, index: int) -> Sample: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Sample]: ...
    def __getitem__(self, index: int | slice) -> Sample | Sequence[Sample]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        with self._path.open("rb") as file:  # opened each time: threads share this object
            file.seek(self._offsets[index])
            return _sample(json_files.parse(file.readline(), str(self._path)).value, self._schema)


def _samples(document: Document, path: Path, raw: Mapping[str, Any], problems: list[Problem]) -> Sequence[Sample]:
    """The samples of a pack, after checking each of them; adds what is wrong to `problems`."""
    if ("samples" in raw) == ("samples_file" in raw):
        problems.append(document.problem((), "expected either 'samples' or 'samples_file'"))
        return ()
    checks = _SampleChecks(raw)
    if "samples" in raw:
        made = []
        for index, item in enumerate(raw["samples"]):
            made.append(_sample(item, raw.get("schema")))
            for pointer, message in checks.problems(made[-1]):
                problems.append(document.problem(pointer_text(("samples", index)) + pointer, message))
        return made
    beside = path.parent / raw["samples_file"]
    if not beside.resolve().is_relative_to(path.parent.resolve()):
        problems.append(document.problem(("samples_file",), "must stand beside the pack or in a folder below it"))
        return ()
    if not beside.is_file():
        hint = did_you_mean(beside.name, [other.name for other in beside.parent.glob("*.jsonl")])
        problems.append(document.problem(("samples_file",), f"no such file{hint}"))
        return ()
    shown = str(Path(document.file).parent / raw["samples_file"])
    return _samples_file(beside, shown, raw.get("schema"), checks, problems)


def _samples_file(
    path: Path, shown: str, schema: Mapping[str, Any] | None, checks: _SampleChecks, problems: list[Problem]
) -> Sequence[Sample]:
    definition = json_files.shipped_schema("pack")
    sample_schema = {**definition["$defs"]["sample"], "$defs": definition["$defs"]}
    samples = SamplesFile(path, schema)
    if not len(samples):
        problems.append(Problem(shown, "", 1, "the file holds no samples"))
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            for pointer, message in _line_problems(line, shown, sample_schema, schema, checks):
                problems.append(Problem(shown, pointer, number, message))
            if len(problems) >= MAX_PROBLEMS:
                break
    return samples


def _line_problems(
    line: bytes, shown: str, sample_schema: Mapping[str, Any], schema: Mapping[str, Any] | None, checks: _SampleChecks
) -> Iterator[tuple[str, str]]:
    try:
        value = json_files.parse(line, shown).value
    except InvalidFiles as error:
        yield from ((problem.pointer, problem.message) for problem in error.problems)
        return
    found = list(json_files.check(value, sample_schema))
    if found:
        yield from ((pointer_text(pointer), message) for pointer, message in found)
    else:
        yield from checks.problems(_sample(value, schema))


def _sample(raw: Mapping[str, Any], schema: Mapping[str, Any] | None) -> Sample:
    return Sample(
        id=raw["id"],
        input=raw.get("input", ""),
        target=raw.get("target"),
        choices=tuple(raw.get("choices", ())),
        cluster=raw.get("cluster"),
        language=raw.get("language"),
        tags=tuple(raw.get("tags", ())),
        schema=raw.get("schema", schema),
        metadata=raw.get("metadata", {}),
        scorer=_scorer(raw["scorer"]) if "scorer" in raw else None,
    )


def _scorer(raw: Mapping[str, Any]) -> ScorerSpec:
    return ScorerSpec(raw["name"], raw.get("options", {}))


# Checks that a JSON Schema cannot express


class _SampleChecks:
    """What each sample must fulfil: a new id, a field for each placeholder, a target that its scorer can use."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self._ids: set[int] = set()  # hashes: a million ids must not fill the memory
        self._scorer = _scorer(raw["scorer"])
        self._usable: dict[str, bool] = {}  # scorer and options -> whether they are right
        self._fields = sorted(
            {match.group(2) for message in raw["prompt"] for match in _PLACEHOLDER.finditer(message["content"])}
            - {None}
        )

    def problems(self, sample: Sample) -> Iterator[tuple[str, str]]:
        """(JSON pointer inside the sample, message) for each problem."""
        if hash(sample.id) in self._ids:
            yield "/id", f"the id {sample.id!r} is used twice"
        self._ids.add(hash(sample.id))
        for name in self._fields:
            if not _has_field(sample, name):
                known = [*_SAMPLE_FIELDS, *sample.metadata]
                yield "", f"the prompt names {{{name}}} but the sample has no such field{did_you_mean(name, known)}"
        spec = sample.scorer or self._scorer
        key = f"{spec.name} {spec.options}"
        if key not in self._usable:
            found = list(_spec_problems(spec))
            self._usable[key] = not found
            if sample.scorer is not None:  # the pack's own scorer is reported with the pack
                yield from (("/scorer" + pointer_text(pointer), message) for pointer, message in found)
        if self._usable[key]:
            check = getattr(scorers.load(spec.name), "check", None)
            if check is not None:
                yield from check(sample, **spec.options)


def _has_field(sample: Sample, name: str) -> bool:
    if name in _SAMPLE_FIELDS:
        return getattr(sample, name) not in (None, (), "")
    return name in sample.metadata


def _pack_problems(document: Document, raw: Mapping[str, Any], stem: str) -> Iterator[Problem]:
    if raw["name"] != stem:
        yield document.problem(("name",), f"the file is called {stem!r}; a pack has the name of its file")
    for pointer, message in _spec_problems(_scorer(raw["scorer"])):
        yield document.problem(("scorer", *pointer), message)
    asked = [message["content"] for message in raw["prompt"] if message["role"] == "user"]
    if not asked:
        yield document.problem(("prompt",), "needs at least one message with the role 'user'")
        return
    for index, example in enumerate(raw.get("examples", ())):
        for name in sorted(placeholders(asked[-1]) - set(example)):
            message = f"the prompt names {{{name}}} but the example has no such key{did_you_mean(name, example)}"
            yield document.problem(("examples", index), message)


def _spec_problems(spec: ScorerSpec) -> Iterator[tuple[Pointer, str]]:
    try:
        for option, message in scorers.check_options(spec.name, spec.options):
            yield ("options", option), message
    except UnknownName as error:
        yield ("name",), str(error)
