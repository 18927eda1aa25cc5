"""A process that does what llama-bench does, and nothing else, over Fireside's own llama.cpp.

Port of `test_prompt` and `test_gen` in llama.cpp's tools/llama-bench/llama-bench.cpp: random
tokens, one llama_decode a batch (prompt) or a token (generation), no sampling, no text. Commands
and answers are lines of JSON: {"prompt": tokens} or {"generate": tokens, "depth": tokens} in,
{"seconds": [one for each llama_decode]} out.
"""

import ctypes
import json
import os
import random
import sys
import time
from typing import Any

from desktop.engines.llama import binding
from desktop.engines.llama.binding import api

BATCH, MICRO_BATCH = 2048, 512  # llama-bench's defaults for -b and -ub


class BareLoop:
    """A model and a context as llama-bench sets them up."""

    def __init__(self, model: str, *, context: int, threads: int) -> None:
        binding.load_kernels()
        loading = api.llama_model_default_params()
        loading.n_gpu_layers = 0
        self._model = api.llama_model_load_from_file(os.fsencode(model), loading)
        params = api.llama_context_default_params()
        params.n_ctx, params.n_batch, params.n_ubatch = context, BATCH, MICRO_BATCH
        params.n_threads = params.n_threads_batch = threads
        params.flash_attn_type = api.LLAMA_FLASH_ATTN_TYPE_AUTO
        self._context = api.llama_init_from_model(self._model, params)
        if not self._context:
            raise SystemExit(f"{model}: {binding.last_error()}")
        vocabulary: Any = api.llama_model_get_vocab(self._model)
        self._size = int(api.llama_vocab_n_tokens(vocabulary))
        self._memory = api.llama_get_memory(self._context)
        self._random = random.Random(1)
        self._depth = 0

    def prompt(self, tokens: int) -> list[float]:
        """Evaluate this many tokens from an empty cache; seconds of each batch."""
        self._forget()
        return [self._decode(min(BATCH, tokens - at)) for at in range(0, tokens, BATCH)]

    def generate(self, tokens: int, depth: int) -> list[float]:
        """Evaluate tokens one by one behind `depth` others; seconds of each."""
        if depth != self._depth:
            self.prompt(depth)
            self._depth = depth
        api.llama_memory_seq_rm(self._memory, 0, depth, -1)
        return [self._decode(1) for _ in range(tokens)]

    def _forget(self) -> None:
        api.llama_memory_clear(self._memory, False)
        self._depth = 0

    def _decode(self, count: int) -> float:
        chosen = [self._random.randrange(self._size) for _ in range(count)]
        tokens = (api.llama_token * count)(*chosen)
        began = time.perf_counter()
        batch = api.llama_batch_get_one(ctypes.cast(tokens, api.llama_token_p), count)
        status = api.llama_decode(self._context, batch)
        api.llama_synchronize(self._context)
        took = time.perf_counter() - began
        if status:
            raise SystemExit(f"llama_decode returned {status}")
        return took


def main() -> None:
    """Answer commands until the input ends."""
    model, context, threads = sys.argv[1:]
    loop = BareLoop(model, context=int(context), threads=int(threads))
    for line in sys.stdin:
        command = json.loads(line)
        if "prompt" in command:
            seconds = loop.prompt(command["prompt"])
        else:
            seconds = loop.generate(command["generate"], command["depth"])
        print(json.dumps({"seconds": seconds}), flush=True)


if __name__ == "__main__":
    main()
