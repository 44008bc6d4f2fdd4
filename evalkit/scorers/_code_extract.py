"""The program inside an answer.

`strict` follows one published rule. Thinking, end tokens, a byte order mark and a JSON wrapper go first. Then:

1. the last fenced block that defines the entry point (a closing fence counts only once the block parses, so fences
   inside a docstring are text); helpers that it lacks come from the other blocks and from the prompt;
2. an answer without fences that is indented continues the prompt, cut at the stop sequences of HumanEval;
3. else the longest run of lines, with only prose around it, that parses and defines the entry point;
4. else a function body, indented or not, under the prompt's signature;
5. else what looks like code is taken as it is, and will not load.

A method of a class (`class Solution`) gets an alias with the entry point's name, and `from __future__` moves to the
top. `lenient` also repairs what only a forgiving reader would: broken code around a good function, HTML entities,
curly quotes, line numbers, and a single function of another name. Nothing is run here.
"""

from __future__ import annotations

import ast
import builtins
import html
import json
import re
import textwrap
import threading
import warnings
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from evalkit.scorers._think import strip_thoughts

LONGEST = 400_000  # characters of an answer that are looked at
_PYTHON = frozenset(("python", "python3", "py", "py3", "python2", "ipython", "pycon", "sage"))
_FENCE = re.compile(r"[ \t>]*(?P<mark>`{3,}|~{3,})[ \t]*(?P<info>[^`]*)")
_LATE_FENCE = re.compile(r".*[^\s`>](?:[ \t]*)(?P<mark>`{3})(?P<info>[A-Za-z0-9+#]*)[ \t]*")
_ONE_LINE = re.compile(r"\s*```(?P<label>[A-Za-z0-9+]*)[ \t]+(?P<code>\S.*?)[ \t]*```\s*")
_INLINE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_MAGIC = re.compile(r"[ \t]*[!%]{1,2}[A-Za-z]")
_TAGS = re.compile(
    r"(?:\[PYTHON\](?P<a>.*?)(?:\[/PYTHON\]|\Z))|(?:<(?P<tag>code|python|solution|answer)\b[^>\n]*>(?P<b>.*?)</(?P=tag)>)",
    re.DOTALL | re.IGNORECASE,
)
_CODE_KEYS = ("code", "solution", "program", "answer", "completion", "response", "python")
_STOP = re.compile(r"\n(?=class|def|#|if|print|```)")  # HumanEval's stop sequences
_PROSE = re.compile(r"[^\W\d_][\w'’-]*,?(?: [\w'’\"`(),:;.!?/-]+){2,}")
_CODE_LINE = re.compile(
    r"(?:def|class|async)\s+\w+\s*[(:]|@\w|import\s+[\w.]+(?:\s+as\b|,|$)|from\s+[\w.]+\s+import\b"
    r"|(?:if|elif|for|while|with|try|except|else|finally)\b.*:$|return\b(?! to\b)|assert\s|print\("
    r"|[\w.\[\]]+\s*[-+*/]?=\s*\S|[\"'\])}]"
)
_START = re.compile(r"(?:from|import|def|class|async)\s|@|[A-Za-z_][\w, ]*(?::[^=]+)?=[^=]")
_STATEMENT = re.compile(r"^\s*(?:return|yield|raise|for|while|if)\b|=", re.MULTILINE)
_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\u00a0": " ", "\u200b": ""})
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_BUILTINS = frozenset(dir(builtins))
_quietly = threading.Lock()  # the filters of `warnings` belong to the whole process


@dataclass(frozen=True, slots=True)
class _Task:
    """What a program is looked for: see `extract`."""

    entry: str | None
    prompt: str
    wanted: frozenset[str]
    forgiving: bool = False  # whether a continuation may be cut before the first line that Python does not understand


@dataclass(frozen=True, slots=True)
class _Block:
    label: str
    body: str


@dataclass(frozen=True, slots=True)
class Extracted:
    """The program under the published rule and under the forgiving one; None = the answer holds no code."""

    strict: str | None
    lenient: str | None


