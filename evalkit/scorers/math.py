r"""Mathematical equivalence: is the final answer of the text the target, however it is written?

Strict: the answer that the text marks (see `_math_extract`): the last `\boxed{}`, what the text announces, or a text
that is nothing but a formula. Lenient: else the last formula or number anywhere. Both are compared in the same way
(`_math_compare`, whose docstring lists the policies): taken apart, plain arithmetic exactly and at once, and the rest
by sympy and math-verify in a process of its own that is killed when it hangs. A comparison that cannot be finished
counts as wrong and says so in `details["reason"]`.

`mode`: `equal` is the above. `math_verify` is `verify(parse(target), parse(text))` of math-verify 0.9.0 on the texts
as they are, with its own options under `config` (or, a sample at a time, the sample's `cfg`). `hendrycks` is the string
equality of the MATH benchmark on the extracted answers; `details["compat"]` has its verdict in the first mode too.

Target: LaTeX or plain text of the answer, or of a whole solution whose answer is marked; or a number.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Literal

from evalkit.records import Sample, Score
from evalkit.scorers._math_client import Worker, check_versions
from evalkit.scorers._math_compare import Comparison
from evalkit.scorers._math_extract import LONGEST, Extracted, extract
from evalkit.scorers._math_hendrycks import is_equiv
from evalkit.scorers._math_normalise import normalise
from evalkit.scorers._think import strip_thoughts

BLOCKING = True

Mode = Literal["equal", "math_verify", "hendrycks"]
_CONFIG = {
    "targets": ["latex", "expr"],
    "boxed_priority": 50,
    "precision": 6,
    "strict": True,
    "allow_set_relation_comp": False,
}
_worker = Worker()


def score(
    sample: Sample,
    text: str,
    *,
    mode: Literal["equal", "math_verify", "hendrycks"] = "equal",
    config: Mapping[str, Any] | None = None,
) -> Score:
    """1.0 when the answer is equivalent to the target, else 0.0.

    `config` is for `mode="math_verify"`: targets (list of "latex" and "expr"), boxed_priority, precision, strict,
    allow_set_relation_comp; its defaults are math-verify's. Raises InstrumentError when the libraries that decide are
    not the pinned versions.
    """
    _versions_checked()
    gold = "" if sample.target is None else str(sample.target)
    if mode == "math_verify":
        return _by_math_verify(gold, text, {**_CONFIG, **(config or sample.metadata.get("cfg") or {})})
    reply = strip_thoughts(text)
    extracted = Extracted(gold, True) if gold and reply.strip() == gold.strip() else extract(reply)
    if extracted is None:
        return Score(None, None, None, "no final answer found", "extraction_failed")
    answer = extracted.answer
    if not gold:
        return Score(None, answer=answer, explanation="the sample has no target")
    target = _target(gold)
    if mode == "hendrycks":
        same, reason = is_equiv(target, answer), ""
    else:
        same, reason = equivalent(target, answer)
    details = {"compat": {"hendrycks": float(is_equiv(target, answer))}} | ({"reason": reason} if reason else {})
    if not extracted.marked:
        return Score(None, float(same), answer, "no answer was marked as final", "extraction_failed", details)
    said = "is equivalent to" if same else "is not equivalent to"
    shown = f"{_short(answer)} {said} {_short(target)}" + (f" ({reason})" if reason else "")
    return Score(float(same), float(same), answer, shown, details=details)


def check(
    sample: Sample,
    *,
    mode: Literal["equal", "math_verify", "hendrycks"] = "equal",
    config: Mapping[str, Any] | None = None,
) -> Iterator[tuple[str, str]]:
    """Samples without a target, and options of math-verify that it does not have."""
    if isinstance(sample.target, bool) or not isinstance(sample.target, (str, int, float)) or sample.target == "":
        yield "/target", "text or a number is needed as the target"
    elif isinstance(sample.target, str) and len(_target(sample.target)) > LONGEST:
        yield "/target", f"the answer is longer than {LONGEST} characters"
    for key in set(config or {}) - set(_CONFIG):
        yield "", f"math_verify has no option {key!r}; it has {', '.join(_CONFIG)}"


def equivalent(gold: str, pred: str) -> tuple[bool, str]:
    """Whether two bare answers are the same, and why the question could not be settled if it could not."""
    return _equivalent(normalise(gold), normalise(pred))


@lru_cache(maxsize=50_000)
def _equivalent(gold: str, pred: str) -> tuple[bool, str]:
    reasons: list[str] = []

    def ask(gold_latex: str, pred_latex: str) -> bool:
        same, reason = _asked(gold_latex, pred_latex)
        if reason:
            reasons.append(reason)
        return same

    comparison = Comparison(ask)
    same = comparison.same(gold, pred)
    if comparison.too_large:
        reasons.append("too large to compute")
    return same, "" if same or not reasons else reasons[-1]


@lru_cache(maxsize=50_000)
def _asked(gold: str, pred: str) -> tuple[bool, str]:
    answer = _worker.ask({"do": "same", "gold": gold, "pred": pred})
    return bool(answer["same"]), answer.get("why", "") if answer.get("why", "") in _UNSETTLED else ""


_UNSETTLED = frozenset(["timeout", "out of memory", "too deeply nested", "the comparison ended its process"])


@lru_cache(maxsize=1)
def _versions_checked() -> None:
    check_versions()


@lru_cache(maxsize=20_000)
def _target(gold: str) -> str:
    """The answer of a target: what it marks, when it is a solution, else the whole."""
    found = extract(gold)
    return found.answer if found else gold


def _by_math_verify(gold: str, text: str, config: Mapping[str, Any]) -> Score:
    answer = json.loads(_compat(json.dumps({"do": "compat", "gold": gold, "pred": text, **config})))
    value = float(answer["same"])
    details = {"reason": answer["why"]} if "why" in answer else {}
    said = "math-verify says equal" if value else "math-verify says not equal"
    return Score(value, value, None, said, details=details)


@lru_cache(maxsize=10_000)
def _compat(request: str) -> str:
    return json.dumps(_worker.ask(json.loads(request)))


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."
