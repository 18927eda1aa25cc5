"""The sidebar as a user handles it."""

from collections.abc import Callable
from typing import TypeVar

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.core.errors import AppError, ErrorCode
from desktop.store.store import ChatRow, Store
from desktop.ui.notices import Card, Notices, Toast
from desktop.ui.sidebar import sidebar as sidebar_module
from desktop.ui.sidebar.chat_list import ChatList
from desktop.ui.sidebar.row_menu import RowMenu
from desktop.ui.sidebar.search_field import SearchField
from desktop.ui.sidebar.search_results import SearchResults
from desktop.ui.sidebar.sidebar import Sidebar
from desktop.ui.sidebar.trash_page import TrashPage
from desktop.ui.translation import Translation
from tests.ui.sidebar.conftest import MakeChat

Open = Callable[[], Sidebar]


# Said by the offscreen platform of every popup.
popup = pytest.mark.qt_log_ignore("This plugin does not support")

T = TypeVar("T", bound=QWidget)


def part(sidebar: Sidebar, kind: type[T]) -> T:
    found = sidebar.findChild(kind)
    assert found is not None
    return found


def titles(sidebar: Sidebar) -> list[str]:
    model = part(sidebar, ChatList).model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def place_of(sidebar: Sidebar, title: str) -> QPoint:
    view = part(sidebar, ChatList)
    return view.visualRect(view.model().index(titles(sidebar).index(title), 0)).center()


def press(sidebar: Sidebar, title: str) -> None:
    viewport = part(sidebar, ChatList).viewport()
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=place_of(sidebar, title))


def button(parent: QWidget, text: str) -> QPushButton | QToolButton:
    found = [b for b in parent.findChildren(QPushButton) if b.text() == text]
    found += [b for b in parent.findChildren(QToolButton) if b.text() == text]
    assert len(found) == 1
    return found[0]


def menu_of(sidebar: Sidebar, chat: ChatRow) -> RowMenu:
    part(sidebar, ChatList).menu_requested.emit(chat, QPoint(0, 0))
    return part(sidebar, RowMenu)


def test_pressing_a_row_chooses_the_chat(sidebar: Open, make_chat: MakeChat, qtbot: QtBot) -> None:
    make_chat("a")
    chat = make_chat("b", 1)
    opened = sidebar()
    with qtbot.waitSignal(opened.chat_chosen) as chosen:
        press(opened, "b")
    assert chosen.args == [chat.id]


def test_pressing_a_heading_chooses_nothing(sidebar: Open, make_chat: MakeChat) -> None:
    make_chat("a")
    opened, heard = sidebar(), []
    opened.chat_chosen.connect(heard.append)
    press(opened, "Today")
    assert heard == []


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_a_chat_is_opened_by_keyboard(sidebar: Open, make_chat: MakeChat, key: Qt.Key) -> None:
    make_chat("a")
    chat = make_chat("b", 1)
    opened, heard = sidebar(), []
    opened.chat_chosen.connect(heard.append)
    view = part(opened, ChatList)
    view.setFocus()
    for _ in range(2):
        QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, key)
    assert heard == [chat.id]


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_a_bare_key_never_deletes_a_chat(
    sidebar: Open, make_chat: MakeChat, store: Store, key: Qt.Key
) -> None:
    chat = make_chat("a")
    opened = sidebar()
    opened.set_open_chat(chat.id)
    QTest.keyClick(part(opened, ChatList), key)
    assert store.chats() == [chat]
    assert titles(opened) == ["Today", "a"]


def test_a_chat_in_the_trash_comes_back_with_undo(
    sidebar: Open, make_chat: MakeChat, store: Store, notices: Notices
) -> None:
    chat = make_chat("a")
    opened, gone = sidebar(), []
    opened.chat_trashed.connect(gone.append)
    opened.trash_chat(chat.id)
    assert gone == [chat.id]
    assert titles(opened) == []
    (toast,) = notices.said
    assert isinstance(toast, Toast)
    assert "“a”" in toast.text
    assert toast.action is not None
    assert toast.action.text == "Undo"
    toast.action.run()
    assert titles(opened) == ["Today", "a"]
    assert store.chats() == [chat]


