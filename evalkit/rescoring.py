"""Score the journalled calls of a finished run again, offline: after a scorer or the pack changed.

The answers stay; only what is made of them may differ. A pack that asks otherwise now is refused: each body that was
sent is compared with the one that the pack would send today. The run's identity stays as it was; `scored_with` in its
manifest says what the results were made with.
"""

from __future__ import annotations

import os
import shutil
from array import array
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

from evalkit import __version__, packs, wires
from evalkit.calls import Result, Usage, call_from_json, to_json
from evalkit.cards import Model, split_id
from evalkit.claims import Arm
from evalkit.errors import InstrumentError, UsageError
from evalkit.journal import CALLS, RESULTS, Journal, dumps, read_lines, read_manifest, write_manifest
from evalkit.json_files import Document
from evalkit.manifests import closing, fitting_pack, now, versions
from evalkit.packs import Pack
from evalkit.plans import Plan
from evalkit.records import OUTCOMES, Generation, Sample, Score
from evalkit.scoring import Scoring

SMALL = 200  # calls; so few are scored in this process
CHUNK = 50  # calls that a process is handed at a time
SHOWN = 3  # samples that a refusal shows
ABSENT = len(OUTCOMES)  # the code of a result that was not there


class Verdict(NamedTuple):
    """What a result says, without how."""

    outcome: str
    value: float | None
    lenient_value: float | None


@dataclass(frozen=True, slots=True)
class Change:
    """One result that differs. `before` is None where there was none."""

    sample: str
    epoch: int
    before: Verdict | None
    after: Verdict


@dataclass(frozen=True, slots=True)
class Rescored:
    """What scoring a run again came to."""

    directory: Path
    pack: Pack
    calls: int
    changes: list[Change]
    before: Mapping[str, Any]  # `outcomes`, `scored`, `mean_score`
    after: Mapping[str, Any]
    kept: Path | None  # the earlier results, where they differ
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Item:
    """One call to score: its sample, its place, its line of the journal."""

    sample: Sample
    index: int
    epoch: int
    line: bytes


Scored = tuple[Verdict, bytes]  # and the line for results.jsonl
Progress = Callable[[int, int], None]  # (calls scored, calls in all)


def rescore(
    directory: Path,
    pack: Pack,
    resources: Mapping[str, Any] | None = None,
    *,
    write: bool = True,
    progress: Progress | None = None,
) -> Rescored:
    """Score the run in `directory` with `pack` and today's scorers; with `write` false, only say what would change.

    `resources` are what the pack's scorers ask for by name (`runs.Sessions.resources`). Raises UsageError where the
    calls are not what the pack asks now, or are not evalkit's own; InstrumentError where scoring cannot work here.
    """
    manifest = read_manifest(directory)
    resources = resources or {}
    plan = _plan(directory, manifest, pack)
    with ExitStack() as stack:
        if write:
            stack.enter_context(Journal(directory, plan.epochs, plan.samples))  # nobody else writes it meanwhile
        last = _last_lines(directory, plan, check=pack.digest != fitting_pack(manifest))
        earlier = _Earlier(directory, plan)
        made = directory / f".{RESULTS}.{os.getpid()}"
        stack.callback(made.unlink, missing_ok=True)
        changes = []
        with made.open("wb") as file:
            scored = _scored(pack, resources, _items(directory, plan, last))
            for number, (item, (verdict, line)) in enumerate(scored, 1):
                file.write(line + b"\n")
                before = earlier.verdict(item.index, item.epoch)
                if before != verdict:
                    changes.append(Change(item.sample.id, item.epoch, before, verdict))
                if progress is not None:
                    progress(number, plan.calls)
            file.flush()
            os.fsync(file.fileno())
        counted = {**closing(read_lines(made), plan.epochs), "finished": manifest.get("finished")}
        kept = None
        if write:
            kept = _put_in_place(made, directory / RESULTS) if changes else None
            write_manifest(directory, manifest | counted | _told(pack, resources))
    tallied = ("outcomes", "scored", "mean_score")
    return Rescored(
        directory,
        pack,
        plan.calls,
        changes,
        before={name: manifest.get(name) for name in tallied},
        after={name: counted[name] for name in tallied},
        kept=kept,
        notes=list(_settings_that_differ(plan)),
    )


