"""The command line. A command is imported when it is named, so that `evalkit --help` stays instant."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from evalkit import __version__
from evalkit.errors import EvalkitError, UsageError
from evalkit.names import did_you_mean

#: group -> command -> one line; a test holds each line equal to the docstring of its module
COMMANDS: dict[str, dict[str, str]] = {
    "start": {
        "init": "Make a workspace: folders, one example pack, card and claim, a CI workflow.",
        "list": "List packs, models, providers, scorers, wires and claims.",
        "check": "Check packs, cards and claims; report every mistake at once.",
        "local": "Fetch, serve or look at the embedded model.",
    },
    "measure": {
        "run": "Ask one model every sample of a pack, and score the answers.",
        "rescore": "Score finished runs again, offline, and say what changed.",
        "import": "Turn public data sets into packs, and the logs of other harnesses into runs.",
        "score": "Score answers that you already have: JSON lines in, JSON lines out.",
    },
    "decide": {
        "gate": "Run a claim and say whether the candidate may replace the baseline.",
        "claim": "Lock a claim before results exist, or look at its lock.",
        "baseline": "Save a finished run as a committed baseline, or look whether it still holds.",
        "compare": "Compare finished runs of the same pack: one or more candidates against one baseline.",
        "plan": "What a claim needs before any money is spent: samples, calls, tokens, dollars, hours.",
        "decide": "A verdict from scores you already have.",
        "verify": "Recompute a gate's scores and verdict from its evidence, offline, and say what does not agree.",
    },
    "look": {
        "show": "Show one sample in full: what was sent, what came back, how it was scored.",
    },
    "sandbox": {
        "sandbox": "Check how model-written code is isolated here, and attack the isolation.",
    },
}
INVALID, USAGE, INTERRUPTED = 4, 2, 130


def entry() -> None:
    """The `evalkit` command."""
    try:
        code = main(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of our output went away, for example `head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 141
    raise SystemExit(code)


def main(arguments: Sequence[str]) -> int:
    """Run one command. Returns the exit code: 0, 1 (inferior), 2 (usage), 3 (inconclusive), 4 (invalid) or 130."""
    try:
        return _run(arguments)
    except UsageError as error:
        print(f"evalkit: {error}", file=sys.stderr)
        return USAGE
    except EvalkitError as error:
        print(f"evalkit: {error}", file=sys.stderr)
        return INVALID
    except KeyboardInterrupt as error:
        print(f"evalkit: interrupted{f': {error}' if str(error) else ''}", file=sys.stderr)
        return INTERRUPTED
    except (BrokenPipeError, SystemExit):
        raise
    except BaseException:  # noqa: BLE001 - Python's own exit code 1 would read as "inferior"
        import traceback

        traceback.print_exc()
        print("evalkit: this is a bug in evalkit; no verdict", file=sys.stderr)
        return INVALID


def _run(arguments: Sequence[str]) -> int:
    if "_ARGCOMPLETE" in os.environ:
        _complete()
    if not arguments or arguments[0] in ("-h", "--help"):
        print(overview(), end="")
        return 0 if arguments else USAGE
    if arguments[0] in ("-V", "--version"):
        print(f"evalkit {__version__}")
        return 0
    name = arguments[0]
    if name not in names():
        raise UsageError(f"no command {name!r}{did_you_mean(name, names())}")
    module = import_module(f"evalkit.commands.{name}")
    parser = command_parser(name, module)
    parsed = parser.parse_args(arguments[1:])
    code: int = module.main(parsed)
    return code


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Keeps examples as written; knows its width, so that argparse need not load shutil to ask."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=int(os.environ.get("COLUMNS") or 100))


def names() -> list[str]:
    """Every command."""
    return [name for group in COMMANDS.values() for name in group]


def overview() -> str:
    """What `evalkit --help` prints."""
    lines = [
        "evalkit: may we replace this closed model with that open one on our own work?",
        "",
        "usage: evalkit COMMAND [options]        evalkit COMMAND --help shows examples",
    ]
    for group, commands in COMMANDS.items():
        lines += ["", group]
        lines += [f"  {name:<10} {summary}" for name, summary in commands.items()]
    lines += [
        "",
        "exit codes: 0 parity or superior, 1 inferior, 2 usage error, 3 inconclusive, 4 invalid, 130 interrupted",
        "",
    ]
    return "\n".join(lines)


def command_parser(name: str, module: Any) -> argparse.ArgumentParser:
    """The parser of one command, from its module."""
    parser = argparse.ArgumentParser(
        prog=f"evalkit {name}",
        description=module.__doc__,
        epilog=f"examples:\n{module.EXAMPLES}",
        formatter_class=_Formatter,
        allow_abbrev=False,
    )
    module.arguments(parser)
    return parser


def _complete() -> None:
    """Answer the shell's request for completions (argcomplete), then exit."""
    import argcomplete

    from evalkit.workspace import Workspace

    workspace = Workspace.find()
    offers = {
        "pack": lambda **_: workspace.files("tasks"),
        "claim": lambda **_: [path.stem for path in workspace.claim_files()],
        "model": lambda **_: [
            f"{name}/{model}" for name in workspace.files("providers") for model in workspace.card(name).models
        ],
        "scorer": lambda **_: import_module("evalkit.scorers").names(),
    }
    parser = argparse.ArgumentParser(prog="evalkit")
    commands = parser.add_subparsers()
    for name in names():
        command = commands.add_parser(name)
        import_module(f"evalkit.commands.{name}").arguments(command)
        for action in command._actions:
            if action.dest in offers:
                action.completer = offers[action.dest]  # type: ignore[attr-defined]
    argcomplete.autocomplete(parser)