def test_f2_renames_in_place(
    sidebar: Open, make_chat: MakeChat, store: Store, qtbot: QtBot
) -> None:
    chat = make_chat("old name")
    opened, changed = sidebar(), []
    opened.chat_changed.connect(changed.append)
    view = part(opened, ChatList)
    opened.set_open_chat(chat.id)
    QTest.keyClick(view, Qt.Key.Key_F2)
    field = view.viewport().findChild(QLineEdit)
    assert field is not None
    assert field.selectedText() == "old name"
    QTest.keyClicks(field, "new  name ")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: store.chat(chat.id).title == "new name")
    assert titles(opened) == ["Today", "new name"]
    assert [row.title for row in changed] == ["new name"]


def test_an_empty_new_name_keeps_the_old_one(
    sidebar: Open, make_chat: MakeChat, store: Store, qtbot: QtBot
) -> None:
    chat = make_chat("name")
    opened = sidebar()
    opened.rename_in_place(chat.id)
    field = part(opened, ChatList).viewport().findChild(QLineEdit)
    assert field is not None
    field.clear()
    with qtbot.waitSignal(field.destroyed):
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert store.chat(chat.id).title == "name"


@popup
def test_the_menu_renames_pins_and_throws_away(sidebar: Open, make_chat: MakeChat) -> None:
    chat = make_chat("a", 30)
    opened = sidebar()
    menu = menu_of(opened, chat)
    texts = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert texts == ["Rename", "Pin to the top", "Move to the Trash"]
    menu.actions()[1].trigger()
    menu.close()
    assert titles(opened) == ["Pinned", "a"]


@popup
def test_the_more_button_of_a_row_opens_the_menu(sidebar: Open, make_chat: MakeChat) -> None:
    make_chat("a")
    opened, heard = sidebar(), []
    view = part(opened, ChatList)
    opened.chat_chosen.connect(heard.append)
    row = view.visualRect(view.model().index(1, 0))
    at = QPoint(row.right() - 15, row.center().y())
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    menu = part(opened, RowMenu)
    assert menu.isVisible()
    menu.close()
    assert heard == []


def test_next_and_previous_chat_go_through_the_list(sidebar: Open, make_chat: MakeChat) -> None:
    first, second = make_chat("a"), make_chat("b", 1)
    opened, heard = sidebar(), []
    opened.chat_chosen.connect(heard.append)
    opened.set_open_chat(first.id)
    opened.step(1)
    opened.set_open_chat(second.id)
    opened.step(-1)
    assert heard == [second.id, first.id]


def test_a_search_shows_hits_and_opens_the_message(
    sidebar: Open, make_chat: MakeChat, store: Store, qtbot: QtBot
) -> None:
    chat = make_chat("Letters", 3, "a question about 量子纠缠 and cats")
    make_chat("b", text="nothing here")
    node = store.conversation(chat.id).leaf
    opened = sidebar()
    opened.start_search()
    field = part(opened, SearchField)
    field.setText("量子")
    with qtbot.waitSignal(opened.hit_chosen) as chosen:
        QTest.keyClick(field, Qt.Key.Key_Return)
    results = part(opened, SearchResults)
    assert results.isVisible()
    assert results.model().rowCount() == 1
    assert chosen.args == [chat.id, node]


def test_a_search_starts_by_itself_after_typing(
    sidebar: Open, make_chat: MakeChat, qtbot: QtBot
) -> None:
    make_chat("about cats")
    opened = sidebar()
    QTest.keyClicks(part(opened, SearchField), "cats")
    qtbot.waitUntil(lambda: opened.findChild(SearchResults) is not None)
    results = part(opened, SearchResults)
    qtbot.waitUntil(lambda: results.model().rowCount() == 1)
    spoken = results.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "about cats" in spoken


