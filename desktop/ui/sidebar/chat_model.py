"""The chats as an item model: a prefix of the store's order, with headings by date."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from desktop.core.errors import AppError
from desktop.store.store import ChatRow
from desktop.ui.sidebar.chat_book import ChatBook
from desktop.ui.tips import plain_tip

PAGE = 200  # chats read at once
AnyIndex = QModelIndex | QPersistentModelIndex


class Group(IntEnum):
    """The headings, in their order."""

    PINNED = 0
    TODAY = 1
    YESTERDAY = 2
    WEEK = 3
    OLDER = 4


class ChatRole(IntEnum):
    """What the delegate asks for besides the title."""

    ROW = Qt.ItemDataRole.UserRole  # ChatRow, None for a heading
    BUSY = Qt.ItemDataRole.UserRole + 1  # whether an answer is being written


@dataclass(frozen=True, slots=True)
class Heading:
    """A row that only names the group below it."""

    group: Group


Entry = Heading | ChatRow


def group_of(chat: ChatRow, today: date) -> Group:
    """Return the heading a chat belongs under."""
    if chat.pinned:
        return Group.PINNED
    used = datetime.fromtimestamp(chat.updated).astimezone().date()
    if used >= today:
        return Group.TODAY
    if used == today - timedelta(days=1):
        return Group.YESTERDAY
    return Group.WEEK if used >= today - timedelta(days=7) else Group.OLDER


def title_of(chat: ChatRow) -> str:
    """Return what a chat is called in the window."""
    return chat.title or QCoreApplication.translate("Sidebar", "New chat")


class ChatModel(QAbstractListModel):
    """Reads pages as the view scrolls; `upsert` and `remove` keep it true without reading again.

    The chats held are always the first ones of the store's order, so their number is the offset
    of the next page.
    """

    renamed = Signal(int, str)  # chat, the title typed into its row

    def __init__(self, book: ChatBook) -> None:
        super().__init__()
        self._book = book
        self._entries: list[Entry] = []
        self._known: dict[int, ChatRow] = {}
        self._busy: set[int] = set()
        self._complete = False
        self._today = _today()
        self._read_page()

    # What the view asks for

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """Return chats and headings read so far."""
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the title or the name of the heading; see ChatRole for the rest."""
        entry = self._entries[index.row()]
        chat = entry if isinstance(entry, ChatRow) else None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                title = title_of(chat) if chat else self._heading(entry)
                return plain_tip(title) if role == Qt.ItemDataRole.ToolTipRole else title
            case Qt.ItemDataRole.EditRole:
                return chat.title if chat else None
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(entry)
            case ChatRole.ROW:
                return chat
            case ChatRole.BUSY:
                return chat is not None and chat.id in self._busy
            case _:
                return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Headings cannot be chosen; chats can be renamed in place."""
        if not index.isValid() or isinstance(self._entries[index.row()], Heading):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable

    def canFetchMore(self, parent: AnyIndex) -> bool:
        """Whether the store has older chats."""
        return not parent.isValid() and not self._complete

    def fetchMore(self, parent: AnyIndex) -> None:
        """Read the next page."""
        if not self._complete:
            self._read_page()

    # What happened

    def upsert(self, chat: ChatRow) -> None:
        """Show a chat as it is now; a trashed one disappears."""
        old = self._known.get(chat.id)
        if chat.trashed is not None:
            self.remove(chat.id)
            return
        if old is not None and self._key(old) == self._key(chat):
            row = self._row_of(old)
            self._entries[row] = self._known[chat.id] = chat
            self.dataChanged.emit(self.index(row), self.index(row))
            return
        self.remove(chat.id)
        if self._complete or not self._known or self._key(chat) < self._key(self._last()):
            self._insert(chat)

    def remove(self, chat_id: int) -> None:
        """Take a chat off the list; unknown ones are fine."""
        chat = self._known.pop(chat_id, None)
        if chat is None:
            return
        row = self._row_of(chat)
        alone = isinstance(self._entries[row - 1], Heading) and (
            row + 1 == len(self._entries) or isinstance(self._entries[row + 1], Heading)
        )
        first = row - 1 if alone else row
        self.beginRemoveRows(QModelIndex(), first, row)
        del self._entries[first : row + 1]
        self.endRemoveRows()

    def set_busy(self, chat_id: int, busy: bool) -> None:
        """Mark a chat whose answer is being written."""
        (self._busy.add if busy else self._busy.discard)(chat_id)
        index = self.index_of(chat_id)
        if index.isValid():
            self.dataChanged.emit(index, index, [ChatRole.BUSY])

    def regroup(self) -> None:
        """Put the chats under new headings when the day has changed."""
        if _today() != self._today:
            self.beginResetModel()
            self._today = _today()
            self._entries = self._with_headings(list(self._known_in_order()), None)
            self.endResetModel()

    # What the sidebar asks for

    @property
    def busy(self) -> bool:
        """Whether any answer is being written."""
        return bool(self._busy)

    def chat(self, chat_id: int) -> ChatRow | None:
        """Return a chat that has been read."""
        return self._known.get(chat_id)

    def index_of(self, chat_id: int) -> QModelIndex:
        """Return where a chat is shown; invalid when it has not been read."""
        chat = self._known.get(chat_id)
        return self.index(self._row_of(chat)) if chat else QModelIndex()

    def neighbour(self, chat_id: int | None, step: int) -> ChatRow | None:
        """Return the chat `step` rows below (above when negative), round the ends."""
        chats = list(self._known_in_order())
        if not chats:
            return None
        at = next((i for i, chat in enumerate(chats) if chat.id == chat_id), None)
        if at is None:
            return chats[0 if step > 0 else -1]
        return chats[(at + step) % len(chats)]

    # How it is kept

    def _read_page(self) -> None:
        try:
            page = self._book.chats(PAGE, len(self._known))
        except AppError:
            self._complete = True  # the window said at its start that the chats cannot be read
            return
        self._complete = len(page) < PAGE
        fresh = [chat for chat in page if chat.id not in self._known]
        if not fresh:
            return
        after = self._group(self._last()) if self._known else None
        added = self._with_headings(fresh, after)
        start = len(self._entries)
        self.beginInsertRows(QModelIndex(), start, start + len(added) - 1)
        self._entries.extend(added)
        self._known.update((chat.id, chat) for chat in fresh)
        self.endInsertRows()

    def _insert(self, chat: ChatRow) -> None:
        group = self._group(chat)
        at = bisect_left(self._entries, self._key(chat), key=self._key)
        before = self._entries[at - 1] if at else None
        added: list[Entry] = [chat]
        if before is None or self._group(before) != group:
            added.insert(0, Heading(group))
        self.beginInsertRows(QModelIndex(), at, at + len(added) - 1)
        self._entries[at:at] = added
        self._known[chat.id] = chat
        self.endInsertRows()

    def _with_headings(self, chats: Sequence[ChatRow], after: Group | None) -> list[Entry]:
        found: list[Entry] = []
        for chat in chats:
            group = self._group(chat)
            if group != after:
                found.append(Heading(group))
                after = group
            found.append(chat)
        return found

    def _known_in_order(self) -> Sequence[ChatRow]:
        return [entry for entry in self._entries if isinstance(entry, ChatRow)]

    def _last(self) -> ChatRow:
        last = self._entries[-1]
        assert isinstance(last, ChatRow)  # a heading always has a chat below it
        return last

    def _row_of(self, chat: ChatRow) -> int:
        return bisect_left(self._entries, self._key(chat), key=self._key)

    def _group(self, entry: Entry) -> Group:
        return entry.group if isinstance(entry, Heading) else group_of(entry, self._today)

    def _key(self, entry: Entry) -> tuple[int, float, int]:
        """The store's order; a heading comes before all chats of its group."""
        if isinstance(entry, Heading):
            return (entry.group, float("-inf"), 0)
        return (self._group(entry), -entry.updated, -entry.id)

    def _heading(self, entry: Entry) -> str:
        translate = QCoreApplication.translate
        return {
            Group.PINNED: translate("Sidebar", "Pinned"),
            Group.TODAY: translate("Sidebar", "Today"),
            Group.YESTERDAY: translate("Sidebar", "Yesterday"),
            Group.WEEK: translate("Sidebar", "Previous 7 days"),
            Group.OLDER: translate("Sidebar", "Older"),
        }[self._group(entry)]

    def _spoken(self, entry: Entry) -> str:
        if isinstance(entry, Heading):
            return self._heading(entry)
        if entry.id in self._busy:
            text = QCoreApplication.translate("Sidebar", "{title}, answer being written")
            return text.format(title=title_of(entry))
        return title_of(entry)


def _today() -> date:
    return datetime.now().astimezone().date()
