"""The sandbox through its door: what programs may do, how they end, and what a verdict rests on."""

from __future__ import annotations

import contextlib
import gc
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from evalkit.errors import SandboxUnavailable, UsageError
from evalkit.sandbox import BACKENDS, Limits, Sandbox, open_sandbox

QUICK = Limits(cpu_seconds=0.3, wall_seconds=2)
RIGHT = "def double(x):\n    return 2 * x\n"
TESTS = ["assert double(2) == 4", "assert double('ab') == 'abab'"]


SLOW = pytest.mark.slow  # the default suite runs the default backend; the others run in CI with the slow tests
OTHERS = [pytest.param(name, marks=SLOW) for name in ("bwrap", "docker", "podman")]


@pytest.fixture(scope="module", params=["wasm", *OTHERS])
def sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """Every backend that is here; the others say why they are not."""
    try:
        opened = open_sandbox(request.param, workers=2)
    except SandboxUnavailable as error:
        if request.param == "wasm":
            raise
        pytest.skip(str(error))
    with opened:
        yield opened


def outcome(sandbox: Sandbox, code: str, tests: list[str] = TESTS, **options: object) -> str:
    return sandbox.judge(code, tests, names=["double"], limits=QUICK, **options).outcome  # type: ignore[arg-type]


def test_facts_say_what_ran(sandbox: Sandbox) -> None:
    facts = sandbox.facts
    assert facts.python.startswith("3.")
    assert facts.backend in facts.level or {"wasm": "wasmtime", "bwrap": "bubblewrap"}[facts.backend] in facts.level
    stopped, _, of = facts.self_test.partition(" ")[0].partition("/")
    assert stopped == of and int(of) >= 10
    assert not facts.unsandboxed


def test_a_right_program_passes_and_every_test_is_reported(sandbox: Sandbox) -> None:
    verdict = sandbox.judge(RIGHT, TESTS, names=["double"])
    assert verdict.passed
    assert [test.outcome for test in verdict.tests] == ["pass", "pass"]
    assert verdict.integrity == "judge"
    assert verdict.cpu_seconds > 0


def test_tests_after_a_failed_one_still_run(sandbox: Sandbox) -> None:
    verdict = sandbox.judge("def double(x):\n    return x + x", ["assert double(2) == 5", *TESTS], names=["double"])
    assert [test.outcome for test in verdict.tests] == ["fail", "pass", "pass"]
    assert verdict.outcome == "fail"


@pytest.mark.parametrize(
    ("code", "expected", "error"),
    [
        ("def double(x):\n    return x", "fail", "AssertionError"),
        ("def double(x):\n    return None", "fail", "AssertionError"),
        ("def double(x):\n    return x / 0", "error", "ZeroDivisionError"),
        ("class Odd(Exception): pass\ndef double(x):\n    raise Odd('no')", "error", "Odd"),
        ("def double(x):\n    assert False", "error", "AssertionError"),
        ("def double(x):\n    raise StopIteration", "error", "StopIteration"),
        ("def double(x):\n    raise SystemExit(0)", "error", "SystemExit"),
        ("def double(x):\n    while True: pass", "timeout", None),
        ("while True: pass", "timeout", None),
        ("def double(x):\n    import time\n    time.sleep(60)", "timeout", None),
        ("def double(x):\n    return len(bytearray(900 << 20))", "memory", "MemoryError"),
        ("import os\nos._exit(0)", "crash", None),
        ("def double(x):\n    import os\n    os._exit(0)", "crash", None),
        ("def double(x)\n    return x", "load_error", "SyntaxError"),
        ("import sys\nsys.exit(0)", "load_error", "SystemExit"),
        ("raise ValueError", "load_error", "ValueError"),
        ("def triple(x):\n    return 3 * x", "error", "NameError"),
        ("def double(x):\n    return ['x' * (9 << 20)]", "protocol_error", None),
        ("def double(x):\n    a = []\n    a.append(a)\n    return a", "protocol_error", None),
    ],
)
def test_how_a_program_ended(sandbox: Sandbox, code: str, expected: str, error: str | None) -> None:
    verdict = sandbox.judge(code, TESTS, names=["double"], limits=QUICK)
    assert (verdict.outcome, verdict.error) == (expected, error)
    assert not verdict.passed
    assert verdict.limit == (("wall" if "sleep" in code else "cpu") if expected == "timeout" else None)


