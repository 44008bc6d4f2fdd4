r"""One spelling for the many ways to write the same LaTeX.

Never NFKC: it turns x² into x2. What is only layout goes (spacing, `\left`, fonts, `\displaystyle`), synonyms become
one command (`\dfrac`, `\leq`, `·`), and numbers lose their grouping ("12{,}000", "12\,000", "12 000").
"""

from __future__ import annotations

import re
from fractions import Fraction

from evalkit.scorers._lazy import compiled

_SUPER = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True))
_SUB = dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True))
_VULGAR = {
    "½": "1 2", "⅓": "1 3", "⅔": "2 3", "¼": "1 4", "¾": "3 4", "⅕": "1 5", "⅖": "2 5", "⅗": "3 5", "⅘": "4 5",
    "⅙": "1 6", "⅚": "5 6", "⅛": "1 8", "⅜": "3 8", "⅝": "5 8", "⅞": "7 8", "⅐": "1 7", "⅑": "1 9", "⅒": "1 10",
}  # fmt: skip
_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau", "φ": "phi",
    "ϕ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega", "Δ": "Delta", "Σ": "Sigma", "Ω": "Omega", "Φ": "Phi",
    "×": "cdot", "·": "cdot", "⋅": "cdot", "∙": "cdot", "÷": "div", "∞": "infty", "≤": "le", "≥": "ge", "≠": "ne",
    "≈": "approx", "∪": "cup", "∩": "cap", "∈": "in", "∅": "emptyset", "±": "pm", "∓": "mp", "∖": "setminus",
    "≡": "equiv", "∠": "angle", "△": "triangle", "→": "to", "⩽": "le", "⩾": "ge", "′": "prime",
}  # fmt: skip
_PLAIN = {
    "−": "-", "–": "-", "—": "-", "﹣": "-", "－": "-",
    "，": ",", "；": ";", "（": "(", "）": ")", "：": ":", "％": "%",
    "［": "[", "］": "]", "｛": "{", "｝": "}", "＝": "=", "＋": "+", "．": ".",
    "“": "", "”": "", "‘": "'", "’": "'",
    "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u200b": "", "\u2061": "", "\u2062": "", "。": "", "、": ",",
    "°": "^\\circ ", "º": "^\\circ ", "ℝ": "\\mathbb{R}", "√": "\\sqrt ", "…": "\\dots ", "∶": ":", "⁻": "-",
    "ℤ": "\\mathbb{Z}", "⟨": "(", "⟩": ")", "∣": "|", "＜": "<", "＞": ">", "ⅈ": "i",
}  # fmt: skip
_UNICODE: dict[int, str] = {ord(char): text for char, text in _PLAIN.items()}
_UNICODE |= {ord(char): f"\\{name} " for char, name in _GREEK.items()}
_UNICODE |= {ord(char): "\\frac{{{}}}{{{}}}".format(*text.split()) for char, text in _VULGAR.items()}
_UNICODE |= {0xFF10 + digit: str(digit) for digit in range(10)}
_SUPERSCRIPT = compiled("⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_SUBSCRIPT = compiled("[₀₁₂₃₄₅₆₇₈₉]+")

_SYNONYMS = {
    "dfrac": "frac", "tfrac": "frac", "cfrac": "frac", "nicefrac": "frac", "sfrac": "frac", "dbinom": "binom",
    "tbinom": "binom", "leq": "le", "leqslant": "le", "leqq": "le", "geq": "ge", "geqslant": "ge", "geqq": "ge",
    "neq": "ne", "lt": "<", "gt": ">", "times": "cdot", "cdotp": "cdot", "ast": "cdot", "bullet": "cdot",
    "varnothing": "emptyset", "empty": "emptyset", "infin": "infty", "lbrace": "{", "rbrace": "}", "lbrack": "[",
    "rbrack": "]", "langle": "(", "rangle": ")", "lvert": "|", "rvert": "|", "vert": "|", "mid": "|", "Vert": "|",
    "degree": "^\\circ",
    "ldots": "dots", "cdots": "dots", "dotsc": "dots", "varphi": "phi", "varepsilon": "epsilon", "R": "mathbb{R}",
    "reals": "mathbb{R}", "Re": "Re", "land": "wedge", "lor": "vee", "imath": "i", "thinspace": ",", "colon": ":",
    "bmod": "bmod", "backslash": "setminus", "arcsin": "arcsin", "perthousand": "‰", "pounds": "£", "euro": "€",
}  # fmt: skip
_LAYOUT = frozenset(
    {
        "left", "right", "middle", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr",
        "displaystyle", "textstyle", "scriptstyle", "limits", "nolimits", "quad", "qquad", "rm", "bf", "it", "cal",
        "enspace", "space", "hfill", "nonumber", "notag", "small", "large", "Large", "normalsize", "mathstrut",
        "strut", "newline", "hline",
    }
)  # fmt: skip
_FONTS = frozenset(
    {
        "mathbf", "mathit", "boldsymbol", "bm", "pmb", "mathsf", "mathtt", "mathcal", "mathscr", "ensuremath",
        "emph",
    }
)  # fmt: skip
_TEXTS = frozenset(
    {
        "text", "textbf", "textit", "textrm", "textnormal", "textsf", "texttt", "mbox", "hbox", "mathrm",
        "operatorname", "rmfamily", "textup", "underline", "textsc",
    }
)  # fmt: skip
_FUNCTIONS = frozenset(
    {
        "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "ln", "log",
        "lg", "exp", "lim", "max", "min", "gcd", "lcm", "det", "arg", "mod",
    }
)  # fmt: skip
_COMMAND = compiled(r"\\([A-Za-z]+)\s*")
_BOX = compiled(r"\\(?:boxed|fbox|framebox)\s*(?=\{)")
_GROUPED = compiled(r"(?<=\d) ?(?:\\[,!;: ]|\{,\}|~|\{ ?, ?\}|,\\!)[ ]*(?=\d{3}(?!\d))")
_SPACE_GROUPED = compiled(r"(?<![\d.,])(\d{1,3})((?: \d{3})+)(?![\d])")
_COMMA_GROUPED = compiled(r"(?<![\d.,])(\d{1,3})((?:,\d{3})+)(?![\d,])")
_SPACING = compiled(r"(?<!\\)\\[,;:!> ]|~|\\\\(?=\s*$)")
_EXPONENT = compiled(r"(?<![A-Za-z\\])(\d+(?:\.\d+)?|\.\d+)[eE]([+-]?\d{1,4})(?![\dA-Za-z.])")
_REPEATING = compiled(r"(\d*)\.(\d*)\\(?:overline|bar|dot)\s*(?:\{(\d+)\}|(\d))")
_DOTS = compiled(r"(\d*)\.(\d*?)(\d)\3\3+\s*(?:\\dots|\.\.\.)")
_SHORT_FRACTION = compiled(
    r"\\frac\s*(?:(\d)\s*(\d)(?!\d)|(\d)\s*(?=\{)|(\{[^{}]*\})\s*(\d|[a-z](?![a-z]))|\s([A-Za-z\d])\s?([A-Za-z\d])(?![A-Za-z\d]))"
)
_SHORT_ROOT = compiled(r"\\sqrt\s*(\d+|[A-Za-z]|\\pi|\(([^()]*)\))(?![\[{])")
_JOINED_TEXT = compiled(r"\S{1,4}(?:(?:,|,?\s(?:and|or))\s\S{1,4})+")
_MIXED = compiled(r"(?<![\d/.,])(\d{1,4}) (\d{1,4})/(\d{1,4})(?![\d/])")
_CHOOSE = compiled(r"\{([^{}]*)\\choose([^{}]*)\}")
_SCRIPT_SPACE = compiled(r"\s*([\^_])\s*")


def normalise(answer: str) -> str:
    """The one spelling of an answer. Takes time linear in its length, but for braces."""
    text = answer.strip()
    if not text.isascii():
        text = _SUPERSCRIPT.sub(lambda found: "^{" + "".join(_SUPER.get(c, "-") for c in found[0]) + "}", text)
        text = _SUBSCRIPT.sub(lambda found: "_{" + "".join(_SUB[c] for c in found[0]) + "}", text)
        text = text.translate(_UNICODE)
    text = (
        text.replace('\\"', "")
        .replace('"', "")
        .replace("\n", " ")
        .replace("\t", " ")
        .replace("**", "^")
        .replace("\\$", "")
        .replace("$", "")
    )
    if "\\begin" not in text:
        text = re.sub(r"\\\\(?=[A-Za-z({\[|%!,])", r"\\", text)  # doubled by a JSON detour
        text = text.replace("&", "")
    text = _MIXED.sub(r"\1\\frac{\2}{\3}", _ungrouped(text))
    if text.strip("+- ").lower() in ("infinity", "inf"):
        text = text.lower().replace("infinity", "inf").replace("inf", "\\infty ")
    if "\\" in text:
        text = _BOX.sub("", text)
        text = _COMMAND.sub(_command, _SPACING.sub(" ", text).replace("\\%", "%"))
        text = _CHOOSE.sub(r"\\binom{\1}{\2}", text)
        text = _unwrapped(text)
        text = _REPEATING.sub(_repeating, text)
        text = _DOTS.sub(lambda found: _repeating_fraction(found[1], found[2], found[3]), text)
        text = _SHORT_FRACTION.sub(_whole_fraction, text)
        text = _SHORT_ROOT.sub(lambda found: f"\\sqrt{{{found[2] if found[2] is not None else found[1]}}}", text)
        text = re.sub(r"\\log_\{?e\}?\s*", r"\\ln ", text)
    elif "..." in text:
        text = _DOTS.sub(lambda found: _repeating_fraction(found[1], found[2], found[3]), text)
    text = _EXPONENT.sub(r"\1\\cdot 10^{\2}", text)
    text = re.sub(r"<=", r"\\le ", re.sub(r">=", r"\\ge ", re.sub(r"!=", r"\\ne ", text)))
    text = re.sub(r"\*", r"\\cdot ", text)
    text = _SCRIPT_SPACE.sub(r"\1", text)
    text = re.sub(r"\^\\circ|\^\{\\circ\}", "°", text)
    text = " ".join(text.split())
    return _outer(text)


def _ungrouped(text: str) -> str:
    text = _GROUPED.sub("", text)
    text = _COMMA_GROUPED.sub(_joined, text)
    return _SPACE_GROUPED.sub(lambda found: found[0].replace(" ", ""), text)


def _joined(found: re.Match[str]) -> str:
    """12,345 as a number; but (12,345) and [12,345] are pairs."""
    before, after = found.string[found.start() - 1 : found.start()], found.string[found.end() : found.end() + 1]
    alone = before in ("(", "[") and after in (")", "]", " ", "\\")
    return found[0] if alone or found.string[: found.start()].endswith("\\{") else found[0].replace(",", "")


def _command(found: re.Match[str]) -> str:
    name = found[1]
    if name in _LAYOUT:
        return " "
    if name in _FONTS:
        return ""
    if name in _TEXTS:
        return "\\text"
    name = _SYNONYMS.get(name, name)
    if not name[0].isalpha():
        return f"\\{name} " if name in "{}" else f"{name} "
    return (
        f"\\{name} "
        if len(found[0]) > len(found[1]) + 1 or found.end() == len(found.string) or name != found[1]
        else found[0]
    )


def _unwrapped(text: str) -> str:
    r"""`\text{...}` that holds a formula, a function name or a letter loses its wrapper; words keep it."""

    def replace(found: re.Match[str]) -> str:
        inner = found[1]
        bare = inner.strip()
        if bare in _FUNCTIONS:
            return f"\\{bare} "
        if bare.lower() in ("infinity", "infty"):
            return "\\infty "
        if _JOINED_TEXT.fullmatch(bare):
            return re.sub(r"\s(and|or)\s", r" \\text{\1} ", inner)
        if len(bare) <= 1 or not re.search(r"[A-Za-z]{2}", bare) or re.fullmatch(r"\(?[A-Z]\)?", bare):
            return inner
        return f" \\text{{{bare}}} "

    return re.sub(r"\\text\s*\{([^{}]*)\}", replace, text)


def _repeating(found: re.Match[str]) -> str:
    return _repeating_fraction(found[1], found[2], found[3] or found[4])


def _repeating_fraction(whole: str, fixed: str, period: str) -> str:
    """0.1(6) as a fraction: (16 - 1) / 90."""
    if len(fixed) + len(period) > 30:
        return f"{whole}.{fixed}{period}"
    digits = int((whole or "0") + fixed + period) - int((whole or "0") + fixed)
    value = Fraction(digits, (10 ** len(period) - 1) * 10 ** len(fixed))
    return f"\\frac{{{value.numerator}}}{{{value.denominator}}}"


def _whole_fraction(found: re.Match[str]) -> str:
    if found[1]:
        return f"\\frac{{{found[1]}}}{{{found[2]}}}"
    if found[6]:
        return f"\\frac{{{found[6]}}}{{{found[7]}}}"
    return f"\\frac{{{found[3]}}}" if found[3] else f"\\frac{found[4]}{{{found[5]}}}"


def _outer(text: str) -> str:
    """Without closing punctuation, and without brackets around everything that only group."""
    text = text.strip(" :").removesuffix("...")
    while text and text[-1] in ".,;" and not text.endswith("\\,"):
        text = text[:-1].rstrip()
    while len(text) > 1 and text[0] == "{" and _closes(text) == len(text) - 1:
        text = text[1:-1].strip()
    return text


def _closes(text: str) -> int:
    """The index of the bracket that closes the one at 0; -1 when none does."""
    depth = 0
    for found in re.finditer(r"\\[{}]|[{}()\[\]]", text):
        if found[0][0] == "\\":
            continue
        depth += 1 if found[0] in "{([" else -1
        if depth == 0:
            return found.start()
    return -1
