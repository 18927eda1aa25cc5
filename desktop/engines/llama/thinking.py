"""Tells thinking from answer in the stream of a reply."""

from collections.abc import Iterator

from desktop.core.events import Reasoning, Text

OPEN, CLOSE = "<think>", "</think>"


class ThinkingSplitter:
    """Cuts a growing reply into Reasoning and Text at `<think>` and `</think>`.

    Only a reply that begins with `<think>` is cut (or any, when `thinking` says that the prompt
    itself has opened it); a later one is text like any other. White space around the markers
    belongs to them. Both may come in pieces.
    """

    def __init__(self, *, thinking: bool = False) -> None:
        self._state = self._thought if thinking else self._begin
        self._waiting = ""
        self._skip_space = thinking

    def feed(self, piece: str) -> Iterator[Text | Reasoning]:
        """Yield what is certain after one more piece."""
        self._waiting += piece
        yield from self._state(last=False)

    def end(self) -> Iterator[Text | Reasoning]:
        """Yield what was held back, when nothing more will come."""
        yield from self._state(last=True)

    def _begin(self, *, last: bool) -> Iterator[Text | Reasoning]:
        start = self._waiting.lstrip()
        if not last and OPEN.startswith(start[: len(OPEN)]) and len(start) < len(OPEN):
            return
        if start.startswith(OPEN):
            self._waiting = start[len(OPEN) :]
            self._state, self._skip_space = self._thought, True
        else:
            self._state, self._skip_space = self._answer, False
        yield from self._state(last=last)

    def _thought(self, *, last: bool) -> Iterator[Text | Reasoning]:
        self._drop_space()
        thought, found, rest = self._waiting.partition(CLOSE)
        if found:
            self._waiting = rest
            self._state, self._skip_space = self._answer, True
            if thought := thought.rstrip():
                yield Reasoning(thought)
            yield from self._state(last=last)
            return
        ready = len(thought) if last else _before_possible(thought, CLOSE)
        self._waiting = thought[ready:]
        if ready:
            yield Reasoning(thought[:ready])

    def _answer(self, *, last: bool) -> Iterator[Text | Reasoning]:
        del last  # an answer is never held back
        self._drop_space()
        answer, self._waiting = self._waiting, ""
        if answer:
            yield Text(answer)

    def _drop_space(self) -> None:
        if self._skip_space:
            self._waiting = self._waiting.lstrip()
            self._skip_space = not self._waiting


def _before_possible(text: str, marker: str) -> int:
    """Return where the white space and the beginning of a marker at the end of `text` start."""
    for length in range(min(len(marker) - 1, len(text)), 0, -1):
        if marker.startswith(text[-length:]):
            return len(text[:-length].rstrip())
    return len(text.rstrip())
