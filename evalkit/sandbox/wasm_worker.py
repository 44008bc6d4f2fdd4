"""A worker process: hosts WebAssembly instances of CPython, one fresh instance per candidate and per judge.

Started by `wasm.Worker` with an empty environment; speaks frames on stdin and stdout. It is trusted, the guests are
not: they have no files, no network, no environment and no clock but time itself, and end when their fuel does. A
guest that sleeps burns no fuel, so the worker watches the wall and exits with status WALL; a guest that computes,
however slowly on a busy machine, is left to its fuel.
"""

from __future__ import annotations

import functools
import json
import os
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import wasmtime
from wasmtime import _bindings, component

from evalkit.sandbox import broker
from evalkit.sandbox.guest import frames, plain

WALL = 86  # exit status: the guest outlived its wall time
FUEL_PER_SECOND = 10**10  # WebAssembly instructions that count as one second of CPU
JUDGE_USES = 100  # programs whose tests one judge runs
JUDGE_TRAFFIC = 4 << 20  # bytes of answers after which a judge is replaced
STACK = 8 << 20  # bytes; more than CPython allows itself, so that deep recursion ends as RecursionError


def new_engine() -> wasmtime.Engine:
    """The engine that compiles and runs the component: both must agree on every setting."""
    config = wasmtime.Config()
    config.wasm_component_model = True
    config.consume_fuel = True
    # The C interface's own name: the Python class has no property for it, and a stack may not be larger.
    _bindings.wasmtime_config_async_stack_size_set(config.ptr(), STACK + (1 << 20))
    config.max_wasm_stack = STACK
    return wasmtime.Engine(config)


class Host:
    """One engine, one compiled component, and the judge that is used again.

    A candidate is always a fresh instance. A judge, which never holds a model's code, serves up to JUDGE_USES
    programs, each with its tests in a namespace of their own; it is thrown away at once when anything but an answer
    came of it, when its candidate was lost, or when much data went through it.
    """

    def __init__(self, compiled: Path) -> None:
        self.engine = new_engine()
        self.component = component.Component.deserialize_file(self.engine, str(compiled))
        self.serve: Callable[[str], str] | None = None
        self._judge: Judge | None = None
        self._linkers = {"candidate": self._linker(lambda _, __: ""), "judge": self._linker(self._served)}

    def _served(self, _: Any, request: str) -> str:
        return "" if self.serve is None else self.serve(request)

    def _linker(self, answer: Callable[[Any, str], str]) -> component.Linker:
        linker = component.Linker(self.engine)
        linker.add_wasip2()
        with linker.root() as root:
            root.add_func("ask", answer)
        return linker

    def start(self, role: broker.Role, fuel: int, memory: int) -> Instance:
        """A guest with this much fuel and memory (bytes)."""
        if role == "candidate":
            return Instance(self, *self._instantiate(role, fuel, memory), fuel)
        if self._judge is None or not self._judge.good_for(memory):
            if self._judge is not None:
                self._judge.end()
            self._judge = Judge(self, *self._instantiate(role, fuel, memory), fuel, memory)
        self._judge.begin(fuel)
        return self._judge

    def _instantiate(self, role: broker.Role, fuel: int, memory: int) -> tuple[wasmtime.Store, component.Func]:
        store = wasmtime.Store(self.engine)
        store.set_limits(memory_size=memory)
        store.set_wasi(wasmtime.WasiConfig())
        store.set_fuel(fuel)
        instance = self._linkers[role].instantiate(store, self.component)
        handle = instance.get_func(store, "handle")
        assert handle is not None
        return store, handle


class Instance:
    """A guest (see `broker.Guest`)."""

    def __init__(self, host: Host, store: wasmtime.Store, handle: component.Func, fuel: int) -> None:
        self._host, self._store, self._handle, self._fuel = host, store, handle, fuel
        self._used = 0.0

    @property
    def cpu_seconds(self) -> float:
        return self._used

    def ask(self, request: str, serve: Callable[[str], str] | None = None) -> str:
        if serve is not None:
            self._host.serve = serve
        try:
            answer = self._handle(self._store, request)
        except wasmtime.WasmtimeError as error:
            raise self._lost(error) from None
        finally:
            self._used = (self._fuel - self._store.get_fuel()) / FUEL_PER_SECOND
        if len(answer) > plain.MAX_FRAME:
            raise broker.Lost("protocol_error", f"an answer of {len(answer)} bytes")
        return str(answer)

    def _lost(self, error: wasmtime.WasmtimeError) -> broker.Lost:
        if isinstance(error, wasmtime.ExitTrap):
            return broker.Lost("crash", f"the program ended its own process with status {error.code}")
        text = str(error)
        if "fuel consumed" in text:
            return broker.Lost("timeout", f"more than {self._fuel / FUEL_PER_SECOND:g} s of CPU", "cpu")
        if "fuel allocated for hostcalls" in text:
            return broker.Lost("protocol_error", "an answer larger than the host takes")
        if "alloc" in text and "unreachable" in text:
            return broker.Lost("memory", "out of memory")
        return broker.Lost("crash", text.rsplit("Caused by:", 1)[-1].strip()[:200])

    def close(self) -> None:
        self._store.close()


