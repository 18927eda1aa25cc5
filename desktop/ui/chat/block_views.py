"""The widgets of blocks that a message owns, used again for other blocks."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.ui.chat.chat_style import ChatStyle
from desktop.ui.chat.code_panel import CodePanel
from desktop.ui.chat.gestures import Gestures
from desktop.ui.chat.text_view import TextView

MOST_SPARE = 12

BlockView = TextView | CodePanel


class BlockViews:
    """Gives out widgets inside `host` and takes them back."""

    def __init__(
        self,
        look: ChatStyle,
        gestures: Gestures,
        host: QWidget,
        *,
        on_link: Callable[[str], None],
        on_height: Callable[[], None],
    ) -> None:
        self.look = look
        self._gestures = gestures
        self._host = host
        self._on_link = on_link
        self._on_height = on_height
        self._texts: list[TextView] = []
        self._codes: list[CodePanel] = []

    def take_text(self) -> TextView:
        """Return a text widget."""
        if self._texts:
            return self._texts.pop()
        view = TextView(self.look, self._gestures, self._host)
        view.link_chosen.connect(self._on_link)
        return view

    def take_code(self) -> CodePanel:
        """Return a code panel."""
        if self._codes:
            return self._codes.pop()
        view = CodePanel(self.look, self._gestures, self._host)
        view.height_changed.connect(self._on_height)
        return view

    def give(self, view: BlockView) -> None:
        """Keep a widget for the next block, without marks."""
        view.hide()
        editor = view.selectable
        cursor = editor.textCursor()
        if cursor.hasSelection():
            cursor.clearSelection()
            editor.setTextCursor(cursor)
        if editor.extraSelections():
            editor.setExtraSelections([])
        if len(self._texts) + len(self._codes) >= MOST_SPARE:
            view.deleteLater()
        elif isinstance(view, TextView):
            self._texts.append(view)
        else:
            self._codes.append(view)

    def drop(self) -> None:
        """Forget unused widgets, which look like before."""
        for view in (*self._texts, *self._codes):
            view.deleteLater()
        self._texts.clear()
        self._codes.clear()
