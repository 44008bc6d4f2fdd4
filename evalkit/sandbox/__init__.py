"""Run model-written code, with a verdict that the code cannot forge.

    with open_sandbox(workers=4) as sandbox:
        verdict = sandbox.judge(code, ["assert add(1, 2) == 3"], names=["add"])

`docs/sandbox.md` says what is isolated from what, on which machine, and what it costs.
"""

from evalkit.sandbox.ladder import BACKENDS, open_sandbox
from evalkit.sandbox.results import Facts, Integrity, Limits, Outcome, TestResult, Tried, Verdict
from evalkit.sandbox.verdicts import Sandbox

__all__ = [
    "BACKENDS",
    "Facts",
    "Integrity",
    "Limits",
    "Outcome",
    "Sandbox",
    "TestResult",
    "Tried",
    "Verdict",
    "open_sandbox",
]
