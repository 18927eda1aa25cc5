"""A sidebar over a store with chats of the last weeks."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from desktop.core.messages import Role
from desktop.store.store import ChatRow, Store
from desktop.ui.notices import Notices
from desktop.ui.sidebar.sidebar import Sidebar
from desktop.ui.theme import Theme
from tests.ui.conftest import DAY, Clock

MakeChat = Callable[..., ChatRow]


@pytest.fixture
def make_chat(store: Store, clock: Clock) -> MakeChat:
    """Return a function that makes a chat which was last used some days ago."""
    now = clock.now

    def make(title: str, days: float = 0.0, text: str = "") -> ChatRow:
        clock.now = now - days * DAY
        chat = store.create_chat(title)
        if text:
            store.add_message(chat.id, parent=None, role=Role.USER, content=text)
        clock.now = now
        return store.chat(chat.id)

    return make


@pytest.fixture
def sidebar(qtbot: QtBot, theme: Theme, store: Store, notices: Notices) -> Callable[[], Sidebar]:
    """Return a function that opens the sidebar, when the chats are there."""

    def make() -> Sidebar:
        made = Sidebar(theme, store, notices)
        qtbot.addWidget(made)
        made.resize(260, 600)
        made.show()
        return made

    return make
