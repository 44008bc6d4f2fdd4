r"""Taking a normalised answer apart: lists, sets, tuples, matrices, relations, intervals.

Everything works on the text and looks only at what stands in no bracket.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from evalkit.scorers._lazy import compiled
from evalkit.scorers._math_rational import rational

CLOSING = {"(": ")", "[": "]", "\\{": "\\}", "{": "}"}
_OPENING = frozenset(CLOSING) | {"\\begin{"}
_BRACKET = compiled(r"\\begin\{|\\end\{|\\[{}]|[()\[\]{}]")
_AND = r"\s*(?:\\text\{,?\s*(?:and|or|und|oder|et|ou),?\}|(?<![A-Za-z\\])(?:and|or)(?![A-Za-z]))\s*|[,;、]|\\vee\s"
_CUP = r"\\cup(?![a-z])"
_SIGN = r"(?:\\le(?![a-z])|\\ge(?![a-z])|\\ne(?![a-z])|\\in(?![a-z])|\\approx|\\equiv|\\to(?![a-z])|[<>=])"
# x, x_1, f(x), AB, |AB|, \\angle A, \\text{Area}, (x, y)
_NAME_SOURCE = (
    r"(?:(?:\\text\{[^{}]*\}|\\[a-zA-Z]+|[A-Za-z]+|\|[A-Za-z]+\|)(?:_\{?[A-Za-z0-9,]+\}?)?'*\s?"
    r"(?:\([A-Za-z](?:_\{?\w\}?)?(?:,\s?[A-Za-z](?:_\{?\w\}?)?)*\))?|\([A-Za-z](?:_\d)?(?:,\s?[A-Za-z](?:_\d)?)+\s?\)){1,6}"
)
_NAME = compiled(_NAME_SOURCE)
# AB : CD = 2 : 3, \\frac{AB}{CD} = \\frac{2}{3}
_QUOTIENT = compiled(rf"(?:{_NAME_SOURCE})\s*[:/]\s*(?:{_NAME_SOURCE})|\\frac\{{[A-Z]+\}}\{{[A-Z]+\}}")
_VARIABLE = compiled(
    r"(?<![A-Za-z\\])[A-Za-df-z](?![A-Za-z])|\\(?:alpha|beta|gamma|delta|theta|lambda|phi|omega|mu)(?![a-z])"
)
_FIRST_NAME = compiled(r"(?<![A-Za-z\\])[A-Za-z](?:_\{?\w+\}?)?(?![A-Za-z])")
_SET_BUILDER = compiled(r"\s*[A-Za-z]\s*(?:\\in[^|:]*)?\s*[|:]\s*(.*(?:[<>]|\\(?:le|ge|ne)\b).*)", re.DOTALL)
_WITHOUT_POINTS = compiled(r"(?:\\mathbb\{R\}|\(-\\infty,\s?\+?\\infty\))\s*(?:\\setminus|-)\s*\\\{(.+)\\\}")
_MEMBER = compiled(r"[A-Za-z](?:_\{?\w+\}?)?(?:\([a-z]\))?\s*\\in(?![a-z])\s*")
_MATRIX = compiled(
    r"(?:[(\[|]\s*)?\\begin\{([pbBvV]?matrix|smallmatrix|array|cases)\}(?:\{[lcr|\s]*\})?(.*)\\end\{\1\}\s*[)\]|]?",
    re.DOTALL,
)
_FLIP = {"<": ">", ">": "<", "\\le": "\\ge", "\\ge": "\\le", "\\ne": "\\ne"}
# What x < a and |x| < a say of x
_BY_SIGN = {
    "<": "(-\\infty,a)", "\\le": "(-\\infty,a]", ">": "(a,\\infty)", "\\ge": "[a,\\infty)",
    "\\ne": "(-\\infty,a)\\cup(a,\\infty)",
}  # fmt: skip
_BY_SIZE = {
    "<": "(-(a),a)", "\\le": "[-(a),a]", ">": "(-\\infty,-(a))\\cup(a,\\infty)",
    "\\ge": "(-\\infty,-(a)]\\cup[a,\\infty)", "\\ne": "(-\\infty,-(a))\\cup(-(a),a)\\cup(a,\\infty)",
}  # fmt: skip
_EQUALS = frozenset(["=", "\\approx", "\\to", "\\equiv"])
_TO_INFINITY, _FROM_INFINITY = ",\\infty)", "(-\\infty,"


def compact(text: str) -> str:
    """Without what never matters: two answers with the same compact form are the same."""
    return text.replace(" ", "").replace("^{2}", "^2").replace("^{3}", "^3").replace("+\\infty", "\\infty")


def stripped(text: str) -> str:
    r"""Without brackets around the whole that only group, and without "x \in" before a set."""
    text = text.strip()
    while True:
        pair = bracketed(text)
        if pair and pair[1] and pair[0] != "\\{" and pair[2] == CLOSING[pair[0]] and len(members(pair[1])) == 1:
            text = pair[1].strip()
        elif (member := _MEMBER.match(text)) and member.end() < len(text):
            text = text[member.end() :]
        elif pair and pair[0] in ("\\{", "{") and (condition := _SET_BUILDER.fullmatch(pair[1])):
            text = condition[1]
        elif (points := _WITHOUT_POINTS.fullmatch(text)) and (union := _around(members(points[1]))):
            return union
        else:
            return text.rstrip(" .,;")


def bracketed(text: str) -> tuple[str, str, str] | None:
    """(opening bracket, content, closing bracket) when one pair of brackets is around everything."""
    first = _BRACKET.match(text)
    if not first or first[0] not in CLOSING:
        return None
    depth = 0
    for bracket in _BRACKET.finditer(text):
        depth += 1 if bracket[0] in _OPENING else -1
        if depth == 0:
            return (first[0], text[first.end() : bracket.start()], bracket[0]) if bracket.end() == len(text) else None
    return None


@lru_cache(maxsize=16)
def _marks(separator: str) -> re.Pattern[str]:
    opening = r"\\begin\{[a-zA-Z]*\}|\\\{|[(\[{]"
    closing = r"\\end\{[a-zA-Z]*\}|\\\}|[)\]}]"
    return re.compile(rf"(?P<sep>{separator})|(?P<open>{opening})|(?P<close>{closing})")


def cut(text: str, separator: str) -> tuple[list[str], list[str]]:
    """The parts between separators (a pattern) that are in no bracket, and those separators."""
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


def members(text: str) -> list[str]:
    r"""What commas, semicolons, "and" and "or" separate; one \pm makes two members."""
    listed = [part for part in cut(text, _AND)[0] if part] or [text]
    found = []
    for member in listed:
        if member.count("\\pm") != 1 or "\\mp" in member:
            found.append(member)
            continue
        before, _, after = member.partition("\\pm")
        plus = "+" if before.strip() and not before.rstrip().endswith(("=", "(", "{")) else ""
        found += [f"{before}{plus}{after}", f"{before}-{after}"]
    return found


def elements(text: str) -> list[str] | None:
    """The members of a list or of a set in braces; None when the answer is neither."""
    pair = bracketed(text)
    if pair and pair[0] in ("\\{", "{") and pair[2] in ("\\}", "}"):
        return members(pair[1])
    listed = members(text)
    return listed if len(listed) > 1 else None


def union(text: str) -> list[str]:
    """The parts of a union; one part when it is none."""
    return cut(text, _CUP)[0]


def matrix(text: str) -> list[list[str]] | None:
    """The cells of a matrix, row by row; None when the answer is not exactly one matrix."""
    found = _MATRIX.fullmatch(text)
    if not found or "\\begin" in found[2]:
        return None
    rows = [row.strip() for row in re.split(r"\\\\", found[2]) if row.strip()]
    return [[cell.strip() for cell in row.split("&")] for row in rows] or None


def relation(text: str) -> tuple[list[str], list[str]] | None:
    """The sides and the signs of an equation or inequality."""
    sides, signs = cut(text, _SIGN)
    return (sides, signs) if signs and sides[-1] else None


def assigned(text: str) -> tuple[str, str] | None:
    """(name, value) of "x = 5", "f(x) = 2x", "A = B = 3", "5 = x"."""
    found = relation(text)
    if not found or found[1][0] not in ("=", "\\approx", "\\to") or not set(found[1]) <= _EQUALS:
        return None
    sides, signs = found
    value = sides[signs.index("\\approx", 1)] if "\\approx" in signs[1:] else sides[-1]
    if value and (_NAME.fullmatch(sides[0]) or (_QUOTIENT.fullmatch(sides[0]) and not variables(value))):
        return sides[0], value
    if len(sides) == 2 and _NAME.fullmatch(sides[1]) and rational(sides[0]) is not None:
        return sides[1], sides[0]
    return None


def variables(text: str) -> set[str]:
    """The letters that stand for something; e is a number, and words are words."""
    return set(_VARIABLE.findall(re.sub(r"\\text\{[^{}]*\}", "", text)))


def first_name(text: str) -> str | None:
    """The first name in a text."""
    found = _FIRST_NAME.search(text)
    return found[0] if found else None


def intervals(text: str) -> str | None:
    """One inequality, or several joined by "or", as a union of intervals; None when it is something else."""
    listed, joints = cut(text, _AND)
    found = [interval for part in listed if part and (interval := _interval(part))]
    if not found or len(found) < sum(1 for part in listed if part):
        return None
    if len(found) == 2 and not any("or" in joint or "vee" in joint for joint in joints):  # "x > 1 and x < 3"
        above = next((interval for interval in found if interval.endswith(_TO_INFINITY)), None)
        below = next((interval for interval in found if interval.startswith(_FROM_INFINITY)), None)
        if above and below and above != below and "\\cup" not in above + below:
            return above.removesuffix(_TO_INFINITY) + "," + below.removeprefix(_FROM_INFINITY)
    return "\\cup".join(found)


def _interval(text: str) -> str | None:
    r"""An inequality about one name as an interval: "0 \le x < 1" is [0, 1)."""
    found = relation(text)
    if found is None or not set(found[1]) <= set(_FLIP):
        return None
    sides, signs = found
    if len(sides) == 2:
        if not _NAME.fullmatch(sides[0]):
            sides, signs = sides[::-1], [_FLIP[signs[0]]]
        if not _NAME.fullmatch(sides[0]) or variables(sides[1]):
            return None
        table = _BY_SIZE if sides[0].startswith("|") else _BY_SIGN
        return table[signs[0]].replace("a", sides[1])
    if len(sides) == 3 and _NAME.fullmatch(sides[1]) and not sides[1].startswith("|"):
        if set(signs) <= {">", "\\ge"}:
            sides, signs = sides[::-1], [_FLIP[sign] for sign in reversed(signs)]
        if set(signs) <= {"<", "\\le"}:
            return f"{'(' if signs[0] == '<' else '['}{sides[0]},{sides[2]}{')' if signs[1] == '<' else ']'}"
    return None


def _around(points: list[str]) -> str | None:
    """The real line without some points, as a union of intervals; None when they cannot be put in order."""
    values = [(rational(point), point) for point in points]
    known = sorted((value, point) for value, point in values if value is not None)
    if len(known) < len(values):
        return None
    ends = ["-\\infty", *(point for _, point in known), "\\infty"]
    return "\\cup".join(f"({low},{high})" for low, high in pairwise(ends))
