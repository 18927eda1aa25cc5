"""The line above a chat: its title, the model that answers, and find in chat."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from desktop.ui.icons import icon
from desktop.ui.shortcuts import Command, key_text
from desktop.ui.theme import Theme
from desktop.ui.tips import plain_tip
from desktop.ui.translation import Retranslated
from desktop.ui.widgets.icon_button import IconButton
from desktop.ui.widgets.inplace_title import InplaceTitle

if TYPE_CHECKING:
    from desktop.ui.chat.find_bar import FindBar

MODEL_WIDTH = 16  # em at most


class Header(Retranslated, QFrame):
    """Only shows and asks; the chat page knows the chat."""

    renamed = Signal(str)
    find_bar_made = Signal(object)  # FindBar
    pick_model_requested = Signal()
    sidebar_requested = Signal()
    new_chat_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "header")
        self._theme = theme
        self._title_text = ""
        self._renamable = False
        self._model_name = ""
        self._show_chats = IconButton(theme, "sidebar")
        self._new = IconButton(theme, "new-chat")
        self._title = InplaceTitle(theme)
        self.model_button = QToolButton()
        self._find_button = IconButton(theme, "search")
        self._build()
        self._title.renamed.connect(self.renamed)
        self._show_chats.clicked.connect(self.sidebar_requested)
        self._new.clicked.connect(self.new_chat_requested)
        self.model_button.clicked.connect(self.pick_model_requested)
        self._find_button.clicked.connect(self._on_find_pressed)
        theme.changed.connect(self._on_theme_changed)
        self.set_sidebar_visible(True)
        self._on_theme_changed()
        self.retranslate()

    def _build(self) -> None:
        self.model_button.setProperty("kind", "pill")
        self.model_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.model_button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.model_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._row = QHBoxLayout()
        self._row.addWidget(self._show_chats)
        self._row.addWidget(self._new)
        self._row.addWidget(self._title, 1)
        self._row.addWidget(self.model_button)
        self._row.addWidget(self._find_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._row)
        self._column = column

    def retranslate(self) -> None:
        """Set all texts."""
        self._show_chats.name(self.tr("Show the chats"), key_text(Command.SIDEBAR))
        self._new.name(self.tr("New chat"), key_text(Command.NEW_CHAT))
        self._find_button.name(self.tr("Find in chat"), key_text(Command.FIND))
        self.set_chat(self._title_text, renamable=self._renamable)
        self._show_model()

    @cached_property
    def find_bar(self) -> "FindBar":
        """The bar below the title, made when it is first opened."""
        from desktop.ui.chat.find_bar import FindBar  # noqa: PLC0415 — not before the window

        bar = FindBar(self._theme)
        self._column.addWidget(bar)
        self.find_bar_made.emit(bar)
        return bar

    @property
    def finds(self) -> bool:
        """Whether the bar is open."""
        return "find_bar" in vars(self) and not self.find_bar.isHidden()

    def close_find(self) -> None:
        """Close the bar, if it is open."""
        if self.finds:
            self.find_bar.close_bar()

    def set_chat(self, title: str, *, renamable: bool) -> None:
        """Show which chat this is; "" is one without a title yet."""
        self._title_text, self._renamable = title, renamable
        if not self._title.editing:
            self._title.set_title(title or self.tr("New chat"), renamable=renamable)

    def set_model(self, name: str) -> None:
        """Show the model that will answer."""
        self._model_name = name
        self._show_model()

    def set_sidebar_visible(self, visible: bool) -> None:
        """The buttons of a hidden sidebar live here."""
        self._show_chats.setVisible(not visible)
        self._new.setVisible(not visible)

    def start_rename(self) -> None:
        """Turn the title into a field (F2)."""
        self._title.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the model's name to the room there is."""
        super().resizeEvent(event)
        self._show_model()

    def _on_find_pressed(self) -> None:
        (self.close_find if self.finds else self.find_bar.open_bar)()

    def _show_model(self) -> None:
        room = min(self._theme.em(MODEL_WIDTH), max(self._theme.em(6), self.width() // 3))
        metrics = self.model_button.fontMetrics()
        text = metrics.elidedText(self._model_name, Qt.TextElideMode.ElideRight, room)
        self.model_button.setText(text.replace("&", "&&"))
        name = self.tr("Model: {name}").format(name=self._model_name)
        self.model_button.setAccessibleName(name)
        self.model_button.setToolTip(plain_tip(f"{name}  ({key_text(Command.MODEL_PICKER)})"))

    def _on_theme_changed(self) -> None:
        em = self._theme.em
        self._row.setContentsMargins(em(0.6), em(0.5), em(0.7), em(0.5))
        self._row.setSpacing(em(0.3))
        self.model_button.setIcon(icon("chevron-down", self._theme.colors.muted, em(1)))
        self.model_button.setIconSize(QSize(em(1), em(1)))
        self._show_model()