def test_the_cpu_limit_of_wasm_is_deterministic() -> None:
    code = "def double(x):\n    return sum(i * i for i in range(200_000)) and 2 * x"
    with open_sandbox("wasm", workers=1) as opened:
        used = {opened.judge(code, TESTS, names=["double"]).cpu_seconds for _ in range(3)}
    assert len(used) == 1


def test_the_cpu_limit_counts_what_the_program_uses_not_what_passes(sandbox: Sandbox) -> None:
    code = "import time\ndef double(x):\n    time.sleep(0.5)\n    return 2 * x"
    limits = Limits(cpu_seconds=0.3, wall_seconds=10)
    verdict = sandbox.judge(code, TESTS, names=["double"], limits=limits)
    assert verdict.passed
    assert verdict.cpu_seconds < 0.3


def test_an_object_of_the_candidates_equals_nothing(sandbox: Sandbox) -> None:
    code = "class Yes:\n    def __eq__(self, o): return True\ndef double(x): return Yes()"
    assert outcome(sandbox, code) == "fail"


def test_subclasses_travel_as_their_base_value(sandbox: Sandbox) -> None:
    code = (
        "from collections import namedtuple, Counter, OrderedDict, defaultdict\nfrom enum import IntEnum\n"
        "P = namedtuple('P', 'x y')\nclass E(IntEnum):\n    A = 4\n"
        "def double(kind):\n"
        "    return {'p': P(1, 2), 'c': Counter('aab'), 'o': OrderedDict(a=1), 'e': E.A,\n"
        "            'd': defaultdict(int, {1: 2})}[kind]"
    )
    tests = [
        "assert double('p') == (1, 2)",
        "assert double('c') == {'a': 2, 'b': 1}",
        "assert double('o') == {'a': 1}",
        "assert double('e') == 4",
        "assert double('d') == {1: 2}",
    ]
    assert sandbox.judge(code, tests, names=["double"]).passed


def test_values_cross_both_ways_unchanged(sandbox: Sandbox) -> None:
    tests = [
        f"v = {value}\ngot = double(v)\nassert got == v and type(got) is type(v)"
        for value in (
            "1", "True", "None", "-0.5", "10**40", "float('inf')", "'ä\\ud800'", "b'\\x00'", "bytearray(b'a')",
            "(1, [2])",
            "{1, 2}", "frozenset({(1, 2)})", "{(1, 2): [3]}", "1 + 2j", "range(0, 10, 3)", "[[]] * 3",
            "__import__('decimal').Decimal('1.10')", "__import__('fractions').Fraction(1, 3)",
            "__import__('collections').deque([1, 2])",
        )
    ]  # fmt: skip
    tests.append("got = double(float('nan'))\nassert got != got")
    tests.append("assert list(double(iter([1, 2]))) == [1, 2]")
    verdict = sandbox.judge("def double(x):\n    return x", tests, names=["double"])
    assert [test.outcome for test in verdict.tests] == ["pass"] * len(tests)


def test_objects_stay_with_the_candidate_and_come_back_to_it(sandbox: Sandbox) -> None:
    code = (
        "class Pair:\n    def __init__(self, a, b): self.a, self.b = a, b\n"
        "def longest(pairs): return max(p.b - p.a for p in pairs)\n"
        "def adder(n): return lambda m: n + m\n"
    )
    tests = ["assert longest([Pair(1, 5), Pair(2, 9)]) == 7", "assert adder(2)(3) == 5"]
    assert sandbox.judge(code, tests, names=["longest", "Pair", "adder"]).passed


def test_an_exception_arrives_as_the_nearest_builtin_one(sandbox: Sandbox) -> None:
    code = "class Mine(ValueError): pass\ndef double(x):\n    raise Mine('bad ' + x)"
    test = (
        "try:\n    double('egg')\nexcept ValueError as error:\n    assert str(error) == 'bad egg'\n"
        "else:\n    assert False"
    )
    assert outcome(sandbox, code, [test]) == "pass"


