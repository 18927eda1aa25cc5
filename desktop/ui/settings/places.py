"""Where Fireside keeps its files, with a way to each folder."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from desktop.system.paths import Paths
from desktop.ui.theme import Theme
from desktop.ui.translation import Retranslated


class Places(Retranslated, QWidget):
    """A table of names and paths."""

    def __init__(self, theme: Theme, paths: Paths) -> None:
        super().__init__()
        self._theme = theme
        self._paths = (paths.database, paths.settings_file, paths.models_file, paths.logs)
        self._names = [QLabel() for _ in self._paths]
        self._buttons: list[QPushButton] = []
        self._grid = QGridLayout(self)
        self._grid.setColumnStretch(1, 1)
        for row, path in enumerate(self._paths):
            self._add(row, path)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts."""
        names = (self.tr("Chats"), self.tr("Settings"), self.tr("List of models"), self.tr("Logs"))
        for label, button, name in zip(self._names, self._buttons, names, strict=True):
            label.setText(name)
            button.setText(self.tr("Show folder"))
            button.setAccessibleName(self.tr("Show folder: {name}").format(name=name))

    def _add(self, row: int, path: Path) -> None:
        told = QLabel(str(path))
        told.setTextFormat(Qt.TextFormat.PlainText)
        told.setProperty("kind", "muted")
        told.setWordWrap(True)
        told.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        folder = path if path.suffix == "" else path.parent
        button = QPushButton()
        button.setProperty("kind", "link")
        button.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))))
        self._buttons.append(button)
        for column, part in enumerate((self._names[row], told, button)):
            self._grid.addWidget(part, row, column)

    def _on_theme_changed(self) -> None:
        em = self._theme.em
        self._grid.setContentsMargins(0, em(0.6), 0, em(0.6))
        self._grid.setHorizontalSpacing(em(1.2))
        self._grid.setVerticalSpacing(em(0.5))