def extract(
    text: str,
    *,
    entry_point: str | None = None,
    prompt: str = "",
    wanted: Collection[str] = (),
    language: str = "python",
) -> Extracted:
    """Find the program in an answer.

    `entry_point` is the function that the answer should define, None for a whole program that reads stdin. `prompt`
    is the code that the answer may continue. `wanted` are further names that the program should define.
    """
    bare = _bare(text)
    if language != "python":
        code = _other_language(bare, language)
        return Extracted(code, code)
    task = _Task(entry_point, prompt, frozenset(wanted))
    code = _program(bare, task)
    return Extracted(code, code if _defines(code or "", entry_point) else _repaired(bare, code, task))


def _repaired(bare: str, code: str | None, task: _Task) -> str | None:
    straight = bare.translate(_QUOTES)
    task = replace(task, forgiving=True)
    for attempt in (bare, html.unescape(straight), _without_line_numbers(straight)):
        found = _program(attempt, task)
        if found is not None and _defines(found, task.entry):
            return found
    return _renamed(code, task.entry) or code


# --- from an answer to blocks -------------------------------------------------------------------------------------


def _bare(text: str) -> str:
    text = text[:LONGEST].lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    text = strip_thoughts(text)
    return _from_json(text) or text


def _from_json(text: str) -> str | None:
    """The code in an answer that is one JSON object with one text that can be it."""
    whole = re.fullmatch(r"\s*(?:```(?:json)?\s*\n)?\s*(\{.*\})\s*(?:```)?\s*", text, re.DOTALL)
    if whole is None:
        return None
    try:
        value = json.loads(whole[1])
    except (ValueError, RecursionError):
        return None
    return next((value[key] for key in _CODE_KEYS if isinstance(value.get(key), str)), None)


def _blocks(text: str) -> list[_Block]:
    """Fenced and tagged blocks in order; a closing fence whose opening one is missing ends a block at the start."""
    if (one := _ONE_LINE.fullmatch(text)) is not None:
        return [_Block(one["label"].lower(), one["code"])]
    lines = text.split("\n")
    found: list[_Block] = []
    index = 0
    while index < len(lines):
        opening = _FENCE.fullmatch(lines[index]) or _LATE_FENCE.fullmatch(lines[index])
        if opening is None:
            index += 1
            continue
        label = _label(opening["info"])
        if not found and not label and _parses("\n".join(lines[:index])) and "".join(lines[:index]).strip():
            found.append(_Block("", "\n".join(lines[:index])))
            index += 1
            continue
        lead = re.match(r"[ \t>]*", lines[index])
        end = _closing(lines, index + 1, opening["mark"], label, lead[0] if lead else "")
        found.append(_Block(label, _body(lines[index + 1 : end], lead[0] if lead else "")))
        index = end + 1
    if not found:
        found = [_Block("python", (tag["a"] or tag["b"] or "").strip("\n")) for tag in _TAGS.finditer(text)]
    return found


def _label(info: str) -> str:
    words = re.split(r"[\s{}.,:=]+", info.strip().strip("{}. "))
    return words[0].lower() if words else ""


def _closing(lines: Sequence[str], start: int, mark: str, label: str, lead: str) -> int:
    """The line of the fence that closes a block: the first after which the block parses, else the first of all."""
    closing = re.compile(rf"[ \t>]*{re.escape(mark[0])}{{{len(mark)},}}[ \t]*")
    ends = [index for index in range(start, len(lines)) if closing.fullmatch(lines[index])]
    if not ends:
        glued = [i for i in range(start, len(lines)) if lines[i].rstrip().endswith(mark)]
        return glued[0] + 1 if glued and not lines[glued[0]].strip(" `~>") else len(lines)
    if not label or label in _PYTHON:
        for end in ends[:20]:
            body = _body(lines[start:end], lead)
            if _parses(body) or _parses("def _():\n" + textwrap.indent(textwrap.dedent(body), "    ")):
                return end
    return ends[0]


