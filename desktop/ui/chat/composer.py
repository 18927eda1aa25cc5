"""Where the person writes: the field, long pasted texts, Send or Stop, and the context gauge."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.ui.chat.context_gauge import ContextGauge
from desktop.ui.chat.message_field import LONGEST, MessageField
from desktop.ui.chat.pasted_text import PastedText
from desktop.ui.chat.send_button import SendButton
from desktop.ui.shortcuts import Command, key_text
from desktop.ui.theme import Theme
from desktop.ui.translation import Retranslated
from desktop.ui.widgets.flow_layout import FlowLayout

SHARE = 0.4  # of the height of the page that the text may take
COLUMN = 55.0  # em, as wide as the messages above


class Composer(Retranslated, QWidget):
    """Only asks: `submitted` leaves the text where it is until `clear` is called."""

    submitted = Signal(str)
    stop_requested = Signal()
    edit_last_requested = Signal()
    text_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pasted: list[PastedText] = []
        self.field = MessageField(theme)
        self.gauge = ContextGauge(theme)
        self.button = SendButton(theme)
        self._card = _Card(theme, self.field)
        self._hint = QLabel()
        self._hint.setTextFormat(Qt.TextFormat.PlainText)
        self._hint.setWordWrap(True)
        self._hint.setProperty("kind", "faint")
        self._build()
        self._connect_parts()
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.retranslate()
        self._show_state()

    # What is written

    @property
    def text(self) -> str:
        """All that would be sent: what is typed, then the pasted texts."""
        typed = self.field.toPlainText()
        parts = [typed] if typed.strip() or not self._pasted else []
        return "\n\n".join([*parts, *(pasted.text for pasted in self._pasted)])

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is written."""
        return not self._pasted and self.field.document().isEmpty()

    def set_text(self, text: str) -> None:
        """Replace everything; a long text becomes a card."""
        self._drop_pasted()
        if len(text) > LONGEST:
            self.field.clear()
            self._attach(text)
        else:
            self.field.setPlainText(text)
            self.field.moveCursor(self.field.textCursor().MoveOperation.End)

    def clear(self) -> None:
        """Forget everything that was written."""
        self.set_text("")

    @property
    def pasted(self) -> list[PastedText]:
        """The long texts, in the order they were pasted."""
        return list(self._pasted)

    # What it shows

    def set_answering(self, answering: bool) -> None:
        """Offer Stop while an answer comes; typing stays possible."""
        self.button.set_answering(answering)
        self._show_state()

    def set_sends_with_enter(self, enter: bool) -> None:
        """Send with Enter, or only with Ctrl+Enter."""
        self.field.sends_with_enter = enter
        self.retranslate()

    def set_room(self, height: int) -> None:
        """Take less than half of the `height` that transcript and composer share."""
        self.field.set_most_height(round(height * SHARE))

    def focus(self) -> None:
        """Put the keyboard into the field."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def retranslate(self) -> None:
        """Set all texts."""
        self.field.setPlaceholderText(self.tr("Write a message…"))
        self.field.setAccessibleName(self.tr("Message"))
        if self.field.sends_with_enter:
            described = self.tr("Enter sends, Shift+Enter starts a new line")
        else:
            described = self.tr("Ctrl+Enter sends, Enter starts a new line")
        self.field.setAccessibleDescription(described)
        self._show_state()

    # How it is put together

    def _build(self) -> None:
        self._chips = QWidget()
        self._chip_flow = FlowLayout()
        self._chips.setLayout(self._chip_flow)
        self._chips.hide()
        self._line = QHBoxLayout()
        self._line.addWidget(self.field, 1)
        self._line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignBottom)
        self._inside = QVBoxLayout(self._card)
        self._inside.addWidget(self._chips)
        self._inside.addLayout(self._line)
        self._below = QHBoxLayout()
        self._below.addWidget(self._hint, 1)
        self._below.addWidget(self.gauge)
        self._column = QWidget()
        self._stack = QVBoxLayout(self._column)
        self._stack.addWidget(self._card)
        self._stack.addLayout(self._below)
        self._around = QHBoxLayout(self)
        self._around.addStretch(1)
        self._around.addWidget(self._column, 1000)
        self._around.addStretch(1)
        QWidget.setTabOrder(self.field, self.button)

    def _connect_parts(self) -> None:
        self.field.send_requested.connect(self._on_send)
        self.field.edit_last_requested.connect(self._on_up)
        self.field.long_text_pasted.connect(self._attach)
        self.field.textChanged.connect(self._on_changed)
        self.field.focus_changed.connect(self._card.update)
        self.gauge.advice_changed.connect(self._show_state)
        self.button.clicked.connect(self._on_pressed)

    def _on_pressed(self) -> None:
        if self.button.answering:
            self.stop_requested.emit()
        else:
            self._on_send()

    def _on_send(self) -> None:
        if not self.button.answering and self.text.strip():
            self.submitted.emit(self.text)

    def _on_up(self) -> None:
        if not self._pasted:
            self.edit_last_requested.emit()

    def _on_changed(self) -> None:
        self._show_state()
        self.text_changed.emit()

    def _attach(self, text: str) -> None:
        pasted = PastedText(self._theme, text)
        pasted.removed.connect(lambda: self._detach(pasted))
        self._pasted.append(pasted)
        self._chip_flow.addWidget(pasted)
        self._chips.show()
        self._on_changed()

    def _detach(self, pasted: PastedText) -> None:
        self._pasted.remove(pasted)
        self._chip_flow.removeWidget(pasted)
        pasted.hide()
        pasted.deleteLater()
        self._chips.setVisible(bool(self._pasted))
        self.focus()
        self._on_changed()

    def _drop_pasted(self) -> None:
        for pasted in self.pasted:
            self._pasted.remove(pasted)
            self._chip_flow.removeWidget(pasted)
            pasted.hide()
            pasted.deleteLater()
        self._chips.hide()

    def _show_state(self) -> None:
        answering = self.button.answering
        has_text = bool(self._pasted) or bool(self.field.toPlainText().strip())
        self.button.setEnabled(answering or has_text)
        if answering:
            name, keys = self.tr("Stop"), key_text(Command.STOP)
        else:
            name = self.tr("Send")
            keys = self.tr("Enter") if self.field.sends_with_enter else self.tr("Ctrl+Enter")
        self.button.setAccessibleName(name)
        self.button.setToolTip(f"{name}  ({keys})")
        self._hint.setText(self._hint_text(waiting=answering and has_text))

    def _hint_text(self, *, waiting: bool) -> str:
        if waiting:
            return self.tr("You can send this when the answer is complete. Esc stops the answer.")
        return self.gauge.advice or self.tr(
            "Everything stays on this computer. Answers can be wrong."
        )

    def _on_theme_changed(self) -> None:
        em = self._theme.em
        self._column.setMaximumWidth(em(COLUMN) + em(1.4))
        self._around.setContentsMargins(em(1), em(0.5), em(1), em(0.6))
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.setSpacing(em(0.35))
        self._inside.setContentsMargins(em(0.9), em(0.45), em(0.5), em(0.45))
        self._inside.setSpacing(em(0.4))
        self._line.setSpacing(em(0.5))
        self._line.setContentsMargins(0, 0, 0, 0)
        self._below.setContentsMargins(em(0.9), 0, em(0.9), 0)
        self._below.setSpacing(em(0.8))
        self._chip_flow.set_spacing(em(0.4))


class _Card(QWidget):
    """The rounded field with its focus ring; a click anywhere puts the keyboard into the text."""

    def __init__(self, theme: Theme, field: MessageField) -> None:
        super().__init__()
        self._theme = theme
        self._field = field
        self.setCursor(Qt.CursorShape.IBeamCursor)
        theme.changed.connect(self.update)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the text."""
        self._field.setFocus(Qt.FocusReason.MouseFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw surface and ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = self._theme.colors
        focused = self._field.hasFocus()
        width = 2.0 if focused else 1.0
        painter.setPen(QPen(colors.focus if focused else colors.border, width))
        painter.setBrush(colors.surface)
        edge = width / 2
        radius = self._theme.em(1.4)
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(edge, edge, -edge, -edge), radius, radius
        )
