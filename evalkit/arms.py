"""One arm of a comparison: the results of a run, or of a committed baseline, as arrays.

A committed baseline is one compact JSON file: outcome, strict and lenient score and a hash of the answer for each call,
and the run's manifest. With it CI pays only for the candidate, and a canary can tell whether a closed model behind an
alias still answers as it did.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from evalkit import json_files
from evalkit.errors import UsageError
from evalkit.journal import CALLS, RESULTS, read_lines, read_manifest
from evalkit.records import OUTCOMES, Outcome

Floats = npt.NDArray[np.float64]
Measure = Literal["strict", "lenient"]
FORMAT = 1
_OK, _EXTRACTION = OUTCOMES.index("ok"), OUTCOMES.index("extraction_failed")
_CODES = {name: code for code, name in enumerate(OUTCOMES)}


@dataclass(frozen=True, slots=True, eq=False)
class ArmResults:
    """One run, as arrays of shape (samples, epochs)."""

    source: Path  # the folder of the run, or the file of the baseline
    manifest: Mapping[str, Any]
    outcomes: npt.NDArray[np.uint8]  # index into OUTCOMES
    strict: Floats  # NaN where there is no score
    lenient: Floats

    def values(self, measure: Measure, wrong: Iterable[Outcome]) -> Floats:
        """The score of each call under one extraction; NaN = missing, 0 for outcomes that count as wrong."""
        scored = self.outcomes == _OK
        found = self.strict
        if measure == "lenient":
            found = np.where(np.isnan(self.lenient), self.strict, self.lenient)
            scored |= (self.outcomes == _EXTRACTION) & ~np.isnan(self.lenient)
        values = np.where(scored, found, np.nan)
        for outcome in wrong:
            values[(self.outcomes == OUTCOMES.index(outcome)) & ~scored] = 0.0
        return values

    def rates(self) -> dict[str, int]:
        """How many calls had each outcome."""
        counted = Counter(self.outcomes.ravel().tolist())
        return {OUTCOMES[code]: count for code, count in sorted(counted.items())}


def read_arm(path: Path) -> ArmResults:
    """The results of a finished run (a folder) or of a baseline (a file). Raises UsageError where it is neither."""
    return read_baseline(path) if path.is_file() else read_run(path)


def read_run(directory: Path) -> ArmResults:
    """The results of a finished run. Raises UsageError where it is not finished."""
    manifest = read_manifest(directory)
    if manifest.get("status") != "complete":
        raise UsageError(f"{directory} is not finished; the command that started it resumes it")
    samples, epochs = manifest["identity"]["samples"], manifest["identity"]["epochs"]
    outcomes = np.full((samples, epochs), OUTCOMES.index("provider_error"), np.uint8)
    strict = np.full((samples, epochs), np.nan)
    lenient = np.full((samples, epochs), np.nan)
    for line in read_lines(directory / RESULTS):
        place = line["index"], line["epoch"]
        outcomes[place] = _CODES[line["outcome"]]
        score = line.get("score")
        if score:
            strict[place] = score.get("value", np.nan)
            lenient[place] = score.get("lenient_value", np.nan)
    return ArmResults(directory, manifest, outcomes, strict, lenient)


# Baselines


def baseline_document(directory: Path, expires_days: int) -> dict[str, Any]:
    """A finished run as a committed baseline that expires after `expires_days`."""
    arm = read_run(directory)
    answers = [[""] * arm.outcomes.shape[1] for _ in arm.outcomes]
    for line in read_lines(directory / CALLS):
        answers[line["index"]][line["epoch"]] = answer_hash((line.get("completion") or {}).get("text"))
    expires = datetime.now(UTC).date() + timedelta(days=expires_days)
    return {
        "format": FORMAT,
        "kind": "evalkit baseline",
        "expires": expires.isoformat(),
        "manifest": dict(arm.manifest),
        "outcomes": [[OUTCOMES[code] for code in row] for row in arm.outcomes.tolist()],
        "strict": _nullable(arm.strict),
        "lenient": _nullable(arm.lenient),
        "answers": answers,
    }


def read_baseline(path: Path) -> ArmResults:
    """The results in a committed baseline. Raises UsageError."""
    raw = json_files.read(path).value
    if not isinstance(raw, dict) or raw.get("kind") != "evalkit baseline" or raw.get("format") != FORMAT:
        raise UsageError(f"{path} is no evalkit baseline; `evalkit baseline save RUN` writes one")
    outcomes = np.array([[_CODES[name] for name in row] for row in raw["outcomes"]], np.uint8)
    strict, lenient = (np.array(raw[name], float) for name in ("strict", "lenient"))
    return ArmResults(path, {**raw["manifest"], "expires": raw["expires"]}, outcomes, strict, lenient)


def expired(arm: ArmResults) -> str | None:
    """The day on which a baseline expired, or None while it holds; a run does not expire."""
    day: str | None = arm.manifest.get("expires")
    return day if day and date.fromisoformat(day) < datetime.now(UTC).date() else None


def answer_hash(text: str | None) -> str:
    """What tells one answer from another without keeping it; "" where there is none."""
    return "" if text is None else sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _nullable(values: Floats) -> list[list[float | None]]:
    return [[None if np.isnan(value) else value for value in row] for row in values.tolist()]
