"""All keyboard shortcuts at a glance, made from the table of commands."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.shortcuts import Shortcut, groups, sequences, text_of
from desktop.ui.theme import Theme


class ShortcutsDialog(QDialog):
    """Closed by Esc; the list can be scrolled by the keyboard."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self._theme = theme
        body = QWidget()
        columns = QVBoxLayout(body)
        columns.setContentsMargins(theme.em(1.4), theme.em(1.2), theme.em(1.4), theme.em(0.6))
        columns.setSpacing(theme.em(0.5))
        for name, rows in groups():
            columns.addWidget(_heading(name))
            columns.addLayout(self._table(rows))
            columns.addSpacing(theme.em(0.6))
        columns.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(body)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setAccessibleName(self.windowTitle())
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.em(1), theme.em(0.4), theme.em(1), theme.em(0.9))
        foot.addWidget(buttons)
        layout.addLayout(foot)
        self._fit(parent)

    def _table(self, rows: Sequence[Shortcut]) -> QGridLayout:
        grid = QGridLayout()
        grid.setColumnStretch(0, 1)
        grid.setHorizontalSpacing(self._theme.em(1.5))
        grid.setVerticalSpacing(self._theme.em(0.35))
        for number, row in enumerate(rows):
            label = QLabel(text_of(row.text))
            label.setWordWrap(True)
            grid.addWidget(label, number, 0)
            grid.addLayout(self._keys(row), number, 1)
        return grid

    def _keys(self, row: Shortcut) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(self._theme.em(0.4))
        line.addStretch(1)
        for keys in sequences(row)[:2]:
            label = QLabel(keys.toString(QKeySequence.SequenceFormat.NativeText))
            label.setProperty("kind", "key")
            line.addWidget(label, 0, Qt.AlignmentFlag.AlignVCenter)
        return line

    def _fit(self, parent: QWidget) -> None:
        em = self._theme.em
        room = parent.window().size()
        self.resize(min(em(36), room.width() - em(2)), min(em(48), room.height() - em(2)))


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("kind", "heading")
    return label
