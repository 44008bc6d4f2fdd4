"""JSON documents with one value put in the place of another."""

from __future__ import annotations

import copy
import json
from typing import Any

from hypothesis import strategies as st

#: as text, so that each place gets a value of its own
ODD = st.sampled_from(
    ["null", "true", "0", "-1", "7", "1e308", '""', '"x"', '"0"', '"\\ud83d"', "[]", "[null]", "[[]]", '["x"]', "{}",
     '{"x": null}', '{"id": {}}', '[{"type": 3}]']
).map(json.loads)  # fmt: skip


def _places(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of every value inside `value`."""
    inside: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for key, part in inside for place in [(*at, key), *_places(part, (*at, key))]]


@st.composite
def damaged(draw: st.DrawFn, document: Any) -> Any:
    """`document` with one to three of its values replaced by odd ones, or left out."""
    made = copy.deepcopy(document)
    for _ in range(draw(st.integers(1, 3))):
        places = _places(made)
        if not places:
            break
        *parents, last = draw(st.sampled_from(places))
        holder = made
        for key in parents:
            holder = holder[key]
        if draw(st.booleans()) or isinstance(holder, list):
            holder[last] = draw(ODD)
        else:
            del holder[last]
    return made
