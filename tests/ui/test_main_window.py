"""The window: its columns, its commands, what it keeps."""

from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.core.errors import AppError, ErrorCode
from desktop.core.messages import Role
from desktop.settings.state import State
from desktop.store.store import Store
from desktop.ui.chat.page import ChatPage
from desktop.ui.main_window import MainWindow
from desktop.ui.notices import Notices
from desktop.ui.shortcuts import Command
from desktop.ui.shortcuts_dialog import ShortcutsDialog
from desktop.ui.sidebar.chat_list import ChatList
from desktop.ui.sidebar.search_field import SearchField
from desktop.ui.sidebar.sidebar import Sidebar
from desktop.ui.theme import Theme
from desktop.ui.translation import Translation
from desktop.ui.widgets.icon_button import IconButton
from desktop.ui.widgets.toasts import ToastLine
from desktop.ui.widgets.trouble_card import TroubleCard
from tests.ui.window_page import NotingPage

Open = Callable[[], MainWindow]
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, notices: Notices, store: Store, tmp_path: Path) -> Open:
    """Return a function that opens the window, 1000 pixels wide."""

    def make() -> MainWindow:
        sidebar = Sidebar(theme, store, notices)
        state = State(tmp_path / "state.json")
        page = cast("ChatPage", NotingPage(theme))
        made = MainWindow(theme, notices, sidebar, page, state)
        qtbot.addWidget(made)
        if state.get("window_geometry") is None:
            made.resize(1000, 700)
        made.show()
        qtbot.waitExposed(made)
        return made

    return make


def sidebar_of(window: MainWindow) -> Sidebar:
    return cast("Sidebar", window.findChild(Sidebar))


def page_of(window: MainWindow) -> NotingPage:
    return cast("NotingPage", window.findChild(NotingPage))


def calls(window: MainWindow) -> list[tuple[object, ...]]:
    return page_of(window).calls


def test_the_sidebar_stands_beside_the_chat_and_can_be_hidden(window: Open) -> None:
    opened = window()
    sidebar = sidebar_of(opened)
    assert sidebar.isVisible()
    assert sidebar.geometry().right() < page_of(opened).geometry().right()
    opened.action(Command.SIDEBAR).trigger()
    assert not sidebar.isVisible()
    assert page_of(opened).width() >= 999


def test_a_narrow_window_lays_the_sidebar_over_the_chat(window: Open) -> None:
    opened = window()
    opened.resize(720, 480)
    sidebar = sidebar_of(opened)
    assert not sidebar.isVisible()
    assert page_of(opened).width() == 720
    opened.action(Command.SIDEBAR).trigger()
    assert sidebar.isVisible()
    assert page_of(opened).width() == 720
    opened.action(Command.STOP).trigger()
    assert not sidebar.isVisible()
    opened.resize(1000, 700)
    assert sidebar.isVisible()


def test_choosing_a_chat_puts_the_overlay_away(window: Open, store: Store) -> None:
    chat = store.create_chat("a")
    opened = window()
    opened.resize(720, 480)
    opened.toggle_sidebar()
    sidebar_of(opened).chat_chosen.emit(chat.id)
    assert not sidebar_of(opened).isVisible()
    assert calls(opened) == [("open_chat", chat.id, None)]


def test_large_text_needs_a_wider_window_for_two_columns(
    window: Open, theme: Theme, qtbot: QtBot
) -> None:
    opened = window()
    theme.set_text_size(200)
    qtbot.waitUntil(lambda: not sidebar_of(opened).isVisible())


