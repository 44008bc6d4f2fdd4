"""The process that runs math-verify and sympy, so that it can be killed: JSON lines in, JSON lines out.

It is started by `_math_client` and ends when its standard input ends, so it never outlives its parent by more than one
comparison. Memory is capped; a timer cuts comparisons short; whatever that does not stop, the parent kills.
Model-written text is only ever read by latex2sympy's grammar, never by `sympify` or `parse_expr`; the one exception
is math-verify's own reading of digits and operators in the compatibility mode, which is what that mode is for.

Two expressions are the same when they agree to 30 digits at random points, whatever they look like; math-verify
decides what has no numeric value (sets, odd relations). A decimal agrees when it is right to six places, and to six
digits where it is tiny.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import sys
from typing import Any

MEMORY = 2 << 30  # bytes of address space
SECONDS = 3.0  # for one comparison
_DIGITS = 50
_POINTS = 5
_dice = random.Random(0)  # noqa: S311  (test points, not secrets)


class _OutOfTimeError(BaseException):
    """Not an Exception, so that no handler inside sympy swallows it."""


def main() -> None:
    """Serve until standard input ends."""
    channel = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # nothing that a library prints may reach the channel
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit()
    import logging

    import math_verify  # noqa: F401  (a second: say when it is done)

    logging.disable(logging.CRITICAL)
    print(json.dumps({"ready": True}), file=channel, flush=True)
    for line in sys.stdin:
        print(json.dumps(_answer(json.loads(line))), file=channel, flush=True)


def _limit() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.setrecursionlimit(6000)


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    try:
        if request["do"] == "compat":
            return {"same": _compat(request)}
        with _deadline(SECONDS):
            return {"same": _same(request["gold"], request["pred"])}
    except _OutOfTimeError:
        return {"same": False, "why": "timeout"}
    except MemoryError:
        return {"same": False, "why": "out of memory"}
    except RecursionError:
        return {"same": False, "why": "too deeply nested"}
    except Exception as error:  # noqa: BLE001  (the reason is kept: it goes into the score)
        return {"same": False, "why": f"{type(error).__name__}: {str(error)[:200]}"}


@contextlib.contextmanager
def _deadline(seconds: float) -> Any:
    def out_of_time(*_: Any) -> None:
        raise _OutOfTimeError

    signal.signal(signal.SIGALRM, out_of_time)
    signal.setitimer(signal.ITIMER_REAL, seconds, 0.2)  # again and again, should one be swallowed
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _compat(request: dict[str, Any]) -> bool:
    """What math-verify says of two texts, by itself."""
    from math_verify import ExprExtractionConfig, LatexExtractionConfig, parse, verify

    targets: list[Any] = []
    if "latex" in request["targets"]:
        targets.append(LatexExtractionConfig(boxed_match_priority=request["boxed_priority"]))
    if "expr" in request["targets"]:
        targets.append(ExprExtractionConfig())
    return bool(
        verify(
            parse(request["gold"], targets),
            parse(request["pred"], targets),
            float_rounding=request["precision"],
            strict=request["strict"],
            allow_set_relation_comp=request["allow_set_relation_comp"],
        )
    )


def _read(latex: str) -> Any:
    """The sympy expression of a LaTeX formula. Raises when any part of it could not be read."""
    from antlr4 import Token  # type: ignore[import-untyped]
    from latex2sympy2_extended.latex2sympy2 import ConversionConfig, _Latex2Sympy
    from math_verify.grader import should_treat_as_complex

    class WholeText(_Latex2Sympy):  # type: ignore[misc]
        def create_parser(self, latex_str: str) -> Any:
            parser = super().create_parser(latex_str)
            read = parser.math

            def read_all() -> Any:
                tree = read()
                if parser.getTokenStream().LA(1) != Token.EOF:
                    raise ValueError("only the beginning is a formula")
                return tree

            parser.math = read_all
            return parser

    real = not should_treat_as_complex(latex)
    return WholeText(is_real=real, config=ConversionConfig(lowercase_symbols=False)).parse(latex)


def _same(gold_latex: str, pred_latex: str) -> bool:
    import sympy
    from math_verify import verify
    from sympy.core.relational import Relational

    gold, pred = _imaginary(_read(gold_latex)), _imaginary(_read(pred_latex))
    _dice.seed(0)
    verdict = None
    if isinstance(gold, Relational) and isinstance(pred, Relational):
        verdict = _same_relation(gold, pred)
    elif isinstance(gold, sympy.Expr) and isinstance(pred, sympy.Expr):
        verdict = _same_expression(gold, pred)
    if verdict is not None:
        return verdict
    return bool(verify(gold, pred, numeric_precision=_DIGITS, allow_set_relation_comp=True, timeout_seconds=None))


def _imaginary(expression: Any) -> Any:
    """The letter i is the imaginary unit."""
    import sympy

    letters = [symbol for symbol in getattr(expression, "free_symbols", ()) if symbol.name == "i"]
    return expression.subs(dict.fromkeys(letters, sympy.I)) if letters else expression


def _same_expression(gold: Any, pred: Any) -> bool | None:
    import sympy

    if not gold.free_symbols and not pred.free_symbols:
        a, b = gold.doit(), pred.doit()
        if a.is_Rational and b.is_Rational:
            return bool(a == b)
        decimal = bool(a.atoms(sympy.Float) or b.atoms(sympy.Float))
        a, b = _value(a), _value(b)
        if a is None or b is None:
            return bool(gold.doit() == pred.doit()) or None
        if max(abs(a), abs(b)) < sympy.Float("1e-80", _DIGITS):  # zero, or too small to tell from it
            return bool(sympy.simplify(gold - pred) == 0)
        return _close(a, b, decimal)
    return _agree([gold, pred], lambda values: _close(values[0], values[1], _decimal(gold, pred)))


def _same_relation(gold: Any, pred: Any) -> bool | None:
    """Whether two equations or inequalities differ by a factor only."""
    import sympy

    if gold.free_symbols != pred.free_symbols:
        return False
    gold, pred = (_turned(relation) for relation in (gold, pred))
    if gold.rel_op != pred.rel_op:
        return False
    f, h = gold.lhs - gold.rhs, pred.lhs - pred.rhs
    if not f.free_symbols:
        return None
    factors: list[Any] = []

    def same_factor(values: list[Any]) -> bool:
        if values[0] == 0:
            return bool(values[1] == 0)
        factors.append(values[1] / values[0])
        return _close(factors[0], factors[-1], _decimal(f, h))

    if not _agree([f, h], same_factor):
        return _same_roots(f, h) if gold.rel_op == "==" else None
    factor = factors[0] if factors else sympy.S.Zero
    if abs(factor) < 1e-20:
        return None
    return bool(factor.is_real and factor > 0) if gold.rel_op in ("<", "<=") else True


def _same_roots(f: Any, h: Any) -> bool | None:
    """Whether two polynomial equations have the same solutions; None when they are not polynomial."""
    import sympy

    symbols = sorted(f.free_symbols, key=str)
    for symbol in symbols:
        others = {other: sympy.Rational(_dice.randint(300, 2900), 997) for other in symbols if other != symbol}
        roots = []
        for side in (f, h):
            numerator = sympy.fraction(sympy.together(side.doit().subs(others)))[0]
            try:
                polynomial = sympy.Poly(numerator, symbol)
            except sympy.PolynomialError:
                return None
            if not 0 < polynomial.degree() <= 24:
                return None
            roots.append(polynomial.nroots(n=25, maxsteps=200))
        a, b = roots
        for some, rest in ((a, b), (b, a)):
            if any(min(abs(root - other) for other in rest) > 1e-12 * (1 + abs(root)) for root in some):
                return False
    return True


def _turned(relation: Any) -> Any:
    return relation.reversed if relation.rel_op in (">", ">=") else relation


def _agree(expressions: list[Any], same: Any) -> bool | None:
    """Whether `same` holds for the values at random points; None when there are too few points to say.

    Points where a value is not real are outside of what school mathematics means, and count only if no others do.
    """
    import sympy

    symbols = sorted(set().union(*(expression.free_symbols for expression in expressions)), key=str)
    whole = all(symbol.name in ("n", "m", "k") for symbol in symbols)
    real: list[list[Any]] = []
    complex_: list[list[Any]] = []
    for attempt in range(3 * _POINTS):
        if whole:
            point = {symbol: sympy.Integer(_dice.randint(1, 9)) for symbol in symbols}
        else:
            sign = -1 if attempt % 3 == 2 else 1
            point = {symbol: sign * sympy.Rational(_dice.randint(300, 2900), 997) for symbol in symbols}
        values = [_value(expression.subs(point)) for expression in expressions]
        if any(value is None for value in values):
            continue
        (real if all(value.is_real for value in values) else complex_).append(values)
        if len(real) >= _POINTS:
            break
    chosen = real if len(real) >= 3 else real + complex_
    if len(chosen) < 3:
        return None
    return all(same(values) for values in chosen)


def _value(expression: Any) -> Any:
    """The numeric value, or None when it has none that is finite."""
    try:
        value = expression.doit().evalf(_DIGITS, maxn=400)
    except (ValueError, TypeError, ZeroDivisionError, ArithmeticError, AttributeError, NotImplementedError):
        return None
    return value if value.is_number and value.is_finite and not value.free_symbols and _plain(value) else None


def _plain(value: Any) -> bool:
    real, imaginary = value.as_real_imag()
    return bool(real.is_Number and imaginary.is_Number)


def _decimal(*expressions: Any) -> bool:
    import sympy

    return any(expression.atoms(sympy.Float) for expression in expressions)


def _close(a: Any, b: Any, decimal: bool) -> bool:
    import sympy

    difference, size = abs(a - b), max(abs(a), abs(b))
    if decimal:
        tolerance = sympy.Float("5e-7") if size >= 1e-5 else size * sympy.Float("1e-6")
        return bool(difference <= tolerance)
    return bool(difference <= size * sympy.Float("1e-30", _DIGITS))


if __name__ == "__main__":
    main()
