"""Every target of the math-reasoning pack, computed again from the words of its problem, by another method."""

from __future__ import annotations

import calendar
import itertools
import math
import re
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

import make_math
import pack_files
import pytest

from evalkit import packs, scorers

PACK = pack_files.load("math-reasoning")
SAMPLES = PACK["samples"]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def ints(text: str) -> list[int]:
    return [int(n) for n in re.findall(r"(?<![\w.])-?\d+", text.replace("−", "-"))]


def value(target: str) -> Fraction:
    """A target such as 12, -3/4 or 26.75."""
    top, _, bottom = target.partition("/")
    return Fraction(Decimal(top)) / Fraction(bottom or 1)


def change(text: str) -> Fraction:
    (a, b), (p, q) = re.findall(r"(\d+) \w+ at", text), re.findall(r"\$(\d+\.\d+)", text)
    note = re.search(r"a \$(\d+) note", text)[1]
    paid = Decimal(note)
    for count, price in ((a, p), (b, q)):
        for _ in range(int(count)):
            paid -= Decimal(price)
    return Fraction(paid)


def bakery(text: str) -> int:
    trays, each, daily, days = ints(text)
    rolls = [1] * (trays * each)
    for _ in range(days):
        del rolls[:daily]
    gift = int(len(rolls) / 2)
    return len(rolls) - gift


def ages(text: str) -> int:
    times = {"twice": 2, "three": 3, "four": 4}[re.search(r"is (\w+)", text)[1]]
    later, total = ints(text)
    (answer,) = [a * times for a in range(1, 100) if a + later + a * times + later == total]
    return answer


