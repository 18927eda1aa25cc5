"""The token loop: read the prompt, then sample, show, evaluate, until something ends it."""

import time
from collections.abc import Callable, Sequence

from desktop.core.cancel import Cancelled
from desktop.core.events import FinishReason, Text, Usage
from desktop.core.options import Sampling
from desktop.engines import wire
from desktop.engines.llama.abort import AbortFlag
from desktop.engines.llama.context import Context
from desktop.engines.llama.reuse import common_prefix
from desktop.engines.llama.sampling import Sampler
from desktop.engines.llama.stopping import TextStream
from desktop.engines.llama.thinking import CLOSE, OPEN, ThinkingSplitter
from desktop.engines.llama.vocabulary import Vocabulary

Send = Callable[[wire.Reply], None]


class Generation:
    """One reply of a model. `settings` are complete; `thinking` is whether the prompt opened it."""

    def __init__(
        self,
        context: Context,
        vocabulary: Vocabulary,
        abort: AbortFlag,
        *,
        settings: Sampling,
        thinking: bool,
        send: Send,
    ) -> None:
        self._context = context
        self._vocabulary = vocabulary
        self._abort = abort
        self._settings = settings
        self._text = TextStream(settings.stop)
        self._splitter = ThinkingSplitter(thinking=thinking)
        self._send = send

    def run(self, prompt: Sequence[int]) -> wire.Done:
        """Send the reply to these tokens; return its end. Raises Cancelled, AppError."""
        began = time.monotonic()
        cached, prompt = self._read(prompt)
        read = time.monotonic()
        with Sampler(self._settings, self._vocabulary.size, prompt) as sampler:
            reason, count = self._answer(sampler)
        self._show(self._text.end(), last=True)
        usage = Usage(
            prompt_tokens=len(prompt),
            cached_tokens=cached,
            completion_tokens=count,
            context_length=self._context.length,
            prefill=read - began,
            decode=time.monotonic() - read,
        )
        return wire.Done(reason, usage)

    def _read(self, prompt: Sequence[int]) -> tuple[int, Sequence[int]]:
        """Bring the prompt into the cache; return how much of it was there, and its tokens."""
        context = self._context
        kept, prompt = common_prefix(context.tokens, prompt, self._vocabulary, context.silent)
        cached = self._context.keep(min(kept, len(prompt) - 1))  # the last one gives the logits
        total = len(prompt) - cached
        self._send(wire.ReadingAt(0, total))
        self._context.read(prompt[cached:], lambda done: self._send(wire.ReadingAt(done, total)))
        return cached, prompt

    def _answer(self, sampler: Sampler) -> tuple[FinishReason, int]:
        limit = self._settings.max_tokens or 0
        count = 0
        while True:
            if self._abort.is_set:
                raise Cancelled
            token = sampler.sample(self._context)
            if self._vocabulary.ends_reply(token):
                return FinishReason.STOP, count
            count += 1
            piece = self._piece(token)
            self._show(self._text.feed(piece))
            if self._text.stopped:
                return FinishReason.STOP, count
            if count == limit:
                return FinishReason.LENGTH, count
            if self._context.room == 0:
                return FinishReason.CONTEXT, count
            self._context.read((token,), _nothing)
            if not piece:
                self._context.silent.add(len(self._context.tokens) - 1)

    def _piece(self, token: int) -> bytes:
        piece = self._vocabulary.piece(token)
        if not piece and self._vocabulary.text(token) in {OPEN, CLOSE}:  # where these are control
            return self._vocabulary.piece(token, special=True)
        return piece

    def _show(self, text: str, *, last: bool = False) -> None:
        for event in self._splitter.feed(text):
            self._send_event(event)
        if last:
            for event in self._splitter.end():
                self._send_event(event)

    def _send_event(self, event: object) -> None:
        frame = wire.TextPiece if isinstance(event, Text) else wire.ThoughtPiece
        text: str = event.piece  # type: ignore[attr-defined]
        for start in range(0, len(text), wire.MAX_PIECE):
            self._send(frame(text[start : start + wire.MAX_PIECE]))


def _nothing(_done: int) -> None:
    """Progress of one token is the token itself."""