class Judge(Instance):
    """A guest that is kept for the next program's tests."""

    def __init__(self, host: Host, store: wasmtime.Store, handle: component.Func, fuel: int, memory: int) -> None:
        super().__init__(host, store, handle, fuel)
        self._memory, self._uses, self._traffic, self._clean = memory, 0, 0, True

    def good_for(self, memory: int) -> bool:
        """Whether it may serve another program."""
        return self._clean and self._uses < JUDGE_USES and self._traffic < JUDGE_TRAFFIC and self._memory == memory

    def begin(self, fuel: int) -> None:
        """Fuel for the next program's tests."""
        self._fuel, self._uses = fuel, self._uses + 1
        self._store.set_fuel(fuel)

    def ask(self, request: str, serve: Callable[[str], str] | None = None) -> str:
        assert serve is not None
        self._clean = False

        def counted(question: str) -> str:
            answer = serve(question)
            self._traffic += len(answer)
            return answer

        answer = super().ask(request, counted)
        self._clean = answer.endswith('"lost":null}')
        return answer

    def close(self) -> None:
        """Nothing: the host decides when it starts the next."""

    def end(self) -> None:
        """Give its memory back."""
        super().close()


class Watch:
    """Ends the process when a guest outlives its wall time without computing."""

    def __init__(self) -> None:
        self._seconds: float | None = None
        self._from = (0.0, 0.0)  # wall and CPU at the start of the period
        threading.Thread(target=self._run, daemon=True).start()

    def begin(self, seconds: float) -> None:
        self._from = (time.monotonic(), time.process_time())
        self._seconds = seconds

    def end(self) -> None:
        self._seconds = None

    def _run(self) -> None:
        while True:
            time.sleep(0.1)
            (wall, cpu), seconds = self._from, self._seconds
            if seconds is None or time.monotonic() - wall < seconds:
                continue
            if time.process_time() - cpu < broker.IDLE * seconds and self._from == (wall, cpu):
                os._exit(WALL)
            self._from = (time.monotonic(), time.process_time())


def main() -> None:
    """Serve jobs until stdin ends, in a thread with room for the guest's stack on every platform."""
    threading.stack_size(STACK + (16 << 20))
    server = threading.Thread(target=_serve)
    server.start()
    server.join()


def _serve() -> None:
    """The first message names the compiled component; every further one is a job (see `broker.run`)."""
    source, sink = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1):
        os.dup2(null, descriptor)
    host = Host(Path(json.loads(frames.read(source))["component"]))
    watch = Watch()
    _warm_up(host, watch)
    frames.write(sink, json.dumps({"walls": _second_wall()}).encode())
    while True:
        try:
            job = json.loads(frames.read(source))
        except EOFError:
            return
        reply = broker.run(job, functools.partial(_start, host, watch, job))
        watch.end()
        frames.write(sink, json.dumps(reply).encode())


_TRIAL = {
    "kind": "judge", "code": "def f(x):\n    return x", "load_names": ["f"], "setup": "", "names": ["f"],
    "tests": ["assert f([1]) == [1]"], "check": None, "back": False,
    "cpu_seconds": 1.0, "wall_seconds": 60.0, "memory_mib": 512,
}  # fmt: skip


def _warm_up(host: Host, watch: Watch) -> None:
    """One program from end to end, so that whatever opens files or starts threads on first use has done so."""
    broker.run(_TRIAL, functools.partial(_start, host, watch, _TRIAL))
    watch.end()


def _second_wall() -> str:
    """On Linux this process now gives up files, sockets and processes, in case a guest escapes from WebAssembly."""
    if sys.platform != "linux":
        return ""
    from evalkit.sandbox.guest import lockdown

    try:
        lockdown.no_new_privileges()
        lockdown.seccomp(threads=True, files=False)
    except lockdown.Unsupported:
        return ""
    return "seccomp around the worker"


def _start(host: Host, watch: Watch, job: Mapping[str, Any], role: broker.Role) -> Instance:
    """A guest with the job's limits; each candidate has its wall time anew."""
    if role == "candidate":
        watch.begin(job["wall_seconds"])
    return host.start(role, int(job["cpu_seconds"] * FUEL_PER_SECOND), job["memory_mib"] << 20)


def compile_component(source: Path, target: Path) -> None:
    """Compile a component for this machine's CPU."""
    compiled = component.Component.from_file(new_engine(), str(source))
    target.write_bytes(compiled.serialize())
