"""The math scorer: equivalence however an answer is written, and nothing that hangs, crashes or runs model text."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit import scorers
from evalkit.errors import InstrumentError
from evalkit.records import Sample, Score
from evalkit.scorers import _math_client, math
from evalkit.scorers._math_client import Worker
from evalkit.scorers._math_hendrycks import is_equiv
from evalkit.scorers._math_normalise import normalise
from evalkit.scorers._math_rational import rational

ROOT = Path(__file__).resolve().parents[1]
CASES = ROOT.parent / "shared" / "cases" / "math.jsonl"


def scored(text: str, target: object, **options: Any) -> Score:
    return math.score(Sample(id="s", target=target), text, **options)


@pytest.mark.parametrize(
    ("gold", "pred"),
    [
        (r"\frac{1}{2}", "0.5"),
        (r"\frac{m}{n}", r"\frac mn"),
        ("10", "10.0"),
        ("12,345.67", r"12{,}345.67"),
        ("1000000", r"1\,000\,000"),
        (r"2\frac{1}{3}", "7/3"),
        (r"0.\overline{45}", r"\frac{5}{11}"),
        ("3.2e8", r"3.2\times10^{8}"),
        (r"1.6\times10^{-19}", r"1.60 \cdot 10^{-19}"),
        ("50%", "1/2"),
        ("28", r"28\%"),
        ("$10", r"\$10.00"),
        (r"5\text{ cm}", "5"),
        ("100 cm", "1 m"),
        (r"12\text{ cm}^2", "12 square centimeters"),
        (r"1.5\text{ million}", "1500000"),
        (r"90^\circ", "90 degrees"),
        ("2516_8", "2516_{8}"),
        (r"\sqrt{12}", r"2\sqrt3"),
        (r"\frac{x^2-1}{x-1}", "x+1"),
        (r"\sin 2x", r"2\sin x\cos x"),
        (r"e^{i\pi}", "-1"),
        (r"\sum_{k=1}^n k", r"\frac{n(n+1)}{2}"),
        ("x = 5", "5"),
        ("f(x) = x^2", "y = x^2"),
        ("y-3=2(x-1)", "y=2x+1"),
        (r"x \le -1 \text{ or } x \ge 2", r"(-\infty,-1]\cup[2,\infty)"),
        ("(-3,3)", "|x|<3"),
        (r"(3,\infty)", r"\{x \mid x > 3\}"),
        (r"\mathbb{R}\setminus\{2\}", r"(2,\infty)\cup(-\infty,2)"),
        (r"\emptyset", r"\text{no solution}"),
        ("1,2", r"x = 2 \text{ or } x = 1"),
        (r"1\pm\sqrt{2}", r"1-\sqrt{2}, 1+\sqrt{2}"),
        ("(1,2)", "(x,y)=(1,2)"),
        (r"\begin{pmatrix}1/2\\2\end{pmatrix}", r"\left[\begin{array}{c}0.5\\2\end{array}\right]"),
        ("3:4", "6:8"),
        (r"\text{Evelyn}", "Evelyn"),
        ("A", r"\textbf{(A)}"),
        ("16π", r"16\pi"),
        ("1.22", "1,22"),
    ],
)
def test_equivalent(gold: str, pred: str) -> None:
    assert math.equivalent(gold, pred) == (True, "")
    assert math.equivalent(pred, gold)[0]


@pytest.mark.parametrize(
    ("gold", "pred"),
    [
        ("1/3", "0.333"),
        (r"\pi", "3.14"),
        (r"10^{-20}", r"10^{-30}"),
        ("1e-7", "2e-7"),
        (r"\frac{1}{2004!}", r"\frac{1}{2006!}"),
        (r"1-\frac{1}{\mathrm{e}}", "1"),
        ("101_2", "101_3"),
        ("3x+4y+14=0", "0"),
        ("x-y=0", "2x+y=0"),
        ("1", "1,1"),
        ("(1,2)", "(2,1)"),
        ("(1,2)", r"\{1,2\}"),
        ("[0,1)", "[0,1]"),
        ("x=1", "y=1"),
        ("|x|<3", "x<3"),
        ("12:00", "1:00"),
        ("5 cm", "5 m"),
        (r"90^\circ", r"\frac{\pi}{2}"),
        ("3ab", "3"),
        ("12", "12x"),
        ("x", "X"),
        ("A", "B"),
        ("a+b", "a-b"),
        ("2^x", "x^2"),
        (r"\text{even}", r"\text{odd}"),
        ("0.28", "28"),
        ("12000", "12.000"),
        ("1.5", "1,5"),
    ],
)
def test_not_equivalent(gold: str, pred: str) -> None:
    assert not math.equivalent(gold, pred)[0]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        (r"\boxed{41} wait, no. \boxed{42}", "42"),
        (r"$\boxed{1}$ and $\boxed{2}$", "1,2"),
        (r"<think>\boxed{41}</think>42", "42"),
        ("The answer is:\n\n$$\n42\n$$", "42"),
        ("**Final Answer**\n\n\\[\\boxed{42}\\]", "42"),
        ("We get \\boxed{3}. The final answer is $4$. I hope it is correct.", "4"),
        ("We get $\\boxed{3}$. This answer is the 2nd root.", "3"),
        ("The solutions are $x = 3$ and $x = 4$.", "3,4"),
        ("The largest $n$ is 34.", "34"),
        ('{"reasoning": "x", "answer": "\\frac{1}{2}"}', "1/2"),
        ("答案是 $7$。", "7"),
        ("The equation is $y = 2x+1$.", "2x+1"),
        ("42", "The sum is $40+2=\\boxed{42}$."),  # a whole solution as the target
        ("42", 42),
    ],
)
def test_where_the_answer_is(text: str, target: object) -> None:
    assert scored(text, target).value == 1.0


def test_unmarked_and_missing_answers() -> None:
    unmarked = scored("With $a = 3$ sides and $b = 4$ sides we have 12 of them by $ab$ in all", "12")
    assert (unmarked.value, unmarked.outcome) == (None, "extraction_failed")
    for text in ("", "I do not know.", r"\boxed{42", r"\boxed{}", r"<think>\boxed{42}"):
        missing = scored(text, "42")
        assert (missing.value, missing.answer, missing.outcome) == (None, None, "extraction_failed")
    assert scored("42", None).value is None


def test_modes() -> None:
    assert scored(r"\boxed{10} and then \boxed{42}", "42", mode="equal").value == 1.0
    assert scored(r"\boxed{10} and then \boxed{42}", "42", mode="math_verify").value == 0.0
    assert scored(r"$\sqrt{4}$", "2", mode="math_verify").value == 1.0
    assert scored(r"\boxed{\sqrt{4}}", "2", mode="hendrycks").value == 0.0
    assert scored(r"\boxed{\frac12}", "1/2").details["compat"] == {"hendrycks": 1.0}
    rounded = {"precision": 2, "targets": ["expr"]}
    assert scored("0.334", "0.333", mode="math_verify", config=rounded).value == 1.0


def test_check_and_options() -> None:
    assert list(math.check(Sample(id="s", target="1/2"))) == []
    assert [pointer for pointer, _ in math.check(Sample(id="s"))] == ["/target"]
    assert [
        "math_verify has no option" in message for _, message in math.check(Sample(id="s", target=1), config={"x": 1})
    ] == [True]
    assert [option for option, _ in scorers.check_options("math", {"mode": "lax", "modus": 1})] == ["mode", "modus"]
    assert math.BLOCKING


@given(st.lists(st.tuples(st.sampled_from(["+", "-", r"\cdot ", "/"]), st.integers(1, 99)), min_size=1, max_size=6))
@settings(derandomize=True, max_examples=150)
def test_rational_is_exact(terms: list[tuple[str, int]]) -> None:
    text, value = "1", [Fraction(1)]
    for sign, number in terms:
        text += f"{sign}{number}"
        if sign in "+-":
            value.append(Fraction(number if sign == "+" else -number))
        else:
            value[-1] = value[-1] * number if sign == r"\cdot " else value[-1] / number
    assert rational(text) == sum(value)
    assert rational(f"\\frac{{{text}}}{{7}}") == sum(value) / 7


@given(st.text(alphabet="0123456789xy+-/^_{}()[]\\ .,:%fracsqrtpi&=<>|", max_size=40))
@settings(derandomize=True, max_examples=200)
def test_reading_never_fails(text: str) -> None:
    """Everything that happens outside of the worker, on any text."""
    assert normalise(normalise(text)) == normalise(normalise(normalise(text)))
    scored(f"\\boxed{{{text}}}", "a target that no text equals")


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        (r"\tfrac{1}{2} + 1", r"\dfrac{1}{2} + 1", True),
        (r"\frac1{100}", r"\frac{1}{100}", True),
        ("k = 8", "8", True),
        ("0.5", "1/2", True),
        ("1.5", r"\frac{3}{2}", False),
        (r"10\text{ units}", "10", True),
        (r"\sqrt2", r"\sqrt{2}", True),
        ("2,3", "3,2", False),
        (r"90^\circ", "90", True),
        (r"50\%", "50", True),
    ],
)
def test_the_string_equality_of_the_math_benchmark(left: str, right: str, same: bool) -> None:
    assert is_equiv(left, right) is same


# --- the worker process -----------------------------------------------------------------------------------------------


def _same(worker: Worker, gold: str, pred: str) -> dict[str, Any]:
    return worker.ask({"do": "same", "gold": gold, "pred": pred})


def test_model_text_is_never_run(tmp_path: Path) -> None:
    planted = tmp_path / "planted"
    attack = f"__import__('os').system('touch {planted}')"
    for target in ("1", attack):
        scored(attack, target)
        scored(f"\\boxed{{{attack}}}", target)
        scored(f"${attack}$", target, mode="math_verify")
    assert not planted.exists()


HOSTILE = [
    "10^{10^{10}}", "9**9**9**9", "1000000!", "(((9!)!)!)!", r"\sum_{k=1}^{10^{9}} k^{k}", r"\prod_{k=1}^{1000000} k",
    "(" * 3000 + "1" + ")" * 3000, r"\frac{1}{" * 1500 + "1" + "}" * 1500, "9" * 60_000, "1+" * 1900 + "1", "x^" * 1900,
    r"\boxed{" * 8000, "$" * 60_000, r"\[" * 30_000, "answer is " * 6000, "((((2^64)^64)^64)^64)^64",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:20])
def test_hostile_answers_cost_bounded_time(text: str) -> None:
    started = time.monotonic()
    assert scored(f"\\boxed{{{text}}}", "7").value in (None, 0.0)
    assert scored(text, "7").value in (None, 0.0)
    assert time.monotonic() - started < 15


def test_equal_giants_need_no_computing() -> None:
    assert math.equivalent("10^{10^{10}}", "10^{10^{10}}") == (True, "")
    assert math.equivalent("10^{10^{10}}", "10^{10^{10}}+1") == (False, "too large to compute")
    assert scored(r"\boxed{10^{10^{10}}}", "1").details["reason"] == "too large to compute"


def test_a_worker_that_hangs_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    worker = Worker()
    assert _same(worker, r"\sqrt{8}", r"2\sqrt{2}") == {"same": True}
    assert worker._process is not None
    os.kill(worker._process.pid, signal.SIGSTOP)
    monkeypatch.setattr(_math_client, "ANSWER_SECONDS", 0.5)
    assert _same(worker, "1", "2") == {"same": False, "why": "timeout"}
    monkeypatch.setattr(_math_client, "ANSWER_SECONDS", 20)
    assert _same(worker, r"\sqrt{8}", r"2\sqrt{2}") == {"same": True}
    assert worker._process is not None
    os.kill(worker._process.pid, signal.SIGKILL)
    worker._process.wait()
    assert _same(worker, r"\sqrt{8}", r"2\sqrt{2}") == {"same": True}
    worker.stop()


def test_the_inner_timer_ends_a_long_comparison() -> None:
    worker = Worker()
    assert _same(worker, "1", r"\sum_{k=1}^{10^{9}} k^{k}") == {"same": False, "why": "timeout"}
    assert _same(worker, "1", "1") == {"same": True}
    worker.stop()


def test_workers_die_with_their_parent() -> None:
    program = (
        "import os, signal\n"
        "from evalkit.scorers._math_client import Worker\n"
        "worker = Worker()\n"
        "assert worker.ask({'do': 'same', 'gold': 'x', 'pred': 'x'})['same']\n"
        "print(worker._process.pid, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    pid = int(run.stdout)
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and _alive(pid):
        time.sleep(0.05)
    assert not _alive(pid)


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_other_versions_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        _math_client, "version", lambda name: "4.11.0" if "antlr" in name else _math_client.PINNED[name]
    )
    with pytest.raises(InstrumentError, match=r"antlr4-python3-runtime 4\.11\.0 \(needs 4\.13\.2\)"):
        _math_client.check_versions()


def test_importing_is_cheap() -> None:
    program = (
        "import sys, evalkit.scorers.math\n"
        "heavy = ('sympy', 'antlr4', 'mpmath', 'math_verify', 'numpy')\n"
        "print([name for name in sys.modules if name.startswith(heavy)])"
    )
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


# --- the shared cases -------------------------------------------------------------------------------------------------


def _rows(prefix: str) -> list[dict[str, Any]]:
    if not CASES.is_file():
        pytest.skip(f"{CASES} is not here")
    rows = map(json.loads, CASES.read_text(encoding="utf-8").splitlines())
    return [row for row in rows if row["kind"] == "equiv" and row["id"].startswith(prefix)]


def test_shared_project_cases() -> None:
    rows = _rows("own")
    wrong = [row for row in rows if (scored(row["pred"], row["gold"]).value == 1.0) != row["expected"]]
    assert len(wrong) <= 0.02 * len(rows), [row["id"] for row in wrong]
    assert not [row["id"] for row in wrong if not row["expected"]]  # no false positive


def test_shared_hazards() -> None:
    for row in _rows("hazard"):
        started = time.monotonic()
        assert (scored(row["pred"], row["gold"]).value == 1.0) == row["expected"], row["id"]
        assert time.monotonic() - started < 15, row["id"]


def _check_compatibility(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        score = scored(row["pred"], row["gold"], mode="math_verify", config=row["cfg"])
        assert (score.value == 1.0) == row["expected"], row["id"]


def test_compatibility_mode_is_math_verify() -> None:
    """A part of math-verify's own suite, in the configuration of each of its tests."""
    _check_compatibility(_rows("mv")[::5])


@pytest.mark.slow
def test_compatibility_mode_is_math_verify_throughout() -> None:
    """All 276 of math-verify's own suite."""
    _check_compatibility(_rows("mv"))


def test_math_verify_own_suite_in_the_default_mode() -> None:
    """Not its purpose (that suite tests its own extraction too), but a floor under what we read on our own."""
    rows = _rows("mv")
    right = sum((scored(row["pred"], row["gold"]).value == 1.0) == row["expected"] for row in rows)
    assert right >= 0.92 * len(rows)
