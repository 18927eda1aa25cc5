"""The KV cache of one model: which tokens it holds, and evaluating only what is new."""

from collections.abc import Callable, Sequence
from typing import Any

from desktop.core.cancel import Cancelled
from desktop.core.errors import AppError, ErrorCode
from desktop.engines.llama import binding
from desktop.engines.llama.abort import AbortFlag
from desktop.engines.llama.binding import api
from desktop.engines.llama.model import Model

BATCH = 512  # tokens evaluated at once while reading; llama.cpp's own physical batch size

_NO_SLOT, _ABORTED = 1, 2  # what llama_decode returns
_ALL = -1


class Context:
    """A model's context of `length` tokens. Raises AppError ENGINE_OUT_OF_MEMORY.

    `tokens` are those whose keys and values are in the cache, in order; `silent` are the positions
    of those that the model wrote itself and that show nothing.
    """

    def __init__(self, model: Model, *, length: int, threads: int, abort: AbortFlag) -> None:
        params = api.llama_context_default_params()
        params.n_ctx = length
        params.n_batch = params.n_ubatch = min(BATCH, length)
        params.n_seq_max = 1
        params.n_threads = params.n_threads_batch = threads
        params.flash_attn_type = api.LLAMA_FLASH_ATTN_TYPE_AUTO
        params.offload_kqv = params.op_offload = False
        params.no_perf = True
        binding.forget_errors()
        self.pointer = api.llama_init_from_model(model.pointer, params)
        if not self.pointer:
            raise AppError(ErrorCode.ENGINE_OUT_OF_MEMORY)
        abort.attach(api, self.pointer)
        self.length = min(int(api.llama_n_ctx(self.pointer)), length)
        self.threads = threads
        self.tokens: list[int] = []
        self.silent: set[int] = set()
        self._abort = abort
        self._all_or_nothing = model.forgets_only_everything
        self._memory = api.llama_get_memory(self.pointer)
        self._batch: Any = api.llama_batch_init(BATCH, 0, 1)
        for i in range(BATCH):
            self._batch.n_seq_id[i] = 1
            self._batch.seq_id[i][0] = 0

    @property
    def room(self) -> int:
        """How many more tokens fit."""
        return self.length - len(self.tokens)

    def keep(self, count: int) -> int:
        """Forget all but the first `count` tokens; return how many could be kept."""
        if count == len(self.tokens):
            return count
        if count and api.llama_memory_seq_rm(self._memory, 0, count, _ALL):
            del self.tokens[count:]
            self.silent = {position for position in self.silent if position < count}
            return count
        self.clear()
        return 0

    def clear(self) -> None:
        """Forget everything."""
        api.llama_memory_clear(self._memory, True)
        self.tokens.clear()
        self.silent.clear()

    def read(self, tokens: Sequence[int], progress: Callable[[int], None]) -> None:
        """Evaluate tokens; `progress` is told after each batch how many are done.

        Raises Cancelled; what was read before stays in the cache.
        """
        for start in range(0, len(tokens), BATCH):
            self._decode(tokens[start : start + BATCH])
            progress(min(start + BATCH, len(tokens)))

    def _decode(self, tokens: Sequence[int]) -> None:
        """Evaluate one batch, with logits for its last token."""
        if self._abort.is_set:
            raise Cancelled
        batch, position = self._batch, len(self.tokens)
        batch.n_tokens = len(tokens)
        for i, token in enumerate(tokens):
            batch.token[i] = token
            batch.pos[i] = position + i
            batch.logits[i] = 0
        batch.logits[len(tokens) - 1] = 1
        status = api.llama_decode(self.pointer, batch)
        if status == 0:
            self.tokens.extend(tokens)
            return
        self._restore()
        if status == _ABORTED:
            raise Cancelled
        words = binding.last_error()[-200:]
        raise AppError(ErrorCode.INTERNAL, detail=f"llama_decode returned {status}: {words}")

    def _restore(self) -> None:
        """Make the cache and the list of its tokens agree after an unfinished batch."""
        kept = len(self.tokens)
        if self._all_or_nothing or not api.llama_memory_seq_rm(self._memory, 0, kept, _ALL):
            self.clear()
