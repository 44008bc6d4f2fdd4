"""The answer follows its verifiable instructions: IFEval (Zhou et al. 2023, arXiv 2311.07911), all 25 types.

The sample's metadata holds `instruction_id_list` and, for each, its `kwargs`, named as in the published data; ids may
carry the prefix `en:`. The value is the strict verdict, the lenient value the loose one (the best of eight variants:
without the first line, the last, both; each also without asterisks). An empty answer follows nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from evalkit.errors import UnknownName, UsageError
from evalkit.json_files import is_type
from evalkit.names import did_you_mean
from evalkit.records import Sample, Score
from evalkit.scorers import _patterns
from evalkit.scorers._ifeval_checks import INSTRUCTIONS, Check, loosened
from evalkit.scorers._think import strip_thoughts

RELATIONS = ("less than", "at least")


class _Asked(NamedTuple):
    """One instruction of a sample, ready to be checked."""

    name: str
    check: Check
    arguments: Mapping[str, Any]

    def followed(self, response: str) -> bool:
        return bool(response.strip()) and self.check(response, **self.arguments)


def score(
    sample: Sample,
    text: str,
    *,
    level: Literal["prompt", "instruction"] = "prompt",
    reading: Literal["official", "intended"] = "official",
) -> Score:
    """Whether the answer follows its instructions; `details` has one verdict for each, `strict` and `loose`.

    `level` "prompt": 1.0 if all are followed; "instruction": the share that is. `reading` "intended" asks for what
    the instructions plainly mean, where the published checkers do not, and drops thinking first.
    Raises UsageError (UnknownName for an unknown id) for instructions that cannot be checked.
    """
    asked = _asked(sample, reading)
    response = strip_thoughts(text) if reading == "intended" else text
    variants = list(dict.fromkeys(loosened(response)))
    strict = [one.followed(response) for one in asked]
    loose = [kept or any(map(one.followed, variants)) for one, kept in zip(asked, strict, strict=True)]
    missed = [one.name for one, kept in zip(asked, strict, strict=True) if not kept]
    return Score(
        value=_value(strict, level),
        lenient_value=_value(loose, level),
        answer=None,
        explanation=f"not followed: {', '.join(missed)}" if missed else "all instructions followed",
        details={"strict": strict, "loose": loose, "instructions": [one.name for one in asked]},
    )


def check(
    sample: Sample, *, level: str = "prompt", reading: Literal["official", "intended"] = "official"
) -> Iterator[tuple[str, str]]:
    """Unknown instructions, and arguments that are missing, unknown or of the wrong kind."""
    del level
    ids, kwargs = sample.metadata.get("instruction_id_list"), sample.metadata.get("kwargs")
    if not isinstance(ids, list) or not ids:
        yield "/metadata/instruction_id_list", "ifeval needs a list of instruction ids"
    elif not isinstance(kwargs, list) or len(kwargs) != len(ids):
        yield "/metadata/kwargs", "ifeval needs a list of arguments, one object for each instruction"
    else:
        for index in range(len(ids)):
            try:
                _one(ids[index], kwargs[index], reading)
            except UnknownName as error:
                yield f"/metadata/instruction_id_list/{index}", str(error)
            except UsageError as error:
                yield f"/metadata/kwargs/{index}", str(error)


def _value(followed: list[bool], level: str) -> float:
    return float(all(followed)) if level == "prompt" else sum(followed) / len(followed)


def _asked(sample: Sample, reading: Literal["official", "intended"]) -> list[_Asked]:
    ids, kwargs = sample.metadata.get("instruction_id_list"), sample.metadata.get("kwargs")
    if not isinstance(ids, list) or not ids or not isinstance(kwargs, list) or len(ids) != len(kwargs):
        raise UsageError(f"sample {sample.id!r}: ifeval needs instruction_id_list and as many kwargs")
    return [_one(name, given, reading) for name, given in zip(ids, kwargs, strict=True)]


def _one(name: Any, given: Any, reading: Literal["official", "intended"]) -> _Asked:
    known = str(name).removeprefix("en:")
    if known not in INSTRUCTIONS:
        raise UnknownName(f"no instruction {name!r}{did_you_mean(known, INSTRUCTIONS)}")
    if not isinstance(given, Mapping | None):
        raise UsageError(f"{known}: the arguments must be an object")
    instruction = INSTRUCTIONS[known]
    arguments = {key: value for key, value in (given or {}).items() if value is not None}
    for key, kind in instruction.arguments.items():
        if key not in arguments:
            raise UsageError(f"{known} needs the argument {key!r}")
        if problem := _problem(key, kind, arguments[key]):
            raise UsageError(f"{known}: {key} {problem}")
    if extra := next((key for key in arguments if key not in instruction.arguments), None):
        raise UsageError(f"{known} has no argument {extra!r}{did_you_mean(extra, instruction.arguments)}")
    return _Asked(known, getattr(instruction, reading), arguments)


def _problem(key: str, kind: str, value: Any) -> str | None:
    """What is wrong with the value of an argument, or None."""
    if key.endswith("relation"):
        return None if value in RELATIONS else f"must be one of {', '.join(RELATIONS)}, not {value!r}"
    if kind == "int":
        whole = is_type(value, "integer") and value >= 0
        return None if whole else f"must be a whole number, not {value!r}"
    words = value if kind == "list[str]" and isinstance(value, list) else [value]
    if kind == "list[str]" and (not isinstance(value, list) or not value):
        return f"must be a list of words, not {value!r}"
    if not all(isinstance(word, str) and word for word in words):
        return "must be text, and not empty"
    if key == "section_spliter":
        _patterns.compiled(value)
    return None
