"""The answer holds one Markdown table, as GitHub reads tables; and the table expected, if there is one.

`sample.target` is a table as `_tables` describes it, or a Markdown table as text. Strict: exactly one table; text
around it is Markdown too, and with `fenced` one code fence may stand around the whole answer. Lenient drops thinking
and takes the last table, also out of a fence. GitHub fills short rows with empty cells and cuts long ones, as we do.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from evalkit.errors import UsageError
from evalkit.records import Sample, Score
from evalkit.scorers import _tables
from evalkit.scorers._formats import Judged, NotInFormat, judged_twice, scored

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

LABELS = frozenset({"markdown", "md", "text", "txt", "plaintext"})
LONGEST = 100_000  # characters


def score(sample: Sample, text: str, *, header: list[str] | None = None, fenced: bool = True) -> Score:
    """1.0 if there is a table with that header (where one is asked for), equal to the target (where there is one)."""
    target = _expected(sample.target)

    def judge_last(body: str) -> Judged:
        return _tables.judged(_read(body)[-1], target, header)

    def judge_only(body: str) -> Judged:
        if len(_read(body)) > 1:
            raise NotInFormat("more than one table")
        return judge_last(body)

    return scored(*judged_twice(text, judge_only, LABELS, fenced=fenced, lenient=judge_last))


def check(sample: Sample, *, header: list[str] | None = None, fenced: bool = True) -> Iterator[tuple[str, str]]:
    """A target that is no table."""
    del header, fenced
    if sample.target is None:
        return
    try:
        target = _expected(sample.target)
    except UsageError as error:
        yield "/target", str(error)
        return
    if problem := _tables.problem(target):
        yield "/target", problem


def _expected(target: Any) -> Any:
    try:
        return _read(target)[-1] if isinstance(target, str) else target
    except NotInFormat as error:
        raise UsageError(f"the target: {error}") from None


def _read(text: str) -> list[_tables.Rows]:
    """The tables of a Markdown text, each with its header first. Raises NotInFormat."""
    if len(text) > LONGEST:
        raise NotInFormat(f"longer than {LONGEST:,} characters")
    tables: list[_tables.Rows] = []
    inside = False
    for token in _parser().parse(text):
        if token.type == "table_open":
            tables.append([])
            inside = True
        elif token.type == "table_close":
            inside = False
        elif inside and token.type == "tr_open":
            tables[-1].append([])
        elif inside and token.type == "inline":
            tables[-1][-1].append(token.content)
    if not tables:
        raise NotInFormat("no Markdown table")
    return tables


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])  # cells stay as they were written
    return parser