def _told(pack: Pack, resources: Mapping[str, Any]) -> dict[str, Any]:
    """What the manifest says of the new results."""
    scorer = {"name": pack.scorer.name, "options": dict(pack.scorer.options)}
    told: dict[str, Any] = {
        "scorer": scorer,
        "pack_file": pack.file,
        "scored_with": {
            "pack_digest": pack.digest,
            "pack_version": pack.version,
            "evalkit": __version__,
            "versions": versions(),
        },
        "rescored_at": now(),
    }
    if "sandbox" in resources:
        told["sandbox"] = asdict(resources["sandbox"].facts)
    return told


def _put_in_place(made: Path, results: Path) -> Path | None:
    """Put the new results where the old ones are; these stay beside them. A crash leaves the old or the new, whole."""
    kept = None
    if results.exists():
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
        kept = results.with_name(f"results.before-{stamp}.jsonl")
        try:
            kept.hardlink_to(results)
        except OSError:  # a file system without links
            shutil.copyfile(results, kept)
    made.replace(results)
    return kept


# --- what was asked, and what would be asked now


def _plan(directory: Path, manifest: Mapping[str, Any], pack: Pack) -> Plan:
    """The plan of the run, with `pack` as it is now. Raises UsageError."""
    if "imported" in manifest:
        harness = manifest["imported"].get("harness")
        raise UsageError(f"{directory}: imported from {harness} with its scores; evalkit cannot make these again")
    if manifest.get("status") != "complete":
        raise UsageError(f"{directory} is not finished; the command that started it resumes it")
    identity = manifest["identity"]
    if identity["pack"]["name"] != pack.name:
        raise UsageError(f"{directory}: a run of the pack {identity['pack']['name']!r}, not of {pack.name!r}")
    if identity["samples"] > len(pack.samples):
        asked, left = identity["samples"], len(pack.samples)
        raise UsageError(f"{directory}: it asked {asked} samples, the pack has {left} now; run it again")
    described = identity["model"]
    provider, name = split_id(described["model"])
    model = Model(
        provider,
        name,
        wire=described["wire"],
        base_url=described["base_url"],
        served_as=described["served_as"],
        fields=described["fields"],
        params=described["params"],
        headers=described["headers"],
        launch=described["launch"],
    )
    return Plan(
        pack,
        model,
        Arm(model.id, profile=identity["profile"]),
        packs.generation(identity["generation"]),
        identity["samples"],
        identity["epochs"],
    )


def _last_lines(directory: Path, plan: Plan, *, check: bool) -> array[int]:
    """For each line of the journal, the place of its call; -1 where a later line is about the same call.

    With `check`, raises UsageError where a call is not what the plan would send now.
    """
    places: array[int] = array("q")
    latest: array[int] = array("q", [-1]) * plan.calls
    differing: dict[str, str] = {}
    for number, line in enumerate(read_lines(directory / CALLS)):
        index, epoch = line["index"], line["epoch"]
        place = index * plan.epochs + epoch
        if latest[place] >= 0:
            places[latest[place]] = -1
        places.append(place)
        latest[place] = number
        if line["sample"] not in differing and (check or plan.pack.samples[index].id != line["sample"]):
            difference = _difference_now(plan, line)
            if difference:
                differing[line["sample"]] = difference
    if differing:
        shown = [f"  {sample}: {difference}" for sample, difference in islice(differing.items(), SHOWN)]
        more = [f"  ... and {len(differing) - SHOWN} samples more"] if len(differing) > SHOWN else []
        head = f"{directory}: the pack asks otherwise now, so these answers are not to it; run it again"
        raise UsageError("\n".join([head, *shown, *more]))
    open_calls = sum(number < 0 for number in latest)
    if open_calls:
        raise UsageError(f"{directory}: {open_calls} of {plan.calls} calls are not in its journal")
    return places


