"""CPU of a whole run per sample, against the floor: a bare aiohttp loop sending the same bodies to the same server.

    python benchmarks/hot_path.py [--samples 10000] [--concurrency 64]

The server answers after 50 ms from a process of its own. A run counts everything: rendering, encoding, journalling with
fsync, decoding, scoring `numeric`, progress, start-up. Prints one table; the ratio is what to compare between machines.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

SERVER = """
import asyncio, sys
from aiohttp import web
BODY = ('{"id":"c","object":"chat.completion","model":"m","choices":[{"index":0,"finish_reason":"stop","message":'
        '{"role":"assistant","content":"%s The answer is 42."}}],"usage":{"prompt_tokens":50,"completion_tokens":120}}'
        % ("Let us think about it step by step. " * 15)).encode()
async def answer(request):
    await request.read()
    await asyncio.sleep(0.05)
    return web.Response(body=BODY, content_type="application/json")
async def main():
    app = web.Application(client_max_size=1 << 24)
    app.router.add_post("/v1/chat/completions", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, backlog=1024)
    await site.start()
    print(site._server.sockets[0].getsockname()[1], flush=True)
    await asyncio.Event().wait()
asyncio.run(main())
"""

FLOOR = """
import asyncio, sys, aiohttp, orjson, uvloop
url, count, concurrency = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
async def main():
    numbers = iter(range(count))
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=concurrency)) as session:
        async def work():
            for i in numbers:
                text = f"Question {i}: what is 6 times 7? " * 4
                body = {"model": "m", "messages": [{"role": "user", "content": text}],
                        "max_tokens": 256, "temperature": 0}
                async with session.post(url, data=orjson.dumps(body)) as response:
                    orjson.loads(await response.read())
        await asyncio.gather(*(work() for _ in range(concurrency)))
uvloop.run(main())
"""


def cpu(command: list[str], folder: Path) -> tuple[float, float]:
    """(CPU seconds, peak MB) of a command and its children."""
    script = (
        "import resource, subprocess, sys\n"
        "subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *command], cwd=folder, check=True, capture_output=True, text=True
    )
    seconds, megabytes = done.stdout.split()
    return float(seconds), float(megabytes)


def workspace(folder: Path, port: int, samples: int, concurrency: int) -> None:
    for kind in ("tasks", "providers"):
        (folder / kind).mkdir(exist_ok=True)
    questions = [
        {"id": f"s{i}", "input": f"Question {i}: what is 6 times 7? " * 4, "target": 42} for i in range(samples)
    ]
    pack = {
        "name": f"p{samples}", "version": "1.0.0", "licence": "CC0-1.0", "description": "benchmark",
        "prompt": [{"role": "user", "content": "{input}"}], "scorer": {"name": "numeric"},
        "generation": {"max_tokens": 256, "temperature": 0}, "samples": questions,
    }  # fmt: skip
    (folder / f"tasks/p{samples}.json").write_text(json.dumps(pack))
    card = {
        "name": "bench", "wire": "openai_chat", "base_url": f"http://127.0.0.1:{port}/v1", "concurrency": concurrency,
        "models": {"m": {}},
    }  # fmt: skip
    (folder / "providers/bench.json").write_text(json.dumps(card))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--samples", type=int, default=10_000)
    parser.add_argument("--concurrency", type=int, nargs="+", default=[64])
    args = parser.parse_args()
    server = subprocess.Popen([sys.executable, "-c", SERVER], stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    port = int(server.stdout.readline())
    resource.setrlimit(resource.RLIMIT_NOFILE, (4096, max(4096, resource.getrlimit(resource.RLIMIT_NOFILE)[1])))
    print(f"{args.samples} samples, 50 ms a reply; CPU ms per sample, start-up included")
    print(
        f"{'concurrency':>11} {'aiohttp loop':>12} {'evalkit run':>11} {'ratio':>6} {'peak MB':>8} {'MB over 100':>11}"
    )
    try:
        for concurrency in args.concurrency:
            with tempfile.TemporaryDirectory() as name:
                folder = Path(name)
                url = f"http://127.0.0.1:{port}/v1/chat/completions"
                floor, _ = cpu([sys.executable, "-c", FLOOR, url, str(args.samples), str(concurrency)], folder)
                peaks = []
                for samples in (100, args.samples):
                    workspace(folder, port, samples, concurrency)
                    run = [sys.executable, "-m", "evalkit", "run", f"p{samples}", "--model", "bench/m"]
                    seconds, peak = cpu(run, folder)
                    peaks.append(peak)
                each, bare = 1000 * seconds / args.samples, 1000 * floor / args.samples
                grown = peaks[1] - peaks[0]
                print(
                    f"{concurrency:>11} {bare:>12.3f} {each:>11.3f} {each / bare:>6.2f} {peaks[1]:>8.0f} {grown:>11.1f}"
                )
    finally:
        server.kill()


if __name__ == "__main__":
    main()
