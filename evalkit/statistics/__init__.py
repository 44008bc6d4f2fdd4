"""Numbers only: the verdict on paired scores, and what plans, looks, noise and many packs need.

`decide` is the door. Nothing here reads files or knows a model.
"""

from evalkit.statistics.decision import decide as decide
from evalkit.statistics.verdict import Case as Case
from evalkit.statistics.verdict import Verdict as Verdict
