"""Units of answers: taken off, brought to one short name, and converted when both answers have one."""

from __future__ import annotations

import re
from fractions import Fraction

from evalkit.scorers._lazy import compiled
from evalkit.scorers._math_rational import rational

_TABLES = {
    "length": {
        "km": "1000", "m": "1", "dm": "0.1", "cm": "0.01", "mm": "0.001", "in": "0.0254", "ft": "0.3048",
        "yd": "0.9144", "mi": "1609.344",
    },
    "mass": {"kg": "1000", "g": "1", "mg": "0.001", "lb": "453.59237", "oz": "28.349523125", "t": "1000000"},
    "time": {"s": "1", "ms": "0.001", "min": "60", "h": "3600", "day": "86400", "week": "604800"},
    "volume": {"l": "1", "ml": "0.001", "cl": "0.01", "dl": "0.1"},
    "money": {"dollar": "1", "cent": "0.01"},
}  # fmt: skip
_SCALES = {unit: (kind, Fraction(factor)) for kind, table in _TABLES.items() for unit, factor in table.items()}
_NAMES = {
    "kilometer": "km", "kilometre": "km", "meter": "m", "metre": "m", "centimeter": "cm", "centimetre": "cm",
    "millimeter": "mm", "millimetre": "mm", "inch": "in", "inches": "in", "foot": "ft", "feet": "ft", "yard": "yd",
    "mile": "mi", "kilogram": "kg", "gram": "g", "milligram": "mg", "pound": "lb", "ounce": "oz", "second": "s",
    "sec": "s", "minute": "min", "hour": "h", "hr": "h", "liter": "l", "litre": "l", "milliliter": "ml",
    "usd": "dollar", "ton": "t", "tonne": "t",
}  # fmt: skip
_OTHERS = frozenset(
    ["mph", "kph", "kmh", "rpm", "hz", "pm", "am", "sq", "cu", "men", "way", "pts", "eur", "gbp", "inr"]
)
_MAGNITUDES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_POWER = r"(?:\s*\^?\s*\{?([23])\}?)?"
_IN_TEXT = compiled(rf"\s*\\text\{{([^{{}}]*)\}}{_POWER}$")
_IN_WORDS = compiled(r"(?<=[\d})°])\s*([A-Za-z]+(?:[ /]+[A-Za-z]+)*)\.?(?:\^\{?([23])\}?)?$")
_CURRENCY = compiled(r"^[€£¥₹]\s*")
_LEADING_TEXT = compiled(r"\\text\{[^{}]*\}\s*(?=[^\s^_])")
_PERCENT = compiled(r"(?<=.)\s*(?:\\text\{)?(?:percent|pct|percentage|percentage points)\}?$")
_DEGREES = compiled(r"(?<=.)\s*(?:\\text\{)?degrees?\}?$")


def without_unit(text: str) -> tuple[str, str]:
    """(number, unit) of an answer; the unit in its short form with its power ("cm2"), "" when there is none.

    Percent stays, as a sign; degrees go; "million" is multiplied out.
    """
    text = _CURRENCY.sub("", text)
    if leading := _LEADING_TEXT.match(text):
        text = text[leading.end() :]
    text = _DEGREES.sub("", _PERCENT.sub("%", text))
    in_text = _IN_TEXT.search(text)
    found = in_text or _IN_WORDS.search(text)
    if not found or found.start() == 0 or re.search(r"\d", found[1]):
        return text, ""
    number, name = text[: found.start()].rstrip(), found[1].strip().lower()
    if name in _MAGNITUDES:
        return f"{number}\\cdot {_MAGNITUDES[name]}", ""
    unit = _short(name, found[2] or "")
    apart = text[len(number) : len(number) + 1] == " "
    if not in_text and not _is_unit(unit, name, number if apart else ""):
        return text, ""  # 3ab, 2m and 2\\sin x are products
    return number, unit


def _is_unit(unit: str, name: str, number: str) -> bool:
    """Whether a word behind a formula is a unit; one letter is only behind a plain `number` and a space."""
    known = unit.rstrip("23") in _SCALES or name in _OTHERS or "/" in name
    return (known and (len(name) > 1 or rational(number) is not None)) or len(name) > 3


def _short(name: str, power: str) -> str:
    for prefix, exponent in (("square ", "2"), ("sq. ", "2"), ("sq ", "2"), ("cubic ", "3"), ("cu ", "3")):
        if name.startswith(prefix):
            name, power = name.removeprefix(prefix), exponent
    name = name.strip(" .")
    if raised := re.fullmatch(r"(.*?)\s*\^?\{?([23])\}?", name):
        name, power = raised[1], raised[2]
    singular = name.removesuffix("s") if len(name) > 2 and not name.endswith("ss") else name
    return _NAMES.get(name, _NAMES.get(singular, singular)) + power


def scale(unit: str) -> tuple[str, Fraction] | None:
    """(what it measures, factor to the base unit); None for words like "apples"."""
    name, power = (unit[:-1], int(unit[-1])) if unit[-1:] in ("2", "3") else (unit, 1)
    if name not in _SCALES:
        return None
    kind, factor = _SCALES[name]
    return f"{kind}{power}", factor**power
