"""Where an answer announces itself: "The answer is", "#### ", `\\boxed{`, `"answer":`, in the languages we meet.

An anchor is a noun that means "answer" together with a sign that a value follows (colon, copula, line break), or the
value itself right behind the noun. The last anchor of a text is the one to believe: models correct themselves.
No native speaker has reviewed bn, te, sw, th, hi, ar and yo.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from itertools import islice
from typing import Literal, NamedTuple

from evalkit.scorers._lazy import compiled

# Nouns of scripts that put spaces between words (a letter on either side means another word), and of those that do not.
_SPACED = (
    "answers?|ans|antwort|lösung|ergebnis|réponse|reponse|respuesta|resposta|risposta|ответ|jibu|jawaban(?:nya)?|cevap|yanıt"
    "|ìdáhùn|idahun|ìdahùn|antwoord|odpowiedź|відповідь|απάντηση|svar|vastaus|odpověď|válasz|răspuns|отговор|одговор"
    "|odgovor|đáp án|câu trả lời|trả lời|amsa|azịza|impendulo|jawaab|sagot|resposta"
    "|الإجابة|الاجابة|إجابة|اجابة|الجواب|جواب|پاسخ|תשובה|התשובה"
)
_UNSPACED = (
    "答案|答え|こたえ|解答|回答|正解|答(?=[：:は是为])|정답|답변|답|উত্তর|उत्तर|जवाब|సమాధానం|జవాబు|คำตอบ|பதில்|விடை|જવાબ|ਜਵਾਬ"
    "|ಉತ್ತರ|ഉത്തരം|පිළිතුර|အဖြေ|ចម្លើយ|መልስ"
)
_NOUN = rf"(?<![^\W\d_])(?:{_SPACED})(?![^\W\d_])|(?:{_UNSPACED})"
_COPULA = (
    r"(?<![^\W\d_])(?:is|are|was|be|equals|ist|lautet|beträgt|wäre|est|serait|es|sería|é|seria|è|sarebbe|равен|равна"
    r"|равно|составляет|это|является|ni|adalah|ialah|là|jest|brzmi|це|är|er|είναι|je|este|jẹ"
    r"|هي|هو|تساوي|يساوي|היא|הוא)(?![^\W\d_])"
    r"|应该是|应为|應為|等于|是|为|為|は|은|는|হলো|হল|হচ্ছে|হবে|होगा|है|คือ|เป็น|เท่ากับ"
)
_MARK = r"[\s*_`\"'“”«»#]*"
# After the noun: at most a clause, then a sign that the value follows.
_SIGN = rf"(?P<colon>[:：=]|->|→)|(?P<dash>[—–-](?!\d))|(?P<copula>{_COPULA})"
_AFTER = compiled(rf"(?P<gap>[^:：=\n.。।!?！？—–]{{0,80}}?)(?:{_SIGN})(?:\s*(?P<late>[:：]))?{_MARK}", re.IGNORECASE)
# "The correct option is C", "故选：B": words that announce an option of a multiple choice, never a number.
_OPTION = (
    r"(?<![^\W\d_])(?:option|choice|opción|opcion|alternativa|opção|opzione|buchstabe|lettre|letra|lettera|вариант"
    r"|chaguo|pilihan|opsi|seçenek|şık|الخيار|الحرف)(?![^\W\d_])"
    r"|[故应應]?[选選](?:择|擇|(?![项項择擇択]))|选项|選択肢|선택지|विकल्प|বিকল্প|ఎంపిక|ตอบข้อ|ข้อ|ตัวเลือก|ตอบ"
)
_OPTION_VERB = compiled(r"[故应應]?[选選][择擇]?|ตอบข้อ|ตอบ")
_RIGHT = compiled(
    r"(?:correct|right|best|सही|সঠিক|సరైన|正确|正確|正しい|올바른|правильный|верный|sahihi|tepat|benar|richtige"
    r"|bonne|correcta|correta|corretta|doğru|đúng)\s*\Z",
    re.IGNORECASE,
)
_FIELD = r"(?<!\\)[\"'](?:final[_ ]?)?(?:answer|result)[\"']\s*:\s*"
_JSON_FIELD = compiled(_FIELD, re.IGNORECASE)
LONGEST_TEXT = 60_000  # characters of a reply that scorers look at, from its end
_MOST = 40  # anchors looked at, from the end of a text
_LONGEST_VALUE = 20_000  # characters searched for the end of a boxed or quoted value
_FIND_SOURCE = (
    rf"(?P<hash>####)|(?P<boxed>\\f?boxed\s*)"
    rf"|(?P<json>{_FIELD})"
    rf"|(?P<short>^[ \t*]*A[ \t]*[:：][ \t*]*(?=\S))"
    rf"|(?P<noun>{_NOUN})"
)
_FIND = compiled(_FIND_SOURCE, re.IGNORECASE | re.MULTILINE)

_JSON_REPLY = compiled(r"\s*(?:```[ \t]*\w*\s*)?\{\s*[\"'](?!\s*[,}])")
_SENTENCE_END = compiled(r"(?<=[^\W_]{4})[.!?](?=\s)|(?<=[\d)\]}$%*”])[.!?](?=\s+[A-Z])|[。।！？]|\n")
_DIRECT = compiled(r"[\s*_`\"'“”«»]*")

_BRACE = compiled(r"\\[{}\\]|[{}]")

_FIND_OPTION = compiled(rf"{_FIND_SOURCE}|(?P<option>{_OPTION})", re.IGNORECASE | re.MULTILINE)

Kind = Literal["hash", "boxed", "json", "short", "noun", "option"]


class Anchor(NamedTuple):
    """One announcement. The value stands in text[start:stop]."""

    kind: Kind
    where: int  # where the announcement itself begins
    start: int
    stop: int
    direct: bool  # nothing but the noun announces: the value has to stand right at `start`
    colon: bool  # a dash at `start` is a minus sign, not punctuation


def find_anchors(text: str, *, options: bool = False) -> list[Anchor]:
    """The last anchors of a text, the very last one first; a noun with a sign behind it gives two.

    With `options`, words that announce an option of a multiple choice count as well.
    """
    found: list[Anchor] = []
    limit = len(text)
    for match in reversed(deque((_FIND_OPTION if options else _FIND).finditer(text), maxlen=_MOST)):
        kind: Kind = match.lastgroup  # type: ignore[assignment]
        if kind == "option":
            found += _announced(text, match, limit, kind)
            continue  # "Answer: option C": it belongs to the announcement before it
        if kind == "noun":
            found += _announced(text, match, limit, kind)
        else:
            found.append(_anchor(text, kind, match, limit))
        limit = match.start()
    return found


def json_fields(text: str) -> list[Anchor]:
    """The answer fields of JSON, the first one first: a reply in JSON is read as its consumer reads it."""
    fields = islice(_JSON_FIELD.finditer(text), _MOST)
    return [_anchor(text, "json", field, len(text)) for field in fields]


def is_json_reply(text: str) -> bool:
    """Whether a reply opens with a JSON object, alone or in a fence."""
    return _JSON_REPLY.match(text) is not None


def _anchor(text: str, kind: Kind, match: re.Match[str], limit: int) -> Anchor:
    return Anchor(kind, match.start(), match.end(), _stop(text, kind, match.end(), limit), direct=False, colon=True)


def _announced(text: str, noun: re.Match[str], limit: int, kind: Kind) -> Iterator[Anchor]:
    after = _AFTER.match(text, noun.end(), limit)
    if after:
        start, colon = after.end(), bool(after["colon"] or after["late"])
        yield Anchor(kind, noun.start(), start, sentence_end(text, start, limit), direct=False, colon=colon)
    verb_or_right = _OPTION_VERB.fullmatch(noun[0]) or _RIGHT.search(text, max(0, noun.start() - 16), noun.start())
    if kind == "option" and not verb_or_right:
        return  # "option A is wrong" announces nothing
    direct = _DIRECT.match(text, noun.end(), limit)
    assert direct is not None  # it matches the empty string
    yield Anchor(kind, noun.start(), direct.end(), sentence_end(text, direct.end(), limit), direct=True, colon=False)


def sentence_end(text: str, start: int, limit: int) -> int:
    """Where the sentence or line that begins at `start` ends. A point after a short word is an abbreviation."""
    end = _SENTENCE_END.search(text, start, limit)
    return end.start() if end else limit


def _stop(text: str, kind: Kind, start: int, limit: int) -> int:
    if kind == "json":
        return json_value_end(text, start)
    if kind == "boxed":
        return brace_end(text, start) if text.startswith("{", start) else sentence_end(text, start, limit)
    return sentence_end(text, start, limit)


def json_value_end(text: str, start: int) -> int:
    """The end of a string or plain value that begins at `start`, for JSON that need not be valid."""
    quote = text[start : start + 1]
    if quote in ('"', "'"):
        end = re.compile(rf"(?<!\\)(?:\\\\)*{quote}").search(text, start + 1, start + _LONGEST_VALUE)
        return end.end() if end else len(text)
    end = re.compile(r"[\n}]").search(text, start)
    return end.start() if end else len(text)


def brace_end(text: str, start: int) -> int:
    """The index after the brace that closes the one at `start`; the text's end when none does."""
    depth = 0
    for brace in _BRACE.finditer(text, start, start + _LONGEST_VALUE):
        depth += 1 if brace[0] == "{" else -1 if brace[0] == "}" else 0
        if depth == 0:
            return brace.end()
    return len(text)
