"""Importers: one file a format, the file name is the registration.

An importer is a module with one of

    pack(source, ...) -> Draft         a public data set or another tool's test cases as a pack
    runs(source, ...) -> list[Logged]  another harness's log as finished runs

Its keyword-only parameters are the options of `evalkit import` that it takes (`columns`, `prompt`, `model`, `score`,
`lenient`). Importers are pure: they read what `Source` hands them, report bad rows to it, and write nothing. Nothing is
fetched, and no code from a file is run.
"""

from __future__ import annotations

from importlib import import_module
from inspect import Parameter, signature  # by name: a format is called inspect, too
from pathlib import Path
from types import ModuleType

from evalkit.errors import UnknownName
from evalkit.names import did_you_mean


def names() -> list[str]:
    """Every format, as people type it."""
    return sorted(path.stem.replace("_", "-") for path in Path(__file__).parent.glob("[a-z]*.py"))


def load(name: str) -> ModuleType:
    """The importer of the format `name`. Raises UnknownName."""
    known = names()
    if name.replace("_", "-") not in known:
        raise UnknownName(f"no format {name!r}{did_you_mean(name, known)}")
    return import_module(f"{__name__}.{name.replace('-', '_')}")


def makes_runs(importer: ModuleType) -> bool:
    """Whether it reads the log of another harness; else it makes a pack."""
    return hasattr(importer, "runs")


def options(importer: ModuleType) -> frozenset[str]:
    """The options that it takes."""
    parameters = signature(importer.runs if makes_runs(importer) else importer.pack).parameters
    return frozenset(name for name, parameter in parameters.items() if parameter.kind is Parameter.KEYWORD_ONLY)
