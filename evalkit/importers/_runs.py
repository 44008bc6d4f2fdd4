"""From another harness's log to finished runs that `evalkit compare` takes, and the pack of their items.

A foreign run has no pack of ours. The smallest honest one holds what the log tells of the items (ids, inputs, targets)
and nothing of who answered them, so that two logs of the same items give the same pack, byte for byte: its digest pairs
the runs, and keeps runs of other items apart. Its scorer is `imported`: it can neither be asked nor scored here.
"""

from __future__ import annotations

import platform
import re
import shutil
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp
from types import ModuleType
from typing import Any

from evalkit import __version__, json_files
from evalkit.calls import Call, Result, Usage, to_json
from evalkit.errors import InvalidFiles, UsageError
from evalkit.importers import _packs
from evalkit.importers._packs import Draft, PackFiles
from evalkit.importers._source import MISSHAPEN, Source, slug
from evalkit.journal import CALLS, MANIFEST, RESULTS, dumps, read_manifest, write_atomically, write_manifest
from evalkit.manifests import closing, now
from evalkit.names import did_you_mean
from evalkit.records import Outcome, Score

FORMAT = 1  # of the identity of an imported run
SHOWN = 5  # items in a message
MOST_EPOCHS = 1000
MAY_COUNT_AS_WRONG = ("truncated", "empty_with_reasoning", "refused", "filtered", "extraction_failed")
Items = Mapping[str, Mapping[str, Any] | None]  # id -> the sample's other fields; None where the log tells only the id


@dataclass(frozen=True, slots=True)
class Answer:
    """What one item and epoch came to."""

    item: str
    epoch: int  # from 0
    outcome: Outcome
    score: Score | None = None
    call: Call | None = None  # where the log has what was asked and answered; its path names the harness
    latency: float = 0.0


@dataclass(frozen=True, slots=True)
class Logged:
    """One model's answers in one log."""

    source: Source
    harness: str
    version: str | None
    task: str
    model: str
    items: Items
    answers: Sequence[Answer]
    conditions: Mapping[str, Any]  # how the model was asked; what differs between two arms must be waived
    facts: Mapping[str, Any] = field(default_factory=dict)  # more of where it comes from, for the manifest
    epochs: int = 1
    notes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class FinishedRun:
    """The files of one run, not written yet."""

    log: Logged
    manifest: dict[str, Any]
    calls: bytes
    results: bytes

    def write(self, folder: Path, *, force: bool = False) -> Path:
        """Write the run below `folder`; the same log imported before is left as it is, unless `force`."""
        model = re.sub(r"[^A-Za-z0-9._-]+", "--", self.log.model)
        directory: Path = folder / model / self.manifest["digest"][:12]
        if (directory / MANIFEST).is_file() and not force:
            if read_manifest(directory)["digest"] == self.manifest["digest"]:
                return directory
            raise UsageError(f"{directory}: another run is there; --force replaces it")
        directory.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(mkdtemp(prefix=".import-", dir=directory.parent))
        try:
            if self.calls:
                write_atomically(beside / CALLS, self.calls)
            write_atomically(beside / RESULTS, self.results)
            write_manifest(beside, self.manifest)
            beside.chmod(0o755)  # a temporary folder is its maker's alone
            if directory.exists():
                shutil.rmtree(directory)
            beside.rename(directory)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
        return directory


def tokens(value: Any) -> int | None:
    """A count of tokens that a log tells, where it is one."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def unscored(outcome: Outcome, recorded: Any = None, explanation: str = "", *, lenient: float | None = None) -> Score:
    """The score of an answer that does not count as one; what the other harness made of it is kept as evidence."""
    details = {} if recorded is None else {"recorded": recorded}
    return Score(None, lenient, None, explanation, outcome, details)


def read(importer: ModuleType, source: Source, given: Mapping[str, Any]) -> list[Logged]:
    """What `importer` reads in `source`. Raises InvalidFiles, also where the log has another shape than it knows."""
    try:
        logs: list[Logged] = importer.runs(source, **given)
    except MISSHAPEN as error:
        format_ = importer.__name__.rpartition(".")[2].replace("_", "-")
        raise source.fail(f"not the shape of a log of {format_} ({type(error).__name__}: {error})") from error
    for log in logs:
        if not isinstance(log.epochs, int) or not 1 <= log.epochs <= MOST_EPOCHS:
            raise source.fail(f"{log.epochs} epochs; from 1 to {MOST_EPOCHS} can be imported")
    return logs


# --- the pack


def name_of(logs: Sequence[Logged]) -> str:
    """The pack's name where none is given: the harness and the task. Raises UsageError where the logs differ."""
    named = sorted({f"{log.harness}-{log.task}".strip("-") for log in logs})
    if len(named) > 1:
        raise UsageError(f"these are logs of different tasks ({', '.join(named)}): import them one by one")
    return slug(named[0].replace("_", "-"))