def _difference_now(plan: Plan, line: Mapping[str, Any]) -> str | None:
    """How what was sent differs from what the plan would send now; None where it does not."""
    import orjson

    sample = plan.pack.samples[line["index"]]
    if sample.id != line["sample"]:
        return f"sample {line['index'] + 1} of the pack is {sample.id!r} now"
    # A profile may put the system text into the user's message. Its card may be gone; both ways ask the same.
    ways = [plan] if plan.arm.profile is None else [plan, replace(plan, fold_system=True)]
    bodies = []
    for way in ways:
        body = wires.load(plan.model.wire).encode(plan.model.served_as, way.request(sample, line["epoch"]))[1]
        bodies.append(orjson.loads(dumps(plan.model.adapt(body)[0])))
    return None if line["body"] in bodies else _difference(line["body"], bodies[0])


def _difference(sent: Any, current: Any, at: str = "") -> str:
    """The first place where two bodies differ, and what stands there."""
    if isinstance(sent, dict) and isinstance(current, dict):
        for key in [*sent, *(key for key in current if key not in sent)]:
            if key not in current:
                return f"{at}/{key} was {_short(sent[key], '')}, is not there now"
            if key not in sent:
                return f"{at}/{key} was not there, is {_short(current[key], '')} now"
            if sent[key] != current[key]:
                return _difference(sent[key], current[key], f"{at}/{key}")
    if isinstance(sent, list) and isinstance(current, list) and len(sent) == len(current):
        for index, (old, new) in enumerate(zip(sent, current, strict=True)):
            if old != new:
                return _difference(old, new, f"{at}/{index}")
    return f"{at or '/'} was {_short(sent, current)}, is {_short(current, sent)} now"


def _short(value: Any, other: Any) -> str:
    """A value around the place where it begins to differ from another."""
    text, beside = repr(value), repr(other)
    same = next(
        (at for at, (a, b) in enumerate(zip(text, beside, strict=False)) if a != b), min(len(text), len(beside))
    )
    start = max(0, same - 20)
    shown = text[start : start + 60]
    return f"{'...' if start else ''}{shown}{'...' if start + 60 < len(text) else ''}"


def _settings_that_differ(plan: Plan) -> Iterator[str]:
    """Generation settings that the pack gives and the run did not use; the manifest keeps those it was asked with."""
    for name, now_, used in zip(Generation._fields, plan.pack.generation, plan.generation, strict=True):
        if now_ not in (None, ()) and now_ != used:
            yield f"the run was asked with {name} {used}; the pack says {now_}"


class _Earlier:
    """What the results said before, in ten bytes and a few a call."""

    def __init__(self, directory: Path, plan: Plan) -> None:
        self._epochs = plan.epochs
        self._outcomes = bytearray([ABSENT]) * plan.calls
        self._values = array("d", [-1.0]) * plan.calls
        self._lenient = array("d", [-1.0]) * plan.calls
        for line in read_lines(directory / RESULTS):
            place = line["index"] * plan.epochs + line["epoch"]
            score = line.get("score") or {}
            self._outcomes[place] = OUTCOMES.index(line["outcome"])
            self._values[place] = score.get("value", -1.0)
            self._lenient[place] = score.get("lenient_value", -1.0)

    def verdict(self, index: int, epoch: int) -> Verdict | None:
        """What the result of this call said; None where there was none."""
        place = index * self._epochs + epoch
        if self._outcomes[place] == ABSENT:
            return None
        found = (self._values[place], self._lenient[place])
        value, lenient = (None if number < 0 else number for number in found)
        return Verdict(OUTCOMES[self._outcomes[place]], value, lenient)


# --- scoring


def _items(directory: Path, plan: Plan, places: array[int]) -> Iterator[_Item]:
    """The calls that count, in the order of the journal."""
    with (directory / CALLS).open("rb") as file:
        for place, line in zip(places, file, strict=False):
            if place >= 0:
                index, epoch = divmod(place, plan.epochs)
                yield _Item(plan.pack.samples[index], index, epoch, line)


