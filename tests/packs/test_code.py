"""The code pack: every solution passes its hidden cases, and at least three plausible wrong programs do not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import make_code
import pack_files
import pytest

SAMPLES = {sample["id"]: sample for sample in pack_files.load("code")["samples"]}

# The programs are ours, so a plain child process runs them; model-written code never runs this way.
RUNNER = """
import io, json, signal, sys

class Late(BaseException): pass
def late(*_): raise Late
signal.signal(signal.SIGALRM, late)

def same(a, b):
    if isinstance(a, float) or isinstance(b, float):
        return not isinstance(a, bool) and not isinstance(b, bool) and a == b
    if type(a) is not type(b):
        return False
    if isinstance(a, list):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(same(a[k], b[k]) for k in a)
    return a == b

def passes(job):
    space = {}
    signal.setitimer(signal.ITIMER_REAL, job["seconds"])
    try:
        exec(job["source"], space)
        return all(same(space[job["entry"]](*case["args"]), case["expected"]) for case in job["cases"])
    except (Exception, Late):
        return False
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)

real, sys.stdout = sys.stdout, io.StringIO()
print(json.dumps([passes(job) for job in json.load(sys.stdin)]), file=real)
"""


@pytest.fixture(scope="module")
def verdicts() -> dict[tuple[str, int], bool]:
    """(id, program) -> passed; program 0 is the solution, 1 the oracle, the others are wrong."""
    jobs: dict[tuple[str, int], Any] = {}
    for item in make_code.ITEMS:
        programs = [item.solution, item.oracle or item.solution, *item.wrong_programs()]
        for number, source in enumerate(programs):
            cases = SAMPLES[item.id]["metadata"]["cases"]
            seconds = 5 if number < 2 else 0.05
            jobs[item.id, number] = {"source": source, "entry": item.entry, "cases": cases, "seconds": seconds}
    done = subprocess.run(
        [sys.executable, "-P", "-s", "-c", RUNNER],
        input=json.dumps(list(jobs.values())),
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONHASHSEED": "0"},  # a wrong program may lean on the order of a set
    )
    assert done.returncode == 0, done.stderr
    return dict(zip(jobs, json.loads(done.stdout), strict=True))


@pytest.mark.parametrize("item", make_code.ITEMS, ids=lambda item: item.id)
def test_solution_passes_and_wrong_programs_fail(item: Any, verdicts: dict[tuple[str, int], bool]) -> None:
    assert verdicts[item.id, 0], "the solution fails"
    assert verdicts[item.id, 1], "the oracle fails the hand-written cases"
    wrong = item.wrong_programs()
    assert len({" ".join(source.split()) for source in wrong}) >= 3, "needs three wrong programs"
    passed = [number for number in range(len(wrong)) if verdicts[item.id, number + 2]]
    assert not passed, f"wrong programs that pass: {[wrong[number] for number in passed]}"


def test_a_solution_does_not_solve_another_task(verdicts: dict[tuple[str, int], bool]) -> None:
    """No two tasks share their cases."""
    seen = [json.dumps(sample["metadata"]["cases"]) for sample in SAMPLES.values()]
    assert len(set(seen)) == len(seen)


@pytest.mark.slow
def test_verdicts_of_the_real_scorer_in_the_sandbox() -> None:
    """As a model would answer: the solution in a fence is right, each wrong program is not."""
    from concurrent.futures import ThreadPoolExecutor

    from evalkit import packs
    from evalkit.sandbox import open_sandbox
    from evalkit.scorers import code

    samples = {sample.id: sample for sample in packs.load(pack_files.TASKS / "code.json").samples}
    with open_sandbox("wasm", workers=2) as sandbox, ThreadPoolExecutor(2) as pool:

        def value(job: tuple[str, str], seconds: float = 10.0) -> float | None:
            answer = f"Here is the code:\n\n```python\n{job[1].strip()}\n```\n"
            return code.score(samples[job[0]], answer, sandbox=sandbox, cpu_seconds=seconds).value

        right = [(item.id, item.solution) for item in make_code.ITEMS]
        wrong = [(item.id, source) for item in make_code.ITEMS for source in item.wrong_programs()]
        assert [job[0] for job, found in zip(right, pool.map(value, right), strict=True) if found != 1.0] == []
        assert [
            job[0]
            for job, found in zip(wrong, pool.map(lambda job: value(job, 1.5), wrong), strict=True)
            if found != 0.0
        ] == []
