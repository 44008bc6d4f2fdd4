# mypy: ignore-errors
# (`wit_world` and `guest` exist only inside the build)
"""The WebAssembly guest: CPython with the standard library loaded, and `agent` behind one exported function."""

import functools
import gc
import importlib
import importlib.util
import warnings

import wit_world
from guest import agent

_PRELOADED = """
abc argparse array ast asyncio base64 binascii bisect builtins calendar cmath cmd code codecs codeop collections
colorsys concurrent.futures configparser contextlib contextvars copy copyreg csv dataclasses datetime decimal difflib
dis doctest email enum errno fileinput fnmatch fractions functools gc getopt glob graphlib hashlib heapq hmac html
html.parser http inspect io ipaddress itertools json keyword linecache locale logging marshal math mimetypes numbers
operator os pathlib pickle pkgutil platform plistlib pprint queue random re reprlib sched secrets select selectors
shelve shlex shutil signal socket stat statistics string stringprep struct subprocess symtable sys sysconfig tarfile
tempfile textwrap threading time timeit token tokenize tomllib traceback types typing unicodedata unittest
unittest.mock urllib.parse uuid warnings weakref xml.dom.minidom xml.etree.ElementTree zipfile zlib zoneinfo
_strptime _sitebuiltins encodings.idna encodings.latin_1 encodings.utf_16 encodings.ascii
""".split()  # noqa: SIM905 - a list of 140 names reads better so


def _preload() -> None:
    """Import while the snapshot is taken what programs import, so that a fresh instance has it for nothing."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in _PRELOADED:
            importlib.import_module(name)


def _recursive_caches() -> None:
    """Use functools' own Python version of lru_cache: the C version takes C stack for each nested call, and a
    WebAssembly stack is small (2 MiB), so a memoised recursion of depth 1000 would crash here and nowhere else."""
    import _functools

    fast = _functools.__dict__.pop("_lru_cache_wrapper")
    spec = importlib.util.find_spec("functools")
    plain_functools = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(plain_functools)
    _functools._lru_cache_wrapper = fast
    functools._lru_cache_wrapper = plain_functools._lru_cache_wrapper


_preload()
_recursive_caches()
gc.collect()
gc.freeze()  # what is loaded now is never looked at again by the collector, nor copied for it


class WitWorld(wit_world.WitWorld):
    def handle(self, request: str) -> str:
        return agent.handle(request, wit_world.ask)
