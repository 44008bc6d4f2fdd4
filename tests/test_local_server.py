"""The embedded server's life: it starts, says what it is, fails clearly, and is never left behind.

Fast tests put a stand-in for xllamacpp on the path; everything else, the child process first of all, is real.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from support.workspace import Workspace

from evalkit.errors import InstrumentError, UsageError
from evalkit.local import LocalServer

ENGINE = Path(__file__).parent / "support" / "fake_engine"
Launch = dict[str, Any]

PARENT = """
import json, os, signal, sys, time
from evalkit.local import LocalServer
server = LocalServer.start(json.loads(sys.argv[1]))
print(json.dumps([server.pid, server.base_url]), flush=True)
"""


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The stand-in for xllamacpp, here and in child processes; a cache of its own."""
    monkeypatch.syspath_prepend(str(ENGINE))
    monkeypatch.setenv("PYTHONPATH", str(ENGINE))
    monkeypatch.setenv("EVALKIT_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def launch(engine: None, tmp_path: Path) -> Callable[..., Launch]:
    """A launch block whose weights say how the server behaves."""

    def make(kind: str = "good", **keys: Any) -> Launch:
        path = tmp_path / f"{kind}.gguf"
        path.write_text(kind)
        return {"engine": "llama_cpp", "weights": {"path": str(path)}, **keys}

    return make


def is_gone(pid: int) -> bool:
    """No such process, or one that only waits for its parent to take note."""
    try:
        os.kill(pid, 0)
        return "\nState:\tZ" in Path(f"/proc/{pid}/status").read_text()
    except (ProcessLookupError, FileNotFoundError):
        return True


def answers(url: str) -> bool:
    with suppress(httpx.HTTPError):
        return httpx.get(url.replace("/v1", "/health"), trust_env=False).status_code == 200
    return False


def wait_for(what: Callable[[], bool], seconds: float = 10.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if what():
            return True
        time.sleep(0.02)
    return what()


@pytest.fixture
def parents() -> Iterator[list[subprocess.Popen[str]]]:
    """Processes that started a server, ended with the test."""
    started: list[subprocess.Popen[str]] = []
    yield started
    for process in started:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # its forks too, which hold its pipes
        process.communicate()


def run_parent(parents: list[subprocess.Popen[str]], launch: Launch, then: str) -> tuple[int, str]:
    """Start a process that starts a server and goes on with `then`. Returns the server's pid and URL."""
    command = [sys.executable, "-c", PARENT + then, json.dumps(launch)]
    parent = start_process(parents, command)
    assert parent.stdout is not None
    pid, url = json.loads(parent.stdout.readline())
    return pid, url


def start_process(
    parents: list[subprocess.Popen[str]], command: list[str], cwd: Path | None = None
) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=cwd, start_new_session=True
    )
    parents.append(process)
    return process


# Starting and describing


def test_a_server_answers_until_it_is_left(launch: Callable[..., Launch]) -> None:
    with LocalServer.start(launch()) as server:
        assert server.base_url.startswith("http://127.0.0.1:") and server.base_url.endswith("/v1")
        assert answers(server.base_url)
        server.check()
        url, pid = server.base_url, server.pid
    assert is_gone(pid) and not answers(url)


def test_it_says_what_can_change_an_answer(launch: Callable[..., Launch]) -> None:
    with LocalServer.start(launch(slots=3, context=512)) as server:
        said = server.describe()
        params = httpx.get(server.base_url.replace("/v1", "/props"), trust_env=False).json()["params"]
    assert said["weights"]["file"] == "good.gguf"
    assert said["weights"]["sha256"] == "770e607624d689265ca6c44884d0807d9b054d23c473c106c72be9de08b7376c"
    assert said["weights"]["quantisation"] == "F32"
    assert (said["slots"], said["context"], said["threads"], said["prompt_cache"]) == (3, 512, 1, True)
    assert len(said["chat_template_sha256"]) == 64
    assert json.loads(json.dumps(said)) == said
    assert (params["n_parallel"], params["n_ctx"], params["cache_prompt"]) == (3, 1536, True)
    assert params["cache_ram_mib"] == 0 and params["kv_unified"] is False and params["ui"] is False
    assert params["sampling"] == said["sampling_defaults"]


def test_deterministic_is_one_slot_and_no_prompt_cache(launch: Callable[..., Launch]) -> None:
    with LocalServer.start(launch(slots=4), deterministic=True) as server:
        said = server.describe()
    assert (said["slots"], said["prompt_cache"]) == (1, False)


def test_two_servers_do_not_meet(launch: Callable[..., Launch]) -> None:
    with LocalServer.start(launch()) as one, LocalServer.start(launch()) as two:
        assert one.base_url != two.base_url
        assert answers(one.base_url) and answers(two.base_url)


def test_a_server_outlives_the_thread_that_started_it(launch: Callable[..., Launch]) -> None:
    started: list[LocalServer] = []
    thread = threading.Thread(target=lambda: started.append(LocalServer.start(launch())))
    thread.start()
    thread.join()
    with started[0] as server:
        time.sleep(0.3)
        assert answers(server.base_url)


# Failing to start


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"slotz": 4}, "no key 'slotz'; did you mean 'slots'?"),
        ({"slots": 0}, "slots is a whole number from 1 to 64, not 0"),
        ({"slots": True}, "slots is a whole number"),
        ({"context": "2k"}, "context is a whole number"),
        ({"prompt_cache": "no"}, "prompt_cache is true or false"),
        ({"engine": "vllm"}, "no engine 'vllm'"),
        ({"weights": {"wheel": "x==1"}}, "needs 'path', or 'wheel', 'file' and 'sha256'"),
        ({"weights": {"pth": "x"}}, "did you mean 'path'?"),
        ({"weights": {"path": "/no/such.gguf"}}, "no such file: /no/such.gguf"),
    ],
)
def test_a_wrong_block_is_a_usage_error(launch: Callable[..., Launch], change: Launch, told: str) -> None:
    with pytest.raises(UsageError) as caught:
        LocalServer.start(launch() | change)
    assert told in str(caught.value)


