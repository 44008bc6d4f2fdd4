"""The plan of a run: pure. What will be asked of whom, and the digest of everything that determines it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from evalkit import wires
from evalkit.calls import Request
from evalkit.cards import Model
from evalkit.claims import Arm
from evalkit.errors import UnknownName, UsageError
from evalkit.json_files import canonical, digest_of
from evalkit.names import did_you_mean
from evalkit.packs import Pack, render
from evalkit.records import Generation, Message, Sample
from evalkit.wires._fields import Change

FORMAT = 1  # of the run's files and of how requests are rendered; part of the identity


@dataclass(frozen=True, slots=True)
class Plan:
    """One pack asked of one model, `samples` of them, `epochs` times each."""

    pack: Pack
    model: Model
    arm: Arm
    generation: Generation
    samples: int
    epochs: int
    fold_system: bool = False

    @property
    def calls(self) -> int:
        """How many calls the plan has."""
        return self.samples * self.epochs

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of everything that determines the answers."""
        return digest_of(self.identity())

    def identity(self) -> dict[str, Any]:
        """Everything that determines the answers, as JSON."""
        return {
            "format": FORMAT,
            "pack": {"name": self.pack.name, "version": self.pack.version, "digest": self.pack.digest},
            "model": self.model.identity(),
            "generation": {name: value for name, value in self.generation._asdict().items() if value not in (None, ())},
            "profile": self.arm.profile,
            "samples": self.samples,
            "epochs": self.epochs,
        }

    def entries(self) -> Iterator[tuple[int, int]]:
        """(sample index, epoch) of every call, in the order they are made."""
        return ((index, epoch) for epoch in range(self.epochs) for index in range(self.samples))

    def request(self, sample: Sample, epoch: int) -> Request:
        """What is asked for `sample` in `epoch`; each epoch has its own seed."""
        generation = self.generation
        if epoch and generation.seed is not None:
            generation = generation._replace(seed=generation.seed + epoch)
        messages = render(self.pack, sample)
        if self.fold_system:
            messages = _folded(messages)
        schema = sample.schema
        if schema is None and generation.structured is not None:
            generation = generation._replace(structured=None)
        if schema is not None and generation.structured == "prompted":
            messages = _with_schema(messages, schema)
        tools = tuple(sample.metadata.get("tools", ())) if generation.structured == "native" else ()
        return Request(messages, generation, schema, tools)

    def ledger(self) -> dict[str, Any]:
        """What is asked for, what the endpoint is really sent, what its card or wire drops and adds.

        A setting counts as sent when the body changes without it, so a wire cannot drop one unseen.
        """
        sample = next((s for s in self.pack.samples if s.schema is not None), self.pack.samples[0])
        request = self.request(sample, 0)
        sent, changes = self._body(request)
        asked = {
            name: value
            for name, value in request.generation._asdict().items()
            if name != "structured" and value not in (None, ())
        }
        dropped = []
        for name in asked:
            unset: Any = () if name == "stop" else None
            without = request.generation._replace(**{name: unset})
            if self._body(replace(request, generation=without))[0] == sent:
                dropped.append(name)
        return {
            "asked": {**asked, "structured_output": self.generation.structured},
            "dropped": dropped,
            "changes": [change._asdict() for change in changes],
            "sent": {name: value for name, value in sent.items() if name not in ("messages", "input", "contents")},
        }

    def conditions(self) -> dict[str, Any]:
        """The conditions under which the model is asked, in the words a claim can waive."""
        ledger = self.ledger()
        held = {name: value for name, value in ledger["asked"].items() if name not in ledger["dropped"]}
        added = {f"params.{c['field']}": c["value"] for c in ledger["changes"] if c["action"] == "added"}
        return {**held, **added, "profile": self.arm.profile}

    def _body(self, request: Request) -> tuple[dict[str, Any], tuple[Change, ...]]:
        """The body as it will be sent, and what the card changed."""
        return self.model.adapt(wires.load(self.model.wire).encode(self.model.served_as, request)[1])


def make_plan(pack: Pack, model: Model, arm: Arm, *, samples: int | None = None, epochs: int = 1) -> Plan:
    """The plan of asking `model` the first `samples` samples of `pack`, `epochs` times each. Raises UsageError."""
    profile: Mapping[str, Any] = {}
    if arm.profile is not None:
        if arm.profile not in model.profiles:
            hint = did_you_mean(arm.profile, model.profiles)
            raise UnknownName(f"{model.id} has no profile {arm.profile!r}{hint}")
        profile = model.profiles[arm.profile]
    settings = {**profile.get("generation", {}), **arm.generation}
    if "stop" in settings:
        settings["stop"] = tuple(settings["stop"])
    unknown = set(settings) - set(Generation._fields)
    if unknown:
        name = min(unknown)
        raise UsageError(f"{model.id}: no generation setting {name!r}{did_you_mean(name, Generation._fields)}")
    if arm.structured is not None:
        settings["structured"] = arm.structured
    mode = settings.get("structured", pack.generation.structured)
    if mode == "none":
        mode = settings["structured"] = None
    if mode is not None and mode not in model.structured:
        offered = ", ".join(model.structured) or "none"
        raise UsageError(f"{model.id} does not offer structured output as {mode!r}; its card says: {offered}")
    if samples is not None and samples > len(pack.samples):
        raise UsageError(f"pack {pack.name!r} has {len(pack.samples)} samples, not {samples}")
    return Plan(
        pack=pack,
        model=model,
        arm=arm,
        generation=pack.generation._replace(**settings),
        samples=samples or len(pack.samples),
        epochs=epochs,
        fold_system=profile.get("system_prompt") == "fold",
    )


def _folded(messages: tuple[Message, ...]) -> tuple[Message, ...]:
    """The system text in front of the first user message, as some vendors advise."""
    system = "\n\n".join(message.content for message in messages if message.role == "system")
    rest = [message for message in messages if message.role != "system"]
    if system:
        rest[0] = Message(rest[0].role, f"{system}\n\n{rest[0].content}")
    return tuple(rest)


def _with_schema(messages: tuple[Message, ...], schema: Mapping[str, Any]) -> tuple[Message, ...]:
    """The schema asked for in words, at the end of the last message."""
    asked = "Answer with JSON only, no prose and no code fence, that is valid under this JSON Schema:\n"
    last = messages[-1]
    return (*messages[:-1], Message(last.role, f"{last.content}\n\n{asked}{canonical(schema).decode()}"))