def _body(lines: Sequence[str], lead: str) -> str:
    """Lines of a block without the quote marks or the indentation of its fence."""
    if ">" in lead:
        lines = [re.sub(r"^[ \t]*>[ ]?", "", line) for line in lines]
    elif lead and all(not line.strip() or line.startswith(lead) for line in lines):
        lines = [line[len(lead) :] for line in lines]
    if lines and all(line.startswith((">>>", "...")) or not line.strip() for line in lines) and any(lines):
        lines = [re.sub(r"^(?:>>>|\.\.\.) ?", "", line) for line in lines]
    if lines and lines[0].strip().lower() in _PYTHON:  # a label that slipped off the fence
        lines = lines[1:]
    if any(map(_MAGIC.match, lines)) and not _parses("\n".join(lines)):  # a notebook's `!pip install`, `%%time`
        lines = [line for line in lines if not _MAGIC.match(line)]
    return "\n".join(lines).strip("\n")


def _other_language(text: str, language: str) -> str | None:
    blocks = _blocks(text)
    fitting = [block for block in blocks if block.label == language] or [b for b in blocks if not b.label]
    code = fitting[-1].body if fitting else "" if blocks else text
    return code.strip("\n") if code.strip() else None


# --- from blocks to a program -------------------------------------------------------------------------------------


def _program(text: str, task: _Task) -> str | None:
    blocks = [block for block in _blocks(text) if not block.label or block.label in _PYTHON]
    entry = task.entry
    if entry is None:
        return _whole_program(text, blocks)
    defining = [i for i, block in enumerate(blocks) if _defines(block.body, entry)]
    if defining:
        best = max(defining, key=lambda i: (_weight(blocks[i].body, entry), i))
        others = [block.body for i, block in enumerate(blocks) if i not in defining]
        return _finish(blocks[best].body, task, [task.prompt, *others])
    for whole in [] if blocks else _wholes(text):
        if _defines(whole, entry):
            return _finish(whole.strip("\n"), task, [task.prompt])
    bodies = [block.body for block in reversed(blocks)] or [text]
    if not blocks and text.lstrip("\n")[:1].isspace():  # a continuation, whatever function it goes on to write
        found = _continued(bodies, task, fenced=False) or _longest_run(bodies, entry, forgiving=task.forgiving)
    else:
        found = _longest_run(bodies, entry, forgiving=task.forgiving) or _continued(bodies, task, fenced=bool(blocks))
    if found is not None:
        return _finish(found, task, [task.prompt])
    for inline in _INLINE.findall(text):
        if _defines(inline, entry):
            return _finish(inline, task, [task.prompt])
    if not blocks and text.strip() and text.lstrip("\n")[:1].isspace() and _continuable(task):
        return task.prompt.rstrip("\n") + "\n" + _until_stop(text.strip("\n"))[0]  # code, if not good code
    if not blocks and (_CODE_LINE.match(text.strip()) or _longest_run(bodies, entry, forgiving=True) is not None):
        return text.strip("\n")  # also code, if not good code
    labelled = [block.body for block in blocks if block.label in _PYTHON] or [block.body for block in blocks]
    return labelled[-1] if labelled and labelled[-1].strip() else None


def _weight(code: str, entry: str) -> int:
    """How a block defines the entry point: 2 with a body, 1 by an import (as usage examples do), 0 as a mere stub."""
    tree = _tree(code)
    if tree is None or _owner(code, entry) is not None:
        return 2
    binding = [part for part in tree.body if entry in _bound_at_top(part)]
    if all(isinstance(part, (ast.Import, ast.ImportFrom)) for part in binding):
        return 1
    return 0 if all(_is_stub(part) for part in binding) else 2


def _is_stub(part: ast.stmt) -> bool:
    return isinstance(part, (ast.FunctionDef, ast.AsyncFunctionDef)) and all(map(_does_nothing, part.body))


