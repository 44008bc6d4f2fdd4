"""The answer is exactly one JSON value: types exact, 1 equals 1.0, arrays ordered, object keys in any order.

`sample.target` is the JSON value expected (null too). Strict reads the whole answer, lenient also a fenced block or
the one value in the prose; see `_json_text`. With `fenced`, one code fence around the whole answer is strict as well.
"""

from __future__ import annotations

from evalkit.records import Sample, Score
from evalkit.scorers import _json_text
from evalkit.scorers._formats import Judged, scored


def score(sample: Sample, text: str, *, fenced: bool = False) -> Score:
    """1.0 if the answer is JSON and equals `sample.target`."""
    return scored(*_json_text.both(text, lambda value: _judge(value, sample.target), fenced=fenced))


def _judge(value: object, target: object) -> Judged:
    difference = _json_text.difference(target, value)
    return Judged(True, difference is None, _json_text.dump(value), difference or "")
