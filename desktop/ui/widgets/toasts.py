"""Notices laid over the bottom of the window: lines that go by themselves, cards that stay."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.notices import Card, Notices, Toast
from desktop.ui.theme import Theme
from desktop.ui.translation import Retranslated
from desktop.ui.widgets.icon_button import IconButton
from desktop.ui.widgets.trouble_card import TroubleCard
from desktop.ui.wording import TroubleAction

SHORT, LONG = 5_000, 10_000  # ms a line stays: without and with something to press
MOST = 3  # lines at a time


class Toasts(QWidget):
    """Sits over `host`, at the bottom; as high as what it shows."""

    def __init__(self, theme: Theme, notices: Notices, host: QWidget) -> None:
        super().__init__(host)
        self._theme = theme
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        host.installEventFilter(self)
        notices.posted.connect(self._on_posted)
        theme.changed.connect(self._place)
        self.hide()

    def shown(self) -> list[QWidget]:
        """Return the notices on the screen, the oldest first."""
        items = (self._column.itemAt(i) for i in range(self._column.count()))
        return [w for item in items if item is not None and (w := item.widget()) is not None]

    def _on_posted(self, notice: object) -> None:
        if isinstance(notice, Toast):
            line = ToastLine(self._theme, notice, self)
            line.gone.connect(lambda: self._drop(line))
            lines = [w for w in self.shown() if isinstance(w, ToastLine)]
            for old in lines[: max(0, len(lines) - MOST + 1)]:
                self._drop(old)
            self._add(line, notice.text)
        elif isinstance(notice, Card):
            card = TroubleCard(self._theme, notice.trouble, self, closable=True)
            card.closed.connect(lambda: self._drop(card))
            if notice.run is None:
                card.hide_actions()
            else:
                card.action_requested.connect(_after(lambda: self._drop(card), notice.run))
            self._add(card, f"{notice.trouble.title}. {notice.trouble.text}")

    def _add(self, widget: QWidget, spoken: str) -> None:
        self._column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        widget.show()
        self.show()
        self._place()
        self.raise_()
        # Not at the top: QAccessible brings some 200 names, which Python makes at its import.
        from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # noqa: PLC0415

        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, spoken))

    def _drop(self, widget: QWidget) -> None:
        if self._column.indexOf(widget) < 0:
            return
        self._column.removeWidget(widget)
        widget.hide()
        widget.deleteLater()
        self.setVisible(bool(self.shown()))
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the host."""
        if event.type() is QEvent.Type.Resize:
            self._place()
        return False

    def event(self, event: QEvent) -> bool:
        """Grow and shrink with what is shown."""
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._place()
        return done

    def _place(self) -> None:
        host = self.parentWidget()
        if host is None or not self.shown():
            return
        em = self._theme.em
        self._column.setSpacing(em(0.5))
        width = min(host.width() - em(2), em(40))
        for widget in self.shown():
            widget.setMaximumWidth(width)
            if isinstance(widget, TroubleCard):
                widget.setMinimumWidth(width)
        needed = self._column.totalHeightForWidth(width)
        height = min(needed, host.height() - em(2))
        left = (host.width() - width) // 2
        self.setGeometry(left, max(em(1), host.height() - height - em(7)), width, height)


class ToastLine(Retranslated, QFrame):
    """One line with at most one button; it waits while the pointer or the keyboard is on it."""

    gone = Signal()

    def __init__(self, theme: Theme, toast: Toast, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "toast")
        self._theme = theme
        self._timer = QTimer(self, interval=LONG if toast.action else SHORT, singleShot=True)
        self._timer.timeout.connect(self.gone)
        self._close = IconButton(theme, "close", size=1.1)
        self._close.clicked.connect(self.gone)
        text = QLabel(toast.text)
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setWordWrap(len(toast.text) > 60)
        text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        em = theme.em
        row.setContentsMargins(em(1), em(0.35), em(0.4), em(0.35))
        row.setSpacing(em(0.5))
        row.addWidget(text, 1)
        if toast.action is not None:
            self._add_button(row, toast.action.text, toast.action.run)
        row.addWidget(self._close)
        self._timer.start()
        self.retranslate()

    def retranslate(self) -> None:
        """Name the close button."""
        self._close.name(self.tr("Close"))

    def _add_button(self, row: QHBoxLayout, text: str, run: Callable[[], None]) -> None:
        button = QPushButton(text)
        button.setProperty("kind", "link")
        button.clicked.connect(self.gone)
        button.clicked.connect(run)
        button.installEventFilter(self)
        row.addWidget(button)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait while the keyboard is on the button."""
        if event.type() is QEvent.Type.FocusIn:
            self._timer.stop()
        elif event.type() is QEvent.Type.FocusOut:
            self._timer.start()
        return False

    def enterEvent(self, event: QEnterEvent) -> None:
        """Wait while the pointer is here."""
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Go on counting."""
        self._timer.start()
        super().leaveEvent(event)


def _after(
    first: Callable[[], None], then: Callable[[TroubleAction], None]
) -> Callable[[TroubleAction], None]:
    def both(action: TroubleAction) -> None:
        first()
        then(action)

    return both