def _scored(pack: Pack, resources: Mapping[str, Any], items: Iterator[_Item]) -> Iterator[tuple[_Item, Scored]]:
    """Each call with its result, in order, on all cores; memory does not grow with their number."""
    scoring = Scoring(pack._replace(samples=(), document=Document(pack.file, "", None)), resources)  # light to send
    first = list(islice(items, SMALL))
    calls = chain(first, items)
    if resources:  # the work is done by the sandbox's own processes
        with ThreadPoolExecutor(2 * _cores(), "score") as threads:
            yield from _spread(calls, 1, lambda chunk: threads.submit(_score_all, scoring, chunk))
    elif len(first) < SMALL or _cores() == 1:
        yield from ((item, _score(scoring, item)) for item in calls)
    else:
        with _Processes(scoring) as processes:
            yield from _spread(calls, CHUNK, processes.submit, processes.isolated)


def _spread(
    items: Iterator[_Item],
    size: int,
    submit: Callable[[list[_Item]], Future[list[Scored]]],
    rescue: Callable[[list[_Item]], list[Scored]] | None = None,
) -> Iterator[tuple[_Item, Scored]]:
    """The results of all items, in order, with a bounded number of chunks under way."""
    waiting: deque[tuple[list[_Item], Future[list[Scored]]]] = deque()
    chunk = list(islice(items, size))
    while chunk or waiting:
        while chunk and len(waiting) < 4 * _cores():
            waiting.append((chunk, submit(chunk)))
            chunk = list(islice(items, size))
        done, future = waiting.popleft()
        try:
            found = future.result()
        except BrokenProcessPool:
            if rescue is None:
                raise
            found = rescue(done)
        yield from zip(done, found, strict=True)


class _Processes:
    """A process for each core; all are replaced when one dies. A context manager."""

    def __init__(self, scoring: Scoring) -> None:
        self._scoring = scoring
        self._pool = _pool(_cores())

    def __enter__(self) -> _Processes:
        """Raises InstrumentError where processes do not start, rather than take every answer for a deadly one."""
        try:
            self._pool.submit(_score_all, self._scoring, []).result()
        except BrokenProcessPool:
            raise InstrumentError(
                "processes to score in do not start; is evalkit run by a script without a guard?"
            ) from None
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    def submit(self, chunk: list[_Item]) -> Future[list[Scored]]:
        try:
            return self._pool.submit(_score_all, self._scoring, chunk)
        except BrokenProcessPool:
            self._pool.shutdown(wait=False)
            self._pool = _pool(_cores())
            return self._pool.submit(_score_all, self._scoring, chunk)

    def isolated(self, chunk: list[_Item]) -> list[Scored]:
        """The results of a chunk whose process died: halved until the answer that ends its process is alone."""
        try:
            with _pool(1) as process:
                return process.submit(_score_all, self._scoring, chunk).result()
        except BrokenProcessPool:
            if len(chunk) == 1:
                return [_lost(chunk[0])]
            middle = len(chunk) // 2
            return self.isolated(chunk[:middle]) + self.isolated(chunk[middle:])


def _pool(processes: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(processes, mp_context=get_context("spawn"))


def _lost(item: _Item) -> Scored:
    import orjson

    call = call_from_json(orjson.loads(item.line))
    usage = call.completion.usage if call.completion else Usage()
    score = Score(None, explanation="scoring this answer ended its process", outcome="judge_failed")
    result = Result(item.sample.id, item.index, item.epoch, score.outcome, score, usage, call.timings.latency)
    return Verdict(score.outcome, None, None), dumps(to_json(result))


def _score_all(scoring: Scoring, chunk: list[_Item]) -> list[Scored]:
    return [_score(scoring, item) for item in chunk]


def _score(scoring: Scoring, item: _Item) -> Scored:
    import orjson

    result = scoring.result(item.sample, item.index, item.epoch, call_from_json(orjson.loads(item.line)))
    score = result.score
    verdict = Verdict(result.outcome, score.value if score else None, score.lenient_value if score else None)
    return verdict, dumps(to_json(result))


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
