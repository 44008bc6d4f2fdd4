"""One file that is imported: its lines, objects or table rows; and what is wrong with them, each with its line."""

from __future__ import annotations

import csv
import gzip
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any, TypeVar

from evalkit import json_files
from evalkit.errors import InvalidFiles, Problem, UsageError
from evalkit.names import did_you_mean

T = TypeVar("T")
Row = tuple[int, dict[str, Any]]  # the line it stands on (from 1), and what was made of it
LONGEST_FIELD = 100_000_000  # characters in one CSV field; the module's own limit is 131,072


#: what reading a value of another shape than the format's raises
MISSHAPEN = (AttributeError, IndexError, KeyError, TypeError, ValueError)


class BadRow(Exception):
    """Why one row cannot be imported; the message is reported with the row's line."""


class Source:
    """One file. `problems` collects what importers find wrong in it."""

    def __init__(self, path: Path, shown: str | None = None) -> None:
        self.path = path
        self.shown = shown or str(path)
        self.problems: list[Problem] = []
        try:
            self.data = path.read_bytes()
        except OSError as error:
            raise UsageError(f"{self.shown}: {error.strerror or error}") from None
        self.sha256 = sha256(self.data).hexdigest()

    @property
    def stem(self) -> str:
        """The file's name without its endings: `HumanEval.jsonl.gz` is `HumanEval`."""
        name = self.path.name.removesuffix(".gz")
        return name.rpartition(".")[0] or name

    def report(self, line: int | None, message: str) -> None:
        """Note one problem; the import fails, but only after everything has been looked at."""
        self.problems.append(Problem(self.shown, "", line, message))

    def fail(self, message: str, line: int | None = None) -> InvalidFiles:
        """The error to raise where nothing more can be read."""
        return InvalidFiles([*self.problems, Problem(self.shown, "", line, message)])

    def text(self) -> str:
        """The content as text, unpacked where it is gzip. Raises InvalidFiles where it is not UTF-8."""
        data = self.data
        if data.startswith(b"\x1f\x8b"):
            try:
                data = gzip.decompress(data)
            except (OSError, EOFError, zlib.error) as error:
                raise self.fail(f"a damaged gzip file: {error}") from None
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            raise self.fail(f"not UTF-8 (byte 0x{data[error.start]:02x}); save the file as UTF-8", line) from None

    def lines(self) -> Iterator[tuple[int, str]]:
        """(line, text) of each line that is not blank; only a line feed ends a line."""
        for number, line in enumerate(self.text().split("\n"), 1):
            if line.strip():
                yield number, line.rstrip("\r")

    def objects(self) -> Iterator[tuple[int, Mapping[str, Any]]]:
        """(line, object) of each object of a JSON-lines file, or of one JSON array. Reports what is neither."""
        text = self.text()
        if text.lstrip().startswith("["):
            yield from self._array(text)
            return
        for number, line in self.lines():
            try:
                value = json_files.parse(line.encode(), self.shown).value
            except InvalidFiles as error:
                self.report(number, "; ".join(problem.message for problem in error.problems))
                continue
            if isinstance(value, dict):
                yield number, value
            else:
                self.report(number, "expected a JSON object")

    def _array(self, text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
        document = json_files.parse(text.encode(), self.shown)
        for index, value in enumerate(document.value):
            line = document.problem(f"/{index}", "").line or 1
            if isinstance(value, dict):
                yield line, value
            else:
                self.report(line, "expected a JSON object")

    def table(self) -> Iterator[tuple[int, dict[str, str]]]:
        """(line, row) of a CSV or TSV file whose first row names the columns. Reports rows of another width."""
        cells = self.cells()
        line, first = next(cells, (1, []))
        if not first:
            raise self.fail("the file is empty")
        names = [name.strip() for name in first]
        for name in sorted({name for name in names if name and names.count(name) > 1}):
            self.report(line, f"the column {name!r} stands here twice")
        return self.named(names, cells)

    def named(
        self, names: Sequence[str], cells: Iterable[tuple[int, Sequence[str]]]
    ) -> Iterator[tuple[int, dict[str, str]]]:
        """The rows with their columns named. Reports rows of another width."""
        for line, row in cells:
            if len(row) == len(names):
                yield line, dict(zip(names, row, strict=True))
            else:
                self.report(line, f"{len(row)} columns, not {len(names)}")

    def cells(self) -> Iterator[tuple[int, list[str]]]:
        """(line, cells) of each row of a CSV or TSV file that is not blank.

        The delimiter is the one of tab, comma and semicolon that the first line has most of.
        """
        content = self.text()
        delimiter = max("\t,;", key=content.partition("\n")[0].count)
        reader = csv.reader(StringIO(content, newline=""), delimiter=delimiter, strict=True)
        line = 1
        try:
            for row in _long_fields(reader):
                if any(cell.strip() for cell in row):
                    yield line, row
                line = reader.line_num + 1
        except csv.Error as error:
            self.report(line, f"not CSV: {error}")

    def taken(self, found: Iterable[tuple[int, T]], make: Callable[[T, int], dict[str, Any]]) -> list[Row]:
        """What `make(row, number)` makes of each row, numbered from 1; reports the rows that raise BadRow."""
        made: list[Row] = []
        for number, (line, row) in enumerate(found, 1):
            try:
                made.append((line, make(row, number)))
            except BadRow as error:
                self.report(line, str(error))
            except MISSHAPEN as error:
                self.report(line, f"not the shape of this format ({type(error).__name__}: {error})")
        return made


def text(row: Mapping[str, Any], key: str) -> str:
    """The text under `key`. Raises BadRow where there is none."""
    value = needed(row, key)
    if not isinstance(value, str) or not value.strip():
        raise BadRow(f"{key!r} must be text, not {told(value)}")
    return value


def needed(row: Mapping[str, Any], key: str) -> Any:
    """The value under `key`. Raises BadRow where there is none."""
    if key not in row:
        raise BadRow(f"no {key!r} here{did_you_mean(key, row)}")
    return row[key]


def told(value: Any) -> str:
    """A value in an error message, shortened."""
    shown = json_files.canonical(value).decode("utf-8", "replace")
    return shown if len(shown) <= 60 else shown[:57] + "..."


def slug(name: str, longest: int = 80) -> str:
    """A name that packs and tags may have."""
    kept = "".join(char if char.isascii() and (char.isalnum() or char in "._-") else "-" for char in name.lower())
    while "--" in kept:
        kept = kept.replace("--", "-")
    return kept.strip("._-")[:longest].rstrip("._-")


def _long_fields(reader: Iterable[list[str]]) -> Iterator[list[str]]:
    """The rows, with fields of up to LONGEST_FIELD. The limit is the whole process's, so each row gives it back."""
    rows = iter(reader)
    while True:
        usual = csv.field_size_limit(LONGEST_FIELD)
        try:
            row = next(rows, None)
        finally:
            csv.field_size_limit(usual)
        if row is None:
            return
        yield row
