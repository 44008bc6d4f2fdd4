"""Medium tasks of the code pack."""

# ruff: noqa: E501
from code_item import Item

ITEMS = [
    Item(
        "merge-bookings",
        "medium intervals",
        "Write a function `merge_bookings(bookings)`. Each booking is a list `[start, end]` of integers with `start < end`; the end is not part of the booking. Return the busy times as a sorted list of `[start, end]` lists: bookings that overlap or touch are merged. The input may be in any order.",
        "merge_bookings",
        """
def merge_bookings(bookings):
    merged = []
    for start, end in sorted(bookings):
        if merged and start <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    return merged
""",
        [
            ("start <= merged", "start < merged"),
            ("max(merged[-1][1], end)", "end"),
            ("sorted(bookings)", "bookings"),
            ("start <= merged[-1][1]", "start <= merged[-1][1] + 1"),
        ],
        [
            (([[1, 3], [2, 6], [8, 10]],), [[1, 6], [8, 10]]),
            (([[1, 4], [4, 5]],), [[1, 5]]),
            (([[1, 4], [5, 6]],), [[1, 4], [5, 6]]),
            (([],), []),
            (([[1, 10], [2, 3], [4, 5]],), [[1, 10]]),
            (([[6, 7], [1, 2], [2, 4]],), [[1, 4], [6, 7]]),
            (([[5, 6], [5, 9], [1, 2]],), [[1, 2], [5, 9]]),
        ],
    ),
    Item(
        "bracket-error",
        "medium parsing stack",
        "Write a function `bracket_error(text)` that checks the brackets `()`, `[]` and `{}` of a text; all other characters are ignored. Return -1 if they are balanced. Otherwise return the index of the first closing bracket that does not match, or, if there is none, the index of the first opening bracket that is never closed.",
        "bracket_error",
        """
def bracket_error(text):
    pairs = {")": "(", "]": "[", "}": "{"}
    stack = []
    for i, ch in enumerate(text):
        if ch in "([{":
            stack.append(i)
        elif ch in pairs:
            if not stack or text[stack[-1]] != pairs[ch]:
                return i
            stack.pop()
    return stack[0] if stack else -1
""",
        [
            ("return stack[0]", "return stack[-1]"),
            ("if not stack or text[stack[-1]] != pairs[ch]:", "if not stack:"),
            ("                return i\n", "                return stack[-1] if stack else i\n"),
            ("    return stack[0] if stack else -1", "    return len(text) if stack else -1"),
        ],
        [
            (("(a[b]{c})",), -1),
            (("(]",), 1),
            (("((",), 0),
            ((")",), 0),
            (("",), -1),
            (("a(b(c)",), 1),
            (("{[}]",), 2),
            (("([)]",), 2),
            (("no brackets",), -1),
            (("()(",), 2),
            (("(()(",), 0),
        ],
    ),
    Item(
        "spiral",
        "medium matrix",
        "Write a function `spiral(rows)` that returns the entries of a rectangular matrix (a list of rows of equal length) in spiral order: along the top row to the right, down the last column, back along the bottom row, up the first column, and so on inwards.",
        "spiral",
        """
def spiral(rows):
    rows = [list(row) for row in rows]
    out = []
    while rows and rows[0]:
        out += rows.pop(0)
        rows = [list(column) for column in zip(*rows)][::-1]
    return out
""",
        [
            ("[::-1]", ""),
            ("while rows and rows[0]:", "while len(rows) > 1:"),
            (
                "    while rows and rows[0]:\n        out += rows.pop(0)\n        rows = [list(column) for column in zip(*rows)][::-1]\n",
                "    while rows and rows[0]:\n        out += rows.pop(0)\n        out += [row.pop() for row in rows]\n        if rows:\n            out += rows.pop()[::-1]\n        out += [row.pop(0) for row in rows]\n",
            ),
        ],
        [
            (([[1, 2, 3], [4, 5, 6], [7, 8, 9]],), [1, 2, 3, 6, 9, 8, 7, 4, 5]),
            (([[1, 2], [3, 4], [5, 6]],), [1, 2, 4, 6, 5, 3]),
            (([[1, 2, 3, 4]],), [1, 2, 3, 4]),
            (([[1], [2], [3]],), [1, 2, 3]),
            (([],), []),
            (([[7]],), [7]),
            (([[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]],), [1, 2, 3, 4, 8, 12, 11, 10, 9, 5, 6, 7]),
        ],
    ),
    Item(
        "csv-line",
        "medium parsing",
        "Write a function `fields(line)` that splits one line of comma-separated values into a list of strings, without the `csv` module. A field may be wrapped in double quotes; it may then contain commas, and a double quote inside it is written twice. Spaces are kept. The empty line has one empty field.",
        "fields",
        """
def fields(line):
    out, field, quoted, i = [], "", False, 0
    while i < len(line):
        ch = line[i]
        if quoted:
            if ch == '"':
                if line[i + 1 : i + 2] == '"':
                    field += '"'
                    i += 1
                else:
                    quoted = False
            else:
                field += ch
        elif ch == '"':
            quoted = True
        elif ch == ",":
            out.append(field)
            field = ""
        else:
            field += ch
        i += 1
    return [*out, field]
""",
        [
            """
def fields(line):
    return line.split(",")
""",
            """
def fields(line):
    return [part.strip('"') for part in line.split(",")]
""",
            ("                    field += '\"'\n                    i += 1\n", "                    i += 1\n"),
            ("    return [*out, field]", "    return [*out, field] if field else out"),
        ],
        [
            (("a,b,c",), ["a", "b", "c"]),
            (('"a,b",c',), ["a,b", "c"]),
            (('"say ""hi""",x',), ['say "hi"', "x"]),
            (("",), [""]),
            (("a,,b,",), ["a", "", "b", ""]),
            (('"",1',), ["", "1"]),
            ((" a , b ",), [" a ", " b "]),
            (('"""",z',), ['"', "z"]),
        ],
    ),
    Item(
        "version-order",
        "medium parsing",
        "Write a function `compare(a, b)` that compares two version numbers and returns -1, 0 or 1. A version is a sequence of whole numbers joined by dots, with an optional pre-release mark at the end: a hyphen and a word such as `-beta`. Missing numbers count as 0 (`1.2` equals `1.2.0`); a version with a mark comes before the same version without one; two marks compare alphabetically.",
        "compare",
        """
def compare(a, b):
    def key(version):
        numbers, _, mark = version.partition("-")
        parts = [int(part) for part in numbers.split(".")]
        while parts and parts[-1] == 0:
            parts.pop()
        return parts, mark == "", mark

    x, y = key(a), key(b)
    return (x > y) - (x < y)
""",
        [
            ("        while parts and parts[-1] == 0:\n            parts.pop()\n", ""),
            ('[int(part) for part in numbers.split(".")]', 'numbers.split(".")'),
            ('mark == "", mark', "mark"),
            ('mark == "", mark', 'mark != "", mark'),
        ],
        [
            (("1.2.10", "1.2.9"), 1),
            (("1.2", "1.2.0"), 0),
            (("1.0-beta", "1.0"), -1),
            (("1.0-alpha", "1.0-beta"), -1),
            (("2", "10"), -1),
            (("1.0.1-rc", "1.0.0"), 1),
            (("3.1-a", "3.1.0-a"), 0),
            (("1.0", "1.0-zeta"), 1),
            (("0.0", "0"), 0),
        ],
    ),
    Item(
        "build-order",
        "medium graphs",
        "Write a function `build_order(needs)`. `needs` maps the name of each package to the list of packages that must be built before it; a package that appears only in a list has no needs. Return one list of all package names in an order that works. Whenever several could come next, take the alphabetically first. If there is no such order, return `None`.",
        "build_order",
        """
def build_order(needs):
    import heapq

    left = {name: set(before) for name, before in needs.items()}
    for before in needs.values():
        for name in before:
            left.setdefault(name, set())
    users = {name: [] for name in left}
    for name, before in left.items():
        for other in before:
            users[other].append(name)
    ready = [name for name, before in left.items() if not before]
    heapq.heapify(ready)
    order = []
    while ready:
        name = heapq.heappop(ready)
        order.append(name)
        for user in users[name]:
            left[user].discard(name)
            if not left[user]:
                heapq.heappush(ready, user)
    return order if len(order) == len(left) else None
""",
        [
            ("order if len(order) == len(left) else None", "order"),
            ("            left.setdefault(name, set())", "            pass"),
            (
                "        name = heapq.heappop(ready)\n",
                "        name = ready.pop()\n",
            ),
            """
def build_order(needs):
    names = sorted(set(needs) | {n for before in needs.values() for n in before})
    order, seen, path = [], set(), set()

    def visit(name):
        if name in path:
            return False
        if name not in seen:
            path.add(name)
            if not all(visit(other) for other in sorted(needs.get(name, []))):
                return False
            path.discard(name)
            seen.add(name)
            order.append(name)
        return True

    return order if all(visit(name) for name in names) else None
""",
        ],
        [
            (({"app": ["lib", "log"], "lib": ["core"], "log": ["core"]},), ["core", "lib", "log", "app"]),
            (({},), []),
            (({"a": ["b"], "b": ["a"]},), None),
            (({"a": ["a"]},), None),
            (({"a": ["z"], "b": []},), ["b", "z", "a"]),
            (({"x": [], "c": [], "m": []},), ["c", "m", "x"]),
            (({"d": ["b", "c"], "b": ["a"], "c": ["a"], "e": []},), ["a", "b", "c", "d", "e"]),
            (({"a": ["b", "b"]},), ["b", "a"]),
        ],
    ),
    Item(
        "reverse-polish",
        "medium parsing stack",
        'Write a function `rpn(text)` that evaluates an expression in reverse Polish notation with integers and the operators `+ - * /`, separated by spaces. Division drops the fraction, towards zero: `"-7 2 /"` is -3. Return `None` if the expression is not well formed (too few or too many operands, an unknown token, nothing at all) or divides by zero.',
        "rpn",
        """
def rpn(text):
    stack = []
    for token in text.split():
        if token in ("+", "-", "*", "/"):
            if len(stack) < 2:
                return None
            b, a = stack.pop(), stack.pop()
            if token == "+":
                stack.append(a + b)
            elif token == "-":
                stack.append(a - b)
            elif token == "*":
                stack.append(a * b)
            elif b == 0:
                return None
            else:
                size = abs(a) // abs(b)
                stack.append(size if (a < 0) == (b < 0) else -size)
        else:
            try:
                stack.append(int(token))
            except ValueError:
                return None
    return stack[0] if len(stack) == 1 else None
""",
        [
            ("size if (a < 0) == (b < 0) else -size", "a // b"),
            ("b, a = stack.pop(), stack.pop()", "a, b = stack.pop(), stack.pop()"),
            ("stack[0] if len(stack) == 1 else None", "stack[-1] if stack else None"),
            ("            elif b == 0:\n                return None\n", ""),
        ],
        [
            (("3 4 +",), 7),
            (("-7 2 /",), -3),
            (("5 1 2 + 4 * + 3 -",), 14),
            (("1 0 /",), None),
            (("1 2",), None),
            (("+",), None),
            (("",), None),
            (("2 x *",), None),
            (("10 -3 /",), -3),
            (("42",), 42),
            (("2 3 -",), -1),
        ],
    ),
    Item(
        "grid-walk",
        "medium graphs grid",
        "Write a function `shortest(grid)`. `grid` is a list of strings of equal length: `.` is free, `#` is a wall, `S` is the start and `E` the end, one of each. Return the least number of steps (up, down, left, right) from `S` to `E`, or -1 if there is no way.",
        "shortest",
        """
def shortest(grid):
    from collections import deque

    start = next((r, c) for r, row in enumerate(grid) for c, ch in enumerate(row) if ch == "S")
    queue, seen = deque([(start, 0)]), {start}
    while queue:
        (r, c), steps = queue.popleft()
        if grid[r][c] == "E":
            return steps
        for nr, nc in ((r + 1, c), (r - 1, c), (r, c + 1), (r, c - 1)):
            inside = 0 <= nr < len(grid) and 0 <= nc < len(grid[0])
            if inside and grid[nr][nc] != "#" and (nr, nc) not in seen:
                seen.add((nr, nc))
                queue.append(((nr, nc), steps + 1))
    return -1
""",
        [
            ("queue.popleft()", "queue.pop()"),
            ("0 <= nr < len(grid) and 0 <= nc < len(grid[0])", "nr < len(grid) and nc < len(grid[0])"),
            ("((r + 1, c), (r - 1, c), (r, c + 1), (r, c - 1))", "((r + 1, c), (r, c + 1))"),
            ("            return steps", "            return steps + 1"),
        ],
        [
            ((["S.E"],), 2),
            ((["S#E"],), -1),
            ((["S#E", "..."],), 4),
            ((["SE"],), 1),
            ((["E....", "####.", "S...."],), 10),
            ((["..#", "S.#", "##E"],), -1),
            ((["S..#....", ".#.#.##.", ".#...#E.", ".####.#.", "........"],), 14),
            ((["..S..E", "......", "......"],), 3),
            ((["S##E"],), -1),
            ((["S....", ".....", "....E"],), 6),
            ((["#.#", "S#E"],), -1),
        ],
    ),
    Item(
        "roman",
        "medium parsing",
        "Write a function `from_roman(text)` that reads a Roman numeral from I to MMMCMXCIX in upper case. Only the usual spelling is allowed (IV, not IIII; IX, not VIIII; XCIX, not IC); everything else gives `None`.",
        "from_roman",
        """
def from_roman(text):
    import re

    if not text or not re.fullmatch(r"M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})", text):
        return None
    value = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
    total = 0
    for ch, after in zip(text, text[1:] + "I"):
        total += -value[ch] if value[ch] < value[after] else value[ch]
    return total
""",
        [
            ("-value[ch] if value[ch] < value[after] else value[ch]", "value[ch]"),
            ("if not text or not", "if not"),
            (
                '    if not text or not re.fullmatch(r"M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})", text):\n        return None\n',
                '    if not text or set(text) - set("IVXLCDM"):\n        return None\n',
            ),
            ('text[1:] + "I"', "text[1:]"),
        ],
        [
            (("XIV",), 14),
            (("MCMXCIX",), 1999),
            (("IIII",), None),
            (("IC",), None),
            (("",), None),
            (("MMMCMXCIX",), 3999),
            (("iv",), None),
            (("VV",), None),
            (("CDXLIV",), 444),
            (("XIX",), 19),
            (("IXI",), None),
            (("I",), 1),
        ],
    ),
    Item(
        "free-slots",
        "medium intervals",
        "Write a function `free_slots(meetings, start, end, length)`. `meetings` is a list of `[from, to]` pairs in minutes, in any order and possibly overlapping. Return, in order, the free stretches between `start` and `end` that are at least `length` minutes long, as `[from, to]` pairs.",
        "free_slots",
        """
def free_slots(meetings, start, end, length):
    out, at = [], start
    for begin, stop in [*sorted(meetings), [end, end]]:
        if min(begin, end) - at >= length and begin > at:
            out.append([at, min(begin, end)])
        at = max(at, stop)
    return out
""",
        [
            ("at = max(at, stop)", "at = stop"),
            ("[*sorted(meetings), [end, end]]", "sorted(meetings)"),
            (">= length", "> length"),
            ("min(begin, end)", "begin"),
        ],
        [
            (([[60, 120], [150, 180]], 0, 240, 30), [[0, 60], [120, 150], [180, 240]]),
            (([[60, 120], [70, 80]], 0, 180, 30), [[0, 60], [120, 180]]),
            (([], 0, 60, 60), [[0, 60]]),
            (([], 0, 60, 61), []),
            (([[0, 300]], 0, 240, 10), []),
            (([[200, 260], [300, 400]], 0, 240, 20), [[0, 200]]),
            (([[300, 400]], 0, 240, 20), [[0, 240]]),
            (([[30, 60], [0, 30]], 0, 90, 15), [[60, 90]]),
            (([[-50, 20]], 0, 60, 10), [[20, 60]]),
        ],
    ),
    Item(
        "levenshtein",
        "medium dynamic-programming strings",
        "Write a function `distance(a, b)`: the least number of single-character insertions, deletions and replacements that turn string `a` into string `b`; swapping two neighbouring characters also counts as one step, as long as neither of them is changed otherwise.",
        "distance",
        """
def distance(a, b):
    rows = [list(range(len(b) + 1))]
    for i in range(1, len(a) + 1):
        row = [i]
        for j in range(1, len(b) + 1):
            best = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (a[i - 1] != b[j - 1]))
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]
""",
        [
            (
                "            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:\n                best = min(best, rows[-2][j - 2] + 1)\n",
                "",
            ),
            ("rows[-1][j - 1] + (a[i - 1] != b[j - 1])", "rows[-1][j - 1] + 2 * (a[i - 1] != b[j - 1])"),
            ("rows[-2][j - 2] + 1", "rows[-2][j - 2]"),
            ("row = [i]", "row = [0]"),
        ],
        [
            (("kitten", "sitting"), 3),
            (("ab", "ba"), 1),
            (("", "abc"), 3),
            (("abc", ""), 3),
            (("same", "same"), 0),
            (("abcd", "acbd"), 1),
            (("ca", "abc"), 3),
            (("flaw", "lawn"), 2),
            (("converse", "conserve"), 2),
        ],
    ),
    Item(
        "knapsack",
        "medium dynamic-programming",
        "Write a function `best_value(items, limit)`. Each item is `[weight, value]` with positive integers and may be taken at most once. Return the largest total value whose total weight does not exceed `limit`.",
        "best_value",
        """
def best_value(items, limit):
    best = [0] * (limit + 1)
    for weight, value in items:
        for total in range(limit, weight - 1, -1):
            best[total] = max(best[total], best[total - weight] + value)
    return best[limit]
""",
        [
            ("range(limit, weight - 1, -1)", "range(weight, limit + 1)"),
            ("range(limit, weight - 1, -1)", "range(limit, weight, -1)"),
            """
def best_value(items, limit):
    total = 0
    for weight, value in sorted(items, key=lambda item: -item[1] / item[0]):
        if weight <= limit:
            limit -= weight
            total += value
    return total
""",
        ],
        [
            (([[3, 4], [4, 5], [2, 3]], 6), 8),
            (([], 10), 0),
            (([[5, 10]], 4), 0),
            (([[5, 10]], 5), 10),
            (([[1, 1], [1, 1]], 5), 2),
            (([[6, 30], [3, 14], [4, 16], [2, 9]], 10), 46),
            (([[5, 6], [4, 4], [4, 4]], 8), 8),
        ],
        oracle="""
def best_value(items, limit):
    if not items:
        return 0
    (weight, value), rest = items[0], items[1:]
    without = best_value(rest, limit)
    return without if weight > limit else max(without, value + best_value(rest, limit - weight))
""",
        inputs="""
def inputs(random):
    return [[[random.randint(1, 12), random.randint(1, 30)] for _ in range(random.randint(5, 10))], random.randint(10, 40)]
""",
    ),
    Item(
        "life-step",
        "medium grid simulation",
        "Write a function `step(rows)` for Conway's Game of Life on a torus: the grid wraps round at its edges. `rows` is a list of strings of equal length of `#` (alive) and `.` (dead), at least 3 by 3. A living cell with two or three living neighbours (of eight) lives on, a dead cell with exactly three comes alive, all others are dead in the next grid, which is returned.",
        "step",
        """
def step(rows):
    h, w = len(rows), len(rows[0])
    out = []
    for r in range(h):
        line = ""
        for c in range(w):
            around = sum(rows[(r + dr) % h][(c + dc) % w] == "#" for dr in (-1, 0, 1) for dc in (-1, 0, 1) if dr or dc)
            line += "#" if around == 3 or (around == 2 and rows[r][c] == "#") else "."
        out.append(line)
    return out
""",
        [
            (" if dr or dc)", ")"),
            ('around == 3 or (around == 2 and rows[r][c] == "#")', "around in (2, 3)"),
            ("rows[(r + dr) % h][(c + dc) % w]", "rows[min(max(r + dr, 0), h - 1)][min(max(c + dc, 0), w - 1)]"),
        ],
        [
            (([".....", "..#..", "..#..", "..#..", "....."],), [".....", ".....", ".###.", ".....", "....."]),
            ((["....", ".##.", ".##.", "...."],), ["....", ".##.", ".##.", "...."]),
            ((["..#..", ".....", ".....", "..#..", "..#.."],), [".....", ".....", ".....", ".....", ".###."]),
            ((["...", "...", "..."],), ["...", "...", "..."]),
            ((["#...", "....", "....", "##.."],), ["##..", "....", "....", "##.."]),
            ((["###", "###", "###"],), ["...", "...", "..."]),
        ],
    ),
    Item(
        "justify",
        "medium strings",
        "Write a function `justify(text, width)` that sets words (separated by white space) into lines of exactly `width` characters: as many words as fit on a line, at least one space between words, spare spaces spread as evenly as possible with the larger gaps on the left. The last line, and a line with a single word, is filled with spaces on the right. No word is longer than `width`. Return the list of lines.",
        "justify",
        """
def justify(text, width):
    lines, line = [], []
    for word in text.split():
        if line and sum(map(len, line)) + len(line) + len(word) > width:
            lines.append(line)
            line = []
        line.append(word)
    out = []
    for words in lines:
        gaps, spare = len(words) - 1, width - sum(map(len, words))
        if not gaps:
            out.append(words[0].ljust(width))
            continue
        each, more = divmod(spare, gaps)
        out.append("".join(word + " " * (each + (i < more)) for i, word in enumerate(words[:-1])) + words[-1])
    return out + ([" ".join(line).ljust(width)] if line else [])
""",
        [
            ("(i < more)", "(i >= gaps - more)"),
            ('[" ".join(line).ljust(width)] if line', '[" ".join(line)] if line'),
            ("+ len(line) + len(word) > width", "+ len(line) + len(word) >= width"),
            ('    return out + ([" ".join(line).ljust(width)] if line else [])', "    return out"),
        ],
        [
            (("the cat sat on the mat", 11), ["the cat sat", "on the mat "]),
            (("a bb ccc dddd e", 8), ["a bb ccc", "dddd e  "]),
            (("one two three four", 12), ["one      two", "three four  "]),
            (("", 5), []),
            (("word", 4), ["word"]),
            (("a b c dddddd", 7), ["a  b  c", "dddddd "]),
            (("a b c d eeeeeeee", 9), ["a  b  c d".replace("c d", "c d"), "eeeeeeee "]),
            (("abcdefgh ab cdefgh", 9), ["abcdefgh ", "ab cdefgh"]),
        ],
    ),
    Item(
        "page-ranges",
        "medium parsing",
        'Write a function `pages(text)` that reads page ranges as in a print dialog, such as `"1-3, 7,10-9"`, and returns the list of pages in the order given (`[1, 2, 3, 7, 10, 9]`): a range may run backwards, spaces are ignored, and a page that has occurred before is left out. Page numbers are positive; anything that cannot be read gives `None`. The empty text gives an empty list.',
        "pages",
        """
def pages(text):
    import re

    text = text.replace(" ", "")
    if not text:
        return []
    out = {}
    for part in text.split(","):
        found = re.fullmatch(r"([1-9][0-9]*)(?:-([1-9][0-9]*))?", part)
        if not found:
            return None
        first = int(found[1])
        last = int(found[2] or first)
        for page in range(first, last + 1) if first <= last else range(first, last - 1, -1):
            out[page] = True
    return list(out)
""",
        [
            ("return list(out)", "return sorted(out)"),
            ("range(first, last + 1) if first <= last else range(first, last - 1, -1)", "range(first, last + 1)"),
            ("            return None", "            continue"),
            ("range(first, last - 1, -1)", "range(first, last, -1)"),
            ('text = text.replace(" ", "")', "text = text.strip()"),
        ],
        [
            (("1-3, 7,10-9",), [1, 2, 3, 7, 10, 9]),
            (("",), []),
            (("5",), [5]),
            (("3-3",), [3]),
            (("1-3,2-4",), [1, 2, 3, 4]),
            (("0",), None),
            (("1-",), None),
            (("a",), None),
            (("1,,2",), None),
            (("2 - 4",), [2, 3, 4]),
            (("-3",), None),
            (("3,1",), [3, 1]),
        ],
    ),
    Item(
        "dot-path",
        "medium parsing json",
        'Write a function `get(data, path)` that looks up a value in nested dictionaries and lists by a path such as `"users[0].name"`: names are separated by dots, a whole number in square brackets is an index into a list (negative ones count from the end), and several brackets may follow each other. The empty path is the whole data. Return `None` if there is no such value. The path is always well formed, but it may start with a bracket; names contain neither dots nor brackets.',
        "get",
        """
def get(data, path):
    import re

    for name, index in re.findall(r"([^.\\[\\]]+)(?![^\\[]*\\])|\\[(-?\\d+)\\]", path):
        if index:
            i = int(index)
            if not isinstance(data, list) or not -len(data) <= i < len(data):
                return None
            data = data[i]
        else:
            if not isinstance(data, dict) or name not in data:
                return None
            data = data[name]
    return data
""",
        [
            (
                "not isinstance(data, list) or not -len(data) <= i < len(data)",
                "not isinstance(data, list) or i >= len(data)",
            ),
            ("if not isinstance(data, dict) or name not in data", "if name not in data"),
            ("            data = data[i]", "            data = data[abs(i)]"),
        ],
        [
            (({"users": [{"name": "Ann"}]}, "users[0].name"), "Ann"),
            (({"a": 1}, ""), {"a": 1}),
            (({"a": [[1, 2], [3]]}, "a[0][1]"), 2),
            (({"a": [1, 2, 3]}, "a[-1]"), 3),
            (({"a": [1]}, "a[5]"), None),
            (({"a": [1]}, "a[-2]"), None),
            (({"a": "text"}, "a.t"), None),
            (({"a": "text"}, "a[0]"), None),
            (([{"x": 5}], "[0].x"), 5),
            (({"a": {"b": {"c": False}}}, "a.b.c"), False),
            (({"a": None}, "a.b"), None),
            (({"k1": {"0": "zero"}}, "k1.0"), "zero"),
        ],
    ),
    Item(
        "glob",
        "medium matching",
        "Write a function `matches(pattern, name)` where `?` in the pattern stands for any one character, `*` for any run of characters (also none), `[abc]` for one of the characters listed, and everything else for itself. The whole name must fit. Brackets are always closed and never empty. Do not use `fnmatch` or regular expressions.",
        "matches",
        """
def matches(pattern, name):
    parts, i = [], 0
    while i < len(pattern):
        if pattern[i] == "[":
            end = pattern.index("]", i)
            parts.append(pattern[i + 1 : end])
            i = end + 1
        else:
            parts.append({"?": None, "*": "*"}.get(pattern[i], [pattern[i]]))
            i += 1
    reached = {0}
    for part in parts:
        if part == "*":
            reached = set(range(min(reached), len(name) + 1)) if reached else set()
        else:
            reached = {at + 1 for at in reached if at < len(name) and (part is None or name[at] in part)}
    return len(name) in reached
""",
        [
            ("return len(name) in reached", "return bool(reached)"),
            ("range(min(reached), len(name) + 1)", "range(min(reached) + 1, len(name) + 1)"),
            ("range(min(reached), len(name) + 1)", "range(max(reached), len(name) + 1)"),
            ("(part is None or name[at] in part)", "(part is None or name[at] == part[0])"),
        ],
        [
            (("*.py", "main.py"), True),
            (("*.py", "main.pyc"), False),
            (("a?c", "abc"), True),
            (("a?c", "ac"), False),
            (("*", ""), True),
            (("[abc]x", "bx"), True),
            (("[abc]x", "dx"), False),
            (("a*b*c", "aXbYbc"), True),
            (("a*b*c", "acb"), False),
            (("", ""), True),
            (("", "a"), False),
            (("**a", "ba"), True),
            (("a" + "*a" * 20, "a" * 20), False),
            (("x.y", "xzy"), False),
            (("?*", ""), False),
            (("*?*b", "xab"), True),
        ],
    ),
    Item(
        "least-recently-used",
        "medium simulation",
        'Write a function `run_cache(capacity, steps)` that simulates a cache which holds at most `capacity` (1 or more) keys and drops the least recently used one when it would hold more. Each step is `["put", key, value]` or `["get", key]`; both count as a use of the key. Return the list of the answers of all `get` steps, `None` for a key that is not there.',
        "run_cache",
        """
def run_cache(capacity, steps):
    cache, answers = {}, []
    for step in steps:
        key = step[1]
        if step[0] == "get":
            value = cache.pop(key, None)
            answers.append(value)
            if value is None:
                continue
        else:
            cache.pop(key, None)
            value = step[2]
        cache[key] = value
        if len(cache) > capacity:
            del cache[next(iter(cache))]
    return answers
""",
        [
            ("value = cache.pop(key, None)\n            answers", "value = cache.get(key)\n            answers"),
            ("            cache.pop(key, None)\n            value = step[2]", "            value = step[2]"),
            ("len(cache) > capacity", "len(cache) >= capacity"),
            ("del cache[next(iter(cache))]", "del cache[list(cache)[-1]]"),
        ],
        [
            (
                (
                    2,
                    [
                        ["put", "a", 1],
                        ["put", "b", 2],
                        ["get", "a"],
                        ["put", "c", 3],
                        ["get", "b"],
                        ["get", "a"],
                        ["get", "c"],
                    ],
                ),
                [1, None, 1, 3],
            ),
            ((1, [["put", "a", 1], ["put", "a", 2], ["get", "a"]]), [2]),
            ((2, [["get", "x"]]), [None]),
            (
                (2, [["put", "a", 1], ["put", "b", 2], ["put", "a", 5], ["put", "c", 3], ["get", "a"], ["get", "b"]]),
                [5, None],
            ),
            ((3, []), []),
            (
                (2, [["put", "a", 0], ["get", "a"], ["put", "b", 1], ["put", "c", 2], ["get", "a"], ["get", "b"]]),
                [0, None, 1],
            ),
        ],
    ),
    Item(
        "bowling",
        "medium simulation",
        "Write a function `score(rolls)` that returns the score of a complete game of ten-pin bowling from the pins of each roll. A strike (10 with the first ball of a frame) adds the next two rolls to its frame, a spare (10 with both balls) the next one; in the tenth frame the extra balls only count for the bonus.",
        "score",
        """
def score(rolls):
    total, at = 0, 0
    for _ in range(10):
        if rolls[at] == 10:
            total += sum(rolls[at : at + 3])
            at += 1
        else:
            pins = rolls[at] + rolls[at + 1]
            total += pins + (rolls[at + 2] if pins == 10 else 0)
            at += 2
    return total
""",
        [
            ("total += sum(rolls[at : at + 3])", "total += sum(rolls[at : at + 2])"),
            ("(rolls[at + 2] if pins == 10 else 0)", "0"),
            """
def score(rolls):
    total = sum(rolls)
    for at in range(len(rolls) - 2):
        if rolls[at] == 10:
            total += rolls[at + 1] + rolls[at + 2]
        elif rolls[at] + rolls[at + 1] == 10:
            total += rolls[at + 2]
    return total
""",
        ],
        [
            (([10] * 12,), 300),
            (([0] * 20,), 0),
            (([5] * 21,), 150),
            (([3, 4] * 10,), 70),
            (([10, 3, 6] + [0] * 16,), 28),
            (([0, 10, 5, 1] + [0] * 16,), 21),
            (([0] * 18 + [10, 5, 3],), 18),
            (([3, 7, 2, 0] + [0] * 16,), 14),
            (([1, 5, 5, 1] + [0] * 16,), 12),
        ],
    ),
    Item(
        "luhn",
        "medium numbers",
        "Write a function `valid(text)` that checks a number by the Luhn rule: from the right, every second digit is doubled (9 is subtracted from results above 9), and the sum of all digits must be divisible by 10. Spaces are ignored; any other character that is not a digit, or fewer than two digits, makes the number invalid.",
        "valid",
        """
def valid(text):
    digits = text.replace(" ", "")
    if len(digits) < 2 or not (digits.isascii() and digits.isdigit()):
        return False
    total = 0
    for i, ch in enumerate(reversed(digits)):
        n = int(ch) * (2 if i % 2 else 1)
        total += n - 9 if n > 9 else n
    return total % 10 == 0
""",
        [
            ("reversed(digits)", "digits"),
            ("n - 9 if n > 9 else n", "n"),
            ("len(digits) < 2 or ", ""),
            ("(2 if i % 2 else 1)", "(1 if i % 2 else 2)"),
        ],
        [
            (("79927398713",), True),
            (("79927398710",), False),
            (("0",), False),
            (("00",), True),
            (("18",), True),
            (("059",), True),
            (("059a",), False),
            (("4539 3195 0343 6467",), True),
            (("8273 1232 7352 0569",), False),
            (("",), False),
            (("109",), True),
        ],
    ),
    Item(
        "longest-distinct",
        "medium strings window",
        "Write a function `longest(text, k)` that returns the length of the longest stretch of neighbouring characters in which at most `k` different characters occur. It must be quick for texts of several thousand characters.",
        "longest",
        """
def longest(text, k):
    counts, start, best = {}, 0, 0
    for end, ch in enumerate(text):
        counts[ch] = counts.get(ch, 0) + 1
        while len(counts) > k:
            first = text[start]
            counts[first] -= 1
            if not counts[first]:
                del counts[first]
            start += 1
        best = max(best, end - start + 1)
    return best
""",
        [
            (
                "            if not counts[first]:\n                del counts[first]\n",
                "            del counts[first]\n",
            ),
            ("end - start + 1", "end - start"),
            ("len(counts) > k", "len(counts) >= k and k > 1"),
        ],
        [
            (("eceba", 2), 3),
            (("aaaa", 1), 4),
            (("abc", 0), 0),
            (("", 3), 0),
            (("abcabc", 3), 6),
            (("aabbcc", 2), 4),
            (("abaccc", 2), 4),
            (("a", 2), 1),
        ],
        oracle="""
def longest(text, k):
    return max([b - a for a in range(len(text) + 1) for b in range(a, len(text) + 1) if len(set(text[a:b])) <= k], default=0)
""",
        inputs="""
def inputs(random):
    return ["".join(random.choice("abcd") for _ in range(random.randint(5, 25))), random.randint(1, 3)]
""",
    ),
    Item(
        "islands",
        "medium grid graphs",
        "Write a function `islands(rows)` for a map given as strings of equal length, with `#` for land and `.` for water. Fields that touch by a side belong to the same island. Return the sizes of all islands that do not touch the edge of the map, in ascending order.",
        "islands",
        """
def islands(rows):
    left = {(r, c) for r, row in enumerate(rows) for c, ch in enumerate(row) if ch == "#"}
    sizes = []
    while left:
        stack, size, edge = [left.pop()], 0, False
        while stack:
            r, c = stack.pop()
            size += 1
            edge = edge or r in (0, len(rows) - 1) or c in (0, len(rows[0]) - 1)
            for near in ((r + 1, c), (r - 1, c), (r, c + 1), (r, c - 1)):
                if near in left:
                    left.remove(near)
                    stack.append(near)
        if not edge:
            sizes.append(size)
    return sorted(sizes)
""",
        [
            ("        if not edge:\n            sizes.append(size)", "        sizes.append(size)"),
            (
                "((r + 1, c), (r - 1, c), (r, c + 1), (r, c - 1))",
                "((r + 1, c), (r - 1, c), (r, c + 1), (r, c - 1), (r + 1, c + 1), (r - 1, c - 1), (r + 1, c - 1), (r - 1, c + 1))",
            ),
            ("r in (0, len(rows) - 1) or c in (0, len(rows[0]) - 1)", "r == 0 or c == 0"),
            ("edge = edge or r in", "edge = r in"),
        ],
        [
            (([".....", ".##..", ".....", "...#.", "....."],), [1, 2]),
            ((["#....", ".#...", "....."],), [1]),
            ((["....", ".##.", ".##.", "...."],), [4]),
            (([],), []),
            ((["....", ".#..", ".##.", ".#..", "...."],), [4]),
            ((["......", ".##.#.", ".#....", ".#..#."],), [1]),
            ((["#####", "#...#", "#.#.#", "#...#", "#####"],), [1]),
            ((["....", "..##", "...."],), []),
            ((["..#.", "..#.", ".##.", "...."],), []),
        ],
    ),
    Item(
        "polynomial-product",
        "medium algebra dictionaries",
        'Write a function `multiply(p, q)` for polynomials in one variable, given as dictionaries from the exponent (as text) to the integer coefficient, such as `{"0": 1, "3": -2}` for 1 - 2x³. Return their product in the same form, without terms whose coefficient is 0.',
        "multiply",
        """
def multiply(p, q):
    out = {}
    for i, a in p.items():
        for j, b in q.items():
            key = str(int(i) + int(j))
            out[key] = out.get(key, 0) + a * b
    return {key: value for key, value in out.items() if value}
""",
        [
            ("{key: value for key, value in out.items() if value}", "out"),
            ("out.get(key, 0) + a * b", "a * b"),
            ("str(int(i) + int(j))", "i + j"),
            ("str(int(i) + int(j))", "str(int(i) * int(j))"),
        ],
        [
            (({"0": 1, "1": 1}, {"0": 1, "1": -1}), {"0": 1, "2": -1}),
            (({}, {"5": 2}), {}),
            (({"0": 3}, {"2": 4}), {"2": 12}),
            (({"1": 2, "10": 1}, {"1": 1}), {"2": 2, "11": 1}),
            (({"0": 1, "1": 1}, {"0": 1, "1": 1}), {"0": 1, "1": 2, "2": 1}),
            (({"0": 0}, {"0": 7}), {}),
        ],
    ),
    Item(
        "template",
        "medium parsing strings",
        "Write a function `fill(template, values)` that replaces each `{name}` by the text of `values[name]`; a name is made of letters, digits and underscores. `{{` and `}}` stand for single braces. A name that is missing stays as it is, braces included. The values are strings and may themselves contain braces, which are left alone. Any other lone brace stays as it is.",
        "fill",
        """
def fill(template, values):
    import re

    def one(found):
        if found[0] in ("{{", "}}"):
            return found[0][0]
        return values.get(found[1], found[0])

    return re.sub(r"\\{\\{|\\}\\}|\\{(\\w+)\\}", one, template)
""",
        [
            """
def fill(template, values):
    for name, value in values.items():
        template = template.replace("{" + name + "}", value)
    return template.replace("{{", "{").replace("}}", "}")
""",
            ("values.get(found[1], found[0])", 'values.get(found[1], "")'),
            """
def fill(template, values):
    return template.format(**values)
""",
            ('found[0] in ("{{", "}}")', 'found[0] == "{{"'),
        ],
        [
            (("Hi {name}!", {"name": "Bo"}), "Hi Bo!"),
            (("{a}{b}", {"a": "{b}", "b": "x"}), "{b}x"),
            (("{{a}} {a}", {"a": "1"}), "{a} 1"),
            (("{x} stays", {}), "{x} stays"),
            (("a } b { c", {}), "a } b { c"),
            (("{{{a}}}", {"a": "v"}), "{v}"),
            (("", {"a": "b"}), ""),
            (("{not valid} {ok_1}", {"ok_1": "yes"}), "{not valid} yes"),
        ],
    ),
    Item(
        "prime-factors",
        "medium numbers",
        "Write a function `factors(n)` that returns the prime factorisation of an integer `n` ≥ 1 as a list of `[prime, exponent]` pairs in ascending order. It must be quick for every `n` up to 10**12.",
        "factors",
        """
def factors(n):
    out, p = [], 2
    while p * p <= n:
        count = 0
        while n % p == 0:
            n //= p
            count += 1
        if count:
            out.append([p, count])
        p += 1 if p == 2 else 2
    return [*out, [n, 1]] if n > 1 else out
""",
        [
            ("return [*out, [n, 1]] if n > 1 else out", "return out"),
            ("while p * p <= n", "while p * p < n"),
            ("        while n % p == 0:", "        if n % p == 0:"),
            ("while p * p <= n", "while p <= n"),
        ],
        [
            ((360,), [[2, 3], [3, 2], [5, 1]]),
            ((1,), []),
            ((97,), [[97, 1]]),
            ((49,), [[7, 2]]),
            ((2**20,), [[2, 20]]),
            ((999999000001,), [[999999000001, 1]]),
            ((999983 * 999979,), [[999979, 1], [999983, 1]]),
            ((6,), [[2, 1], [3, 1]]),
        ],
    ),
    Item(
        "stock-fifo",
        "medium simulation",
        'Write a function `profit(trades)` that works out the profit of share trades. Each trade is `["buy" or "sell", count, price]`. Shares are sold in the order in which they were bought; the profit of a sale is the price minus what those shares had cost. Return the total profit, or `None` if at some point more shares are sold than are held.',
        "profit",
        """
def profit(trades):
    from collections import deque

    held, total = deque(), 0
    for kind, count, price in trades:
        if kind == "buy":
            held.append([count, price])
            continue
        while count:
            if not held:
                return None
            taken = min(count, held[0][0])
            total += taken * (price - held[0][1])
            count -= taken
            held[0][0] -= taken
            if not held[0][0]:
                held.popleft()
    return total
""",
        [
            ("held[0]", "held[-1]"),
            ("                return None", "                break"),
            """
def profit(trades):
    held = cost = total = 0
    for kind, count, price in trades:
        if kind == "buy":
            held += count
            cost += count * price
        else:
            if count > held:
                return None
            total += count * (price - cost // held)
            cost -= count * (cost // held)
            held -= count
    return total
""",
            (
                "            held[0][0] -= taken\n            if not held[0][0]:\n                held.popleft()",
                "            held.popleft()",
            ),
        ],
        [
            (([["buy", 10, 5], ["buy", 10, 7], ["sell", 15, 10]],), 65),
            (([],), 0),
            (([["sell", 1, 5]],), None),
            (([["buy", 5, 10], ["sell", 5, 8]],), -10),
            (([["buy", 3, 1], ["sell", 1, 2], ["buy", 2, 9], ["sell", 3, 4]],), 1 + 3 + 3 - 5),
            (([["buy", 2, 1], ["sell", 3, 5], ["buy", 5, 1]],), None),
            (([["buy", 4, 3]],), 0),
        ],
    ),
    Item(
        "next-arrangement",
        "medium combinatorics",
        "Write a function `following(digits)` that takes a string of digits and returns the smallest larger number that is made of exactly the same digits, as a string of the same length, or `None` if there is none.",
        "following",
        """
def following(digits):
    ds = list(digits)
    i = len(ds) - 2
    while i >= 0 and ds[i] >= ds[i + 1]:
        i -= 1
    if i < 0:
        return None
    j = len(ds) - 1
    while ds[j] <= ds[i]:
        j -= 1
    ds[i], ds[j] = ds[j], ds[i]
    return "".join(ds[: i + 1] + ds[: i : -1])
""",
        [
            ("ds[i] >= ds[i + 1]", "ds[i] > ds[i + 1]"),
            ("ds[j] <= ds[i]", "ds[j] < ds[i]"),
            ("ds[: i + 1] + ds[: i : -1]", "ds"),
            ("j = len(ds) - 1", "j = i + 1"),
        ],
        [
            (("123",), "132"),
            (("321",), None),
            (("115",), "151"),
            (("1",), None),
            (("",), None),
            (("12443322",), "13222344"),
            (("9998",), None),
            (("8999",), "9899"),
            (("0100",), "1000"),
            (("230241",), "230412"),
        ],
    ),
    Item(
        "tic-tac-toe",
        "medium grid games",
        'Write a function `state(rows)` for tic-tac-toe with three strings of three characters, `X`, `O` or `.`; X moves first. Return `"X"` or `"O"` if that player has won, `"draw"` if the board is full without a winner, `"open"` if the game goes on, and `"impossible"` if no sequence of legal moves leads there (play stops as soon as someone has three in a line).',
        "state",
        """
def state(rows):
    x, o = (sum(row.count(mark) for row in rows) for mark in "XO")
    cells = "".join(rows)
    lines = [(0, 1, 2), (3, 4, 5), (6, 7, 8), (0, 3, 6), (1, 4, 7), (2, 5, 8), (0, 4, 8), (2, 4, 6)]
    x_won, o_won = (any(all(cells[i] == mark for i in line) for line in lines) for mark in "XO")
    if x - o not in (0, 1) or (x_won and o_won) or (x_won and x == o) or (o_won and x > o):
        return "impossible"
    if x_won or o_won:
        return "X" if x_won else "O"
    return "open" if "." in cells else "draw"
""",
        [
            (" or (x_won and o_won) or (x_won and x == o) or (o_won and x > o)", ""),
            (", (0, 4, 8), (2, 4, 6)", ""),
            ("x - o not in (0, 1)", "x - o not in (0,)"),
            (" or (x_won and x == o)", ""),
            (" or (o_won and x > o)", ""),
        ],
        [
            ((["XXX", "OO.", "..."],), "X"),
            ((["XXX", "OOO", "..."],), "impossible"),
            ((["...", "...", "..."],), "open"),
            ((["XOX", "XOO", "OXX"],), "draw"),
            ((["OOO", "XX.", "X.."],), "O"),
            ((["OOO", "XX.", "XX."],), "impossible"),
            ((["XXX", "OO.", "O.."],), "impossible"),
            ((["O..", "...", "..."],), "impossible"),
            ((["X.O", ".XO", "..X"],), "X"),
            ((["XX.", "...", "..."],), "impossible"),
            ((["X..", "...", "..."],), "open"),
            ((["XOX", "OXO", "XOX"],), "X"),
        ],
    ),
    Item(
        "first-and-last",
        "medium search",
        "Write a function `bounds(numbers, wanted)` that returns `[first, last]`, the places where `wanted` first and last occurs in a sorted list, or `[-1, -1]`. `numbers` may be long, so use binary search.",
        "bounds",
        """
def bounds(numbers, wanted):
    from bisect import bisect_left, bisect_right

    first = bisect_left(numbers, wanted)
    last = bisect_right(numbers, wanted) - 1
    return [first, last] if first <= last else [-1, -1]
""",
        [
            ("bisect_right(numbers, wanted) - 1", "bisect_right(numbers, wanted)"),
            ("if first <= last", "if first < last"),
            ("bisect_left(numbers, wanted)", "bisect_right(numbers, wanted) - 1"),
            ("[first, last] if first <= last else [-1, -1]", "[first, last]"),
        ],
        [
            (([1, 2, 2, 2, 3], 2), [1, 3]),
            (([], 5), [-1, -1]),
            (([5], 5), [0, 0]),
            (([1, 3], 2), [-1, -1]),
            (([4, 4], 4), [0, 1]),
            (([1, 2, 3], 4), [-1, -1]),
            (([1, 2, 3], 3), [2, 2]),
        ],
    ),
    Item(
        "iban",
        "medium numbers strings",
        "Write a function `check_digits(country, account)` that returns the two IBAN check digits as text. `country` is two capital letters, `account` consists of digits and capital letters. Put the country and `00` behind the account, replace each letter by two digits (A = 10, ..., Z = 35), take the remainder of the resulting number on division by 97, and subtract it from 98; a single digit gets a 0 in front.",
        "check_digits",
        """
def check_digits(country, account):
    digits = "".join(str(int(ch, 36)) for ch in account + country + "00")
    return f"{98 - int(digits) % 97:02d}"
""",
        [
            ("account + country", "country + account"),
            (":02d", ""),
            ("98 - ", "97 - "),
            ("str(int(ch, 36))", "str(ord(ch) - 55 if ch.isalpha() else 0)"),
        ],
        [
            (("DE", "370400440532013000"), "89"),
            (("GB", "WEST12345698765432"), "82"),
            (("NL", "ABNA0417164300"), "91"),
            (("FR", "20041010050500013M02606"), "14"),
            (("BE", "539007547034"), "68"),
            (("XX", "0"), "90"),
            (("AA", "17"), "04"),
        ],
    ),
    Item(
        "network",
        "medium parsing numbers",
        'Write a function `inside(address, network)` that is true if an IPv4 address such as `"10.1.2.3"` belongs to a network such as `"10.1.0.0/16"`, without the `ipaddress` module. Return `None` if either is malformed: an address is four numbers from 0 to 255 without leading zeros, the length after the slash a number from 0 to 32 without leading zeros. Bits of the network address behind the length are ignored.',
        "inside",
        """
def inside(address, network):
    def small(text, top):
        if not (text.isascii() and text.isdigit()) or (len(text) > 1 and text[0] == "0") or int(text) > top:
            raise ValueError
        return int(text)

    def bits(text):
        parts = [small(part, 255) for part in text.split(".")]
        if len(parts) != 4:
            raise ValueError
        return sum(part << shift for part, shift in zip(parts, (24, 16, 8, 0)))

    try:
        base, slash, length = network.partition("/")
        shift = 32 - small(length, 32)
        return bits(address) >> shift == bits(base) >> shift
    except ValueError:
        return None
""",
        [
            (' or (len(text) > 1 and text[0] == "0")', ""),
            ("        if len(parts) != 4:\n            raise ValueError\n", ""),
            ("bits(address) >> shift == bits(base) >> shift", "bits(address) >> shift == bits(base)"),
            ("shift = 32 - small(length, 32)", "shift = small(length, 32)"),
            (" or int(text) > top", ""),
        ],
        [
            (("10.1.2.3", "10.1.0.0/16"), True),
            (("10.2.2.3", "10.1.0.0/16"), False),
            (("1.2.3.4", "0.0.0.0/0"), True),
            (("1.2.3.4", "1.2.3.4/32"), True),
            (("1.2.3.5", "1.2.3.4/31"), True),
            (("1.2.3.6", "1.2.3.4/31"), False),
            (("192.168.5.130", "192.168.5.255/25"), True),
            (("256.1.1.1", "0.0.0.0/0"), None),
            (("1.2.3", "0.0.0.0/0"), None),
            (("01.2.3.4", "0.0.0.0/0"), None),
            (("1.2.3.4", "1.2.3.4"), None),
            (("1.2.3.4", "1.2.3.4/33"), None),
            (("1.2.3.4.5", "1.2.3.0/24"), None),
            (("1.2.3.4", "1.2.3.4/-1"), None),
            (("", "1.2.3.4/8"), None),
        ],
    ),
    Item(
        "unit-fractions",
        "medium numbers",
        "Write a function `unit_fractions(a, b)` for positive integers a < b. Take the largest unit fraction 1/n that is not larger than a/b, subtract it, and go on with the rest until nothing is left. Return the list of the n.",
        "unit_fractions",
        """
def unit_fractions(a, b):
    out = []
    while a:
        n = -(-b // a)
        out.append(n)
        a, b = a * n - b, b * n
    return out
""",
        [
            ("-(-b // a)", "b // a"),
            ("-(-b // a)", "b // a + 1"),
            ("-(-b // a)", "round(b / a)"),
            ("a, b = a * n - b, b * n", "a, b = a * n - b, b"),
        ],
        [
            ((3, 4), [2, 4]),
            ((1, 7), [7]),
            ((2, 3), [2, 6]),
            ((5, 6), [2, 3]),
            ((4, 13), [4, 18, 468]),
            ((7, 15), [3, 8, 120]),
            ((2, 4), [2]),
            ((6, 7), [2, 3, 42]),
        ],
    ),
    Item(
        "folder-tree",
        "medium trees formatting",
        'Write a function `tree(paths)`. `paths` are file paths with slashes such as `"src/app/main.py"`. Return the lines of an indented listing: two spaces for each level, folders with a slash behind their name; within a folder first its folders, then its files, each in alphabetical order. Repeated paths count once.',
        "tree",
        """
def tree(paths):
    root = {}
    for path in paths:
        *folders, name = path.split("/")
        at = root
        for folder in folders:
            at = at.setdefault(folder + "/", {})
        at[name] = None

    def lines(folder, indent):
        out = []
        for name in sorted(folder, key=lambda name: (folder[name] is None, name.rstrip("/"))):
            out.append(indent + name)
            if folder[name] is not None:
                out += lines(folder[name], indent + "  ")
        return out

    return lines(root, "")
""",
        [
            ('(folder[name] is None, name.rstrip("/"))', "name"),
            ('(folder[name] is None, name.rstrip("/"))', "(folder[name] is not None, name)"),
            ('folder + "/"', "folder"),
            ('indent + "  "', "indent"),
        ],
        [
            ((["src/app/main.py", "README", "src/z.py"],), ["src/", "  app/", "    main.py", "  z.py", "README"]),
            (([],), []),
            ((["b", "a", "a"],), ["a", "b"]),
            ((["x/b", "x/a/c", "w"],), ["x/", "  a/", "    c", "  b", "w"]),
            ((["a-b/f", "a/f"],), ["a/", "  f", "a-b/", "  f"]),
            ((["n", "n/m"],), ["n/", "  m", "n"]),
        ],
    ),
    Item(
        "line-changes",
        "medium dynamic-programming",
        "Write a function `changes(old, new)` for two lists of lines. Lines may be removed from `old` and lines inserted, so that `new` comes out. Return `[removed, inserted]`, the numbers of lines in the way with the fewest changes.",
        "changes",
        """
def changes(old, new):
    row = [0] * (len(new) + 1)
    for a in old:
        after = [0]
        for j, b in enumerate(new):
            after.append(row[j] + 1 if a == b else max(row[j + 1], after[j]))
        row = after
    return [len(old) - row[-1], len(new) - row[-1]]
""",
        [
            ("max(row[j + 1], after[j])", "0"),
            (
                "    row = [0] * (len(new) + 1)\n",
                "    return [sum(line not in new for line in old), sum(line not in old for line in new)]\n    row = []\n",
            ),
            ("[len(old) - row[-1], len(new) - row[-1]]", "[len(new) - row[-1], len(old) - row[-1]]"),
            ("row[j] + 1 if a == b", "row[j + 1] + 1 if a == b"),
        ],
        [
            ((["a", "b", "c"], ["a", "c", "d"]), [1, 1]),
            (([], ["x"]), [0, 1]),
            ((["x"], []), [1, 0]),
            (([], []), [0, 0]),
            ((["a", "b"], ["b", "a"]), [1, 1]),
            ((["a", "a"], ["a"]), [1, 0]),
            ((["p", "q", "r", "s"], ["q", "s", "p"]), [2, 1]),
        ],
        oracle="""
def changes(old, new):
    if not old or not new:
        return [len(old), len(new)]
    if old[0] == new[0]:
        return changes(old[1:], new[1:])
    a, b = changes(old[1:], new), changes(old, new[1:])
    return min([a[0] + 1, a[1]], [b[0], b[1] + 1], key=sum)
""",
        inputs="""
def inputs(random):
    return [[random.choice("abc") for _ in range(random.randint(3, 8))] for _ in range(2)]
""",
    ),
]
