"""The list of chats as a model: groups, pages, and changes without reading again."""

import random
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from desktop.core.messages import Role
from desktop.store.store import ChatRow, Store
from desktop.ui.sidebar import chat_model
from desktop.ui.sidebar.chat_model import PAGE, ChatModel, ChatRole, Group, group_of
from desktop.ui.translation import Translation
from tests.ui.conftest import Clock
from tests.ui.sidebar.conftest import MakeChat

pytestmark = pytest.mark.usefixtures("qapp")


def shown(model: QAbstractItemModel) -> list[str]:
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def watched(store: Store) -> ChatModel:
    """Return a model that Qt's own tester follows: it fails the test on broken signals."""
    model = ChatModel(store)
    mode = QAbstractItemModelTester.FailureReportingMode.Warning
    QAbstractItemModelTester(model, mode, model)
    return model


def test_chats_stand_below_the_heading_of_their_day(store: Store, make_chat: MakeChat) -> None:
    for title, days in (("old", 30), ("week", 4), ("yesterday", 1), ("today", 0)):
        make_chat(title, days)
    store.pin(make_chat("pinned", 9).id, True)
    assert shown(watched(store)) == [
        *("Pinned", "pinned", "Today", "today", "Yesterday", "yesterday"),
        *("Previous 7 days", "week", "Older", "old"),
    ]


@pytest.mark.parametrize(
    ("days", "group"),
    [(0, Group.TODAY), (-1, Group.TODAY), (1, Group.YESTERDAY), (7, Group.WEEK), (8, Group.OLDER)],
)
def test_days_are_those_of_the_calendar(days: int, group: Group) -> None:
    noon = datetime.now().astimezone().replace(hour=12)
    used = (noon - timedelta(days=days)).timestamp()
    assert group_of(ChatRow(1, "", 0, used, False, None, "", "{}"), noon.date()) is group


def test_a_chat_without_a_title_has_a_name(store: Store, make_chat: MakeChat) -> None:
    make_chat("")
    assert shown(ChatModel(store)) == ["Today", "New chat"]


def test_headings_speak_the_language_of_the_window(
    store: Store, make_chat: MakeChat, translation: Translation
) -> None:
    make_chat("x")
    model = ChatModel(store)
    translation.set_language("zh_CN")
    assert shown(model)[0] == "今天"


def test_only_one_page_is_read_until_the_view_asks_for_more(
    store: Store, make_chat: MakeChat
) -> None:
    for number in range(PAGE + 5):
        make_chat(f"{number}", days=number / 100)
    model = ChatModel(store)
    chats = [row for row in range(model.rowCount()) if model.index(row).data(ChatRole.ROW)]
    assert len(chats) == PAGE
    assert model.canFetchMore(QModelIndex())
    model.fetchMore(QModelIndex())
    assert not model.canFetchMore(QModelIndex())
    assert shown(model) == shown(WholeModel(store))


class WholeModel(ChatModel):
    """Reads everything at once, to compare with."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        while self.canFetchMore(QModelIndex()):
            self.fetchMore(QModelIndex())


def test_a_used_chat_moves_to_the_top_of_today(
    store: Store, make_chat: MakeChat, clock: Clock
) -> None:
    old = make_chat("old", 30)
    make_chat("newer", 1)
    model = watched(store)
    clock.now += 1
    store.create_chat("")
    moved = store.add_message(old.id, parent=None, role=Role.USER, content="again")
    assert moved
    model.upsert(store.chat(old.id))
    assert shown(model)[:2] == ["Today", "old"]
    assert "Older" not in shown(model)


def test_a_renamed_chat_stays_where_it_is(store: Store, make_chat: MakeChat) -> None:
    chat = make_chat("a")
    make_chat("b", 1)
    model = watched(store)
    model.upsert(store.rename(chat.id, "c"))
    assert shown(model) == ["Today", "c", "Yesterday", "b"]


def test_the_last_chat_of_a_group_takes_its_heading_along(
    store: Store, make_chat: MakeChat
) -> None:
    today, old = make_chat("a"), make_chat("b", 30)
    model = watched(store)
    model.remove(old.id)
    assert shown(model) == ["Today", "a"]
    model.upsert(store.move_to_trash(today.id))
    assert shown(model) == []
    model.remove(12345)


def test_any_sequence_of_changes_ends_in_what_the_store_would_list(
    store: Store, make_chat: MakeChat, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chat_model, "PAGE", 20)
    luck = random.Random(7)
    ids = [make_chat(f"{n}", luck.random() * 40).id for n in range(70)]
    model = watched(store)
    for step in range(120):
        clock.now += 1
        change = luck.choice(("use", "pin", "unpin", "trash", "restore", "rename", "more"))
        chat_id = luck.choice(ids)
        if change == "use":
            store.add_message(chat_id, parent=None, role=Role.USER, content="x")
        elif change in ("pin", "unpin"):
            store.pin(chat_id, change == "pin")
        elif change == "trash":
            store.move_to_trash(chat_id)
        elif change == "restore":
            store.restore(chat_id)
        elif change == "rename":
            store.rename(chat_id, f"renamed {step}")
        elif model.canFetchMore(QModelIndex()):
            model.fetchMore(QModelIndex())
        model.upsert(store.chat(chat_id))
        expected = shown(WholeModel(store))
        assert shown(model) == expected[: model.rowCount()]
    while model.canFetchMore(QModelIndex()):
        model.fetchMore(QModelIndex())
    assert shown(model) == shown(WholeModel(store))


def test_a_new_day_puts_the_chats_under_new_headings(
    store: Store, make_chat: MakeChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_chat("a")
    model = watched(store)
    tomorrow = datetime.now().astimezone().date() + timedelta(days=1)
    monkeypatch.setattr(chat_model, "_today", lambda: tomorrow)
    model.regroup()
    assert shown(model) == ["Yesterday", "a"]


def test_headings_can_be_neither_chosen_nor_renamed(store: Store, make_chat: MakeChat) -> None:
    make_chat("a")
    model = ChatModel(store)
    assert model.index(0).flags() == Qt.ItemFlag.NoItemFlags
    assert model.index(1).flags() & Qt.ItemFlag.ItemIsEditable


def test_a_busy_chat_is_marked_and_spoken_of(store: Store, make_chat: MakeChat) -> None:
    chat = make_chat("a")
    model = ChatModel(store)
    model.set_busy(chat.id, True)
    index = model.index_of(chat.id)
    assert model.busy
    assert index.data(ChatRole.BUSY)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "a, answer being written"
    model.set_busy(chat.id, False)
    assert not model.busy


def test_neighbours_go_round(store: Store, make_chat: MakeChat) -> None:
    first, second, third = (make_chat(t, d) for t, d in (("a", 0), ("b", 1), ("c", 30)))
    model = ChatModel(store)
    assert model.neighbour(first.id, 1) == second
    assert model.neighbour(first.id, -1) == third
    assert model.neighbour(third.id, 1) == first
    assert model.neighbour(None, 1) == first
    assert model.neighbour(None, -1) == third


def test_without_chats_there_is_no_neighbour(store: Store) -> None:
    assert ChatModel(store).neighbour(None, 1) is None
