"""A title that becomes a field when it is pressed."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QSizePolicy, QStackedLayout, QWidget

from desktop.ui.theme import Theme
from desktop.ui.tips import plain_tip
from desktop.ui.translation import Retranslated


class InplaceTitle(Retranslated, QWidget):
    """Enter keeps the new title, Esc the old one, leaving the field keeps the new one."""

    renamed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._title = ""
        self._renamable = False
        self._editing = False
        self._button = QPushButton()
        self._button.setProperty("kind", "heading")
        self._field = QLineEdit()
        self._field.setProperty("kind", "inplace")
        self._field.installEventFilter(self)
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self._button)
        self._stack.addWidget(self._field)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._button.clicked.connect(self.start)
        self._field.editingFinished.connect(self._on_finished)
        theme.changed.connect(self._show)
        self.retranslate()

    def retranslate(self) -> None:
        """Set tool tip and names."""
        self._field.setAccessibleName(self.tr("New title of the chat"))
        self._show()

    def set_title(self, title: str, *, renamable: bool) -> None:
        """Show a title; a chat that has not begun has nothing to rename."""
        self._title = " ".join(title.split())
        self._renamable = renamable
        self._close()
        self._show()

    def start(self) -> None:
        """Open the field, with all of the title selected."""
        if self._renamable:
            self._field.setText(self._title)
            self._field.setSelection(len(self._title), -len(self._title))
            self._editing = True
            self._stack.setCurrentWidget(self._field)
            self._field.setFocus()

    @property
    def editing(self) -> bool:
        """Whether the field is open."""
        return self._editing

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc in the field keeps the old title."""
        if not isinstance(event, QKeyEvent) or event.key() != Qt.Key.Key_Escape:
            return False
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()  # not the window's Stop
        elif event.type() is QEvent.Type.KeyPress:
            self._close()
            self._button.setFocus()
            return True
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the title to the room there is."""
        super().resizeEvent(event)
        self._show()

    def _on_finished(self) -> None:
        if not self.editing:
            return
        title = " ".join(self._field.text().split())
        self._close()
        if title and title != self._title:
            self.renamed.emit(title)

    def _close(self) -> None:
        self._editing = False  # first, for a field that is hidden reports that it was finished
        self._stack.setCurrentWidget(self._button)

    def _show(self) -> None:
        metrics = self._button.fontMetrics()
        room = self.width() - self._theme.em(1.2)
        text = metrics.elidedText(self._title, Qt.TextElideMode.ElideRight, room)
        self._button.setText(text.replace("&", "&&"))
        self._button.setAccessibleName(self._title)
        tip = self.tr("Rename this chat") if self._renamable else ""
        whole = f"{self._title}\n{tip}".strip() if text != self._title else tip
        self._button.setToolTip(plain_tip(whole))
        self._button.setEnabled(self._renamable)
