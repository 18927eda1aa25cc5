"""A document that loads nothing, whatever its text names."""

from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument


def nothing() -> QImage:
    """Return a valid empty picture: None would make Qt look for the file itself."""
    image = QImage(1, 1, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    return image


class SealedDocument(QTextDocument):
    """A document that answers every request for a resource with an empty picture."""

    def loadResource(self, type: int, name: QUrl | str) -> Any:  # noqa: A002 — Qt's name
        """Load nothing."""
        return nothing()
