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
]
