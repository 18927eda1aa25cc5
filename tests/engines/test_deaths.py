"""Ends of the engine process are named."""

import signal
import sys

import pytest

from desktop.core.errors import AppError, ErrorCode
from desktop.engines.deaths import CRASHES, WITHIN, CrashLog, cause_of_death


@pytest.mark.parametrize(
    ("status", "words", "kills", "code", "cause"),
    [
        (-signal.SIGSEGV, "", 0, ErrorCode.ENGINE_CRASHED, "SIGSEGV"),
        (-signal.SIGABRT, "GGML_ASSERT(x)", 0, ErrorCode.ENGINE_CRASHED, "SIGABRT"),
        (-signal.SIGABRT, "terminate: std::bad_alloc", 0, ErrorCode.ENGINE_OUT_OF_MEMORY, None),
        (-9, "", 0, ErrorCode.ENGINE_CRASHED, "SIGKILL"),
        (-9, "", 1, ErrorCode.ENGINE_OUT_OF_MEMORY, None),
        (1, "MemoryError", 0, ErrorCode.ENGINE_OUT_OF_MEMORY, None),
        (0, "MemoryError", 0, ErrorCode.ENGINE_CRASHED, "exit code 0"),
        (3, "", 5, ErrorCode.ENGINE_CRASHED, "exit code 3"),
        (-1073741819, "", 0, ErrorCode.ENGINE_CRASHED, "exit code 3221225477"),  # Windows
    ],
)
def test_a_death_is_named(
    status: int, words: str, kills: int, code: ErrorCode, cause: str | None
) -> None:
    if sys.platform == "win32" and status < 0:
        pytest.skip("no signals")
    error = cause_of_death(status, words, memory_kills=kills)
    assert error.code is code
    assert error.params.get("cause") == cause


def test_last_words_are_the_last() -> None:
    error = cause_of_death(-6, "a" * 10_000 + "the end", memory_kills=0)
    detail = str(error.params["detail"])
    assert detail.endswith("the end")
    assert len(detail) < 1_000


def test_crashes_are_counted_in_a_window_of_time() -> None:
    now = 0.0
    log = CrashLog(lambda: now)
    error = AppError(ErrorCode.ENGINE_CRASHED, cause="SIGBUS", detail="")
    for _ in range(CRASHES - 1):
        assert log.add(error) is error
        assert not log.too_many
    now = WITHIN - 1
    refused = log.add(error)
    assert refused.code is ErrorCode.ENGINE_KEEPS_CRASHING
    assert refused.params == {"count": CRASHES, "cause": "SIGBUS", "detail": ""}
    now = WITHIN + 1
    assert not log.too_many
    assert log.add(error) is error  # the first two were too long ago
    now = WITHIN + 2
    assert log.add(error).code is ErrorCode.ENGINE_KEEPS_CRASHING
    now = 3 * WITHIN
    assert not log.too_many
    assert log.add(error) is error