def test_a_bare_except_in_a_test_does_not_save_a_dead_candidate(sandbox: Sandbox) -> None:
    test = "try:\n    double(1)\nexcept:\n    pass"
    assert outcome(sandbox, "import os\ndef double(x):\n    os._exit(0)", [test]) == "crash"
    assert outcome(sandbox, "def double(x):\n    a = []\n    a.append(a)\n    return a", [test]) == "protocol_error"


def test_changed_arguments_come_back_only_when_asked(sandbox: Sandbox) -> None:
    code = "def double(xs):\n    xs[:] = [2 * x for x in xs]"
    test = "xs = [1, 2]\ndouble(xs)\nassert xs == [2, 4]"
    assert outcome(sandbox, code, [test]) == "fail"
    assert outcome(sandbox, code, [test], arguments_back=True) == "pass"
    case = {"args": [[1, 2]], "expected": [2, 4]}
    assert sandbox.call(code, "double", [case], compare_arguments=True).passed


def test_broken_tests_are_the_instruments_failure(sandbox: Sandbox) -> None:
    verdict = sandbox.judge(RIGHT, ["assert doubel(2) == 4"], names=["double"])
    assert verdict.outcome == "sandbox_failed"
    assert "the tests themselves" in verdict.message


def test_check_functions_get_the_entry_point(sandbox: Sandbox) -> None:
    tests = ["def check(candidate):\n    assert candidate(3) == helper(3)"]
    setup = "def helper(x): return x + x"
    assert sandbox.judge(RIGHT, tests, names=["double"], setup=setup, check="double").passed


def test_calls_are_compared_by_the_parent(sandbox: Sandbox) -> None:
    code = "def f(a, b=1):\n    return {'sum': a + b, 'pair': (a, b)}"
    cases = [
        {"args": [1], "expected": {"sum": 2, "pair": [1, 1]}},
        {"args": [1], "kwargs": {"b": 2}, "expected": {"sum": 3, "pair": [1, 2]}},
        {"args": [1], "expected": {"sum": 2}},
        {"args": ["x"], "expected": 0},
    ]
    verdict = sandbox.call(code, "f", cases)
    assert [test.outcome for test in verdict.tests] == ["pass", "pass", "fail", "error"]
    assert verdict.integrity == "data"


def test_programs_read_stdin_and_print(sandbox: Sandbox) -> None:
    cases = [{"stdin": "1 2\n", "stdout": "3\n"}, {"stdin": "20 22", "stdout": "42  \n\n"}]
    for code in (
        "a, b = map(int, input().split())\nprint(a + b)",
        "import sys\nprint(sum(map(int, sys.stdin.read().split())))",
        "import sys\nprint(sum(map(int, sys.stdin.buffer.readline().split())))",
        "print(sum(map(int, open(0).read().split())))",
        "import os\nos.write(1, str(sum(map(int, os.read(0, 100).split()))).encode())",
        "if __name__ == '__main__':\n    print(sum(map(int, input().split())))\n    exit()",
        "import sys\nfor line in sys.stdin: print(sum(map(int, line.split())))\nsys.exit(0)",
    ):
        assert sandbox.run(code, cases).passed, code
    assert sandbox.run("print(input())\nexit(1)", cases).outcome == "error"
    assert sandbox.run("print(4)", cases).outcome == "fail"
    assert (
        sandbox.run("print('x' * (1 << 20))", cases, limits=Limits(output_kib=64)).message == "more output than is kept"
    )
    assert sandbox.run("print(3.0)", cases[:1]).outcome == "fail"
    assert sandbox.run("print(3.0)", cases[:1], tolerance=1e-9).passed


def test_a_program_sees_its_own_files_and_no_others(sandbox: Sandbox) -> None:
    code = (
        "import os\n"
        "def double(x):\n"
        "    with open('note.txt', 'w') as file: file.write(x)\n"
        "    with open('note.txt', 'a') as file: file.write(x)\n"
        "    with open('note.txt') as file: text = file.read()\n"
        "    os.remove('note.txt')\n"
        "    assert not os.path.exists('note.txt')\n"
        "    return text\n"
    )
    assert outcome(sandbox, code, TESTS[1:]) == "pass"
    assert outcome(sandbox, "def double(x):\n    return open('/etc/passwd').read()") == "error"
    assert outcome(sandbox, "def double(x):\n    return open('note.txt').read()") == "error"


