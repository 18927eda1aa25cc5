"""A child process as a context manager: started, talked to without blocking, always ended."""

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Self

CHUNK = 64 * 1024  # bytes read at once: the size of a pipe on Linux
CHUNKS_WAITING = 64  # output that nobody takes is bounded; after this the child waits
LAST_WORDS = 16 * 1024  # bytes kept of what the child wrote to its standard error

_PAUSE = 0.01  # seconds between two looks whether there is room again
_OUTPUT_ENDED = b""


class ChildProcess:
    """One child with its three pipes, each on a thread of its own so that no call here blocks.

    Raises OSError when the program cannot be started.
    """

    def __init__(
        self, command: Sequence[str], *, environment: Mapping[str, str], folder: Path
    ) -> None:
        self._process = subprocess.Popen(
            list(command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            env=dict(environment),
            cwd=folder,
            creationflags=subprocess.CREATE_NO_WINDOW if sys.platform == "win32" else 0,
        )
        self._to_write: SimpleQueue[bytes | None] = SimpleQueue()
        self._output: SimpleQueue[bytes | None] = SimpleQueue()
        self._words = b""
        self._ending = threading.Event()
        self._end_lock = threading.Lock()
        self._threads = [
            threading.Thread(target=work, name=f"child-{name}", daemon=True)
            for name, work in (
                ("writer", self._write),
                ("reader", self._read),
                ("listener", self._listen),
            )
        ]
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.end()

    @property
    def pid(self) -> int:
        """The process id, also after its end."""
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether the process has not ended yet."""
        return self._process.poll() is None

    def send(self, data: bytes) -> None:
        """Queue bytes for the child's standard input."""
        self._to_write.put(data)

    def receive(self, timeout: float) -> bytes | None:
        """Return output as it comes, b"" at its end, None after `timeout` seconds or `wake`."""
        try:
            chunk = self._output.get(timeout=timeout)
        except Empty:
            return None
        if chunk == _OUTPUT_ENDED:
            self._output.put(_OUTPUT_ENDED)  # for the next call
        return chunk

    def wake(self) -> None:
        """Let a waiting `receive` return, from any thread."""
        self._output.put(None)

    def last_words(self) -> str:
        """Return the end of what the child wrote to its standard error."""
        return self._words.decode("utf-8", "replace").strip()

    def end(self, patience: float = 0.0) -> int:
        """Close the input, wait `patience` seconds, kill; return the status (-n = signal n)."""
        self._to_write.put(None)
        with self._end_lock:
            with contextlib.suppress(subprocess.TimeoutExpired):
                if patience > 0:
                    self._process.wait(patience)
            if self.running:
                self._process.kill()
            status = self._process.wait()
            self._ending.set()
            for thread in self._threads:
                thread.join()
            for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
                if pipe is not None:
                    pipe.close()
        return status

    def _write(self) -> None:
        pipe = self._process.stdin
        assert pipe is not None
        with contextlib.suppress(OSError):  # the child is gone; its output tells
            while (data := self._to_write.get()) is not None:
                view = memoryview(data)
                while view:
                    view = view[os.write(pipe.fileno(), view[:CHUNK]) :]
        with contextlib.suppress(OSError):
            pipe.close()

    def _read(self) -> None:
        pipe = self._process.stdout
        assert pipe is not None
        while chunk := os.read(pipe.fileno(), CHUNK):
            self._output.put(chunk)
            while self._output.qsize() >= CHUNKS_WAITING and not self._ending.wait(_PAUSE):
                pass
        self._output.put(_OUTPUT_ENDED)

    def _listen(self) -> None:
        pipe = self._process.stderr
        assert pipe is not None
        while chunk := os.read(pipe.fileno(), 4096):
            self._words = (self._words + chunk)[-LAST_WORDS:]
