"""Several scorers on one answer: the weighted mean of their values, or all of them together.

`parts` lists them: `{"scorer", "options", "weight", "field", "undetermined"}`, of which only `scorer` is needed.
`weight` is above 0 (default 1). `field` is a JSON pointer: the part sees that field of the answer (read as strictly or
leniently as `json_value` reads) and the same field of the target. `undetermined` says what a part without a value
means: "none" (the default: the whole has none either), "wrong" (0) or "skip" (the part does not count).
A failure of the instrument (sandbox, judge) leaves the whole without a value whatever it says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from evalkit import scorers
from evalkit.errors import UsageError
from evalkit.json_files import is_type
from evalkit.names import did_you_mean
from evalkit.records import Sample, Score
from evalkit.scorers import _json_text
from evalkit.scorers._formats import LONGEST_EXPLANATION

BLOCKING = True
UNDETERMINED = ("none", "wrong", "skip")
KEYS = ("scorer", "options", "weight", "field", "undetermined")

Rule = Literal["mean", "all"]


class _Part(NamedTuple):
    """One part, read and checked."""

    scorer: str
    options: Mapping[str, Any]
    weight: float
    field: str | None
    undetermined: str


def score(
    sample: Sample,
    text: str,
    *,
    parts: list[Any],
    rule: Literal["mean", "all"] = "mean",
    **resources: Any,
) -> Score:
    """The weighted mean of the parts' values; with `rule` "all" 1.0 if every part is 1.0. Raises UsageError.

    `resources` are those that `needs` names.
    """
    read = [_part(raw) for raw in parts]
    found = [_score(part, sample, text, resources) for part in read]
    strict = [(part, one, one.value) for part, one in zip(read, found, strict=True)]
    lenient = [(part, one, one.lenient_value) for part, one in zip(read, found, strict=True)]
    value = _together(strict, rule)
    return Score(
        value=value,
        lenient_value=_together(lenient, rule),
        answer=next((one.answer for one in found if one.answer is not None), None),
        explanation="; ".join(_told(part, one) for part, one in zip(read, found, strict=True))[:LONGEST_EXPLANATION],
        outcome="ok" if value is not None else next((one.outcome for one in found if one.outcome != "ok"), "ok"),
        details={"parts": [_detail(part, one) for part, one in zip(read, found, strict=True)]},
    )


def check(sample: Sample, *, parts: list[Any], rule: Rule = "mean") -> Iterator[tuple[str, str]]:
    """Parts that are none, whose scorer or options are unknown, or that could not score the sample."""
    del rule
    if not parts:
        yield "/scorer/options/parts", "combine needs at least one part"
    for index, raw in enumerate(parts):
        at = f"/scorer/options/parts/{index}"
        try:
            part = _part(raw)
            module = scorers.load(part.scorer)
        except UsageError as error:
            yield at, str(error)
            continue
        mistakes = list(scorers.check_options(part.scorer, part.options))
        yield from ((f"{at}/options/{option}", message) for option, message in mistakes)
        if not mistakes and hasattr(module, "check"):
            yield from module.check(_seen(part, sample), **part.options)


def needs(*, parts: list[Any], rule: Rule = "mean") -> tuple[str, ...]:
    """Which resources the parts want to be handed. Raises UsageError."""
    del rule
    wanted: set[str] = set()
    for part in map(_part, parts):
        module = scorers.load(part.scorer)
        wanted.update(scorers.needs(module, part.options))
    return tuple(sorted(wanted))


def _part(raw: Any) -> _Part:
    if not isinstance(raw, Mapping) or not isinstance(raw.get("scorer"), str):
        raise UsageError("a part is an object with a scorer")
    for key in raw:
        if key not in KEYS:
            raise UsageError(f"a part has no {key!r}{did_you_mean(key, KEYS)}")
    part = _Part(
        raw["scorer"], raw.get("options", {}), raw.get("weight", 1), raw.get("field"), raw.get("undetermined", "none")
    )
    if not isinstance(part.options, Mapping):
        raise UsageError("the options of a part are an object")
    if not is_type(part.weight, "number") or not 0 < part.weight < float("inf"):
        raise UsageError(f"the weight of a part is a number above 0, not {part.weight!r}")
    if part.field is not None and not (isinstance(part.field, str) and part.field.startswith("/")):
        raise UsageError(f"the field of a part is a JSON pointer, not {part.field!r}")
    if part.undetermined not in UNDETERMINED:
        raise UsageError(f"undetermined is one of {', '.join(UNDETERMINED)}, not {part.undetermined!r}")
    return part


def _score(part: _Part, sample: Sample, text: str, resources: Mapping[str, Any]) -> Score:
    """The score of one part; of a field, the strict value from a strict reading and the lenient from a lenient one."""
    module = scorers.load(part.scorer)
    wanted = scorers.needs(module, part.options)
    if missing := [name for name in wanted if name not in resources]:
        raise UsageError(f"the part {part.scorer!r} needs {missing[0]!r}, and combine was not handed it")
    handed = {name: resources[name] for name in wanted}

    def on(sample: Sample, text: str) -> Score:
        made: Score = module.score(sample, text, **handed, **part.options)
        return made

    if part.field is None:
        return on(sample, text)
    readings: list[Score] = []
    for reader in (_json_text.read, _json_text.find):
        try:
            value = _at(reader(text), part.field)
        except _json_text.NotJson as error:
            readings.append(Score(None, explanation=f"not JSON: {error}", outcome="extraction_failed"))
            continue
        if value is None:
            readings.append(Score(None, explanation=f"no field {part.field}", outcome="extraction_failed"))
        else:
            readings.append(on(_seen(part, sample), value if isinstance(value, str) else _json_text.dump(value)))
    strict, lenient = readings
    return strict._replace(lenient_value=lenient.lenient_value)


def _seen(part: _Part, sample: Sample) -> Sample:
    """The sample as a part sees it: of a target with fields, the part's own."""
    if part.field is None or not isinstance(sample.target, (dict, list)):
        return sample
    return sample._replace(target=_at(sample.target, part.field))


