"""Lets screen readers speak a finished reply."""

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

from desktop.ui.chat.message_row import MessageRow
from desktop.ui.chat.reading_text import BETWEEN_BLOCKS
from desktop.ui.chat.row_content import content_of
from desktop.ui.chat.selection import blocks_in


def announce(where: QObject, row: MessageRow) -> None:
    """Say who answered, and the answer as it reads, without its thoughts."""
    content = content_of(row)
    content.reasoning = []
    words = BETWEEN_BLOCKS.join(block.text for _, block in blocks_in(0, content) if block.text)
    told = QCoreApplication.translate("announcement", "{0} answered: {1}")
    event = QAccessibleAnnouncementEvent(where, told.format(row.model_name, words))
    QAccessible.updateAccessibility(event)
