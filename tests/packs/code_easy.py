"""Easy tasks of the code pack."""

# ruff: noqa: E501
from code_item import Item

ITEMS = [
    Item(
        "clamp",
        "easy numbers",
        "Write a function `clamp(x, low, high)` that returns `x` moved into the range from `low` to `high`. If `low` is greater than `high`, the two are swapped first.",
        "clamp",
        """
def clamp(x, low, high):
    if low > high:
        low, high = high, low
    return max(low, min(x, high))
""",
        [
            ("    if low > high:\n        low, high = high, low\n", ""),
            ("max(low, min(x, high))", "min(low, max(x, high))"),
            ("max(low, min(x, high))", "high if x >= high else x"),
        ],
        [
            ((5, 0, 3), 3),
            ((-2, 0, 3), 0),
            ((2, 0, 3), 2),
            ((7, 3, 0), 3),
            ((-1, 3, 0), 0),
            ((4, 4, 4), 4),
            ((0, -5, -1), -1),
        ],
    ),
    Item(
        "initials",
        "easy strings",
        'Write a function `initials(name)` that returns the upper-case first letters of the words of `name`, each followed by a full stop and nothing else: `initials("ada king lovelace")` is `"A.K.L."`. Words are separated by one or more spaces; a double name joined by a hyphen keeps the hyphen: `initials("jean-luc  picard")` is `"J.-L.P."`.',
        "initials",
        """
def initials(name):
    out = ""
    for word in name.split():
        out += "-".join(part[0].upper() + "." for part in word.split("-") if part)
    return out
""",
        [
            ("part[0].upper()", "part.capitalize()"),
            ('"-".join(part[0].upper() + "." for part in word.split("-") if part)', 'word[0].upper() + "."'),
            (".upper()", ""),
            ('"-".join', '"".join'),
        ],
        [
            (("ada king lovelace",), "A.K.L."),
            (("jean-luc  picard",), "J.-L.P."),
            (("",), ""),
            (("  Grace   Hopper ",), "G.H."),
            (("anna-maria-luisa de medici",), "A.-M.-L.D.M."),
            (("X",), "X."),
        ],
    ),
    Item(
        "widest-gap",
        "easy lists",
        "Write a function `widest_gap(numbers)` that returns the largest difference between two neighbours after `numbers` (a list of integers in any order) has been sorted. With fewer than two numbers the answer is 0. The list that was passed in must not matter afterwards.",
        "widest_gap",
        """
def widest_gap(numbers):
    ordered = sorted(numbers)
    return max((b - a for a, b in zip(ordered, ordered[1:])), default=0)
""",
        [
            ("ordered = sorted(numbers)", "ordered = numbers"),
            (", default=0", ""),
            ("sorted(numbers)", "sorted(set(map(abs, numbers)))"),
            (
                "max((b - a for a, b in zip(ordered, ordered[1:])), default=0)",
                "ordered[-1] - ordered[0] if ordered else 0",
            ),
        ],
        [
            (([3, 9, 1],), 6),
            (([],), 0),
            (([7],), 0),
            (([5, 5, 5],), 0),
            (([-10, 4, -3, 20],), 16),
            (([1, 2, 3, 4],), 1),
            (([-8, 8],), 16),
        ],
    ),
    Item(
        "caesar",
        "easy strings",
        "Write a function `caesar(text, shift)` that replaces each ASCII letter by the letter `shift` places later in the alphabet, wrapping round after z, and keeps its case. Everything else stays. `shift` may be negative or larger than 26.",
        "caesar",
        """
def caesar(text, shift):
    out = []
    for ch in text:
        if "a" <= ch <= "z":
            out.append(chr((ord(ch) - 97 + shift) % 26 + 97))
        elif "A" <= ch <= "Z":
            out.append(chr((ord(ch) - 65 + shift) % 26 + 65))
        else:
            out.append(ch)
    return "".join(out)
""",
        [
            ("(ord(ch) - 97 + shift) % 26 + 97", "ord(ch) + shift"),
            ("% 26 + 65", "% 26 + 97"),
            (
                '        if "a" <= ch <= "z":\n            out.append(chr((ord(ch) - 97 + shift) % 26 + 97))\n        elif "A" <= ch <= "Z":',
                "        if ch.islower():\n            out.append(chr((ord(ch) - 97 + shift) % 26 + 97))\n        elif ch.isupper():",
            ),
            ("            out.append(ch)", "            pass"),
        ],
        [
            (("abc", 1), "bcd"),
            (("xyz", 3), "abc"),
            (("Hello, World!", 13), "Uryyb, Jbeyq!"),
            (("Uryyb", -13), "Hello"),
            (("Zebra 9", 27), "Afcsb 9"),
            (("é à", 5), "é à"),
            (("", 4), ""),
        ],
    ),
    Item(
        "second-largest",
        "easy lists",
        "Write a function `second_largest(numbers)` that returns the second largest distinct value of a list of integers, or `None` if there are fewer than two distinct values.",
        "second_largest",
        """
def second_largest(numbers):
    distinct = sorted(set(numbers))
    return distinct[-2] if len(distinct) > 1 else None
""",
        [
            ("sorted(set(numbers))", "sorted(numbers)"),
            ("len(distinct) > 1", "len(distinct) > 2"),
            (
                "    distinct = sorted(set(numbers))\n    return distinct[-2] if len(distinct) > 1 else None",
                "    first = second = 0\n    for n in numbers:\n        if n > first:\n            first, second = n, first\n        elif first > n > second:\n            second = n\n    return second or None",
            ),
        ],
        [
            (([4, 9, 2],), 4),
            (([5, 5],), None),
            (([],), None),
            (([-3, -1, -2],), -2),
            (([7, 7, 6],), 6),
            (([1, 2],), 1),
            (([0, 5, 0],), 0),
        ],
    ),
    Item(
        "chunks",
        "easy lists",
        "Write a function `chunks(items, n)` that cuts a list into consecutive lists of length `n`; the last one may be shorter. If `n` is smaller than 1, return an empty list.",
        "chunks",
        """
def chunks(items, n):
    if n < 1:
        return []
    return [items[i : i + n] for i in range(0, len(items), n)]
""",
        [
            ("range(0, len(items), n)", "range(0, len(items) - n + 1, n)"),
            ("range(0, len(items), n)", "range(len(items))"),
            ("    if n < 1:\n        return []\n", ""),
            ("items[i : i + n]", "items[i : i + n - 1]"),
        ],
        [
            (([1, 2, 3, 4, 5], 2), [[1, 2], [3, 4], [5]]),
            (([1, 2, 3], 3), [[1, 2, 3]]),
            (([1, 2], 5), [[1, 2]]),
            (([], 3), []),
            (([1, 2], 0), []),
            (([1, 2], -1), []),
            ((["a", "b", "c"], 1), [["a"], ["b"], ["c"]]),
        ],
    ),
    Item(
        "rotate-list",
        "easy lists",
        "Write a function `rotate(items, k)` that returns a new list with the items moved `k` places to the right; items that fall off the end come back at the front. A negative `k` moves to the left, and `k` may be larger than the list.",
        "rotate",
        """
def rotate(items, k):
    if not items:
        return []
    k %= len(items)
    return items[-k:] + items[:-k] if k else list(items)
""",
        [
            ("    k %= len(items)\n", ""),
            ("items[-k:] + items[:-k]", "items[k:] + items[:k]"),
            ("    if not items:\n        return []\n", ""),
            ("k %= len(items)", "k = abs(k) % len(items)"),
        ],
        [
            (([1, 2, 3, 4], 1), [4, 1, 2, 3]),
            (([1, 2, 3, 4], -1), [2, 3, 4, 1]),
            (([1, 2, 3], 7), [3, 1, 2]),
            (([1, 2, 3], 0), [1, 2, 3]),
            (([], 5), []),
            (([1, 2, 3], 3), [1, 2, 3]),
            (([1, 2, 3, 4, 5], -12), [3, 4, 5, 1, 2]),
        ],
    ),
    Item(
        "run-lengths",
        "easy strings",
        "Write a function `run_lengths(text)` that returns the runs of equal characters of a string as a list of two-item lists `[character, length]`, in order.",
        "run_lengths",
        """
def run_lengths(text):
    runs = []
    for ch in text:
        if runs and runs[-1][0] == ch:
            runs[-1][1] += 1
        else:
            runs.append([ch, 1])
    return runs
""",
        [
            ("            runs.append([ch, 1])", "            runs.append([ch, 0])"),
            ("    runs = []\n", "    return [[ch, text.count(ch)] for ch in dict.fromkeys(text)]\n    runs = []\n"),
            ("runs[-1][0] == ch", "runs[-1][0].lower() == ch.lower()"),
            ("    return runs", "    return runs[:-1]"),
        ],
        [
            (("aaabcc",), [["a", 3], ["b", 1], ["c", 2]]),
            (("abab",), [["a", 1], ["b", 1], ["a", 1], ["b", 1]]),
            (("",), []),
            (("zzzz",), [["z", 4]]),
            (("aA",), [["a", 1], ["A", 1]]),
            (("  x",), [[" ", 2], ["x", 1]]),
        ],
    ),
    Item(
        "clock-text",
        "easy formatting",
        'Write a function `clock(seconds)` for a whole number of seconds, 0 or more. It returns `"m:ss"` below one hour and `"h:mm:ss"` from one hour on, so that `clock(65)` is `"1:05"` and `clock(3600)` is `"1:00:00"`. Hours are not limited to 24.',
        "clock",
        """
def clock(seconds):
    minutes, s = divmod(seconds, 60)
    hours, m = divmod(minutes, 60)
    return f"{hours}:{m:02d}:{s:02d}" if hours else f"{m}:{s:02d}"
""",
        [
            ("{hours}:{m:02d}:{s:02d}", "{hours}:{m}:{s:02d}"),
            ('f"{m}:{s:02d}"', 'f"{m:02d}:{s:02d}"'),
            ("hours, m = divmod(minutes, 60)", "hours, m = divmod(minutes, 60)\n    hours %= 24"),
            (":{s:02d}", ":{s}"),
        ],
        [
            ((65,), "1:05"),
            ((3600,), "1:00:00"),
            ((0,), "0:00"),
            ((59,), "0:59"),
            ((3599,), "59:59"),
            ((7325,), "2:02:05"),
            ((90061,), "25:01:01"),
            ((600,), "10:00"),
        ],
    ),
    Item(
        "camel-to-snake",
        "easy strings",
        'Write a function `snake(name)` that turns a camel-case name into lower case with underscores: an underscore goes before each upper-case letter that follows a lower-case letter or a digit, and before the last letter of a run of upper-case letters if a lower-case letter follows it. `snake("parseHTTPResponse2Go")` is `"parse_http_response2_go"`.',
        "snake",
        """
def snake(name):
    out = ""
    for i, ch in enumerate(name):
        if i and ch.isupper():
            before = name[i - 1]
            after = name[i + 1] if i + 1 < len(name) else ""
            if before.islower() or before.isdigit() or (before.isupper() and after.islower()):
                out += "_"
        out += ch.lower()
    return out
""",
        [
            ("if before.islower() or before.isdigit() or (before.isupper() and after.islower()):", "if True:"),
            (" or (before.isupper() and after.islower())", ""),
            (" or before.isdigit()", ""),
            ("if i and ch.isupper()", "if ch.isupper()"),
        ],
        [
            (("parseHTTPResponse2Go",), "parse_http_response2_go"),
            (("simple",), "simple"),
            (("TwoWords",), "two_words"),
            (("userID",), "user_id"),
            (("XMLFile",), "xml_file"),
            (("",), ""),
            (("A",), "a"),
            (("v2Beta",), "v2_beta"),
            (("already_snake",), "already_snake"),
        ],
    ),
    Item(
        "days-in-month",
        "easy calendar",
        "Write a function `days_in_month(year, month)` for the Gregorian calendar without importing anything. A month outside 1 to 12 gives 0.",
        "days_in_month",
        """
def days_in_month(year, month):
    if not 1 <= month <= 12:
        return 0
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31
""",
        [
            (" and (year % 100 != 0 or year % 400 == 0)", ""),
            (" or year % 400 == 0", ""),
            ("30 if month in (4, 6, 9, 11) else 31", "31 if month % 2 else 30"),
            ("    if not 1 <= month <= 12:\n        return 0\n", ""),
        ],
        [
            ((2024, 2), 29),
            ((2023, 2), 28),
            ((1900, 2), 28),
            ((2000, 2), 29),
            ((2023, 4), 30),
            ((2023, 8), 31),
            ((2023, 12), 31),
            ((2023, 13), 0),
            ((2023, 0), 0),
            ((2023, 9), 30),
        ],
    ),
    Item(
        "duration",
        "easy parsing",
        'Write a function `seconds(text)` that turns a duration such as `"1h30m"`, `"45s"` or `"2h5s"` into seconds. The units h, m and s may each appear at most once and only in this order; each has a whole number before it. Anything else, the empty string included, gives -1.',
        "seconds",
        """
def seconds(text):
    import re

    found = re.fullmatch(r"(?:([0-9]+)h)?(?:([0-9]+)m)?(?:([0-9]+)s)?", text)
    if not text or not found:
        return -1
    h, m, s = (int(part or 0) for part in found.groups())
    return h * 3600 + m * 60 + s
""",
        [
            ("if not text or not found", "if not found"),
            ("fullmatch", "match"),
            ("h * 3600", "h * 60"),
            (
                """    found = re.fullmatch(r"(?:([0-9]+)h)?(?:([0-9]+)m)?(?:([0-9]+)s)?", text)
    if not text or not found:
        return -1
    h, m, s = (int(part or 0) for part in found.groups())
    return h * 3600 + m * 60 + s""",
                """    parts = re.findall(r"([0-9]+)([hms])", text)
    return sum(int(n) * {"h": 3600, "m": 60, "s": 1}[u] for n, u in parts) if parts else -1""",
            ),
        ],
        [
            (("1h30m",), 5400),
            (("45s",), 45),
            (("2h5s",), 7205),
            (("",), -1),
            (("5",), -1),
            (("30m1h",), -1),
            (("1h1h",), -1),
            (("10m ",), -1),
            (("0s",), 0),
            (("100m",), 6000),
            (("1.5h",), -1),
        ],
    ),
]
