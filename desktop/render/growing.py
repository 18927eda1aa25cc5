"""Markdown that grows: settled blocks once, and the open tail as often as it is shown."""

from desktop.render.blocks import Block
from desktop.render.parser import blocks_of
from desktop.render.splitter import Splitter


class GrowingMarkdown:
    """Feed it the pieces of an answer.

    The blocks that come out, and the tail, depend only on the text so far, not on how it was cut
    into pieces. Settled text is never parsed again, and the tail is bounded
    (splitter.LONGEST_CHUNK), so the cost is linear.
    """

    def __init__(self) -> None:
        self._splitter = Splitter()

    def feed(self, piece: str) -> list[Block]:
        """Add text and return the blocks that it settled, in order."""
        return [block for chunk in self._splitter.feed(piece) for block in blocks_of(chunk)]

    @property
    def tail(self) -> list[Block]:
        """The blocks that later text can still change."""
        chunk = self._splitter.tail
        return list(blocks_of(chunk)) if chunk else []

    def finish(self) -> list[Block]:
        """Return the last blocks; nothing may be fed afterwards."""
        return [block for chunk in self._splitter.finish() for block in blocks_of(chunk)]


def render(markdown: str) -> list[Block]:
    """Return all blocks of a finished text."""
    growing = GrowingMarkdown()
    return growing.feed(markdown) + growing.finish()
