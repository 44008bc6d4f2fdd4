"""Stands in for the package xllamacpp: the part of it that evalkit uses, with a server in plain Python.

The first word of the "weights" says what happens: `corrupt`, `crash`, `slow`, `mortal` (dies at its fourth answer), or
anything else for a server that works.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

ANSWERS = 3


class CommonParams(SimpleNamespace):
    def __init__(self) -> None:
        parts = ("model", "cpuparams", "cpuparams_batch", "sampling")
        super().__init__(**{name: SimpleNamespace() for name in parts})


class Server:
    def __init__(self, params: CommonParams) -> None:
        os.write(1, b"the engine prints to stdout\n")
        self._params, self._answers = params, 0
        self._kind = Path(params.model.path).read_text().split()[0]
        if self._kind == "corrupt":
            print("0.00.01 W srv init: a warning\n0.00.02 E llama_model_load: tensor 'x' is damaged", file=sys.stderr)
            raise RuntimeError("Failed to init server")
        if self._kind == "crash":
            os.kill(os.getpid(), signal.SIGKILL)
        if self._kind == "slow":
            time.sleep(60)
        try:
            self._http = ThreadingHTTPServer(("127.0.0.1", params.port), self._handler())
        except OSError:
            print(f"0.00.02 E srv start: couldn't bind HTTP server socket, port: {params.port}", file=sys.stderr)
            raise RuntimeError("Failed to init server") from None
        threading.Thread(target=self._http.serve_forever, daemon=True).start()
        self.listening_address = f"http://127.0.0.1:{self._http.server_address[1]}"

    def reply(self, path: str) -> Any:
        if path == "/health":
            return {"status": "ok"}
        if path == "/props":
            slots = self._params.n_parallel
            context = self._params.n_ctx // slots
            return {
                "total_slots": slots,
                "model_ftype": "F32",
                "chat_template": "{{ messages }}",
                "default_generation_settings": {"n_ctx": context},
                "params": json.loads(
                    json.dumps(
                        vars(self._params),
                        default=lambda value: sorted(value) if isinstance(value, set) else vars(value),
                    )
                ),
            }
        self._answers += 1
        if self._kind == "mortal" and self._answers > ANSWERS:
            os._exit(7)
        message = {"role": "assistant", "content": "Answer: 1"}
        return {"choices": [{"message": message, "finish_reason": "stop"}], "model": min(self._params.model_alias)}

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                body = json.dumps(server.reply(self.path)).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                self.do_GET()

            def log_message(self, *_: Any) -> None:
                pass

        return Handler
