"""Turn public data sets into packs, and the logs of other harnesses into runs.

Formats that become a pack: gsm8k, math, humaneval, mbpp, mgsm, ifeval, choice (MMLU, Belebele, ARC and the like),
openai-evals, promptfoo, csv. Several files of one format become one pack. Nothing is written unless the pack passes
`evalkit check`; every bad row is told with its line.

Logs that become runs, which `evalkit compare` takes: inspect, lm-eval, promptfoo-results, scores (a CSV of id, score).
Their items become a pack, so that two runs of the same items pair and others do not. docs/import.md says what is taken
from each format.
"""

# ruff: noqa: N999 - a command is loaded by its name, which may be a keyword

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from evalkit import importers
from evalkit.errors import UsageError
from evalkit.workspace import Workspace

if TYPE_CHECKING:
    from evalkit.importers._packs import Draft
    from evalkit.importers._source import Source

EXAMPLES = """\
  evalkit import gsm8k test.jsonl --name gsm8k
  evalkit import csv tickets.csv --map input=text --map target=team --prompt @prompt.txt --scorer exact
  evalkit import mgsm mgsm_de.tsv mgsm_fr.tsv mgsm_ja.tsv --name mgsm
  evalkit import inspect baseline.eval candidate.eval --name triage
  evalkit import lm-eval samples_gsm8k_2026-11-23.jsonl --name gsm8k-harness
  evalkit import scores gpt.csv --model openai/gpt-5.4 --name triage
"""
#: option of an importer -> how it is typed
TYPED = {"columns": "--map", "prompt": "--prompt", "model": "--model", "score": "--score", "lenient": "--lenient"}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add this command's arguments."""
    parser.add_argument("format", metavar="FORMAT", help=", ".join(importers.names()))
    parser.add_argument("files", nargs="+", metavar="FILE", help="what to import; .gz is unpacked")
    parser.add_argument("--name", help="the pack's name (default: after the file)")
    parser.add_argument("--out", metavar="FILE", help="where the pack goes (default: tasks/NAME.json)")
    parser.add_argument("--force", action="store_true", help="replace what is there")
    parser.add_argument("--json", action="store_true", help="print what was made as JSON")
    parser.add_argument("--workspace", metavar="DIR", help="the workspace (default: the nearest one)")
    packs = parser.add_argument_group("packs")
    packs.add_argument("--licence", metavar="SPDX", help="licence of the samples (default: the format's)")
    packs.add_argument(
        "--map", action="append", default=[], metavar="FIELD=COLUMN", help="csv, scores: a field's column"
    )
    packs.add_argument("--prompt", metavar="TEXT|@FILE", help="what the user message says; {input}, {choices}, ...")
    packs.add_argument("--scorer", metavar="NAME", help="instead of the format's")
    packs.add_argument("--option", action="append", default=[], metavar="KEY=VALUE", help="an option of the scorer")
    packs.add_argument("--skip-bad", action="store_true", help="leave out rows that cannot be imported, and say which")
    runs = parser.add_argument_group("runs")
    runs.add_argument("--model", metavar="PROVIDER/NAME", help="who answered, where the log does not say")
    runs.add_argument("--score", metavar="NAME", help="which score, where the log has several")
    runs.add_argument("--lenient", metavar="NAME", help="lm-eval: the score of the more lenient reading")
    runs.add_argument("--common", action="store_true", help="keep only the items that all the logs have")
    runs.add_argument(
        "--wrong", action="append", default=[], metavar="OUTCOME", help="an outcome that counts as a wrong answer"
    )


def main(args: argparse.Namespace) -> int:
    """Import. Returns 0."""
    from evalkit.importers._source import Source

    workspace = Workspace.find(args.workspace)
    importer = importers.load(args.format)
    given = _given(args, importer)
    sources = [Source(Path(file), file) for file in args.files]
    made = _runs(args, workspace, importer, given, sources) if importers.makes_runs(importer) else None
    if made is None:
        made = _pack(args, workspace, importer, given, sources)
    if args.json:
        print(json.dumps(made, ensure_ascii=False, indent=2))
        return 0
    for line in made["notes"]:
        print(f"note: {line}")
    samples = f"{made['samples']} samples"
    print(f"wrote {made['pack']}: {samples}" if "runs" not in made else f"pack {made['pack']}: {samples}")
    for run in made.get("runs", ()):
        mean = "no scores" if run["mean_score"] is None else f"mean score {run['mean_score']:.3f}"
        outcomes = ", ".join(f"{count} {name}" for name, count in sorted(run["outcomes"].items()))
        print(f"run of {run['model']}: {mean}; {outcomes}\n  {run['directory']}")
    return 0


