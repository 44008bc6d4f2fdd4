"""What the tests of HumanEval+ and MBPP+ use of numpy, for a judge that has no numpy.

Those tests only ask whether floats are close. A judge without numpy gets a module of that name with `allclose`,
`isclose` and the few types that they look at; any other use of it fails as a missing attribute, which is the
instrument's failure and not the model's.
"""

from __future__ import annotations

import importlib.util
import math
import sys
import types
from typing import Any


def install() -> None:
    """Stand in for numpy where there is none."""
    if "numpy" in sys.modules or importlib.util.find_spec("numpy") is not None:
        return
    module = types.ModuleType("numpy", __doc__)
    for name, value in {
        "allclose": allclose,
        "isclose": _one_is_close,
        "ndarray": type("ndarray", (), {}),  # nothing is one: a candidate's arrays arrive as lists
        "float32": float,
        "float64": float,
        "int64": int,
        "inf": math.inf,
        "nan": math.nan,
        "isnan": math.isnan,
        "isinf": math.isinf,
    }.items():
        setattr(module, name, value)
    sys.modules["numpy"] = module


def allclose(a: Any, b: Any, rtol: float = 1e-05, atol: float = 1e-08, equal_nan: bool = False) -> bool:
    """numpy's rule |a - b| <= atol + rtol * |b|, on numbers and equally shaped sequences; a number fits any shape."""
    many_a, many_b = isinstance(a, (list, tuple)), isinstance(b, (list, tuple))
    if many_a and many_b:
        if len(a) != len(b) and 1 not in (len(a), len(b)):
            raise ValueError(f"operands could not be broadcast together with shapes ({len(a)},) ({len(b)},)")
        size = max(len(a), len(b)) if len(a) and len(b) else 0
        return all(allclose(a[i % len(a)], b[i % len(b)], rtol, atol, equal_nan) for i in range(size))
    if many_a:
        return all(allclose(item, b, rtol, atol, equal_nan) for item in a)
    if many_b:
        return all(allclose(a, item, rtol, atol, equal_nan) for item in b)
    return _one_is_close(a, b, rtol, atol, equal_nan)


def _one_is_close(a: Any, b: Any, rtol: float = 1e-05, atol: float = 1e-08, equal_nan: bool = False) -> bool:
    for value in (a, b):
        if not isinstance(value, (int, float, complex)):
            raise TypeError(f"ufunc 'isfinite' not supported for the input types: {type(value).__name__}")
    if a != a or b != b:
        return equal_nan and a != a and b != b
    if a in (math.inf, -math.inf) or b in (math.inf, -math.inf):
        return bool(a == b)
    return bool(abs(a - b) <= atol + rtol * abs(b))
