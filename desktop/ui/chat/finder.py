"""Find in the chat: counts over all messages, marks on those that are on the screen."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextEdit

from desktop.ui.chat.gestures import Editor
from desktop.ui.chat.row_content import RowContent
from desktop.ui.chat.selection import Spot, blocks_in, editors_of

if TYPE_CHECKING:
    from desktop.ui.chat.message_item import MessageItem

# So many messages that hold the words are parsed to count exactly; beyond, their source counts.
MOST_EXACT = 300


class Match(NamedTuple):
    """The `ordinal`-th match in a row."""

    row: int
    ordinal: int


class Finder:
    """Knows the matches of one search. `source_of` gives Markdown, `content_of` its chunks."""

    def __init__(
        self, source_of: Callable[[int], str], content_of: Callable[[int], RowContent]
    ) -> None:
        self._source_of = source_of
        self._content_of = content_of
        self._text = ""
        self.matches: list[Match] = []
        self.current = -1

    def find(self, text: str, rows: int) -> int:
        """Search all rows; return how many matches there are."""
        self._text = text
        self.matches, self.current = [], -1
        if not text:
            return 0
        folded, exact = text.casefold(), 0
        for row in range(rows):
            source = self._source_of(row)
            count = source.casefold().count(folded)
            if count and exact < MOST_EXACT:
                exact += 1
                count = len(self.spots(row))
            self.matches += [Match(row, n) for n in range(count)]
        return len(self.matches)

    def step(self, by: int, from_row: int) -> Match | None:
        """Go to the next (1) or previous (-1) match, at first the one nearest to `from_row`."""
        if not self.matches:
            return None
        if self.current < 0:
            self.current = self._first_from(from_row, by)
        else:
            self.current = (self.current + by) % len(self.matches)
        return self.matches[self.current]

    def spots(self, row: int) -> list[Spot]:
        """Return the blocks of a row in which matches are, once for each match."""
        pattern = re.compile(re.escape(self._text), re.IGNORECASE)
        found: list[Spot] = []
        for spot, block in blocks_in(row, self._content_of(row)):
            found += [spot] * sum(1 for _ in pattern.finditer(block.text))
        return found

    def show_in(self, item: "MessageItem", mark: QColor, current: QColor) -> QTextCursor | None:
        """Mark the matches in a message; return the cursor of the current one if it is there."""
        wanted = self.matches[self.current] if self.current >= 0 else None
        ordinal, chosen = 0, None
        for _, editor in editors_of(item):
            marks: list[QTextEdit.ExtraSelection] = []
            for cursor in self._cursors(editor):
                is_current = wanted == Match(item.index, ordinal)
                marks.append(_marked(cursor, current if is_current else mark))
                chosen = cursor if is_current else chosen
                ordinal += 1
            if marks or editor.extraSelections():
                editor.setExtraSelections(marks)
        return chosen

    def _cursors(self, editor: Editor) -> list[QTextCursor]:
        found: list[QTextCursor] = []
        if not self._text:
            return found
        cursor = editor.document().find(self._text, 0, QTextDocument.FindFlag(0))
        while not cursor.isNull() and len(found) < 1_000:
            found.append(cursor)
            cursor = editor.document().find(self._text, cursor, QTextDocument.FindFlag(0))
        return found

    def _first_from(self, row: int, by: int) -> int:
        if by > 0:
            later = (i for i, match in enumerate(self.matches) if match.row >= row)
            return next(later, 0)
        earlier = [i for i, match in enumerate(self.matches) if match.row <= row]
        return earlier[-1] if earlier else len(self.matches) - 1


def _marked(cursor: QTextCursor, color: QColor) -> QTextEdit.ExtraSelection:
    form = QTextCharFormat()
    form.setBackground(color)
    marked = QTextEdit.ExtraSelection()
    marked.cursor, marked.format = cursor, form
    return marked