def _at(value: Any, pointer: str) -> Any:
    """What a JSON pointer finds in a value; None where it finds nothing."""
    for token in pointer[1:].split("/"):
        token = token.replace("~1", "/").replace("~0", "~")
        if isinstance(value, dict):
            value = value.get(token)
        elif isinstance(value, list) and token.isdecimal() and int(token) < len(value):
            value = value[int(token)]
        else:
            return None
    return value


def _together(values: Sequence[tuple[_Part, Score, float | None]], rule: Rule) -> float | None:
    """The value of the whole, or None. One part that is not 1.0 settles `all`, whatever could not be told."""
    if rule == "all" and any(value is not None and value < 1.0 for _, _, value in values):
        return 0.0
    counted: list[tuple[float, float]] = []  # weight, value
    for part, one, value in values:
        if value is not None:
            counted.append((part.weight, value))
        elif part.undetermined == "none" or one.outcome in ("sandbox_failed", "judge_failed"):
            return None
        elif part.undetermined == "wrong":
            counted.append((part.weight, 0.0))
    if not counted:
        return None
    if rule == "all":
        return min(value for _, value in counted)
    return sum(weight * value for weight, value in counted) / sum(weight for weight, _ in counted)


def _told(part: _Part, one: Score) -> str:
    value = "none" if one.value is None else f"{one.value:g}"
    return f"{part.scorer} {value}" + (f" ({one.explanation})" if one.value != 1.0 and one.explanation else "")


def _detail(part: _Part, one: Score) -> dict[str, Any]:
    return {
        "scorer": part.scorer,
        "weight": part.weight,
        "value": one.value,
        "lenient_value": one.lenient_value,
        "outcome": one.outcome,
        "explanation": one.explanation,
        "details": dict(one.details),
    }
