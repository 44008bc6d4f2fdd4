"""The 25 instruction types of IFEval (Zhou et al. 2023, arXiv 2311.07911), each as one check of a response.

A check is a function of the response and its keyword arguments, which carry the names of the published data. The
`official` reading gives the verdicts of the published checkers, quirks included. The `intended` one gives what the
instruction plainly asks for, where that is something else:

- keywords and forbidden words are literal and whole words (in scripts without spaces, anywhere); counted keywords are
  literal; text without letters is in no language; a few ASCII words in one case pass as English
- "don't" is one word and a Chinese character one; sentences of any script are split; only `***` on a line of its own
  divides paragraphs; blank lines in a row divide once, and a first word may be bold or hold an apostrophe
- `+` and `•` lead bullets, `---` and `-5` do not; emphasis touches its text and may use `_`; sections may have Roman
  numbers; `PS:` is a postscript; JSON is an object or a list, without NaN
- "my answer is yes" in any case; a quotation mark may stand before a repeated prompt; curly and other quotes count

Every check takes time linear in the response, but for patterns in keywords, which are given up after a second.
"""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from evalkit.errors import UsageError
from evalkit.scorers import _patterns, _sentences

Check = Callable[..., bool]


class Instruction(NamedTuple):
    """One instruction type."""

    official: Check
    intended: Check

    @property
    def arguments(self) -> Mapping[str, str]:
        """The names of its keyword arguments and their kinds: `int`, `str` or `list[str]`. All are needed."""
        response, *names = inspect.signature(self.official).parameters.values()
        del response
        return {parameter.name: str(parameter.annotation) for parameter in names}


def _compared(count: int, relation: str, bound: float) -> bool:
    return count < bound if relation == "less than" else count >= bound


# --- keywords


def _as_published(keyword: str) -> str:
    """Keywords are regular expressions in the published checkers; one that is none is taken literally."""
    pattern = f"(?i){keyword}"
    try:
        _patterns.compiled(pattern)
    except UsageError:
        return f"(?i){re.escape(keyword)}"
    return pattern


def _as_word(keyword: str) -> str:
    """A keyword as a whole word; scripts without spaces have no word ends to ask for."""
    literal = re.escape(keyword.strip())
    return f"(?i){literal}" if _sentences.UNSPACED.search(keyword) else rf"(?i)(?<!\w){literal}(?!\w)"


def _count(pattern: str, text: str) -> int:
    try:
        return _patterns.count(pattern, text)
    except _patterns.GaveUp:
        return 0


def keywords_existence(response: str, keywords: list[str]) -> bool:
    return all(_count(_as_published(keyword), response) for keyword in keywords)


def keywords_existence_intended(response: str, keywords: list[str]) -> bool:
    return all(_count(_as_word(keyword), response) for keyword in keywords)


def keywords_frequency(response: str, keyword: str, frequency: int, relation: str) -> bool:
    return _compared(_count(_as_published(keyword.strip()), response), relation, frequency)


def keywords_frequency_intended(response: str, keyword: str, frequency: int, relation: str) -> bool:
    return _compared(response.casefold().count(keyword.strip().casefold()), relation, frequency)


def forbidden_words(response: str, forbidden_words: list[str]) -> bool:
    return not any(_count(_as_published(rf"\b{word}\b"), response) for word in forbidden_words)


def forbidden_words_intended(response: str, forbidden_words: list[str]) -> bool:
    return not any(_count(_as_word(word), response) for word in forbidden_words)


def letter_frequency(response: str, letter: str, let_frequency: int, let_relation: str) -> bool:
    """The published checker draws a random letter where `letter` is none (`#`, `!`); here it is counted as it is."""
    return _compared(response.lower().count(letter.lower()), let_relation, let_frequency)


# --- language


def response_language(response: str, language: str) -> bool:
    """Text without any letters counts as followed, as published."""
    return _detected(response) in (language, None)


def response_language_intended(response: str, language: str) -> bool:
    return _detected(response) == language


def _detected(text: str) -> str | None:
    """What langdetect says, always from the same seed; None if it finds nothing to go by."""
    from langdetect import DetectorFactory, LangDetectException, detect

    DetectorFactory.seed = 0
    try:
        language: str = detect(text)
    except LangDetectException:
        return None
    return language


# --- lengths


def number_sentences(response: str, num_sentences: int, relation: str) -> bool:
    return _compared(_sentences.english(response), relation, num_sentences)


def number_sentences_intended(response: str, num_sentences: int, relation: str) -> bool:
    return _compared(len(_sentences.split(response)), relation, num_sentences)


def number_words(response: str, num_words: int, relation: str) -> bool:
    return _compared(len(re.findall(r"\w+", response)), relation, num_words)


def number_words_intended(response: str, num_words: int, relation: str) -> bool:
    return _compared(_sentences.count_words(response), relation, num_words)


def number_paragraphs(response: str, num_paragraphs: int) -> bool:
    return _filled(re.split(r"\s?\*\*\*\s?", response)) == num_paragraphs


