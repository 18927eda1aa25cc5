"""Keys that a widget wants for itself although the window has a command on them."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent


def claim(event: QEvent, key: Qt.Key) -> bool:
    """Take `key`, pressed alone, from the window's shortcuts; True when `event` asked for that.

    Qt asks by QEvent.ShortcutOverride; an accepted one comes again as an ordinary key press.
    """
    if (
        isinstance(event, QKeyEvent)
        and event.type() is QEvent.Type.ShortcutOverride
        and event.key() == key
        and event.modifiers() == Qt.KeyboardModifier.NoModifier
    ):
        event.accept()
        return True
    return False
