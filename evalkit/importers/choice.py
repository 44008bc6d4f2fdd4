"""Multiple choice as JSON lines or CSV: MMLU and MMLU-Pro, Global-MMLU, MMMLU, ARC, Belebele, and files like them.

Found by name: the question (and its passage), the options (a list, or one column each), the right one (a letter, an
index from 0, its text, or Belebele's number from 1), and id, language, subject. MMLU's CSV files without a header are
known by their shape.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from itertools import chain
from string import ascii_uppercase
from typing import Any

from evalkit.importers._packs import Draft, prompt
from evalkit.importers._source import BadRow, Source, slug, told

ASKED = '{input}\n\n{choices}\n\nExactly one option is right. End with a line of the form "Answer: <letter>".'
LETTERS = ascii_uppercase
QUESTION = ("question", "query", "input", "prompt")
PASSAGE = ("flores_passage", "passage", "context")
OPTIONS = ("choices", "options")
ANSWER = ("answer", "answerkey", "correct_answer_num", "target", "gold", "label")
ID = ("id", "question_id", "sample_id")
SUBJECT = ("subject", "category")
SERIES = ("{letter}", "option_{letter}", "mc_answer{number}", "choice_{letter}")
#: ISO 639-3, as FLORES has it, to ISO 639-1
_CODES = """
afr:af amh:am arb:ar asm:as azj:az bam:bm ben:bn bod:bo bul:bg cat:ca ces:cs dan:da deu:de ell:el eng:en
est:et eus:eu fin:fi fra:fr fuv:ff guj:gu hat:ht hau:ha heb:he hin:hi hrv:hr hun:hu hye:hy ibo:ig ind:id
isl:is ita:it jav:jv jpn:ja kan:kn kat:ka kaz:kk khm:km kin:rw kir:ky kor:ko lao:lo lin:ln lit:lt lug:lg
lvs:lv mal:ml mar:mr mkd:mk mlt:mt mri:mi mya:my nld:nl nob:no npi:ne nya:ny ory:or pan:pa pbt:ps pes:fa
plt:mg pol:pl por:pt ron:ro rus:ru sin:si slk:sk slv:sl sna:sn snd:sd som:so sot:st spa:es als:sq srp:sr
ssw:ss sun:su swe:sv swh:sw tam:ta tel:te tgk:tg tgl:tl tha:th tir:ti tsn:tn tso:ts tur:tr ukr:uk urd:ur
uzn:uz vie:vi wol:wo xho:xh yor:yo zho:zh zsm:ms zul:zu
"""
_TWO_LETTERS = dict(pair.split(":") for pair in _CODES.split())


def pack(source: Source) -> Draft:
    """Questions with lettered options; the questions of one passage are a cluster."""
    samples = source.taken(_rows(source), lambda row, number: _sample(row, f"{source.stem}-{number}"))
    sizes = [len(sample["choices"]) for _, sample in samples if sample["choices"]]
    chance = round(sum(1 / size for size in sizes) / len(sizes), 4) if sizes else None
    told_chance = "" if chance is None else f" Chance level: {chance}."
    return Draft(
        about=f"Multiple choice, asked for a letter after free reasoning.{told_chance}",
        prompt=prompt(ASKED),
        scorer={"name": "choice"},
        samples=samples,
        chance=chance,
    )


def _rows(source: Source) -> Iterator[tuple[int, Mapping[str, Any]]]:
    if source.text().lstrip()[:1] in ("{", "["):
        return source.objects()
    cells = source.cells()
    line, first = next(cells, (1, []))
    if any(name.strip().lower() in QUESTION for name in first):
        return iter(source.named(first, cells))
    letters = LETTERS[: max(0, len(first) - 2)]
    if len(first) < 4 or first[-1].strip() not in tuple(letters):
        raise source.fail("no column is called 'question', and the last column is not the letter of an option", line)
    return iter(source.named(["question", *letters, "answer"], chain([(line, first)], cells)))


def _sample(row: Mapping[str, Any], id_: str) -> dict[str, Any]:
    fields = {name.strip().lower(): value for name, value in row.items()}
    question, passage = _first(fields, QUESTION), _first(fields, PASSAGE)
    if not isinstance(question, str) or not question.strip():
        raise BadRow(f"no question here: none of {', '.join(QUESTION)} holds text")
    options, labels = _options(fields)
    made: dict[str, Any] = {
        "id": str(_first(fields, ID) or id_),
        "input": f"{passage}\n\n{question}" if passage else question,
        "choices": options,
        "target": _letter(fields, options, labels),
    }
    if passage:
        made["cluster"] = str(fields.get("link") or sha256(passage.encode()).hexdigest()[:16])
    language = _language(fields)
    if language:
        made["language"] = language
    subject = _first(fields, SUBJECT)
    if isinstance(subject, str) and slug(subject):
        made["tags"] = [slug(subject)]
    return made


def _first(fields: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    return next((fields[name] for name in names if fields.get(name) not in (None, "")), None)


def _options(fields: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """The texts of the options, and the labels that the data gives them (ARC)."""
    listed = _first(fields, OPTIONS)
    labels: list[str] = []
    if isinstance(listed, dict):
        labels, listed = [str(label) for label in listed.get("label", ())], listed.get("text")
    if listed is None:
        listed = next(filter(None, (_series(fields, pattern) for pattern in SERIES)), None)
    if not isinstance(listed, list) or not all(isinstance(option, str | int | float) for option in listed):
        raise BadRow("no options here: neither a list 'choices' or 'options' nor columns A, B, ...")
    return [str(option) for option in listed], labels


def _series(fields: Mapping[str, Any], pattern: str) -> list[Any]:
    """The values of columns that count on: A, B, ... or option_a, option_b, ..."""
    found = []
    for number, letter in enumerate(LETTERS.lower(), 1):
        value = fields.get(pattern.format(letter=letter, number=number))
        if value in (None, ""):
            break
        found.append(value)
    return found


def _letter(fields: Mapping[str, Any], options: list[str], labels: list[str]) -> str:
    """The letter of the right option. Raises BadRow where it is not clear which."""
    name = next((name for name in ANSWER if fields.get(name) not in (None, "")), None)
    if name is None:
        raise BadRow(f"no right answer here: none of {', '.join(ANSWER)} has a value")
    answer = fields[name]
    shown = answer.strip() if isinstance(answer, str) else answer
    index: int | None = None
    if name == "correct_answer_num" and str(shown).isdigit():
        index = int(shown) - 1
    elif str(shown) in labels:
        index = labels.index(str(shown))
    elif isinstance(shown, int) and not isinstance(shown, bool):
        index = shown
    elif isinstance(shown, str) and len(shown) == 1 and shown.upper() in LETTERS:
        index = LETTERS.index(shown.upper())
    elif shown in options:
        index = options.index(shown)
    elif isinstance(shown, str) and shown.isdigit():
        raise BadRow(f"{name!r} is the text {told(answer)}: from 0 or from 1? Write letters")
    if index is None or not 0 <= index < len(options):
        raise BadRow(f"{name!r} is {told(answer)}, which is none of the {len(options)} options")
    return LETTERS[index]


def _language(fields: Mapping[str, Any]) -> str | None:
    given = fields.get("language") or fields.get("lang") or fields.get("dialect")
    if not isinstance(given, str) or not given.strip():
        return None
    code = given.strip().replace("-", "_").partition("_")[0].lower()
    return _TWO_LETTERS.get(code, code) if len(code) in (2, 3) else None
