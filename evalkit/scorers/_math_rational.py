"""Exact arithmetic with the plain numbers of an answer, for all that needs no sympy."""

from __future__ import annotations

from fractions import Fraction

from evalkit.scorers._lazy import compiled

_WORD = compiled(r"\s*(\d+\.\d*|\.\d+|\d+|\\frac|\\cdot|\\div|[-+/^(){}])")
_MOST_BITS = 20_000  # of a power


class _NotRationalError(Exception):
    """More than rational arithmetic is needed."""


def rational(text: str) -> Fraction | None:
    """The value of plain arithmetic with numbers, fractions and small whole powers; None for anything else."""
    if len(text) > 200:
        return None
    words: list[str] = []
    position = 0
    while position < len(text):
        word = _WORD.match(text, position)
        if word is None:
            return None
        words.append(word[1])
        position = word.end()
    words.reverse()
    try:
        value = _sum(words)
    except (_NotRationalError, ZeroDivisionError, IndexError, RecursionError):
        return None
    return None if words else value


def _sum(words: list[str]) -> Fraction:
    value = _product(words)
    while words and words[-1] in "+-":
        value += _product(words) if words.pop() == "+" else -_product(words)
    return value


def _product(words: list[str]) -> Fraction:
    negative = False
    while words and words[-1] in "+-":
        negative ^= words.pop() == "-"
    value = _power(words)
    while words and words[-1] in ("\\cdot", "/", "\\div", "(", "\\frac"):
        if words[-1] in ("\\cdot", "/", "\\div"):
            divide = words.pop() != "\\cdot"
            factor = _power(words)
            value = value / factor if divide else value * factor
        else:
            value *= _power(words)
    return -value if negative else value


def _power(words: list[str]) -> Fraction:
    base = _atom(words)
    if not (words and words[-1] == "^"):
        return base
    words.pop()
    exponent = _atom(words, signed=True)
    bits = max(base.numerator.bit_length(), base.denominator.bit_length())
    if exponent.denominator != 1 or abs(exponent) * bits > _MOST_BITS:
        raise _NotRationalError
    return base ** int(exponent)


def _atom(words: list[str], *, signed: bool = False) -> Fraction:
    word = words.pop()
    if word == "\\frac":
        above = _group(words)
        return above / _group(words)
    if word in "({":
        value = _sum(words)
        if words.pop() != {"(": ")", "{": "}"}[word]:
            raise _NotRationalError
        return value
    if signed and word == "-":
        return -_atom(words)
    if not (word[0].isdecimal() or word[0] == "."):
        raise _NotRationalError
    value = Fraction(word if word != "." else "0")
    if words and words[-1] == "\\frac" and word.isdecimal():  # 2 1/2
        part = _atom(words)
        if 0 < part < 1:
            return value + part
        return value * part
    return value


def _group(words: list[str]) -> Fraction:
    if words[-1] != "{":
        raise _NotRationalError
    return _atom(words)