def test_a_search_without_hits_says_so_and_esc_ends_it(sidebar: Open, make_chat: MakeChat) -> None:
    make_chat("a")
    opened = sidebar()
    opened.start_search()
    field = part(opened, SearchField)
    field.setText("xyzzy")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert not part(opened, SearchResults).isVisible()
    assert not part(opened, ChatList).isVisible()
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    assert part(opened, ChatList).isVisible()


def test_the_trash_restores(sidebar: Open, make_chat: MakeChat, store: Store) -> None:
    chat = make_chat("a")
    opened = sidebar()
    opened.trash_chat(chat.id)
    button(opened, "Trash").click()
    page = part(opened, TrashPage)
    assert page.isVisible()
    button(page, "Restore").click()
    assert store.chats() == [chat]
    assert not button(page, "Restore").isVisible()
    opened.show_chats()
    assert titles(opened) == ["Today", "a"]


@pytest.mark.parametrize("sure", [True, False])
def test_the_trash_deletes_for_good_only_after_a_question(
    sidebar: Open,
    make_chat: MakeChat,
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
    sure: bool,
) -> None:
    asked: list[str] = []

    def answer(*question: object) -> bool:
        asked.append(str(question[3]))
        return sure

    monkeypatch.setattr(sidebar_module, "confirm", answer)
    store.move_to_trash(make_chat("secret").id)
    opened = sidebar()
    opened.show_trash()
    button(part(opened, TrashPage), "Delete for good…").click()
    assert "“secret”" in asked[0]
    assert bool(store.trash()) is not sure


def test_trouble_with_the_disk_is_told(
    sidebar: Open, make_chat: MakeChat, notices: Notices, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = make_chat("a")
    opened = sidebar()

    def fail(*_: object) -> ChatRow:
        raise AppError(ErrorCode.STORE_FULL, path="/x")

    monkeypatch.setattr(Store, "move_to_trash", fail)
    opened.trash_chat(chat.id)
    (card,) = notices.said
    assert isinstance(card, Card)
    assert titles(opened) == ["Today", "a"]


def test_an_empty_list_says_what_will_be_there(sidebar: Open, store: Store) -> None:
    opened = sidebar()
    hint = next(w for w in opened.findChildren(QLabel) if "will be listed" in w.text())
    assert hint.isVisible()
    opened.upsert(store.create_chat("first"))
    assert not hint.isVisible()
    assert part(opened, ChatList).isVisible()


def test_the_offline_badge_explains_itself(sidebar: Open, notices: Notices) -> None:
    badge = button(sidebar(), "Offline")
    assert "no network connection" in badge.accessibleDescription()
    badge.click()
    (toast,) = notices.said
    assert isinstance(toast, Toast)
    assert toast.text == badge.toolTip()


def test_ten_thousand_chats_are_read_page_by_page(
    sidebar: Open, store: Store, monkeypatch: pytest.MonkeyPatch, make_chat: MakeChat
) -> None:
    row = make_chat("a")
    asked: list[int] = []

    def page(_: Store, limit: int, offset: int) -> list[ChatRow]:
        asked.append(offset)
        numbers = range(offset, min(offset + limit, 10_000))
        return [
            ChatRow(10_000 - n, f"chat {n}", 0, row.updated - n, False, None, "", "{}")
            for n in numbers
        ]

    monkeypatch.setattr(Store, "chats", page)
    opened = sidebar()
    QApplication.processEvents()
    assert max(asked) < 1000
    view = part(opened, ChatList)
    while view.model().canFetchMore(QModelIndex()):
        view.model().fetchMore(QModelIndex())
    view.scrollToBottom()
    assert view.indexAt(QPoint(5, view.viewport().height() - 5)).data() == "chat 9999"


def test_everything_changes_language_at_once(
    sidebar: Open, make_chat: MakeChat, translation: Translation
) -> None:
    make_chat("a")
    opened = sidebar()
    translation.set_language("zh_CN")
    QApplication.processEvents()
    assert button(opened, "新对话").isVisible()
    assert button(opened, "回收站").isVisible()
    assert part(opened, SearchField).placeholderText() == "搜索对话"
    assert titles(opened)[0] == "今天"
