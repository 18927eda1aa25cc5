from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desktop.core.errors import AppError, ErrorCode
from desktop.store.store import Store
from desktop.ui.chat.composer import Composer
from desktop.ui.chat.drafts import Drafts
from desktop.ui.theme import Theme


@pytest.fixture
def composer(qtbot: QtBot, theme: Theme) -> Composer:
    made = Composer(theme)
    qtbot.addWidget(made)
    return made


@pytest.fixture
def drafts(store: Store, composer: Composer) -> Iterator[Drafts]:
    made = Drafts(store, composer)
    made.open(None)
    yield made
    made.save()


def test_each_chat_has_its_own(store: Store, composer: Composer, drafts: Drafts) -> None:
    chat = store.create_chat()
    composer.set_text("new")
    drafts.open(chat.id)
    assert composer.text == ""
    composer.set_text("old")
    drafts.open(None)
    assert composer.text == "new"
    assert store.draft(chat.id) == "old"


def test_a_message_stays_a_draft_on_disk_until_it_is_written(
    store: Store, composer: Composer, drafts: Drafts
) -> None:
    composer.set_text("precious")
    drafts.save()
    chat = store.create_chat()
    drafts.sent(chat.id, "precious")
    assert composer.text == ""
    assert (store.draft(None), store.draft(chat.id)) == ("", "precious")
    drafts.written(chat.id)
    assert store.draft(chat.id) == ""


def test_what_is_typed_after_sending_is_kept_apart(
    store: Store, composer: Composer, drafts: Drafts
) -> None:
    chat, other = store.create_chat(), store.create_chat()
    drafts.open(chat.id)
    drafts.sent(chat.id, "first")
    composer.set_text("second")
    drafts.open(other.id)
    assert store.draft(chat.id) == "first\n\nsecond"
    drafts.open(chat.id)
    assert composer.text == "second"
    drafts.written(chat.id)
    assert store.draft(chat.id) == "second"


def test_a_message_written_while_another_chat_is_open_leaves_the_composer_alone(
    store: Store, composer: Composer, drafts: Drafts
) -> None:
    chat, other = store.create_chat(), store.create_chat()
    drafts.open(chat.id)
    drafts.sent(chat.id, "first")
    drafts.open(other.id)
    composer.set_text("elsewhere")
    drafts.written(chat.id)
    assert store.draft(chat.id) == ""
    assert composer.text == "elsewhere"


def test_a_message_that_was_not_written_comes_back_before_what_was_typed(
    store: Store, composer: Composer, drafts: Drafts
) -> None:
    chat = store.create_chat()
    drafts.open(chat.id)
    drafts.sent(chat.id, "first")
    composer.set_text("second")
    drafts.failed(chat.id)
    assert composer.text == "first\n\nsecond"
    assert store.draft(chat.id) == "first\n\nsecond"


def test_a_message_that_was_not_written_is_found_in_its_chat_later(
    store: Store, composer: Composer, drafts: Drafts
) -> None:
    chat = store.create_chat()
    drafts.open(chat.id)
    drafts.sent(chat.id, "first")
    drafts.open(None)
    drafts.failed(chat.id)
    assert composer.text == ""
    drafts.open(chat.id)
    assert composer.text == "first"


def test_a_draft_that_cannot_be_written_stays_on_the_screen(
    store: Store, composer: Composer, drafts: Drafts, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AppError(ErrorCode.STORE_FULL, path="chats.db")

    monkeypatch.setattr(store, "save_draft", refuse)
    composer.set_text("typed")
    drafts.save()
    assert composer.text == "typed"
    monkeypatch.undo()
    drafts.save()
    assert store.draft(None) == "typed"