def shared(logs: Sequence[Logged], *, common: bool) -> tuple[dict[str, Mapping[str, Any]], list[str]]:
    """The items of all logs in one order, and what to tell of them.

    Logs of different items are refused, unless `common` asks for the items that all have. Items that are called the
    same and differ are always refused. Raises UsageError.
    """
    merged: dict[str, Mapping[str, Any] | None] = {}
    differing = []
    for log in logs:
        for id_, fields in log.items.items():
            known = merged.get(id_)
            if known is not None and fields is not None and known != fields:
                differing.append(id_)
            merged[id_] = known if fields is None else fields
    if differing:
        raise UsageError(f"the logs ask different things under the same id: {_listed(differing)}")
    kept = {id_ for id_ in merged if all(id_ in log.items for log in logs)}
    notes = []
    for log in logs:
        lost = [id_ for id_ in log.items if id_ not in kept]
        if lost:
            notes.append(f"{log.source.shown} ({log.model}): {len(lost)} items not in the others: {_listed(lost)}")
    if notes and not common:
        advice = "--common compares only what they share"
        raise UsageError("\n".join([f"the logs hold different items; {advice}", *notes]))
    if not kept:
        raise UsageError("the logs share no item")
    return {id_: merged[id_] or {} for id_ in sorted(kept, key=_natural)}, [f"left out: {note}" for note in notes]


def _natural(id_: str) -> tuple[list[tuple[int, str]], str]:
    """Orders item 9 before item 10, whatever the log's order."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"([0-9]{1,18})", id_)], id_


def _listed(ids: Sequence[str]) -> str:
    more = f" and {len(ids) - SHOWN} more" if len(ids) > SHOWN else ""
    return ", ".join(sorted(ids, key=_natural)[:SHOWN]) + more


def pack_of(
    items: Mapping[str, Mapping[str, Any]], logs: Sequence[Logged], name: str, wrong: Sequence[str]
) -> PackFiles:
    """The pack of the items, which holds nothing of who answered them. Raises UsageError, InvalidFiles."""
    for outcome in wrong:
        if outcome not in MAY_COUNT_AS_WRONG:
            raise UsageError(f"--wrong {outcome}: not an outcome of a model{did_you_mean(outcome, MAY_COUNT_AS_WRONG)}")
    asked = "{input}" if all(fields.get("input", "").strip() for fields in items.values()) else "{id}"
    first = logs[0]
    task = f", task {first.task}" if first.task else ""
    draft = Draft(
        about=f"Items of runs imported from {first.harness}{task}. They were asked and scored there.",
        prompt=_packs.prompt(asked),
        scorer={"name": "imported"},
        samples=[(0, {"id": id_, **clean(fields)}) for id_, fields in items.items()],
        max_tokens=None,
        outcomes=dict.fromkeys(sorted(set(wrong)), "wrong"),
    )
    sources = list(dict.fromkeys(log.source for log in logs))
    return _packs.made(draft, name, [(first.source, 0)] * len(items), "", sources)


def require_same_items(path: Path, files: PackFiles, *, force: bool) -> None:
    """Refuse to change the pack that earlier imports share; say how the items differ. Raises UsageError."""
    if force or not path.is_file() or (path.read_bytes() == files.main and _beside(path) == (files.samples or b"")):
        return
    old = _samples(path.read_bytes(), _beside(path))
    if old is None:
        raise UsageError(f"{path}: there already, and not an imported pack; choose another --name")
    new = _samples(files.main, files.samples or b"") or {}
    parts = [
        (f"{len(ids)} items only {where} ({_listed(ids)})")
        for ids, where in (
            ([id_ for id_ in new if id_ not in old], "in this log"),
            ([id_ for id_ in old if id_ not in new], "in the pack"),
        )
        if ids
    ]
    changed = [id_ for id_ in new if id_ in old and new[id_] != old[id_]]
    parts += [f"{len(changed)} items that are not the same ({_listed(changed)})"] if changed else []
    told = "; ".join(parts) or "the same items, but another task, or other outcomes that count as wrong"
    raise UsageError(
        f"{path}: an earlier import has other items: {told}. Import both logs in one command (--common keeps what "
        "they share), or choose another --name."
    )


def _beside(path: Path) -> bytes:
    samples = path.with_suffix(".jsonl")
    return samples.read_bytes() if samples.is_file() else b""


def _samples(main: bytes, samples: bytes) -> dict[str, Any] | None:
    """Id -> sample of an imported pack's files; None where they are something else."""
    try:
        pack = json_files.parse(main, "pack").value
        if pack["scorer"] != {"name": "imported"}:
            return None
        listed = pack.get("samples")
        if listed is None:
            listed = [json_files.parse(line, "samples").value for line in samples.split(b"\n") if line.strip()]
        return {sample["id"]: sample for sample in listed}
    except (InvalidFiles, KeyError, TypeError):
        return None


