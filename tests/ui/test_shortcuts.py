"""The table of keys: complete, without clashes, shown in the dialog."""

from collections import Counter

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.shortcuts import SHORTCUTS, Command, make_actions, name_actions, sequences
from desktop.ui.shortcuts_dialog import ShortcutsDialog
from desktop.ui.theme import Theme
from desktop.ui.translation import Translation

# UI.md, "Keyboard", as far as the functions exist.
EXPECTED = {
    "Ctrl+N": Command.NEW_CHAT,
    "Ctrl+K": Command.SEARCH_CHATS,
    "Ctrl+F": Command.FIND,
    "F3": Command.FIND_NEXT,
    "Ctrl+B": Command.SIDEBAR,
    "Ctrl+L": Command.MODEL_PICKER,
    "Ctrl+,": Command.SETTINGS,
    "Esc": Command.STOP,
    "Ctrl+R": Command.REGENERATE,
    "Alt+Return": Command.CONTINUE,
    "Alt+Enter": Command.CONTINUE,
    "Alt+Left": Command.PREVIOUS_VERSION,
    "Alt+Right": Command.NEXT_VERSION,
    "F2": Command.RENAME_CHAT,
    "Ctrl+Tab": Command.NEXT_CHAT,
    "Ctrl+Shift+Tab": Command.PREVIOUS_CHAT,
    "Ctrl+Shift+D": Command.TRASH_CHAT,
    "Ctrl++": Command.ZOOM_IN,
    "Ctrl+-": Command.ZOOM_OUT,
    "Ctrl+0": Command.ZOOM_RESET,
    "Ctrl+Shift+C": Command.COPY_LAST,
    "Shift+Esc": Command.FOCUS_COMPOSER,
    "Ctrl+/": Command.SHORTCUTS,
    "F1": Command.SHORTCUTS,
}


def test_the_keys_are_those_of_the_page(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    actions = make_actions(window)
    for keys, command in EXPECTED.items():
        assert QKeySequence(keys) in actions[command].shortcuts(), keys


def test_no_key_means_two_things(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    used = Counter(
        keys.toString() for action in make_actions(window).values() for keys in action.shortcuts()
    )
    assert [keys for keys, times in used.items() if times > 1] == []


def test_no_key_is_altgr_with_a_letter(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    for action in make_actions(window).values():
        for keys in action.shortcuts():
            first = keys[0]  # pyright: ignore[reportIndexIssue] — the stub forgets the operator
            assert first.keyboardModifiers() & both != both


def test_every_command_is_in_the_table_once() -> None:
    assert Counter(row.command for row in SHORTCUTS) == Counter(Command)


def test_actions_have_names_in_the_language_of_the_window(
    qtbot: QtBot, translation: Translation
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    actions = make_actions(window)
    translation.set_language("zh_CN")
    name_actions(actions)
    assert actions[Command.NEW_CHAT].text() == "新对话"


def test_the_dialog_shows_every_command_with_its_keys(
    qtbot: QtBot, theme: Theme, translation: Translation
) -> None:
    window = QWidget()
    window.resize(900, 700)
    qtbot.addWidget(window)
    dialog = ShortcutsDialog(theme, window)
    texts = {label.text() for label in dialog.findChildren(QLabel)}
    for row in SHORTCUTS:
        assert row.text in texts
        keys = sequences(row)[0].toString(QKeySequence.SequenceFormat.NativeText)
        assert keys in texts
    dialog.close()
