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
    Item(
        "rework-grid-walks",
        "refactor easy recursion",
        "`walks(w, h)` counts the ways from one corner of a grid to the opposite one in `w` steps to the right and `h` steps up, but takes far too long for large grids. Rewrite it so that `walks(60, 60)` answers at once. If `w` or `h` is negative, there is no way.",
        "walks",
        """
def walks(w, h):
    from math import comb

    return comb(w + h, w) if w >= 0 and h >= 0 else 0
""",
        [
            ("comb(w + h, w) if w >= 0 and h >= 0 else 0", "comb(w + h, w)"),
            ("comb(w + h, w)", "comb(w + h - 1, w)"),
            ("comb(w + h, w)", "2 ** (w + h) // 2"),
        ],
        [
            ((0, 0), 1),
            ((2, 2), 6),
            ((3, 1), 4),
            ((0, 5), 1),
            ((-1, 3), 0),
            ((4, -2), 0),
            ((10, 10), 184756),
            ((60, 60), 96614908840363322603893139521372656),
        ],
        given="""
def walks(w, h):
    if w < 0 or h < 0:
        return 0
    if w == 0 and h == 0:
        return 1
    return walks(w - 1, h) + walks(w, h - 1)
""",
    ),
    Item(
        "rework-subset-sum",
        "refactor medium dynamic-programming",
        "`count(numbers, total)` counts the ways to choose some of the numbers (by place; all are at least 1) so that they add up to `total`. It tries all subsets. Rewrite it so that it is quick for forty numbers up to 100.",
        "count",
        """
def count(numbers, total):
    if total < 0:
        return 0
    ways = [1] + [0] * total
    for n in numbers:
        for t in range(total, n - 1, -1):
            ways[t] += ways[t - n]
    return ways[total]
""",
        [
            ("range(total, n - 1, -1)", "range(n, total + 1)"),
            ("for n in numbers:", "for n in set(numbers):"),
            ("    if total < 0:\n        return 0\n", ""),
        ],
        [
            (([1, 2, 3], 3), 2),
            (([], 0), 1),
            (([], 5), 0),
            (([2, 2, 2], 4), 3),
            (([5], 0), 1),
            (([1, 1], -1), 0),
            (([1] * 40, 20), 137846528820),
            (([4, 9], 5), 0),
            (([3, 3, 6], 6), 2),
        ],
        given="""
def count(numbers, total):
    if not numbers:
        return 1 if total == 0 else 0
    return count(numbers[1:], total) + count(numbers[1:], total - numbers[0])
""",
    ),
    Item(
        "rework-power",
        "refactor easy arithmetic",
        "`last_digits(base, exponent, count)` returns the last `count` digits (1 or more) of `base ** exponent` as a text of exactly that length, with zeros in front if need be. Rewrite it so that it also works for exponents like 10**18. All arguments are non-negative integers.",
        "last_digits",
        """
def last_digits(base, exponent, count):
    return str(pow(base, exponent, 10**count)).zfill(count)
""",
        [
            (".zfill(count)", ""),
            ("10**count", "10 * count"),
            ("str(pow(base, exponent, 10**count)).zfill(count)", "str(base % 10**count).zfill(count)"),
        ],
        [
            ((2, 10, 2), "24"),
            ((10, 3, 2), "00"),
            ((7, 0, 3), "001"),
            ((0, 0, 1), "1"),
            ((3, 4, 5), "00081"),
            ((7, 10**18, 4), "0001"),
            ((2, 10**18, 6), "109376"),
        ],
        given="""
def last_digits(base, exponent, count):
    value = 1
    for _ in range(exponent):
        value *= base
    return str(value).zfill(count)[-count:]
""",
    ),
    Item(
        "rework-deep-list",
        "refactor medium recursion",
        "A tree is given as a list `parents`: `parents[i]` is the number of the node above node `i`, or -1 for the single root. `depth(parents)` returns the number of nodes on the longest way from the root downwards. It fails with a RecursionError for long chains. Rewrite it so that it works for chains of 50,000 nodes and stays quick. A node may have a larger number than the nodes below it.",
        "depth",
        """
def depth(parents):
    known = {-1: 0}
    for start in range(len(parents)):
        path, at = [], start
        while at not in known:
            path.append(at)
            at = parents[at]
        for node in reversed(path):
            known[node] = known[parents[node]] + 1
    return max(known.values())
""",
        [
            ("known = {-1: 0}", "known = {-1: 1}"),
            (
                "    known = {-1: 0}\n",
                "    levels = []\n    for parent in parents:\n        levels.append(levels[parent] + 1 if 0 <= parent < len(levels) else 1)\n    return max(levels, default=0)\n    known = {-1: 0}\n",
            ),
            ("        for node in reversed(path):", "        for node in path[:0]:"),
        ],
        [
            (([-1],), 1),
            (([-1, 0, 1, 2],), 4),
            (([1, 2, -1],), 3),
            (([],), 0),
            (([-1, 0, 0, 0],), 2),
            (([3, 0, 0, -1, 1],), 4),
            (([-1, *range(1500)],), 1501),
            (([*range(1, 1500), -1],), 1500),
        ],
        given="""
def depth(parents):
    def level(node):
        return 0 if node == -1 else 1 + level(parents[node])

    return max((level(node) for node in range(len(parents))), default=0)
""",
    ),
    Item(
        "rework-separator",
        "refactor easy extension",
        '`join(names)` lists names in a sentence. Give it two optional parameters without changing what existing calls return: `word`, the last joining word (default `"and"`), and `oxford`, whether a comma stands before that word when there are three or more names (default `False`).',
        "join",
        """
def join(names, word="and", oxford=False):
    if len(names) < 2:
        return "".join(names)
    comma = "," if oxford and len(names) > 2 else ""
    return ", ".join(names[:-1]) + f"{comma} {word} {names[-1]}"
""",
        [
            (" and len(names) > 2", ""),
            ("oxford=False", "oxford=True"),
            ("{word}", "and"),
            ("if len(names) < 2:", "if len(names) < 1:"),
        ],
        [
            ((["a", "b", "c"],), "a, b and c"),
            ((["a", "b"],), "a and b"),
            ((["a"],), "a"),
            (([],), ""),
            ((["a", "b", "c"], "or"), "a, b or c"),
            ((["a", "b", "c"], "and", True), "a, b, and c"),
            ((["a", "b"], "nor", True), "a nor b"),
            ((["x"], "or", True), "x"),
        ],
        given="""
def join(names):
    if not names:
        return ""
    if len(names) == 1:
        return names[0]
    text = names[0]
    for name in names[1:-1]:
        text = text + ", " + name
    return text + " and " + names[-1]
""",
    ),
    Item(
        "rework-leap-years",
        "refactor easy arithmetic",
        "`leap_years(first, last)` counts the leap years of the Gregorian rule from `first` to `last`, both included. Rewrite it so that it answers at once for years up to 10**18. The years are 1 or later; if `last` is before `first`, the answer is 0.",
        "leap_years",
        """
def leap_years(first, last):
    def until(year):
        return year // 4 - year // 100 + year // 400

    return until(last) - until(first - 1) if first <= last else 0
""",
        [
            ("until(first - 1)", "until(first)"),
            (" + year // 400", ""),
            (" if first <= last else 0", ""),
            ("year // 4 -", "round(year / 4) -"),
        ],
        [
            ((2000, 2024), 7),
            ((1900, 1900), 0),
            ((2000, 2000), 1),
            ((1, 400), 97),
            ((2025, 2000), 0),
            ((1896, 1904), 2),
            ((1, 10**18), 242500000000000000),
            ((2024, 2024), 1),
        ],
        given="""
def leap_years(first, last):
    count = 0
    for year in range(first, last + 1):
        if year % 4 == 0 and year % 100 != 0 or year % 400 == 0:
            count += 1
    return count
""",
    ),
    Item(
        "rework-palindromes",
        "refactor medium dynamic-programming strings",
        "`longest(text)` returns the length of the longest palindrome that is left when some characters of the text are crossed out. Rewrite it so that it is quick for texts of 200 characters.",
        "longest",
        """
def longest(text):
    n = len(text)
    row = [0] * (n + 1)
    for i in range(n - 1, -1, -1):
        new = [0] * (n + 1)
        for j in range(i, n):
            if i == j:
                new[j] = 1
            elif text[i] == text[j]:
                new[j] = 2 + row[j - 1]
            else:
                new[j] = max(row[j], new[j - 1])
        row = new
    return row[n - 1] if n else 0
""",
        [
            ("new[j] = max(row[j], new[j - 1])", "new[j] = 0"),
            ("2 + row[j - 1]", "2 + row[j]"),
            ("                new[j] = 1\n", "                new[j] = 0\n"),
        ],
        [
            (("character",), 5),
            (("",), 0),
            (("a",), 1),
            (("abc",), 1),
            (("abcba",), 5),
            (("agbdba",), 5),
            (("ab" * 60,), 119),
            (("abcde" * 20 + "edcba" * 20,), 200),
            (("abab",), 3),
            (("abcdefghij" * 12,), 23),
        ],
        oracle="""
def longest(text):
    from functools import cache

    @cache
    def best(part):
        if len(part) < 2:
            return len(part)
        return 2 + best(part[1:-1]) if part[0] == part[-1] else max(best(part[1:]), best(part[:-1]))

    return best(text)
""",
        inputs="""
def inputs(random):
    return ["".join(random.choice("abc") for _ in range(random.randint(8, 30)))]
""",
        extra=4,
        given="""
def longest(text):
    if len(text) < 2:
        return len(text)
    if text[0] == text[-1]:
        return 2 + longest(text[1:-1])
    return max(longest(text[1:]), longest(text[:-1]))
""",
    ),
    Item(
        "rework-state-machine",
        "refactor medium parsing",
        "`strip_comments(code)` removes comments from a small language: from `#` to the end of the line, and from `/*` to the next `*/` (they do not nest; without a `*/` to the end of the text). Now texts in double quotes are added to the language: inside them `#` and `/*` mean nothing, a backslash keeps the next character from having a meaning, and a text may run over several lines; one that is not closed runs to the end. Extend the program. Everything outside comments is kept, line ends too; `/*` inside a `#` comment means nothing.",
        "strip_comments",
        """
def strip_comments(code):
    out, i = "", 0
    while i < len(code):
        if code[i] == '"':
            end = i + 1
            while end < len(code) and code[end] != '"':
                end += 2 if code[end] == "\\\\" else 1
            out += code[i : end + 1]
            i = end + 1
        elif code[i] == "#":
            while i < len(code) and code[i] != "\\n":
                i += 1
        elif code.startswith("/*", i):
            end = code.find("*/", i + 2)
            i = len(code) if end < 0 else end + 2
        else:
            out += code[i]
            i += 1
    return out
""",
        [
            ('end += 2 if code[end] == "\\\\" else 1', "end += 1"),
            ("i = len(code) if end < 0 else end + 2", "i = end + 2"),
            ('code.find("*/", i + 2)', 'code.find("*/", i + 1)'),
            ("            out += code[i : end + 1]\n", ""),
        ],
        [
            (("a # b\nc",), "a \nc"),
            (("a /* b */ c",), "a  c"),
            (('x = "# no" # yes',), 'x = "# no" '),
            (('"a\\"b # c" d',), '"a\\"b # c" d'),
            (("/* open",), ""),
            (("/*/ still */ end",), " end"),
            (("# /* not\nkept",), "\nkept"),
            (('"open # text',), '"open # text'),
            (("",), ""),
            (("a / b * c",), "a / b * c"),
            (('"/*" */',), '"/*" */'),
            (('/* " */ "x"',), ' "x"'),
        ],
        given="""
def strip_comments(code):
    out, i = "", 0
    while i < len(code):
        if code[i] == "#":
            while i < len(code) and code[i] != "\\n":
                i += 1
        elif code.startswith("/*", i):
            end = code.find("*/", i + 2)
            i = len(code) if end < 0 else end + 2
        else:
            out += code[i]
            i += 1
    return out
""",
    ),
    Item(
        "rework-visitor",
        "refactor medium trees",
        '`evaluate(node, names)` works out formula trees: an integer, a name, or a list `[sign, left, right]` with `+`, `-` or `*`. Keep that, and add `["let", name, value, body]` (the name has the value inside the body only, also where it hides an outer one), `["if", condition, then, else]` (the condition holds if it is not 0; only the chosen branch is worked out) and `["neg", x]`. A name without a value gives `None` for the whole formula. The dictionary that was passed in must not change.',
        "evaluate",
        """
def evaluate(node, names):
    if isinstance(node, int):
        return node
    if isinstance(node, str):
        return names.get(node)
    head = node[0]
    if head == "let":
        value = evaluate(node[2], names)
        return None if value is None else evaluate(node[3], {**names, node[1]: value})
    if head == "if":
        condition = evaluate(node[1], names)
        return None if condition is None else evaluate(node[2] if condition else node[3], names)
    values = [evaluate(part, names) for part in node[1:]]
    if None in values:
        return None
    if head == "neg":
        return -values[0]
    a, b = values
    return a + b if head == "+" else a - b if head == "-" else a * b
""",
        [
            ("{**names, node[1]: value}", "(names.update({node[1]: value}), names)[1]"),
            (
                "        condition = evaluate(node[1], names)\n        return None if condition is None else evaluate(node[2] if condition else node[3], names)",
                "        condition, a, b = (evaluate(part, names) for part in node[1:])\n        return None if None in (condition, a, b) else a if condition else b",
            ),
            (
                "evaluate(node[2] if condition else node[3], names)",
                "evaluate(node[2] if condition > 0 else node[3], names)",
            ),
            ("names.get(node)", "names.get(node, 0)"),
        ],
        [
            ((["+", 1, ["*", 2, "x"]], {"x": 5}), 11),
            ((["let", "x", 2, ["*", "x", "x"]], {}), 4),
            ((["+", ["let", "x", 1, "x"], "x"], {"x": 10}), 11),
            ((["if", 0, "nope", 7], {}), 7),
            ((["if", -1, 3, 4], {}), 3),
            ((["neg", ["-", 1, 5]], {}), 4),
            (("y", {}), None),
            ((["+", 1, "y"], {}), None),
            ((["let", "x", "y", 5], {}), None),
            ((["let", "a", 1, ["let", "a", ["+", "a", 1], "a"]], {}), 2),
            ((["-", ["let", "q", 3, "q"], "q"], {}), None),
        ],
        given="""
def evaluate(node, names):
    if isinstance(node, int):
        return node
    if isinstance(node, str):
        return names[node]
    sign, left, right = node
    a = evaluate(left, names)
    b = evaluate(right, names)
    if sign == "+":
        return a + b
    if sign == "-":
        return a - b
    return a * b
""",
    ),
    Item(
        "rework-report",
        "refactor medium formatting",
        "`report(orders)` prints a total for each customer. Rework it: it should return the lines as a list instead of printing them, sorted by total (largest first, then by name), with the customers whose total is 0 left out, and a last line `TOTAL` with the sum of all. The form of a line (name, one tab, amount with two decimals) stays. Orders are `[name, cents]`; names differ in upper and lower case.",
        "report",
        """
def report(orders):
    totals = {}
    for name, cents in orders:
        totals[name] = totals.get(name, 0) + cents
    rows = sorted((-cents, name) for name, cents in totals.items() if cents)
    rows.append((-sum(totals.values()), "TOTAL"))
    return [f"{name}\\t{'-' if minus > 0 else ''}{abs(minus) // 100}.{abs(minus) % 100:02d}" for minus, name in rows]
""",
        [
            (" if cents)", ")"),
            ("(-cents, name)", "(cents, name)"),
            ("sorted((-cents, name) for", "list((-cents, name) for"),
            ('    rows.append((-sum(totals.values()), "TOTAL"))\n', ""),
        ],
        [
            (([["ann", 1050], ["bob", 200], ["ann", 5]],), ["ann\t10.55", "bob\t2.00", "TOTAL\t12.55"]),
            (([],), ["TOTAL\t0.00"]),
            (([["x", 5], ["x", -5]],), ["TOTAL\t0.00"]),
            (([["b", 100], ["a", 100]],), ["a\t1.00", "b\t1.00", "TOTAL\t2.00"]),
            (([["b", 100], ["a", 300], ["c", -250]],), ["a\t3.00", "b\t1.00", "c\t-2.50", "TOTAL\t1.50"]),
            (([["Ann", 1], ["ann", 2]],), ["ann\t0.02", "Ann\t0.01", "TOTAL\t0.03"]),
        ],
        given="""
def report(orders):
    totals = {}
    for order in orders:
        if order[0] in totals:
            totals[order[0]] = totals[order[0]] + order[1]
        else:
            totals[order[0]] = order[1]
    for name in totals:
        print(name + "\\t" + str(totals[name] / 100))
""",
    ),
    Item(
        "rework-pure-inventory",
        "refactor medium state",
        '`Inventory` keeps its state in an object and raises errors. Rework it to a single function `apply(stock, actions)` without classes: `stock` is a dictionary from item to count, `actions` a list of `["add" or "remove", item, count]`. Return `[new stock, rejected]`, where `rejected` lists the places (from 0) of the actions at which the class would have raised an error; such an action changes nothing. Items whose count becomes 0 disappear from the new stock. The stock that was passed in must not change.',
        "apply",
        """
def apply(stock, actions):
    new, rejected = dict(stock), []
    for place, (name, item, count) in enumerate(actions):
        held = new.get(item, 0)
        if count <= 0 or (name == "remove" and count > held):
            rejected.append(place)
            continue
        left = held + count if name == "add" else held - count
        if left:
            new[item] = left
        else:
            new.pop(item, None)
    return [new, rejected]
""",
        [
            ("count <= 0 or ", ""),
            ("            new.pop(item, None)", "            new[item] = 0"),
            ("count > held", "count >= held"),
            ("rejected.append(place)", "rejected.append(place + 1)"),
        ],
        [
            (({"a": 2}, [["add", "b", 3], ["remove", "a", 2]]), [{"b": 3}, []]),
            (({}, [["remove", "x", 1]]), [{}, [0]]),
            (({"a": 1}, [["add", "a", 0], ["add", "a", -1], ["remove", "a", -1]]), [{"a": 1}, [0, 1, 2]]),
            (({"a": 5}, [["remove", "a", 6], ["remove", "a", 5], ["add", "a", 1]]), [{"a": 1}, [0]]),
            (({}, []), [{}, []]),
        ],
        given="""
class Inventory:
    def __init__(self, stock):
        self.stock = stock

    def add(self, item, count):
        if count <= 0:
            raise ValueError("count must be positive")
        self.stock[item] = self.stock.get(item, 0) + count

    def remove(self, item, count):
        if count <= 0:
            raise ValueError("count must be positive")
        if self.stock.get(item, 0) < count:
            raise KeyError("not enough")
        self.stock[item] -= count
""",
    ),
    Item(
        "rework-to-python",
        "refactor medium translation",
        "Write the following JavaScript function in Python, with the same answers for all lists of integers.",
        "spread",
        """
def spread(values):
    out, best = {}, None
    for value in values:
        key = value % 3 if value >= 0 else -(-value % 3)
        key = str(key)
        out.setdefault(key, []).append(value)
        if best is None or len(out[key]) > len(out[best]):
            best = key
    return [len(out), best, sorted(out[best], key=str)[0] if best is not None else None]
""",
        [
            ("value % 3 if value >= 0 else -(-value % 3)", "value % 3"),
            ("sorted(out[best], key=str)[0]", "sorted(out[best])[0]"),
            ("len(out[key]) > len(out[best])", "len(out[key]) >= len(out[best])"),
        ],
        [
            (([1, 4, 2],), [2, "1", 1]),
            (([],), [0, None, None]),
            (([-1, -4, 2],), [2, "-1", -1]),
            (([3, 10, 9, 12],), [2, "0", 12]),
            (([5, 8, 11, 20],), [1, "2", 11]),
            (([2, 1],), [2, "2", 2]),
            (([-3, 3],), [1, "0", -3]),
            (([-1, 2],), [2, "-1", -1]),
            (([6, 30, 9],), [1, "0", 30]),
        ],
        given="""
function spread(values) {
  const out = {};
  let best = null;
  for (const value of values) {
    const key = String(value % 3);
    if (!(key in out)) out[key] = [];
    out[key].push(value);
    if (best === null || out[key].length > out[best].length) best = key;
  }
  return [Object.keys(out).length, best, best === null ? null : out[best].sort()[0]];
}
""",
        given_fails=False,
        given_language="javascript",
    ),
]
