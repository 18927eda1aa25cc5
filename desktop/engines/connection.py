"""One engine process with one model in it, as the window's process sees it."""

import itertools
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import desktop
from desktop.core.cancel import Cancelled, CancelToken
from desktop.core.errors import AppError, ErrorCode
from desktop.engines import wire
from desktop.engines.deaths import cause_of_death, out_of_memory_kills
from desktop.system.process import ChildProcess

BEAT = 1.0  # seconds between two signs of life while a command runs
MISSED_BEATS = 4  # so many in a row and the process is stuck
START_BEATS = 60  # the first sign of life waits for a cold disk to hand out the libraries
CANCEL_PATIENCE = 2.0  # seconds that a cancelled command has to end by itself
FRAMES_PER_TOKEN = 4  # more than the token loop ever sends
TEXT_PER_TOKEN = 256  # characters; vocabularies hold tokens of up to 128

# What the engine process keeps of the environment: nothing that names libraries or code.
_KEPT = frozenset({
    "HOME", "LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "PATH", "TMPDIR", "TZ",
    "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "TEMP", "TMP", "USERPROFILE", "LOCALAPPDATA",
    "NUMBER_OF_PROCESSORS", "PROCESSOR_ARCHITECTURE",
})  # fmt: skip

_ALWAYS = {
    "PYTHONUTF8": "1",
    "GGML_NO_BACKTRACE": "1",  # it would start a debugger
    # How long a thread spins at a barrier before it sleeps. libgomp's default makes a token ten
    # times slower than this when another program wants one of the cores (15 against 250 tokens a
    # second, tiny model, two threads, two busy cores), and is no faster when none does.
    "GOMP_SPINCOUNT": "10000",
}


def host_command() -> list[str]:
    """Return the command that runs this program as an engine process."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--engine-host"]
    return [sys.executable, "-P", "-m", "desktop", "--engine-host"]


def host_environment() -> dict[str, str]:
    """Return the environment of an engine process."""
    kept = {name: value for name, value in os.environ.items() if name.upper() in _KEPT}
    if not getattr(sys, "frozen", False):
        kept["PYTHONPATH"] = str(Path(desktop.__file__).resolve().parent.parent)
    return kept | _ALWAYS


class Connection:
    """Speaks with an engine process; after any trouble it is `broken` and only to be closed.

    Raises AppError ENGINE_START_FAILED when the program cannot be started.
    """

    def __init__(self, command: Sequence[str]) -> None:
        self._kills = out_of_memory_kills()
        try:
            self._process = ChildProcess(
                command, environment=host_environment(), folder=Path(sys.executable).parent
            )
        except OSError as error:
            raise AppError(ErrorCode.ENGINE_START_FAILED, detail=str(error)) from error
        self._unpacker = wire.reply_unpacker()
        self._numbers = itertools.count(1)
        self._greeted = False
        self._closed = False
        self.broken = False
        self.died = False  # by itself: a crash
        self.context_length = 0

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    def ask(
        self, command: Callable[[int], wire.Command], cancel: CancelToken
    ) -> Iterator[wire.Reply]:
        """Send a command, made with the id it is given, and yield its replies up to the last.

        Raises Cancelled, and AppError when the engine dies, hangs or talks nonsense, or when the
        command failed.
        """
        number = next(self._numbers)
        self._process.send(_packed(command(number)))
        cancel.on_cancel(self._process.wake)
        allowance = _Allowance(self.context_length)
        ended = False
        try:
            for reply in self._replies(cancel):
                allowance.spend(reply)
                ended = isinstance(reply, wire.LastReply)
                if isinstance(reply, wire.Loaded):
                    self.context_length = reply.context_length
                if isinstance(reply, wire.Failed):
                    raise AppError(reply.code, **reply.params)
                if isinstance(reply, wire.Stopped):
                    raise Cancelled
                yield reply
                if ended:
                    return
        except wire.Garbled as error:
            self.broken = True
            raise AppError(ErrorCode.ENGINE_GARBLED, detail=str(error)) from error
        finally:
            if not ended and not self.broken:
                self._stop(number)

    def close(self) -> None:
        """End the process; may be called from any thread, and again."""
        self._closed = self.broken = True
        self._process.end()

    def _replies(self, cancel: CancelToken) -> Iterator[wire.Reply]:
        """Yield what comes, raising Cancelled or the error that the silence stands for."""
        missed = 0
        while True:
            cancel.check()
            asked = time.monotonic()
            chunk = self._process.receive(BEAT)
            if chunk == b"":
                raise self._death()
            if chunk is None:
                if self._closed:
                    raise Cancelled
                missed += time.monotonic() - asked >= BEAT  # less: it was woken
                if missed >= (MISSED_BEATS if self._greeted else START_BEATS):
                    self.broken = self.died = True
                    raise AppError(ErrorCode.ENGINE_STUCK, seconds=round(missed * BEAT))
                continue
            missed = 0
            for reply in self._unpacker.feed(chunk):
                self._greeted |= isinstance(reply, wire.Hello)
                yield reply
                cancel.check()

    def _death(self) -> AppError:
        if self._closed:
            raise Cancelled
        self.broken = self.died = True
        status = self._process.end(patience=1.0)
        words = self._process.last_words()
        if not self._greeted and status > 0:
            return AppError(ErrorCode.ENGINE_START_FAILED, detail=words[-400:])
        return cause_of_death(status, words, memory_kills=out_of_memory_kills() - self._kills)

    def _stop(self, number: int) -> None:
        """Wait until the command has ended; a process that does not obey is given up."""
        self._process.send(_packed(wire.Cancel(id=number)))
        until = time.monotonic() + CANCEL_PATIENCE
        chunk: bytes | None = None
        try:
            while (left := until - time.monotonic()) > 0 and chunk != b"":
                if any(isinstance(r, wire.LastReply) for r in self._unpacker.feed(chunk or b"")):
                    return
                chunk = self._process.receive(left)
        except wire.Garbled:
            pass
        self.broken = True


class _Allowance:
    """How much one reply may say; a process that was taken over cannot fill the memory."""

    def __init__(self, context_length: int) -> None:
        tokens = 4096 + context_length
        self._frames = FRAMES_PER_TOKEN * tokens
        self._text = wire.MAX_PIECE + TEXT_PER_TOKEN * tokens

    def spend(self, reply: wire.Reply) -> None:
        """Raise Garbled when it was too much."""
        if isinstance(reply, wire.Alive):
            return
        self._frames -= 1
        if isinstance(reply, wire.TextPiece | wire.ThoughtPiece):
            self._text -= len(reply.text)
        if self._frames < 0 or self._text < 0:
            raise wire.Garbled("a flood of frames")


def _packed(command: wire.Command) -> bytes:
    try:
        return wire.pack(command)
    except ValueError as error:
        raise AppError(ErrorCode.INPUT_INVALID, detail=str(error)) from error