def test_the_header_has_the_sidebars_button_while_that_is_hidden(window: Open) -> None:
    opened = window()
    header = page_of(opened).header
    show = next(
        b for b in header.findChildren(IconButton) if b.accessibleName() == "Show the chats"
    )
    assert not show.isVisible()
    opened.toggle_sidebar()
    assert show.isVisible()
    show.click()
    assert sidebar_of(opened).isVisible()


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ((Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier), ("find",)),
        ((Qt.Key.Key_F3, Qt.KeyboardModifier.NoModifier), ("find_next",)),
        ((Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier), ("regenerate",)),
        ((Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier), ("continue_reply",)),
        ((Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier), ("previous_version",)),
        ((Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier), ("pick_model",)),
        ((Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier), ("stop",)),
        ((Qt.Key.Key_Escape, Qt.KeyboardModifier.ShiftModifier), ("focus_composer",)),
        ((Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier), ("rename_chat",)),
    ],
)
def test_keys_reach_the_page(
    window: Open,
    qtbot: QtBot,
    keys: tuple[Qt.Key, Qt.KeyboardModifier],
    expected: tuple[str],
) -> None:
    opened = window()
    with qtbot.waitActive(opened):
        opened.activateWindow()
    QTest.keyClick(opened, *keys)
    assert calls(opened) == [expected]


def test_f2_in_the_list_renames_the_row_and_not_the_open_chat(
    window: Open, store: Store, qtbot: QtBot
) -> None:
    store.create_chat("a")
    opened = window()
    with qtbot.waitActive(opened):
        opened.activateWindow()
    view = sidebar_of(opened).findChild(ChatList)
    assert view is not None
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_F2)
    assert view.viewport().findChild(QLineEdit) is not None
    assert calls(opened) == []


def test_esc_ends_a_search_before_it_stops_an_answer(window: Open, qtbot: QtBot) -> None:
    opened = window()
    with qtbot.waitActive(opened):
        opened.activateWindow()
    opened.action(Command.SEARCH_CHATS).trigger()
    field = sidebar_of(opened).findChild(SearchField)
    assert field is not None
    QTest.keyClicks(field, "x")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    assert calls(opened) == []
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert calls(opened) == [("stop",)]


def test_esc_closes_find_before_it_stops_an_answer(window: Open, qtbot: QtBot) -> None:
    opened = window()
    with qtbot.waitActive(opened):
        opened.activateWindow()
    bar = page_of(opened).header.find_bar
    bar.open_bar()
    field = bar.findChild(QLineEdit)
    assert field is not None
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert calls(opened) == []


def test_a_command_can_be_bound_from_outside(window: Open) -> None:
    opened, done = window(), []
    opened.bind(Command.ZOOM_IN, lambda: done.append("larger"))
    opened.action(Command.ZOOM_IN).trigger()
    assert done == ["larger"]


def test_a_new_chat_puts_the_keyboard_into_the_composer(window: Open) -> None:
    opened = window()
    opened.action(Command.NEW_CHAT).trigger()
    assert calls(opened) == [("new_chat",), ("focus_composer",)]


def test_searching_shows_the_hidden_sidebar(window: Open) -> None:
    opened = window()
    opened.toggle_sidebar()
    opened.action(Command.SEARCH_CHATS).trigger()
    assert sidebar_of(opened).isVisible()
    field = sidebar_of(opened).findChild(SearchField)
    assert opened.focusWidget() is field


def test_a_hit_opens_the_chat_at_its_message(window: Open, store: Store) -> None:
    chat = store.create_chat("a")
    node = store.add_message(chat.id, parent=None, role=Role.USER, content="x")
    opened = window()
    sidebar_of(opened).hit_chosen.emit(chat.id, node.id)
    assert calls(opened) == [("open_chat", chat.id, node.id)]


def test_the_open_chat_goes_to_the_trash_by_key(window: Open, store: Store) -> None:
    chat = store.create_chat("a")
    opened = window()
    opened.action(Command.TRASH_CHAT).trigger()
    assert store.trash() == []
    page_of(opened).open_chat(chat.id)
    opened.action(Command.TRASH_CHAT).trigger()
    assert [row.id for row in store.trash()] == [chat.id]
    assert calls(opened)[-1] == ("chat_gone", chat.id)


def test_next_chat_opens_the_next_one(window: Open, store: Store) -> None:
    older, newer = store.create_chat("a"), store.create_chat("b")
    opened = window()
    opened.action(Command.NEXT_CHAT).trigger()
    opened.action(Command.NEXT_CHAT).trigger()
    assert calls(opened) == [("open_chat", newer.id, None), ("open_chat", older.id, None)]


