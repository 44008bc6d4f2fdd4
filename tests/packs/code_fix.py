"""Tasks of the code pack that show a faulty program and its symptom."""

# ruff: noqa: E501
from code_item import Item

ITEMS = [
    Item(
        "fix-binary-search",
        "fix easy search",
        "`find(numbers, wanted)` should return the index of the first item of the sorted list `numbers` that is not smaller than `wanted` (the length of the list if there is none). For some inputs it never returns. Fix it.",
        "find",
        """
def find(numbers, wanted):
    low, high = 0, len(numbers)
    while low < high:
        middle = (low + high) // 2
        if numbers[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low
""",
        [
            ("numbers[middle] < wanted", "numbers[middle] <= wanted"),
            ("high = 0, len(numbers)", "high = 0, len(numbers) - 1"),
            ("            high = middle\n", "            high = middle - 1\n"),
        ],
        [
            (([1, 3, 5], 3), 1),
            (([1, 3, 5], 4), 2),
            (([1, 3, 5], 6), 3),
            (([1, 3, 5], 0), 0),
            (([], 1), 0),
            (([2, 2, 2], 2), 0),
            (([1, 2, 2, 3], 3), 3),
            (([4], 9), 1),
        ],
        given="""
def find(numbers, wanted):
    low, high = 0, len(numbers)
    while low < high:
        middle = (low + high) // 2
        if numbers[middle] < wanted:
            low = middle
        else:
            high = middle
    return low
""",
    ),
    Item(
        "fix-shared-default",
        "fix easy state",
        "`group_all(batches)` should group each batch of words on its own: the result for a batch is a dictionary from first letter to the words with that letter. The second batch wrongly contains words of the first. Fix it; keep both functions.",
        "group_all",
        """
def group(words, groups=None):
    groups = {} if groups is None else groups
    for word in words:
        groups.setdefault(word[0], []).append(word)
    return groups


def group_all(batches):
    return [group(batch) for batch in batches]
""",
        [
            ("groups = {} if groups is None else groups", "groups = groups or globals().setdefault('G', {})"),
            ("groups.setdefault(word[0], []).append(word)", "groups[word[0]] = [word]"),
            (
                "[group(batch) for batch in batches]",
                "[group(batch, {}) for batch in batches[:1]] + [{} for _ in batches[1:]]",
            ),
        ],
        [
            (([["ant", "bee"], ["asp"]],), [{"a": ["ant"], "b": ["bee"]}, {"a": ["asp"]}]),
            (([],), []),
            (([[], ["cat", "cow"]],), [{}, {"c": ["cat", "cow"]}]),
            (([["x"], ["x"], ["x"]],), [{"x": ["x"]}, {"x": ["x"]}, {"x": ["x"]}]),
        ],
        given="""
def group(words, groups={}):
    for word in words:
        groups.setdefault(word[0], []).append(word)
    return groups


def group_all(batches):
    return [group(batch) for batch in batches]
""",
    ),
    Item(
        "fix-merge-sort",
        "fix medium sorting",
        "`merge_sort(items)` should return the items in ascending order, but the result is sometimes shorter than the input. Fix it. Equal items must all be kept.",
        "merge_sort",
        """
def merge_sort(items):
    if len(items) <= 1:
        return list(items)
    middle = len(items) // 2
    left, right = merge_sort(items[:middle]), merge_sort(items[middle:])
    out, i, j = [], 0, 0
    while i < len(left) and j < len(right):
        if left[i] <= right[j]:
            out.append(left[i])
            i += 1
        else:
            out.append(right[j])
            j += 1
    return out + left[i:] + right[j:]
""",
        [
            ("return out + left[i:] + right[j:]", "return out + left[i:]"),
            ("return out + left[i:] + right[j:]", "return out + right[j:]"),
            ("            j += 1", "            i += 1\n            j += 1"),
        ],
        [
            (([3, 1, 2],), [1, 2, 3]),
            (([2, 2, 1, 2],), [1, 2, 2, 2]),
            (([],), []),
            (([5],), [5]),
            (([9, 8, 7, 6, 5],), [5, 6, 7, 8, 9]),
            ((["b", "a", "b"],), ["a", "b", "b"]),
            (([1, 2, 3, 4],), [1, 2, 3, 4]),
        ],
        given="""
def merge_sort(items):
    if len(items) <= 1:
        return list(items)
    middle = len(items) // 2
    left, right = merge_sort(items[:middle]), merge_sort(items[middle:])
    out, i, j = [], 0, 0
    while i < len(left) and j < len(right):
        if left[i] < right[j]:
            out.append(left[i])
            i += 1
        elif right[j] < left[i]:
            out.append(right[j])
            j += 1
        else:
            out.append(left[i])
            i += 1
            j += 1
    return out + left[i:] + right[j:]
""",
    ),
    Item(
        "fix-shared-rows",
        "fix easy matrix",
        "`plot(width, height, points)` should return `height` strings of `width` characters with `#` at each point `[x, y]` (x counts from the left, y from the top, both from 0) and `.` elsewhere; points outside are ignored. Instead a point shows up in every row. Fix it.",
        "plot",
        """
def plot(width, height, points):
    rows = [["."] * width for _ in range(height)]
    for x, y in points:
        if 0 <= x < width and 0 <= y < height:
            rows[y][x] = "#"
    return ["".join(row) for row in rows]
""",
        [
            ("rows[y][x]", "rows[x][y]"),
            ("0 <= x < width and 0 <= y < height", "x < width and y < height"),
            ("0 <= x < width and 0 <= y < height", "0 <= x <= width and 0 <= y <= height"),
        ],
        [
            ((3, 2, [[0, 0]]), ["#..", "..."]),
            ((3, 2, [[2, 1], [0, 0]]), ["#..", "..#"]),
            ((2, 2, [[5, 5], [-1, 0]]), ["..", ".."]),
            ((4, 1, []), ["...."]),
            ((2, 3, [[1, 2], [1, 2]]), ["..", "..", ".#"]),
            ((2, 2, [[2, 0], [0, 2]]), ["..", ".."]),
        ],
        given="""
def plot(width, height, points):
    rows = [["."] * width] * height
    for x, y in points:
        if 0 <= x < width and 0 <= y < height:
            rows[y][x] = "#"
    return ["".join(row) for row in rows]
""",
    ),
    Item(
        "fix-remove-while-looping",
        "fix easy lists",
        "`drop_short(words, n)` should return the words that have at least `n` letters, in their order. Some short words survive. Fix it.",
        "drop_short",
        """
def drop_short(words, n):
    return [word for word in words if len(word) >= n]
""",
        [
            ("len(word) >= n", "len(word) > n"),
            ("[word for word in words if len(word) >= n]", "sorted(word for word in words if len(word) >= n)"),
            (
                "[word for word in words if len(word) >= n]",
                "list(dict.fromkeys(word for word in words if len(word) >= n))",
            ),
        ],
        [
            ((["a", "bb", "c", "d", "eee"], 2), ["bb", "eee"]),
            ((["a", "b", "c"], 2), []),
            (([], 1), []),
            ((["zz", "aa", "zz"], 2), ["zz", "aa", "zz"]),
            ((["x"], 0), ["x"]),
        ],
        given="""
def drop_short(words, n):
    for word in words:
        if len(word) < n:
            words.remove(word)
    return words
""",
    ),
    Item(
        "fix-late-closures",
        "fix medium functions",
        "`apply_all(factors, x)` should multiply `x` by each factor and return the list of products, but all the products come out the same. Fix it; keep building a list of functions first.",
        "apply_all",
        """
def apply_all(factors, x):
    functions = [lambda value, factor=factor: value * factor for factor in factors]
    return [function(x) for function in functions]
""",
        [
            ("lambda value, factor=factor: value * factor", "lambda value: value * factors[0]"),
            ("lambda value, factor=factor: value * factor", "lambda value, factor=factor: value + factor"),
            (
                "return [function(x) for function in functions]",
                "return list({function(x): 0 for function in functions})",
            ),
        ],
        [
            (([1, 2, 3], 10), [10, 20, 30]),
            (([], 4), []),
            (([5], 3), [15]),
            (([2, 2], 1), [2, 2]),
            (([0, -1], 7), [0, -7]),
        ],
        given="""
def apply_all(factors, x):
    functions = []
    for factor in factors:
        functions.append(lambda value: value * factor)
    return [function(x) for function in functions]
""",
    ),
    Item(
        "fix-pages",
        "fix easy arithmetic",
        "`page(items, number, size)` should return page `number` (counted from 1) of a list cut into pages of `size` items, and `page_count(items, size)` how many pages there are; `overview(items, size)` calls both. The last page is missing when it is not full, and every page begins one item too late. Fix both mistakes.",
        "overview",
        """
def page(items, number, size):
    start = (number - 1) * size
    return items[start : start + size]


def page_count(items, size):
    return (len(items) + size - 1) // size


def overview(items, size):
    return [page(items, number, size) for number in range(1, page_count(items, size) + 1)]
""",
        [
            ("(number - 1) * size", "(number - 1) * size + 1"),
            ("(len(items) + size - 1) // size", "len(items) // size"),
            ("(len(items) + size - 1) // size", "len(items) // size + 1"),
        ],
        [
            (([1, 2, 3, 4, 5], 2), [[1, 2], [3, 4], [5]]),
            (([1, 2, 3, 4], 2), [[1, 2], [3, 4]]),
            (([], 3), []),
            ((["a"], 3), [["a"]]),
        ],
        given="""
def page(items, number, size):
    start = (number - 1) * size + 1
    return items[start : start + size]


def page_count(items, size):
    return len(items) // size


def overview(items, size):
    return [page(items, number, size) for number in range(1, page_count(items, size) + 1)]
""",
    ),
    Item(
        "fix-sort-as-text",
        "fix easy sorting",
        "`order(names)` should sort file names such as `scene12.txt` by the text before the number, then by the number, then by the rest; a name without a number comes before names with the same beginning and a number. At the moment `scene10.txt` comes before `scene2.txt`. Fix it. Each name has at most one number.",
        "order",
        """
import re


def key(name):
    found = re.fullmatch(r"([^0-9]*)([0-9]*)(.*)", name)
    return found[1], int(found[2] or -1), found[3]


def order(names):
    return sorted(names, key=key)
""",
        [
            ("int(found[2] or -1)", "int(found[2] or 0)"),
            ("return found[1], int(found[2] or -1), found[3]", "return int(found[2] or -1), found[1], found[3]"),
            ("found[1], int(found[2] or -1), found[3]", "found[1], len(found[2]), found[2]"),
        ],
        [
            ((["scene10.txt", "scene2.txt", "scene1.txt"],), ["scene1.txt", "scene2.txt", "scene10.txt"]),
            ((["b1", "a2", "a10"],), ["a2", "a10", "b1"]),
            ((["x0", "x"],), ["x", "x0"]),
            (([],), []),
            ((["f2b", "f2a", "f02"],), ["f02", "f2a", "f2b"]),
            ((["p0.txt", "p.txt"],), ["p0.txt", "p.txt"]),
            ((["m10", "m9", "m"],), ["m", "m9", "m10"]),
        ],
        given="""
import re


def key(name):
    found = re.fullmatch(r"([^0-9]*)([0-9]*)(.*)", name)
    return found[1], found[2], found[3]


def order(names):
    return sorted(names, key=key)
""",
    ),
    Item(
        "fix-split-bill",
        "fix medium money",
        "`split(total, weights)` should share an amount in whole cents in proportion to positive integer weights. Everyone first gets their share rounded down; the cents that are left go one each to those with the largest cut-off fractions, and of equal fractions to the earlier person. The shares do not always add up to the total. Fix it without using floating-point numbers.",
        "split",
        """
def split(total, weights):
    whole = sum(weights)
    shares = [total * weight // whole for weight in weights]
    left = total - sum(shares)
    by_fraction = sorted(range(len(weights)), key=lambda i: -(total * weights[i] % whole))
    for i in by_fraction[:left]:
        shares[i] += 1
    return shares
""",
        [
            ("key=lambda i: -(total * weights[i] % whole)", "key=lambda i: -weights[i]"),
            ("for i in by_fraction[:left]:", "for i in range(left):"),
            ("        shares[i] += 1", "        shares[i] += left\n        break"),
        ],
        [
            ((100, [1, 1, 1]), [34, 33, 33]),
            ((100, [1, 2]), [33, 67]),
            ((0, [3, 4]), [0, 0]),
            ((4, [1, 5]), [1, 3]),
            ((5, [1, 1, 1, 1]), [2, 1, 1, 1]),
            ((10, [5]), [10]),
            ((101, [50, 25, 25]), [51, 25, 25]),
            ((7, [1, 2, 3]), [1, 2, 4]),
            ((10**17 + 1, [1, 1]), [5 * 10**16 + 1, 5 * 10**16]),
            ((11, [3, 3, 1]), [5, 5, 1]),
        ],
        given="""
def split(total, weights):
    whole = sum(weights)
    return [round(total * weight / whole) for weight in weights]
""",
    ),
    Item(
        "fix-flatten",
        "fix easy recursion",
        "`flatten(value)` should return all values inside nested lists as one list, in order. It stops with a RecursionError as soon as there is a text in the list. Fix it; texts stay whole.",
        "flatten",
        """
def flatten(value):
    if not isinstance(value, list):
        return [value]
    out = []
    for item in value:
        out.extend(flatten(item))
    return out
""",
        [
            ("out.extend(flatten(item))", "out.append(flatten(item))"),
            (
                "    if not isinstance(value, list):\n        return [value]\n",
                "    if not isinstance(value, list):\n        return [value] if value else []\n",
            ),
            ("out.extend(flatten(item))", "out.extend(item if isinstance(item, list) else [item])"),
        ],
        [
            (([1, [2, [3, "four"]], "five"],), [1, 2, 3, "four", "five"]),
            (([],), []),
            ((["ab"],), ["ab"]),
            (([[[]], 0, ""],), [0, ""]),
            (("x",), ["x"]),
            (([None, [False]],), [None, False]),
        ],
        given="""
def flatten(value):
    try:
        items = iter(value)
    except TypeError:
        return [value]
    out = []
    for item in items:
        out.extend(flatten(item))
    return out
""",
    ),
    Item(
        "fix-used-up-iterator",
        "fix medium iterators",
        "`summary(text)` should return `[count, total, largest]` of the integers in a text, separated by white space (`[0, 0, None]` if there are none). It says that the total is 0 and fails for the largest. Fix it; keep reading the numbers with a generator.",
        "summary",
        """
def numbers(text):
    for word in text.split():
        yield int(word)


def summary(text):
    count, total, largest = 0, 0, None
    for n in numbers(text):
        count += 1
        total += n
        largest = n if largest is None else max(largest, n)
    return [count, total, largest]
""",
        [
            ("count, total, largest = 0, 0, None", "count, total, largest = 0, 0, 0"),
            ("        total += n\n", "        total = n\n"),
            ("largest = n if largest is None else max(largest, n)", "largest = max(largest or n, n)"),
        ],
        [
            (("1 2 3",), [3, 6, 3]),
            (("",), [0, 0, None]),
            (("-5 -2 -9",), [3, -16, -2]),
            ((" 7\n8 ",), [2, 15, 8]),
            (("0 -1",), [2, -1, 0]),
        ],
        given="""
def numbers(text):
    for word in text.split():
        yield int(word)


def summary(text):
    found = numbers(text)
    return [sum(1 for _ in found), sum(found), max(found, default=0)]
""",
    ),
    Item(
        "fix-overlapping-count",
        "fix easy strings",
        '`count(text, part)` should count at how many places `part` occurs in `text`, overlapping ones included (`"aa"` occurs twice in `"aaa"`). The empty part occurs nowhere. Fix it.',
        "count",
        """
def count(text, part):
    if not part:
        return 0
    return sum(text.startswith(part, i) for i in range(len(text)))
""",
        [
            ("    if not part:\n        return 0\n", ""),
            ("range(len(text))", "range(len(text) - len(part))"),
            ("range(len(text))", "range(0, len(text), len(part))"),
        ],
        [
            (("aaa", "aa"), 2),
            (("banana", "ana"), 2),
            (("abc", ""), 0),
            (("", "a"), 0),
            (("ab", "abc"), 0),
            (("aXaX", "X"), 2),
            (("xx", "xx"), 1),
            (("abcabc", "cab"), 1),
        ],
        given="""
def count(text, part):
    return text.count(part)
""",
    ),
    Item(
        "fix-memo-key",
        "fix medium recursion cache",
        "`ways(amounts, coins)` should return, for each amount, in how many ways it can be paid with the given coins (any number of each, order does not matter). The first answer is right, later ones often are not. Fix it, and keep the cache.",
        "ways",
        """
def ways(amounts, coins):
    cache = {}

    def count(amount, kinds):
        if amount == 0:
            return 1
        if amount < 0 or kinds == 0:
            return 0
        if (amount, kinds) not in cache:
            cache[amount, kinds] = count(amount, kinds - 1) + count(amount - coins[kinds - 1], kinds)
        return cache[amount, kinds]

    return [count(amount, len(coins)) for amount in amounts]
""",
        [
            ("count(amount - coins[kinds - 1], kinds)", "count(amount - coins[kinds - 1], kinds - 1)"),
            ("if amount < 0 or kinds == 0:", "if amount < 0 or kinds == 1:"),
            (
                "        if amount == 0:\n            return 1\n",
                "        if amount == 0:\n            return kinds > 0\n",
            ),
        ],
        [
            (([5, 10], [1, 2, 5]), [4, 10]),
            (([0], [3]), [1]),
            (([7, 6], [2, 4]), [0, 2]),
            (([], [1]), []),
            (([3], []), [0]),
            (([100, 4, 11], [1, 5, 10, 50]), [158, 1, 4]),
            (([0], []), [1]),
        ],
        given="""
def ways(amounts, coins):
    cache = {}

    def count(amount, kinds):
        if amount == 0:
            return 1
        if amount < 0 or kinds == 0:
            return 0
        if amount not in cache:
            cache[amount] = count(amount, kinds - 1) + count(amount - coins[kinds - 1], kinds)
        return cache[amount]

    return [count(amount, len(coins)) for amount in amounts]
""",
    ),
    Item(
        "fix-last-line",
        "fix medium strings",
        "`wrap(text, width)` should break a text into lines of at most `width` characters at single spaces; a word that is longer than the width stands alone on its line, uncut. The last line is lost, and lines can be one character too long. Fix it. White space in the text is arbitrary; an empty text has no lines.",
        "wrap",
        """
def wrap(text, width):
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line] if line else lines
""",
        [
            ("len(line) + 1 + len(word) > width", "len(line) + len(word) > width"),
            ("[*lines, line] if line else lines", "lines"),
            ("[*lines, line] if line else lines", "[*lines, line]"),
            ("if line and len(line)", "if len(line)"),
        ],
        [
            (("the quick brown fox", 9), ["the quick", "brown fox"]),
            (("", 5), []),
            (("a", 1), ["a"]),
            (("extraordinary day", 5), ["extraordinary", "day"]),
            (("a b c d", 3), ["a b", "c d"]),
            (("ab cd", 4), ["ab", "cd"]),
            (("  x   y ", 10), ["x y"]),
            (("longword", 3), ["longword"]),
        ],
        given="""
def wrap(text, width):
    lines, line = [], ""
    for word in text.split():
        if len(line) + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return lines
""",
    ),
    Item(
        "fix-rotate-grid",
        "fix easy matrix",
        "`turn(rows)` should turn a rectangular grid (a list of strings) by 90 degrees clockwise. It mirrors it instead, and fails for grids that are not square. Fix it.",
        "turn",
        """
def turn(rows):
    return ["".join(column) for column in zip(*rows[::-1])]
""",
        [
            ("zip(*rows[::-1])", "zip(*rows)"),
            ("zip(*rows[::-1])", "list(zip(*rows))[::-1]"),
            ("zip(*rows[::-1])", "zip(*[row[::-1] for row in rows])"),
        ],
        [
            ((["ab", "cd"],), ["ca", "db"]),
            ((["abc"],), ["a", "b", "c"]),
            ((["a", "b", "c"],), ["cba"]),
            (([],), []),
            ((["abc", "def"],), ["da", "eb", "fc"]),
        ],
        given="""
def turn(rows):
    n = len(rows)
    return ["".join(rows[j][i] for j in range(n)) for i in range(n)]
""",
    ),
    Item(
        "fix-transfers",
        "fix medium state",
        "`run(accounts, transfers)` should carry out transfers `[from, to, cents]` one after the other and return `[balances, refused]`, where `refused` counts the transfers that were refused: those from or to an unknown account, of an amount that is not positive, or of more than the balance. A refused transfer must change nothing. At the moment money disappears when the receiver is unknown, and negative amounts are accepted. Fix it. The dictionary that was passed in must stay as it was.",
        "run",
        """
def run(accounts, transfers):
    balances, refused = dict(accounts), 0
    for source, target, cents in transfers:
        if source not in balances or target not in balances or not 0 < cents <= balances[source]:
            refused += 1
            continue
        balances[source] -= cents
        balances[target] += cents
    return [balances, refused]
""",
        [
            ("not 0 < cents <= balances[source]", "cents > balances[source]"),
            (" or target not in balances", ""),
            ("0 < cents <= balances[source]", "0 < cents < balances[source]"),
            (
                "        balances[source] -= cents\n        balances[target] += cents",
                "        balances[source], balances[target] = balances[source] - cents, balances[target] + cents",
            ),
        ],
        [
            (({"a": 100, "b": 0}, [["a", "b", 60]]), [{"a": 40, "b": 60}, 0]),
            (({"a": 100}, [["a", "x", 60]]), [{"a": 100}, 1]),
            (({"a": 100, "b": 5}, [["a", "b", -5], ["a", "b", 0]]), [{"a": 100, "b": 5}, 2]),
            (({"a": 10, "b": 0}, [["a", "b", 11], ["a", "b", 10]]), [{"a": 0, "b": 10}, 1]),
            (({}, []), [{}, 0]),
            (({"a": 10}, [["a", "a", 4]]), [{"a": 10}, 0]),
            (({"a": 10, "b": 1}, [["x", "a", 1]]), [{"a": 10, "b": 1}, 1]),
        ],
        given="""
def run(accounts, transfers):
    balances, refused = dict(accounts), 0
    for source, target, cents in transfers:
        try:
            if balances[source] < cents:
                raise ValueError
            balances[source] -= cents
            balances[target] += cents
        except (KeyError, ValueError):
            refused += 1
    return [balances, refused]
""",
    ),
    Item(
        "fix-shortest-way",
        "fix medium graphs",
        "`shortest(roads, start, goal)` should return the least total length of a way along one-way roads `[from, to, length]`, or -1. It sometimes returns a way that is too long. Fix it, and keep it quick for large maps.",
        "shortest",
        """
import heapq


def shortest(roads, start, goal):
    near = {}
    for a, b, length in roads:
        near.setdefault(a, []).append((b, length))
    done, queue = set(), [(0, start)]
    while queue:
        way, at = heapq.heappop(queue)
        if at == goal:
            return way
        if at in done:
            continue
        done.add(at)
        for other, length in near.get(at, []):
            heapq.heappush(queue, (way + length, other))
    return -1
""",
        [
            (
                "        if at == goal:\n            return way\n        if at in done:\n            continue\n        done.add(at)\n        for other, length in near.get(at, []):\n",
                "        if at in done:\n            continue\n        done.add(at)\n        for other, length in near.get(at, []):\n            if other == goal:\n                return way + length\n",
            ),
            ("(way + length, other)", "(length, other)"),
            ("way, at = heapq.heappop(queue)", "way, at = queue.pop(0)"),
        ],
        [
            (([["a", "b", 1], ["b", "c", 1], ["a", "c", 5]], "a", "c"), 2),
            (([], "a", "b"), -1),
            (([], "a", "a"), 0),
            (([["b", "a", 1]], "a", "b"), -1),
            (([["a", "b", 10], ["a", "c", 1], ["c", "b", 2], ["b", "d", 1]], "a", "d"), 4),
            (([["a", "b", 4], ["a", "c", 2], ["c", "b", 1], ["b", "d", 5], ["c", "d", 8]], "a", "d"), 8),
        ],
        given="""
import heapq


def shortest(roads, start, goal):
    near = {}
    for a, b, length in roads:
        near.setdefault(a, []).append((b, length))
    seen, queue = {start}, [(0, start)]
    while queue:
        way, at = heapq.heappop(queue)
        if at == goal:
            return way
        for other, length in near.get(at, []):
            if other not in seen:
                seen.add(other)
                heapq.heappush(queue, (way + length, other))
    return -1
""",
    ),
    Item(
        "fix-date-check",
        "fix easy calendar",
        "`valid(text)` should be true exactly for dates `YYYY-MM-DD` of the Gregorian calendar from the year 0001 on. It accepts 29 February in 1900, and texts such as `2024-1-05` or ` 2024-01-05`. Fix it without the `datetime` and `calendar` modules.",
        "valid",
        """
import re


def valid(text):
    found = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text)
    if not found:
        return False
    year, month, day = map(int, found.groups())
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    days = [31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return year > 0 and 1 <= month <= 12 and 1 <= day <= days[month - 1]
""",
        [
            (" and (year % 100 != 0 or year % 400 == 0)", ""),
            ("year > 0 and ", ""),
            ("re.fullmatch", "re.match"),
            ("1 <= day <= days", "day <= days"),
        ],
        [
            (("2024-02-29",), True),
            (("1900-02-29",), False),
            (("2000-02-29",), True),
            (("2024-1-05",), False),
            ((" 2024-01-05",), False),
            (("2024-13-01",), False),
            (("2024-00-10",), False),
            (("2023-04-31",), False),
            (("0000-01-01",), False),
            (("2024-01-05x",), False),
            (("",), False),
            (("2023-12-31",), True),
            (("2023-05-00",), False),
        ],
        given="""
def valid(text):
    try:
        year, month, day = map(int, text.split("-"))
    except ValueError:
        return False
    days = [31, 29 if year % 4 == 0 else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return 1 <= month <= 12 and 1 <= day <= days[month - 1]
""",
    ),
    Item(
        "fix-csv-writer",
        "fix medium formatting",
        '`to_csv(rows)` should write rows (lists of texts) as CSV: fields separated by commas, every row ended by `"\\n"`; a field that contains a comma, a double quote, `"\\n"` or `"\\r"` is put in double quotes, and double quotes inside it are doubled. A row with a single empty field is written as `""`, so that it differs from a row without fields, which is an empty line. Fix it, without the `csv` module.',
        "to_csv",
        """
def field(text):
    if any(ch in text for ch in ',"\\n\\r'):
        return '"' + text.replace('"', '""') + '"'
    return text


def to_csv(rows):
    lines = []
    for row in rows:
        lines.append('""' if row == [""] else ",".join(field(text) for text in row))
    return "".join(line + "\\n" for line in lines)
""",
        [
            (""".replace('"', '""')""", ""),
            ("""'""' if row == [""] else """, ""),
            ('"".join(line + "\\n" for line in lines)', '"\\n".join(lines)'),
            ("',\"\\n\\r'", "',\"'"),
        ],
        [
            (([["a", "b"], ["c", "d"]],), "a,b\nc,d\n"),
            (([['say "hi"', "x,y"]],), '"say ""hi""","x,y"\n'),
            (([],), ""),
            (([[""]],), '""\n'),
            (([[], ["z"]],), "\nz\n"),
            (([["two\nlines", ""]],), '"two\nlines",\n'),
            (([["", ""]],), ",\n"),
            (([["a\rb"]],), '"a\rb"\n'),
        ],
        given="""
def field(text):
    if "," in text:
        return '"' + text + '"'
    return text


def to_csv(rows):
    return "\\n".join(",".join(field(text) for text in row) for row in rows)
""",
    ),
    Item(
        "fix-palindrome",
        "fix easy strings",
        "`is_palindrome(text)` should be true if a text reads the same from both ends, when only letters and digits count and upper and lower case do not differ. For some texts it fails with an IndexError, for others it answers wrongly. Fix it.",
        "is_palindrome",
        """
def is_palindrome(text):
    kept = [ch.lower() for ch in text if ch.isalnum()]
    return kept == kept[::-1]
""",
        [
            (".lower()", ""),
            (" if ch.isalnum()", " if ch.isalpha()"),
            (" if ch.isalnum()", " if not ch.isspace()"),
        ],
        [
            (("A man, a plan, a canal: Panama!",), True),
            (("ab",), False),
            (("",), True),
            (("?!",), True),
            (("1a2",), False),
            (("12 21",), True),
            (("No lemon, no melon.",), True),
            (("x,",), True),
            (("race a car",), False),
            (("..a.b.a",), True),
        ],
        given="""
def is_palindrome(text):
    i, j = 0, len(text) - 1
    while i < j:
        while not text[i].isalnum():
            i += 1
        while not text[j].isalnum():
            j -= 1
        if text[i] != text[j]:
            return False
        i += 1
        j -= 1
    return True
""",
    ),
]
