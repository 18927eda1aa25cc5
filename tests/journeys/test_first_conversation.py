"""A new user opens the window and chats with the built-in guide, without a network."""

import psutil
import pytest
from PySide6.QtCore import Qt

from desktop.core.conversation import NodeState
from tests.journeys.conftest import Desk, Open


def test_the_guide_answers_the_first_question(desk: Desk) -> None:
    answer = desk.ask("Where are my chats stored?")
    assert "chats.db" in answer
    reply = desk.page.view.rows[-1].node
    assert reply.state is NodeState.COMPLETE
    assert reply.usage
    assert reply.usage.completion_tokens > 0
    assert desk.sidebar._model.rowCount() >= 1


def test_the_guide_answers_in_chinese_when_asked_in_chinese(desk: Desk) -> None:
    assert "chats.db" in desk.ask("我的聊天保存在哪里？")
    assert chinese(desk.answer)


def test_chats_and_drafts_are_there_after_a_restart(open_desk: Open) -> None:
    desk = open_desk()
    answer = desk.ask("How do I add a model?")
    chat_id = desk.page.chat_id
    desk.write("What I wanted to ask next")
    desk = open_desk()
    assert chat_id is not None
    desk.page.open_chat(chat_id)
    assert desk.texts == ["How do I add a model?", answer]
    assert desk.page.composer.text == "What I wanted to ask next"


def test_editing_and_regenerating_erase_nothing(desk: Desk) -> None:
    first = desk.ask("How do I add a model?")
    desk.page.regenerate()
    desk.wait_for_the_answer()
    assert desk.page.view.rows[-1].versions == 2
    desk.page.previous_version()
    assert desk.answer == first


def test_the_second_turn_reads_only_what_is_new(desk: Desk) -> None:
    desk.ask("How do I add a model?")
    desk.ask("Thank you!")
    usage = desk.page.view.rows[-1].node.usage
    assert usage
    assert 0 < usage.prompt_tokens - usage.cached_tokens < usage.prompt_tokens / 2


def test_a_found_message_is_opened(desk: Desk) -> None:
    desk.ask("我的聊天保存在哪里？")
    wanted = desk.page.chat_id
    desk.page.new_chat()
    (hit, *_) = desk.page._session.store.search("聊天")
    desk.sidebar.hit_chosen.emit(hit.chat.id, hit.node_id)
    assert desk.page.chat_id == wanted


def test_the_window_and_its_engine_open_no_socket(desk: Desk) -> None:
    desk.ask("Hello")
    window = psutil.Process()
    (engine,) = [p for p in window.children() if "--engine-host" in p.cmdline()]
    for process in (window, engine):
        inet = process.net_connections(kind="inet")
        assert not inet


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_language_changes_at_once(desk: Desk, language: str) -> None:
    desk.page._session.settings.set("language", language)
    field = desk.page.composer.field
    desk.wait(lambda: chinese(field.placeholderText()) == (language == "zh_CN"))


def chinese(text: str) -> bool:
    return any("\u4e00" <= c <= "\u9fff" for c in text)


def test_the_whole_conversation_works_from_the_keyboard(desk: Desk) -> None:
    desk.ask("Hello")
    control = Qt.KeyboardModifier.ControlModifier
    desk.press(Qt.Key.Key_N, control)
    desk.wait(lambda: desk.page.chat_id is None)
    desk.ask("Who are you?")
    desk.press(Qt.Key.Key_R, control)
    desk.wait(lambda: bool(desk.page._worker.jobs))
    desk.wait_for_the_answer()
    assert desk.page.view.rows[-1].versions == 2
    desk.press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    desk.wait(lambda: desk.page.view.rows[-1].version == 1)
