"""The answer is one YAML document; and equal to the value expected, if there is one.

`sample.target` is the value as JSON, or YAML text. Strict reads the whole answer, with `fenced` out of one code fence
around it; lenient drops thinking and takes the last fenced block. Duplicate keys, NaN, infinities, tags that make
objects and aliases that expand without bound are refused. A bare text is YAML too, so that prose would pass: without a
scalar target the document must be a mapping or a sequence. `version` 1.1 is what PyYAML and most readers do (`NO` is
false, `0755` is 493, `12:30:00` is 45000); 1.2 reads only true, false, null and decimal numbers as such.
"""

from __future__ import annotations

import datetime
import math
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any, Literal

from evalkit.errors import UsageError
from evalkit.records import Sample, Score
from evalkit.scorers import _json_text
from evalkit.scorers._formats import Judged, NotInFormat, judged_twice, scored

Version = Literal["1.1", "1.2"]

LABELS = frozenset({"yaml", "yml", "text", "txt", "plaintext"})
LONGEST = 100_000  # characters
MOST_NODES = 100_000  # after aliases are expanded
DEEPEST = 100
_MERGE = "tag:yaml.org,2002:merge"


def score(sample: Sample, text: str, *, version: Literal["1.1", "1.2"] = "1.1", fenced: bool = True) -> Score:
    """1.0 if the answer is YAML and equals the target (where there is one). Raises UsageError for a bad target."""
    target = _expected(sample.target, version)

    def judge(body: str) -> Judged:
        value = _read(body, version)
        if not isinstance(value, (dict, list)) and (target is None or isinstance(target, (dict, list))):
            raise NotInFormat("a bare text or number is not the YAML asked for")
        difference = None if target is None else _json_text.difference(target, value)
        correct = None if target is None else difference is None
        return Judged(True, correct, _json_text.dump(value), difference or "")

    return scored(*judged_twice(text, judge, LABELS, fenced=fenced))


def check(sample: Sample, *, version: Version = "1.1", fenced: bool = True) -> Iterator[tuple[str, str]]:
    """A target in text that is not YAML."""
    del fenced
    try:
        _expected(sample.target, version)
    except UsageError as error:
        yield "/target", str(error)


def _expected(target: Any, version: Version) -> Any:
    try:
        return _read(target, version) if isinstance(target, str) else target
    except NotInFormat as error:
        raise UsageError(f"the target is not YAML: {error}") from None


def _read(text: str, version: Version) -> Any:
    """The value of the one document in `text`, as JSON. Raises NotInFormat."""
    import yaml

    if len(text) > LONGEST:
        raise NotInFormat(f"longer than {LONGEST:,} characters")
    loader = _loader(version)(text)
    try:
        node = loader.get_single_node()
        return _as_json(loader.construct_document(node)) if node is not None else None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" at line {mark.line + 1}" if mark else ""
        raise NotInFormat(f"not YAML: {getattr(error, 'problem', None) or error}{where}") from None
    except NotInFormat:
        raise
    except (ValueError, KeyError, AttributeError, TypeError, OverflowError) as error:  # !!int x, 2024-13-45
        raise NotInFormat(f"not YAML: a value that cannot be read ({error})") from None


@cache
def _loader(version: Version) -> Any:
    """PyYAML's safe loader, without duplicate keys, deep nesting, cycles and growth by aliases."""
    import yaml

    class Loader(yaml.SafeLoader):
        def __init__(self, stream: str) -> None:
            super().__init__(stream)
            self.level = 0
            self.finished: dict[int, tuple[int, int]] = {}  # of a node's id: nodes and levels, aliases expanded

        def compose_node(self, parent: Any, index: Any) -> Any:
            is_alias = self.check_event(yaml.AliasEvent)
            self.level += 1
            if self.level > DEEPEST:
                raise NotInFormat("nested too deeply")
            node = super().compose_node(parent, index)
            self.level -= 1
            if is_alias and id(node) not in self.finished:
                raise NotInFormat("an alias that contains itself")
            if not is_alias and node is not None:
                self._finish(node)
            return node

        def _finish(self, node: Any) -> None:
            children: list[Any] = []
            if isinstance(node, yaml.SequenceNode):
                children = node.value
            elif isinstance(node, yaml.MappingNode):
                children = [part for pair in node.value for part in pair]
                plain = [key for key, _ in node.value if isinstance(key, yaml.ScalarNode) and key.tag != _MERGE]
                keys = Counter(self.construct_object(key) for key in plain)
                if len(keys) < len(plain):
                    raise NotInFormat(f"the key {keys.most_common(1)[0][0]!r} stands there twice")
            sizes = [self.finished[id(child)] for child in children]
            size, levels = 1 + sum(size for size, _ in sizes), 1 + max((level for _, level in sizes), default=0)
            if size > MOST_NODES or levels > DEEPEST:
                raise NotInFormat("aliases that expand without bound")
            self.finished[id(node)] = size, levels

    if version == "1.2":
        _use_core_schema(Loader)
    return Loader


def _use_core_schema(loader: Any) -> None:
    """Plain scalars as YAML 1.2.2, section 10.3.2 reads them."""
    prefix = "tag:yaml.org,2002:"
    loader.yaml_implicit_resolvers = {}
    for tag, pattern, first in (
        ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
        ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
        ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
        ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)", "-+.0123456789"),
        ("float", r"\.(?:nan|NaN|NAN)", "."),
    ):
        loader.add_implicit_resolver(prefix + tag, re.compile(rf"(?:{pattern})\Z"), list(first))
    loader.add_constructor(prefix + "int", lambda self, node: _core_int(self.construct_scalar(node)))


def _core_int(text: str) -> int:
    return int(text, 0) if text[:2] in ("0o", "0x") else int(text)


def _as_json(value: Any) -> Any:
    """The value with dates as ISO text and keys as text. Raises NotInFormat for what JSON cannot hold."""
    if isinstance(value, dict):
        made = {_key(key): _as_json(item) for key, item in value.items()}
        if len(made) < len(value):
            raise NotInFormat("two keys with the same text")
        return made
    if isinstance(value, (list, tuple)):
        return [_as_json(item) for item in value]
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        raise NotInFormat("NaN or an infinity")
    if value is None or isinstance(value, (str, int, float)):
        return value
    raise NotInFormat(f"a value of the kind {type(value).__name__}")


def _key(key: Any) -> str:
    plain = _as_json(key)
    return plain if isinstance(plain, str) else _json_text.dump(plain)