def test_deep_recursion_is_an_error_as_in_any_python(sandbox: Sandbox) -> None:
    code = "def double(x, n=0):\n    return double(x, n + 1)"
    assert sandbox.judge(code, TESTS, names=["double"]).error == "RecursionError"
    memo = (
        "import functools, sys\nsys.setrecursionlimit(10**5)\n"
        "@functools.lru_cache(None)\ndef down(n): return 0 if n == 0 else down(n - 1)\n"
        "def double(x):\n    down(20_000)\n    return 2 * x"
    )
    assert sandbox.judge(memo, TESTS, names=["double"]).passed


PLUS = """
import numpy as np
def is_floats(x):
    if isinstance(x, float): return True
    if isinstance(x, (list, tuple)): return all(isinstance(i, float) for i in x)
    if isinstance(x, np.ndarray): return x.dtype == np.float64 or x.dtype == np.float32
    return False
def assertion(out, exp, atol):
    exact = out == exp
    if atol == 0 and is_floats(exp): atol = 1e-6
    if not exact and atol != 0: assert np.allclose(out, exp, rtol=1e-07, atol=atol)
    else: assert exact
def check(candidate):
    for given, wanted in zip([[3], [0.1], [[0.1, 1]]], [6, 0.2000000001, [0.1, 1, 0.1, 1.0]]):
        assertion(candidate(*given), wanted, 0)
"""


def test_tests_in_the_manner_of_humaneval_plus_run_without_numpy(sandbox: Sandbox) -> None:
    assert sandbox.judge(RIGHT, [PLUS], names=["double"], check="double").passed
    wrong = "def double(x):\n    return x * 2 if x != 0.1 else 0.3"
    assert sandbox.judge(wrong, [PLUS], names=["double"], check="double").outcome == "fail"
    absent = sandbox.judge(wrong, ["import numpy as np\nnp.linalg"], names=["double"])
    assert absent.outcome == "sandbox_failed"


def test_packages_and_threads_where_they_are_offered() -> None:
    try:
        opened = open_sandbox("bwrap", workers=1, needs=["numpy", "threads"], limits=Limits(memory_mib=1024))
    except SandboxUnavailable as error:
        pytest.skip(str(error))
    code = (
        "import numpy as np\nfrom concurrent.futures import ThreadPoolExecutor\n"
        "def total(xs):\n"
        "    with ThreadPoolExecutor(4) as pool: parts = list(pool.map(lambda x: np.array([x]).sum(), xs))\n"
        "    return np.array(parts).sum(), np.eye(2)\n"
    )
    with opened:
        assert opened.offers("numpy") and opened.offers("threads") and not opened.offers("scipy")
        verdict = opened.call(code, "total", [{"args": [[1, 2, 3]], "expected": [6, [[1.0, 0.0], [0.0, 1.0]]]}])
        assert verdict.passed, verdict


def test_in_process_tests_may_patch_and_say_so(sandbox: Sandbox) -> None:
    code = "class Counter:\n    def step(self): return 1\n    def run(self): return self.step() + 1\n"
    test = (
        "import unittest\nfrom unittest.mock import patch\n"
        "class T(unittest.TestCase):\n"
        "    def test_patched(self):\n"
        "        with patch.object(Counter, 'step', return_value=5): self.assertEqual(Counter().run(), 6)\n"
        "    def test_plain(self): self.assertEqual(Counter().run(), {})\n"
    )
    verdict = sandbox.judge(code, [test.format(2)], names=["Counter"], integrity="in-process")
    assert verdict.passed and verdict.integrity == "in-process" and len(verdict.tests) == 2
    assert sandbox.judge(code, [test.format(3)], names=["Counter"], integrity="in-process").outcome == "fail"


def test_many_threads_share_a_bounded_pool(sandbox: Sandbox) -> None:
    def one(n: int) -> bool:
        return sandbox.judge(f"def double(x):\n    return {n}", [f"assert double(0) == {n}"], names=["double"]).passed

    with ThreadPoolExecutor(16) as threads:
        assert all(threads.map(one, range(60)))


