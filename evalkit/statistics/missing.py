"""How many of the lost items a parity verdict can bear."""

from __future__ import annotations

import numpy as np

from evalkit.statistics.evidence import weigh
from evalkit.statistics.scores import Pair


def tipping_point(pair: Pair, margin: float, alpha: float) -> int | None:
    """The largest number of lost items that may have gone against the candidate while parity still holds.

    The other lost items count for the candidate. Which items go against it is taken at its worst: those that cost
    most first. None where parity does not hold even if no lost item went against the candidate.
    """
    best, worst = pair.differences("for"), pair.differences("against")
    lost = np.flatnonzero(pair.lost())
    costliest = lost[np.lexsort((worst[lost], worst[lost] - best[lost]))]

    def holds(against: int) -> bool:
        differences = best.copy()
        differences[costliest[:against]] = worst[costliest[:against]]
        return weigh(differences, pair.clusters, pair.binary).p_above(-margin) <= alpha

    if not holds(0):
        return None
    borne, too_many = 0, lost.size + 1
    while too_many - borne > 1:
        middle = (borne + too_many) // 2
        if holds(middle):
            borne = middle
        else:
            too_many = middle
    return borne
