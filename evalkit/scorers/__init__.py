"""Scorers: one file each, the file name is the registration.

A scorer is a module with `score(sample, text, *, option=default, ...) -> Score`. Its keyword-only parameters are its
options. A parameter called `sandbox` or `ask` is a resource that the caller hands over, not an option. Optional:
`check(sample, **options)` yields (JSON pointer inside the sample, message) for a sample this scorer could not score;
`needs(**options)` says which resources it wants where that depends on its options; `BLOCKING = True` says that one
call may take long and must not run on the event loop.
Other packages register through the entry point group `evalkit.scorers`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple

from evalkit.errors import UnknownName, UsageError
from evalkit.names import did_you_mean

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

RESOURCES = ("ask", "sandbox")
GROUP = "evalkit.scorers"


def _registered() -> Iterable[EntryPoint]:
    """The entry points of other packages; looked up only when a name is not built in."""
    from importlib.metadata import entry_points

    return entry_points(group=GROUP)


def names() -> list[str]:
    """Built-in scorers first, then those of other packages."""
    built_in = sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py"))
    return built_in + sorted(point.name for point in _registered())


def load(name: str) -> ModuleType:
    """The module of the scorer called `name`. Raises UnknownName."""
    if name.isidentifier() and (Path(__file__).parent / f"{name}.py").is_file():
        return import_module(f"{__name__}.{name}")
    for point in _registered():
        if point.name == name:
            module = point.load()
            assert isinstance(module, ModuleType)
            return module
    raise UnknownName(f"no scorer {name!r}{did_you_mean(name, names())}")


class Option(NamedTuple):
    """One option of a scorer: the annotation of its parameter, as text, and whether it has a default."""

    annotation: str
    required: bool


def options(module: ModuleType) -> dict[str, Option]:
    """The options of a scorer: its keyword-only parameters without the resources."""
    score, code = module.score, module.score.__code__  # read by hand: loading `inspect` takes longer than a check
    named = code.co_varnames[code.co_argcount : code.co_argcount + code.co_kwonlyargcount]
    defaults = score.__kwdefaults__ or {}
    return {
        name: Option(str(score.__annotations__.get(name, "Any")), name not in defaults)
        for name in named
        if name not in RESOURCES
    }


def resources(module: ModuleType) -> tuple[str, ...]:
    """Which of `RESOURCES` this scorer wants to be handed."""
    code = module.score.__code__
    return tuple(name for name in RESOURCES if name in code.co_varnames[: code.co_argcount + code.co_kwonlyargcount])


def needs(module: ModuleType, given: Mapping[str, Any]) -> tuple[str, ...]:
    """Which resources a scorer wants under these options; one that is made of others says so itself."""
    asked: tuple[str, ...] = module.needs(**given) if hasattr(module, "needs") else resources(module)
    return asked


def check_options(name: str, given: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(option, message) for each option that the scorer does not have, or whose value it cannot take."""
    known = options(load(name))
    for option, value in given.items():
        if option not in known:
            yield option, f"scorer {name!r} has no option {option!r}{did_you_mean(option, known)}"
        elif not _fits(value, known[option].annotation):
            yield option, f"option {option!r} of scorer {name!r} takes {known[option].annotation}, not {value!r}"
    for option, parameter in known.items():
        if parameter.required and option not in given:
            yield option, f"scorer {name!r} needs the option {option!r}"


def parse_option(name: str, text: str) -> tuple[str, Any]:
    """`key=value` of a command line as (key, value); the value is JSON where it reads as JSON, else text."""
    import json

    key, equals, value = text.partition("=")
    if not equals:
        raise UsageError(f"--option {text!r}: expected key=value")
    try:
        return key, json.loads(value)
    except json.JSONDecodeError:
        return key, value


def _fits(value: Any, annotation: str) -> bool:
    """Whether a JSON value fits the annotation of an option, for the types that options use."""
    for part in str(annotation).split(" | "):
        if part.startswith("Literal["):
            import ast

            literal = ast.literal_eval(part.removeprefix("Literal"))
            if value in literal and not isinstance(value, bool):
                return True
            continue
        kinds = {
            "bool": bool, "str": str, "None": type(None), "float": (int, float), "int": int,
            "Any": object, "list": list, "tuple": list, "Sequence": list, "Mapping": dict, "dict": dict,
        }  # fmt: skip
        kind = kinds.get(part.partition("[")[0], object)
        if isinstance(value, kind) and (kind in (bool, object) or not isinstance(value, bool)):  # type: ignore[arg-type]
            return True
    return False
