r"""One number, read as the language writes numbers, and compared exactly.

Strict: the number that the answer announces (the last "The answer is", "#### ", `\boxed{}`, `"answer":`, "答案：", ...,
see `_anchors`; the first number after it, or the end of an equation there). Without an announcement: the only number
of the last sentence that has any, or what its last "=" gives. Two values ("5 or 6", "3-5") are no answer.
Lenient: the strict number, else the last number anywhere.

Target: a number, or text of one in machine notation ("1234.5") or as the sample's language writes it; what follows the
last "####" of a GSM8K solution. "50%" is 50. `details["compat"]` has what lm-eval's gsm8k (strict and flexible) and
simple-evals' MGSM would have said.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from fractions import Fraction
from itertools import islice
from typing import Any

from evalkit.records import Sample, Score
from evalkit.scorers._anchors import LONGEST_TEXT, Anchor, find_anchors, is_json_reply, json_fields
from evalkit.scorers._lazy import compiled
from evalkit.scorers._numbers import Number, chinese_number, fold, last_number, numbers, parse
from evalkit.scorers._think import strip_thoughts

_DASH = compiled(r"[-–—] ?")
_SECOND = compiled(r"[^\W\d_]{0,12} ?(?:or|to|oder|bis|ou|à|o|или|до|或|或者|または|또는|veya|au|atau) ?[$€£]?[0-9]")
_ARITHMETIC = compiled(r" ?(?:[^\W\d_]+ ){0,2}%?(?:[-+*/×÷·x−]|of ) ?[$€£(]?[0-9]")
_SENTENCE = compiled(r"(?<=[^\s.])[.!?]+(?=\s)|[。।！？\n]+")
_MARKER = compiled(r"[ \t]*(?:\(?[0-9]{1,2}[.)]|step [0-9]+[.:)]?)[ \t]+", re.IGNORECASE)


def score(sample: Sample, text: str, *, language: str | None = None, tolerance: float = 0.0) -> Score:
    """1.0 when the number equals the target (or differs by at most `tolerance`), else 0.0.

    `language` (ISO 639-1) overrides the sample's; without either, English conventions hold.
    """
    language = language or sample.language
    target = read_target(sample.target, language)
    folded = fold(strip_thoughts(text)[-LONGEST_TEXT:])
    strict, lenient = extract(folded, language)
    details = {"compat": compat(sample.target, text, language)}
    lenient_value = None if lenient is None or target is None else _equal(lenient, target, tolerance)
    if strict is None:
        return Score(None, lenient_value, None, "no single final number in the answer", "extraction_failed", details)
    if target is None:
        return Score(None, answer=_shown(strict), explanation="the sample has no numeric target", details=details)
    value = _equal(strict, target, tolerance)
    said = f"{_shown(strict)} {'equals' if value else 'is not'} {_shown(target)}"
    return Score(value, lenient_value, _shown(strict), said, details=details)


def check(sample: Sample, *, language: str | None = None, tolerance: float = 0.0) -> Iterator[tuple[str, str]]:
    """Samples whose target is not a number, and a negative tolerance."""
    if sample.target is None:
        yield "/target", "a number is needed as the target"
    elif read_target(sample.target, language or sample.language) is None:
        yield "/target", f"{sample.target!r} is not a number"
    if tolerance < 0:
        yield "", "tolerance must not be negative"


def read_target(target: Any, language: str | None) -> Fraction | None:
    """A sample's target as a fraction; None when it is not a number."""
    if isinstance(target, bool) or not isinstance(target, (int, float, str)):
        return None
    if isinstance(target, str):
        return parse(target.rpartition("####")[2], language)
    return Fraction(str(target)) if target == target and abs(target) != float("inf") else None


def extract(folded: str, language: str | None) -> tuple[Fraction | None, Fraction | None]:
    """The final number of a folded text under the strict rule, and under the lenient one; None = there is none."""
    announced, begin = _by_anchors(folded, find_anchors(folded), language)
    if fields := json_fields(folded):
        in_field = (_announced(folded, field, language, equations=False) for field in fields)
        strict = next((number.value for number in in_field if number), None)
    elif is_json_reply(folded):
        found = list(islice(numbers(folded, language), 2))
        strict = found[0].value if len(found) == 1 else None
    elif announced:
        strict = announced.value
    else:
        strict = _of_last_sentence(folded[begin:], language)
    if announced is None or announced.value is None:
        announced = last_number(folded, language)
    return strict, announced.value if announced else None