def _does_nothing(part: ast.stmt) -> bool:
    """A docstring, `...`, `pass` or `raise NotImplementedError`."""
    if isinstance(part, ast.Raise):
        return part.exc is not None and "NotImplementedError" in ast.unparse(part.exc)
    return isinstance(part, ast.Pass) or (isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant))


def _wholes(text: str) -> Iterator[str]:
    """An answer without fences as one program: as it is, and without the blanks that tokenizers put before it."""
    yield _body(text.split("\n"), "")
    yield text.lstrip()
    yield textwrap.dedent(text).strip("\n")


def _whole_program(text: str, blocks: Sequence[_Block]) -> str | None:
    """The program of a task without an entry point: the last block, those labelled as Python first."""
    chosen = [block.body for block in blocks if block.label] or [block.body for block in blocks if _parses(block.body)]
    if chosen:
        return _future_first(chosen[-1])
    if blocks:
        return blocks[-1].body or None
    bare = _body(text.split("\n"), "")
    if bare.strip() and _parses(bare) and not re.fullmatch(r"[\w\s,.'!-]*", bare):
        return _future_first(bare)
    return _longest_run([text], None, forgiving=True) or (bare if _CODE_LINE.match(bare.strip()) else None)


def _finish(code: str, task: _Task, sources: Sequence[str]) -> str:
    """The program with the helpers that it lacks, an alias for a method, and `from __future__` first."""
    assert task.entry is not None
    code = _with_helpers(code, task, sources)
    if (owner := _owner(code, task.entry)) is not None:
        code = f"{code}\n\n{task.entry} = {owner}().{task.entry}\n"
    return _future_first(code)


def _continued(bodies: Sequence[str], task: _Task, *, fenced: bool) -> str | None:
    """The prompt continued by the first of `bodies` that can continue it."""
    if not _continuable(task):
        return None
    for body in bodies:
        tree = _tree(body)
        on_its_own = tree is not None and any(isinstance(part, _DEFINITIONS) for part in tree.body)
        on_its_own |= re.match(rf"(?:async\s+)?(?:def|class)\s+{task.entry}\b", body) is not None
        prose = not fenced and not body[:1].isspace() and not _STATEMENT.search(body)
        if body.strip() and not on_its_own and not prose:
            found = _under_prompt(body, task)
            if found is not None:
                return found
    return None


def _continuable(task: _Task) -> bool:
    """Whether the prompt ends in the signature of the entry point."""
    return _defines(task.prompt.rstrip() + "\n    pass\n", task.entry)


def _under_prompt(body: str, task: _Task) -> str | None:
    prompt = task.prompt
    start = prompt if prompt.endswith("\n") else prompt + "\n"
    kept, rest = _until_stop(body.lstrip("\n"))
    attempts = list(_indentations(kept, _indent(prompt)))
    for cut in (False, True):  # as it is, in each indentation, before anything is cut off
        for attempt in attempts:
            lines = _that_parses(start, attempt.split("\n"), cut=cut, anywhere=task.forgiving)
            if lines and _has_statement(lines):
                return _with_helpers(start + "\n".join(lines), task, [rest])
    return None


def _that_parses(start: str, lines: list[str], *, cut: bool, anywhere: bool) -> list[str]:
    """The lines, cut before prose (or `anywhere`) that Python does not understand after `start`; or none."""
    for _ in range(40):
        wrong = _wrong_line(start + "\n".join(lines))
        if wrong is None:
            return lines
        at = min(max(0, wrong - 1 - start.count("\n")), len(lines) - 1)
        if not cut or not lines or not (anywhere or _PROSE.match(lines[at].strip())):
            break
        lines = lines[:at]
    return []


def _until_stop(body: str) -> tuple[str, str]:
    """The body up to the first stop sequence that does not leave it without a statement, and the rest."""
    for stop in _STOP.finditer(body):
        if any(line.strip() and not line.lstrip().startswith("#") for line in body[: stop.start()].split("\n")):
            return body[: stop.start()], body[stop.start() :]
    return body, ""


