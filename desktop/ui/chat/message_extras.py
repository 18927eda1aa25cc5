"""What else a message can hold: waiting, reasoning and notices."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from desktop.ui.chat.chat_style import ChatStyle


class StatusLine(QWidget):
    """What is being waited for, in words, with a thin bar where the share is known."""

    def __init__(self, style: ChatStyle, parent: QWidget) -> None:
        super().__init__(parent)
        self._style = style
        self._text = ""
        self._fraction: float | None = None

    def set_status(self, text: str, fraction: float | None) -> None:
        """Show the words and the share 0…1."""
        self._text, self._fraction = text, fraction
        self.setAccessibleName(text)
        self.update()

    def sizeHint(self) -> QSize:
        """One line and a bar."""
        return QSize(self._style.em * 20, round(self._style.line * 1.5))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the words above the bar."""
        style, painter = self._style, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(style.body)
        painter.setPen(style.colors.muted)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(0, 0, self.width(), style.line, flags, self._text)
        if self._fraction is None:
            return
        width, height = min(self.width(), style.em * 16), max(3, style.em // 4)
        track = QRectF(0, style.line + style.em * 0.15, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.colors.border)
        painter.drawRoundedRect(track, height / 2, height / 2)
        track.setWidth(max(height, width * min(max(self._fraction, 0.0), 1.0)))
        painter.setBrush(style.colors.accent)
        painter.drawRoundedRect(track, height / 2, height / 2)


class ReasoningHeader(QToolButton):
    """Unfolds what the model thought before it answered."""

    def __init__(self, style: ChatStyle, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._style = style
        self._seconds: float | None = None
        self._thinking = False
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.toggled.connect(self.restyle)
        self.restyle()

    def set_thinking(self, thinking: bool, seconds: float | None) -> None:
        """Say whether it still thinks, and how long it did where that is known."""
        self._thinking, self._seconds = thinking, seconds
        self.restyle()

    def restyle(self) -> None:
        """Take the fonts, colours and words of now."""
        style = self._style
        self.setFont(style.small)
        self.setStyleSheet(f"QToolButton {{ color: {style.colors.muted.name()} }}")
        self.setIconSize(QSize(style.em, style.em))
        self.setIcon(
            style.icon("chevron-down" if self.isChecked() else "chevron-right", style.colors.faint)
        )
        if self._thinking:
            self.setText(self.tr("Thinking…"))
        elif self._seconds is None:
            self.setText(self.tr("Thoughts"))
        else:
            self.setText(self.tr("Thought for {0} s").format(max(1, round(self._seconds))))
        self.setToolTip(
            self.tr("Hide the thoughts") if self.isChecked() else self.tr("Show the thoughts")
        )


class NoticeLine(QWidget):
    """A quiet sentence that belongs to an answer."""

    def __init__(self, style: ChatStyle, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(round(style.em * 0.45))
        mark = QLabel(self)
        mark.setPixmap(style.icon("info", style.colors.faint).pixmap(QSize(style.em, style.em)))
        words = QLabel(text, self, textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        words.setFont(style.small)
        words.setStyleSheet(f"color: {style.colors.muted.name()}")
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(words, 1)
