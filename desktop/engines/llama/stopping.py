"""Bytes of tokens to text that may be shown: whole characters, and nothing of a stop string."""

import codecs
from collections.abc import Sequence


class TextStream:
    """Joins pieces of bytes into text, and ends it before the first stop string.

    Broken UTF-8 becomes replacement characters; a character cut off by the end is dropped.
    """

    def __init__(self, stops: Sequence[str]) -> None:
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._stops = [stop for stop in stops if stop]
        self._waiting = ""
        self.stopped = False

    def feed(self, piece: bytes) -> str:
        """Return the text that is certain after one more piece."""
        if self.stopped:
            return ""
        self._waiting += self._decode(piece)
        begin = min((at for at in map(self._waiting.find, self._stops) if at >= 0), default=-1)
        if begin >= 0:
            self.stopped = True
        else:
            begin = len(self._waiting) - self._held()
        ready, self._waiting = self._waiting[:begin], self._waiting[begin:]
        return ready

    def end(self) -> str:
        """Return what was held back, when nothing more will come."""
        return "" if self.stopped else self._waiting

    def _held(self) -> int:
        """Return how much of the end could be the beginning of a stop string."""
        text = self._waiting
        for length in range(min(len(text), max(map(len, self._stops), default=0)), 0, -1):
            if any(stop.startswith(text[-length:]) for stop in self._stops):
                return length
        return 0
