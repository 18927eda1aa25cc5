"""What is drawn behind and around a message."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPen

from desktop.ui.chat.chat_style import ChatStyle


def bubble_pad(look: ChatStyle) -> tuple[int, int]:
    """Return the room between the letters and the edge of a bubble: across, down."""
    return round(look.em * 1.0), round(look.em * 0.65)


def draw_bubble(painter: QPainter, text: QRect, look: ChatStyle) -> None:
    """Draw the bubble around lines of text; their boxes have room above the letters."""
    across, down = bubble_pad(look)
    area = text.adjusted(-across, 2 * look.lead - down, across, down)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colors.bubble)
    painter.drawRoundedRect(area, look.em * 1.1, look.em * 1.1)


def draw_ring(painter: QPainter, area: QRect, look: ChatStyle) -> None:
    """Draw the focus ring."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(look.colors.focus, 2))
    painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), look.em * 0.5, look.em * 0.5)
