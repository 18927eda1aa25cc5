"""The engine on this computer: one process per loaded model, started when it is needed."""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TypeVar

from desktop.core.cancel import CancelToken
from desktop.core.errors import AppError, ErrorCode
from desktop.core.events import (
    Event,
    Finished,
    Loading,
    Notice,
    NoticeCode,
    Reasoning,
    Text,
)
from desktop.core.messages import Message, Role
from desktop.core.options import CONTEXT_RANGE, THREADS_RANGE, ModelOptions, Sampling
from desktop.engines import wire
from desktop.engines.base import ChatRequest, Diagnosis, ModelInfo
from desktop.engines.connection import Connection, host_command
from desktop.engines.deaths import CrashLog
from desktop.engines.translation import event_of, model_info, sampling_of, text_of
from desktop.library.fit import plan
from desktop.library.gguf import read_header
from desktop.system import hardware

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What an engine process is started for; anything else in here needs another process."""

    model: str
    context_length: int
    threads: int
    file: tuple[int, ...]  # its size and times: a replaced one is loaded again


class LocalEngine:
    """An Engine that runs llama.cpp in a child process.

    A crash ends one request; the next starts another process. After three crashes in a minute
    `prepare` refuses, and only a request that a person made (`generate`) starts one again.
    """

    def __init__(self, command: Sequence[str] | None = None) -> None:
        self._command = command
        self._connection: Connection | None = None
        self._loaded: _Wanted | None = None
        self._info: ModelInfo | None = None
        self._notice: Notice | None = None  # for the first reply after loading
        self._crashes = CrashLog()

    @property
    def pid(self) -> int | None:
        """The engine process, None when there is none."""
        return self._connection.pid if self._connection else None

    def generate(self, request: ChatRequest, cancel: CancelToken) -> Iterator[Event]:
        """Yield events, ending in Finished; see Engine."""
        began = time.monotonic()
        messages = _checked(request.messages)
        yield from self._load(request.model, request.options, cancel)
        notice, self._notice = self._notice, None
        if notice:
            yield notice

        def command(number: int) -> wire.Command:
            return wire.Generate(
                id=number,
                messages=messages,
                sampling=sampling_of(request.sampling),
                chat_format=request.options.chat_format,
            )

        first = 0.0
        for reply in self._ask(command, cancel):
            event = event_of(reply)
            if event is None:
                continue
            if not first and isinstance(event, Text | Reasoning):
                first = time.monotonic() - began
            if isinstance(event, Finished):
                event = replace(event, usage=replace(event.usage, first_token=first))
            yield event

    def prepare(self, model: str, options: ModelOptions, cancel: CancelToken) -> Iterator[Event]:
        """Load the model ahead of the first request; see Engine."""
        if self._crashes.too_many:
            raise self._crashes.refusal()
        yield from self._load(model, options, cancel)

    def prompt(self, request: ChatRequest) -> str:
        """Return the exact text that the model would read; loads the model when it must."""
        messages = _checked(request.messages)
        for _ in self._load(request.model, request.options, CancelToken()):
            pass

        def command(number: int) -> wire.Command:
            name = request.options.chat_format
            return wire.AskPrompt(id=number, messages=messages, chat_format=name)

        return self._answer(command, wire.PromptIs).text

    def count_tokens(self, model: str, text: str) -> int:
        """Return how many tokens `text` is for the loaded model (0 when it is not loaded)."""
        if self._info is None or self._info.path != model or not self._usable():
            return 0
        clean = text_of(text)
        return self._answer(lambda n: wire.CountTokens(id=n, text=clean), wire.CountIs).tokens

    def diagnose(self, model: str) -> Diagnosis:
        """Load a model, let it answer in a few tokens, and say what ran; raises AppError."""
        from importlib.metadata import version  # noqa: PLC0415 — 20 ms, for this report alone

        request = ChatRequest(
            model=model,
            messages=(Message(Role.USER, "Hello"),),
            sampling=Sampling(temperature=0, max_tokens=4, seed=1),
        )
        answer = ""
        for event in self.generate(request, CancelToken()):
            if isinstance(event, Text | Reasoning):
                answer += event.piece
        found = self._answer(lambda n: wire.Diagnose(id=n), wire.DiagnosisIs)
        return Diagnosis(
            llama_cpp=found.llama_cpp,
            bindings=version("llama-cpp-python"),
            cpu_library=found.cpu_library,
            features=found.features,
            sandbox=found.sandbox,
            refusals=found.refusals,
            threads=found.threads,
            self_test=answer,
        )

    def info(self) -> ModelInfo | None:
        """Return the loaded model, None when there is none."""
        return self._info if self._usable() else None

    def close(self) -> None:
        """End the engine process; calling it again changes nothing."""
        connection, self._connection, self._info = self._connection, None, None
        if connection:
            connection.close()

    def _usable(self) -> bool:
        return self._connection is not None and not self._connection.broken

    def _load(self, model: str, options: ModelOptions, cancel: CancelToken) -> Iterator[Event]:
        """Have a process with this model, yielding Loading while there is none."""
        cancel.check()
        wanted = _wanted(model, options)
        if not wanted.file and self._loaded:  # it was deleted: what is loaded is still there
            wanted = replace(wanted, file=self._loaded.file)
        if self._usable() and self._info and wanted == self._loaded:
            return
        self.close()
        yield Loading(0.0)
        header = read_header(Path(model).absolute())
        planned = plan(header, replace(options, context_length=wanted.context_length))
        self._connection = self._start()
        self._loaded = wanted

        def command(number: int) -> wire.Command:
            return wire.Start(
                id=number,
                files=tuple(os.fsencode(part) for part in header.paths),
                context_length=planned.context_length,
                threads=wanted.threads,
            )

        try:
            for reply in self._ask(command, cancel):
                event = event_of(reply)
                if event is not None:
                    yield event
                if isinstance(reply, wire.Loaded):
                    self._info = model_info(model, reply)
        finally:
            if self._info is None:
                self.close()
        if planned.context_length < wanted.context_length:
            self._notice = Notice(NoticeCode.CONTEXT_REDUCED, str(planned.context_length))

    def _start(self) -> Connection:
        try:
            return Connection(self._command or host_command())
        except AppError as error:
            raise self._crashes.add(error) from error

    def _ask(
        self, command: Callable[[int], wire.Command], cancel: CancelToken
    ) -> Iterator[wire.Reply]:
        """Ask the connection; close it when it broke, and count its crash."""
        connection = self._connection
        assert connection is not None
        try:
            yield from connection.ask(command, cancel)
        except AppError as error:
            if connection.died:
                raise self._crashes.add(error) from error
            raise
        finally:
            if connection.broken:
                connection.close()

    def _answer(self, command: Callable[[int], wire.Command], kind: type[R]) -> R:
        for reply in self._ask(command, CancelToken()):
            if isinstance(reply, kind):
                return reply
        raise AppError(ErrorCode.ENGINE_GARBLED, detail="no answer")


@cache
def automatic_threads() -> int:
    """Return how many threads leave the rest of the computer room to move.

    llama.cpp's threads wait for each other by spinning: with another program on one of their
    cores they all become 10–50 times slower. So one core is left free where there are more
    than two.
    """
    cores = hardware.physical_cores()
    return cores - 1 if cores > 2 else max(cores, 1)


def _wanted(model: str, options: ModelOptions) -> _Wanted:
    try:
        found = Path(model).stat()
        file = (found.st_size, found.st_mtime_ns, found.st_ino)
    except OSError:
        file = ()  # what is wrong with it is said when it is opened
    context = options.context_length
    return _Wanted(
        model=model,
        context_length=int(CONTEXT_RANGE.clamp(context)) if context > 0 else 0,
        threads=int(THREADS_RANGE.clamp(options.threads or automatic_threads())),
        file=file,
    )


def _checked(messages: Sequence[Message]) -> tuple[Message, ...]:
    """Return messages that can be sent; raises AppError PROMPT_EMPTY."""
    if not messages or not any(m.content.strip() for m in messages if m.role is not Role.SYSTEM):
        raise AppError(ErrorCode.PROMPT_EMPTY)
    return tuple(Message(m.role, text_of(m.content), text_of(m.reasoning)) for m in messages)
