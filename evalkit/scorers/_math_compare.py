r"""Whether two normalised answers are the same, piece by piece.

An answer is taken apart first: lists and sets (in any order), tuples and intervals (in order, brackets matter), unions,
matrices, inequalities (as intervals), ratios, "x = 5", percentages, units, bases. Only single expressions remain, and
those that plain arithmetic cannot settle go to the worker. Taking apart ourselves is what keeps tuples from being sets,
the last box from being one of many, and an equation from being the number behind its equals sign.

Policies where the field disagrees: 50% equals 0.5 and 50; a decimal is right at six places; lists are unordered, "1, 1"
is not "1"; units are optional, and converted when both answers have one; 90° is 90 but not \pi/2; a number in another
base needs the same digits, and the same base where one is written; letter case matters in formulas, not in words.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from evalkit.scorers._math_normalise import rational

Ask = Callable[[str, str], bool]  # (gold, pred) as LaTeX: the worker's verdict
MOST_QUESTIONS = 40  # to the worker, for one pair of answers
_MOST_PARTS = 60

_OPEN = {"(": ")", "[": "]", "\\{": "\\}", "{": "}", "\\langle": "\\rangle"}
_OPENING = frozenset(_OPEN) | {"\\begin{"}
_BRACKET = re.compile(r"\\begin\{|\\end\{|\\[{}]|\\langle|\\rangle|[()\[\]{}]")
_AND = r"\s*(?:\\text\{,?\s*(?:and|or|und|oder|et|ou),?\}|(?<![A-Za-z\\])(?:and|or)(?![A-Za-z]))\s*|[,;、]|\\vee\s"
_CUP = r"\\cup(?![a-z])"
_NAME = re.compile(
    r"(?:(?:\\text\{[^{}]*\}|\\[a-zA-Z]+|[A-Za-z]+|\|[A-Za-z]+\|)(?:_\{?[A-Za-z0-9,]+\}?)?'*\s?"
    r"(?:\([A-Za-z](?:_\{?\w\}?)?(?:,\s?[A-Za-z](?:_\{?\w\}?)?)*\))?|\([A-Za-z](?:_\d)?(?:,\s?[A-Za-z](?:_\d)?)+\s?\))+"
)
# "AB : CD = 2 : 3", "\\frac{AB}{CD} = \\frac{2}{3}"
_QUOTIENT = re.compile(rf"(?:{_NAME.pattern})\s*[:/]\s*(?:{_NAME.pattern})|\\frac\{{[A-Z]+\}}\{{[A-Z]+\}}")
_RELATION = r"(?:\\le(?![a-z])|\\ge(?![a-z])|\\ne(?![a-z])|\\in(?![a-z])|\\approx|\\equiv|\\to(?![a-z])|[<>=])"
_EMPTY = frozenset(
    "emptyset nosolution nosolutions norealsolution norealsolutions none nosuch empty emptyset theemptyset"
    " nosolutionsexist nosolutionexists \\{\\}".split()
)
_REALS = frozenset(
    [
        "\\mathbb{r}",
        "(-\\infty,\\infty)",
        "(-\\infty,+\\infty)",
        "allrealnumbers",
        "allreals",
        "allreal",
        "reals",
        "anyrealnumber",
        "allx",
    ]  # fmt: skip
)
_SET_BUILDER = re.compile(r"\s*[A-Za-z]\s*(?:\\in[^|:]*)?\s*[|:]\s*(.*(?:[<>]|\\(?:le|ge|ne)\b).*)", re.DOTALL)
_WITHOUT_POINTS = re.compile(r"(?:\\mathbb\{R\}|\(-\\infty,\s?\+?\\infty\))\s*(?:\\setminus|-)\s*\\\{(.+)\\\}")
_MATRIX = re.compile(
    r"(?:[(\[|]\s*)?\\begin\{([pbBvV]?matrix|smallmatrix|array|cases)\}(?:\{[lcr|\s]*\})?(.*)\\end\{\1\}\s*[)\]|]?",
    re.DOTALL,
)
_UNIT_TEXT = re.compile(r"\s*\\text\{([^{}]*)\}(?:\s*\^?\s*\{?([23])\}?)?$")
_UNIT_WORD = re.compile(
    r"(?<=[\d})°])\s*([A-Za-z]{2,}(?:[ /]+[A-Za-z]+)*)\.?(?:\^\{?([23])\}?)?$|(?<=\d)\s+([A-Za-z])(?:\^\{?([23])\}?)?$"
)
_CURRENCY_BEFORE = re.compile(r"^[€£¥₹]\s*")
_BASE = re.compile(r"([0-9A-Fa-f]+)_\{?(\d{1,2}|\\text\{[a-z]+\})\}?$")
_WORDS = re.compile(r"[A-Za-zÀ-ɏͰ-ϿЀ-ӿ]{2,}")

_METRES = {"km": 1000, "m": 1, "dm": "0.1", "cm": "0.01", "mm": "0.001", "in": "0.0254", "ft": "0.3048", "yd": "0.9144", "mi": "1609.344"}  # fmt: skip
_GRAMS = {"kg": 1000, "g": 1, "mg": "0.001", "lb": "453.59237", "oz": "28.349523125", "t": 1_000_000}
_SECONDS = {"s": 1, "ms": "0.001", "min": 60, "h": 3600, "day": 86400, "week": 604800}
_LITRES = {"l": 1, "ml": "0.001", "cl": "0.01", "dl": "0.1"}
_MONEY = {"dollar": 1, "cent": "0.01"}
_MAGNITUDES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SCALES = {
    unit: (kind, Fraction(factor))
    for kind, table in (
        ("length", _METRES),
        ("mass", _GRAMS),
        ("time", _SECONDS),
        ("volume", _LITRES),
        ("money", _MONEY),
    )
    for unit, factor in table.items()
}
_UNIT_NAMES = {
    "kilometer": "km", "kilometre": "km", "meter": "m", "metre": "m", "centimeter": "cm", "centimetre": "cm",
    "millimeter": "mm", "millimetre": "mm", "inch": "in", "inches": "in", "foot": "ft", "feet": "ft", "yard": "yd",
    "mile": "mi", "kilogram": "kg", "gram": "g", "milligram": "mg", "pound": "lb", "ounce": "oz", "second": "s",
    "sec": "s", "minute": "min", "hour": "h", "hr": "h", "liter": "l", "litre": "l", "milliliter": "ml", "usd": "dollar",
    "ton": "t", "tonne": "t",
}  # fmt: skip


@dataclass(slots=True)
class Comparison:
    """One comparison of two answers: how often the worker may still be asked."""

    ask: Ask
    questions: int = MOST_QUESTIONS

    def same(self, gold: str, pred: str, depth: int = 0) -> bool:
        """Whether two normalised answers are the same."""
        gold, pred = _stripped(gold), _stripped(pred)
        if not gold or not pred or depth > 8:
            return gold == pred and bool(gold)
        compact_gold, compact_pred = _compact(gold), _compact(pred)
        if compact_gold == compact_pred:
            return True
        special = _same_special(compact_gold, compact_pred)
        if special is not None:
            return special
        for rule in (self._matrices, self._relations, self._lists, self._unions, self._brackets, self._ratios):
            verdict = rule(gold, pred, depth)
            if verdict is not None:
                return verdict
        return self._scalars(gold, pred)

    # --- structures ---

    def _matrices(self, gold: str, pred: str, depth: int) -> bool | None:
        a, b = _matrix(gold), _matrix(pred)
        if a is None and b is None:
            return None
        if (a is None and "\\begin" in gold) or (b is None and "\\begin" in pred):
            return self._asked(gold, pred)  # a sum or product of matrices
        if a is None or b is None:
            rows, other = (a, pred) if a is not None else (b, gold)
            assert rows is not None
            inner = _inside(other)
            if inner is None or inner[0] not in "([" or (len(rows) > 1 and len(rows[0]) > 1):
                return False
            a, b = [[cell for row in rows for cell in row]], [_parts(inner[1])]
        if len(a) * len(a[0]) > _MOST_PARTS or [len(row) for row in a] != [len(row) for row in b]:
            return False
        return all(
            self.same(x, y, depth + 1) for row, other in zip(a, b, strict=True) for x, y in zip(row, other, strict=True)
        )

    def _relations(self, gold: str, pred: str, depth: int) -> bool | None:
        interval_a, interval_b = _intervals(gold), _intervals(pred)
        if interval_a and interval_b:
            return _variable(gold) == _variable(pred) and self.same(interval_a, interval_b, depth + 1)
        if interval_a and _relation(pred) is None:
            return self.same(interval_a, pred, depth + 1)
        if interval_b and _relation(gold) is None:
            return self.same(gold, interval_b, depth + 1)
        if len(_parts(gold)) > 1 or len(_parts(pred)) > 1:
            return None
        a, b = _relation(gold), _relation(pred)
        if a is None and b is None:
            return None
        value_a, value_b = _assigned(gold), _assigned(pred)
        if a and b:
            if value_a and value_b and _compact(value_a[0]) == _compact(value_b[0]):
                return self.same(value_a[1], value_b[1], depth + 1)
            if value_a and value_b and "(" in value_a[0] + value_b[0] and self.same(value_a[1], value_b[1], depth + 1):
                return True  # f(x) = x^2 is y = x^2
            if value_a and value_b and not _variables(value_a[1]) and not _variables(value_b[1]):
                return False  # x = 1 is not y = 1
            return self._asked(gold, pred)
        if value_a and b is None:
            return self.same(value_a[1], pred, depth + 1)
        if value_b and a is None:
            return self.same(gold, value_b[1], depth + 1)
        if b and set(b[1]) <= {"=", "\\approx"} and not _variables("".join(b[0])):
            exact = b[1].index("\\approx") if "\\approx" in b[1] else len(b[1])
            return self.same(gold, b[0][exact], depth + 1)  # 48 + 24 = 72; \sqrt{2} \approx 1.41
        return False

    def _lists(self, gold: str, pred: str, depth: int) -> bool | None:
        a, b = _elements(gold), _elements(pred)
        if a is None and b is None:
            return None
        inside_gold, inside_pred = _inside(gold), _inside(pred)
        if a is None or b is None:
            other = inside_pred if b is None else inside_gold
            several = a if a is not None else b
            assert several is not None
            if (
                other
                and other[0] == "("
                and len(_parts(other[1])) == len(several) > 1
                and "\\{" not in (gold[:2], pred[:2])
            ):
                values = [(_assigned(part) or ("", part))[1] for part in several]
                return all(self.same(x, y, depth + 1) for x, y in zip(values, _parts(other[1]), strict=True))
            a, b = a if a is not None else [gold], b if b is not None else [pred]
        if max(len(a), len(b)) > _MOST_PARTS:
            return False
        if len(a) == len(b) == 1:
            return self.same(a[0], b[0], depth + 1)
        if len(a) == 1 or len(b) == 1:
            return _decimal_comma(gold) == _decimal_comma(pred) is not None
        a, b = self._without_names(a, b)
        return self._unordered(a, b, depth)

    def _without_names(self, a: list[str], b: list[str]) -> tuple[list[str], list[str]]:
        """ "a = 4, -8, -10": the name speaks for all; "x = 1, y = 2" against "1, 2" by value."""
        assigned_a, assigned_b = [_assigned(part) for part in a], [_assigned(part) for part in b]
        if all(assigned_a) and all(assigned_b):
            names = ({_compact(part[0]) for part in side if part} for side in (assigned_a, assigned_b))
            if next(names) == next(names):
                return a, b
        return [part[1] if part else text for part, text in zip(assigned_a, a, strict=True)], [
            part[1] if part else text for part, text in zip(assigned_b, b, strict=True)
        ]

    def _unordered(self, a: list[str], b: list[str], depth: int) -> bool:
        left = list(b)
        for part in a:
            found = next((i for i, other in enumerate(left) if _compact(part) == _compact(other)), None)
            if found is None:
                found = next((i for i, other in enumerate(left) if self.same(part, other, depth + 1)), None)
            if found is not None:
                left.pop(found)
            elif not (len(a) > len(b) > 1 and any(self.same(part, other, depth + 1) for other in b)):
                return False
        if not left:
            return True
        return len(a) > 1 and all(any(self.same(part, other, depth + 1) for part in a) for other in left)

    def _unions(self, gold: str, pred: str, depth: int) -> bool | None:
        a, b = _cut(gold, _CUP)[0], _cut(pred, _CUP)[0]
        if len(a) == 1 and len(b) == 1:
            return None
        if len(a) != len(b):
            return self._asked(gold, pred)
        return self._unordered(a, b, depth)

    def _brackets(self, gold: str, pred: str, depth: int) -> bool | None:
        a, b = _inside(gold), _inside(pred)
        if a is None and b is None:
            return None
        if a is None or b is None:
            return None
        parts_a, parts_b = _parts(a[1]), _parts(b[1])
        if len(parts_a) == 1 and len(parts_b) == 1:
            return self.same(a[1], b[1], depth + 1)
        if (a[0], a[2]) != (b[0], b[2]) or len(parts_a) != len(parts_b) or len(parts_a) > _MOST_PARTS:
            return False
        return all(self.same(x, y, depth + 1) for x, y in zip(parts_a, parts_b, strict=True))

    def _ratios(self, gold: str, pred: str, depth: int) -> bool | None:
        a, b = gold.split(":"), pred.split(":")
        if len(a) == 1 and len(b) == 1:
            return None
        if all(re.fullmatch(r"\s*\d{1,2}:\d\d\s*", side) for side in (gold, pred)):
            return [int(part) for part in a] == [int(part) for part in b]  # times of the day
        values = [[rational(part) for part in side] for side in (a, b)]
        if len(a) == len(b) and all(value is not None for side in values for value in side):
            gold_values, pred_values = ([value for value in side if value is not None] for side in values)
            return all(
                x * pred_values[0] == y * gold_values[0] for x, y in zip(gold_values, pred_values, strict=True)
            ) and (gold_values[0] != 0 or gold_values == pred_values)
        if len(a) == 2 and len(b) == 1:
            return self.same(f"\\frac{{{a[0]}}}{{{a[1]}}}", pred, depth + 1)
        if len(b) == 2 and len(a) == 1:
            return self.same(gold, f"\\frac{{{b[0]}}}{{{b[1]}}}", depth + 1)
        return False

    # --- single expressions ---

    def _scalars(self, gold: str, pred: str) -> bool:
        based = _same_base(gold, pred)
        if based is not None:
            return based
        words = _same_words(gold, pred)
        if words is not None:
            return words
        (gold, gold_unit), (pred, pred_unit) = _unit(gold), _unit(pred)
        if gold_unit and pred_unit and gold_unit != pred_unit:
            return self._converted(gold, gold_unit, pred, pred_unit)
        gold_percent, pred_percent = gold.endswith("%"), pred.endswith("%")
        gold, pred = gold.rstrip("% °"), pred.rstrip("% °")
        if not gold or not pred:
            return False
        if self._same_value(gold, pred):
            return True
        if gold_percent != pred_percent:
            hundredth = f"\\frac{{{gold}}}{{100}}" if gold_percent else f"\\frac{{{pred}}}{{100}}"
            return self._same_value(hundredth, pred) if gold_percent else self._same_value(gold, hundredth)
        return False

    def _converted(self, gold: str, gold_unit: str, pred: str, pred_unit: str) -> bool:
        a, b = _scale(gold_unit), _scale(pred_unit)
        if a is None or b is None:  # "apples" and "pieces": words, not measures
            return (a is None and b is None) and self._same_value(gold, pred)
        x, y = rational(gold), rational(pred)
        return a[0] == b[0] and x is not None and y is not None and x * a[1] == y * b[1]

    def _same_value(self, gold: str, pred: str) -> bool:
        if _compact(gold) == _compact(pred):
            return True
        a, b = rational(gold), rational(pred)
        if a is not None and b is not None:
            return a == b or (("." in gold or "." in pred) and _near(a, b))
        if a is not None or b is not None:
            number, other = (a, pred) if a is not None else (b, gold)
            if number is not None and _variables(other) and not _MAY_BE_CONSTANT.search(other):
                return False
        return self._asked(gold, pred)

    def _asked(self, gold: str, pred: str) -> bool:
        if _too_large(gold) or _too_large(pred) or not (_readable(gold) and _readable(pred)):
            return False
        if self.questions <= 0:
            return False
        self.questions -= 1
        return self.ask(_for_worker(gold), _for_worker(pred))


# --- reading the pieces ----------------------------------------------------------------------------------------------

_MAY_BE_CONSTANT = re.compile(r"\\(?:pi|sqrt|ln|log|sin|cos|tan|sec|csc|cot|arc|exp|sum|prod|int|binom|lim|infty|gcd|lcm|max|min|det|cdot|frac)|[ei!|^+/-]|[A-Za-z]\s*-")  # fmt: skip


def _compact(text: str) -> str:
    return text.replace(" ", "").replace("^{2}", "^2").replace("^{3}", "^3").replace("+\\infty", "\\infty")


def _stripped(text: str) -> str:
    """Without brackets around the whole that only group, and without "x \\in" before a set."""
    text = text.strip()
    while True:
        inside = _inside(text)
        if (
            inside
            and inside[0] in ("(", "{", "[")
            and inside[2] == _OPEN[inside[0]]
            and len(_parts(inside[1])) == 1
            and inside[1]
        ):
            text = inside[1].strip()
            continue
        member = re.match(r"[A-Za-z](?:_\{?\w+\}?)?(?:\([a-z]\))?\s*\\in(?![a-z])\s*", text)
        if member and member.end() < len(text):
            text = text[member.end() :]
            continue
        condition = _SET_BUILDER.fullmatch(inside[1]) if inside and inside[0] in ("\\{", "{") else None
        if condition:
            text = condition[1]
            continue
        if (points := _WITHOUT_POINTS.fullmatch(text)) and (union := _around(_parts(points[1]))):
            return union
        return text.rstrip(" .,;") if not text.endswith("\\,") else text


def _around(points: list[str]) -> str | None:
    """The real line without some points, as a union of intervals; None when they cannot be put in order."""
    values = {rational(point): point for point in points}
    if None in values:
        return None
    ends = ["-\\infty", *(values[value] for value in sorted(value for value in values if value is not None)), "\\infty"]
    return "\\cup".join(f"({low},{high})" for low, high in zip(ends, ends[1:], strict=False))


def _inside(text: str) -> tuple[str, str, str] | None:
    """(opening bracket, content, closing bracket) when one pair of brackets is around everything."""
    first = _BRACKET.match(text)
    if not first or first[0] not in _OPEN:
        return None
    depth = 0
    for bracket in _BRACKET.finditer(text):
        depth += 1 if bracket[0] in _OPENING else -1
        if depth == 0:
            return (first[0], text[first.end() : bracket.start()], bracket[0]) if bracket.end() == len(text) else None
    return None


@lru_cache(maxsize=16)
def _marks(separator: str) -> re.Pattern[str]:
    opening = r"\\begin\{[a-zA-Z]*\}|\\\{|\\langle|[(\[{]"
    closing = r"\\end\{[a-zA-Z]*\}|\\\}|\\rangle|[)\]}]"
    return re.compile(rf"(?P<sep>{separator})|(?P<open>{opening})|(?P<close>{closing})")


def _cut(text: str, separator: str) -> tuple[list[str], list[str]]:
    """The parts between separators that are in no bracket, and those separators."""
    pieces, separators, depth, start = [], [], 0, 0
    for mark in _marks(separator).finditer(text):
        if mark["open"]:
            depth += 1
        elif mark["close"]:
            depth = max(0, depth - 1)
        elif depth == 0:
            pieces.append(text[start : mark.start()].strip())
            separators.append(mark["sep"].strip())
            start = mark.end()
    pieces.append(text[start:].strip())
    return pieces, separators


def _parts(text: str) -> list[str]:
    """The members of a list: what commas, semicolons, "and" and "or" separate; one \\pm is two members."""
    members = [part for part in _cut(text, _AND)[0] if part]
    found = []
    for member in members or [text]:
        if member.count("\\pm") == 1 and "\\mp" not in member:
            before, _, after = member.partition("\\pm")
            found += [
                f"{before}+{after}"
                if before.strip() and not before.rstrip().endswith(("=", "(", "{"))
                else f"{before}{after}",
                f"{before}-{after}",
            ]
        else:
            found.append(member)
    return found


def _elements(text: str) -> list[str] | None:
    """The members of a list or of a set in braces; None when the answer is neither."""
    inside = _inside(text)
    if inside and inside[0] in ("\\{", "{") and inside[2] in ("\\}", "}"):
        return _parts(inside[1])
    parts = _parts(text)
    return parts if len(parts) > 1 else None


def _matrix(text: str) -> list[list[str]] | None:
    found = _MATRIX.fullmatch(text)
    if not found or "\\begin" in found[2]:
        return None
    rows = [row.strip() for row in re.split(r"\\\\", found[2]) if row.strip()]
    return [[cell.strip() for cell in row.split("&")] for row in rows] or None


def _relation(text: str) -> tuple[list[str], list[str]] | None:
    """The sides and the signs of an equation or inequality."""
    sides, signs = _cut(text, _RELATION)
    return (sides, signs) if signs and sides[-1] else None


def _assigned(text: str) -> tuple[str, str] | None:
    """(name, value) of "x = 5", "f(x) = 2x", "A = B = 3", "5 = x"."""
    relation = _relation(text)
    if (
        not relation
        or relation[1][0] not in ("=", "\\approx", "\\to")
        or not set(relation[1]) <= {"=", "\\approx", "\\to", "\\equiv"}
    ):
        return None
    sides = relation[0]
    value = sides[-1] if "\\approx" not in relation[1][1:] else sides[relation[1].index("\\approx", 1)]
    if value and (_NAME.fullmatch(sides[0]) or (_QUOTIENT.fullmatch(sides[0]) and not _variables(value))):
        return sides[0], value
    if len(sides) == 2 and _NAME.fullmatch(sides[1]) and rational(sides[0]) is not None:
        return sides[1], sides[0]
    return None


def _variables(text: str) -> set[str]:
    return set(re.findall(r"(?<![A-Za-z\\])[A-Za-df-z](?![A-Za-z])|\\(?:alpha|beta|gamma|delta|theta|lambda|phi|omega|mu)", re.sub(r"\\text\{[^{}]*\}", "", text)))  # fmt: skip


def _variable(text: str) -> str | None:
    found = re.search(r"(?<![A-Za-z\\])[A-Za-z](?:_\{?\w+\}?)?(?![A-Za-z])", text)
    return found[0] if found else None


_TO_INFINITY, _FROM_INFINITY = ",\\infty)", "(-\\infty,"
_FLIP = {"<": ">", ">": "<", "\\le": "\\ge", "\\ge": "\\le", "\\ne": "\\ne"}


def _interval(text: str) -> str | None:
    """An inequality about one name as an interval: "0 \\le x < 1" is [0, 1)."""
    relation = _relation(text)
    if relation is None or not set(relation[1]) <= set(_FLIP):
        return None
    sides, signs = relation
    simple = [bool(_NAME.fullmatch(side)) for side in sides]
    if len(sides) == 2:
        if simple[1] and not simple[0]:
            sides, signs, simple = sides[::-1], [_FLIP[signs[0]]], simple[::-1]
        if not simple[0] or _variables(sides[1]):
            return None
        bound = sides[1]
        return {
            "<": f"(-\\infty,{bound})", "\\le": f"(-\\infty,{bound}]", ">": f"({bound},\\infty)",
            "\\ge": f"[{bound},\\infty)", "\\ne": f"(-\\infty,{bound})\\cup({bound},\\infty)",
        }[signs[0]]  # fmt: skip
    if len(sides) == 3 and simple[1] and "\\ne" not in signs:
        if {signs[0], signs[1]} <= {">", "\\ge"}:
            sides, signs = sides[::-1], [_FLIP[sign] for sign in reversed(signs)]
        if {signs[0], signs[1]} <= {"<", "\\le"}:
            return f"{'(' if signs[0] == '<' else '['}{sides[0]},{sides[2]}{')' if signs[1] == '<' else ']'}"
    return None


def _intervals(text: str) -> str | None:
    """One inequality, or several joined by "or", as a union of intervals; None when it is something else."""
    parts, joints = _cut(text, _AND)
    found = [interval for part in parts if part and (interval := _interval(part))]
    if not found or len(found) < sum(1 for part in parts if part):
        return None
    if len(found) == 2 and not any("or" in joint or "vee" in joint for joint in joints):  # "x > 1 and x < 3"
        above = next((interval for interval in found if interval.endswith(_TO_INFINITY)), None)
        below = next((interval for interval in found if interval.startswith(_FROM_INFINITY)), None)
        if above and below and above != below and "\\cup" not in above + below:
            return above.removesuffix(_TO_INFINITY) + "," + below.removeprefix(_FROM_INFINITY)
    return "\\cup".join(found)


def _same_special(gold: str, pred: str) -> bool | None:
    """The empty set, the reals, and single option letters; None when neither answer is one of them."""
    gold, pred = (re.sub(r"\\text\{([^{}]*)\}", r"\1", side).lower().strip(".") for side in (gold, pred))
    for names in (_EMPTY, _REALS):
        if gold.lstrip("\\") in names or gold in names:
            return pred.lstrip("\\") in names or pred in names or None
    return None


def _same_base(gold: str, pred: str) -> bool | None:
    a, b = _BASE.fullmatch(_compact(gold)), _BASE.fullmatch(_compact(pred))
    if a is None and b is None:
        return None
    if a and b:
        return (a[1].lower(), a[2]) == (b[1].lower(), b[2])
    based, other = (a, pred) if a else (b, gold)
    return based is not None and based[1].lower() == _compact(other).lower()


def _same_words(gold: str, pred: str) -> bool | None:
    """Answers in words, or option letters; None unless both are."""
    plain = [re.sub(r"\\text\{([^{}]*)\}", r"\1", side).strip() for side in (gold, pred)]
    letters = [re.fullmatch(r"\(?([A-Z])\)?[.:]?(?:\s+.*)?|\(([A-Z])\).*", side) for side in plain]
    if letters[0] and len(plain[0]) <= 4 and letters[1] and (len(plain[1]) <= 4 or _LETTERED.match(plain[1])):
        return (letters[0][1] or letters[0][2]) == (letters[1][1] or letters[1][2])
    if all(re.fullmatch(r"[A-Za-z]{1,3}", side) for side in (gold, pred)):
        return None  # ab and ba are products
    words = ["".join(_WORDS.findall(side)).casefold() if _only_words(side) else "" for side in plain]
    if words[0] and words[1]:
        return words[0] == words[1]
    if _PHRASE.search(plain[0]) and _compact(plain[0]).casefold() == _compact(plain[1]).casefold():
        return True
    return None


_PHRASE = re.compile(r"(?<![A-Za-z\\])[A-Za-z]{3,}")
_LETTERED = re.compile(r"\([A-Z]\)|[A-Z][.):]\s")


def _only_words(text: str) -> bool:
    return bool(re.fullmatch(r"[A-Za-zÀ-ɏͰ-ϿЀ-ӿ\s,.'’\-()]+", text)) and bool(_WORDS.search(text))


def _unit(text: str) -> tuple[str, str]:
    """(number, unit) of an answer; the unit in its short form, "" when there is none."""
    text = _CURRENCY_BEFORE.sub("", text)
    leading = re.match(r"\\text\{[^{}]*\}\s*(?=[^\s^_])", text)
    if leading:
        text = text[leading.end() :]
    percent = re.search(r"\s*(?:\\text\{)?(?:percent|pct|percentage|percentage points)\}?$", text)
    if percent and percent.start() > 0:
        return text[: percent.start()] + "%", ""
    degrees = re.search(r"\s*(?:\\text\{)?degrees?\}?$", text)
    if degrees and degrees.start() > 0:
        return text[: degrees.start()], ""
    found = _UNIT_TEXT.search(text) or _UNIT_WORD.search(text)
    if not found or found.start() == 0:
        return text, ""
    groups = [group for group in found.groups() if group]
    if len(groups[0]) == 1 and rational(text[: found.start()]) is None:
        return text, ""  # 2\\sin^2 x
    name, power = groups[0].strip(), groups[1] if len(groups) > 1 else ""
    if re.search(r"\d", name):
        return text, ""
    if name.lower() in _MAGNITUDES:
        return f"{text[: found.start()]}\\cdot {_MAGNITUDES[name.lower()]}", ""
    return text[: found.start()].rstrip(), _short_unit(name, power)


def _short_unit(name: str, power: str) -> str:
    name = name.lower().strip(" .")
    for prefix, exponent in (("square ", "2"), ("sq. ", "2"), ("sq ", "2"), ("cubic ", "3"), ("cu ", "3")):
        if name.startswith(prefix):
            name, power = name.removeprefix(prefix), exponent
    raised = re.fullmatch(r"(.*?)\s*\^?\{?([23])\}?", name)
    if raised:
        name, power = raised[1], raised[2]
    singular = name.removesuffix("s") if len(name) > 2 and not name.endswith("ss") else name
    return _UNIT_NAMES.get(name, _UNIT_NAMES.get(singular, singular)) + power


def _scale(unit: str) -> tuple[str, Fraction] | None:
    name, power = (unit[:-1], int(unit[-1])) if unit[-1:] in ("2", "3") else (unit, 1)
    if name not in _SCALES:
        return None
    kind, factor = _SCALES[name]
    return f"{kind}{power}", factor**power


def _decimal_comma(text: str) -> Fraction | None:
    """A decimal, its mark a dot or a comma: "1,22" against "1.22"."""
    found = re.fullmatch(r"(-?\d+)[.,](\d{2}|\d{4,})", _compact(text))
    return Fraction(f"{found[1]}.{found[2]}") if found else None


def _near(a: Fraction, b: Fraction) -> bool:
    """Right to six decimal places; to six digits where the numbers are tiny."""
    size = max(abs(a), abs(b))
    tolerance = Fraction(1, 2_000_000) if size >= Fraction(1, 100_000) else size / 1_000_000
    return abs(a - b) <= tolerance


_TOWER = re.compile(
    r"\^\{[^{}]*\d\^\{?\d|\d\^\d+\^|\^[^\s{}]\^[^\s{}]\^|\^\{?-?\d{5}|\d{5,}\s*!|!!|\\binom\{[^{}]*\d{5}|\d{400}"
)
_BIG_LIMIT = re.compile(r"\\(?:sum|prod)\b.{0,60}?\^\{?\s*(?:\d{5}|\d+\^)")


def _too_large(text: str) -> bool:
    """Numbers that must not be computed: towers of powers, factorials of large numbers, endless sums, deep nesting."""
    if len(text) > 1500 or _TOWER.search(text) or _BIG_LIMIT.search(text):
        return True
    depth = deepest = 0
    exponents: list[bool] = []  # for each open bracket, whether it holds an exponent
    for before, char in zip(" " + text, text, strict=False):
        if char in "{([":
            depth += 1
            deepest = max(deepest, depth)
            exponents.append(char == "{" and before == "^")
        elif char in "})]" and exponents:
            depth -= 1
            exponents.pop()
        if sum(exponents) > 2:
            return True
    return deepest > 40 or text.count("+") > 120 or (text.count("&") > 30 and "det" in text)


def _readable(text: str) -> bool:
    """Prose is not worth a question to the worker."""
    return len(_WORDS.findall(re.sub(r"\\(?:begin|end)\{[a-zA-Z]+\}|\\[A-Za-z]+", " ", text))) <= 2


def _for_worker(text: str) -> str:
    text = re.sub(r"\\text\s*\{([^{}]*)\}", r"\\mathrm{\1}", text)
    return re.sub(r"(\d+(?:\.\d+)?)\s*°", r"(\1 \\cdot \\frac{\\pi}{180})", text)
