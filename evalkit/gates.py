"""The history of a claim's gates: whether its terms were fixed before its results existed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evalkit.claims import Claim
from evalkit.journal import dumps, read_lines

HISTORY = "history.jsonl"


class History:
    """One line a gate: when, under which terms, on which runs, with which verdict. Append-only."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / HISTORY

    def exploratory(self, claim: Claim, terms: str, candidate_runs: Sequence[str]) -> str | None:
        """Why a verdict under `terms` is only exploratory; None where the terms stood before the results."""
        if claim.lock is not None:
            if claim.lock.get("after_results"):
                return "the claim was locked after the candidate had been run"
            if claim.lock["terms"] != terms:
                return f"the claim or a pack was changed after it was locked on {claim.lock['date'][:10]}"
            return None
        for line in read_lines(self._path):
            seen = {arms["candidate"] for arms in line["runs"].values()}
            if line["terms"] != terms and seen & set(candidate_runs):
                return f"the claim was changed after these results were judged on {line['created'][:10]}"
        return None

    def add(self, terms: str, runs: Mapping[str, Mapping[str, str]], report: Mapping[str, Any]) -> None:
        """Remember one gate."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        line = {"created": report["created"], "terms": terms, "runs": runs, "verdict": report["verdict"]}
        with self._path.open("ab") as file:
            file.write(dumps(line) + b"\n")