@pytest.mark.parametrize("backend", ["wasm", "bwrap"])
def test_a_worker_killed_at_random_loses_nothing(backend: str) -> None:
    """Workers are killed while programs run, never the same program's twice; every verdict is still the right one."""
    chance = random.Random(7)
    finished: list[str] = []
    killed = 0
    try:
        opened = open_sandbox(backend, workers=1)
    except SandboxUnavailable as error:
        pytest.skip(str(error))
    with opened:

        def one(n: int) -> str:
            code = f"def double(x):\n    return {2 if n % 2 else 3} * x"
            ended = opened.judge(code, TESTS, names=["double"])
            finished.append(ended.outcome)
            return ended.outcome if ended.attempts < 2 else f"{ended.outcome} again"

        with ThreadPoolExecutor(2) as threads:
            outcomes = threads.map(one, range(150))
            while len(finished) < 130:
                seen = len(finished)
                time.sleep(chance.uniform(0, 0.02))
                for worker in list(opened._pool._live):
                    _kill_one_process_of(worker, chance)
                    killed += 1
                while len(finished) < min(seen + 12, 130):
                    time.sleep(0.005)
            ended = list(outcomes)
    assert killed >= 8
    assert any(outcome.endswith("again") for outcome in ended)
    assert [outcome.removesuffix(" again") for outcome in ended] == ["pass" if n % 2 else "fail" for n in range(150)]


def _kill_one_process_of(worker: Any, chance: random.Random) -> None:
    """SIGKILL to a wasm worker, or to any process of a native one: a supervisor, a candidate or a judge."""
    if hasattr(worker, "_supervisors"):
        roots = {supervisor._process.pid for supervisor in worker._supervisors.values()}
        with contextlib.suppress(ProcessLookupError):
            os.kill(chance.choice(sorted(_descendants(roots) | roots)), signal.SIGKILL)
    else:
        os.kill(worker._process.pid, signal.SIGKILL)


def test_a_sandbox_that_fails_twice_says_so_and_is_not_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    with open_sandbox("wasm", workers=1) as opened:
        from evalkit.sandbox import wasm
        from evalkit.sandbox.pool import WorkerFailed

        def broken(self: object, job: object) -> object:
            raise WorkerFailed("worker fell over")

        monkeypatch.setattr(wasm.Worker, "run", broken)
        verdict = opened.judge(RIGHT, TESTS, names=["double"])
        assert (verdict.outcome, verdict.attempts, verdict.message) == ("sandbox_failed", 2, "worker fell over")


def test_closing_ends_every_process() -> None:
    opened = open_sandbox("wasm", workers=2)
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(lambda _: opened.judge(RIGHT, TESTS, names=["double"]), range(8)))
    processes = [worker._process for worker in opened._pool._live]  # type: ignore[attr-defined]
    opened.close()
    assert processes and all(process.poll() is not None for process in processes)
    assert opened.judge(RIGHT, TESTS, names=["double"]).outcome == "sandbox_failed"


def test_unsandboxed_needs_an_explicit_word_and_is_stamped() -> None:
    with pytest.raises(UsageError, match="yes-run-untrusted-code"):
        open_sandbox("none")
    with open_sandbox("none", workers=1, yes_run_untrusted_code=True) as opened:
        assert opened.facts.unsandboxed
        assert opened.facts.self_test == "not tested"
        assert opened.judge(RIGHT, TESTS, names=["double"]).passed
        # The verdict is still the judge's.
        assert (
            outcome(opened, "class Yes:\n    def __eq__(self, o): return True\ndef double(x): return Yes()") == "fail"
        )


def test_an_unknown_backend_is_named() -> None:
    with pytest.raises(UsageError, match="known: auto, wasm"):
        open_sandbox("chroot")


def test_what_no_backend_offers_is_refused_with_each_cause() -> None:
    with pytest.raises(SandboxUnavailable) as refused:
        open_sandbox(needs=["no_such_package"])
    message = str(refused.value)
    assert "Nothing was run" in message
    for name in BACKENDS:
        assert name == "none" or f"{name}: " in message


