"""Sidebar beside the chat where there is room, over it where there is not."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QSplitter, QVBoxLayout, QWidget

from desktop.ui.theme import Theme

NARROW = 760  # px; with larger text the sidebar needs more
NARROW_EM = 52
WIDTH = 18.0  # em of the sidebar, until the user moves the edge
LEAST, MOST = 13.0, 30.0  # em
UNBOUNDED = 16_777_215  # QWIDGETSIZE_MAX


class Columns(QWidget):
    """Owns the place of the sidebar; `sidebar_shown` comes when it appears or disappears."""

    sidebar_shown = Signal(bool)

    def __init__(self, theme: Theme, sidebar: QWidget, page: QWidget) -> None:
        super().__init__()
        self._theme = theme
        self._sidebar = sidebar
        self._wanted = True  # beside the chat
        self._width = WIDTH
        self._overlay: bool | None = None
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(sidebar)
        self._splitter.addWidget(page)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.splitterMoved.connect(self._on_edge_moved)
        self._veil = Veil(self)
        self._veil.pressed.connect(self.hide_overlay)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._splitter)
        theme.changed.connect(self._on_theme_changed)
        sidebar.installEventFilter(self)

    @property
    def overlay(self) -> bool:
        """Whether the window is so narrow that the sidebar lies over the chat."""
        return bool(self._overlay)

    @property
    def wanted(self) -> bool:
        """Whether the sidebar is to be seen where there is room; worth keeping."""
        return self._wanted

    @property
    def sidebar_width(self) -> float:
        """The width of the sidebar in em; worth keeping."""
        return self._width

    def restore(self, *, wanted: bool, width: float) -> None:
        """Take up what was kept."""
        self._wanted = wanted
        self._width = min(max(width, LEAST), MOST)
        self._overlay = None
        self._arrange()

    def toggle(self) -> None:
        """Show or hide the sidebar."""
        if self.overlay:
            self._show_overlay(self._sidebar.isHidden())
        else:
            self._wanted = not self._wanted
            self._show_beside()

    def reveal(self) -> None:
        """Make sure that the sidebar is seen."""
        if self._sidebar.isHidden():
            self.toggle()

    def hide_overlay(self) -> None:
        """Give the chat back its place, when the sidebar lies over it."""
        if self.overlay:
            self._show_overlay(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Change over when the window becomes narrow or wide."""
        super().resizeEvent(event)
        self._arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc puts the overlay away."""
        if (
            self.overlay
            and isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape
        ):
            self.hide_overlay()
            return True
        return False

    def _arrange(self) -> None:
        overlay = self.width() < max(NARROW, self._theme.em(NARROW_EM))
        if overlay == self._overlay:
            if overlay:
                self._place_overlay()
            return
        self._overlay = overlay
        if overlay:
            self._sidebar.hide()
            self._sidebar.setParent(self)
            self._show_overlay(False)
        else:
            self._veil.hide()
            self._splitter.insertWidget(0, self._sidebar)
            self._splitter.setStretchFactor(0, 0)
            self._splitter.setStretchFactor(1, 1)
            self._show_beside()

    def _show_beside(self) -> None:
        em = self._theme.em
        self._sidebar.setMinimumWidth(em(LEAST))
        self._sidebar.setMaximumWidth(em(MOST))
        self._sidebar.setVisible(self._wanted)
        side = em(self._width)
        self._splitter.setSizes([side, max(1, self.width() - side)])
        self.sidebar_shown.emit(self._wanted)

    def _show_overlay(self, shown: bool) -> None:
        self._place_overlay()
        self._veil.setVisible(shown)
        self._sidebar.setVisible(shown)
        if shown:
            self._veil.raise_()
            self._sidebar.raise_()
            self._sidebar.setFocus()
        self.sidebar_shown.emit(shown)

    def _place_overlay(self) -> None:
        width = min(self._theme.em(max(self._width, WIDTH)), self.width() - self._theme.em(3))
        self._sidebar.setMinimumWidth(0)
        self._sidebar.setMaximumWidth(UNBOUNDED)
        self._sidebar.setGeometry(0, 0, width, self.height())
        self._veil.setGeometry(self.rect())

    def _on_edge_moved(self) -> None:
        if not self.overlay and self._sidebar.isVisible():
            self._width = self._sidebar.width() / self._theme.em()

    def _on_theme_changed(self) -> None:
        self._overlay = None  # the text size may have changed what is narrow
        QTimer.singleShot(0, self, self._arrange)


class Veil(QFrame):
    """Dims the chat below the overlay; a press closes the overlay."""

    pressed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "veil")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.hide()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell that the chat was pressed."""
        self.pressed.emit()
