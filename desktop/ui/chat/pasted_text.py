"""A long text that was pasted: shown as a small card, sent in full."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from desktop.ui.amounts import file_size
from desktop.ui.icons import icon
from desktop.ui.theme import Theme
from desktop.ui.translation import Retranslated
from desktop.ui.widgets.icon_button import IconButton


class PastedText(Retranslated, QFrame):
    """Holds the text; the button takes it away."""

    removed = Signal()

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._theme = theme
        self.text = text
        self._size = len(text.encode("utf-8", "surrogatepass"))
        self._lines = text.count("\n") + 1
        self._sign = QLabel()
        self._label = QLabel()
        self._remove = IconButton(theme, "close", size=1.0)
        self._remove.clicked.connect(self.removed)
        self._row = QHBoxLayout(self)
        for part in (self._sign, self._label, self._remove):
            self._row.addWidget(part)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.retranslate()

    def retranslate(self) -> None:
        """Say how much it is."""
        told = self.tr("Pasted text, {size}").format(size=file_size(self._size))
        lines = self.tr("%Ln line(s)", "", self._lines)
        self._label.setText(f"{told} · {lines}")
        self.setAccessibleName(self._label.text())
        self._remove.name(self.tr("Remove the pasted text"))

    def _on_theme_changed(self) -> None:
        em = self._theme.em
        self._row.setContentsMargins(em(0.6), em(0.2), em(0.3), em(0.2))
        self._row.setSpacing(em(0.4))
        side = QSize(em(1.2), em(1.2))
        self._sign.setPixmap(icon("file", self._theme.colors.accent).pixmap(side))