def more_each_day(text: str) -> int:
    first, pages, step = ints(text)
    return next(n for n in range(1, 500) if n * first + step * n * (n - 1) // 2 >= pages)


def two_discounts(text: str) -> Fraction:
    price, a, b = ints(text)
    left = Fraction(price)
    left -= left * a / 100
    return left - left * b / 100


def journey(text: str) -> Fraction:
    d, v, rest, e, w = ints(text)
    return 60 * Fraction(d, v) + rest + 60 * Fraction(e, w)


def heads_and_legs(text: str) -> int:
    heads, legs = ints(text)
    (answer,) = [four for four in range(heads + 1) if 4 * four + 2 * (heads - four) == legs]
    return answer


def mixture(text: str) -> int:
    low, high, _, litres, _, wanted = ints(text)
    (answer,) = [x for x in range(1, 3000) if low * litres + high * x == wanted * (litres + x)]
    return answer


def crew_joins(text: str) -> int:
    crew, days, _, alone, extra = ints(text)
    work, day = crew * days, 0
    while work > 0:
        day += 1
        work -= crew + (extra if day > alone else 0)
    assert work == 0
    return day


def tank(text: str) -> int:
    a, b, c = ints(text)
    level, unit, minute = 0, a * b * c, 0
    while level < unit:
        level += b * c + a * c - a * b
        minute += 1
    assert level == unit
    return minute


def trains_meet(text: str) -> Fraction:
    d, v, late, w = ints(text)
    # positions after t hours: v t, and d - w (t - late/60)
    t = (d + Fraction(w * late, 60)) / (v + w)
    return v * t


def flashing_lights(text: str) -> int:
    a, b, c, hours = ints(text)
    return sum(1 for s in range(1, hours * 3600 + 1) if s % a == s % b == s % c == 0)


def weekday_count(text: str) -> int:
    (length,) = ints(text)
    start, wanted = re.findall("|".join(DAYS), text)
    return sum(DAYS[(DAYS.index(start) + n) % 7] == wanted for n in range(length))


def clock_angle(text: str) -> Fraction:
    hour, minute = map(int, re.search(r"(\d+):(\d+)", text).groups())
    small, large = Fraction(30 * hour) + Fraction(minute, 2), Fraction(360 * minute, 60)
    gap = (small - large) % 360
    return min(gap, 360 - gap)


def remainders(text: str) -> int:
    n = ints(text)
    return next(x for x in range(1, 10**5) if all(x % m == rest for rest, m in zip(n[::2], n[1::2], strict=True)))


def divisible_either(text: str) -> int:
    _, top, a, b, c = ints(text)
    return sum((x % a == 0 or x % b == 0) and x % c != 0 for x in range(1, top + 1))


def last_digits(text: str) -> int:
    (a, n), (b, m) = re.findall(r"(\d+)\^(\d+)", text)
    return (int(a) ** int(n) + int(b) ** int(m)) % 100


def trailing_zeros(text: str) -> int:
    n = ints(text)
    written = str(math.prod(range(min(n), max(n) + 1)))
    return len(written) - len(written.rstrip("0"))


def divisor_count(text: str) -> int:
    n = math.prod(int(b) ** int(e) for b, e in re.findall(r"(\d+)\^(\d+)", text))
    small = [d for d in range(1, math.isqrt(n) + 1) if n % d == 0]
    return sum(math.isqrt(d) ** 2 != d for d in {*small, *(n // d for d in small)})


def bases(text: str) -> int:
    b, digits, c = ints(text.replace("base-", "base "))
    left, out = int(str(digits), b), 0
    for power in range(30, -1, -1):
        out = out * 10 + left // c**power
        left %= c**power
    return out


def digit_sum(text: str) -> int:
    k = {"four": 4, "five": 5}[re.search(r"many (\w+)-digit", text)[1]]
    totals = Counter(range(1, 10))
    for _ in range(k - 1):
        totals = Counter({s: sum(totals[s - digit] for digit in range(10)) for s in range(9 * k + 1)})
    return totals[ints(text)[0]]


def linear_form(text: str) -> int:
    a, b, c = map(int, re.search(r"(\d+)x \+ (\d+)y = (\d+)", text).groups())
    return sum(a * x + b * y == c for x in range(1, c) for y in range(1, c // b + 1))


def blocked_grid(text: str) -> int:
    (_, w, x), (_, h, y) = zip(*((int(a), int(b)) for a, b in re.findall(r"\((\d+), (\d+)\)", text)), strict=True)

    @cache
    def walks(a: int, b: int) -> int:
        if a < 0 or b < 0 or (a, b) == (x, y):
            return 0
        return 1 if a == b == 0 else walks(a - 1, b) + walks(a, b - 1)

    return walks(w, h)


def letters_apart(text: str) -> int:
    word, letter = re.search(r"word ([A-Z]+)", text)[1], re.search(r"letters ([A-Z]) stand", text)[1]
    return sum(letter * 2 not in "".join(p) for p in set(itertools.permutations(word)))


def dice_total(text: str) -> Fraction:
    low = ints(text)[0]
    return Fraction(sum(sum(d) >= low for d in itertools.product(range(1, 7), repeat=3)), 216)


def urn(text: str) -> Fraction:
    a, b, draw, want = ints(text)
    draws = list(itertools.combinations([1] * a + [0] * b, draw))
    return Fraction(sum(sum(d) == want for d in draws), len(draws))


def bayes(text: str) -> Fraction:
    a, p, q = ints(text)
    bulbs = 10_000
    bad_x, bad_y = bulbs * a // 100 * p / Fraction(100), bulbs * (100 - a) // 100 * q / Fraction(100)
    return bad_x / (bad_x + bad_y)


def expected_prize(text: str) -> Fraction:
    _, _, sides, win, mod, lose = ints(text)
    return Fraction(sum(win if face % mod == 0 else -lose for face in range(1, sides + 1)), sides)


def coins(text: str) -> int:
    amount, *kinds = ints(text)

    def ways(left: int, kinds: list[int]) -> int:
        if len(kinds) == 1:
            return left % kinds[0] == 0
        return sum(ways(left - used, kinds[:-1]) for used in range(0, left + 1, kinds[-1]))

    return ways(amount, kinds)


def stars_bars(text: str) -> int:
    total, low, cap = ints(text)
    return sum(low <= a <= cap and b >= low and total - a - b >= low for a in range(total) for b in range(total))


def tickets(text: str) -> int:
    a, c, s, d, e, t = ints(text)
    found = {p + q for p in range(1, 100) for q in range(1, 100) if a * p + c * q == s and d * p + e * q == t}
    (answer,) = found
    return answer


def three_unknowns(text: str) -> int:
    s, t, u = (int(n) for n in re.findall(r"= (-?\d+)", text))
    (answer,) = [x * x + (s - x) ** 2 + (u - x) ** 2 for x in range(-60, 61) if (s - x) + (u - x) == t]
    return answer


def series(text: str) -> int:
    first, second, _, last, _ = ints(text)
    return sum(range(first, last + 1, second - first))


def recurrence(text: str) -> int:
    start, a = map(int, re.search(r"a₁ = (\d+).*remainder of (\d+)·", text).groups())
    b, m, n = map(int, re.search(r"aₙ \+ (\d+) on division by (\d+)\. What is the term number (\d+)", text).groups())
    term = start
    for _ in range(n - 1):
        term = (a * term + b) % m
    return term


def telescoping(text: str) -> Fraction:
    pairs = [(int(a), int(b)) for a, b in re.findall(r"\((\d+)·(\d+)\)", text)]
    gap = pairs[0][1] - pairs[0][0]
    return sum(Fraction(1, k * (k + gap)) for k in range(pairs[0][0], pairs[-1][0] + 1, gap))


def cubic_values(text: str) -> Fraction:
    y = [int(n) for n in re.findall(r"P\(\d\) = (-?\d+)", text)]
    total = Fraction(0)
    for i in range(4):
        others = [j for j in range(4) if j != i]
        total += y[i] * math.prod((Fraction(4 - j, i - j) for j in others), start=Fraction(1))
    return total


def growth(text: str) -> Fraction:
    start, rate, loss, years = ints(text)
    factor = 1 + Fraction(rate, 100)
    return start * factor**years - loss * (factor**years - 1) / (factor - 1)


def rectangle(text: str) -> int:
    perimeter, area = ints(text)
    return max(a for a in range(1, perimeter) if a * (perimeter // 2 - a) == area)


def polygon(text: str) -> Fraction:
    """The width of the polygon as a function of x is linear between integers: the trapezium rule is exact."""
    points = [(int(a), int(b)) for a, b in re.findall(r"\((-?\d+), (-?\d+)\)", text)]
    edges = list(zip(points, points[1:] + points[:1], strict=True))

    def width(x: Fraction) -> Fraction:
        ys = [
            Fraction(y0) + Fraction(y1 - y0) * (x - x0) / (x1 - x0)
            for (x0, y0), (x1, y1) in edges
            if min(x0, x1) < x < max(x0, x1)
        ]
        assert len(ys) == 2, "the outline crosses itself"
        return abs(ys[0] - ys[1])

    low, high = min(x for x, _ in points), max(x for x, _ in points)
    return sum(width(Fraction(2 * x + 1, 2)) for x in range(low, high))  # midpoint rule on each unit


def right_triangle(text: str) -> Fraction:
    a, b = ints(text)
    return Fraction(a * b, math.isqrt(a * a + b * b))


def box_diagonal(text: str) -> int:
    edges, surface = ints(text)
    found = {
        math.sqrt(a * a + b * b + c * c)
        for a, b in itertools.product(range(1, edges // 4), repeat=2)
        if (c := edges // 4 - a - b) > 0 and 2 * (a * b + b * c + c * a) == surface
    }
    (answer,) = found
    assert answer.is_integer()
    return int(answer)


SOLVERS: dict[str, Callable[[str], Any]] = {
    name.replace("_", "-"): solver
    for name, solver in list(globals().items())
    if callable(solver) and name.replace("_", "-") in {family[0] for family in make_math.FAMILIES}
}


def expression(target: str) -> Callable[[float], complex]:
    """A LaTeX target of this pack as a function of its one variable."""
    python = re.sub(r"\\frac\{(.*?)\}\{(.*?)\}", r"((\1)/(\2))", target)
    python = re.sub(r"\\sqrt\{(\d+)\}", r"SQRT(\1)", python).replace("\\pi", "PI")
    python = python.replace("e^x", "EXP(x)").replace("^", "**")
    python = re.sub(r"(?<=[\dxnp)]) ?(?=[A-Zxnp(])", "*", python)
    names = {"SQRT": math.sqrt, "EXP": math.exp, "PI": math.pi}
    return lambda v: eval(python, names | {"x": v, "n": v, "p": v})


def check_quadratic(text: str, target: str) -> bool:
    left = re.search(r"Solve (.*) = 0", text)[1]
    left = re.sub(r"(\d)x", r"\1*x", left).replace("^", "**")
    roots = [value(part) for part in target.strip("\\{}").split(", ")]
    return len(set(roots)) == 2 and all(eval(left, {"x": root}) == 0 for root in roots)


def check_expand(text: str, target: str) -> bool:
    left = re.search(r"simplify (.*)\.$", text)[1]
    left = re.sub(r"(\d)x", r"\1*x", left).replace(")(", ")*(").replace("^", "**")
    return all(eval(left, {"x": x}) == expression(target)(x) for x in range(-3, 4))


def check_radicals(text: str, target: str) -> bool:
    a, b, c = (int(n) for n in re.findall(r"√(\d+)", text))
    inside = int(re.search(r"sqrt\{(\d+)\}", target)[1])
    square_free = all(inside % (k * k) for k in range(2, 9))
    return square_free and math.isclose(math.sqrt(a) + math.sqrt(b) - math.sqrt(c), expression(target)(0))


def check_integral(text: str, target: str) -> bool:
    low, high = (int(n) for n in re.findall(r"x = (-?\d+)", text))
    body = re.search(r"integral of (.*) with respect", text)[1]
    body = re.sub(r"(\d)x", r"\1*x", body).replace("^", "**")
    f = lambda x: Fraction(eval(body, {"x": x}))  # noqa: E731
    simpson = Fraction(high - low, 6) * (f(low) + 4 * f(Fraction(low + high, 2)) + f(high))  # exact for cubics
    return simpson == value(target)


def check_shaded_ring(text: str, target: str) -> bool:
    half = ints(text)[0] / 2
    small = 5.0  # the ring does not depend on it
    return math.isclose(math.pi * ((half**2 + small**2) - small**2), expression(target)(0))


CHECKS = {
    "quadratic": check_quadratic,
    "expand": check_expand,
    "radicals": check_radicals,
    "integral": check_integral,
    "shaded-ring": check_shaded_ring,
}


# --- hand-written problems: a computation each, most of them by brute force -----------------------------------------


def subsets(n: int) -> Any:
    return (s for k in range(n + 1) for s in itertools.combinations(range(1, n + 1), k))


def primes(top: int) -> list[int]:
    return [p for p in range(2, top) if all(p % d for d in range(2, math.isqrt(p) + 1))]


def snail() -> int:
    height, day = 0, 0
    while True:
        day += 1
        height += 7
        if height >= 47:
            return day
        height -= 4


def page_digits() -> int:
    digits, page = 0, 0
    while digits < 1095:
        page += 1
        digits += len(str(page))
    assert digits == 1095
    return page


def early_leavers() -> int:
    (n,) = [n for n in range(5, 60) if sum(1 for _ in itertools.combinations(range(n - 2), 2)) + 3 + 3 == 84]
    return n


def circle_of_50() -> int:
    people, at = list(range(1, 51)), 0
    while len(people) > 1:
        at = (at + 2) % len(people)
        people.pop(at)
    return people[0]


def coverings(columns: int = 10) -> int:
    @cache
    def fill(cells: frozenset[tuple[int, int]]) -> int:
        free = [(x, y) for x in range(columns) for y in range(2) if (x, y) not in cells]
        if not free:
            return 1
        x, y = free[0]
        shapes = [[(x, y), (x + 1, y)], [(x, y), (x, y + 1)], [(x, y), (x + 1, y), (x, y + 1), (x + 1, y + 1)]]
        return sum(fill(cells | set(shape)) for shape in shapes if all(cell in free for cell in shape))

    return fill(frozenset())


def couples() -> int:
    people = range(8)  # 0 and 1 are a couple, 2 and 3, ...; person 0 keeps seat 0
    count = 0
    for rest in itertools.permutations(people[1:]):
        seats = (0, *rest)
        count += all((seats.index(2 * c) - seats.index(2 * c + 1)) % 8 in (1, 7) for c in range(4))
    return count


def odd_switchers() -> int:
    lamps = [False] * 201
    for k in range(1, 200, 2):
        for n in range(k, 201, k):
            lamps[n] = not lamps[n]
    return sum(lamps)


def lost_piles() -> int:
    wins = [False]
    for n in range(1, 101):
        wins.append(any(n >= take and not wins[n - take] for take in (1, 3, 4)))
    return sum(not won for won in wins[1:])


def liars() -> int:
    (answer,) = {
        sum(states)
        for states in itertools.product([0, 1], repeat=5)  # 1 = lies
        if all((sum(states) == k + 1) == (states[k] == 0) for k in range(5))
    }
    return answer


def triangles() -> int:
    points = list(itertools.product(range(3), repeat=2))
    return sum(
        (b[0] - a[0]) * (c[1] - a[1]) != (c[0] - a[0]) * (b[1] - a[1]) for a, b, c in itertools.combinations(points, 3)
    )


def cube_paintings() -> int:
    # faces: up, down, front, back, left, right; two turns generate all rotations
    turns = [(2, 3, 1, 0, 4, 5), (0, 1, 4, 5, 3, 2)]
    left, classes = set(itertools.product("rb", repeat=6)), 0
    while left:
        queue = [left.pop()]
        classes += 1
        while queue:
            now = queue.pop()
            for turn in turns:
                after = tuple(now[face] for face in turn)
                if after in left:
                    left.remove(after)
                    queue.append(after)
    return classes


def mirror_point() -> tuple[Fraction, Fraction]:
    # the image (a, b): the midpoint lies on y = 2x, and the join is at right angles to it
    for a5, b5 in itertools.product(range(-60, 61), repeat=2):
        a, b = Fraction(a5, 5), Fraction(b5, 5)
        if b + 1 == 2 * (a + 7) and (a - 7) + 2 * (b - 1) == 0:
            return a, b
    raise AssertionError


def meeting_hour() -> Fraction:
    # thirds of the hour as squares: inside the band count the three diagonal squares whole, the four beside them half
    grid = [[1 if i == j else Fraction(1, 2) if abs(i - j) == 1 else 0 for i in range(3)] for j in range(3)]
    return sum(map(sum, grid)) / Fraction(9)


@cache
def best_product(total: int) -> int:
    return max([total, *(part * best_product(total - part) for part in range(1, total))])


def root(f: Callable[[float], float], low: float, high: float) -> float:
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if (f(middle) < 0) == (f(low) < 0) else (low, middle)
    return low


def period(n: int) -> int:
    return next(k for k in range(1, n) if pow(10, k, n) == 1)


def difference_sequence() -> int:
    terms = [1, 3]
    while len(terms) < 2025:
        terms.append(terms[-1] - terms[-2])
    return sum(terms)


def expected_run() -> Fraction:
    total, alive = Fraction(0), {0: Fraction(1)}  # tosses needed = sum of the chances to be still tossing
    for _ in range(400):
        total += sum(alive.values())
        alive = {0: sum(alive.values()) / 2, 1: alive.get(0, Fraction(0)) / 2}
    return Fraction(round(total, 6))


R, S = (5 + math.sqrt(13)) / 2, (5 - math.sqrt(13)) / 2
PERMUTED = list(itertools.permutations("ABCDE"))

HAND_CHECKS: dict[str, Callable[[], Any]] = {
    "average-speed": lambda: 24 / (Fraction(12, 4) + Fraction(12, 6)),  # a trail of 12 km
    "up-then-down": lambda: next(p for p in range(1, 500) if Fraction(p) * 5 / 4 * 4 / 5 == 84),
    "machines": lambda: 12 * 12 / Fraction(6 * 6, 6),
    "both-clubs": lambda: next(b for b in range(60) if (35 - b) + (28 - b) + b + 9 == 60),
    "slow-clock": lambda: next(t for t in range(1, 1000) if Fraction(t * 55, 60) == 5 * 60 + 30),
    "mean-of-rest": lambda: Fraction(12 * 15 - 2 * 5, 12 - 2),
    "snail": snail,
    "page-digits": page_digits,
    "odd-product": lambda: next(3 * n for n in range(3, 99, 2) if (n - 2) * n * (n + 2) == 6783),
    "diagonals": lambda: next(n for n in range(3, 99) if math.comb(n, 2) - n == 54),
    "reversed": lambda: next(
        n for n in range(10, 100) if n == 3 + 4 * (n // 10 + n % 10) and n % 10 * 10 + n // 10 == n + 36
    ),
    "prime-sum": lambda: sum(primes(60)),
    "fence": lambda: max(x * (120 - 2 * x) for x in range(61)),
    "half-full-cone": lambda: 1 - Fraction(3, 4) ** 3,
    "digit-big": lambda: sum(map(int, str(10**30 - 77))),
    "early-leavers": early_leavers,
    "distinct-36": lambda: max(n for n in range(1000, 10000) if n % 36 == 0 and len(set(str(n))) == 4),
    "digit-product": lambda: next(n for n in range(1, 10**4) if math.prod(map(int, str(n))) == 360),
    "triples-30": lambda: sum(sum(t) == 30 for t in itertools.combinations(range(1, 21), 3)),
    "no-neighbours": lambda: sum(all(b - a > 1 for a, b in itertools.pairwise(s)) for s in subsets(12)),
    "stairs": lambda: _climb(12),
    "three-ones": lambda: sum(n.bit_count() == 3 and "11" not in bin(n) for n in range(2**10)),
    "grid-squares": lambda: sum(x + k <= 7 and y + k <= 5 for x in range(7) for y in range(5) for k in range(1, 6)),
    "seven-divides": lambda: sum((n * n + n + 1) % 7 == 0 for n in range(1, 101)),
    "same-digits": lambda: next(n for n in range(14, 45) if len(set(str(sum(range(n + 1))))) == 1),
    "gcd-product": lambda: min(a + 2160 // a for a in range(1, 2161) if 2160 % a == 0 and math.gcd(a, 2160 // a) == 12),
    "largest-of-five": lambda: max(
        60 - 10 - a - b - d
        for a, b in itertools.combinations(range(1, 10), 2)
        for d in range(11, 60)
        if 60 - 10 - a - b - d > d
    ),
    "difference-sequence": difference_sequence,
    "x-axis": lambda: 1 - 2 * Fraction(5 - 1, 14 - 2),
    "power-compare": lambda: max(n for n in range(1, 50) if n**200 < 5**300),
    "half-argument": lambda: next(
        a for a in range(-99, 99) for b in range(-99, 99) if a + 2 * b == 15 and b + 2 * a == 3 * (1 - 5)
    ),
    "period-41": lambda: period(41),
    "digit-100": lambda: 3 * 10**100 // 13 % 10,
    "first-six": lambda: Fraction(round(sum(Fraction(25, 36) ** k / 6 for k in range(200)), 12)).limit_denominator(100),
    "even-product": lambda: Fraction(
        sum(a * b % 2 == 0 for a, b in itertools.combinations(range(1, 10), 2)), math.comb(9, 2)
    ),
    "bench": lambda: sum(abs(p.index("A") - p.index("B")) > 1 and p.index("C") not in (0, 4) for p in PERMUTED),
    "no-own-hat": lambda: sum(all(i != h for i, h in enumerate(p)) for p in itertools.permutations(range(6))),
    "root-cubes": lambda: R**3 + S**3,
    "fourth-power": lambda: (2 + math.sqrt(3)) ** 4 + (2 + math.sqrt(3)) ** -4,
    "three-logs": lambda: next(x for x in range(2, 999) if math.isclose(sum(math.log(x, b) for b in (2, 4, 8)), 11)),
    "obtuse-tangent": lambda: math.tan(math.pi - math.asin(3 / 5)),
    "corner-square": lambda: next(s for s in range(1, 10) if Fraction(s, 10) + Fraction(s, 15) == 1),
    "determinant": lambda: 2 * 4 * 6 + (-1) * 5 * 1 + 3 * 0 * (-2) - 3 * 4 * 1 - (-1) * 0 * 6 - 2 * 5 * (-2),
    "least-sum": lambda: min(4 * x / 100 + 900 / x for x in range(1, 2000)),
    "two-rooks": lambda: sum(
        a[0] != b[0] and a[1] != b[1] for a, b in itertools.combinations(itertools.product(range(5), repeat=2), 2)
    ),
    "friday-13": lambda: sum(calendar.weekday(2026, month, 13) == 4 for month in range(1, 13)),
    "two-stamps": lambda: max(n for n in range(200) if not any((n - 11 * k) % 7 == 0 for k in range(n // 11 + 1))),
    "factorial-1000": lambda: next(n for n in range(1, 99) if math.factorial(n) % 1000 == 0),
    "root-floors": lambda: sum(math.isqrt(k) for k in range(1, 100)),
    "liars": liars,
    "dominoes-squares": coverings,
    "circle-of-50": circle_of_50,
    "disc-points": lambda: sum(x * x + y * y <= 30 for x in range(-6, 7) for y in range(-6, 7)),
    "couples": couples,
    "circumradius": lambda: 7 * 15 * 20 / (4 * math.sqrt(21 * (21 - 7) * (21 - 15) * (21 - 20))),
    "root-limit": lambda: round((math.sqrt(1 + 6e-7) - math.sqrt(1 - 2e-7)) / 1e-7, 4),
    "odd-switchers": odd_switchers,
    "lost-piles": lost_piles,
    "weighted-series": lambda: sum(n / 3**n for n in range(1, 60)),
    "five-sundays": lambda: sum(
        sum(calendar.weekday(2019, m, d) == 6 for d in range(1, calendar.monthrange(2019, m)[1] + 1)) == 5
        for m in range(1, 13)
    ),
    "three-in-line": triangles,
    "longest-run": lambda: max(b - a + 1 for a in range(1, 301) for b in range(a, 301) if (a + b) * (b - a + 1) == 600),
    "cube-paint": cube_paintings,
    "mod-tower": lambda: pow(7, 7**7, 13),
    "meeting-hour": meeting_hour,
    "sum-of-squares-100": lambda: len(
        {a * a + b * b for a in range(11) for b in range(11) if 1 <= a * a + b * b <= 100}
    ),
    "max-product": lambda: best_product(25),
    "digit-free": lambda: sum("7" in str(n) and "0" not in str(n) for n in range(1, 10001)),
    "coin-run": lambda: Fraction(sum("HH" not in "".join(t) for t in itertools.product("HT", repeat=8)), 256),
    "expected-run": expected_run,
}


def _climb(stairs: int) -> int:
    return 1 if stairs == 0 else sum(_climb(stairs - step) for step in (1, 2, 3) if step <= stairs)


# targets that are not one number
SHAPES: dict[str, Callable[[str], bool]] = {
    "sum-formula": lambda target: all(expression(target)(n) == sum(range(2, 3 * n, 3)) for n in range(1, 20)),
    "hexagon": lambda target: math.isclose(expression(target)(0), 6 * 0.5 * 6 * 6 * math.sin(math.pi / 3)),
    "imaginary-power": lambda target: complex(target.replace("i", "j")) == (1 + 1j) ** 10,
    "absolute": lambda target: (
        [x for x in range(-50, 50) if abs(2 * x - 5) <= 7] == list(range(int(target[1:3]), int(target[5]) + 1))
        and abs(2 * -1 - 5) == abs(2 * 6 - 5) == 7
    ),
    "integer-quotient": lambda target: (
        target == "\\{" + ", ".join(str(n) for n in range(-500, 500) if n != 2 and (n + 9) % (n - 2) == 0) + "\\}"
    ),
    "make-subject": lambda target: all(
        math.isclose(expression(target)((2 * q + 1) / (q - 3)), q) for q in (0.5, 4.0, 7.25, -2.0)
    ),
    "product-rule": lambda target: all(
        math.isclose(
            expression(target)(x),
            ((x + 1e-6) ** 2 * math.exp(x + 1e-6) - (x - 1e-6) ** 2 * math.exp(x - 1e-6)) / 2e-6,
            rel_tol=1e-6,
        )
        for x in (0.5, 1.0, 2.5)
    ),
    "mirror-point": lambda target: tuple(value(p) for p in target.strip("()").split(", ")) == mirror_point(),
    "nested-root": lambda target: math.isclose(expression(target)(0), math.sqrt(11 + 4 * math.sqrt(7))),
}


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample["id"])
def test_target_is_what_an_independent_computation_gives(sample: dict[str, Any]) -> None:
    name, target = sample.get("cluster", sample["id"]), sample["target"]
    if name in CHECKS:
        assert CHECKS[name](sample["input"], target)
    elif name in SHAPES:
        assert SHAPES[name](target)
    else:
        found = SOLVERS[name](sample["input"]) if "cluster" in sample else HAND_CHECKS[name]()
        same = math.isclose(found, value(target), abs_tol=1e-9) if isinstance(found, float) else found == value(target)
        assert same, f"computed {found}"


def test_answers_as_models_write_them_are_right() -> None:
    """In a box, with LaTeX fractions, in bold; sets in another order or as an "or"."""
    pack = packs.load(pack_files.TASKS / "math-reasoning.json")
    for sample in pack.samples[::3]:
        target = str(sample.target)
        latex = re.sub(r"(\d+)/(\d+)", r"\\frac{\1}{\2}", target)
        said = [f"So we get $\\boxed{{{latex}}}$.", f"**Answer: {target}**", f"Answer: ${latex}$"]
        if target.startswith("\\{") and target.count(",") == 1:
            one, two = target.strip("\\{}").split(", ")
            said += [f"Answer: {{{two}, {one}}}", f"Answer: x = {one} or x = {two}"]
        spec = sample.scorer or pack.scorer
        for text in said:
            assert scorers.load(spec.name).score(sample, text).value == 1.0, (sample.id, text)


def test_no_check_is_left_over() -> None:
    used = {sample.get("cluster", sample["id"]) for sample in SAMPLES}
    assert set(SOLVERS) | set(CHECKS) | set(SHAPES) | set(HAND_CHECKS) == used
