"""Sentences and words of an answer.

`split` and `count_words` read any script. `english` and `treebank_words` follow what the published IFEval checkers use,
NLTK's English Punkt model and its `word_tokenize`, without their data: of the 9,197 recorded English answers of
M-IFEval, 98.7 % have the same number of sentences and all have the same number of upper-case words.
"""

from __future__ import annotations

import re

from evalkit.scorers._lazy import compiled

# --- any script

UNSPACED = compiled(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_IDEOGRAPH = compiled("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_WIDE_STOP = compiled(r"(?<=[。！？｡।॥؟۔])(?![。！？｡।॥؟۔」』”’）)\"'])")
_DOTTED = compiled(r"(?:\w\.)+\w\.")


def split(text: str) -> list[str]:
    """The sentences of a text in any script. A line break alone ends none; Thai has no marks, and stays whole."""
    sentences: list[str] = []
    for part in _WIDE_STOP.split(text):
        words = list(re.finditer(r"\S+", part))
        start = 0
        for index, found in enumerate(words[:-1]):
            word = found.group().lstrip(_OPENERS).rstrip(_CLOSERS)
            following = words[index + 1].group().lstrip(_OPENERS)
            before = words[index - 1].group() if index else ""
            if not word.endswith((".", "?", "!", "…")) or not _ends(word, following, before):
                continue
            if _DOTTED.fullmatch(word) and not following[:1].isupper():
                continue
            sentences.append(part[start : found.end()].strip())
            start = found.end()
        if rest := part[start:].strip():
            sentences.append(rest)
    return sentences


def count_words(text: str) -> int:
    """Words, a contraction as one; in Chinese and Japanese, characters."""
    spaced, ideographs = _IDEOGRAPH.subn(" ", text)
    return ideographs + sum(any(mark.isalnum() for mark in word) for word in re.split(r"[\s/—–-]+", spaced))


# --- English, as Punkt has it

_ABBREVIATIONS = """
    adm col dr fr gen gov hon lt maj messrs mr mrs ms prof rep reps sen sgt st
    jan feb mar apr aug sep sept oct nov dec mon tues wed thurs fri sat
    ariz calif colo fla ga ill kan ky mich minn miss nev okla ore pa tenn va vt wash wis
    ave bros co corp cos ct ft inc jr ltd mg ok sr vs yr
    a.m p.m d.c l.a n.c n.h n.j n.m n.y ph.d s.c u.k u.n u.s u.s.a
    c d e f g h k l m n p r s t v w
"""
_STARTERS = """
    a about according after all also although among an and another any are as at be because before both but by can come
    despite did do does don't each even every find first for from get have he here his how however i if in indeed
    instead is it its just let like look make many maybe meanwhile more moreover most my never nevertheless no nor not
    now of on once one or our please remember see she since so some take that the their then there therefore these they
    this those though thus to today two under until upon use very was we were what whatever when where which while who
    why will with without would yes yet you your
"""
_COLLOCATES = "business credit international leisure letters notable review who"
_ABBREVIATED = frozenset(_ABBREVIATIONS.split())
_STARTING = frozenset(_STARTERS.split())  # with a capital, they start a sentence even after an abbreviation
_AFTER_NUMBERS = frozenset(_COLLOCATES.split())  # what Punkt learned to go with "7."
# The last full stop, question or exclamation mark of a word that a closing mark, a bracket or nothing follows.
_STOP = compiled(r"\S*[.?!](?=[?!)\";}\]*:@'({\[]|\Z)")
_OUTSIDE_WORDS = compiled(r"[()\[\]{}\"`;:*@&#?!]")
_CLOSING = "\"')]}"
_CLOSERS = "\"'”’)]}*_`»"
_OPENERS = "\"'“‘([{*_`«¿¡"
_NUMBER = compiled(r"-?[.,]?\d[\d,.-]*")


def english(text: str) -> int:
    """The number of sentences in an English text."""
    words = text.split()
    count, begun, closable = 0, False, False
    for before, word, following in zip(["", *words], words, [*words[1:], ""], strict=False):
        if closable and not word.strip(_CLOSING):
            closable = False  # a closing mark on its own belongs to the sentence before
            continue
        stop = _STOP.match(word)
        rest = word[stop.end() :] if stop else ""
        if stop and (rest or following) and _ends(stop.group(), rest[:1] or following, before):
            count += 1
            begun, closable = rest.strip(_CLOSING) != "", not rest
        else:
            begun, closable = True, False
    return count + begun


def _ends(word: str, following: str, before: str) -> bool:
    """Whether the stop at the end of `word` ends a sentence, when `following` comes next."""
    if not word.endswith("."):
        return True
    stem = _OUTSIDE_WORDS.split(word[:-1])[-1].lower()
    start = re.match(r"[\w']*", following.lower())
    starts = following[:1].isupper() and start is not None and start.group() in _STARTING
    if stem.endswith("."):  # an ellipsis
        return starts
    if stem in _ABBREVIATED or stem.rpartition("-")[2] in _ABBREVIATED:
        return starts and len(stem) > 1
    if _NUMBER.fullmatch(stem):
        return not following[:1].islower() and (start is None or start.group() not in _AFTER_NUMBERS)
    if len(stem) == 1 and stem.isalpha():  # an initial after a name, else the letter of a list item
        return starts or not following[:1].isalpha() or (following[:1].isupper() and not before[:1].isupper())
    return True


# Where the Penn Treebank conventions, in NLTK's version, cut inside a run of non-space characters.
_CUT = compiled(r"[;@#$%&?!*\[\](){}<>«»“”‘’„`\"\u2012-\u2015]|--|''|\.{2,}|[:,](?!\d)")
_CLITIC = compiled(r"(.*[^'])('[sSmMdD]|'ll|'LL|'re|'RE|'ve|'VE|n't|N'T)", re.DOTALL)
_JOINED = compiled(r"\b(can(?=not\b)|(?:gim|lem)(?=me\b)|(?:gon|wan)(?=na\b)|got(?=ta\b))", re.IGNORECASE)


def treebank_words(text: str) -> list[str]:
    """The words of NLTK's `word_tokenize`, without the tokens that are punctuation only."""
    words: list[str] = []
    for word in _CUT.sub(" ", _JOINED.sub(r"\1 ", text)).split():
        stem = word.rstrip(".'")
        clitic = _CLITIC.fullmatch(stem)
        words += clitic.groups() if clitic else [stem]
    return words
