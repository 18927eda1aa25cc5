"""A button that shows an icon in the colours and the size of the theme."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QToolButton, QWidget

from desktop.ui.icons import icon
from desktop.ui.theme import Theme


class IconButton(QToolButton):
    """Tinted by the theme; give it a name with `name`, it is its tool tip too."""

    def __init__(
        self, theme: Theme, icon_name: str, parent: QWidget | None = None, *, size: float = 1.35
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon_name = icon_name
        self._size = size  # em
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def set_icon(self, icon_name: str) -> None:
        """Show another icon."""
        if icon_name != self._icon_name:
            self._icon_name = icon_name
            self._on_theme_changed()

    def name(self, text: str, keys: str = "") -> None:
        """Say what the button does; `keys` is shown in the tool tip."""
        self.setAccessibleName(text)
        self.setToolTip(f"{text}  ({keys})" if keys else text)

    def _on_theme_changed(self) -> None:
        side = self._theme.em(self._size)
        self.setIconSize(QSize(side, side))
        self.setIcon(icon(self._icon_name, self._theme.colors.muted, side))
