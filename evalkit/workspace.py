"""The workspace: where packs, cards and claims are found by name, and where runs go.

A workspace is the nearest folder, from here upwards, that has `tasks/` or `providers/`. What a team keeps there
overlays what evalkit ships.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from evalkit.errors import UnknownName, UsageError
from evalkit.names import did_you_mean

if TYPE_CHECKING:  # each method imports its own, so that checking one pack loads no more than it needs
    from evalkit.cards import Card, Model
    from evalkit.claims import Claim
    from evalkit.packs import Pack
    from evalkit.plans import Plan

_PACKAGE = Path(__file__).resolve().parent


def shipped(kind: str) -> Path:
    """The shipped folder `tasks` or `providers`: a wheel carries it inside the package, a checkout beside it."""
    inside = _PACKAGE / "_shipped" / kind
    return inside if inside.is_dir() else _PACKAGE.parent / kind


class Workspace:
    """One workspace. `root` is where its reports go."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @classmethod
    def find(cls, given: str | None = None) -> Workspace:
        """The workspace at `given`, or the one around the current folder, or the current folder itself."""
        if given is not None:
            root = Path(given).resolve()
            if not root.is_dir():
                raise UsageError(f"--workspace: {given} is not a folder")
            return cls(root)
        here = Path.cwd()
        for folder in (here, *here.parents):
            if (folder / "tasks").is_dir() or (folder / "providers").is_dir():
                return cls(folder)
        return cls(here)

    def files(self, kind: str) -> dict[str, Path]:
        """The files of `tasks` or `providers` by name; the workspace's win over the shipped ones."""
        found: dict[str, Path] = {}
        for folder in (shipped(kind), self.root / kind):
            found |= {path.stem: path for path in sorted(folder.glob("*.json"))}
        return found

    def claim_files(self) -> list[Path]:
        """The claims of this workspace."""
        reports = self.root / "reports"
        return sorted([*reports.glob("*.json"), *reports.glob("claims/*.json")])

    def pack(self, name: str) -> Pack:
        """A pack by name, or by the path of its file."""
        from evalkit import packs

        return packs.load(*self._file("tasks", name, "pack"))

    def card(self, name: str) -> Card:
        """A provider card by name, or by the path of its file."""
        from evalkit import cards

        return cards.load(*self._file("providers", name, "provider"))

    def model(self, model_id: str) -> Model:
        """The model `provider/name`."""
        from evalkit.cards import split_id

        provider, name = split_id(model_id)
        return self.card(provider).model(name)

    def claim(self, name: str) -> Claim:
        """The claim in a file; its name alone is looked for in `reports/`."""
        from evalkit import claims

        path = self.claim_path(name)
        return claims.load(path, self.shown(path))

    def claim_path(self, name: str) -> Path:
        """The file of a claim. Raises UnknownName."""
        reports = self.root / "reports"
        for candidate in (Path(name), reports / f"{name}.json", reports / "claims" / f"{name}.json"):
            if candidate.is_file():
                return candidate
        known = [file.stem for file in self.claim_files()]
        raise UnknownName(f"no claim {name!r}{did_you_mean(Path(name).stem, known)}")

    def plans(self, claim: Claim) -> dict[str, dict[str, Plan]]:
        """Pack -> arm -> plan; every mistake in the claim's packs, cards and arms is found here. Raises UsageError."""
        from evalkit.plans import make_plan

        arms = {"baseline": claim.baseline, "candidate": claim.candidate}
        if claim.reference is not None:
            arms["reference"] = claim.reference
        found: dict[str, dict[str, Plan]] = {}
        for name, wanted in claim.packs.items():
            pack = self.pack(name)
            found[name] = {
                side: make_plan(pack, self.model(arm.model), arm, samples=wanted.samples, epochs=claim.epochs)
                for side, arm in arms.items()
            }
            if len({plan.digest for plan in found[name].values()}) < len(arms):
                message = f"two arms would ask exactly the same of the same model on pack {name!r}"
                raise UsageError(f"{claim.file}: {message}")
        return found

    def baseline_files(self) -> list[Path]:
        """The committed baselines of this workspace."""
        return sorted((self.root / "reports" / "baselines").glob("*.json"))

    def run_directory(self, plan: Plan) -> Path:
        """Where the run of `plan` lives."""
        model = re.sub(r"[^A-Za-z0-9._-]+", "--", plan.model.id)
        return self.root / "reports" / "runs" / plan.pack.name / model / plan.digest[:12]

    def gate_directory(self, claim: Claim) -> Path:
        """Where the report of a claim's gate goes."""
        return self.root / "reports" / "runs" / "gates" / claim.name

    def shown(self, path: Path) -> str:
        """A path as people see it: relative to where they are, where that is shorter."""
        relative = os.path.relpath(path)
        return relative if len(relative) < len(str(path)) else str(path)

    def _file(self, kind: str, name: str, word: str) -> tuple[Path, str]:
        if name.endswith(".json"):
            path = Path(name)
            if not path.is_file():
                raise UnknownName(f"no such file: {name}")
            return path, self.shown(path)
        known = self.files(kind)
        if name not in known:
            raise UnknownName(f"no {word} {name!r}{did_you_mean(name, known)}")
        return known[name], self.shown(known[name])
