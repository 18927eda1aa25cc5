"""A card that says what went wrong and offers what to do; used in chats and over the window."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.ui.icons import icon
from desktop.ui.theme import Theme
from desktop.ui.translation import Retranslated
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.icon_button import IconButton
from desktop.ui.wording import Trouble, action_text


class TroubleCard(Retranslated, QFrame):
    """Plain text only. The first action is the main one."""

    action_requested = Signal(object)  # TroubleAction
    closed = Signal()
    height_changed = Signal()

    def __init__(
        self,
        theme: Theme,
        trouble: Trouble,
        parent: QWidget | None = None,
        *,
        closable: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "danger_card")
        self._theme = theme
        self._trouble = trouble
        self._sign = QLabel()
        self._title = _label(trouble.title, "strong")
        self._close = IconButton(theme, "close", size=1.1)
        self._close.setVisible(closable)
        self._close.clicked.connect(self.closed)
        self._more = QPushButton()
        self._details = _label(trouble.details, "faint")
        self._buttons = [self._button(i) for i in range(len(trouble.actions))]
        self._build()
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.retranslate()

    def _button(self, number: int) -> QPushButton:
        button = QPushButton()
        action = self._trouble.actions[number]
        if number == 0:
            button.setProperty("kind", "primary")
        button.clicked.connect(lambda: self.action_requested.emit(action))
        return button

    def _build(self) -> None:
        self._more.setProperty("kind", "link")
        self._more.setCheckable(True)
        self._more.setVisible(bool(self._trouble.details))
        self._more.toggled.connect(self._on_details)
        self._details.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._details.hide()
        self._head = QHBoxLayout()
        self._head.addWidget(self._sign)
        self._head.addWidget(self._title, 1)
        self._head.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self._row = FlowLayout()
        for button in (*self._buttons, self._more):
            self._row.addWidget(button)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._head)
        self._column.addWidget(_label(self._trouble.text, ""))
        self._column.addLayout(self._row)
        self._column.addWidget(self._details)

    def retranslate(self) -> None:
        """Set the texts of the buttons; the sentences stay as they were said."""
        self.setAccessibleName(self._trouble.title)
        self.setAccessibleDescription(self._trouble.text)
        self._close.name(self.tr("Close"))
        self._more.setText(self.tr("Details"))
        for button, action in zip(self._buttons, self._trouble.actions, strict=True):
            button.setText(action_text(action))

    def hide_actions(self) -> None:
        """Leave out the buttons, where nobody could do what they offer."""
        for button in self._buttons:
            button.hide()

    def stops(self) -> list[QWidget]:
        """Return what Tab stops at, in reading order."""
        parts = (*self._buttons, self._more, self._details)
        return [part for part in parts if not part.isHidden()]

    def leave_tab_order(self) -> None:
        """Let who holds the card walk through `stops()`."""
        for button in (*self._buttons, self._more):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._details.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def _on_details(self, shown: bool) -> None:
        self._details.setVisible(shown)
        self.height_changed.emit()

    def _on_theme_changed(self) -> None:
        em = self._theme.em
        self._column.setContentsMargins(em(1), em(0.8), em(0.8), em(0.9))
        self._column.setSpacing(em(0.6))
        self._row.set_spacing(em(0.5))
        side = em(1.4)
        self._sign.setPixmap(icon("warning", self._theme.colors.danger, side).pixmap(side, side))


def _label(text: str, kind: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("kind", kind)
    return label
