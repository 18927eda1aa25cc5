"""A selection that runs across blocks and messages, on and off the screen."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QTextCursor

from desktop.render.blocks import Block, RichBlock
from desktop.ui.chat.gestures import Editor
from desktop.ui.chat.reading_text import BETWEEN_BLOCKS, reading_text
from desktop.ui.chat.row_content import ANSWER, RowContent, visible_blocks
from desktop.ui.chat.sealed_document import SealedDocument

if TYPE_CHECKING:
    from desktop.ui.chat.message_item import MessageItem


class Spot(NamedTuple):
    """A place in the transcript; spots compare in reading order. `offset` is a Qt position."""

    row: int
    section: int
    chunk: int
    block: int
    offset: int


END = 2**31 - 1
ContentOf = Callable[[int], RowContent]


class Selection:
    """From `anchor` to `head`; None while nothing is selected."""

    def __init__(self) -> None:
        self.anchor: Spot | None = None
        self.head: Spot | None = None

    def __bool__(self) -> bool:
        return self.anchor is not None and self.anchor != self.head

    @property
    def ordered(self) -> tuple[Spot, Spot]:
        """Beginning and end in reading order; only while something is selected."""
        spots = [spot for spot in (self.anchor, self.head) if spot is not None]
        return min(spots), max(spots)

    def set(self, anchor: Spot, head: Spot) -> None:
        """Select between two spots."""
        self.anchor, self.head = anchor, head

    def clear(self) -> None:
        """Select nothing."""
        self.anchor = self.head = None

    def select_all(self, rows: int) -> None:
        """Select every row."""
        if rows:
            self.set(Spot(0, 0, 0, 0, 0), Spot(rows - 1, ANSWER, END, END, END))

    def show_in(self, item: "MessageItem") -> None:
        """Mark in a message what is selected of it."""
        for spot, editor in editors_of(item):
            start, end = self._range(spot, editor.document().characterCount() - 1)
            cursor = editor.textCursor()
            if (cursor.selectionStart(), cursor.selectionEnd()) != (start, end):
                _mark(editor, start, end)

    def text(self, content_of: ContentOf) -> str:
        """Return what is selected as it reads."""
        if not self:
            return ""
        first, last = self.ordered
        rows = range(first.row, last.row + 1)
        told = (self._row_text(row, content_of(row)) for row in rows)
        return BETWEEN_BLOCKS.join(text for text in told if text)

    def _row_text(self, row: int, content: RowContent) -> str:
        parts: list[str] = []
        for spot, block in blocks_in(row, content):
            start, end = self._range(spot, END)
            if start >= end:
                continue
            whole = start == 0 and end >= len(block.text) * 2
            parts.append(block.text if whole else _part_of(block, start, end))
        return BETWEEN_BLOCKS.join(part for part in parts if part)

    def _range(self, spot: Spot, length: int) -> tuple[int, int]:
        """Return what is selected of the block at `spot`, as positions in its document."""
        if not self:
            return 0, 0
        first, last = self.ordered
        if spot[:4] < first[:4] or spot[:4] > last[:4]:
            return 0, 0
        start = first.offset if spot[:4] == first[:4] else 0
        end = last.offset if spot[:4] == last[:4] else length
        return min(start, length), min(end, length)


def editors_of(item: "MessageItem") -> Iterable[tuple[Spot, Editor]]:
    """Yield the text widgets of a message with their places."""
    for part in item.chunk_parts():
        for index, view in enumerate(part.views):
            yield Spot(item.index, *part.key, index, 0), view.selectable


def blocks_in(row: int, content: RowContent) -> Iterable[tuple[Spot, Block]]:
    """Yield the blocks of a message with their places, on the screen or not."""
    for section, chunks in enumerate((content.reasoning, content.answer)):
        for number, chunk in enumerate(chunks):
            for index, block in enumerate(visible_blocks(chunk)):
                yield Spot(row, section, number, index, 0), block


def _part_of(block: Block, start: int, end: int) -> str:
    document = SealedDocument()
    if isinstance(block, RichBlock):
        document.setHtml(block.html)
    else:
        document.setPlainText(block.code)
    return reading_text(document, start, min(end, document.characterCount() - 1))


def _mark(editor: Editor, start: int, end: int) -> None:
    bar = editor.horizontalScrollBar()
    before = bar.value()
    cursor = QTextCursor(editor.document())
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)
    bar.setValue(before)
