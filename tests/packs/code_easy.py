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
    Item(
        "digital-root",
        "easy numbers",
        "Write a function `digital_root(n)` that adds up the decimal digits of a non-negative integer, then the digits of the result, and so on until one digit is left. Return a list of two numbers: that digit, and how many times digits had to be added up.",
        "digital_root",
        """
def digital_root(n):
    rounds = 0
    while n > 9:
        n = sum(int(digit) for digit in str(n))
        rounds += 1
    return [n, rounds]
""",
        [
            ("while n > 9", "while n >= 9"),
            ("rounds = 0", "rounds = 1"),
            (
                "    while n > 9:\n        n = sum(int(digit) for digit in str(n))\n        rounds += 1\n",
                "    if n > 9:\n        n = sum(int(digit) for digit in str(n))\n        rounds += 1\n",
            ),
            ("    rounds = 0\n", "    return [1 + (n - 1) % 9, len(str(n)) - 1]\n    rounds = 0\n"),
        ],
        [
            ((0,), [0, 0]),
            ((9,), [9, 0]),
            ((38,), [2, 2]),
            ((10,), [1, 1]),
            ((99,), [9, 2]),
            ((123456789,), [9, 2]),
            ((199,), [1, 3]),
            ((7,), [7, 0]),
        ],
    ),
    Item(
        "common-prefix",
        "easy strings",
        "Write a function `common_prefix(words)` that returns the longest text with which all the strings of a list begin. For an empty list it is the empty string.",
        "common_prefix",
        """
def common_prefix(words):
    prefix = words[0] if words else ""
    for word in words:
        while not word.startswith(prefix):
            prefix = prefix[:-1]
    return prefix
""",
        [
            ('words[0] if words else ""', "words[0]"),
            ("        while not word.startswith(prefix):", "        if not word.startswith(prefix):"),
            ("    for word in words:\n", "    for word in words[:2]:\n"),
            ("word.startswith(prefix)", "prefix in word"),
        ],
        [
            ((["flower", "flow", "flight"],), "fl"),
            (([],), ""),
            ((["solo"],), "solo"),
            ((["dog", "cat"],), ""),
            ((["ab", "abc", "abd"],), "ab"),
            ((["", "x"],), ""),
            ((["inter", "winter"],), ""),
            ((["aaa", "aaa", "aab"],), "aa"),
        ],
    ),
    Item(
        "hex-colour",
        "easy parsing",
        'Write a function `rgb(code)` that turns a colour such as `"#1a2B3c"` into the list `[26, 43, 60]`. The short form `"#fc0"` means `"#ffcc00"`. Anything else gives `None`.',
        "rgb",
        """
def rgb(code):
    digits = code[1:]
    if code[:1] != "#" or len(digits) not in (3, 6) or any(ch not in "0123456789abcdefABCDEF" for ch in digits):
        return None
    if len(digits) == 3:
        digits = "".join(ch * 2 for ch in digits)
    return [int(digits[i : i + 2], 16) for i in (0, 2, 4)]
""",
        [
            (' or any(ch not in "0123456789abcdefABCDEF" for ch in digits)', ""),
            ('"".join(ch * 2 for ch in digits)', "digits * 2"),
            ("not in (3, 6)", "!= 6"),
            ('code[:1] != "#" or ', ""),
        ],
        [
            (("#1a2B3c",), [26, 43, 60]),
            (("#fc0",), [255, 204, 0]),
            (("#000000",), [0, 0, 0]),
            (("fc0",), None),
            (("#ff",), None),
            (("#gggggg",), None),
            (("",), None),
            (("1fc0",), None),
            (("#ff_0ff",), None),
            (("#FFFFFF",), [255, 255, 255]),
        ],
    ),
    Item(
        "word-count",
        "easy strings",
        "Write a function `word_count(text)` that returns a dictionary from each word to how often it occurs. A word is a run of letters and apostrophes that begins and ends with a letter (`don't`, but not the quotes of `'so'`); upper and lower case are the same word, written in lower case.",
        "word_count",
        """
def word_count(text):
    import re

    counts = {}
    for word in re.findall(r"[^\\W\\d_]+(?:'+[^\\W\\d_]+)*", text.lower()):
        counts[word] = counts.get(word, 0) + 1
    return counts
""",
        [
            (".lower()", ""),
            ("(?:'+[^\\W\\d_]+)*", ""),
            ('re.findall(r"[^\\W\\d_]+(?:\'+[^\\W\\d_]+)*", text.lower())', "text.lower().split()"),
        ],
        [
            (("The cat and the dog.",), {"the": 2, "cat": 1, "and": 1, "dog": 1}),
            (("Don't say 'so'!",), {"don't": 1, "say": 1, "so": 1}),
            (("",), {}),
            (("a1b a",), {"a": 2, "b": 1}),
            (("Straße, straße; STRASSE",), {"straße": 2, "strasse": 1}),
            (("one-two one",), {"one": 2, "two": 1}),
        ],
    ),
    Item(
        "expand-runs",
        "easy parsing",
        'Write a function `expand(text)` that undoes a simple compression: every character that is not a digit stands for itself, and a whole number before it says how often it is repeated. `expand("3ab12c")` is `"aaab"` followed by twelve times `c`. A number 0 removes the character. Digits at the very end are dropped.',
        "expand",
        """
def expand(text):
    out, count = "", ""
    for ch in text:
        if "0" <= ch <= "9":
            count += ch
        else:
            out += ch * int(count or 1)
            count = ""
    return out
""",
        [
            ("            count += ch\n", "            count = ch\n"),
            ('            count = ""\n', ""),
            ("int(count or 1)", "(int(count or 0) or 1)"),
            ("    return out\n", "    return out + count\n"),
        ],
        [
            (("3ab12c",), "aaab" + "c" * 12),
            (("abc",), "abc"),
            (("",), ""),
            (("0xy",), "y"),
            (("2 3-",), "  ---"),
            (("a5",), "a"),
            (("10z",), "zzzzzzzzzz"),
        ],
    ),
    Item(
        "anagram-groups",
        "easy strings sorting",
        "Write a function `anagrams(words)` that puts words made of the same letters into one group. Each group is a list in alphabetical order without repeats; groups with a single word are left out; the groups are ordered by their first word. All words are lower case.",
        "anagrams",
        """
def anagrams(words):
    groups = {}
    for word in set(words):
        groups.setdefault("".join(sorted(word)), []).append(word)
    return sorted(sorted(group) for group in groups.values() if len(group) > 1)
""",
        [
            ("set(words)", "words"),
            (" if len(group) > 1", ""),
            ('"".join(sorted(word))', '"".join(sorted(set(word)))'),
            ("sorted(sorted(group) for", "sorted(group for"),
        ],
        [
            ((["tea", "eat", "tan", "ate", "nat", "bat"],), [["ate", "eat", "tea"], ["nat", "tan"]]),
            (([],), []),
            ((["a", "a"],), []),
            ((["aab", "ab", "ba", "abb"],), [["ab", "ba"]]),
            ((["zy", "yz", "cb", "bc", "mn"],), [["bc", "cb"], ["yz", "zy"]]),
            ((["stop", "pots", "pots"],), [["pots", "stop"]]),
        ],
    ),
    Item(
        "ranks",
        "easy sorting",
        "Write a function `ranks(scores)` that returns, for each score of a list, its place in the competition: the highest has place 1, equal scores share a place, and the places after a tie are skipped (`[50, 80, 80, 30]` gives `[3, 1, 1, 4]`).",
        "ranks",
        """
def ranks(scores):
    return [1 + sum(other > score for other in scores) for score in scores]
""",
        [
            ("sum(other > score for other in scores)", "sum(other > score for other in set(scores))"),
            ("other > score", "other >= score"),
            ("other > score", "other < score"),
            (
                "    return [1 + sum(other > score for other in scores) for score in scores]",
                "    order = sorted(range(len(scores)), key=lambda i: -scores[i])\n    return [order.index(i) + 1 for i in range(len(scores))]",
            ),
        ],
        [
            (([50, 80, 80, 30],), [3, 1, 1, 4]),
            (([],), []),
            (([5],), [1]),
            (([1, 1, 1],), [1, 1, 1]),
            (([3, 2, 1],), [1, 2, 3]),
            (([10, 20, 10, 30, 20],), [4, 2, 4, 1, 2]),
            (([-1, 0],), [2, 1]),
        ],
    ),
    Item(
        "mask-number",
        "easy strings",
        "Write a function `mask(number)` that hides a card number: every digit except the last four becomes `*`, all other characters stay where they are. With four digits or fewer nothing is hidden.",
        "mask",
        """
def mask(number):
    left = sum(ch.isdigit() for ch in number) - 4
    out = ""
    for ch in number:
        if ch.isdigit():
            out += "*" if left > 0 else ch
            left -= 1
        else:
            out += ch
    return out
""",
        [
            ('            out += "*" if left > 0 else ch\n            left -= 1\n', '            out += "*"\n'),
            ("left > 0", "left >= 0"),
            (
                "    left = sum(ch.isdigit() for ch in number) - 4\n",
                "    return '*' * (len(number) - 4) + number[-4:]\n",
            ),
            ("sum(ch.isdigit() for ch in number) - 4", "len(number) - 4"),
        ],
        [
            (("1234 5678 9012 3456",), "**** **** **** 3456"),
            (("1234",), "1234"),
            (("12-3",), "12-3"),
            (("12345",), "*2345"),
            (("",), ""),
            (("AB-123456-7",), "AB-***456-7"),
        ],
    ),
    Item(
        "change-coins",
        "easy greedy",
        'Write a function `change(cents)` that returns the fewest coins of 200, 100, 50, 20, 10, 5, 2 and 1 cents that make up an amount, as a dictionary from the coin (as text, such as `"50"`) to its number, without coins that are not used.',
        "change",
        """
def change(cents):
    out = {}
    for coin in (200, 100, 50, 20, 10, 5, 2, 1):
        count, cents = divmod(cents, coin)
        if count:
            out[str(coin)] = count
    return out
""",
        [
            ("        if count:\n            out[str(coin)] = count\n", "        out[str(coin)] = count\n"),
            ("(200, 100, 50, 20, 10, 5, 2, 1)", "(200, 100, 50, 20, 10, 5, 1)"),
            ("            out[str(coin)] = count\n", "            out[str(coin)] = 1\n"),
        ],
        [
            ((88,), {"50": 1, "20": 1, "10": 1, "5": 1, "2": 1, "1": 1}),
            ((0,), {}),
            ((4,), {"2": 2}),
            ((640,), {"200": 3, "20": 2}),
            ((1,), {"1": 1}),
            ((199,), {"100": 1, "50": 1, "20": 2, "5": 1, "2": 2}),
        ],
    ),
    Item(
        "transpose-text",
        "easy matrix strings",
        "Write a function `columns(lines)` that turns a list of strings into the list of its columns, read from top to bottom. Shorter lines are filled up with spaces on the right, but the columns that come out have no spaces at their end.",
        "columns",
        """
def columns(lines):
    width = max(map(len, lines), default=0)
    padded = [line.ljust(width) for line in lines]
    return ["".join(line[i] for line in padded).rstrip(" ") for i in range(width)]
""",
        [
            ('.rstrip(" ")', ""),
            ('.rstrip(" ")', '.strip(" ")'),
            ("max(map(len, lines), default=0)", "len(lines[0]) if lines else 0"),
            ("max(map(len, lines), default=0)", "min(map(len, lines), default=0)"),
        ],
        [
            ((["abc", "de"],), ["ad", "be", "c"]),
            (([],), []),
            (([""],), []),
            ((["a", "bcd", "ef"],), ["abe", " cf", " d"]),
            ((["x y"],), ["x", "", "y"]),
            ((["ab", "cd"],), ["ac", "bd"]),
        ],
    ),
    Item(
        "election",
        "easy dictionaries",
        "Write a function `winner(votes)`. `votes` is a list of names; empty strings are invalid votes. Return the name with more than half of the valid votes, or `None` if there is none.",
        "winner",
        """
def winner(votes):
    valid = [vote for vote in votes if vote]
    for name in set(valid):
        if 2 * valid.count(name) > len(valid):
            return name
    return None
""",
        [
            ("> len(valid)", ">= len(valid)"),
            ("> len(valid)", "> len(votes)"),
            (
                "        if 2 * valid.count(name) > len(valid):\n            return name\n",
                "        if valid.count(name) == max(map(valid.count, valid)):\n            return name\n",
            ),
        ],
        [
            ((["a", "b", "a"],), "a"),
            ((["a", "b"],), None),
            (([],), None),
            ((["", "", "x"],), "x"),
            ((["a", "a", "b", "b", "c"],), None),
            ((["a", "a", "", "b", ""],), "a"),
            ((["", ""],), None),
            ((["a", "a", "b", "c"],), None),
        ],
    ),
    Item(
        "to-base",
        "easy numbers",
        "Write a function `to_base(n, base)` that writes an integer in a base from 2 to 36 with the digits 0-9 and a-z. Negative numbers get a minus sign.",
        "to_base",
        """
def to_base(n, base):
    digits, left = "", abs(n)
    while True:
        left, digit = divmod(left, base)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
        if not left:
            return "-" * (n < 0) + digits
""",
        [
            ('"-" * (n < 0) + digits', "digits"),
            ("[digit] + digits", "[digit]"),
            (
                'digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits',
                'digits += "0123456789abcdefghijklmnopqrstuvwxyz"[digit]',
            ),
            ("    while True:\n        left,", "    while left:\n        left,"),
        ],
        [
            ((255, 16), "ff"),
            ((0, 2), "0"),
            ((-5, 2), "-101"),
            ((35, 36), "z"),
            ((36, 36), "10"),
            ((1000, 7), "2626"),
            ((-1, 10), "-1"),
            ((10**18, 32), "ro5mmejm8000"),
        ],
    ),
    Item(
        "steps-of-collatz",
        "easy numbers",
        "Start with a positive integer; halve it if it is even, else replace it by three times itself plus 1; stop at 1. Write a function `peak(n)` that returns the list `[steps, highest]`: the number of steps, and the largest number met (the start and the end included).",
        "peak",
        """
def peak(n):
    steps, highest = 0, n
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
        highest = max(highest, n)
    return [steps, highest]
""",
        [
            ("steps, highest = 0, n", "steps, highest = 0, 1"),
            ("steps, highest = 0, n", "steps, highest = 1, n"),
            ("3 * n + 1", "(3 * n + 1) // 2"),
        ],
        [((1,), [0, 1]), ((6,), [8, 16]), ((8,), [3, 8]), ((27,), [111, 9232]), ((2,), [1, 2]), ((7,), [16, 52])],
    ),
    Item(
        "moving-sums",
        "easy lists",
        "Write a function `moving_sums(numbers, n)` that returns the sums of every `n` neighbours of a list, from left to right. If `n` is smaller than 1 or larger than the list, the result is empty.",
        "moving_sums",
        """
def moving_sums(numbers, n):
    if n < 1:
        return []
    return [sum(numbers[i : i + n]) for i in range(len(numbers) - n + 1)]
""",
        [
            ("range(len(numbers) - n + 1)", "range(len(numbers) - n)"),
            ("range(len(numbers) - n + 1)", "range(len(numbers))"),
            ("    if n < 1:\n        return []\n", ""),
            ("range(len(numbers) - n + 1)", "range(0, len(numbers) - n + 1, n)"),
        ],
        [
            (([1, 2, 3, 4], 2), [3, 5, 7]),
            (([1, 2, 3], 3), [6]),
            (([1, 2], 3), []),
            (([], 1), []),
            (([5, -5, 5], 1), [5, -5, 5]),
            (([1, 2], 0), []),
            (([1, 2], -1), []),
        ],
    ),
    Item(
        "price-tag",
        "easy formatting",
        'Write a function `price(cents)` that writes an integer number of cents as text with a dot before the cents and commas between thousands: `123456789` becomes `"1,234,567.89"`. Negative amounts are put in parentheses instead of a minus sign.',
        "price",
        """
def price(cents):
    units, rest = divmod(abs(cents), 100)
    text = f"{units:,}.{rest:02d}"
    return f"({text})" if cents < 0 else text
""",
        [
            ("divmod(abs(cents), 100)", "divmod(cents, 100)"),
            (":02d", ""),
            (":,", ""),
            ('f"({text})" if cents < 0 else text', 'f"-{text}" if cents < 0 else text'),
        ],
        [
            ((123456789,), "1,234,567.89"),
            ((0,), "0.00"),
            ((5,), "0.05"),
            ((-5,), "(0.05)"),
            ((-123456,), "(1,234.56)"),
            ((99999,), "999.99"),
            ((100000,), "1,000.00"),
        ],
    ),
    Item(
        "flatten-keys",
        "easy dictionaries recursion",
        "Write a function `flatten(record)` that turns nested dictionaries into one: the keys on the way are joined by dots. Lists and other values stay as they are; an empty inner dictionary stays as a value.",
        "flatten",
        """
def flatten(record):
    out = {}
    for key, value in record.items():
        if isinstance(value, dict) and value:
            for inner, item in flatten(value).items():
                out[f"{key}.{inner}"] = item
        else:
            out[key] = value
    return out
""",
        [
            (" and value:", ":"),
            ('out[f"{key}.{inner}"]', "out[inner]"),
            ("flatten(value).items()", "value.items()"),
            ('f"{key}.{inner}"', 'f"{inner}.{key}"'),
        ],
        [
            (({"a": 1, "b": {"c": 2, "d": {"e": 3}}},), {"a": 1, "b.c": 2, "b.d.e": 3}),
            (({},), {}),
            (({"a": {}},), {"a": {}}),
            (({"a": [1, {"b": 2}]},), {"a": [1, {"b": 2}]}),
            (({"x": {"y": {"z": None}}},), {"x.y.z": None}),
        ],
    ),
    Item(
        "missing-letters",
        "easy strings sets",
        "Write a function `missing(text)` that returns, in alphabetical order and as one string, the letters a to z that do not occur in a text, in neither case.",
        "missing",
        """
def missing(text):
    return "".join(ch for ch in "abcdefghijklmnopqrstuvwxyz" if ch not in text.lower())
""",
        [
            (".lower()", ""),
            ("if ch not in text.lower()", "if ch in text.lower()"),
            ('"abcdefghijklmnopqrstuvwxyz"', '"abcdefghijklmnopqrstuvwxy"'),
        ],
        [
            (("The quick brown fox jumps over the lazy dog.",), ""),
            (("",), "abcdefghijklmnopqrstuvwxyz"),
            (("ABCDEFGHIJKLM",), "nopqrstuvwxyz"),
            (("zebra",), "cdfghijklmnopqstuvwxy"),
            (("Pack my box with five dozen jugs",), "lqr"),
        ],
    ),
    Item(
        "interleave",
        "easy lists",
        "Write a function `interleave(lists)` that takes the items of several lists in turn: the first of each list, then the second of each, and so on. A list that has run out is passed over.",
        "interleave",
        """
def interleave(lists):
    longest = max(map(len, lists), default=0)
    return [items[i] for i in range(longest) for items in lists if i < len(items)]
""",
        [
            ("max(map(len, lists), default=0)", "min(map(len, lists), default=0)"),
            ("for i in range(longest) for items in lists", "for items in lists for i in range(longest)"),
            ("max(map(len, lists), default=0)", "len(lists[0]) if lists else 0"),
        ],
        [
            (([[1, 2, 3], [4], [5, 6]],), [1, 4, 5, 2, 6, 3]),
            (([],), []),
            (([[], ["x"]],), ["x"]),
            (([[1], [2]],), [1, 2]),
            (([["a"], ["b", "c", "d"]],), ["a", "b", "c", "d"]),
            (([[0, None]],), [0, None]),
        ],
    ),
    Item(
        "add-minutes",
        "easy calendar",
        'Write a function `add_minutes(clock, minutes)` for a 24-hour clock such as `"23:50"` and a whole number of minutes, which may be negative. Return the list `[new clock, days]`, where `days` is how many midnights have been passed (negative when going back). `add_minutes("23:50", 20)` is `["00:10", 1]`.',
        "add_minutes",
        """
def add_minutes(clock, minutes):
    h, m = map(int, clock.split(":"))
    days, rest = divmod(h * 60 + m + minutes, 24 * 60)
    return [f"{rest // 60:02d}:{rest % 60:02d}", days]
""",
        [
            (
                "divmod(h * 60 + m + minutes, 24 * 60)",
                "int((h * 60 + m + minutes) / 1440), (h * 60 + m + minutes) % 1440",
            ),
            (":02d}:", "}:"),
            ("h * 60 + m + minutes", "h * 60 + minutes"),
            ("24 * 60", "12 * 60"),
        ],
        [
            (("23:50", 20), ["00:10", 1]),
            (("00:10", -20), ["23:50", -1]),
            (("12:00", 0), ["12:00", 0]),
            (("09:05", 60), ["10:05", 0]),
            (("00:00", 2880), ["00:00", 2]),
            (("01:00", -1500), ["00:00", -1]),
            (("08:30", -1440), ["08:30", -1]),
        ],
    ),
]
