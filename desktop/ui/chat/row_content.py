"""The chunks of a message, finished or still growing."""

import time
from dataclasses import dataclass, field

from desktop.core.messages import Role
from desktop.render.blocks import Block, Chunk, CodeBlock, Kind
from desktop.render.literal import literal_blocks
from desktop.render.splitter import LONGEST_CHUNK, Splitter
from desktop.ui.chat.message_row import MessageRow

REASONING, ANSWER = 0, 1  # the sections of a message, in order
FOLDED_FROM = 20_000  # characters; of longer messages of the user only the beginning is shown
BEGINNING = 2_000  # characters of it, in whole blocks


@dataclass(slots=True)
class RowContent:
    """What a message shows besides its buttons."""

    answer: list[Chunk] = field(default_factory=list[Chunk])
    reasoning: list[Chunk] = field(default_factory=list[Chunk])
    live: bool = False
    thinking: bool = False
    thought_seconds: float | None = None
    status: str = ""
    fraction: float | None = None
    whole_size: int = 0  # bytes, when only the beginning is shown


def content_of(row: MessageRow) -> RowContent:
    """Return the content of a message that does not grow."""
    node = row.node
    if node.role is Role.USER:
        return RowContent(answer=list(literal_blocks(node.content)))
    return RowContent(answer=_chunks(node.content), reasoning=_chunks(node.reasoning))


def is_long(row: MessageRow) -> bool:
    """Whether a message begins folded."""
    return row.node.role is Role.USER and len(row.node.content) > FOLDED_FROM


def beginning_of(row: MessageRow) -> RowContent:
    """Return the first blocks of a long message; they are those of the whole one."""
    text = row.node.content
    kept: list[Chunk] = []
    size = 0
    # The cut end of the sample never is the second block: each has LONGEST_CHUNK at most.
    for block in literal_blocks(text[: 6 * LONGEST_CHUNK])[:2]:
        kept.append(block)
        size += len(block.text)
        if size >= BEGINNING:
            break
    return RowContent(answer=kept, whole_size=len(text.encode("utf-8", "surrogatepass")))


def _chunks(markdown: str) -> list[Chunk]:
    splitter = Splitter()
    return splitter.feed(markdown) + splitter.finish()


def visible_blocks(chunk: Chunk) -> list[Block]:
    """Return the blocks of a chunk that have something to show."""
    from desktop.render.parser import blocks_of  # noqa: PLC0415 — 25 ms, at the first message

    return [
        block
        for block in blocks_of(chunk)
        if isinstance(block, CodeBlock) or block.kind is Kind.RULE or block.text
    ]


class LiveReply:
    """A reply that grows: text is collected and taken in once a frame."""

    def __init__(self, row: MessageRow) -> None:
        self._answer = _Growing(row.node.content)
        self._reasoning = _Growing(row.node.reasoning)
        self._began: float | None = None
        self.thought_seconds: float | None = None
        self.status = ""
        self.fraction: float | None = None

    def add_text(self, piece: str) -> None:
        """A piece of the answer; waiting and thinking are over."""
        if self._began is not None and self.thought_seconds is None:
            self.thought_seconds = time.monotonic() - self._began
        self.status = ""
        self._answer.pending.append(piece)

    def add_reasoning(self, piece: str) -> None:
        """A piece of the thinking."""
        if self._began is None:
            self._began = time.monotonic()
        self.status = ""
        self._reasoning.pending.append(piece)

    def content(self) -> RowContent:
        """Take in what was collected and return what can be shown."""
        return RowContent(
            answer=self._answer.chunks(),
            reasoning=self._reasoning.chunks(),
            live=True,
            thinking=self._began is not None and self.thought_seconds is None,
            thought_seconds=self.thought_seconds,
            status=self.status,
            fraction=self.fraction,
        )


class _Growing:
    """Settled chunks, the splitter that makes them, and pieces it has not seen."""

    def __init__(self, text: str) -> None:
        self._splitter = Splitter()
        self._settled: list[Chunk] = []
        self.pending = [text] if text else []

    def chunks(self) -> list[Chunk]:
        if self.pending:
            self._settled += self._splitter.feed("".join(self.pending))
            self.pending.clear()
        tail = self._splitter.tail
        return [*self._settled, tail] if tail else self._settled
