"""The row below a message: versions, actions and how the answer went."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from desktop.core.conversation import NodeState
from desktop.core.messages import Role
from desktop.ui.chat.chat_style import ChatStyle
from desktop.ui.chat.message_row import MessageAction, MessageRow
from desktop.ui.statuses import figures

COPIED_MS = 1_500

_ICONS = {
    MessageAction.PREVIOUS_VERSION: "chevron-left",
    MessageAction.NEXT_VERSION: "chevron-right",
    MessageAction.COPY: "copy",
    MessageAction.EDIT: "edit",
    MessageAction.REGENERATE: "regenerate",
    MessageAction.CONTINUE: "continue",
}
UNFINISHED = (NodeState.STOPPED, NodeState.LIMITED, NodeState.FAILED, NodeState.INTERRUPTED)


def actions_for(row: MessageRow) -> list[MessageAction]:
    """Return what can be asked of a message now, in the order of the buttons."""
    actions: list[MessageAction] = []
    if row.versions > 1:
        actions += [MessageAction.PREVIOUS_VERSION, MessageAction.NEXT_VERSION]
    if row.node.state is NodeState.STREAMING:
        return actions
    if row.node.content:
        actions.append(MessageAction.COPY)
    actions.append(MessageAction.EDIT)
    if row.node.role is Role.ASSISTANT:
        actions.append(MessageAction.REGENERATE)
        if row.node.state in UNFINISHED:
            actions.append(MessageAction.CONTINUE)
    return actions


class MessageFooter(QWidget):
    """Buttons with names; strong for the last reply and while wanted, pale otherwise."""

    chosen = Signal(str)  # a MessageAction

    def __init__(self, style: ChatStyle, parent: QWidget) -> None:
        super().__init__(parent)
        self._style = style
        self._row: MessageRow | None = None
        self._strong = False
        self._buttons = {action: self._button(action) for action in _ICONS}
        self._version = QLabel(self, textFormat=Qt.TextFormat.PlainText)
        self._stats = QLabel(self, textFormat=Qt.TextFormat.PlainText)
        self._stats.setMinimumWidth(0)
        self._stats.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._copied = QTimer(self, singleShot=True, interval=COPIED_MS)
        self._copied.timeout.connect(self._draw_icons)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        for action in (
            MessageAction.PREVIOUS_VERSION,
            self._version,
            MessageAction.NEXT_VERSION,
            MessageAction.COPY,
            MessageAction.EDIT,
            MessageAction.REGENERATE,
            MessageAction.CONTINUE,
        ):
            shown = self._buttons[action] if isinstance(action, MessageAction) else action
            self._layout.addWidget(shown)
        self._layout.addWidget(self._stats, 1)
        self.restyle()

    def _button(self, action: MessageAction) -> QToolButton:
        button = QToolButton(self)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda: self.chosen.emit(action.value))
        button.installEventFilter(self)
        return button

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A button that has the focus is drawn clearly."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.set_strong(event.type() is QEvent.Type.FocusIn)
        return super().eventFilter(watched, event)

    @property
    def buttons(self) -> list[QToolButton]:
        """The buttons that can be pressed now, in reading order."""
        if self._row is None:
            return []
        return [b for b in self._buttons.values() if not b.isHidden() and b.isEnabled()]

    @property
    def told(self) -> str:
        """What the stats line says."""
        return self._stats.text()

    def button(self, action: MessageAction) -> QToolButton:
        """Return the button of an action."""
        return self._buttons[action]

    def set_row(self, row: MessageRow) -> None:
        """Show what can be done with this message."""
        self._row = row
        possible = actions_for(row)
        for action, button in self._buttons.items():
            button.setVisible(action in possible)
        self._buttons[MessageAction.PREVIOUS_VERSION].setEnabled(row.version > 1)
        self._buttons[MessageAction.NEXT_VERSION].setEnabled(row.version < row.versions)
        self._version.setVisible(row.versions > 1)
        self._version.setText(f"{row.version}/{row.versions}")
        self._version.setAccessibleName(
            self.tr("Version {0} of {1}").format(row.version, row.versions)
        )
        is_reply = row.node.role is Role.ASSISTANT
        self._stats.setText(figures(row.node.usage, row.node.state) if is_reply else "")
        self._stats.setVisible(is_reply)
        self._name_button(MessageAction.EDIT)
        self.setVisible(bool(possible) or bool(self._stats.text()))
        self._draw_icons()

    def set_strong(self, strong: bool) -> None:
        """Draw the buttons for someone who wants them, or stepping back."""
        if strong != self._strong:
            self._strong = strong
            self._draw_icons()

    def show_copied(self) -> None:
        """Confirm the copy for a moment."""
        colors = self._style.colors
        self._buttons[MessageAction.COPY].setIcon(self._style.icon("check", colors.success))
        self._copied.start()

    def restyle(self) -> None:
        """Take the fonts, colours and words of now."""
        style = self._style
        side = round(style.em * 1.1)
        for action, button in self._buttons.items():
            button.setIconSize(QSize(side, side))
            self._name_button(action)
        for text in (self._version, self._stats):
            text.setFont(style.small)
            text.setStyleSheet(f"color: {style.colors.faint.name()}")
        self._stats.setContentsMargins(round(style.em * 0.6), 0, 0, 0)
        self._draw_icons()

    def label(self, action: MessageAction) -> str:
        """Return the words for an action."""
        is_user = self._row is not None and self._row.node.role is Role.USER
        return {
            MessageAction.PREVIOUS_VERSION: self.tr("Previous version"),
            MessageAction.NEXT_VERSION: self.tr("Next version"),
            MessageAction.COPY: self.tr("Copy message"),
            MessageAction.EDIT: self.tr("Edit message") if is_user else self.tr("Edit answer"),
            MessageAction.REGENERATE: self.tr("Answer again"),
            MessageAction.CONTINUE: self.tr("Continue"),
        }[action]

    def _name_button(self, action: MessageAction) -> None:
        self._buttons[action].setToolTip(self.label(action))
        self._buttons[action].setAccessibleName(self.label(action))

    def _draw_icons(self) -> None:
        style = self._style
        strong = self._strong or (self._row is not None and self._row.is_last_reply)
        color = style.colors.muted if strong else style.faded()
        for action, button in self._buttons.items():
            button.setIcon(style.icon(_ICONS[action], color))
