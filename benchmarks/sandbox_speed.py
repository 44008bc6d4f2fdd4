"""How many programs per second: our sandboxes beside the harness of openai/human-eval, in one interleaved run.

    python benchmarks/sandbox_speed.py [--workers 2] [--rounds 3] [--backends wasm bwrap] [HumanEval.jsonl.gz]

Every harness runs the canonical solutions of HumanEval. CPU is that of the whole process tree per program, after
warm-up (Linux; a container's own processes belong to its engine and are not counted). The human-eval harness is
written anew here from its published behaviour: a manager and a forked process per program, a temporary directory, the
switched-off `os` functions, an alarm. It isolates nothing, so it is only ever given trusted solutions.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from evalkit.errors import SandboxUnavailable
from evalkit.records import Sample
from evalkit.sandbox import open_sandbox
from evalkit.scorers import code

HUMANEVAL = Path(__file__).resolve().parents[1] / "../shared/data/recorded/humaneval-2023-many/HumanEval.jsonl.gz"
Harness = Callable[[dict[str, Any]], bool]


def human_eval(problem: dict[str, Any], timeout: float = 3.0) -> bool:
    """One program as openai/human-eval runs it."""
    import multiprocessing

    context = multiprocessing.get_context("fork")
    with context.Manager() as manager:
        said = manager.list()
        process = context.Process(target=_execute, args=(problem, timeout, said))
        process.start()
        process.join(timeout + 1)
        if process.is_alive():
            process.kill()
        return list(said) == ["passed"]


def _execute(problem: dict[str, Any], timeout: float, said: Any) -> None:
    import builtins
    import contextlib
    import faulthandler
    import io
    import shutil
    import signal
    import subprocess
    import tempfile

    def over(*_: Any) -> None:
        raise TimeoutError

    with tempfile.TemporaryDirectory() as place:
        os.chdir(place)
        kept = (os.chdir, os.getcwd, os.unlink, os.rmdir, os.lstat, os.scandir, os.open, os.close, shutil.rmtree)
        faulthandler.disable()
        builtins.exit = builtins.quit = None  # type: ignore[assignment]
        switched_off = (
            "kill system putenv remove removedirs fchdir setuid fork forkpty killpg rename renames truncate replace "
            "fchmod fchown chmod chown chroot lchown"
        )
        for name in switched_off.split():
            setattr(os, name, None)
        subprocess.Popen = None  # type: ignore[assignment,misc]
        program = (
            f"{problem['prompt']}{problem['canonical_solution']}\n{problem['test']}\ncheck({problem['entry_point']})"
        )
        signal.setitimer(signal.ITIMER_REAL, timeout)
        signal.signal(signal.SIGALRM, over)
        try:
            with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                exec(program, {})
            said.append("passed")
        except BaseException as error:  # noqa: BLE001 - as the harness does
            said.append(f"failed: {error}")
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            os.chdir("/")
            (_, _, os.unlink, os.rmdir, os.lstat, os.scandir, os.open, os.close, shutil.rmtree) = kept


def ours(sandbox: Any) -> Harness:
    """One program through the scorer: extraction, both processes, the score."""

    def run(problem: dict[str, Any]) -> bool:
        fields = {key: problem[key] for key in ("entry_point", "prompt", "test")}
        sample = Sample(problem["task_id"], metadata=fields)
        return code.score(sample, problem["canonical_solution"], sandbox=sandbox).value == 1.0

    return run


def tree_cpu() -> float:
    """CPU seconds of this process and all it started, dead or alive."""
    parents: dict[int, int] = {}
    used: dict[int, float] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(folder.name)] = int(fields[1])
        used[int(folder.name)] = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")

    def is_ours(process: int) -> bool:
        while process > 1 and process != os.getpid():
            process = parents.get(process, 0)
        return process == os.getpid()

    return sum(seconds for process, seconds in used.items() if is_ours(process))


def one_round(run: Harness, problems: list[dict[str, Any]], workers: int) -> tuple[float, float]:
    """Programs per second, and CPU milliseconds per program."""
    cpu, began = tree_cpu(), time.monotonic()
    with ThreadPoolExecutor(workers) as threads:
        passed = sum(threads.map(run, problems))
    seconds = time.monotonic() - began
    assert passed == len(problems), f"only {passed} of {len(problems)} canonical solutions passed"
    return len(problems) / seconds, 1000 * (tree_cpu() - cpu) / len(problems)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("problems", nargs="?", type=Path, default=HUMANEVAL)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--backends", nargs="*", default=["wasm", "bwrap", "docker", "podman"])
    args = parser.parse_args()
    problems = [json.loads(line) for line in gzip.decompress(args.problems.read_bytes()).splitlines()]
    harnesses: dict[str, Harness] = {"human-eval": human_eval}
    sandboxes = []
    for backend in args.backends:
        try:
            sandboxes.append(open_sandbox(backend, workers=args.workers))
        except SandboxUnavailable as error:
            print(f"{backend}: {error.args[0].splitlines()[1].strip()}")
            continue
        harnesses[backend] = ours(sandboxes[-1])
        one_round(harnesses[backend], problems[:20], args.workers)
    rounds: dict[str, list[tuple[float, float]]] = {name: [] for name in harnesses}
    for _ in range(args.rounds):
        for name, run in harnesses.items():
            rounds[name].append(one_round(run, problems, args.workers))
    print(f"{len(problems)} programs, {args.workers} workers, load {os.getloadavg()[0]:.1f}")
    for name, got in rounds.items():
        rates = " ".join(f"{rate:6.1f}" for rate, _ in got)
        print(f"{name:<11} {rates} programs/s   {statistics.median(cpu for _, cpu in got):5.1f} ms CPU per program")
    for sandbox in sandboxes:
        sandbox.close()


if __name__ == "__main__":
    main()