def test_a_failed_self_test_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    from evalkit.sandbox import attacks

    weak = attacks.Attack(
        "always wins", "host", "nothing", "def attack(place):\n    return ['everything']\n", quick=True
    )
    monkeypatch.setattr(attacks, "attacks", lambda: (weak,))
    with pytest.raises(SandboxUnavailable, match="self-test: always wins everything"):
        open_sandbox("wasm", workers=1)


def test_the_cache_is_trusted_only_if_it_is_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from evalkit.sandbox import wasm_build

    built = wasm_build.ensure()
    monkeypatch.setenv("EVALKIT_CACHE", str(tmp_path))
    elsewhere = wasm_build.compiled_path()
    assert elsewhere.is_relative_to(tmp_path) and elsewhere.name == built.name
    elsewhere.parent.mkdir(parents=True)
    elsewhere.write_bytes(b"not a component")
    elsewhere.chmod(0o666)
    with pytest.raises(SandboxUnavailable, match="not trusted"):
        open_sandbox("wasm")
    elsewhere.chmod(0o600)
    with pytest.raises(SandboxUnavailable):
        open_sandbox("wasm")


@pytest.mark.slow
def test_two_builders_make_one_interpreter_in_under_two_minutes(tmp_path: Path) -> None:
    program = (
        "from evalkit.sandbox import wasm_build\n"
        "stages = []\n"
        "print(wasm_build.ensure(lambda stage, share: stages.append(stage)), len(stages))"
    )
    began = time.monotonic()
    builders = [
        subprocess.Popen(
            [sys.executable, "-c", program],
            env={**os.environ, "EVALKIT_CACHE": str(tmp_path)},
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    said = [builder.communicate()[0].split() for builder in builders]
    assert time.monotonic() - began < 120
    assert said[0][0] == said[1][0]
    assert sorted(int(stages) for _, stages in said) == [1, 4]  # one waited, the other built
    assert [path.suffix for path in (tmp_path / "wasm").iterdir() if path.suffix != ".lock"] == [".cwasm"]


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="counts processes and descriptors in /proc")
@pytest.mark.parametrize("backend", ["wasm", "bwrap"])
def test_ten_thousand_programs_leave_nothing_behind(backend: str) -> None:
    """Memory is flat from the first thousand on, and no process, descriptor or file is left at the end."""
    programs = [
        RIGHT,
        "def double(x):\n    return [x] * 1000",
        "import os\nos._exit(0)",
        "def double(x): 1 / 0",
        "def double(",
    ]
    expected = ["pass", "fail", "crash", "error", "load_error"]
    scratch = set(Path(tempfile.gettempdir()).iterdir())
    processes, descriptors = _descendants(), len(list(Path("/proc/self/fd").iterdir()))
    try:
        opened = open_sandbox(backend, workers=2)
    except SandboxUnavailable as error:
        pytest.skip(str(error))

    def one(n: int) -> str:
        return opened.judge(programs[n % 5], TESTS, names=["double"]).outcome

    with opened, ThreadPoolExecutor(2) as threads:
        assert list(threads.map(one, range(1000))) == expected * 200
        early, open_early = _memory(), len(list(Path("/proc/self/fd").iterdir()))
        assert list(threads.map(one, range(9000))) == expected * 1800
        late, open_late = _memory(), len(list(Path("/proc/self/fd").iterdir()))
    assert late < early * 1.1 + 20
    assert open_late <= open_early
    gc.collect()
    assert _descendants() == processes
    assert len(list(Path("/proc/self/fd").iterdir())) <= descriptors
    assert {
        path.name for path in set(Path(tempfile.gettempdir()).iterdir()) - scratch if "evalkit" in path.name
    } == set()


def _descendants(roots: set[int] | None = None) -> set[int]:
    """All processes below `roots` (default: this one)."""
    roots, parents = roots or {os.getpid()}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
    found, grown = set(roots), True
    while grown:
        more = {process for process, parent in parents.items() if parent in found} - found
        found, grown = found | more, bool(more)
    return found - roots


def _memory() -> float:
    """Resident MiB of this process and all it started."""
    pages = 0
    for process in {os.getpid(), *_descendants()}:
        with contextlib.suppress(OSError):
            pages += int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)
