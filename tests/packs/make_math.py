"""Writes tasks/math-reasoning.json: template families with seeded numbers, and hand-written problems.

Each family computes its target by a formula; test_math.py computes it again, another way, from the words of the
problem alone. Run: python tests/packs/make_math.py
"""

# ruff: noqa: E501  (a problem reads better on one line)
from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import reduce
from math import comb, factorial, gcd, isqrt, lcm, prod
from random import Random
from typing import Any

from math_items import HAND
from pack_files import write

NAMES = ["Amara", "Bilal", "Chiara", "Dmitri", "Elif", "Farid", "Greta", "Hana", "Ivo", "Jun", "Kofi", "Lena", "Mateo", "Nadia", "Oskar", "Priya", "Rosa", "Sven", "Tala", "Yuki"]  # fmt: skip
Problem = tuple[str, Any]
FAMILIES: list[tuple[str, str, list[str], str, int, Callable[[Random], Problem]]] = []


def family(name: str, level: str, *tags: str, scorer: str = "numeric", count: int = 5) -> Callable[..., Any]:
    """Registers a template. It returns the problem and its target."""

    def register(make: Callable[[Random], Problem]) -> Callable[[Random], Problem]:
        FAMILIES.append((name, level, list(tags), scorer, count, make))
        return make

    return register


def plain(value: Fraction | int) -> str:
    """An integer, a short decimal, or p/q."""
    value = Fraction(value)
    if value.denominator == 1:
        return str(value.numerator)
    if 1000 % value.denominator == 0:
        return f"{float(value):.3f}".rstrip("0")
    return f"{value.numerator}/{value.denominator}"


def ratio(value: Fraction) -> str:
    return f"{value.numerator}/{value.denominator}" if value.denominator > 1 else str(value.numerator)


def money(cents: int) -> str:
    return f"${cents // 100}.{cents % 100:02d}"


# --- everyday arithmetic -------------------------------------------------------------------------------------------


@family("change", "easy", "arithmetic", "money")
def change(r: Random) -> Problem:
    thing, other = r.sample(
        [("notebook", "notebooks"), ("pen", "pens"), ("folder", "folders"), ("eraser", "erasers"), ("ruler", "rulers")],
        2,
    )
    a, b = r.randint(2, 6), r.randint(2, 5)
    p, q = r.randrange(85, 395, 5), r.randrange(60, 260, 5)
    spent = a * p + b * q
    note = next(n for n in (2000, 5000, 10000) if n > spent)
    text = (
        f"{r.choice(NAMES)} buys {a} {thing[1]} at {money(p)} each and {b} {other[1]} at {money(q)} each, "
        f"and pays with a ${note // 100} note. How many dollars of change are due?"
    )
    return text, plain(Fraction(note - spent, 100))


