"""The numeric scorer: every language's way to write a number, and exactly one number or none."""

from __future__ import annotations

import gzip
import json
import time
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit import scorers
from evalkit.records import Sample, Score
from evalkit.scorers import numeric
from evalkit.scorers._numbers import COMMA_DECIMAL, DOT_GROUP, fold, numbers, parse

SHARED = Path(__file__).resolve().parents[2] / "shared"
CASES = SHARED / "cases" / "numbers.jsonl"
GSM8K = SHARED / "data" / "recorded" / "gsm8k-openai" / "example_model_solutions.jsonl.gz"


def scored(text: str, target: object = "18", language: str | None = None, **options: float) -> Score:
    return numeric.score(Sample(id="s", target=target, language=language), text, **options)


@pytest.mark.parametrize(
    ("language", "text", "answer"),
    [
        (None, "18", "18"),
        (None, "She makes 9 * 2 = 18 dollars every day.", "18"),
        (None, "So 16 - 3 - 4 = 9 eggs, and 9 * 2 = $18", "18"),
        (None, "The answer is $18.50.", "18.5"),
        (None, "A: 18", "18"),
        (None, "First, 12 apples.\nThe total is 18 apples.\n\nLet me know if you need more help!", "18"),
        (None, "Answer: 9 * 2 = 18", "18"),
        (None, "The answer to question 5 is 18.", "18"),
        (None, "Answer: 18 (because 9 * 2 = 18)", "18"),
        (None, "The answer is 17. Wait, that is wrong. The answer is 18.", "18"),
        (None, "#### -1,234.5", "-1234.5"),
        (None, "Answer: 2 1/2", "2.5"),
        (None, "Answer: 1/3", "1/3"),
        (None, "Answer: 1.2 × 10^3", "1200"),
        (None, "Answer: $1.5k", "1500"),
        (None, "She came 6th. Answer: 6th", "6"),
        (None, "Answer: 2:00 pm", "2"),
        (None, "45 miles", "45"),  # not Spanish thousands
        ("es", "Respuesta: 45 mil", "45000"),
        ("de", "Antwort: 3,5 Millionen Euro", "3500000"),
        ("de", "Antwort: 1.234.567", "1234567"),
        ("fr", "Réponse : 1 234 567,8 €", "1234567.8"),
        ("ru", "Ответ — 5", "5"),
        ("ru", "Ответ: 3 тысячи", "3000"),
        ("zh", "答案：一亿二千万", "120000000"),
        ("ja", "答えは3万5千円です", "35000"),
        ("ko", "정답은 12억 3천만 원입니다", "1230000000"),
        ("hi", "उत्तर: १,२३,४५६.७", "123456.7"),
        ("ar", "الجواب: ١٬٢٣٤٫٥", "1234.5"),
        ("th", "คำตอบคือ ๒ ล้าน", "2000000"),
        ("sw", "Jibu ni Ksh 1,500/=", "1500"),
        ("bn", "উত্তর: ৳১,৫০,০০০", "150000"),
    ],
)
def test_it_reads(language: str | None, text: str, answer: str) -> None:
    score = scored(text, answer, language)
    assert (score.answer, score.value, score.outcome) == (answer, 1.0, "ok")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I cannot say.",
        "Answer: twelve",
        "Answer: 3-5",
        "Answer: 5 or 6",
        "Answer: 10:30",
        "between 3 and 5 perhaps",
    ],
)
def test_no_single_number_is_no_answer(text: str) -> None:
    score = scored(text)
    assert (score.value, score.answer, score.outcome) == (None, None, "extraction_failed")


def test_lenient_takes_the_last_number() -> None:
    score = scored("It is between 15 and 18", "18")
    assert (score.value, score.lenient_value) == (None, 1.0)


def test_json_is_read_as_its_consumer_reads_it() -> None:
    corrected = '{"reasoning": "9 * 2 = 19", "answer": "19"}\n\nSorry, the final answer is 18.'
    score = scored(corrected, "18")
    assert (score.value, score.answer, score.lenient_value) == (0.0, "19", 1.0)
    assert scored('```json\n{"reasoning": "\\frac{1}{2} of 36", "answer": "18"}\n```').value == 1.0  # invalid JSON
    assert scored('{"reasoning": "it is 18"}', "18").value == 1.0  # the only number
    assert scored('{"answer": "16 - 3 - 4 = 9; 9 * 2 = 18"}').outcome == "extraction_failed"  # an equation


