r"""String equality of answers as the MATH benchmark defines it (Hendrycks et al. 2021, `is_equiv`).

The steps and their order are those of the reference, oddities included ("0.5" is \frac{1}{2}, but "1.5" is not
\frac{3}{2}), because agreeing with it is the point.
"""

from __future__ import annotations

import re


def is_equiv(gold: str, pred: str) -> bool:
    """Whether the two strings are the same after the reference's normalisation."""
    try:
        return strip_string(gold) == strip_string(pred)
    except (AssertionError, ValueError, IndexError):
        return gold == pred


def strip_string(text: str) -> str:
    """The reference's normal form of an answer."""
    for old, new in (
        ("\n", ""), ("\\!", ""), ("\\\\", "\\"), ("tfrac", "frac"), ("dfrac", "frac"), ("\\left", ""), ("\\right", ""),
        ("^{\\circ}", ""), ("^\\circ", ""), ("\\$", ""),
    ):  # fmt: skip
        text = text.replace(old, new)
    text = _without_unit(text)
    for old, new in (("\\%", ""), ("%", ""), (" .", " 0."), ("{.", "{0.")):
        text = text.replace(old, new)
    if not text:
        return text
    if text[0] == ".":
        text = "0" + text
    sides = text.split("=")
    if len(sides) == 2 and len(sides[0]) <= 2:
        text = sides[1]
    text = _whole_fractions(_whole_roots(text).replace(" ", ""))
    if text == "0.5":
        text = "\\frac{1}{2}"
    return _slash_as_fraction(text)


def _without_unit(text: str) -> str:
    pieces = text.split("\\text{ ")
    if len(pieces) == 1:
        return text
    assert len(pieces) == 2
    return pieces[0]


def _whole_roots(text: str) -> str:
    return re.sub(r"\\sqrt([^{])", r"\\sqrt{\1}", text)


def _whole_fractions(text: str) -> str:
    first, *rest = text.split("\\frac")
    found = first
    for piece in rest:
        found += "\\frac"
        if piece[:1] == "{":
            found += piece
            continue
        if len(piece) < 2:
            return text
        above, below, after = piece[0], piece[1], piece[2:]
        found += f"{{{above}}}{below}{after}" if below == "{" else f"{{{above}}}{{{below}}}{after}"
    return found


def _slash_as_fraction(text: str) -> str:
    sides = text.split("/")
    if len(sides) != 2:
        return text
    try:
        above, below = int(sides[0]), int(sides[1])
    except ValueError:
        return text
    return f"\\frac{{{above}}}{{{below}}}" if text == f"{above}/{below}" else text
