"""The chat that is on the screen: its conversation, and the turn that adds to it."""

import time
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer

from desktop.chat.turn import Continue, Edit, Regenerate, TurnEvent
from desktop.core.conversation import Conversation, Node
from desktop.core.events import Reasoning, Text
from desktop.core.messages import Role
from desktop.ui.chat.live_turn import LiveTurn
from desktop.ui.chat.message_row import MessageRow
from desktop.ui.chat.transcript import (
    NameOf,
    model_change,
    rows_of,
    trouble_of,
    with_node,
    with_nodes,
)
from desktop.ui.chat.view import ChatView

TICK_MS = 500  # while reading, the forecast counts down


class OpenChat(QObject):
    """Keeps view and conversation together; whole chats of 10,000 messages are only built anew
    when another path is shown."""

    def __init__(self, view: ChatView, name_of: NameOf) -> None:
        super().__init__(view)
        self._view = view
        self._name_of = name_of
        self._notices: dict[int, tuple[str, ...]] = {}
        self._live: LiveTurn | None = None
        self._reply_row = 0  # of the live turn
        self.conversation = Conversation(0)
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._show_status)

    @property
    def path(self) -> list[Node]:
        """The messages that are shown and on disk."""
        return self.conversation.path()

    def show(self, conversation: Conversation, live: LiveTurn | None = None) -> None:
        """Show a chat, from its end, with the turn that is under way in it."""
        self._tick.stop()
        self._live = None
        self.conversation = conversation
        if live is not None and live.started:
            self.conversation = self._with_added(live)
        self._view.set_rows(self._rows())
        if live is not None:
            self.attach(live)

    def refresh(self) -> None:
        """Show the same messages in the words of now (language, names of models)."""
        for index, row in enumerate(self._rows()[: len(self._view.rows)]):
            if row != self._view.rows[index] and not self._is_live(index):
                self._view.replace(index, row)

    def change(self, node: Node) -> None:
        """Show a message that was changed in its place."""
        self.conversation = with_node(self.conversation, node)
        index = self._index(node.id)
        if index is not None:
            self._view.replace(index, replace(self._view.rows[index], node=node))

    # the turn under way

    def attach(self, live: LiveTurn) -> None:
        """Show a turn: what it adds, and then what it says."""
        self._live = live
        index = self._index(live.reply.id) if live.started else self._show_pending(live)
        if index is None:
            self._live = None
            return
        self._reply_row = index
        self._view.replace(index, replace(self._view.rows[index], node=live.reply, trouble=None))
        self._view.stream_started(index)
        self._show_status()

    def begin(self, live: LiveTurn) -> None:
        """The turn is on disk: its stand-ins become real messages."""
        if live is not self._live:
            return
        self.conversation = self._with_added(live)
        if isinstance(live.turn.action, Continue):
            return
        rows = self._new_rows(live)
        start = len(self._view.rows) - len(rows)
        for offset, row in enumerate(rows):
            self._view.replace(start + offset, row)

    def advance(self, live: LiveTurn, events: Sequence[TurnEvent]) -> None:
        """Show what the turn says."""
        if live is not self._live:
            return
        for event in events:
            if isinstance(event, Text):
                self._view.stream_text(event.piece)
            elif isinstance(event, Reasoning):
                self._view.stream_reasoning(event.piece)
        self._show_status()

    def finish(self, live: LiveTurn) -> bool:
        """The turn is over; False when it added nothing and the chat must be shown anew."""
        if live is not self._live:
            return True
        self._live = None
        self._tick.stop()
        if live.ended is None:
            return False
        node = live.ended.reply
        self.conversation = with_node(self.conversation, node)
        self._notices[node.id] = live.notices
        row = self._view.rows[self._reply_row]
        said = (*row.notices, *live.notices)
        self._view.stream_ended(replace(row, node=node, notices=said, trouble=trouble_of(node)))
        return True

    # inside

    def _show_pending(self, live: LiveTurn) -> int | None:
        """Show stand-ins for what a waiting turn adds; return the row of the reply."""
        action = live.turn.action
        if isinstance(action, Continue):
            return self._index(action.node_id)
        if isinstance(action, Edit | Regenerate):
            cut = self._index(action.node_id)
            self._view.set_rows(self._view.rows[: cut if cut is not None else None])
        self._unmark_last_reply()
        for node in live.pending:
            self._view.append(self._row(node))
        return len(self._view.rows) - 1

    def _with_added(self, live: LiveTurn) -> Conversation:
        if isinstance(live.turn.action, Continue):
            return with_node(self.conversation, live.added[-1])
        return with_nodes(self.conversation, live.added)

    def _new_rows(self, live: LiveTurn) -> list[MessageRow]:
        rows = [self._row(node) for node in live.added]
        if live.adds_version:
            count = len(self.conversation.siblings(live.added[0].id))
            rows[0] = replace(rows[0], version=count, versions=count)
        return rows

    def _row(self, node: Node) -> MessageRow:
        """A message at the end that has no other versions."""
        reply = node.role is Role.ASSISTANT
        shown = (row.node.model for row in reversed(self._view.rows) if row.node.id > 0)
        before = next((model for model in shown if model), "")
        changed = model_change(before, node, self._name_of) if reply else ""
        return MessageRow(
            node=node,
            model_name=self._name_of(node.model) if reply else "",
            notices=(changed,) if changed else (),
            is_last_reply=reply,
        )

    def _rows(self) -> list[MessageRow]:
        return rows_of(self.conversation, self._name_of, self._notices)

    def _unmark_last_reply(self) -> None:
        for index in range(len(self._view.rows) - 1, -1, -1):
            row = self._view.rows[index]
            if row.is_last_reply:
                self._view.replace(index, replace(row, is_last_reply=False))
                return

    def _index(self, node_id: int) -> int | None:
        rows = self._view.rows
        return next((i for i in range(len(rows) - 1, -1, -1) if rows[i].node.id == node_id), None)

    def _is_live(self, index: int) -> bool:
        return self._live is not None and index >= self._reply_row

    def _show_status(self) -> None:
        live = self._live
        if live is None:
            self._tick.stop()
            return
        self._view.stream_status(*live.status(time.monotonic()))
        if live.is_reading != self._tick.isActive():
            (self._tick.start if live.is_reading else self._tick.stop)()