@family("bakery", "easy", "arithmetic")
def bakery(r: Random) -> Problem:
    trays, each, days = r.randint(12, 30), r.choice([12, 15, 18, 24]), r.randint(3, 6)
    daily = r.randint(20, (trays * each - 5) // days)
    text = (
        f"A bakery fills {trays} trays with {each} rolls each. It sells {daily} rolls a day for {days} days "
        f"and then gives half of what is left, rounded down, to a shelter. How many rolls does it keep?"
    )
    left = trays * each - daily * days
    return text, str(left - left // 2)


@family("ages", "easy", "algebra")
def ages(r: Random) -> Problem:
    young, times, later = r.randint(4, 14), r.randint(2, 4), r.randint(3, 12)
    one, two = r.sample(NAMES, 2)
    total = young + times * young + 2 * later
    word = {2: "twice", 3: "three times", 4: "four times"}[times]
    text = f"{one} is {word} as old as {two}. In {later} years their ages will add up to {total}. How old is {one} now?"
    return text, str(times * young)


@family("more-each-day", "easy", "sequences")
def more_each_day(r: Random) -> Problem:
    first, step = r.randint(8, 25), r.randint(2, 7)
    pages = r.randint(260, 620)
    days, done = 0, 0
    while done < pages:
        done += first + days * step
        days += 1
    text = (
        f"{r.choice(NAMES)} reads {first} pages of a {pages}-page novel on the first day, and every day after that "
        f"{step} pages more than on the day before. On which day is the novel finished? Give the number of the day."
    )
    return text, str(days)


@family("two-discounts", "easy", "percent", "money")
def two_discounts(r: Random) -> Problem:
    price, first, second = r.randrange(40, 400, 20), r.choice([10, 20, 25, 30, 40]), r.choice([5, 10, 15, 20])
    value = Fraction(price * (100 - first) * (100 - second), 10_000)
    text = (
        f"A coat costs ${price}. The shop first takes {first}% off, and a voucher then takes {second}% off the reduced "
        f"price. How many dollars does the coat cost in the end?"
    )
    return text, plain(value)


@family("journey", "easy", "rates")
def journey(r: Random) -> Problem:
    v, w = r.choice([40, 48, 60, 72]), r.choice([80, 90, 100, 120])
    d, e = v * r.randint(2, 8) // 4, w * r.randint(3, 9) // 4 // 10 * 10
    while d * 60 % v or e * 60 % w:
        d, e = d + 1, e + (5 if e * 60 % w else 0)
    rest = r.choice([10, 15, 20, 25, 35])
    text = (
        f"A driver covers {d} km at {v} km/h, rests for {rest} minutes, and then covers {e} km at {w} km/h. "
        f"How many minutes does the whole journey take?"
    )
    return text, str(d * 60 // v + e * 60 // w + rest)


@family("heads-and-legs", "easy", "algebra")
def heads_and_legs(r: Random) -> Problem:
    (two, four), place = (
        r.choice([("geese", "goats"), ("hens", "sheep"), ("ducks", "cows")]),
        r.choice(["farmyard", "meadow", "paddock"]),
    )
    a, b = r.randint(9, 40), r.randint(6, 35)
    text = (
        f"In a {place} there are only {two} and {four}. Together they have {a + b} heads and {2 * a + 4 * b} legs. "
        f"How many {four} are there?"
    )
    return text, str(b)


@family("mixture", "medium", "percent", "algebra")
def mixture(r: Random) -> Problem:
    low, high = r.choice([5, 8, 10, 12, 15]), r.choice([30, 40, 45, 50, 60])
    wanted = r.randint(low + 3, high - 5)
    unit = gcd(high - wanted, wanted - low)
    weak, strong = (high - wanted) // unit, (wanted - low) // unit
    scale = r.randint(1, 3) if weak + strong > 20 else r.randint(3, 6)
    text = (
        f"A laboratory has a {low}% and a {high}% salt solution. How many litres of the {high}% solution must be mixed with "
        f"{weak * scale} litres of the {low}% solution to get a {wanted}% solution?"
    )
    return text, str(strong * scale)


@family("crew-joins", "medium", "rates")
def crew_joins(r: Random) -> Problem:
    while True:
        crew, days, alone, extra = r.randint(3, 8), r.randint(8, 20), r.randint(2, 6), r.randint(2, 6)
        rest = crew * days - crew * alone
        if rest > 0 and rest % (crew + extra) == 0:
            break
    text = (
        f"{crew} painters need {days} days to paint a school; all paint at the same steady rate. "
        f"After the {crew} painters have worked for {alone} days, {extra} more painters join them. "
        f"How many days does the job take in all?"
    )
    return text, str(alone + rest // (crew + extra))


@family("tank", "medium", "rates")
def tank(r: Random) -> Problem:
    while True:
        a, b, c = r.sample([12, 15, 18, 20, 24, 30, 36, 40, 45, 60, 90], 3)
        rate = Fraction(1, a) + Fraction(1, b) - Fraction(1, c)
        if rate > 0 and (1 / rate).denominator == 1:
            break
    text = (
        f"One pipe fills an empty tank in {a} minutes and a second pipe fills it in {b} minutes. "
        f"An open drain empties the full tank in {c} minutes. With both pipes running and the drain open, "
        f"after how many minutes is the empty tank full?"
    )
    return text, str(1 / rate)


@family("trains-meet", "medium", "rates")
def trains_meet(r: Random) -> Problem:
    while True:
        v, w, late, d = (
            r.randrange(50, 120, 5),
            r.randrange(50, 140, 5),
            r.choice([20, 30, 40, 45]),
            r.randrange(180, 600, 10),
        )
        head = Fraction(v * late, 60)
        where = head + v * (d - head) / (v + w)
        if head < d and where.denominator == 1:
            break
    text = (
        f"Towns P and Q are {d} km apart. A train leaves P towards Q at {v} km/h. {late} minutes later a train leaves Q "
        f"towards P on the same line at {w} km/h. How many kilometres from P do they meet?"
    )
    return text, str(where)


@family("flashing-lights", "medium", "number-theory")
def flashing_lights(r: Random) -> Problem:
    a, b, c = sorted(r.sample([12, 14, 15, 16, 18, 20, 21, 24, 28, 30, 35, 36], 3))
    hours = r.randint(2, 4)
    text = (
        f"Three lamps flash every {a}, {b} and {c} seconds. At noon they flash together. "
        f"How many times do all three flash together in the {hours} hours after noon, not counting noon itself "
        f"but counting the last second of that time?"
    )
    return text, str(hours * 3600 // lcm(a, b, c))


@family("weekday-count", "medium", "calendar")
def weekday_count(r: Random) -> Problem:
    days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    start, wanted, length = r.randrange(7), r.randrange(7), r.randint(100, 365)
    text = (
        f"A festival season lasts {length} days and its first day is a {days[start]}. "
        f"How many of its days are {days[wanted]}s?"
    )
    return text, str((length - 1 - (wanted - start) % 7) // 7 + 1)


@family("clock-angle", "medium", "geometry")
def clock_angle(r: Random) -> Problem:
    hour, minute = r.randint(1, 11), r.randrange(4, 60, 2)
    turn = abs(Fraction(hour * 60 + minute, 2) - 6 * minute)
    text = f"What is the smaller angle, in degrees, between the hour hand and the minute hand of an ordinary clock at {hour}:{minute:02d}?"
    return text, plain(min(turn, 360 - turn))


# --- number theory -------------------------------------------------------------------------------------------------


@family("remainders", "medium", "number-theory")
def remainders(r: Random) -> Problem:
    mods = r.sample([5, 7, 8, 9, 11, 13], 3)
    rests = [r.randint(1, m - 1) for m in mods]
    whole = prod(mods)
    answer = sum(rest * (whole // m) * pow(whole // m, -1, m) for rest, m in zip(rests, mods, strict=True)) % whole
    parts = ", ".join(f"remainder {rest} when divided by {m}" for rest, m in zip(rests, mods, strict=True))
    return f"What is the smallest positive integer that leaves {parts}?", str(answer)


@family("divisible-either", "medium", "number-theory", "counting")
def divisible_either(r: Random) -> Problem:
    a, b = r.sample([4, 6, 9, 10, 14, 15], 2)
    c = r.choice([5, 7, 8, 12, 25])
    top = r.randrange(600, 3000, 25)

    def upto(*m: int) -> int:
        return top // lcm(*m)

    answer = upto(a) + upto(b) - upto(a, b) - (upto(a, c) + upto(b, c) - upto(a, b, c))
    text = f"How many integers from 1 to {top} are divisible by {a} or by {b} (or both), but not by {c}?"
    return text, str(answer)


@family("last-digits", "medium", "number-theory")
def last_digits(r: Random) -> Problem:
    a, b, n, m = r.choice([3, 7, 11, 13, 17]), r.choice([2, 4, 6, 8, 9]), r.randint(60, 400), r.randint(60, 400)
    text = f"What is the remainder when {a}^{n} + {b}^{m} is divided by 100?"
    return text, str((pow(a, n, 100) + pow(b, m, 100)) % 100)


@family("trailing-zeros", "medium", "number-theory")
def trailing_zeros(r: Random) -> Problem:
    n, k = r.randint(120, 480), r.randint(20, 60)

    def fives(x: int) -> int:
        return 0 if x == 0 else x // 5 + fives(x // 5)

    top = n + k
    text = f"The product {n + 1} × {n + 2} × ... × {top} of all integers from {n + 1} to {top} is written out in full. With how many zeros does it end?"
    return text, str(fives(top) - fives(n))


@family("divisor-count", "hard", "number-theory")
def divisor_count(r: Random) -> Problem:
    exponents = [r.randint(3, 6), r.randint(2, 4), r.randint(1, 3), r.randint(1, 2)]
    n = prod(p**e for p, e in zip((2, 3, 5, 7), exponents, strict=True))
    odd_multiples = prod(e + 1 for e in exponents)
    squares = prod(e // 2 + 1 for e in exponents)
    text = f"How many positive divisors of 2^{exponents[0]} · 3^{exponents[1]} · 5^{exponents[2]} · 7^{exponents[3]} are not perfect squares?"
    assert n > 1
    return text, str(odd_multiples - squares)


@family("bases", "medium", "number-theory")
def bases(r: Random) -> Problem:
    b, c = r.sample([3, 4, 5, 6, 7, 8, 9], 2)
    digits = [r.randint(1, b - 1), *(r.randrange(b) for _ in range(r.randint(3, 4)))]
    n = reduce(lambda x, d: x * b + d, digits)
    out = ""
    while n:
        n, d = divmod(n, c)
        out = str(d) + out
    text = f"Write the base-{b} number {''.join(map(str, digits))} in base {c}. Give only its digits."
    return text, out


@family("digit-sum", "hard", "counting")
def digit_sum(r: Random) -> Problem:
    k, s = r.choice([4, 5]), r.randint(7, 24)
    # stars and bars, with the first digit at least 1, corrected for digits above 9
    total = 0
    for first in range(1, 10):
        rest, cells = s - first, k - 1
        total += sum(
            (-1) ** j * comb(cells, j) * comb(rest - 10 * j + cells - 1, cells - 1)
            for j in range(cells + 1)
            if rest - 10 * j >= 0
        )
    word = {4: "four", 5: "five"}[k]
    return f"How many {word}-digit positive integers have digits that add up to {s}?", str(total)


@family("linear-form", "medium", "number-theory", "counting")
def linear_form(r: Random) -> Problem:
    a, b = r.choice([(3, 4), (3, 5), (4, 7), (5, 8), (7, 9), (8, 11), (4, 9), (7, 11)])
    c = r.randint(150, 400)
    first = next(y for y in range(1, a + 1) if (c - b * y) % a == 0)
    answer = max(0, (c - a - b * first) // (a * b) + 1)
    return f"How many pairs (x, y) of positive integers satisfy {a}x + {b}y = {c}?", str(answer)


# --- counting and probability --------------------------------------------------------------------------------------


@family("blocked-grid", "hard", "counting")
def blocked_grid(r: Random) -> Problem:
    w, h = r.randint(5, 8), r.randint(4, 7)
    x, y = r.randint(1, w - 1), r.randint(1, h - 1)
    answer = comb(w + h, w) - comb(x + y, x) * comb(w - x + h - y, w - x)
    text = (
        f"A robot walks on the integer points of the plane from (0, 0) to ({w}, {h}). Each step goes one unit right or one unit up, "
        f"and the point ({x}, {y}) is closed. How many different walks are there?"
    )
    return text, str(answer)


@family("letters-apart", "hard", "counting")
def letters_apart(r: Random) -> Problem:
    word = r.choice(
        ["BANANA", "PEPPER", "TATTOO", "COFFEE", "KAYAKS", "LEVELS", "REDDER", "PAPAYA", "SETTEE", "MAMMAL"]
    )
    repeated = max(sorted(set(word)), key=word.count)
    k, others = word.count(repeated), [ch for ch in word if ch != repeated]
    ways = factorial(len(others)) // prod(factorial(others.count(ch)) for ch in set(others))
    text = f"In how many different ways can the letters of the word {word} be arranged in a row so that no two letters {repeated} stand next to each other?"
    return text, str(ways * comb(len(others) + 1, k))


@family("dice-total", "medium", "probability", scorer="math")
def dice_total(r: Random) -> Problem:
    n, low = 3, r.randint(6, 15)
    total = 0
    for s in range(low, 6 * n + 1):
        total += sum((-1) ** j * comb(n, j) * comb(s - 6 * j - 1, n - 1) for j in range(n) if s - 6 * j >= n)
    text = f"Three fair six-sided dice are rolled. What is the probability that their total is at least {low}? Give a fraction in lowest terms."
    return text, ratio(Fraction(total, 6**n))


@family("urn", "medium", "probability", scorer="math")
def urn(r: Random) -> Problem:
    red, blue, draw = r.randint(3, 7), r.randint(3, 8), r.randint(3, 4)
    want = r.randint(1, 2)
    color = r.sample(["red", "blue", "green", "white"], 2)
    text = (
        f"A bag holds {red} {color[0]} and {blue} {color[1]} marbles. {draw} marbles are drawn at random without putting any back. "
        f"What is the probability that exactly {want} of them {'is' if want == 1 else 'are'} {color[0]}? Give a fraction in lowest terms."
    )
    return text, ratio(Fraction(comb(red, want) * comb(blue, draw - want), comb(red + blue, draw)))


@family("bayes", "hard", "probability", scorer="math")
def bayes(r: Random) -> Problem:
    a = r.choice([20, 25, 30, 40, 60])
    p, q = r.sample([2, 3, 4, 5, 6, 8, 10], 2)
    hit = Fraction(a * p, a * p + (100 - a) * q)
    text = (
        f"Machine X makes {a}% of a factory's bulbs and machine Y the rest. {p}% of the bulbs from X and {q}% of those from Y are faulty. "
        f"A bulb picked at random turns out to be faulty. What is the probability that X made it? Give a fraction in lowest terms."
    )
    return text, ratio(hit)


@family("expected-prize", "medium", "probability", scorer="math")
def expected_prize(r: Random) -> Problem:
    sides = r.choice([6, 8, 10, 12])
    mod = r.choice([3, 4, 5])
    win, lose = r.randint(4, 15), r.randint(2, 4)
    hits = sides // mod
    text = (
        f"A fair die has {sides} faces numbered 1 to {sides}. You win {win} points when it shows a multiple of {mod} and lose {lose} points otherwise. "
        f"What is your expected gain in points per roll? Give an integer or a fraction in lowest terms."
    )
    return text, ratio(Fraction(hits * win - (sides - hits) * lose, sides))


@family("coins", "hard", "counting")
def coins(r: Random) -> Problem:
    kinds = r.choice([[1, 2, 5], [2, 5, 10], [1, 5, 10], [5, 10, 20], [1, 2, 5, 10]])
    unit = kinds[0] if kinds[0] > 2 else 1
    amount = unit * r.randint(18, 45)
    ways = [1] + [0] * amount
    for kind in kinds:
        for total in range(kind, amount + 1):
            ways[total] += ways[total - kind]
    names = ", ".join(map(str, kinds[:-1])) + f" and {kinds[-1]}"
    text = f"In how many ways can exactly {amount} cents be paid with coins of {names} cents, if any number of each kind may be used and the order does not matter?"
    return text, str(ways[amount])


@family("stars-bars", "hard", "counting")
def stars_bars(r: Random) -> Problem:
    total, low, cap = r.randint(12, 20), r.randint(1, 2), r.randint(5, 8)
    # a, b, c, each at least `low`, and a at most `cap`
    free = total - 3 * low
    answer = comb(free + 2, 2) - (comb(free - (cap - low + 1) + 2, 2) if free >= cap - low + 1 else 0)
    one, two, three = r.sample(NAMES, 3)
    least = {1: "at least 1 sticker", 2: "at least 2 stickers"}[low]
    text = (
        f"{total} identical stickers are shared among {one}, {two} and {three}. Everyone gets {least}, and {one} gets no more than {cap}. "
        f"In how many ways can this be done?"
    )
    return text, str(answer)


# --- algebra -------------------------------------------------------------------------------------------------------


@family("tickets", "easy", "algebra")
def tickets(r: Random) -> Problem:
    adult, child = r.randint(9, 18), r.randint(4, 8)
    a, c = r.randint(2, 9), r.randint(3, 12)
    d, e = a + r.randint(1, 4), max(1, c - r.randint(1, 3))
    if a * e == c * d:
        e += 1
    text = (
        f"At a museum {a} adult and {c} child tickets cost ${a * adult + c * child} in total, and {d} adult and {e} child tickets cost ${d * adult + e * child}. "
        f"How many dollars do one adult and one child ticket cost together?"
    )
    return text, str(adult + child)


@family("quadratic", "medium", "algebra", scorer="math")
def quadratic(r: Random) -> Problem:
    while True:
        a, p, q = r.choice([2, 3, 4, 5]), r.randint(-9, 9), r.randint(-7, 7)
        if gcd(a, p) == 1 and p and q and Fraction(p, a) != q:
            break
    # (a x - p)(x - q)
    b, c = -(a * q + p), p * q
    sign = "+" if c > 0 else "-"
    text = f"Solve {a}x^2 {'+' if b > 0 else '-'} {abs(b) if abs(b) != 1 else ''}x {sign} {abs(c)} = 0 over the real numbers. Give the set of solutions, in braces.".replace(
        "  ", " "
    )
    roots = sorted([Fraction(p, a), Fraction(q)])
    if b == 0:
        text = f"Solve {a}x^2 {sign} {abs(c)} = 0 over the real numbers. Give the set of solutions, in braces."
    return text, "\\{" + ", ".join(ratio(x) for x in roots) + "\\}"


@family("three-unknowns", "medium", "algebra")
def three_unknowns(r: Random) -> Problem:
    x, y, z = (r.randint(-6, 12) for _ in range(3))
    text = (
        f"Real numbers x, y and z satisfy x + y = {x + y}, y + z = {y + z} and z + x = {z + x}. What is x² + y² + z²?"
    )
    return text, str(x * x + y * y + z * z)


@family("series", "easy", "sequences")
def series(r: Random) -> Problem:
    first, step, n = r.randint(3, 20), r.randint(3, 9), r.randint(15, 40)
    last = first + (n - 1) * step
    text = f"What is the sum {first} + {first + step} + {first + 2 * step} + ... + {last}, in which each term is {step} more than the one before?"
    return text, str(n * (first + last) // 2)


@family("recurrence", "hard", "sequences")
def recurrence(r: Random) -> Problem:
    m, a, b, start, n = (
        r.choice([7, 11, 13, 17]),
        r.randint(2, 6),
        r.randint(1, 9),
        r.randint(1, 6),
        r.randint(500, 2500),
    )
    value = start
    seen: list[int] = []
    while value not in seen:
        seen.append(value)
        value = (a * value + b) % m
    loop = seen.index(value)
    index = n - 1
    answer = seen[index] if index < loop else seen[loop + (index - loop) % (len(seen) - loop)]
    text = f"A sequence starts with a₁ = {start}, and each next term is the remainder of {a}·aₙ + {b} on division by {m}. What is the term number {n}?"
    return text, str(answer)


@family("telescoping", "hard", "sequences", scorer="math")
def telescoping(r: Random) -> Problem:
    start, gap, n = r.randint(1, 5), r.choice([2, 3, 4, 5]), r.randint(12, 40)
    last = start + n * gap
    text = f"Compute 1/({start}·{start + gap}) + 1/({start + gap}·{start + 2 * gap}) + ... + 1/({last - gap}·{last}). Give a fraction in lowest terms."
    return text, ratio(Fraction(n, start * last))


@family("cubic-values", "hard", "algebra")
def cubic_values(r: Random) -> Problem:
    while True:
        y = [r.randint(-6, 12) for _ in range(4)]
        # the cubic through (1, y1) ... (4, y4): its fourth difference is zero
        fifth = 4 * y[3] - 6 * y[2] + 4 * y[1] - y[0]
        if y[3] - 3 * y[2] + 3 * y[1] - y[0]:
            break
    text = f"A polynomial P of degree 3 satisfies P(1) = {y[0]}, P(2) = {y[1]}, P(3) = {y[2]} and P(4) = {y[3]}. What is P(5)?"
    return text, str(fifth)


def polynomial(coefficients: list[int]) -> str:
    """Highest power first, such as 3x^2 - x + 4."""
    out = ""
    top = len(coefficients) - 1
    for power, value in zip(range(top, -1, -1), coefficients, strict=True):
        if not value:
            continue
        size = "" if abs(value) == 1 and power else str(abs(value))
        term = size + ("" if power == 0 else "x" if power == 1 else f"x^{power}")
        out += (" - " if value < 0 else " + ") + term if out else ("-" if value < 0 else "") + term
    return out or "0"


@family("expand", "easy", "algebra", scorer="math")
def expand(r: Random) -> Problem:
    a, b, c, d, e = r.randint(2, 5), r.randint(-7, 7) or 3, r.randint(2, 4), r.randint(-6, 6) or 5, r.randint(2, 6)
    text = f"Expand and simplify ({polynomial([a, b])})({polynomial([c, d])}) - ({polynomial([1, e])})^2."
    return text, polynomial([a * c - 1, a * d + b * c - 2 * e, b * d - e * e])


@family("radicals", "medium", "algebra", scorer="math")
def radicals(r: Random) -> Problem:
    root = r.choice([2, 3, 5, 6, 7])
    a, b, c = r.sample(range(2, 9), 3)
    if a + b == c:
        c += 1
    text = f"Simplify √{a * a * root} + √{b * b * root} - √{c * c * root} to the form k√n with an integer k and the smallest possible n."
    k = a + b - c
    return text, f"{'' if k == 1 else '-' if k == -1 else k}\\sqrt{{{root}}}"


@family("integral", "hard", "calculus", scorer="math")
def integral(r: Random) -> Problem:
    a, b, c, d = r.randint(1, 5), r.randint(-4, 6), r.randint(-5, 5), r.randint(-6, 6)
    low, high = r.randint(-2, 1), r.randint(2, 4)

    def anti(x: int) -> Fraction:
        return Fraction(a * x**4, 4) + Fraction(b * x**3, 3) + Fraction(c * x**2, 2) + d * x

    text = f"Compute the definite integral of {polynomial([a, b, c, d])} with respect to x, from x = {low} to x = {high}. Give an integer or a fraction in lowest terms."
    return text, ratio(anti(high) - anti(low))


@family("growth", "medium", "percent")
def growth(r: Random) -> Problem:
    start, rate, years = r.choice([8000, 16000, 20000, 25000, 32000, 50000]), r.choice([10, 20, 50]), 3
    loss = r.choice([200, 300, 500])
    value = Fraction(start)
    for _ in range(years):
        value = value * (100 + rate) / 100 - loss
    text = f"A colony has {start} bees. Each year it grows by {rate}%, and at the end of the year {loss} bees leave. How many bees are there after {years} years?"
    return text, plain(value)


# --- geometry ------------------------------------------------------------------------------------------------------


@family("rectangle", "easy", "geometry")
def rectangle(r: Random) -> Problem:
    a, b = sorted(r.sample(range(4, 40), 2))
    text = f"A rectangle has a perimeter of {2 * (a + b)} cm and an area of {a * b} cm². How many centimetres long is its longer side?"
    return text, str(b)


@family("polygon", "medium", "geometry")
def polygon(r: Random) -> Problem:
    """Half a rectangle's frame: points with growing x below, falling x above, so that the outline is simple."""
    xs = sorted(r.sample(range(1, 12), 2))
    below = [(0, 0), (xs[0], -r.randint(0, 4)), (12, r.randint(0, 2))]
    above = [(xs[1], r.randint(5, 9)), (0, r.randint(4, 8))]
    points = below + above
    twice = sum(p[0] * q[1] - q[0] * p[1] for p, q in zip(points, points[1:] + points[:1], strict=True))
    listed = ", ".join(f"({x}, {y})" for x, y in points)
    return f"A pentagon has, in this order, the corners {listed}. What is its area?", plain(Fraction(abs(twice), 2))


@family("right-triangle", "medium", "geometry", scorer="math")
def right_triangle(r: Random) -> Problem:
    m, n = r.choice([(2, 1), (3, 2), (4, 1), (4, 3), (5, 2), (5, 4), (6, 1)])
    k = r.randint(1, 4)
    a, b, c = k * (m * m - n * n), 2 * k * m * n, k * (m * m + n * n)
    text = (
        f"A right triangle has legs of {min(a, b)} cm and {max(a, b)} cm. How many centimetres is the altitude to its hypotenuse? "
        "Give an integer or a fraction in lowest terms."
    )
    return text, ratio(Fraction(a * b, c))


@family("box-diagonal", "hard", "geometry")
def box_diagonal(r: Random) -> Problem:
    while True:
        a, b, c = (r.randint(2, 16) for _ in range(3))
        square = a * a + b * b + c * c
        if isqrt(square) ** 2 == square and len({a, b, c}) == 3:
            break
    text = (
        f"A box with square corners has edges that add up to {4 * (a + b + c)} cm and a surface of {2 * (a * b + b * c + c * a)} cm². "
        f"How many centimetres is the straight line from one corner to the opposite corner, through the inside?"
    )
    return text, str(isqrt(square))


@family("shaded-ring", "medium", "geometry", scorer="math")
def shaded_ring(r: Random) -> Problem:
    chord = 2 * r.randint(3, 15)
    text = (
        f"Two circles have the same centre. A chord of the larger one is {chord} cm long and just touches the smaller one. "
        "What is the area of the ring between the circles, in cm²? Give it in terms of π."
    )
    return text, f"{chord * chord // 4}\\pi"


def build() -> dict[str, Any]:
    samples: list[dict[str, Any]] = []
    for name, level, tags, scorer, count, make in FAMILIES:
        random = Random(f"math-reasoning/{name}")
        seen: set[str] = set()
        while len(seen) < count:
            text, target = make(random)
            if text in seen:
                continue
            seen.add(text)
            sample = {
                "id": f"{name}-{len(seen)}",
                "input": text,
                "target": target,
                "cluster": name,
                "tags": [level, *tags],
            }
            samples.append(sample | ({} if scorer == "numeric" else {"scorer": {"name": scorer}}))
    for name, level, tags, text, target, scorer in HAND:
        sample = {"id": name, "input": text, "target": target, "tags": [level, *tags.split()]}
        samples.append(sample | ({} if scorer == "numeric" else {"scorer": {"name": scorer}}))
    return {
        "name": "math-reasoning",
        "version": "1.0.0",
        "licence": "CC0-1.0",
        "description": "Mathematics from everyday sums to contest style, answer on a last line. Measures the result, not the proof. "
        "English only; families of a template share a cluster. Chance level: near 0.",
        "prompt": [
            {
                "role": "user",
                "content": "{input}\n\nWork step by step. Then give the result on a last line of the form\nAnswer: <result>",
            }
        ],
        "scorer": {"name": "numeric"},
        "generation": {"max_tokens": 2048, "temperature": 0},
        "outcomes": {"extraction_failed": "wrong", "refused": "wrong"},
        "chance": 0.0,
        "samples": samples,
    }


if __name__ == "__main__":
    write(build())
