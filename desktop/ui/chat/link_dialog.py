"""Asks before an address that a model wrote is opened, showing the whole of it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.chat.chat_style import ChatStyle


class LinkDialog(QDialog):
    """The address as plain text; Cancel is the default."""

    confirmed = Signal(str)

    def __init__(self, style: ChatStyle, address: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._address = address
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Open this address?"))
        column = QVBoxLayout(self)
        column.setSpacing(style.em)
        told = self.tr("A model wrote this link. It would be opened outside Fireside:")
        column.addWidget(QLabel(told, self, textFormat=Qt.TextFormat.PlainText, wordWrap=True))
        self.shown = QPlainTextEdit(address, self, readOnly=True)
        self.shown.setAccessibleName(self.tr("Address"))
        self.shown.setTabChangesFocus(True)
        self.shown.setFont(style.mono)
        self.shown.setFixedHeight(style.line * 4)
        self.shown.setMinimumWidth(style.em * 28)
        column.addWidget(self.shown)
        row = QHBoxLayout()
        row.addStretch(1)
        self.cancel = QPushButton(self.tr("Cancel"), self)
        self.copy = QPushButton(self.tr("Copy address"), self)
        self.open_ = QPushButton(self.tr("Open"), self)
        for button in (self.cancel, self.copy, self.open_):
            row.addWidget(button)
        column.addLayout(row)
        self.cancel.setDefault(True)
        self.cancel.clicked.connect(self.reject)
        self.copy.clicked.connect(self._on_copy)
        self.open_.clicked.connect(self._on_open)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._address)
        self.reject()

    def _on_open(self) -> None:
        self.confirmed.emit(self._address)
        self.accept()
