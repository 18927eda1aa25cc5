"""The bottom of the sidebar: Trash, Settings, and what the program knows about the network."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QToolButton, QWidget

from desktop.ui.icons import set_button_icon
from desktop.ui.shortcuts import Command, key_text
from desktop.ui.theme import Theme
from desktop.ui.translation import Retranslated


class Footer(Retranslated, QFrame):
    """Three flat buttons; the badge explains itself when it is pressed."""

    trash_requested = Signal()
    settings_requested = Signal()
    badge_pressed = Signal(str)  # the explanation

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "footer")
        self._theme = theme
        self._settings = _button()
        self._trash = _button()
        self._badge = _button()
        self._grid = QGridLayout(self)
        self._grid.addWidget(self._settings, 0, 0)
        self._grid.addWidget(self._trash, 0, 1)
        self._grid.addWidget(self._badge, 1, 0, 1, 2)
        self._settings.clicked.connect(self.settings_requested)
        self._trash.clicked.connect(self.trash_requested)
        self._badge.clicked.connect(lambda: self.badge_pressed.emit(self._badge.toolTip()))
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts."""
        self._settings.setText(self.tr("Settings"))
        self._settings.setToolTip(f"{self.tr('Settings')}  ({key_text(Command.SETTINGS)})")
        self._trash.setText(self.tr("Trash"))
        self._trash.setToolTip(self.tr("Chats that you deleted"))
        explanation = self.tr(
            "Offline by design: Fireside opens no network connection. The model runs on this "
            "computer, and your chats stay here."
        )
        self._badge.setText(self.tr("Offline"))
        self._badge.setToolTip(explanation)
        self._badge.setAccessibleDescription(explanation)

    def _on_theme_changed(self) -> None:
        em, colors = self._theme.em, self._theme.colors
        self._grid.setContentsMargins(em(0.5), em(0.4), em(0.5), em(0.5))
        self._grid.setSpacing(em(0.15))
        for button, name, color in (
            (self._settings, "settings", colors.muted),
            (self._trash, "trash", colors.muted),
            (self._badge, "offline", colors.success),
        ):
            set_button_icon(button, name, color, em(1.25))


def _button() -> QToolButton:
    button = QToolButton()
    button.setProperty("kind", "row")
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    policy = button.sizePolicy()
    policy.setHorizontalPolicy(policy.Policy.Expanding)
    button.setSizePolicy(policy)
    return button