def number_paragraphs_intended(response: str, num_paragraphs: int) -> bool:
    return _filled(re.split(r"(?m)^[ \t]*\*\*\*[ \t]*$", response)) == num_paragraphs


def two_responses(response: str) -> bool:
    parts = response.split("******")
    if _filled(parts) != 2:
        return False
    first, second = (part.strip() for part in parts if part.strip())
    return first != second


def _filled(parts: list[str]) -> int | None:
    """How many parts have text; only the first and the last may be empty, else None."""
    if any(not part.strip() for part in parts[1:-1]):
        return None
    return sum(bool(part.strip()) for part in parts)


def nth_paragraph_first_word(response: str, num_paragraphs: int, nth_paragraph: int, first_word: str) -> bool:
    paragraphs = response.split("\n\n")
    filled = sum(bool(paragraph.strip()) for paragraph in paragraphs)
    if not 1 <= nth_paragraph <= filled or not paragraphs[nth_paragraph - 1].strip():
        return False
    word = paragraphs[nth_paragraph - 1].split()[0].lstrip("'").lstrip('"')
    return filled == num_paragraphs and re.split(r"""[.,?!'"]""", word)[0].lower() == first_word.lower()


def nth_paragraph_first_word_intended(response: str, num_paragraphs: int, nth_paragraph: int, first_word: str) -> bool:
    paragraphs = [part for part in re.split(r"\n[ \t]*\n", response) if part.strip()]
    if len(paragraphs) != num_paragraphs or not 1 <= nth_paragraph <= num_paragraphs:
        return False
    word = re.search(r"\w+(?:['’-]\w+)*+", paragraphs[nth_paragraph - 1])
    return word is not None and word.group().replace("’", "'").casefold() == first_word.replace("’", "'").casefold()


# --- content


def number_placeholders(response: str, num_placeholders: int) -> bool:
    return _bracketed(response) >= num_placeholders


def _bracketed(text: str) -> int:
    """How many times a `[` meets a later `]` on its line."""
    count = 0
    for line in text.split("\n"):
        start = line.find("[")
        while start >= 0 and (end := line.find("]", start)) >= 0:
            count += 1
            start = line.find("[", end + 1)
    return count


def postscript(response: str, postscript_marker: str) -> bool:
    known = {"P.P.S": r"p\.\s?p\.\s?s", "P.S.": r"p\.\s?s\."}
    marker = known.get(postscript_marker, postscript_marker.lower())
    return _count(_as_published(marker), response.lower()) > 0


def postscript_intended(response: str, postscript_marker: str) -> bool:
    letters = [letter for letter in postscript_marker if letter.isalpha()]
    return re.search(r"(?im)^[^\w\n]*+" + r"\.?\s?".join(map(re.escape, letters)) + r"(?!\w)", response) is not None


# --- format


def number_bullet_lists(response: str, num_bullets: int) -> bool:
    stars = _led_lines(response, re.compile(r"\*[^*].*"))
    return stars + _led_lines(response, re.compile(r"-.*")) == num_bullets


def _led_lines(text: str, led: re.Pattern[str]) -> int:
    """How many times `led` stands first on a line; leading space may run over several lines."""
    blank = re.compile(r"^\s*+", re.MULTILINE)
    count = position = 0
    while start := blank.search(text, position):
        if found := led.match(text, start.end()):
            count += 1
        position = (found or start).end()
        position += not found and start.end() == start.start()
        if position >= len(text):
            break
    return count


def number_bullet_lists_intended(response: str, num_bullets: int) -> bool:
    return len(re.findall(r"(?m)^[ \t>]*+[*+•‣◦▪●–-][ \t]+(?![ \t*-]*+$)\S", response)) == num_bullets


def number_highlighted_sections(response: str, num_highlights: int) -> bool:
    single = re.findall(r"\*[^\n*]*\*", response)
    double = re.findall(r"\*\*[^\n*]*\*\*", response)
    return sum(bool(found.strip("*").strip()) for found in single + double) >= num_highlights


def number_highlighted_sections_intended(response: str, num_highlights: int) -> bool:
    """Emphasis as CommonMark has it: the marks touch the text."""
    found = re.findall(r"(?<![\w*_])(\*{1,3}|_{1,3})(?=[^\s*_])[^\n*_]*(?<=\S)\1(?![\w*_])", response)
    return len(found) >= num_highlights


def constrained_response(response: str) -> bool:
    return any(f"My answer is {word}." in response for word in ("yes", "no", "maybe"))


def constrained_response_intended(response: str) -> bool:
    return re.search(r"\bmy answer is (?:yes|no|maybe)\b", response, re.IGNORECASE) is not None


def multiple_sections(response: str, section_spliter: str, num_sections: int) -> bool:
    return _count(rf"{section_spliter}\s?\d", response) >= num_sections


def multiple_sections_intended(response: str, section_spliter: str, num_sections: int) -> bool:
    heads = re.findall(rf"{re.escape(section_spliter)}\s?(?:\d+|[IVXLC]+\b)", response)
    return len(heads) >= num_sections