def _by_anchors(text: str, anchors: list[Anchor], language: str | None) -> tuple[Number | None, int]:
    """What the first of `anchors` that announces a number announces, and where the first that announces none ends."""
    begin = 0
    for anchor in anchors:
        number = _announced(text, anchor, language, equations=True)
        if number:
            return number, begin
        begin = begin or (anchor.start if anchor.colon else 0)
    return None, begin


def _announced(text: str, anchor: Anchor, language: str | None, *, equations: bool) -> Number | None:
    """The number that an anchor announces; with value None when it announces two, or an equation unasked."""
    start, stop = anchor.start, anchor.stop
    dash = _DASH.match(text, start, stop) if anchor.colon else None
    begin = dash.end() if dash else start
    number = next(numbers(text, language, begin, stop, ordinals=True), None)
    if number is None:
        number = chinese_number(text, begin, stop)
    if number is None or (anchor.direct and text[start : number.start].strip("([$ ")):
        return None
    if _SECOND.match(text, number.end, stop):
        return Number(None, number.start, number.end)
    if _ARITHMETIC.match(text, number.end, stop):
        equals = text.rfind("=", number.end, stop)
        if equals < 0 or not equations:
            return Number(None, number.start, number.end)
        return next(numbers(text, language, equals, stop), number)
    if dash and number.value is not None and number.start == begin:
        return Number(-number.value, start, number.end)
    return number


def _of_last_sentence(text: str, language: str | None) -> Fraction | None:
    """The only number of the last sentence that has one, or the right-hand side of its last equation."""
    ends = [0, *(end.end() for end in _SENTENCE.finditer(text)), len(text)]
    for start, stop in zip(reversed(ends[:-1]), reversed(ends[1:]), strict=True):
        marker = _MARKER.match(text, start, stop)
        found = list(numbers(text, language, marker.end() if marker else start, stop))
        if not found:
            continue
        values = {number.value for number in found}
        equals = text.rfind("=", start, stop)
        if len(values) == 1 or found[-2].end <= equals < found[-1].start:
            return found[-1].value
        return None
    return None


def _equal(value: Fraction, target: Fraction, tolerance: float) -> float:
    return float(value == target or (tolerance > 0 and abs(value - target) <= Fraction(str(tolerance))))


def _shown(value: Fraction | None) -> str | None:
    """An exact decimal where there is one, else a fraction."""
    if value is None:
        return None
    if value.denominator == 1:
        return str(value.numerator)
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    places = max(twos, fives)
    if rest != 1 or places > 30:
        return f"{value.numerator}/{value.denominator}"
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    return f"{'-' if value < 0 else ''}{digits[:-places]}.{digits[-places:]}"


# --- what other harnesses would have said ----------------------------------------------------------------------------

_LM_EVAL_STRICT = compiled(r"#### (\-?[0-9\.\,]+)")
_LM_EVAL_FLEXIBLE = compiled(r"(-?[$0-9.,]{2,})|(-?[0-9]+)")
_MGSM_PREFIX = {
    "en": "Answer", "bn": "উত্তর", "de": "Antwort", "es": "Respuesta", "fr": "Réponse", "ja": "答え", "ru": "Ответ",
    "sw": "Jibu", "te": "సమాధానం", "th": "คำตอบ", "zh": "答案",
}  # fmt: skip


def compat(target: Any, text: str, language: str | None) -> dict[str, float]:
    """The verdicts of lm-eval 0.4 gsm8k and, in the languages of MGSM, simple-evals; on the raw text, as they do."""
    gold = _lm_eval_normal(str(target))
    strict = _LM_EVAL_STRICT.search(text)
    flexible = next(iter(deque(_LM_EVAL_FLEXIBLE.finditer(text), maxlen=1)), None)
    scores = {
        "gsm8k_strict": float(_lm_eval_normal(strict[1].strip() if strict else "[invalid]") == gold),
        "gsm8k_flexible": float(_lm_eval_normal(flexible[0].strip() if flexible else "[invalid]") == gold),
    }
    prefix = _MGSM_PREFIX.get(language or "en")
    if prefix:
        said = text.split(prefix)[-1] if prefix in text else ""
        last = (re.findall(r"\d+\.?\d*", said.replace(",", "")) or [""])[-1].rstrip(".")
        if "." in last:
            last = last.rstrip("0").rstrip(".")
        scores["mgsm_simple_evals"] = float(last == str(target).replace(",", ""))
    return scores


def _lm_eval_normal(text: str) -> str:
    text = text.replace(",", "").replace("$", "").rpartition("#### ")[2]
    return (text.removesuffix(".")).lower()
