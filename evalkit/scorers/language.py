"""The answer is in the language asked for: the option `language`, else the sample's, else a text `target`.

Each sentence is told apart by its script, or among the languages of that script by a model; short and mixed ones are
undetermined and do not count. Strict: at least `share` of the determined sentences (0 to 1) are in the language;
lenient: more than half are. An answer without a determined sentence has no value ("42" is in no language). Thinking,
code, formulas, links and quotations are left out first. `among` narrows the languages that are possible at all.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from evalkit.errors import UsageError
from evalkit.names import did_you_mean
from evalkit.records import Sample, Score
from evalkit.scorers import _langid, _sentences
from evalkit.scorers._lazy import compiled
from evalkit.scorers._think import strip_thoughts

LONGEST = 50_000  # characters that are looked at

_NOT_PROSE = compiled(
    r"```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)|`[^`\n]*`|\$\$.*?(?:\$\$|\Z)|\$[^$\n]{1,300}\$"
    r"|\\\([^\n]{0,500}?\\\)|\\\[.{0,2000}?\\\]|\\[A-Za-z]+|https?://\S+|www\.\S+|[\w.+-]{1,64}@[\w-]{1,255}\.\w+"
    r"|<[^<>\n]{1,200}>",
    re.DOTALL,
)
_QUOTED = compiled(r"“[^”\n]{1,300}”|„[^“”\n]{1,300}[“”]|«[^»\n]{1,300}»|「[^」\n]{1,300}」|\"[^\"\n]{1,300}\"")


def score(
    sample: Sample,
    text: str,
    *,
    language: str | None = None,
    among: list[str] | None = None,
    share: float = 0.8,
) -> Score:
    """1.0 if the answer is in the language. Raises UsageError if none is asked for, or one that cannot be told."""
    asked = _asked(sample, language)
    possible = [_langid.primary(one) for one in among] if among else None
    told = [_langid.detect(sentence, asked, possible) for sentence in _prose(text)]
    counts = Counter(found for found in told if found)
    if not counts:
        return Score(None, explanation="too short to tell the language", outcome="extraction_failed")
    part = counts[asked] / counts.total()
    most = counts.most_common(1)[0][0]
    return Score(
        value=float(part >= share),
        lenient_value=float(part > 0.5),
        answer=most,
        explanation=f"{counts[asked]} of {counts.total()} sentences in {asked}"
        + (f", most in {most}" if most != asked else ""),
        details={"share": part, "languages": dict(counts.most_common()), "undetermined": told.count(None)},
    )


def check(
    sample: Sample, *, language: str | None = None, among: list[str] | None = None, share: float = 0.8
) -> Iterator[tuple[str, str]]:
    """A sample without a language, or with one that cannot be told; a share outside (0, 1]."""
    try:
        _asked(sample, language)
    except UsageError as error:
        yield "/language", str(error)
    for one in among or []:
        if _langid.primary(one) not in _langid.KNOWN:
            yield "/scorer/options/among", f"language {one!r} cannot be told{did_you_mean(one, _langid.KNOWN)}"
    if not 0 < share <= 1:
        yield "/scorer/options/share", "the share must be above 0 and at most 1"


def _asked(sample: Sample, language: str | None) -> str:
    asked = language or sample.language or sample.target
    if not isinstance(asked, str):
        raise UsageError("language needs a language, in the sample or as an option")
    if _langid.primary(asked) not in _langid.KNOWN:
        raise UsageError(f"language {asked!r} cannot be told{did_you_mean(asked, _langid.KNOWN)}")
    return _langid.primary(asked)


def _prose(text: str) -> list[str]:
    """The sentences of an answer, without what is not in its language; all of it if too little is left."""
    text = _NOT_PROSE.sub(" ", strip_thoughts(text)[:LONGEST])
    unquoted = _QUOTED.sub(" ", text)
    if 2 * _langid.letters(unquoted) > _langid.letters(text):
        text = unquoted
    sentences = [sentence for line in text.split("\n") for sentence in _sentences.split(line)]
    whole = " ".join(sentences)
    return sentences if _langid.letters(whole) > 40 or len(sentences) == 1 else [whole]