def json_format(response: str) -> bool:
    text = response.strip()
    for mark in ("```json", "```Json", "```JSON", "```"):
        text = text.removeprefix(mark)
    try:
        json.loads(text.removesuffix("```").strip())
    except (ValueError, RecursionError):
        return False
    return True


def json_format_intended(response: str) -> bool:
    if not json_format(response):
        return False
    text = re.sub(r"^```(?:json)?|```$", "", response.strip(), flags=re.IGNORECASE).strip()
    return text.startswith(("{", "[")) and not re.search(r"[:\[,]\s*-?(?:NaN|Infinity)", text)


def title(response: str) -> bool:
    for line in response.split("\n"):
        start, end = line.find("<<"), line.rfind(">>")
        if start >= 0 and end >= start + 3 and line[start : end + 2].lstrip("<").rstrip(">").strip():
            return True
    return False


# --- combinations, start and end


def repeat_prompt(response: str, prompt_to_repeat: str) -> bool:
    return response.strip().lower().startswith(prompt_to_repeat.strip().lower())


def repeat_prompt_intended(response: str, prompt_to_repeat: str) -> bool:
    return repeat_prompt(response.strip().lstrip("\"'“”«*_> "), prompt_to_repeat)


def end_checker(response: str, end_phrase: str) -> bool:
    return response.strip().strip('"').lower().endswith(end_phrase.strip().lower())


def quotation(response: str) -> bool:
    text = response.strip()
    return len(text) > 1 and text[0] == text[-1] == '"'


def quotation_intended(response: str) -> bool:
    text = response.strip()
    return len(text) > 1 and (text[0], text[-1]) in (('"', '"'), ("“", "”"), ("„", "“"), ("«", "»"), ("「", "」"))


# --- case and punctuation


def capital_word_frequency(response: str, capital_frequency: int, capital_relation: str) -> bool:
    capitals = sum(token.isupper() for token in _sentences.treebank_words(response))
    return _compared(capitals, capital_relation, capital_frequency)


def english_capital(response: str) -> bool:
    return response.isupper() and _detected(response) in ("en", None)


def english_capital_intended(response: str) -> bool:
    return response.isupper() and _is_english(response)


def english_lowercase(response: str) -> bool:
    return response.islower() and _detected(response) in ("en", None)


def english_lowercase_intended(response: str) -> bool:
    return response.islower() and _is_english(response)


def _is_english(text: str) -> bool:
    """Text of a few words is too short to tell by statistics: ASCII letters pass."""
    letters = [letter for letter in text if letter.isalpha()]
    return (len(letters) < 20 and text.isascii()) or _detected(text.lower()) in ("en", None)


def no_comma(response: str) -> bool:
    return "," not in response


INSTRUCTIONS: Mapping[str, Instruction] = {
    "keywords:existence": Instruction(keywords_existence, keywords_existence_intended),
    "keywords:frequency": Instruction(keywords_frequency, keywords_frequency_intended),
    "keywords:forbidden_words": Instruction(forbidden_words, forbidden_words_intended),
    "keywords:letter_frequency": Instruction(letter_frequency, letter_frequency),
    "language:response_language": Instruction(response_language, response_language_intended),
    "length_constraints:number_sentences": Instruction(number_sentences, number_sentences_intended),
    "length_constraints:number_paragraphs": Instruction(number_paragraphs, number_paragraphs_intended),
    "length_constraints:number_words": Instruction(number_words, number_words_intended),
    "length_constraints:nth_paragraph_first_word": Instruction(
        nth_paragraph_first_word, nth_paragraph_first_word_intended
    ),
    "detectable_content:number_placeholders": Instruction(number_placeholders, number_placeholders),
    "detectable_content:postscript": Instruction(postscript, postscript_intended),
    "detectable_format:number_bullet_lists": Instruction(number_bullet_lists, number_bullet_lists_intended),
    "detectable_format:constrained_response": Instruction(constrained_response, constrained_response_intended),
    "detectable_format:number_highlighted_sections": Instruction(
        number_highlighted_sections, number_highlighted_sections_intended
    ),
    "detectable_format:multiple_sections": Instruction(multiple_sections, multiple_sections_intended),
    "detectable_format:json_format": Instruction(json_format, json_format_intended),
    "detectable_format:title": Instruction(title, title),
    "combination:two_responses": Instruction(two_responses, two_responses),
    "combination:repeat_prompt": Instruction(repeat_prompt, repeat_prompt_intended),
    "startend:end_checker": Instruction(end_checker, end_checker),
    "startend:quotation": Instruction(quotation, quotation_intended),
    "change_case:capital_word_frequency": Instruction(capital_word_frequency, capital_word_frequency),
    "change_case:english_capital": Instruction(english_capital, english_capital_intended),
    "change_case:english_lowercase": Instruction(english_lowercase, english_lowercase_intended),
    "punctuation:no_comma": Instruction(no_comma, no_comma),
}


def loosened(response: str) -> Iterator[str]:
    """The variants that the loose verdict tries: without first, last, both lines; each also without asterisks."""
    lines = response.split("\n")
    for text in (response, *("\n".join(part).strip() for part in (lines[1:], lines[:-1], lines[1:-1]))):
        yield text
        yield text.replace("*", "")
