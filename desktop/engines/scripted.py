"""An engine that plays back what it is given: for tests, and for looking at the window."""

import threading
from collections.abc import Iterator, Sequence

from desktop.core.cancel import CancelToken
from desktop.core.errors import AppError, ErrorCode
from desktop.core.events import (
    Event,
    Finished,
    FinishReason,
    Loading,
    Reasoning,
    Text,
    Usage,
)
from desktop.core.options import ModelOptions
from desktop.engines.base import ChatRequest, ModelInfo

CONTEXT_LENGTH = 4096
ANSWER = (Text("This reply"), Text(" was scripted."))


class Gate:
    """A place in a script where the engine waits until it is let on, or cancelled."""

    def __init__(self) -> None:
        self._reached = threading.Event()
        self._passed = threading.Event()

    def open(self) -> None:
        """Let the engine go on, now or when it comes here."""
        self._passed.set()

    def wait_until_reached(self, seconds: float = 60.0) -> bool:
        """Wait for the engine to stand here; return False when it never came."""
        return self._reached.wait(seconds)

    def pass_through(self, cancel: CancelToken) -> None:
        """Wait; raises Cancelled."""
        cancel.on_cancel(self._passed.set)
        self._reached.set()
        self._passed.wait()
        cancel.check()


Step = Event | BaseException | Gate


class ScriptedEngine:
    """Answers the n-th request with the n-th script, and every further one with the last.

    A script is a sequence of events to yield, exceptions to raise and gates to wait at. One that
    does not end in Finished or an exception gets a Finished that fits.
    """

    def __init__(self, *scripts: Sequence[Step]) -> None:
        self._scripts = scripts or (ANSWER,)
        self._info: ModelInfo | None = None
        self.requests: list[ChatRequest] = []
        self.closed = False

    def generate(self, request: ChatRequest, cancel: CancelToken) -> Iterator[Event]:
        """Yield the next script; see Engine."""
        cancel.check()
        if not any(m.content.strip() for m in request.messages):
            raise AppError(ErrorCode.PROMPT_EMPTY)
        yield from self.prepare(request.model, request.options, cancel)
        script = self._scripts[min(len(self.requests), len(self._scripts) - 1)]
        self.requests.append(request)
        said = 0
        for step in script:
            cancel.check()
            if isinstance(step, Gate):
                step.pass_through(cancel)
                continue
            if isinstance(step, BaseException):
                raise step
            said += isinstance(step, Text | Reasoning)
            yield step
            if isinstance(step, Finished):
                return
        cancel.check()
        yield Finished(FinishReason.STOP, self._usage(request, said))

    def prepare(self, model: str, options: ModelOptions, cancel: CancelToken) -> Iterator[Event]:
        """Pretend to load the model; see Engine."""
        cancel.check()
        if self._info is None or self._info.path != model:
            yield Loading(0.0)
            yield Loading(1.0)
            self._info = ModelInfo(
                path=model,
                name="Scripted",
                architecture="none",
                context_length=options.context_length or CONTEXT_LENGTH,
                trained_context=CONTEXT_LENGTH,
                parameters=0,
                size=0,
                chat_format=options.chat_format or "file",
            )

    def prompt(self, request: ChatRequest) -> str:
        """Return the messages, a line each."""
        return "\n".join(f"{m.role}: {m.content}" for m in request.messages)

    def count_tokens(self, model: str, text: str) -> int:
        """Return the number of words (0 for a model that is not loaded)."""
        return len(text.split()) if self._info and self._info.path == model else 0

    def info(self) -> ModelInfo | None:
        """Return the pretended model."""
        return self._info

    def close(self) -> None:
        """Forget the model."""
        self.closed = True
        self._info = None

    def _usage(self, request: ChatRequest, said: int) -> Usage:
        words = sum(len(m.content.split()) for m in request.messages)
        return Usage(
            prompt_tokens=words,
            completion_tokens=said,
            context_length=CONTEXT_LENGTH,
            first_token=0.1,
            prefill=0.1,
            decode=0.1 * said,
        )
