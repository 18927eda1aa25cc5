"""Every command of the keyboard in one table; the F1 dialog is made from it."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from desktop.ui.translation import QT_TRANSLATE_NOOP

Keys = str | QKeySequence.StandardKey


class Command(StrEnum):
    """What a key can do."""

    NEW_CHAT = "new_chat"
    SEARCH_CHATS = "search_chats"
    NEXT_CHAT = "next_chat"
    PREVIOUS_CHAT = "previous_chat"
    RENAME_CHAT = "rename_chat"
    TRASH_CHAT = "trash_chat"
    FIND = "find"
    FIND_NEXT = "find_next"
    FIND_PREVIOUS = "find_previous"
    STOP = "stop"
    REGENERATE = "regenerate"
    CONTINUE = "continue"
    PREVIOUS_VERSION = "previous_version"
    NEXT_VERSION = "next_version"
    EDIT_LAST = "edit_last"
    COPY_LAST = "copy_last"
    FOCUS_COMPOSER = "focus_composer"
    SIDEBAR = "sidebar"
    MODEL_PICKER = "model_picker"
    SETTINGS = "settings"
    ZOOM_IN = "zoom_in"
    ZOOM_OUT = "zoom_out"
    ZOOM_RESET = "zoom_reset"
    SHORTCUTS = "shortcuts"
    QUIT = "quit"


@dataclass(frozen=True, slots=True)
class Shortcut:
    """One row. `own` keys are handled by the widget that has the focus, not by the window.

    The keys in `also` work, but are not shown.
    """

    command: Command
    group: str  # English source, context "Shortcuts"
    text: str  # likewise
    keys: tuple[Keys, ...]
    also: tuple[Keys, ...] = ()
    own: bool = False


_CHATS = QT_TRANSLATE_NOOP("Shortcuts", "Chats")
_MESSAGES = QT_TRANSLATE_NOOP("Shortcuts", "Messages")
_WINDOW = QT_TRANSLATE_NOOP("Shortcuts", "Window")
# Qt's Ctrl is the Cmd key of macOS, where Cmd+Tab belongs to the system.
_CONTROL = "Meta" if sys.platform == "darwin" else "Ctrl"
_Std = QKeySequence.StandardKey

SHORTCUTS: tuple[Shortcut, ...] = (
    Shortcut(Command.NEW_CHAT, _CHATS, QT_TRANSLATE_NOOP("Shortcuts", "New chat"), (_Std.New,)),
    Shortcut(
        Command.SEARCH_CHATS, _CHATS, QT_TRANSLATE_NOOP("Shortcuts", "Search chats"), ("Ctrl+K",)
    ),
    Shortcut(
        Command.NEXT_CHAT, _CHATS, QT_TRANSLATE_NOOP("Shortcuts", "Next chat"), (f"{_CONTROL}+Tab",)
    ),
    Shortcut(
        Command.PREVIOUS_CHAT,
        _CHATS,
        QT_TRANSLATE_NOOP("Shortcuts", "Previous chat"),
        (f"{_CONTROL}+Shift+Tab",),
    ),
    Shortcut(Command.RENAME_CHAT, _CHATS, QT_TRANSLATE_NOOP("Shortcuts", "Rename chat"), ("F2",)),
    Shortcut(
        Command.TRASH_CHAT,
        _CHATS,
        QT_TRANSLATE_NOOP("Shortcuts", "Move chat to the Trash"),
        ("Ctrl+Shift+D",),
    ),
    Shortcut(Command.FIND, _MESSAGES, QT_TRANSLATE_NOOP("Shortcuts", "Find in chat"), (_Std.Find,)),
    Shortcut(
        Command.FIND_NEXT,
        _MESSAGES,
        QT_TRANSLATE_NOOP("Shortcuts", "Find next"),
        ("F3", _Std.FindNext),
    ),
    Shortcut(
        Command.FIND_PREVIOUS,
        _MESSAGES,
        QT_TRANSLATE_NOOP("Shortcuts", "Find previous"),
        ("Shift+F3", _Std.FindPrevious),
    ),
    Shortcut(Command.STOP, _MESSAGES, QT_TRANSLATE_NOOP("Shortcuts", "Stop the answer"), ("Esc",)),
    Shortcut(
        Command.REGENERATE,
        _MESSAGES,
        QT_TRANSLATE_NOOP("Shortcuts", "Regenerate the answer"),
        ("Ctrl+R",),
    ),
    Shortcut(
        Command.CONTINUE,
        _MESSAGES,
        QT_TRANSLATE_NOOP("Shortcuts", "Continue the answer"),
        ("Alt+Enter",),
        also=("Alt+Return",),
    ),
    Shortcut(
        Command.PREVIOUS_VERSION,
        _MESSAGES,
        QT_TRANSLATE_NOOP("Shortcuts", "Previous version"),
        ("Alt+Left",),
    ),
    Shortcut(
        Command.NEXT_VERSION,
        _MESSAGES,
        QT_TRANSLATE_NOOP("Shortcuts", "Next version"),
        ("Alt+Right",),
    ),
    Shortcut(
        Command.EDIT_LAST,
        _MESSAGES,
        QT_TRANSLATE_NOOP("Shortcuts", "Edit the last message (in the empty message field)"),
        ("Up",),
        own=True,
    ),
    Shortcut(
        Command.COPY_LAST,
        _MESSAGES,
        QT_TRANSLATE_NOOP("Shortcuts", "Copy the last answer"),
        ("Ctrl+Shift+C",),
    ),
    Shortcut(
        Command.FOCUS_COMPOSER,
        _MESSAGES,
        QT_TRANSLATE_NOOP("Shortcuts", "Go to the message field"),
        ("Shift+Esc",),
    ),
    Shortcut(
        Command.SIDEBAR, _WINDOW, QT_TRANSLATE_NOOP("Shortcuts", "Show or hide chats"), ("Ctrl+B",)
    ),
    Shortcut(
        Command.MODEL_PICKER,
        _WINDOW,
        QT_TRANSLATE_NOOP("Shortcuts", "Choose a model"),
        ("Ctrl+L",),
    ),
    Shortcut(Command.SETTINGS, _WINDOW, QT_TRANSLATE_NOOP("Shortcuts", "Settings"), ("Ctrl+,",)),
    Shortcut(
        Command.ZOOM_IN,
        _WINDOW,
        QT_TRANSLATE_NOOP("Shortcuts", "Larger text"),
        ("Ctrl++",),
        also=("Ctrl+=",),
    ),
    Shortcut(
        Command.ZOOM_OUT, _WINDOW, QT_TRANSLATE_NOOP("Shortcuts", "Smaller text"), ("Ctrl+-",)
    ),
    Shortcut(
        Command.ZOOM_RESET, _WINDOW, QT_TRANSLATE_NOOP("Shortcuts", "Normal text size"), ("Ctrl+0",)
    ),
    Shortcut(
        Command.SHORTCUTS,
        _WINDOW,
        QT_TRANSLATE_NOOP("Shortcuts", "All keyboard shortcuts"),
        ("Ctrl+/", "F1"),
    ),
    Shortcut(Command.QUIT, _WINDOW, QT_TRANSLATE_NOOP("Shortcuts", "Quit"), ("Ctrl+Q",)),
)


def sequences(shortcut: Shortcut) -> list[QKeySequence]:
    """Return the keys of a row on this system that are shown, the usual one first."""
    return _sequences(shortcut.keys)


def _sequences(keys: Sequence[Keys]) -> list[QKeySequence]:
    found: list[QKeySequence] = []
    for key in keys:
        if isinstance(key, str):
            found.append(QKeySequence(key))
        else:
            found.extend(s for s in QKeySequence.keyBindings(key) if not _special(s))
    return list(dict.fromkeys(found))


def _special(sequence: QKeySequence) -> bool:
    """Whether it is one of the extra keys of office keyboards ("New", "Find")."""
    first = sequence[0]  # pyright: ignore[reportIndexIssue] — the stub forgets the operator
    return first.key() >= Qt.Key.Key_Back


def text_of(source: str) -> str:
    """Return a text of the table in the language of the window."""
    return QCoreApplication.translate("Shortcuts", source)


def key_text(command: Command) -> str:
    """Return the first key of a command as this system writes it, for tool tips."""
    row = next(row for row in SHORTCUTS if row.command is command)
    return sequences(row)[0].toString(QKeySequence.SequenceFormat.NativeText)


def make_actions(window: QWidget) -> dict[Command, QAction]:
    """Give `window` one action for each row that is not a widget's own."""
    made: dict[Command, QAction] = {}
    for row in SHORTCUTS:
        if row.own:
            continue
        action = QAction(window)
        action.setShortcuts(_sequences((*row.keys, *row.also)))
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        window.addAction(action)
        made[row.command] = action
    return made


def name_actions(actions: dict[Command, QAction]) -> None:
    """Set the texts of the actions in the language of the window."""
    for row in SHORTCUTS:
        if row.command in actions:
            actions[row.command].setText(text_of(row.text))


def groups() -> list[tuple[str, Sequence[Shortcut]]]:
    """Return the rows by group, in the order of the table; names are translated."""
    names = dict.fromkeys(row.group for row in SHORTCUTS)
    return [(text_of(name), [r for r in SHORTCUTS if r.group == name]) for name in names]
