"""Chats as rows of the sidebar: order, trash, names, drafts."""

from dataclasses import dataclass
from typing import Any

import msgspec

from desktop.core.errors import AppError, ErrorCode
from desktop.store.database import Database, not_found, storable

TITLE_CHARACTERS = 300

_COLUMNS = "id, title, created, updated, pinned, trashed, model, options"


@dataclass(frozen=True, slots=True)
class ChatRow:
    """One chat; times are seconds since the epoch.

    `trashed` is when it went to the trash, `model` a path ("" for the default model), `options`
    a JSON object of what this chat sets differently.
    """

    id: int
    title: str
    created: float
    updated: float
    pinned: bool
    trashed: float | None
    model: str
    options: str


def chat_row(row: tuple[Any, ...]) -> ChatRow:
    """Return the value of a row selected by `chat_columns`."""
    id_, title, created, updated, pinned, trashed, model, options = row
    return ChatRow(id_, title, created, updated, bool(pinned), trashed, model, options)


def chat_columns(table: str = "chat") -> str:
    """Return the columns that `chat_row` reads, for a SELECT."""
    return ", ".join(f"{table}.{name}" for name in _COLUMNS.split(", "))


class Chats(Database):
    """Operations on whole chats; each returns what it changed."""

    def create_chat(self, title: str = "", model: str = "") -> ChatRow:
        """Begin a chat."""
        now = self._clock()
        with self._writing() as db:
            db.execute(
                "INSERT INTO chat (title, created, updated, model) VALUES (?, ?, ?, ?)",
                (_one_line(title), now, now, storable(model)),
            )
            return self._chat(db.last_insert_rowid())

    def chat(self, chat_id: int) -> ChatRow:
        """Return one chat, trashed or not; AppError NOT_FOUND."""
        return self._chat(chat_id)

    def chats(self, limit: int = 200, offset: int = 0) -> list[ChatRow]:
        """Return chats that are not in the trash, pinned first, then by last use."""
        rows = self._rows(
            f"SELECT {_COLUMNS} FROM chat WHERE trashed IS NULL"
            " ORDER BY pinned DESC, updated DESC, id DESC LIMIT ? OFFSET ?",
            limit,
            offset,
        )
        return [chat_row(row) for row in rows]

    def trash(self) -> list[ChatRow]:
        """Return what is in the trash, last thrown away first."""
        rows = self._rows(
            f"SELECT {_COLUMNS} FROM chat WHERE trashed IS NOT NULL ORDER BY trashed DESC, id DESC"
        )
        return [chat_row(row) for row in rows]

    def move_to_trash(self, chat_id: int) -> ChatRow:
        """Hide a chat from the list and from search until it is restored."""
        return self._set(chat_id, "trashed", self._clock())

    def restore(self, chat_id: int) -> ChatRow:
        """Take a chat out of the trash."""
        return self._set(chat_id, "trashed", None)

    def delete_for_good(self, chat_id: int) -> None:
        """Erase a chat: its text is afterwards in no byte of the database, its log, its index."""
        with self._writing() as db:
            self._chat(chat_id)
            db.execute("DELETE FROM chat WHERE id = ?", (chat_id,))
        self._rows("PRAGMA wal_checkpoint(TRUNCATE)")

    def rename(self, chat_id: int, title: str) -> ChatRow:
        """Give a chat a title: one line, cut at 300 characters."""
        return self._set(chat_id, "title", _one_line(title))

    def pin(self, chat_id: int, pinned: bool) -> ChatRow:
        """Keep a chat at the top of the list, or no longer."""
        return self._set(chat_id, "pinned", int(pinned))

    def set_model(self, chat_id: int, path: str) -> ChatRow:
        """Let another model answer from now on; "" is the default model."""
        return self._set(chat_id, "model", storable(path))

    def set_options(self, chat_id: int, options: str) -> ChatRow:
        """Replace a chat's own options; AppError INPUT_INVALID unless it is a JSON object."""
        try:
            msgspec.json.decode(options, type=dict[str, Any])
        except (msgspec.DecodeError, UnicodeEncodeError) as error:
            raise AppError(ErrorCode.INPUT_INVALID, detail=str(error)) from error
        return self._set(chat_id, "options", options)

    def draft(self, chat_id: int | None) -> str:
        """Return what was typed and not sent; None is the chat that is not begun yet."""
        rows = self._rows("SELECT text FROM draft WHERE chat = ?", chat_id or 0)
        return rows[0][0] if rows else ""

    def save_draft(self, chat_id: int | None, text: str) -> None:
        """Keep what is in the composer; "" forgets it."""
        with self._writing() as db:
            if chat_id is not None:
                self._chat(chat_id)
            if text:
                db.execute(
                    "INSERT INTO draft (chat, text) VALUES (?, ?)"
                    " ON CONFLICT (chat) DO UPDATE SET text = excluded.text",
                    (chat_id or 0, storable(text)),
                )
            else:
                db.execute("DELETE FROM draft WHERE chat = ?", (chat_id or 0,))

    def _chat(self, chat_id: int) -> ChatRow:
        rows = self._rows(f"SELECT {_COLUMNS} FROM chat WHERE id = ?", chat_id)
        if not rows:
            raise not_found("chat")
        return chat_row(rows[0])

    def _set(self, chat_id: int, column: str, value: str | float | None) -> ChatRow:
        with self._writing() as db:
            db.execute(f"UPDATE chat SET {column} = ? WHERE id = ?", (value, chat_id))
            return self._chat(chat_id)


def _one_line(title: str) -> str:
    return " ".join(storable(title).split())[:TITLE_CHARACTERS]
