"""The page under the keyboard of the real window."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.chat.session import Session
from desktop.core.events import Text
from desktop.engines.scripted import Gate, ScriptedEngine
from desktop.library.installed import Library
from desktop.settings.settings import Settings
from desktop.settings.state import State
from desktop.store.store import Store
from desktop.ui.chat.page import ChatPage
from desktop.ui.chat.turn_worker import TurnWorker
from desktop.ui.main_window import MainWindow
from desktop.ui.notices import Notices
from desktop.ui.sidebar.sidebar import Sidebar
from desktop.ui.theme import Theme
from tests.models.tiny import write_tiny

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def engine() -> ScriptedEngine:
    return ScriptedEngine([Text("first")], [Text("second")], [Text("third")])


@pytest.fixture
def page(
    qtbot: QtBot,
    theme: Theme,
    notices: Notices,
    store: Store,
    engine: ScriptedEngine,
    tmp_path: Path,
) -> Iterator[ChatPage]:
    guide = write_tiny("hello", tmp_path / "guide.gguf")
    session = Session(
        store=store,
        open_store=partial(Store.open, tmp_path / "chats.db"),
        engine=engine,
        settings=Settings.load(tmp_path / "settings.json"),
        library=Library(tmp_path / "models.json", guide),
    )
    made = ChatPage(session, TurnWorker(), theme, notices)
    state = State(tmp_path / "state.json")
    window = MainWindow(theme, notices, Sidebar(theme, store, notices), made, state)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    made.focus_composer()
    yield made
    window.close()


def say(qtbot: QtBot, page: ChatPage, text: str) -> None:
    qtbot.keyClicks(page.composer.field, text)
    qtbot.keyClick(page.composer.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page._worker.jobs)


def texts(page: ChatPage) -> list[str]:
    return [row.node.content for row in page.view.rows]


def press(qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier = CTRL) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, key, modifiers)


def test_a_chat_is_led_by_keyboard_alone(qtbot: QtBot, page: ChatPage) -> None:
    say(qtbot, page, "hello")
    press(qtbot, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: not page._worker.jobs)
    assert texts(page) == ["hello", "second"]
    press(qtbot, Qt.Key.Key_Left, ALT)
    assert texts(page) == ["hello", "first"]
    press(qtbot, Qt.Key.Key_Right, ALT)
    assert texts(page) == ["hello", "second"]
    press(qtbot, Qt.Key.Key_N)
    assert page.chat_id is None
    assert page.composer.field.hasFocus()
    assert texts(page) == []


def test_escape_stops_the_answer(qtbot: QtBot, page: ChatPage, engine: ScriptedEngine) -> None:
    gate = Gate()
    engine._scripts = ([Text("So far"), gate],)
    qtbot.keyClicks(page.composer.field, "hello")
    qtbot.keyClick(page.composer.field, Qt.Key.Key_Return)
    assert gate.wait_until_reached()
    press(qtbot, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    qtbot.waitUntil(lambda: not page._worker.jobs)
    assert texts(page) == ["hello", "So far"]


def test_escape_leaves_an_edit_before_it_stops_anything(qtbot: QtBot, page: ChatPage) -> None:
    say(qtbot, page, "hello")
    press(qtbot, Qt.Key.Key_Up, Qt.KeyboardModifier.NoModifier)
    item = page.view.item_of(page.view.rows[0].node.id)
    assert item is not None
    assert item.editor is not None
    qtbot.keyClicks(item.editor.edit, " there")
    press(qtbot, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    assert item.editor is None
    assert texts(page) == ["hello", "first"]


def test_an_edit_is_sent_with_the_keyboard(qtbot: QtBot, page: ChatPage) -> None:
    say(qtbot, page, "hello")
    press(qtbot, Qt.Key.Key_Up, Qt.KeyboardModifier.NoModifier)
    press(qtbot, Qt.Key.Key_End, CTRL)
    item = page.view.item_of(page.view.rows[0].node.id)
    assert item is not None
    assert item.editor is not None
    qtbot.keyClicks(item.editor.edit, " there")
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page._worker.jobs and len(texts(page)) == 2)
    assert texts(page) == ["hello there", "second"]


def test_escape_closes_the_search_first(qtbot: QtBot, page: ChatPage) -> None:
    say(qtbot, page, "hello")
    press(qtbot, Qt.Key.Key_F)
    assert page.header.find_bar.isVisible()
    press(qtbot, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    assert not page.header.find_bar.isVisible()
    assert page.composer.field.hasFocus()


def test_the_models_are_a_key_away(qtbot: QtBot, page: ChatPage) -> None:
    press(qtbot, Qt.Key.Key_L)
    assert page.models.picker.isVisible()
    page.models.picker.hide()


def test_the_first_message_becomes_the_title(qtbot: QtBot, page: ChatPage) -> None:
    say(qtbot, page, "hello world")
    assert page.header._title_text == "hello world"
