"""A child process never blocks its parent, and never outlives the block it is used in."""

import sys
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from desktop.system.process import CHUNK, CHUNKS_WAITING, LAST_WORDS, ChildProcess

Start = Callable[[str], ChildProcess]


@pytest.fixture
def start(tmp_path: Path) -> Start:
    """Return a function that starts a Python script."""

    def started(script: str) -> ChildProcess:
        command = [sys.executable, "-c", script]
        return ChildProcess(command, environment={}, folder=tmp_path)

    return started


def _all_output(child: ChildProcess) -> bytes:
    chunks: list[bytes] = []
    while (chunk := child.receive(60)) != b"":
        chunks.append(chunk or b"")
    return b"".join(chunks)


def test_what_is_sent_comes_back(start: Start) -> None:
    script = "import sys; sys.stdout.buffer.write(sys.stdin.buffer.read(300_000)[::-1])"
    data = bytes(range(256)) * 2_000
    with start(script) as child:
        child.send(data[:100_000])
        child.send(data[100_000:300_000])
        assert _all_output(child) == data[:300_000][::-1]
        assert child.receive(0) == b""
        assert child.end(patience=60) == 0


def test_the_end_of_the_block_is_the_end_of_the_child(start: Start) -> None:
    with start("import time; time.sleep(600)") as child:
        assert child.running
    assert not child.running
    assert not psutil.pid_exists(child.pid)


def test_a_child_that_does_not_read_blocks_nobody(start: Start) -> None:
    with start("import time; print(flush=True); time.sleep(600)") as child:
        assert child.receive(60)
        for _ in range(100):
            child.send(b"x" * 1_000_000)
        assert child.end() != 0


def test_a_child_that_floods_is_held_back(start: Start) -> None:
    chunks = 20 * CHUNKS_WAITING
    script = f"import os\nfor _ in range({chunks}): os.write(1, b'x' * {CHUNK})"
    with start(script) as child:
        psutil.wait_procs([psutil.Process(child.pid)], timeout=2)
        assert child.running  # it waits until somebody takes what it wrote
        assert len(_all_output(child)) == chunks * CHUNK
        assert child.end(patience=60) == 0


def test_waiting_can_be_cut_short(start: Start) -> None:
    with start("import time; time.sleep(600)") as child:
        child.wake()
        assert child.receive(60) is None


def test_only_the_last_words_are_kept(start: Start) -> None:
    script = "import os; os.write(2, b'first' + b'.' * 1_000_000 + b'last')"
    with start(script) as child:
        assert _all_output(child) == b""
        child.end(patience=60)
        words = child.last_words()
    assert words.endswith("last")
    assert "first" not in words
    assert len(words) <= LAST_WORDS


def test_the_exit_status_is_told(start: Start) -> None:
    with start("raise SystemExit(7)") as child:
        assert child.end(patience=60) == 7
        assert child.end() == 7


def test_a_program_that_is_not_there_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="nothing"):
        ChildProcess([str(tmp_path / "nothing")], environment={}, folder=tmp_path)
