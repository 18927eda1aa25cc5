"""The engine process's end of the pipe: commands in, replies out, signs of life, the watchdog."""

import contextlib
import os
import sys
import threading
from collections.abc import Generator
from queue import SimpleQueue

from desktop.engines import wire
from desktop.engines.llama.abort import AbortFlag

_BEAT = 1.0  # seconds
_CHUNK = 64 * 1024


class Channel:
    """Takes the process's standard streams for itself, so that no library can write into them.

    When the input ends, the other process is gone, and so is this one: at once, whatever it is
    computing.
    """

    def __init__(self, abort: AbortFlag) -> None:
        sys.stdout.flush()
        self._in, self._out = os.dup(0), os.dup(1)
        with open(os.devnull, "rb") as nothing:  # noqa: PTH123 — a device, not a path
            os.dup2(nothing.fileno(), 0)
        os.dup2(2, 1)
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415

            msvcrt.setmode(self._in, os.O_BINARY)
            msvcrt.setmode(self._out, os.O_BINARY)
        self._abort = abort
        self._unpacker = wire.command_unpacker()
        self._commands: SimpleQueue[wire.Command] = SimpleQueue()
        self._send_lock = threading.Lock()
        self._state_lock = threading.Lock()
        self._current = self._cancelled = 0  # ids of commands; they only grow
        self._busy = threading.Event()

    def first(self) -> wire.Command:
        """Wait for the first command, before there are any threads."""
        while self._commands.empty():
            self._take()
        return self._commands.get()

    def listen(self) -> None:
        """Start hearing commands while this thread computes, and giving signs of life."""
        for work in (self._hear, self._beat):
            threading.Thread(target=work, name=work.__name__, daemon=True).start()

    def next(self) -> wire.Command:
        """Wait for a command."""
        return self._commands.get()

    def send(self, reply: wire.Reply) -> None:
        """Write one reply; ends the process when nobody reads it."""
        view = memoryview(wire.pack(reply))
        try:
            with self._send_lock:
                while view:
                    view = view[os.write(self._out, view) :]
        except OSError:
            os._exit(0)

    @contextlib.contextmanager
    def working(self, number: int) -> Generator[None]:
        """Mark a command as the one that runs, so that it can be cancelled and is watched."""
        with self._state_lock:
            self._current = number
            self._abort.clear()
            if self._cancelled >= number:
                self._abort.set()
        self._busy.set()
        try:
            yield
        finally:
            self._busy.clear()

    def _take(self) -> None:
        """Read what is there; end the process when it is the end, or not from us."""
        data = os.read(self._in, _CHUNK)
        if not data:
            os._exit(0)
        try:
            for command in self._unpacker.feed(data):
                if isinstance(command, wire.Cancel):
                    self._cancel(command.id)
                else:
                    self._commands.put(command)
        except wire.Garbled:
            os._exit(2)

    def _cancel(self, number: int) -> None:
        with self._state_lock:
            self._cancelled = max(self._cancelled, number)
            if self._current == number:
                self._abort.set()

    def _hear(self) -> None:
        while True:
            self._take()

    def _beat(self) -> None:
        pause = threading.Event()
        while self._busy.wait():
            self.send(wire.Alive())
            pause.wait(_BEAT)
