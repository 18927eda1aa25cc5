"""Errors as codes with parameters; the sentences live in ui/wording.py and cli.py."""

import json
from enum import StrEnum


class ErrorCode(StrEnum):
    """Everything that can go wrong and that a person can do something about."""

    # model files
    MODEL_MISSING = "model_missing"  # path
    MODEL_UNREADABLE = "model_unreadable"  # path, detail
    MODEL_NOT_GGUF = "model_not_gguf"  # path, kind
    MODEL_TRUNCATED = "model_truncated"  # path
    MODEL_DAMAGED = "model_damaged"  # path, detail
    MODEL_UNSUPPORTED = "model_unsupported"  # path, architecture
    MODEL_PART_MISSING = "model_part_missing"  # path, part
    MODEL_TOO_LARGE = "model_too_large"  # path, needed, available (bytes)
    MODEL_LOAD_FAILED = "model_load_failed"  # path, detail
    # the engine process
    ENGINE_START_FAILED = "engine_start_failed"  # detail
    ENGINE_CRASHED = "engine_crashed"  # cause, detail
    ENGINE_OUT_OF_MEMORY = "engine_out_of_memory"
    ENGINE_STUCK = "engine_stuck"  # seconds
    ENGINE_KEEPS_CRASHING = "engine_keeps_crashing"  # count
    ENGINE_GARBLED = "engine_garbled"  # detail
    # requests
    PROMPT_EMPTY = "prompt_empty"
    PROMPT_TOO_LONG = "prompt_too_long"  # tokens, limit
    TEMPLATE_FAILED = "template_failed"  # detail
    TEMPLATE_TOO_SLOW = "template_too_slow"  # seconds
    FORMAT_UNKNOWN = "format_unknown"  # name
    INPUT_INVALID = "input_invalid"  # detail
    # chats on disk
    STORE_NEWER = "store_newer"  # path, found, known
    STORE_DAMAGED = "store_damaged"  # path, kept
    STORE_READ_ONLY = "store_read_only"  # path
    STORE_FULL = "store_full"  # path
    STORE_FAILED = "store_failed"  # path, detail
    FOLDER_UNWRITABLE = "folder_unwritable"  # path, detail
    ALREADY_RUNNING = "already_running"
    NOT_FOUND = "not_found"  # what
    # a bug of ours
    INTERNAL = "internal"  # detail


class AppError(Exception):
    """A known trouble: a code and the parameters of its sentence."""

    def __init__(self, code: ErrorCode, **params: str | int | float) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        told = ", ".join(f"{k}={v!r}" for k, v in self.params.items())
        return f"{self.code}({told})"

    def to_json(self) -> str:
        """Return the code and parameters as text for the database."""
        return json.dumps({"code": self.code, "params": self.params}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "AppError":
        """Return the error that `to_json` wrote; INTERNAL for text that is not one."""
        try:
            value = json.loads(text)
            return cls(ErrorCode(value["code"]), **value["params"])
        except (ValueError, TypeError, KeyError):
            return cls(ErrorCode.INTERNAL, detail=text)
