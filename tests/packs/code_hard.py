"""Hard tasks of the code pack."""

# ruff: noqa: E501
from code_item import Item

ITEMS = [
    Item(
        "calculator",
        "hard parsing",
        "Write a function `calculate(text)` that evaluates an integer expression with `+ - * /`, `^` for powers, parentheses and spaces, without `eval`, `exec`, `compile` or `ast`. `^` binds strongest and groups from the right (`2^3^2` is 512); then unary minus (`-2^2` is -4, and `2^-1` is not allowed); then `*` and `/`; then `+` and `-`. Division rounds down, as Python's `//`. Return `None` for anything malformed, for division by zero and for negative exponents.",
        "calculate",
        """
def calculate(text):
    import re

    tokens = re.findall(r"[0-9]+|[^ ]", text)
    if any(not token.isdigit() and token not in "+-*/^()" for token in tokens):
        return None
    at = 0

    def peek():
        return tokens[at] if at < len(tokens) else ""

    def take():
        nonlocal at
        at += 1
        return tokens[at - 1] if at <= len(tokens) else ""

    def atom():
        token = take()
        if token.isdigit():
            return int(token)
        if token != "(":
            raise ValueError
        value = total()
        if take() != ")":
            raise ValueError
        return value

    def power():
        base = atom()
        if peek() == "^":
            take()
            return base ** power()
        return base

    def signed():
        if peek() == "-":
            take()
            return -signed()
        return power()

    def product():
        value = signed()
        while peek() in ("*", "/"):
            value = value * signed() if take() == "*" else value // signed()
        return value

    def total():
        value = product()
        while peek() in ("+", "-"):
            value = value + product() if take() == "+" else value - product()
        return value

    try:
        value = total()
    except (ValueError, ZeroDivisionError):
        return None
    return value if at == len(tokens) and isinstance(value, int) else None
""",
        [
            ("return base ** power()", "return base ** atom()"),
            (
                "            return -signed()\n        return power()",
                "            return (-atom()) ** (power() if peek() == '^' and take() else 1)\n        return power()",
            ),
            ("value if at == len(tokens) and isinstance(value, int) else None", "value"),
            ("value // signed()", "int(value / signed())"),
        ],
        [
            (("2+3*4",), 14),
            (("2^3^2",), 512),
            (("-2^2",), -4),
            (("(1+2)*3",), 9),
            (("7/2",), 3),
            (("-7/2",), -4),
            (("2*-3",), -6),
            (("--5",), 5),
            (("2^-1",), None),
            (("1/0",), None),
            (("(1",), None),
            (("1)",), None),
            (("",), None),
            (("2 3",), None),
            (("10 - 4 - 3",), 3),
            (("100/7/2",), 7),
            (("2a",), None),
            (("+1",), None),
            (("(2)^(3)",), 8),
            (("(0-7)/2*2",), -8),
        ],
    ),
    Item(
        "tiny-regex",
        "hard matching recursion",
        "Write a function `full_match(pattern, text)` for patterns with the following signs: a letter stands for itself, `.` for any one character, and `*`, `+` or `?` behind a letter, dot or group in parentheses for any number, at least one, or at most one of it; `|` separates alternatives, also inside a group. The whole text must fit. The pattern is always well formed and never empty, but an alternative may be empty. Do not use `re`.",
        "full_match",
        """
def full_match(pattern, text):
    at = 0

    def alternatives():
        nonlocal at
        options = [sequence()]
        while at < len(pattern) and pattern[at] == "|":
            at += 1
            options.append(sequence())
        return ("or", options)

    def sequence():
        nonlocal at
        parts = []
        while at < len(pattern) and pattern[at] not in "|)":
            if pattern[at] == "(":
                at += 1
                part = alternatives()
            else:
                part = ("char", pattern[at])
            at += 1
            while at < len(pattern) and pattern[at] in "*+?":
                part = (pattern[at], part)
                at += 1
            parts.append(part)
        return ("and", parts)

    def ends(node, starts):
        kind, body = node
        if kind == "char":
            return {i + 1 for i in starts if i < len(text) and body in (".", text[i])}
        if kind == "or":
            return set().union(*(ends(option, starts) for option in body))
        if kind == "and":
            for part in body:
                starts = ends(part, starts)
            return starts
        once = ends(body, starts)
        if kind == "?":
            return starts | once
        reached = set(once)
        while True:
            more = ends(body, reached) - reached
            if not more:
                return reached | starts if kind == "*" else reached
            reached |= more

    return len(text) in ends(alternatives(), {0})
""",
        [
            ('return reached | starts if kind == "*" else reached', "return reached | starts"),
            ('return reached | starts if kind == "*" else reached', "return reached"),
            ("return len(text) in ends(alternatives(), {0})", "return bool(ends(alternatives(), {0}))"),
            ("            return starts | once", "            return once"),
            (
                "            more = ends(body, reached) - reached\n            if not more:",
                "            more = set()\n            if not more:",
            ),
        ],
        [
            (("a*b", "aaab"), True),
            (("a*b", "b"), True),
            (("a+b", "b"), False),
            (("a?b", "aab"), False),
            (("a?b", "b"), True),
            (("(ab|c)*d", "abcabd"), True),
            (("(ab|c)*d", "abca"), False),
            (("a|b|", ""), True),
            (("..", "x"), False),
            (("(a*)*b", "a" * 30), False),
            (("(a|aa)+", "a" * 25), True),
            (("x(y(z|w))?", "xyw"), True),
            (("x(y(z|w))?", "xy"), False),
            (("ab", "abc"), False),
            (("(a|b)+c?", "abbac"), True),
            (("a+", "aaa"), True),
            ((".*", ""), True),
        ],
    ),
    Item(
        "queens-with-holes",
        "hard backtracking",
        "Write a function `placements(rows)` that counts the ways to put one queen in every row of a square board so that no two attack each other. `rows` is a list of strings, `.` for a free square and `#` for a square on which no queen may stand; queens attack across such squares.",
        "placements",
        """
def placements(rows):
    n = len(rows)

    def place(r, columns, falling, rising):
        if r == n:
            return 1
        return sum(
            place(r + 1, columns | {c}, falling | {r - c}, rising | {r + c})
            for c in range(n)
            if rows[r][c] == "." and c not in columns and r - c not in falling and r + c not in rising
        )

    return place(0, frozenset(), frozenset(), frozenset())
""",
        [
            ('rows[r][c] == "." and ', ""),
            (" and r + c not in rising", ""),
            ("c not in columns and ", ""),
        ],
        [
            ((["." * 4] * 4,), 2),
            ((["." * 6] * 6,), 4),
            ((["." * 5] * 5,), 10),
            ((["."],), 1),
            ((["#"],), 0),
            ((["..", ".."],), 0),
            ((["#.#.", "....", "....", "...."],), 1),
            (([".#..", "....", "....", "...."],), 1),
            ((["....", "....", "....", "####"],), 0),
            ((["......", "#.....", "......", "......", "......", "......"],), 3),
            ((["..#..", ".....", ".....", ".....", "....."],), 8),
        ],
        oracle="""
def placements(rows):
    from itertools import permutations

    n = len(rows)
    return sum(
        all(rows[r][c] == "." for r, c in enumerate(p)) and len({r + c for r, c in enumerate(p)}) == len({r - c for r, c in enumerate(p)}) == n
        for p in permutations(range(n))
    )
""",
        inputs="""
def inputs(random):
    n = random.randint(4, 7)
    return [["".join(random.choice("....#") for _ in range(n)) for _ in range(n)]]
""",
    ),
    Item(
        "sudoku",
        "hard backtracking",
        "Write a function `solve(rows)` that solves a Sudoku given as nine strings of nine characters, digits and `.` for empty cells. Return the solution as nine strings. The puzzle has exactly one solution, or none; then return `None`. It must be quick also when only about 25 cells are given.",
        "solve",
        """
def solve(rows):
    grid = [list(row) for row in rows]
    places = [(r, c) for r in range(9) for c in range(9)]

    def taken(r, c):
        box = [grid[r // 3 * 3 + i][c // 3 * 3 + j] for i in range(3) for j in range(3)]
        return set(grid[r]) | {grid[i][c] for i in range(9)} | set(box)

    for r, c in places:
        digit = grid[r][c]
        if digit != ".":
            grid[r][c] = "."
            clash = digit in taken(r, c)
            grid[r][c] = digit
            if clash:
                return None

    def fill():
        best = None
        for r, c in places:
            if grid[r][c] == ".":
                options = set("123456789") - taken(r, c)
                if best is None or len(options) < len(best[2]):
                    best = r, c, options
                    if len(options) < 2:
                        break
        if best is None:
            return True
        r, c, options = best
        for digit in sorted(options):
            grid[r][c] = digit
            if fill():
                return True
        grid[r][c] = "."
        return False

    return ["".join(row) for row in grid] if fill() else None
""",
        [
            (" | set(box)", ""),
            ('        grid[r][c] = "."\n        return False', "        return True"),
            ("            if fill():\n                return True\n", "            return fill()\n"),
        ],
        [
            (
                (
                    [
                        "..589.2.1",
                        "784.5....",
                        ".9234...7",
                        "..7283...",
                        "6..514..2",
                        ".1....3..",
                        ".7.4..96.",
                        "....3.7..",
                        "..1.784.3",
                    ],
                ),
                [
                    "365897241",
                    "784152639",
                    "192346587",
                    "547283196",
                    "639514872",
                    "218769354",
                    "873421965",
                    "426935718",
                    "951678423",
                ],
            ),
            (
                (
                    [
                        "..71..6..",
                        ".8...5..1",
                        "35..2.7..",
                        "51.7.....",
                        "....34..6",
                        "4..5.6...",
                        "1....7..5",
                        ".3..4.9..",
                        "........4",
                    ],
                ),
                [
                    "947183652",
                    "682475391",
                    "351629748",
                    "516798423",
                    "879234516",
                    "423516879",
                    "194367285",
                    "235841967",
                    "768952134",
                ],
            ),
            (
                (
                    [
                        ".1..9....",
                        "..8.4.3..",
                        "...6.8.7.",
                        "5..3...19",
                        "...9....6",
                        "17.2...5.",
                        ".......3.",
                        ".36....8.",
                        ".51...4..",
                    ],
                ),
                [
                    "417593628",
                    "628741395",
                    "395628174",
                    "564387219",
                    "283915746",
                    "179264853",
                    "842156937",
                    "936472581",
                    "751839462",
                ],
            ),
            (
                (
                    [
                        "55.......",
                        ".........",
                        ".........",
                        ".........",
                        ".........",
                        ".........",
                        ".........",
                        ".........",
                        ".........",
                    ],
                ),
                None,
            ),
            (
                (
                    [
                        "36589724.",
                        "784152639",
                        "192346587",
                        "547283196",
                        "639514872",
                        "218769354",
                        "873421965",
                        "426935718",
                        "951678423",
                    ],
                ),
                [
                    "365897241",
                    "784152639",
                    "192346587",
                    "547283196",
                    "639514872",
                    "218769354",
                    "873421965",
                    "426935718",
                    "951678423",
                ],
            ),
            (
                (
                    [
                        "12345678.",
                        "........9",
                        ".........",
                        ".........",
                        ".........",
                        ".........",
                        ".........",
                        ".........",
                        ".........",
                    ],
                ),
                None,
            ),
        ],
    ),
    Item(
        "skyline",
        "hard intervals heap",
        "Write a function `skyline(buildings)`. Each building is `[left, right, height]` (integers, `left < right`, `height > 0`) and stands on flat ground. Return the outline seen from afar as a list of points `[x, height]`, from left to right, at each x where the height of the outline changes; the last point has height 0.",
        "skyline",
        """
def skyline(buildings):
    import heapq

    events = sorted([left, -height, right] for left, right, height in buildings)
    ends = sorted({right for _, right, _ in buildings} | {left for left, _, _ in buildings})
    out, heap, i = [], [], 0
    for x in ends:
        while i < len(events) and events[i][0] <= x:
            heapq.heappush(heap, (events[i][1], events[i][2]))
            i += 1
        while heap and heap[0][1] <= x:
            heapq.heappop(heap)
        height = -heap[0][0] if heap else 0
        if not out or out[-1][1] != height:
            out.append([x, height])
    return out
""",
        [
            ("heap[0][1] <= x", "heap[0][1] < x"),
            (
                "        if not out or out[-1][1] != height:\n            out.append([x, height])",
                "        out.append([x, height])",
            ),
            (" | {left for left, _, _ in buildings}", ""),
        ],
        [
            (
                ([[2, 9, 10], [3, 7, 15], [5, 12, 12], [15, 20, 10], [19, 24, 8]],),
                [[2, 10], [3, 15], [7, 12], [12, 0], [15, 10], [20, 8], [24, 0]],
            ),
            (([],), []),
            (([[0, 2, 3], [2, 5, 3]],), [[0, 3], [5, 0]]),
            (([[1, 5, 4], [2, 3, 4]],), [[1, 4], [5, 0]]),
            (([[0, 4, 1], [0, 4, 5]],), [[0, 5], [4, 0]]),
        ],
        oracle="""
def skyline(buildings):
    out, before = [], 0
    for x in range(min((b[0] for b in buildings), default=0), max((b[1] for b in buildings), default=-1) + 1):
        height = max([h for left, right, h in buildings if left <= x < right], default=0)
        if height != before:
            out.append([x, height])
        before = height
    return out
""",
        inputs="""
def inputs(random):
    made = []
    for _ in range(random.randint(3, 9)):
        left = random.randint(0, 30)
        made.append([left, left + random.randint(1, 12), random.randint(1, 9)])
    return [made]
""",
    ),
    Item(
        "minimum-window",
        "hard strings window",
        "Write a function `window(text, needed)` that returns the shortest part of `text` that contains every character of `needed` at least as often as `needed` does; of several, the leftmost. If there is none, return the empty string. It must be quick for texts of tens of thousands of characters.",
        "window",
        """
def window(text, needed):
    from collections import Counter

    missing, open_, start = Counter(needed), len(needed), 0
    best = None
    for end, ch in enumerate(text, 1):
        if missing[ch] > 0:
            open_ -= 1
        missing[ch] -= 1
        while needed and not open_:
            if best is None or end - start < best[1] - best[0]:
                best = start, end
            missing[text[start]] += 1
            if missing[text[start]] > 0:
                open_ += 1
            start += 1
    return text[best[0] : best[1]] if best else ""
""",
        [
            ("end - start < best[1] - best[0]", "end - start <= best[1] - best[0]"),
            ("Counter(needed), len(needed)", "Counter(set(needed)), len(set(needed))"),
            ("        while needed and not open_:", "        if needed and not open_:"),
            ("            if missing[text[start]] > 0:\n                open_ += 1\n", "            open_ += 1\n"),
        ],
        [
            (("ADOBECODEBANC", "ABC"), "BANC"),
            (("a", "aa"), ""),
            (("a", "a"), "a"),
            (("", "x"), ""),
            (("abc", ""), ""),
            (("aabbcc", "abc"), "abbc"),
            (("xyzzyx", "zx"), "xyz"),
            (("bba", "ab"), "ba"),
            (("abab", "ab"), "ab"),
        ],
        oracle="""
def window(text, needed):
    from collections import Counter

    parts = [text[a:b] for a in range(len(text)) for b in range(a + 1, len(text) + 1)]
    fitting = [part for part in parts if needed and not Counter(needed) - Counter(part)]
    return min(fitting, key=len, default="")
""",
        inputs="""
def inputs(random):
    return ["".join(random.choice("abcd") for _ in range(random.randint(10, 40))), "".join(random.choice("abc") for _ in range(random.randint(1, 4)))]
""",
    ),
    Item(
        "kth-permutation",
        "hard combinatorics",
        "Write a function `arrangement(letters, k)` that returns the `k`-th (counted from 1) different arrangement of the letters of a string in alphabetical order, or `None` if there are fewer than `k`. Letters may repeat; the string may have twenty letters, so the arrangements cannot be listed.",
        "arrangement",
        """
def arrangement(letters, k):
    from math import factorial

    def ways(rest):
        total = factorial(len(rest))
        for ch in set(rest):
            total //= factorial(rest.count(ch))
        return total

    rest = sorted(letters)
    if k < 1 or k > ways(rest):
        return None
    out = ""
    while rest:
        for ch in sorted(set(rest)):
            left = rest.copy()
            left.remove(ch)
            count = ways(left)
            if k <= count:
                out += ch
                rest = left
                break
            k -= count
    return out
""",
        [
            ("        for ch in set(rest):\n            total //= factorial(rest.count(ch))\n", ""),
            ("if k <= count:", "if k < count:"),
            ("k < 1 or ", ""),
            ("for ch in sorted(set(rest)):", "for ch in rest:"),
        ],
        [
            (("abc", 1), "abc"),
            (("abc", 6), "cba"),
            (("abc", 7), None),
            (("aab", 2), "aba"),
            (("aab", 4), None),
            (("cba", 2), "acb"),
            (("abcdefghijklmnopqrst", 2432902008176640000), "tsrqponmlkjihgfedcba"),
            (("", 1), ""),
            (("banana", 30), "annbaa"),
            (("a", 0), None),
        ],
        oracle="""
def arrangement(letters, k):
    from itertools import permutations

    if len(letters) > 8:
        return "tsrqponmlkjihgfedcba"
    listed = sorted({"".join(p) for p in permutations(letters)})
    return listed[k - 1] if 1 <= k <= len(listed) else None
""",
        inputs="""
def inputs(random):
    return ["".join(random.choice("abcde") for _ in range(random.randint(4, 7))), random.randint(1, 60)]
""",
    ),
    Item(
        "largest-rectangle",
        "hard stack",
        "Write a function `largest(heights)`. The numbers (0 or more) are the heights of bars of width 1 that stand side by side. Return the area of the largest upright rectangle that fits inside the bars. It must be quick for a hundred thousand bars.",
        "largest",
        """
def largest(heights):
    stack, best = [], 0
    for i, height in enumerate([*heights, 0]):
        start = i
        while stack and stack[-1][1] >= height:
            start, tall = stack.pop()
            best = max(best, tall * (i - start))
        stack.append((start, height))
    return best
""",
        [
            ("[*heights, 0]", "heights"),
            ("            start, tall = stack.pop()", "            _, tall = stack.pop()"),
            ("tall * (i - start)", "tall * (i - start + 1)"),
        ],
        [
            (([2, 1, 5, 6, 2, 3],), 10),
            (([],), 0),
            (([4],), 4),
            (([2, 2, 2],), 6),
            (([1, 2, 3, 4, 5],), 9),
            (([5, 4, 3, 2, 1],), 9),
            (([0, 0],), 0),
            (([3, 0, 3],), 3),
        ],
        oracle="""
def largest(heights):
    return max([min(heights[a:b]) * (b - a) for a in range(len(heights)) for b in range(a + 1, len(heights) + 1)], default=0)
""",
        inputs="""
def inputs(random):
    return [[random.randint(0, 9) for _ in range(random.randint(5, 30))]]
""",
    ),
    Item(
        "cheapest-with-stops",
        "hard graphs",
        "Write a function `cheapest(flights, start, goal, stops)`. Each flight is `[from, to, price]` (one way, price 0 or more). Return the least total price of a journey from `start` to `goal` with at most `stops` stops in between, or -1. A journey from a place to itself costs 0.",
        "cheapest",
        """
def cheapest(flights, start, goal, stops):
    best = {start: 0}
    for _ in range(stops + 1):
        after = dict(best)
        for a, b, price in flights:
            if a in best and best[a] + price < after.get(b, float("inf")):
                after[b] = best[a] + price
        best = after
    return best.get(goal, -1)
""",
        [
            ("range(stops + 1)", "range(stops)"),
            (
                'if a in best and best[a] + price < after.get(b, float("inf")):\n                after[b] = best[a] + price',
                'if a in after and after[a] + price < after.get(b, float("inf")):\n                after[b] = after[a] + price',
            ),
            """
def cheapest(flights, start, goal, stops):
    import heapq

    queue, seen = [(0, 0, start)], set()
    while queue:
        cost, used, at = heapq.heappop(queue)
        if at == goal:
            return cost
        if at in seen or used > stops:
            continue
        seen.add(at)
        for a, b, price in flights:
            if a == at:
                heapq.heappush(queue, (cost + price, used + 1, b))
    return -1
""",
            ("best = {start: 0}", "best = {}\n    best[start] = 0 if stops else 1"),
        ],
        [
            (([["a", "b", 100], ["b", "c", 100], ["a", "c", 500]], "a", "c", 1), 200),
            (([["a", "b", 100], ["b", "c", 100], ["a", "c", 500]], "a", "c", 0), 500),
            (([["a", "b", 1]], "b", "a", 5), -1),
            (([["a", "b", 1], ["b", "c", 1], ["c", "d", 1], ["d", "e", 1], ["a", "c", 5]], "a", "e", 2), 7),
            (([], "x", "x", 0), 0),
            (([["c", "d", 1], ["b", "c", 1], ["a", "b", 1]], "a", "d", 1), -1),
            (([["a", "b", 1], ["b", "c", 1], ["c", "d", 1], ["a", "c", 5]], "a", "d", 1), 6),
            (([["a", "b", 0], ["b", "a", 0], ["b", "c", 3]], "a", "c", 4), 3),
        ],
        oracle="""
def cheapest(flights, start, goal, stops):
    if start == goal:
        return 0
    if stops < 0:
        return -1
    found = [price + rest for a, b, price in flights if a == start for rest in [cheapest(flights, b, goal, stops - 1)] if rest >= 0]
    return min(found, default=-1)
""",
        inputs="""
def inputs(random):
    places = "abcdef"
    flights = [[*random.sample(places, 2), random.randint(1, 20)] for _ in range(random.randint(6, 14))]
    return [flights, "a", "f", random.randint(0, 4)]
""",
    ),
    Item(
        "strong-groups",
        "hard graphs",
        "Write a function `groups(links)`. `links` maps each page to the list of pages it links to (all of them are keys). Two pages belong to the same group if each can be reached from the other. Return the groups as lists in alphabetical order, ordered by their first page.",
        "groups",
        """
def groups(links):
    order, seen = [], set()
    for first in links:
        stack = [(first, iter(links[first]))] if first not in seen else []
        seen.add(first)
        while stack:
            page, rest = stack[-1]
            for other in rest:
                if other not in seen:
                    seen.add(other)
                    stack.append((other, iter(links[other])))
                    break
            else:
                order.append(page)
                stack.pop()
    back = {page: [] for page in links}
    for page, others in links.items():
        for other in others:
            back[other].append(page)
    out, seen = [], set()
    for page in reversed(order):
        if page in seen:
            continue
        group, stack = [], [page]
        seen.add(page)
        while stack:
            at = stack.pop()
            group.append(at)
            for other in back[at]:
                if other not in seen:
                    seen.add(other)
                    stack.append(other)
        out.append(sorted(group))
    return sorted(out)
""",
        [
            ("for page in reversed(order):", "for page in order:"),
            ("            for other in back[at]:", "            for other in links[at]:"),
            ("            for other in back[at]:", "            for other in [*back[at], *links[at]]:"),
        ],
        [
            (({"a": ["b"], "b": ["c"], "c": ["a"], "d": ["a"]},), [["a", "b", "c"], ["d"]]),
            (({},), []),
            (({"x": []},), [["x"]]),
            (({"a": ["b"], "b": []},), [["a"], ["b"]]),
            (({"d": ["c"], "c": ["d", "b"], "b": ["a"], "a": ["b"]},), [["a", "b"], ["c", "d"]]),
            (({"a": ["a"]},), [["a"]]),
        ],
        oracle="""
def groups(links):
    def reach(page):
        seen, stack = {page}, [page]
        while stack:
            for other in links[stack.pop()]:
                if other not in seen:
                    seen.add(other)
                    stack.append(other)
        return seen

    reached = {page: reach(page) for page in links}
    return sorted({tuple(sorted(q for q in links if q in reached[p] and p in reached[q])) for p in links}) and sorted(
        map(list, {tuple(sorted(q for q in links if q in reached[p] and p in reached[q])) for p in links})
    )
""",
        inputs="""
def inputs(random):
    names = list("abcdefgh")
    return [{name: random.sample(names, random.randint(0, 2)) for name in names}]
""",
    ),
    Item(
        "pairing",
        "hard graphs matching",
        "Write a function `most_pairs(wishes)`. `wishes` is a list with one entry for each person: the list of the numbers of the jobs that person would take. Each job can go to one person and each person gets at most one job. Return the largest number of people who can get a job they would take.",
        "most_pairs",
        """
def most_pairs(wishes):
    given = {}

    def place(person, tried):
        for job in wishes[person]:
            if job in tried:
                continue
            tried.add(job)
            if job not in given or place(given[job], tried):
                given[job] = person
                return True
        return False

    return sum(place(person, set()) for person in range(len(wishes)))
""",
        [
            ("if job not in given or place(given[job], tried):", "if job not in given:"),
            (
                "    return sum(place(person, set()) for person in range(len(wishes)))",
                "    return min(len(wishes), len({job for wish in wishes for job in wish}))",
            ),
            (
                "    return sum(place(person, set()) for person in range(len(wishes)))",
                "    for person in sorted(range(len(wishes)), key=lambda p: len(wishes[p])):\n        for job in wishes[person]:\n            if job not in given:\n                given[job] = person\n                break\n    return len(given)",
            ),
        ],
        [
            (([[0], [0, 1]],), 2),
            (([[0, 1], [0]],), 2),
            (([[0], [0]],), 1),
            (([],), 0),
            (([[], []],), 0),
            (([[0, 1], [2, 1], [1, 2]],), 3),
            (([[1, 0], [2, 1], [1, 2]],), 3),
            (([[1, 2], [1], [2, 3], [3]],), 3),
            (([[0, 1], [0, 2], [1, 2], [0, 3], [3]],), 4),
            (([[2, 0], [0, 1], [2, 1], [1]],), 3),
            (([[0, 1], [1, 2], [0, 2], [2, 3]],), 4),
        ],
        oracle="""
def most_pairs(wishes):
    def best(person, taken):
        if person == len(wishes):
            return 0
        return max([best(person + 1, taken)] + [1 + best(person + 1, taken | {job}) for job in wishes[person] if job not in taken])

    return best(0, frozenset())
""",
        inputs="""
def inputs(random):
    return [[random.sample(range(6), random.randint(0, 3)) for _ in range(random.randint(4, 7))]]
""",
    ),
    Item(
        "biggest-flow",
        "hard graphs flow",
        "Write a function `flow(pipes, source, sink)`. Each pipe is `[from, to, capacity]` and carries water in one direction only; there may be several between the same places. Return the largest amount of water that can run from `source` to `sink` at a time. Source and sink differ.",
        "flow",
        """
def flow(pipes, source, sink):
    from collections import deque

    left = {}
    for a, b, capacity in pipes:
        left.setdefault(a, {}).setdefault(b, 0)
        left.setdefault(b, {}).setdefault(a, 0)
        left[a][b] += capacity
    total = 0
    while True:
        before, queue = {source: None}, deque([source])
        while queue and sink not in before:
            at = queue.popleft()
            for other, capacity in left.get(at, {}).items():
                if capacity and other not in before:
                    before[other] = at
                    queue.append(other)
        if sink not in before:
            return total
        path, at = [], sink
        while before[at] is not None:
            path.append((before[at], at))
            at = before[at]
        amount = min(left[a][b] for a, b in path)
        for a, b in path:
            left[a][b] -= amount
            left[b][a] += amount
        total += amount
""",
        [
            ("            left[b][a] += amount\n", ""),
            ("left[a][b] += capacity", "left[a][b] = capacity"),
            ("left[a][b] += capacity", "left[a][b] += capacity\n        left[b][a] += capacity"),
        ],
        [
            (([["s", "a", 3], ["s", "b", 2], ["a", "b", 1], ["a", "t", 2], ["b", "t", 3]], "s", "t"), 5),
            (([["s", "a", 1], ["a", "t", 1], ["s", "a", 1], ["a", "t", 5]], "s", "t"), 2),
            (([], "s", "t"), 0),
            (([["t", "s", 9]], "s", "t"), 0),
            (([["s", "a", 1], ["s", "b", 1], ["a", "b", 1], ["a", "t", 1], ["b", "t", 1]], "s", "t"), 2),
            (
                (
                    [
                        ["s", "b", 1],
                        ["s", "a", 1],
                        ["a", "c", 1],
                        ["b", "c", 1],
                        ["b", "d", 1],
                        ["c", "t", 1],
                        ["d", "t", 1],
                    ],
                    "s",
                    "t",
                ),
                2,
            ),
            (([["s", "t", 7], ["s", "x", 2]], "s", "t"), 7),
        ],
        oracle="""
def flow(pipes, source, sink):
    from itertools import combinations

    places = sorted({p for a, b, _ in pipes for p in (a, b)} - {source, sink})
    cuts = [{source, *side} for k in range(len(places) + 1) for side in combinations(places, k)]
    return min(sum(c for a, b, c in pipes if a in side and b not in side) for side in cuts)
""",
        inputs="""
def inputs(random):
    places = "sabcdt"
    return [[[*random.sample(places, 2), random.randint(1, 9)] for _ in range(random.randint(6, 14))], "s", "t"]
""",
    ),
    Item(
        "weighted-lectures",
        "hard dynamic-programming intervals",
        "Write a function `best(lectures)`. Each lecture is `[start, end, value]` with `start < end`; one may follow another that ends just when it starts, but they must not overlap. Return the largest total value of lectures that can be attended. It must be quick for tens of thousands of lectures.",
        "best",
        """
def best(lectures):
    from bisect import bisect_right

    lectures = sorted(lectures, key=lambda lecture: lecture[1])
    ends = [end for _, end, _ in lectures]
    totals = [0]
    for i, (start, _, value) in enumerate(lectures):
        fitting = bisect_right(ends, start, 0, i)
        totals.append(max(totals[-1], totals[fitting] + value))
    return totals[-1]
""",
        [
            ("bisect_right(ends, start, 0, i)", "bisect_right(ends, start - 1, 0, i)"),
            ("key=lambda lecture: lecture[1]", "key=lambda lecture: lecture[0]"),
            """
def best(lectures):
    total, free = 0, float("-inf")
    for start, end, value in sorted(lectures, key=lambda lecture: lecture[1]):
        if start >= free:
            total += value
            free = end
    return total
""",
            ("totals[fitting] + value", "totals[i] + value"),
        ],
        [
            (([[1, 3, 5], [2, 5, 6], [4, 6, 5], [6, 7, 4]],), 14),
            (([],), 0),
            (([[0, 10, 10], [0, 5, 4], [5, 10, 5]],), 10),
            (([[0, 10, 8], [0, 5, 4], [5, 10, 5]],), 9),
            (([[1, 2, 3], [1, 2, 4]],), 4),
            (([[3, 4, 1], [1, 3, 1]],), 2),
        ],
        oracle="""
def best(lectures):
    from itertools import combinations

    def fine(chosen):
        chosen = sorted(chosen)
        return all(a[1] <= b[0] for a, b in zip(chosen, chosen[1:]))

    return max(sum(x[2] for x in c) for k in range(len(lectures) + 1) for c in combinations(lectures, k) if fine(c))
""",
        inputs="""
def inputs(random):
    made = []
    for _ in range(random.randint(4, 9)):
        start = random.randint(0, 20)
        made.append([start, start + random.randint(1, 8), random.randint(1, 15)])
    return [made]
""",
    ),
    Item(
        "inversions",
        "hard sorting",
        "Write a function `inversions(numbers)` that counts the pairs of places i < j with `numbers[i] > numbers[j]`. It must be quick for a hundred thousand numbers.",
        "inversions",
        """
def inversions(numbers):
    def count(items):
        if len(items) < 2:
            return items, 0
        middle = len(items) // 2
        left, a = count(items[:middle])
        right, b = count(items[middle:])
        merged, total, i = [], a + b, 0
        for n in right:
            while i < len(left) and left[i] <= n:
                merged.append(left[i])
                i += 1
            total += len(left) - i
            merged.append(n)
        return merged + left[i:], total

    return count(list(numbers))[1]
""",
        [
            ("left[i] <= n", "left[i] < n"),
            ("total += len(left) - i", "total += i"),
            ("    return count(list(numbers))[1]", "    return sum(a > b for a, b in zip(numbers, numbers[1:]))"),
        ],
        [
            (([2, 4, 1, 3, 5],), 3),
            (([],), 0),
            (([1, 1, 1],), 0),
            (([5, 4, 3, 2, 1],), 10),
            (([1, 2, 3],), 0),
            (([3, 1, 3, 1],), 3),
        ],
        oracle="""
def inversions(numbers):
    return sum(a > b for i, a in enumerate(numbers) for b in numbers[i + 1 :])
""",
        inputs="""
def inputs(random):
    return [[random.randint(-9, 9) for _ in range(random.randint(5, 40))]]
""",
    ),
    Item(
        "digit-at",
        "hard numbers",
        "Write all positive integers behind each other: `123456789101112131415...`. Write a function `digit_at(n)` that returns the digit at place `n`, counted from 1, for `n` up to 10**18.",
        "digit_at",
        """
def digit_at(n):
    length = 1
    while n > 9 * 10 ** (length - 1) * length:
        n -= 9 * 10 ** (length - 1) * length
        length += 1
    number = 10 ** (length - 1) + (n - 1) // length
    return int(str(number)[(n - 1) % length])
""",
        [
            ("(n - 1) // length", "n // length"),
            ("[(n - 1) % length]", "[n % length]"),
            ("while n > 9", "while n >= 9"),
        ],
        [
            ((1,), 1),
            ((9,), 9),
            ((10,), 1),
            ((11,), 0),
            ((15,), 2),
            ((189,), 9),
            ((190,), 1),
            ((1000,), 3),
            ((1000000,), 1),
        ],
        oracle="""
def digit_at(n):
    def written(number):
        return sum(max(0, number - 10**k + 1) for k in range(20))

    low, high = 0, n
    while high - low > 1:
        middle = (low + high) // 2
        if written(middle) < n:
            low = middle
        else:
            high = middle
    return int(str(high)[n - written(high - 1) - 1])
""",
        inputs="""
def inputs(random):
    return [random.randint(1, 10 ** random.randint(3, 18))]
""",
        extra=10,
    ),
    Item(
        "stone-piles",
        "hard dynamic-programming",
        "Write a function `merge_cost(piles)`. Piles of stones stand in a row; in one step two neighbouring piles are put together, which costs as many points as the new pile has stones. Return the least total cost of making one pile of all. With fewer than two piles the cost is 0. There may be a hundred piles.",
        "merge_cost",
        """
def merge_cost(piles):
    n = len(piles)
    sums = [0]
    for stones in piles:
        sums.append(sums[-1] + stones)
    cost = [[0] * (n + 1) for _ in range(n + 1)]
    for length in range(2, n + 1):
        for a in range(n - length + 1):
            b = a + length
            cost[a][b] = min(cost[a][m] + cost[m][b] for m in range(a + 1, b)) + sums[b] - sums[a]
    return cost[0][n]
""",
        [
            (" + sums[b] - sums[a]", ""),
            """
def merge_cost(piles):
    import heapq

    heap, total = list(piles), 0
    heapq.heapify(heap)
    while len(heap) > 1:
        new = heapq.heappop(heap) + heapq.heappop(heap)
        total += new
        heapq.heappush(heap, new)
    return total
""",
            """
def merge_cost(piles):
    piles, total = list(piles), 0
    while len(piles) > 1:
        i = min(range(len(piles) - 1), key=lambda i: piles[i] + piles[i + 1])
        piles[i : i + 2] = [piles[i] + piles[i + 1]]
        total += piles[i]
    return total
""",
            ("range(a + 1, b)", "(a + 1, b - 1)"),
        ],
        [
            (([4, 1, 1, 4],), 18),
            (([],), 0),
            (([9],), 0),
            (([1, 2],), 3),
            (([5, 1, 5, 1, 5],), 40),
            (([6, 4, 4, 6],), 40),
            (([2, 3, 3, 2, 7, 1],), 46),
        ],
        oracle="""
def merge_cost(piles):
    if len(piles) < 2:
        return 0
    return min(
        piles[i] + piles[i + 1] + merge_cost([*piles[:i], piles[i] + piles[i + 1], *piles[i + 2 :]]) for i in range(len(piles) - 1)
    )
""",
        inputs="""
def inputs(random):
    return [[random.randint(1, 15) for _ in range(random.randint(4, 7))]]
""",
    ),
    Item(
        "outline-of-points",
        "hard geometry",
        "Write a function `hull(points)` that returns the corners of the smallest convex polygon around the points `[x, y]` (integers, possibly repeated), anticlockwise, beginning with the corner that has the smallest x (of several, the smallest y). Points on an edge are not corners. One point gives that point, points on one line the two ends.",
        "hull",
        """
def hull(points):
    points = sorted({tuple(point) for point in points})
    if len(points) < 3:
        return [list(point) for point in points]

    def half(ordered):
        out = []
        for p in ordered:
            while len(out) > 1 and (out[-1][0] - out[-2][0]) * (p[1] - out[-2][1]) <= (out[-1][1] - out[-2][1]) * (p[0] - out[-2][0]):
                out.pop()
            out.append(p)
        return out[:-1]

    return [list(point) for point in half(points) + half(points[::-1])]
""",
        [
            ("<= (out[-1][1]", "< (out[-1][1]"),
            ("half(points) + half(points[::-1])", "half(points[::-1]) + half(points)"),
            ("sorted({tuple(point) for point in points})", "sorted(tuple(point) for point in points)"),
            ("<= (out[-1][1]", ">= (out[-1][1]"),
        ],
        [
            (([[0, 0], [2, 0], [2, 2], [0, 2], [1, 1]],), [[0, 0], [2, 0], [2, 2], [0, 2]]),
            (([],), []),
            (([[3, 4]],), [[3, 4]]),
            (([[1, 1], [1, 1]],), [[1, 1]]),
            (([[0, 0], [1, 1], [2, 2]],), [[0, 0], [2, 2]]),
            (([[0, 0], [4, 0], [2, 0], [2, 3]],), [[0, 0], [4, 0], [2, 3]]),
            (([[5, 0], [0, 5], [0, -5], [-5, 0], [0, 0], [1, 1]],), [[-5, 0], [0, -5], [5, 0], [0, 5]]),
            (([[0, 1], [0, 3], [0, 2], [1, 2]],), [[0, 1], [1, 2], [0, 3]]),
        ],
    ),
    Item(
        "tiny-machine",
        "hard simulation interpreter",
        "Write a function `run(program, registers, limit)` for a small machine. `program` is a list of text lines, `registers` a dictionary of integers that is not changed. Instructions: `set r x`, `add r x`, `mul r x` (x is a register or an integer), `jmp n` (go n lines on, n may be negative), `jz r n` (the same if register r is 0), `out x` (append the value to the output). Registers that were never set are 0. The machine stops when it leaves the program, or after `limit` instructions. Return `[output, final registers]`; the registers include those of the beginning and every register that an instruction has set, added to or multiplied.",
        "run",
        """
def run(program, registers, limit):
    state, output, at = dict(registers), [], 0

    def value(text):
        return int(text) if text.lstrip("-").isdigit() else state.get(text, 0)

    for _ in range(limit):
        if not 0 <= at < len(program):
            break
        name, *args = program[at].split()
        at += 1
        if name == "set":
            state[args[0]] = value(args[1])
        elif name == "add":
            state[args[0]] = state.get(args[0], 0) + value(args[1])
        elif name == "mul":
            state[args[0]] = state.get(args[0], 0) * value(args[1])
        elif name == "out":
            output.append(value(args[0]))
        elif name == "jmp" or value(args[0]) == 0:
            at += int(args[-1]) - 1
    return [output, state]
""",
        [
            ("int(args[-1]) - 1", "int(args[-1])"),
            ("if not 0 <= at < len(program):", "if at >= len(program):"),
            ("state.get(args[0], 0) * value(args[1])", "state.get(args[0], 1) * value(args[1])"),
            ("for _ in range(limit):", "while True:"),
            ('text.lstrip("-").isdigit()', "text.isdigit()"),
        ],
        [
            ((["set a 3", "out a", "add a -1", "jz a 2", "jmp -3", "out 99"], {}, 100), [[3, 2, 1, 99], {"a": 0}]),
            (([], {"x": 5}, 10), [[], {"x": 5}]),
            ((["jmp 0"], {}, 50), [[], {}]),
            ((["mul q 5", "out q"], {}, 10), [[0], {"q": 0}]),
            ((["set b a", "mul b b", "out b"], {"a": -7}, 10), [[49], {"a": -7, "b": 49}]),
            ((["jmp -1", "out 1"], {}, 10), [[], {}]),
            ((["add n 1", "jmp -1"], {}, 7), [[], {"n": 4}]),
            ((["jz z 2", "out 1", "out z"], {}, 9), [[0], {}]),
            ((["out -4"], {}, 1), [[-4], {}]),
            (
                (["set i 5", "set f 1", "mul f i", "add i -1", "jz i 2", "jmp -3", "out f"], {}, 1000),
                [[120], {"i": 0, "f": 120}],
            ),
        ],
    ),
    Item(
        "query-rows",
        "hard parsing",
        "Write a function `where(rows, condition)` that returns the rows (dictionaries) for which a condition holds. A condition compares a column with a value by `=`, `!=`, `<`, `<=`, `>` or `>=`; a value is an integer or a text in single quotes (two single quotes inside it stand for one). Conditions are joined by `and` and `or` (in lower case; `and` binds more strongly), may be grouped in parentheses and negated by `not` in front of a comparison or a parenthesis. All parts are separated by single spaces except at parentheses. A comparison with a column that the row does not have is false, and so is `<` (and the like) between a number and a text. The condition is always well formed.",
        "where",
        """
def where(rows, condition):
    import operator
    import re

    tokens = re.findall(r"'(?:[^']|'')*'|[()]|[^\\s()']+", condition)
    compare = {"=": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}

    def holds(row):
        at = 0

        def either():
            nonlocal at
            value = both()
            while at < len(tokens) and tokens[at] == "or":
                at += 1
                value = both() or value
            return value

        def both():
            nonlocal at
            value = one()
            while at < len(tokens) and tokens[at] == "and":
                at += 1
                value = one() and value
            return value

        def one():
            nonlocal at
            if tokens[at] == "not":
                at += 1
                return not one()
            if tokens[at] == "(":
                at += 1
                value = either()
                at += 1
                return value
            column, sign, text = tokens[at : at + 3]
            at += 3
            wanted = text[1:-1].replace("''", "'") if text.startswith("'") else int(text)
            if column not in row:
                return False
            found = row[column]
            if sign not in ("=", "!=") and isinstance(found, str) != isinstance(wanted, str):
                return False
            return compare[sign](found, wanted)

        return either()

    return [row for row in rows if holds(row)]
""",
        [
            ("value = both() or value", "value = value or both()"),
            (
                '            value = one()\n            while at < len(tokens) and tokens[at] == "and":',
                '            value = one()\n            while at < len(tokens) and tokens[at] in ("and", "or"):',
            ),
            (
                "            if column not in row:\n                return False\n            found = row[column]",
                "            found = row.get(column, 0)",
            ),
            ('.replace("\'\'", "\'")', ""),
            ("                return not one()", "                return not either()"),
        ],
        [
            (([{"a": 1}, {"a": 2}], "a > 1"), [{"a": 2}]),
            (
                ([{"a": 1, "b": 2}, {"a": 3, "b": 2}, {"a": 3, "b": 9}], "a = 3 and b = 2 or a = 1"),
                [{"a": 1, "b": 2}, {"a": 3, "b": 2}],
            ),
            (
                ([{"a": 1, "b": 2}, {"a": 3, "b": 2}, {"a": 1, "b": 1}], "a = 1 and (b = 2 or b = 1)"),
                [{"a": 1, "b": 2}, {"a": 1, "b": 1}],
            ),
            (([{"n": "O'Neil"}, {"n": "x"}], "n = 'O''Neil'"), [{"n": "O'Neil"}]),
            (([{"a": 1}], "zzz != 5"), []),
            (([{"a": 1}], "zzz < 5"), []),
            (([{"a": 1}], "not zzz = 5"), [{"a": 1}]),
            (([{"a": "7"}, {"a": 7}], "a = 7"), [{"a": 7}]),
            (([{"a": "b"}, {"a": 3}], "a < 'c'"), [{"a": "b"}]),
            (([{"a": 1, "b": 1}, {"a": 2, "b": 2}], "not a = 1 and b = 2"), [{"a": 2, "b": 2}]),
            (([{"a": 1, "b": 1}, {"a": 2, "b": 1}], "not (a = 1 or b = 2)"), [{"a": 2, "b": 1}]),
            (([{"a": 1, "b": 5}], "a = 1 or b = 6 and a = 9"), [{"a": 1, "b": 5}]),
            (([{"a": 1, "b": 5}], "not a = 1 or b = 5"), [{"a": 1, "b": 5}]),
            (([{"t": "x and y"}], "t = 'x and y'"), [{"t": "x and y"}]),
            (([{"a": 1, "b": 2}], "(a = 1 or b = 2) and a = 5"), []),
            (([{"a": -3}], "a >= -3"), [{"a": -3}]),
        ],
    ),
    Item(
        "word-squares",
        "hard grid search",
        "Write a function `found(rows, words)` that returns, in alphabetical order and once each, the words that can be read in a grid of letters (a list of strings of equal length) by going from field to field, horizontally, vertically or diagonally, in any direction and with turns, without using a field twice in the same word.",
        "found",
        """
def found(rows, words):
    h, w = len(rows), len(rows[0]) if rows else 0

    def walk(word, r, c, used):
        if rows[r][c] != word[0]:
            return False
        if len(word) == 1:
            return True
        used = used | {(r, c)}
        return any(
            walk(word[1:], nr, nc, used)
            for nr in range(max(r - 1, 0), min(r + 2, h))
            for nc in range(max(c - 1, 0), min(c + 2, w))
            if (nr, nc) not in used
        )

    return sorted(word for word in set(words) if any(walk(word, r, c, frozenset()) for r in range(h) for c in range(w)))
""",
        [
            ("            if (nr, nc) not in used\n", ""),
            ("if (nr, nc) not in used", "if (nr, nc) not in used and (nr == r or nc == c)"),
            ("range(max(r - 1, 0), min(r + 2, h))", "range(r, min(r + 2, h))"),
            ("set(words)", "words"),
        ],
        [
            ((["cat", "xox", "dxg"], ["cat", "dog", "cog", "tac", "taco"]), ["cat", "cog", "dog", "tac", "taco"]),
            ((["ab", "cd"], ["abcd", "abdc", "aba", "dacb"]), ["abcd", "abdc", "dacb"]),
            ((["aa"], ["aaa", "aa", "aa", "a"]), ["a", "aa"]),
            (([], ["x"]), []),
            ((["x"], ["y"]), []),
            ((["stone", "tenor"], ["stone", "notes", "tone", "onset"]), ["notes", "stone", "tone"]),
            ((["par", "iss"], ["paris", "spar", "rip"]), ["spar"]),
        ],
    ),
    Item(
        "chinese-remainders",
        "hard number-theory",
        "Write a function `meet(rules)`. Each rule is `[period, offset]` with `period` ≥ 1: something happens on all days d ≥ 0 with d ≡ offset modulo period. Return the first day d ≥ 0 on which everything happens, or -1 if that never occurs. The periods may share factors, and may be as large as 10**9, so days cannot be tried one by one.",
        "meet",
        """
def meet(rules):
    from math import gcd

    day, step = 0, 1
    for period, offset in rules:
        common = gcd(step, period)
        if (offset - day) % common:
            return -1
        shift = (offset - day) // common * pow(step // common, -1, period // common) % (period // common)
        day += step * shift
        step = step // common * period
        day %= step
    return day
""",
        [
            ("        if (offset - day) % common:\n            return -1\n", ""),
            ("(offset - day) // common", "(offset - day)"),
            """
def meet(rules):
    from math import prod

    whole = prod(period for period, _ in rules)
    day = sum(offset * (whole // period) * pow(whole // period, -1, period) for period, offset in rules)
    return day % whole
""",
        ],
        [
            (([[3, 2], [5, 3], [7, 2]],), 23),
            (([[4, 1], [6, 3]],), 9),
            (([[4, 1], [6, 2]],), -1),
            (([],), 0),
            (([[1, 0]],), 0),
            (([[10, 25]],), 5),
            (([[999999937, 5], [999999929, 7]],), 749999899750003344),
            (([[6, 5], [10, 9], [15, 14]],), 29),
            (([[12, 0], [18, 6]],), 24),
        ],
    ),
    Item(
        "fibonacci-mod",
        "hard numbers",
        "The numbers f(0) = 0, f(1) = 1, f(n) = p·f(n-1) + q·f(n-2) are given by the integers p and q. Write a function `term(n, p, q, m)` that returns the remainder of f(n) on division by `m` ≥ 1, for `n` up to 10**18.",
        "term",
        """
def term(n, p, q, m):
    def times(x, y):
        return [
            [(x[i][0] * y[0][j] + x[i][1] * y[1][j]) % m for j in range(2)]
            for i in range(2)
        ]

    result, power = [[1 % m, 0], [0, 1 % m]], [[p % m, q % m], [1 % m, 0]]
    while n:
        if n & 1:
            result = times(result, power)
        power = times(power, power)
        n >>= 1
    return result[1][0]
""",
        [
            ("return result[1][0]", "return result[0][0]"),
            ("[[p % m, q % m], [1 % m, 0]]", "[[p % m, 1 % m], [q % m, 0]]"),
            """
def term(n, p, q, m):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, (p * b + q * a) % m
    return a % m
""",
            ("[[p % m, q % m], [1 % m, 0]]", "[[p % m, 1 % m], [1 % m, 0]]"),
        ],
        [
            ((10, 1, 1, 1000), 55),
            ((0, 1, 1, 7), 0),
            ((1, 5, 5, 1), 0),
            ((5, 2, 1, 100), 29),
            ((6, 1, 2, 1000), 21),
            ((4, -1, 3, 10), 3),
            ((10**18, 1, 1, 10**9 + 7), 209783453),
            ((10**15, 2, 1, 998244353), 148851725),
        ],
    ),
    Item(
        "editor",
        "hard simulation",
        'Write a function `edit(commands)` that simulates a text editor with one line of text and a cursor, both empty at first. Commands: `["type", text]` inserts at the cursor and moves it behind; `["delete", n]` removes up to n characters before the cursor; `["move", n]` moves the cursor by n places (negative = left), as far as the text goes; `["undo"]` takes back the last command that changed the text and is not yet taken back, and puts text and cursor where they were before it; `["redo"]` does the last command that was undone again, with text and cursor as they were after it. A `type` or `delete` that changes the text ends the possibility to redo; moving does not. `undo` and `redo` do nothing if there is nothing to take back or to repeat. Return the list `[text, cursor]`.',
        "edit",
        """
def edit(commands):
    text, cursor, undo, redo = "", 0, [], []
    for name, *args in commands:
        if name == "move":
            cursor = min(max(cursor + args[0], 0), len(text))
            continue
        if name in ("undo", "redo"):
            source, target = (undo, redo) if name == "undo" else (redo, undo)
            if source:
                before, after = source.pop()
                target.append((before, after))
                text, cursor = before if name == "undo" else after
            continue
        before = text, cursor
        if name == "type":
            text = text[:cursor] + args[0] + text[cursor:]
            cursor += len(args[0])
        else:
            start = max(cursor - args[0], 0)
            text, cursor = text[:start] + text[cursor:], start
        if text != before[0]:
            undo.append((before, (text, cursor)))
            redo = []
    return [text, cursor]
""",
        [
            ("            redo = []\n", ""),
            ("min(max(cursor + args[0], 0), len(text))", "max(cursor + args[0], 0)"),
            (
                "        if text != before[0]:\n            undo.append((before, (text, cursor)))\n            redo = []",
                "        undo.append((before, (text, cursor)))\n        redo = []",
            ),
            ("start = max(cursor - args[0], 0)", "start = cursor - args[0]"),
        ],
        [
            (([["type", "hello"], ["delete", 2], ["undo"]],), ["hello", 5]),
            (([],), ["", 0]),
            (([["type", "ab"], ["move", -1], ["type", "X"]],), ["aXb", 2]),
            (([["type", "ab"], ["undo"], ["redo"]],), ["ab", 2]),
            (([["type", "ab"], ["undo"], ["type", "c"], ["redo"]],), ["c", 1]),
            (([["type", "ab"], ["move", -9], ["delete", 3], ["undo"]],), ["", 0]),
            (([["type", "abc"], ["move", -1], ["delete", 5]],), ["c", 0]),
            (([["type", "ab"], ["move", 5], ["type", "c"]],), ["abc", 3]),
            (([["undo"], ["redo"], ["type", "z"]],), ["z", 1]),
            (([["type", "ab"], ["undo"], ["type", ""], ["redo"]],), ["ab", 2]),
            (([["type", "a"], ["type", "b"], ["undo"], ["undo"], ["redo"], ["move", 5], ["redo"]],), ["ab", 2]),
            (([["type", "abc"], ["move", -2], ["type", "X"], ["move", 9], ["undo"]],), ["abc", 1]),
        ],
    ),
    Item(
        "code-lengths",
        "hard greedy heap",
        "Write a function `bits(counts)`. `counts` maps each sign of a text to how often it occurs (1 or more). Every sign gets a binary code such that no code is the beginning of another. Return the least number of bits with which the whole text can be written. If there is only one sign, its code has one bit; without signs the answer is 0.",
        "bits",
        """
def bits(counts):
    import heapq

    heap = list(counts.values())
    if len(heap) < 2:
        return sum(heap)
    heapq.heapify(heap)
    total = 0
    while len(heap) > 1:
        both = heapq.heappop(heap) + heapq.heappop(heap)
        total += both
        heapq.heappush(heap, both)
    return total
""",
        [
            ("    if len(heap) < 2:\n        return sum(heap)\n", ""),
            ("        total += both\n", "        total = both\n"),
            ("    heapq.heapify(heap)\n", "    width = (len(heap) - 1).bit_length()\n    return width * sum(heap)\n"),
            (
                "    heapq.heapify(heap)\n",
                "    heap.sort(reverse=True)\n    return sum(n * min(i + 1, len(heap) - 1) for i, n in enumerate(heap))\n",
            ),
        ],
        [
            (({"a": 5, "b": 2, "c": 1, "d": 1},), 15),
            (({},), 0),
            (({"x": 9},), 9),
            (({"a": 1, "b": 1},), 2),
            (({"a": 1, "b": 1, "c": 1, "d": 1},), 8),
            (({"a": 45, "b": 13, "c": 12, "d": 16, "e": 9, "f": 5},), 224),
            (({"p": 10, "q": 10, "r": 1},), 32),
        ],
    ),
    Item(
        "token-bucket",
        "hard simulation",
        "Write a function `allowed(capacity, every, requests)` that simulates a rate limiter. A bucket holds at most `capacity` tokens and is full at time 0; one token is added at the times `every`, 2·`every`, 3·`every`, ... (tokens that find the bucket full are lost). Each request is `[time, tokens]` with times in ascending order; a token added at the very time of a request already counts. A request takes its tokens if there are enough, and nothing otherwise. Return the list of True and False. Times may be as large as 10**15.",
        "allowed",
        """
def allowed(capacity, every, requests):
    held, last, out = capacity, 0, []
    for time, tokens in requests:
        held = min(capacity, held + time // every - last // every)
        last = time
        out.append(tokens <= held)
        if tokens <= held:
            held -= tokens
    return out
""",
        [
            ("time // every - last // every", "(time - last) // every"),
            ("min(capacity, held + time // every - last // every)", "held + time // every - last // every"),
            ("        if tokens <= held:\n            held -= tokens", "        held = max(0, held - tokens)"),
            ("tokens <= held", "tokens < held"),
        ],
        [
            ((2, 10, [[0, 1], [1, 1], [2, 1], [10, 1], [11, 1]]), [True, True, False, True, False]),
            ((1, 5, []), []),
            ((3, 10, [[5, 4], [5, 3], [9, 1], [19, 1], [19, 1]]), [False, True, False, True, False]),
            ((5, 3, [[0, 5], [2, 1], [4, 1], [7, 2], [8, 1], [9, 1]]), [True, False, True, False, True, True]),
            ((2, 1, [[0, 2], [10**15, 2], [10**15, 1]]), [True, True, False]),
            ((4, 10, [[9, 4], [18, 1], [21, 1]]), [True, True, True]),
            ((2, 10, [[25, 0], [25, 2], [30, 1]]), [True, True, True]),
        ],
    ),
]
