"""Tasks of the code pack that show a working program and ask for a better one with the same answers."""

# ruff: noqa: E501
from code_item import Item

ITEMS = [
    Item(
        "rework-stairs",
        "refactor easy recursion",
        "`ways(n)` counts the ways to climb `n` stairs by steps of 1, 2 or 3, and is right but far too slow. Rewrite it so that `ways(90)` answers at once. Negative numbers give 0.",
        "ways",
        """
def ways(n):
    if n < 0:
        return 0
    a, b, c = 0, 0, 1
    for _ in range(n):
        a, b, c = b, c, a + b + c
    return c
""",
        [
            ("range(n)", "range(n - 1)"),
            ("a + b + c", "b + c"),
            ("    if n < 0:\n        return 0\n", ""),
        ],
        [
            ((0,), 1),
            ((1,), 1),
            ((2,), 2),
            ((3,), 4),
            ((4,), 7),
            ((10,), 274),
            ((-1,), 0),
            ((90,), 407130262715950048358946),
        ],
        given="""
def ways(n):
    if n < 0:
        return 0
    if n == 0:
        return 1
    return ways(n - 1) + ways(n - 2) + ways(n - 3)
""",
    ),
    Item(
        "rework-multiples",
        "refactor medium arithmetic",
        "`total(n, a, b)` adds up the positive integers below `n` that are divisible by `a` or by `b`. Rewrite it so that it also answers for `n` up to 10**15 without a loop over the numbers.",
        "total",
        """
def total(n, a, b):
    from math import lcm

    def multiples(d):
        k = max(n - 1, 0) // d
        return d * k * (k + 1) // 2

    return multiples(a) + multiples(b) - multiples(lcm(a, b))
""",
        [
            ("lcm(a, b)", "a * b"),
            ("max(n - 1, 0)", "n"),
            (" - multiples(lcm(a, b))", ""),
            ("d * k * (k + 1) // 2", "int(d * k * (k + 1) / 2)"),
        ],
        [
            ((10, 3, 5), 23),
            ((1, 3, 5), 0),
            ((0, 3, 5), 0),
            ((100, 4, 6), 1584),
            ((20, 7, 7), 21),
            ((16, 3, 5), 60),
            ((10**15, 3, 5), 233333333333333166666666666668),
            ((10**15 + 7, 4, 6), 166666666666668833333333333340),
        ],
        given="""
def total(n, a, b):
    result = 0
    for k in range(1, n):
        if k % a == 0 or k % b == 0:
            result += k
    return result
""",
    ),
    Item(
        "rework-rates-table",
        "refactor easy extension",
        'Rework `fee(country, weight)` so that the rates stand in one table, and add Norway (`"NO"`: 9 up to 2 kg, then 4 for each further kilogram begun). The other answers must not change; an unknown country still gives -1. Weights are positive integers in grams.',
        "fee",
        """
RATES = {"DE": (5, 2), "FR": (6, 3), "IT": (6, 2), "NO": (9, 4)}


def fee(country, weight):
    if country not in RATES:
        return -1
    base, step = RATES[country]
    over = max(0, weight - 2000)
    return base + step * -(-over // 1000)
""",
        [
            (', "NO": (9, 4)', ""),
            ("-(-over // 1000)", "(over // 1000)"),
            ('"IT": (6, 2)', '"IT": (6, 3)'),
            ("        return -1", "        return 0"),
        ],
        [
            (("DE", 1500), 5),
            (("DE", 2000), 5),
            (("DE", 2001), 7),
            (("FR", 4500), 15),
            (("IT", 3000), 8),
            (("NO", 2000), 9),
            (("NO", 2500), 13),
            (("NO", 5000), 21),
            (("SE", 100), -1),
        ],
        given="""
def fee(country, weight):
    if country == "DE":
        price = 5
        while weight > 2000:
            price += 2
            weight -= 1000
        return price
    elif country == "FR":
        price = 6
        while weight > 2000:
            price += 3
            weight -= 1000
        return price
    elif country == "IT":
        price = 6
        while weight > 2000:
            price += 2
            weight -= 1000
        return price
    else:
        return -1
""",
    ),
    Item(
        "rework-nested-quantifier",
        "refactor medium parsing",
        "`is_list(text)` is true for one or more names separated by single commas; a name is one or more lower-case letters. For inputs such as forty letters followed by a digit it takes hours. Rewrite it so that it always answers at once, with the same answers.",
        "is_list",
        """
def is_list(text):
    return all(name and all("a" <= ch <= "z" for ch in name) for name in text.split(","))
""",
        [
            ("name and ", ""),
            ('"a" <= ch <= "z"', "ch.isalnum()"),
            ('text.split(",")', 'text.strip(",").split(",")'),
        ],
        [
            (("ab,c",), True),
            (("abc",), True),
            (("",), False),
            (("a,,b",), False),
            (("a,",), False),
            ((",a",), False),
            (("a1",), False),
            (("A",), False),
            (("a b",), False),
            (("a" * 40 + "7",), False),
            (("a" * 40,), True),
        ],
        given="""
import re


def is_list(text):
    return re.fullmatch(r"([a-z]+)+(,([a-z]+)+)*", text) is not None
""",
    ),
]