# --- the runs


def finished(log: Logged, items: Iterable[str], pack: PackFiles, pack_file: str) -> FinishedRun:
    """The files of the log's run. An item without an answer is a `provider_error`: missing, never dropped.

    Raises InvalidFiles where the log answers one item and epoch twice.
    """
    by_place: dict[tuple[str, int], Answer] = {}
    for answer in log.answers:
        if (answer.item, answer.epoch) in by_place:
            raise log.source.fail(f"the item {answer.item!r} is answered twice in epoch {answer.epoch}")
        by_place[answer.item, answer.epoch] = answer
    ids = list(items)
    calls, results = [], []
    for (index, id_), epoch in ((place, epoch) for epoch in range(log.epochs) for place in enumerate(ids)):
        found = by_place.get((id_, epoch)) or _absent(id_, epoch)
        place = {"sample": id_, "index": index, "epoch": epoch, "outcome": found.outcome}
        if found.call is not None:
            calls.append({**place, **to_json(found.call)})
        results.append(to_json(_result(found, index)))
    return FinishedRun(log, _manifest(log, pack, pack_file, results), _lines(calls), _lines(results))


def _lines(values: Iterable[Mapping[str, Any]]) -> bytes:
    return b"".join(dumps(clean(value)) + b"\n" for value in values)


def clean(value: Any) -> Any:
    """A JSON value without halves of surrogate pairs, which some harnesses log and UTF-8 cannot hold."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, Mapping):
        return {clean(key): clean(part) for key, part in value.items()}
    return [clean(part) for part in value] if isinstance(value, list | tuple) else value


def _absent(id_: str, epoch: int) -> Answer:
    return Answer(id_, epoch, "provider_error", unscored("provider_error", explanation="the log has no answer"))


def _result(answer: Answer, index: int) -> Result:
    completion = answer.call.completion if answer.call else None
    usage = completion.usage if completion else Usage()
    return Result(answer.item, index, answer.epoch, answer.outcome, answer.score, usage, answer.latency)


def _manifest(log: Logged, pack: PackFiles, pack_file: str, results: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    origin = {
        "harness": log.harness,
        "harness_version": log.version,
        "task": log.task,
        "file": log.source.path.name,
        "sha256": log.source.sha256,
        **log.facts,
    }
    identity = {
        "format": FORMAT,
        "pack": {"name": pack.name, "version": "1.0.0", "digest": pack.digest},
        "model": {"model": log.model},
        "imported": origin,
        "conditions": dict(log.conditions),
        "samples": pack.size,
        "epochs": log.epochs,
    }
    answered = Counter(
        answer.call.completion.served_model
        for answer in log.answers
        if answer.call and answer.call.completion and answer.call.completion.served_model
    )
    return {
        "format": 1,
        "digest": json_files.digest_of(identity),
        "identity": identity,
        "imported": {**origin, "imported_at": now(), "notes": list(log.notes)},
        "pack_file": pack_file,
        "arm": log.model,
        "weights": None,
        "scorer": {"name": "imported", "options": {}},
        "ledger": {"asked": dict(log.conditions), "dropped": [], "changes": [], "sent": {}},
        "conditions": dict(log.conditions),
        "calls": len(results),
        "server": None,
        "sandbox": None,
        "evalkit": __version__,
        "python": platform.python_version(),
        "platform": platform.platform(),
        "versions": {},
        "git_commit": None,
        "created": now(),
        "sessions": [],
        "served": dict(answered),
        "retries": 0,
        **closing(results),
    }


def only(found: Iterable[str], wanted: str | None, option: str, source: Source) -> str:
    """The one name among `found`, or the `wanted` one. Raises InvalidFiles where it is not clear which."""
    names = sorted(set(found))
    if wanted is not None:
        if wanted not in names:
            raise source.fail(f"no {option} {wanted!r}{did_you_mean(wanted, names)}")
        return wanted
    if len(names) != 1:
        told = ", ".join(names) or "none"
        raise source.fail(f"choose one with --{option}: {told}")
    return names[0]


def in_range(value: Any) -> float:
    """A score as a number in [0, 1]. Raises ValueError."""
    number = float(value)
    if not 0.0 <= number <= 1.0:
        raise ValueError(f"{value} is outside of 0 to 1, where evalkit compares scores")
    return number