def _given(args: argparse.Namespace, importer: ModuleType) -> dict[str, Any]:
    """The options for the importer. Raises UsageError for those that it does not take."""
    columns = dict(_pair("--map", text) for text in args.map)
    prompt = args.prompt
    if prompt is not None and prompt.startswith("@"):
        prompt = _read(Path(prompt[1:]))
    given = {"columns": columns, "prompt": prompt, "model": args.model, "score": args.score, "lenient": args.lenient}
    given = {name: value for name, value in given.items() if value}
    runs = importers.makes_runs(importer)
    takes = importers.options(importer) | (frozenset() if runs else {"prompt"})
    kind = "runs" if runs else "packs"
    for name in given:
        if name not in takes:
            raise UsageError(f"{TYPED[name]} says nothing to the format {args.format}")
    only = {"--licence": args.licence, "--scorer": args.scorer, "--option": args.option, "--skip-bad": args.skip_bad}
    if not runs:
        only = {"--common": args.common, "--wrong": args.wrong}
    for typed, value in only.items():
        if value:
            raise UsageError(f"{typed} says nothing to the format {args.format}, which becomes {kind}")
    return given


def _pair(option: str, text: str) -> tuple[str, str]:
    field, equals, column = text.partition("=")
    if not equals or not field.strip() or not column.strip():
        raise UsageError(f"{option} {text!r}: expected FIELD=COLUMN")
    return field.strip(), column.strip()


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig").rstrip("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"--prompt @{path}: {getattr(error, 'strerror', None) or error}") from None


# --- packs


def _pack(
    args: argparse.Namespace,
    workspace: Workspace,
    importer: ModuleType,
    given: Mapping[str, Any],
    sources: Sequence[Source],
) -> dict[str, Any]:
    """Make a pack of public data."""
    from evalkit.importers import _packs

    takes = importers.options(importer)
    taken = {name: value for name, value in given.items() if name in takes}
    drafts = [_packs.drafted(importer, source, taken) for source in sources]
    draft, origins = _packs.merged(drafts, sources)
    draft = _asked_otherwise(draft, args, None if "prompt" in takes else given.get("prompt"))
    name, path = _place(args, workspace, _name(args.format, sources))
    told = _packs.provenance(args.format, sources)
    notes = list(draft.notes)
    if args.skip_bad:
        files, left_out = _packs.salvaged(draft, name, origins, told, sources)
        notes += [left_out] if left_out else []
    else:
        files = _packs.made(draft, name, origins, told, sources)
    written = files.write(path, force=args.force)
    return {
        "pack": workspace.shown(path),
        "files": [workspace.shown(file) for file in written],
        "samples": files.size,
        "digest": files.digest,
        "notes": notes,
    }


def _asked_otherwise(draft: Draft, args: argparse.Namespace, prompt: str | None) -> Draft:
    """The draft with what the command line says instead."""
    from evalkit import scorers
    from evalkit.importers import _packs

    if prompt is not None:
        draft = replace(draft, prompt=_packs.prompt(prompt))
    if args.licence:
        draft = replace(draft, licence=args.licence)
    if args.scorer or args.option:
        name = args.scorer or draft.scorer["name"]
        options = dict(scorers.parse_option(name, text) for text in args.option)
        draft = replace(draft, scorer={"name": name, "options": options} if options else {"name": name})
    return draft


def _name(format_: str, sources: Sequence[Source]) -> str:
    """A pack's name, after its format and file."""
    from evalkit.importers._source import slug

    stem, prefix = slug(sources[0].stem), slug(format_)
    if len(sources) > 1 and format_ != "csv":
        return prefix
    return stem if format_ in ("csv", "choice") or prefix in stem.replace("_", "-") else f"{prefix}-{stem}"


def _place(args: argparse.Namespace, workspace: Workspace, name: str) -> tuple[str, Path]:
    """The pack's name and file. Raises UsageError."""
    if args.out is None:
        return args.name or name, workspace.root / "tasks" / f"{args.name or name}.json"
    path = Path(args.out)
    if path.suffix != ".json":
        raise UsageError(f"--out {args.out}: a pack is a .json file")
    if args.name and args.name != path.stem:
        raise UsageError(f"--name {args.name} and --out {args.out}: a pack has the name of its file")
    return path.stem, path


# --- runs


def _runs(
    args: argparse.Namespace,
    workspace: Workspace,
    importer: ModuleType,
    given: Mapping[str, Any],
    sources: Sequence[Source],
) -> dict[str, Any]:
    """Make runs of another harness's logs, and the pack of their items."""
    from evalkit.importers import _runs

    logs = [log for source in sources for log in _runs.read(importer, source, given)]
    if not logs:
        raise UsageError(f"{', '.join(source.shown for source in sources)}: no answers in there")
    name, path = _place(args, workspace, _runs.name_of(logs))
    items, notes = _runs.shared(logs, common=args.common)
    files = _runs.pack_of(items, logs, name, args.wrong)
    _runs.require_same_items(path, files, force=args.force)
    finished = [_runs.finished(log, items, files, workspace.shown(path)) for log in logs]
    files.write(path, force=args.force)
    folder = workspace.root / "reports" / "runs" / name
    directories = [run.write(folder, force=args.force) for run in finished]
    return {
        "pack": workspace.shown(path),
        "samples": files.size,
        "digest": files.digest,
        "notes": [*notes, *dict.fromkeys(note for log in logs for note in log.notes)],
        "runs": [
            {"directory": workspace.shown(directory), "model": run.log.model}
            | {key: run.manifest[key] for key in ("outcomes", "scored", "mean_score", "conditions")}
            for run, directory in zip(finished, directories, strict=True)
        ],
    }
