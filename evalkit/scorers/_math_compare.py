r"""Whether two normalised answers are the same, piece by piece.

An answer is taken apart first (`_math_parts`): lists and sets (in any order), tuples and intervals (in order, brackets
matter), unions, matrices, inequalities (as intervals), ratios, "x = 5", percentages, units, bases. Only single
expressions remain, and those that plain arithmetic cannot settle go to the worker. Taking apart ourselves is what keeps
tuples from being sets, and an equation from being the number behind its equals sign.

Policies where the field disagrees: 50% equals 0.5 and 50; a decimal is right at six places; lists are unordered, but
"1, 1" is not "1"; units are optional, and converted when both answers have one; 90° is 90 but not \pi/2; a number in
another base needs the same digits, and the same base where one is written; case matters in formulas, not in words.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from evalkit.scorers._lazy import compiled
from evalkit.scorers._math_parts import (
    assigned,
    bracketed,
    compact,
    elements,
    first_name,
    intervals,
    matrix,
    members,
    relation,
    stripped,
    union,
    variables,
)
from evalkit.scorers._math_rational import rational
from evalkit.scorers._math_units import scale, without_unit

Ask = Callable[[str, str], bool]  # (gold, pred) as LaTeX: the worker's verdict
MOST_QUESTIONS = 40  # to the worker, for one pair of answers
_MOST_PARTS = 60
_DEEPEST = 8


@dataclass(slots=True)
class Comparison:
    """One comparison of two answers: how often the worker may still be asked, and whether a size limit was met."""

    ask: Ask
    questions: int = MOST_QUESTIONS
    too_large: bool = False

    def same(self, gold: str, pred: str, depth: int = 0) -> bool:
        """Whether two normalised answers are the same."""
        gold, pred = stripped(gold), stripped(pred)
        if not gold or not pred or depth > _DEEPEST:
            return gold == pred and bool(gold)
        if compact(gold) == compact(pred):
            return True
        rules = (
            _same_special, self._matrices, self._relations, self._lists, self._unions, self._brackets, self._ratios,
        )  # fmt: skip
        for rule in rules:
            verdict = rule(gold, pred, depth)
            if verdict is not None:
                return verdict
        return self._scalars(gold, pred)

    # --- structures: each rule gives None when it is not about these answers ---

    def _matrices(self, gold: str, pred: str, depth: int) -> bool | None:
        a, b = matrix(gold), matrix(pred)
        if a is None and b is None and "\\begin" not in gold + pred:
            return None
        if (a is None and "\\begin" in gold) or (b is None and "\\begin" in pred):
            return self._asked(gold, pred)  # a sum or product of matrices
        if a is None or b is None:  # a column against (1, 2, 3)
            rows, pair = (a, bracketed(pred)) if a is not None else (b, bracketed(gold))
            if rows is None or pair is None or pair[0] not in "([" or (len(rows) > 1 and len(rows[0]) > 1):
                return False
            a, b = [[cell for row in rows for cell in row]], [members(pair[1])]
        if [len(row) for row in a] != [len(row) for row in b] or sum(len(row) for row in a) > _MOST_PARTS:
            return False
        return all(self._in_order(row, other, depth) for row, other in zip(a, b, strict=True))

    def _relations(self, gold: str, pred: str, depth: int) -> bool | None:
        interval_a, interval_b = intervals(gold), intervals(pred)
        if interval_a and interval_b:
            return first_name(gold) == first_name(pred) and self.same(interval_a, interval_b, depth + 1)
        if interval_a and relation(pred) is None:
            return self.same(interval_a, pred, depth + 1)
        if interval_b and relation(gold) is None:
            return self.same(gold, interval_b, depth + 1)
        if len(members(gold)) > 1 or len(members(pred)) > 1:
            return None
        a, b = relation(gold), relation(pred)
        if a is None and b is None:
            return None
        value_a, value_b = assigned(gold), assigned(pred)
        if a and b:
            return self._equations(gold, pred, value_a, value_b, depth)
        if value_a and b is None:
            return self.same(value_a[1], pred, depth + 1)
        if value_b and a is None:
            return self.same(gold, value_b[1], depth + 1)
        if b and set(b[1]) <= {"=", "\\approx"} and not variables("".join(b[0])):
            exact = b[1].index("\\approx") if "\\approx" in b[1] else len(b[1])
            return self.same(gold, b[0][exact], depth + 1)  # 48 + 24 = 72; \sqrt{2} \approx 1.41
        return False

    def _equations(
        self, gold: str, pred: str, a: tuple[str, str] | None, b: tuple[str, str] | None, depth: int
    ) -> bool:
        if a and b:
            if compact(a[0]) == compact(b[0]):
                return self.same(a[1], b[1], depth + 1)
            if "(" in a[0] + b[0] and self.same(a[1], b[1], depth + 1):
                return True  # f(x) = x^2 is y = x^2
            if not variables(a[1]) and not variables(b[1]):
                return False  # x = 1 is not y = 1
        return self._asked(gold, pred)

    def _lists(self, gold: str, pred: str, depth: int) -> bool | None:
        a, b = elements(gold), elements(pred)
        if a is None and b is None:
            return None
        if a is None or b is None:
            listed, pair = (a, bracketed(pred)) if a is not None else (b, bracketed(gold))
            in_braces = gold.startswith("\\{") or pred.startswith("\\{")
            if listed and pair and pair[0] == "(" and not in_braces and len(members(pair[1])) == len(listed) > 1:
                values = [value[1] if (value := assigned(part)) else part for part in listed]
                return self._in_order(values, members(pair[1]), depth)
            a, b = a or [gold], b or [pred]
        if max(len(a), len(b)) > _MOST_PARTS:
            return False
        if len(a) == len(b) == 1:
            return self.same(a[0], b[0], depth + 1)
        if len(a) == 1 or len(b) == 1:
            return _decimal_comma(gold) == _decimal_comma(pred) is not None
        a, b = _without_names(a, b)
        return self._unordered(a, b, depth)

    def _in_order(self, a: list[str], b: list[str], depth: int) -> bool:
        return all(self.same(x, y, depth + 1) for x, y in zip(a, b, strict=True))

    def _unordered(self, a: list[str], b: list[str], depth: int) -> bool:
        """The same members; one may be repeated, but not make a list of a single value."""
        left = list(b)
        for part in a:
            found = next((i for i, other in enumerate(left) if compact(part) == compact(other)), None)
            if found is None:
                found = next((i for i, other in enumerate(left) if self.same(part, other, depth + 1)), None)
            if found is not None:
                left.pop(found)
            elif not (len(a) > len(b) > 1 and any(self.same(part, other, depth + 1) for other in b)):
                return False
        return not left or (len(a) > 1 and all(any(self.same(part, other, depth + 1) for part in a) for other in left))

    def _unions(self, gold: str, pred: str, depth: int) -> bool | None:
        a, b = union(gold), union(pred)
        if len(a) == 1 and len(b) == 1:
            return None
        if len(a) != len(b):
            return self._asked(gold, pred)
        return self._unordered(a, b, depth)

    def _brackets(self, gold: str, pred: str, depth: int) -> bool | None:
        a, b = bracketed(gold), bracketed(pred)
        if a is None or b is None:
            return None
        parts_a, parts_b = members(a[1]), members(b[1])
        if len(parts_a) == 1 and len(parts_b) == 1:
            return self.same(a[1], b[1], depth + 1)
        if (a[0], a[2]) != (b[0], b[2]) or len(parts_a) != len(parts_b) or len(parts_a) > _MOST_PARTS:
            return False
        return self._in_order(parts_a, parts_b, depth)

    def _ratios(self, gold: str, pred: str, depth: int) -> bool | None:
        a, b = gold.split(":"), pred.split(":")
        if len(a) == 1 and len(b) == 1:
            return None
        if _TIME.fullmatch(gold) and _TIME.fullmatch(pred):
            return [int(part) for part in a] == [int(part) for part in b]
        if len(a) == len(b):
            x, y = ([rational(part) for part in side] for side in (a, b))
            numbers = [value for value in x + y if value is not None]
            if len(numbers) < len(x + y) or numbers[0] == 0 or numbers[len(x)] == 0:
                return False
            return all(u * numbers[len(x)] == v * numbers[0] for u, v in zip(numbers, numbers[len(x) :], strict=False))
        if len(a) == 2 and len(b) == 1:
            return self.same(f"\\frac{{{a[0]}}}{{{a[1]}}}", pred, depth + 1)
        if len(b) == 2 and len(a) == 1:
            return self.same(gold, f"\\frac{{{b[0]}}}{{{b[1]}}}", depth + 1)
        return False

    # --- single expressions ---

    def _scalars(self, gold: str, pred: str) -> bool:
        for rule in (_same_base, _same_words):
            verdict = rule(gold, pred)
            if verdict is not None:
                return verdict
        (gold, gold_unit), (pred, pred_unit) = without_unit(gold), without_unit(pred)
        if gold_unit and pred_unit and gold_unit != pred_unit:
            return self._converted(gold, gold_unit, pred, pred_unit)
        gold_percent, pred_percent = gold.endswith("%"), pred.endswith("%")
        gold, pred = gold.rstrip("% °"), pred.rstrip("% °")
        if not gold or not pred:
            return False
        if self._same_value(gold, pred):
            return True
        if gold_percent and not pred_percent:
            return self._same_value(f"\\frac{{{gold}}}{{100}}", pred)
        return pred_percent and not gold_percent and self._same_value(gold, f"\\frac{{{pred}}}{{100}}")

    def _converted(self, gold: str, gold_unit: str, pred: str, pred_unit: str) -> bool:
        a, b = scale(gold_unit), scale(pred_unit)
        if a is None and b is None:  # "apples" and "pieces": words, not measures
            return self._same_value(gold, pred)
        if a is None or b is None or a[0] != b[0]:
            return False
        x, y = rational(gold), rational(pred)
        return x is not None and y is not None and x * a[1] == y * b[1]

    def _same_value(self, gold: str, pred: str) -> bool:
        if compact(gold) == compact(pred):
            return True
        a, b = rational(gold), rational(pred)
        if a is not None and b is not None:
            return a == b or (("." in gold or "." in pred) and _near(a, b))
        other = pred if a is not None else gold if b is not None else None
        if other is not None and variables(other) and not _MAY_BE_CONSTANT.search(other):
            return False  # a number is not "x"
        return self._asked(gold, pred)

    def _asked(self, gold: str, pred: str) -> bool:
        if not (_readable(gold) and _readable(pred)):
            return False
        if _too_large(gold) or _too_large(pred) or self.questions <= 0:
            self.too_large = True
            return False
        self.questions -= 1
        return self.ask(_for_worker(gold), _for_worker(pred))


_TIME = compiled(r"\d{1,2}:\d\d")
_EMPTY = frozenset(
    [
        "\\emptyset", "nosolution", "nosolutions", "norealsolution", "norealsolutions", "none", "empty", "emptyset",
        "theemptyset", "nosolutionsexist", "nosolutionexists", "\\{\\}",
    ]
)  # fmt: skip
_REALS = frozenset(["\\mathbb{r}", "(-\\infty,\\infty)", "allrealnumbers", "allreals", "anyrealnumber", "allrealx"])
_BASE = compiled(r"([0-9][0-9A-Fa-f]*|[A-F][0-9A-F]+)_\{?(\d{1,2}|\\text\{[a-z]+\})\}?")
_WORDS = compiled(r"[A-Za-zÀ-ɏͰ-ϿЀ-ӿ]{2,}")
_ONLY_WORDS = compiled(r"[A-Za-zÀ-ɏͰ-ϿЀ-ӿ\s,.'’\-()]+")
_PHRASE = compiled(r"(?<![A-Za-z\\])[A-Za-z]{3,}")
_OPTION = compiled(r"\(([A-Z])\).*|([A-Z])(?:[.:)](?:\s.*)?)?")
# What a formula with letters must have to be possibly a number after all: x - x, \pi r, e, i, ...
_MAY_BE_CONSTANT = compiled(r"\\[a-zA-Z]|[ei!|^+/-]")
_TOWER = compiled(
    r"\^\{[^{}]*\d\^\{?\d|\d\^\d+\^|\^[^\s{}]\^[^\s{}]\^|\^\{?-?\d{5}|(?:\)\s*\^\{?\d+\}?){3}"
    r"|\d{5,}\s*!|![\s)]*!|\\binom\{[^{}]*\d{5}|\d{400}"
)
_ENDLESS = compiled(r"\\(?:sum|prod)\b.{0,60}?\^\{?\s*(?:\d{5}|\d+\^)")


def _without_names(a: list[str], b: list[str]) -> tuple[list[str], list[str]]:
    """Members by value, "x = 1, y = 2" as "1, 2"; but by name and value where both lists have the same names."""
    named_a, named_b = [assigned(part) for part in a], [assigned(part) for part in b]
    if all(named_a) and {compact(part[0]) for part in named_a if part} == {
        compact(part[0]) if part else "" for part in named_b
    }:
        return a, b
    by_value_a, by_value_b = (
        [part[1] if part else text for part, text in zip(named, texts, strict=True)]
        for named, texts in ((named_a, a), (named_b, b))
    )
    return by_value_a, by_value_b


def _same_special(gold: str, pred: str, depth: int) -> bool | None:
    """The empty set and the reals, under any of their names."""
    plain = [re.sub(r"\\text\{([^{}]*)\}", r"\1", compact(side)).lower().strip(".") for side in (gold, pred)]
    return True if any(plain[0] in names and plain[1] in names for names in (_EMPTY, _REALS)) else None


def _same_base(gold: str, pred: str) -> bool | None:
    a, b = _BASE.fullmatch(compact(gold)), _BASE.fullmatch(compact(pred))
    if a and b:
        return (a[1].lower(), a[2]) == (b[1].lower(), b[2])
    if a:
        return a[1].lower() == compact(pred).lower()
    return b[1].lower() == compact(gold).lower() if b else None


def _same_words(gold: str, pred: str) -> bool | None:
    """Answers in words, or option letters; None unless both are."""
    plain = [re.sub(r"\\text\{([^{}]*)\}", r"\1", side).strip() for side in (gold, pred)]
    a, b = _OPTION.fullmatch(plain[0]), _OPTION.fullmatch(plain[1])
    if a and b and len(plain[0]) <= 4:
        return (a[1] or a[2]) == (b[1] or b[2])
    if all(re.fullmatch(r"[A-Za-z]{1,3}", side) for side in (gold, pred)):
        return None  # ab and ba are products
    words = ["".join(_WORDS.findall(side)).casefold() if _ONLY_WORDS.fullmatch(side) else "" for side in plain]
    if words[0] and words[1]:
        return words[0] == words[1]
    if _PHRASE.search(plain[0]) and compact(plain[0]).casefold() == compact(plain[1]).casefold():
        return True
    return None


def _decimal_comma(text: str) -> Fraction | None:
    """A decimal, its mark a dot or a comma: "1,22" against "1.22"."""
    found = re.fullmatch(r"(-?\d{1,30})[.,](\d{2}|\d{4,30})", compact(text))
    return Fraction(f"{found[1]}.{found[2]}") if found else None


def _near(a: Fraction, b: Fraction) -> bool:
    """Right to six decimal places; to six digits where the numbers are tiny."""
    size = max(abs(a), abs(b))
    tolerance = Fraction(1, 2_000_000) if size >= Fraction(1, 100_000) else size / 1_000_000
    return abs(a - b) <= tolerance


def _too_large(text: str) -> bool:
    """Numbers that must not be computed: towers of powers, factorials of large numbers, endless sums, deep nesting."""
    if len(text) > 1500 or _TOWER.search(text) or _ENDLESS.search(text):
        return True
    exponents: list[bool] = []  # for each open bracket, whether it holds an exponent
    deepest = 0
    for before, char in zip(" " + text, text, strict=False):
        if char in "{([":
            exponents.append(char == "{" and before == "^")
            deepest = max(deepest, len(exponents))
            if sum(exponents) > 2:
                return True
        elif char in "})]" and exponents:
            exponents.pop()
    return deepest > 40 or text.count("+") > 120 or (text.count("&") > 30 and "det" in text)


def _readable(text: str) -> bool:
    """Prose is not worth a question to the worker."""
    return len(_WORDS.findall(re.sub(r"\\(?:begin|end)\{[a-zA-Z]+\}|\\[A-Za-z]+", " ", text))) <= 2


def _for_worker(text: str) -> str:
    text = re.sub(r"\\text\s*\{([^{}]*)\}", r"\\mathrm{\1}", text)
    return re.sub(r"(\d+(?:\.\d+)?)\s*°", r"(\1 \\cdot \\frac{\\pi}{180})", text)
