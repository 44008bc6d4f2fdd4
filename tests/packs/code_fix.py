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
]
