"""What else a message can hold: waiting, reasoning, notices and trouble."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.chat.chat_style import ChatStyle
from desktop.ui.chat.message_row import Trouble


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


class TroubleCard(QFrame):
    """What happened, in the reader's words, and what can be done."""

    chosen = Signal(str)  # the id of an action

    def __init__(self, style: ChatStyle, trouble: Trouble, parent: QWidget) -> None:
        super().__init__(parent)
        self._style = style
        self.setProperty("kind", "danger_card")
        self.setAccessibleName(trouble.title)
        self.setAccessibleDescription(trouble.text)
        em = style.em
        column = QVBoxLayout(self)
        column.setContentsMargins(em, round(em * 0.8), em, round(em * 0.8))
        column.setSpacing(round(em * 0.4))
        column.addLayout(self._heading(trouble.title))
        if trouble.text:
            column.addWidget(_words(trouble.text, self))
        self.buttons: list[QPushButton] = []
        if trouble.actions:
            column.addSpacing(round(em * 0.3))
            column.addLayout(self._actions(trouble))

    def stops(self) -> list[QWidget]:
        """Return what Tab stops at."""
        return list(self.buttons)

    def _heading(self, title: str) -> QHBoxLayout:
        style = self._style
        row = QHBoxLayout()
        row.setSpacing(round(style.em * 0.5))
        mark = QLabel(self)
        mark.setPixmap(style.icon("warning", style.colors.danger).pixmap(QSize(style.em, style.em)))
        words = _words(title, self)
        words.setFont(style.label)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(words, 1)
        return row

    def _actions(self, trouble: Trouble) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(round(self._style.em * 0.5))
        for index, (action, label) in enumerate(trouble.actions):
            button = QPushButton(label, self)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            if index == 0:
                button.setProperty("kind", "primary")
            button.clicked.connect(lambda _=False, chosen=action: self.chosen.emit(chosen))
            row.addWidget(button)
            self.buttons.append(button)
        row.addStretch(1)
        return row


class NoticeLine(QWidget):
    """A quiet sentence that belongs to an answer."""

    def __init__(self, style: ChatStyle, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(round(style.em * 0.45))
        mark = QLabel(self)
        mark.setPixmap(style.icon("info", style.colors.faint).pixmap(QSize(style.em, style.em)))
        words = _words(text, self)
        words.setFont(style.small)
        words.setStyleSheet(f"color: {style.colors.muted.name()}")
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(words, 1)


def _words(text: str, parent: QWidget) -> QLabel:
    """A label that wraps and takes nothing for markup."""
    label = QLabel(text, parent, textFormat=Qt.TextFormat.PlainText, wordWrap=True)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label
