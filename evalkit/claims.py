"""Claims: the question, the two arms, the margins that were fixed before the run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evalkit import json_files
from evalkit.errors import InvalidFiles, Problem
from evalkit.json_files import Document, digest_of
from evalkit.names import did_you_mean
from evalkit.records import Generation, StructuredMode

#: What may differ between the arms, and be waived: every generation setting, how structure is asked for, the
#: reasoning profile; `params.NAME` waives one parameter that a card adds.
CONDITIONS = (
    *(name for name in Generation._fields if name != "structured"),
    "structured_output",
    "profile",
)
_NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Arm:
    """One side of a comparison: a model and how it is asked, where that differs from the pack."""

    model: str  # provider/name
    label: str | None = None
    structured: StructuredMode | None = None
    profile: str | None = None
    generation: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)

    @property
    def shown(self) -> str:
        """What reports call this arm."""
        return self.label or self.model


@dataclass(frozen=True, slots=True)
class PackClaim:
    """What one pack must show. `margin` is a share: 0.03 is 3 points."""

    margin: float
    samples: int | None = None
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Limits:
    """When the instrument is not trusted: any outcome above `outcome_rate` of an arm, or rates that differ by more
    than `outcome_difference` with an exact p below `outcome_p`."""

    outcome_rate: float = 0.05
    outcome_difference: float = 0.02
    outcome_p: float = 0.01


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim. Everything but the names of arms and the notes is fixed before the run."""

    name: str
    file: str
    digest: str
    document: Document
    question: str
    baseline: Arm
    candidate: Arm
    packs: Mapping[str, PackClaim]
    alpha: float = 0.05
    power: float = 0.8
    epochs: int = 1
    seed: int = 0
    slices: Mapping[str, float] = field(default_factory=lambda: _NOTHING)  # "language" or "tag:NAME" -> margin
    outcomes: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    limits: Limits = Limits()
    waive: frozenset[str] = frozenset()
    budget_usd: float | None = None
    expires_days: int | None = None
    reference: Arm | None = (
        None  # the candidate's weights on a host known to be good: splits model gap and deployment gap
    )
    lock: Mapping[str, Any] | None = None

    def terms(self, packs: Mapping[str, str]) -> str:
        """SHA-256 of everything that must be fixed before results exist: all but notes and labels, and the content
        of the packs (name -> digest)."""
        raw = {name: value for name, value in self.document.value.items() if name not in ("$schema", "notes", "lock")}
        for side in ("baseline", "candidate", "reference"):
            if isinstance(raw.get(side), dict):
                raw[side] = {name: value for name, value in raw[side].items() if name != "label"}
        return digest_of({"claim": raw, "packs": dict(packs)})

    def problem(self, pointer: str, message: str) -> Problem:
        """A problem at `pointer` of the claim's file."""
        return self.document.problem(pointer, message)


def load(path: Path, shown: str | None = None) -> Claim:
    """The claim in the JSON file `path`. Raises InvalidFiles with every problem found."""
    document = json_files.load(path, "claim", shown)
    problems = list(_problems(document))
    if problems:
        raise InvalidFiles(problems)
    raw: Mapping[str, Any] = document.value
    return Claim(
        name=path.stem,
        file=document.file,
        digest=document.digest,
        document=document,
        question=raw["question"],
        baseline=_arm(raw["baseline"]),
        candidate=_arm(raw["candidate"]),
        packs={name: PackClaim(**pack) for name, pack in raw["packs"].items()},
        alpha=raw.get("alpha", 0.05),
        power=raw.get("power", 0.8),
        epochs=raw.get("epochs", 1),
        seed=raw.get("seed", 0),
        slices={name: guard["margin"] for name, guard in raw.get("slices", {}).items()},
        outcomes=raw.get("outcomes", {}),
        limits=Limits(**raw.get("limits", {})),
        waive=frozenset(raw.get("waive", ())),
        budget_usd=raw.get("budget_usd"),
        expires_days=raw.get("expires_days"),
        reference=_arm(raw["reference"]) if "reference" in raw else None,
        lock=raw.get("lock"),
    )


def _arm(raw: str | Mapping[str, Any]) -> Arm:
    return Arm(raw) if isinstance(raw, str) else Arm(**raw)


def _problems(document: Document) -> Iterator[Problem]:
    raw: Mapping[str, Any] = document.value
    for index, name in enumerate(raw.get("waive", ())):
        if name not in CONDITIONS and not name.startswith("params."):
            message = f"{name!r} is not a condition that can be waived{did_you_mean(name, CONDITIONS)}"
            yield document.problem(("waive", index), message)
    for name in raw.get("slices", {}):
        if name != "language" and not name.startswith("tag:"):
            yield document.problem(("slices", name), f"{name!r} is not a slice; expected 'language' or 'tag:NAME'")
    if _arm(raw["baseline"]) == _arm(raw["candidate"]):
        message = (
            "the candidate is the same as the baseline; to measure a model's own noise use `evalkit run --epochs 2`"
        )
        yield document.problem(("candidate",), message)