def _indentations(body: str, indent: str) -> Iterator[str]:
    """The body as it is, then moved under the prompt's indentation in the ways that models get it wrong."""
    if body[:1].isspace():
        yield body
    tabs = body.expandtabs(4)
    yield textwrap.indent(textwrap.dedent(tabs), indent)
    first, _, others = tabs.partition("\n")
    yield indent + first.lstrip() + "\n" + others
    yield indent + first.lstrip() + "\n" + textwrap.indent(textwrap.dedent(others), indent)


def _indent(prompt: str) -> str:
    inner = [line for line in prompt.split("\n") if line.strip() and line[0].isspace()]
    return inner[-1][: len(inner[-1]) - len(inner[-1].lstrip())] if inner else "    "


def _has_statement(lines: Sequence[str]) -> bool:
    """Whether the lines of a body do anything: more than comments and expressions."""
    tree = _tree("def _():\n" + textwrap.indent(textwrap.dedent("\n".join(lines)), "    "))
    if tree is None:
        return any(line.strip() and not line.lstrip().startswith("#") for line in lines)
    inner = [part for part in ast.walk(tree) if isinstance(part, ast.stmt) and part is not tree.body[0]]
    return any(not isinstance(part, ast.Expr) for part in inner)


def _longest_run(texts: Sequence[str], entry: str | None, *, forgiving: bool) -> str | None:
    """The longest run of lines, in any of the texts, that parses and defines the entry point.

    Unless `forgiving`, what stands around the run must be prose: code around it that Python does not understand
    belongs to the program, which is then broken as a whole.
    """
    best = ""
    budget = 200
    for text in texts:
        for lines in (text.split("\n"), textwrap.dedent(text).split("\n"), _indented_lines(text)):
            reached = -1
            for start in [i for i, line in enumerate(lines) if _START.match(line)]:
                if start < reached or budget <= 0:
                    continue
                run = list(lines[start:])
                while run and budget > 0:
                    budget -= 1
                    wrong = _wrong_line("\n".join(run))
                    if wrong is None:
                        break
                    run = run[: min(wrong - 1, len(run) - 1)]
                code = "\n".join(run).strip("\n")
                reached = start + len(run)
                fits = _defines(code, entry) if entry else _parses(code)
                if len(code) > len(best) and fits and (forgiving or _prose_around(run, text)):
                    best = code
    return best or None


def _prose_around(run: Sequence[str], text: str) -> bool:
    around = Counter(line.strip() for line in text.split("\n")) - Counter(line.strip() for line in run)
    return not any(map(_CODE_LINE.match, around))


def _indented_lines(text: str) -> list[str]:
    """Only the code that Markdown marks by indentation, without it."""
    return [line[4:] if line.startswith("    ") else "" for line in text.split("\n")]


def _with_helpers(code: str, task: _Task, sources: Sequence[str]) -> str:
    """`code` after the definitions from `sources` that it uses, or that are wanted, and that it does not have."""
    tree = _tree(code)
    if tree is None:
        return code
    found: list[str] = []
    missing = _missing(tree) | (task.wanted - bound_names(tree))
    known = [(source, part) for source in sources for part in _definitions(source)]
    taken: set[int] = set()
    while missing:
        wanted = [i for i, (_, part) in enumerate(known) if i not in taken and missing & _offered(part, task.entry)]
        if not wanted:
            break
        taken.update(wanted)
        missing = set().union(*(_missing(known[i][1]) for i in wanted)) - bound_names(tree)
    for i in sorted(taken):
        source, part = known[i]
        first = min([part.lineno, *(d.lineno for d in getattr(part, "decorator_list", []))])
        found.append("\n".join(source.split("\n")[first - 1 : part.end_lineno]))
    return "\n".join([*found, "", code]) if found else code