def test_tolerance_is_absolute_and_exact() -> None:
    assert scored("0.1", 0.3, tolerance=0.2).value == 1.0
    assert scored("0.1", 0.3, tolerance=0.19).value == 0.0
    assert scored("12.5", "125").value == 0.0  # lm-eval's mgsm says equal
    assert scored("-5", "5").value == 0.0


@pytest.mark.parametrize("target", [18, 18.0, "18", "18.0", "$18", "so 9 * 2 = 18\n#### 18"])
def test_targets(target: object) -> None:
    assert scored("Answer: 18", target).value == 1.0


def test_check_names_what_is_wrong() -> None:
    assert list(numeric.check(Sample(id="s", target="18"))) == []
    for target in (None, "many", True, [1], float("nan")):
        assert [pointer for pointer, _ in numeric.check(Sample(id="s", target=target))] == ["/target"]
    assert [message for _, message in numeric.check(Sample(id="s", target=1), tolerance=-1)] == [
        "tolerance must not be negative"
    ]


def test_other_harnesses_are_beside_the_score() -> None:
    compat = scored("She makes $1,018.00 a day.\n#### 1,018.", "1018").details["compat"]
    assert compat == {"gsm8k_strict": 1.0, "gsm8k_flexible": 1.0, "mgsm_simple_evals": 0.0}
    assert scored("উত্তর: ১৮", "18", "bn").details["compat"]["mgsm_simple_evals"] == 0.0  # string equality there


LANGUAGES = ["en", "de", "fr", "es", "pt", "it", "ru", "zh", "ja", "ko", "hi", "th", "sw"]


def _written(value: Fraction, language: str) -> str:
    """A number with at most four decimals, as the language writes it."""
    digits = f"{abs(int(value * 10_000)):05d}"
    whole, part = digits[:-4].lstrip("0") or "0", digits[-4:].rstrip("0")
    group = "." if language in DOT_GROUP else "\u202f" if language in COMMA_DECIMAL else ","
    mark = "," if language in COMMA_DECIMAL else "."
    grouped = f"{int(whole):,}".replace(",", group)
    return f"{'-' if value < 0 else ''}{grouped}{mark + part if part else ''}"


@given(
    st.integers(-(10**12), 10**12),
    st.sampled_from(["en", "de", "fr", "es", "pt", "it", "ru", "zh", "ja", "ko", "hi", "th", "sw"]),
)
@settings(derandomize=True, max_examples=300)
def test_what_a_language_writes_it_reads(scaled: int, language: str) -> None:
    value = Fraction(scaled, 10_000)
    text = _written(value, language)
    assert [number.value for number in numbers(fold(text), language)] == [value]
    assert scored(f"Answer: {text}", str(float(value)) if abs(scaled) < 10**9 else text, language).value == 1.0


@given(st.text(alphabet="0123456789.,- /:%eE½$一万\u0661 \n", max_size=60))
@settings(derandomize=True, max_examples=300)
def test_it_never_fails(text: str) -> None:
    score = scored(text)
    assert score.value in (None, 0.0, 1.0)
    assert (score.value is None) == (score.outcome == "extraction_failed")
    parse(text)


@pytest.mark.parametrize(
    "text", ["9" * 100_000, "1," * 50_000, "(" * 100_000, "Answer: " * 20_000, "\\frac{1}{" * 9_000]
)
def test_hostile_text_costs_little(text: str) -> None:
    started = time.perf_counter()
    scored(text)
    assert time.perf_counter() - started < 5


def test_options_are_checked() -> None:
    assert [option for option, _ in scorers.check_options("numeric", {"tolerence": 1, "tolerance": "x"})] == [
        "tolerence",
        "tolerance",
    ]


def test_shared_cases() -> None:
    if not CASES.is_file():
        pytest.skip(f"{CASES} is not here")
    rows = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    missed = [row["id"] for row in rows if not _as_expected(row)]
    assert len(missed) <= 0.02 * len(rows), missed


def _as_expected(row: dict[str, str | None]) -> bool:
    score = scored(str(row["text"]), row["expected"], row["lang"])
    return score.value == 1.0 if row["expected"] is not None else score.answer is None


def test_recorded_gsm8k_labels() -> None:
    if not GSM8K.is_file():
        pytest.skip(f"{GSM8K} is not here")
    with gzip.open(GSM8K, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            target = row["ground_truth"].rpartition("A: ")[2]
            for recorded in (value for value in row.values() if isinstance(value, dict)):
                assert bool(scored(recorded["solution"], target).value) == recorded["is_correct"]
