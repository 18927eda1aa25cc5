"""A model file in memory: loading it, and what it says of itself."""

import ctypes
import os
import re
from collections.abc import Callable
from typing import Any

from desktop.core.cancel import Cancelled
from desktop.core.errors import AppError, ErrorCode
from desktop.engines.deaths import speaks_of_memory
from desktop.engines.llama import binding
from desktop.engines.llama.binding import api
from desktop.engines.llama.vocabulary import Vocabulary

_STEP = 0.01  # progress is told when it has grown by this much
_DETAIL = 400

Progress = Callable[[float], bool]  # told 0…1; False stops the loading


class Model:
    """An open model. Raises AppError MODEL_LOAD_FAILED, …_UNSUPPORTED, ENGINE_OUT_OF_MEMORY."""

    def __init__(self, path: str, progress: Progress) -> None:
        binding.forget_errors()
        stopped = False
        told = 0.0

        def on_progress(fraction: float, _data: object) -> bool:
            nonlocal stopped, told
            if fraction - told >= _STEP or fraction >= 1.0:
                told = fraction
                stopped = not progress(min(max(fraction, 0.0), 1.0))
            return not stopped

        params = api.llama_model_default_params()
        params.n_gpu_layers = 0
        params.progress_callback = callback = api.llama_progress_callback(on_progress)
        self.pointer = api.llama_model_load_from_file(os.fsencode(path), params)
        del callback  # llama.cpp calls it only while loading
        if stopped:
            raise Cancelled
        if not self.pointer:
            raise _load_error(path)
        self.path = path
        if not self._decodes_only:
            architecture = self.text("general.architecture")
            raise AppError(ErrorCode.MODEL_UNSUPPORTED, path=path, architecture=architecture)
        self.vocabulary = Vocabulary(self.pointer)

    @property
    def trained_context(self) -> int:
        """The context length it was trained with, in tokens."""
        return int(api.llama_model_n_ctx_train(self.pointer))

    @property
    def parameters(self) -> int:
        """How many weights it has."""
        return int(api.llama_model_n_params(self.pointer))

    @property
    def size(self) -> int:
        """Bytes of all its tensors."""
        return int(api.llama_model_size(self.pointer))

    @property
    def forgets_only_everything(self) -> bool:
        """Whether its memory is one state that cannot be cut back (RWKV, Mamba and hybrids)."""
        recurrent = api.llama_model_is_recurrent(self.pointer)
        return bool(recurrent or api.llama_model_is_hybrid(self.pointer))

    @property
    def _decodes_only(self) -> bool:
        encodes = api.llama_model_has_encoder(self.pointer)
        return bool(api.llama_model_has_decoder(self.pointer)) and not encodes

    @property
    def template(self) -> str | None:
        """The chat template in the file, None when there is none."""
        found = api.llama_model_chat_template(self.pointer, None)
        return bytes(found).decode("utf-8", "replace") if found else None

    def text(self, key: str) -> str:
        """Return a scalar of the file's metadata as text, "" when it is not there."""
        buffer: Any = ctypes.create_string_buffer(512)
        size = api.llama_model_meta_val_str(self.pointer, key.encode(), buffer, len(buffer))
        return buffer.value.decode("utf-8", "replace") if size >= 0 else ""


def _load_error(path: str) -> AppError:
    words = binding.last_error()
    if speaks_of_memory(words):
        return AppError(ErrorCode.ENGINE_OUT_OF_MEMORY)
    if unknown := re.search(r"(?:unknown|unsupported) model architecture: '([^']*)'", words):
        return AppError(ErrorCode.MODEL_UNSUPPORTED, path=path, architecture=unknown[1])
    return AppError(ErrorCode.MODEL_LOAD_FAILED, path=path, detail=words[-_DETAIL:])