def _definitions(source: str) -> list[ast.stmt]:
    """Imports, functions, classes and assignments at the top of `source`; of a prompt, also those before its end."""
    tree = _tree(source) or _tree(source.rstrip() + "\n    pass\n")
    kinds = (ast.Import, ast.ImportFrom, *_DEFINITIONS, ast.Assign, ast.AnnAssign)
    return [part for part in tree.body if isinstance(part, kinds)] if tree else []


def bound_names(tree: ast.AST) -> set[str]:
    """Every name that is bound anywhere below `tree`."""
    names: set[str] = set()
    for part in ast.walk(tree):
        match part:
            case ast.Name(id=name, ctx=ast.Store()):
                names.add(name)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                names.add(name)
            case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
                names.update((alias.asname or alias.name).partition(".")[0] for alias in aliases)
            case ast.arg(arg=name) | ast.ExceptHandler(name=str(name)):
                names.add(name)
    return names


def _offered(part: ast.stmt, entry: str | None) -> set[str]:
    """What a definition gives to others; nothing when it is another version of the entry point."""
    names = _bound_at_top(part)
    return set() if entry in names else names


def _missing(tree: ast.AST) -> set[str]:
    used = {part.id for part in ast.walk(tree) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load)}
    return used - bound_names(tree) - _BUILTINS


def _defines(code: str, entry: str | None) -> bool:
    """Whether the code compiles and binds the entry point at its top, or as a method of a class at its top."""
    tree = _tree(code)
    if tree is None or entry is None:
        return tree is not None and bool(tree.body)
    return entry in set().union(*map(_bound_at_top, tree.body)) or _owner(code, entry) is not None


def _bound_at_top(part: ast.stmt) -> set[str]:
    if isinstance(part, _DEFINITIONS):
        return {part.name}
    return bound_names(part)


def _owner(code: str, entry: str) -> str | None:
    """The class at the top that has the entry point as a method, when nothing at the top has its name."""
    tree = _tree(code)
    if tree is None or any(entry in _bound_at_top(part) for part in tree.body):
        return None
    owners = [
        part.name
        for part in tree.body
        if isinstance(part, ast.ClassDef) and any(getattr(inner, "name", None) == entry for inner in part.body)
    ]
    return "Solution" if "Solution" in owners else owners[-1] if owners else None


def _renamed(code: str | None, entry: str | None) -> str | None:
    """The code with an alias, when it defines exactly one function and that has another name."""
    tree = _tree(code or "")
    functions = [part.name for part in tree.body if isinstance(part, ast.FunctionDef)] if tree else []
    return f"{code}\n\n{entry} = {functions[0]}\n" if entry and len(functions) == 1 else None


def _future_first(code: str) -> str:
    """`from __future__` lines moved to the top, where Python wants them."""
    lines = code.split("\n")
    future = [line for line in lines if line.startswith("from __future__ ")]
    if not future or lines[: len(future)] == future:
        return code
    return "\n".join(future + [line for line in lines if not line.startswith("from __future__ ")])


def _without_line_numbers(text: str) -> str:
    return re.sub(r"^[ \t]*\d+[.:|]?(?:[ ]|\t|$)", "", text, flags=re.MULTILINE)


# --- Python's own view --------------------------------------------------------------------------------------------


def _tree(code: str) -> ast.Module | None:
    return _read(code)[0]


def _parses(code: str) -> bool:
    return _read(code)[0] is not None


def _wrong_line(code: str) -> int | None:
    """The 1-based line at which Python stops understanding, or None."""
    return _read(code)[1]


@lru_cache(maxsize=64)
def _read(code: str) -> tuple[ast.Module | None, int | None]:
    """The tree, or the line that is wrong. Compiles, and never runs."""
    try:
        with _quietly, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(code)
            compile(tree, "<answer>", "exec", dont_inherit=True)  # finds what is no syntax error: `return` outside
    except SyntaxError as error:
        return None, max(1, error.lineno or 1)
    except (ValueError, RecursionError, MemoryError, OverflowError):
        return None, 1
    return tree, None
