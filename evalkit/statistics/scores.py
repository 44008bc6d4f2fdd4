"""The scores of one comparison as people hand them over: lists, lists of lists, arrays; None where one is missing.

A missing score is never dropped. It is filled, and the fill that is worst for a claim is the one that claim must bear.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from evalkit.errors import UsageError

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Fill = Literal["against", "for"]  # the candidate: it lost what is missing, or it won it

_NUMBERS = (float, int, bool, type(None), np.bool_, np.integer, np.floating)


@dataclass(frozen=True, slots=True, eq=False)
class Arm:
    """The scores of one model: `cells` in [0, 1] with NaN where missing, item after item, `repeats` of them an item."""

    cells: Floats
    repeats: Ints | None  # None = one sample an item

    @property
    def missing(self) -> int:
        """How many scores are missing."""
        return int(np.isnan(self.cells).sum())

    @property
    def single(self) -> bool:
        """Whether every item was asked once and every score is 0 or 1."""
        return self.repeats is None and bool(np.isin(self.cells[~np.isnan(self.cells)], (0.0, 1.0)).all())

    def items(self, fill: float) -> Floats:
        """The mean score of each item, with `fill` for what is missing."""
        return self._means(np.where(np.isnan(self.cells), fill, self.cells))

    def lost(self) -> npt.NDArray[np.bool_]:
        """Which items miss at least one score."""
        return self._means(np.isnan(self.cells).astype(float)) > 0

    def _means(self, cells: Floats) -> Floats:
        if self.repeats is None:
            return cells
        starts = np.concatenate([[0], np.cumsum(self.repeats)[:-1]])
        return np.asarray(np.add.reduceat(cells, starts) / self.repeats)


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """Two arms over the same items, in the same order; `clusters` holds codes 0..G-1, None = no clusters."""

    baseline: Arm
    candidate: Arm
    clusters: Ints | None
    n: int

    @property
    def binary(self) -> bool:
        """Whether the exact test for single 0/1 answers applies, as far as the scores go."""
        return self.baseline.single and self.candidate.single

    def means(self, fill: Fill) -> tuple[Floats, Floats]:
        """The item means of the baseline and of the candidate."""
        for_baseline, for_candidate = (1.0, 0.0) if fill == "against" else (0.0, 1.0)
        return self.baseline.items(for_baseline), self.candidate.items(for_candidate)

    def differences(self, fill: Fill) -> Floats:
        """Candidate minus baseline, for each item, in [-1, 1]."""
        baseline, candidate = self.means(fill)
        return candidate - baseline

    def lost(self) -> npt.NDArray[np.bool_]:
        """Which items miss at least one score in either arm."""
        return self.baseline.lost() | self.candidate.lost()


def read_pair(
    baseline: Sequence[Any] | npt.NDArray[Any],
    candidate: Sequence[Any] | npt.NDArray[Any],
    clusters: Sequence[Any] | npt.NDArray[Any] | None = None,
    ids: Sequence[str] | None = None,
) -> Pair:
    """Check and convert what a caller hands over. Raises UsageError, naming the item (by `ids`, else by position)."""
    for name, given in (("baseline", baseline), ("candidate", candidate), ("clusters", clusters), ("ids", ids)):
        if given is not None and (isinstance(given, str) or not hasattr(given, "__len__")):
            raise UsageError(f"{name}: expected a list, one entry an item, not {given!r:.60}")
    n = len(baseline)
    if n == 0:
        raise UsageError("baseline: no items")
    for name, given in (("candidate", candidate), ("clusters", clusters), ("ids", ids)):
        if given is not None and len(given) != n:
            raise UsageError(f"baseline has {n} items but {name} has {len(given)}: both must cover the same items")
    return Pair(
        _read_arm("baseline", baseline, ids), _read_arm("candidate", candidate, ids), _read_clusters(clusters, ids), n
    )


def _read_arm(name: str, given: Sequence[Any] | npt.NDArray[Any], ids: Sequence[str] | None) -> Arm:
    rows = given.tolist() if isinstance(given, np.ndarray) else given
    if not isinstance(rows, list):
        rows = list(rows)
    repeats: Ints | None = None
    if not set(map(type, rows)) <= set(_NUMBERS):
        rows = [_row(name, index, row, ids) for index, row in enumerate(rows)]
        lengths = np.fromiter(map(len, rows), np.int64, len(rows))
        if not (lengths == 1).all():
            repeats = lengths
        rows = list(chain.from_iterable(rows))
    try:
        cells = np.array(rows, float)
    except OverflowError as error:
        raise UsageError(f"{name}: a score is far outside [0, 1]") from error
    outside = np.flatnonzero((cells < 0) | (cells > 1))
    if outside.size:
        cell = int(outside[0])
        index = cell if repeats is None else int(np.searchsorted(np.cumsum(repeats), cell, side="right"))
        raise UsageError(f"{name} {_item(index, ids)}: score {cells[cell]:g} is outside [0, 1]")
    return Arm(cells, repeats)


def _row(name: str, index: int, row: Any, ids: Sequence[str] | None) -> list[Any]:
    """The scores of one item, as a list."""
    if isinstance(row, _NUMBERS):
        return [row]
    if isinstance(row, np.ndarray):
        row = row.tolist()
    if not isinstance(row, list | tuple):
        raise UsageError(
            f"{name} {_item(index, ids)}: expected a score in [0, 1], a list of scores or null, not {row!r:.60}"
        )
    if not row:
        raise UsageError(f"{name} {_item(index, ids)}: an empty list of scores; write null for a missing score")
    for score in row:
        if not isinstance(score, _NUMBERS):
            raise UsageError(f"{name} {_item(index, ids)}: expected a score in [0, 1] or null, not {score!r:.60}")
    return list(row)


def _read_clusters(given: Sequence[Any] | npt.NDArray[Any] | None, ids: Sequence[str] | None) -> Ints | None:
    if given is None:
        return None
    codes: dict[Any, int] = {}
    labels = given.tolist() if isinstance(given, np.ndarray) else given
    try:
        coded = [
            codes.setdefault(index if label is None else ("named", label), len(codes))
            for index, label in enumerate(labels)
        ]
    except TypeError as error:
        index = next(index for index, label in enumerate(labels) if isinstance(label, list | dict | set))
        raise UsageError(
            f"clusters {_item(index, ids)}: expected a name or a number, not {labels[index]!r:.60}"
        ) from error
    return np.array(coded, np.int64) if len(codes) < len(coded) else None


def _item(index: int, ids: Sequence[str] | None) -> str:
    return f"item {index}" if ids is None else f"item {ids[index]!r}"