def test_what_the_page_changes_is_seen_in_the_sidebar(window: Open, store: Store) -> None:
    opened = window()
    page_of(opened).chat_changed.emit(store.create_chat("fresh"))
    view = sidebar_of(opened).findChild(ChatList)
    assert view is not None
    assert view.model().index(1, 0).data() == "fresh"


def test_files_can_be_dropped_on_the_window(window: Open, tmp_path: Path) -> None:
    opened = window()
    data = QMimeData()
    file = tmp_path / "a model.gguf"
    data.setUrls([QUrl.fromLocalFile(str(file)), QUrl("https://example.org/b.gguf")])
    none = Qt.KeyboardModifier.NoModifier
    event = QDropEvent(
        QPointF(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none
    )
    opened.dropEvent(event)
    assert event.isAccepted()
    assert calls(opened) == [("take_files", str(file))]


def test_geometry_and_sidebar_are_kept(window: Open, tmp_path: Path) -> None:
    first = window()
    first.resize(780, 560)
    first.toggle_sidebar()
    first.close()
    assert calls(first) == [("shutdown",)]
    second = window()
    assert (second.width(), second.height()) == (780, 560)
    assert not sidebar_of(second).isVisible()


@pytest.mark.parametrize("kept", ["nonsense", 7, None, {"a": 1}])
def test_a_damaged_state_file_does_no_harm(window: Open, tmp_path: Path, kept: object) -> None:
    state = State(tmp_path / "state.json")
    for key in ("window_geometry", "sidebar_shown", "sidebar_width"):
        state.set(key, kept)
    opened = window()
    opened.resize(1000, 700)
    assert sidebar_of(opened).isVisible()


def test_notices_are_laid_over_the_chat(window: Open, notices: Notices) -> None:
    notices.toast("before the window")
    opened = window()
    notices.trouble(AppError(ErrorCode.STORE_FULL, path="/x"))
    line = opened.findChild(ToastLine)
    card = opened.findChild(TroubleCard)
    assert line is not None
    assert line.isVisible()
    assert card is not None
    assert card.isVisible()


def test_f1_shows_all_shortcuts(window: Open) -> None:
    opened = window()
    opened.action(Command.SHORTCUTS).trigger()
    dialog = opened.findChild(ShortcutsDialog)
    assert dialog is not None
    assert dialog.isVisible()
    dialog.close()


def test_the_language_changes_at_once(window: Open, translation: Translation) -> None:
    opened = window()
    translation.set_language("zh_CN")
    QApplication.processEvents()
    assert opened.windowTitle() == "炉边 Fireside"
    assert opened.action(Command.SETTINGS).text() == "设置"


def named(widget: QWidget) -> bool:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return bool(widget.accessibleName() or text)


def test_every_control_has_a_name_for_screen_readers(window: Open) -> None:
    opened = window()
    kinds = (QAbstractButton, QLineEdit, QAbstractItemView)
    controls = [w for kind in kinds for w in opened.findChildren(kind)]
    own = [w for w in controls if not w.objectName().startswith("qt_")]
    nameless = [w for w in own if w.focusPolicy() != Qt.FocusPolicy.NoFocus and not named(w)]
    assert [(w, w.parent()) for w in nameless] == []


def test_the_whole_window_can_be_walked_through_with_tab(window: Open, store: Store) -> None:
    store.create_chat("a")
    opened = window()
    opened.activateWindow()
    reached: list[QWidget] = []
    for _ in range(30):
        QTest.keyClick(opened.focusWidget() or opened, Qt.Key.Key_Tab)
        focused = opened.focusWidget()
        if focused in reached:
            break
        reached.append(focused)
    names = [w.accessibleName() or cast("QAbstractButton", w).text() for w in reached]
    for name in ("New chat", "Search titles and messages of all chats", "Chats", "Settings"):
        assert name in names
    order = [names.index(n) for n in ("Search titles and messages of all chats", "Chats", "Trash")]
    assert order == sorted(order)