def test_a_missing_package_names_the_extra(launch: Callable[..., Launch], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xllamacpp", None)
    with pytest.raises(UsageError, match=r"pip install 'evalkit-parity\[local\]'"):
        LocalServer.start(launch())


@pytest.mark.parametrize(
    ("kind", "told"),
    [("corrupt", "llama_model_load: tensor 'x' is damaged"), ("crash", "was killed by signal 9 while it was starting")],
)
def test_a_server_that_cannot_start_says_why(launch: Callable[..., Launch], kind: str, told: str) -> None:
    with pytest.raises(InstrumentError) as caught:
        LocalServer.start(launch(kind))
    assert told in str(caught.value)
    assert "a warning" not in str(caught.value)


def test_a_missing_system_library_is_named(
    launch: Callable[..., Launch], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    text = "libgomp.so.1: cannot open shared object file: No such file or directory"
    (broken / "xllamacpp.py").write_text(f"raise ImportError({text!r})")
    monkeypatch.setenv("PYTHONPATH", str(broken))
    with pytest.raises(InstrumentError, match="apt install libgomp1"):
        LocalServer.start(launch())


def test_a_port_in_use_is_named(launch: Callable[..., Launch]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(InstrumentError, match=f"cannot listen.*{port}"):
            LocalServer.start(launch(), port=port)


def test_a_server_that_never_gets_ready_is_given_up(
    launch: Callable[..., Launch], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evalkit.local.server.START_SECONDS", 0.5)
    monkeypatch.setattr("evalkit.local.server.STOP_SECONDS", 0.5)
    with pytest.raises(InstrumentError, match="not ready"):
        LocalServer.start(launch("slow"))


# Dying


def test_a_server_that_dies_is_the_error(launch: Callable[..., Launch]) -> None:
    with (
        pytest.raises(InstrumentError, match="was killed by signal 9") as caught,
        LocalServer.start(launch()) as server,
    ):
        os.kill(server.pid, signal.SIGKILL)
        wait_for(lambda: is_gone(server.pid))
        httpx.get(server.base_url, trust_env=False)
    assert isinstance(caught.value.__context__, httpx.ConnectError)


def test_ctrl_c_is_not_hidden_by_a_dead_server(launch: Callable[..., Launch]) -> None:
    with pytest.raises(KeyboardInterrupt), LocalServer.start(launch()) as server:
        os.kill(server.pid, signal.SIGKILL)
        wait_for(lambda: is_gone(server.pid))
        raise KeyboardInterrupt


@pytest.mark.slow  # the run first tries to reach the dead server again
def test_a_run_whose_server_dies_says_so(launch: Callable[..., Launch], workspace: Workspace) -> None:
    workspace.pack(samples=4)
    card = {"name": "mine", "wire": "openai_chat", "weights": "open", "concurrency": 1, "models": {"m": {}}}
    workspace.write("providers/mine.json", card | {"launch": launch("mortal")})
    code, _, told = workspace.evalkit("run", "sums", "--model", "mine/m")
    assert code == 4
    assert "the embedded server ended with code 7" in told


# Never left behind


@pytest.mark.skipif(sys.platform != "linux", reason="a fork that keeps our pipe open is told apart on Linux only")
@pytest.mark.parametrize(
    "then",
    [
        "time.sleep(60)",
        "os.fork() or time.sleep(60)\ntime.sleep(60)",  # a fork that holds the server's stdin open
    ],
    ids=["alone", "with a fork"],
)
def test_kill_9_of_the_parent_ends_the_server(
    launch: Callable[..., Launch], parents: list[subprocess.Popen[str]], then: str
) -> None:
    pid, url = run_parent(parents, launch(), then)
    assert answers(url)
    parents[0].kill()
    parents[0].wait()
    assert wait_for(lambda: is_gone(pid))
    assert not answers(url)


@pytest.mark.parametrize(
    "then",
    ["pass", "raise RuntimeError", "sys.exit(3)", "os._exit(3)", "os.kill(os.getpid(), signal.SIGTERM)"],
)
def test_any_end_of_the_parent_ends_the_server(
    launch: Callable[..., Launch], parents: list[subprocess.Popen[str]], then: str
) -> None:
    pid, _ = run_parent(parents, launch(), then)
    parents[0].wait()
    assert wait_for(lambda: is_gone(pid))


def test_kill_9_while_the_model_is_loading(
    launch: Callable[..., Launch], parents: list[subprocess.Popen[str]], tmp_path: Path
) -> None:
    then = "\nserver = LocalServer.start(json.loads(sys.argv[1]))"
    code = "import json, sys\nfrom evalkit.local import LocalServer" + then
    parent = start_process(parents, [sys.executable, "-c", code, json.dumps(launch("slow"))])
    children = Path(f"/proc/{parent.pid}/task/{parent.pid}/children")
    if not children.exists():
        pytest.skip("this system does not list the children of a process")
    assert wait_for(lambda: children.read_text() != "")
    child = int(children.read_text())
    time.sleep(0.3)  # into the loading
    parent.kill()
    parent.wait()
    assert wait_for(lambda: is_gone(child))


def test_ctrl_c_reaches_the_parent_first(launch: Callable[..., Launch], parents: list[subprocess.Popen[str]]) -> None:
    """A terminal sends Ctrl-C to all of the foreground: the server still answers while the parent finishes."""
    then = """
try:
    print("waiting", flush=True)
    time.sleep(60)
except KeyboardInterrupt:
    import httpx
    print(httpx.get(server.base_url.replace("/v1", "/health"), trust_env=False).status_code, flush=True)
"""
    pid, _ = run_parent(parents, launch(), then)
    parent = parents[0]
    assert parent.stdout is not None
    assert parent.stdout.readline() == "waiting\n"
    os.killpg(parent.pid, signal.SIGINT)
    assert parent.stdout.readline() == "200\n"
    parent.wait()
    assert wait_for(lambda: is_gone(pid))


# The command


@pytest.fixture
def mine(launch: Callable[..., Launch], workspace: Workspace) -> Workspace:
    card = {"name": "mine", "wire": "openai_chat", "weights": "open", "launch": launch(), "models": {"m": {}}}
    workspace.write("providers/mine.json", card)
    return workspace


def test_status_says_what_is_there(mine: Workspace) -> None:
    said = mine.evalkit_json("local", "status", "--model", "mine/m")
    assert said["model"] == "mine/m"
    assert said["weights"].endswith("good.gguf")
    code, out, _ = mine.evalkit("local", "status", "--model", "mine/m")
    assert code == 0 and said["sha256"] in out


def test_a_model_served_elsewhere_is_refused(mine: Workspace) -> None:
    code, _, told = mine.evalkit("local", "serve", "--model", "openai/gpt-5.4")
    assert code == 2 and "not served by evalkit" in told


def test_serve_until_ctrl_c(mine: Workspace, parents: list[subprocess.Popen[str]]) -> None:
    command = [sys.executable, "-m", "evalkit", "local", "serve", "--model", "mine/m", "--json"]
    process = start_process(parents, command, mine.root)
    assert process.stdout is not None
    url = json.loads(process.stdout.readline())["base_url"]
    assert answers(url)
    process.send_signal(signal.SIGINT)
    assert process.wait(10) == 0
    assert not answers(url)
