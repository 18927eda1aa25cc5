"""The messages of a chat as a tree, where nothing is ever overwritten by a new version."""

from typing import Any

import apsw
import msgspec

from desktop.core.conversation import Conversation, Node, NodeState
from desktop.core.events import Usage
from desktop.core.messages import Role
from desktop.store.database import Database, not_found, storable

_COLUMNS = "id, parent, role, content, reasoning, state, model, created, usage, error"


class Conversations(Database):
    """Operations on messages; what they return is on disk."""

    def conversation(self, chat_id: int) -> Conversation:
        """Return a chat with all its messages; AppError NOT_FOUND."""
        with self._reading() as db:
            chat = db.execute("SELECT title, leaf FROM chat WHERE id = ?", (chat_id,)).fetchone()
            if chat is None:
                raise not_found("chat")
            rows = db.execute(
                f"SELECT {_COLUMNS} FROM node WHERE chat = ? ORDER BY id", (chat_id,)
            ).fetchall()
        title, leaf = chat
        return Conversation(chat_id, title, leaf, {n.id: n for n in map(node, rows)})

    def add_message(
        self,
        chat_id: int,
        *,
        parent: int | None,
        role: Role,
        content: str = "",
        state: NodeState = NodeState.COMPLETE,
        model: str = "",
    ) -> Node:
        """Append a message below `parent` (None: a first message) and show the path to it.

        With a parent that has replies, or None where there are first messages, it becomes
        another version beside them. AppError NOT_FOUND for a chat or parent that is not there.
        """
        now = self._clock()
        with self._writing() as db:
            self._require(db, chat_id, parent)
            db.execute(
                "INSERT INTO node (chat, parent, role, content, state, model, created)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (chat_id, parent, role, storable(content), state, storable(model), now),
            )
            node_id = db.last_insert_rowid()
            db.execute(
                "UPDATE chat SET leaf = ?, updated = ? WHERE id = ?", (node_id, now, chat_id)
            )
            return self._node(node_id)

    def checkpoint(self, node_id: int, content: str, reasoning: str = "") -> None:
        """Keep the text so far of a message that is being written; it is not yet searched."""
        with self._writing() as db:
            db.execute(
                "UPDATE node SET content = ?, reasoning = ? WHERE id = ? AND state = 'streaming'",
                (storable(content), storable(reasoning), node_id),
            )
            if not db.changes():
                raise not_found("message")

    def finish(
        self,
        node_id: int,
        *,
        content: str,
        reasoning: str = "",
        state: NodeState,
        usage: Usage | None = None,
        error: str = "",
    ) -> Node:
        """Close a message that was being written; AppError NOT_FOUND."""
        told = None if usage is None else msgspec.json.encode(usage).decode()
        with self._writing() as db:
            db.execute(
                "UPDATE node SET content = ?, reasoning = ?, state = ?, usage = ?, error = ?"
                " WHERE id = ?",
                (storable(content), storable(reasoning), state, told, error, node_id),
            )
            return self._node(node_id)

    def reopen(self, node_id: int) -> Node:
        """Let a message be written further (Continue); its text stays. AppError NOT_FOUND."""
        with self._writing() as db:
            db.execute("UPDATE node SET state = 'streaming', error = '' WHERE id = ?", (node_id,))
            self._touch(db, node_id)
            return self._node(node_id)

    def edit_in_place(self, node_id: int, content: str) -> Node:
        """Correct a message without a new version ("Save only"); AppError NOT_FOUND."""
        with self._writing() as db:
            db.execute("UPDATE node SET content = ? WHERE id = ?", (storable(content), node_id))
            self._touch(db, node_id)
            return self._node(node_id)

    def show(self, chat_id: int, leaf: int | None) -> None:
        """Remember which path is shown, by its last message; AppError NOT_FOUND."""
        with self._writing() as db:
            self._require(db, chat_id, leaf)
            db.execute("UPDATE chat SET leaf = ? WHERE id = ?", (leaf, chat_id))

    def mark_interrupted(self) -> int:
        """Mark what an ended program left unfinished; return how many messages.

        Only for the program that holds the data folder's lock, before its first reply.
        """
        with self._writing() as db:
            db.execute("UPDATE node SET state = 'interrupted' WHERE state = 'streaming'")
            return db.changes()

    def _require(self, db: apsw.Connection, chat_id: int, node_id: int | None) -> None:
        if not db.execute("SELECT 1 FROM chat WHERE id = ?", (chat_id,)).get:
            raise not_found("chat")
        found = "SELECT 1 FROM node WHERE chat = ? AND id = ?"
        if node_id is not None and not db.execute(found, (chat_id, node_id)).get:
            raise not_found("message")

    def _touch(self, db: apsw.Connection, node_id: int) -> None:
        db.execute(
            "UPDATE chat SET updated = ? WHERE id = (SELECT chat FROM node WHERE id = ?)",
            (self._clock(), node_id),
        )

    def _node(self, node_id: int) -> Node:
        rows = self._rows(f"SELECT {_COLUMNS} FROM node WHERE id = ?", node_id)
        if not rows:
            raise not_found("message")
        return node(rows[0])


def node(row: tuple[Any, ...]) -> Node:
    """Return the message of a row of node."""
    id_, parent, role, content, reasoning, state, model, created, usage, error = row
    counts = None if usage is None else msgspec.json.decode(usage, type=Usage)
    return Node(
        id_,
        parent,
        Role(role),
        content,
        reasoning,
        NodeState(state),
        model,
        created,
        counts,
        error,
    )
