"""evalkit: may we replace this closed model with that open one on our own work?

    import evalkit
    evalkit.decide(baseline=[1, 1, 0, ...], candidate=[1, 0, 1, ...], margin=0.05).sentence

Names are loaded when they are used, so that `import evalkit` costs nothing.
"""

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["__version__", "decide"]

if TYPE_CHECKING:
    from evalkit.statistics import decide as decide


def __getattr__(name: str) -> Any:
    if name == "decide":
        from evalkit.statistics import decide

        return decide
    raise AttributeError(f"module 'evalkit' has no attribute {name!r}")
