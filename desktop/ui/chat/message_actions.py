"""What a person can do with the messages of the open chat."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from desktop.chat.session import Session
from desktop.chat.turn import Action, Continue, Edit, Regenerate
from desktop.core.conversation import Node, NodeState
from desktop.core.errors import AppError
from desktop.core.messages import Role
from desktop.ui.chat.message_row import MessageAction
from desktop.ui.chat.open_chat import OpenChat
from desktop.ui.chat.transcript import last_prompt, last_reply, version, versioned
from desktop.ui.chat.turns import Turns
from desktop.ui.chat.view import ChatView
from desktop.ui.notices import Notices
from desktop.ui.wording import TroubleAction

_OF_CARDS = frozenset(action.value for action in TroubleAction)
UNFINISHED = frozenset(NodeState) - {NodeState.STREAMING, NodeState.COMPLETE}


class MessageActions(QObject):
    """Works on the conversation that `open_chat` shows."""

    wanted = Signal(object)  # a TroubleAction that is not about messages

    def __init__(
        self, session: Session, view: ChatView, open_chat: OpenChat, turns: Turns, notices: Notices
    ) -> None:
        super().__init__(view)
        self._session, self._view, self._open = session, view, open_chat
        self._turns, self._notices = turns, notices
        view.action_requested.connect(self._on_requested)
        view.edit_submitted.connect(self._on_edited)

    def submit(self, action: Action) -> bool:
        """Begin a turn in the open chat; False when one is under way or it cannot begin."""
        if not self._is_free():
            return False
        try:
            self._open.attach(self._turns.submit(self._chat_id, action))
        except AppError as error:
            self._notices.trouble(error)
            return False
        return True

    def regenerate(self) -> None:
        """Answer the last prompt once more; the old answer stays as a version."""
        reply = last_reply(self._open.path)
        if reply is not None:
            self.submit(Regenerate(reply.id))

    def continue_reply(self) -> None:
        """Go on with the last reply, if it ended early."""
        reply = last_reply(self._open.path)
        if reply is not None and reply.state in UNFINISHED:
            self.submit(Continue(reply.id))

    def step_version(self, step: int, node: Node | None = None) -> None:
        """Show the next (1) or previous (-1) version of a message, of the last one by default."""
        shown = node or versioned(self._open.conversation)
        if shown is None:
            return
        leaf = version(self._open.conversation, shown.id, step)
        if leaf is None or not self._is_free():
            return
        try:
            self._session.store.show(self._chat_id, leaf)
            self._open.show(self._session.store.conversation(self._chat_id))
        except AppError as error:
            self._notices.trouble(error)
            return
        versions = {sibling.id for sibling in self._open.conversation.siblings(shown.id)}
        self._view.scroll_to(next(n.id for n in self._open.path if n.id in versions))

    def edit_last(self) -> None:
        """Edit the last prompt."""
        prompt = last_prompt(self._open.path)
        if prompt is not None and self._is_free():
            self._view.edit(prompt.id)

    def copy_last(self) -> None:
        """Copy the last answer as Markdown."""
        reply = last_reply(self._open.path)
        if reply is not None and reply.content:
            QGuiApplication.clipboard().setText(reply.content)
            self._notices.toast(self.tr("Answer copied"))

    @property
    def _chat_id(self) -> int:
        return self._open.conversation.id

    def _is_free(self) -> bool:
        """Whether no turn is under way here; says so when one is."""
        if self._turns.of(self._chat_id) is None:
            return True
        self._notices.toast(self.tr("Wait for the answer, or stop it with Esc"))
        return False

    def _on_requested(self, node_id: int, action: str) -> None:
        node = self._open.conversation.nodes.get(node_id)
        if node is None:
            return
        match action:
            case MessageAction.REGENERATE:
                self.submit(Regenerate(node_id))
            case MessageAction.CONTINUE:
                self.submit(Continue(node_id))
            case MessageAction.PREVIOUS_VERSION:
                self.step_version(-1, node)
            case MessageAction.NEXT_VERSION:
                self.step_version(1, node)
            case TroubleAction.RETRY:
                self._retry(node)
            case TroubleAction.SHORTEN if node.parent is not None:
                self._view.edit(node.parent)
            case _:
                if action in _OF_CARDS:
                    self.wanted.emit(TroubleAction(action))

    def _retry(self, node: Node) -> None:
        """Text that is there is kept as a version; an empty reply is simply tried again."""
        same_model = node.model == self._session.model_for(self._chat_id).path
        empty = not node.content and not node.reasoning
        self.submit(Continue(node.id) if empty and same_model else Regenerate(node.id))

    def _on_edited(self, node_id: int, text: str, send: bool) -> None:
        node = self._open.conversation.nodes[node_id]
        if send and node.role is Role.USER:
            self.submit(Edit(node_id, text))
            return
        try:
            self._open.change(self._session.store.edit_in_place(node_id, text))
        except AppError as error:
            self._notices.trouble(error)
