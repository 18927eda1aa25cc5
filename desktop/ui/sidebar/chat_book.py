"""What the sidebar asks of the chats on disk; the Store does all of it."""

from collections.abc import Sequence
from typing import Protocol

from desktop.store.store import ChatRow, SearchHit


class ChatBook(Protocol):
    """Short reads and small changes; each change returns the chat as it is now."""

    def chats(self, limit: int = 200, offset: int = 0) -> Sequence[ChatRow]:
        """Return chats outside the Trash: pinned first, then the last used first."""
        ...

    def trash(self) -> Sequence[ChatRow]:
        """Return the chats in the Trash."""
        ...

    def search(self, query: str, limit: int = 50) -> Sequence[SearchHit]:
        """Return hits in titles and messages, best first."""
        ...

    def rename(self, chat_id: int, title: str) -> ChatRow:
        """Give a chat a title."""
        ...

    def pin(self, chat_id: int, pinned: bool) -> ChatRow:
        """Keep a chat at the top, or no longer."""
        ...

    def move_to_trash(self, chat_id: int) -> ChatRow:
        """Put a chat into the Trash."""
        ...

    def restore(self, chat_id: int) -> ChatRow:
        """Take a chat out of the Trash."""
        ...

    def delete_for_good(self, chat_id: int) -> None:
        """Erase a chat."""
        ...
