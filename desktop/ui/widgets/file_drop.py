"""Files dropped anywhere on a window."""

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QDragEnterEvent, QDropEvent


def dropped_files(data: QMimeData) -> list[str]:
    """Return the local files of a drop; links to elsewhere are left out."""
    return [url.toLocalFile() for url in data.urls() if url.isLocalFile()]


def accept_files(event: QDragEnterEvent) -> None:
    """Accept a drag that brings local files."""
    if dropped_files(event.mimeData()):
        event.acceptProposedAction()


def take_files(event: QDropEvent) -> list[str]:
    """Take the files of a drop; empty when there are none."""
    found = dropped_files(event.mimeData())
    if found:
        event.acceptProposedAction()
    return found
