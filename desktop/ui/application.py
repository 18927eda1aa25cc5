"""Qt's application object, and what a program does around its window."""

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, Qt
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QWidget

from desktop.core.errors import AppError
from desktop.ui.wording import trouble


def make_application() -> QApplication:
    """Return Qt's application object with the program's name."""
    application = QApplication(sys.argv[:1])
    application.setApplicationName("Fireside")
    application.setDesktopFileName("fireside")
    return application


def show_refusal(error: AppError) -> None:
    """Say in a box of its own why there is no window, and wait until it was read."""
    told = trouble(error)
    box = QMessageBox(QMessageBox.Icon.Warning, "Fireside", told.title)
    box.setInformativeText(told.text)
    for label in box.findChildren(QLabel):
        label.setTextFormat(Qt.TextFormat.PlainText)
    box.exec()


def watch_file(path: Path, on_change: Callable[[], None], owner: QWidget) -> QFileSystemWatcher:
    """Call `on_change` whenever a file was written, as long as `owner` lives."""
    watcher = QFileSystemWatcher([str(path)], owner)
    watcher.fileChanged.connect(on_change)
    return watcher


def bring_forward(window: QWidget) -> None:
    """Show a window above all others, also one that was minimized."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
