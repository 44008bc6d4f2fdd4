"""From imported rows to the files of a pack: everything is checked first, then written, small file or none.

The same file imported twice gives the same pack, byte for byte: its digest is what pairs runs, so that no date or
version stands in it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

from evalkit import packs
from evalkit.errors import InvalidFiles, Problem, UsageError
from evalkit.importers._source import MISSHAPEN, Row, Source
from evalkit.journal import write_atomically

Origin = tuple[Source, int]  # where a sample comes from: its file and line
SHOWN_LINES = 20
INLINE = 1000  # samples; more stand in a .jsonl beside the pack
UNKNOWN_LICENCE = "NOASSERTION"  # SPDX's word for it
#: what a model fails at by itself in a public benchmark counts as wrong there
THE_MODELS_OWN = {"extraction_failed": "wrong", "refused": "wrong"}
_PLACEHOLDER = re.compile(r"\{([A-Za-z_]\w*)\}")
_INSIDE = re.compile(r"/samples/(\d+)(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Draft:
    """A pack that is not checked yet."""

    about: str  # what it measures, its limits, its chance level
    prompt: Sequence[Mapping[str, str]]
    scorer: Mapping[str, Any]
    samples: Sequence[Row]
    licence: str = UNKNOWN_LICENCE
    max_tokens: int | None = 1024
    outcomes: Mapping[str, str] = field(default_factory=lambda: THE_MODELS_OWN)
    chance: float | None = None
    notes: Sequence[str] = ()  # what people should know of this import; printed, not kept


@dataclass(frozen=True, slots=True)
class PackFiles:
    """A pack as it will be written, after it was checked."""

    name: str
    main: bytes
    samples: bytes | None  # of the .jsonl beside it
    size: int  # samples
    digest: str

    def write(self, path: Path, *, force: bool = False) -> list[Path]:
        """Write the files; those that are there with the same content are left. Raises UsageError."""
        files = {path: self.main}
        if self.samples is not None:
            files = {path.with_suffix(".jsonl"): self.samples, **files}
        changed = {file: data for file, data in files.items() if not (file.is_file() and file.read_bytes() == data)}
        in_the_way = [str(file) for file in changed if file.exists()]
        if in_the_way and not force:
            raise UsageError(f"{' and '.join(in_the_way)}: there already, with other content; --force replaces it")
        for file, data in changed.items():
            write_atomically(file, data)
        return list(files)


def drafted(importer: ModuleType, source: Source, given: Mapping[str, Any]) -> Draft:
    """What `importer` makes of `source`. Raises InvalidFiles, also where the file has another shape than it knows."""
    try:
        draft: Draft = importer.pack(source, **given)
    except MISSHAPEN as error:
        format_ = importer.__name__.rpartition(".")[2].replace("_", "-")
        raise source.fail(f"not the shape of {format_} ({type(error).__name__}: {error})") from error
    return draft


def prompt(content: str) -> list[dict[str, str]]:
    """A prompt of one user message."""
    return [{"role": "user", "content": content}]


def literal(text: str) -> str:
    """A text that a prompt template shows as it is."""
    return _PLACEHOLDER.sub(r"{{\1}}", text)


def merged(drafts: Sequence[Draft], sources: Sequence[Source]) -> tuple[Draft, list[Origin]]:
    """One draft of several files of a format, and where each of its samples came from. Raises UsageError."""
    first = drafts[0]
    for draft, source in zip(drafts[1:], sources[1:], strict=True):
        if (list(draft.prompt), draft.scorer) != (list(first.prompt), first.scorer):
            raise UsageError(f"{source.shown} asks in another way than {sources[0].shown}: make it a pack of its own")
    rows = [(source, row) for draft, source in zip(drafts, sources, strict=True) for row in draft.samples]
    whole = Draft(
        first.about,
        first.prompt,
        first.scorer,
        [row for _, row in rows],
        first.licence,
        first.max_tokens,
        first.outcomes,
        first.chance,
        [note for draft in drafts for note in draft.notes],
    )
    return whole, [(source, row[0]) for source, row in rows]


def provenance(importer: str, sources: Sequence[Source]) -> str:
    """A sentence for the description: what the pack was made of, and by what."""
    files = ", ".join(f"{source.path.name} (SHA-256 {source.sha256})" for source in sources)
    return f"Imported by `evalkit import {importer}` from {files}."


def made(
    draft: Draft,
    name: str,
    origins: Sequence[Origin],
    source: str,
    sources: Sequence[Source],
) -> PackFiles:
    """The files of the pack `name`. `source` is the sentence on its provenance.

    Raises InvalidFiles with every problem: those that `sources` hold, and those that `evalkit check` would find, each
    at the line it comes from.
    """
    head: dict[str, Any] = {
        "name": name,
        "version": "1.0.0",
        "licence": draft.licence,
        "description": _sentences(draft.about, source),
        "prompt": list(draft.prompt),
        "scorer": dict(draft.scorer),
    }
    if draft.max_tokens is not None:
        head["generation"] = {"max_tokens": draft.max_tokens, "temperature": 0}
    if draft.outcomes:
        head["outcomes"] = dict(draft.outcomes)
    if draft.chance is not None:
        head["chance"] = draft.chance
    lines, problems = [], [problem for one in sources for problem in one.problems]
    for (_, sample), (origin, at) in zip(draft.samples, origins, strict=True):
        lines.append(json.dumps(sample, ensure_ascii=False))
        if not _is_utf8(lines[-1]):
            problems.append(Problem(origin.shown, "", at, "holds half of a surrogate pair, which UTF-8 cannot"))
            lines[-1] = json.dumps(sample)
    beside = len(lines) > INLINE
    if not _is_utf8(json.dumps(head, ensure_ascii=False)):
        message = "the prompt, the scorer or the description holds half of a surrogate pair, which UTF-8 cannot"
        raise InvalidFiles([*problems, Problem(f"{name}.json", "", None, message)])
    main = _document({**head, "samples_file": f"{name}.jsonl"} if beside else head, None if beside else lines)
    samples = "".join(f"{line}\n" for line in lines).encode() if beside else None
    digest = ""
    try:
        if lines or not problems:  # a pack without samples has nothing more to say
            digest = _checked(name, main, samples)
    except InvalidFiles as error:
        problems += [_placed(problem, origins) for problem in error.problems]
    if problems:
        raise InvalidFiles(sorted(problems, key=lambda problem: (problem.file, problem.line or 0)))
    return PackFiles(name, main, samples, len(lines), digest)


def _is_utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _sentences(*parts: str) -> str:
    return " ".join(part if part.endswith((".", "!", "?")) else f"{part}." for part in parts if part)


def salvaged(
    draft: Draft, name: str, origins: Sequence[Origin], source: str, sources: Sequence[Source]
) -> tuple[PackFiles, str]:
    """The files of the pack without its bad rows, and a sentence that says which these are ("" where there are none).

    Raises InvalidFiles where a problem is not that of a row, or no row is good.
    """
    files = {one.shown for one in sources}
    bad: set[tuple[str, int]] = set()
    told, unread = "", sources
    while True:
        try:
            return made(draft, name, origins, f"{source} {told}".rstrip(), unread), told
        except InvalidFiles as error:
            found = {(problem.file, problem.line) for problem in error.problems if problem.line is not None}
            if len(error.problems) > sum(problem.file in files and bool(problem.line) for problem in error.problems):
                raise
            bad |= found
        keep = [at for at, (one, line) in enumerate(origins) if (one.shown, line) not in bad]
        draft = replace(draft, samples=[draft.samples[at] for at in keep])
        origins, unread = [origins[at] for at in keep], ()
        told = f"Rows left out, for they could not be imported: {_where(bad, sources)}."


def _where(bad: Collection[tuple[str, int]], sources: Sequence[Source]) -> str:
    """`a.jsonl lines 3, 7; b.jsonl line 2`, with the first lines where they are many."""
    told = []
    for source in sources:
        lines = sorted(line for file, line in bad if file == source.shown)
        more = f" and {len(lines) - SHOWN_LINES} more" if len(lines) > SHOWN_LINES else ""
        if lines:
            shown = ", ".join(map(str, lines[:SHOWN_LINES]))
            told.append(f"{source.path.name} line{'s' if len(lines) > 1 else ''} {shown}{more}")
    return "; ".join(told)


def _document(head: Mapping[str, Any], samples: Sequence[str] | None) -> bytes:
    """The pack's JSON, with one line a sample."""
    text = json.dumps(head, ensure_ascii=False, indent=2)
    if samples is not None:
        listed = ",\n".join(f"    {line}" for line in samples)
        text = f'{text.removesuffix("}").rstrip()},\n  "samples": [\n{listed}\n  ]\n}}'
    return f"{text}\n".encode()


def _checked(name: str, main: bytes, samples: bytes | None) -> str:
    """The digest of the pack, after it was read as `evalkit check` reads it. Raises InvalidFiles."""
    with TemporaryDirectory(prefix="evalkit-import-") as folder:
        path = Path(folder) / f"{name}.json"
        path.write_bytes(main)
        if samples is not None:
            path.with_suffix(".jsonl").write_bytes(samples)
        return packs.load(path, f"{name}.json").digest


def _placed(problem: Problem, origins: Sequence[Origin]) -> Problem:
    """A problem of the pack, where it comes from: a line of a source, where it is one of a sample."""
    inside = _INSIDE.fullmatch(problem.pointer)
    if inside:
        index, pointer = int(inside.group(1)), inside.group(2)
    elif problem.file.endswith(".jsonl") and problem.line is not None and origins:
        index, pointer = problem.line - 1, problem.pointer
    else:
        return problem
    source, line = origins[index]
    return Problem(source.shown, pointer, line, problem.message)
